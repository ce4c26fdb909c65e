"""What differs between the columns: configuration and outcome as a table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.core.counting import counted
from cnnviewer.core.runs.compare.comparison import ComparedRun, ComparisonRow, configuration, outcome
from cnnviewer.core.runs.compare.live_setting import LiveSetting
from cnnviewer.ui.compare.run_style import SIGNS, colour
from cnnviewer.ui.compare.texts import column_text, live_setting_text, row_title, value_text
from cnnviewer.ui.widgets.plain_text import PlainLabel, one_line, tool_tip
from cnnviewer.ui.widgets.record_table import Index, RecordModel, RecordTable
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated


class DifferencesModel(RecordModel):
    """A row a quantity, a column a run: `columns` are the runs, each with the place that gives its mark."""

    def set_rows(self, columns: tuple[ComparedRun, ...], rows: tuple[ComparisonRow, ...]) -> None:
        """Show these quantities of these runs."""
        same = len(rows) == len(self.rows) and len(columns) == len(self.columns)
        if not same:
            self.beginResetModel()
        self.columns, self.rows = tuple(enumerate(columns)), rows
        if not same:
            self.endResetModel()
        self.retranslate()
        if rows:
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(rows) - 1)

    def title(self, column: tuple[int, ComparedRun]) -> str:
        """The run's sign and title."""
        place, run = column
        return f"{SIGNS[place % len(SIGNS)]} {one_line(run.title)}"

    def title_tip(self, column: tuple[int, ComparedRun]) -> str:
        """Which run and snapshot it is."""
        run = column[1]
        return tool_tip(f"{column_text(run)}\n{run.info.id}")

    def text(self, row: int, column: tuple[int, ComparedRun]) -> str:
        """The run's value."""
        return value_text(self.rows[row].name, self.rows[row].values[column[0]])

    def tip(self, row: int, column: tuple[int, ComparedRun]) -> str:
        """The value in full."""
        value = self.rows[row].values[column[0]]
        return live_setting_text(value, 20) if isinstance(value, LiveSetting) else str(value)

    def weight(self, row: int) -> QFont.Weight | None:
        """Settings that differ stand out."""
        about = self.rows[row].about
        return QFont.Weight.DemiBold if about == "configuration" and self.rows[row].differs else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name the quantities at the side; a run's title has the run's colour."""
        if orientation == Qt.Orientation.Horizontal:
            coloured = role == Qt.ItemDataRole.ForegroundRole and section < len(self.columns)
            return colour(section) if coloured else super().headerData(section, orientation, role)
        if not 0 <= section < len(self.rows):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row_title(self.rows[section].name)
        return self.font(section) if role == Qt.ItemDataRole.FontRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What is the same for all stands back."""
        if role == Qt.ItemDataRole.ForegroundRole and not self.rows[index.row()].differs:
            return theme().color("muted")
        return super().data(index, role)


class DifferencesTab(Translated, QWidget):
    """A row a quantity, a column a run; what is the same for all is left out unless it is asked for.

    Signals:
        export_requested: the table is requested as a file.
    """

    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[ComparedRun, ...] = ()
        self._shown: object = None
        self._all = QCheckBox(self)
        self._all.setObjectName("compareAllRowsCheck")
        self._export = QPushButton(self)
        self._export.setObjectName("compareExportTableButton")
        self._note = PlainLabel(self)
        self._note.setProperty("role", "caption")
        self._model = DifferencesModel(parent=self)
        self.table = RecordTable("compareTable", self)
        self.table.setModel(self._model)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.horizontalHeader().setMinimumSectionSize(90)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        head = QHBoxLayout()
        head.addWidget(self._all)
        head.addWidget(self._note, 1)
        head.addWidget(self._export)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        self._all.toggled.connect(self._on_all)
        self._export.clicked.connect(self.export_requested)
        theme().changed.connect(self._fill)
        self.retranslate()

    def set_columns(self, columns: tuple[ComparedRun, ...]) -> None:
        """Show these; where nothing changed nothing is done."""
        self._columns = columns
        rows = (*configuration(columns), *outcome(columns))
        state = tuple((column.number, column.title, column.snapshot) for column in columns), rows
        if state != self._shown:
            self._shown = state
            self._fill()

    def _fill(self) -> None:
        columns = self._columns
        settings = configuration(columns)
        differing = [row for row in settings if row.differs]
        rows: list[ComparisonRow] = [*(settings if self._all.isChecked() else differing), *outcome(columns)]
        table = self.table
        tokens = theme().tokens
        table.setStyleSheet(
            f"QHeaderView {{ background: {tokens.surface}; }}"
            f"QHeaderView::section {{ background: {tokens.surface}; border: none; padding: 2px 8px; }}"
            f"QTableCornerButton::section {{ background: {tokens.surface}; border: none; }}"
            f"QTableView {{ alternate-background-color: {tokens.raised}; }}"
        )
        self._model.set_rows(columns, tuple(rows))
        self._export.setEnabled(bool(columns))
        if len(columns) < 2:
            self._note.setText("")
        elif not differing:
            self._note.setText(self.tr("The configurations are the same."))
        else:
            self._note.setText(counted(self.tr("{n:setting differs|settings differ}"), n=len(differing)))

    def _on_all(self, _on: bool) -> None:
        self._fill()

    def retranslate(self) -> None:
        """All texts in the current language."""
        self.table.setAccessibleName(self.tr("Differences of configuration and outcome"))
        self.table.setToolTip(self.tr("Settings in which the runs differ, and how they ended"))
        self._all.setText(self.tr("All settings"))
        self._all.setAccessibleName(self.tr("All settings"))
        self._all.setToolTip(self.tr("Show the settings that are the same for all, too"))
        self._export.setText(self.tr("Save as CSV…"))
        self._export.setAccessibleName(self.tr("Save the table as CSV"))
        self._export.setToolTip(self.tr("Write every setting and every outcome to a file that pandas reads"))
        self._fill()
