"""The program's own icons: stroke drawings in `resources/icons`, coloured by the theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from cnnviewer.core.resources import resource
from cnnviewer.ui.theme import theme

_SIZES = (16, 20, 24, 32, 40, 48, 64)  # 16 and 20 px at pixel ratios 1 to 3


def icon(name: str, token: str = "text") -> QIcon:
    """The icon `name` in the theme's colour `token` (or any `#rrggbb`), faint when disabled.

    It is a picture of the theme of this moment: set it again when `theme().changed` is emitted.
    Raises FileNotFoundError for a name without a drawing.
    """
    colour = token if token.startswith("#") else theme().color(token).name()
    return _icon(name, colour, theme().color("faint").name())


@cache
def _icon(name: str, colour: str, disabled: str) -> QIcon:
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(pixmap(name, colour, size), QIcon.Mode.Normal)
        made.addPixmap(pixmap(name, disabled, size), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, colour: str, size: int) -> QPixmap:
    """The drawing `name` with its strokes in `colour` (`#rrggbb`), `size` device pixels wide and high."""
    drawing = resource("icons", f"{name}.svg").read_bytes().replace(b"currentColor", colour.encode())
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def app_icon() -> QIcon:
    """The program's own icon."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(pixmap("app", "#000000", size))
    return made
