"""What is written: numbers, and the header of a column in as many lines as its width allows. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from cnnviewer.core.counting import counted
from cnnviewer.core.inspection.blocks import Block
from cnnviewer.core.inspection.records import LayerInfo

Role = Literal["name", "operation", "shape", "note"]
Measure = Callable[[str, Role], float]
_BREAKS: dict[Role, str] = {"name": "_.", "operation": " ", "shape": "×", "note": " "}


class WideTexts(NamedTuple):
    """Sentences in the picture of a large network, in the window's language."""

    parameters: str = "{count:parameter|parameters}"
    layers: str = "{count:layer|layers}"
    with_shortcuts: str = "{count:layer|layers} + {n:shortcut|shortcuts}"
    more: str = "+{n} more"
    fewer: str = "fewer"
    fold: str = "▾ {block}"
    unfold: str = "▸ unfold"
    same_weights: str = "same weights"
    added: str = "{source} is added to {other}"
    shortcut: str = "{source} (the shortcut) is added to {other}"
    with_shortcut: str = "{other} + {source} (shortcut)"


class HeaderLine(NamedTuple):
    """One line of a header."""

    text: str
    role: Role


def shape_text(layer: LayerInfo) -> str:
    """`10×24×24`, or `320`."""
    return "×".join(str(size) for size in layer.shape)


def number(value: float, digits: int = 4) -> str:
    """A value as shown to the user: `0.8142`, `−12.35`, `3.1e−07`; NaN and infinity are said."""
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


def listed_number(value: float, most: int) -> str:
    """A value in a column of `most` characters: `−8e−6` where `−8.43e−06` would reach into the next column."""
    text = number(value)
    return text if len(text) <= most else short_number(value)


def cell_number(value: float) -> str:
    """A number no wider than a cell: `−.003` and `≈0` where `−3e−3` and `−3e−4` would reach into the next."""
    if 0 < abs(value) < 0.0005:
        return "≈0"
    if 0.0005 <= abs(value) < 0.005:
        return f"{value:.3f}".replace("0.", ".", 1).replace("-", "−")
    return short_number(value)


def column_numbers(values: Sequence[float]) -> list[list[str]]:
    """The numbers of a layer, each in the same form, from the fullest writing to the shortest.

    All have one number of decimals: `27.6`, `−14.4`, `0.6`; then without the 0 in front: `.6`; then with fewer
    decimals. What is nearly 0 beside the others is `≈0`. Very large and very small ones are written as powers.
    """
    finite = [abs(value) for value in values if math.isfinite(value)]
    largest = max(finite, default=0.0)
    if largest >= 10**5 or 0 < largest < 10**-3:
        return [[short_number(value) for value in values]]
    digits = 0 if largest >= 1000 else 2 if largest >= 0.1 else 4
    forms = []
    for decimals in range(digits, -1, -1):
        texts = [_fixed(value, decimals) for value in values]
        bare = [text.replace("0.", ".", 1) if text.lstrip("−").startswith("0.") else text for text in texts]
        forms += [texts] if bare == texts else [texts, bare]
    return forms


def _fixed(value: float, decimals: int) -> str:
    if not math.isfinite(value) or value == 0:
        return number(value)
    text = f"{value:.{decimals}f}"
    return text.replace("-", "−") if float(text) else "≈0"


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


def header(
    layer: LayerInfo, room: float, most: int, measure: Measure, kind_room: float | None = None
) -> list[HeaderLine]:
    """Name, kind and size of a layer, a line each, in at most `most` lines no wider than `room`.

    `kind_room`: that of the narrowest layer of the same kind, so that one kind is called alike everywhere.

    Nothing is broken: the kind loses its last words until it fits, a size that does not fit is left out. An empty list
    says that not even the name fits. How many parameters the layer has is said where it is pointed at.
    """
    if measure(layer.name, "name") > room:
        return []
    lines = [HeaderLine(layer.name, "name")]
    kind, size = _kind_and_size(layer)
    wanted: list[tuple[Role, str]] = [("operation", _fitting(kind, room if kind_room is None else kind_room, measure))]
    wanted.append(("shape", next((text for text in _sizes(layer, size) if measure(text, "shape") <= room), "")))
    lines += [HeaderLine(text, role) for role, text in wanted if text]
    return lines[:most]


def _kind_and_size(layer: LayerInfo) -> tuple[str, str]:
    """`Conv 5×5` and `10×24×24`; of a linear layer `Linear` and `320→50`."""
    kind, _, last = layer.operation.rpartition(" ")
    return (kind, last) if "→" in last else (layer.operation, shape_text(layer))


def _sizes(layer: LayerInfo, size: str) -> tuple[str, ...]:
    """The size as it is, and a shorter form of it: `64×16²` of square maps, `10` of `512→10`."""
    if len(layer.shape) == 3 and layer.shape[1] == layer.shape[2] > 1:
        return size, f"{layer.shape[0]}×{layer.shape[1]}²"
    return size, shape_text(layer)


