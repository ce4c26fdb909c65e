"""Made-up photos of MNIST's test digits: paper, pens, light, noise, specks, desks at the edge; the same for a seed.

A photo is composed as light falls: reflectance of paper and ink (a pixel's share of the light that comes back), times
the light, plus the sensor's noise, stored as JPEG. Nothing here knows how the program reads a photo. The digits are
MNIST's test digits, their edges sharpened as a pen's are. `read_photos` measures with them.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Floats = NDArray[np.float32]
Pixels = NDArray[np.uint8]

TUNING_SEED = 1
"""For whoever works on the preparation; figures are reported on `REPORT_SEEDS` alone."""
REPORT_SEEDS = (2, 3)

SINGLE = ("plain", "light", "shadow", "noise", "specks", "strip", "frame", "pencil", "board", "everything")
"""Kinds of photos of one digit."""
_DIGIT_SIDE = 112
"""A digit is sharpened at this size of its 28x28 field, four times MNIST's."""
_WHITE = np.float32(255)


@dataclass(frozen=True)
class Photo:
    """A made-up photo.

    Attributes:
        pixels: uint8 `(H, W, 3)`.
        label: the digit in it; None where there is none or there are several.

    """

    pixels: Pixels
    label: int | None


def single(kind: str, digit: Pixels, label: int, seed: int, index: int) -> Photo:
    """A photo of one digit.

    Args:
        kind: one of `SINGLE`.
        digit: uint8 `(28, 28)`, ink 255 on 0.
        label: of the digit.
        seed: of the series.
        index: of the photo in the series.

    """
    rng = np.random.default_rng([seed, SINGLE.index(kind), index])
    traits = {kind} if kind != "everything" else _several_traits(rng)
    height, width = _size(rng, least=1500 if kind == "pencil" else 300)
    ink = np.zeros((height, width), np.float32)
    side = min(height, width) * rng.uniform(0.2, 0.75)
    strokes = _turned(_strokes(rng, digit, side, thin="pencil" in traits), rng.uniform(-15, 15))
    _put(ink, strokes, rng, beside_desk=not traits.isdisjoint({"strip", "frame"}))
    return Photo(_expose(rng, ink, traits), label)


def clean(digit: Pixels, label: int, seed: int, index: int) -> Photo:
    """A digit as a scanner or a drawing program gives it: dark on even white, no noise, upright."""
    rng = np.random.default_rng([seed, 100, index])
    height, width = _size(rng, most=1000)
    ink = np.zeros((height, width), np.float32)
    _put(ink, _strokes(rng, digit, min(height, width) * rng.uniform(0.3, 0.8), thin=False), rng)
    grey = np.rint(255 - ink * rng.uniform(150, 255)).astype(np.uint8)
    return Photo(np.repeat(grey[..., None], 3, axis=2), label)


def several(digits: list[Pixels], seed: int, index: int) -> Photo:
    """Two to four digits in a row, a sixth of their height or more apart."""
    rng = np.random.default_rng([seed, 101, index])
    height, width = _size(rng)
    ink = np.zeros((height, width), np.float32)
    side = min(height * 0.5, width / (1.3 * len(digits))) * rng.uniform(0.5, 0.95)
    parts = [_turned(_strokes(rng, digit, side, thin=False), rng.uniform(-8, 8)) for digit in digits]
    gap = int(side * rng.uniform(1 / 6, 0.5))
    row = np.zeros((max(part.shape[0] for part in parts), sum(part.shape[1] + gap for part in parts) - gap), np.float32)
    left = 0
    for part in parts:
        top = (row.shape[0] - part.shape[0]) // 2
        row[top : top + part.shape[0], left : left + part.shape[1]] = part
        left += part.shape[1] + gap
    if row.shape[1] > width * 0.86:
        scale = width * 0.86 / row.shape[1]
        row = _resized(row, (max(1, round(row.shape[0] * scale)), max(1, round(row.shape[1] * scale))))
    _put(ink, row, rng, beside_desk=True)
    return Photo(_expose(rng, ink, _several_traits(rng) - {"pencil"}), None)


def blank(seed: int, index: int) -> Photo:
    """A sheet without a digit, in any light, with or without noise, specks, a desk at the edge."""
    rng = np.random.default_rng([seed, 102, index])
    return Photo(_expose(rng, np.zeros(_size(rng), np.float32), _several_traits(rng)), None)


