"""The tables of the page Classes: one row a class, one row a confusion."""

from __future__ import annotations

import math
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt

from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.core.evaluation.metrics import ClassMetrics
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.percent import percent
from cnnviewer.ui.widgets.record_table import RecordModel

_CLASS_COLUMNS: Final = ("name", "precision", "recall", "f1", "support", "predicted")
_CONFUSION_COLUMNS: Final = ("label", "predicted", "count", "share")


class ClassesModel(RecordModel):
    """Rows are the numbers of the classes: their metrics beside their names."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(_CLASS_COLUMNS, parent)
        self._classes: tuple[str, ...] = ()
        self._metrics: ClassMetrics | None = None

    def set_metrics(self, classes: tuple[str, ...], metrics: ClassMetrics | None, same: bool) -> None:
        """Show these; `same`: of the same classes as before."""
        self._classes, self._metrics = classes, metrics
        self.set_records(tuple(range(len(classes))), same)

    def title(self, column: str) -> str:
        """The field's names."""
        return {
            "name": QCoreApplication.translate("Evaluate", "Class"),
            "precision": QCoreApplication.translate("Evaluate", "Precision"),
            "recall": QCoreApplication.translate("Evaluate", "Recall"),
            "f1": QCoreApplication.translate("Evaluate", "F1"),
            "support": QCoreApplication.translate("Evaluate", "Images"),
            "predicted": QCoreApplication.translate("Evaluate", "Predicted"),
        }[column]

    def title_tip(self, column: str) -> str | None:
        """What they mean."""
        return {
            "precision": QCoreApplication.translate("Evaluate", "Of what is predicted as the class, the share that is"),
            "recall": QCoreApplication.translate("Evaluate", "Of the images of the class, the share that is found"),
            "f1": QCoreApplication.translate("Evaluate", "The harmonic mean of precision and recall"),
            "support": QCoreApplication.translate("Evaluate", "Images of the class (support)"),
            "predicted": QCoreApplication.translate("Evaluate", "Images predicted as the class"),
        }.get(column)

    def _value(self, row: int, column: str) -> float:
        return float(getattr(self._metrics, column)[row])

    def text(self, row: int, column: str) -> str:
        """A name, a share in percent, a number of images; a dash for what cannot be divided."""
        if column == "name":
            return class_word(self._classes[row])
        value = self._value(row, column)
        if column in ("support", "predicted"):
            return f"{int(value):,}"
        return "–" if math.isnan(value) else percent(value)

    def tip(self, row: int, column: str) -> str:
        """Why there is a dash."""
        if column in ("name", "support", "predicted") or not math.isnan(self._value(row, column)):
            return class_word(self._classes[row]) if column == "name" else ""
        if column == "precision":
            return QCoreApplication.translate("Evaluate", "Nothing is predicted as this class.")
        if column == "recall":
            return QCoreApplication.translate("Evaluate", "There are no images of this class.")
        return QCoreApplication.translate(
            "Evaluate", "There are no images of this class, and nothing is predicted as it."
        )

    def sort_key(self, row: int, column: str) -> Any:
        """The number; what has none comes first, as the least. Names in the order of the classes."""
        if column == "name":
            return row
        value = self._value(row, column)
        return -1.0 if math.isnan(value) else value

    def alignment(self, column: str) -> Qt.AlignmentFlag:
        """Numbers at the right."""
        side = Qt.AlignmentFlag.AlignLeft if column == "name" else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter


class ConfusionsModel(RecordModel):
    """Rows are `[true class, predicted class, images]`."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(_CONFUSION_COLUMNS, parent)
        self._table: Confusion | None = None
        self._support: list[int] = []

    def set_confusions(self, table: Confusion | None, rows: list[list[int]]) -> None:
        """Show these of a table."""
        self._table = table
        self._support = table.counts.sum(axis=1).tolist() if table is not None else []
        self.set_records(tuple(map(tuple, rows)), False)

    def title(self, column: str) -> str:
        """The field's names."""
        return {
            "label": QCoreApplication.translate("Evaluate", "True class"),
            "predicted": QCoreApplication.translate("Evaluate", "Predicted"),
            "count": QCoreApplication.translate("Evaluate", "Images"),
            "share": QCoreApplication.translate("Evaluate", "Of the class"),
        }[column]

    def title_tip(self, column: str) -> str | None:
        """What the share is of."""
        text = QCoreApplication.translate("Evaluate", "The share of the images of the true class")
        return text if column == "share" else None

    def text(self, row: int, column: str) -> str:
        """Names, a number of images, a share in percent."""
        label, predicted, count = self.rows[row]
        classes = self._table.classes if self._table is not None else ()
        match column:
            case "label":
                return class_word(classes[label])
            case "predicted":
                return class_word(classes[predicted])
            case "count":
                return f"{count:,}"
        return percent(count / self._support[label])

    def sort_key(self, row: int, column: str) -> Any:
        """Numbers; names in the order of the classes."""
        label, predicted, count = self.rows[row]
        share = count / self._support[label]
        return {"label": label, "predicted": predicted, "count": count, "share": share}[column]

    def alignment(self, column: str) -> Qt.AlignmentFlag:
        """Numbers at the right."""
        side = Qt.AlignmentFlag.AlignRight if column in ("count", "share") else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
