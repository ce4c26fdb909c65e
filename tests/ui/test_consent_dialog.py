"""The box that asks whether the user's file may be run, and for what its model needs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.core.models.own.source import DefinedModel
from cnnviewer.ui.widgets.language import use_language
from cnnviewer.ui.window.consent_dialog import ConsentDialog

OFFERED = (
    DefinedModel("make", "function"),
    DefinedModel("Net", "class", missing=("depth", "widths"), optional=("num_classes", "dropout")),
    DefinedModel("Wide", "class", optional=("num_classes", "width")),
)


@pytest.fixture
def box(qtbot: QtBot) -> Iterator[ConsentDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = ConsentDialog(Path("/somewhere/net.py"), OFFERED, parent)
    made.open()
    yield made
    parent.close()


def choose(box: ConsentDialog, name: str) -> tuple[QLineEdit, QPushButton]:
    combo = box.findChild(QComboBox, "consentClassCombo")
    combo.setCurrentIndex(combo.findData(name))
    return box.findChild(QLineEdit, "consentArguments"), box.findChild(QPushButton, "consentRunButton")


@pytest.mark.parametrize("name", ["make", "Net", "Wide"])
def test_nothing_lies_over_anything_else(name: str, box: ConsentDialog, qtbot: QtBot) -> None:
    choose(box, name)
    qtbot.wait(0)
    parts = [
        widget
        for kind in (QLabel, QComboBox, QLineEdit, QDialogButtonBox)
        for widget in box.findChildren(kind)
        if widget.isVisible() and widget.parentWidget() is box and (not isinstance(widget, QLabel) or widget.text())
    ]
    assert len(parts) >= 5
    for one, other in combinations(parts, 2):
        assert not one.geometry().intersects(other.geometry()), (one, other)
    assert all(box.rect().contains(part.geometry()) for part in parts)


def test_a_model_that_needs_values_waits_for_them(box: ConsentDialog, qtbot: QtBot) -> None:
    values, run = choose(box, "Net")
    assert values.placeholderText() == "depth=…, widths=…"
    assert not run.isEnabled()
    QTest.keyClicks(values, "depth=2, widths=[8]")
    with qtbot.waitSignal(box.agreed) as agreed:
        QTest.mouseClick(run, Qt.MouseButton.LeftButton)
    assert agreed.args == [Path("/somewhere/net.py"), "Net(depth=2, widths=[8])"]


def test_one_that_has_values_of_its_own_may_be_given_others(box: ConsentDialog, qtbot: QtBot) -> None:
    values, run = choose(box, "Wide")
    assert values.isVisible()
    assert values.placeholderText() == "width=… (optional)"  # the classes come from the data set
    with qtbot.waitSignal(box.agreed) as agreed:
        QTest.mouseClick(run, Qt.MouseButton.LeftButton)
    assert agreed.args[1] == "Wide"


def test_one_that_needs_none_is_asked_for_none(box: ConsentDialog) -> None:
    values, run = choose(box, "make")
    assert not values.isVisible()
    assert run.isEnabled()


@pytest.mark.parametrize("how", ["escape", "cancel"])
def test_closing_the_question_without_agreeing_declines(how: str, box: ConsentDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(box.declined), qtbot.assertNotEmitted(box.agreed):
        if how == "escape":
            QTest.keyClick(box, Qt.Key.Key_Escape)
        else:
            QTest.mouseClick(box.findChild(QPushButton, "consentCancelButton"), Qt.MouseButton.LeftButton)


def test_it_follows_the_language(box: ConsentDialog) -> None:
    values, _run = choose(box, "Wide")
    values.setText("width=3")
    try:
        use_language("ko")
        QApplication.processEvents()
        texts = [label.text() for label in box.findChildren(QLabel)] + [box.windowTitle()]
    finally:
        use_language("en")
    assert values.text() == "width=3"
    assert not [text for text in texts if text.startswith(("Run ", "A program", "Arguments", "Without"))]
