"""Which images are held out, and in which order the others are learned."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator

import numpy as np
import torch

from cnnviewer.core.data.dataset import DataSet, Split

MOST_HELD_OUT = 5000


def seeded(seed: int, *parts: int | str) -> int:
    """A seed for one purpose: as good as independent of the seeds of other purposes, the same on every machine.

    `torch.Generator` seeded with 1 and with 2 gives unrelated numbers, but `seed + epoch` would give epoch 2 of
    seed 1 the order of epoch 1 of seed 2.
    """
    text = ":".join(str(part) for part in (seed, *parts))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little") >> 1


def seed_device(seed: int, device: str) -> None:
    """Seed the random numbers that `device` draws, as `torch.manual_seed` does for all devices at once.

    That function also writes down where it was called from for every device that is not in use: at every step it
    would take a tenth of LeNet's time.
    """
    if device.startswith("cuda"):
        with torch.cuda.device(device):
            torch.cuda.manual_seed(seed)
    elif device == "mps":
        torch.mps.manual_seed(seed)
    else:
        torch.default_generator.manual_seed(seed)


def seed_other_libraries(seed: int) -> None:
    """Seed what Python and NumPy draw: the user's own model may skip a layer by one of their numbers."""
    random.seed(seed)
    np.random.seed(seed % 2**32)


def hold_out(count: int, fraction: float, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Indices to learn from and indices to validate on: `(count - n,)` and `(n,)`, both ascending.

    `n` is the fraction of `count`, at most 5,000; with a fraction above 0 at least 1.
    """
    held_out = min(MOST_HELD_OUT, max(1, round(count * fraction))) if fraction > 0 else 0
    order = torch.randperm(count, generator=torch.Generator().manual_seed(seeded(seed, "hold out")))
    return order[held_out:].sort().values, order[:held_out].sort().values


def divided(data: DataSet, fraction: float, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """The same for the training images of `data`; nothing is held out where it brings validation images."""
    return hold_out(len(data.train), fraction if data.validation is None else 0.0, seed)


def validation_split(data: DataSet, held_out: torch.Tensor) -> tuple[str, Split]:
    """The images of the validation and what to call them: `"validation"`, or `"test"` when there are no others."""
    if data.validation is not None:
        return "validation", data.validation
    return ("validation", data.train.select(held_out)) if len(held_out) else ("test", data.test)


def batches(index: torch.Tensor, batch_size: int, seed: int, epoch: int) -> Iterator[torch.Tensor]:
    """The epoch's batches of indices into the training images, shuffled by (seed, epoch); the last may be smaller."""
    order = torch.randperm(len(index), generator=torch.Generator().manual_seed(seeded(seed, "epoch", epoch)))
    return iter(index[order].split(batch_size))
