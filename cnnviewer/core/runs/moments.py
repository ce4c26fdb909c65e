"""Which moments of a training are kept: densely at the start, where much changes, thinner later. Free of torch."""

from __future__ import annotations

import math
from pathlib import Path

FOLDER = "moments"
SMALL = 2**20
"""Bytes of weights up to which every moment is kept exactly."""
WANTED = 600
"""Moments kept of a small model over the whole training."""
_BUDGET = 240 * 2**20  # bytes for the moments of a large model
_FEWEST = 12


def moments_wanted(size: int) -> int:
    """How many moments a run keeps of a model of `size` bytes: 600, fewer where that would take more than 240 MB."""
    kept = size if size <= SMALL else size / 4 + 2**17  # eight bits a weight, and what is small stays whole
    return max(_FEWEST, min(WANTED, int(_BUDGET / kept)))


def density_for(wanted: int, total_steps: int) -> int:
    """The smallest number of moments in a row at the start for which about `wanted` come together in `total_steps`.

    `count = d + d ln(total / d)` moments are kept with density `d`; solved by halving.
    """
    low, high = 1, max(1, min(wanted, total_steps))
    while low < high:
        middle = (low + high) // 2
        if middle + middle * math.log(max(1.0, total_steps / middle)) < wanted:
            low = middle + 1
        else:
            high = middle
    return low


def next_moment(step: int, density: int) -> int:
    """The step after `step` whose moment is kept: every one up to `density`, then ever fewer, a share of the step."""
    return step + max(1, step // density)


def is_moment(step: int, density: int) -> bool:
    """Whether `step` is one of the sequence 0, 1, 2, … that `next_moment` makes. O(density + density ln step)."""
    place = 0
    while place < step:
        place = next_moment(place, density)
    return place == step


def file_name(step: int) -> str:
    """Where the moment after `step` is kept, within the run's folder."""
    return f"{FOLDER}/{step:09d}.safetensors"


def kept_steps(folder: Path) -> list[int]:
    """The steps whose moments the run's folder holds, ascending."""
    try:
        names = [entry.name for entry in (folder / FOLDER).iterdir()]
    except OSError:
        return []
    return sorted(int(name[:9]) for name in names if name.endswith(".safetensors") and name[:9].isdigit())
