"""Pen strokes drawn in batches: splines through control points, and the distance to them as antialiased ink.

Everything is whole-array NumPy of float32 without a matrix library, so the pixels depend on neither the number
of threads nor on torch's random state.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

CHUNK = 128
"""Images drawn together: their field of distances stays in the processor's cache."""


@dataclass(frozen=True)
class StrokeInk:
    """Line segments of `N` images, `S` each, and the pen's radius at their ends.

    Attributes:
        start: `(N, S, 2)` x and y, in pixels; pixel `i` covers `i .. i + 1`.
        end: likewise.
        start_radius: `(N, S)` half the stroke's width at `start`, in pixels.
        end_radius: likewise at `end`.

    """

    start: Floats
    end: Floats
    start_radius: Floats
    end_radius: Floats


def spline_weights(points: int, samples: int) -> Floats:
    """Weights `(samples, points)` of a Catmull-Rom spline through `points` control points, ends included.

    Beyond the ends the neighbours are mirrored, so that the curve starts and stops without a bend.
    """
    if points == 2:
        along = np.linspace(0, 1, samples)
        return np.stack([1 - along, along], axis=1).astype(np.float32)
    weights = np.zeros((samples, points))
    for row, place in enumerate(np.linspace(0, points - 1, samples)):
        span = min(int(place), points - 2)
        t = place - span
        basis = (
            -0.5 * t**3 + t**2 - 0.5 * t,
            1.5 * t**3 - 2.5 * t**2 + 1,
            -1.5 * t**3 + 2 * t**2 + 0.5 * t,
            0.5 * t**3 - 0.5 * t**2,
        )
        for offset, weight in zip((-1, 0, 1, 2), basis, strict=True):
            index = span + offset
            if index < 0:  # the mirrored point 2 p0 - p1
                weights[row, 0] += 2 * weight
                weights[row, 1] -= weight
            elif index >= points:
                weights[row, -1] += 2 * weight
                weights[row, -2] -= weight
            else:
                weights[row, index] += weight
    return weights.astype(np.float32)


def draw(ink: StrokeInk, size: int, softness: Floats) -> NDArray[np.uint8]:
    """Rasterise into `(N, size, size)` uint8, ink 255 on 0.

    A pixel's ink falls from 1 to 0 over `softness` `(N,)` pixels around the stroke's edge.
    """
    count, segments = ink.start.shape[:2]
    images = np.empty((count, size, size), np.uint8)
    centre = np.arange(size, dtype=np.float32) + np.float32(0.5)
    delta = ink.end - ink.start
    squared = np.maximum(np.square(delta).sum(axis=2), np.float32(1e-6))
    along = delta / squared[:, :, None]
    growth = ink.end_radius - ink.start_radius
    for first in range(0, count, CHUNK):
        part = slice(first, min(first + CHUNK, count))
        inside = np.full((part.stop - first, size, size), -1e3, np.float32)
        for segment in range(segments):
            x = centre[None, :] - ink.start[part, segment, 0, None]
            y = centre[None, :] - ink.start[part, segment, 1, None]
            t = (x * along[part, segment, 0, None])[:, None, :] + (y * along[part, segment, 1, None])[:, :, None]
            np.clip(t, 0, 1, out=t)
            dx = t * delta[part, segment, 0, None, None]
            np.subtract(x[:, None, :], dx, out=dx)
            dx *= dx
            dy = t * delta[part, segment, 1, None, None]
            np.subtract(y[:, :, None], dy, out=dy)
            dy *= dy
            dx += dy
            np.sqrt(dx, out=dx)
            t *= growth[part, segment, None, None]
            t += ink.start_radius[part, segment, None, None]
            t -= dx
            np.maximum(inside, t, out=inside)
        inside /= softness[part, None, None]
        inside += np.float32(0.5)
        np.clip(inside, 0, 1, out=inside)
        inside *= 255
        images[part] = np.rint(inside, out=inside)
    return images
