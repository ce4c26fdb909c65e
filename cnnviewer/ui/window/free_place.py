"""Where something that floats over the stage hides the least."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)

_CONTROLS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)
_STEP = 8  # pixels between two places that are tried
Edges = npt.NDArray[np.int64]
_WEIGHT = 20  # of a pixel of what is used against one of what is looked at


def free_place(
    room: QRect, sizes: Sequence[QSize], taken: Sequence[QRect], now: QRect | None = None, shown: Sequence[QRect] = ()
) -> QRect:
    """The place in `room` that covers the least of what is taken: of the first size, the lowest, then the rightmost.

    Args:
        room: where it may stand.
        sizes: that what floats may have; a later one only where it covers less.
        taken: what should stay in sight: it is used.
        now: where it stands: it stays there where nothing is covered.
        shown: what should stay in sight where it can: it is looked at.

    """
    used, seen = (np.array([_edges(each) for each in rects], np.int64).reshape(-1, 4) for rects in (taken, shown))
    best, least = QRect(), -1
    for size in sizes:
        width, height = min(size.width(), room.width()), min(size.height(), room.height())
        lefts = dict.fromkeys((room.right() + 1 - width, room.left(), room.left() + (room.width() - width) // 2))
        tops = range(room.bottom() + 1 - height, room.top() - 1, -_STEP)
        places = [QRect(left, top, width, height) for left in lefts for top in tops]
        if now is not None and room.contains(now) and now.size() == QSize(width, height):
            places.insert(0, now)
        edges = np.array([_edges(each) for each in places], np.int64)
        covered = _WEIGHT * _covered(edges, used) + _covered(edges, seen)
        place = int(np.argmin(covered))
        if least < 0 or covered[place] < least:
            best, least = places[place], int(covered[place])
        if least == 0:
            break
    return best


def _edges(rect: QRect) -> tuple[int, int, int, int]:
    return rect.left(), rect.top(), rect.left() + rect.width(), rect.top() + rect.height()


def _covered(
    places: npt.NDArray[np.int64], others: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:  # (P, 4), (T, 4) -> (P,)
    """Pixels of the others that each place covers; those that two of them share count twice."""
    low = np.maximum(places[:, None, :2], others[None, :, :2])
    high = np.minimum(places[:, None, 2:], others[None, :, 2:])
    sides = np.clip(high - low, 0, None)
    return np.asarray((sides[..., 0] * sides[..., 1]).sum(axis=1))


def controls_on(stage: QWidget) -> tuple[list[QRect], list[QRect]]:
    """What must stay in sight of a stage: its controls, and what has the property `uncovered`; beside the stage itself.

    Of a label with that property its words.
    """
    used: list[QRect] = []
    shown: list[QRect] = []
    place = stage.pos()
    for widget in stage.findChildren(QWidget):
        is_control = isinstance(widget, _CONTROLS) and not isinstance(widget, QScrollBar)
        if not (is_control or widget.property("uncovered")) or not widget.isVisible():
            continue
        if isinstance(widget, QAbstractScrollArea):
            widget = widget.viewport()  # it hides the area itself
        seen = widget.visibleRegion().boundingRect()
        if isinstance(widget, QLabel):
            flags = widget.alignment().value | Qt.TextFlag.TextWordWrap.value
            seen &= widget.fontMetrics().boundingRect(widget.contentsRect(), flags, widget.text())
        if not seen.isEmpty():
            (used if is_control else shown).append(seen.translated(place + widget.mapTo(stage, QPoint(0, 0))))
    return used, shown
