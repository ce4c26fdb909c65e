"""The user's own folder: one sub-folder of images for each class, perhaps within `train` and `test`."""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from cnnviewer.core.data import folder_first_version as folder_before
from cnnviewer.core.data import folder_listing, source
from cnnviewer.core.data.arrays import arranged, size_text, some, to_nchw
from cnnviewer.core.data.dataset import DataSet, Split
from cnnviewer.core.data.folder_listing import FolderListing, FolderPart
from cnnviewer.core.data.image_id import ImageFiles
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.data.key import DataKey
from cnnviewer.core.data.progress import NOBODY, ProgressReport
from cnnviewer.core.data.sizes import fit_bytes, fitted_size
from cnnviewer.core.data.source import DataFingerprint
from cnnviewer.core.error_text import system_reason
from cnnviewer.core.errors import UserError
from cnnviewer.core.files.ordinary_file import opened
from cnnviewer.core.images.decoding import NOW, Decoding, Scale
from cnnviewer.core.images.image_file import (
    DeepPixels,
    formats,
    is_wide,
    joint_scale,
    open_picture,
    read_image,
    values_of,
)
from cnnviewer.core.plain_text import as_text

#: All images together, in bytes once fitted.
LIMIT = 2 << 30
_ONE_IN = 20  # images may be unreadable


def load(path: Path, watch: ProgressReport = NOBODY, reading: Decoding = NOW) -> DataSet:
    """The data set in the folder `path`.

    Classes are the sub-folders' names in the order of torchvision's `ImageFolder`. With a `train` folder these stand
    inside it; `test` is the test part, `val` is for validation, or the test part where there is no `test`; with
    neither, a fifth of every class is held out. The size has the median proportions and the median longer side, at
    most 64 pixels; other images are centre-cropped to these proportions and scaled. All grey: one channel, otherwise
    three. Grey images whose values do not say what is white (float, 32 bits) share one scale. Up to one image in
    twenty may be unreadable: it is left out and named in the notes; more are refused.

    Args:
        path: of the folder.
        watch: hears how far it is.
        reading: by which rules; its scale, where it has one, is that of images that weights have learned from.

    Raises:
        UserError: no such folder, no classes, no or too many unreadable images; names the folder or file.
        Cancelled: as `watch` asked.
    """
    found = listing(path, reading)
    files = [file for part in found.parts for file in part.files]
    sizes, wide = _headers(files, reading, watch.part(0, 0.1))
    height, width = _size(list(sizes.values()), reading)
    if len(files) * height * width * 3 > LIMIT:
        raise UserError(
            "{folder} holds {count:image|images}, more than fit into memory.", folder=path.name, count=len(files)
        )
    if reading.scale is None and wide and not reading.is_first:
        reading = replace(reading, scale=_joint_scale(wide, watch.part(0.1, 0.2)))
    reader = _Reader(path, (height, width), reading)
    splits, done = [], 0
    for part in found.parts:
        ends = (0.2 + 0.8 * count / len(files) for count in (done, done + len(part.files)))
        splits.append(reader.read(part, watch.part(*ends)))
        done += len(part.files)
    reader.refuse_too_many(len(files))
    if any(len(split) == 0 for split in splits):
        raise reader.failures[0][1] if reader.failures else UserError("{folder} holds no images.", folder=path.name)
    if all(_is_grey(split.images) for split in splits):
        splits = [Split(split.images[:, :1].contiguous(), split.labels, split.files) for split in splits]
    channels = splits[0].images.shape[1]
    info = DataInfo(
        key=str(DataKey("folder", str(path))),
        title=path.name,
        shape=(channels, height, width),
        classes=found.classes,
        mean=(0.5,) * channels,
        std=(0.5,) * channels,
        notes=(*found.notes, *reader.notes(len(files), set(sizes.values()) != {(height, width)})),
        reading=reading,
        stamp=found.stamp(),
    )
    given = iter(splits)
    train = next(given)
    validation = next(given) if found.validation is not None else None
    return arranged(info, train, validation, next(given, None), path.name)


def listing(path: Path, reading: Decoding = NOW) -> FolderListing:
    """The images that the folder `path` holds.

    Raises:
        UserError: there is no such folder, or it cannot be read as a data set.
    """
    if not path.is_dir():
        if os.path.lexists(path):
            raise UserError("{folder} is not a folder.", folder=path)
        raise UserError("The folder {folder} does not exist.", folder=path)
    try:
        return folder_before.listed(path) if reading.is_first else folder_listing.listed(path)
    except OSError as error:
        raise UserError("{folder} cannot be read: {reason}.", folder=path, reason=system_reason(error)) from error


def source_of(path: Path, reading: Decoding, watch: ProgressReport = NOBODY) -> DataFingerprint:
    """Every image that is read from the folder `path`, with a checksum.

    Raises:
        UserError: as `listing`.
        Cancelled: as `watch` asked.
    """
    if reading.is_first:
        return source.of_folder(path, folder_before.ENDINGS, watch)
    found = listing(path, reading)
    pieces: dict[str, list[Path]] = {}
    for part in found.parts:
        before = f"{part.root.name}/" if len(found.parts) > 1 else ""
        for file, label in zip(part.files, part.labels, strict=True):
            pieces.setdefault(before + found.classes[label], []).append(file)
    return source.of_files(pieces, watch)


