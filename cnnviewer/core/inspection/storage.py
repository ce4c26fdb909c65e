"""Tensors that share their numbers: what a write through one of them changes in the others."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from dataclasses import dataclass

import torch

Geometry = tuple[tuple[int, ...], tuple[int, ...], int]
"""Size, stride and offset of a tensor within its storage."""


def storage_of(tensor: torch.Tensor) -> int:
    """A number that tensors share exactly when they share their storage, as long as one of them is alive.

    0 for what has none: a sparse tensor, or one inside `torch.func.vmap`.
    """
    try:
        return int(tensor.untyped_storage()._cdata)
    except NotImplementedError:
        return 0


def version_of(tensor: torch.Tensor) -> int:
    """A number that grows when the tensor, or another one of the same numbers, is written into; else -1."""
    return -1 if tensor.is_inference() else int(tensor._version)


def geometry_of(tensor: torch.Tensor) -> Geometry:
    """Where in its storage the tensor's numbers lie."""
    return tuple(tensor.shape), tensor.stride(), int(tensor.storage_offset())


@dataclass(frozen=True)
class Write:
    """A layer's value that was written over numbers which other tensors share."""

    tensor: weakref.ref[torch.Tensor]
    layer: str
    geometry: Geometry


class Writes:
    """What was written in place during one forward pass, by storage and in order."""

    def __init__(self) -> None:
        self._of: dict[int, list[Write]] = {}

    def __bool__(self) -> bool:
        return bool(self._of)

    def add(self, tensor: torch.Tensor, layer: str) -> None:
        """`layer`'s value now stands in `tensor`."""
        self._of.setdefault(storage_of(tensor), []).append(Write(weakref.ref(tensor), layer, geometry_of(tensor)))

    def count(self, tensor: torch.Tensor) -> int:
        """How many writes the tensor's storage has seen."""
        return len(self._of.get(storage_of(tensor), ())) if self._of else 0

    def alive(self, tensor: torch.Tensor) -> bool:
        """Whether the storage is one that was written: a number is used again after a storage is gone."""
        return any(write.tensor() is not None for write in self._of.get(storage_of(tensor), ()))

    def since(self, tensor: torch.Tensor, seen: int) -> tuple[Write, ...]:
        """The writes after the first `seen` that may have changed the tensor."""
        first, end = _extent(geometry_of(tensor))
        found = []
        for write in self._of.get(storage_of(tensor), [])[seen:]:
            begin, stop = _extent(write.geometry)
            if begin < end and first < stop:
                found.append(write)
        return tuple(found)


def updated(before: torch.Tensor, place: Geometry, *writes: torch.Tensor | Geometry) -> torch.Tensor:
    """A tensor at `place` after others of its storage were written: pairs of what was written and where.

    It is computed in a storage of its own, so that it is the same with any numbers, in any precision.
    """
    places = (place, *(part for part in writes if not isinstance(part, torch.Tensor)))
    values = (before, *(part for part in writes if isinstance(part, torch.Tensor)))
    begin = min(_extent(each)[0] for each in places)
    end = max(_extent(each)[1] for each in places)
    numbers = before.new_zeros(end - begin)
    views = [numbers.as_strided(size, stride, offset - begin) for size, stride, offset in places]
    for view, value in zip(views, values, strict=True):
        view.copy_(value)
    return views[0].clone()


def covered(place: Geometry, writes: Sequence[Geometry]) -> bool:
    """Whether nothing at `place` is left of what was there before the writes."""
    kept = torch.ones(place[0], device="cpu")
    pairs = [part for each in writes for part in (torch.zeros(each[0], device="cpu"), each)]
    return not bool(updated(kept, place, *pairs).any())


def _extent(geometry: Geometry) -> tuple[int, int]:
    """First place in the storage and the one behind the last."""
    size, stride, offset = geometry
    if 0 in size:
        return offset, offset
    return offset, offset + 1 + sum((n - 1) * step for n, step in zip(size, stride, strict=True))
