"""A window's arithmetic in large digits: its numbers are the explanation's, its colours the layer's."""

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPointF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.explain.notation import adding_up
from cnnviewer.core.inspection.explain.records import Convolution, Pooling
from cnnviewer.core.inspection.records import Cell
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.registry import MODELS
from cnnviewer.presenters.resolve import untrained
from cnnviewer.ui.explore.explain.window_sum import WindowSum, map_bounds, window_sum
from cnnviewer.ui.explore.explain.window_sum_view import WindowSumView
from cnnviewer.ui.explore.explain.writing import WorksheetWriter
from cnnviewer.ui.explore.network.labels import short_number
from cnnviewer.ui.widgets.cell_grid import GridGeometry
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts
from cnnviewer.ui.widgets.palettes import colourise
from tests.core.inspection.explain.one_operation import SHAPE, Headed
from tests.core.inspection.sample_networks import image, own
from tests.small_data import GREY
from tests.ui.explore.explain.pixel_ratios import colour_at, painted

IMAGE = np.random.default_rng(0).random((1, 28, 28), np.float32)


@pytest.fixture(scope="module")
def inspector() -> Inspector:
    torch.manual_seed(0)
    return Inspector.from_state(untrained(MODELS["lenet"], GREY))


def summed(inspector: Inspector, cell: Cell, channel: int) -> WindowSum:
    seen = inspector.inspect(IMAGE)
    explanation = inspector.explain(cell)
    assert isinstance(explanation.work, Convolution | Pooling)
    source = inspector.architecture.layer(explanation.work.source)
    shown = window_sum(explanation, channel, source, map_bounds(source, seen.activations[source.name]))
    assert shown is not None
    return shown


def test_channel_other_channels_and_bias_add_up_to_the_value(inspector: Inspector) -> None:
    inspector.inspect(IMAGE)
    explanation = inspector.explain(Cell("conv2", 3, 2, 5))
    assert isinstance(explanation.work, Convolution)
    for channel in range(10):
        shown = summed(inspector, Cell("conv2", 3, 2, 5), channel)
        assert shown.bias is not None
        assert shown.channel_sum + shown.other_sum + shown.bias == pytest.approx(explanation.value, abs=1e-9)
        assert shown.products is not None
        assert shown.kernel is not None
        np.testing.assert_allclose(shown.products.values, shown.window.values * shown.kernel.values)
        assert shown.others == 9


def test_the_colours_stay_while_the_window_slides(inspector: Inspector) -> None:
    one, other = (summed(inspector, Cell("conv2", 3, row, 5), 4) for row in (0, 6))
    assert not np.array_equal(one.window.values, other.window.values)
    for grid in ("window", "kernel", "products"):
        assert getattr(one, grid).bounds == getattr(other, grid).bounds
    inspector.inspect(IMAGE)
    for row, channel in ((row, channel) for row in range(8) for channel in range(10)):
        products = summed(inspector, Cell("conv2", 3, row, 5), channel).products
        assert products is not None
        assert np.abs(products.values).max() <= products.bounds.high * (1 + 1e-6), "none looks like another"


def test_a_grey_image_stays_grey_under_the_window(inspector: Inspector) -> None:
    shown = summed(inspector, Cell("conv1", 3, 2, 5), 0)
    assert shown.window.palette == "image"
    assert shown.window.bounds.low == pytest.approx(float(inspector.inspect(IMAGE).activations["input"].min()))


@pytest.mark.parametrize(("size", "least"), [((800, 560), 20), ((560, 420), 13), ((310, 280), 13), ((1400, 900), 24)])
def test_digits_are_as_large_as_the_room_allows(
    qtbot: QtBot, inspector: Inspector, size: tuple[int, int], least: int
) -> None:
    view = WindowSumView()
    qtbot.addWidget(view)
    view.resize(*size)
    shown = summed(inspector, Cell("conv2", 3, 2, 5), 4)
    view.set_sum(inspector.explain(Cell("conv2", 3, 2, 5)), shown)
    texts: list[PaintedText] = []
    with record_texts(texts.append):
        view.grab()
    assert view.digit_pixels() >= least
    assert sum("window" in text.text for text in texts) == 1
    assert max(text.size for text in texts) >= (22 if size[0] > 400 else 13)  # the sum
    for text in texts:
        assert view.rect().adjusted(-1, -1, 1, 1).contains(text.covers.toAlignedRect()), text.text


