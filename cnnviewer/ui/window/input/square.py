"""A square in the middle of whatever room there is."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Square(QWidget):
    """Keeps one widget square and in its middle, as large as fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._inside: QWidget | None = None

    def take(self, widget: QWidget) -> None:
        """Hold this widget from now on; whoever held it before lets go of it."""
        before = widget.parentWidget()
        if isinstance(before, Square) and before is not self:
            before._inside = None
        self._inside = widget
        widget.setParent(self)
        self._place()
        widget.show()

    def area(self) -> QRect:
        """The square."""
        side = min(self.width(), self.height())
        return QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)

    def _place(self) -> None:
        if self._inside is not None:
            self._inside.setGeometry(self.area())

    def minimumSizeHint(self) -> QSize:
        """Large enough to draw a digit."""
        return QSize(100, 100)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As large as fits."""
        super().resizeEvent(event)
        self._place()
