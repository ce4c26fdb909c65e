"""The tables of the page Classes: one row a class, one row a confusion."""

from __future__ import annotations

import math
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt

from cnnviewer.core.evaluation.metrics import ClassMetrics
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.percent import percent
from cnnviewer.ui.widgets.record_table import RecordModel

_SHARES: Final = ("precision", "recall", "f1")
_CHANGE: Final = "-change"
_CLASS_COLUMNS: Final = ("name", *_SHARES, "support", "predicted")
_COMPARED_COLUMNS: Final = ("name", *(name + end for name in _SHARES for end in ("", _CHANGE)), "support")
_CONFUSION_COLUMNS: Final = ("label", "predicted", "count", "share")
_COMPARED_CONFUSIONS: Final = ("label", "predicted", "count", "before")


def share_text(share: float | None) -> str:
    """A share in percent; a dash where there is none."""
    return "–" if share is None or math.isnan(share) else percent(share)


def _compared_text(share: float) -> str:
    """A share beside another one: in percent, without the sign, fine enough for one of thousands of images."""
    return "–" if math.isnan(share) else f"{100 * share:.2f}"


def _points_text(before: float, now: float) -> str:
    """A change in percentage points with its sign: that of the numbers beside it, as they are written."""
    if math.isnan(now - before):
        return "–"
    points = float(_compared_text(now)) - float(_compared_text(before))
    return f"{points:+.2f}".replace("-", "\N{MINUS SIGN}") if round(points, 2) else "0"


class ClassesModel(RecordModel):
    """Rows are the numbers of the classes: their metrics beside their names, compared also what they were before."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(_CLASS_COLUMNS, parent)
        self._classes: tuple[str, ...] = ()
        self._metrics: ClassMetrics | None = None
        self._before: ClassMetrics | None = None

    def set_metrics(
        self, classes: tuple[str, ...], metrics: ClassMetrics | None, before: ClassMetrics | None, same: bool
    ) -> bool:
        """Show these; whether the columns are other ones now.

        Args:
            classes: their names.
            metrics: None: there are none yet.
            before: of the predictions compared with; None: nothing is compared.
            same: they are of the same classes as before.

        """
        self._classes, self._metrics, self._before = classes, metrics, before
        columns = _CLASS_COLUMNS if before is None else _COMPARED_COLUMNS
        others = columns != self.columns
        if others:
            self.beginResetModel()
            self.columns = columns
            self.endResetModel()
        self.set_records(tuple(range(len(classes))), same)
        return others

    @property
    def changes(self) -> tuple[int, ...]:
        """The columns with changes: before and now stand beside them."""
        return tuple(at for at, column in enumerate(self.columns) if column.endswith(_CHANGE))

    def title(self, column: str) -> str:
        """The field's names."""
        if column.endswith(_CHANGE):
            return "Δ"  # a word would take the room of the names
        name = {
            "name": QCoreApplication.translate("Evaluate", "Class"),
            "precision": QCoreApplication.translate("Evaluate", "Precision"),
            "recall": QCoreApplication.translate("Evaluate", "Recall"),
            "f1": QCoreApplication.translate("Evaluate", "F1"),
            "support": QCoreApplication.translate("Evaluate", "Images"),
            "predicted": QCoreApplication.translate("Evaluate", "Predicted"),
        }[column]
        return f"{name} (%)" if self._before is not None and column in _SHARES else name

    def title_tip(self, column: str) -> str | None:
        """What they mean."""
        if column.endswith(_CHANGE):
            return QCoreApplication.translate("Evaluate", "Change: now minus before, in percentage points")
        tip = {
            "precision": QCoreApplication.translate("Evaluate", "Of what is predicted as the class, the share that is"),
            "recall": QCoreApplication.translate("Evaluate", "Of the images of the class, the share that is found"),
            "f1": QCoreApplication.translate("Evaluate", "The harmonic mean of precision and recall"),
            "support": QCoreApplication.translate("Evaluate", "Images of the class (support)"),
            "predicted": QCoreApplication.translate("Evaluate", "Images predicted as the class"),
        }.get(column)
        if tip is None or self._before is None or column not in _SHARES:
            return tip
        return QCoreApplication.translate("Evaluate", "{meaning}: before → now").format(meaning=tip)

    def _value(self, row: int, column: str) -> float:
        return float(getattr(self._metrics, column)[row])

    def _value_before(self, row: int, column: str) -> float:
        return float(getattr(self._before, column)[row])

    def _change(self, row: int, column: str) -> float:
        name = column.removesuffix(_CHANGE)
        return self._value(row, name) - self._value_before(row, name)

    def text(self, row: int, column: str) -> str:
        """A name, a share in percent, a number of images; a dash for what cannot be divided."""
        if column == "name":
            return class_word(self._classes[row])
        if column.endswith(_CHANGE):
            name = column.removesuffix(_CHANGE)
            return _points_text(self._value_before(row, name), self._value(row, name))
        value = self._value(row, column)
        if column in ("support", "predicted"):
            return f"{int(value):,}"
        if self._before is None:
            return share_text(value)
        return f"{_compared_text(self._value_before(row, column))} → {_compared_text(value)}"

    def tip(self, row: int, column: str) -> str:
        """Why there is a dash."""
        if column == "name":
            return class_word(self._classes[row])
        if column not in _SHARES or "–" not in self.text(row, column):
            return ""
        reason = {
            "precision": QCoreApplication.translate("Evaluate", "Nothing is predicted as this class."),
            "recall": QCoreApplication.translate("Evaluate", "There are no images of this class."),
            "f1": QCoreApplication.translate(
                "Evaluate", "There are no images of this class, and nothing is predicted as it."
            ),
        }[column]
        if math.isnan(self._value(row, column)):
            return reason
        return QCoreApplication.translate("Evaluate", "Before: {reason}").format(reason=reason)

    def sort_key(self, row: int, column: str) -> Any:
        """The number; what has none comes first, as the least. Names in the order of the classes."""
        if column == "name":
            return row
        value = self._change(row, column) if column.endswith(_CHANGE) else self._value(row, column)
        return -2.0 if math.isnan(value) else value

    def alignment(self, column: str) -> Qt.AlignmentFlag:
        """Numbers at the right."""
        side = Qt.AlignmentFlag.AlignLeft if column == "name" else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter


