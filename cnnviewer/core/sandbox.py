"""A window slides over a small input: convolution and pooling with every cell accounted for. Numpy only.

Sizes, padding, ties and refusals are PyTorch's (`torch.nn.functional.conv2d`, `max_pool2d`, `avg_pool2d` with
`ceil_mode=False` and `count_include_pad=True`); minimum pooling is `-max_pool2d(-x)`, as PyTorch has none of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from cnnviewer.core.errors import UserError

Operation = Literal["conv", "max", "avg", "min"]
Pair = tuple[int, int]
Array = npt.NDArray[np.float64]
_REDUCE: dict[Operation, Callable[[Array], Array]] = {  # (H', W', kh, kw) -> (H', W')
    "max": lambda windows: np.asarray(windows.max(axis=(2, 3))),
    "min": lambda windows: np.asarray(windows.min(axis=(2, 3))),
    "avg": lambda windows: np.asarray(windows.mean(axis=(2, 3))),
}
_PADS_WITH: dict[Operation, float] = {"conv": 0.0, "max": -np.inf, "avg": 0.0, "min": np.inf}


@dataclass(frozen=True)
class SandboxSettings:
    """What slides and how; every pair is `(vertical, horizontal)`.

    Raises:
        ValueError: a size, stride or dilation below 1, or a padding below 0.

    """

    operation: Operation = "conv"
    kernel_size: Pair = (3, 3)
    stride: Pair = (1, 1)
    padding: Pair = (0, 0)
    dilation: Pair = (1, 1)

    def __post_init__(self) -> None:
        if min(*self.kernel_size, *self.stride, *self.dilation) < 1 or min(self.padding) < 0:
            raise ValueError(f"no window slides like this: {self}")


@dataclass(frozen=True)
class Formula:
    """How one axis' output size comes about, step by step; each step equals the next.

    Attributes:
        symbols: `floor((W - K + 2P) / S) + 1`, with D where the dilation is not 1.
        numbers: the same with the numbers in place of the letters.
        quotient: the inner sum worked out, `floor(7 / 2) + 1`.
        result: the output size; 0 or less where the kernel does not fit.

    """

    symbols: str
    numbers: str
    quotient: str
    result: int


@dataclass(frozen=True)
class Axis:
    """The geometry along one axis: `letter` is `H` (rows) or `W` (columns), the rest are cells."""

    letter: Literal["H", "W"]
    size: int
    kernel: int
    stride: int
    padding: int
    dilation: int

    @property
    def padded(self) -> int:
        """Cells with the padding on both sides."""
        return self.size + 2 * self.padding

    @property
    def reach(self) -> int:
        """Cells from the kernel's first to its last, the gaps of the dilation included."""
        return self.dilation * (self.kernel - 1) + 1

    @property
    def output(self) -> int:
        """Output size; 0 or less where the kernel does not fit."""
        return (self.padded - self.reach) // self.stride + 1

    @property
    def remainder(self) -> int:
        """Cells at the end that the last step does not reach, because the sizes do not divide."""
        return (self.padded - self.reach) % self.stride

    def taps(self) -> npt.NDArray[np.intp]:
        """Padded coordinates of the cells read for every output place: `(output, kernel)`."""
        starts = np.arange(max(self.output, 0), dtype=np.intp) * self.stride
        return starts[:, None] + np.arange(self.kernel, dtype=np.intp) * self.dilation

    def left_out(self) -> tuple[int, ...]:
        """Padded coordinates that no window reads."""
        return tuple(sorted(set(range(self.padded)) - set(self.taps().ravel().tolist())))

    def formula(self) -> Formula:
        """The output size as PyTorch's documentation writes it, with this axis' numbers put in."""
        inner = self.padded - self.reach
        if self.dilation == 1:
            symbols = f"floor(({self.letter} − K + 2P) / S) + 1"
            numbers = f"floor(({self.size} − {self.kernel} + 2·{self.padding}) / {self.stride}) + 1"
        else:
            symbols = f"floor(({self.letter} − D·(K − 1) − 1 + 2P) / S) + 1"
            reach = f"{self.dilation}·({self.kernel} − 1) − 1"
            numbers = f"floor(({self.size} − {reach} + 2·{self.padding}) / {self.stride}) + 1"
        quotient = f"floor({inner} / {self.stride}) + 1".replace("-", "−")
        return Formula(symbols, numbers, quotient, self.output)


