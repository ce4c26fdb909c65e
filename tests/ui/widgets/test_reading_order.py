"""Tab follows layouts, not the order in which widgets were made."""

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cnnviewer.ui.widgets.reading_order import focus_beside, in_reading_order, is_stop


def named(name: str) -> QPushButton:
    button = QPushButton(name)
    button.setObjectName(name)
    return button


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """Made from the end to the beginning."""
    buttons = {name: named(name) for name in "jihgfedcba"}
    page = QWidget()
    qtbot.addWidget(page)
    grid = QGridLayout()
    grid.addWidget(buttons["d"], 1, 0)
    grid.addWidget(buttons["c"], 0, 1)
    grid.addWidget(buttons["b"], 0, 0)
    stack, hidden = QStackedWidget(), named("hidden")
    stack.addWidget(hidden)
    stack.addWidget(buttons["e"])
    stack.setCurrentWidget(buttons["e"])
    area, inside = QScrollArea(), QWidget()
    row = QHBoxLayout(inside)
    row.addWidget(buttons["f"])
    area.setWidget(inside)
    tabs = QTabWidget()
    tabs.setObjectName("tabs")
    tabs.addTab(buttons["g"], "one")
    splitter = QSplitter()
    splitter.addWidget(buttons["h"])
    splitter.addWidget(buttons["i"])
    column = QVBoxLayout(page)
    column.addWidget(buttons["a"])
    column.addLayout(grid)
    for part in (stack, area, tabs, splitter, buttons["j"]):
        column.addWidget(part)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def test_widgets_are_read_as_layouts_have_them(page: QWidget) -> None:
    stops = [widget.objectName() for widget in in_reading_order(page) if is_stop(widget)]
    assert stops == ["a", "b", "c", "d", "e", "f", "qt_tabwidget_tabbar", "g", "h", "i", "j"]


def test_the_focus_goes_to_the_next_stop_and_around(page: QWidget) -> None:
    page.findChild(QPushButton, "j").setFocus()
    for forward, expected in ((True, "abcd"), (False, "cbaj")):
        found = []
        for _ in range(4):
            assert focus_beside(page, forward)
            focused = QApplication.focusWidget()
            assert focused is not None
            found.append(focused.objectName())
        assert "".join(found) == expected


def test_a_turned_off_stop_is_passed_by(page: QWidget) -> None:
    page.findChild(QPushButton, "b").setEnabled(False)
    page.findChild(QPushButton, "a").setFocus()
    focus_beside(page, True)
    assert QApplication.focusWidget().objectName() == "c"


def test_a_scroll_area_is_a_stop_only_where_it_scrolls_what_has_none(qtbot: QtBot) -> None:
    area, text = QScrollArea(), QLabel("long " * 50)
    area.setWidget(text)
    qtbot.addWidget(area)
    area.resize(80, 40)
    area.show()
    assert is_stop(area)
    text.setText("short")
    text.resize(10, 10)
    qtbot.waitUntil(lambda: not is_stop(area))


def test_what_is_scrolled_out_of_sight_comes_into_view(qtbot: QtBot) -> None:
    area, inside = QScrollArea(), QWidget()
    column = QVBoxLayout(inside)
    for number in range(30):
        column.addWidget(named(f"n{number}"))
    area.setWidget(inside)
    area.resize(150, 120)
    window = QWidget()
    QVBoxLayout(window).addWidget(area)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    focus_beside(window, False)
    last = QApplication.focusWidget()
    assert last is not None
    assert last.objectName() == "n29"
    assert not last.visibleRegion().isEmpty()
