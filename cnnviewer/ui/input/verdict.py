"""The winner in large letters, how sure the model is, and whether the label agrees."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.inspection.records import Prediction
from cnnviewer.ui.input.icons import paint_icon
from cnnviewer.ui.input.percent import percent
from cnnviewer.ui.theme import theme


class Verdict(QWidget):
    """Paints `7  98.6 %` and below it `label: 7, right`; without an image, that nothing is predicted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("predictionVerdict")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._best: tuple[str, float] | None = None
        self._truth: str | None = None
        theme().changed.connect(self.update)
        self.retranslate()

    def set_prediction(self, prediction: Prediction, truth: str | None) -> None:
        """Show the first of the ranking, and the label where it is known."""
        self._best = prediction.ranking[0] if prediction.ranking else None
        self._truth = truth
        self.update()

    def retranslate(self) -> None:
        """All texts are asked for when painted."""
        self.setAccessibleName(self.tr("Winner"))
        self.updateGeometry()
        self.update()

    def label_text(self) -> str:
        """The line below the winner: whether the label agrees; empty where it is not known."""
        if self._best is None or self._truth is None:
            return ""
        if self._truth == self._best[0]:
            return self.tr("right: the label is {label}").format(label=self._truth)
        return self.tr("wrong: the label is {label}").format(label=self._truth)

    def _large(self) -> QFont:
        face = QFont(self.font())
        face.setPixelSize(26)
        face.setWeight(QFont.Weight.Bold)
        return face

    def sizeHint(self) -> QSize:
        """Two lines; their height never changes, so that nothing below jumps."""
        height = QFontMetricsF(self._large()).height() + QFontMetricsF(self.font()).height() + 1
        return QSize(120, int(height) + 1)

    def minimumSizeHint(self) -> QSize:
        """As high as the hint, and as narrow as it may get."""
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Winner, probability, label."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = float(self.width()), float(self.height())
        if self._best is None:
            painter.setPen(theme().color("muted"))
            painter.drawText(
                QRectF(0, 0, width, height),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap,
                self.tr("An empty canvas predicts nothing"),
            )
            return
        name, probability = self._best
        large, plain = self._large(), QFont(self.font())
        plain.setPixelSize(15)
        chance = self.tr("{number} %").format(number=percent(probability))
        chance_width = QFontMetricsF(plain).horizontalAdvance(chance)
        room = max(width - chance_width - 8, 20.0)
        while large.pixelSize() > 14 and QFontMetricsF(large).horizontalAdvance(name) > room:
            large.setPixelSize(large.pixelSize() - 1)
        metrics = QFontMetricsF(large)
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        line = QFontMetricsF(self._large())
        baseline = line.ascent()
        painter.setFont(large)
        painter.setPen(theme().color("text"))
        painter.drawText(0, int(baseline), shown)
        painter.setFont(plain)
        painter.setPen(theme().color("muted"))
        painter.drawText(int(metrics.horizontalAdvance(shown) + 8), int(baseline), chance)
        words = self.label_text()
        if not words:
            return
        right = self._truth == name
        colour = theme().color("good" if right else "error")
        small = QFontMetricsF(self.font())
        box = QRectF(0, line.height() + 1, small.height(), small.height())
        paint_icon(painter, "right" if right else "wrong", box.adjusted(0, 0, -1, -1), colour, 2.8)
        painter.setFont(self.font())
        painter.setPen(colour)
        area = QRectF(box.right() + 3, box.top(), width - box.right() - 3, small.height())
        painter.drawText(
            area, Qt.AlignmentFlag.AlignVCenter, small.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        )

    def changeEvent(self, event: QEvent) -> None:
        """Another language or font."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
