"""Records of numbers made of many others: weighted sums, normalised groups, attention, gates. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from cnnviewer.core.inspection.records import Cell

Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.int64]
Rule = Literal["interpolate", "sum", "mean", "learned", "product"]


@dataclass(frozen=True)
class Cells:
    """Values of one layer and where each stands.

    Attributes:
        layer: its name; empty for numbers that belong to no layer.
        shape: of the layer, as it is shown.
        places: `(n,)` of the values in a row of all values of the layer.
        values: `(n,)`.

    """

    layer: str
    shape: tuple[int, ...]
    places: Indices
    values: Doubles

    def __len__(self) -> int:
        return len(self.places)

    def cell(self, number: int) -> Cell | None:
        """Where a value stands; None for one that belongs to no layer."""
        if not self.layer:
            return None
        return Cell(self.layer, *(int(part) for part in np.unravel_index(int(self.places[number]), self.shape)))


@dataclass(frozen=True)
class Weighted:
    """A sum of values, each times a weight: interpolation, sums and means, products of two operands or more.

    Attributes:
        rule: where the weights come from: the geometry (`interpolate`), each 1 (`sum`), each 1/n (`mean`), learned
            (`learned`) or the values of another layer (`product`).
        cells: the values.
        weights: `(n,)`.
        others: what the weights are products of where another layer is among them: a factor of each term.
        bias: what is added; None for nothing.

    """

    rule: Rule
    cells: Cells
    weights: Doubles
    others: tuple[Cells, ...] = ()
    bias: float | None = None

    @property
    def products(self) -> Doubles:
        """`(n,)`."""
        products: Doubles = self.cells.values * self.weights
        return products

    @property
    def terms(self) -> Doubles:
        """The products, and the bias at the end."""
        return self.products if self.bias is None else np.append(self.products, self.bias)

    @property
    def common(self) -> float | None:
        """The weight, where all are the same and nothing is added: of a sum or a mean."""
        alike = self.rule in ("sum", "mean") and self.bias is None and len(self.weights) > 0
        return float(self.weights[0]) if alike and bool((self.weights == self.weights[0]).all()) else None


@dataclass(frozen=True)
class Standardised:
    """A value normalised by the mean and variance of the group it belongs to: `(x - μ) / √(σ² + ε) · γ + β`.

    Attributes:
        cells: the group.
        index: of the value in the group.
        centred: whether the mean is subtracted; RMS normalisation divides by the root of the mean square alone.
        epsilon: keeps the divisor from 0.
        weight: γ, 1 without one.
        bias: β, 0 without one.

    """

    cells: Cells
    index: int
    centred: bool
    epsilon: float
    weight: float
    bias: float

    @property
    def x(self) -> float:
        """The value itself."""
        return float(self.cells.values[self.index])

    @property
    def mean(self) -> float:
        """μ of the group; 0 where it is not subtracted."""
        return float(self.cells.values.mean()) if self.centred else 0.0

    @property
    def variance(self) -> float:
        """σ² of the group (divided by n), or the mean of the squares where the mean is not subtracted."""
        return float(np.square(self.cells.values - self.mean).mean())

    @property
    def scale(self) -> float:
        """`γ / √(σ² + ε)`."""
        return self.weight / float(np.sqrt(self.variance + self.epsilon))


@dataclass(frozen=True)
class Extreme:
    """The largest or smallest of several values, or the one of a rank.

    Attributes:
        winners: `(n,)` which of the cells have it: several in a tie.
        rank: of the value from the smallest, which is 1; 0 for the largest and the smallest.

    """

    mode: Literal["max", "min", "rank"]
    cells: Cells
    winners: Flags
    rank: int = 0


@dataclass(frozen=True)
class Power:
    """The root of a sum of powers: `(factor · Σ xᵖ)^(1/p)`, of a pooling by it; a norm takes the values' sizes.

    Attributes:
        factor: more than 1 where a window reaches beyond the map, and its mean is taken for the whole window.

    """

    cells: Cells
    power: float
    sizes: bool
    factor: float = 1.0

    @property
    def powers(self) -> Doubles:
        """`(n,)`."""
        with np.errstate(invalid="ignore"):
            powers: Doubles = np.power(np.abs(self.cells.values) if self.sizes else self.cells.values, self.power)
        return powers

    @property
    def value(self) -> float:
        """The root."""
        with np.errstate(invalid="ignore"):
            return float(np.power(self.factor * self.powers.sum(), 1 / self.power))


@dataclass(frozen=True)
class Divided:
    """A value divided by what the group around it amounts to: `normalize`, local response normalisation.

    Attributes:
        cells: the group.
        index: of the value in the group.
        norm: whether it is divided by `max((Σ |x|ᵖ)^(1/p), ε)`, else by `(k + α · Σ x² / n)^β`.
        power: p, or β.
        least: ε, or k.
        share: α / n; 1 for a norm.

    """

    cells: Cells
    index: int
    norm: bool
    power: float
    least: float
    share: float = 1.0

    @property
    def x(self) -> float:
        """The value itself."""
        return float(self.cells.values[self.index])

    @property
    def total(self) -> float:
        """`Σ |x|ᵖ`, or `Σ x²`."""
        return float(np.power(np.abs(self.cells.values), self.power if self.norm else 2).sum())

    @property
    def divisor(self) -> float:
        """What it is divided by."""
        if self.norm:
            return max(float(np.power(self.total, 1 / self.power)), self.least)
        return float(np.power(self.least + self.share * self.total, self.power))


@dataclass(frozen=True)
class ManyHeaded:
    """One value of attention with many heads: `Σₕ Σᵢ W[e, i] · oₕ[i] + b`, `oₕ = Σⱼ aₕ[j] · vₕ[j]`.

    Attributes:
        query: the layer of the queries, and the place of this one in it.
        shares: `(heads, keys)` the softmax of `qₕ · kₕ[j] / √d`.
        mixed: `(heads, d)` what each head makes of the values, oₕ.
        weights: `(heads, d)` the row of the output's weights.
        bias: what is added; 0 without one.

    """

    query: str
    row: int
    shares: Doubles
    mixed: Doubles
    weights: Doubles
    bias: float

    @property
    def parts(self) -> Doubles:
        """`(heads,)` of the sum."""
        parts: Doubles = (self.mixed * self.weights).sum(axis=1)
        return parts


@dataclass(frozen=True)
class AttentionTerm:
    """One value of scaled dot product attention: `Σⱼ softmax(q·kⱼ·scale + maskⱼ) · vⱼ`.

    Attributes:
        query: `(d,)` the row of the queries.
        keys: the name of their layer.
        rows: `(n, d)` the keys.
        values: `(n,)` the column of the values.
        scale: what the dot products are multiplied with.
        mask: `(n,)` what is added to the scores; −inf where a key must not be looked at.

    """

    query: Cells
    keys: str
    rows: Doubles
    values: Cells
    scale: float
    mask: Doubles

    @property
    def scores(self) -> Doubles:
        """`(n,)` before the softmax."""
        scores: Doubles = self.rows @ self.query.values * self.scale + self.mask
        return scores

    @property
    def shares(self) -> Doubles:
        """`(n,)`, of sum 1: the softmax of the scores; 0 everywhere where nothing may be looked at."""
        largest = self.scores.max()
        if np.isneginf(largest):
            return np.zeros_like(self.scores)
        exponentials = np.exp(self.scores - largest)
        shares: Doubles = exponentials / exponentials.sum()
        return shares


@dataclass(frozen=True)
class Gate:
    """A sum of products of the input and of the state, with its biases, put through a function.

    Attributes:
        name: as the literature calls it: i, f, g, o of an LSTM; r, z, n of a GRU.
        function: `sigmoid` or `tanh`.
        from_input: `(n,)` the products of the input's weights, its bias last.
        from_state: `(m,)` those of the state.
        factor: of the part from the state: r for a GRU's n, else 1.

    """

    name: str
    function: Literal["sigmoid", "tanh", "relu"]
    from_input: Doubles
    from_state: Doubles
    factor: float = 1.0

    @property
    def before(self) -> float:
        """What the function is applied to."""
        return float(self.from_input.sum() + self.factor * self.from_state.sum())

    @property
    def value(self) -> float:
        """Of the gate."""
        if self.function == "relu":
            return max(0.0, self.before)
        return float(np.tanh(self.before) if self.function == "tanh" else 1 / (1 + np.exp(-self.before)))


@dataclass(frozen=True)
class Gated:
    """One value of a recurrent cell, by its gates.

    Attributes:
        cell: `lstm` (its `output` h or its `memory` c), `gru` or `rnn`.
        gates: in the order they are computed.
        before: the state of this unit before the step: c of an LSTM, h of a GRU.
        memory: c after the step, of an LSTM.

    """

    cell: Literal["lstm", "gru", "rnn"]
    part: Literal["output", "memory"]
    gates: tuple[Gate, ...]
    before: float = 0.0
    memory: float = 0.0

    def gate(self, name: str) -> Gate:
        """The gate of that name."""
        return next(gate for gate in self.gates if gate.name == name)
