"""Arrays and pictures as the bytes of a file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

Array = npt.NDArray[Any]


def npy_bytes(array: Array) -> bytes:
    """An array as a `.npy` file, shape, type and every bit kept; ValueError for Python objects."""
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    return file.getvalue()


def npz_bytes(arrays: Mapping[str, Array]) -> bytes:
    """Arrays by name as a compressed `.npz` file, which `np.load` opens; ValueError for Python objects."""
    # one member after the other: savez takes names as arguments, and some layer could be called `file`
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            archive.writestr(f"{name}.npy", npy_bytes(array), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def png_bytes(pixels: npt.NDArray[np.uint8]) -> bytes:
    """Pixels `(H, W)` grey, `(H, W, 3)` RGB or `(H, W, 4)` RGBA as a PNG; ValueError for anything else."""
    right_shape = pixels.ndim == 2 or (pixels.ndim == 3 and pixels.shape[2] in (3, 4))
    if pixels.dtype != np.uint8 or not right_shape or not pixels.size:
        raise ValueError(f"not pixels of a picture: {pixels.dtype} {pixels.shape}")
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(file, "PNG")
    return file.getvalue()
