"""The winner in large letters, how sure the model is, and whether the label agrees."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.inspection.records import Prediction
from cnnviewer.core.wording import Words
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.language import worded
from cnnviewer.ui.widgets.painted_text import draw_text, draw_text_at
from cnnviewer.ui.widgets.percent import percent
from cnnviewer.ui.widgets.plain_text import elided, fitting, tool_tip
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.type_sizes import scaled
from cnnviewer.ui.window.input.icons import paint_icon


class PredictedClass(Translated, QWidget):
    """Paints `7  98.6 %` and below it `label: 7, right`; without an image, that nothing is predicted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("predictedClass")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._best: tuple[str, float] | None = None
        self._truth: str | None = None
        self._answerable = False
        self._refusal: Words = ""
        self._unfamiliar, self._detail = 0, ""
        theme().changed.connect(self.update)
        self.retranslate()

    def set_prediction(self, prediction: Prediction, truth: str | None, refusal: Words = "") -> None:
        """Show the first of the ranking, and the label where it is known; or that the image was refused, and why."""
        self._refusal = refusal
        self._show_tip()
        self._best = prediction.ranking[0] if prediction.ranking else None
        self._truth = truth
        self._answerable = prediction.can_answer(truth)
        self.update()

    def set_unfamiliar(self, classes: int, detail: str = "") -> None:
        """Say that the image looks like none of so many classes, and why; 0: it looks like one."""
        if (classes, detail) != (self._unfamiliar, self._detail):
            self._unfamiliar, self._detail = classes, detail
            self._show_tip()
            self.update()

    def _show_tip(self) -> None:
        self.setToolTip(tool_tip(worded(self._refusal) or self._detail))

    def retranslate(self) -> None:
        """All texts are asked for when painted."""
        self.setAccessibleName(self.tr("Top prediction"))
        self._show_tip()
        self.updateGeometry()
        self.update()

    def label_text(self, room: float = math.inf) -> str:
        """The line below the winner, as long as fits: whether the label agrees; empty where it is not known."""
        if self._best is None or self._truth is None:
            return ""
        short = self.tr("true class: {label}")  # the sign before it says whether it agrees
        whole = {
            None: short,
            True: self.tr("correct: the true class is {label}"),
            False: self.tr("wrong: the true class is {label}"),
        }[self._right]
        words = (template.format(label=class_word(self._truth)) for template in (whole, short))
        return fitting(QFontMetricsF(self.font()), room, *words)

    @property
    def _right(self) -> bool | None:
        """Whether the label agrees; None where the model cannot answer it, or there is none."""
        if self._best is None or self._truth is None or not self._answerable:
            return None
        return self._truth == self._best[0]

    def _large(self) -> QFont:
        face = scaled(self.font(), 2.6, 30)
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
            draw_text(
                painter,
                QRectF(0, 0, width, height),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap,
                self.tr("This image cannot be predicted") if self._refusal else self.tr("Nothing is predicted yet"),
            )
            return
        name, probability = class_word(self._best[0]), self._best[1]
        large, plain = self._large(), QFont(self.font())
        plain.setPixelSize(max(round(QFontInfo(self.font()).pixelSize() * 1.2), 15))
        chance = percent(probability)
        chance_width = QFontMetricsF(plain).horizontalAdvance(chance)
        room = max(width - chance_width - 8, 20.0)
        while large.pixelSize() > 14 and QFontMetricsF(large).horizontalAdvance(name) > room:
            large.setPixelSize(large.pixelSize() - 1)
        metrics = QFontMetricsF(large)
        shown = elided(metrics, name, room)
        line = QFontMetricsF(self._large())
        baseline = line.ascent()
        painter.setFont(large)
        painter.setPen(theme().color("text"))
        draw_text_at(painter, QPointF(0, int(baseline)), shown)
        painter.setFont(plain)
        painter.setPen(theme().color("muted"))
        draw_text_at(painter, QPointF(int(metrics.horizontalAdvance(shown) + 8), int(baseline)), chance)
        if self._truth is None:
            if self._unfamiliar:
                self._paint_unfamiliar(painter, line.height() + 1)
            return
        colour = theme().color({None: "muted", True: "good", False: "error"}[self._right])
        small = QFontMetricsF(self.font())
        box = QRectF(0, line.height() + 1, small.height(), small.height())
        if self._right is None:
            box.setRight(-3)
        else:
            paint_icon(painter, "right" if self._right else "wrong", box.adjusted(0, 0, -1, -1), colour, 2.8)
        painter.setFont(self.font())
        painter.setPen(colour)
        area = QRectF(box.right() + 3, box.top(), width - box.right() - 3, small.height())
        draw_text(painter, area, Qt.AlignmentFlag.AlignVCenter, self.label_text(area.width()))

    def _paint_unfamiliar(self, painter: QPainter, top: float) -> None:
        """In the place of the label, which an image of the user's own has not."""
        small = QFontMetricsF(self.font())
        colour = theme().color("warning")
        box = QRectF(0, top, small.height(), small.height())
        paint_icon(painter, "unfamiliar", box.adjusted(0, 0, -1, -1), colour, 2.4)
        painter.setFont(self.font())
        painter.setPen(colour)
        area = QRectF(box.right() + 3, box.top(), self.width() - box.right() - 3, small.height())
        shorter = QCoreApplication.translate("PredictedClass", "Looks like none of the {classes}")
        word = counted_classes(self._unfamiliar)
        words = (unfamiliar_text(self._unfamiliar), shorter.format(classes=word), self.tr("Unfamiliar image"))
        draw_text(painter, area, Qt.AlignmentFlag.AlignVCenter, fitting(small, area.width(), *words))


def unfamiliar_text(classes: int) -> str:
    """The sentence that says so."""
    text = QCoreApplication.translate("PredictedClass", "This does not look like one of the {classes}.")
    return text.format(classes=counted_classes(classes))


def counted_classes(classes: int) -> str:
    """How many there are, in a word where it is ten."""
    return QCoreApplication.translate("PredictedClass", "ten") if classes == 10 else f"{classes:,}"
