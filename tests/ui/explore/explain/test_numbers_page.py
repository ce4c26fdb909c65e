"""The page of a number: the digits of a window are legible, however narrow the page is and large the text."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.explain.records import Convolution
from cnnviewer.core.inspection.records import Cell
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.registry import MODELS
from cnnviewer.presenters.resolve import untrained
from cnnviewer.ui.explore.explain.numbers_page import NumbersPage
from cnnviewer.ui.widgets.painted_text import record_texts
from cnnviewer.ui.widgets.text_size import use_text_pixels
from cnnviewer.ui.widgets.type_sizes import NUMBER
from tests.small_data import GREY


@pytest.fixture(scope="module")
def inspector() -> Inspector:
    torch.manual_seed(0)
    return Inspector.from_state(untrained(MODELS["lenet"], GREY))


@pytest.fixture
def page(qtbot: QtBot, inspector: Inspector) -> NumbersPage:
    made = NumbersPage()
    qtbot.addWidget(made)
    made.set_architecture(inspector.architecture)
    made.set_inspection(inspector.inspect(np.random.default_rng(0).random((1, 28, 28), np.float32)))
    made.set_explanation(inspector.explain(Cell("conv2", 3, 2, 5)))
    made.show()
    return made


def seen_whole(page: NumbersPage, least: int) -> bool:
    """Whether all of the window stands in digits of at least so many pixels."""
    shown = page.window_sum._sum
    assert shown is not None
    part = page.window_sum._part(shown)
    return (part.rows, part.cols) == (5, 5) and page.window_sum.digit_pixels() >= least


@pytest.mark.parametrize(
    ("size", "least", "beside"),
    [((1240, 620), 20, True), ((1130, 454), NUMBER, True), ((744, 550), NUMBER, False), ((680, 454), NUMBER, False)],
)
def test_all_of_a_kernel_stands_in_digits_the_list_beside_or_below(
    page: NumbersPage, qtbot: QtBot, size: tuple[int, int], least: int, beside: bool
) -> None:
    page.resize(*size)

    def between() -> QPoint:
        return page.sheet.mapTo(page, QPoint(0, 0)) - page.window_sum.mapTo(page, QPoint(0, 0))

    qtbot.waitUntil(
        lambda: seen_whole(page, least) and (between().x() > 100, between().y() > 100) == (beside, not beside)
    )


def test_the_maps_are_220_pixels_in_letters_half_as_large_again_and_the_list_says_how_many(page: NumbersPage) -> None:
    try:
        use_text_pixels(20.8)
        page.resize(1079, 555)  # of a window of 1440x900
        page.refresh()
        page.grab()
        assert min(page.slide.map_sides()) >= 220
        said: list[str] = []
        with record_texts(lambda found: said.append(found.text)):
            page.sheet.grab()
        assert "10 channels by sum" in said
    finally:
        use_text_pixels(13.0)


def test_a_layer_of_one_channel_takes_room_from_its_maps(page: NumbersPage, inspector: Inspector, qtbot: QtBot) -> None:
    page.set_explanation(inspector.explain(Cell("conv1", 3, 2, 5)))
    page.resize(680, 454)
    qtbot.waitUntil(lambda: seen_whole(page, NUMBER))


def test_with_large_text_the_page_scrolls_and_its_list_does_not(page: NumbersPage, qtbot: QtBot) -> None:
    try:
        use_text_pixels(32.5)
        page.resize(1000, 473)
        page.refresh()
        qtbot.waitUntil(lambda: seen_whole(page, 20))
        page_bar, list_bar = page._scroll.verticalScrollBar(), page.sheet.verticalScrollBar()
        qtbot.waitUntil(lambda: page_bar.maximum() > 0 and list_bar.maximum() == 0)
        page.sheet.row_chosen.emit(page.sheet._chosen)
        qtbot.waitUntil(lambda: page_bar.value() > 0)  # the row that is chosen is brought into sight
    finally:
        use_text_pixels(13.0)


def test_in_large_text_the_sum_is_no_smaller_than_the_numbers_of_the_list(page: NumbersPage, qtbot: QtBot) -> None:
    try:
        use_text_pixels(19.5)
        page.resize(1130, 560)
        page.refresh()
        qtbot.waitUntil(lambda: seen_whole(page, NUMBER))
        view = page.window_sum
        assert view._sum is not None
        texts = [*view._lines(), ("", False)]
        sizes = [font.pixelSize() for font, _ in view._fitting(texts, view._places(view._sum).text)]
        assert min(sizes) >= page.sheet._letters.plain.font.pixelSize()
    finally:
        use_text_pixels(13.0)


def test_the_channel_that_leads_the_list_is_large_where_a_number_is_pinned(
    page: NumbersPage, inspector: Inspector
) -> None:
    def large(row: int, col: int, pinned: tuple[int, int]) -> tuple[int, int]:
        cell = Cell("conv2", 3, row, col)
        explanation = inspector.explain(cell)
        page.set_explanation(explanation, Cell("conv2", 3, *pinned))
        assert isinstance(explanation.work, Convolution)
        assert page.window_sum._sum is not None
        return page.window_sum._sum.channel, int(np.abs(explanation.work.sums).argmax())

    leaders = {(row, col): large(row, col, (2, 5))[1] for row in range(8) for col in range(8)}
    first = leaders[2, 5]
    others = [place for place, leader in leaders.items() if leader != first and abs(place[0] - 2) > 1]
    for place in others:
        assert large(*place, pinned=(2, 5))[0] == first  # pointed at: the window slides over one map
        shown, leader = large(*place, pinned=place)
        assert shown == leader
        assert large(2, 5, (2, 5))[0] == first
    assert others
