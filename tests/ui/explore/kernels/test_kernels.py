"""Kernels: the weights themselves, small ones and thousands of them."""

import io

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.records import Kernels
from cnnviewer.ui.explore.kernels.view import KernelView, modes_of
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts
from cnnviewer.ui.widgets.text_size import text_pixels, use_text_pixels


@pytest.fixture
def view(qtbot: QtBot) -> KernelView:
    made = KernelView()
    qtbot.addWidget(made)
    made.resize(1000, 230)
    made.show()
    return made


def test_large_text_beside_the_kernels_leaves_them_their_half(view: KernelView) -> None:
    view.set_kernels(kernels(20, 10, 5, 5))
    usual = text_pixels()
    use_text_pixels(2 * usual)
    try:
        view.resize(480, 270)
        texts: list[PaintedText] = []
        with record_texts(texts.append):
            summary = view.findChild(QWidget, "weightSummary")
            summary.grab()
        assert summary.width() <= 240
        assert all(text.covers.right() <= summary.width() for text in texts)
    finally:
        use_text_pixels(usual)


def kernels(*shape: int) -> Kernels:
    rng = np.random.default_rng(0)
    return Kernels("conv1", rng.normal(size=shape).astype(np.float32), rng.normal(size=shape[0]).astype(np.float32))


@pytest.mark.parametrize(
    "shape", [(10, 1, 5, 5), (20, 10, 5, 5), (32, 3, 3, 3), (64, 32, 3, 3), (512, 4096, 1, 1)], ids=str
)
def test_every_layers_weights_are_shown_as_they_are(view: KernelView, shape: tuple[int, ...]) -> None:
    shown = kernels(*shape)
    view.set_kernels(shown)
    assert np.array_equal(view.property("kernels"), shown.weight)
    assert not view.grab().isNull()


def test_colours_together_are_offered_for_three_input_channels_only() -> None:
    assert "rgb" in modes_of((32, 3, 3, 3))
    assert "rgb" not in modes_of((10, 1, 5, 5))


def test_choosing_a_layer_asks_for_its_weights(view: KernelView, qtbot: QtBot) -> None:
    view.set_layers(("conv1", "fc1"), "conv1")
    with qtbot.waitSignal(view.layer_selected) as asked:
        view._on_layer_activated(1)
    assert asked.args == ["fc1"]


@pytest.mark.parametrize("dark", [False, True])
def test_the_exported_picture_is_one(view: KernelView, dark: bool) -> None:
    view.set_kernels(kernels(20, 10, 5, 5))
    assert Image.open(io.BytesIO(view.to_png("LeNet · conv2", dark))).size[0] > 300


def test_no_layer_shows_nothing(view: KernelView) -> None:
    view.set_kernels(None)
    assert view.property("kernels") is None


@pytest.mark.parametrize(
    ("wide", "text"),
    [
        (400, "20×10×5×5 = 5,000 weights, 20 biases"),
        (230, "5,000 weights, 20 biases"),
        (110, "5,000 weights"),
    ],
)
def test_the_number_of_weights_is_whole_however_narrow_the_view_is(view: KernelView, wide: int, text: str) -> None:
    view.set_kernels(kernels(20, 10, 5, 5))
    view.hide_choice()
    label = view.head.findChild(QLabel, "kernelReadout")
    label.setFixedWidth(wide)
    view.grab()
    assert label.text() == text
    assert label.toolTip().startswith("20×10×5×5")
