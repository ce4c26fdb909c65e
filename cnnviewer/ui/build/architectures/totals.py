"""A model's totals as bars, on scales that all columns share."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.inspection.architectures import ArchitectureSummary
from cnnviewer.ui.build.architectures.measures import (
    COLOURS,
    MEASURES,
    Measure,
    Scale,
    measure_text,
    total,
)
from cnnviewer.ui.widgets.paint_style import PaintStyle
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.plain_text import tool_tip
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.translated import Translated

_BAR = 6.0
_GAP = 5.0
_EDGE = 8.0


class TotalBars(Translated, Styled, QWidget):
    """Layers, parameters, multiply-adds and memory of one model: a line of words and a bar each."""

    def __init__(
        self, model: ArchitectureSummary, scales: Mapping[Measure, Scale], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"architecturesTotals_{model.key}")
        self._model = model
        self._scales = scales
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
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
        self._values["layers"] = self.tr("{count}, {learning} with parameters").format(
            count=self._values["layers"], learning=f"{self._model.architecture.with_parameters:,}"
        )
        exact = " · ".join(f"{self._words[m]}: {total(self._model, m):,}" for m in MEASURES)
        scale = self.tr(
            "Bars are logarithmic and the same for all models: from one tick to the next it is ten times as much. "
            "Every operation of the model counts as a layer. Multiply-adds and memory (the values of all layers, in "
            "bytes) are those of one image."
        )
        least = self.tr("There are layers whose multiply-adds are not known: the model has at least so many.")
        self.setToolTip(tool_tip("\n".join([exact, scale, *([least] if self._model.costs.unknown else [])])))
        self.setAccessibleName(self.tr("Totals of {model}").format(model=self._model.title))
        self.setAccessibleDescription(exact)
        self.update()

    def sizeHint(self) -> QSize:
        """Four lines, four bars."""
        return QSize(200, round(len(MEASURES) * (self.paint_style.line + _BAR + _GAP) + _GAP))

    def minimumSizeHint(self) -> QSize:
        """As high as it is, however narrow."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line and a bar for each measure."""
        painter, style = QPainter(self), self.paint_style
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(style.small_font)
        width, top = self.width() - 2 * _EDGE, _GAP
        for measure in MEASURES:
            line = QRectF(_EDGE, top, width, style.line)
            painter.setPen(style.color("muted"))
            draw_text(
                painter, line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self._words[measure]
            )
            painter.setPen(style.color("text"))
            value = ("≥ " if measure == "multiply_adds" and self._model.costs.unknown else "") + self._values[measure]
            draw_text(painter, line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), value)
            self._paint_bar(painter, style, QRectF(_EDGE, top + style.line, width, _BAR), measure)
            top += style.line + _BAR + _GAP

    def _paint_bar(self, painter: QPainter, style: PaintStyle, box: QRectF, measure: Measure) -> None:
        scale = self._scales[measure]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.color("sunken"))
        painter.drawRoundedRect(box, 2, 2)
        filled = QRectF(
            box.left(), box.top(), max(2.0, box.width() * scale.share(total(self._model, measure))), box.height()
        )
        painter.setBrush(style.color(COLOURS[measure]))
        painter.drawRoundedRect(filled, 2, 2)
        painter.setBrush(style.color("surface"))
        for decade in range(1, scale.decades):  # a notch at each power of ten
            painter.drawRect(
                QRectF(box.left() + box.width() * decade / scale.decades - 0.5, box.top(), 1, box.height())
            )

    def on_look_changed(self) -> None:
        """Other measures need other room."""
        self.updateGeometry()
        self.update()
