"""The image, what was changed, and the changed picture side by side, each with the answer to it."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from cnnviewer.core.inspection.adversarial.records import Answered, Flip
from cnnviewer.ui.explore.why.picture_row import PictureRow, PictureTile
from cnnviewer.ui.widgets.cell_grid import GridGeometry
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.palettes import Range, pixels
from cnnviewer.ui.widgets.percent import percent
from cnnviewer.ui.widgets.pictures import planes_to_image
from cnnviewer.ui.widgets.plain_text import tool_tip
from cnnviewer.ui.widgets.translated import Translated

TIMES: Final = 10
"""By how much the difference is enlarged to be seen."""
_LEVELS: Final = 255 / TIMES  # the difference of a grey picture that gets the palette's last colour
_GREY: Final = 127.5  # of a colour picture: no difference
_BAR: Final = 8


class ThreePictures(Translated, PictureRow):
    """Pixels are squares; the tool tip has their values. As high as its width asks for."""

    largest = 240
    least = 88
    extra = _BAR + 4

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("flipPictures")
        self._flip: Flip | None = None
        self._image: Answered | None = None
        self.retranslate()

    def set_image(self, image: Answered | None) -> None:
        """Show the image alone: there is no change of it yet."""
        self._flip, self._image = None, image
        self._make_tiles()

    def set_flip(self, flip: Flip) -> None:
        """Show a change."""
        self._flip, self._image = flip, flip.before
        self._make_tiles()

    def _make_tiles(self) -> None:
        blank = QImage()
        before = self._image
        titles = self.tr("Image"), self.tr("Difference × {times}").format(times=TIMES), self.tr("Changed picture")
        pictures, below = [blank, blank, blank], ["", "", ""]
        if before is not None:
            pictures[0], below[0] = planes_to_image(before.picture), answer_text(before)
        if self._flip is not None:
            pictures[1] = difference_image(self._flip.difference)
            pictures[2], below[2] = planes_to_image(self._flip.after.picture), answer_text(self._flip.after)
        flipped = self._flip is not None and self._flip.flipped
        self.show_tiles(
            tuple(
                PictureTile(title, picture, words, place == 2 and flipped, words[words.find(" · ") :] if words else "")
                for place, (title, picture, words) in enumerate(zip(titles, pictures, below, strict=True))
            )
        )

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Image, difference and changed picture"))
        self._make_tiles()

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the image's pixels."""
        if self._image is None:
            return 1, 1
        _, rows, columns = self._image.picture.shape
        return rows, columns

    # -- what is seen -------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Titles, pictures, answers, and what the colours of the difference mean."""
        super().paintEvent(event)
        if self._flip is not None:
            self._paint_legend(QPainter(self), self.picture_rect(1))

    def _paint_legend(self, painter: QPainter, rect: QRectF) -> None:
        """The colours from the largest decrease to the largest increase, in grey levels."""
        assert self._flip is not None
        bar = QRectF(rect.left(), rect.bottom() + 6, rect.width(), _BAR)
        levels = _GREY / TIMES if _is_colour(self._flip.difference) else _LEVELS
        ramp = np.linspace(-levels, levels, 256, dtype=np.float32)
        painter.drawImage(bar, difference_image(np.broadcast_to(ramp, (len(self._flip.difference), 1, 256))))
        painter.setPen(self.paint_style.color("muted"))
        painter.setFont(self.paint_style.number_font)
        words = QRectF(rect.left(), bar.bottom(), rect.width(), self.paint_style.numbers.height)
        left, middle, right = f"−{levels:g}", "0", f"+{levels:g}"
        if self.paint_style.numbers.width(f"{left}  {middle}  {right}") > rect.width():
            left, middle, right = "", f"±{levels:g}", ""
        for side, text in (
            (Qt.AlignmentFlag.AlignLeft, left),
            (Qt.AlignmentFlag.AlignHCenter, middle),
            (Qt.AlignmentFlag.AlignRight, right),
        ):
            draw_text(painter, words, side | Qt.AlignmentFlag.AlignTop, text)

    def event(self, event: QEvent) -> bool:
        """The tool tip has the values of the pixel under the pointer."""
        if isinstance(event, QHelpEvent):
            words = self._words_at(QPointF(event.pos()))
            if words:
                QToolTip.showText(event.globalPos(), tool_tip(words), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _words_at(self, point: QPointF) -> str:
        if self._image is None:
            return ""
        for place in range(3):
            cell = GridGeometry.filling(self.picture_rect(place), *self.shape).at(point)
            if cell is None:
                continue
            row, column = cell
            before = self._image.picture[:, row, column]
            words = self.tr("row {row}, col {col}: {value}").format(row=row, col=column, value=_levels(before))
            if self._flip is None:
                return words
            after, change = self._flip.after.picture[:, row, column], self._flip.difference[:, row, column]
            return f"{words} → {_levels(after)} ({' '.join(f'{value:+d}' for value in change)})"
        return ""


def answer_text(answered: Answered) -> str:
    """The class predicted and its probability."""
    name, chance = answered.prediction.ranking[0]
    return f"{class_word(name)} · {percent(chance)}"


def difference_image(difference: npt.NDArray[Any]) -> QImage:
    """`(C, H, W)` in grey levels. Of a grey picture as colours from blue over white to red.

    Of a colour picture as each channel, `TIMES` the difference around the middle grey.
    """
    if _is_colour(difference):
        return planes_to_image((_GREY + TIMES * difference) / 255)
    flat = difference[0].astype(np.float32)
    coloured = np.ascontiguousarray(pixels(flat, "signed", Range(-_LEVELS, _LEVELS)))
    height, width = flat.shape
    return QImage(coloured.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def _is_colour(difference: npt.NDArray[Any]) -> bool:
    return len(difference) >= 3


def _levels(values: npt.NDArray[np.uint8]) -> str:
    return " ".join(str(value) for value in values.tolist())
