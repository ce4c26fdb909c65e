"""Where the window lies on the screens that there are: at first, and where it was left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

USUAL: Final = QSize(1440, 900)
LEAST: Final = QSize(900, 560)
"""Sizes of the window, the usual and the least, where the screen has room."""
_ROOMY = QSize(1500, 950)
"""A screen with less room, task bar taken off, is filled by the window."""
_FRAME = QMargins(4, 36, 4, 4)
"""What a window manager puts around a window, before it is known: title bar and edges."""


def first_place(available: QRect) -> tuple[QRect, bool]:
    """The window's place on a screen with this room, in the middle of it, and whether it is maximised there."""
    room = available.marginsRemoved(_FRAME)
    place = QRect(room.topLeft(), USUAL.boundedTo(room.size()))
    place.moveCenter(room.center())
    return place, available.width() < _ROOMY.width() or available.height() < _ROOMY.height()


def brought_back(place: QRect, available: Sequence[QRect]) -> tuple[QRect, bool]:
    """A saved place, moved and made smaller until the screen it is on shows all of it.

    Args:
        place: of the window without its frame.
        available: the room on each screen, without task bars; the first takes what is on none.

    Returns:
        The place, and whether the window was larger than the screen, so that it should fill it.

    """
    screen = max(available, key=lambda screen: _area(screen.intersected(place)))  # the first of equal ones
    room = screen.marginsRemoved(_FRAME)
    size = place.size().boundedTo(room.size())
    left = min(max(place.left(), room.left()), room.right() + 1 - size.width())
    top = min(max(place.top(), room.top()), room.bottom() + 1 - size.height())
    too_large = place.width() > screen.width() or place.height() > screen.height()
    return QRect(left, top, size.width(), size.height()), too_large


def place(window: QWidget, restored: bool) -> None:
    """Put a window that is not shown yet where the screens show all of it.

    Args:
        window: the window.
        restored: whether it has a place from before; else it gets its first one.

    """
    available = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    if not available:
        return
    state = window.windowState()
    if restored:
        filling = state & (Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen)
        was = window.normalGeometry() if filling else window.geometry()
        geometry, fills = brought_back(was, available)
        if geometry == was:
            return
    else:
        geometry, fills = first_place(available[0])
    window.setMinimumSize(window.minimumSize().boundedTo(geometry.size()))
    window.setWindowState(Qt.WindowState.WindowNoState)  # what follows is the place to which it comes back from filling
    window.setGeometry(geometry)
    window.setWindowState(state | Qt.WindowState.WindowMaximized if fills else state)


def open_over(window: QWidget, host: QWidget) -> None:
    """Show a window in the middle of another one, whole on the screen; one that is open comes to the front."""
    if not window.isVisible():
        where = QRect(window.pos(), window.size())
        where.moveCenter(host.frameGeometry().center())
        window.setGeometry(brought_back(where, [host.screen().availableGeometry()])[0])
    window.show()
    window.raise_()


def _area(rect: QRect) -> int:
    return max(0, rect.width()) * max(0, rect.height())
