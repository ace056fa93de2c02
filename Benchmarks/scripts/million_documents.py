#!/usr/bin/env python3
"""Makes a large corpus out of the paragraphs of smaller ones.

    million_documents.py OUT.jsonl CORPUS.jsonl[.zst]... [--documents N] [--seed S]

A row of a corpus is {"id", "title", "text"}, a paragraph a line of its text. Every paragraph of all
corpora is taken once into one pool. A new document has as many paragraphs as a document of the first
corpus, drawn at random, and each of them is drawn from the pool, independently of the others. So
lengths, frequencies and what stands together in a paragraph are those of real text; what paragraphs of
one article have in common is not, and every paragraph occurs several times in the collection. Good for
speed, not for judging results. The same seed gives the same bytes.
"""
import argparse
import json
import random
import subprocess
import sys


def rows(path):
    """The rows of a file of JSON lines, which may be compressed."""
    if path.endswith(".zst"):
        with subprocess.Popen(["zstd", "-dcq", path], stdout=subprocess.PIPE) as process:
            for line in process.stdout:
                yield json.loads(line)
            if process.wait():
                sys.exit(f"million_documents.py: zstd cannot read {path}")
    else:
        with open(path, encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("corpus", nargs="+")
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=20_261_121)
    options = parser.parse_args()

    pool, seen, lengths = [], set(), []
    for number, path in enumerate(options.corpus):
        before = len(pool)
        for row in rows(path):
            own = [line.strip() for line in row["text"].split("\n")]
            own = [line for line in own if line]
            if number == 0:
                lengths.append(len(own))
            for line in own:
                if line not in seen:
                    seen.add(line)
                    pool.append(line)
        print(f"{len(pool) - before} paragraphs of {path}", file=sys.stderr)
    del seen

    # `random()` alone keeps its sequence from one version of Python to the next.
    draw = random.Random(options.seed).random
    with open(options.out, "w", encoding="utf-8") as out:
        for number in range(options.documents):
            count = lengths[int(draw() * len(lengths))]
            text = "\n".join(pool[int(draw() * len(pool))] for _ in range(count))
            row = {"id": str(number), "title": "", "text": text}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"{options.documents} documents from {len(pool)} paragraphs", file=sys.stderr)


if __name__ == "__main__":
    main()
