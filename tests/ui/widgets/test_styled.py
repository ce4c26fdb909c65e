"""Widgets that paint keep their fonts and colours until the theme or the font is another one."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.theme import DARK, LIGHT, theme
from cnnviewer.ui.widgets.translated import Translated


class Painted(Translated, Styled, QWidget):
    looks = 0

    def retranslate(self):
        self.setToolTip("again")

    def on_look_changed(self):
        self.looks += 1
        super().on_look_changed()


@pytest.fixture
def painted(qtbot):
    widget = Painted()
    qtbot.addWidget(widget)
    return widget


def test_what_is_painted_with_is_made_once(painted):
    assert painted.paint_style is painted.paint_style


def test_another_theme_has_other_colours(painted):
    before, tokens = painted.paint_style, theme().tokens
    theme().use(LIGHT if tokens is DARK else DARK)
    try:
        assert painted.looks == 1
        assert painted.paint_style.color("surface") != before.color("surface")
    finally:
        theme().use(tokens)


def test_another_font_has_other_measures(painted):
    before = painted.paint_style
    font = painted.font()
    font.setPointSize(font.pointSize() + 4)
    painted.setFont(font)
    assert painted.looks == 1
    assert painted.paint_style is not before


def test_the_language_is_followed_too(painted):
    QCoreApplication.sendEvent(painted, QEvent(QEvent.Type.LanguageChange))
    assert painted.toolTip() == "again"
    assert painted.looks == 0


def test_scrolled_areas_are_styled_as_well(qtbot):
    class Scrolled(Styled, QAbstractScrollArea):
        pass

    area = Scrolled()
    qtbot.addWidget(area)
    assert area.paint_style.line > 0
