"""What is painted can be asked for its texts: where they stand, what may be seen of them, how large they are."""

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QScrollArea, QWidget

from cnnviewer.ui.widgets.painted_text import PaintedText, draw_text, draw_text_at, record_texts
from cnnviewer.ui.widgets.text_cache import TextCache

CENTRE = Qt.AlignmentFlag.AlignCenter


class Sign(QWidget):
    """Writes one word into a rectangle, twice as large as its font where it is zoomed."""

    def __init__(self, room: QRectF, zoom: float = 1.0) -> None:
        super().__init__()
        self.room, self.zoom = room, zoom

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.scale(self.zoom, self.zoom)
        font = QFont(self.font())
        font.setPixelSize(14)
        painter.setFont(font)
        painter.setPen(QPen(QColor("#123456")))
        draw_text(painter, self.room, CENTRE, "seven")


def texts_of(widget: QWidget) -> list[PaintedText]:
    found: list[PaintedText] = []
    with record_texts(found.append):
        widget.grab()
    return found


def test_a_text_is_reported_with_its_place_size_and_colour(qtbot):
    sign = Sign(QRectF(10, 20, 100, 30))
    qtbot.addWidget(sign)
    sign.resize(200, 100)
    (text,) = texts_of(sign)
    assert (text.text, text.size, text.colour.name()) == ("seven", 14, "#123456")
    assert text.device is sign
    assert text.room == QRectF(10, 20, 100, 30)
    assert text.room.contains(text.covers)
    assert abs(text.covers.center().x() - 60) < 1


def test_what_is_zoomed_is_as_large_as_it_looks(qtbot):
    sign = Sign(QRectF(0, 0, 100, 30), zoom=2.0)
    qtbot.addWidget(sign)
    sign.resize(300, 100)
    (text,) = texts_of(sign)
    assert text.size == 28
    assert text.room == QRectF(0, 0, 200, 60)


def test_a_place_inside_a_window_is_told_in_pixels_of_the_window_and_what_scrolls_is_clipped(qtbot):
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    sign = Sign(QRectF(0, 0, 300, 40))
    sign.resize(300, 40)
    area.setWidget(sign)
    area.resize(120, 60)
    area.show()
    area.horizontalScrollBar().setValue(50)
    (text,) = texts_of(area)
    assert text.room.left() == -50
    assert text.clip.right() <= 120


def test_a_picture_of_higher_resolution_has_more_pixels_and_letters_of_the_same_size(qtbot):
    sign = Sign(QRectF(10, 20, 100, 30))
    qtbot.addWidget(sign)
    sign.resize(200, 100)
    picture = QPixmap(400, 200)
    picture.setDevicePixelRatio(2)
    found: list[PaintedText] = []
    with record_texts(found.append):
        sign.render(picture)
    assert found[0].room == QRectF(20, 40, 200, 60)
    assert found[0].size == 14


@pytest.mark.usefixtures("qapp")
def test_a_text_at_a_point_covers_what_stands_above_its_baseline():
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    found: list[PaintedText] = []
    painter = QPainter(image)
    painter.setClipRect(QRectF(0, 0, 60, 100))
    with record_texts(found.append):
        draw_text_at(painter, QPointF(30, 50), "seven")
    painter.end()
    (text,) = found
    assert text.room is None
    assert text.covers.left() == 30
    assert text.covers.top() < 50 < text.covers.bottom()
    assert text.clip == QRectF(0, 0, 60, 100)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("as_text", [False, True], ids=["laid out once", "as text"])
def test_texts_that_are_laid_out_once_are_reported_too(as_text):
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    found: list[PaintedText] = []
    painter = QPainter(image)
    font = QFont()
    font.setPixelSize(12)
    cache = TextCache(font, as_text)
    with record_texts(found.append):
        cache.paint(painter, QRectF(20, 10, 100, 30), "0.25", Qt.AlignmentFlag.AlignRight)
    painter.end()
    (text,) = found
    assert (text.text, text.size) == ("0.25", 12)
    assert abs(text.covers.right() - 120) < 2
    assert abs(text.covers.width() - cache.width("0.25")) < 2


def test_nothing_is_reported_once_the_recording_has_ended(qtbot):
    sign = Sign(QRectF(10, 20, 100, 30))
    qtbot.addWidget(sign)
    found = texts_of(sign)
    count = len(found)
    sign.grab()
    assert len(found) == count == 1