def drawn(digit: Pixels, side: int, index: int) -> Pixels:
    """A digit of 28x28 on the canvas, uint8 `(side, side)`, somewhere and at some size: soft-edged as a brush is."""
    rng = np.random.default_rng([103, index])
    size = round(side * rng.uniform(0.4, 0.95))
    large = np.asarray(Image.fromarray(digit).resize((size, size), Image.Resampling.BICUBIC), np.float32) / _WHITE
    brush = np.rint(np.clip((large - 0.4) * size / 28 / 1.5 + 0.5, 0, 1) * 255).astype(np.uint8)
    canvas = np.zeros((side, side), np.uint8)
    top, left = rng.integers(0, side - size + 1, 2)
    canvas[top : top + size, left : left + size] = brush
    return canvas


# -- the digit ----------------------------------------------------------------------------------------------------


def _several_traits(rng: np.random.Generator) -> set[str]:
    """Each of them in two photos of five; a strip and a frame exclude each other."""
    traits = {name for name in ("light", "shadow", "noise", "specks", "pencil", "board") if rng.random() < 0.4}
    edge = rng.random()
    return traits | ({"strip"} if edge < 0.25 else {"frame"} if edge < 0.45 else set())


def _strokes(rng: np.random.Generator, digit: Pixels, height: float, *, thin: bool) -> Floats:
    """The digit's ink in 0..1, tightly cropped, its longer side `height` pixels."""
    large = np.asarray(Image.fromarray(digit).resize((_DIGIT_SIDE,) * 2, Image.Resampling.BICUBIC), np.float32) / _WHITE
    if thin:
        return _pencil(large, height, width=max(2.0, height * rng.uniform(0.008, 0.025)))
    sharp = np.clip((large - 0.4) * 3 + 0.5, 0, 1)
    rows, columns = np.flatnonzero((sharp > 0.5).any(axis=1)), np.flatnonzero((sharp > 0.5).any(axis=0))
    sharp = sharp[rows[0] - 1 : rows[-1] + 2, columns[0] - 1 : columns[-1] + 2]
    scale = height / max(sharp.shape)
    big = _resized(sharp, (max(2, round(sharp.shape[0] * scale)), max(2, round(sharp.shape[1] * scale))))
    return np.clip((big - 0.5) * max(scale, 1.0) + 0.5, 0, 1)  # an edge one pixel wide at any size


def _pencil(large: Floats, height: float, width: float) -> Floats:
    """The digit's middle line, drawn `width` pixels wide."""
    line = thinned(large > 0.4)
    rows, columns = np.nonzero(line)
    top, left = rows.min(), columns.min()
    scale = (height - width) / max(rows.max() - top, columns.max() - left, 1)
    size = (
        int(np.ceil((columns.max() - left) * scale + width)) + 2,
        int(np.ceil((rows.max() - top) * scale + width)) + 2,
    )
    canvas = Image.new("L", size)
    pen = ImageDraw.Draw(canvas)
    points = {(int(y), int(x)) for y, x in zip(rows, columns, strict=True)}

    def place(y: int, x: int) -> tuple[float, float]:
        return (x - left) * scale + width / 2 + 1, (y - top) * scale + width / 2 + 1

    for y, x in points:
        here = place(y, x)
        for step in ((0, 1), (1, -1), (1, 0), (1, 1)):
            if (y + step[0], x + step[1]) in points:
                pen.line([here, place(y + step[0], x + step[1])], fill=255, width=max(1, round(width)))
        pen.ellipse([here[0] - width / 2, here[1] - width / 2, here[0] + width / 2, here[1] + width / 2], fill=255)
    return np.asarray(canvas.filter(ImageFilter.GaussianBlur(0.6)), np.float32) / _WHITE


