"""An edge detector, which looks like an explanation and knows nothing of the model."""

from __future__ import annotations

import numpy as np

from cnnviewer.core.inspection.records import FloatArray


def edges(pixels: FloatArray) -> FloatArray:
    """How steep an image `(C, H, W)` is at each pixel, `(H, W)`: the size of Sobel's gradient of its mean colour."""
    grey = np.pad(pixels.mean(0, dtype=np.float64), 1, mode="edge")
    down = grey[2:] - grey[:-2]
    across = grey[:, 2:] - grey[:, :-2]
    rows = down[:, :-2] + 2 * down[:, 1:-1] + down[:, 2:]
    columns = across[:-2] + 2 * across[1:-1] + across[2:]
    return np.asarray(np.hypot(rows, columns), np.float32)