@dataclass(frozen=True)
class SlidingResult:
    """Everything about one sliding window; the arrays are read-only.

    Attributes:
        setup: what slid.
        axes: vertical and horizontal.
        padded: `(H + 2P, W + 2P)`: the input with its padding (0; -inf and +inf for maximum and minimum).
        is_padding: bool, of the same shape.
        output: `(H', W')` float64.
        rows: `(H', kh)`: padded rows read by each output row.
        cols: `(W', kw)`: padded columns read by each output column.
        kernel: `(kh, kw)` of a convolution, else None.
        bias: of a convolution, else 0.

    """

    setup: SandboxSettings
    axes: tuple[Axis, Axis]
    padded: Array
    is_padding: npt.NDArray[np.bool_]
    output: Array
    rows: npt.NDArray[np.intp]
    cols: npt.NDArray[np.intp]
    kernel: Array | None
    bias: float

    @cached_property
    def left_out_rows(self) -> tuple[int, ...]:
        """Padded rows that no window reads."""
        return self.axes[0].left_out()

    @cached_property
    def left_out_cols(self) -> tuple[int, ...]:
        """Padded columns that no window reads."""
        return self.axes[1].left_out()

    @cached_property
    def left_out(self) -> npt.NDArray[np.bool_]:
        """Which cells of the padded input no window reads."""
        mask = np.zeros(self.padded.shape, bool)
        mask[list(self.left_out_rows), :] = True
        mask[:, list(self.left_out_cols)] = True
        return mask

    def window(self, row: int, col: int) -> Array:
        """The values read for an output cell, `(kh, kw)`."""
        return np.asarray(self.padded[np.ix_(self.rows[row], self.cols[col])])

    def window_padding(self, row: int, col: int) -> npt.NDArray[np.bool_]:
        """Which of them are padding, `(kh, kw)`."""
        return np.asarray(self.is_padding[np.ix_(self.rows[row], self.cols[col])])

    def products(self, row: int, col: int) -> Array:
        """Value times weight for an output cell of a convolution, `(kh, kw)`; ValueError for a pooling."""
        if self.kernel is None:
            raise ValueError("a pooling has no products")
        return self.window(row, col) * self.kernel

    def winners(self, row: int, col: int) -> tuple[Pair, ...]:
        """Places in the window of an output cell's largest (smallest) value; empty for other operations.

        The first, in reading order, is the one PyTorch takes and sends the gradient to; the others tie with it.
        """
        if self.setup.operation not in ("max", "min"):
            return ()
        places = np.argwhere(self.window(row, col) == self.output[row, col])
        return tuple((int(i), int(j)) for i, j in places)

    def readers(self, row: int, col: int) -> tuple[Pair, ...]:
        """Output cells whose window reads the cell at these padded coordinates, in reading order."""
        down = np.nonzero((self.rows == row).any(axis=1))[0]
        across = np.nonzero((self.cols == col).any(axis=1))[0]
        return tuple((int(i), int(j)) for i in down for j in across)


def axes(setup: SandboxSettings, shape: Pair) -> tuple[Axis, Axis]:
    """Vertical and horizontal geometry over an input of `(H, W)` cells."""
    vertical, horizontal = (
        Axis(letter, size, kernel, stride, padding, dilation)
        for letter, size, kernel, stride, padding, dilation in zip(
            ("H", "W"), shape, setup.kernel_size, setup.stride, setup.padding, setup.dilation, strict=True
        )
    )
    return vertical, horizontal


