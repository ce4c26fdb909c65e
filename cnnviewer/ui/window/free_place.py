"""Where something that floats over the stage hides the least."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QWidget,
)

_CONTROLS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)
_STEP = 8  # pixels between two places that are tried


def free_place(room: QRect, size: QSize, taken: Sequence[QRect], now: QRect | None = None) -> QRect:
    """The place of this size in `room` that covers the least of what is taken: the lowest, then the rightmost.

    Args:
        room: where it may stand.
        size: of what floats.
        taken: what should stay in sight.
        now: where it stands: it stays there where nothing is covered.

    """
    width, height = min(size.width(), room.width()), min(size.height(), room.height())
    lefts = dict.fromkeys((room.right() + 1 - width, room.left(), room.center().x() - width // 2))
    tops = range(room.bottom() + 1 - height, room.top() - 1, -_STEP)
    places = [QRect(left, top, width, height) for left in lefts for top in tops]
    if now is not None and room.contains(now) and now.size() == QSize(width, height):
        places.insert(0, now)
    best, least = places[0], -1
    for place in places:
        covered = sum(_area(place & other) for other in taken)
        if covered == 0:
            return place
        if least < 0 or covered < least:
            best, least = place, covered
    return best


def controls_on(stage: QWidget) -> list[QRect]:
    """What must stay in sight of a stage: controls, and what has the property `uncovered`; beside the stage itself."""
    found, place = [], stage.pos()
    for widget in stage.findChildren(QWidget):
        is_control = isinstance(widget, _CONTROLS) and not isinstance(widget, QScrollBar)
        if (is_control or widget.property("uncovered")) and widget.isVisible():
            seen = widget.visibleRegion().boundingRect()
            if not seen.isEmpty():
                found.append(seen.translated(place + widget.mapTo(stage, QPoint(0, 0))))
    return found


def _area(rect: QRect) -> int:
    return rect.width() * rect.height() if not rect.isEmpty() else 0
