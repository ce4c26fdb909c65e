"""From the arrays that files hold to the tensors that models learn from, checked on the way."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from cnnviewer.core.data.dataset import Split
from cnnviewer.core.errors import UserError

#: The keys of Keras's `.npz` data sets, in the order in which they are returned.
KERAS_KEYS = ("x_train", "y_train", "x_test", "y_test")


def split_of(
    images: npt.NDArray[Any], labels: npt.NDArray[Any], shape: tuple[int, int, int], classes: int, file: str
) -> Split:
    """A split of uint8 images `(N, H, W)` or `(N, H, W, C)` and integer labels `(N,)` or `(N, 1)`.

    Args:
        images: as they were read.
        labels: as they were read.
        shape: `(C, H, W)` that the images must have.
        classes: labels must lie below it.
        file: named in the sentence when something is wrong.

    Raises:
        UserError: other sizes, other types, no images, or labels that do not belong to them.
    """
    channels, height, width = shape
    expected = (height, width) if channels == 1 and images.ndim == 3 else (height, width, channels)
    if images.dtype != np.uint8 or images.shape[1:] != expected:
        raise UserError(
            "{file} does not hold {expected} images of bytes but {found} of {type}.",
            file=file,
            expected="×".join(map(str, expected)),
            found="×".join(map(str, images.shape[1:])) or "single numbers",
            type=images.dtype,
        )
    if len(images) == 0:
        raise UserError("{file} holds no images.", file=file)
    checked = checked_labels(labels, len(images), classes, file)
    nchw = torch.from_numpy(images.reshape(len(images), height, width, channels)).permute(0, 3, 1, 2).contiguous()
    return Split(nchw, torch.from_numpy(checked))


def checked_labels(labels: npt.NDArray[Any], count: int, classes: int | None, file: str) -> npt.NDArray[np.int64]:
    """The `count` labels as int64 `(N,)`; `(N, 1)` is accepted. `classes` None admits any number of them.

    Raises:
        UserError: not whole numbers, another count, negative, or beyond the classes.
    """
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = labels[:, 0]
    if labels.ndim != 1 or labels.dtype.kind not in "iu":
        raise UserError("{file}: the labels are not one whole number for each image.", file=file)
    if len(labels) != count:
        raise UserError(
            "{file} holds {images} images but {labels} labels.", file=file, images=count, labels=len(labels)
        )
    if int(labels.min()) < 0:
        raise UserError("{file} holds a negative label: {label}.", file=file, label=int(labels.min()))
    if classes is not None and int(labels.max()) >= classes:
        raise UserError(
            "{file} holds the label {label}, but there are only {classes} classes (0 to {last}).",
            file=file,
            label=int(labels.max()),
            classes=classes,
            last=classes - 1,
        )
    return np.ascontiguousarray(labels, dtype=np.int64)
