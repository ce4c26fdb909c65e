"""Pages of which one is shown: each claims its own room alone."""

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.ui.widgets.lazy_pages import LazyPages
from cnnviewer.ui.widgets.plain_text import PlainLabel


def _page(words: str) -> QWidget:
    page = QWidget()
    label = PlainLabel(text=words)
    label.setWordWrap(True)
    QVBoxLayout(page).addWidget(label)
    return page


def test_a_short_page_scrolls_no_further_than_itself_although_a_long_one_was_opened(qtbot: QtBot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    pages = LazyPages()
    pages.add("short", _page("Nothing yet."))
    pages.add("long", _page("A sentence that is long. " * 200))
    area.setWidget(pages)
    area.setWidgetResizable(True)
    area.resize(300, 200)
    area.show()
    pages.open("long")
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    pages.open("short")
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
