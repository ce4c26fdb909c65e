"""The table of runs: rows are chosen, opened, edited in place; what was chosen stays chosen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from cnnviewer.core.runs.summary import RunLine
from cnnviewer.ui.runs.model import DATE, NAME, NOTE, RunsModel, RunsOrder
from cnnviewer.ui.theme import theme

_LEAST, _MOST = 56, 190  # pixels of a column that is as wide as what stands in it
_ROW = 26


class RunsTable(QTableView):
    """Shows `RunsModel`.

    Signals:
        chosen: the selection has changed.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runsTable")
        self.runs = RunsModel(self)
        self.order = RunsOrder(self.runs)
        self._held: tuple[RunLine, ...] | None = None
        self.setModel(self.order)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)  # F2 names, whatever the column
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(True)
        self.sortByColumn(DATE, Qt.SortOrder.DescendingOrder)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(48)
        header.setSectionsMovable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.sectionResized.connect(self._on_section_resized)
        self._own_widths = False
        self._fitting = False
        self.selectionModel().selectionChanged.connect(self.chosen)
        delegate = self.itemDelegate()
        delegate.closeEditor.connect(self._on_editor_closed)
        theme().changed.connect(self.runs.retranslate)  # the signs have the theme's colours

    # values in

    def set_lines(self, lines: tuple[RunLine, ...]) -> None:
        """Show these runs; the selection survives, and what is being written is not disturbed."""
        if self.state() == QAbstractItemView.State.EditingState:
            self._held = lines
            return
        self._take(lines)

    def _take(self, lines: tuple[RunLine, ...]) -> None:
        selected, current = self.selected(), self._current()
        scroll = self.verticalScrollBar().value()
        self.runs.set_lines(lines)
        if [line.folder for line in self.selected()] != [line.folder for line in selected]:
            self.select([line.folder for line in selected], current)
        self.verticalScrollBar().setValue(scroll)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Make the columns as wide as what stands in them, unless a person has chosen their widths."""
        if self._own_widths:
            return
        self._fitting = True
        header = self.horizontalHeader()
        for column in range(NOTE):
            need = max(self.sizeHintForColumn(column), header.sectionSizeHint(column))
            header.resizeSection(column, min(_MOST, max(_LEAST, need)))
        self._fitting = False

    def _on_section_resized(self, column: int, _before: int, _after: int) -> None:
        self._own_widths = self._own_widths or (not self._fitting and column != NOTE and self.isVisible())

    def set_words(self, words: str) -> None:
        """Show only the runs with these words in them; what is chosen of them stays so."""
        selected, current = [line.folder for line in self.selected()], self._current()
        self.order.set_words(words)
        self.select(selected, current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the chosen row in sight when the form below takes room."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex().siblingAtColumn(NAME))

    # choosing

    def selected(self) -> list[RunLine]:
        """The runs chosen, from above."""
        return [self.order.line(index.row()) for index in sorted(self.selectionModel().selectedRows(NAME), key=_row)]

    def select(self, folders: Sequence[Path], current: Path | None = None) -> None:
        """Choose these runs, those of them that are there; the keyboard goes on from `current`."""
        model, wanted = self.selectionModel(), set(folders)
        model.clearSelection()
        flags = QItemSelectionModel.SelectionFlag
        for row in range(self.order.rowCount()):
            folder = self.order.line(row).folder
            if folder == (current or (folders[0] if folders else None)):
                model.setCurrentIndex(self.order.index(row, NAME), flags.NoUpdate)
                self.scrollTo(self.order.index(row, NAME))
            if folder in wanted:
                model.select(self.order.index(row, NAME), flags.Select | flags.Rows)

    def _current(self) -> Path | None:
        index = self.currentIndex()
        return self.order.line(index.row()).folder if index.isValid() else None

    # editing

    def edit_name(self) -> None:
        """Let the run's name be written in its cell."""
        self._edit(NAME)

    def edit_note(self) -> None:
        """Let the run's note be written in its cell."""
        self._edit(NOTE)

    def _edit(self, column: int) -> None:
        index = self.currentIndex()
        if not index.isValid() or not self.selectionModel().isRowSelected(index.row()):
            rows = sorted(self.selectionModel().selectedRows(NAME), key=_row)
            if not rows:
                return
            index = rows[0]
        cell = index.siblingAtColumn(column)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setCurrentIndex(cell)
        self.scrollTo(cell)
        self.edit(cell)
        editor = self.indexWidget(QPersistentModelIndex(cell)) if cell.isValid() else None
        if editor is not None:
            editor.setObjectName("runsEditor")

    def _on_editor_closed(self, _editor: QWidget, _hint: QAbstractItemDelegate.EndEditHint) -> None:
        held, self._held = self._held, None
        if held is not None:
            self._take(held)


def _row(index: object) -> int:
    return int(index.row())  # type: ignore[attr-defined]  # QModelIndex and its persistent kin
