"""What covers the rail while a file is dragged over it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.theme import RADIUS, theme


class DropFrame(QWidget):
    """Says that a file can be dropped."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setProperty("floating", True)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A veil with a dashed edge, and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = theme().color("accent_soft")
        veil.setAlpha(215)
        painter.setBrush(veil)
        painter.setPen(QPen(theme().color("accent"), 2.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), RADIUS, RADIUS)
        face = self.font()
        face.setPixelSize(18)
        face.setWeight(face.Weight.DemiBold)
        painter.setFont(face)
        painter.setPen(theme().color("text"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        draw_text(painter, self.rect().adjusted(8, 20, -8, -20), flags, self.tr("Drop to open"))


def local_path(data: QMimeData) -> str:
    """The first local file's path, or an empty string."""
    return next((url.toLocalFile() for url in data.urls() if url.isLocalFile()), "")
