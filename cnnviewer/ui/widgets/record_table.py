"""Tables of records: a row for each, columns that have names, and the look that all of them share."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QTableView, QWidget

from cnnviewer.ui.widgets.plain_text import one_line, tool_tip

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT: Final = 26
SORT_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""What a cell is sorted by: the number, not its text."""


class RecordModel(QAbstractTableModel):
    """Rows are frozen records made elsewhere. A subclass says what a cell shows of them.

    Attributes:
        rows: the records, in the order in which they were set.
        columns: what stands in each column; its type is the subclass's choice, most often a name.

    """

    def __init__(self, columns: tuple[Any, ...] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns
        self.rows: tuple[Any, ...] = ()

    # -- what a subclass says -----------------------------------------------------------------------------------

    def title(self, column: Any) -> str:
        """What stands above a column."""
        raise NotImplementedError

    def text(self, row: int, column: Any) -> str:
        """What stands in a cell; it is shown in one line."""
        raise NotImplementedError

    def tip(self, row: int, column: Any) -> str:
        """What a cell says of itself when it is pointed at; nothing where empty."""
        return ""

    def title_tip(self, column: Any) -> str | None:
        """What a short title means."""
        return None

    def sort_key(self, row: int, column: Any) -> Any:
        """What a cell is sorted by: a number or a text, of one type in a column."""
        return None

    def alignment(self, column: Any) -> Qt.AlignmentFlag:
        """Where a column's texts and its title stand."""
        return Qt.AlignmentFlag.AlignCenter

    def weight(self, row: int) -> QFont.Weight | None:
        """How bold a row is; None: as everything else."""
        return None

    def font(self, row: int) -> QFont | None:
        """A row's font; None: the table's own."""
        weight = self.weight(row)
        if weight is None:
            return None
        font = QFont()
        font.setWeight(weight)
        return font

    # -- values in ----------------------------------------------------------------------------------------------

    def set_records(self, rows: tuple[Any, ...], same: bool) -> None:
        """Show these. `same`: each row is about what it was about before, so that nothing chosen is lost."""
        if same:
            self.rows = rows
            self.repaint()
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def repaint(self) -> None:
        """Let every cell be asked again what it shows."""
        if self.rows and self.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))

    def retranslate(self) -> None:
        """All texts in the current language."""
        if self.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self.repaint()

    # -- Qt's side ----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Count the records."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.title(column)
            case Qt.ItemDataRole.ToolTipRole:
                return self.title_tip(column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(self.alignment(column))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a cell's text, what it says of itself, what it is sorted by, how it stands."""
        if not index.isValid():
            return None
        row, column = index.row(), self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return one_line(self.text(row, column))
            case Qt.ItemDataRole.ToolTipRole:
                return tool_tip(self.tip(row, column))
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(self.alignment(column))
            case Qt.ItemDataRole.FontRole:
                return self.font(row)
        return self.sort_key(row, column) if role == SORT_ROLE else None


LEAST_COLUMN = 40  # pixels


class RecordTable(QTableView):
    """Rows of one line without a grid, every other one shaded; nothing is edited unless asked for."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setEditTriggers(self.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        # Qt's own least width is that of the widest sign of the font: it would push the last column out of sight
        self.horizontalHeader().setMinimumSectionSize(LEAST_COLUMN)
