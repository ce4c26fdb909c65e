"""The sign of a muted channel: a ring with a bar through it, the same everywhere."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from cnnviewer.ui.widgets.styled import GrowingSize
from cnnviewer.ui.widgets.theme import theme

_DIAGONAL = 0.7071  # cosine of 45 degrees


class MutedSign(QWidget):
    """The sign alone, as large as a letter."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        GrowingSize(self, fixed_width=16, fixed_height=16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the sign."""
        painter = QPainter(self)
        paint_muted_sign(painter, self.rect().toRectF(), theme().color("highlight_text"))
        painter.end()


def paint_muted_sign(painter: QPainter, room: QRectF, colour: QColor, ground: QColor | None = None) -> None:
    """Paint the sign as large as fits into `room`; `ground` fills it, where it stands on a picture."""
    size = min(room.width(), room.height())
    thick = max(1.2, size / 9)
    ring = QRectF(0, 0, size - thick, size - thick)
    ring.moveCenter(room.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.setBrush(Qt.BrushStyle.NoBrush if ground is None else ground)
    painter.drawEllipse(ring)
    reach = _DIAGONAL * ring.width() / 2
    middle = ring.center()
    painter.drawLine(QLineF(middle.x() - reach, middle.y() - reach, middle.x() + reach, middle.y() + reach))
    painter.restore()
