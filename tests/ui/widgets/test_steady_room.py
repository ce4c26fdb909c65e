"""A widget in a steady room has the window laid out again only when it needs another size."""

from collections.abc import Callable

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.ui.widgets.steady_room import SteadyRoom


class Column(QVBoxLayout):
    """Counts how often it is laid out."""

    count = 0

    def setGeometry(self, rectangle: QRect) -> None:
        self.count += 1
        super().setGeometry(rectangle)


def laid_out(qtbot: QtBot, place: Callable[[QWidget], QWidget], text: str) -> tuple[int, QLabel]:
    home, label = QWidget(), QLabel("step 1")
    qtbot.addWidget(home)
    column = Column(home)
    column.addWidget(place(label))
    home.resize(300, 100)
    home.show()
    QApplication.processEvents()
    column.count = 0
    label.setText(text)
    QApplication.processEvents()
    return column.count, label


def test_another_number_lays_nothing_out(qtbot: QtBot) -> None:
    assert laid_out(qtbot, lambda label: label, "step 2")[0] > 0  # as Qt does it
    assert laid_out(qtbot, SteadyRoom, "step 2")[0] == 0


def test_a_text_that_needs_more_room_gets_it(qtbot: QtBot) -> None:
    home, label = QWidget(), QLabel("step 1")
    qtbot.addWidget(home)
    column = QVBoxLayout(home)
    column.addWidget(SteadyRoom(label))
    column.addStretch(1)
    home.resize(300, 200)
    home.show()
    QApplication.processEvents()
    before = label.height()
    label.setText("step 1\nloss 0.25\nvalidation 91 %")
    qtbot.waitUntil(lambda: label.height() == label.sizeHint().height() > 2 * before)


def test_lines_that_wrap_keep_their_height(qtbot: QtBot) -> None:
    home, label = QWidget(), QLabel("one two three four five six seven eight nine ten")
    qtbot.addWidget(home)
    label.setWordWrap(True)
    column = QVBoxLayout(home)
    column.addWidget(SteadyRoom(label))
    column.addStretch(1)
    home.resize(120, 300)
    home.show()
    QApplication.processEvents()
    assert label.height() == label.heightForWidth(label.width()) > 2 * label.fontMetrics().height()
