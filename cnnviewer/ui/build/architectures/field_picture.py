"""The picture with the receptive field of a layer on it, and those of the layers before."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.inspection.records import FloatArray, Region
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.pictures import planes_to_image
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated

_PIXELATED = 64  # a picture of fewer pixels is shown as squares


class FieldPicture(Translated, QWidget):
    """A picture, whole whatever a model's input measures, with frames that grow from layer to layer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("architecturesPicture")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._image: QImage | None = None
        self._size = (1, 1)
        self._frames: tuple[Region, ...] = ()
        theme().changed.connect(self.update)
        self.retranslate()

    def set_image(self, image: FloatArray | None) -> None:
        """The picture, float32 `(C, H, W)` in 0..1, or none."""
        self._image = None if image is None else planes_to_image(image)
        self.updateGeometry()
        self.update()

    def set_frames(self, size: tuple[int, int], frames: tuple[Region, ...]) -> None:
        """Draw these fields, smallest first, the last one as the chosen; `size` is the input's height and width."""
        self._size, self._frames = size, frames
        self.update()

    def frame_rect(self, region: Region) -> QRectF:
        """Where a part of the input is in the widget."""
        picture, (height, width) = self.picture_rect(), self._size
        across, down = picture.width() / width, picture.height() / height
        return QRectF(
            picture.left() + region.left * across,
            picture.top() + region.top * down,
            (region.right - region.left) * across,
            (region.bottom - region.top) * down,
        )

    def picture_rect(self) -> QRectF:
        """Where the picture is: as large as it can be, in the middle."""
        width, height = (1, 1) if self._image is None else (self._image.width(), self._image.height())
        scale = min(self.width() / width, self.height() / height)
        size = width * scale, height * scale
        return QRectF((self.width() - size[0]) / 2, (self.height() - size[1]) / 2, *size)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self._empty = self.tr("Without a picture")
        self.setAccessibleName(self.tr("Receptive field on the picture"))
        self.setToolTip(
            self.tr(
                "The part of the picture that the value in the middle of the chosen layer's maps depends on; "
                "thin frames: the layers before it."
            )
        )
        self.update()

    def heightForWidth(self, width: int) -> int:
        """As high as the picture is at that width, within reason."""
        ratio = 1.0 if self._image is None else self._image.height() / self._image.width()
        return round(width * min(max(ratio, 0.5), 1.4))

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(200, self.heightForWidth(200))

    def minimumSizeHint(self) -> QSize:
        """Small."""
        return QSize(100, 100)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Picture, shade outside the field, frames."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        picture = self.picture_rect()
        if self._image is None:
            painter.fillRect(picture, theme().color("sunken"))
            painter.setPen(theme().color("faint"))
            draw_text(painter, picture, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), self._empty)
        else:
            smooth = min(self._image.width(), self._image.height()) >= _PIXELATED
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(picture, self._image)
        if not self._frames:
            return
        chosen = self.frame_rect(self._frames[-1])
        if self._image is not None:
            outside = QPainterPath()
            outside.addRect(picture)
            outside.addRect(chosen)
            painter.fillPath(outside, QColor(0, 0, 0, 120))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for region in self._frames[:-1]:
            box = self.frame_rect(region)
            painter.setPen(QPen(QColor(0, 0, 0, 130), 2))
            painter.drawRect(box)
            painter.setPen(QPen(QColor(255, 255, 255, 220), 1))
            painter.drawRect(box)
        inside = chosen.intersected(picture).adjusted(1, 1, -1, -1) if chosen.width() > 6 else chosen
        for colour, width in ((QColor(0, 0, 0, 160), 4), (theme().color("highlight"), 2)):
            pen = QPen(colour, width)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawRect(inside)
