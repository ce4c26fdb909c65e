"""Icons of buttons and menus: they follow the theme and the size of the text from when they are shown."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QAbstractButton, QMenu

from cnnviewer.ui.widgets.icons import icon
from cnnviewer.ui.widgets.text_size import grown, text_size
from cnnviewer.ui.widgets.theme import theme

_USUAL = 16
"""Pixels of an icon at the usual text size."""


def show_icon(target: QAbstractButton | QAction, name: str, token: str = "text", size: float = _USUAL) -> None:
    """Put the icon `name` there, in the theme's colour `token`, `size` pixels large at the usual text size.

    An empty name takes the icon away.
    """
    shown = target.findChild(_ShownIcon, options=Qt.FindChildOption.FindDirectChildrenOnly) or _ShownIcon(target)
    shown.show(name, token, size)


def fit_icons(menu: QMenu) -> None:
    """Let the icons of a menu grow with the text: Qt has one size for them."""
    _FittedIcons(menu)


class _ShownIcon(QObject):
    """Belongs to its button or action."""

    def __init__(self, target: QAbstractButton | QAction) -> None:
        super().__init__(target)
        self._target = target
        self._asked = "", "", 0.0
        theme().changed.connect(self._draw)
        text_size().changed.connect(self._draw)

    def show(self, name: str, token: str, size: float) -> None:
        """Draw this one from now on."""
        if self._asked != (name, token, size):
            self._asked = name, token, size
            self._draw()

    def _draw(self) -> None:
        name, token, size = self._asked
        pixels = grown(size)
        self._target.setIcon(icon(name, token, pixels) if name else QIcon())
        if isinstance(self._target, QAbstractButton):
            self._target.setIconSize(QSize(pixels, pixels))


class _FittedIcons(QObject):
    """Belongs to its menu."""

    def __init__(self, menu: QMenu) -> None:
        super().__init__(menu)
        self._menu = menu
        self._fit()
        text_size().changed.connect(self._fit)

    def _fit(self) -> None:
        pixels = grown(_USUAL)
        self._menu.setStyleSheet(f"icon-size: {pixels}px" if pixels != _USUAL else "")
