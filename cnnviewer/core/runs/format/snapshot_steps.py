"""Which steps of a training get a snapshot: dense at the start, where much changes, sparse later. Free of torch."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = "moments"  # of the file format: the snapshots of a run
SMALL = 2**20
"""Bytes of weights up to which snapshots are exact."""
WANTED = 520
"""Snapshots kept of a small model over the whole training."""
_BUDGET = 240 * 2**20  # bytes for the snapshots of a large model
_FEWEST = 12


def snapshots_to_keep(size: int) -> int:
    """How many snapshots a run keeps of a model of `size` bytes: 520, fewer where that would take more than 240 MB."""
    kept = size if size <= SMALL else size / 4 + 2**17  # eight bits per weight; small tensors stay exact
    return max(_FEWEST, min(WANTED, int(_BUDGET / kept)))


def density_for(wanted: int, total_steps: int, epochs: int = 0) -> int:
    """The smallest number of consecutive snapshots at the start that gives `wanted` snapshots in `total_steps`.

    The ends of `epochs`, which also get snapshots, count, but leave at least half of `wanted` to the others.
    """
    spread = min(total_steps + 1, max(wanted - epochs, wanted // 2))
    low, high = 1, max(1, spread)
    while low < high:
        middle = (low + high) // 2
        if count_of(middle, total_steps) < spread:
            low = middle + 1
        else:
            high = middle
    return low


def count_of(density: int, total_steps: int) -> int:
    """How many snapshots `next_snapshot` makes from 0 to `total_steps`: about `d + d ln(total / d)`."""
    step, count = 0, 0
    while step <= total_steps:
        step, count = next_snapshot(step, density), count + 1
    return count


def next_snapshot(step: int, density: int) -> int:
    """The next step after `step` with a snapshot: every step up to `density`, then at growing distances."""
    return step + max(1, step // density)


def snapshot_step_from(step: int, density: int) -> int:
    """The first snapshot at `step` or after it, of the sequence 0, 1, 2, … that `next_snapshot` makes.

    O(density + density ln step).
    """
    place = 0
    while place < step:
        place = next_snapshot(place, density)
    return place


def is_snapshot_step(step: int, density: int) -> bool:
    """Whether `step` is one of the sequence."""
    return snapshot_step_from(step, density) == step


def file_name(step: int) -> str:
    """Path of the snapshot of `step` within the run folder."""
    return f"{FOLDER}/{step:09d}.safetensors"


def kept_steps(folder: Path) -> list[int]:
    """The steps that have a snapshot in the run folder, ascending."""
    try:
        names = [entry.name for entry in (folder / FOLDER).iterdir()]
    except OSError:
        return []
    return sorted(int(name[:-12]) for name in names if re.fullmatch(r"[0-9]{9,12}\.safetensors", name))
