"""A model's totals as bars, on scales that all columns share."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.inspection.ladder import LadderModel
from cnnviewer.ui.ladder.measures import COLOURS, MEASURES, Measure, Scale, measure_text, total, with_weights
from cnnviewer.ui.network.ink import Ink
from cnnviewer.ui.theme import theme

_BAR = 6.0
_GAP = 5.0
_EDGE = 8.0


class TotalBars(QWidget):
    """Layers, parameters, multiply-adds and memory of one model: a line of words and a bar each."""

    def __init__(self, model: LadderModel, scales: Mapping[Measure, Scale], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"ladderTotals_{model.key}")
        self._model = model
        self._scales = scales
        self._ink: Ink | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._forget_ink)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self._words = {
            "layers": self.tr("layers"),
            "parameters": self.tr("parameters"),
            "multiply_adds": self.tr("multiply-adds"),
            "memory": self.tr("memory"),
        }
        self._values = {m: measure_text(total(self._model, m), m) for m in MEASURES}
        self._values["layers"] = self.tr("{count}, {weights} with weights").format(
            count=self._values["layers"], weights=with_weights(self._model)
        )
        exact = " · ".join(f"{self._words[m]}: {total(self._model, m):,}" for m in MEASURES)
        scale = self.tr(
            "Bars are logarithmic and the same for all models: from one tick to the next it is ten times as much. "
            "Multiply-adds and memory (the values of all layers, in bytes) are those of one image."
        )
        least = self.tr("There are layers whose multiply-adds are not known: the model has at least so many.")
        self.setToolTip("\n".join([exact, scale, *([least] if self._model.costs.unknown else [])]))
        self.setAccessibleName(self.tr("Totals of {model}").format(model=self._model.title))
        self.setAccessibleDescription(exact)
        self.update()

    def sizeHint(self) -> QSize:
        """Four lines, four bars."""
        return QSize(200, round(len(MEASURES) * (self._inks().line + _BAR + _GAP) + _GAP))

    def minimumSizeHint(self) -> QSize:
        """As high as it is, however narrow."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line and a bar for each measure."""
        painter, ink = QPainter(self), self._inks()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(ink.small_font)
        width, top = self.width() - 2 * _EDGE, _GAP
        for measure in MEASURES:
            line = QRectF(_EDGE, top, width, ink.line)
            painter.setPen(ink.color("muted"))
            painter.drawText(
                line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self._words[measure]
            )
            painter.setPen(ink.color("text"))
            value = ("≥ " if measure == "multiply_adds" and self._model.costs.unknown else "") + self._values[measure]
            painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), value)
            self._paint_bar(painter, ink, QRectF(_EDGE, top + ink.line, width, _BAR), measure)
            top += ink.line + _BAR + _GAP

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and font."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._forget_ink()
        super().changeEvent(event)

    def _paint_bar(self, painter: QPainter, ink: Ink, box: QRectF, measure: Measure) -> None:
        scale = self._scales[measure]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.color("sunken"))
        painter.drawRoundedRect(box, 2, 2)
        filled = QRectF(
            box.left(), box.top(), max(2.0, box.width() * scale.share(total(self._model, measure))), box.height()
        )
        painter.setBrush(ink.color(COLOURS[measure]))
        painter.drawRoundedRect(filled, 2, 2)
        painter.setBrush(ink.color("surface"))
        for decade in range(1, scale.decades):  # a notch at each power of ten
            painter.drawRect(
                QRectF(box.left() + box.width() * decade / scale.decades - 0.5, box.top(), 1, box.height())
            )

    def _inks(self) -> Ink:
        if self._ink is None:
            self._ink = Ink(theme().tokens)
        return self._ink

    def _forget_ink(self) -> None:
        self._ink = None
        self.updateGeometry()
        self.update()
