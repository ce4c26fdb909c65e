"""The panel Why: its pages."""

from PySide6.QtWidgets import QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.ui.explore.why.view import WhyView


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
