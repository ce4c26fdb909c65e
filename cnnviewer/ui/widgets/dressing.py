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
        self._app.installEventFilter(self)  # before: text of another size lets what had no room come into sight
        for widget in now:
            self._dress(widget)
        self._timer.start(0)

    def _dress(self, widget: QWidget) -> None:
        """Dress it if it still waits, after what it stands in: a font comes from outside."""
        if widget not in self._waiting:
            return
        del self._waiting[widget]
        if isValid(widget):
            around = widget.parentWidget()
            while around is not None:
                if around in self._waiting:
                    self._dress(around)  # which goes on outwards
                    break
                around = around.parentWidget()
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
