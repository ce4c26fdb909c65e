"""Text has the size that the user has chosen, and grows with the window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.ui.widgets.paint_style import PaintStyle
from cnnviewer.ui.widgets.text_size import (
    PERCENTS,
    bounded,
    chosen_pixels,
    next_size,
    text_pixels,
    use_text_pixels,
    usual_pixels,
)
from cnnviewer.ui.widgets.theme import LIGHT


@pytest.fixture(autouse=True)
def own_font(qapp: QApplication) -> Iterator[None]:
    before = QFont(QApplication.font())
    yield
    QApplication.setFont(before)


def test_text_grows_with_the_window_and_never_falls_below_what_can_be_read() -> None:
    sizes = [usual_pixels(height) for height in range(500, 2400, 50)]
    assert sizes == sorted(sizes)
    assert (sizes[0], sizes[-1]) == (13.0, 20.0)


def test_the_smallest_text_is_still_as_large_as_a_number_must_be() -> None:
    assert [chosen_pixels(768, percent) for percent in (80, 100, 200)] == [13.0, 13.0, 26.0]
    assert chosen_pixels(1440, 80) == pytest.approx(13.6)


@pytest.mark.parametrize(
    ("percent", "step", "height", "then"),
    [
        pytest.param(100, 1, 768, 110, id="larger"),
        pytest.param(100, -1, 1440, 90, id="smaller"),
        pytest.param(250, 1, 768, 250, id="the largest"),
        pytest.param(80, -1, 1440, 80, id="the smallest"),
        pytest.param(100, -1, 768, 100, id="smaller would be too small in a low window"),
        pytest.param(80, 1, 768, 110, id="up from sizes that are all the same there"),
    ],
)
def test_the_next_size_is_the_next_one_that_makes_a_difference(percent: int, step: int, height: int, then: int) -> None:
    assert next_size(percent, step, height) == then


def test_any_number_is_brought_to_a_size_that_is_offered() -> None:
    assert [bounded(percent) for percent in (-5, 0, 104, 1_000_000)] == [80, 80, 100, 250]
    assert PERCENTS[0] == 80
    assert PERCENTS[-1] == 250


def test_texts_that_are_painted_follow_too() -> None:
    use_text_pixels(13)
    small, text = PaintStyle(LIGHT).small_font.pixelSize(), PaintStyle(LIGHT).text_font.pixelSize()
    assert (small, text) == (12, 13)
    use_text_pixels(26)
    assert text_pixels() == 26
    assert (PaintStyle(LIGHT).small_font.pixelSize(), PaintStyle(LIGHT).text_font.pixelSize()) == (24, 26)


class Unfolding(QLabel):
    """Shows what it holds as soon as its text has another size."""

    def __init__(self, held: QWidget, window: QWidget) -> None:
        super().__init__("fold", window)
        self._held = held

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._held.show()


def test_what_comes_into_sight_because_text_has_another_size_is_written_in_that_size(
    qtbot: QtBot, qapp: QApplication
) -> None:
    before = qapp.styleSheet()
    qapp.setStyleSheet("QLabel { color: grey; } QFrame { border: 1px solid grey; }")
    try:
        window, held = QWidget(), QFrame()
        qtbot.addWidget(window)
        label = QLabel("words")
        QVBoxLayout(held).addWidget(label)
        unfolding = Unfolding(held, window)
        column = QVBoxLayout(window)
        column.addWidget(held)
        column.addWidget(unfolding)
        window.show()
        held.hide()
        for pixels in (17.0, 13.0, 20.0):
            use_text_pixels(pixels)
            assert held.isVisible()
            assert label.font().pointSizeF() == qapp.font().pointSizeF()
            held.hide()
    finally:
        qapp.setStyleSheet(before)
