"""Tab goes in reading order: through the widgets as layouts have them, not in the order in which they were made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)


def focus_beside(window: QWidget, forward: bool) -> bool:
    """Give the focus to the next or the previous Tab stop of `window`; False where there is none.

    A stop in a scroll area comes into view.
    """
    order = tuple(in_reading_order(window))
    stops = [widget for widget in order if is_stop(widget)]
    if not stops:
        return False
    focused = QApplication.focusWidget()
    target = _beside(order, stops, focused, forward)
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    area = target.parentWidget()
    while area is not None and area is not window:
        if isinstance(area, QScrollArea) and (_fits(target, area) or target.visibleRegion().isEmpty()):
            area.ensureWidgetVisible(target, 8, 8)
        area = area.parentWidget()
    return True


def _fits(widget: QWidget, area: QScrollArea) -> bool:
    """Whether the whole widget can be in view: a larger one is left where it was scrolled to."""
    room = area.viewport().size()
    return widget.height() <= room.height() and widget.width() <= room.width()


def tabs_to_all() -> bool:
    """Whether the system lets Tab stop at every control; macOS asks the user."""
    return QGuiApplication.styleHints().tabFocusBehavior() == Qt.TabFocusBehavior.TabFocusAllControls


def _beside(order: tuple[QWidget, ...], stops: list[QWidget], focused: QWidget | None, forward: bool) -> QWidget:
    while focused is not None and focused not in order:  # it is being hidden: the keyboard stays near by
        focused = focused.parentWidget()
    if focused is None or focused is order[0]:
        return stops[0 if forward else -1]
    here = order.index(focused)
    if forward:
        return next((widget for widget in order[here + 1 :] if widget in stops), stops[0])
    return next((widget for widget in reversed(order[:here]) if widget in stops), stops[-1])


def is_stop(widget: QWidget) -> bool:
    """Whether Tab stops here. At a scroll area it does so only where nothing in it is a stop and it can be scrolled."""
    policy = widget.focusPolicy()
    if not policy & Qt.FocusPolicy.TabFocus or not widget.isEnabled() or not widget.isVisible():
        return False
    proxy = widget.focusProxy()
    if proxy is not None and proxy is not widget:
        return False
    if isinstance(widget, QScrollArea):
        bars = (widget.verticalScrollBar(), widget.horizontalScrollBar())
        return any(bar.maximum() > 0 for bar in bars) and not any(map(is_stop, _below(widget)))
    return True


def _below(widget: QWidget) -> Iterator[QWidget]:
    order = in_reading_order(widget)
    next(order)
    return order


def in_reading_order(widget: QWidget) -> Iterator[QWidget]:
    """`widget` and all visible widgets in it, each before what it holds."""
    stack = [widget]
    while stack:
        shown = stack.pop()
        yield shown
        stack.extend(reversed(_parts(shown)))


def _parts(widget: QWidget) -> list[QWidget]:
    """The visible children as they are read: those in a layout in its order, then the others by their place."""
    inside: list[QWidget | None] | None = None
    match widget:
        case QStackedWidget():
            inside = [widget.currentWidget()]
        case QSplitter():
            inside = [widget.widget(index) for index in range(widget.count())]
        case QScrollArea():
            inside = [widget.widget()]
    if inside is None:
        layout = widget.layout()
        arranged = list(_of_layout(layout)) if layout is not None else []
        others = [child for child in widget.children() if isinstance(child, QWidget) and child not in arranged]
        others.sort(key=lambda child: (child.y(), child.x()))
        inside = [*arranged, *others]
    return [part for part in inside if part is not None and part.isVisible() and not part.isWindow()]


def _of_layout(layout: QLayout) -> Iterator[QWidget]:
    indices = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        indices.sort(key=lambda index: cast("tuple[int, int, int, int]", layout.getItemPosition(index))[:2])
    for index in indices:
        item = layout.itemAt(index)
        if item is None:
            continue
        part, inner = item.widget(), item.layout()
        if part is not None:
            yield part
        elif inner is not None:
            yield from _of_layout(inner)
