"""Coloured shapes made by the program itself: ten outlines before backgrounds of another colour.

A picture is drawn in four steps:

1. a place, a size and a rotation, and with them every pixel's position in the shape's own frame;
2. the signed distance of that position to the outline (negative inside), whence the antialiased edge;
3. a background: a gradient between two colours, or stripes, squares or clouds of them;
4. the shape's colour, far enough from both, a little light from one side, and a camera's noise.

Every shape leans up to a third of a right angle each way, and nothing but its outline tells it from the others:
colour, place, size, background and noise are drawn alike for all ten.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray

from cnnviewer.core.data.dataset import DataSet, Split
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.data.strokes import CHUNK, Floats

SIDE = 32

INFO = DataInfo(
    key="builtin-shapes",
    title="Built-in shapes",
    shape=(3, SIDE, SIDE),
    classes=("circle", "square", "triangle", "pentagon", "star", "cross", "ring", "crescent", "heart", "arrow"),
    mean=(0.5, 0.5, 0.5),
    std=(0.5, 0.5, 0.5),
)

RADII = (9.0, 14.0)
"""Of the circle around a shape, in pixels."""

CONTRAST = 0.4
"""The least distance between the shape's colour and the background's, of RGB in 0..1 weighted as the eye does."""

_WEIGHTS = np.array([0.30, 0.59, 0.11])
_CANDIDATES = 12


def generate(seed: int = 0, train: int = 8_000, test: int = 1_600) -> DataSet:
    """Draw `train` and `test` pictures; the same for the same seed, whatever the other number is."""
    return DataSet(INFO, _split(seed, 0, train), _split(seed, 1, test))


def _split(seed: int, stream: int, count: int) -> Split:
    rng = np.random.default_rng([seed, stream])
    labels = rng.permutation(np.arange(count) % len(OUTLINES))
    images = np.empty((count, 3, SIDE, SIDE), np.uint8)
    for label, outline in enumerate(OUTLINES):
        places = np.flatnonzero(labels == label)
        for first in range(0, len(places), CHUNK):  # small enough to stay in the processor's cache
            chosen = places[first : first + CHUNK]
            images[chosen] = _picture(rng, outline, len(chosen))
    return Split(torch.from_numpy(images), torch.from_numpy(labels.astype(np.int64)))


def _picture(rng: np.random.Generator, outline: Outline, count: int) -> NDArray[np.uint8]:
    """`count` pictures of one shape: `(count, 3, 32, 32)`."""
    x, y, radius = _frame(rng, count)
    softness = _uniform(rng, count, 0.9, 1.6)
    shape = np.clip(0.5 - outline(x, y) * radius / softness, 0, 1)[:, None]
    colour, near, far = (part[:, :, None, None] for part in _colours(rng, count))
    mixed = _background(rng, count)[:, None]
    behind = near + (far - near) * mixed
    light = 1 + _uniform(rng, count, -0.2, 0.2) * _ramp(rng, count)
    picture = behind + (colour * light[:, None] - behind) * shape
    picture += rng.standard_normal(picture.shape, np.float32) * _uniform(rng, count, 0.0, 0.03)[:, None]
    return np.asarray(np.rint(np.clip(picture, 0, 1) * 255), np.uint8)


# --- where: every pixel's place in the shape's own frame -----------------------------------------------------------


def _frame(rng: np.random.Generator, count: int) -> tuple[Floats, Floats, Floats]:
    """`x`, `y` `(N, 32, 32)` with the shape in the unit circle, and that circle's radius in pixels `(N, 1, 1)`."""
    radius = _uniform(rng, count, *RADII)
    room = SIDE / 2 - radius  # the shape stays inside the picture
    centre = [SIDE / 2 + _uniform(rng, count, -1, 1) * room for _ in range(2)]
    turn = _uniform(rng, count, -np.pi / 6, np.pi / 6)
    across, down = (_pixels() - centre[0]) / radius, (_pixels().T - centre[1]) / radius
    cos, sin = np.cos(turn), np.sin(turn)
    return np.asarray(across * cos + down * sin, np.float32), np.asarray(down * cos - across * sin, np.float32), radius


def _pixels() -> Floats:
    """The middle of each column, `(1, 32)`."""
    return (np.arange(SIDE, dtype=np.float32) + np.float32(0.5))[None, :]


def _uniform(rng: np.random.Generator, count: int, low: float, high: float) -> Floats:
    return rng.uniform(low, high, (count, 1, 1)).astype(np.float32)


# --- which colours -------------------------------------------------------------------------------------------------


def _colours(rng: np.random.Generator, count: int) -> tuple[Floats, Floats, Floats]:
    """Of the shape and the two of its background, each `(N, 3)` in 0..1.

    Of some backgrounds drawn for a shape the first with enough contrast is taken.
    """
    shape = rng.uniform(0.05, 0.95, (count, 1, 3))
    near = rng.uniform(0, 1, (count, _CANDIDATES, 3))
    far = np.clip(near + rng.normal(0, 0.17, near.shape), 0, 1)
    contrast = np.minimum(_distance(shape, near), _distance(shape, far))
    enough = contrast >= CONTRAST
    chosen = np.where(enough.any(axis=1), enough.argmax(axis=1), contrast.argmax(axis=1))
    row = np.arange(count)
    return shape[:, 0].astype(np.float32), near[row, chosen].astype(np.float32), far[row, chosen].astype(np.float32)