def thinned(shape: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The shape's middle line, one pixel wide (Zhang and Suen 1984)."""
    image = np.pad(shape, 1)
    changed = True
    while changed:
        changed = False
        for first in (True, False):
            around = [
                np.roll(image, (-dy, -dx), (0, 1))
                for dy, dx in ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
            ]
            count = np.sum(around, axis=0)
            turns = np.sum([~around[i] & around[(i + 1) % 8] for i in range(8)], axis=0)
            north, east, south, west = around[0], around[2], around[4], around[6]
            if first:
                open_sides = ~(north & east & south) & ~(east & south & west)
            else:
                open_sides = ~(north & east & west) & ~(north & south & west)
            gone = image & (count >= 2) & (count <= 6) & (turns == 1) & open_sides
            changed = changed or bool(gone.any())
            image &= ~gone
    return image[1:-1, 1:-1]


def _turned(ink: Floats, degrees: float) -> Floats:
    picture = Image.fromarray(np.rint(ink * 255).astype(np.uint8))
    turned = picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True)
    return np.asarray(turned, np.float32) / _WHITE


def _put(sheet: Floats, ink: Floats, rng: np.random.Generator, *, beside_desk: bool = False) -> None:
    """Somewhere on the sheet, clear of the edges (a thirtieth of its shorter side) or of the desk beside it."""
    height, width = sheet.shape
    room = min(height, width) // (13 if beside_desk else 30)
    ink = ink[:height, :width]

    def start(length: int, part: int) -> int:
        least, most = min(room, (length - part) // 2), max(length - part - room, (length - part) // 2)
        return int(rng.integers(least, most + 1))

    top, left = start(height, ink.shape[0]), start(width, ink.shape[1])
    sheet[top : top + ink.shape[0], left : left + ink.shape[1]] = ink


# -- the photo ----------------------------------------------------------------------------------------------------


def _size(rng: np.random.Generator, least: int = 300, most: int = 3000) -> tuple[int, int]:
    """`(H, W)`: longer side between the two, each doubling as likely; usual proportions, upright or not."""
    longer = float(np.exp(rng.uniform(np.log(least), np.log(most))))
    shorter = longer * float(rng.choice([1.0, 3 / 4, 2 / 3, 9 / 16]))
    return (round(longer), round(shorter)) if rng.random() < 0.5 else (round(shorter), round(longer))


def _expose(rng: np.random.Generator, ink: Floats, traits: set[str]) -> Pixels:
    """Paper with this ink, in the light and with the faults that `traits` name."""
    shape = ink.shape
    paper, pen = rng.uniform(0.75, 0.95), rng.uniform(0.06, 0.32)
    if "pencil" in traits:
        pen = rng.uniform(0.25, 0.5)
    if "board" in traits:
        paper, pen = rng.uniform(0.08, 0.25), rng.uniform(0.7, 0.95)
    sheet = paper * (1 + _texture(rng, shape) * rng.uniform(0, 0.015))
    back = sheet + ink * (pen - sheet)
    if "specks" in traits:
        _add_specks(rng, back, pen)
    if "strip" in traits or "frame" in traits:
        _add_desk(rng, back, sides=4 if "frame" in traits else int(rng.integers(1, 3)), board="board" in traits)
    light = np.full(shape, rng.uniform(0.85, 1.0), np.float32)
    if "light" in traits:
        light *= _gradient(rng, shape, darkest=rng.uniform(0.3, 0.7))
    if "shadow" in traits:
        light *= _shadow(rng, shape)
    grey = back * light * 255
    grey = _blurred(grey, rng.uniform(0.3, 0.5 + 0.0008 * max(shape)))
    sigma = rng.uniform(5, 14) if "noise" in traits else rng.uniform(0.3, 2.5)
    tint = 1 - rng.uniform(0, 0.06, 3)
    pixels = np.empty((*shape, 3), np.uint8)
    noise = rng.standard_normal(shape, np.float32) * np.float32(sigma)
    for channel in range(3):
        pixels[..., channel] = np.clip(np.rint(grey * np.float32(tint[channel]) + noise), 0, 255)
    return _stored(pixels, int(rng.integers(40, 70) if "noise" in traits else rng.integers(75, 96)))


def _texture(rng: np.random.Generator, shape: tuple[int, int]) -> Floats:
    """The paper's fibres: smooth random values about 0, a few pixels wide."""
    coarse = rng.standard_normal((max(2, shape[0] // 4), max(2, shape[1] // 4)), np.float32)
    return _resized(coarse, shape)


def _add_specks(rng: np.random.Generator, back: Floats, pen: float) -> None:
    """One to twelve small spots of dirt, as dark as the pen or paler, anywhere."""
    height, width = back.shape
    spots = Image.new("L", (width, height))
    draw = ImageDraw.Draw(spots)
    for _ in range(int(rng.integers(1, 13))):
        radius = min(height, width) * rng.uniform(0.0015, 0.0125) + 0.5
        stretch = rng.uniform(0.6, 1.0)
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        box = [x - radius, y - radius * stretch, x + radius, y + radius * stretch]
        draw.ellipse(box, fill=int(rng.integers(120, 256)))
    cover = np.asarray(spots, np.float32) / _WHITE
    back += cover * (pen - back) * (np.abs(back - pen) > 0.15)


def _add_desk(rng: np.random.Generator, back: Floats, sides: int, board: bool) -> None:
    """What lies beside the sheet: a band along `sides` edges, slightly askew, as wide as up to a tenth of the photo."""
    height, width = back.shape
    tone = rng.uniform(0.5, 0.9) if board else rng.uniform(0.05, 0.45)
    desk = Image.new("L", (width, height))
    draw = ImageDraw.Draw(desk)
    share = min(height, width)
    for side in rng.permutation(4)[:sides]:
        near, far = share * rng.uniform(0.008, 0.06), share * rng.uniform(0.008, 0.06)
        match int(side):
            case 0:
                corners = [(0, 0), (width, 0), (width, far), (0, near)]
            case 1:
                corners = [(0, height), (width, height), (width, height - far), (0, height - near)]
            case 2:
                corners = [(0, 0), (0, height), (far, height), (near, 0)]
            case _:
                corners = [(width, 0), (width, height), (width - far, height), (width - near, 0)]
        draw.polygon(corners, fill=255)
    cover = np.asarray(desk, np.float32) / _WHITE
    back += cover * (np.float32(tone) - back)


def _gradient(rng: np.random.Generator, shape: tuple[int, int], darkest: float) -> Floats:
    """Light that falls off along a direction, from 1 to `darkest`, straight or as from a lamp near one side."""
    y, x = _grid(shape)
    angle = rng.uniform(0, 2 * np.pi)
    along = x * np.cos(angle) + y * np.sin(angle)
    along = (along - along.min()) / max(float(np.ptp(along)), 1e-6)
    return (1 - (1 - darkest) * along ** rng.uniform(0.7, 2.0)).astype(np.float32)


def _shadow(rng: np.random.Generator, shape: tuple[int, int]) -> Floats:
    """A hand's or a telephone's: a half plane or an ellipse of less light, its border more or less soft."""
    y, x = _grid(shape)
    depth, soft = rng.uniform(0.45, 0.8), rng.uniform(0.02, 0.15)
    angle, centre = rng.uniform(0, 2 * np.pi), rng.uniform(0.1, 0.9, 2)
    along = (x - centre[0]) * np.cos(angle) + (y - centre[1]) * np.sin(angle)
    if rng.random() < 0.5:
        inside = along
    else:
        across = (y - centre[1]) * np.cos(angle) - (x - centre[0]) * np.sin(angle)
        radii = rng.uniform(0.2, 0.6, 2)
        inside = (1 - np.hypot(along / radii[0], across / radii[1])) * radii.min()
    share = 1 / (1 + np.exp(np.clip(-4 * inside / soft, -30, 30)))
    return (1 - (1 - depth) * share).astype(np.float32)


@lru_cache(maxsize=2)
def _grid(shape: tuple[int, int]) -> tuple[Floats, Floats]:
    """Rows and columns in 0..1 of the longer side."""
    y, x = np.mgrid[: shape[0], : shape[1]].astype(np.float32) / max(shape)
    return y, x


def _blurred(grey: Floats, radius: float) -> Floats:
    picture = Image.fromarray(np.clip(np.rint(grey), 0, 255).astype(np.uint8))
    return np.asarray(picture.filter(ImageFilter.GaussianBlur(radius)), np.float32)


def _resized(values: Floats, shape: tuple[int, int]) -> Floats:
    return np.asarray(Image.fromarray(values).resize((shape[1], shape[0]), Image.Resampling.BICUBIC), np.float32)


def _stored(pixels: Pixels, quality: int) -> Pixels:
    """After JPEG."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file))
