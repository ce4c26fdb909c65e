"""Esc closes every small window, wherever in it the keyboard is."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.ui.train.export_curves import ExportCurves
from cnnviewer.ui.window.preferences import Preferences


@pytest.mark.parametrize("made", [Preferences, ExportCurves])
def test_esc_closes_it(qtbot: QtBot, made: Callable[[QWidget], QWidget]) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    window = made(owner)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field = window.findChild(QComboBox)
    assert field is not None
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert owner.isVisible()
