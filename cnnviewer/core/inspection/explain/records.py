"""What an explanation tells: the operands of one number, its terms and how it was put together. Free of torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from cnnviewer.core.inspection.explain.group_records import (
    AttentionTerm,
    Divided,
    Extreme,
    Gated,
    ManyHeaded,
    Power,
    Standardised,
    Weighted,
)
from cnnviewer.core.inspection.explain.group_records import Doubles as Doubles
from cnnviewer.core.inspection.explain.group_records import Flags as Flags
from cnnviewer.core.inspection.explain.group_records import Indices as Indices
from cnnviewer.core.inspection.explain.reduction_records import LogSum, Product, Spread
from cnnviewer.core.inspection.records import Cell, LayerInfo
from cnnviewer.core.models.mutes import How

TOLERANCE = 1e-4
"""Largest relative difference between the terms' sum in float64 and PyTorch's float32 result that is no error."""
ROUNDING = 2.0**-20
"""What float32 rounding may add up to, relative to the sum of the sizes of the terms, where large terms cancel."""
_SMALLEST = 1024 * float(np.finfo(np.float32).tiny)
"""Float32 takes it for nothing, or makes nothing of it where an exponential overflows: `x / (1 + exp(−x))`."""


def overflowed(value: float, size: float) -> bool:
    """Whether a float32 result is no number because the sizes of its terms add up to more than float32 can hold."""
    return not np.isfinite(value) and not size <= float(np.finfo(np.float32).max)


@dataclass(frozen=True)
class GivenValue:
    """A value of the input: a pixel in 0..1, normalised as `(pixel - mean) / std`."""

    pixel: float
    mean: float
    std: float


@dataclass(frozen=True)
class Convolution:
    """Every input channel's patch times its kernel slice.

    Attributes:
        source: the layer that is read.
        channels: `(n,)` its channels, those of the output channel's group.
        rows: `(kh,)` rows of the source under the kernel; outside of it in the padding.
        cols: `(kw,)` likewise.
        patch: `(n, kh, kw)` what lies under the kernel.
        padding: `(kh, kw)` which of it is padding.
        kernel: `(n, kh, kw)` the kernel's slices.
        bias: None without one.
        geometry: stride, padding and dilation, `(vertical, horizontal)` each.
        way: `transposed` where each input value spreads its kernel over the output: `kernel` holds the weights that
            meet this output, and `rows` and `cols` what they are multiplied with; `line` over one dimension, where a
            channel is a row of the source.

    """

    source: str
    channels: Indices
    rows: Indices
    cols: Indices
    patch: Doubles
    padding: Flags
    kernel: Doubles
    bias: float | None
    geometry: tuple[tuple[int, int], tuple[int, int], tuple[int, int]]
    way: Literal["plain", "transposed", "line"] = "plain"

    @property
    def products(self) -> Doubles:
        """`(n, kh, kw)`."""
        products: Doubles = self.patch * self.kernel
        return products

    @property
    def sums(self) -> Doubles:
        """`(n,)` of the channels."""
        sums: Doubles = self.products.sum(axis=(1, 2))
        return sums


@dataclass(frozen=True)
class Pooling:
    """A window that keeps its largest or smallest value, or the average.

    Attributes:
        mode: which of them.
        source: the layer that is read.
        channel: its channel.
        rows: `(kh,)` rows of the source in the window; outside of it in the padding.
        cols: `(kw,)` likewise.
        patch: `(kh, kw)` the values; 0 outside.
        outside: `(kh, kw)` what lies outside of the source: never wins, and adds 0 to an average.
        winners: `(kh, kw)` the cells that have the largest or smallest value: several in a tie, none for an average.
        divisor: what the sum is divided by for an average, else 1.
        adaptive: whether the window follows from the output's size.

    """

    mode: Literal["max", "min", "average"]
    source: str
    channel: int
    rows: Indices
    cols: Indices
    patch: Doubles
    outside: Flags
    winners: Flags
    divisor: float = 1.0
    adaptive: bool = False


@dataclass(frozen=True)
class Dense:
    """A fully connected layer's output: `weights @ inputs + bias`.

    Attributes:
        source: the layer that is read.
        places: where each input was before it became a feature, `(n, 3)` channel, row, column of `origin`, or None.
        origin: the layer with maps from which the features were flattened, or empty.

    """

    source: str
    inputs: Doubles
    weights: Doubles
    bias: float | None
    origin: str = ""
    places: Indices | None = None


@dataclass(frozen=True)
class Pointwise:
    """One value from one value.

    Attributes:
        function: PyTorch's functional name.
        expression: of `x`, as mathematics writes it: `max(0, x)`.
        argument: the call's further arguments as Python writes them, or empty.
        curve: `(2, n)` x and y of the function over the values of the source; None where it was not computed.

    """

    function: str
    source: str
    x: float
    expression: str
    argument: str = ""
    curve: Doubles | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Dropped:
    """Dropout: nothing while predicting; in a training step a value (or a whole map) is set to 0, or scaled up.

    Attributes:
        p: how likely it is dropped.
        whole_maps: whether a map is dropped at once.
        kept: whether it was kept in the training step `step` with this seed, were this image its batch.
        then: its value in that step.
        device: on which the training runs: another one than `cpu` draws other numbers than can be drawn here.

    """

    source: str
    x: float
    p: float
    whole_maps: bool
    kept: bool
    then: float
    seed: int
    step: int
    device: str = "cpu"


@dataclass(frozen=True)
class Normalised:
    """Batch normalisation: `(x - mean) / sqrt(variance + epsilon) * weight + bias`."""

    source: str
    channel: int
    x: float
    mean: float
    variance: float
    epsilon: float
    weight: float
    bias: float
    running: bool = True


@dataclass(frozen=True)
class Exponentials:
    """Softmax or log-softmax: every exponent, shifted by the largest so that none overflows, and their sum.

    Attributes:
        inputs: `(n,)` the scores.
        index: which of them is asked about.
        log: whether the logarithm of the share is taken.
        names: of the scores, the classes where they are known.
        negated: whether the scores are minus the values of the source: softmin.

    """

    source: str
    inputs: Doubles
    index: int
    log: bool
    names: tuple[str, ...] = ()
    negated: bool = False

    @property
    def shift(self) -> float:
        """The largest score."""
        return float(self.inputs.max())

    @property
    def exponentials(self) -> Doubles:
        """`(n,)`: `exp(inputs - shift)`."""
        shifted: Doubles = np.exp(self.inputs - self.shift)
        return shifted

    @property
    def total(self) -> float:
        """Their sum, the denominator."""
        return float(self.exponentials.sum())


@dataclass(frozen=True)
class Loss:
    """The loss of the labelled image: minus the logarithm of the probability of its class.

    Attributes:
        name: `nll` of log-probabilities, or `cross_entropy` of scores.
        scores: the scores and the class asked about; for `nll` its inputs are log-probabilities.
        label: the class's name.

    """

    name: str
    scores: Exponentials
    label: str


@dataclass(frozen=True)
class MovedValue:
    """A value that only changed its place: flatten, reshape, concatenate, select.

    Attributes:
        origin: where it was.
        shape: of the layer it was in, `(C, H, W)` or `(N,)`.
        index: of the value in a row of all values of its own layer.

    """

    origin: Cell
    shape: tuple[int, ...]
    index: int
    x: float


Operator = Literal["+", "−", "×", "÷", "^", "max", "min", "· σ"]


@dataclass(frozen=True)
class ExplainedPart:
    """One operand of an operation between layers; `cell` None for a constant, or a parameter that is `learned`."""

    cell: Cell | None
    value: float
    learned: bool = False


@dataclass(frozen=True)
class Combined:
    """Two values added, subtracted, multiplied or divided, one to the power of the other, the larger or smaller.

    `· σ` is a gated linear unit: the first times the sigmoid of the second.
    """

    operator: Operator
    parts: tuple[ExplainedPart, ...]


@dataclass(frozen=True)
class OfSeveral:
    """A function of two to four values, called a, b, c and d: `log(exp(a) + exp(b))`.

    Attributes:
        function: its kind.
        expression: as mathematics writes it.
        code: as Python does, with PyTorch.
        parts: the values.

    """

    function: str
    expression: str
    code: str
    parts: tuple[ExplainedPart, ...]


@dataclass(frozen=True)
class SelectedValue:
    """One of two values, as a condition says: `where`, `masked_fill`.

    Attributes:
        condition: whether it holds here: then the first part is taken, else the second.

    """

    condition: bool
    parts: tuple[ExplainedPart, ExplainedPart]


@dataclass(frozen=True)
class FilledValue:
    """A number that stands beside moved values: padding, or numbers that the model puts there itself.

    Attributes:
        entry: the place of a learned table, where it was looked up there: `table.weight[3, 1]`.
        learned: whether it is a parameter of the model, as a class token is.

    """

    value: float
    entry: str = ""
    learned: bool = False


@dataclass(frozen=True)
class MutedValue:
    """A number that was put in place of what the operation computed: its channel is muted.

    Attributes:
        how: `zero`, or `mean` for the channel's mean over images of the data.
        value: the number.
        unmuted: what the operation computes from the values that it reads, in float64; None where that is not known.

    """

    how: How
    value: float
    unmuted: float | None = None


@dataclass(frozen=True)
class Opaque:
    """An operation whose arithmetic the program does not know: PyTorch computed it again, in double precision."""

    function: str


Work = (
    GivenValue | Convolution | Pooling | Dense | Pointwise | Dropped | Normalised | Exponentials | Loss | MovedValue
    | Combined | OfSeveral | SelectedValue | FilledValue | Weighted | Standardised | Extreme | Power | Divided
    | AttentionTerm | ManyHeaded | Gated | Spread | LogSum | Product | MutedValue | Opaque
)  # fmt: skip


@dataclass(frozen=True)
class Explanation:
    """How one number came about.

    Attributes:
        cell: the place; of the layer `loss` for the loss.
        layer: that it belongs to.
        value: the sum of the terms, in float64.
        torch_value: what PyTorch computed, in float32.
        terms: `(n,)` what adds up to the value: products, the bias, the winner, the shares of an average.
        work: the operands and how they were put together.
        formula: the lines of the calculation with the numbers put in.
        snippet: Python that computes it again with PyTorch and prints it.
        tensors: what the snippet reads from a file of its own; empty when it holds all numbers itself.
        rounded: sum of the sizes of the numbers that float32 rounds on the way, where it is larger than that of the
            terms: of `x − tanh(x)` both, of a normalised value its distance from the mean.
        generation: of the image.
        step: training step of the weights.

    """

    cell: Cell
    layer: LayerInfo
    value: float
    torch_value: float
    terms: Doubles
    work: Work
    formula: tuple[str, ...] = ()
    snippet: str = ""
    tensors: Mapping[str, npt.NDArray[np.float32]] = field(default_factory=dict)
    generation: int = 0
    step: int = 0
    rounded: float = 0.0

    @property
    def difference(self) -> float:
        """How far the terms' sum is from PyTorch's result."""
        if self.value == self.torch_value or (np.isnan(self.value) and np.isnan(self.torch_value)):
            return 0.0
        return abs(self.value - self.torch_value)

    @property
    def relative_difference(self) -> float:
        """The difference, relative to PyTorch's result; infinite where that is 0 and the sum is not."""
        if self.difference < _SMALLEST:
            return 0.0
        return self.difference / abs(self.torch_value) if self.torch_value else float("inf")

    @property
    def cancels(self) -> bool:
        """Whether large terms cancel, so that float32's rounding alone explains a relative difference too large."""
        size = max(float(np.abs(self.terms).sum()), self.rounded)
        return self.relative_difference > TOLERANCE and self.difference <= ROUNDING * size

    @property
    def agrees(self) -> bool:
        """Whether it is the number that PyTorch computed."""
        return self.relative_difference <= TOLERANCE or self.cancels or self.overflows

    @property
    def overflows(self) -> bool:
        """Whether float32 ends before the terms do."""
        return overflowed(self.torch_value, max(float(np.abs(self.terms).sum()), self.rounded))
