#!/usr/bin/env python3
"""Compares two engines' answers to the same queries: documents, order, scores, counts.

    compare_answers.py OURS.json THEIRS.json [--factor F]

Both files are of the peers' driver (`peers.py query --out`, `peers.py adopt`). Scores are compared
after theirs are multiplied by F; the default is the median ratio of the scores. The exit status is 1
when anything differs by more than rounding.
"""
import argparse
import json
import statistics
import sys


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("ours")
    parser.add_argument("theirs")
    parser.add_argument("--factor", type=float)
    options = parser.parse_args()
    with open(options.ours) as f:
        ours = json.load(f)["queries"]
    with open(options.theirs) as f:
        theirs = json.load(f)["queries"]
    pairs = [(a, b) for a, b in zip(ours, theirs) if b.get("ids") is not None]
    ratios = [x / y for a, b in pairs for x, y in zip(a["scores"], b["scores"]) if y]
    factor = options.factor or (statistics.median(ratios) if ratios else 1)
    table = {}
    worst = 0.0
    for a, b in pairs:
        row = table.setdefault(a["kind"], {"queries": 0, "same order": 0, "same scores": 0,
                                           "counted": 0, "same count": 0})
        row["queries"] += 1
        row["same order"] += a["ids"] == b["ids"]
        errors = [abs(x / (y * factor) - 1) for x, y in zip(a["scores"], b["scores"])]
        worst = max([worst] + errors)
        row["same scores"] += len(a["scores"]) == len(b["scores"]) and max(errors, default=0) < 1e-6
        if a.get("count") is not None and b.get("count") is not None:
            row["counted"] += 1
            row["same count"] += a["count"] == b["count"]
    print(f"factor {factor:.6f}, largest relative difference of a score {worst:.2e}")
    for kind, row in table.items():
        print(f"{kind:14}" + "  ".join(f"{name} {value}" for name, value in row.items()))
    wrong = any(row["same order"] < row["queries"] or row["same scores"] < row["queries"]
                or row["same count"] < row["counted"] for row in table.values())
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
