"""A window's arithmetic in large digits: its numbers are the explanation's, its colours the layer's."""

import numpy as np
import pytest
import torch
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.explain.records import Convolution, Pooling
from cnnviewer.core.inspection.records import Cell
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.registry import MODELS
from cnnviewer.presenters.resolve import untrained
from cnnviewer.ui.explore.explain.window_sum import WindowSum, map_bounds, window_sum
from cnnviewer.ui.explore.explain.window_sum_view import WindowSumView
from cnnviewer.ui.explore.explain.writing import WorksheetWriter
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts
from tests.small_data import GREY

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


def test_a_grey_image_stays_grey_under_the_window(inspector: Inspector) -> None:
    shown = summed(inspector, Cell("conv1", 3, 2, 5), 0)
    assert shown.window.palette == "image"
    assert shown.window.bounds.low == pytest.approx(float(inspector.inspect(IMAGE).activations["input"].min()))


@pytest.mark.parametrize(("size", "least"), [((800, 560), 20), ((560, 420), 13), ((1400, 900), 24)])
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
    assert sum("under the window" in text.text for text in texts) == 1
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
