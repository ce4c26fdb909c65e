"""Numbers in cells are as long and as large as there is room."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter
from pytestqt.qtbot import QtBot

from cnnviewer.ui.evaluate.numbers import count_forms, share_forms, write_number
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts


@pytest.mark.parametrize(
    ("count", "room", "written", "full"),
    [
        (1130, 1.05, "1,130", True),  # of the width of its longest form
        (1130, 0.95, "1130", True),
        (1130, 0.78, "1130", False),
        (1130, 0.5, "1130", False),
        (12345, 0.6, "12.3k", False),
        (974, 0.9, "974", False),
    ],
)
def test_a_count_loses_its_comma_then_size_then_digits(
    qtbot: QtBot, count: int, room: float, written: str, full: bool
) -> None:
    font, forms = QFont(), count_forms(count)
    font.setPixelSize(20)
    picture = QImage(400, 60, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    painter.setFont(font)
    found: list[PaintedText] = []
    width = QFontMetricsF(font).horizontalAdvance(forms[0]) * room + 3
    with record_texts(found.append):
        write_number(painter, QRectF(0, 0, width, 60), forms)
    assert painter.font() == font
    painter.end()
    assert found[0].text == written
    assert (found[0].size == 20) == full
    assert found[0].size >= 12


@pytest.mark.parametrize(
    ("share", "forms"),
    [
        (1.0, ("100",)),
        (0.9999, (">99.9", ">99")),
        (0.123, ("12.3", "12")),
        (0.0012, ("0.1", "<1")),
    ],
)
def test_a_share_is_never_all_or_nothing_unless_it_is(share: float, forms: tuple[str, ...]) -> None:
    assert share_forms(share) == forms
