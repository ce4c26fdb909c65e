"""The user's own `.npz`, with Keras's keys (`x_train`, `y_train`, …) or MedMNIST's (`train_images`, …)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from cnnviewer.core.data import archive
from cnnviewer.core.data.arrays import arranged, size_text, to_nchw
from cnnviewer.core.data.dataset import DataSet, Split
from cnnviewer.core.data.image_id import ImageFiles
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.data.key import DataKey
from cnnviewer.core.data.labels import labelled
from cnnviewer.core.data.progress import NOBODY, ProgressReport
from cnnviewer.core.data.sizes import fitted_size, shrink
from cnnviewer.core.errors import UserError
from cnnviewer.core.images.decoding import NOW, Decoding

#: Pairs of keys (images, labels) for training, validation and test.
_LAYOUTS = (
    (("x_train", "y_train"), ("x_val", "y_val"), ("x_test", "y_test")),
    (("train_images", "train_labels"), ("val_images", "val_labels"), ("test_images", "test_labels")),
)
_NAME_KEYS = ("class_names", "label_names", "classes")


def load(path: Path, watch: ProgressReport = NOBODY, reading: Decoding = NOW) -> DataSet:
    """The data set in `path`: size, channels and classes are those of its arrays.

    Images are `(N, H, W)`, `(N, H, W, C)` or `(N, C, H, W)` with C 1 or 3; bytes, whole numbers up to 255, or floats
    in 0..1 or 0..255; 1 is white where no whole number is above it. Each part has its own scale. Labels are whole
    numbers or words; the classes are those that training images have, or those of an array `class_names`. The
    validation part is for validation, or is the test part where there is none; with neither, a fifth of every class is
    held out. Sides above 64 pixels are scaled down.

    Args:
        path: of the file.
        watch: hears how far it is.
        reading: by which rules.

    Raises:
        UserError: anything else; names the file.
        Cancelled: as `watch` asked.
    """
    present = archive.keys(path)
    parts = _parts(path, present)
    names_key = next((key for key in _NAME_KEYS if key in present), None)
    wanted = tuple(key for part in parts.values() for key in part)
    held = archive.read(path, wanted + ((names_key,) if names_key else ()), watch.part(0, 0.8))
    images, notes = _images({role: held.pop(part[0]) for role, part in parts.items()}, path.name, reading)
    labels, classes, more = labelled(
        {role: held[part[1]] for role, part in parts.items()},
        {role: len(part) for role, part in images.items()},
        (names_key, held[names_key]) if names_key else None,
        path.name,
        reading,
    )
    notes += more
    size = images["train"].shape[1:3]
    height, width = fitted_size(size)
    if (height, width) != size:
        notes.append(
            UserError(
                "The images of {file} are {size} pixels; they are scaled down to {fitted}.",
                file=path.name,
                size=size_text(size),
                fitted=size_text((height, width)),
            )
        )
        images = {role: shrink(part, height, width, watch.part(0.8, 1.0)) for role, part in images.items()}
    splits = {
        role: Split(to_nchw(part), torch.from_numpy(labels[role]), ImageFiles(array=parts[role][0], rows=_all_of(part)))
        for role, part in images.items()
    }
    if reading.is_first and len(splits) == 3:
        splits["train"] = _joined(splits["train"], splits.pop("validation"))
    channels = splits["train"].images.shape[1]
    info = DataInfo(
        key=str(DataKey("npz", str(path))),
        title=path.stem,
        shape=(channels, height, width),
        classes=classes,
        mean=(0.5,) * channels,
        std=(0.5,) * channels,
        notes=tuple(notes),
        reading=reading,
        stamp=stamp(path),
    )
    watch.at(1.0)
    return arranged(info, splits["train"], splits.get("validation"), splits.get("test"), path.name)


def stamp(path: Path) -> str:
    """Changes when the file is written again."""
    try:
        about = path.stat()
    except OSError:
        return ""
    return f"{about.st_size} {about.st_mtime_ns}"


def _all_of(part: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    return np.arange(len(part), dtype=np.int64)


def _joined(one: Split, other: Split) -> Split:
    return Split(torch.cat([one.images, other.images]), torch.cat([one.labels, other.labels]))


def _parts(path: Path, present: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """The keys of images and labels of the parts that there are: `train`, `validation`, `test`."""
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
            named = zip(("train", "validation", "test"), layout, strict=True)
            return {role: part for role, part in named if set(part) <= set(present)}
    raise UserError(
        "{file} lacks the arrays x_train and y_train (or train_images and train_labels); it holds {found}.",
        file=path.name,
        found=", ".join(present[:8]) or "none",
    )


def _images(
    parts: Mapping[str, npt.NDArray[Any]], file: str, reading: Decoding
) -> tuple[dict[str, npt.NDArray[np.uint8]], list[UserError]]:
    """Every part as uint8 `(N, H, W, C)`, all of one size, and notes on how they were scaled."""
    placed = {role: _channels_last(part, file) for role, part in parts.items()}
    sizes = {part.shape[1:] for part in placed.values()}
    if len(sizes) > 1:
        raise UserError(
            "{file}: the images of its parts differ in size: {sizes}.",
            file=file,
            sizes=", ".join(sorted(size_text(size) for size in sizes)),
        )
    if any(len(part) == 0 for part in placed.values()):
        raise UserError("{file} holds no images in one of its parts.", file=file)
    if reading.is_first and all(part.dtype == np.uint8 for part in placed.values()):
        return placed, []
    for part in placed.values():
        if part.dtype.kind not in "biuf":
            raise UserError("{file}: the images are not numbers but {type}.", file=file, type=part.dtype)
    lows, highs = ([float(end(part)) for part in placed.values()] for end in (np.min, np.max))
    if not np.isfinite([*lows, *highs]).all():  # NaN passes through min and max
        raise UserError("{file}: some pixels are not a number (NaN) or infinite.", file=file)
    if min(lows) < 0 or max(highs) > 255:
        raise UserError(
            "{file}: pixels run from {low} to {high}; they must lie in 0 to 255, or in 0 to 1.",
            file=file,
            low=f"{min(lows):g}",
            high=f"{max(highs):g}",
        )
    units = _units([part.dtype.kind for part in placed.values()], highs, reading)
    notes = []
    if len(set(units)) > 1:
        in_units = ", ".join(role for role, unit in zip(placed, units, strict=True) if unit)
        notes.append(
            UserError(
                "The parts of {file} differ in scale: 1 is white in {parts}, 255 in the others.",
                file=file,
                parts=in_units,
            )
        )
    elif units[0] and all(part.dtype.kind in "iu" for part in placed.values()):
        notes.append(UserError("The pixels of {file} are 0 and 1 only: 1 is white.", file=file))
    dark = [role for role, unit, high in zip(placed, units, highs, strict=True) if not unit and high == 1]
    if dark:  # 0 and 1, or nearly black: nobody can tell
        notes.append(
            UserError(
                "No pixel of {parts} in {file} is above 1, and 255 is white: multiply them by 255 if 1 is to be white.",
                parts=", ".join(dark),
                file=file,
            )
        )
    scaled = {
        role: _to_bytes(part, 255 if unit else 1) for (role, part), unit in zip(placed.items(), units, strict=True)
    }
    return scaled, notes


def _units(kinds: Sequence[str], highs: Sequence[float], reading: Decoding) -> list[bool]:
    """For each part whether 1 is white in it, by its kind of number and its highest pixel."""
    if reading.is_first:
        return [max(highs) <= 1 and any(kind in "bf" for kind in kinds)] * len(kinds)
    if max(highs) <= 1:
        return [max(highs) > 0] * len(kinds)
    return [kind == "b" or (kind == "f" and high <= 1) for kind, high in zip(kinds, highs, strict=True)]


def _to_bytes(part: npt.NDArray[Any], factor: int) -> npt.NDArray[np.uint8]:
    if part.dtype == np.uint8 and factor == 1:
        return part
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
