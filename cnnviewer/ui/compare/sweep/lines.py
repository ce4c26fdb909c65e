"""Which points and lines a sweep's plot shows. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cnnviewer.core.runs.sweep.plan import AXES, SweepRow, varied
from cnnviewer.ui.compare.texts import setting_text


@dataclass(frozen=True)
class Point:
    """A training in the plot: its value of the varied quantity, its accuracy in percent, its row."""

    x: float
    y: float
    row: int


@dataclass(frozen=True)
class SweepLine:
    """Trainings that differ in the varied quantity, and in the seed: `way` goes through the means over the seeds."""

    name: str
    points: tuple[Point, ...]
    way: tuple[tuple[float, float], ...]


def axes_of(rows: Sequence[SweepRow]) -> tuple[str, ...]:
    """The quantities that a plot can stand on: those that vary, or the first of all where none does."""
    return varied(row.config for row in rows) or AXES[:1]


def lines_of(rows: Sequence[SweepRow], axis: str, tested: bool) -> tuple[SweepLine, ...]:
    """A line for each combination of what else varies, the seed aside, in the order of the rows.

    Args:
        rows: of the sweep.
        axis: the quantity on the horizontal axis.
        tested: the accuracy on the test images, else that of the validation.

    """
    others = [name for name in varied(row.config for row in rows) if name not in (axis, "seed")]
    groups: dict[tuple[float, ...], list[Point]] = {}
    for place, row in enumerate(rows):
        accuracy = row.test_accuracy if tested else row.validation_accuracy
        if accuracy is None or not math.isfinite(accuracy):
            continue
        key = tuple(getattr(row.config, name) for name in others)
        groups.setdefault(key, []).append(Point(float(getattr(row.config, axis)), 100 * accuracy, place))
    return tuple(
        SweepLine(
            ", ".join(setting_text(name, value) for name, value in zip(others, key, strict=True)),
            tuple(points),
            _means(points),
        )
        for key, points in groups.items()
    )


def spans_decades(values: Sequence[float]) -> bool:
    """Whether values are read better on a logarithmic axis: all above 0, the largest ten times the smallest."""
    return bool(values) and min(values) > 0 and max(values) >= 10 * min(values)


def settings(row: SweepRow, rows: Sequence[SweepRow]) -> str:
    """What sets a training of the sweep apart from the others."""
    names = varied(each.config for each in rows) or AXES[:1]
    return ", ".join(setting_text(name, getattr(row.config, name)) for name in names)


def _means(points: Sequence[Point]) -> tuple[tuple[float, float], ...]:
    places = sorted({point.x for point in points})
    found = []
    for place in places:
        values = [point.y for point in points if point.x == place]
        found.append((place, sum(values) / len(values)))
    return tuple(found)
