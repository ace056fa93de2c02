#!/usr/bin/env python3
"""Draws a run of bench-peers: the mean time by kind and mode, evsearch beside the other engines.

    plot_run.py RUN/rows.jsonl.gz OUT.svg

Needs matplotlib (from PyPI; a virtual environment outside of the project will do).
"""
import gzip
import json
import statistics
import sys

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot  # noqa: E402

KINDS = ("term", "intersection", "union", "phrase")
MODES = {"top10": "best 10", "top10count": "best 10 and count", "count": "count"}
COLORS = {"evsearch": "#c2410c", "lucene": "#1d4ed8", "infino": "#0f766e", "pisa": "#7c3aed",
          "pisa-q": "#c4b5fd", "tantivy": "#475569", "xapian": "#a16207", "sqlite": "#94a3b8"}


def main():
    times = {}
    with gzip.open(sys.argv[1], "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            key = row["mode"], row["kind"], row["engine"]
            times.setdefault(key, []).append(row["min_us"])
    modes = [mode for mode in MODES if any(key[0] == mode for key in times)]
    engines = [engine for engine in COLORS if any(key[2] == engine for key in times)]
    # The same bytes for the same rows.
    pyplot.rcParams.update({"svg.hashsalt": "evsearch", "font.family": "sans-serif", "font.size": 9})
    figure, panels = pyplot.subplots(
        1, len(modes), figsize=(4 * len(modes), 3.8), sharey=True, layout="constrained")
    for panel, mode in zip([panels] if len(modes) == 1 else panels, modes):
        width = 0.84 / len(engines)
        for number, engine in enumerate(engines):
            found = [(at, statistics.fmean(times[mode, kind, engine]))
                     for at, kind in enumerate(KINDS) if (mode, kind, engine) in times]
            places = [at - 0.42 + (number + 0.5) * width for at, _ in found]
            panel.bar(places, [mean for _, mean in found], width=0.92 * width,
                      color=COLORS[engine], label=engine, zorder=2)
            if engine == "evsearch":
                for place, (_, mean) in zip(places, found):
                    panel.annotate(f"{mean:.0f}" if mean >= 10 else f"{mean:.1f}", (place, mean),
                                   ha="center", va="bottom", fontsize=7, color=COLORS[engine])
        panel.set_title(MODES[mode])
        panel.set_yscale("log")
        panel.set_xticks(range(len(KINDS)), KINDS)
        panel.tick_params(axis="x", length=0)
        panel.grid(axis="y", which="major", color="#e2e8f0", zorder=0)
        panel.spines[["top", "right"]].set_visible(False)
    first = panels if len(modes) == 1 else panels[0]
    first.set_ylabel("microseconds a query, mean (logarithmic)")
    handles, labels = first.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=len(engines), frameon=False)
    figure.savefig(sys.argv[2], metadata={"Date": None})


if __name__ == "__main__":
    main()
