"""What the model sees: the image itself, small, and how it was prepared when it is clicked."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Property, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.images.drawn_digit import DigitSteps
from cnnviewer.core.inspection.records import Region
from cnnviewer.core.models.recipe import Normalisation
from cnnviewer.ui.widgets.normalised import normalisation_text
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.plain_text import fitting, tool_tip
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.styled import GrowingSize
from cnnviewer.ui.widgets.text_size import grown, text_size
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.window.input.pixel_view import PixelView
from cnnviewer.ui.window.input.preparation import PreparationCard

_GAP = 4
_ICON, _BUTTON = 14, 20


class InputLens(Translated, QWidget):
    """The model's input before normalisation, under its shape; beside it the value of the pixel under the pointer.

    A click opens how the image was prepared. The Qt property `image` is the float32 array `(C, H, W)` or None.

    Signals:
        change_requested: the user wants to change the size or the normalisation.
    """

    change_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inputLens")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._steps: DigitSteps | None = None
        self._normalisation: Normalisation | None = None
        self._card: PreparationCard | None = None
        self.pixels = PixelView("lensPixels", self)
        self.pixels.setCursor(Qt.CursorShape.PointingHandCursor)
        self.pixels.pointed.connect(self.update)
        self.pixels.activated.connect(self.open_preparation)
        self.change_button = QToolButton(self)
        self.change_button.setObjectName("inputReadingButton")
        self.change_button.setProperty("flat", True)
        self.change_button.setProperty("small", True)
        show_icon(self.change_button, "settings", "muted", _ICON)
        GrowingSize(self.change_button, fixed_width=_BUTTON, fixed_height=_BUTTON)
        self.change_button.setEnabled(False)
        self.change_button.clicked.connect(self.change_requested)
        theme().changed.connect(self.update)
        text_size().changed.connect(self._arrange)
        self.retranslate()

    # -- what others ask and tell -------------------------------------------------------------------------------

    def _get_image(self) -> npt.NDArray[np.float32] | None:
        return self.pixels.image

    image = Property(object, _get_image)

    def set_image(self, image: npt.NDArray[np.float32] | None) -> None:
        """Show `image`, float32 `(C, H, W)` in 0..1, or nothing."""
        before = self.pixels.image
        self.pixels.set_image(image)
        if self._card is not None:
            self._card.set_image(image)
        self._describe()
        if (None if image is None else image.shape) != (None if before is None else before.shape):
            self.update()  # the shape stands in the title

    def set_steps(self, steps: DigitSteps | None) -> None:
        """How a drawing became the image; None for images that needed no preparation."""
        self._steps = steps
        if self._card is not None:
            self._card.set_steps(steps)

    def set_region(self, region: Region | None) -> None:
        """Frame a part of the image: the receptive field of what is selected. It may reach into the padding."""
        self.pixels.set_region(region)

    def set_normalisation(self, used: Normalisation | None) -> None:
        """Say how the image is normalised before the model reads it."""
        if used != self._normalisation:
            self._normalisation = used
            self.retranslate()

    def title(self) -> str:
        """What stands above the image: that the model sees it, and its shape."""
        if self.pixels.image is None:
            return self.tr("The model sees")
        shape = "×".join(str(size) for size in self.pixels.image.shape)
        return self.tr("The model sees · {shape}").format(shape=shape)

    def open_preparation(self) -> None:
        """Show the image large, the steps of its preparation and how it is normalised, until a click elsewhere."""
        card = PreparationCard(self)
        card.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        card.set_image(self.pixels.image)
        card.set_steps(self._steps)
        card.set_normalisation(self._normalisation)
        card.set_changeable(self.change_button.isEnabled())
        card.change_requested.connect(self.change_requested)
        card.closed.connect(self._on_card_closed)
        self._card = card
        corner = self.mapToGlobal(QPoint(self.width() + 12, 0))
        room, size = self.screen().availableGeometry(), card.sizeHint()
        card.move(
            max(room.left(), min(corner.x(), room.right() - size.width())),
            max(room.top(), min(corner.y(), room.bottom() - size.height())),
        )
        card.show()

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("What the model sees"))
        self.change_button.setAccessibleName(self.tr("Change size and normalisation"))
        self.change_button.setToolTip(self.tr("Change the size of the model's input, and its normalisation"))
        tip = self.tr(
            "The model's input. Point at a pixel, or use the arrow keys, to read its value. "
            "A click shows it large, with the steps of its preparation."
        )
        if self._normalisation is not None:
            tip = f"{tip} {normalisation_text(self._normalisation)}"
        self.pixels.setToolTip(tool_tip(tip))
        self._describe()
        self.update()

    def _describe(self) -> None:
        image = self.pixels.image
        if image is None:
            words = self.tr("No image.")
        else:
            channels, height, width = image.shape
            words = counted(
                self.tr("{height}×{width} pixels, {channels:channel|channels}."),
                height=height,
                width=width,
                channels=channels,
            )
            if self._normalisation is not None:
                words += " " + normalisation_text(self._normalisation)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
            self.pixels.setAccessibleDescription(words)

    # -- Qt -----------------------------------------------------------------------------------------------------

    @property
    def title_height(self) -> int:
        """Of the line above the image, in pixels."""
        return max(int(QFontMetricsF(self.font()).height()), grown(_BUTTON)) + _GAP

    def minimumSizeHint(self) -> QSize:
        """Room for an image that can be recognised."""
        return QSize(100, self.title_height + 48)

    def sizeHint(self) -> QSize:
        """As in the design."""
        return QSize(200, self.title_height + 84)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The image below the title, the button at its end."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        side = max(self.height() - self.title_height, 1)
        self.pixels.setGeometry(0, self.title_height, side, side)
        self.change_button.move(self.width() - self.change_button.width(), 0)

    def _on_card_closed(self) -> None:
        self._card = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Title and readout."""
        painter = QPainter(self)
        painter.setPen(theme().color("muted"))
        title = QRectF(0, 0, self.change_button.x() - _GAP, self.title_height - _GAP)
        metrics = QFontMetricsF(self.font())
        shape = "" if self.pixels.image is None else "×".join(str(size) for size in self.pixels.image.shape)
        shorter = self.tr("The model sees"), shape or self.tr("Model input")
        words = fitting(metrics, title.width(), self.title(), *shorter)
        draw_text(painter, title, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        said = self.pixels.readout()
        if said:
            left = self.pixels.geometry().right() + 9
            room = QRectF(left, self.title_height, self.width() - left, self.height() - self.title_height)
            painter.setPen(theme().color("text"))
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            draw_text(painter, room, flags, said)
