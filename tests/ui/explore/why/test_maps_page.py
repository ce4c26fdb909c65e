"""The page Maps: what is said of the place under the pointer."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.attribution.records import METHODS, Attribution, AttributionRequest
from cnnviewer.ui.explore.why.maps import MapsPage
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts

SIZE = 14


@pytest.fixture
def page(qtbot: QtBot) -> MapsPage:
    """A page on which every method's map has another value, the same at each place."""
    made = MapsPage()
    qtbot.addWidget(made)
    made.resize(460, 700)
    made.set_question(("a", "b"), 0, None)
    made.set_image(np.zeros((1, SIZE, SIZE), np.float32))
    for number, method in enumerate(METHODS, 1):
        values = np.full((SIZE, SIZE), number, np.float32)
        made.set_map(method, Attribution(AttributionRequest(method, 0), 1.0, values), True)
    made.show()
    return made


@pytest.mark.parametrize(
    ("tile", "said"),
    [
        pytest.param(0, "row 0, column 0: 1", id="over the image the chosen map"),
        pytest.param(1, "row 0, column 0: 1", id="over the chosen map its own value"),
        pytest.param(5, "Occlusion: 5", id="over another map that one's value and its name"),
    ],
)
def test_the_value_said_is_that_of_the_map_under_the_pointer(page: MapsPage, tile: int, said: str) -> None:
    corner = page.tiles._picture_rect(page.tiles._tile_rect(tile)).topLeft().toPoint()
    QTest.mouseMove(page.tiles, corner + QPoint(2, 2))
    QTest.mouseMove(page.tiles, corner + QPoint(3, 3))
    assert page.progress.words.whole.startswith(said)


@pytest.mark.parametrize("bound", [7.7e-3, 7.7e-12, 3.1])
def test_between_the_ends_of_a_legend_is_a_gap(page: MapsPage, bound: float) -> None:
    page.resize(250, 700)
    for method in METHODS:
        values = np.linspace(-bound, bound, SIZE * SIZE, dtype=np.float32).reshape(SIZE, SIZE)
        page.set_map(method, Attribution(AttributionRequest(method, 0), 1.0, values), True)
    painted: list[PaintedText] = []
    with record_texts(painted.append):
        page.tiles.grab()
    ends = [found for found in painted if found.text[:1] in "−±0123456789"]
    assert ends
    for one in ends:
        near = one.covers.adjusted(-4, 0, 4, 0)
        beside = [other for other in ends if other is not one and other.covers.intersects(near)]
        assert not beside, [one.text, *(other.text for other in beside)]


def test_the_same_place_of_another_map_is_another_value(page: MapsPage) -> None:
    said = []
    for tile in (4, 5):
        corner = page.tiles._picture_rect(page.tiles._tile_rect(tile)).topLeft().toPoint()
        QTest.mouseMove(page.tiles, corner + QPoint(3, 3))
        said.append(page.progress.words.whole.partition(":")[0])
    assert said == ["Grad-CAM", "Occlusion"]
    QTest.mouseClick(page.tiles, Qt.MouseButton.LeftButton, pos=corner + QPoint(3, 3))
    assert page.current == METHODS[4]