def _distance(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.sqrt((np.square(one - other) * _WEIGHTS).sum(axis=-1)))


# --- what is behind ------------------------------------------------------------------------------------------------


def _background(rng: np.random.Generator, count: int) -> Floats:
    """How much of the far colour is in each pixel `(N, 32, 32)`, 0..1: half gradients, half textures."""
    kind = rng.permutation(np.arange(count) % 6)
    mixed = (_ramp(rng, count) + 1) / 2
    period = _uniform(rng, count, 4, 12)
    waves = [np.sin((_ramp(rng, count) + 1) * SIDE * np.pi / period) for _ in range(2)]
    for which, texture in ((3, waves[0]), (4, np.sign(waves[0] * waves[1])), (5, _clouds(rng, count))):
        mixed[kind == which] = (texture[kind == which] + 1) / 2
    return np.asarray(mixed, np.float32)


def _ramp(rng: np.random.Generator, count: int) -> Floats:
    """From -1 to 1 across the picture, in any direction."""
    turn = _uniform(rng, count, -np.pi, np.pi)
    middle = (_pixels() / SIDE - np.float32(0.5)) * np.float32(np.sqrt(2))
    return np.asarray(middle * np.cos(turn) + middle.T * np.sin(turn), np.float32)


def _clouds(rng: np.random.Generator, count: int) -> Floats:
    """A smooth random field, about -1 to 1: a coarse grid of random numbers, interpolated."""
    grid = rng.uniform(-1, 1, (count, 6, 6)).astype(np.float32)
    place = np.linspace(0, 5, SIDE, dtype=np.float32)
    weights = np.clip(1 - np.abs(place[:, None] - np.arange(6, dtype=np.float32)), 0, 1)
    rows: Floats = np.einsum("yi,nij->nyj", weights, grid)  # einsum and not @: no threaded matrix library
    clouds: Floats = np.einsum("xj,nyj->nyx", weights, rows)
    return clouds


# --- the outlines: signed distance in units of the radius, exact near the edge -------------------------------------

Outline = Callable[[Floats, Floats], Floats]


def _disc(x: Floats, y: Floats, radius: float = 1.0) -> Floats:
    return np.hypot(x, y) - np.float32(radius)


def _box(x: Floats, y: Floats, half_width: float, half_height: float) -> Floats:
    return np.maximum(np.abs(x) - np.float32(half_width), np.abs(y) - np.float32(half_height))


def _square(x: Floats, y: Floats) -> Floats:
    half = np.sqrt(0.5)
    return _box(x, y, half, half)


def _sector(x: Floats, y: Floats, corners: int) -> tuple[Floats, Floats]:
    """Fold the plane into one of `corners` equal sectors: along its middle, and across (never negative)."""
    width = np.float32(2 * np.pi / corners)
    angle = np.arctan2(x, -y)
    angle -= width * np.rint(angle / width)
    radius = np.hypot(x, y)
    return radius * np.cos(angle), np.abs(radius * np.sin(angle))


def _polygon(corners: int) -> Outline:
    """Regular, a side below the middle of each sector."""

    def outline(x: Floats, y: Floats) -> Floats:
        along, _ = _sector(x, y, corners)
        return along - np.float32(np.cos(np.pi / corners))

    return outline


def _star(x: Floats, y: Floats, valley: float = 0.42) -> Floats:
    """Five points on the unit circle, five valleys at `valley`: the line from a point to the next valley."""
    along, across = _sector(x, y, 5)
    rise, run = valley * np.sin(np.pi / 5), valley * np.cos(np.pi / 5) - 1
    length = np.hypot(rise, run)
    return (along - 1) * np.float32(rise / length) - across * np.float32(run / length)


def _cross(x: Floats, y: Floats) -> Floats:
    arm, half = 0.95, 0.28
    return np.minimum(_box(x, y, arm, half), _box(x, y, half, arm))


def _ring(x: Floats, y: Floats) -> Floats:
    return np.abs(_disc(x, y, 0.78)) - np.float32(0.22)


def _crescent(x: Floats, y: Floats) -> Floats:
    return np.maximum(_disc(x, y), -_disc(x - np.float32(0.45), y, 0.8))


def _heart(x: Floats, y: Floats) -> Floats:
    """A square on its corner and half discs on its two upper sides."""
    half = 0.48
    down = y + np.float32(0.15)
    along, across = (x + down) * np.float32(np.sqrt(0.5)), (x - down) * np.float32(np.sqrt(0.5))
    lobes = np.minimum(_disc(along, across - np.float32(half), half), _disc(along + np.float32(half), across, half))
    return np.minimum(_box(along, across, half, half), lobes)


def _arrow(x: Floats, y: Floats) -> Floats:
    """A triangle to the right and a shaft."""
    slope = np.float32(np.arctan2(0.78, 0.9))
    sides = (x - 1) * np.sin(slope) + np.abs(y) * np.cos(slope)
    head = np.maximum(sides, np.float32(0.1) - x)
    return np.asarray(np.minimum(head, _box(x + np.float32(0.4), y, 0.55, 0.24)), np.float32)


OUTLINES: tuple[Outline, ...] = (
    _disc,
    _square,
    _polygon(3),
    _polygon(5),
    _star,
    _cross,
    _ring,
    _crescent,
    _heart,
    _arrow,
)
"""In the order of the classes."""
