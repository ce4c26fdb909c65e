"""From the arrays that files hold to the tensors that models learn from, checked on the way."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from cnnviewer.core.data.dataset import DataSet, Split
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.errors import UserError

#: The keys of Keras's `.npz` data sets, in the order in which they are read.
KERAS_KEYS = ("x_train", "y_train", "x_test", "y_test")

#: More classes than this are labels gone wrong, not something a small network is trained on.
MAX_CLASSES = 1000


def split_of(
    images: npt.NDArray[Any], labels: npt.NDArray[Any], shape: tuple[int, int, int], classes: int, file: str
) -> Split:
    """A split of uint8 images `(N, H, W)` or `(N, H, W, C)` and whole-numbered labels `(N,)` or `(N, 1)`.

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
    admitted = {(height, width, channels)} | ({(height, width)} if channels == 1 else set())
    if images.dtype != np.uint8 or images.shape[1:] not in admitted:
        raise UserError(
            "{file} should hold images of {expected} bytes; it holds {found} of the type {type}.",
            file=file,
            expected=size_text((height, width, channels)),
            found=size_text(images.shape[1:]) or "single numbers",
            type=images.dtype,
        )
    checked = checked_labels(labels, len(images), classes, file)
    return Split(to_nchw(images), torch.from_numpy(checked))


def checked_labels(labels: npt.NDArray[Any], count: int, classes: int, file: str) -> npt.NDArray[np.int64]:
    """The `count` labels as int64 `(N,)`; `(N, 1)` and floats that are whole numbers are accepted.

    Raises:
        UserError: no images, not whole numbers, another count, negative, or not below `classes`.
    """
    if count == 0:
        raise UserError("{file} holds no images.", file=file)
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = labels[:, 0]
    if labels.ndim == 1 and labels.dtype.kind == "f" and np.array_equal(labels, np.rint(labels)):
        labels = labels.clip(-1, 2**31).astype(np.int64)
    if labels.ndim != 1 or labels.dtype.kind not in "iu":
        raise UserError("{file}: the labels are not one whole number for each image.", file=file)
    if len(labels) != count:
        raise UserError(
            "{file} holds {images:image|images} but {labels:label|labels}.", file=file, images=count, labels=len(labels)
        )
    if int(labels.min()) < 0:
        raise UserError("{file} holds a negative label: {label}.", file=file, label=int(labels.min()))
    if int(labels.max()) >= classes:
        raise UserError(
            "{file} holds the label {label}, but there are only {classes:class|classes} (0 to {last}).",
            file=file,
            label=int(labels.max()),
            classes=classes,
            last=classes - 1,
        )
    return np.ascontiguousarray(labels, dtype=np.int64)


def check_names(names: Sequence[str], file: str) -> None:
    """Refuse two classes of the same name, however their letters are stored.

    Raises:
        UserError: names the class.
    """
    seen: set[str] = set()
    for name in names:
        plain = nfc(name)
        if plain in seen:
            raise UserError(
                "{file} has two classes called {name}: no result could tell them apart.", file=file, name=name
            )
        seen.add(plain)


def nfc(name: str) -> str:
    """The name as it is compared: macOS takes letters with marks apart."""
    return unicodedata.normalize("NFC", name)


def some(names: Sequence[str], most: int = 5) -> str:
    """The first names, and how many more there are."""
    shown = ", ".join(names[:most])
    return f"{shown}, … (+{len(names) - most})" if len(names) > most else shown


def to_nchw(images: npt.NDArray[np.uint8]) -> torch.Tensor:
    """Copy `(N, H, W)` or `(N, H, W, C)` into a contiguous tensor `(N, C, H, W)`."""
    if images.ndim == 3:
        return torch.from_numpy(np.ascontiguousarray(images)).unsqueeze(1)
    return torch.from_numpy(np.ascontiguousarray(images)).permute(0, 3, 1, 2).contiguous()


def held_out(labels: torch.Tensor, seed: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    """Indices `(train, test)` that keep a fifth of every class for the test, the same ones every time.

    A class with two images or more has one at least on either side; a single image is trained on.
    """
    generator = torch.Generator().manual_seed(seed)
    test = torch.zeros(len(labels), dtype=torch.bool)
    for label in labels.unique():
        members = (labels == label).nonzero().flatten()
        if len(members) > 1:
            count = max(1, round(len(members) / 5))
            test[members[torch.randperm(len(members), generator=generator)[:count]]] = True
    return (~test).nonzero().flatten(), test.nonzero().flatten()


def arranged(info: DataInfo, train: Split, validation: Split | None, test: Split | None, file: str) -> DataSet:
    """A data set of the parts that there are.

    Without a test part the validation part is that; with neither, a fifth of every class is held out.

    Raises:
        UserError: fewer than two classes, or too few images to hold any out.
    """
    if len(info.classes) < 2:
        raise UserError("{file} holds one class only; to tell images apart takes two at least.", file=file)
    if test is not None:
        return DataSet(info, train, test, validation=validation)
    if validation is not None:
        note = UserError("There is no test split: the validation images are the test images.")
        notes = info.notes if info.reading.is_first else (*info.notes, note)
        return DataSet(replace(info, notes=notes), train, validation)
    kept, out = held_out(train.labels)
    if len(out) == 0:
        raise UserError("{file} holds one image of each class only; a test takes two at least.", file=file)
    return DataSet(info, train.select(kept), train.select(out))


def size_text(shape: tuple[int, ...]) -> str:
    """`(28, 28, 1)` -> `28×28×1`."""
    return "×".join(map(str, shape))
