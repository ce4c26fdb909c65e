"""What is written: numbers, shapes, and what is joined. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cnnviewer.core.inspection.records import LayerInfo


class WideTexts(NamedTuple):
    """Sentences in the picture of a large network, in the window's language."""

    parameters: str = "{count:parameter|parameters}"
    layers: str = "{count:layer|layers}"
    with_shortcuts: str = "{count:layer|layers} + {n:shortcut|shortcuts}"
    more: str = "+{n} more"
    fewer: str = "fewer"
    fold: str = "▾ {block}"
    unfold: str = "▸ unfold"
    block_tip: str = "Fold {block} or unfold it"
    join_tip: str = "Click: see every number of it"
    same_weights: str = "same weights"
    added: str = "{source} is added to {other}"
    shortcut: str = "{source} (the shortcut) is added to {other}"
    with_shortcut: str = "{other} is added to {source} (the shortcut)"
    around: str = "the shortcut: {way}, added to {other}"
    shortcut_alone: str = "the shortcut"


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
    """A value in a column of `most` characters, in three digits at least where 8 have room: `−8.43e−6`, `0.00123`."""
    text, size = number(value), abs(value)
    if value == 0 or not math.isfinite(value) or (0.01 <= size < 10**6 and len(text) <= most):
        return text
    for digits in (3, 2):
        for form in (f"{value:#.{digits}g}", f"{value:.{digits - 1}e}")[size < 0.001 :]:
            plain, sign, power = form.partition("e")
            text = (plain + (f"e{int(power)}" if sign else "")).replace("-", "−")
            if len(text) <= most:
                return text
    return short_number(value)


def cell_number(value: float) -> str:
    """A number in a cell: `−2.17`, of a small one three decimals, `0.003`, and `≈0` where these round to nothing."""
    size = abs(value)
    if size >= 0.0095 or value == 0 or not math.isfinite(value):
        return short_number(value)
    return f"{value:.3f}".replace("-", "−") if size >= 0.0005 else "≈0"


def fitted_cell_number(value: float, measure: Callable[[str], float], room: float) -> str:
    """The same without the 0 in front where it would be wider than `room`: `−.003`."""
    text = cell_number(value)
    return text if measure(text) <= room else text.replace("0.", ".", 1) if abs(value) < 1 else text


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
    forms: list[list[str]] = []
    for decimals in range(digits, -1, -1):
        texts = [_fixed(value, decimals) for value in values]
        bare = [text.replace("0.", ".", 1) if text.lstrip("−").startswith("0.") else text for text in texts]
        if forms and all(text in ("0", "≈0") for text in texts):
            break  # it says nothing any more: the colours say more
        forms += [texts] if bare == texts else [texts, bare]
    return forms


def _fixed(value: float, decimals: int) -> str:
    if not math.isfinite(value) or value == 0:
        return number(value)
    text = f"{value:.{decimals}f}"
    return text.replace("-", "−") if float(text) else "≈0"


_SIGNS = {"add": "+", "sub": "−", "mul": "×", "div": "÷", "cat": "cat", "concat": "cat", "stack": "stack"}


def join_sign(kind: str) -> str:
    """What stands where lines meet: `+` where values are added, `cat` where maps are put behind one another."""
    return _SIGNS.get(kind, "")


def relative(name: str, block: str) -> str:
    """A layer's name within its block: `conv1` for `layer1.0.conv1`."""
    path = block.partition("#")[0] + "."
    return name[len(path) :] if block and name.startswith(path) else name


def join_texts(layer: LayerInfo, block: str) -> tuple[str, ...]:
    """What is put together: `layer1.0.bn2 + maxpool`, or shorter `…bn2 + maxpool`; nothing where nothing is."""
    sign = join_sign(layer.kind)
    if len(layer.inputs) < 2 or not sign:
        return ()
    between = f" {sign} " if len(sign) == 1 else ", "
    names = (layer.inputs, [within(name, block) for name in layer.inputs], map(_end, layer.inputs))
    return tuple(dict.fromkeys(between.join(form) for form in names))


def within(name: str, block: str) -> str:
    """A layer's name as it stands below the name of its block: `…conv1`; another one outside may be called `conv1`."""
    inside = relative(name, block)
    return name if inside == name else f"…{inside}"


def _end(name: str) -> str:
    """The end of a name that still names something: `…downsample.1`, not `…1`."""
    parts = name.split(".")
    end = ".".join(parts[-2:] if parts[-1].isdecimal() else parts[-1:])
    return name if end == name else f"…{end}"
