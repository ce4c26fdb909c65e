"""The way from one level of Explore to the next: what was clicked grows until it is the stage, and shrinks back."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QRectF, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from cnnviewer.ui.widgets.theme import theme

DURATION: Final = 180
"""Milliseconds."""


class LevelTransition(QWidget):
    """Lies over the stage for the length of one animation; takes no mouse and no keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._stage = parent
        self.setObjectName("levelTransition")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._picture: QPixmap | None = None
        self._from, self._to = QRectF(), QRectF()
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(DURATION)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.valueChanged.connect(self.update)
        self._animation.finished.connect(self.hide)
        self._inwards = True

    @property
    def running(self) -> bool:
        """Whether it is on the way."""
        return self._animation.state() == QAbstractAnimation.State.Running

    def start(self, picture: QPixmap | None, small: QRectF, large: QRectF, inwards: bool) -> None:
        """Let a picture (or a frame alone) grow from `small` to `large`, or shrink back, and fade."""
        self._animation.stop()
        self._picture, self._inwards = picture, inwards
        self._from, self._to = (small, large) if inwards else (large, small)
        self.setGeometry(self._stage.rect())
        self.raise_()
        self.show()
        self._animation.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture on its way; it is gone when it arrives."""
        part = float(self._animation.currentValue() or 0.0)
        a, b = self._from, self._to
        room = QRectF(
            a.x() + (b.x() - a.x()) * part,
            a.y() + (b.y() - a.y()) * part,
            a.width() + (b.width() - a.width()) * part,
            a.height() + (b.height() - a.height()) * part,
        )
        painter = QPainter(self)
        painter.setOpacity((1 - part) * (0.85 if self._inwards else 0.5))
        if self._picture is not None and not self._picture.isNull():
            painter.drawPixmap(room, self._picture, QRectF(self._picture.rect()))
        painter.setOpacity(1 - part * part)
        painter.setPen(QPen(theme().color("highlight"), 2))
        painter.drawRect(room)
        painter.end()
