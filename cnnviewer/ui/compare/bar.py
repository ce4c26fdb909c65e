"""The cards of all columns in rows, and the button that adds one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from cnnviewer.core.runs.compare import MOST, Compared
from cnnviewer.core.runs.summary import RunSummary
from cnnviewer.ui.compare.card import ColumnCard
from cnnviewer.ui.compare.picker import RunPicker
from cnnviewer.ui.icons import icon
from cnnviewer.ui.theme import theme

_CARD: Final = 270  # pixels a card wants at least


class ColumnsBar(QWidget):
    """What is compared, one card a column.

    Signals:
        runs_wanted: the list of runs is being opened.
        add_requested: folders to add.
        remove_requested: number of a column.
        moment_requested: number of a column, and its moment.
    """

    runs_wanted = Signal()
    add_requested = Signal(object)
    remove_requested = Signal(int)
    moment_requested = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compareColumns")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._cards: dict[int, ColumnCard] = {}
        self._per_row = 0
        self.add_button = QPushButton(self)
        self.add_button.setObjectName("compareAddButton")
        self.add_button.setIconSize(QSize(16, 16))
        self.picker = RunPicker(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self.add_button.clicked.connect(self._on_add_clicked)
        self.picker.chosen.connect(self._on_chosen)
        theme().changed.connect(self._dress)
        self._dress()
        self._place()
        self.retranslate()

    def set_columns(self, columns: tuple[Compared, ...]) -> None:
        """One card each, in this order."""
        kept = {column.number for column in columns}
        for number in [number for number in self._cards if number not in kept]:
            card = self._cards.pop(number)
            card.hide()
            card.deleteLater()
        for place, column in enumerate(columns):
            if column.number in self._cards:
                self._cards[column.number].set_column(column, place)
                continue
            card = self._cards[column.number] = ColumnCard(column, place, self)
            card.removed.connect(self.remove_requested)
            card.moment_chosen.connect(self.moment_requested)
        for place, number in enumerate(column.number for column in columns):
            self._cards[number].rename(place)
        self.add_button.setVisible(len(columns) < MOST)  # full: the row it stands in is better used
        self._place()

    def set_runs(self, runs: tuple[RunSummary, ...]) -> None:
        """Offer these to be added."""
        self.picker.set_runs(runs)

    def _place(self) -> None:
        per_row = max(1, (self.width() + self._grid.horizontalSpacing()) // (_CARD + self._grid.horizontalSpacing()))
        widgets: list[QWidget] = [*self._cards.values(), self.add_button]
        for widget in widgets:
            self._grid.removeWidget(widget)
        for place, widget in enumerate(widgets):
            align = Qt.AlignmentFlag.AlignLeft if widget is self.add_button else Qt.AlignmentFlag(0)
            self._grid.addWidget(widget, place // per_row, place % per_row, align)
        for column in range(max(per_row, self._per_row)):
            self._grid.setColumnStretch(column, 1 if column < per_row else 0)
        self._per_row = per_row

    def _dress(self) -> None:
        self.add_button.setIcon(icon("add"))

    def _on_add_clicked(self) -> None:
        self.runs_wanted.emit()
        self.picker.open_below(self.add_button)

    def _on_chosen(self, folder: Path) -> None:
        self.add_requested.emit((folder,))

    def retranslate(self) -> None:
        """All texts in the language of the moment."""
        self.setAccessibleName(self.tr("Runs and moments compared"))
        self.add_button.setText(self.tr("Add a run…"))
        self.add_button.setAccessibleName(self.tr("Add a run"))
        self.add_button.setToolTip(
            self.tr("Add a run to the comparison, up to {most}; the same one twice to compare two moments").format(
                most=MOST
            )
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many cards in a row as have room."""
        super().resizeEvent(event)
        if (self.width() + self._grid.horizontalSpacing()) // (_CARD + self._grid.horizontalSpacing()) != self._per_row:
            self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
