"""What is written: numbers, and the header of a column in as many lines as its width allows. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal, NamedTuple

from cnnviewer.core.inspection.records import LayerInfo

Role = Literal["name", "operation", "shape", "parameters"]
Measure = Callable[[str, Role], float]
_BREAKS: dict[Role, str] = {"name": "_.", "operation": " ", "shape": "×", "parameters": "×=+"}
_MOST: dict[Role, int] = {"name": 2, "operation": 2, "shape": 2, "parameters": 3}


class Line(NamedTuple):
    """One line of a header."""

    text: str
    role: Role


def shape_text(layer: LayerInfo) -> str:
    """`10×24×24`, or `320`."""
    return "×".join(str(size) for size in layer.shape)


def number(value: float, digits: int = 4) -> str:
    """A value for a person: `0.8142`, `−12.35`, `3.1e−07`; NaN and infinity are said."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    size = abs(value)
    if size >= 10**6 or size < 10**-digits:
        text = f"{value:.{max(1, digits - 2)}e}"
    else:
        text = f"{value:.{max(0, digits - max(0, math.floor(math.log10(size))))}f}"
    return text.replace("-", "−")


def short_number(value: float) -> str:
    """A value in at most five characters or so, for a legend or a cell: `0.81`, `−12.3`, `−131`."""
    if not math.isfinite(value) or value == 0:
        return number(value)
    size = abs(value)
    if size >= 10**5 or size < 0.005:
        return f"{value:.0e}".replace("e-0", "e−").replace("e+0", "e").replace("-", "−")
    return f"{value:.{2 if size < 9.995 else 1 if size < 99.95 else 0}f}".replace("-", "−")


def percent(probability: float) -> str:
    """`98.1 %`; a small one is not called 0."""
    if not math.isfinite(probability):
        return number(probability)
    share = 100 * probability
    if 0 < share < 0.1:
        return "<0.1%"
    return f"{share:.0f}%" if share > 99.95 or share == 0 else f"{share:.1f}%"


def wrapped(text: str, role: Role, room: float, measure: Measure) -> list[str]:
    """The text in lines no wider than `room`, broken after the role's own signs; empty if it cannot be."""
    pieces, piece = [], ""
    for sign in text:
        piece += sign
        if sign in _BREAKS[role]:
            pieces.append(piece)
            piece = ""
    pieces.append(piece)
    lines = [""]
    for piece in pieces:
        if lines[-1] and measure((lines[-1] + piece).strip(), role) > room:
            lines.append("")
        lines[-1] += piece
    lines = [line.strip() for line in lines]
    return lines if all(measure(line, role) <= room for line in lines) else []


def header(layer: LayerInfo, room: float, most: int, measure: Measure) -> list[Line]:
    """Name, operation, shape and parameters of a layer in at most `most` lines no wider than `room`.

    What does not fit is left out, the least needed first; an empty list says that not even the name fits.
    """
    texts: dict[Role, list[str]] = {
        "name": [layer.name],
        "shape": [shape_text(layer)],
        "operation": [layer.operation],
        "parameters": [layer.parameter_text, layer.parameter_text.rpartition("= ")[2]],
    }
    chosen: dict[Role, list[str]] = {}
    left = most
    for role, forms in texts.items():
        for form in forms:
            lines = wrapped(form, role, room, measure) if form else []
            if lines and len(lines) <= min(left, _MOST[role]):
                chosen[role] = lines
                left -= len(lines)
                break
        if role == "name" and not chosen:
            return []
    order: tuple[Role, ...] = ("name", "operation", "shape", "parameters")
    return [Line(text, role) for role in order for text in chosen.get(role, [])]


def least_width(layer: LayerInfo, measure: Measure) -> float:
    """How wide a column must be for its name (in two lines) and shape (in two lines)."""
    return max(_least(layer.name, "name", measure), _least(shape_text(layer), "shape", measure))


def _least(text: str, role: Role, measure: Measure) -> float:
    cuts = [index + 1 for index, sign in enumerate(text[:-1]) if sign in _BREAKS[role]]
    widths = [max(measure(text[:cut], role), measure(text[cut:], role)) for cut in cuts]
    return min([measure(text, role), *widths])
