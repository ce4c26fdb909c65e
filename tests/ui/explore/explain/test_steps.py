"""The steps of a number are its arithmetic: each line is true, and the last one ends with the number."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot
from torch import nn

from cnnviewer.core.inspection.explain.records import Explanation, Pointwise
from cnnviewer.core.inspection.records import Architecture, Cell, LayerInfo
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.ui.explore.explain.curve import paint_curve
from cnnviewer.ui.explore.explain.step_writing import StepWriter
from cnnviewer.ui.explore.explain.steps import Curve, StepCell, StepLine, Steps
from cnnviewer.ui.explore.explain.steps_view import StepsView
from cnnviewer.ui.widgets.paint_style import PaintStyle
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts
from cnnviewer.ui.widgets.palettes import Range
from cnnviewer.ui.widgets.theme import theme
from tests.core.inspection.explain.one_operation import Call, explained, looked_at
from tests.core.inspection.explain.test_many_operands import CASES, Case, numbers
from tests.core.inspection.sample_networks import image, own

_SIGNS = {"+": "+", "−": "-", "×": "*", "÷": "/"}
POINTWISE: tuple[tuple[str, Callable[[torch.Tensor], torch.Tensor]], ...] = (
    ("relu", F.relu), ("gelu", F.gelu), ("silu", F.silu), ("leaky_relu", lambda x: F.leaky_relu(x, 0.2)),
    ("clamp", lambda x: x.clamp(-0.5, 0.5)), ("abs", torch.abs), ("tanh", torch.tanh),
)  # fmt: skip


def steps_of(explanation: Explanation) -> Steps:
    writer = StepWriter()
    writer.set_architecture(Architecture("", (explanation.layer,)))
    return writer.write(explanation)


def holds(line: StepLine) -> bool:
    """Whether a line of cells and the four signs is true; any other line says something else."""
    signs = [item for item in line.items if isinstance(item, str)]
    if len(line.items) < 3 or signs[-1:] != ["="] or not set(signs[:-1]) <= set(_SIGNS):
        return True
    left = " ".join(_SIGNS[item] if isinstance(item, str) else f"({item.value!r})" for item in line.items[:-2])
    last = line.items[-1]
    assert isinstance(last, StepCell)
    try:
        result = eval(left, {"nan": math.nan, "inf": math.inf})  # of numbers alone
    except ZeroDivisionError:
        return not math.isfinite(last.value)
    return bool(np.isclose(result, last.value, rtol=1e-6, atol=1e-9, equal_nan=True))


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_every_line_is_true_and_the_last_ends_with_the_number(case: Case, qtbot: QtBot) -> None:
    for explanation in numbers(case[0])[:12]:
        steps = steps_of(explanation)
        last = steps.lines[-1].items[-1]
        assert isinstance(last, StepCell)
        assert last.result
        assert last.value == explanation.value or math.isnan(last.value)
        for line in steps.lines:
            assert holds(line), line


@pytest.mark.parametrize(("kind", "function"), POINTWISE, ids=[kind for kind, _ in POINTWISE])
def test_a_functions_curve_is_pytorchs_and_goes_through_the_number(
    kind: str, function: Callable[[torch.Tensor], torch.Tensor]
) -> None:
    explanation = explained(Call(function), kind, most=3)[1]
    assert isinstance(explanation.work, Pointwise)
    assert explanation.work.curve is not None
    x, y = explanation.work.curve
    np.testing.assert_allclose(y, function(torch.from_numpy(x)).numpy(), rtol=1e-9, atol=1e-12)
    assert explanation.work.x in x
    assert 0.0 in x
    assert (np.diff(x) > 0).all()


@pytest.mark.parametrize("size", [13, 20, 32])
@pytest.mark.parametrize("low", [-0.3, -1.67, -20.0])
def test_the_0_below_a_curve_stands_where_neither_end_is(qtbot: QtBot, size: int, low: float) -> None:
    points = np.linspace(low, 4.0, 50)
    texts: list[PaintedText] = []
    picture = QImage(300, 240, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    with record_texts(texts.append):
        curve = Curve(np.stack([points, points]), 1.0, 1.0, "y = x")
        paint_curve(painter, PaintStyle(theme().tokens, size), QRectF(0, 0, 300, 240), curve)
    painter.end()
    lowest = max(text.covers.top() for text in texts)
    below = sorted((text.covers for text in texts if text.covers.top() > lowest - 1), key=QRectF.x)
    assert len(below) >= 2
    assert all(a.right() < b.left() for a, b in pairwise(below))


def test_the_exponential_of_a_log_softmax_is_called_softmax_and_its_curve_reaches_the_number() -> None:
    scores = Call(lambda x: F.log_softmax(x.flatten(1)[:, :10] * 40, dim=1))
    inspector = Inspector(scores, own((4, 9, 11)))
    inspector.inspect(image((4, 9, 11)))
    for number in range(3):
        explanation = inspector.explain(Cell("probabilities", number))
        steps = steps_of(explanation)
        assert steps.curve is not None
        assert steps.curve.points[0][0] < steps.curve.x < steps.curve.points[0][-1]
        assert any("softmax" in sentence for sentence in steps.words)


def test_the_curve_of_a_prelu_has_the_slope_of_its_channel() -> None:
    module = nn.PReLU(4)
    nn.init.uniform_(module.weight, 0.1, 0.9)
    explanation = explained(module, "prelu", most=3)[1]
    assert isinstance(explanation.work, Pointwise)
    assert explanation.work.curve is not None
    x, y = explanation.work.curve
    channel = explanation.cell.channel
    assert channel is not None
    slope = float(module.weight.detach()[channel])
    np.testing.assert_allclose(y, np.where(x > 0, x, slope * x), rtol=1e-6)


def bounds(_layer: LayerInfo) -> Range:
    return Range(-1.0, 1.0)


@pytest.mark.parametrize(("width", "height", "least"), [(420, 300, 13), (640, 560, 20), (1400, 900, 26)])
def test_the_digits_of_a_normalisation_grow_with_the_room_and_nothing_is_cut(
    qtbot: QtBot, width: int, height: int, least: int
) -> None:
    view: Any = StepsView()
    qtbot.addWidget(view)
    view.resize(width, height)
    view.set_steps(steps_of(explained(nn.GroupNorm(2, 4), "group_norm", most=2)[1]), bounds)
    texts: list[PaintedText] = []
    with record_texts(texts.append):
        view.grab()
    assert view.digit_pixels() >= least
    assert max(text.size for text in texts) >= 22  # the result
    for text in texts:
        assert view.rect().adjusted(-1, -1, 1, 1).contains(text.covers.toAlignedRect()), text.text


def test_a_line_without_room_goes_on_in_another_one_that_begins_with_a_sign(qtbot: QtBot) -> None:
    view: Any = StepsView()
    qtbot.addWidget(view)
    view.resize(300, 400)
    view.set_steps(steps_of(explained(nn.LogSoftmax(1), "log_softmax", most=2)[1]), bounds)
    texts: list[PaintedText] = []
    with record_texts(texts.append):
        view.grab()
    for text in texts:
        assert view.rect().adjusted(-1, -1, 1, 1).contains(text.covers.toAlignedRect()), text.text
    first = min(texts, key=lambda text: text.covers.y()).covers.center().y()
    (equals,) = (text for text in texts if text.text == "=")
    assert equals.covers.center().y() > first + 30


class Residual(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(4, 4, 3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        stem = x.tanh()
        return torch.cat([F.relu(stem + self.conv(stem)), stem], 1)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("add", "tanh came here along the shortcut, unchanged"),
        ("add", "must have the same shape, here 4×9×11"),
        ("cat", "0 to 3 are relu's, 4 to 7 are tanh's"),
    ],
)
def test_a_join_says_what_comes_from_where(kind: str, said: str) -> None:
    inspector, layer = looked_at(Residual(), kind)
    writer = StepWriter()
    writer.set_architecture(inspector.architecture)
    assert any(
        said in words for words in writer.write(inspector.explain(Cell(layer.name, 5 % layer.shape[0], 1, 1))).words
    )


def test_an_addition_of_a_smaller_input_says_that_its_values_are_used_several_times() -> None:
    inspector, layer = looked_at(Call(lambda x: x.tanh() + x.mean((2, 3), keepdim=True)), "add")
    writer = StepWriter()
    writer.set_architecture(inspector.architecture)
    words = " ".join(writer.write(inspector.explain(Cell(layer.name, 1, 1, 1))).words)
    assert "has the size 1 along a direction" in words
    assert "same shape" not in words


class Fitted(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv, self.fit = nn.Conv2d(4, 6, 3, padding=1), nn.Conv2d(4, 6, 1)
        self.last = nn.Conv2d(6, 6, 3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        stem = x.tanh()
        return self.last(F.relu(self.conv(stem))) + self.fit(stem)


@pytest.mark.parametrize(
    ("make", "undiminished"), [(Residual, True), (Fitted, False)], ids=["unchanged", "with a convolution"]
)
def test_a_gradient_comes_undiminished_along_a_shortcut_without_layers_alone(
    make: Callable[[], nn.Module], undiminished: bool
) -> None:
    inspector, layer = looked_at(make(), "add")
    writer = StepWriter()
    writer.set_architecture(inspector.architecture)
    steps = writer.write(inspector.explain(Cell(layer.name, 1, 1, 1)))
    words = " ".join(steps.words)
    assert "residual block" in words
    letters = "x is tanh; F is operation.conv." if undiminished else "; S is operation.fit."
    assert letters in words
    assert steps.lines[0].words == ("y = x + F(x)" if undiminished else "y = F(x) + S(x)")
    assert ("undiminished" in words) is undiminished
    assert ("through the few layers of the shortcut" in words) is not undiminished
