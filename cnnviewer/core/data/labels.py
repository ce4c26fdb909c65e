"""The labels of an `.npz` and the names of its classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from cnnviewer.core.data.arrays import MAX_CLASSES, check_names, checked_labels, nfc, some
from cnnviewer.core.errors import UserError
from cnnviewer.core.images.decoding import Decoding

Labels = dict[str, npt.NDArray[np.int64]]
_Array = npt.NDArray[Any]


def labelled(
    parts: Mapping[str, _Array],
    counts: Mapping[str, int],
    named: tuple[str, _Array] | None,
    file: str,
    reading: Decoding,
) -> tuple[Labels, tuple[str, ...], list[UserError]]:
    """The labels of each part as indices `(N,)` of the classes, the classes' names, and notes.

    Args:
        parts: labels as they were read, by part; `train` is the first.
        counts: images of each part.
        named: the key and the array that may hold the names.
        file: named in sentences.
        reading: by which rules.

    Raises:
        UserError: labels that do not belong to the images, that no training image has, or two classes of one name.
    """
    columns = [part[:, 0] if part.ndim == 2 and part.shape[1] == 1 else part for part in parts.values()]
    if any(part.ndim == 2 for part in columns):
        raise UserError(
            "{file}: the labels have several columns (one-hot or several classes an image); one whole number "
            "for each image is needed.",
            file=file,
        )
    if reading.is_first:
        indices, classes = _as_before(columns, list(counts.values()), named[1] if named else None, file)
        return dict(zip(parts, indices, strict=True)), classes, []
    notes = []
    names = None
    if named is not None and (names := _names(named[1])) is None:
        notes.append(
            UserError(
                "The array {key} of {file} is no list of names: the classes keep their labels.", key=named[0], file=file
            )
        )
    if names is not None:
        check_names(names, file)
    if all(part.ndim == 1 and part.dtype.kind in "SU" for part in columns):
        indices, classes = _of_words([_words(part) for part in columns], list(counts.values()), names, file)
    else:
        limit = MAX_CLASSES if names is None else len(names)
        pairs = zip(columns, counts.values(), strict=True)
        indices = [checked_labels(part, count, limit, file) for part, count in pairs]
        classes = names or ()
    if not all(map(str.strip, classes)):
        raise UserError("{file} has a class without a name: name it, or leave its images out.", file=file)
    by_part = dict(zip(parts, indices, strict=True))
    shown = np.unique(by_part["train"])
    if names is None:
        _refuse_unlearned(by_part, shown, classes, file)
        if not classes:
            by_part = {role: np.searchsorted(shown, part) for role, part in by_part.items()}
            classes = tuple(map(str, shown.tolist()))
            if shown[-1] != len(shown) - 1:
                notes.append(
                    UserError(
                        "The classes of {file} are the labels of its training images: {labels}.",
                        file=file,
                        labels=_runs(shown.tolist()),
                    )
                )
    elif len(shown) < len(classes):
        without = [name for label, name in enumerate(classes) if label not in shown]
        notes.append(
            UserError("{file} has no training image of these classes: {names}.", file=file, names=some(without))
        )
    return by_part, classes, notes


def _as_before(
    parts: Sequence[_Array], counts: Sequence[int], names: _Array | None, file: str
) -> tuple[list[npt.NDArray[np.int64]], tuple[str, ...]]:
    """By the first version: every number up to the highest label is a class, and bytes name none."""
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


def _names(found: _Array) -> tuple[str, ...] | None:
    """The names in an array of them: texts, bytes or whole numbers; None where it is something else."""
    if found.ndim != 1 or found.dtype.kind not in "SUiu" or not 0 < len(found) <= MAX_CLASSES:
        return None
    return tuple(map(str, found.tolist())) if found.dtype.kind in "iu" else tuple(_words(found).tolist())


def _words(found: _Array) -> npt.NDArray[np.str_]:
    """Texts in NFC, from bytes as UTF-8."""
    texts = (item.decode("utf-8", "replace") if isinstance(item, bytes) else item for item in found.tolist())
    return np.array([nfc(text) for text in texts], dtype=np.str_)


def _of_words(
    parts: Sequence[npt.NDArray[np.str_]], counts: Sequence[int], names: tuple[str, ...] | None, file: str
) -> tuple[list[npt.NDArray[np.int64]], tuple[str, ...]]:
    words = tuple(np.unique(np.concatenate(parts)).tolist())
    if names is not None and not set(words) <= set(names):
        raise UserError(
            "{file} has the labels {labels}, which are not among its class names.",
            file=file,
            labels=some(sorted(set(words) - set(names))),
        )
    classes = names or words
    if len(classes) > MAX_CLASSES:
        raise UserError(
            "{file} has {count:class|classes}; up to {limit} are read.",
            file=file,
            count=len(classes),
            limit=MAX_CLASSES,
        )
    places = {name: index for index, name in enumerate(classes)}
    numbers = [np.array([places[word] for word in part.tolist()], np.int64) for part in parts]
    pairs = zip(numbers, counts, strict=True)
    return [checked_labels(part, count, len(classes), file) for part, count in pairs], classes


def _refuse_unlearned(parts: Labels, shown: npt.NDArray[np.int64], classes: tuple[str, ...], file: str) -> None:
    """Refuse a label that only images have on which the model is evaluated."""
    for role, part in parts.items():
        others = np.setdiff1d(part, shown).tolist()
        if others:
            raise UserError(
                "{file}: no training image has the labels {labels} of the {part} split.",
                file=file,
                labels=some([classes[label] for label in others]) if classes else _runs(others),
                part=role,
            )


def _runs(numbers: Sequence[int]) -> str:
    """`0 to 4, 500` for 0, 1, 2, 3, 4, 500."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return some([str(low) if low == high else f"{low} to {high}" for low, high in runs], 8)
