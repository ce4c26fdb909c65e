"""Another size of text reaches every widget: those in sight at once, the others a few at a time.

What a style sheet dresses keeps its font until it is dressed again. Setting the style sheet once more dresses all
widgets, those of every page that is not in front too: more than a second in which nothing answers.
"""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

_SLICE = 0.006
"""Seconds at a time that are spent on what is not in sight."""

_dressing: _Dressing | None = None


def dress_again() -> None:
    """Let all widgets follow the font of the application, where a style sheet dresses them."""
    global _dressing
    app = QApplication.instance()
    if not isinstance(app, QApplication) or not app.styleSheet():
        return
    if _dressing is None or not isValid(_dressing):
        _dressing = _Dressing(app)
    _dressing.begin()


class _Dressing(QObject):
    """Dresses the widgets that wait for it; whoever is shown meanwhile does not wait."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._waiting: dict[QWidget, None] = {}
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    def begin(self) -> None:
        """Dress what is in sight, and all windows; let the rest wait."""
        widgets = QApplication.allWidgets()
        now = [widget for widget in widgets if widget.isVisible() or widget.parent() is None]
        self._waiting = dict.fromkeys(widgets)
        for widget in sorted(now, key=_depth):
            self._dress(widget)
        self._app.installEventFilter(self)
        self._timer.start(0)

    def _dress(self, widget: QWidget) -> None:
        if widget in self._waiting:
            del self._waiting[widget]
            if isValid(widget):
                style = self._app.style()
                style.unpolish(widget)
                style.polish(widget)

    def _go_on(self) -> None:
        end = perf_counter() + _SLICE
        while self._waiting and perf_counter() < end:
            self._dress(next(iter(self._waiting)))
        if not self._waiting:
            self._timer.stop()
            self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What comes into sight is dressed before it is painted."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            self._dress(watched)
        return False


def _depth(widget: QWidget) -> int:
    """How many widgets it stands in: a font comes from outside."""
    depth, parent = 0, widget.parentWidget()
    while parent is not None:
        depth, parent = depth + 1, parent.parentWidget()
    return depth
