"""A photo or picture of one handwritten digit -> the ink of a drawing. numpy and Pillow only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cnnviewer.core.errors import UserError
from cnnviewer.core.images.drawn_digit import DigitSteps, prepare
from cnnviewer.core.images.ink import LONGEST, FoundInk, find_ink
from cnnviewer.core.images.pixel_areas import components, window_max
from cnnviewer.core.images.stroke_width import with_usual_strokes

_SMALLER = (LONGEST // 2, LONGEST // 4, LONGEST // 8)
"""Longer sides of the copies that are looked at where a picture has no sharp edge: what is out of focus, or was
enlarged, has some in one of them."""
_DARKER_THAN_SHADOWS = 0.5
"""Ink takes away so much of the paper's brightness at least where its edges are soft, as those of shadows are."""
_LEAST_SIDE = 0.07
"""A digit's longer side as a share of the picture's shorter one; what is smaller is a speck."""
_BAND = 0.13
"""What lies at the edge of the picture no deeper than this share of its shorter side is a desk, not a digit."""
_LEAST_PART = 0.12
"""A part of a digit is so large at least, as a share of the largest part."""
_NEAR = 0.12
"""Parts of one digit are at most so far apart, as a share of the largest part's longer side."""
_ALIKE = 0.45
"""Parts farther apart that reach this share of the largest one's size are digits of their own."""


def as_digit(image: NDArray[np.uint8]) -> DigitSteps:
    """Read uint8 `(H, W, 3)` as one digit, dark on light or light on dark, and prepare it as MNIST's makers did.

    Uneven light, shadows, specks and what lies beside the sheet are left out; a line much finer than a pen's is drawn
    as broad as a pen's. A blurred picture is read from a smaller copy.

    Raises:
        UserError: there is no digit in it, or several.
    """
    for longest in (LONGEST, *(side for side in _SMALLER if side < max(image.shape[:2]))):
        ink = find_ink(image, longest)
        if ink is None or (longest < LONGEST and not _is_darker_than_shadows(ink)):
            continue
        digit = _only_digit(ink)
        steps = None if digit is None else prepare(with_usual_strokes(digit))
        if steps is not None:
            return steps
    raise _nothing_to_read()


