"""The window lies where the user sees all of it, whatever screens there are."""

import random

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.ui.window.placing import brought_back, first_place, open_over


@pytest.mark.parametrize(
    ("screen", "maximised"),
    [
        (QRect(0, 0, 1366, 728), True),
        (QRect(0, 0, 1280, 680), True),
        (QRect(0, 0, 1440, 900), True),
        (QRect(0, 0, 1500, 949), True),
        (QRect(0, 0, 1500, 950), False),
        (QRect(0, 40, 1920, 1040), False),
        (QRect(-2560, 0, 2560, 1400), False),
        (QRect(0, 0, 640, 480), True),
    ],
)
def test_the_first_place_is_inside_the_screen_which_a_window_fills_where_it_is_small(screen, maximised) -> None:
    place, fills = first_place(screen)
    assert screen.contains(place)
    assert fills == maximised
    if not maximised:
        assert (place.width(), place.height()) == (1440, 900)


LAPTOP, MONITOR = QRect(0, 0, 1366, 728), QRect(1366, 0, 1920, 1040)


@pytest.mark.parametrize(
    "place",
    [
        QRect(3000, 200, 1440, 900),  # on a monitor that was unplugged
        QRect(-5000, -5000, 1000, 600),
        QRect(1300, 700, 1000, 600),
        QRect(-300, 100, 1000, 600),
        QRect(100, -40, 1000, 600),
        QRect(0, 0, 5000, 3000),
    ],
)
def test_a_place_that_a_screen_does_not_show_whole_comes_back(place) -> None:
    back, fills = brought_back(place, [LAPTOP])
    assert LAPTOP.contains(back)
    assert fills == (place.width() > 1366 or place.height() > 728)


def test_a_place_stays_on_the_screen_that_shows_most_of_it() -> None:
    seen = QRect(1500, 60, 1440, 900)
    assert brought_back(seen, [LAPTOP, MONITOR]) == (seen, False)
    back, fills = brought_back(QRect(3000, 60, 1440, 900), [LAPTOP, MONITOR])
    assert MONITOR.contains(back)
    assert not fills


def test_any_place_comes_back_and_what_was_seen_whole_stays() -> None:
    chance = random.Random(5)
    for _ in range(2_000):
        place = QRect(
            chance.randrange(-6000, 6000),
            chance.randrange(-3000, 3000),
            chance.randrange(1, 4000),
            chance.randrange(1, 3000),
        )
        back, _ = brought_back(place, [LAPTOP, MONITOR])
        assert any(screen.contains(back) for screen in (LAPTOP, MONITOR))
        assert brought_back(back, [LAPTOP, MONITOR]) == (back, False)


def test_a_window_of_its_own_opens_over_the_window_and_stays_where_it_is_moved(qtbot: QtBot) -> None:
    host, own = QWidget(), QWidget()
    for widget in (host, own):
        qtbot.addWidget(widget)
    host.setGeometry(200, 150, 500, 400)
    host.show()
    own.resize(200, 100)
    open_over(own, host)
    assert own.isVisible()
    assert (own.geometry().center() - host.frameGeometry().center()).manhattanLength() <= 2
    own.move(10, 50)
    open_over(own, host)
    assert own.pos() == QPoint(10, 50)
