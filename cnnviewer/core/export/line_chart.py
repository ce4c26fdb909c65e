"""Curves as SVG, by a few lines of our own: a report needs no plotting library, and no script. Free of torch."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from cnnviewer.core.plain_text import markup

Column = npt.NDArray[np.float64]
Style = Literal["faint", "line", "points"]
_Point = tuple[float, float]

WIDTH: Final = 560
HEIGHT: Final = 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 20, 12, 48  # on the right half a number of five digits has room
STYLE: Final = """
.chart text { font: 12px system-ui, sans-serif; fill: var(--chart-ink); }
.chart .axis { stroke: var(--chart-axis); stroke-width: 1; fill: none; }
.chart .grid { stroke: var(--chart-grid); stroke-width: 1; }
.chart .epoch { stroke: var(--chart-axis); stroke-width: 1; stroke-dasharray: 2 4; opacity: .55; }
.chart .diagonal { stroke: var(--chart-ink); stroke-width: 1.5; stroke-dasharray: 6 4; }
.chart polyline { fill: none; stroke-linejoin: round; stroke-width: 2; }
.chart .faint { stroke-width: 1; opacity: .35; }
.chart .training { stroke: var(--chart-training); }
.chart .validation { stroke: var(--chart-validation); }
.chart .bar { fill: var(--chart-training); fill-opacity: .45; }
.chart circle.training { fill: var(--chart-training); stroke: none; }
.chart circle.validation { fill: var(--chart-validation); stroke: none; }
"""
"""CSS of the classes used; the colours are custom properties of whatever page it is in."""
COLOURS_LIGHT: Final = (
    "--chart-ink: #333; --chart-axis: #767676; --chart-grid: #e4e4e4; --chart-training: #2563c9; "
    "--chart-validation: #b45f06;"
)
COLOURS_DARK: Final = (
    "--chart-ink: #ccc; --chart-axis: #8a8a8a; --chart-grid: #3a3d42; --chart-training: #6aa5ff; "
    "--chart-validation: #ffb35c;"
)


@dataclass(frozen=True)
class Curve:
    """One curve.

    Attributes:
        name: what the legend says.
        kind: `training` or `validation`, which decides the colour.
        style: `faint` for every step, `line`, or `points` joined by a line.
        x: ascending.
        y: as long as `x`; what is not finite leaves a gap.

    """

    name: str
    kind: Literal["training", "validation"]
    style: Style
    x: Column
    y: Column


def line_chart(curves: Sequence[Curve], x_title: str, y_title: str, epochs: Iterable[tuple[int, float]] = ()) -> str:
    """An SVG element with axes, a legend and a dashed line at the end of each epoch; its page brings `STYLE` along.

    Args:
        curves: at least one; the first is drawn first.
        x_title: with its unit.
        y_title: with its unit.
        epochs: number and x of each epoch's end.
    """
    x_range, y_range = _range(curves, "x"), _y_range(curves)
    x_ticks, y_ticks = ticks(*x_range), ticks(*y_range, count=5)
    across, up = _scale(x_range, _LEFT, WIDTH - _RIGHT), _scale(y_range, HEIGHT - _BOTTOM, _TOP)
    parts = [
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT + 22 * _rows(curves)}" '
        f'role="img" aria-label="{markup(y_title)} against {markup(x_title)}">'
    ]
    for tick in y_ticks:
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{up(tick):.1f}" y2="{up(tick):.1f}"/>')
        parts.append(_text(_LEFT - 8, up(tick) + 4, number(tick), "end"))
    for tick in x_ticks:
        parts.append(_text(across(tick), HEIGHT - _BOTTOM + 18, number(tick), "middle"))
        parts.append(_line("axis", across(tick), HEIGHT - _BOTTOM, across(tick), HEIGHT - _BOTTOM + 4))
    parts += _epoch_lines(list(epochs), across)
    for curve in curves:
        parts += _lines(curve, across, up, y_range)
        parts += _points(curve, across, up)
    parts.append(_line("axis", _LEFT, HEIGHT - _BOTTOM, WIDTH - _RIGHT, HEIGHT - _BOTTOM))
    parts.append(_line("axis", _LEFT, _TOP, _LEFT, HEIGHT - _BOTTOM))
    parts.append(_text((_LEFT + WIDTH - _RIGHT) / 2, HEIGHT - 10, x_title, "middle"))
    middle = (_TOP + HEIGHT - _BOTTOM) / 2
    parts.append(
        f'<text x="14" y="{middle:.0f}" text-anchor="middle" transform="rotate(-90 14 {middle:.0f})">'
        f"{markup(y_title)}</text>"
    )
    parts += _legend(curves)
    return "".join([*parts, "</svg>"])


def ticks(low: float, high: float, count: int = 6) -> list[float]:
    """Round numbers between `low` and `high`, about `count`: multiples of 1, 2 or 5 times a power of ten."""
    step = _round_step((high - low) / count)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [place * step for place in range(first, last + 1)]


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)


def number(value: float) -> str:
    """A tick's number as short as it can be said."""
    if value and abs(value) >= 10_000:
        return f"{value / 1000:g}k" if abs(value) < 1_000_000 else f"{value / 1_000_000:g}M"
    return f"{value:.6g}"


def bins(x: Column, y: Column, count: int) -> tuple[Column, Column, int]:
    """Means of `y` over at most `count` stretches of equal length, at their middles, and how long a stretch is."""
    length = max(1, math.ceil(len(y) / count))
    starts = np.arange(0, len(y), length)
    sizes = np.diff(np.append(starts, len(y)))
    return np.add.reduceat(x, starts) / sizes, np.add.reduceat(y, starts) / sizes, length


