"""Pictures of one size side by side, each with a line above it and one below."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_cache import TextCache
from cnnviewer.ui.widgets.text_size import grown

GAP: Final = 10
_COUNT: Final = 3
_LEFT = Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True)
class PictureTile:
    """A picture, null where there is none, and what stands above and below it; `ending`: of that, what stays whole."""

    title: str
    picture: QImage
    below: str
    is_bold: bool = False
    ending: str = ""


class PictureRow(Styled, QWidget):
    """Three pictures, as large as width and height allow. A subclass fills them with `show_tiles` and names itself."""

    accessible_role = QAccessible.Role.Graphic
    largest: ClassVar[int]
    """Width of a picture at most, in pixels at 100 % of the text size."""
    least: ClassVar[int] = 64
    """Width of a picture where there is little height, likewise."""
    extra: ClassVar[int] = 0
    """Pixels below the lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.tiles: tuple[PictureTile, ...] = ()

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of pixels of every picture."""
        raise NotImplementedError

    def show_tiles(self, tiles: tuple[PictureTile, ...]) -> None:
        """Show these."""
        self.tiles = tiles
        self.setAccessibleDescription("; ".join(f"{tile.title}: {tile.below}" for tile in tiles if tile.below))
        self.updateGeometry()
        self.update()

    def picture_rect(self, place: int) -> QRectF:
        """Where the picture of this place lies."""
        rows, columns = self.shape
        width = min(self._width(), max(1.0, self.height() - self._around()) * columns / rows)
        return QRectF(place * (self._width() + GAP), self.line, width, width * rows / columns)

    @property
    def line(self) -> float:
        """Height of the words above a picture, and of those below."""
        return self._lines() * max(self.paint_style.line, self.paint_style.numbers.height) + 4

    def _lines(self) -> int:
        """Two where words are wider than a picture."""
        style, room = self.paint_style, self._width()
        fits = (
            style.smalls.width(tile.title) <= room and self._letters(tile).width(tile.below) <= room
            for tile in self.tiles
        )
        return 1 if all(fits) else 2

    def _letters(self, tile: PictureTile) -> TextCache:
        return self.paint_style.names if tile.is_bold else self.paint_style.numbers

    def _around(self) -> float:
        """Height of what stands above and below the pictures."""
        return 2 * self.line + self.extra

    def _width(self) -> float:
        """Of a picture with its words; the picture itself is smaller where there is no height."""
        return min((self.width() - (_COUNT - 1) * GAP) / _COUNT, float(grown(self.largest)))

    def _height(self, width: float) -> int:
        """With pictures of this width."""
        rows, columns = self.shape
        return math.ceil(self._around() + max(width * rows / columns, grown(self.least) / 2))

    def sizeHint(self) -> QSize:
        """As high as the width asks for."""
        return QSize(_COUNT * grown(self.largest) + (_COUNT - 1) * GAP, self._height(self._width()))

    def minimumSizeHint(self) -> QSize:
        """Pictures that can be told apart."""
        width = _COUNT * grown(PictureRow.least) + (_COUNT - 1) * GAP
        return QSize(width, self._height(min(float(grown(self.least)), self._width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width asks for another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def on_look_changed(self) -> None:
        """Other texts have other heights."""
        super().on_look_changed()
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Titles, pictures and what stands below them."""
        painter = QPainter(self)
        for place, tile in enumerate(self.tiles):
            self._paint_tile(painter, self.picture_rect(place), tile)

    def _paint_tile(self, painter: QPainter, rect: QRectF, tile: PictureTile) -> None:
        style = self.paint_style
        painter.setPen(style.color("muted"))
        above = QRectF(rect.left(), 0, self._width(), self.line - 4)
        _write(painter, above, style.smalls, tile.title)
        if tile.picture.isNull():
            painter.fillRect(rect, style.color("sunken"))
        else:
            painter.drawImage(rect, tile.picture)
        painter.setPen(QPen(style.color("border"), 1))
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        below = QRectF(rect.left(), rect.bottom() + 4, self._width(), self.line)
        painter.setPen(style.color("text"))
        _write(painter, below, self._letters(tile), tile.below, tile.ending)


def _write(painter: QPainter, room: QRectF, letters: TextCache, text: str, ending: str = "") -> None:
    """In one line where it fits, else in two where there is room for them; `ending` begins the second one."""
    if letters.width(text) <= room.width() or room.height() < 2 * letters.height - 1:
        letters.paint(painter, room, letters.elided(text, room.width(), ending), _LEFT)
        return
    first, second = text.removesuffix(ending), ending.removeprefix(" · ")
    if not ending:
        first, _, second = text.partition(" ")
    for place, part in enumerate((first, second)):
        line = QRectF(room.x(), room.y() + place * letters.height, room.width(), letters.height)
        letters.paint(painter, line, letters.elided(part, room.width()), _LEFT)
