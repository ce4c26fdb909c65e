"""The maps beside a number: what is read is marked where it stands, and leads to the output that reads it."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from torch import nn

from cnnviewer.core.inspection.explain.records import Convolution
from cnnviewer.core.inspection.records import Cell, Inspection, LayerInfo
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.mutes import Mute
from cnnviewer.core.models.registry import MODELS
from cnnviewer.presenters.resolve import untrained
from cnnviewer.ui.explore.explain.maps import Maps, as_grid, grid_columns, maps_of
from cnnviewer.ui.explore.explain.slide import SlidePane
from cnnviewer.ui.explore.explain.window_sum import map_bounds
from cnnviewer.ui.widgets.palettes import Range, colourise
from tests.core.inspection.explain.one_operation import SHAPE, Call, Headed
from tests.core.inspection.sample_networks import image, own
from tests.small_data import GREY
from tests.ui.explore.explain.pixel_ratios import colour_at, painted

IMAGE = np.random.default_rng(0).random((1, 28, 28), np.float32)


class Seen:
    """A model that is looked into once."""

    def __init__(self, inspector: Inspector, pixels: np.ndarray) -> None:
        self.inspector, self.architecture = inspector, inspector.architecture
        self.inspection: Inspection = inspector.inspect(pixels)

    def bounds(self, layer: LayerInfo) -> Range:
        return map_bounds(layer, self.inspection.activations[layer.name])

    def maps(self, cell: Cell, channel: int | None = None) -> Maps:
        explanation = self.inspector.explain(cell)
        found = maps_of(explanation, self.architecture, self.inspection, self.bounds, channel)
        assert found is not None
        return found


@pytest.fixture(scope="module")
def lenet() -> Seen:
    torch.manual_seed(0)
    return Seen(Inspector.from_state(untrained(MODELS["lenet"], GREY)), IMAGE)


def of_one(operation: nn.Module) -> Seen:
    torch.manual_seed(0)
    return Seen(Inspector(Headed(operation), own(SHAPE)), image(SHAPE, seed=5))


def test_every_layer_of_lenet_has_its_map_and_the_maps_that_it_reads(lenet: Seen) -> None:
    for layer in lenet.architecture.layers:
        maps = lenet.maps(Cell(layer.name, *(size // 2 for size in layer.shape)))
        assert maps.written is not None
        assert maps.written.layer is layer
        assert maps.read, layer.name
        assert maps.written.cell_at(*maps.place) == Cell(layer.name, *(size // 2 for size in layer.shape))


def test_a_convolution_reads_its_window_in_the_channel_with_the_largest_sum(lenet: Seen) -> None:
    maps = lenet.maps(Cell("conv2", 3, 2, 5))
    work = lenet.inspector.explain(Cell("conv2", 3, 2, 5)).work
    assert isinstance(work, Convolution)
    (read,) = maps.read
    assert read.channel == int(work.channels[np.abs(work.sums).argmax()])
    assert read.region is not None
    assert (read.region.top, read.region.left, read.region.bottom, read.region.right) == (2, 5, 7, 10)
    assert lenet.maps(Cell("conv2", 3, 2, 5), channel=7).read[0].channel == 7


def test_the_colours_of_a_map_are_those_of_its_whole_layer(lenet: Seen) -> None:
    maps = lenet.maps(Cell("conv2", 3, 2, 5))
    assert maps.written is not None
    assert maps.written.bounds.high == pytest.approx(float(np.abs(lenet.inspection.activations["conv2"]).max()))


def test_a_sum_of_two_layers_reads_the_same_place_of_both() -> None:
    seen = of_one(Call(lambda x: x.relu() + x))
    maps = seen.maps(Cell("add", 2, 3, 4))
    assert [read.layer.name for read in maps.read] == ["relu", "input"]
    assert all(read.region is not None and (read.region.top, read.region.left) == (3, 4) for read in maps.read)
    assert maps.sign == "+"
    assert maps.output_of(1, 6, 7) == (6, 7)


def test_a_product_reads_a_row_and_a_column() -> None:
    seen = of_one(Call(lambda x: x @ (x * 2).transpose(2, 3)))
    row, column = seen.maps(Cell("matmul", 1, 3, 4)).read
    assert row.region is not None
    assert column.region is not None
    assert (row.region.top, row.region.bottom, row.region.left, row.region.right) == (3, 4, 0, 11)
    assert (column.region.top, column.region.bottom, column.region.left, column.region.right) == (0, 11, 4, 5)


def test_a_flattened_value_is_marked_where_it_was_and_where_it_is(lenet: Seen) -> None:
    maps = lenet.maps(Cell("flatten", 37))
    (read,) = maps.read
    assert read.channel == 2
    assert read.region is not None
    assert (read.region.top, read.region.left) == (1, 1)
    assert maps.written is not None
    assert maps.written.values[maps.place] == lenet.inspection.activations["flatten"][37]


@pytest.mark.parametrize("count", [1, 2, 3, 7, 10, 50, 64, 84, 320, 1000, 4096])
def test_a_vector_is_laid_out_row_by_row_nearly_as_a_square(count: int) -> None:
    values = np.arange(count, dtype=np.float32)
    grid = as_grid(values)
    assert grid.shape[1] == grid_columns(count)
    np.testing.assert_array_equal(grid.ravel()[:count], values)
    assert np.isnan(grid.ravel()[count:]).all()
    assert grid.shape[0] <= grid.shape[1] <= max(7, 3 * grid.shape[0])


def test_a_cell_that_is_read_leads_to_the_output_whose_window_lies_around_it(lenet: Seen) -> None:
    maps = lenet.maps(Cell("conv1", 3, 2, 5))
    assert maps.output_of(0, 12, 9) == (10, 7)  # the window of 5x5 around it begins two cells before
    assert maps.output_of(0, 0, 0) == (0, 0)
    pool = lenet.maps(Cell("pool1", 3, 2, 5))
    assert pool.output_of(0, 9, 4) == (4, 2)


def test_a_muted_number_is_read_from_no_map() -> None:
    inspector = Inspector.from_state(untrained(MODELS["lenet"], GREY))
    inspector.set_mutes([Mute("relu2", 4)])
    maps = Seen(inspector, IMAGE).maps(Cell("relu2", 4, 1, 0))
    assert maps.read == ()
    assert maps.written is not None
    assert maps.written.title == "relu2[4]"


@pytest.fixture
def pane(qtbot: QtBot, lenet: Seen) -> SlidePane:
    made = SlidePane()
    qtbot.addWidget(made)
    made.set_motion(False)
    made.resize(250, 560)
    made.set_maps(lenet.maps(Cell("conv1", 3, 2, 5)))
    made.show()
    return made


def middle(pane: SlidePane, number: int, row: int, col: int) -> QPointF:
    return pane._grid(number, pane._slots()).rect(row, col).center()


def test_the_focus_is_a_ring_that_hides_nothing(pane: SlidePane, monkeypatch: pytest.MonkeyPatch) -> None:
    pane.resize(700, 400)  # room for the sign between the maps
    pane.set_maps(of_one(Call(lambda x: x.relu() + x)).maps(Cell("add", 2, 3, 4)))
    monkeypatch.setattr(SlidePane, "hasFocus", lambda _: False)
    without = pane.grab()
    monkeypatch.setattr(SlidePane, "hasFocus", lambda _: True)
    ringed = pane.grab()
    assert ringed.toImage() != without.toImage()
    inside = pane.rect().adjusted(2, 2, -2, -2)
    assert ringed.copy(inside).toImage() == without.copy(inside).toImage()


def test_the_window_follows_the_pointer_over_either_map(pane: SlidePane) -> None:
    seen: list[object] = []
    pane.pointed.connect(seen.append)
    QTest.mouseMove(pane, middle(pane, 0, 12, 9).toPoint())
    QTest.mouseMove(pane, middle(pane, 1, 20, 3).toPoint())
    assert seen == [(10, 7), (20, 3)]


@pytest.mark.parametrize("number", [0, 1])
def test_the_window_is_dragged_on_either_map(pane: SlidePane, number: int) -> None:
    picked: list[tuple[int, int]] = []
    asked: list[object] = []
    pane.picked.connect(lambda row, col: picked.append((row, col)))
    pane.source_picked.connect(lambda *place: asked.append(place))
    start, end = middle(pane, number, 5, 5).toPoint(), middle(pane, number, 14, 9).toPoint()
    QTest.mousePress(pane, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(pane, end)
    QTest.mouseRelease(pane, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    assert picked == [(12, 7) if number == 0 else (14, 9)]
    assert not asked


def test_a_click_asks_about_the_cell(pane: SlidePane) -> None:
    picked: list[object] = []
    asked: list[object] = []
    pane.picked.connect(lambda *place: picked.append(place))
    pane.source_picked.connect(lambda *place: asked.append(place))
    QTest.mouseClick(pane, Qt.MouseButton.LeftButton, pos=middle(pane, 0, 12, 9).toPoint())
    QTest.mouseClick(pane, Qt.MouseButton.LeftButton, pos=middle(pane, 1, 20, 3).toPoint())
    assert (asked, picked) == ([(0, 12, 9)], [(20, 3)])


def test_no_line_to_the_output_crosses_a_title_or_a_legend(pane: SlidePane, lenet: Seen) -> None:
    slot = pane._slots()[1]
    above = QRectF(slot.picture.x(), slot.picture.y() - slot.caption, slot.width, slot.caption).toAlignedRect()
    one = pane.grab(above).toImage()
    pane.set_maps(lenet.maps(Cell("conv1", 3, 20, 17)))
    assert pane.grab(above).toImage() == one


def test_no_line_to_the_output_crosses_the_map_that_is_written(pane: SlidePane, lenet: Seen) -> None:
    def rows_between() -> QImage:
        grid = pane._grid(1, pane._slots())
        return pane.grab(grid.rect(8, 0).united(grid.rect(14, 23)).toAlignedRect()).toImage()

    pane.set_maps(lenet.maps(Cell("conv1", 3, 2, 12)))
    free = rows_between()
    pane.set_maps(lenet.maps(Cell("conv1", 3, 22, 12)))  # below them, and the map that is read lies above
    assert rows_between() == free


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_every_cell_has_the_colour_of_its_value_at_every_pixel_ratio(pane: SlidePane, ratio: float) -> None:
    assert pane.maps is not None
    picture = painted(pane, ratio)
    slots = pane._slots()
    for number, shown in enumerate(pane._all):
        grid = pane._grid(number, slots)
        expected = colourise(np.ascontiguousarray(shown.values), shown.layer.palette, shown.bounds)
        near = grid.rect(*pane.maps.place).adjusted(-20, -20, 20, 20) if number else pane._area(0, pane._shown, slots)
        for row in range(grid.rows):
            for col in range(grid.cols):
                spot = grid.rect(row, col).center()
                if near.adjusted(-4, -4, 4, 4).contains(spot) or _near_a_line(pane, spot):
                    continue
                assert colour_at(picture, spot, ratio) == tuple(expected[row, col, :3]), (number, row, col)


def _near_a_line(pane: SlidePane, spot: QPointF) -> bool:
    """The lines from the window to the output lie over cells between them."""
    assert pane.maps is not None
    slots = pane._slots()
    window, output = pane._area(0, pane._shown, slots), pane._grid(1, slots).rect(*pane.maps.place)
    left, right = min(window.left(), output.left()) - 4, max(window.right(), output.right()) + 4
    return left < spot.x() < right and window.top() - 4 < spot.y() < output.bottom() + 4
