#!/usr/bin/env python3
"""How long a cold command takes: evsearch beside rg and sqlite3, on the same files.

    startup.py PROGRAM FOLDER [ROUNDS]

Each round starts every program once, in turn, so that what else the machine does hits all alike. The
files are in the page cache; nothing is kept between two starts. Printed are the minimum and the median
of the wall time in milliseconds.
"""
import os
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
    "evsearch --no-refresh": [program, "--index", index, "--no-refresh", "lock-in rate"],
    "evsearch --version": [program, "--version"],
    "rg": ["rg", "-i", "lock-in rate", folder],
    "sqlite3": ["sqlite3", database, query],
    "true": ["/bin/true"],
}
commands = {name: words for name, words in commands.items() if shutil.which(words[0])}
times = {name: [] for name in commands}
for round in range(rounds + 3):
    for name, words in commands.items():
        start = time.perf_counter()
        subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if round >= 3:
            times[name].append(1000 * (time.perf_counter() - start))
shutil.rmtree(scratch)
print(f"load {os.getloadavg()[0]:.1f}, {rounds} rounds, wall milliseconds")
for name, values in times.items():
    print(f"{name:24} min {min(values):6.2f}  median {statistics.median(values):6.2f}")
