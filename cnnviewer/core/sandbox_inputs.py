"""What a sandbox begins with: well-known kernels, and an image shrunk to a few cells. Numpy only."""

from __future__ import annotations

from math import comb
from typing import Final

import numpy as np
import numpy.typing as npt

from cnnviewer.core.sandbox import Array, Pair

SCALABLE: Final = ("identity", "blur", "gaussian")
_FIXED: Final[dict[str, tuple[tuple[float, ...], ...]]] = {
    "sharpen": ((0, -1, 0), (-1, 5, -1), (0, -1, 0)),
    "sobel-horizontal": ((-1, -2, -1), (0, 0, 0), (1, 2, 1)),
    "sobel-vertical": ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)),
    "laplacian": ((0, 1, 0), (1, -4, 1), (0, 1, 0)),
    "edge": ((-1, -1, -1), (-1, 8, -1), (-1, -1, -1)),
    "emboss": ((-2, -1, 0), (-1, 1, 1), (0, 1, 2)),
}
PRESETS: Final = (*SCALABLE, *_FIXED)


def preset(name: str, size: Pair = (3, 3)) -> Array:
    """The kernel `name` of `PRESETS`, `(kh, kw)`.

    Identity, blur (the mean) and the Gaussian (binomial coefficients) come in any `size`; the others are 3×3.
    `sobel-horizontal` answers to horizontal edges, `sobel-vertical` to vertical ones. An identity's 1 stands at
    `size // 2`, where a padding of `size // 2` makes the output begin with the input. KeyError for another name.
    """
    height, width = size
    if name == "identity":
        kernel = np.zeros(size)
        kernel[height // 2, width // 2] = 1.0
        return kernel
    if name == "blur":
        return np.full(size, 1.0 / (height * width))
    if name == "gaussian":
        return np.outer(_binomial(height), _binomial(width))
    return np.array(_FIXED[name], np.float64)


def resized_kernel(kernel: Array, size: Pair) -> Array:
    """A kernel of another size about the same centre: what it had stays, what is new is 0."""
    resized = np.zeros(size)
    spans = []
    for old, new in zip(kernel.shape, size, strict=True):
        shift = new // 2 - old // 2  # the centre as `preset` places an identity's 1
        spans.append((slice(max(-shift, 0), min(old, new - shift)), slice(max(shift, 0), min(new, old + shift))))
    (top, into_top), (left, into_left) = spans
    resized[into_top, into_left] = kernel[top, left]
    return resized


def shrunk(image: npt.NDArray[np.float32], size: int) -> Array:
    """`(size, size)` cells of an image `(C, H, W)`: the mean channel's middle square, averaged by area.

    Every cell is the mean of the pixels it covers, those at its edge by the share they cover.
    """
    grey = np.asarray(image, np.float64).mean(axis=0)
    side = min(grey.shape)
    top, left = (grey.shape[0] - side) // 2, (grey.shape[1] - side) // 2
    edges = np.arange(size + 1) * (side / size)
    pixels = np.arange(side)
    overlap = np.minimum(edges[1:, None], pixels + 1) - np.maximum(edges[:-1, None], pixels)
    weights = np.maximum(overlap, 0.0) * (size / side)  # (size, side), every row sums to 1
    return np.asarray(weights @ grey[top : top + side, left : left + side] @ weights.T)


def resized_input(values: Array, size: int) -> Array:
    """A painted input of `(size, size)` cells: what it had stays at its place, what is new is 0."""
    resized = np.zeros((size, size))
    kept = min(size, *values.shape)
    resized[:kept, :kept] = values[:kept, :kept]
    return resized


def _binomial(size: int) -> Array:
    row = np.array([comb(size - 1, place) for place in range(size)], np.float64)
    return np.asarray(row / row.sum())
