"""Kill, fill the disk, close the window at random times, use one window for long: `python -m tests.soak`.

Each option says how often; 0 leaves that part out. A line a round; status 1 at the first thing that is not right.
"""

from __future__ import annotations

import argparse
import sys
import time

import torch

from tests.soak.closings import closings
from tests.soak.commands import commands
from tests.soak.disks import full_disks
from tests.soak.faults import Wrong
from tests.soak.kills import kills
from tests.soak.memory import memory
from tests.soak.windows import windows


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    options.add_argument("--rounds", type=int, default=200, help="trainings killed within the library")
    options.add_argument("--commands", type=int, default=60, help="kills of the command line, each resumed")
    options.add_argument("--windows", type=int, default=15, help="kills of the window, each gone on with")
    options.add_argument("--disks", type=int, default=20, help="trainings on a disk that is full for a while")
    options.add_argument("--closings", type=int, default=20, help="windows closed in the midst of work")
    options.add_argument("--memory", type=int, default=2000, help="models chosen and files refused in one window")
    options.add_argument("--first", type=int, default=0, help="number of the first round")
    options.add_argument("--seed", type=int, default=int(time.time()))
    chosen = options.parse_args()
    torch.set_num_threads(1)  # no thread is there yet when a child is forked
    parts = {
        kills: chosen.rounds,
        commands: chosen.commands,
        windows: chosen.windows,
        full_disks: chosen.disks,
        closings: chosen.closings,
        memory: chosen.memory,
    }
    try:
        for part, count in parts.items():
            if count:
                print(f"{part(count, chosen.seed, chosen.first)} (seed {chosen.seed}).", flush=True)
    except Wrong as error:
        print(f"Wrong: {error} (seed {chosen.seed})", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
