"""Two parts stand beside one another while the text leaves room for that."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.ui.widgets.beside_or_below import BesideOrBelow
from cnnviewer.ui.widgets.text_size import use_text_pixels


@pytest.fixture(autouse=True)
def own_font(qapp: QApplication) -> Iterator[None]:
    before = QFont(QApplication.font())
    yield
    QApplication.setFont(before)


def test_large_text_puts_the_second_part_below_the_first_and_gives_lists_some_height(qtbot: QtBot) -> None:
    use_text_pixels(13)
    both, first, second = BesideOrBelow(10), QWidget(), QWidget()
    qtbot.addWidget(both)
    both.add(first, 1)
    both.add(second, 1, second)
    both.resize(1000, 800)
    both.show()
    assert first.y() == second.y()
    use_text_pixels(26)
    qtbot.waitUntil(lambda: second.y() >= first.geometry().bottom())
    assert second.minimumHeight() == 340
    use_text_pixels(13)
    qtbot.waitUntil(lambda: first.y() == second.y())
    assert second.minimumHeight() == 0
