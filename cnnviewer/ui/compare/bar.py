"""The cards of all columns in rows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from cnnviewer.core.runs.compare.comparison import MOST, ComparedRun
from cnnviewer.ui.compare.card import ColumnCard
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.translated import Translated

_CARD: Final = 240  # pixels a card wants at least, at the usual text size


class ColumnsBar(Translated, Styled, QWidget):
    """What is compared, one card a column.

    Signals:
        add_requested: folders to add.
        remove_requested: number of a column.
        move_requested: number of a column, and how many places to the right it shall go.
        snapshot_requested: number of a column, and its snapshot.
    """

    add_requested = Signal(object)
    remove_requested = Signal(int)
    move_requested = Signal(int, int)
    snapshot_requested = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compareColumns")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._cards: dict[int, ColumnCard] = {}
        self._per_row = 0
        self.setProperty("grid", True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self._place()
        self.retranslate()

    def set_columns(self, columns: tuple[ComparedRun, ...]) -> None:
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
            card.move_requested.connect(self.move_requested)
            card.again_requested.connect(self.add_requested)
            card.snapshot_chosen.connect(self.snapshot_requested)
        self._cards = {column.number: self._cards[column.number] for column in columns}
        for place, card in enumerate(self._cards.values()):
            card.rename(place)
            card.set_offered(earlier=place > 0, later=place < len(columns) - 1, again=len(columns) < MOST)
        self._place()

    def _place(self) -> None:
        per_row = self._room()
        for card in self._cards.values():
            self._grid.removeWidget(card)
        for place, card in enumerate(self._cards.values()):
            self._grid.addWidget(card, place // per_row, place % per_row)
        for column in range(max(per_row, self._per_row)):
            self._grid.setColumnStretch(column, 1 if column < per_row else 0)
        self._per_row = per_row

    def minimumSizeHint(self) -> QSize:
        """One card's width: with less room there are more rows."""
        return QSize(_CARD // 2, super().minimumSizeHint().height())

    def _room(self) -> int:
        """Cards in a row: no more than there are, so that few of them are wide."""
        gap = self._grid.horizontalSpacing()
        return max(1, min(len(self._cards), (self.width() + gap) // (grown(_CARD) + gap)))

    def retranslate(self) -> None:
        """All texts in the current language."""
        self.setAccessibleName(self.tr("Runs and steps compared"))

    def on_look_changed(self) -> None:
        """Larger text needs wider cards."""
        super().on_look_changed()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many cards in a row as have room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._room() != self._per_row:
            self._place()
