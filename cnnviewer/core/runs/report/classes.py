"""The confusion matrix and each class of a report. Free of torch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from cnnviewer.core.palettes import Range, table
from cnnviewer.core.runs.report.records import ClassRow, ConfusionCell, Legend, Picture

Counts = npt.NDArray[np.int64]  # (classes, classes): true class, predicted class
_PICTURE_SIDE = 720  # pixels of a confusion matrix that is a picture


def confusion_cells(counts: Counts, classes: Sequence[str]) -> tuple[tuple[ConfusionCell, ...], ...]:
    """The matrix with its colours: deeper where more, the diagonal and the mistakes each on a scale of their own."""
    totals = counts.sum(1)
    worst = max(1, int((counts - np.diag(np.diag(counts))).max()))
    return tuple(
        tuple(
            ConfusionCell(
                count=count,
                correct=label == predicted,
                shade=count / max(1, int(totals[label])) if label == predicted else count / worst,
                title=f"{name} predicted as {classes[predicted]}: {count}",
            )
            for predicted, count in enumerate(counts[label].tolist())
        )
        for label, name in enumerate(classes)
    )


def confusion_picture(counts: Counts) -> tuple[Picture, Legend]:
    """The matrix of many classes as a picture, a square of some pixels for each cell."""
    shares = (counts / np.maximum(1, counts.sum(1, keepdims=True))).astype(np.float32)
    side = max(2, _PICTURE_SIDE // len(counts))
    pixels = table("sequential")[np.rint(255 * shares).astype(np.uint8)].repeat(side, 0).repeat(side, 1)
    description = "confusion matrix, share of each true class"
    return Picture(pixels, description), Legend("sequential", Range(0.0, 1.0))


def class_rows(counts: Counts, classes: Sequence[str]) -> tuple[ClassRow, ...]:
    """Accuracy of each class, and which other one it is most often mistaken for."""
    rows = []
    for label, name in enumerate(classes):
        mistakes = counts[label].copy()
        mistakes[label] = 0
        most = int(mistakes.argmax())
        rows.append(
            ClassRow(
                name=name,
                correct=int(counts[label, label]),
                total=int(counts[label].sum()),
                mistaken_for=(classes[most], int(mistakes[most])) if mistakes[most] else None,
            )
        )
    return tuple(rows)
