"""A data set's images moved from memory into a file that only this process sees."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace

import torch

from cnnviewer.core.data.dataset import DataSet, Split

_WORTH_IT = 32 * 2**20  # bytes


def memory_mapped(data: DataSet) -> DataSet:
    """The same data set with its large splits mapped from an unnamed temporary file: memory holds what is looked at.

    For models so large that the images of a data set they only look at had better not stay in memory. Where there is
    no room for the file, or the system cannot unlink a mapped file, the data set itself is returned.
    """
    if os.name != "posix":
        return data
    try:
        return replace(data, train=_mapped(data.train), test=_mapped(data.test))
    except (OSError, RuntimeError):
        return data


def _mapped(split: Split) -> Split:
    images = split.images
    if images.numel() < _WORTH_IT:
        return split
    with tempfile.NamedTemporaryFile(prefix="cnnviewer-") as file:  # unlinked at the end; the mapping stays
        file.write(images.contiguous().numpy().data)
        file.flush()
        mapped = torch.from_file(file.name, shared=True, size=images.numel(), dtype=torch.uint8)
    return replace(split, images=mapped.reshape(images.shape))