def _fitting(kind: str, room: float, measure: Measure) -> str:
    """The kind without what does not fit: `Max-pool 2×2`, `Max-pool`; `Channel dropout p 0.5`, `Dropout`.

    A stride goes last, for it is why the next maps are smaller: `Conv 3×3, stride 2`, `Conv 3×3 /2`, `3×3 /2`.
    """
    whole, *rest = kind.split(", ")
    stride = next((part.removeprefix("stride ") for part in rest if part.startswith("stride ")), "")
    shorter = (f"{whole}, stride {stride}", f"{whole} /{stride}", f"{whole.rpartition(' ')[2]} /{stride}")
    forms: list[str] = [kind, *shorter] if stride else [kind]
    for form in forms:
        if measure(form, "operation") <= room:
            return form
    words = whole.split(" ")
    while words and measure(_sentence(words), "operation") > room:
        numbers = len(words) > 1 and (len(words[-1]) == 1 or any(sign.isdigit() for sign in words[-1]))
        words = words[:-1] if numbers else words[1:]
        if numbers and len(words) > 1 and (len(words[-1]) == 1 or words[-1] == "to"):  # `p` alone says nothing
            words = words[:-1]
    return _sentence(words)


def _sentence(words: list[str]) -> str:
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def least_width(layer: LayerInfo, measure: Measure) -> float:
    """How wide a column must be for its name and its size."""
    return max(measure(layer.name, "name"), measure(_kind_and_size(layer)[1], "shape"))


_SIGNS = {"add": "+", "sub": "−", "mul": "×", "div": "÷", "cat": "cat", "concat": "cat", "stack": "stack"}
_LONGEST_NOTE = 190.0  # pixels


def join_sign(kind: str) -> str:
    """What stands where lines meet: `+` where values are added, `cat` where maps are put behind one another."""
    return _SIGNS.get(kind, "")


def relative(name: str, block: str) -> str:
    """A layer's name within its block: `conv1` for `layer1.0.conv1`."""
    path = block.partition("#")[0] + "."
    return name[len(path) :] if block and name.startswith(path) else name


def join_text(layer: LayerInfo, block: str) -> str:
    """What is put together: `bn2 + maxpool`; empty where nothing is."""
    sign = join_sign(layer.kind)
    if len(layer.inputs) < 2 or not sign:
        return ""
    names = [relative(name, block) for name in layer.inputs]
    return f" {sign} ".join(names) if len(sign) == 1 else ", ".join(names)


def wide_header(
    layer: LayerInfo,
    folded: Block | None,
    block: str,
    measure: Measure,
    room: float,
    texts: WideTexts,
    narrow: bool = False,
) -> list[HeaderLine]:
    """Name, kind and size of a column of a large network, and what it joins; of a folded block its parameters.

    Four lines at the most, none broken; only the kind may lose words. In a `narrow` column, which has room for a name,
    anything else that does not fit is left out.
    """
    if folded is not None:
        inside = texts.with_shortcuts if folded.additions else texts.layers
        if narrow and measure(counted(inside, count=len(folded.layers), n=folded.additions), "operation") > room:
            inside = texts.layers
        layers = counted(inside, count=len(folded.layers), n=folded.additions)
        lines = [HeaderLine(folded.name, "name"), HeaderLine(layers, "operation")]
        size = shape_text(layer)
        lines += [HeaderLine(size, "shape")]
        lines += [HeaderLine(counted(texts.parameters, count=f"{folded.parameters:,}"), "note")]
    else:
        kind, size = _kind_and_size(layer)
        name = relative(layer.name, block)
        lines = [HeaderLine(name, "name"), HeaderLine(_fitting(kind, room, measure), "operation")]
        lines += [HeaderLine(size, "shape"), HeaderLine(join_text(layer, block), "note")]
    if narrow:
        short = next((text for text in _sizes(layer, size) if measure(text, "shape") <= room), size)
        lines = [HeaderLine(short, "shape") if line.role == "shape" else line for line in lines]
    fits = (line.role == "name" or not narrow or measure(*line) <= room for line in lines)
    return [line for line, fit in zip(lines, fits, strict=True) if line.text and fit]


def wide_width(layer: LayerInfo, folded: Block | None, block: str, measure: Measure, texts: WideTexts) -> float:
    """How wide a column of a large network must be for its header."""
    kind = _kind_and_size(layer)[0].partition(",")[0]
    lines = wide_header(layer, folded, block, measure, measure(kind, "operation") + 1, texts)
    return max(
        min(measure(text, role), _LONGEST_NOTE) if role == "note" else measure(text, role) for text, role in lines
    )


def narrow_width(layer: LayerInfo, folded: Block | None, measure: Measure, sized: bool) -> float:
    """How wide a column of a large network must be for its name, and for its size where it is `sized`."""
    name = layer.name if folded is None else folded.name
    if not sized:
        return measure(name, "name")
    size = _kind_and_size(layer)[1] if folded is None else shape_text(layer)
    return max(measure(name, "name"), measure(size, "shape"))
