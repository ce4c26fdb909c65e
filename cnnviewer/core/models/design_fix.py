"""The smallest changes with which a layer of a design that cannot be as it is fits. Pure; free of torch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.design import (
    CLASSES,
    MOST_LAYERS,
    NUMBERS,
    RANGES,
    Design,
    LayerSpec,
    Number,
    usual,
    with_number,
)
from cnnviewer.core.models.design_check import InputShape, LayerCheck, check, layer_check

Change = Literal["number", "flatten", "classes", "move", "remove"]

_MOST: Final = 3  # that are proposed
_TRIED: Final[tuple[Number, ...]] = ("kernel", "padding", "dilation", "groups", "out", "stride")


@dataclass(frozen=True)
class Fix:
    """One change that makes a layer fit.

    Attributes:
        change: what is done: another `number`; a `flatten` before the layer, or behind all; a fully connected layer
            for the `classes` at the end; the layer moved before the flatten; the layer removed.
        place: of the layer whose error it mends.
        design: the design with the change.
        number: which number of the layer is another one; None for other changes.
        value: what it becomes.
        is_most: it can be this one or less.
        for_layer: name of the layer behind it for whose sake it is no more, though the layer itself could have more.

    """

    change: Change
    place: int
    design: Design
    number: Number | None = None
    value: int = 0
    is_most: bool = False
    for_layer: str = ""


def fixes(design: Design, input_shape: InputShape, classes: int) -> tuple[Fix, ...]:
    """Up to three ways to mend the one error that `design_check.check` finds, none where there is none.

    With each of them the layer fits, and nothing before it is another, so that taking one each time comes to an end.
    Those with which the whole design can be built come first; that a layer is removed comes last.
    """
    rows = check(design, input_shape, classes)
    place = next((place for place, row in enumerate(rows) if row.error is not None), None)
    if place is None:
        return ()
    made = [
        _for_all(fix, input_shape, classes)
        for fix in _candidates(design, rows, place, classes)
        if len(fix.design.layers) <= MOST_LAYERS
    ]
    left = {fix: _left(check(fix.design, input_shape, classes)) for fix in made}
    mended = [fix for fix in made if left[fix] < _left(rows)]
    return tuple(sorted(mended, key=lambda fix: (left[fix] > 0, fix.change == "remove"))[:_MOST])


def _for_all(fix: Fix, input_shape: InputShape, classes: int) -> Fix:
    """The same change with the largest number that leaves the layers behind enough, where there is one."""
    if not fix.is_most or fix.number is None or fix.number == "out":
        return fix
    spec, for_layer = fix.design.layers[fix.place], ""
    for value in range(fix.value, RANGES[fix.number][0] - 1, -1):
        design = _with(fix.design, fix.place, with_number(spec, fix.number, value))
        rows = check(design, input_shape, classes)
        if _left(rows) == 0:
            return replace(fix, design=design, value=value, for_layer=for_layer)
        for_layer = next((row.name for row in rows if row.error is not None), "")
    return fix


def _left(rows: tuple[LayerCheck, ...]) -> int:
    """How far a design is from one that can be built: 0, 1 where only the end is missing, else by the layers left."""
    place = next((place for place, row in enumerate(rows) if row.error is not None), None)
    if place is None:
        return 0 if rows else 1
    return 1 if rows[place].shape is not None else 1 + len(rows) - place


def _candidates(design: Design, rows: tuple[LayerCheck, ...], place: int, classes: int) -> Iterator[Fix]:
    row, layers = rows[place], design.layers
    spec, before = row.spec, row.before
    if row.shape is not None:  # it fits, but what comes out are not the classes
        yield from _finished(design, row, classes)
    elif before is not None:
        spent = sum(each.parameters for each in rows[:place])
        for number, value, is_most in _numbers(row, classes, spent):
            yield Fix("number", place, _with(design, place, with_number(spec, number, value)), number, value, is_most)
        if spec.kind == "linear" and len(before) == 3:
            yield Fix("flatten", place, Design((*layers[:place], usual("flatten"), *layers[place:])))
        flat = next((n for n, layer in enumerate(layers[:place]) if layer.kind == "flatten"), None)
        if flat is not None and len(before) == 1 and spec.kind not in ("linear", "flatten"):
            others = (*layers[:place], *layers[place + 1 :])
            yield Fix("move", place, Design((*others[:flat], spec, *others[flat:])))
    yield Fix("remove", place, Design((*layers[:place], *layers[place + 1 :])))


def _finished(design: Design, row: LayerCheck, classes: int) -> Iterator[Fix]:
    """With as many outputs as classes."""
    layers, last = design.layers, len(design.layers) - 1
    assert row.shape is not None
    if len(row.shape) == 3:
        yield Fix("classes", last, Design((*layers, usual("flatten"), LayerSpec("linear", out=CLASSES))))
        return
    if row.spec.kind == "linear":
        yield Fix("number", last, _with(design, last, replace(row.spec, out=CLASSES)), "out", CLASSES)
    yield Fix("classes", last, Design((*layers, LayerSpec("linear", out=CLASSES))))


def _numbers(row: LayerCheck, classes: int, spent: int) -> Iterator[tuple[Number, int, bool]]:
    """Each number of the layer with the nearest value with which it fits, and whether it can be that or less."""
    for number in _TRIED:
        if number not in NUMBERS[row.spec.kind]:
            continue
        now = getattr(row.spec, number)
        values = [value for value in _nearest(row, number, classes) if value != now]
        found = next((value for value in values if _fits(row, number, value, classes, spent)), None)
        if found is not None:
            yield number, found, number in ("kernel", "padding", "dilation") and found < now
        elif number == "out":
            most = _most_outputs(row, classes, spent)
            if most:
                yield number, most, True


def _nearest(row: LayerCheck, number: Number, classes: int) -> list[int]:
    """Values of a number to try, the nearest to what it is first."""
    low, high = RANGES[number]
    now = getattr(row.spec, number)
    assert row.before is not None
    if number == "groups":
        values = [value for value in range(low, high + 1) if row.before[0] % value == 0]
    elif number == "out":
        now, step = now or classes, row.spec.groups
        values = [value for value in (now // step * step, (now // step + 1) * step) if low <= value <= high]
    else:
        values = list(range(low, (now if number == "dilation" else high) + 1))  # a wider window helps nobody
    return sorted(values, key=lambda value: (abs(value - now), value))


def _most_outputs(row: LayerCheck, classes: int, spent: int) -> int:
    """About the most channels or features that leave room for the numbers: two digits of it; 0 where none do."""
    step = row.spec.groups
    fitting, beyond = 0, (row.spec.out or classes) // step + 1
    while beyond - fitting > 1:
        middle = (fitting + beyond) // 2
        if _fits(row, "out", middle * step, classes, spent):
            fitting = middle
        else:
            beyond = middle
    most = fitting * step
    round_number = most // 10 ** max(0, len(str(most)) - 2) * 10 ** max(0, len(str(most)) - 2)
    return round_number // step * step or most


def _fits(row: LayerCheck, number: Number, value: int, classes: int, spent: int) -> bool:
    assert row.before is not None
    try:
        layer_check(row.name, with_number(row.spec, number, value), row.before, classes, spent)
    except UserError:
        return False
    return True


def _with(design: Design, place: int, spec: LayerSpec) -> Design:
    return Design((*design.layers[:place], spec, *design.layers[place + 1 :]))
