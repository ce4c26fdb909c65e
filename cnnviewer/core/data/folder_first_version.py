"""How a folder's images were found by the first version of reading: for runs and weights of that time."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from cnnviewer.core.data.folder_listing import FolderListing, FolderPart, checked_classes, refuse_empty
from cnnviewer.core.data.sizes import fitted_size
from cnnviewer.core.errors import UserError

ENDINGS = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff")
_NAMES = (("train", "training"), ("val", "valid", "validation"), ("test", "testing"))


def listed(path: Path) -> FolderListing:
    """The images in the folder `path`; the validation part joins the training part where there is a test part.

    Raises:
        UserError: no classes, or a part without images.
        OSError: it cannot be read.
    """
    inside = {child.name.lower(): child for child in _folders(path)}
    train, validation, test = (next((inside[name] for name in names if name in inside), None) for names in _NAMES)
    roots = [path] if train is None else [root for root in (train, validation, test) if root is not None]
    classes = checked_classes(tuple(child.name for child in _folders(roots[0])), roots[0])
    parts = [_part(root, classes) for root in roots]
    refuse_empty(parts, classes)
    if len(parts) == 3:
        parts[:2] = [FolderPart(parts[0].root, parts[0].files + parts[1].files, parts[0].labels + parts[1].labels)]
    return FolderListing(path, classes, parts[0], None, parts[1] if len(parts) > 1 else None)


def commonest_size(sizes: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """`(H, W)` to fit to: the commonest of `sizes`, the larger one of equally common ones."""
    most = max(Counter(sizes).items(), key=lambda item: (item[1], item[0]))[0]
    return fitted_size(most)


def _part(root: Path, classes: tuple[str, ...]) -> FolderPart:
    part = FolderPart(root)
    for child in _folders(root):
        if child.name not in classes:
            raise UserError(
                "{folder} holds the class {name}, which the training split lacks.", folder=root.name, name=child.name
            )
        for where, folders, files in os.walk(child):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            found = [Path(where, name) for name in sorted(files) if _is_image(name)]
            part.files += found
            part.labels += [classes.index(child.name)] * len(found)
    return part


def _folders(path: Path) -> list[Path]:
    children = [child for child in path.iterdir() if child.is_dir()]
    return sorted(child for child in children if not child.name.startswith((".", "__")))


def _is_image(name: str) -> bool:
    return name.lower().endswith(ENDINGS) and not name.startswith(".")
