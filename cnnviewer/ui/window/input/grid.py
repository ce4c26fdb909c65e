"""A wall of thumbnails that costs what is visible of it, however many images there are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.focus import ViewportFocus
from cnnviewer.ui.widgets.image_wall import ImageWall, Indices
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.pictures import planes_to_image
from cnnviewer.ui.widgets.plain_text import elided
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.type_sizes import LABEL

_LEAST_CELL, _MOST_CELL = 52.0, 104.0
_COLUMNS = 14  # in a wide window, before the cells grow
_KEPT_PICTURES = 2000


class SampleGrid(ViewportFocus, ImageWall):
    """Thumbnails of some images of a split, in rows; exactly one or none is current.

    The keys move a cursor; Enter, Space or a click choose.

    Signals:
        current_changed: index into the split of the image that the user, or `set_current`, chose.
        picked: the user chose one, by a click or by Enter.
    """

    current_changed = Signal(int)
    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sampleGrid", parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._labels: Indices = np.zeros(0, np.int64)
        self._predicted: Indices | None = None
        self._classes: tuple[str, ...] = ()
        self._current = -1
        self._cursor = -1  # index into the split, where the keys are
        self._pictures: dict[int, QImage] = {}

    # -- what others ask and tell -------------------------------------------------------------------------------

    def set_images(self, images: npt.NDArray[np.uint8], labels: Indices, classes: tuple[str, ...]) -> None:
        """Show a split: images uint8 `(N, C, H, W)`, labels `(N,)`; all of them, none current."""
        self._images, self._labels, self._classes = images, labels, classes
        self._pictures.clear()
        self._predicted = None
        self._current = self._cursor = -1
        self.verticalScrollBar().setValue(0)
        self.set_shown(np.arange(len(images)))

    def set_predicted(self, predicted: Indices | None) -> None:
        """What the model read, `(N,)`; wrong ones are framed and tagged."""
        self._predicted = predicted
        self.viewport().update()

    def set_shown(self, shown: Indices, notice: str = "") -> None:
        """Which images are shown, in this order; `notice` says why there are none."""
        self._shown, self._notice = shown, notice
        self.update_range()
        if self._cursor >= 0:
            self.bring_into_view()
        self.viewport().update()

    def current(self) -> int:
        """Index into the split, or -1."""
        return self._current

    def place(self) -> int:
        """Where the image at the cursor stands among those shown, or -1."""
        return self.place_of(self._cursor)

    def place_of(self, index: int) -> int:
        """Where the image `index` of the split stands among those shown, or -1."""
        at = int(np.searchsorted(self._shown, index))
        return at if index >= 0 and at < len(self._shown) and self._shown[at] == index else -1

    def set_current(self, index: int) -> None:
        """Choose the image `index` of the split and bring it into view; tells it even when it was current."""
        self._current = self._cursor = index
        self.bring_into_view()
        self.viewport().update()
        self.current_changed.emit(index)

    def clear_current(self) -> None:
        """No image is current; says nothing."""
        self._current = -1
        self.viewport().update()

    # -- geometry -----------------------------------------------------------------------------------------------

    def columns(self) -> int:
        """Thumbnails in a row."""
        width = self.viewport().width() + self.GAP
        wanted = min(max(width / _COLUMNS - self.GAP, _LEAST_CELL), _MOST_CELL)
        return max(int(width / (wanted + self.GAP)), 1)

    def cell_size(self) -> tuple[float, float]:
        """As wide as fills the viewport, and square."""
        side = (self.viewport().width() - (self.columns() - 1) * self.GAP) / self.columns()
        return side, side

    def choose(self, place: int) -> None:
        """Move the cursor to the `place`-th image shown."""
        self._cursor = int(self._shown[place])
        self.bring_into_view()
        self.viewport().update()
        self.setAccessibleDescription(self.describe(self._cursor))

    def _pick(self) -> None:
        """Choose the image at the cursor."""
        if self.place() >= 0:
            self.set_current(self._cursor)
            self.picked.emit()

    # -- looks --------------------------------------------------------------------------------------------------

    def is_wrong(self, index: int) -> bool:
        """Whether the model is known to have misread the image."""
        return self._predicted is not None and self._predicted[index] != self._labels[index]

    def _class_name(self, label: int) -> str:
        return class_word(self._classes[label]) if 0 <= label < len(self._classes) else str(label)

    def _picture(self, index: int) -> QImage:
        picture = self._pictures.get(index)
        if picture is None:
            if len(self._pictures) >= _KEPT_PICTURES:
                self._pictures.clear()
            picture = self._pictures[index] = planes_to_image(self._images[index])
        return picture

    def paintEvent(self, event: QPaintEvent) -> None:
        """The thumbnails that are visible, or the notice."""
        painter = QPainter(self.viewport())
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), theme().color("surface"))
        if not len(self._shown):
            self.paint_notice(painter, 12)
            return
        for place in self.visible_places():
            self._paint_cell(painter, self.cell_rect(place), int(self._shown[place]))

    def _paint_cell(self, painter: QPainter, cell: QRectF, index: int) -> None:
        self.paint_picture(painter, self._picture(index), cell)
        wrong, current = self.is_wrong(index), index == self._current
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if wrong:
            self._paint_tag(painter, cell, index)
            painter.setPen(QPen(theme().color("error"), 1.5))
            painter.drawRect(cell.adjusted(0.75, 0.75, -0.75, -0.75))
        if current or (index == self._cursor and self.hasFocus()):
            painter.setPen(QPen(theme().color("surface"), 5.0))
            painter.drawRect(cell.adjusted(1.5, 1.5, -1.5, -1.5))
            painter.setPen(QPen(theme().color("highlight" if current else "accent"), 3.0))
            painter.drawRect(cell.adjusted(1.5, 1.5, -1.5, -1.5))
            if current and index == self._cursor and self.hasFocus():
                painter.setPen(QPen(theme().color("accent"), 1.5))
                painter.drawRect(cell.adjusted(4, 4, -4, -4))

    def _paint_tag(self, painter: QPainter, cell: QRectF, index: int) -> None:
        assert self._predicted is not None
        face = self.font()
        face.setPixelSize(LABEL)
        painter.setFont(face)
        metrics = QFontMetricsF(face)
        label, read = self._class_name(int(self._labels[index])), self._class_name(int(self._predicted[index]))
        tag = QRectF(cell.left(), cell.bottom() - metrics.height(), cell.width(), metrics.height())
        ground = theme().color("error_soft")
        ground.setAlpha(235)
        painter.fillRect(tag, ground)
        painter.setPen(theme().color("error"))
        room = (tag.width() - metrics.horizontalAdvance("→") - 4) / 2
        short = [elided(metrics, name, room) for name in (label, read)]
        draw_text(painter, tag, Qt.AlignmentFlag.AlignCenter, "→".join(short))

    # -- Qt -----------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """Two rows and a few columns."""
        return QSize(220, 120)

    def sizeHint(self) -> QSize:
        """A handful of rows."""
        return QSize(300, 300)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns change; what is current stays in view."""
        super().resizeEvent(event)
        self.bring_into_view()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what lies there."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.place_at(event.position().toPoint()) >= 0:
            self._pick()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space choose; the other keys move the cursor."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._pick()
        else:
            super().keyPressEvent(event)

    def describe(self, index: int) -> str:
        """Number, label and, where known, what the model read."""
        label = self._class_name(int(self._labels[index]))
        if self._predicted is None:
            return self.tr("#{index} · true class {label}").format(index=index, label=label)
        return self.tr("#{index} · true class {label}, predicted {read}").format(
            index=index, label=label, read=self._class_name(int(self._predicted[index]))
        )
