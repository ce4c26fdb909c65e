"""An image pixel by pixel, as the model gets it, with the value of the pixel under the pointer."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from cnnviewer.core.inspection.records import Region
from cnnviewer.ui.widgets.cell_grid import GridGeometry, arrow_step, moved
from cnnviewer.ui.widgets.focus import paint_focus
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.pictures import planes_to_image
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated

_GRID_FROM = 3.0  # screen pixels a pixel: with less the grid would hide the image


class PixelView(Translated, QWidget):
    """Paints an image with whole pixels. Arrow keys move the readout, Esc ends it.

    Signals:
        pointed: another pixel is read out, or none; `readout` says what it is.
        activated: the image was clicked, or Enter or Space was pressed.
    """

    accessible_role = QAccessible.Role.Graphic

    pointed = Signal()
    activated = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.image: npt.NDArray[np.float32] | None = None
        self._picture = QImage()
        self._region: Region | None = None
        self._pixel: tuple[int, int] | None = None
        theme().changed.connect(self.update)
        self.retranslate()

    def set_image(self, image: npt.NDArray[np.float32] | None) -> None:
        """Show `image`, float32 `(C, H, W)` in 0..1, or nothing."""
        if image is None or self.image is None or image.shape[1:] != self.image.shape[1:]:
            self._pixel = None
        self.image = image
        self._picture = QImage() if image is None else planes_to_image(image)
        self.update()

    def set_region(self, region: Region | None) -> None:
        """Frame a part of the image, which may reach into the padding."""
        if region != self._region:
            self._region = region
            self.update()

    @property
    def pixel(self) -> tuple[int, int] | None:
        """Row and column of the pixel that is read out."""
        return self._pixel

    def readout(self) -> str:
        """Place and value of the pixel under the pointer; empty without one."""
        if self.image is None or self._pixel is None:
            return ""
        row, col = self._pixel
        values = self.image[:, row, col]
        if len(values) == 1:
            return self.tr("row {row}, col {col}: {value}").format(row=row, col=col, value=f"{values[0]:.3f}")
        numbers = " ".join(f"{value:.2f}" for value in values[:4])
        return self.tr("({row}, {col}): {value}").format(row=row, col=col, value=numbers)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("What the model sees, pixel by pixel"))
        self.update()

    def image_rect(self) -> QRectF:
        """Where the image is painted: as large as fits, pixels square."""
        room = QRectF(self.rect())
        if self.image is None:
            return room
        _, height, width = self.image.shape
        scale = min(room.width() / width, room.height() / height)
        fitted = QRectF(0, 0, width * scale, height * scale)
        fitted.moveCenter(room.center())
        return fitted

    def pixel_at(self, position: QPointF) -> tuple[int, int] | None:
        """(row, column) of the pixel at `position`, or None beside the image."""
        if self.image is None:
            return None
        return GridGeometry.filling(self.image_rect(), *self.image.shape[1:]).at(position)

    # -- Qt -----------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """Room for an image that can be recognised."""
        return QSize(40, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Image, grid, region."""
        painter = QPainter(self)
        if self.image is None:
            room = QRectF(self.rect())
            painter.setPen(QPen(theme().color("border"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(theme().color("sunken"))
            painter.drawRect(room.adjusted(0.5, 0.5, -0.5, -0.5))
            if self.hasFocus():
                paint_focus(painter, self, theme().color("accent"))
            painter.setPen(theme().color("muted"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            draw_text(painter, room, flags, self.tr("No image yet"))
            return
        rect = self.image_rect()
        painter.drawImage(rect, self._picture)
        if self._pixel is not None:
            self._paint_grid(painter, rect)
        focused = self.hasFocus()
        painter.setPen(QPen(theme().color("accent" if focused else "border"), 2.0 if focused else 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = 1.0 if focused else 0.5
        painter.drawRect(rect.adjusted(inset, inset, -inset, -inset))
        if self._region is not None:
            self._paint_region(painter, rect)

    def _paint_grid(self, painter: QPainter, rect: QRectF) -> None:
        assert self.image is not None
        assert self._pixel is not None
        _, height, width = self.image.shape
        step = rect.width() / width
        if step >= _GRID_FROM:
            line = theme().color("faint")
            line.setAlpha(90)
            painter.setPen(QPen(line, 0))
            for col in range(1, width):
                x = rect.left() + col * step
                painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
            for row in range(1, height):
                y = rect.top() + row * step
                painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
        row, col = self._pixel
        painter.setPen(QPen(theme().color("accent"), 1.5))
        painter.drawRect(QRectF(rect.left() + col * step, rect.top() + row * step, step, step))

    def _paint_region(self, painter: QPainter, rect: QRectF) -> None:
        assert self.image is not None
        assert self._region is not None
        step = rect.width() / self.image.shape[2]
        part = self._region
        frame = QRectF(
            QPointF(rect.left() + part.left * step, rect.top() + part.top * step),
            QPointF(rect.left() + part.right * step, rect.top() + part.bottom * step),
        )
        frame = frame.intersected(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.setPen(QPen(Qt.GlobalColor.black, 3.5))
        painter.drawRect(frame)
        painter.setPen(QPen(theme().color("highlight"), 2))
        painter.drawRect(frame)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the pixel under the pointer."""
        self._point_at(self.pixel_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """No pixel."""
        self._point_at(None)

    def _point_at(self, pixel: tuple[int, int] | None) -> None:
        if pixel != self._pixel:
            self._pixel = pixel
            self.update()
            self.pointed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Activate."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.activated.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the readout, Enter and Space activate."""
        step = arrow_step(event)
        if step is not None and self.image is not None:
            _, height, width = self.image.shape
            self._point_at(moved(self._pixel or (height // 2, width // 2), step, height, width))
        elif event.key() == Qt.Key.Key_Escape and self._pixel is not None:
            self._point_at(None)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit()
        else:
            super().keyPressEvent(event)
