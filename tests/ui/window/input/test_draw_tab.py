"""The tools below the sheet: what has no room is in the menu, and comes back when it has."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnnviewer.ui.widgets.text_size import use_text_pixels
from cnnviewer.ui.widgets.theme import use_theme
from cnnviewer.ui.window.input.draw_tab import DrawTab


@pytest.fixture(autouse=True)
def usual_letters(qapp: QApplication) -> Iterator[None]:
    before, sheet = QFont(QApplication.font()), qapp.styleSheet()
    use_theme("light")
    use_text_pixels(13)
    yield
    QApplication.setFont(before)
    qapp.setStyleSheet(sheet)


def test_a_tool_that_large_letters_sent_into_the_menu_comes_back_with_small_ones(qtbot: QtBot) -> None:
    tab = DrawTab()
    qtbot.addWidget(tab)
    tab.setFixedSize(230, 300)
    tab.show()
    qtbot.waitExposed(tab)
    assert tab.large_button.isVisible()
    use_text_pixels(26)
    qtbot.waitUntil(lambda: tab.large_button.isHidden() and tab.large_action.isVisible())
    use_text_pixels(13)
    qtbot.waitUntil(lambda: tab.large_button.isVisible() and not tab.large_action.isVisible())
