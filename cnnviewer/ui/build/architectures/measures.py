"""Large numbers in few characters, and as lengths on a logarithmic scale. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from cnnviewer.core.inspection.architectures import ArchitectureSummary
from cnnviewer.core.inspection.costs import LayerCost

Measure = Literal["layers", "parameters", "multiply_adds", "memory"]
MEASURES: Final[tuple[Measure, ...]] = ("layers", "parameters", "multiply_adds", "memory")
LAYER_MEASURES: Final[tuple[Measure, ...]] = MEASURES[1:]
COLOURS: Final[dict[Measure, str]] = {
    "layers": "muted",
    "parameters": "train",
    "multiply_adds": "validation",
    "memory": "good",
}  # theme tokens


@dataclass(frozen=True)
class Scale:
    """A logarithmic scale over whole decades: `low` is the empty bar, `high` the full one."""

    low: float
    high: float

    @classmethod
    def over(cls, values: Iterable[float]) -> Scale:
        """The decades around the positive ones of `values`; the least of them has a bar that can be seen."""
        logs = [math.log10(value) for value in values if value > 0]
        if not logs:
            return cls(1.0, 10.0)
        low, high = math.ceil(min(logs)) - 1, math.ceil(max(logs))
        return cls(10.0**low, 10.0**high)

    @property
    def decades(self) -> int:
        """How many times ten lie between the empty and the full bar."""
        return round(math.log10(self.high / self.low))

    def share(self, value: float) -> float:
        """Length of the bar, 0..1; 0 for nothing."""
        if value <= self.low:
            return 0.0
        return min(1.0, math.log10(value / self.low) / math.log10(self.high / self.low))


def total(model: ArchitectureSummary, measure: Measure) -> int:
    """Of the whole model: layers are its operations, without the image and the softmax that the program adds."""
    if measure == "layers":
        return len(model.architecture.own_layers)
    return int(getattr(model.costs, measure))


def of_layer(cost: LayerCost, measure: Measure) -> int | None:
    """Of one layer; None where it is not known."""
    return None if cost.multiply_adds is None and measure == "multiply_adds" else int(getattr(cost, measure))


def count_text(value: int) -> str:
    """`448`, `36,928`, `2.36 M`, `15.5 G`: at least three digits that are right."""
    for size, letter in ((10**9, "G"), (10**6, "M")):
        if value >= 0.9995 * size:
            return f"{_three(value / size)} {letter}"
    return f"{value:,}"


def bytes_text(value: int) -> str:
    """`3.06 KB`, `12.3 MB`: of 1024 bytes each."""
    for size, word in ((1024**3, "GB"), (1024**2, "MB"), (1024, "KB")):
        if value >= 0.9995 * size:
            return f"{_three(value / size)} {word}"
    return f"{value} B"


def measure_text(value: int | None, measure: Measure) -> str:
    """A measure's value in few characters; a dash for nothing, a question mark for what is not known."""
    if value is None:
        return "?"
    if not value:
        return "–"
    return bytes_text(value) if measure == "memory" else count_text(value)


def _three(value: float) -> str:
    return f"{value:.{2 if value < 9.995 else 1 if value < 99.95 else 0}f}"
