"""Which moments of a training are kept: densely at the start, where much changes, thinner later. Free of torch."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = "moments"
SMALL = 2**20
"""Bytes of weights up to which every moment is kept exactly."""
WANTED = 520
"""Moments kept of a small model over the whole training."""
_BUDGET = 240 * 2**20  # bytes for the moments of a large model
_FEWEST = 12


def moments_wanted(size: int) -> int:
    """How many moments a run keeps of a model of `size` bytes: 520, fewer where that would take more than 240 MB."""
    kept = size if size <= SMALL else size / 4 + 2**17  # eight bits a weight, and what is small stays whole
    return max(_FEWEST, min(WANTED, int(_BUDGET / kept)))


def density_for(wanted: int, total_steps: int, epochs: int = 0) -> int:
    """The smallest number of moments in a row at the start for which `wanted` come together in `total_steps`.

    The ends of `epochs`, which are kept besides, count, but leave at least half of `wanted` to the others.
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
    """How many moments `next_moment` makes from 0 to `total_steps`: about `d + d ln(total / d)`."""
    step, count = 0, 0
    while step <= total_steps:
        step, count = next_moment(step, density), count + 1
    return count


def next_moment(step: int, density: int) -> int:
    """The step after `step` whose moment is kept: every one up to `density`, then ever fewer, a share of the step."""
    return step + max(1, step // density)


def moment_from(step: int, density: int) -> int:
    """The first moment at `step` or after it, of the sequence 0, 1, 2, … that `next_moment` makes.

    O(density + density ln step).
    """
    place = 0
    while place < step:
        place = next_moment(place, density)
    return place


def is_moment(step: int, density: int) -> bool:
    """Whether `step` is one of the sequence."""
    return moment_from(step, density) == step


def file_name(step: int) -> str:
    """Where the moment after `step` is kept, within the run's folder."""
    return f"{FOLDER}/{step:09d}.safetensors"


def kept_steps(folder: Path) -> list[int]:
    """The steps whose moments the run's folder holds, ascending."""
    try:
        names = [entry.name for entry in (folder / FOLDER).iterdir()]
    except OSError:
        return []
    return sorted(int(name[:-12]) for name in names if re.fullmatch(r"[0-9]{9,12}\.safetensors", name))
