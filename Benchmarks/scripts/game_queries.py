#!/usr/bin/env python3
"""Turns the queries of the search-benchmark-game into rows that the engines are given.

    game_queries.py queries.tsv > queries.jsonl

A row of the game is number, query, tags. Taken are terms, intersections (+a +b), unions (a b) and
phrases ("a b"); mixed and negated ones have no form that all engines share.
"""
import json
import sys


def main():
    for line in open(sys.argv[1], encoding="utf-8"):
        query, tags = line.rstrip("\n").split("\t")[1:3]
        kind = tags.split(",")[0]
        if kind not in ("term", "intersection", "union", "phrase"):
            continue
        terms = query.replace('"', " ").replace("+", " ").split()
        print(json.dumps({"query": query, "kind": kind, "terms": terms}))


if __name__ == "__main__":
    main()
