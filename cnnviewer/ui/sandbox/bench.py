"""What lies on the sandbox's bench, how it changes, and the way back. Pure."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import numpy as np

from cnnviewer.core.sandbox import Array, Operation, Pair, Setup
from cnnviewer.core.sandbox_inputs import PRESETS, SCALABLE, preset, resized_input, resized_kernel

OWN: Final = "own"
MODEL: Final = "model"
SMALLEST_INPUT: Final = 3
LARGEST_INPUT: Final = 12
LARGEST_KERNEL: Final = 11  # AlexNet's first layer has the largest kernels of the listed models

_CONV: Final = Setup(padding=(1, 1))
_POOL: Final = Setup("max", (2, 2), (2, 2))

Part = Literal["kernel_size", "stride", "padding", "dilation"]

_FIRST_INPUT = """
........
..####..
.##..##.
.....##.
....##..
...##...
..##....
..##....
"""


def first_input() -> Array:
    """The 8×8 input a sandbox opens with: a 7, as strokes of 1 on 0."""
    return np.array([[float(sign == "#") for sign in line] for line in _FIRST_INPUT.split()])


@dataclass(frozen=True, eq=False)
class Bench:
    """Input, operation and kernel; convolution and pooling keep their own geometry when one switches between them.

    Attributes:
        values: the input, `(N, N)` with N from 3 to 12.
        operation: what is computed.
        conv: geometry of the convolution; its `kernel_size` is the kernel's shape.
        pool: geometry of every pooling.
        kernel: `(kh, kw)`.
        bias: of the convolution.
        preset: a name of `PRESETS`, `"model"` (a kernel of the loaded model) or `"own"` (edited).
        from_image: the input is the program's current image, shrunk; another size shrinks it anew.

    """

    values: Array = field(default_factory=first_input)
    operation: Operation = "conv"
    conv: Setup = _CONV
    pool: Setup = _POOL
    kernel: Array = field(default_factory=lambda: preset("sobel-vertical"))
    bias: float = 0.0
    preset: str = "sobel-vertical"
    from_image: bool = False

    @property
    def setup(self) -> Setup:
        """What slides: for an average the dilation is 1, whatever the other poolings have."""
        if self.operation == "conv":
            return self.conv
        dilation = (1, 1) if self.operation == "avg" else self.pool.dilation
        return replace(self.pool, operation=self.operation, dilation=dilation)

    def with_part(self, part: Part, pair: Pair) -> Bench:
        """Another kernel size, stride, padding or dilation of the operation at hand."""
        changed = {part: pair}
        if self.operation != "conv":
            return replace(self, pool=replace(self.pool, **changed))  # type: ignore[arg-type]
        bench = replace(self, conv=replace(self.conv, **changed))  # type: ignore[arg-type]
        if part != "kernel_size" or pair == self.kernel.shape:
            return bench
        if self.preset in SCALABLE:
            return replace(bench, kernel=preset(self.preset, pair))
        return replace(bench, kernel=resized_kernel(self.kernel, pair), preset=OWN)

    def with_kernel(self, kernel: Array, name: str) -> Bench:
        """Another kernel, `(kh, kw)`, called `name`."""
        size = kernel.shape[0], kernel.shape[1]
        return replace(self, kernel=kernel, preset=name, conv=replace(self.conv, kernel_size=size))

    def with_preset(self, name: str) -> Bench:
        """The kernel of that name, in the present size where it comes in any; other names only rename."""
        if name not in PRESETS:
            return replace(self, preset=name)
        return self.with_kernel(preset(name, self.conv.kernel_size), name)

    def with_weight(self, row: int, col: int, weight: float) -> Bench:
        """One number of the kernel changed: it is the person's own now."""
        kernel = self.kernel.copy()
        kernel[row, col] = weight
        return replace(self, kernel=kernel, preset=OWN)

    def with_value(self, row: int, col: int, value: float) -> Bench:
        """One cell of the input painted."""
        values = self.values.copy()
        values[row, col] = value
        return replace(self, values=values, from_image=False)

    def with_values(self, values: Array, from_image: bool = False) -> Bench:
        """Another input, `(N, N)`."""
        return replace(self, values=values, from_image=from_image)

    def with_size(self, size: int) -> Bench:
        """An input of `size` rows and columns; what is painted keeps its place."""
        return replace(self, values=resized_input(self.values, size), from_image=False)


class History:
    """The benches before the present one; changes with the same key in a row are taken back together."""

    _MOST = 200

    def __init__(self) -> None:
        self._past: list[Bench] = []
        self._key: Hashable = None

    def remember(self, bench: Bench, key: Hashable) -> None:
        """Keep `bench` as what was before a change `key`."""
        if key is None or key != self._key:
            self._past.append(bench)
            del self._past[: -self._MOST]
        self._key = key

    def end(self) -> None:
        """Whatever comes next is a change of its own."""
        self._key = None

    def back(self) -> Bench | None:
        """The bench before the last change, or None."""
        self._key = None
        return self._past.pop() if self._past else None

    @property
    def available(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._past)
