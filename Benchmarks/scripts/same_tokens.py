#!/usr/bin/env python3
"""Compares the scores of plain BM25 with those of a few lines of Python on the same tokens.

    same_tokens.py EVSEARCH COLLECTION

EVSEARCH is the program; COLLECTION a folder with corpus.jsonl.zst, queries.tsv and qrels.txt. The tokens of
each document are those that `evsearch analyze` prints; a query is its words. Printed is the mean average
precision with words alone and with all tokens, with exact lengths and with lengths as the index stores them
in a byte, and how many queries have the scores that `evsearch eval --ranking bm25` writes. A document takes
one run of the program, some twenty milliseconds.
"""
import collections
import json
import math
import os
import subprocess
import sys
import tempfile

K1, B = 1.2, 0.75
# Scores are added up in 32 bits.
TOLERANCE = 2e-6


def run(*arguments):
    return subprocess.run(arguments, check=True, capture_output=True, text=True).stdout


def stored(length):
    """The length that the index stores in a byte, as NormCode has it."""
    def code(value):
        bits = value.bit_length()
        return value if bits < 4 else (value >> bits - 4) & 7 | bits - 3 << 3

    exact = 255 - code(2**31 - 1)
    if length < exact:
        return length
    rest = code(length - exact)
    return exact + (rest & 7 if rest < 8 else (rest & 7 | 8) << (rest >> 3) - 1)


class Reference:
    def __init__(self, documents, kinds, length):
        lengths = [document["positions"] for document in documents]
        average = sum(lengths) / len(lengths)
        self.k = [K1 * (1 - B + B * length(value) / average) for value in lengths]
        self.postings = collections.defaultdict(list)
        for number, document in enumerate(documents):
            terms = collections.Counter(
                token["term"] for token in document["tokens"] if token["kind"] in kinds)
            for term, count in terms.items():
                self.postings[term].append((number, count))

    def scores(self, query):
        scores = collections.defaultdict(float)
        for token in query["tokens"]:
            found = self.postings.get(token["term"], [])
            if token["kind"] != "word":
                continue
            idf = math.log(1 + (len(self.k) - len(found) + 0.5) / (len(found) + 0.5))
            for number, count in found:
                scores[number] += idf * count / (count + self.k[number])
        return scores


def precision(ranking, answers):
    found = total = 0
    for rank, name in enumerate(ranking[:1000], 1):
        if name in answers:
            found += 1
            total += found / rank
    return total / len(answers)


def main():
    program, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    lines = run("zstd", "-dcq", os.path.join(folder, "corpus.jsonl.zst")).splitlines()
    records = [json.loads(line) for line in lines]
    names = [record["id"] for record in records]
    answers = collections.defaultdict(set)
    for line in open(os.path.join(folder, "qrels.txt")):
        query, _, name, gain = line.split()
        if int(gain) > 0:
            answers[query].add(name)

    def analyzed(text):
        return json.loads(run(program, "analyze", "--json", "--", text))

    documents = [analyzed(record["title"] + "\n" + record["text"]) for record in records]
    queries = {}
    for line in open(os.path.join(folder, "queries.tsv")):
        name, text = line.rstrip("\n").split("\t")[:2]
        if answers.get(name):
            queries[name] = analyzed(text)

    theirs = collections.defaultdict(dict)
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, "run")
        print(run(program, "eval", folder, "--ranking", f"bm25:k1={K1},b={B}", "--run", path))
        for line in open(path):
            query, _, name, _, score, _ = line.split()
            theirs[query][name] = float(score)

    kinds = {token["kind"] for document in documents for token in document["tokens"]}
    for title, chosen in [("words", {"word"}), ("all tokens", kinds)]:
        for way, length in [("exact", lambda value: value), ("stored", stored)]:
            reference = Reference(documents, chosen, length)
            total, equal = 0, 0
            for query, tokens in queries.items():
                scores = reference.scores(tokens)
                order = sorted(scores, key=lambda number: (-scores[number], number))
                total += precision([names[number] for number in order], answers[query])
                ours = {names[number]: score for number, score in scores.items()}
                equal += all(
                    abs(score - ours.get(name, 0)) <= TOLERANCE * score
                    for name, score in theirs[query].items())
            print(f"{title}, {way} lengths: MAP {total / len(queries):.4f}, "
                  f"equal scores for {equal} of {len(queries)} queries")


if __name__ == "__main__":
    main()
