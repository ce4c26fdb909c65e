"""Values that are not kept because they are had again at once: what a ReLU makes of a large layer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")


def part_of(values: Mapping[str, T], name: str, take: Callable[[T], T]) -> T:
    """What `take` makes of a value, some of its maps: no whole value is computed for it."""
    return values.part(name, take) if isinstance(values, Derived) else take(values[name])


class Derived(Mapping[str, T]):
    """A mapping some of whose values are computed from others when they are asked for.

    VGG16's maps take 110 MB for one image, half of it behind a ReLU.
    """

    def __init__(
        self, kept: Mapping[str, T], sources: Mapping[str, str], compute: Callable[[T], T], order: tuple[str, ...]
    ) -> None:
        """`sources` names for each value that is not kept the one that it is computed from; `order` is of all names."""
        self._kept = kept
        self._sources = sources
        self._compute = compute
        self._order = order

    def __getitem__(self, name: str) -> T:
        if name in self._sources:
            return self._compute(self[self._sources[name]])
        return self._kept[name]

    def part(self, name: str, take: Callable[[T], T]) -> T:
        """What `take` makes of a value, where that is the same before it is computed and after: some of its maps."""
        if name in self._sources:
            return self._compute(self.part(self._sources[name], take))
        return take(self._kept[name])

    def __contains__(self, name: object) -> bool:
        """Without computing it, as `Mapping`'s own would."""
        return name in self._order

    def __iter__(self) -> Iterator[str]:
        return iter(self._order)

    def __len__(self) -> int:
        return len(self._order)
