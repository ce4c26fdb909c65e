"""How widgets are dressed: another size of text in sight at once and elsewhere soon, widgets built together only once."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.ui.widgets.text_size import use_text_pixels
from cnnviewer.ui.widgets.theme import dressed_once


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """A style sheet that dresses buttons; everything is as before afterwards."""
    font, sheet = QFont(QApplication.font()), qapp.styleSheet()
    use_text_pixels(13)
    qapp.setStyleSheet("QPushButton { font-weight: 600; min-height: 2em; padding: 0; border: none; }")
    yield
    qapp.setStyleSheet(sheet)
    QApplication.setFont(font)


@pytest.fixture
def pages(qtbot: QtBot) -> QStackedWidget:
    made = QStackedWidget()
    for _ in range(2):
        page = QWidget()
        QVBoxLayout(page).addWidget(QPushButton("Train"))
        made.addWidget(page)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def size_of(pages: QStackedWidget, page: int) -> tuple[int, int]:
    """Pixels of the letters, and the height, whose least the style sheet gives in letters."""
    button = pages.widget(page).findChild(QPushButton)
    assert button is not None
    return QFontInfo(button.font()).pixelSize(), button.sizeHint().height()


@pytest.fixture
def large(pages: QStackedWidget, qapp: QApplication) -> tuple[int, int]:
    """The size of a button where the whole style sheet is set once more for letters of 26 pixels."""
    use_text_pixels(26)
    qapp.setStyleSheet(qapp.styleSheet())
    found = size_of(pages, 0)
    use_text_pixels(13)
    qapp.setStyleSheet(qapp.styleSheet())
    assert size_of(pages, 0) < found
    return found


def test_what_is_in_sight_follows_at_once(pages: QStackedWidget, large: tuple[int, int]) -> None:
    use_text_pixels(26)
    assert size_of(pages, 0) == large


def test_what_is_not_in_sight_follows_a_moment_later(
    pages: QStackedWidget, large: tuple[int, int], qtbot: QtBot
) -> None:
    use_text_pixels(26)
    qtbot.waitUntil(lambda: size_of(pages, 1) == large)


def test_what_comes_into_sight_meanwhile_does_not_wait(pages: QStackedWidget, large: tuple[int, int]) -> None:
    use_text_pixels(26)
    assert size_of(pages, 1) != large
    pages.setCurrentIndex(1)
    assert size_of(pages, 1) == large


class Counted(QPushButton):
    """Counts how often it is dressed."""

    times = 0

    def changeEvent(self, event: QEvent) -> None:
        self.times += event.type() == QEvent.Type.StyleChange
        super().changeEvent(event)


def nested(depth: int) -> tuple[QWidget, Counted]:
    """A button below `depth` widgets, put together from the button up, as the parts of the window are."""
    button = Counted("Train")
    made: QWidget = button
    for _ in range(depth):
        above = QWidget()
        QVBoxLayout(above).addWidget(made)
        made = above
    return made, button


def test_widgets_built_together_are_dressed_once_and_look_the_same(qtbot: QtBot) -> None:
    usual, often = nested(5)
    with dressed_once():
        together, once = nested(5)
    assert often.times >= 5
    assert once.times == 1
    for made in (usual, together):
        qtbot.addWidget(made)
        made.resize(200, 120)
    assert together.grab().toImage() == usual.grab().toImage()
