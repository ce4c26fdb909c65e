"""The Number of every operation: one state each, for `python -m tests.screens --numbers`."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtWidgets import QWidget

from cnnviewer.core.inspection.records import Cell
from tests.screens.every_operation import SOURCE
from tests.screens.finding import Finding, where
from tests.screens.measures import NUMBER
from tests.screens.state import State, Step
from tests.screens.visitor import Visitor

LEAST_MAP = 220
"""Pixels of the longer side of each map beside the arithmetic, in a window of 1440x900 and more."""

LENET = ("input", "conv1", "pool1", "relu1", "conv2", "dropout", "flatten", "fc1", "log_softmax", "probabilities")
EVERY = (
    *("wide", "stem", "bn", "prelu", "pool", "pointwise_conv", "add", "gelu", "mul", "group_norm", "instance_norm"),
    *("layer_norm", "lrn", "normalize", "cat", "glu", "up", "interpolate", "transposed", "depthwise", "dropout2d"),
    *("pad", "flip", "lp_pool2d", "where", "clamp", "line", "line_transposed", "volume", "layer_norm_seq", "rms_norm"),
    *("attention[0]", "scaled_dot_product_attention", "matmul", "softmax", "lstm[0]", "gru[0]", "rnn[0]", "bilinear"),
    *("table", "average", "adaptive", "flatten_1", "fc1", "relu", "amax", "norm", "cumsum", "maximum", "mean_2"),
    *("std", "var", "logsumexp", "prod", "median[0]", "lerp"),
)
"""Layers of the model of `every_operation`: one of each kind whose Number looks different."""

LEARNING = ("stem", "bn", "prelu", "table", "lstm[0]", "attention[0]")
"""Layers with weights; those of the last two have no gradient term by term."""


def labelled_image(visitor: Visitor) -> None:
    """A labelled image of the data set, so that there is a loss."""
    visitor.show("explore")
    visitor.click("inputSource-dataset")
    visitor.find("sampleBrowser").select(3)
    visitor.settled()


def _every(visitor: Visitor) -> None:
    visitor.show("explore")
    path = visitor.folder / "every.py"
    path.write_text(SOURCE, encoding="utf-8")
    visitor.program.presenters.own_models.run_model(path, "Every")
    names: Any = visitor.find("networkView")
    visitor.until(lambda: any(name == "wide" for name, _, _ in names.property("layers")), "the model is on the screen")
    visitor.settled()
    while visitor.window.messages.sentences:
        visitor.window.messages.dismiss()


def explained(visitor: Visitor, cell: Cell) -> None:
    """Ask about a number, wait for its explanation, in front."""
    view = visitor.find("explainView")
    view.show_text_tab("numbers")
    view.cell_requested.emit(cell)
    visitor.until(lambda: view.explanation is not None and view.explanation.cell == cell, f"{cell} is explained")
    visitor.window.explore.show_level("number")
    visitor.sleep(0.1)


def largest_number(layer: str) -> Step:
    """The largest number of the layer's middle map: a dead map has nothing to look at."""

    def reach(visitor: Visitor) -> None:
        values = visitor.program.presenters.inspection.inspection.activations[layer]
        part = np.abs(np.nan_to_num(values))
        place = np.unravel_index(int(part.argmax()), part.shape)
        explained(visitor, Cell(layer, *(int(each) for each in place)))

    return reach


def backward(layer: str, wrong: bool = False) -> Step:
    """The chain to a weight of the layer; of a digit that is predicted well, with a wrong label where that is asked."""

    def reach(visitor: Visitor) -> None:
        view = visitor.find("explainView")
        view.cell_requested.emit(Cell(layer, *(size // 2 for size in _shape(visitor, layer))))
        view.show_text_tab("backward")
        visitor.window.explore.show_level("number")
        visitor.sleep(1.2)
        if wrong:
            visitor.click("backwardWrongLabelButton")
            visitor.sleep(1.0)

    return reach


def _shape(visitor: Visitor, layer: str) -> tuple[int, ...]:
    shapes = {name: shape for name, _, shape in visitor.find("networkView").property("layers")}
    return tuple(shapes[layer])


def _loss(visitor: Visitor) -> None:
    explained(visitor, Cell("loss"))


def sizes_of_number(window: QWidget) -> list[Finding]:
    """The arithmetic is read from the last row of a lecture hall: its digits, its result and its maps are large."""
    page: Any = window.explain_view.numbers  # type: ignore[attr-defined]
    found = [
        Finding("small", where(part), "", f"digits of {part.digit_pixels()} px, at least {NUMBER}")
        for part in (page.window_sum, page.steps)
        if part.isVisible() and part.digit_pixels() < NUMBER
    ]
    usual = window.width() >= 1440 and window.height() >= 900
    if usual and page.slide.isVisible():
        small = [side for side in page.slide.map_sides() if side < LEAST_MAP]
        found += [
            Finding("small", where(page.slide), "", f"a map of {side:.0f} px, at least {LEAST_MAP}") for side in small
        ]
    return found


NUMBERS: tuple[State, ...] = (
    State("explore-lenet", labelled_image),
    *(State(f"explore-lenet-{name}", largest_number(name), measure=sizes_of_number) for name in LENET),
    State("explore-lenet-loss", _loss),
    State("explore-backward-well-read", backward("conv2")),
    State("explore-backward-wrong-label", backward("conv2", wrong=True)),
    State("explore-backward-fc1", backward("fc1")),
    State("explore-every", _every),
    *(
        State(f"explore-every-{name.replace('[0]', '')}", largest_number(name), measure=sizes_of_number)
        for name in EVERY
    ),
    *(State(f"explore-backward-{name.replace('[0]', '')}", backward(name)) for name in LEARNING),
)
