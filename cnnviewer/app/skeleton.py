"""The outline of the window, painted at once: while the rest is imported, the user sees that it is coming."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    import torch  # before Qt: on Windows its libraries cannot be loaded after (WinError 1114). Elsewhere it can wait

    _ = torch.__version__  # the import is needed for its order alone

from PySide6.QtCore import QByteArray, QCoreApplication, QElapsedTimer, QEventLoop, QRectF, QSettings, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from cnnviewer import __version__
from cnnviewer.core.paths import default_settings_file
from cnnviewer.ui.window.placing import LEAST, USUAL, place

_MENU: Final = 0.0 if sys.platform == "darwin" else 21.0  # pixels of the menu bar; on a Mac it is not in the window
_BAR, _RAIL, _COLLAPSED, _EDGE = 48.0, 232.0, 64.0, 14.0  # pixels, as in the window
_PATIENCE_MS = 300
LIGHT: Final = ("#f3f5f8", "#ffffff", "#eceff3")
DARK: Final = ("#14181e", "#1b2027", "#222831")
"""The theme's colours of the window, of a surface, and of a shape on it."""


def application() -> QApplication:
    """The program's QApplication, made when there is none."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
        QCoreApplication.setApplicationName("cnnviewer")
        QCoreApplication.setApplicationVersion(__version__)
        app = QApplication(["cnnviewer"])
    return app


class Skeleton(QWidget):
    """Menu, top bar, rail and stage as plain surfaces.

    Attributes:
        painted: whether it has been.
    """

    def __init__(self, dark: bool = False, rail: float = _RAIL) -> None:
        super().__init__()
        self.setObjectName("skeleton")
        self.painted = False
        self.setWindowTitle("cnnviewer")
        self._rail = rail
        self._ground, self._surface, self._shape = (QColor(name) for name in (DARK if dark else LIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The outline."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._ground)
        width, height, rail = float(self.width()), float(self.height()), self._rail
        top = _MENU + _BAR
        painter.fillRect(QRectF(0, _MENU, width, _BAR), self._surface)
        painter.fillRect(QRectF(0, top + 1, rail, height), self._surface)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._shape)
        side = rail - 2 * _EDGE
        painter.drawRoundedRect(QRectF(_EDGE, _MENU + 7, 550, 34), 8, 8)
        painter.drawRoundedRect(QRectF(_EDGE, top + 56, side, side), 8, 8)
        painter.setBrush(self._surface)
        stage = QRectF(rail + _EDGE, top + 50, width - rail - 2 * _EDGE, height - top - 50 - _EDGE)
        painter.drawRoundedRect(stage, 8, 8)
        painter.end()
        self.painted = True


def show_skeleton(settings: Path | None = None, theme: str | None = None) -> Skeleton:
    """Show the outline where the window will be and in its colours, painted before this returns.

    Args:
        settings: the settings file; None: the usual one. Any entry may be missing or damaged.
        theme: `system`, `light` or `dark`; None: as the settings say.
    """
    application()
    saved = QSettings(str(settings or default_settings_file()), QSettings.Format.IniFormat)
    geometry, rail = _layout(saved.value("layout", ""))
    made = Skeleton(_is_dark(theme or saved.value("theme", "system")), rail)
    made.resize(USUAL)
    made.setMinimumSize(LEAST)
    place(made, restored=made.restoreGeometry(geometry))
    made.show()
    clock = QElapsedTimer()
    clock.start()
    while not made.painted and clock.elapsed() < _PATIENCE_MS:  # the system says when there is something to paint on
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
    return made


def _is_dark(theme: object) -> bool:
    if theme in ("light", "dark"):
        return theme == "dark"
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _layout(saved: object) -> tuple[QByteArray, float]:
    """The window's place and the width of its rail, as `MainWindow.save_layout` writes them; the first ones else."""
    try:
        geometry, _, parts = base64.b64decode(str(saved), validate=True).partition(b"|")
        place = QByteArray.fromBase64(QByteArray(geometry))
    except ValueError:
        return QByteArray(), _RAIL
    try:
        found = json.loads(parts)
        return place, _COLLAPSED if found["rail_collapsed"] else float(found["rail"])
    except (ValueError, KeyError, TypeError):
        return place, _RAIL
