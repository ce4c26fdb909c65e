"""A button whose popover holds fields and actions that are rarely used."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from cnnviewer.ui.widgets.plain_text import PlainLabel, caption, elided_before
from cnnviewer.ui.widgets.text_size import grown

_EDGE, _GAP, _LEAST = 12, 8, 200  # pixels
_ARROW: Final = " ▾"


class PopoverRow(QWidgetAction):
    """A row of a popover."""

    def show_row(self, shown: bool) -> None:
        """Show it or not: Qt's menu leaves the widget of a hidden action where it was."""
        self.setVisible(shown)
        self.defaultWidget().setVisible(shown)


class WordsButton(QToolButton):
    """Says in a word or two what opens at a click, shorter where it has no room; the owner sets the tool tip."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._words = self._shorter = ""
        self.setProperty("more", True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """Room for the whole words, whichever are shown."""
        hint, metrics = super().sizeHint(), self.fontMetrics()
        missing = metrics.horizontalAdvance(self._words) - metrics.horizontalAdvance(self.text()) if self._words else 0
        return hint + QSize(missing, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less fits."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Long words are shortened where they have no room."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), grown(_LEAST)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words as they have room."""
        missing = super().sizeHint().width() - self.width()
        if missing <= 0:
            super().paintEvent(event)
            return
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        metrics, words = self.fontMetrics(), self.text()
        option.text = elided_before(metrics, words, _ARROW, metrics.horizontalAdvance(words) - missing)
        QStylePainter(self).drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)

    def show_words(self, words: str, shorter: str = "") -> None:
        """Say this on the button, and to whoever hears it; `shorter` where the whole has no room."""
        self._words, self._shorter = caption(words) + _ARROW, caption(shorter) + _ARROW if shorter else ""
        self.setAccessibleName(words)
        if not self._shorter:
            self.setText(self._words)
        self.updateGeometry()  # also where the shorter words stay the same
        self._fit()

    def _fit(self) -> None:
        if self._shorter:
            text = self._words if self.sizeHint().width() <= self.width() else self._shorter
            if text != self.text():
                self.setText(text)


class PopoverButton(WordsButton):
    """Says in a word or two what its popover decides; the owner sets the text, the accessible name and the tool tip."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self.setMenu(menu)

    def add_row(self, label: PlainLabel, *fields: QWidget) -> PopoverRow:
        """Append a row: its name at the left, its fields at the right. The keyboard comes to the first field."""
        row = QWidget(self.menu())
        beside = QHBoxLayout(row)
        beside.setContentsMargins(_EDGE, 5, _EDGE, 5)
        beside.setSpacing(_GAP)
        beside.addWidget(label, 1)
        for field in fields:
            beside.addWidget(field)
            if isinstance(field, QPushButton):
                field.clicked.connect(self.menu().close)
        label.setBuddy(fields[0])
        row.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.setFocusProxy(fields[0])
        action = PopoverRow(self.menu())
        action.setDefaultWidget(row)
        self.menu().addAction(action)
        return action

    def add_action(self, name: str) -> QAction:
        """Append an action; the owner sets its text."""
        action = self.menu().addAction("")
        action.setObjectName(name)
        return action
