"""The program's own icons: stroke drawings in `resources/icons`, coloured by the theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from cnnviewer.core.resources import resource
from cnnviewer.ui.widgets.theme import theme

_SIZES = (16, 20, 24, 32, 40, 48, 64)  # 16 and 20 px at pixel ratios 1 to 3


def icon(name: str, token: str = "text") -> QIcon:
    """The icon `name` in the theme's colour `token` (or any `#rrggbb`), faint when disabled.

    It is a picture of the current theme: set it again when `theme().changed` is emitted.
    Raises FileNotFoundError for a name without a drawing.
    """
    colour = token if token.startswith("#") else theme().color(token).name()
    return _icon(name, colour, theme().color("faint").name())


@cache
def _icon(name: str, colour: str, disabled: str) -> QIcon:
    made, normal, faint = QIcon(), _drawing(name, colour), _drawing(name, disabled)
    for size in _SIZES:
        made.addPixmap(_painted(normal, size), QIcon.Mode.Normal)
        made.addPixmap(_painted(faint, size), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, colour: str, size: int) -> QPixmap:
    """The drawing `name` with its strokes in `colour` (`#rrggbb`), `size` device pixels wide and high."""
    return _painted(_drawing(name, colour), size)


def _painted(drawing: QSvgRenderer, size: int) -> QPixmap:
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def _drawing(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_text(name).replace(b"currentColor", colour.encode())))


@cache
def _text(name: str) -> bytes:
    return resource("icons", f"{name}.svg").read_bytes()


def app_icon() -> QIcon:
    """The program's own icon."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(pixmap("app", "#000000", size))
    return made
