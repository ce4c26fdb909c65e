"""Records of several values that become one: their spread, their product, the logarithm of a sum. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cnnviewer.core.inspection.explain.group_records import Cells, Doubles


@dataclass(frozen=True)
class Spread:
    """How far values lie from their mean: the variance `Σ (x − μ)² / (n − c)`, or its root.

    Attributes:
        correction: c, 1 where the values are a sample (Bessel's correction), 0 where they are all there is.
        root: whether the root is taken: the standard deviation.

    """

    cells: Cells
    correction: float
    root: bool

    @property
    def mean(self) -> float:
        """μ."""
        return float(self.cells.values.mean())

    @property
    def squares(self) -> Doubles:
        """`(n,)` the squared distances from the mean."""
        squares: Doubles = np.square(self.cells.values - self.mean)
        return squares

    @property
    def total(self) -> float:
        """Their sum."""
        return float(self.squares.sum())

    @property
    def divisor(self) -> float:
        """N − c."""
        return max(0.0, len(self.cells) - self.correction)

    @property
    def variance(self) -> float:
        """The sum by the divisor; NaN or infinity for a divisor of 0."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return float(np.float64(self.total) / self.divisor)

    @property
    def value(self) -> float:
        """The variance or its root."""
        return float(np.sqrt(self.variance)) if self.root else self.variance


@dataclass(frozen=True)
class LogSum:
    """The logarithm of a sum of exponentials: `m + log Σ exp(x − m)`, m the largest value."""

    cells: Cells

    @property
    def shift(self) -> float:
        """m; 0 where the largest value is infinite."""
        largest = float(self.cells.values.max())
        return largest if np.isfinite(largest) else 0.0

    @property
    def exponentials(self) -> Doubles:
        """`(n,)`: `exp(x − m)`."""
        with np.errstate(over="ignore"):
            shifted: Doubles = np.exp(self.cells.values - self.shift)
        return shifted

    @property
    def total(self) -> float:
        """Their sum."""
        return float(self.exponentials.sum())

    @property
    def terms(self) -> Doubles:
        """M and the logarithm."""
        with np.errstate(divide="ignore"):
            return np.array([self.shift, np.log(self.total)])


@dataclass(frozen=True)
class Product:
    """Several values multiplied with one another."""

    cells: Cells

    @property
    def value(self) -> float:
        """The product."""
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            return float(np.prod(self.cells.values))
