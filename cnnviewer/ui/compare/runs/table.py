"""The table of runs: rows are chosen, opened, edited in place; what was chosen stays chosen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QWidget

from cnnviewer.core.runs.read.summary import RunLine
from cnnviewer.ui.compare.runs.model import COLUMNS, DATE, NAME, NOTE, RunsModel, RunsOrder
from cnnviewer.ui.compare.runs.row import RunRow
from cnnviewer.ui.widgets.record_table import ROW_HEIGHT, RecordTable
from cnnviewer.ui.widgets.styled import GrowingSize
from cnnviewer.ui.widgets.theme import theme

_LEAST, _MOST = 56, 190  # pixels of a column that is as wide as what stands in it


class RunsTable(RecordTable):
    """Shows `RunsModel`.

    Signals:
        chosen: the selection has changed.
    """

    chosen = Signal()

    _compact = False  # asked for while the table is still being set up

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("runsTable", parent)
        self.runs = RunsModel(self)
        self.order = RunsOrder(self.runs)
        self._held: tuple[RunLine, ...] | None = None
        self.setModel(self.order)
        GrowingSize(self, icon_size=16)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(True)
        self.sortByColumn(DATE, Qt.SortOrder.DescendingOrder)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().hide()
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
        self._row_delegate = RunRow(self.runs, self)
        self.selectionModel().selectionChanged.connect(self.chosen)
        for delegate in (self.itemDelegate(), self._row_delegate):
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
        """Make the columns as wide as what stands in them, unless the user has chosen their widths."""
        if self._own_widths or self._compact:
            return
        self._fitting = True
        header = self.horizontalHeader()
        for column in range(NOTE):
            need = max(self.sizeHintForColumn(column), header.sectionSizeHint(column))
            most = 2 * _MOST if column == NAME else _MOST
            header.resizeSection(column, min(most, max(_LEAST, need)))
        self._fitting = False

    def _on_section_resized(self, column: int, _before: int, _after: int) -> None:
        self._own_widths = self._own_widths or (
            not (self._fitting or self._compact) and column != NOTE and self.isVisible()
        )

    def set_compact(self, compact: bool) -> None:
        """Show each run in one cell of two lines, or in a row with a column for everything."""
        self._compact = compact
        header = self.horizontalHeader()
        self._fitting = True
        header.setVisible(not compact)
        for column in range(len(COLUMNS)):
            self.setColumnHidden(column, compact and column != NAME)
        mode = QHeaderView.ResizeMode.Stretch if compact else QHeaderView.ResizeMode.Interactive
        header.setSectionResizeMode(NAME, mode)
        self._fitting = False
        self.setAlternatingRowColors(not compact)
        self.setItemDelegateForColumn(NAME, self._row_delegate if compact else None)  # type: ignore[arg-type]
        self._fit_rows()
        self._fit_columns()

    def _fit_rows(self) -> None:
        line = self.fontMetrics().height()
        high = RunRow.height(line) if self._compact else max(ROW_HEIGHT, line + 8)
        if high != self.verticalHeader().defaultSectionSize():
            self.verticalHeader().setDefaultSectionSize(high)

    def doItemsLayout(self) -> None:
        """Larger letters take higher rows."""
        self._fit_rows()
        super().doItemsLayout()

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
