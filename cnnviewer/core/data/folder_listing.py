"""Which images the user's folder holds, by part and by class; nothing in them is read."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from cnnviewer.core.data.arrays import MAX_CLASSES, check_names, nfc, some
from cnnviewer.core.errors import UserError

ENDINGS = (
    *(".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".bmp", ".gif", ".webp", ".tif", ".tiff"),
    *(".ppm", ".pgm", ".pbm", ".pnm", ".avif"),
    *(".heic", ".heif"),  # photos that cannot be read: the reader of pictures says so
)
_UNREAD = (".svg", ".jp2", ".jxl", ".tga", ".psd", ".ico", ".dcm", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".raw")
# What Synology, macOS, Windows and Linux put into folders.
_OF_SYSTEMS = ("@eadir", "__macosx", "#recycle", "$recycle.bin", "system volume information", "lost+found")
_is_junction: Callable[[str], bool] = getattr(os.path, "isjunction", lambda _: False)  # Windows, from Python 3.12 on
_LEVELS = 4  # that a folder may be too high

Role = Literal["train", "validation", "test"]
_ROLES: dict[str, Role] = {
    **dict.fromkeys(("train", "training", "trainset", "trainingset"), "train"),
    **dict.fromkeys(("val", "valid", "validation", "valset", "validset", "validationset"), "validation"),
    **dict.fromkeys(("test", "testing", "testset", "testingset"), "test"),
}
_SOUNDS_LIKE = {"train": ("train", "학습", "훈련"), "test": ("test", "val", "시험", "테스트", "검증")}


@dataclass
class FolderPart:
    """The files of one part with their labels, in reading order; `root` holds its class folders."""

    root: Path
    files: list[Path] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class FolderListing:
    """The images of a folder.

    Attributes:
        root: the folder with the classes or the parts: the one chosen, or one inside it.
        classes: their names in NFC, in the order of torchvision's `ImageFolder`.
        notes: what the user should know of what was left out.

    """

    root: Path
    classes: tuple[str, ...]
    train: FolderPart
    validation: FolderPart | None
    test: FolderPart | None
    notes: tuple[UserError, ...] = ()

    @property
    def parts(self) -> list[FolderPart]:
        """Those that there are: training, validation, test."""
        return [part for part in (self.train, self.validation, self.test) if part is not None]

    def stamp(self) -> str:
        """Changes when a file is added, removed or written again."""
        digest = hashlib.sha256(repr(self.classes).encode())
        for part in self.parts:
            for file in part.files:
                try:
                    about = file.stat()
                    digest.update(f"{file}\0{about.st_size}\0{about.st_mtime_ns}\n".encode(errors="surrogateescape"))
                except OSError:  # a link that leads nowhere
                    digest.update(f"{file}\n".encode(errors="surrogateescape"))
        return digest.hexdigest()


def listed(path: Path) -> FolderListing:
    """The images in the folder `path`, or in the only folder inside it.

    Raises:
        UserError: no classes, no training part, several data sets, or a part without images.
        OSError: it cannot be read.
    """
    root, roles = _root(path)
    notes: list[UserError] = []
    if root != path:
        notes.append(UserError("The images are those of {folder}.", folder=root.relative_to(path).as_posix()))
    if roles:
        used = set(roles.values())
        beside = [child.name for child in _folders(root) if child not in used and _holds_images(child)]
        if beside:
            notes.append(UserError("Folders beside the training split are left out: {names}.", names=some(beside)))
    train = _inner(roles.get("train", root), ())
    folders = _folders(train)
    classes = checked_classes(tuple(nfc(folder.name) for folder in folders), train)
    check_names(classes, train.name)
    inside = {child.name: _named_role(child) for folder in folders for child in _folders(folder)}
    if len({role for role in inside.values() if role is not None}) > 1:
        names = sorted(name for name, role in inside.items() if role is not None)
        notes.append(
            UserError("Images in {names} inside the class folders are read together, as one part.", names=some(names))
        )
    parts = {"train": _part(train, classes)}
    parts |= {role: _part(_inner(folder, classes), classes) for role, folder in roles.items() if role != "train"}
    refuse_empty(list(parts.values()), classes)
    notes += _left_out(path, dict.fromkeys((path, root, *(part.root for part in parts.values()))))
    return FolderListing(root, classes, parts["train"], parts.get("validation"), parts.get("test"), tuple(notes))


def checked_classes(classes: tuple[str, ...], root: Path) -> tuple[str, ...]:
    """The classes found in `root`, where there are any, and no more than are read."""
    if not classes:
        raise UserError(
            "{folder} has no sub-folders: put the images of each class into a folder named after it.",
            folder=root.name,
        )
    if len(classes) > MAX_CLASSES:
        raise UserError(
            "{folder} has {count} sub-folders; up to {limit} classes are read.",
            folder=root.name,
            count=len(classes),
            limit=MAX_CLASSES,
        )
    return classes


def refuse_empty(parts: Sequence[FolderPart], classes: tuple[str, ...]) -> None:
    """Refuse a part without images, and a class that the first one, which is trained on, has no image of."""
    for part in parts:
        if not part.files:
            raise UserError("{folder} holds no images in its sub-folders.", folder=part.root.name)
    shown = set(parts[0].labels)
    empty = [name for label, name in enumerate(classes) if label not in shown]
    if empty:
        raise UserError("The class folder {folder} holds no images.", folder=empty[0])


def _root(path: Path) -> tuple[Path, dict[Role, Path]]:
    """The folder that holds the parts or the classes, and the parts: none where it holds classes.

    Raises:
        UserError: there are several data sets, or no images to learn from.
    """
    root = path
    for _ in range(_LEVELS):
        filled = [child for child in _folders(root) if _holds_images(child)]
        if roles := _roles(root, filled):
            return root, roles
        inner = [child.name for child in filled if any(_role(part) == "train" for part in _folders(child))]
        if inner and len(filled) > 1:
            raise UserError(
                "{folder} holds data sets of its own in {names}: choose one of these folders.",
                folder=root.name,
                names=some(inner),
            )
        if len(filled) != 1 or not any(map(_holds_images, _folders(filled[0]))):
            break
        root = filled[0]
    return root, {}


def _roles(root: Path, filled: Sequence[Path]) -> dict[Role, Path]:
    """The parts among the folders with images in `root`; none where all are classes.

    Raises:
        UserError: one part twice, or images to evaluate on, but none to learn from.
    """
    found: dict[Role, Path] = {}
    for child in filled:
        role = _role(child)
        if role in found:
            raise UserError(
                "{folder} holds both {one} and {other}: only one of them can be read.",
                folder=root.name,
                one=found[role].name,
                other=child.name,
            )
        if role is not None:
            found[role] = child
    if "train" in found:
        # an empty part is one that the user meant to fill
        return found | {
            role: child for child in _folders(root) if (role := _role(child)) is not None and role not in found
        }
    others = {child.name for child in filled} - {child.name for child in found.values()}
    inside = {child.name for part in found.values() for child in _folders(part)}
    if found and (not others or inside & others):
        raise UserError(
            "{folder} holds {names}, but no folder train with the images to learn from.",
            folder=root.name,
            names=" + ".join(sorted(child.name for child in found.values())),
        )
    _refuse_parts_of_other_names(root, filled)
    flat = [child.name for child in filled if _named_role(child) is not None]
    if len(flat) > 1 and len(flat) == len(filled):
        raise UserError(
            "{folder} has no sub-folders: put the images of each class into a folder named after it.", folder=flat[0]
        )
    return {}


def _refuse_parts_of_other_names(root: Path, filled: Sequence[Path]) -> None:
    """Refuse `seg_train` and `seg_test` with the same folders inside: their classes are not these two.

    Raises:
        UserError: what to call them.
    """
    inside = {child: {nfc(folder.name) for folder in _folders(_inner(child, ()))} for child in filled}
    sounding = {
        role: [child for child in filled if any(word in nfc(child.name).lower() for word in words)]
        for role, words in _SOUNDS_LIKE.items()
    }
    for train in sounding["train"]:
        for other in sounding["test"]:
            if other is not train and inside[train] & inside[other]:
                raise UserError(
                    "{train} and {other} in {folder} hold the same folders, as splits do: call them train and test "
                    "(or val).",
                    train=train.name,
                    other=other.name,
                    folder=root.name,
                )


def _role(folder: Path) -> Role | None:
    """Which part a folder is, by its name; none where it holds images themselves, as a class of that name does."""
    return _named_role(folder) if _folders(folder) or not _images_in(folder) else None


def _named_role(folder: Path) -> Role | None:
    return _ROLES.get("".join(letter for letter in folder.name.lower() if letter.isalnum()))


def _inner(root: Path, classes: tuple[str, ...]) -> Path:
    """The folder with the classes of a part, which an archive may have put into another one of the same kind."""
    for _ in range(_LEVELS):
        children = _folders(root)
        if len(children) != 1 or nfc(children[0].name) in classes or _images_in(root):
            break
        inside = [nfc(child.name) for child in _folders(children[0])]
        if not (set(inside) & set(classes) if classes else inside):
            break
        root = children[0]
    return root


def _part(root: Path, classes: tuple[str, ...]) -> FolderPart:
    part = FolderPart(root)
    places = {name: label for label, name in enumerate(classes)}
    for child in _folders(root):
        label = places.get(nfc(child.name))
        if label is None:
            raise UserError(
                "{folder} holds the class {name}, which the training split lacks.", folder=root.name, name=child.name
            )
        found = [Path(where, name) for where, files in _walk(child) for name in files if _has(name, ENDINGS)]
        part.files += found
        part.labels += [label] * len(found)
    return part


def _left_out(path: Path, roots: Iterable[Path]) -> Iterator[UserError]:
    """What lies about in the folder `path` and is not read, as notes; `roots` hold parts or classes."""
    roots = list(roots)
    stray = [file.relative_to(path).as_posix() for place in roots for file in _images_in(place)]
    if stray:
        yield UserError("Images beside the class folders are left out: {files}.", files=some(stray))
    inside = [(child, child.relative_to(path).as_posix()) for place in roots for child in sorted(place.iterdir())]
    links = [name for child, name in inside if child.is_symlink() and not child.exists()]
    if links:
        yield UserError("Links that lead nowhere are left out: {files}.", files=some(links))
    strange = [name for child, name in inside if child.exists() and not child.is_dir() and not child.is_file()]
    if strange:
        yield UserError("What is neither a file nor a folder is left out: {files}.", files=some(strange))
    loops: list[Path] = []
    kinds = Counter(
        Path(name).suffix.lower() for _, files in _walk(path, loops) for name in files if _has(name, _UNREAD)
    )
    if loops:
        back = [link.relative_to(path).as_posix() for link in loops]
        yield UserError("Links that lead back to a folder above them are left out: {files}.", files=some(back))
    if kinds:
        counted = ", ".join(f"{ending} ({count})" for ending, count in sorted(kinds.items()))
        yield UserError("Files of these kinds are not read: {kinds}.", kinds=counted)


def _walk(folder: Path, loops: list[Path] | None = None) -> Iterator[tuple[str, list[str]]]:
    """Every folder below, linked ones too, with the sorted names of its files; none twice.

    Links that lead back to a folder above them are not followed, and noted in `loops`.
    """
    known = set()
    for where, folders, files in os.walk(folder, followlinks=True):
        place = os.path.realpath(where)
        folders[:] = [] if place in known else sorted(filter(_is_own, folders))
        back = [name for name in folders if _leads_back(where, name)]
        if loops is not None:
            loops += [Path(where, name) for name in back]
        folders[:] = [name for name in folders if name not in back]
        if place not in known:
            yield where, sorted(filter(_is_own, files))
        known.add(place)


def _folders(path: Path) -> list[Path]:
    found = (child for child in path.iterdir() if _is_own(child.name) and child.is_dir())
    return sorted(child for child in found if not _leads_back(child.parent, child.name))


def _leads_back(folder: str | Path, name: str) -> bool:
    """Whether what is called `name` in a folder is a link to that folder, or to one above it."""
    path = os.path.join(folder, name)
    if not (os.path.islink(path) or _is_junction(path)):
        return False
    linked, here = os.path.realpath(path), os.path.realpath(folder)
    return here == linked or here.startswith(linked.rstrip(os.sep) + os.sep)


def _images_in(path: Path) -> list[Path]:
    return sorted(
        child for child in path.iterdir() if _is_own(child.name) and _has(child.name, ENDINGS) and child.is_file()
    )


def _holds_images(path: Path) -> bool:
    """Whether there is an image in it or below."""
    return any(_has(name, ENDINGS) for _, files in _walk(path) for name in files)


def _has(name: str, endings: Iterable[str]) -> bool:
    return name.lower().endswith(tuple(endings))


def _is_own(name: str) -> bool:
    """Whether the user put it there, and no system."""
    return not name.startswith(".") and name.lower() not in _OF_SYSTEMS