class ConfusionsModel(RecordModel):
    """Rows are `(true class, predicted class, images, images before)`."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(_CONFUSION_COLUMNS, parent)
        self._classes: tuple[str, ...] = ()
        self._metrics: ClassMetrics | None = None

    def set_confusions(
        self,
        classes: tuple[str, ...],
        metrics: ClassMetrics | None,
        rows: list[tuple[int, int, int, int]],
        compared: bool,
    ) -> None:
        """Show these; the images before only where the table is compared."""
        self._classes, self._metrics = classes, metrics
        self.beginResetModel()
        self.columns = _COMPARED_CONFUSIONS if compared else _CONFUSION_COLUMNS
        self.rows = tuple(rows)
        self.endResetModel()

    def title(self, column: str) -> str:
        """The field's names."""
        return {
            "label": QCoreApplication.translate("Evaluate", "True class"),
            "predicted": QCoreApplication.translate("Evaluate", "Predicted"),
            "count": QCoreApplication.translate("Evaluate", "Images"),
            "before": QCoreApplication.translate("Evaluate", "Before"),
            "share": QCoreApplication.translate("Evaluate", "Of the class"),
        }[column]

    def title_tip(self, column: str) -> str | None:
        """What the share is of."""
        text = QCoreApplication.translate("Evaluate", "The share of the images of the true class")
        return text if column == "share" else None

    def text(self, row: int, column: str) -> str:
        """Names, a number of images, a share in percent."""
        label, predicted, count, before = self.rows[row]
        match column:
            case "label":
                return class_word(self._classes[label])
            case "predicted":
                return class_word(self._classes[predicted])
            case "share":
                return percent(self._share(row))
        return f"{count if column == 'count' else before:,}"

    def _share(self, row: int) -> float:
        assert self._metrics is not None
        label, _predicted, count, _before = self.rows[row]
        return float(count / self._metrics.support[label])

    def sort_key(self, row: int, column: str) -> Any:
        """Numbers; names in the order of the classes."""
        if column == "share":
            return self._share(row)
        return self.rows[row][("label", "predicted", "count", "before").index(column)]

    def alignment(self, column: str) -> Qt.AlignmentFlag:
        """Numbers at the right."""
        side = Qt.AlignmentFlag.AlignRight if column not in ("label", "predicted") else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
