#!/usr/bin/env python3
"""Measures rankings on judged collections and prints the tables of the README's section on relevance.

    relevance.py [--ranking NAME]... [--only FOLDER]... [--record DIR] EVSEARCH CORPORA WORK

EVSEARCH is the program, CORPORA the folder with the collections (each with corpus.jsonl.zst, queries.tsv
and qrels.txt), WORK a folder for their indexes, which are kept and used again; delete it when the format of
the index changes. Each ranking is measured by `evsearch eval` with 1,000 documents a query, one process
and one thread at a time.

Four columns are what the default is held against: plain BM25 of evsearch (words as they stand, no stop
words, no stems) with both usual sets of parameters, and a reference with stop words and stems, which other
software made: bm25s 0.3.16, method "lucene", title and text as one field, lower case, Lucene's 33 stop
words, Porter's stemmer, and for the languages words cut by ICU, without stems and stop words. "Change" is
against the best of the four. Other rankings, in the notation of `evsearch eval`, get columns behind.
"""
import argparse
import json
import os
import subprocess

A, B = "bm25:k1=1.2,b=0.75", "bm25:k1=0.9,b=0.4"
DEFAULT = "standard"

# Collection, prefix of its queries, measure, its name, reference at k1 1.2 b .75, and at k1 .9 b .4.
ENGLISH = [
    ("cranfield", "", "map", "MAP", 0.4126, 0.3871),
    ("beir-scifact", "", "ndcg_cut_10", "nDCG@10", 0.6832, 0.6780),
    ("wiki-en-200k", "fever", "recip_rank", "RR", 0.7474, 0.8566),
    ("cisi", "", "map", "MAP", 0.2191, 0.2051),
    ("med", "", "map", "MAP", 0.5231, 0.5096),
    ("wiki-en-200k", "mrtydi", "recip_rank", "RR", 0.6249, 0.7089),
]

# What parameters were chosen on; the others were only looked at in the end.
CHOSEN_ON = 3

# Reference RR, and the parameters that it and plain BM25 have: the better ones of the two.
LANGUAGES = [
    ("xquad/ar", 0.8655, A), ("xquad/de", 0.9078, A), ("xquad/el", 0.8988, A),
    ("xquad/en", 0.9513, A), ("xquad/es", 0.9394, A), ("xquad/hi", 0.9332, A),
    ("xquad/ro", 0.9074, A), ("xquad/ru", 0.8505, A), ("xquad/th", 0.9510, A),
    ("xquad/tr", 0.8450, A), ("xquad/vi", 0.9520, A), ("xquad/zh", 0.9500, A),
    ("jsquad-ja", 0.9261, A), ("wiki-ko-10k", 0.6344, B),
]


class Bench:
    def __init__(self, options):
        self.options = options
        self.rows = []

    def run(self, *arguments):
        program = [os.path.abspath(self.options.evsearch), *arguments]
        return subprocess.run(program, check=True, capture_output=True, text=True).stdout

    def index(self, collection):
        path = os.path.join(os.path.abspath(self.options.work), collection.replace("/", "-"))
        if not os.path.exists(path + "/manifest"):
            documents = os.path.join(self.options.corpora, collection, "corpus.jsonl.zst")
            self.run("index", documents, "--index", path, "--threads", "1", "--quiet")
        return path

    def measure(self, collection, ranking, prefix=""):
        arguments = ["eval", os.path.join(self.options.corpora, collection), "--json",
                     "--index", self.index(collection), "--ranking", ranking, "--only", prefix]
        found = json.loads(self.run(*arguments))["rankings"][0]
        self.rows.append({"collection": collection, "only": prefix, **found})
        return found

    def wanted(self, collection):
        return not self.options.only or collection in self.options.only


def cells(*columns):
    print("| " + " | ".join(columns) + " |", flush=True)


def english(bench):
    others = bench.options.ranking
    cells("collection", "measure", "reference 1.2/.75", "reference .9/.4", "plain 1.2/.75",
          "plain .9/.4", "default", "change", *others)
    cells("---", "---", *["--:"] * (6 + len(others)))
    changes = []
    for collection, prefix, key, measure, first, second in ENGLISH:
        if not bench.wanted(collection):
            continue
        a, b, default, *rest = [
            bench.measure(collection, ranking, prefix)["measures"][key]
            for ranking in [A, B, DEFAULT, *others]]
        best = max(first, second, a, b)
        changes.append([100 * (value / best - 1) for value in [default, *rest]])
        cells(collection + ("/" + prefix if prefix else ""), measure, f"{first:.4f}",
              f"{second:.4f}", f"{a:.4f}", f"{b:.4f}", f"**{default:.4f}**",
              f"{changes[-1][0]:+.1f} %",
              *[f"{value:.4f} ({change:+.1f} %)" for value, change in zip(rest, changes[-1][1:])])
    for name, part in [("mean", changes), ("mean, chosen on", changes[:CHOSEN_ON]),
                       ("mean, not chosen on", changes[CHOSEN_ON:])]:
        if part and len(changes) == len(ENGLISH):
            means = [f"{sum(column) / len(part):+.1f} %" for column in zip(*part)]
            cells(name, *[""] * 6, *means)


def languages(bench):
    print()
    others = bench.options.ranking
    cells("collection", "reference RR", "plain RR", "default RR", "answer in passage", *others)
    cells("---", *["--:"] * (4 + len(others)))
    for collection, reference, parameters in LANGUAGES:
        if not bench.wanted(collection.split("/")[0]) and not bench.wanted(collection):
            continue
        plain, default, *rest = [
            bench.measure(collection, ranking) for ranking in [parameters, DEFAULT, *others]]
        cells(collection, f"{reference:.4f}", f"{plain['measures']['recip_rank']:.4f}",
              f"**{default['measures']['recip_rank']:.4f}**",
              answered(default),
              *[f"{row['measures']['recip_rank']:.4f}, {answered(row)}" for row in rest])


def answered(row):
    # Not every collection says where in a document the answer is.
    return f"{100 * row['answer_in_passage']:.1f} %" if "answer_in_passage" in row else "–"


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("evsearch")
    parser.add_argument("corpora")
    parser.add_argument("work")
    parser.add_argument("--ranking", action="append", default=[], help="one more ranking")
    parser.add_argument("--only", action="append", default=[], help="one more collection")
    parser.add_argument("--record", help="a folder for the rows")
    options = parser.parse_args()
    bench = Bench(options)
    if not options.only or any(bench.wanted(row[0]) for row in ENGLISH):
        english(bench)
    if not options.only or any(bench.wanted(row[0].split("/")[0]) or bench.wanted(row[0]) for row in LANGUAGES):
        languages(bench)
    if options.record:
        os.makedirs(options.record, exist_ok=True)
        with open(os.path.join(options.record, "rows.jsonl"), "w") as output:
            for row in bench.rows:
                output.write(json.dumps(row, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
