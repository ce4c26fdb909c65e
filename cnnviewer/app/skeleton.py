"""The outline of the window, painted at once: while the rest is imported, the user sees that it is coming."""

from __future__ import annotations

import torch  # before Qt: on Windows its libraries cannot be loaded after (WinError 1114)
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEventLoop, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from cnnviewer import __version__

_BAR, _RAIL, _EDGE = 48.0, 232.0, 14.0  # pixels, as in the window
_PATIENCE_MS = 300
_LIGHT = ("#f3f5f8", "#ffffff", "#eceff3")
_DARK = ("#14181e", "#1b2027", "#222831")


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
    """Top bar, rail and stage as plain surfaces, in the colours of the system's scheme.

    Attributes:
        painted: whether it has been.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("skeleton")
        self.painted = False
        self.setWindowTitle("cnnviewer")
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        self._ground, self._surface, self._shape = (QColor(name) for name in (_DARK if dark else _LIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The outline."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._ground)
        width, height = float(self.width()), float(self.height())
        painter.fillRect(QRectF(0, 0, width, _BAR), self._surface)
        painter.fillRect(QRectF(0, _BAR + 1, _RAIL, height), self._surface)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._shape)
        side = _RAIL - 2 * _EDGE
        painter.drawRoundedRect(QRectF(_EDGE, 9, 420, 30), 8, 8)
        painter.drawRoundedRect(QRectF(_EDGE, _BAR + 50, side, side), 8, 8)
        painter.setBrush(self._surface)
        stage = QRectF(_RAIL + _EDGE, _BAR + 50, width - _RAIL - 2 * _EDGE, height - _BAR - 50 - _EDGE)
        painter.drawRoundedRect(stage, 8, 8)
        painter.end()
        self.painted = True


def show_skeleton() -> Skeleton:
    """Show the outline where the window will be at its first launch, painted before this returns."""
    application()
    made = Skeleton()
    screen = QGuiApplication.primaryScreen()
    if screen is not None:
        room = screen.availableGeometry()
        made.resize(min(1440, room.width()), min(900, room.height()))
        made.move(room.center() - made.rect().center())
    made.show()
    clock = QElapsedTimer()
    clock.start()
    while not made.painted and clock.elapsed() < _PATIENCE_MS:  # the system says when there is something to paint on
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
    return made


_ = torch.__version__  # the import above is needed for its order alone