def ink_of(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """All ink in a picture, uint8 `(h, w)`: 255 full ink, 0 paper; the longer side at most 1024.

    Raises:
        UserError: there is no contrast in it.
    """
    ink = find_ink(image)
    if ink is None:
        raise _nothing_to_read()
    # pixels a little below the middle are the grey edges of strokes; further below is paper
    return np.asarray(np.rint(np.clip((ink.amount - 0.25) / 0.5, 0, 1) * 255), np.uint8)


def canvas_of(image: NDArray[np.uint8], shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """A saved drawing as a canvas of `shape` `(h, w)`: as it is when the sizes agree, else fitted and centred.

    Raises:
        UserError: there is no ink in it.
    """
    height, width = shape
    grey = np.asarray(Image.fromarray(image).convert("L"))
    if grey.shape == (height, width) and np.median(_border(grey)) <= 127:
        return grey.copy()
    ink = Image.fromarray(ink_of(image))
    ink.thumbnail((width, height), Image.Resampling.BOX)
    canvas = np.zeros((height, width), np.uint8)
    top, left = (height - ink.height) // 2, (width - ink.width) // 2
    canvas[top : top + ink.height, left : left + ink.width] = np.asarray(ink)
    return canvas


def _is_darker_than_shadows(ink: FoundInk) -> bool:
    return bool(ink.mask.any() and np.percentile(ink.depth[ink.mask], 90) >= _DARKER_THAN_SHADOWS)


def _nothing_to_read() -> UserError:
    return UserError("There is no digit to be seen in this picture: it needs writing that differs from its background.")


def _border(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])


@dataclass(frozen=True)
class _Parts:
    """The connected parts of the ink, numbered from 0.

    Attributes:
        labels: `(h, w)`, number + 1, small gaps included; 0 elsewhere.
        boxes: `(N, 4)` top, left, bottom, right.
        sides: `(N,)` the longer side of each.
        order: those that may be a digit or a part of one, the largest first.

    """

    labels: NDArray[np.int32]
    boxes: NDArray[np.int64]
    sides: NDArray[np.int64]
    order: list[int]


def _only_digit(ink: FoundInk) -> NDArray[np.float32] | None:
    """The ink of the one digit, cropped; None where there is none.

    Raises:
        UserError: there are several.
    """
    parts = _parts(ink)
    if not parts.order:
        return None
    main, *rest = parts.order
    members, box, size = [main], parts.boxes[main], parts.sides[main]
    if size < max(6, _LEAST_SIDE * min(ink.mask.shape)):
        return None
    near = members
    while near:
        near = [
            part
            for part in rest
            if parts.sides[part] >= _LEAST_PART * size and _gap(box, parts.boxes[part]) <= _NEAR * size
        ]
        rest = [part for part in rest if part not in near]
        members += near
        every = parts.boxes[members]
        box = np.concatenate([every[:, :2].min(axis=0), every[:, 2:].max(axis=0)])
    if any(parts.sides[part] >= _ALIKE * size for part in rest):
        raise UserError("There are several digits in this picture. Crop it to one.")
    top, left = np.maximum(box[:2] - 3, 0)  # with the grey edges of strokes
    bottom, right = box[2:] + 3
    inside = np.isin(parts.labels[top:bottom, left:right], np.array(members) + 1)
    return np.where(inside, ink.amount[top:bottom, left:right], np.float32(0))


def _parts(ink: FoundInk) -> _Parts:
    height, width = ink.mask.shape
    shorter = min(height, width)
    reach = max(1, round(0.004 * shorter))  # noise breaks a pencil's line into pieces so far apart
    found = components(window_max(ink.mask, reach))
    count = len(found.areas)
    labels = np.where(ink.mask, found.labels, 0)

    def total(values: NDArray[np.bool_] | NDArray[np.float32], where: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.asarray(np.bincount(labels[where], values[where], minlength=count + 1)[1:], np.float64)

    rim = ink.mask & ~_inner(ink.mask)
    rims = np.maximum(total(rim, rim), 1)
    areas = np.maximum(total(ink.mask, ink.mask), 1)
    # a shadow's border rises slowly, and what noise draws in a dark corner has no edge at all
    edged = total(ink.edges, rim) / rims > 0.5
    sharp = total(ink.rise, rim) / rims > 0.5 * total(ink.depth, ink.mask) / areas
    inside = np.array([reach, reach, height - reach, width - reach])
    touching = (found.boxes[:, :2] <= inside[:2]).any(axis=1) | (found.boxes[:, 2:] >= inside[2:]).any(axis=1)
    desk = touching & (total(_outer(ink.mask.shape), ink.mask) / areas > 0.9)
    boxes = found.boxes + np.array([reach, reach, -reach, -reach])
    boxes = np.clip(boxes, 0, np.array([height, width, height, width]))
    sides = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    usable = edged & sharp & ~desk
    order = sorted(np.flatnonzero(usable).tolist(), key=lambda part: -int(sides[part]))
    return _Parts(found.labels, boxes, sides, order)


def _inner(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Pixels whose four neighbours are in the mask too."""
    framed = np.pad(mask, 1, mode="edge")
    return framed[:-2, 1:-1] & framed[2:, 1:-1] & framed[1:-1, :-2] & framed[1:-1, 2:]


def _outer(shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """The band along the picture's edges in which a desk may be seen."""
    depth = max(2, round(_BAND * min(shape)))
    outer = np.ones(shape, np.bool_)
    outer[depth:-depth, depth:-depth] = False
    return outer


def _gap(one: NDArray[np.int64], other: NDArray[np.int64]) -> int:
    """Pixels between two boxes, along the axis on which they are farther apart; 0 where they overlap."""
    return int(max(0, *(one[:2] - other[2:]), *(other[:2] - one[2:])))
