"""What has changed since a run was trained: its images, labels and class names, its code, its environment.

Pure functions. Resume, evaluation, report and display of a run all use these.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from cnnviewer.core.data.source import Piece
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.own.code import check_code
from cnnviewer.core.runs.format.info import RunInfo

if TYPE_CHECKING:
    from cnnviewer.core.data.dataset import DataSet

Changes = tuple[UserError, ...]
_DECISIVE: Final = {"torch": "PyTorch", "system": "system", "processor": "processor", "processes": "processes"}
"""Of a run's versions those that its weights depend on, and what they are called."""
_MOST = 4  # changes that are named


class DataChangedError(UserError):
    """A run's images, labels or class names are no longer what the run was trained with.

    Attributes:
        changes: a sentence each, without a full stop.

    """

    def __init__(self, run: str, changes: Changes) -> None:
        super().__init__(
            "The data changed since {run} was trained: {changes}. Say --changed-data to use them all the same.",
            run=run,
            changes=in_one(changes),
        )
        self.changes = changes


def data_changes(info: RunInfo, data: DataSet) -> Changes:
    """What differs between the data that the run was trained with and `data`; nothing where they are the same.

    A run that noted no checksums of its source is compared by its `fingerprint` alone.
    """
    then, now = info.source.pieces, data.source.pieces
    if then and now:
        from cnnviewer.core.models.class_match import as_numbered

        return _pieces(then, now) or _classes(info.recipe.classes, as_numbered(info.recipe, data).info.classes)
    if info.fingerprint and fingerprint_of(data) != info.fingerprint:
        return (UserError("other images or labels than those that it was trained with"),)
    return ()


def with_new_names(info: RunInfo, data: DataSet) -> RunInfo:
    """The run with its classes called as changed data call them; itself where it has these classes, in any order.

    The classes of a folder are known by their images, those of an `.npz` by their labels, a single one as what is left.

    Raises:
        UserError: the classes cannot be matched.
    """
    from cnnviewer.core.models.class_match import match_classes

    try:
        match_classes(info.recipe, data.info)
        return info
    except UserError:
        then, now = map(_nfc, (info.recipe.classes, data.info.classes))
    if data.info.data_key.kind == "npz":
        called = dict(zip(then, now, strict=False))
    else:
        found = {(piece.count, piece.check): _class_of(piece) for piece in data.source.pieces}
        pieces = (piece for piece in info.source.pieces if (piece.count, piece.check) in found)
        called = {_class_of(piece): found[piece.count, piece.check] for piece in pieces}
    names = [called.get(name, name) for name in then]
    gone, new = [name for name in then if name not in now], [name for name in now if name not in then]
    if set(names) != set(now) and len(gone) == len(new) == 1:
        names = [new[0] if name == gone[0] else name for name in then]
    recipe = replace(info.recipe, classes=tuple(names))
    match_classes(recipe if set(names) == set(now) else info.recipe, data.info)
    return replace(info, recipe=recipe)


def check_data(info: RunInfo, data: DataSet, agreed: bool) -> Changes:
    """The same.

    Args:
        info: of the run.
        data: that it shall be used with.
        agreed: the user has consented to the changed data.

    Raises:
        DataChangedError: they have changed, and the user has not consented.
    """
    changes = data_changes(info, data)
    if changes and not agreed:
        raise DataChangedError(info.id, changes)
    return changes


def code_changes(info: RunInfo) -> Changes:
    """The files of the run's model that are no longer what they were, as one change."""
    files = check_code(info.id, info.config.model_key, info.code, agreed=True)
    return (UserError("the code in {files} changed", files=", ".join(files)),) if files else ()


def same_images(one: RunInfo, other: RunInfo) -> bool:
    """Whether two runs were trained on, and are tested with, the same images and labels, as far as they noted that."""
    if one.source.pieces and other.source.pieces:
        return one.source.pieces == other.source.pieces
    return one.fingerprint == other.fingerprint


def surroundings_changes(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """What a run's weights depend on besides its data and code, where it is another now: `PyTorch 2.13 → 2.14`.

    What was not noted then is not compared.
    """
    return tuple(
        f"{words} {then.get(name, '1')} → {now.get(name, '1')}"
        for name, words in _DECISIVE.items()
        if (name in then or name == "processes") and then.get(name, "1") != now.get(name, "1")
    )


def in_one(changes: Sequence[UserError]) -> UserError:
    """Several changes as one phrase; of many the first ones."""
    more = len(changes) - _MOST
    named = [*changes[:_MOST], *([UserError("{count} more", count=more)] if more > 0 else [])]
    places: dict[str, Any] = {f"c{number}": change for number, change in enumerate(named)}
    return UserError("; ".join(f"{{{place}}}" for place in places), **places)


def fingerprint_of(data: DataSet) -> str:
    """SHA-256 of the training labels and a thousand training images: used to compare runs from before `Source`."""
    digest = hashlib.sha256(str((data.info.shape, len(data.train), len(data.test))).encode())
    digest.update(data.train.labels.cpu().numpy().tobytes())
    every = max(1, len(data.train) // 1000)
    digest.update(np.ascontiguousarray(data.train.images[::every].cpu().numpy()).tobytes())
    return digest.hexdigest()


def _pieces(then: Sequence[Piece], now: Sequence[Piece]) -> Changes:
    """What differs, in the order of the names."""
    before, after = ({(piece.name, piece.what): piece for piece in pieces} for pieces in (then, now))
    gone = [piece for key, piece in before.items() if key not in after]
    new = {(piece.count, piece.check): piece for key, piece in after.items() if key not in before}
    said: list[UserError] = []
    for piece in gone:
        renamed = new.pop((piece.count, piece.check), None)
        if renamed is not None:
            said.append(UserError("{old} is now called {new}", old=piece.name, new=renamed.name))
        else:
            said.append(UserError("{name} ({count:image|images}) is gone", name=piece.name, count=piece.count))
    said += [
        UserError("{name} ({count:image|images}) is new", name=piece.name, count=piece.count) for piece in new.values()
    ]
    return (*said, *(words for key, piece in before.items() if key in after for words in _piece(piece, after[key])))


def _piece(then: Piece, now: Piece) -> Changes:
    more = now.count - then.count
    if then.what == "labels":
        changed = then.count == now.count and then.check != now.check  # else the images say it
        return (UserError("the labels in {name} changed", name=then.name),) if changed else ()
    if more > 0:
        return (UserError("images added to {name}: {count}", name=then.name, count=more),)
    if more < 0:
        return (UserError("images removed from {name}: {count}", name=then.name, count=-more),)
    return (UserError("images in {name} changed", name=then.name),) if then.check != now.check else ()


def _classes(then: Sequence[str], now: Sequence[str]) -> Changes:
    before, after = map(_nfc, (then, now))
    if len(before) != len(after):
        return (UserError("{now:class|classes} in place of {then}", now=len(after), then=len(before)),)
    return tuple(
        UserError("the class {old} is now called {new}", old=old, new=new)
        for old, new in zip(before, after, strict=True)
        if old != new
    )


def _class_of(piece: Piece) -> str:
    return piece.name.rpartition("/")[2]


def _nfc(names: Sequence[str]) -> list[str]:
    return [unicodedata.normalize("NFC", name) for name in names]
