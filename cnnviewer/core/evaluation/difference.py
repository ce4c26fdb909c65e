"""What differs between two evaluations of the same images: cells, and the images that became correct or wrong."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.confusion import Confusion, Labels
from cnnviewer.core.evaluation.metrics import Amounts, amounts_of

Flip = Literal["wrong", "right", "changed"]
"""Predictions that became wrong, became correct, or are other ones than before (right or wrong)."""


@dataclass(frozen=True, eq=False)
class Difference:
    """Two tables over the images that both cover.

    Attributes:
        classes: their names, in the order of the table of now.
        now, before: `(C, C)` counts over the common images.
        rows: `(M,)` the common images as rows of the table of now, ascending.
        predicted_before: `(M,)` what was predicted on them before, numbered as `classes`.
        confidences_before: `(M,)` the probability of that.
        labels: `(M,)` their classes.
        predicted: `(M,)` what is predicted now.

    """

    classes: tuple[str, ...]
    now: Labels
    before: Labels
    rows: Labels
    predicted_before: Labels
    confidences_before: npt.NDArray[np.float32]
    labels: Labels
    predicted: Labels

    @property
    def total(self) -> int:
        """Images that both tables cover."""
        return len(self.rows)

    def values(self, amounts: Amounts) -> npt.NDArray[np.float64]:
        """Now minus before in each cell, `(C, C)`: images, or shares of a row or column."""
        if amounts == "counts":
            return np.subtract(self.now, self.before, dtype=np.float64)
        return amounts_of(self.now, amounts) - amounts_of(self.before, amounts)

    def flipped(self, flip: Flip) -> Labels:
        """Rows of the table of now whose prediction became wrong, became correct, or changed: ascending."""
        was, became = self.predicted_before == self.labels, self.predicted == self.labels
        chosen = {"wrong": was & ~became, "right": ~was & became, "changed": self.predicted_before != self.predicted}
        found: Labels = self.rows[chosen[flip]]
        return found

    def came_and_left(self, cell: tuple[int, int]) -> tuple[Labels, Labels]:
        """Rows of the images that are new in a cell (label, predicted), and of those that were in it before."""
        label = self.labels == cell[0]
        inside, before = self.predicted == cell[1], self.predicted_before == cell[1]
        return self.rows[label & inside & ~before], self.rows[label & ~inside & before]

    def before_of(self, row: int) -> tuple[int, float] | None:
        """What was predicted before on the image in a row of the table of now, and how probable; None: not known."""
        place = int(np.searchsorted(self.rows, row))
        if place >= self.total or self.rows[place] != row:
            return None
        return int(self.predicted_before[place]), float(self.confidences_before[place])


def difference_of(now: Confusion, before: Confusion) -> Difference:
    """Compare two tables of the same split. Classes are matched by name, in whatever order each has them.

    Raises:
        UserError: the classes or the images are others.
    """
    numbers = _numbers(now.classes, before.classes)
    if numbers is None or now.available != before.available:
        raise UserError("These predictions cannot be compared: they are for other classes or other images.")
    rows, rows_before = _common(now.indices, before.indices)
    labels, predicted = now.labels[rows], now.predicted[rows]
    predicted_before = numbers[before.predicted[rows_before]]
    if not np.array_equal(labels, numbers[before.labels[rows_before]]) or not len(rows):
        raise UserError("These predictions cannot be compared: they are for other classes or other images.")
    count, order = len(now.classes), np.argsort(numbers)
    same = before.counts if now.classes == before.classes else before.counts[np.ix_(order, order)]
    return Difference(
        now.classes,
        now.counts if len(rows) == now.total else _counts(labels, predicted, count),
        same if len(rows) == before.total else _counts(labels, predicted_before, count),
        rows.astype(np.int64),
        predicted_before,
        before.confidences[rows_before],
        labels,
        predicted,
    )


def _common(now: Labels, before: Labels) -> tuple[Labels, Labels]:
    """The places in two ascending arrays of what is in both."""
    if np.array_equal(now, before):
        both = np.arange(len(now))
        return both, both
    _, rows, rows_before = np.intersect1d(now, before, assume_unique=True, return_indices=True)
    return rows, rows_before


def _numbers(now: tuple[str, ...], before: tuple[str, ...]) -> Labels | None:
    """The numbers that the classes of before have now; None where they are others."""
    if now == before:
        return np.arange(len(now))
    places = {name: place for place, name in enumerate(_plain(now))}
    named = _plain(before)
    return np.array([places[name] for name in named], np.int64) if set(named) == set(places) else None


def _plain(names: tuple[str, ...]) -> list[str]:
    return [unicodedata.normalize("NFC", name) for name in names]


def _counts(labels: Labels, predicted: Labels, count: int) -> Labels:
    return np.bincount(labels * count + predicted, minlength=count * count).reshape(count, count).astype(np.int64)
