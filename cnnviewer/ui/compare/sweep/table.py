"""The trainings of a sweep as a table that can be sorted."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import (
    QModelIndex,
    QSignalBlocker,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from cnnviewer.core.runs.sweep.plan import SweepRow, varied
from cnnviewer.ui.compare.texts import duration, state_text
from cnnviewer.ui.widgets.record_table import SORT_ROLE, RecordModel, RecordTable
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated

COLUMNS: Final = (
    "number",
    "learning_rate",
    "momentum",
    "batch_size",
    "seed",
    "state",
    "epochs",
    "validation_accuracy",
    "test_accuracy",
    "test_loss",
    "seconds",
)


class SweepModel(RecordModel):
    """The rows of a sweep; sorted by the numbers, not by their texts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self._best: tuple[SweepRow, ...] = ()
        self._paused = False

    def set_paused(self, paused: bool) -> None:
        """Say whether the training under way waits."""
        if paused != self._paused:
            self._paused = paused
            self.repaint()

    def set_rows(self, rows: tuple[SweepRow, ...], best: tuple[SweepRow, ...]) -> None:
        """Show these; the same number of rows keeps selection and place."""
        self._best = best
        self.set_records(rows, len(rows) == len(self.rows))

    def title(self, column: str) -> str:
        """What stands above a column."""
        return self.titles()[column]

    def title_tip(self, column: str) -> str | None:
        """What a short title means."""
        return self.explanations().get(column)

    def text(self, row: int, column: str) -> str:
        """What stands in a cell."""
        return self._text(self.rows[row], column, row)

    def tip(self, row: int, column: str) -> str:
        """The same for the whole row: what a click does."""
        return self._tip(self.rows[row])

    def sort_key(self, row: int, column: str) -> Any:
        """The number behind the text."""
        value = _value(self.rows[row], column, row)
        if isinstance(value, float) and math.isnan(value):
            return math.inf  # a loss that is no number is worse than any
        return -1.0 if value is None else value

    def weight(self, row: int) -> QFont.Weight | None:
        """The best stand out."""
        return QFont.Weight.Bold if self.rows[row] in self._best else None

    def titles(self) -> dict[str, str]:
        """Of the columns, in the window's language."""
        return {
            "number": self.tr("No."),
            "learning_rate": self.tr("Rate"),
            "momentum": self.tr("Mom."),
            "batch_size": self.tr("Batch"),
            "seed": self.tr("Seed"),
            "state": self.tr("State"),
            "epochs": self.tr("Epochs"),
            "validation_accuracy": self.tr("Valid. %"),
            "test_accuracy": self.tr("Test %"),
            "test_loss": self.tr("Test loss"),
            "seconds": self.tr("Time"),
        }

    def explanations(self) -> dict[str, str]:
        """Of the columns whose titles are short."""
        return {
            "momentum": self.tr("Momentum"),
            "batch_size": self.tr("Batch size"),
            "epochs": self.tr("Epochs done, of how many"),
            "validation_accuracy": self.tr("Accuracy on the validation images after the last epoch done: choose by it"),
            "test_accuracy": self.tr("Accuracy on the test images at the end: how good the choice is"),
            "test_loss": self.tr(
                "Loss on the test images at the end: the mean of minus the logarithm of the true class's probability"
            ),
            "seconds": self.tr("Time spent training"),
        }

    def _text(self, row: SweepRow, name: str, place: int) -> str:
        if name == "state":
            return state_text("paused" if self._paused and row.state == "running" else row.state)
        if name == "epochs":
            return f"{row.run.epochs_done if row.run is not None else 0} / {row.config.epochs}"
        value = _value(row, name, place)
        if value is None or (name == "seconds" and not value):
            return "–"
        if name.endswith("accuracy"):
            star = " ★" if row in self._best and name == "validation_accuracy" else ""
            return f"{100 * float(value):.2f}{star}"
        if name == "test_loss":
            return f"{float(value):.4f}"
        return duration(float(value)) if name == "seconds" else f"{value:g}" if name != "seed" else str(value)

    def _tip(self, row: SweepRow) -> str:
        if row.run is None:
            return self.tr("This training waits for its turn.")
        problem = row.run.info.problem
        return problem or self.tr("{run}: a click or Enter opens it").format(run=row.run.info.id)


def _value(row: SweepRow, name: str, place: int) -> Any:
    if name == "number":
        return place + 1
    if name in ("learning_rate", "momentum", "batch_size", "seed"):
        return getattr(row.config, name)
    if name == "state":
        return row.state
    if name == "epochs":
        return row.run.epochs_done if row.run is not None else 0
    if name == "test_loss":
        return test_loss(row)
    return getattr(row, name)


def test_loss(row: SweepRow) -> float | None:
    """Of the test images at the end; None before."""
    result = row.run.info.result if row.run is not None else None
    return float(result["loss"]) if result is not None and "loss" in result else None


class SweepTable(Translated, RecordTable):
    """The table.

    Signals:
        opened: folder of the run whose row was clicked, or on which Enter was pressed.
        pointed: index of the row that is current, -1 for none.
    """

    opened = Signal(object)
    pointed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sweepTable", parent)
        self.model_ = SweepModel(self)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self.model_)
        self._proxy.setSortRole(SORT_ROLE)
        self.setModel(self._proxy)
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(38)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in (0, COLUMNS.index("state"), COLUMNS.index("validation_accuracy")):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setHighlightSections(False)
        self.clicked.connect(self._on_clicked)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        theme().changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def set_rows(self, rows: tuple[SweepRow, ...], best: tuple[SweepRow, ...]) -> None:
        """Show these trainings; the best is marked."""
        self.model_.set_rows(rows, best)
        varying = varied(row.config for row in rows) or ("learning_rate",)
        for name in ("learning_rate", "momentum", "batch_size", "seed"):
            self.setColumnHidden(COLUMNS.index(name), name not in varying)

    def show_current(self, row: int) -> None:
        """Mark a training that is pointed at elsewhere; -1 for none. Tells nobody."""
        with QSignalBlocker(self.selectionModel()):
            if row < 0:
                self.clearSelection()
            else:
                self.setCurrentIndex(self._proxy.mapFromSource(self.model_.index(row, 0)))
                self.selectRow(self.currentIndex().row())
        self.viewport().update()

    def _row(self, index: QModelIndex) -> int:
        return self._proxy.mapToSource(index).row() if index.isValid() else -1

    def _on_clicked(self, index: QModelIndex) -> None:
        place = self._row(index)
        run = self.model_.rows[place].run if 0 <= place < len(self.model_.rows) else None
        if run is not None:
            self.opened.emit(Path(run.folder))

    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.pointed.emit(self._row(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row's run."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_clicked(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _dress(self) -> None:
        tokens = theme().tokens
        self.setStyleSheet(
            f"QHeaderView {{ background: {tokens.surface}; }}"
            f"QHeaderView::section {{ background: {tokens.surface}; color: {tokens.muted}; border: none;"
            " padding: 3px 2px; }"
            f"QTableView {{ alternate-background-color: {tokens.raised}; }}"
        )

    def retranslate(self) -> None:
        """All texts in the current language."""
        self.setAccessibleName(self.tr("Trainings of the sweep"))
        self.setToolTip(self.tr("A click on a training opens its run; a click on a title sorts"))
        self.model_.retranslate()
