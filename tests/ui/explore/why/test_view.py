"""The panel Why: its pages."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.ui.explore.why.view import WhyView
from cnnviewer.ui.widgets.wrapping_row import WrappingRow


def tall() -> QWidget:
    return QLabel("\n" * 100)


def test_another_page_is_shown_from_its_beginning(qtbot: QtBot) -> None:
    view = WhyView()
    qtbot.addWidget(view)
    for key in ("trust", "history"):
        view.add_page(key, tall)
    view.resize(460, 400)
    view.show()
    view.open_page("trust")
    area = view.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() >= 300)
    bar.setValue(300)
    assert bar.value() == 300
    view.open_page("trust")
    assert bar.value() == 300
    view.open_page("history")
    assert bar.value() == 0


def test_a_page_that_is_higher_beside_its_scroll_bar_comes_to_rest_at_every_height(qtbot: QtBot) -> None:
    view, resized = WhyView(), list[QSize]()

    class Page(QWidget):
        def __init__(self) -> None:
            super().__init__()
            column, row = QVBoxLayout(self), WrappingRow()
            for width in (200, 215):  # one line without the bar, two beside it
                part = QWidget()
                part.setFixedSize(width, 30)
                row.addWidget(part)
            column.addLayout(row)
            high = QWidget()
            high.setMinimumHeight(250)
            column.addWidget(high)

        def resizeEvent(self, event: QResizeEvent) -> None:
            resized.append(event.size())

    qtbot.addWidget(view)
    view.add_page("maps", Page)
    view.show()
    view.resize(472, 300)
    view.open_page("maps")
    lines = set()
    for height in range(300, 480):
        view.resize(472, height)
        QApplication.processEvents()
        lines.add(resized[-1].width())
    assert len(lines) == 2, "the bar comes and goes"
    assert len(resized) < 1000
