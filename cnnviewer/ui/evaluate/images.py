"""The images behind a cell of the confusion matrix, as thumbnails with index and confidence."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFontInfo, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.image_wall import ImageWall, Indices, Pixels
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.percent import percent, whole_percent
from cnnviewer.ui.widgets.pictures import planes_to_image
from cnnviewer.ui.widgets.plain_text import elided
from cnnviewer.ui.widgets.theme import theme

_WIDTH = 7.4  # sizes of the letters that a thumbnail is wide, at least: room for its index and confidence
_FRAME = 3.0


class CellImages(ImageWall):
    """Some of the test images; arrow keys and clicks choose one.

    Signals:
        chosen: index into the test set.
    """

    accessible_role = QAccessible.Role.Graphic

    GAP = 10.0
    EDGE = 4.0

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("evaluationImages", parent)
        self._table: Confusion | None = None
        self._rows: Indices = np.zeros(0, np.int64)
        self._named = True
        self._inspected = -1

    def set_images(self, images: Pixels) -> None:
        """The test set's images, uint8 `(N, C, H, W)`."""
        self._images = images
        self.viewport().update()

    def show_rows(self, table: Confusion | None, rows: Indices, named: bool, notice: str) -> None:
        """Show these rows of a table, in their order.

        Args:
            table: what was predicted.
            rows: which of its images.
            named: whether the classes stand below each, because they differ.
            notice: why there are none.

        """
        if not np.array_equal(rows, self._rows):
            self.verticalScrollBar().setValue(0)
        self._table, self._rows, self._named, self._notice = table, rows, named, notice
        self._shown = table.indices[rows] if table is not None else np.zeros(0, np.int64)
        self.update_range()
        self.viewport().update()

    def set_inspected(self, index: int) -> None:
        """Frame the image that is looked at; -1: none of the test set."""
        if index != self._inspected:
            self._inspected = index
            self.bring_into_view()
            self.viewport().update()

    # geometry

    def columns(self) -> int:
        """Thumbnails in a row."""
        wide = _WIDTH * QFontInfo(self.font()).pixelSize()
        return max(1, int((self.viewport().width() - 2 * self.EDGE + self.GAP) / (wide + self.GAP)))

    def _line(self) -> float:
        return QFontMetricsF(self.font()).height()

    def cell_size(self) -> tuple[float, float]:
        """A square with one line or two below."""
        room = self.viewport().width() - 2 * self.EDGE - (self.columns() - 1) * self.GAP
        side = max(24.0, room / self.columns())
        return side, side + 4 + self._line() * (2 if self._named else 1)

    def place(self) -> int:
        """Where the image inspected stands, or -1."""
        found = np.flatnonzero(self._shown == self._inspected)
        return int(found[0]) if len(found) else -1

    def choose(self, place: int) -> None:
        """Ask for the `place`-th image shown to be inspected."""
        self._inspected = int(self._shown[place])
        self.bring_into_view()
        self.setAccessibleDescription(self.describe(self._inspected))
        self.viewport().update()
        self.chosen.emit(self._inspected)

    # looks

    def paintEvent(self, event: QPaintEvent) -> None:
        """The thumbnails that are visible, or why there are none."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._table is None or not len(self._shown):
            self.paint_notice(painter, 16)
            return
        for place in self.visible_places():
            self._paint_cell(painter, self.cell_rect(place), place, self._table)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme().color("accent"), 1))
            painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

    def _paint_cell(self, painter: QPainter, cell: QRectF, place: int, table: Confusion) -> None:
        index, row = int(self._shown[place]), int(self._rows[place])
        if index >= len(self._images):
            return
        side = cell.width()
        square = QRectF(cell.left(), cell.top(), side, side)
        box = self.paint_picture(painter, planes_to_image(self._images[index]), square)
        current = index == self._inspected
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme().color("highlight" if current else "border"), _FRAME if current else 1.0))
        painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 3, 3)
        metrics, centre = QFontMetricsF(self.font()), Qt.AlignmentFlag.AlignCenter
        line = QRectF(cell.left() - 4, cell.top() + side + 4, side + 8, self._line())
        painter.setPen(theme().color("text" if current else "muted"))
        if self._named:
            names = (class_word(table.classes[int(which[row])]) for which in (table.labels, table.predicted))
            draw_text(painter, line, centre, elided(metrics, " → ".join(names), line.width()))
            line.translate(0, self._line())
        draw_text(
            painter,
            line,
            centre,
            elided(metrics, f"#{index} · {whole_percent(float(table.confidences[row]))}", line.width()),
        )

    def describe(self, index: int) -> str:
        """Number, classes and confidence of an image that is shown."""
        table = self._table
        if table is None:
            return ""
        row = int(self._rows[self._shown == index][0])
        return self.tr("#{index}: true class {label}, predicted {name} ({percent})").format(
            index=f"{index:,}",
            label=class_word(table.classes[int(table.labels[row])]),
            name=class_word(table.classes[int(table.predicted[row])]),
            percent=percent(float(table.confidences[row])),
        )

    # Qt

    def minimumSizeHint(self) -> QSize:
        """Two thumbnails."""
        return QSize(220, 140)
