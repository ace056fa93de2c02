#!/usr/bin/env python3
"""How long a cold command takes: evsearch beside rg and sqlite3, on the same files.

    startup.py PROGRAM FOLDER [ROUNDS]

Each round starts every program once, in turn, so that what else the machine does hits all alike. The
files are in the page cache; nothing is kept between two starts. Printed are the minimum and the median
of the wall time, and of the processor time of user and system, in milliseconds. For a search there is
also the wall time outside of it: without what its last line says that it took.
"""
import os
import re
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

program, folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 50
scratch = tempfile.mkdtemp()
index = os.path.join(scratch, "index")
subprocess.run([program, "index", folder, "--index", index, "-q"], check=True)

database = os.path.join(scratch, "fts.db")
connection = sqlite3.connect(database)
connection.execute("create virtual table docs using fts5(path, text)")
for place, _, names in os.walk(folder):
    for name in sorted(names):
        path = os.path.join(place, name)
        with open(path, encoding="utf-8", errors="replace") as file:
            connection.execute("insert into docs values (?, ?)", (path, file.read()))
connection.commit()
connection.close()

query = "select path, snippet(docs, 1, '[', ']', '…', 20) from docs where docs match '\"lock-in\" rate' order by rank limit 10"
commands = {
    "evsearch": [program, "--index", index, "lock-in rate"],
    "evsearch 锁单率": [program, "--index", index, "锁单率"],
    "evsearch --no-refresh": [program, "--index", index, "--no-refresh", "lock-in rate"],
    "evsearch --version": [program, "--version"],
    "rg": ["rg", "-i", "lock-in rate", folder],
    "sqlite3": ["sqlite3", database, query],
    "true": ["/bin/true"],
}
commands = {name: words for name, words in commands.items() if shutil.which(words[0])}
walls = {name: [] for name in commands}
processors = {name: [] for name in commands}
outside = {name: [] for name in commands}


def processor_time():
    """The seconds of the processor that ended child processes took."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


for round in range(rounds + 3):
    for name, words in commands.items():
        before = processor_time()
        start = time.perf_counter()
        ended = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        wall = 1000 * (time.perf_counter() - start)
        if round < 3:
            continue
        walls[name].append(wall)
        processors[name].append(1000 * (processor_time() - before))
        took = re.search(r" in ([0-9.]+) (ms|s) ", ended.stderr)
        if took:
            outside[name].append(wall - float(took[1]) * (1 if took[2] == "ms" else 1000))
shutil.rmtree(scratch)
print(f"load {os.getloadavg()[0]:.1f}, {rounds} rounds, milliseconds, minimum and median")
for name, values in walls.items():
    line = f"{name:24} wall {min(values):6.2f} {statistics.median(values):6.2f}"
    line += f"  processor {min(processors[name]):6.2f} {statistics.median(processors[name]):6.2f}"
    if outside[name]:
        line += f"  outside the search {min(outside[name]):6.2f} {statistics.median(outside[name]):6.2f}"
    print(line)
