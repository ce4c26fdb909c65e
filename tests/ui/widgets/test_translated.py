"""Widgets with words set them again when the language changes, each by the same base."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QDialog,
    QDockWidget,
    QFrame,
    QLabel,
    QMainWindow,
    QPushButton,
    QTableView,
    QWidget,
)

from cnnviewer.ui.widgets.translated import Translated


@pytest.mark.parametrize(
    "qt_class",
    [QWidget, QFrame, QLabel, QDialog, QDockWidget, QMainWindow, QPushButton, QTableView, QAbstractScrollArea],
)
def test_any_kind_of_widget_sets_its_texts_again_in_another_language(qtbot, qt_class):
    class Greeting(Translated, qt_class):  # type: ignore[valid-type]
        texts = 0

        def retranslate(self):
            self.texts += 1

    widget = Greeting()
    qtbot.addWidget(widget)
    QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
    assert widget.texts == 1


def test_other_changes_leave_the_texts_alone(qtbot):
    class Greeting(Translated, QWidget):
        def retranslate(self):
            raise AssertionError("no other language")

    widget = Greeting()
    qtbot.addWidget(widget)
    font = widget.font()
    font.setPointSize(font.pointSize() + 5)
    widget.setFont(font)
    widget.setEnabled(False)
    assert not widget.isEnabled()


def test_the_widgets_own_handling_of_a_change_goes_on(qtbot):
    class Watching(QFrame):
        seen: tuple[QEvent.Type, ...] = ()

        def changeEvent(self, event):
            self.seen = (*self.seen, event.type())
            super().changeEvent(event)

    class Greeting(Translated, Watching):
        def retranslate(self):
            self.setToolTip("again")

    widget = Greeting()
    qtbot.addWidget(widget)
    QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
    assert widget.toolTip() == "again"
    assert QEvent.Type.LanguageChange in widget.seen


def test_a_widget_that_forgot_to_set_its_texts_is_named():
    class Forgetful(Translated, QWidget):
        pass

    with pytest.raises(NotImplementedError, match="Forgetful"):
        Translated.retranslate(Forgetful.__new__(Forgetful))
