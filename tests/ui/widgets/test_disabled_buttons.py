"""A button that does nothing looks so, whatever kind it is."""

import re

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.ui.widgets.theme import DARK, LIGHT, Tokens, style_sheet, style_template

_KINDS = sorted(set(re.findall(r'(QPushButton|QToolButton)\[(\w+)="true"\]', style_template().template)))


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
@pytest.mark.parametrize("home", ["", "topBar"])
@pytest.mark.parametrize(("button", "kind"), _KINDS)
def test_a_disabled_button_looks_disabled(
    qtbot: QtBot, qapp: QApplication, button: str, kind: str, home: str, tokens: Tokens
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.setObjectName(home)
    made = QPushButton("Text", parent) if button == "QPushButton" else QToolButton(parent)
    made.setText("Text")
    made.setProperty(kind, True)
    parent.setStyleSheet(style_sheet(tokens))
    made.adjustSize()
    possible = made.grab().toImage()
    made.setEnabled(False)
    assert made.grab().toImage() != possible
