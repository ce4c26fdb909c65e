"""A card with one plot: its title, the numbers of now large in its head, the curves below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from cnnviewer.ui.train.curves.plot import CurvePlot
from cnnviewer.ui.widgets.painted_text import draw_text_at
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.type_sizes import scaled

_GAP = 6.0


class CurveCard(QFrame):
    """A plot on a card.

    Attributes:
        head: the line above the plot.
    """

    def __init__(self, plot: CurvePlot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.head = CardHead(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 10, 6)
        column.setSpacing(2)
        column.addWidget(self.head)
        column.addWidget(plot, 1)
        plot.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show by the edge of the card that the keys go to its plot."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.setProperty("focused", event.type() == QEvent.Type.FocusIn)
            self.style().unpolish(self)
            self.style().polish(self)
        return super().eventFilter(watched, event)


class CardHead(Styled, QWidget):
    """Title at the left, a large number and a quiet remark at the right; painted, for it changes while a model learns.

    What has no room is left out: the remark first, then the title.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = self._value = ""
        self._remarks: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_title(self, title: str) -> None:
        """Name what is below."""
        self._title = title
        self.setAccessibleName(title)
        self.update()

    def set_numbers(self, value: str, *remarks: str) -> None:
        """Show these at the right; of the remarks, the longest first, one that has room."""
        if (value, remarks) != (self._value, self._remarks):
            self._value, self._remarks = value, remarks
            self.setAccessibleDescription(" ".join(filter(None, (value, *remarks[:1]))))
            self.update()

    @property
    def text(self) -> str:
        """All that is said."""
        return " ".join(filter(None, (self._title, self._value, *self._remarks[:1])))

    def sizeHint(self) -> QSize:
        """A line of the large number."""
        return QSize(200, int(QFontMetricsF(self._large).height()) + 4)

    def on_look_changed(self) -> None:
        """Another font needs another height."""
        self.updateGeometry()
        self.update()

    @property
    def _large(self) -> QFont:
        font = scaled(self.paint_style.text_font, 1.25)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what has room."""
        style, room = self.paint_style, QRectF(self.rect())
        title, large, quiet = style.name_font, self._large, style.text_font
        widths = [
            QFontMetricsF(font).horizontalAdvance(text) for font, text in ((title, self._title), (large, self._value))
        ]
        left = room.width() - sum(widths) - 3 * _GAP
        fitting = (each for each in self._remarks if QFontMetricsF(quiet).horizontalAdvance(each) <= left)
        remark = next(fitting, "")
        painter = QPainter(self)
        metrics = QFontMetricsF(large)
        baseline = room.center().y() + (metrics.ascent() - metrics.descent()) / 2
        right = room.right() - 4
        if remark:
            painter.setFont(quiet)
            painter.setPen(style.color("muted"))
            wide = QFontMetricsF(quiet).horizontalAdvance(remark)
            draw_text_at(painter, QPointF(right - wide, baseline), remark)
            right -= wide + _GAP
        if self._value and widths[1] <= room.width():
            painter.setFont(large)
            painter.setPen(style.color("text"))
            draw_text_at(painter, QPointF(right - widths[1], baseline), self._value)
            right -= widths[1] + _GAP
        if widths[0] <= right:
            painter.setFont(title)
            painter.setPen(style.color("text"))
            draw_text_at(painter, QPointF(0.0, baseline), self._title)
        painter.end()
