"""The size the user's own images are given: their own, at most 64 pixels on the longer side."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cnnviewer.core.data.progress import NOBODY, ProgressReport

#: A small network's feature maps stay readable and trainable on a CPU up to here.
MAX_SIDE = 64


def fitted_size(size: tuple[int, ...]) -> tuple[int, int]:
    """`(H, W)` as it is up to 64×64, otherwise scaled so that the longer side is 64, proportions kept."""
    height, width = size
    scale = min(1.0, MAX_SIDE / max(height, width))
    return max(1, round(height * scale)), max(1, round(width * scale))


def fit_bytes(image: npt.NDArray[np.uint8], height: int, width: int) -> npt.NDArray[np.uint8]:
    """One `(H, W, 3)` image centre-cropped to the proportions of the target and scaled there: `(height, width, 3)`.

    It is what a picture opened for prediction goes through, so a model meets the same pixels there.
    """
    from cnnviewer.core.images.image_file import fit

    if image.shape[:2] == (height, width):
        return image
    return np.rint(fit(image, (3, height, width)).transpose(1, 2, 0) * 255).astype(np.uint8)


def shrink(
    images: npt.NDArray[np.uint8], height: int, width: int, watch: ProgressReport = NOBODY
) -> npt.NDArray[np.uint8]:
    """Scale `(N, H, W, C)`, C 1 or 3, to `(N, height, width, C)`."""
    channels = images.shape[3]
    small = np.empty((len(images), height, width, channels), np.uint8)
    for index, image in enumerate(images):
        if index % 256 == 0:
            watch.at(index / len(images))
        colour = np.repeat(image, 3, axis=2) if channels == 1 else np.ascontiguousarray(image)
        small[index] = fit_bytes(colour, height, width)[..., :channels]
    return small
