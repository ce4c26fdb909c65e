"""What can be wrong with the controls of a screen: out of reach, or too many."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QTableView,
    QWidget,
)

from tests.screens.finding import Finding, where

MOST = {"explore": 12}
MOST_ELSEWHERE = 18
"""Controls on the stage of a workspace."""

_LEAST = 6  # pixels: what is narrower, or lower, cannot be hit
_SLACK = 1
_WHOLE = (QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit, QAbstractSlider, QTabBar)


def controls_on(stage: QWidget) -> list[QWidget]:
    """What can be used on a stage, each group by one of its widgets.

    One control is: a button, field, list of choices or slider; a row of tabs; a table, list, plot or page of text; a
    widget that paints itself and takes the focus; the buttons of a `QButtonGroup` of which one is down; everything
    inside a widget whose property `segmented` (choices on one track), `joined` (fields in one frame) or `grid` (rows of
    a kind) is true. Labels and scroll bars are none. What has been scrolled out of
    sight counts: it is there to be used.
    """
    found: list[QWidget] = []
    groups: set[object] = set()
    for control in _controls(stage, stage):
        group = control.group() if isinstance(control, QAbstractButton) else None
        if group is not None and group.exclusive():
            if group in groups:
                continue
            groups.add(group)
        found.append(control)
    return found


def _controls(widget: QWidget, stage: QWidget) -> Iterator[QWidget]:
    for child in widget.children():
        if not isinstance(child, QWidget) or child.isWindow() or not child.isVisibleTo(stage):
            continue
        if isinstance(child, QScrollBar) or child.objectName() == "qt_toolbar_ext_button":
            continue
        if _counts_as_one(child) or _is_control(child):
            yield child
        else:
            yield from _controls(child, stage)


def _counts_as_one(widget: QWidget) -> bool:
    return any(widget.property(name) for name in ("segmented", "joined", "grid"))


def _is_control(widget: QWidget) -> bool:
    if isinstance(widget, QLabel):
        return "<a " in widget.text()
    if isinstance(widget, _WHOLE):
        return True
    if isinstance(widget, QScrollArea):
        return False
    if isinstance(widget, QAbstractScrollArea):  # a table, a list, a plot, a page of text, a grid of images
        return True
    inside = any(isinstance(child, QWidget) and child.isVisibleTo(widget) for child in widget.children())
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not inside


def crowded(stage: QWidget, workspace: str) -> list[Finding]:
    """Whether more controls stand on the stage, with every panel opened beside it, than the design allows."""
    most, found = MOST.get(workspace, MOST_ELSEWHERE), controls_on(stage)
    if len(found) <= most:
        return []
    return [Finding("crowded", where(stage), "", f"{len(found)} controls, at most {most}: {_names(found)}")]


def _names(found: list[QWidget]) -> str:
    return ", ".join(widget.objectName() or type(widget).__name__ for widget in found)


def outside(window: QWidget) -> list[Finding]:
    """Controls that nobody can reach whole: beyond the window, behind the edge of what holds them, or without room.

    What a scroll area can scroll to is inside it.
    """
    found = []
    for control in _controls(window, window):
        inside = control.findChildren(QWidget) if _counts_as_one(control) else []
        for widget in inside or [control]:
            if not widget.isVisibleTo(window) or (inside and not _is_control(widget)):
                continue
            note = _out_of_reach(widget, window)
            if note:
                found.append(Finding("outside", where(widget), "", note))
    return found


def _out_of_reach(widget: QWidget, window: QWidget) -> str:
    if isinstance(widget, QAbstractScrollArea) and 0 in (widget.width(), widget.height()):
        return ""  # nothing is in it
    if min(widget.width(), widget.height()) < _LEAST:
        return f"is {widget.width()} x {widget.height()} pixels"
    rect, current = QRect(widget.rect()), widget
    while current is not window:
        parent = current.parentWidget()
        rect.translate(current.pos())
        area = parent.parentWidget()
        if isinstance(area, QScrollArea) and parent is area.viewport():
            note = _out_of_scroll(rect, area)
            if note:
                return note
            rect = rect & parent.rect() if rect.intersects(parent.rect()) else QRect(0, 0, 1, 1)
        else:
            room = parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)
            if not room.contains(rect):
                over = _beyond(rect, parent.rect())
                return f"reaches {over} beyond {where(parent)}"
        current = parent
    return ""


def _out_of_scroll(rect: QRect, area: QScrollArea) -> str:
    """Whether the area cannot scroll to it: `rect` in the viewport as it is scrolled now."""
    never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    room, note = area.viewport().rect(), ""
    for bar, policy, low, high, end, way in (
        (
            area.horizontalScrollBar(),
            area.horizontalScrollBarPolicy(),
            rect.left(),
            rect.right(),
            room.right(),
            "across",
        ),
        (area.verticalScrollBar(), area.verticalScrollBarPolicy(), rect.top(), rect.bottom(), room.bottom(), "down"),
    ):
        back, on = (0, 0) if policy == never else (bar.value() - bar.minimum(), bar.maximum() - bar.value())
        if low + back < -_SLACK or high - on > end + _SLACK:
            note = f"cannot be scrolled to {way} in {where(area)}"
    return note


def nested(window: QWidget) -> list[Finding]:
    """Scroll bars within what scrolls the same way: the wheel would move the inner one first, then the outer one."""
    areas = [each for each in window.findChildren(QAbstractScrollArea) if each.isVisibleTo(window)]
    return [
        Finding("nested", where(inner), "", f"scrolls within {where(outer)}, which scrolls too")
        for inner in areas
        for outer in areas
        if outer is not inner and outer.isAncestorOf(inner) and _scrolls_down(inner) and _scrolls_down(outer)
    ]


def wide_tables(window: QWidget) -> list[Finding]:
    """Tables that are wider than their room: whoever does not scroll across never learns of their last columns."""
    return [
        Finding("wide", where(table), "", f"{table.horizontalScrollBar().maximum()} pixels wider than its room")
        for table in window.findChildren(QTableView)
        if table.isVisibleTo(window) and table.horizontalScrollBar().maximum() > 0
    ]


def _scrolls_down(area: QAbstractScrollArea) -> bool:
    hidden = area.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    return area.verticalScrollBar().maximum() > 0 and not hidden


def _beyond(rect: QRect, room: QRect) -> str:
    sides = {
        "left": room.left() - rect.left(),
        "right": rect.right() - room.right(),
        "up": room.top() - rect.top(),
        "down": rect.bottom() - room.bottom(),
    }
    return ", ".join(f"{far} pixels {side}" for side, far in sides.items() if far > 0)
