"""Numbers of a confusion matrix: shares, precision, recall and F1 of each class, top-k accuracy. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from cnnviewer.core.evaluation.confusion import Confusion, Labels, Shares, shares

Amounts = Literal["counts", "recall", "precision"]


@dataclass(frozen=True, eq=False)
class ClassMetrics:
    """Every class of a table, each `(C,)`.

    Attributes:
        precision: TP / (TP + FP); NaN for a class that is never predicted.
        recall: TP / (TP + FN); NaN for a class without images.
        f1: 2 TP / (2 TP + FP + FN), the harmonic mean of the two; NaN for a class without images that is never
            predicted.
        support: images of the class.
        predicted: images predicted as the class.

    """

    precision: Shares
    recall: Shares
    f1: Shares
    support: Labels
    predicted: Labels


def class_metrics(counts: Labels) -> ClassMetrics:
    """Precision, recall, F1 and support by their definitions (C. J. van Rijsbergen, 1979, for F1).

    `counts` is `(C, C)`: rows are true classes, columns predicted ones.
    """
    right, support, predicted = np.diagonal(counts), counts.sum(axis=1), counts.sum(axis=0)
    f1 = shares(2 * right, support + predicted)
    return ClassMetrics(shares(right, predicted), shares(right, support), f1, support, predicted)


def mean_of(values: Shares) -> float:
    """The mean over the classes that have a value (macro average); NaN where none has."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else float("nan")


def top_k(table: Confusion, k: int) -> float | None:
    """The share of images whose class is among the k of the largest logits, 0..1; None where ranks are not known.

    For k = 1 it is the accuracy. NaN without images.
    """
    if table.scores is None:
        return None
    return float(np.mean(table.scores.ranks < k)) if table.total else float("nan")


def amounts_of(counts: Labels, amounts: Amounts) -> npt.NDArray[np.float64]:
    """What stands in the cells, `(C, C)`.

    Counts themselves; with `recall` each row's shares of its images, with `precision` each column's. A row or column
    without images has zeros.
    """
    if amounts == "counts":
        return counts.astype(np.float64)
    whole = counts.sum(axis=int(amounts == "recall"), keepdims=True)
    return np.asarray(counts / np.maximum(whole, 1))


def largest_confusions(counts: Labels, most: int = 100) -> Labels:
    """The cells off the diagonal with the most images, `(n, 3)` of true class, predicted class and images.

    Largest first; of equal ones in the order of the rows. Cells without images are left out.
    """
    errors = counts.copy()
    np.fill_diagonal(errors, 0)
    flat = errors.ravel()
    filled = np.flatnonzero(flat)
    if len(filled) > most:  # those as large as the last one that has a place are all sorted
        least = np.partition(flat[filled], len(filled) - most)[len(filled) - most]
        filled = filled[flat[filled] >= least]
    order = filled[np.argsort(-flat[filled], kind="stable")][:most]
    rows, columns = np.divmod(order, counts.shape[1])
    return np.stack([rows, columns, flat[order]], axis=1).astype(np.int64)
