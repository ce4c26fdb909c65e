"""What stands beside the maps, in the shortest form that still says it."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from cnnviewer.core.inspection.records import Architecture, LayerInfo
from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.labels import cell_number, fitted_cell_number, join_texts
from cnnviewer.ui.explore.network.layout import place_layer
from cnnviewer.ui.explore.network.overview_strip import slots_of
from cnnviewer.ui.explore.network.painter import under_veil
from cnnviewer.ui.widgets.text_colour import takes_black


@pytest.mark.parametrize(
    ("inputs", "block", "forms"),
    [
        (("layer1.0.bn2", "maxpool"), "layer1", ("layer1.0.bn2 + maxpool", "…0.bn2 + maxpool", "…bn2 + maxpool")),
        (("block2.bn2", "block2.downsample.1"), "block2", ("block2.bn2 + block2.downsample.1", "…bn2 + …downsample.1")),
        (("branches.0", "branches.1"), "", ("branches.0 + branches.1",)),
    ],
)
def test_what_is_added_keeps_names_that_say_something(
    inputs: tuple[str, ...], block: str, forms: tuple[str, ...]
) -> None:
    assert join_texts(LayerInfo("add", "add", "Add", inputs, (4, 8, 8)), block) == forms


def test_digits_stand_out_from_a_cell_as_a_veil_leaves_it() -> None:
    blue, veil = np.array([[120, 170, 220]], np.uint8), QColor(20, 24, 32, 200)
    assert takes_black(blue).tolist() == [True]
    faded = under_veil(blue, veil)
    assert takes_black(faded).tolist() == [False]
    np.testing.assert_allclose(
        faded[0], np.array([120, 170, 220]) * 55 / 255 + np.array([20, 24, 32]) * 200 / 255, atol=1
    )


def test_seventy_layers_have_room_in_the_strip_beside_why() -> None:
    layers = tuple(LayerInfo(f"layer{number}", "relu", "ReLU", (), (4, 8, 8)) for number in range(71))
    slots = slots_of(Architecture("", layers), (), 720.0)
    assert slots[0].x >= 0
    assert slots[-1].x + slots[-1].width <= 720.0


def test_a_colour_image_and_its_channels_lie_within_their_slot() -> None:
    image = LayerInfo("input", "input", "Input", (), (3, 32, 32), palette="image")
    for high in (120.0, 300.0, 420.0):
        column = place_layer(image, Rect(0.0, 10.0, 110.0, high), 98.0)
        assert column.preview is not None
        assert column.preview.y >= 10.0
        assert column.body.bottom <= 10.0 + high + 1e-6
        assert column.preview.bottom < column.body.y


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0121, "0.01"),
        (0.003, "0.003"),
        (-0.0049, "−0.005"),
        (2e-4, "≈0"),
        (-0.0097, "−0.01"),
        (0.0, "0"),
        (-2.17, "−2.17"),
    ],
)
def test_a_small_number_in_a_cell_has_three_decimals(value: float, text: str) -> None:
    assert cell_number(value) == text


@pytest.mark.parametrize(("value", "text"), [(-0.003, "−.003"), (0.003, "0.003"), (-0.16, "−0.16"), (-2.17, "−2.17")])
def test_a_number_that_is_too_wide_for_its_cell_loses_the_0_in_front(value: float, text: str) -> None:
    assert fitted_cell_number(value, len, 5) == text