def check(setup: SandboxSettings, shape: Pair) -> None:
    """Refuse what PyTorch refuses for an input of `(H, W)` cells.

    Raises:
        UserError: the kernel does not fit, a pooling pads more than half its window, or an average is dilated.

    """
    vertical, horizontal = axes(setup, shape)
    if setup.operation == "avg" and setup.dilation != (1, 1):
        raise UserError("Average pooling has no dilation: it averages neighbouring cells without gaps.")
    if setup.operation != "conv":
        limits = vertical.kernel // 2, horizontal.kernel // 2  # of the window without its gaps, as PyTorch counts
        if setup.padding[0] > limits[0] or setup.padding[1] > limits[1]:
            raise UserError(
                "A padding of {padding} is too much for a pooling window of {window} cells: at most half of it, "
                "{limit}, is allowed. Lower the padding or enlarge the window.",
                padding=_times(setup.padding),
                window=_times(setup.kernel_size),
                limit=_times(limits),
            )
    if min(vertical.output, horizontal.output) < 1:
        needed, there = (vertical.reach, horizontal.reach), (vertical.padded, horizontal.padded)
        if setup.dilation == (1, 1):
            raise UserError(
                "The {needed} kernel is larger than the padded input of {there} cells: "
                "take a smaller kernel, more padding or a larger input.",
                needed=_times(needed),
                there=_times(there),
            )
        raise UserError(
            "The {kernel} kernel with dilation {dilation} spans {needed} cells, but the padded input has only "
            "{there}: take a smaller kernel or dilation, more padding or a larger input.",
            kernel=_times(setup.kernel_size),
            dilation=_times(setup.dilation),
            needed=_times(needed),
            there=_times(there),
        )


def pad(values: Array, setup: SandboxSettings) -> tuple[Array, npt.NDArray[np.bool_]]:
    """The input `(H, W)` with its padding, `(H + 2P, W + 2P)`, and which cells are padding; both read-only.

    It exists where no window fits too: the user sees what the kernel is too large for.
    """
    border = tuple((padding, padding) for padding in setup.padding)
    padded = np.pad(values.astype(np.float64), border, constant_values=_PADS_WITH[setup.operation])
    is_padding = np.pad(np.zeros(values.shape, bool), border, constant_values=True)
    padded.flags.writeable = is_padding.flags.writeable = False
    return padded, is_padding


def slide(values: Array, setup: SandboxSettings, kernel: Array | None = None, bias: float = 0.0) -> SlidingResult:
    """Slide the window over `values`, `(H, W)`.

    Args:
        values: the input.
        setup: what slides and how.
        kernel: `(kh, kw)` of a convolution (cross-correlation, as PyTorch's); None for a pooling.
        bias: added to every output cell of a convolution.

    Raises:
        UserError: what PyTorch refuses too, with the numbers that do not fit.
        ValueError: `values` is no matrix, or `kernel` is not of the setup's size.

    """
    if values.ndim != 2:
        raise ValueError(f"the input is a matrix, not {values.shape}")
    if setup.operation == "conv" and (kernel is None or kernel.shape != setup.kernel_size):
        raise ValueError(f"a kernel of {setup.kernel_size} is needed")
    shape = values.shape[0], values.shape[1]
    check(setup, shape)
    vertical, horizontal = axes(setup, shape)
    padded, is_padding = pad(values, setup)
    rows, cols = vertical.taps(), horizontal.taps()
    windows = padded[rows[:, None, :, None], cols[None, :, None, :]]  # (H', W', kh, kw)
    if setup.operation == "conv":
        weights = np.array(kernel, np.float64)
        output = (windows * weights).sum(axis=(2, 3)) + bias
    else:
        weights, bias = None, 0.0
        output = _REDUCE[setup.operation](windows)
    for array in (output, rows, cols, weights):
        if array is not None:
            array.flags.writeable = False
    return SlidingResult(setup, (vertical, horizontal), padded, is_padding, output, rows, cols, weights, float(bias))


def _times(pair: Pair) -> str:
    return f"{pair[0]}×{pair[1]}"
