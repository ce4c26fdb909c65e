"""The image, what was changed, and the changed picture side by side, each with the answer to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QHelpEvent, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cnnviewer.core.inspection.adversarial.records import Answered, Flip
from cnnviewer.ui.widgets.cell_grid import GridGeometry
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.palettes import Range, packed, pixels, table
from cnnviewer.ui.widgets.percent import percent
from cnnviewer.ui.widgets.pictures import planes_to_image
from cnnviewer.ui.widgets.plain_text import tool_tip
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.translated import Translated

TIMES: Final = 10
"""By how much the difference is enlarged to be seen."""
_LEVELS: Final = 255 / TIMES  # the difference that gets the palette's last colour
_GAP, _LARGEST, _SMALLEST, _BAR = 10, 240, 60, 8


@dataclass(frozen=True)
class _Tile:
    """A picture with a line above it and one below."""

    title: str
    picture: QImage
    below: str
    is_bold: bool = False


class ThreePictures(Translated, Styled, QWidget):
    """Pixels are squares; the tool tip has their values. As high as its width asks for."""

    accessible_role = QAccessible.Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("flipPictures")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._flip: Flip | None = None
        self._image: Answered | None = None
        self._tiles: tuple[_Tile, ...] = ()
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
        self._tiles = tuple(
            _Tile(title, picture, words, place == 2 and flipped)
            for place, (title, picture, words) in enumerate(zip(titles, pictures, below, strict=True))
        )
        self.setAccessibleDescription("; ".join(f"{tile.title}: {tile.below}" for tile in self._tiles if tile.below))
        self._fit()
        self.update()

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Image, difference and changed picture"))
        self._make_tiles()

    # -- where things lie ---------------------------------------------------------------------------------------

    @property
    def _shape(self) -> tuple[int, int]:
        if self._image is None:
            return 1, 1
        _, rows, columns = self._image.picture.shape
        return rows, columns

    def _width(self) -> float:
        return min((self.width() - 2 * _GAP) / 3, float(grown(_LARGEST)))

    def _picture_rect(self, place: int) -> QRectF:
        rows, columns = self._shape
        width = self._width()
        return QRectF(place * (width + _GAP), self._line, width, width * rows / columns)

    @property
    def _line(self) -> float:
        return max(self.paint_style.line, self.paint_style.numbers.height) + 4

    def _fit(self) -> None:
        rows, columns = self._shape
        height = round(self._line + self._width() * rows / columns + self._line + _BAR + 4)
        if height != self.minimumHeight():
            self.setFixedHeight(max(height, grown(_SMALLEST)))

    def minimumSizeHint(self) -> QSize:
        """Three pictures that can be recognised."""
        return QSize(3 * grown(_SMALLEST) + 2 * _GAP, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as the width asks for."""
        super().resizeEvent(event)
        self._fit()

    def on_look_changed(self) -> None:
        """Other texts have other heights."""
        super().on_look_changed()
        self._fit()

    # -- what is seen -------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Titles, pictures, answers, and what the colours of the difference mean."""
        painter = QPainter(self)
        style = self.paint_style
        for place, tile in enumerate(self._tiles):
            rect = self._picture_rect(place)
            above = QRectF(rect.left(), 0, rect.width(), self._line - 4)
            painter.setPen(style.color("muted"))
            style.smalls.paint(
                painter, above, style.smalls.elided(tile.title, rect.width()), Qt.AlignmentFlag.AlignLeft
            )
            if tile.picture.isNull():
                painter.fillRect(rect, style.color("sunken"))
            else:
                painter.drawImage(rect, tile.picture)
            painter.setPen(QPen(style.color("border"), 1))
            painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
            below = QRectF(rect.left(), rect.bottom() + 4, rect.width(), self._line)
            letters = style.names if tile.is_bold else style.smalls
            painter.setPen(style.color("text"))
            letters.paint(painter, below, letters.elided(tile.below, rect.width()), Qt.AlignmentFlag.AlignLeft)
        if self._flip is not None:
            self._paint_legend(painter, self._picture_rect(1))

    def _paint_legend(self, painter: QPainter, rect: QRectF) -> None:
        """The palette from the largest decrease to the largest increase, in grey levels."""
        bar = QRectF(rect.left(), rect.bottom() + 6, rect.width(), _BAR)
        colours = packed(table("signed"))[None].copy()
        strip = QImage(colours.data, colours.shape[1], 1, 4 * colours.shape[1], QImage.Format.Format_RGB32)
        painter.drawImage(bar, strip)
        painter.setPen(self.paint_style.color("muted"))
        painter.setFont(self.paint_style.number_font)
        words = QRectF(rect.left(), bar.bottom(), rect.width(), self.paint_style.numbers.height)
        for side, text in (
            (Qt.AlignmentFlag.AlignLeft, f"−{_LEVELS:g}"),
            (Qt.AlignmentFlag.AlignHCenter, "0"),
            (Qt.AlignmentFlag.AlignRight, f"+{_LEVELS:g}"),
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
            cell = GridGeometry.filling(self._picture_rect(place), *self._shape).at(point)
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


def difference_image(difference: npt.NDArray[np.int16]) -> QImage:
    """`(C, H, W)` in grey levels as colours from blue over white to red; of several channels their mean."""
    flat = difference.mean(0, dtype=np.float32)
    coloured = np.ascontiguousarray(pixels(flat, "signed", Range(-_LEVELS, _LEVELS)))
    height, width = flat.shape
    return QImage(coloured.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def _levels(values: npt.NDArray[np.uint8]) -> str:
    return " ".join(str(value) for value in values.tolist())
