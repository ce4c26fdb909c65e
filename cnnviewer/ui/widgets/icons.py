"""The program's own icons: stroke drawings in `resources/icons`, coloured by the theme."""

from __future__ import annotations

from functools import cache
from math import ceil

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from cnnviewer.core.resources import resource
from cnnviewer.ui.widgets.theme import theme

_RATIOS = (1, 1.25, 1.5, 2, 3)
"""Pixel ratios of screens that an icon is sharp on."""


def icon(name: str, token: str = "text", size: int = 16) -> QIcon:
    """The icon `name` in the theme's colour `token` (or any `#rrggbb`), faint when disabled, of `size` logical pixels.

    It is a picture of the current theme: `show_icon` keeps one of a button or an action up to date.
    Raises FileNotFoundError for a name without a drawing.
    """
    colour = token if token.startswith("#") else theme().color(token).name()
    return _icon(name, colour, theme().color("faint").name(), size)


@cache
def _icon(name: str, colour: str, disabled: str, size: int) -> QIcon:
    made, normal, faint = QIcon(), _drawing(name, colour), _drawing(name, disabled)
    for pixels in {ceil(size * ratio) for ratio in _RATIOS}:
        made.addPixmap(_painted(normal, pixels), QIcon.Mode.Normal)
        made.addPixmap(_painted(faint, pixels), QIcon.Mode.Disabled)
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
