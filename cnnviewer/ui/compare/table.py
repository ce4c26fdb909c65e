"""What differs between the columns: configuration and outcome as a table."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.core.runs.compare import Compared, Row, configuration, outcome
from cnnviewer.ui.compare.marks import SIGNS, colour
from cnnviewer.ui.compare.texts import column_text, row_title, value_text
from cnnviewer.ui.theme import theme


class DifferencesTab(QWidget):
    """A row a quantity, a column a run; what is the same for all is left out unless it is asked for.

    Signals:
        export_requested: the table is wanted as a file.
    """

    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Compared, ...] = ()
        self._shown: object = None
        self._all = QCheckBox(self)
        self._all.setObjectName("compareAllRowsCheck")
        self._export = QPushButton(self)
        self._export.setObjectName("compareExportTableButton")
        self._note = QLabel(self)
        self._note.setProperty("role", "caption")
        self.table = QTableWidget(self)
        self.table.setObjectName("compareTable")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setWordWrap(False)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.verticalHeader().setDefaultSectionSize(26)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.horizontalHeader().setMinimumSectionSize(90)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        head = QHBoxLayout()
        head.addWidget(self._all)
        head.addWidget(self._note, 1)
        head.addWidget(self._export)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        self._all.toggled.connect(self._on_all)
        self._export.clicked.connect(self.export_requested)
        theme().changed.connect(self._fill)
        self.retranslate()

    def set_columns(self, columns: tuple[Compared, ...]) -> None:
        """Show these; where nothing changed nothing is done."""
        self._columns = columns
        rows = (*configuration(columns), *outcome(columns))
        state = tuple((column.number, column.title, column.moment) for column in columns), rows
        if state != self._shown:
            self._shown = state
            self._fill()

    def _fill(self) -> None:
        columns = self._columns
        settings = configuration(columns)
        differing = [row for row in settings if row.differs]
        rows: list[Row] = [*(settings if self._all.isChecked() else differing), *outcome(columns)]
        table = self.table
        tokens = theme().tokens
        table.setStyleSheet(
            f"QHeaderView {{ background: {tokens.surface}; }}"
            f"QHeaderView::section {{ background: {tokens.surface}; border: none; padding: 2px 8px; }}"
            f"QTableCornerButton::section {{ background: {tokens.surface}; border: none; }}"
            f"QTableView {{ alternate-background-color: {tokens.raised}; }}"
        )
        table.setUpdatesEnabled(False)
        table.setRowCount(len(rows))
        table.setColumnCount(len(columns))
        for place, column in enumerate(columns):
            head = QTableWidgetItem(f"{SIGNS[place % len(SIGNS)]} {column.title}")
            head.setToolTip(f"{column_text(column)}\n{column.info.id}")
            head.setForeground(colour(place))
            table.setHorizontalHeaderItem(place, head)
        bold = QFont(table.font())
        bold.setWeight(QFont.Weight.DemiBold)
        for line, row in enumerate(rows):
            head = QTableWidgetItem(row_title(row.name))
            if row.about == "configuration" and row.differs:
                head.setFont(bold)
            table.setVerticalHeaderItem(line, head)
            for place, value in enumerate(row.values):
                item = QTableWidgetItem(value_text(row.name, value))
                item.setToolTip(str(value))
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                if row.differs and row.about == "configuration":
                    item.setFont(bold)
                elif not row.differs:
                    item.setForeground(QColor(theme().tokens.muted))
                table.setItem(line, place, item)
        table.setUpdatesEnabled(True)
        self._export.setEnabled(bool(columns))
        if len(columns) < 2:
            self._note.setText("")
        elif not differing:
            self._note.setText(self.tr("The configurations are the same."))
        else:
            self._note.setText(self.tr("{n} settings differ").format(n=len(differing)))

    def _on_all(self, _on: bool) -> None:
        self._fill()

    def retranslate(self) -> None:
        """All texts in the language of the moment."""
        self.table.setAccessibleName(self.tr("Differences of configuration and outcome"))
        self.table.setToolTip(self.tr("Settings in which the runs differ, and how they ended"))
        self._all.setText(self.tr("All settings"))
        self._all.setAccessibleName(self.tr("All settings"))
        self._all.setToolTip(self.tr("Show the settings that are the same for all, too"))
        self._export.setText(self.tr("Save as CSV…"))
        self._export.setAccessibleName(self.tr("Save the table as CSV"))
        self._export.setToolTip(self.tr("Write every setting and every outcome to a file that pandas reads"))
        self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
