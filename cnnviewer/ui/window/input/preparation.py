"""How an image was prepared for the model: the image large, the steps of a drawing, the normalisation."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from cnnviewer.core.images.drawn_digit import DigitSteps
from cnnviewer.core.models.recipe import Normalisation
from cnnviewer.ui.widgets.normalised import normalisation_text
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.window.input.pixel_view import PixelView
from cnnviewer.ui.window.input.steps_row import StepsRow

_SIDE = 280  # pixels of the image
_STEPS_WIDTH = 280


class _Steps(QWidget):
    """The three steps of a drawing's preparation."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("preparationSteps")
        self.setAccessibleName(self.tr("Steps of the preparation: cropped, scaled to 20×20, centred by mass"))
        self.setFixedSize(_STEPS_WIDTH, int(StepsRow.height_for(_STEPS_WIDTH, QFontMetricsF(self.font()))) + 1)
        self._row: StepsRow | None = None

    def set_steps(self, steps: DigitSteps | None) -> None:
        """Show these; nothing without."""
        self._row = None if steps is None else StepsRow(steps)
        self.setVisible(steps is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._row is not None:
            captions = (self.tr("cropped"), self.tr("20×20"), self.tr("centred"))
            self._row.paint(QPainter(self), QRectF(self.rect()), captions)


class PreparationCard(QFrame):
    """A card over the window that a click elsewhere or Esc closes.

    Signals:
        change_requested: the user wants to change the size or the normalisation; the card closes.
        closed: it is no longer shown.
    """

    change_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("preparationCard")
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("How the image was prepared"))
        self._title = PlainLabel(self, self.tr("What the model sees"))
        self._title.setProperty("role", "title")
        self.pixels = PixelView("preparationPixels", self)
        self.pixels.setFixedSize(_SIDE, _SIDE)
        self.pixels.setToolTip(tool_tip(self.tr("Point at a pixel, or use the arrow keys, to read its value")))
        self._readout = PlainLabel(self)
        self._readout.setObjectName("preparationReadout")
        self._steps = _Steps(self)
        self._normalised = PlainLabel(self)
        self._normalised.setProperty("role", "caption")
        self._normalised.setWordWrap(True)
        self.change_button = QPushButton(self.tr("Change size and normalisation…"), self)
        self.change_button.setObjectName("preparationChangeButton")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        for part in (self._title, self.pixels, self._readout, self._steps, self._normalised, self.change_button):
            column.addWidget(part)
        self.pixels.pointed.connect(self._say)
        self.change_button.clicked.connect(self._on_change)
        self._say()

    def set_image(self, image: npt.NDArray[np.float32] | None) -> None:
        """Show `image`, float32 `(C, H, W)` in 0..1, or nothing."""
        self.pixels.set_image(image)
        self._say()

    def set_steps(self, steps: DigitSteps | None) -> None:
        """How a drawing became the image; None for images that needed no preparation."""
        self._steps.set_steps(steps)

    def set_normalisation(self, used: Normalisation | None) -> None:
        """Say how the image is normalised."""
        self._normalised.setText("" if used is None else normalisation_text(used))

    def set_changeable(self, changeable: bool) -> None:
        """Whether the user can change size and normalisation now."""
        self.change_button.setEnabled(changeable)

    def _say(self) -> None:
        image = self.pixels.image
        shape = "" if image is None else "×".join(str(size) for size in image.shape)
        self._readout.setText(self.pixels.readout() or shape)

    def _on_change(self) -> None:
        self.close()
        self.change_requested.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell who opened it."""
        super().closeEvent(event)
        self.closed.emit()
