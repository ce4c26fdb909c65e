"""A person's own folder: one sub-folder of images for each class, perhaps within `train` and `test`."""

from __future__ import annotations

import os
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from cnnviewer.core.data.arrays import MAX_CLASSES, size_text, to_nchw
from cnnviewer.core.data.dataset import DataSet, Split
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.data.npz import arranged
from cnnviewer.core.data.sizes import fit_bytes, fitted_size
from cnnviewer.core.data.watch import NOBODY, Watch
from cnnviewer.core.errors import UserError

ENDINGS = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff")
_TRAIN = ("train", "training")
_VALIDATION = ("val", "valid", "validation")
_TEST = ("test", "testing")

#: All images together, in bytes once fitted.
LIMIT = 2 << 30


@dataclass
class _Part:
    """The files of one part with their labels, in reading order."""

    files: list[Path]
    labels: list[int]


def load(path: Path, watch: Watch = NOBODY) -> DataSet:
    """The data set in the folder `path`.

    Classes are the sub-folders' names in the order of torchvision's `ImageFolder`. With a `train` folder these stand
    inside it; `test` is the test part, `val` joins the training part or is the test part where there is no `test`;
    with neither, a fifth of every class is held out. The size is the commonest one, with at most 64 pixels on the
    longer side; other images are centre-cropped to its proportions and scaled. All grey: one channel, otherwise three.
    Up to one image in twenty may be unreadable: it is left out and named in the notes; more are refused.

    Raises:
        UserError: no such folder, no classes, no or too many unreadable images; names the folder or file.
        Cancelled: as `watch` asked.
    """
    classes, parts = _listed(path)
    total = sum(len(part.files) for part in parts)
    height, width, odd = _commonest_size([file for part in parts for file in part.files], watch.part(0, 0.1))
    if total * height * width * 3 > LIMIT:
        raise UserError("{folder} holds {count} images, more than fit into memory.", folder=path.name, count=total)
    failures: list[UserError] = []
    splits, done = [], 0
    for part in parts:
        piece = watch.part(0.1 + 0.9 * done / total, 0.1 + 0.9 * (done + len(part.files)) / total)
        splits.append(_read(part, height, width, max(1, total // 20), failures, piece))
        done += len(part.files)
    if any(len(split) == 0 for split in splits):
        raise failures[0] if failures else UserError("{folder} holds no images.", folder=path.name)
    if all(_is_grey(split.images) for split in splits):
        splits = [Split(split.images[:, :1].contiguous(), split.labels) for split in splits]
    channels = splits[0].images.shape[1]
    info = DataInfo(
        key=f"folder:{path}",
        title=path.name,
        shape=(channels, height, width),
        classes=classes,
        mean=(0.5,) * channels,
        std=(0.5,) * channels,
        notes=_notes(failures, odd, (width, height)),
    )
    return arranged(info, splits, path.name)


def _listed(path: Path) -> tuple[tuple[str, ...], list[_Part]]:
    """The class names, and the parts in the order training, validation, test."""
    if not path.is_dir():
        raise UserError("The folder {folder} does not exist.", folder=path)
    try:
        inside = {child.name.lower(): child for child in _folders(path)}
        named = [
            next((inside[name] for name in names if name in inside), None) for names in (_TRAIN, _VALIDATION, _TEST)
        ]
        roots = [root for root in named if root is not None] if named[0] is not None else [path]
        classes = tuple(child.name for child in _folders(roots[0]))
        if not classes:
            raise UserError(
                "{folder} has no sub-folders: put the images of each class into a folder named after it.",
                folder=roots[0].name,
            )
        if len(classes) > MAX_CLASSES:
            raise UserError(
                "{folder} has {count} sub-folders; up to {limit} classes are read.",
                folder=roots[0].name,
                count=len(classes),
                limit=MAX_CLASSES,
            )
        parts = [_part(root, classes) for root in roots]
    except OSError as error:
        raise UserError("{folder} cannot be read: {reason}.", folder=path, reason=error.strerror or error) from error
    for root, part in zip(roots, parts, strict=True):
        if not part.files:
            raise UserError("{folder} holds no images in its sub-folders.", folder=root.name)
    empty = [name for label, name in enumerate(classes) if label not in parts[0].labels]
    if empty:
        raise UserError("The class folder {folder} holds no images.", folder=empty[0])
    return classes, parts


def _part(root: Path, classes: tuple[str, ...]) -> _Part:
    part = _Part([], [])
    for child in _folders(root):
        if child.name not in classes:
            raise UserError(
                "{folder} holds the class {name}, which the training part lacks.", folder=root.name, name=child.name
            )
        for where, folders, files in os.walk(child):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            found = [Path(where, name) for name in sorted(files) if _is_image(name)]
            part.files += found
            part.labels += [classes.index(child.name)] * len(found)
    return part


def _folders(path: Path) -> list[Path]:
    """The sub-folders that mean something: not hidden ones, nor what macOS puts into archives."""
    children = [child for child in path.iterdir() if child.is_dir()]
    return sorted(child for child in children if not child.name.startswith((".", "__")))


def _is_image(name: str) -> bool:
    return name.lower().endswith(ENDINGS) and not name.startswith(".")


def _commonest_size(files: Sequence[Path], watch: Watch) -> tuple[int, int, bool]:
    """`(H, W)` to fit to, and whether any image has another size. Reads headers only."""
    sizes: Counter[tuple[int, int]] = Counter()
    for index, file in enumerate(files):
        if index % 64 == 0:
            watch.at(index / len(files))
        size = _size(file)
        if size is not None:
            sizes[size] += 1
    if not sizes:
        return 1, 1, False  # every one is unreadable: reading them will say why
    most = max(sizes.items(), key=lambda item: (item[1], item[0]))[0]
    height, width = fitted_size(most)
    return height, width, set(sizes) != {(height, width)}


def _size(file: Path) -> tuple[int, int] | None:
    """`(H, W)` as the picture is seen, turned as its EXIF says; None where it cannot be told."""
    from PIL import Image

    from cnnviewer.core.images import FORMATS

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(file, formats=FORMATS) as picture:
                turned = picture.getexif().get(0x0112, 1) in (5, 6, 7, 8)
                return (picture.width, picture.height) if turned else (picture.height, picture.width)
    except Exception:  # a broken picture can raise anything; the real reading names it
        return None


def _read(part: _Part, height: int, width: int, admitted: int, failures: list[UserError], watch: Watch) -> Split:
    from cnnviewer.core.images import read_image

    images = np.empty((len(part.files), height, width, 3), np.uint8)
    kept: list[int] = []
    for index, file in enumerate(part.files):
        if index % 16 == 0:
            watch.at(index / len(part.files))
        try:
            images[len(kept)] = fit_bytes(read_image(file), height, width)
        except UserError as error:
            failures.append(error)
            if len(failures) > admitted:
                raise failures[0] from error
        else:
            kept.append(part.labels[index])
    watch.at(1.0)
    return Split(to_nchw(images[: len(kept)]), torch.tensor(kept, dtype=torch.int64))


def _is_grey(images: torch.Tensor) -> bool:
    red, green, blue = images[:, 0], images[:, 1], images[:, 2]
    return bool(torch.equal(red, green) and torch.equal(green, blue))


def _notes(failures: Sequence[UserError], fitted: bool, size: tuple[int, int]) -> tuple[UserError, ...]:
    notes = []
    if failures:
        notes.append(
            UserError(
                "{count} images were left out because they cannot be read. The first: {sentence}",
                count=len(failures),
                sentence=failures[0],
            )
        )
    if fitted:
        notes.append(UserError("Images were cropped and scaled to {size} pixels.", size=size_text(size)))
    return tuple(notes)
