"""Content is as high as its room, and scrolls where it must be higher."""

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.ui.widgets.tall_content import TallContent


@pytest.fixture
def page(qtbot: QtBot) -> tuple[QWidget, TallContent, QLabel]:
    made = QWidget()
    qtbot.addWidget(made)
    tall, label = TallContent(made), QLabel("a")
    QVBoxLayout(tall.content).addWidget(label)
    label.setMinimumHeight(200)
    made.resize(300, 400)
    made.show()
    return made, tall, label


def test_content_fills_a_room_that_is_high_enough(page, qtbot: QtBot) -> None:
    _, tall, _ = page
    assert tall.content.height() == tall.viewport().height() == 400
    assert not tall.verticalScrollBar().isVisible()


def test_content_keeps_its_least_height_and_scrolls(page, qtbot: QtBot) -> None:
    made, tall, label = page
    made.resize(300, 100)
    qtbot.waitUntil(tall.verticalScrollBar().isVisible)
    assert label.height() == 200
    assert tall.content.width() == tall.viewport().width()
    label.setMinimumHeight(20)
    qtbot.waitUntil(lambda: not tall.verticalScrollBar().isVisible())
    assert tall.content.height() == 100


def test_words_that_wrap_get_the_height_that_the_width_asks_for(page, qtbot: QtBot) -> None:
    made, tall, label = page
    label.setMinimumHeight(0)
    label.setWordWrap(True)
    label.setText("many words " * 60)
    made.resize(200, 60)
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))
    assert tall.content.height() > 60
