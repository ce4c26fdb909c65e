"""What can be wrong with the icons of a screen: smaller than the text beside them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QMenu,
    QStyle,
    QStyleOptionButton,
    QTableView,
    QToolButton,
    QWidget,
)

from tests.screens.finding import Finding, where

LEAST = 0.8
"""Of the height of a line of text: no icon is lower."""


def small_icons(window: QWidget) -> list[Finding]:
    """Icons of buttons, fields, boxes, lists and labels in sight, and of all menus, that did not grow with the text."""
    least = LEAST * QFontMetrics(QApplication.font()).height()
    return [
        Finding("small", where(widget), "", f"its icon has {size:g} pixels, at least {least:.1f}")
        for widget in window.findChildren(QWidget)
        if (widget.isVisibleTo(window) and not widget.objectName().startswith("qt_")) or isinstance(widget, QMenu)
        for size in _icons_of(widget)
        if size < least
    ]


def _icons_of(widget: QWidget) -> Iterator[float]:
    """How high they are."""
    if isinstance(widget, QAbstractButton) and not widget.icon().isNull() and not _shows_text_alone(widget):
        yield _painted(widget)
    elif isinstance(widget, QCheckBox):
        option = QStyleOptionButton()
        widget.initStyleOption(option)
        yield widget.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, widget).height()
    elif isinstance(widget, QMenu) and any(not action.icon().isNull() for action in widget.actions()):
        yield widget.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize, None, widget)
    elif isinstance(widget, QLabel) and not widget.pixmap().isNull():
        yield widget.pixmap().deviceIndependentSize().height()
    elif isinstance(widget, QTableView) and _has_decorations(widget):
        chosen = widget.iconSize().height()
        yield chosen if chosen > 0 else widget.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize, None, widget)


def _shows_text_alone(button: QAbstractButton) -> bool:
    return isinstance(button, QToolButton) and button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextOnly


def _painted(button: QAbstractButton) -> float:
    """What the button asks for, or less where the icon has no picture as large; a field's own button asks the field."""
    parent = button.parent()
    if isinstance(parent, QLineEdit):
        return parent.style().pixelMetric(QStyle.PixelMetric.PM_LineEditIconSize, None, parent)
    size = button.iconSize()
    return QSize(button.icon().actualSize(size)).height()


def _has_decorations(table: QTableView) -> bool:
    model = table.model()
    if model is None:
        return False
    cells = (model.index(0, column) for column in range(model.columnCount()))
    return any(cell.data(Qt.ItemDataRole.DecorationRole) is not None for cell in cells)
