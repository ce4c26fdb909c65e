"""What the sandbox shows, how it changes, and the way back. Pure."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import numpy as np

from cnnviewer.core.sandbox import Array, Operation, Pair, SandboxSettings
from cnnviewer.core.sandbox_inputs import PRESETS, SCALABLE, preset, resized_input, resized_kernel

OWN: Final = "own"
MODEL: Final = "model"
SMALLEST_INPUT: Final = 3
LARGEST_INPUT: Final = 12
LARGEST_KERNEL: Final = 11  # AlexNet's first layer has the largest kernels of the listed models

_CONV: Final = SandboxSettings(padding=(1, 1))
_POOL: Final = SandboxSettings("max", (2, 2), (2, 2))

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
class SandboxState:
    """Input, operation and kernel; convolution and pooling keep their own geometry when one switches between them.

    Attributes:
        values: the input, `(N, N)` with N from 3 to 12.
        operation: what is computed.
        conv: geometry of the convolution; its `kernel_size` is the kernel's shape.
        pool: geometry of every pooling.
        kernel: `(kh, kw)`.
        bias: of the convolution.
        preset: a name of `PRESETS`, `"model"` (a kernel of the loaded model) or `"own"` (edited).
        from_image: the input is the program's current image, shrunk; another size shrinks it again.

    """

    values: Array = field(default_factory=first_input)
    operation: Operation = "conv"
    conv: SandboxSettings = _CONV
    pool: SandboxSettings = _POOL
    kernel: Array = field(default_factory=lambda: preset("sobel-vertical"))
    bias: float = 0.0
    preset: str = "sobel-vertical"
    from_image: bool = False

    @property
    def setup(self) -> SandboxSettings:
        """What slides: for an average the dilation is 1, whatever the other poolings have."""
        if self.operation == "conv":
            return self.conv
        dilation = (1, 1) if self.operation == "avg" else self.pool.dilation
        return replace(self.pool, operation=self.operation, dilation=dilation)

    def with_part(self, part: Part, pair: Pair) -> SandboxState:
        """Another kernel size, stride, padding or dilation of the operation at hand."""
        changed = {part: pair}
        if self.operation != "conv":
            return replace(self, pool=replace(self.pool, **changed))  # type: ignore[arg-type]
        state = replace(self, conv=replace(self.conv, **changed))  # type: ignore[arg-type]
        if part != "kernel_size" or pair == self.kernel.shape:
            return state
        if self.preset in SCALABLE:
            return replace(state, kernel=preset(self.preset, pair))
        return replace(state, kernel=resized_kernel(self.kernel, pair), preset=OWN)

    def with_kernel(self, kernel: Array, name: str) -> SandboxState:
        """Another kernel, `(kh, kw)`, called `name`."""
        size = kernel.shape[0], kernel.shape[1]
        return replace(self, kernel=kernel, preset=name, conv=replace(self.conv, kernel_size=size))

    def with_preset(self, name: str) -> SandboxState:
        """The kernel of that name, in the present size where it comes in any; other names only rename."""
        if name not in PRESETS:
            return replace(self, preset=name)
        return self.with_kernel(preset(name, self.conv.kernel_size), name)

    def with_weight(self, row: int, col: int, weight: float) -> SandboxState:
        """One number of the kernel changed: it is the user's own now."""
        kernel = self.kernel.copy()
        kernel[row, col] = weight
        return replace(self, kernel=kernel, preset=OWN)

    def with_value(self, row: int, col: int, value: float) -> SandboxState:
        """One cell of the input painted."""
        values = self.values.copy()
        values[row, col] = value
        return replace(self, values=values, from_image=False)

    def with_values(self, values: Array, from_image: bool = False) -> SandboxState:
        """Another input, `(N, N)`."""
        return replace(self, values=values, from_image=from_image)

    def with_size(self, size: int) -> SandboxState:
        """An input of `size` rows and columns; what is painted keeps its place."""
        return replace(self, values=resized_input(self.values, size), from_image=False)


class SandboxHistory:
    """The states before and after the present one; changes with the same key in a row are taken back together."""

    _MOST = 200

    def __init__(self) -> None:
        self._past: list[SandboxState] = []
        self._future: list[SandboxState] = []
        self._key: Hashable = None

    def remember(self, state: SandboxState, key: Hashable) -> None:
        """Keep `state` as what was before a change `key`."""
        if key is None or key != self._key:
            self._past.append(state)
            del self._past[: -self._MOST]
        self._key = key
        self._future.clear()

    def end(self) -> None:
        """Whatever comes next is a change of its own."""
        self._key = None

    def back(self, now: SandboxState) -> SandboxState | None:
        """The state before the last change, or None; `now` is the one that can be gone forward to."""
        return self._move(self._past, self._future, now)

    def forward(self, now: SandboxState) -> SandboxState | None:
        """The state after the change that was taken back last, or None."""
        return self._move(self._future, self._past, now)

    def _move(self, source: list[SandboxState], other: list[SandboxState], now: SandboxState) -> SandboxState | None:
        self._key = None
        if not source:
            return None
        other.append(now)
        return source.pop()

    @property
    def steps(self) -> tuple[int, int]:
        """How many changes can be taken back, and made again."""
        return len(self._past), len(self._future)
