"""An icon on a button is as large as its text, in the colours of the theme."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.text_size import text_pixels, use_text_pixels
from cnnviewer.ui.widgets.theme import DARK, LIGHT, theme, use_theme

UI = Path(__file__).parents[3] / "cnnviewer" / "ui"


@pytest.fixture
def button(qtbot: QtBot) -> Iterator[QToolButton]:
    """A button; text has its usual size before and after."""
    before = text_pixels()
    use_text_pixels(13)
    made = QToolButton()
    qtbot.addWidget(made)
    yield made
    use_text_pixels(before)
    use_theme("light")


def _colour(picture: QImage) -> str:
    """Of the most opaque pixel."""
    places = [(x, y) for x in range(picture.width()) for y in range(picture.height())]
    return max((picture.pixelColor(x, y) for x, y in places), key=lambda colour: colour.alpha()).name()


def test_it_grows_with_the_text_and_is_drawn_as_large(button: QToolButton) -> None:
    show_icon(button, "close", "muted", 14)
    assert button.iconSize() == QSize(14, 14)
    use_text_pixels(26)
    assert button.iconSize() == QSize(28, 28)
    assert button.icon().actualSize(QSize(28, 28)) == QSize(28, 28)


def test_it_wears_the_colours_of_the_theme(button: QToolButton) -> None:
    action = QAction(button)
    for target in (button, action):
        show_icon(target, "close", "error")
        assert _colour(target.icon().pixmap(16, 16).toImage()) == LIGHT.error
    use_theme("dark")
    assert theme().tokens is DARK
    for target in (button, action):
        assert _colour(target.icon().pixmap(16, 16).toImage()) == DARK.error


def test_another_one_takes_its_place_and_an_empty_name_takes_it_away(button: QToolButton) -> None:
    show_icon(button, "play")
    before = button.icon().cacheKey()
    show_icon(button, "play")
    assert button.icon().cacheKey() == before
    show_icon(button, "pause")
    assert button.icon().cacheKey() != before
    show_icon(button, "")
    assert button.icon().isNull()
    use_theme("dark")
    assert button.icon().isNull()


def test_no_button_or_action_gets_its_icon_another_way() -> None:
    found = [
        path.relative_to(UI).as_posix()
        for path in UI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "setIcon"
    ]
    assert sorted(found) == ["widgets/shown_icon.py", "window/input/reading_dialog.py"]  # the latter takes Qt's away
