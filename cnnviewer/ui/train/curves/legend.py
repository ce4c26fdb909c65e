"""The legend of both plots: a strip beside the controls, and the same strip in an exported picture."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.ui.widgets.painted_text import draw_text_at
from cnnviewer.ui.widgets.theme import Tokens, theme
from cnnviewer.ui.widgets.translated import Translated

_SAMPLE = 18.0
_GAP = 5.0
_BETWEEN = 14.0

Texts = tuple[str, str, str, str]
"""Of the raw, the smoothed, the epochs' and the validation curve; an empty one is left out."""


def legend_width(texts: tuple[str, ...], font: QFont) -> float:
    """Pixels the legend takes in one row."""
    metrics = QFontMetricsF(font)
    return sum(_SAMPLE + _GAP + metrics.horizontalAdvance(text) + _BETWEEN for text in texts if text) - _BETWEEN


def paint_legend(painter: QPainter, rect: QRectF, texts: Texts, raw: bool, tokens: Tokens, font: QFont) -> None:
    """Draw samples and words from the right end of `rect` on one line.

    Args:
        painter: where.
        rect: the line.
        texts: of the raw, the smoothed, the epochs' and the validation curve.
        raw: the raw curve is shown.
        tokens: the theme.
        font: of the words.

    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    shown = tuple(text for text in (texts if raw else texts[1:]) if text)
    x = max(rect.left(), rect.right() - legend_width(shown, font))
    middle = rect.center().y()
    baseline = middle + (metrics.ascent() - metrics.descent()) / 2.0
    for text in shown:
        _paint_sample(painter, texts.index(text), QPointF(x, middle), tokens)
        painter.setPen(QColor(tokens.muted))
        draw_text_at(painter, QPointF(x + _SAMPLE + _GAP, baseline), text)
        x += _SAMPLE + _GAP + metrics.horizontalAdvance(text) + _BETWEEN
    painter.restore()


def _paint_sample(painter: QPainter, curve: int, start: QPointF, tokens: Tokens) -> None:
    colour = QColor(tokens.validation if curve == 3 else tokens.train)
    pen = QPen(colour, 1.8)
    if curve == 0:
        faint = QColor(colour)
        faint.setAlpha(120)
        pen = QPen(faint, 1.0)
    elif curve == 2:
        pen = QPen(colour, 1.2, Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.drawLine(start, start + QPointF(_SAMPLE, 0.0))
    if curve >= 2:
        painter.setPen(QPen(colour, 1.4))
        painter.setBrush(colour if curve == 3 else QColor(tokens.surface))
        painter.drawEllipse(start + QPointF(_SAMPLE / 2.0, 0.0), 3.0, 3.0)


def short(texts: Texts) -> Texts:
    """The texts without what stands before the comma, where there is little room."""
    raw, smoothed, epoch, validation = (text.rpartition(", ")[2] for text in texts)
    return raw, smoothed, epoch, validation


class CurveLegend(Translated, QWidget):
    """Says which line is which."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("curveLegend")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._raw = True
        self.texts: Texts = ("", "", "", "")
        theme().changed.connect(self.update)
        self.retranslate()

    def retranslate(self) -> None:
        """All texts in the current language."""
        self.texts = (
            self.tr("training, each step"),
            self.tr("training, smoothed"),
            self.tr("training, epoch"),
            self.tr("validation"),
        )
        self.setAccessibleName(self.tr("Legend of the curves"))
        self.setAccessibleDescription(", ".join(self.texts))
        self.updateGeometry()
        self.update()

    def set_raw_shown(self, shown: bool) -> None:
        """The raw curve is drawn or not."""
        self._raw = shown
        self.update()

    def _fitting(self) -> Texts:
        """The texts, shorter ones, or without those of the thin lines: what has room."""
        _, smoothed, epoch, validation = few = short(self.texts)
        least = (self.tr("raw"), smoothed, epoch, validation)
        for texts in (self.texts, few, least, ("", smoothed, epoch, validation), ("", smoothed, "", validation)):
            if legend_width(texts, self.font()) <= self.width():
                return texts
        return "", "", "", ""

    def sizeHint(self) -> QSize:
        """One row."""
        font = self.font()
        return QSize(int(legend_width(self.texts, font)) + 4, int(QFontMetricsF(font).height()) + 4)

    def minimumSizeHint(self) -> QSize:
        """May be cut: the row shares its place with the controls."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strip."""
        painter = QPainter(self)
        paint_legend(painter, QRectF(self.rect()), self._fitting(), self._raw, theme().tokens, self.font())
        painter.end()
