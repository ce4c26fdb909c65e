"""Which images of a table are listed, and in which order. Free of torch."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from cnnviewer.core.data.image_id import ImageFiles
from cnnviewer.core.evaluation.confusion import Confusion, Labels

Order = Literal["surest", "unsurest", "loss", "margin", "index"]
"""By confidence in the prediction, largest or smallest first; by loss, largest first; by margin, smallest first."""

ORDERS: Final[tuple[Order, ...]] = ("surest", "unsurest", "loss", "margin", "index")


def ordered(table: Confusion, rows: Labels, order: Order) -> Labels:
    """Rows of a table in an order; equal ones by index, those whose value is not known last.

    Where the table has no scores, loss and margin order by index.
    """
    if order == "index" or (table.scores is None and order in ("loss", "margin")):
        return np.sort(rows)
    rows = np.sort(rows)
    keys: npt.NDArray[np.float32]
    if order in ("surest", "unsurest") or table.scores is None:
        keys = -table.confidences[rows] if order == "surest" else table.confidences[rows]
    else:
        keys = -table.scores.losses[rows] if order == "loss" else table.scores.margins[rows]
    found: Labels = rows[np.argsort(keys, kind="stable")]  # NaN comes last
    return found


def matching(table: Confusion, rows: Labels, files: ImageFiles, text: str) -> Labels:
    """Those of the rows of a table that fit every word of `text`, in the order given.

    A word fits an image whose index it is (`2447`, `#2447`), whose true or predicted class it begins, or whose file's
    name contains it; upper and lower case are alike.
    """
    chosen = np.ones(len(rows), bool)
    for word in text.casefold().split():
        chosen &= _fits(table, rows, files, word)
    found: Labels = rows[chosen]
    return found


def _fits(table: Confusion, rows: Labels, files: ImageFiles, word: str) -> npt.NDArray[np.bool_]:
    number = word.removeprefix("#")
    fits = np.zeros(len(rows), bool)
    if number.isascii() and number.isdigit():
        fits |= table.indices[rows] == int(number) if len(number) < 19 else False
    if word.startswith("#") and number.isdigit():
        return fits
    named = np.array([name.casefold().startswith(word) for name in table.classes], bool)
    if named.any():
        fits |= named[table.labels[rows]] | named[table.predicted[rows]]
    if files.names or (files.array and word.startswith(files.array.casefold())):
        fits |= files.containing(word)[table.indices[rows]]
    return fits