def test_a_pool_says_which_value_won(qtbot: QtBot, inspector: Inspector) -> None:
    view = WindowSumView()
    qtbot.addWidget(view)
    shown = summed(inspector, Cell("pool1", 2, 3, 4), 2)
    explanation = inspector.explain(Cell("pool1", 2, 3, 4))
    assert isinstance(explanation.work, Pooling)
    view.set_sum(explanation, shown, WorksheetWriter().pooled_words(explanation.work))
    assert "the largest of 4 values is at row" in view.accessibleDescription()


@pytest.fixture(scope="module")
def large() -> Inspector:
    """A first layer as AlexNet's, with kernels of 11 by 11."""
    torch.manual_seed(0)
    return Inspector(Headed(torch.nn.Conv2d(1, 4, 11, stride=4, padding=2), (1, 28, 28)), own((1, 28, 28)))


@pytest.mark.parametrize(("size", "whole"), [((700, 540), False), ((1900, 1200), True)])
def test_a_large_kernel_stands_in_digits_or_a_part_of_it_where_the_pointer_chose_it(
    qtbot: QtBot, large: Inspector, size: tuple[int, int], whole: bool
) -> None:
    cell = Cell("operation", 2, 3, 3)
    seen = large.inspect(IMAGE)
    source = large.architecture.layer("input")
    explanation = large.explain(cell)
    shown = window_sum(explanation, 0, source, map_bounds(source, seen.activations["input"]))
    assert shown is not None
    view = WindowSumView()
    qtbot.addWidget(view)
    view.resize(*size)
    view.set_sum(explanation, shown)
    view.show()
    assert view.digit_pixels() >= 13
    thumbs = view._thumbs(shown)
    part = view._part(shown)
    assert bool(thumbs) is not whole
    assert ((part.rows, part.cols) == (11, 11)) is whole
    if thumbs:
        spot = GridGeometry.filling(thumbs[1], 11, 11).rect(10, 0).center()
        QTest.mouseMove(view, spot.toPoint())
        moved = view._part(shown)
        assert (moved.row + moved.rows, moved.col) == (11, 0)
        texts: list[PaintedText] = []
        with record_texts(texts.append):
            view.grab()
        assert any("of 11×11" in text.text for text in texts)
        for text in texts:
            assert view.rect().adjusted(-1, -1, 1, 1).contains(text.covers.toAlignedRect()), text.text


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_every_cell_has_the_colour_of_its_value_at_every_pixel_ratio(
    qtbot: QtBot, inspector: Inspector, ratio: float
) -> None:
    view = WindowSumView()
    qtbot.addWidget(view)
    view.resize(800, 560)
    shown = summed(inspector, Cell("conv2", 3, 2, 5), 4)
    view.set_sum(inspector.explain(Cell("conv2", 3, 2, 5)), shown)
    picture = painted(view, ratio)
    grids = [grid for grid in (shown.window, shown.kernel, shown.products) if grid is not None]
    for grid, room in zip(grids, view._places(shown).grids, strict=True):
        cells = GridGeometry.filling(room, *grid.values.shape)
        colours = colourise(grid.values.astype(np.float32), grid.palette, grid.bounds)
        for row, col in np.ndindex(grid.values.shape):
            for corner in (QPointF(4, 4), QPointF(4, cells.height - 4), QPointF(cells.width - 4, 4)):
                spot = cells.rect(row, col).topLeft() + corner  # beside the digits
                assert colour_at(picture, spot, ratio) == tuple(colours[row, col, :3])


def test_an_interpolation_stands_as_its_cells_and_their_weights(qtbot: QtBot) -> None:
    inspector = Inspector(Headed(torch.nn.Upsample(scale_factor=2, mode="bilinear")), own(SHAPE))
    seen = inspector.inspect(image(SHAPE, seed=5))
    explanation = inspector.explain(Cell("operation", 1, 7, 9))
    source = inspector.architecture.layer("input")
    shown = window_sum(explanation, 1, source, map_bounds(source, seen.activations["input"]))
    assert shown is not None
    assert shown.kernel is not None
    assert shown.products is not None
    assert float(shown.kernel.values.sum()) == pytest.approx(1.0)
    assert float(shown.products.values.sum()) == pytest.approx(explanation.value)


