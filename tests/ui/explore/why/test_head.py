"""The question above Why says what is explained."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from cnnviewer.ui.explore.why.head import AUTOMATIC, NONE, QuestionButton


@pytest.mark.parametrize(("against", "words"), [(None, "none"), (2, "ship, true class")])
def test_where_nothing_is_compared_no_other_class_is_named(qtbot: QtBot, against: int | None, words: str) -> None:
    head = QuestionButton()
    qtbot.addWidget(head)
    head.set_classes(("cat", "dog", "ship"))
    combo = head.findChild(QComboBox, "whyAgainstCombo")
    assert combo is not None
    head.set_question(0, against, AUTOMATIC, AUTOMATIC)
    assert combo.currentText() == words
    head.set_question(0, 2, AUTOMATIC, AUTOMATIC)  # the next image is predicted wrongly
    assert combo.currentText() == "ship, true class"
    head.set_question(0, None, AUTOMATIC, NONE)
    assert combo.currentText() == "none"


def test_the_names_of_a_models_classes_stand_whole_with_what_they_are(qtbot: QtBot) -> None:
    head = QuestionButton()
    qtbot.addWidget(head)
    head.set_classes(("automobile", "bird", "truck"))
    head.set_question(0, 2, AUTOMATIC, AUTOMATIC)
    head.menu().popup(head.pos())
    head.menu().grab()
    for name in ("whyTargetCombo", "whyAgainstCombo"):
        combo = head.findChild(QComboBox, name)
        assert combo is not None
        option = QStyleOptionComboBox()
        combo.initStyleOption(option)
        field = combo.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, combo
        )
        assert combo.fontMetrics().horizontalAdvance(combo.currentText()) <= field.width()
