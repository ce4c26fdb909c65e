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


def test_a_page_in_less_width_than_it_asks_for_is_as_high_as_its_lines_there(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    pages = LazyPages(parent)
    page = _page("A sentence that is long. " * 20)
    wide = QWidget()
    wide.setMinimumWidth(500)
    layout = page.layout()
    assert layout is not None
    layout.addWidget(wide)
    pages.add("page", page)
    pages.resize(250, 100)
    assert pages.minimumSizeHint().height() == layout.minimumHeightForWidth(250)
    assert layout.minimumHeightForWidth(250) > layout.minimumHeightForWidth(500)
