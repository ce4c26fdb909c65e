"""A row goes on in another line where its widgets have no room beside one another."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QSplitter, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.ui.widgets.wrapping_row import WrappingRow


class Part(QWidget):
    def __init__(self, width: int) -> None:
        super().__init__()
        self._width = width
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._width, 20)


def shown(qtbot: QtBot, row: WrappingRow, width: int) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addLayout(row)
    column.addWidget(QWidget(), 1)
    window.resize(width, 200)
    window.show()
    qtbot.waitExposed(window)
    return window


def places(*parts: QWidget) -> list[tuple[int, int, int]]:
    return [(part.x(), part.y(), part.width()) for part in parts]


def test_what_has_room_stands_in_one_line_and_what_follows_a_stretch_at_the_right(qtbot: QtBot) -> None:
    row, parts = WrappingRow(spacing=6), [Part(50), Part(60), Part(40)]
    row.addWidget(parts[0])
    row.addWidget(parts[1])
    row.add_stretch()
    row.addWidget(parts[2])
    window = shown(qtbot, row, 300)
    assert places(*parts) == [(0, 0, 50), (56, 0, 60), (260, 0, 40)]
    assert window.width() == 300
    assert row.sizeHint() == QSize(162, 20)


def test_what_has_no_room_begins_another_line_and_nothing_is_narrower_than_it_asks_for(qtbot: QtBot) -> None:
    row, parts = WrappingRow(spacing=6), [Part(50), Part(60), Part(40)]
    for part in parts:
        row.addWidget(part)
    window = shown(qtbot, row, 120)
    assert places(*parts) == [(0, 0, 50), (56, 0, 60), (0, 26, 40)]
    assert row.heightForWidth(120) == 46
    window.resize(170, 200)
    qtbot.waitUntil(lambda: parts[2].y() == 0)


def test_things_that_belong_together_stay_in_one_line(qtbot: QtBot) -> None:
    row, parts = WrappingRow(spacing=6), [Part(50), Part(60), Part(40)]
    parts[2].setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    row.addWidget(parts[0])
    row.add_together(*parts[1:])
    window = shown(qtbot, row, 130)
    assert parts[2].x() == 66, "no wider apart where there is room"
    assert window.isVisible()
    assert [part.y() for part in parts] == [0, 26, 26]


def test_what_gives_way_takes_what_is_left_of_a_line(qtbot: QtBot) -> None:
    row, first, note = WrappingRow(spacing=6), Part(50), Part(400)
    note.setMinimumWidth(16)
    note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    row.addWidget(first)
    row.addWidget(note)
    row.add_stretch()
    window = shown(qtbot, row, 200)
    assert window.isVisible()
    assert places(first, note) == [(0, 0, 50), (56, 0, 144)]


def test_hidden_widgets_take_no_room(qtbot: QtBot) -> None:
    row, parts = WrappingRow(spacing=6), [Part(50), Part(60)]
    for part in parts:
        row.addWidget(part)
    parts[0].hide()
    window = shown(qtbot, row, 80)
    assert window.isVisible()
    assert parts[1].x() == 0
    assert row.heightForWidth(80) == 20


def test_in_a_higher_place_the_line_stands_in_the_middle(qtbot: QtBot) -> None:
    window, part = QWidget(), Part(50)
    qtbot.addWidget(window)
    WrappingRow(window).addWidget(part)
    window.resize(200, 60)
    window.show()
    qtbot.waitExposed(window)
    assert part.y() == 20


def test_a_row_within_the_row_is_as_high_as_its_own_lines(qtbot: QtBot) -> None:
    row, group, parts = WrappingRow(spacing=6), QWidget(), [Part(50), Part(50), Part(50)]
    inner = WrappingRow(group, spacing=6)
    for part in parts:
        inner.addWidget(part)
    first = Part(90)
    row.addWidget(first)
    row.addWidget(group)
    window = shown(qtbot, row, 106)
    assert window.isVisible()
    assert row.heightForWidth(106) == 20 + 6 + 46
    assert [(part.x(), part.y()) for part in parts] == [(0, 0), (56, 0), (0, 26)]
    assert group.y() == 26


def test_a_splitter_leaves_room_for_all_lines(qtbot: QtBot) -> None:
    splitter, card = QSplitter(Qt.Orientation.Vertical), QWidget()
    qtbot.addWidget(splitter)
    row = WrappingRow(card, spacing=6)
    for _ in range(3):
        row.addWidget(Part(60))
    splitter.addWidget(card)
    splitter.addWidget(QWidget())
    splitter.setChildrenCollapsible(False)
    splitter.resize(130, 300)
    splitter.show()
    splitter.setSizes([1, 299])
    qtbot.waitUntil(lambda: card.height() == 46)
    splitter.resize(400, 300)
    qtbot.waitUntil(lambda: card.minimumSizeHint().height() == 20)


def test_the_lines_are_worked_out_once_until_something_has_another_size(qtbot: QtBot) -> None:
    row, parts = WrappingRow(spacing=6), [Part(50), Part(60)]
    for part in parts:
        row.addWidget(part)
    window = shown(qtbot, row, 100)
    assert row._lines(100) is row._lines(100)
    parts[1]._width = 40
    parts[1].updateGeometry()
    qtbot.waitUntil(lambda: places(*parts) == [(0, 0, 50), (56, 0, 40)], timeout=30_000)
    assert row.heightForWidth(100) == 20
    parts[0].hide()
    qtbot.waitUntil(lambda: row.sizeHint().width() == 40, timeout=30_000)
    row.removeWidget(parts[1])
    assert row.heightForWidth(window.width()) == 0
