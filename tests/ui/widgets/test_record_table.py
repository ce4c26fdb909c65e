"""Tables of records: what all of them do alike."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QAbstractItemModelTester

from cnnviewer.core.runs.compare.comparison import ComparisonRow
from cnnviewer.ui.compare.table import DifferencesModel
from cnnviewer.ui.widgets.plain_text import one_line
from cnnviewer.ui.widgets.record_table import SORT_ROLE, RecordModel, RecordTable


class Fruit(RecordModel):
    def __init__(self):
        super().__init__(("name", "count"))

    def title(self, column):
        return column.capitalize()

    def text(self, row, column):
        return str(self.rows[row][self.columns.index(column)])

    def tip(self, row, column):
        return f"<b>{self.text(row, column)}</b>"

    def sort_key(self, row, column):
        return self.rows[row][self.columns.index(column)]

    def weight(self, row):
        return QFont.Weight.Bold if self.rows[row][1] > 3 else None


@pytest.fixture
def fruit(qapp):
    model = Fruit()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.set_records((("plum", 12), ("pear\nof autumn", 3)), same=False)
    return model


def test_a_cell_shows_one_line_and_sorts_by_what_it_means(fruit):
    assert fruit.index(1, 0).data() == one_line("pear\nof autumn")
    assert fruit.index(0, 1).data(SORT_ROLE) == 12
    assert fruit.headerData(1, Qt.Orientation.Horizontal) == "Count"
    assert fruit.rowCount(fruit.index(0, 0)) == 0


def test_what_a_cell_says_of_itself_is_text_and_no_markup(fruit):
    assert "&lt;b&gt;" in fruit.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_only_what_stands_out_has_a_font_of_its_own(fruit):
    assert fruit.index(0, 0).data(Qt.ItemDataRole.FontRole).bold()
    assert fruit.index(1, 0).data(Qt.ItemDataRole.FontRole) is None


def test_records_that_only_changed_keep_what_is_current(fruit, qtbot):
    table = RecordTable("fruit")
    qtbot.addWidget(table)
    table.setModel(fruit)
    table.setCurrentIndex(fruit.index(1, 0))
    fruit.set_records((("plum", 13), ("pear", 4)), same=True)
    assert table.currentIndex().row() == 1
    assert fruit.index(1, 1).data() == "4"
    fruit.set_records((("fig", 1),), same=False)
    assert not table.currentIndex().isValid()


def test_a_table_without_records_has_no_rows_and_no_data(fruit):
    fruit.set_records((), same=False)
    fruit.repaint()
    assert fruit.rowCount() == 0
    assert fruit.data(QModelIndex()) is None


def test_the_comparison_follows_more_and_fewer_rows(qapp):
    model = DifferencesModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.set_rows((), (ComparisonRow("outcome", "state", ()),))
    assert model.rowCount() == 1
    model.set_rows((), ())
    assert model.rowCount() == 0