@pytest.mark.parametrize(
    ("terms", "value", "written"),
    [
        ((0.1, 0.2), 0.3, (["0.1", "0.2"], "= 0.3")),
        ((1.5, -0.25, 4.0), 5.25, (["1.5", "−0.25", "4"], "= 5.25")),
        ((0.7075751, -1.0385324), -0.3309573, (["0.707575", "−1.038532"], "= −0.330957")),
        ((0.33334, 0.33334, 0.33334), 1.00002, (["0.33334"] * 3, "= 1.00002")),
        ((4.566666, -0.401133), 4.165533, (["4.566666", "−0.401133"], "= 4.16553")),
        ((1.0, 1.0), 2.5, (["1", "1"], "≈ 2.5")),
        ((1e-9, 0.5), 0.5, (["1e−09", "0.5"], "≈ 0.5")),
    ],
)
def test_the_numbers_of_a_sum_add_up_as_they_are_written_or_it_says_that_they_are_rounded(
    terms, value: float, written
) -> None:
    assert adding_up(terms, value) == written


@pytest.mark.parametrize("width", [1000, 420, 300])
def test_every_grid_has_a_legend(qtbot: QtBot, inspector: Inspector, width: int) -> None:
    view = WindowSumView()
    qtbot.addWidget(view)
    view.resize(width, 700)
    cell = Cell("conv2", 3, 4, 5)
    view.set_sum(inspector.explain(cell), summed(inspector, cell, 4))
    said: list[str] = []
    shown = summed(inspector, cell, 4)
    with record_texts(lambda found: said.append(found.text)):
        view.grab()
    assert shown.kernel is not None
    assert shown.products is not None
    for grid in (shown.window, shown.kernel, shown.products):
        assert short_number(grid.bounds.high) in said


@pytest.mark.parametrize(
    ("operation", "channel", "name"),
    [
        (torch.nn.Conv2d(4, 8, 3, groups=2), 3, "weight[7, 1]"),  # of its group's two channels the second
        (torch.nn.ConvTranspose2d(4, 6, 3), 2, "weight[2, 5]"),  # input by output channels
        (torch.nn.ConvTranspose2d(4, 6, 3, groups=2), 3, "weight[3, 2]"),
    ],
    ids=["grouped", "transposed", "grouped transposed"],
)
def test_a_kernel_is_named_as_pytorch_indexes_it(
    qtbot: QtBot, operation: torch.nn.Module, channel: int, name: str
) -> None:
    inspector = Inspector(Headed(operation, SHAPE), own(SHAPE))
    seen = inspector.inspect(image(SHAPE, seed=5))
    output = inspector.architecture.layer("operation").shape[0] - 1
    explanation = inspector.explain(Cell("operation", output, 4, 4))
    source = inspector.architecture.layer("input")
    shown = window_sum(explanation, channel, source, map_bounds(source, seen.activations["input"]))
    assert shown is not None
    assert shown.kernel is not None
    view = WindowSumView()
    qtbot.addWidget(view)
    view.resize(1400, 900)
    view.set_sum(explanation, shown)
    texts: list[PaintedText] = []
    with record_texts(texts.append):
        view.grab()
    assert any(text.text == f"kernel operation.{name}" for text in texts)
    place = [int(part) for part in name.removeprefix("weight[").removesuffix("]").split(",")]
    weights = operation.weight.detach()[place[0], place[1]].double().numpy()  # type: ignore[union-attr, operator, index]
    assert np.isin(shown.kernel.values, weights).all()


def test_the_result_of_a_pool_is_as_large_as_the_room_below_it_allows(qtbot: QtBot) -> None:
    inspector = Inspector(Headed(torch.nn.MaxPool2d(3), SHAPE), own(SHAPE))
    seen = inspector.inspect(image(SHAPE, seed=5))
    explanation = inspector.explain(Cell("operation", 1, 1, 1))
    assert isinstance(explanation.work, Pooling)
    source = inspector.architecture.layer("input")
    view = WindowSumView()
    qtbot.addWidget(view)
    view.resize(900, 560)
    shown = window_sum(explanation, 1, source, map_bounds(source, seen.activations["input"]))
    view.set_sum(explanation, shown, WorksheetWriter().pooled_words(explanation.work))
    texts: list[PaintedText] = []
    with record_texts(texts.append):
        view.grab()
    assert max(text.size for text in texts if text.text.startswith("=")) >= 26
