#!/usr/bin/env python3
"""What an index of words, counts and positions takes at least, if each part is coded without knowing more.

    entropy.py CORPUS.jsonl [INDEX]

CORPUS has rows {"id", "title", "text"}, cut into words already, with spaces between them; INDEX is a folder
that evsearch-bench has made of it, whose files are set beside the bounds. The bounds, in bits:

    documents   log2 C(N, df) a term: any df of N documents are as likely as any others
    counts      log2 C(cf - 1, df - 1) a term: any way to share its cf occurrences out to df documents
    positions   log2 C(L, tf) a posting: any tf of the document's L places

Nothing that codes terms one by one, with no model of language or of bursts, is below them on average.
"""
import glob
import json
import math
import os
import sys
from collections import Counter


def main(corpus, index=None):
    factorials = [0.0]

    def log_factorial(n):
        while len(factorials) <= n:
            factorials.append(factorials[-1] + math.log2(len(factorials)))
        return factorials[n]

    frequencies, occurrences = Counter(), Counter()
    documents = postings = tokens = 0
    positions = 0.0
    for row in open(corpus, encoding="utf-8"):
        row = json.loads(row)
        words = (row.get("title", "") + " " + row["text"]).split(" ")
        counts = Counter(word for word in words if word)
        length = sum(counts.values())
        documents += 1
        tokens += length
        postings += len(counts)
        frequencies.update(counts.keys())
        occurrences.update(counts)
        log_factorial(length)
        once = 0
        for count in counts.values():
            if count == 1:
                once += 1
            else:
                positions += factorials[length] - factorials[count] - factorials[length - count]
        if once:
            positions += once * math.log2(length)
    log_factorial(max(documents, max(occurrences.values())))

    def choices(n, k):
        return factorials[n] - factorials[k] - factorials[n - k]

    lists = sum(choices(documents, df) for df in frequencies.values())
    counts = sum(choices(occurrences[term] - 1, df - 1) for term, df in frequencies.items())
    print(f"documents {documents:,}, terms {len(frequencies):,}, postings {postings:,}, tokens {tokens:,}")
    for name, bits, number in [
        ("documents", lists, postings), ("counts", counts, postings), ("positions", positions, tokens)
    ]:
        print(f"{name:10} {bits / 8:14,.0f} bytes  {bits / number:6.2f} bits each of {number:,}")
    print(f"{'sum':10} {(lists + counts + positions) / 8:14,.0f} bytes")
    if index:
        sizes = Counter()
        for path in glob.glob(index + "/*/*"):
            sizes[os.path.basename(path)] += os.path.getsize(path)
        for name, size in sizes.most_common():
            print(f"{name:10} {size:14,} bytes as written")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:])
