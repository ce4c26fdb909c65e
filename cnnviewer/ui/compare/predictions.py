"""The same image read by every column: ranked bars side by side, live while one draws."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.core.inspection.records import Prediction
from cnnviewer.core.runs.compare.comparison import ComparedRun
from cnnviewer.ui.compare.run_style import Swatch
from cnnviewer.ui.compare.texts import column_text
from cnnviewer.ui.widgets.percent import percent
from cnnviewer.ui.widgets.plain_text import ElidedLabel, PlainLabel
from cnnviewer.ui.widgets.probability_bars import ProbabilityBars
from cnnviewer.ui.widgets.translated import Translated


class _ModelPrediction(QFrame):
    """One column's reading."""

    def __init__(self, column: ComparedRun, place: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setMinimumWidth(150)
        self.number = column.number
        self._name = ""
        self._prediction = Prediction()
        self._swatch = Swatch(place, self)
        self._title = ElidedLabel(self)
        self._title.setProperty("role", "caption")
        self._agreement = ElidedLabel(self)
        self._agreement.setProperty("role", "title")
        self.bars = ProbabilityBars(self)
        self.bars.set_best_first(True)
        scroll = QScrollArea(self)
        scroll.setWidget(self.bars)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        self.bars.setAutoFillBackground(False)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._swatch)
        head.addWidget(self._title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._agreement)
        layout.addWidget(scroll, 1)
        self.set_column(column, place)

    def set_column(self, column: ComparedRun, place: int) -> None:
        self.setObjectName(f"compareReading_{place}")
        self.bars.setObjectName(f"compareBars_{place}")
        self._swatch.set_place(place)
        self._classes = column.info.recipe.classes
        self.bars.set_classes(self._classes)
        self._name = column_text(column)
        self._title.show_text(self._name)
        self.setAccessibleName(self._name)

    def set_prediction(self, prediction: Prediction, truth: str | None) -> None:
        self._prediction = prediction
        truth = truth if truth in self._classes else None  # a class that the model does not know is no verdict
        self.bars.set_prediction(prediction, truth)
        if prediction.ranking:
            best, chance = prediction.ranking[0]
            text = self.tr("{name} · {percent}").format(name=best, percent=percent(chance))
            if truth is not None:
                text = ("✓ " if truth == best else "✗ ") + text
        else:
            text = "–"
        self._agreement.show_text(text)
        self.setAccessibleDescription(text)

    @property
    def ranking(self) -> list[tuple[str, float]]:
        return list(self._prediction.ranking)


class PredictionsTab(Translated, QWidget):
    """What every column says of the image in the input panel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._readers: list[_ModelPrediction] = []
        self._note = PlainLabel(self)
        self._note.setObjectName("compareReadingNote")
        self._note.setProperty("role", "caption")
        self._note.setWordWrap(True)
        self._order = QToolButton(self)
        self._order.setObjectName("compareOrderButton")
        self._order.setProperty("flat", True)
        self._order.setCheckable(True)
        self._order.setChecked(True)
        self._order.toggled.connect(self._on_order)
        inside = QWidget()
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._scroll = QScrollArea(self)
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        head = QHBoxLayout()
        head.addWidget(self._note, 1)
        head.addWidget(self._order)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        self._said: tuple[bool, bool, str | None] = (False, False, None)
        self.retranslate()

    def set_columns(self, columns: tuple[ComparedRun, ...]) -> None:
        """One reading each."""
        kept = {reader.number: reader for reader in self._readers}
        self._readers = []
        for place, column in enumerate(columns):
            reader = kept.pop(column.number, None)
            if reader is None:
                reader = _ModelPrediction(column, place)
                reader.bars.set_best_first(self._order.isChecked())
                self._row.insertWidget(place, reader, 1)
            else:
                reader.set_column(column, place)
            self._readers.append(reader)
        for reader in kept.values():
            self._row.removeWidget(reader)
            reader.hide()
            reader.deleteLater()

    def set_predictions(self, predictions: Mapping[int, Prediction], truth: str | None) -> None:
        """What each says, by its number."""
        for reader in self._readers:
            reader.set_prediction(predictions.get(reader.number, Prediction()), truth)
        read = [reader.ranking[0][0] for reader in self._readers if reader.ranking]
        self._said = (bool(read), len(set(read)) <= 1, truth)
        self._show_note()

    def rankings(self) -> list[list[tuple[str, float]]]:
        """Per column `(class, probability)`, best first."""
        return [reader.ranking for reader in self._readers]

    def _show_note(self) -> None:
        any_read, agree, truth = self._said
        if not any_read:
            self._note.setText(self.tr("Draw, or choose an image at the side: every compared run predicts it at once."))
            return
        text = self.tr("All models agree.") if agree else self.tr("The models disagree.")
        if truth is not None:
            text += " " + self.tr("The true class is {label}.").format(label=truth)
        self._note.setText(text)

    def _on_order(self, on: bool) -> None:
        for reader in self._readers:
            reader.bars.set_best_first(on)

    def retranslate(self) -> None:
        """All texts in the current language."""
        self.setAccessibleName(self.tr("The predictions of each compared run for the image"))
        self._order.setText(self.tr("Sort by probability"))
        self._order.setAccessibleName(self.tr("Best class first"))
        self._order.setToolTip(self.tr("Order the classes by probability for each run, or in the same order for all"))
        self._show_note()
