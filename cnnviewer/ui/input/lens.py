"""What the model sees: the image itself, pixel by pixel, with its numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Property, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from cnnviewer.core.digits import DigitSteps
from cnnviewer.core.inspection.records import Region
from cnnviewer.core.models.recipe import Normalisation
from cnnviewer.ui.icons import icon
from cnnviewer.ui.input.normalised import normalisation_short, normalisation_text
from cnnviewer.ui.input.pictures import planes_to_image
from cnnviewer.ui.input.steps_strip import StepsStrip
from cnnviewer.ui.theme import theme

_GAP = 6.0
_ICON = 14
_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class InputLens(QWidget):
    """The model's input before normalisation, nearest-neighbour, with a grid and a value readout under the cursor.

    Arrow keys move the readout, Esc lets it go. The Qt property `image` is the float32 array `(C, H, W)` or None.

    Signals:
        change_wished: a person wants to change the size or the normalisation.
    """

    change_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inputLens")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._image: npt.NDArray[np.float32] | None = None
        self._picture = QImage()
        self._strip: StepsStrip | None = None
        self._region: Region | None = None
        self._normalisation: Normalisation | None = None
        self._pixel: tuple[int, int] | None = None
        self.change_button = QToolButton(self)
        self.change_button.setObjectName("inputReadingButton")
        self.change_button.setProperty("flat", True)
        self.change_button.setProperty("small", True)
        self.change_button.setIconSize(QSize(_ICON, _ICON))
        self.change_button.setFixedSize(_ICON + 6, _ICON + 6)
        self.change_button.setEnabled(False)
        self.change_button.clicked.connect(self.change_wished)
        theme().changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()

    # -- what others ask and tell -------------------------------------------------------------------------------

    def _get_image(self) -> npt.NDArray[np.float32] | None:
        return self._image

    image = Property(object, _get_image)

    def set_image(self, image: npt.NDArray[np.float32] | None) -> None:
        """Show `image`, float32 `(C, H, W)` in 0..1, or nothing."""
        if image is not None and (self._image is None or image.shape[1:] != self._image.shape[1:]):
            self._pixel = None
        self._image = image
        self._picture = QImage() if image is None else planes_to_image(image)
        if image is None:
            self._pixel = None
        self._describe()
        self.update()

    def set_steps(self, steps: DigitSteps | None) -> None:
        """Show how a drawing became the image, below or beside it; None for images that needed no preparation."""
        self._strip = None if steps is None else StepsStrip(steps)
        self.update()

    def set_region(self, region: Region | None) -> None:
        """Frame a part of the image: the receptive field of what is selected. It may reach into the padding."""
        if region != self._region:
            self._region = region
            self.update()

    def set_normalisation(self, used: Normalisation | None) -> None:
        """Say how the image is normalised before the model reads it."""
        if used != self._normalisation:
            self._normalisation = used
            self.retranslate()

    def readout(self) -> str:
        """What is said about the pixel under the cursor; without one, the image's shape, and its normalisation."""
        if self._image is None:
            return ""
        if self._pixel is None:
            shape = "×".join(str(size) for size in self._image.shape)
            if self._normalisation is None or self._beside():  # there it has lines of its own
                return shape
            return f"{shape} · {normalisation_short(self._normalisation)}"
        row, col = self._pixel
        values = self._image[:, row, col]
        if len(values) == 1:
            return self.tr("row {row}, col {col}: {value}").format(row=row, col=col, value=f"{values[0]:.3f}")
        numbers = " ".join(f"{value:.2f}" for value in values[:4])
        return self.tr("({row}, {col}): {value}").format(row=row, col=col, value=numbers)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("What the model sees"))
        self.change_button.setAccessibleName(self.tr("Change size and normalisation"))
        self.change_button.setToolTip(self.tr("Change the size of the model's input, and its normalisation"))
        tip = self.tr("The model's input, pixel by pixel. Point at a pixel, or use the arrow keys, to read its value.")
        self.setToolTip(f"{tip}\n{normalisation_text(self._normalisation)}" if self._normalisation else tip)
        self._describe()
        self.update()

    def _describe(self) -> None:
        if self._image is None:
            words = self.tr("No image.")
        else:
            channels, height, width = self._image.shape
            words = self.tr("{width} by {height} pixels, {channels} channels.").format(
                width=width, height=height, channels=channels
            )
            if self._normalisation is not None:
                words += " " + normalisation_text(self._normalisation)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    # -- places -------------------------------------------------------------------------------------------------

    def _line(self) -> float:
        return QFontMetricsF(self._small_font()).height()

    def _small_font(self) -> Any:
        face = self.font()
        if face.pointSizeF() > 0:
            face.setPointSizeF(max(face.pointSizeF() * 0.88, 7.0))
        return face

    def _beside(self) -> bool:
        """Whether the steps stand beside the image (a wide lens) and not below it."""
        return self.width() > 1.45 * self.height()

    def _areas(self) -> tuple[QRectF, QRectF, QRectF, QRectF]:
        """Title, image room, readout, steps room."""
        width, height = float(self.width()), float(self.height())
        title_height, line = QFontMetricsF(self.font()).height() + 3, self._line() + 2
        top = title_height + 1
        if self._beside():
            side = min(height - top, width * 0.5)
            image = QRectF(0, top, side, side)
            rest = QRectF(side + 12, top, width - side - 12, height - top)
            readout = QRectF(rest.left(), rest.top(), rest.width(), line)
            wanted = StepsStrip.height_for(rest.width(), QFontMetricsF(self._small_font()))
            steps_height = min(wanted, rest.height() - 3 * line - _GAP)  # two lines for the normalisation
            return (
                QRectF(0, 0, width, title_height),
                image,
                readout,
                QRectF(rest.left(), rest.bottom() - steps_height, rest.width(), steps_height),
            )
        steps_height = 0.0
        if self._strip is not None:
            wanted = StepsStrip.height_for(width, QFontMetricsF(self._small_font()))
            steps_height = min(wanted, (height - top - line) * 0.36) + _GAP
        side = max(min(width, height - top - line - steps_height), 1.0)
        image = QRectF((width - side) / 2, top, side, side)
        readout = QRectF(0, image.bottom() + 2, width, line)
        steps = QRectF(0, readout.bottom() + _GAP, width, max(steps_height - _GAP, 0.0))
        return QRectF(0, 0, width, title_height), image, readout, steps

    def image_rect(self) -> QRectF:
        """Where the image is painted: as large as fits, pixels square."""
        room = self._areas()[1]
        if self._image is None:
            return room
        _, height, width = self._image.shape
        scale = min(room.width() / width, room.height() / height)
        fitted = QRectF(0, 0, width * scale, height * scale)
        fitted.moveCenter(room.center())
        return fitted

    def pixel_at(self, position: QPointF) -> tuple[int, int] | None:
        """(row, column) of the pixel at `position`, or None beside the image."""
        rect = self.image_rect()
        if self._image is None or not rect.contains(position):
            return None
        _, height, width = self._image.shape
        row = int((position.y() - rect.top()) / rect.height() * height)
        col = int((position.x() - rect.left()) / rect.width() * width)
        return min(max(row, 0), height - 1), min(max(col, 0), width - 1)

    # -- Qt -----------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """Room for an image that can be read."""
        return QSize(100, 120)

    def sizeHint(self) -> QSize:
        """Room for the image and the steps."""
        return QSize(150, 220)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the end of the title."""
        super().resizeEvent(event)
        self.change_button.move(self.width() - self.change_button.width(), 0)

    def _on_theme_changed(self) -> None:
        self.change_button.setIcon(icon("settings", "muted"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Title, image, grid, region, readout, steps."""
        painter = QPainter(self)
        title, room, readout, steps = self._areas()
        face = self.font()
        face.setWeight(face.Weight.DemiBold)
        painter.setFont(face)
        painter.setPen(theme().color("text"))
        words = QFontMetricsF(face).elidedText(
            self.tr("What the model sees"), Qt.TextElideMode.ElideRight, title.width() - self.change_button.width()
        )
        painter.drawText(title, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, words)
        painter.setFont(self._small_font())
        if self._image is None:
            painter.setPen(QPen(theme().color("border"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(theme().color("sunken"))
            painter.drawRect(room.adjusted(0.5, 0.5, -0.5, -0.5))
            painter.setPen(theme().color("muted"))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.tr("No image yet"))
            return
        rect = self.image_rect()
        painter.drawImage(rect, self._picture)
        if self._pixel is not None:
            self._paint_grid(painter, rect)
        focused = self.hasFocus()
        painter.setPen(QPen(theme().color("accent" if focused else "border"), 1.5 if focused else 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)
        if self._region is not None:
            self._paint_region(painter, rect)
        painter.setPen(theme().color("muted" if self._pixel is None else "text"))
        words = painter.fontMetrics().elidedText(self.readout(), Qt.TextElideMode.ElideRight, int(readout.width()))
        painter.drawText(readout, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        if self._beside() and self._normalisation is not None:
            below = readout.adjusted(0, readout.height(), 0, 2 * readout.height())
            painter.setPen(theme().color("muted"))
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            painter.drawText(below, flags, normalisation_short(self._normalisation))
        if self._strip is not None:
            self._strip.paint(painter, steps, (self.tr("cropped"), self.tr("20×20"), self.tr("centred")))

    def _paint_grid(self, painter: QPainter, rect: QRectF) -> None:
        assert self._image is not None
        assert self._pixel is not None
        _, height, width = self._image.shape
        step = rect.width() / width
        if step >= 3:
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
        assert self._image is not None
        assert self._region is not None
        step = rect.width() / self._image.shape[2]
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
        """Read the pixel under the cursor."""
        self._point_at(self.pixel_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """No pixel."""
        self._point_at(None)

    def _point_at(self, pixel: tuple[int, int] | None) -> None:
        if pixel != self._pixel:
            self._pixel = pixel
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the readout."""
        move = _ARROWS.get(Qt.Key(event.key()))
        if move is not None and self._image is not None:
            _, height, width = self._image.shape
            row, col = self._pixel or (height // 2, width // 2)
            self._point_at((min(max(row + move[0], 0), height - 1), min(max(col + move[1], 0), width - 1)))
        elif event.key() == Qt.Key.Key_Escape and self._pixel is not None:
            self._point_at(None)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
