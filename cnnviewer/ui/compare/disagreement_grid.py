"""A wall of images that are not read alike, with every column's verdict below each."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from cnnviewer.core.runs.compare import Verdicts
from cnnviewer.ui.compare.marks import SIGNS, colour, paint_symbol
from cnnviewer.ui.input.pictures import planes_to_image
from cnnviewer.ui.theme import RADIUS, theme

_WIDTH: Final = 116.0
_PICTURE: Final = 64.0
_GAP: Final = 8.0
_EDGE: Final = 6.0

Indices = npt.NDArray[np.int64]


class DisagreementGrid(QAbstractScrollArea):
    """Cells of an image each; paints what is visible. Arrow keys walk, Enter or a click chooses.

    Signals:
        chosen: index into the test set.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("disagreementGrid")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(self.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self._images: npt.NDArray[np.uint8] = np.zeros((0, 1, 1, 1), np.uint8)
        self._verdicts: Verdicts | None = None
        self._places: tuple[int, ...] = ()
        self._shown: Indices = np.zeros(0, np.int64)
        self._current = -1
        self._notice = ""
        theme().changed.connect(self.viewport().update)

    def set_images(self, images: npt.NDArray[np.uint8]) -> None:
        """The test set's images, uint8 `(N, C, H, W)`."""
        self._images = images

    def set_verdicts(self, verdicts: Verdicts | None, places: tuple[int, ...]) -> None:
        """What was read; `places` are those of its columns, which give the marks."""
        self._verdicts, self._places = verdicts, places
        self.set_shown(np.zeros(0, np.int64))

    def set_shown(self, shown: Indices, notice: str = "") -> None:
        """Which images are shown; `notice` says why there are none."""
        self._shown, self._notice = shown, notice
        self._current = -1
        self.verticalScrollBar().setValue(0)
        self._update_range()
        self.viewport().update()

    @property
    def shown(self) -> Indices:
        """Indices of the images shown."""
        return self._shown

    # -- geometry -----------------------------------------------------------------------------------------------

    def columns(self) -> int:
        """Cells in a row."""
        return max(1, int((self.viewport().width() - _EDGE) / (_WIDTH + _GAP)))

    def _line(self) -> float:
        return QFontMetricsF(self.font()).height() + 1.0

    def _height(self) -> float:
        return _PICTURE + 2 * _EDGE + self._line() * (1 + len(self._places)) + 2.0

    def cell_rect(self, place: int) -> QRectF:
        """Where the `place`-th shown image lies in the viewport."""
        row, column = divmod(place, self.columns())
        top = _EDGE + row * (self._height() + _GAP) - self.verticalScrollBar().value()
        return QRectF(_EDGE + column * (_WIDTH + _GAP), top, _WIDTH, self._height())

    def place_at(self, position: QPoint) -> int:
        """Which of the shown images lies under `position`, or -1."""
        column = int((position.x() - _EDGE) // (_WIDTH + _GAP))
        row = int((position.y() + self.verticalScrollBar().value() - _EDGE) // (self._height() + _GAP))
        place = row * self.columns() + column
        if not (0 <= column < self.columns() and 0 <= place < len(self._shown)):
            return -1
        return place if self.cell_rect(place).contains(position.toPointF()) else -1

    def _update_range(self) -> None:
        rows = -(-len(self._shown) // self.columns())
        total = 2 * _EDGE + rows * (self._height() + _GAP) - _GAP
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, int(total - self.viewport().height() + 0.999)))
        bar.setSingleStep(40)
        bar.setPageStep(max(1, self.viewport().height()))

    # -- looks --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells that are visible, or the notice."""
        painter = QPainter(self.viewport())
        painter.setRenderHints(QPainter.RenderHint.Antialiasing)
        if not len(self._shown) or self._verdicts is None:
            painter.setPen(theme().color("muted"))
            room = self.viewport().rect().adjusted(16, 16, -16, -16)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._notice)
            return
        pitch = self._height() + _GAP
        scrolled = self.verticalScrollBar().value()
        first = max(0, int((scrolled - _EDGE) // pitch)) * self.columns()
        last = (int((scrolled + self.viewport().height()) // pitch) + 1) * self.columns()
        for place in range(first, min(last, len(self._shown))):
            self._paint_cell(painter, self.cell_rect(place), place, self._verdicts)

    def _paint_cell(self, painter: QPainter, cell: QRectF, place: int, verdicts: Verdicts) -> None:
        index = int(self._shown[place])
        current = place == self._current
        painter.setPen(QPen(theme().color("accent" if current else "border"), 2.0 if current else 1.0))
        painter.setBrush(theme().color("raised"))
        painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        picture = planes_to_image(self._images[index])
        scale = _PICTURE / max(picture.width(), picture.height())
        box = QRectF(0, 0, picture.width() * scale, picture.height() * scale)
        box.moveCenter(QRectF(cell.left(), cell.top() + _EDGE, cell.width(), _PICTURE).center())
        painter.drawImage(box, picture)
        line = self._line()
        metrics = QFontMetricsF(self.font())
        row = QRectF(cell.left() + 8, cell.top() + _EDGE + _PICTURE + 3, cell.width() - 16, line)
        label = int(verdicts.labels[index])
        painter.setPen(theme().color("text"))
        words = self.tr("label {label}").format(label=verdicts.classes[label])
        painter.drawText(
            row, Qt.AlignmentFlag.AlignCenter, metrics.elidedText(words, Qt.TextElideMode.ElideRight, row.width())
        )
        for line_number, mark in enumerate(self._places):
            row.translate(0, line)
            read = int(verdicts.predicted[line_number, index])
            right = read == label
            paint_symbol(painter, mark, QRectF(row.left(), row.top(), 8, line).center(), 3.6)
            painter.setPen(colour(mark))
            painter.drawText(row.adjusted(14, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, "✓" if right else "✗")
            painter.setPen(theme().color("text" if right else "muted"))
            name = metrics.elidedText(verdicts.classes[read], Qt.TextElideMode.ElideRight, row.width() - 66)
            painter.drawText(row.adjusted(28, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)
            chance = f"{100 * float(verdicts.chances[line_number, index]):.0f} %"
            painter.setPen(theme().color("muted"))
            painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, chance)

    def describe(self, index: int) -> str:
        """Number, label and every column's verdict in words."""
        verdicts = self._verdicts
        if verdicts is None:
            return ""
        parts = [
            self.tr("#{index}, label {label}").format(
                index=f"{index:,}", label=verdicts.classes[int(verdicts.labels[index])]
            )
        ]
        for line, mark in enumerate(self._places):
            parts.append(
                self.tr("{run} reads {name} ({percent} %)").format(
                    run=SIGNS[mark % len(SIGNS)],
                    name=verdicts.classes[int(verdicts.predicted[line, index])],
                    percent=f"{100 * float(verdicts.chances[line, index]):.1f}",
                )
            )
        return "; ".join(parts)

    # -- Qt -----------------------------------------------------------------------------------------------------

    def _choose(self, place: int) -> None:
        self._current = place
        rect, bar = self.cell_rect(place), self.verticalScrollBar()
        if rect.top() < 0:
            bar.setValue(bar.value() + int(rect.top()) - int(_EDGE))
        elif rect.bottom() > self.viewport().height():
            bar.setValue(bar.value() + int(rect.bottom() - self.viewport().height() + _EDGE))
        index = int(self._shown[place])
        self.setAccessibleDescription(self.describe(index))
        self.viewport().update()
        self.chosen.emit(index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what lies there."""
        place = self.place_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self._choose(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End choose as they go; Enter chooses again."""
        count, columns = len(self._shown), self.columns()
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
            Qt.Key.Key_Home: -count,
            Qt.Key.Key_End: count,
            Qt.Key.Key_Return: 0,
            Qt.Key.Key_Enter: 0,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or not count:
            super().keyPressEvent(event)
            return
        self._choose(min(max(self._current + step, 0), count - 1))

    def viewportEvent(self, event: QEvent) -> bool:
        """The tool tip tells number, label and verdicts."""
        if isinstance(event, QHelpEvent):
            place = self.place_at(event.pos())
            if place >= 0:
                QToolTip.showText(event.globalPos(), self.describe(int(self._shown[place])), self)
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns change."""
        super().resizeEvent(event)
        self._update_range()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint anew: the cells lie at fractional places."""
        self.viewport().update()

    def minimumSizeHint(self) -> QSize:
        """A cell and a half."""
        return QSize(180, 120)
