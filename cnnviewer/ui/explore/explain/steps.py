"""The arithmetic of one number as a few lines of cells and signs: `x − μ = …`. Pure: no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cnnviewer.core.inspection.explain.records import Doubles
from cnnviewer.core.inspection.records import LayerInfo
from cnnviewer.ui.widgets.palettes import Range


@dataclass(frozen=True)
class StepCell:
    """One number in a cell, with its name below.

    Attributes:
        name: a place or a letter.
        value: the number.
        layer: whose value it is: the cell then has the colour of that layer's maps. None for any other number.
        result: whether it is the number that is explained.
        faded: whether it does not count, as the value that a condition leaves out.

    """

    name: str
    value: float
    layer: LayerInfo | None = None
    result: bool = False
    faded: bool = False


@dataclass(frozen=True)
class StepLine:
    """Cells with signs between them; `words` stand above it."""

    items: tuple[StepCell | str, ...]
    words: str = ""


def broken(line: StepLine, width_of: Callable[[StepCell | str], float], room: float) -> list[StepLine]:
    """The line in several, each at most `room` wide where its parts allow that; a new one begins with a sign."""
    parts: list[list[StepCell | str]] = [[]]
    for item in line.items:
        rows = parts[-1]
        if len(rows) > 1 and sum(map(width_of, (*rows, item))) > room:
            kept = len(rows) - isinstance(rows[-1], str)  # the sign goes along
            parts[-1], rows = rows[:kept], rows[kept:]
            parts.append(rows)
        rows.append(item)
    return [StepLine(tuple(part), line.words if not place else "") for place, part in enumerate(parts)]


@dataclass(frozen=True)
class Curve:
    """A function of one value, and the place on it.

    Attributes:
        points: `(2, n)` x and y.
        x: of the number.
        y: of the number.
        title: the function as mathematics writes it.

    """

    points: Doubles
    x: float
    y: float
    title: str


@dataclass(frozen=True)
class Steps:
    """Lines of arithmetic from top to bottom; the last one ends with the number.

    Attributes:
        lines: of cells and signs.
        words: what the letters mean, a sentence each.
        curve: of a function of one value.

    """

    lines: tuple[StepLine, ...]
    words: tuple[str, ...] = ()
    curve: Curve | None = None

    @property
    def layers(self) -> tuple[LayerInfo, ...]:
        """Whose colours are needed."""
        cells = [item for line in self.lines for item in line.items if isinstance(item, StepCell)]
        return tuple(cell.layer for cell in cells if cell.layer is not None)


Bounds = dict[str, Range]