def _thinned(x: Column, y: Column, count: int) -> tuple[Column, Column]:
    """The least and the largest value of each of `count` stretches: what a picture can show of more points."""
    if len(y) <= 2 * count:
        return x, y
    places = []
    for start, end in zip(*_edges(len(y), count), strict=True):
        part = np.where(np.isfinite(y[start:end]), y[start:end], np.nan)
        if np.isnan(part).all():
            places.append(start)
            continue
        places += sorted({start + int(np.nanargmin(part)), start + int(np.nanargmax(part))})
    return x[places], y[places]


def _edges(length: int, count: int) -> tuple[list[int], list[int]]:
    edges = np.linspace(0, length, count + 1).astype(int).tolist()
    return edges[:-1], edges[1:]


def _lines(curve: Curve, across: _Scale, up: _Scale, limits: tuple[float, float]) -> list[str]:
    x, y = _thinned(curve.x, curve.y, WIDTH - _LEFT - _RIGHT)
    faint = " faint" if curve.style == "faint" else ""
    parts = []
    finite = np.isfinite(y)
    breaks = np.flatnonzero(np.diff(finite.astype(int))) + 1
    for piece in np.split(np.arange(len(y)), breaks):
        if len(piece) and finite[piece[0]]:
            for part in _within(list(zip(x[piece].tolist(), y[piece].tolist(), strict=True)), *limits):
                points = " ".join(f"{across(a):.1f},{up(b):.1f}" for a, b in part)
                parts.append(f'<polyline class="{curve.kind}{faint}" points="{points}"/>')
    return parts


def _within(line: list[_Point], low: float, high: float) -> Iterator[list[_Point]]:
    """The parts of a line between two heights. Not by a clip path: few programs besides browsers know those."""
    part: list[_Point] = []
    for (x0, y0), (x1, y1) in pairwise(line):
        if y0 == y1:
            begin, end = (0.0, 1.0) if low <= y0 <= high else (1.0, 0.0)
        else:
            first, last = sorted(((low - y0) / (y1 - y0), (high - y0) / (y1 - y0)))
            begin, end = max(0.0, first), min(1.0, last)
        if begin < end:
            part = part or [(x0 + begin * (x1 - x0), y0 + begin * (y1 - y0))]
            part.append((x0 + end * (x1 - x0), y0 + end * (y1 - y0)))
        if part and (begin >= end or end < 1.0):
            yield part
            part = []
    if part:
        yield part


def _points(curve: Curve, across: _Scale, up: _Scale) -> list[str]:
    if curve.style != "points":
        return []
    x, y = _thinned(curve.x, curve.y, WIDTH - _LEFT - _RIGHT)
    finite = np.isfinite(y)
    return [
        f'<circle class="{curve.kind}" cx="{across(a):.1f}" cy="{up(b):.1f}" r="{3.5 if len(x) < 80 else 2}">'
        f"<title>{markup(curve.name)}: {b:.4g} at {a:g}</title></circle>"
        for a, b in zip(x[finite].tolist(), y[finite].tolist(), strict=True)
    ]


def _epoch_lines(epochs: list[tuple[int, float]], across: _Scale) -> list[str]:
    every = max(1, math.ceil(len(epochs) / 20))
    return [
        _line("epoch", across(x), _TOP, across(x), HEIGHT - _BOTTOM)
        for epoch, x in epochs
        if epoch % every == 0 or every == 1
    ]


def _rows(curves: Sequence[Curve]) -> int:
    return math.ceil(len(curves) / 2)


def _legend(curves: Sequence[Curve]) -> list[str]:
    parts = []
    for place, curve in enumerate(curves):
        x, y = _LEFT + (place % 2) * 250, HEIGHT + 10 + 20 * (place // 2)
        faint = " faint" if curve.style == "faint" else ""
        parts.append(f'<polyline class="{curve.kind}{faint}" points="{x},{y - 4} {x + 24},{y - 4}"/>')
        if curve.style == "points":
            parts.append(f'<circle class="{curve.kind}" cx="{x + 12}" cy="{y - 4}" r="3.5"/>')
        parts.append(_text(x + 32, y, curve.name, "start"))
    return parts


class _Scale:
    def __init__(self, low: float, high: float, begin: float, end: float) -> None:
        self._low, self._begin = low, begin
        self._factor = (end - begin) / (high - low)

    def __call__(self, value: float) -> float:
        return self._begin + (value - self._low) * self._factor


def _scale(bounds: tuple[float, float], begin: float, end: float) -> _Scale:
    return _Scale(*bounds, begin, end)


def _range(curves: Sequence[Curve], axis: Literal["x", "y"]) -> tuple[float, float]:
    values = np.concatenate([getattr(curve, axis) for curve in curves] or [np.zeros(0)])
    values = values[np.isfinite(values)]
    if not values.size:
        return 0.0, 1.0
    low, high = min(0.0, float(values.min())), float(values.max())
    return low, high if high > low else low + 1.0


def _y_range(curves: Sequence[Curve]) -> tuple[float, float]:
    """From 0 to the round number above what most of the faint points and all others need.

    A single wild batch does not flatten the rest.
    """
    faint = [curve.y[np.isfinite(curve.y)] for curve in curves if curve.style == "faint"]
    low, high = _range([curve for curve in curves if curve.style != "faint"] or curves, "y")
    high = max([high, *(float(np.quantile(values, 0.995)) for values in faint if values.size)])
    step = _round_step((high - low) / 5)
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step


def _line(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{markup(words)}</text>'
