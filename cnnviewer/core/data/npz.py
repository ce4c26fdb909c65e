"""A person's own `.npz`, with Keras's keys (`x_train`, `y_train`, …) or MedMNIST's (`train_images`, …)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from cnnviewer.core.data import archive
from cnnviewer.core.data.arrays import MAX_CLASSES, checked_labels, held_out, size_text, to_nchw
from cnnviewer.core.data.dataset import DataSet, Split
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.data.sizes import fitted_size, shrink
from cnnviewer.core.data.watch import NOBODY, Watch
from cnnviewer.core.errors import UserError

#: Pairs of keys (images, labels) for training, validation and test.
_LAYOUTS = (
    (("x_train", "y_train"), ("x_val", "y_val"), ("x_test", "y_test")),
    (("train_images", "train_labels"), ("val_images", "val_labels"), ("test_images", "test_labels")),
)
_NAME_KEYS = ("class_names", "label_names", "classes")


def load(path: Path, watch: Watch = NOBODY) -> DataSet:
    """The data set in `path`: size, channels and classes are those of its arrays.

    Images are `(N, H, W)`, `(N, H, W, C)` or `(N, C, H, W)` with C 1 or 3; bytes, whole numbers up to 255, or floats
    in 0..1 or 0..255. Labels are whole numbers, or words, which then name the classes; an array `class_names`
    names them too. The validation part joins the training part, or is the test part where there is none; with
    neither, a fifth of every class is held out. Sides above 64 pixels are scaled down.

    Raises:
        UserError: anything else; names the file.
        Cancelled: as `watch` asked.
    """
    present = archive.keys(path)
    parts = _parts(path, present)
    names_key = next((key for key in _NAME_KEYS if key in present), None)
    wanted = tuple(key for part in parts for key in part)
    held = archive.read(path, wanted + ((names_key,) if names_key else ()), watch.part(0, 0.8))
    images = _images([held.pop(part[0]) for part in parts], path.name)
    labels, classes = _labels(
        [held[part[1]] for part in parts], [len(part) for part in images], held.get(names_key or ""), path.name
    )
    height, width = fitted_size(images[0].shape[1:3])
    notes: tuple[UserError, ...] = ()
    if (height, width) != images[0].shape[1:3]:
        notes = (
            UserError(
                "The images of {file} are {size} pixels; they are scaled down to {fitted}.",
                file=path.name,
                size=size_text(images[0].shape[2:0:-1]),
                fitted=size_text((width, height)),
            ),
        )
        images = [shrink(part, height, width, watch.part(0.8, 1.0)) for part in images]
    splits = [Split(to_nchw(part), torch.from_numpy(label)) for part, label in zip(images, labels, strict=True)]
    channels = splits[0].images.shape[1]
    info = DataInfo(
        key=f"npz:{path}",
        title=path.stem,
        shape=(channels, height, width),
        classes=classes,
        mean=(0.5,) * channels,
        std=(0.5,) * channels,
        notes=notes,
    )
    watch.at(1.0)
    return arranged(info, splits, path.name)


def arranged(info: DataInfo, splits: Sequence[Split], file: str) -> DataSet:
    """A data set whose last split is the test part and all before are training; of one alone a fifth is held out.

    Raises:
        UserError: fewer than two classes, or too few images to hold any out.
    """
    if len(info.classes) < 2:
        raise UserError("{file} holds one class only; to tell images apart takes two at least.", file=file)
    if len(splits) > 1:
        train, test = splits[:-1], splits[-1]
        together = Split(torch.cat([part.images for part in train]), torch.cat([part.labels for part in train]))
        return DataSet(info, together if len(train) > 1 else train[0], test)
    kept, out = held_out(splits[0].labels)
    if len(out) == 0:
        raise UserError("{file} holds one image of each class only; a test takes two at least.", file=file)
    return DataSet(info, splits[0].select(kept), splits[0].select(out))


def _parts(path: Path, present: tuple[str, ...]) -> list[tuple[str, str]]:
    for layout in _LAYOUTS:
        if set(layout[0]) <= set(present):
            for part in layout[1:]:
                if len(set(part) & set(present)) == 1:
                    raise UserError(
                        "{file} holds only one of {images} and {labels}.",
                        file=path.name,
                        images=part[0],
                        labels=part[1],
                    )
            return [part for part in layout if set(part) <= set(present)]
    raise UserError(
        "{file} lacks the arrays x_train and y_train (or train_images and train_labels); it holds {found}.",
        file=path.name,
        found=", ".join(present[:8]) or "none",
    )


def _images(parts: Sequence[npt.NDArray[Any]], file: str) -> list[npt.NDArray[np.uint8]]:
    """Every part as uint8 `(N, H, W, C)`, all of one size and scaled by one factor."""
    placed = [_channels_last(part, file) for part in parts]
    sizes = {part.shape[1:] for part in placed}
    if len(sizes) > 1:
        raise UserError(
            "{file}: the images of its parts differ in size: {sizes}.",
            file=file,
            sizes=", ".join(sorted(size_text(size) for size in sizes)),
        )
    if any(len(part) == 0 for part in placed):
        raise UserError("{file} holds no images in one of its parts.", file=file)
    if all(part.dtype == np.uint8 for part in placed):
        return placed
    if any(part.dtype.kind not in "biuf" for part in placed):
        raise UserError("{file}: the images are not numbers but {type}.", file=file, type=placed[0].dtype)
    low, high = min(float(part.min()) for part in placed), max(float(part.max()) for part in placed)
    if not (np.isfinite(low) and np.isfinite(high)):  # NaN passes through min and max
        raise UserError("{file}: some pixels are not a number (NaN) or infinite.", file=file)
    if low < 0 or high > 255:
        raise UserError(
            "{file}: pixels run from {low} to {high}; they must lie in 0 to 255, or in 0 to 1.",
            file=file,
            low=f"{low:g}",
            high=f"{high:g}",
        )
    unit = high <= 1 and any(part.dtype.kind in "bf" for part in placed)
    return [_to_bytes(part, 255 if unit else 1) for part in placed]


def _to_bytes(part: npt.NDArray[Any], factor: int) -> npt.NDArray[np.uint8]:
    pixels = np.empty(part.shape, np.uint8)
    for start in range(0, len(part), 1024):  # a float copy of everything would take eight times the memory
        pixels[start : start + 1024] = np.rint(part[start : start + 1024].astype(np.float32) * factor)
    return pixels


def _channels_last(part: npt.NDArray[Any], file: str) -> npt.NDArray[Any]:
    if part.ndim == 3:
        part = part[..., None]
    elif part.ndim == 4 and part.shape[3] not in (1, 3) and part.shape[1] in (1, 3):
        part = part.transpose(0, 2, 3, 1)
    if part.ndim != 4 or part.shape[3] not in (1, 3) or 0 in part.shape[1:]:
        raise UserError(
            "{file}: an array of the shape {shape} is not a series of grey or RGB images.",
            file=file,
            shape=size_text(part.shape),
        )
    return part


def _labels(
    parts: Sequence[npt.NDArray[Any]], counts: Sequence[int], names: npt.NDArray[Any] | None, file: str
) -> tuple[list[npt.NDArray[np.int64]], tuple[str, ...]]:
    parts = [part[:, 0] if part.ndim == 2 and part.shape[1] == 1 else part for part in parts]
    if any(part.ndim == 2 for part in parts):
        raise UserError(
            "{file}: the labels have several columns (one-hot or several classes an image); one whole number "
            "for each image is needed.",
            file=file,
        )
    if all(part.ndim == 1 and part.dtype.kind == "U" for part in parts):
        words, numbers = np.unique(np.concatenate(parts), return_inverse=True)
        parts = np.split(numbers, np.cumsum([len(part) for part in parts])[:-1])
        names = words
    if names is not None and (names.ndim != 1 or names.dtype.kind != "U" or not 0 < len(names) <= MAX_CLASSES):
        names = None
    limit = MAX_CLASSES if names is None else len(names)
    checked = [checked_labels(part, count, limit, file) for part, count in zip(parts, counts, strict=True)]
    known = 1 + max(int(part.max()) for part in checked)
    return checked, tuple(map(str, range(known))) if names is None else tuple(map(str, names))
