"""The rail when it is narrow: the input small, the predicted class, a button that widens it again."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.percent import percent
from cnnviewer.ui.widgets.pictures import planes_to_image
from cnnviewer.ui.widgets.plain_text import elided, tool_tip
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.type_sizes import NUMBER, scaled
from cnnviewer.ui.window.input.lens import InputLens
from cnnviewer.ui.window.input.prediction import PredictionView
from cnnviewer.ui.window.input.rail_size import rail_growth

COLLAPSED_WIDTH = 64
_MARGIN = 8


class _Summary(Translated, QWidget):
    """Paints the image and the answer."""

    def __init__(self, lens: InputLens, prediction: PredictionView, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("railSummary")
        self._lens, self._prediction = lens, prediction
        prediction.changed.connect(self._on_changed)
        theme().changed.connect(self.update)
        self.retranslate()

    def _on_changed(self) -> None:
        if self.isVisible():
            self.retranslate()

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Input and prediction"))
        words = self._prediction.accessibleDescription()
        self.setAccessibleDescription(words)
        self.setToolTip(tool_tip(words))
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """What changed meanwhile."""
        super().showEvent(event)
        self.retranslate()

    def sizeHint(self) -> QSize:
        """A square image, and two lines."""
        width = round(COLLAPSED_WIDTH * rail_growth())
        return QSize(width, width + 5 * self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Image, class, probability."""
        painter = QPainter(self)
        side = float(self.width() - 2 * _MARGIN)
        box = QRectF(_MARGIN, 0, side, side)
        image = self._lens.pixels.image
        painter.setPen(QPen(theme().color("border"), 1))
        if image is None:
            painter.setBrush(theme().color("sunken"))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        else:
            picture: QImage = planes_to_image(image)
            scale = side / max(picture.width(), picture.height())
            area = QRectF(0, 0, picture.width() * scale, picture.height() * scale)
            area.moveCenter(box.center())
            painter.drawImage(area, picture)
        ranking = self._prediction.property("ranking")
        if not ranking:
            return
        name, probability = ranking[0]
        large = scaled(self.font(), 2.0, 24)
        large.setWeight(QFont.Weight.Bold)
        while large.pixelSize() > NUMBER and QFontMetricsF(large).horizontalAdvance(name) > side:
            large.setPixelSize(large.pixelSize() - 1)
        metrics = QFontMetricsF(large)
        line = QRectF(_MARGIN, side + 8, side, metrics.height())
        painter.setFont(large)
        painter.setPen(theme().color("text"))
        draw_text(painter, line, Qt.AlignmentFlag.AlignCenter, elided(metrics, name, side))
        small = scaled(self.font(), 1.0, NUMBER)
        painter.setFont(small)
        painter.setPen(theme().color("muted"))
        below = QRectF(0, line.bottom() + 1, self.width(), QFontMetricsF(small).height())
        draw_text(painter, below, Qt.AlignmentFlag.AlignCenter, percent(probability))


class CollapsedRail(Translated, QWidget):
    """A column of 64 pixels.

    Signals:
        widen_requested: the whole rail shall be shown again.
    """

    widen_requested = Signal()

    def __init__(self, lens: InputLens, prediction: PredictionView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("collapsedRail")
        self._summary = _Summary(lens, prediction, self)
        self.widen_button = QToolButton(self)
        self.widen_button.setObjectName("widenRailButton")
        self.widen_button.setProperty("flat", True)
        show_icon(self.widen_button, "widen", "muted", 18)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 8)
        column.addWidget(self._summary)
        column.addStretch(1)
        column.addWidget(self.widen_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.widen_button.clicked.connect(self.widen_requested)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.widen_button.setAccessibleName(self.tr("Widen the input"))
        self.widen_button.setToolTip(self.tr("Show canvas, images and bars again (Ctrl+B)"))
        self._summary.retranslate()
