"""Handwritten digits made by the program itself: pen strokes with the variety of real hands.

A digit is drawn in five steps, each with its own chance:

1. one of the ways people write that digit (`glyphs`), its points moved by the hand;
2. proportions: waist and middle pushed up or down, left or right; wide or narrow;
3. a smooth wobble of the whole shape, slant and rotation;
4. the pen: its width, more or less pressure along the stroke, a softer or harder edge;
5. MNIST's preparation (`digits`): the longest side is 20 pixels, the centre of mass in the middle of 28x28.

Distances to the strokes are computed where the pixels are, so the scaling of step 5 needs no second raster.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray

from cnnviewer.core.data.dataset import DataSet, Split
from cnnviewer.core.data.glyphs import GLYPHS, Glyph
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.data.strokes import Floats, StrokeInk, draw, spline_weights
from cnnviewer.core.images.drawn_digit import BOX, FIELD

INFO = DataInfo(
    key="builtin-digits",
    title="Built-in digits",
    shape=(1, FIELD, FIELD),
    classes=tuple("0123456789"),
    mean=(0.1307,),
    std=(0.3081,),
)

SEGMENTS_PER_SPAN = 3


def generate(seed: int = 0, train: int = 12_000, test: int = 2_000) -> DataSet:
    """Write `train` and `test` digits; the same for the same seed, whatever the other number is."""
    return DataSet(INFO, _split(seed, 0, train), _split(seed, 1, test))


def _split(seed: int, stream: int, count: int) -> Split:
    rng = np.random.default_rng([seed, stream])
    labels = rng.permutation(np.arange(count) % 10)
    images = np.zeros((count, FIELD, FIELD), np.uint8)
    for digit, glyphs in enumerate(GLYPHS):
        places = np.flatnonzero(labels == digit)
        shares = np.array([glyph.share for glyph in glyphs])
        which = rng.choice(len(glyphs), size=len(places), p=shares / shares.sum())
        for index, glyph in enumerate(glyphs):
            chosen = places[which == index]
            if len(chosen):
                images[chosen] = _write(rng, glyph, len(chosen))
    return Split(torch.from_numpy(images)[:, None], torch.from_numpy(labels.astype(np.int64)))


def _write(rng: np.random.Generator, glyph: Glyph, count: int) -> NDArray[np.uint8]:
    """`count` writers write one glyph: `(count, 28, 28)`."""
    points = np.array(glyph.points)[None] + rng.normal(0, glyph.jitter, (count, len(glyph.points), 2))
    curves = [_deform_inputs(points, stroke) for stroke in glyph.strokes]
    lengths = [curve.shape[1] for curve in curves]
    path = _deform(rng, np.concatenate(curves, axis=1))
    ink, softness = _pen(rng, path, lengths)
    return _place(draw(ink, BOX, softness))


def _deform_inputs(points: NDArray[np.float64], stroke: tuple[int, ...]) -> NDArray[np.float64]:
    """Points `(N, K, 2)` -> the stroke's curve `(N, S, 2)`."""
    samples = (len(stroke) - 1) * SEGMENTS_PER_SPAN + 1
    weights = spline_weights(len(stroke), samples)
    # einsum and not @: the sum must not depend on a threaded matrix library
    return np.asarray(np.einsum("sk,nkc->nsc", weights, points[:, list(stroke)]))


def _deform(rng: np.random.Generator, path: NDArray[np.float64]) -> NDArray[np.float64]:
    """Proportions, wobble, slant and rotation of the curves `(N, S, 2)`."""
    count = len(path)

    def vary(spread: float, middle: float = 0.0) -> NDArray[np.float64]:
        return rng.normal(middle, spread, (count, 1))

    x, y = path[..., 0], path[..., 1]
    y = y + vary(0.18) * y * (1 - y)
    x = x + vary(0.25) * x * (0.6 - x)
    wide = np.exp(vary(0.2))
    wobble_x = vary(0.025) * np.sin(np.pi * (y * 2 + rng.uniform(0, 2, (count, 1))))
    wobble_y = vary(0.025) * np.sin(np.pi * (x * 3 + rng.uniform(0, 2, (count, 1))))
    x, y = x * wide + wobble_x, y + wobble_y
    x = x + vary(0.22, 0.12) * (0.5 - y)
    angle = vary(0.1)
    return np.stack([x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle)], axis=2)


def _pen(rng: np.random.Generator, path: NDArray[np.float64], lengths: list[int]) -> tuple[StrokeInk, Floats]:
    """Scale the curves into the 20x20 box, the pen's width included, and give them ink."""
    count = len(path)
    width = np.clip(2.6 * np.exp(rng.normal(0, 0.27, (count, 1))), 1.3, 5.0)
    low, high = path.min(axis=1, keepdims=True), path.max(axis=1, keepdims=True)
    extent = np.maximum((high - low).max(axis=2), 1e-3)
    scale = (BOX - width) / extent
    path = (path - (low + high) / 2) * scale[:, :, None] + BOX / 2
    starts, ends, radii_from, radii_to = [], [], [], []
    first = 0
    for length in lengths:
        curve = path[:, first : first + length]
        along = np.linspace(0, 1, length)[None, :]
        pressure = 1 + rng.normal(0, 0.1, (count, 1)) * np.cos(np.pi * along)
        pressure += rng.normal(0, 0.08, (count, 1)) * np.cos(2 * np.pi * along)
        radius = width / 2 * np.clip(pressure, 0.6, 1.4)
        starts.append(curve[:, :-1])
        ends.append(curve[:, 1:])
        radii_from.append(radius[:, :-1])
        radii_to.append(radius[:, 1:])
        first += length
    parts = [np.concatenate(part, axis=1).astype(np.float32) for part in (starts, ends, radii_from, radii_to)]
    softness = rng.uniform(0.9, 1.5, count).astype(np.float32)
    return StrokeInk(*parts), softness


def _place(boxes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Each `(20, 20)` goes where its centre of mass is in the middle of 28x28."""
    mass = np.maximum(boxes.sum(axis=(1, 2), dtype=np.float64), 1)
    index = np.arange(BOX)
    down = (boxes.sum(axis=2, dtype=np.int64) * index).sum(axis=1) / mass
    right = (boxes.sum(axis=1, dtype=np.int64) * index).sum(axis=1) / mass
    tops = np.clip(np.rint(FIELD / 2 - down), 0, FIELD - BOX).astype(int)
    lefts = np.clip(np.rint(FIELD / 2 - right), 0, FIELD - BOX).astype(int)
    images = np.zeros((len(boxes), FIELD, FIELD), np.uint8)
    for image, box, top, left in zip(images, boxes, tops, lefts, strict=True):
        image[top : top + BOX, left : left + BOX] = box
    return images
