"""Read files that were changed at random, with every reader of the program: `python -m tests.fuzz --count 100000`.

Each is read or refused in one sentence: nothing crashes, takes over two seconds or a gigabyte, and nothing is read in
part. A finding is shown again by `--kind KIND --first NUMBER --count 1 --seed SEED --keep FOLDER`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path

import torch

from tests.fuzz.readers import READERS
from tests.fuzz.running import changed_files, fuzz


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    options.add_argument("--count", type=int, default=100_000, help="files of each kind")
    options.add_argument("--kind", choices=list(READERS), action="append", help="only this one; may be repeated")
    options.add_argument("--first", type=int, default=0, help="number of the first file")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--keep", type=Path, help="write the files numbered FIRST here and read nothing")
    options.add_argument("--json", action="store_true", help="print findings as JSON")
    options.add_argument("--sentences", action="store_true", help="print how often each sentence was said")
    chosen = options.parse_args()
    torch.set_num_threads(1)  # no thread is there yet when a child is forked
    if chosen.keep:
        reader = READERS[chosen.kind[0]]
        for name, data in changed_files(reader, reader.samples(), chosen.first, chosen.seed)[1].items():
            path = chosen.keep / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return 0
    if not hasattr(os, "fork"):
        options.error("files are read by forked processes, which this system has not: only --keep works here")
    findings = {}
    for kind in chosen.kind or READERS:
        began = time.perf_counter()
        told = fuzz(kind, chosen.count, chosen.seed, chosen.first)
        findings[kind] = told.findings
        if not chosen.json:
            seconds = time.perf_counter() - began
            print(
                f"{kind}: {told.read:,} read, {told.refused:,} refused in {len(told.sentences)} sentences, "
                f"{len(told.findings)} findings, {seconds:.0f} s",
                *told.findings,
                *(f"  {times:6,} {text}" for text, times in told.sentences.most_common() if chosen.sentences),
                sep="\n",
                flush=True,
            )
    if chosen.json:
        print(json.dumps(findings))
    return int(any(findings.values()))


if __name__ == "__main__":
    sys.exit(main())
