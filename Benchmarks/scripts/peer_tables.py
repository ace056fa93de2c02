#!/usr/bin/env python3
"""The tables of a run of bench-peers, as Markdown.

    peer_tables.py RUN/rows.jsonl.gz

A row is {"engine", "mode", "kind", "query", "count", "postings", "min_us", "med_us"}; `postings`, of
evsearch's rows, is the sum of the lengths of the query's lists.
"""
import gzip
import json
import math
import os
import platform
import statistics
import sys

KINDS = ("term", "intersection", "union", "phrase")
# Quantised scores are another, smaller work; the best peer is also named without it.
NOT_EXACT = ("pisa-q",)


def machine():
    """The processor, the system and the memory, in words."""
    model = "unknown processor"
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (f"{model}, {len(os.sched_getaffinity(0))} processors, {memory:.0f} GiB, "
            f"{platform.system()} {platform.release()} {platform.machine()}")


def percentile(values, share):
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


MEASURES = (("mean", statistics.fmean), ("p50", lambda v: percentile(v, 0.5)),
            ("p90", lambda v: percentile(v, 0.9)), ("p99", lambda v: percentile(v, 0.99)))


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |",
             "|" + "|".join("---" if at < 2 else "--:" for at in range(len(head))) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def ordered(rows, key):
    return list(dict.fromkeys(row[key] for row in rows))


def main_table(rows):
    """Microseconds by mode, kind and measure; every engine, the best other one, and the ratio to it."""
    engines = ordered(rows, "engine")
    times = {}
    for row in rows:
        times.setdefault((row["mode"], row["kind"], row["engine"]), []).append(row["min_us"])
    lines = []
    for mode in ordered(rows, "mode"):
        for kind in KINDS:
            if (mode, kind, "evsearch") not in times:
                continue
            ours = times[mode, kind, "evsearch"]
            for name, measure in MEASURES if len(ours) > 1 else MEASURES[:1]:
                found = {e: measure(times[mode, kind, e]) for e in engines if (mode, kind, e) in times}
                others = {e: v for e, v in found.items() if e != "evsearch"}
                exact = {e: v for e, v in others.items() if e not in NOT_EXACT}
                best = min(others, key=others.get)
                ratio = found["evsearch"] / others[best]
                note = ""
                if best in NOT_EXACT and exact:
                    note = f" ({found['evsearch'] / min(exact.values()):.2f})"
                lines.append([f"{mode} {kind} ({len(ours)})", name]
                             + [f"{found[e]:.1f}" if e in found else "" for e in engines]
                             + [best, f"{ratio:.2f}{note}"])
    return table(["mode, kind (queries)", ""] + engines + ["best peer", "ratio"], lines)


def posting_table(rows):
    """Nanoseconds a posting of the lists, over the queries of two terms."""
    engines = ordered(rows, "engine")
    postings = {(row["kind"], row["query"]): row["postings"] for row in rows if row.get("postings")}
    two = {key for key in postings if len(key[1].split()) == 2 and key[0] != "term"}
    lines = []
    for mode in ordered(rows, "mode"):
        for kind in KINDS[1:]:
            cells = []
            keys = {key for key in two if key[0] == kind}
            for engine in engines:
                own = [row for row in rows if row["engine"] == engine and row["mode"] == mode
                       and (row["kind"], row["query"]) in keys]
                total = sum(postings[row["kind"], row["query"]] for row in own)
                cells.append(f"{1000 * sum(row['min_us'] for row in own) / total:.2f}" if total else "")
            if any(cells):
                length = sum(postings[key] for key in keys) / max(1, len(keys))
                lines.append([f"{mode} {kind} ({len(keys)})", f"{length:.0f}"] + cells)
    return table(["mode, kind (queries)", "postings a query"] + engines, lines)


def index_table(figures):
    lines = [[engine, f["version"], str(f["threads"]), f"{f['seconds']:.1f}", f"{f['cpu_seconds']:.1f}",
              f"{f['index_bytes'] / 1e6:.1f}", str(f["peak_rss_mib"])] for engine, f in figures.items()]
    return table(["engine", "version", "threads", "seconds", "processor seconds", "index, MB",
                  "peak memory, MiB"], lines)


def tables(rows, figures):
    text = "\n## Microseconds a query\n\n"
    text += "The ratio is evsearch's figure to the best peer's; below 1 evsearch is the faster. In brackets:\n"
    text += "to the best that has exact scores, where the best has quantised ones.\n\n" + main_table(rows)
    text += "\n## Nanoseconds a posting\n\nQueries of two terms: all their time by the sum of the lengths "
    text += "of all their lists.\n\n" + posting_table(rows)
    if figures:
        text += "\n## Indexing\n\nPositions, no stored text; PISA has no positions, and its inversion is "
        text += "the driver's.\n\n" + index_table(figures)
    return text


def main():
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    print(tables(rows, None))


if __name__ == "__main__":
    main()
