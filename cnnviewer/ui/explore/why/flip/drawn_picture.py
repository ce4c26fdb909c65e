"""The image as a sheet to draw on: strokes of a colour, undone and redone."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.inspection.adversarial.records import Pixels
from cnnviewer.ui.widgets.pictures import planes_to_image
from cnnviewer.ui.widgets.stroke_raster import StrokeRaster
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.undoable import Undoable

_LARGEST: Final = 220  # pixels of the usual text size


class DrawnPicture(Translated, Styled, QWidget):
    """Owner of the picture that is drawn on. The left button paints in the colour chosen, the right one erases.

    Signals:
        drawn: the picture is another one; `picture` has it.
    """

    accessible_role = QAccessible.Role.Canvas

    drawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("flipCanvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._image: Pixels | None = None
        self._raster: StrokeRaster | None = None
        self.undoable = Undoable(self, "flip")
        self.undoable.undo_requested.connect(self.undo)
        self.undoable.redo_requested.connect(self.redo)
        self._colour = QColor(Qt.GlobalColor.white)
        self._width = 2.0
        self._pointer: QPointF | None = None
        self.setMouseTracking(True)
        self.retranslate()

    def set_image(self, image: Pixels | None) -> None:
        """Begin with this image, uint8 `(C, H, W)`; strokes on another one are forgotten."""
        self._image = image
        self._raster = StrokeRaster(planes_to_image(image)) if image is not None else None
        self.undoable.set_steps(0, 0)
        self._fit()
        self.update()

    @property
    def picture(self) -> Pixels | None:
        """What is drawn, uint8 `(C, H, W)`; None without an image."""
        if self._raster is None or self._image is None:
            return None
        pixels = self._raster.pixels()
        planes = pixels[None] if pixels.ndim == 2 else np.moveaxis(pixels, -1, 0)
        return np.array(planes, np.uint8, order="C")

    @property
    def is_changed(self) -> bool:
        """Whether it differs from the image."""
        picture = self.picture
        return picture is not None and self._image is not None and not np.array_equal(picture, self._image)

    @property
    def can_undo(self) -> bool:
        """Whether there is a stroke to take back."""
        return self._raster is not None and self._raster.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether a stroke that was taken back can be drawn again."""
        return self._raster is not None and self._raster.can_redo

    def set_colour(self, colour: QColor) -> None:
        """Of the next stroke."""
        self._colour = colour

    def set_brush_width(self, width: float) -> None:
        """Of the next stroke, in pixels of the picture."""
        self._width = width
        self.update()

    def undo(self) -> None:
        """Take the last stroke back."""
        if self._raster is not None:
            self._raster.undo()
            self._tell()

    def redo(self) -> None:
        """Draw again what was taken back last."""
        if self._raster is not None:
            self._raster.redo()
            self._tell()

    def reset(self) -> None:
        """The image itself again; can be undone."""
        if self._raster is not None and self._image is not None:
            image = self._image
            self._raster.change(image[0] if image.shape[0] < 3 else np.moveaxis(image[:3], 0, -1))
            self._tell()

    def background(self) -> QColor:
        """The median colour of the image's edge: what erases."""
        if self._image is None:
            return QColor(Qt.GlobalColor.black)
        image = self._image
        edge = np.concatenate([image[:, 0], image[:, -1], image[:, :, 0], image[:, :, -1]], axis=1)
        levels = [int(level) for level in np.median(edge, axis=1)]
        return QColor(*(levels if len(levels) >= 3 else levels[:1] * 3)[:3])

    def _tell(self) -> None:
        self.update()
        if self._raster is not None:
            self.undoable.set_steps(*self._raster.steps)
        self.drawn.emit()

    # -- where things lie ---------------------------------------------------------------------------------------

    def sheet(self) -> QRectF:
        """Where the picture is painted."""
        rows, columns = self._image.shape[1:] if self._image is not None else (1, 1)
        scale = min(self.width() / columns, self.height() / rows)
        rect = QRectF(0, 0, columns * scale, rows * scale)
        rect.moveCenter(QRectF(self.rect()).center())
        return rect

    def _place(self, point: QPointF) -> QPointF:
        """A place on the widget in pixels of the picture."""
        assert self._image is not None
        sheet = self.sheet()
        scale = self._image.shape[2] / max(sheet.width(), 1.0)
        return QPointF((point.x() - sheet.left()) * scale, (point.y() - sheet.top()) * scale)

    def _fit(self) -> None:
        rows, columns = self._image.shape[1:] if self._image is not None else (1, 1)
        self.setMaximumWidth(grown(_LARGEST))
        self.setFixedHeight(max(grown(80), round(self.width() * rows / columns)))

    def minimumSizeHint(self) -> QSize:
        """Large enough to draw."""
        return QSize(grown(140), grown(80))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as the width asks for."""
        super().resizeEvent(event)
        self._fit()

    # -- strokes ------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke."""
        if self._raster is None or event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return
        if self._raster.stroking:  # its release was not seen
            self._raster.end()
        erases = event.button() == Qt.MouseButton.RightButton
        self._raster.begin(self._place(event.position()), self._width, self.background() if erases else self._colour)
        self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lead the stroke on, also outside the picture."""
        self._pointer = event.position()
        if self._raster is not None and self._raster.stroking:
            if event.buttons():
                self._raster.extend(self._place(event.position()), self._width)
            else:
                self._raster.end()
            self._tell()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke with the last button."""
        if self._raster is not None and self._raster.stroking and not event.buttons():
            self._raster.end()
            self._tell()

    def leaveEvent(self, event: QEvent) -> None:
        """The brush is nowhere."""
        self._pointer = None
        self.update()

    # -- what is seen -------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture in squares, its frame, and the brush where the pointer is."""
        painter = QPainter(self)
        sheet = self.sheet()
        if self._raster is None or self._image is None:
            painter.fillRect(sheet, self.paint_style.color("sunken"))
            return
        painter.drawImage(sheet, self._raster.image)
        focused = self.hasFocus()
        inset = 1.0 if focused else 0.5
        painter.setPen(QPen(theme().color("accent" if focused else "border"), 2.0 * inset))
        painter.drawRect(sheet.adjusted(inset, inset, -inset, -inset))
        if self._pointer is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            reach = max(2.0, self._width * sheet.width() / self._image.shape[2] / 2)
            for colour, width in ((QColor(255, 255, 255, 190), 2.6), (QColor(30, 40, 55, 230), 1.2)):
                painter.setPen(QPen(colour, width))
                painter.drawEllipse(self._pointer, reach, reach)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("The image, to draw on"))
        self.setAccessibleDescription(
            self.tr("Draw with the left button, erase with the right one. Ctrl+Z takes the last stroke back.")
        )
