"""Choices, sliders and tabs that the wheel scrolls past unless the user works in them.

Qt's own change their value under the pointer of a user who only scrolls the page.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QSlider,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QTabBar,
    QToolTip,
    QWidget,
)

from cnnviewer.ui.widgets.plain_text import elided, one_line, tool_tip
from cnnviewer.ui.widgets.theme import RADIUS, theme

_BEARING = 4  # pixels
_BEARING_SHARE = 0.25  # of the height of a line
_WIDEST = 32  # letters that a choice asks room for, however long the names in it are


class CalmCombo(QComboBox):
    """A choice; the wheel changes it only with the focus, which the wheel does not give. No name makes it wide.

    A name that has no room ends in dots, and stands whole in the tool tip.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least: float | None = None  # letters that it can be made do with
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def addItem(self, text: str, data: object = None) -> None:  # type: ignore[override]
        """Offer a choice by its name, on one line."""
        super().addItem(one_line(text), data)

    def addItems(self, texts: Sequence[str]) -> None:
        """Offer these; each is its own data."""
        for text in texts:
            self.addItem(text, text)

    def setItemText(self, index: int, text: str) -> None:
        """Rename a choice."""
        super().setItemText(index, one_line(text))

    def sizeHint(self) -> QSize:
        """Room for the longest choice, within bounds."""
        return self._bounded(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        """What Qt asks for first, in letters: it does not measure it again in another font."""
        letter = self.fontMetrics().averageCharWidth()
        if self._least is None:
            self._least = self._bounded(super().minimumSizeHint()).width() / letter
        whole = self.sizeHint()
        return QSize(min(round(self._least * letter), whole.width()), whole.height())

    def _bounded(self, size: QSize) -> QSize:
        # Qt measures the ink of the names, and writes them with their bearings, which grow with the letters
        wanted = size.width() + max(_BEARING, round(_BEARING_SHARE * self.fontMetrics().height()))
        return QSize(min(wanted, _WIDEST * self.fontMetrics().averageCharWidth()), size.height())

    @property
    def shown_text(self) -> str:
        """What there is room for of the chosen name."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return self._shown_text(option)

    def _shown_text(self, option: QStyleOptionComboBox) -> str:
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self).width() - 2
        if not option.currentIcon.isNull():
            room -= option.iconSize.width() + 4
        return elided(self.fontMetrics(), self.currentText(), room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """End a name that has no room in dots."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self._shown_text(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def event(self, event: QEvent) -> bool:
        """Say the whole name first where it has no room."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            whole = self.currentText()
            if self.shown_text != whole:
                words = [text for text in (whole, self.toolTip()) if text]
                QToolTip.showText(event.globalPos(), tool_tip("\n".join(words)), self)
                return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the choice only with the focus."""
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class CalmSlider(QSlider):
    """Likewise a slider."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move only with the focus."""
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class CalmTabBar(QTabBar):
    """Likewise tabs."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go to the next tab only with the focus."""
        super().wheelEvent(event) if self.hasFocus() else event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a ring around the tab that the keyboard is at."""
        super().paintEvent(event)
        if self.hasFocus() and self.currentIndex() >= 0:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme().color("accent"), 1.5))
            painter.drawRoundedRect(QRectF(self.tabRect(self.currentIndex())).adjusted(1, 1, -1, -3), RADIUS, RADIUS)
            painter.end()


class CalmTabs(QObject):
    """Keeps the wheel from tab bars that Qt makes itself, such as those of docks."""

    def watch(self, window: QWidget) -> None:
        """Watch all tab bars of the window, those too that it had before."""
        for bar in window.findChildren(QTabBar):
            if not isinstance(bar, CalmTabBar):
                bar.installEventFilter(self)  # a filter is installed once, however often one asks

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass the wheel on to the page."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QTabBar) and not watched.hasFocus():
            event.ignore()
            return True
        return False