def _headers(
    files: Sequence[Path], reading: Decoding, watch: ProgressReport
) -> tuple[dict[Path, tuple[int, int]], list[Path]]:
    """The size `(H, W)` of every image, and which are grey with more than eight bits; without those unreadable."""
    sizes: dict[Path, tuple[int, int]] = {}
    wide = []
    for index, file in enumerate(files):
        if index % 64 == 0:
            watch.at(index / len(files))
        found = _header(file, reading)
        if found is not None:
            sizes[file] = found[:2]
            if is_wide(found[2]):
                wide.append(file)
    return sizes, wide


def _header(file: Path, reading: Decoding) -> tuple[int, int, str] | None:
    """`(H, W)` as the picture is seen, turned as its EXIF says, and its mode; None where they cannot be read."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with opened(file) as content, Image.open(content, formats=formats(reading)) as picture:
                turned = picture.getexif().get(0x0112, 1) in (5, 6, 7, 8)
                height, width = (picture.width, picture.height) if turned else (picture.height, picture.width)
                return height, width, picture.mode
    except Exception:  # a broken picture can raise anything; the real reading names it
        return None


def _size(sizes: Sequence[tuple[int, int]], reading: Decoding) -> tuple[int, int]:
    """`(H, W)` to fit to: of the median proportions, as large as the median longer side."""
    if not sizes:
        return 1, 1  # every one is unreadable: reading them will say why
    if reading.is_first:
        return folder_before.commonest_size(sizes)
    heights, widths = np.array(sizes, np.float64).T
    proportions = float(np.exp(np.median(np.log(widths / heights))))  # half wide, half tall: square
    longer = float(np.median(np.maximum(heights, widths)))
    return fitted_size((round(longer / max(1.0, proportions)), round(longer * min(1.0, proportions))))


def _joint_scale(files: Sequence[Path], watch: ProgressReport) -> Scale | None:
    """The one scale of all images whose values do not say what is white; None without any."""
    found = []
    for index, file in enumerate(files):
        if index % 16 == 0:
            watch.at(index / len(files))
        try:
            picture = open_picture(file)
        except UserError:  # the real reading names it
            continue
        if isinstance(picture, DeepPixels) and picture.needs_scale:
            found.append(values_of(picture))
    return joint_scale(found) if found else None


class _Reader:
    """Reads the images of a folder, all in one way.

    Attributes:
        failures: the files that cannot be read, as seen from the folder, and why.

    """

    def __init__(self, root: Path, size: tuple[int, int], reading: Decoding) -> None:
        self._root = root
        self._size = size
        self._reading = reading
        self.failures: list[tuple[str, UserError]] = []

    def read(self, part: FolderPart, watch: ProgressReport) -> Split:
        """The images of a part that can be read."""
        height, width = self._size
        images = np.empty((len(part.files), height, width, 3), np.uint8)
        kept: list[int] = []
        names: list[str] = []
        for index, (file, label) in enumerate(zip(part.files, part.labels, strict=True)):
            if index % 16 == 0:
                watch.at(index / len(part.files))
            name = file.relative_to(self._root).as_posix()
            try:
                images[len(kept)] = fit_bytes(read_image(file, self._reading, name), height, width)
            except UserError as error:
                self.failures.append((name, error))
            else:
                kept.append(label)
                names.append(name)
        watch.at(1.0)
        files = ImageFiles(tuple(map(as_text, names)))
        return Split(to_nchw(images[: len(kept)]), torch.tensor(kept, dtype=torch.int64), files)

    def refuse_too_many(self, total: int) -> None:
        """Refuse a folder of which more than a twentieth cannot be read; one image may be in any."""
        if len(self.failures) > max(1, total // _ONE_IN):
            raise UserError(
                "{folder}: {count} of {total:image|images} ({share} %) cannot be read, more than {most} %: {files}. "
                "The first: {sentence}",
                folder=self._root.name,
                most=100 // _ONE_IN,
                **self._facts(total),
            )

    def notes(self, total: int, fitted: bool) -> list[UserError]:
        """What the user should know of how the images were read."""
        notes = []
        if self.failures:
            notes.append(
                UserError(
                    "Images that cannot be read were left out: {count} of {total} ({share} %), {files}. "
                    "The first: {sentence}",
                    **self._facts(total),
                )
            )
        if self._reading.scale is not None:
            low, high = (f"{value:g}" for value in self._reading.scale)
            notes.append(
                UserError(
                    "Grey images with more than eight bits share one scale: {low} is black, {high} is white.",
                    low=low,
                    high=high,
                )
            )
        if fitted:
            size = size_text(self._size)
            notes.append(UserError("Images were cropped and scaled to {size} pixels.", size=size))
        return notes

    def _facts(self, total: int) -> dict[str, Any]:
        count = len(self.failures)
        return {
            "count": count,
            "total": total,
            "share": f"{100 * count / total:.3g}",
            "files": some([name for name, _ in self.failures]),
            "sentence": self.failures[0][1],
        }


def _is_grey(images: torch.Tensor) -> bool:
    red, green, blue = images[:, 0], images[:, 1], images[:, 2]
    return bool(torch.equal(red, green) and torch.equal(green, blue))
