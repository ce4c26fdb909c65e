"""A design under way: what can be done to its layers, and undone. Pure; no widgets."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import Any, Final

from cnnviewer.core.models.design import (
    MOST_LAYERS,
    NUMBERS,
    POOLS,
    Design,
    Kind,
    LayerSpec,
    Number,
    usual,
    with_number,
)

_REMEMBERED: Final = 200


class Edits:
    """The design with its past and its future.

    Attributes:
        design: as it is now.

    """

    def __init__(self, design: Design | None = None) -> None:
        self.design = design if design is not None else Design()
        self._past: list[Design] = []
        self._future: list[Design] = []
        self._merging: Hashable = None

    @property
    def steps(self) -> tuple[int, int]:
        """How many steps can be taken back, and taken again."""
        return len(self._past), len(self._future)

    def begin_with(self, design: Design) -> None:
        """Begin again with `design`: there is no step back from it."""
        self._past, self._future, self._merging, self.design = [], [], None, design

    def set(self, design: Design, merge: Hashable = None) -> None:
        """Make it `design`; steps in a row with the same `merge` (not None) are one to undo."""
        if design == self.design:
            return
        if merge is None or merge != self._merging:
            self._past = [*self._past[-_REMEMBERED:], self.design]
        self._future.clear()
        self._merging = merge
        self.design = design

    def stop_merging(self) -> None:
        """The next step is one of its own, whatever it changes."""
        self._merging = None

    def undo(self) -> None:
        """One step back, where there is one."""
        if self._past:
            self._future.append(self.design)
            self.design = self._past.pop()
            self._merging = None

    def redo(self) -> None:
        """One step forth again, where there is one."""
        if self._future:
            self._past.append(self.design)
            self.design = self._future.pop()
            self._merging = None

    def insert(self, place: int, kind: Kind) -> bool:
        """Put a usual layer of that kind before the layer at `place`; False when there are too many layers."""
        layers = self.design.layers
        if len(layers) >= MOST_LAYERS:
            return False
        self.set(Design((*layers[:place], usual(kind), *layers[place:])))
        return True

    def remove(self, place: int) -> None:
        """Take the layer at `place` away."""
        layers = self.design.layers
        self.set(Design((*layers[:place], *layers[place + 1 :])))

    def move(self, place: int, target: int, merge: Hashable = None) -> bool:
        """Take the layer at `place` to `target`; False where that is outside."""
        layers = list(self.design.layers)
        if not (0 <= place < len(layers) and 0 <= target < len(layers)) or place == target:
            return False
        layers.insert(target, layers.pop(place))
        self.set(Design(tuple(layers)), merge)
        return True

    def set_number(self, place: int, number: Number, value: float) -> None:
        """Change one number of a layer; typing it digit by digit is one step to undo."""
        self._replace(place, with_number(self.design.layers[place], number, value), merge=(place, number))

    def set_kind(self, place: int, kind: Kind) -> None:
        """Make the layer one of another kind; what both kinds have stays."""
        self._replace(place, with_kind(self.design.layers[place], kind), merge=None)

    def _replace(self, place: int, layer: LayerSpec, merge: Hashable) -> None:
        layers = self.design.layers
        self.set(Design((*layers[:place], layer, *layers[place + 1 :])), merge)


def with_kind(layer: LayerSpec, kind: Kind) -> LayerSpec:
    """A layer of another kind, with the numbers that poolings, or convolution and fully connected, have in common."""
    alike = layer.kind in POOLS and kind in POOLS
    shared = [n for n in NUMBERS[kind] if n in NUMBERS[layer.kind] and (alike or n == "out")]
    numbers: dict[str, Any] = {number: getattr(layer, number) for number in shared}
    return replace(usual(kind), **numbers)
