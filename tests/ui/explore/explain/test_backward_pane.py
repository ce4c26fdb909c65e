"""The fields of the backward pane are the dimensions of the weight, whatever the layer is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from torch import nn

from cnnviewer.core.inspection.explain.backward_records import StepSettings, WeightCell, strongest_weight, weight_fields
from cnnviewer.core.inspection.mute_edits import MuteEdit
from cnnviewer.core.inspection.records import Cell, LayerInfo, Prediction
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.mutes import Mute
from cnnviewer.ui.explore.explain.backward_pane import BackwardPane
from cnnviewer.ui.explore.explain.gradient_row import GradientRow
from cnnviewer.ui.explore.explain.sheet import SheetText
from cnnviewer.ui.explore.explain.steps import StepCell
from cnnviewer.ui.explore.explain.writing_backward import BackwardWriter
from cnnviewer.ui.explore.network.labels import listed_number
from cnnviewer.ui.widgets.number_fields import WholeField
from cnnviewer.ui.widgets.text_size import use_text_pixels
from tests.core.inspection.explain.one_operation import Call, looked_at
from tests.core.inspection.explain.test_many_operands import Before, Twice, rows
from tests.core.inspection.sample_networks import image, own
from tests.screens.placing import outside
from tests.ui.explore.explain.test_steps import holds

CASES: list[tuple[str, Callable[[], nn.Module], dict[str, int]]] = [
    ("conv1d", lambda: Before(rows, nn.Conv1d(36, 5, 3)), {"Output": 5, "Input": 36, "Col": 3}),
    ("conv2d", lambda: nn.Conv2d(4, 3, (2, 5)), {"Output": 3, "Input": 4, "Row": 2, "Col": 5}),
    ("conv3d", lambda: Before(lambda x: x[:, None], nn.Conv3d(1, 2, (4, 3, 5))),
     {"Output": 2, "Input": 1, "Depth": 4, "Row": 3, "Col": 5}),
    ("conv_transpose2d", lambda: nn.ConvTranspose2d(4, 3, 2), {"Output": 3, "Input": 4, "Row": 2, "Col": 2}),
    ("embedding", lambda: Before(lambda x: (x.flatten(1) * 9).long().abs().clamp(max=8), nn.Embedding(9, 2)),
     {"Output": 2, "Input": 9}),
    ("bilinear", lambda: Call(Twice(nn.Bilinear(11, 11, 3))), {"Output": 3, "Row": 11, "Col": 11}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "make", "sizes"), CASES, ids=[case[0] for case in CASES])
def test_the_fields_are_the_dimensions_of_the_weight(
    kind: str, make: Callable[[], nn.Module], sizes: dict[str, int], qtbot: QtBot
) -> None:
    torch.manual_seed(0)
    inspector, layer = looked_at(make(), kind)
    pane = BackwardPane()
    qtbot.addWidget(pane)
    pane.show()
    pane.set_architecture(inspector.architecture)
    pane.set_weight(WeightCell(layer.name, 0))
    spins = {
        name: pane.findChild(WholeField, f"backward{name}Spin") for name in ("Output", "Input", "Depth", "Row", "Col")
    }
    assert {name: spin.maximum() + 1 for name, spin in spins.items() if spin.isVisible()} == sizes
    for name, size in sizes.items():
        spins[name].setValue(size - 1)
    weight = pane.request.weight
    assert weight is not None
    step = inspector.backward([3], weight).weight
    assert step is not None
    assert step.agrees
    last = tuple(size - 1 for size in layer.weight_shape)
    assert step.name.endswith(f"[{', '.join(map(str, last))}]")


def test_a_number_that_is_pinned_chooses_the_output_it_belongs_to(qtbot: QtBot) -> None:
    inspector, layer = looked_at(Before(rows, nn.Conv1d(36, 5, 3)), "conv1d")
    pane = BackwardPane()
    qtbot.addWidget(pane)
    pane.set_architecture(inspector.architecture)
    pane.set_cell(Cell(layer.name, 0, 3, 7))
    assert pane.request.weight == WeightCell(layer.name, 3)


class Branched(nn.Module):
    """Two ways from the image to the scores; a weight of one has nothing to do with the layers of the other."""

    def __init__(self) -> None:
        super().__init__()
        self.one, self.other = nn.Conv2d(4, 3, 3, padding=1), nn.Conv2d(4, 3, 3, padding=1)
        self.head = nn.Linear(3 * 9 * 11, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head((self.one(x).relu() + self.other(x).tanh()).flatten(1))


@pytest.fixture
def branched() -> Inspector:
    torch.manual_seed(0)
    inspector = Inspector(Branched(), own((4, 9, 11)))
    inspector.inspect(image((4, 9, 11), seed=5))
    return inspector


def test_the_chain_shows_channels_that_are_connected_from_the_loss_back_to_the_weights(
    branched: Inspector, qtbot: QtBot
) -> None:
    row = GradientRow()
    qtbot.addWidget(row)
    row.set_architecture(branched.architecture)
    row.set_backward(branched.backward([3], WeightCell("one", 1)), ("relu", 1))
    names = [row._name(layer) for layer, _, _ in row._places()]
    assert names[0].startswith("head[")
    assert [name.partition("[")[0] for name in names] == ["head", "flatten", "add", "relu", "one"]
    assert names[2:] == ["add[1]", "relu[1]", "one[1]"]


def test_every_field_can_be_reached_where_there_is_little_room(branched: Inspector, qtbot: QtBot) -> None:
    pane = BackwardPane()
    qtbot.addWidget(pane)
    pane.set_architecture(branched.architecture)
    pane.set_backward(branched.backward([3], WeightCell("one", 1)))
    for size in ((420, 260), (700, 200)):
        pane.resize(*size)
        pane.show()
        QApplication.processEvents()
        assert outside(pane) == []
        assert pane.steps.height() >= 100


def test_gradients_of_another_model_are_not_left_standing(branched: Inspector, qtbot: QtBot) -> None:
    pane = BackwardPane()
    qtbot.addWidget(pane)
    pane.set_architecture(branched.architecture)
    backward = branched.backward([3], WeightCell("one", 1))
    pane.set_backward(backward)
    assert not pane.steps.isHidden()
    pane.set_architecture(looked_at(nn.Conv2d(4, 3, 2), "conv2d")[0].architecture)
    for late in (False, True):
        if late:  # asked for before the model was changed
            pane.set_backward(backward)
        assert pane.steps.isHidden()
        assert pane.sheet.isHidden()


@pytest.mark.parametrize("rates", [StepSettings(0.1), StepSettings(0.05, 0.9, 0.01)], ids=["plain", "all three"])
def test_the_steps_of_a_weight_are_true_and_name_every_symbol(
    branched: Inspector, rates: StepSettings, qtbot: QtBot
) -> None:
    step = branched.backward([3], WeightCell("one", 1, 2, 0, 1), rates).weight
    assert step is not None
    steps = BackwardWriter().steps(step)
    cells = [item for line in steps.lines for item in line.items if isinstance(item, StepCell)]
    assert all(holds(line) for line in steps.lines)
    assert cells[-1].result
    assert cells[-1].value == step.new_value
    names = " ".join(cell.name for cell in cells)
    for word in ("momentum μ", "learning rate η", "gradient g", *(["weight decay λ"] if rates.weight_decay else [])):
        assert word in names


def test_the_weight_that_counts_most_for_the_pinned_number_is_chosen(branched: Inspector, qtbot: QtBot) -> None:
    pane = BackwardPane()
    qtbot.addWidget(pane)
    pane.set_architecture(branched.architecture)
    for cell in (Cell("one", 1, 4, 5), Cell("head", 6)):
        explanation = branched.explain(cell)
        strongest = strongest_weight(explanation)
        pane.set_cell(cell, strongest)
        assert pane.request.weight == strongest
        assert strongest is not None
        step = branched.backward([3], strongest).weight
        assert step is not None
        met = step.met.ravel()[0] if cell.row is None else step.met[0, cell.row, cell.col]
        product = step.value * float(met)
        assert abs(product) == pytest.approx(float(np.abs(explanation.terms[:-1]).max()))


def test_a_layer_whose_weights_are_not_followed_says_so(qtbot: QtBot) -> None:
    torch.manual_seed(0)
    inspector, layer = looked_at(Before(rows, Call(Recurrent())), "lstm")
    pane = BackwardPane()
    qtbot.addWidget(pane)
    pane.show()
    pane.set_architecture(inspector.architecture)
    pane.set_cell(Cell(layer.name, 0, 3, 2))
    assert pane._note.isVisible()
    assert layer.name in pane._note.whole
    pane.set_cell(Cell("head", 3))
    pane.set_backward(inspector.backward([3], pane.request.weight))
    assert not pane._note.isVisible()


class Recurrent(nn.Module):
    """Only the outputs of an LSTM."""

    def __init__(self) -> None:
        super().__init__()
        self.lstm = nn.LSTM(11, 5, batch_first=True)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.lstm(x)[0]


@pytest.mark.parametrize("kind", ["conv2d", "conv1d", "conv_transpose2d", "linear"])
def test_a_weight_that_meets_only_zeros_names_the_one_that_learns_most(kind: str) -> None:
    make: dict[str, Callable[[], nn.Module]] = {
        "conv2d": lambda: nn.Conv2d(4, 3, 3),
        "conv1d": lambda: Before(rows, nn.Conv1d(36, 5, 3)),
        "conv_transpose2d": lambda: nn.ConvTranspose2d(4, 3, 2),
        "linear": lambda: Before(lambda x: x.flatten(1), nn.Linear(396, 6)),
    }
    torch.manual_seed(0)
    inspector, layer = looked_at(Before(lambda x: x * torch.tensor([0.0, 1, 1, 1])[:, None, None], make[kind]()), kind)
    dead = WeightCell(layer.name, 1)
    step = inspector.backward([3], dead).weight
    assert step is not None
    assert step.gradient == 0
    found = step.livelier
    assert found is not None
    assert found.output == dead.output
    livelier = inspector.backward([3], found).weight
    assert livelier is not None
    others = [
        inspector.backward([3], replace(found, **{field: place})).weight
        for field, size in zip(weight_fields(kind, len(layer.weight_shape)), layer.weight_shape, strict=True)
        if field != "output"
        for place in range(min(size, 5))
    ]
    assert all(abs(livelier.gradient) >= abs(other.gradient) for other in others if other is not None)


def test_where_no_weight_of_the_output_learns_the_largest_gradient_of_the_layer_is_named(qtbot: QtBot) -> None:
    inspector, layer = with_a_dead_output()
    step = inspector.backward([3], WeightCell(layer.name, 0)).weight
    assert step is not None
    assert step.livelier is not None
    assert step.livelier.output != 0
    pane = BackwardPane()
    qtbot.addWidget(pane)
    pane.set_architecture(inspector.architecture)
    pane.set_cell(Cell(layer.name, 0, 2, 2))
    pane.set_backward(inspector.backward([3], pane.request.weight))
    assert pane.request.weight is not None
    assert pane.request.weight.output == 0, "the pinned number's own weights are followed"
    pane.set_early("untrained")
    with qtbot.waitSignal(pane.early_requested):
        pane._early.click()
    pane.set_backward(inspector.backward([3], pane.request.weight))
    assert pane.request.weight.output == step.livelier.output


def test_buttons_keep_their_place_and_say_what_they_lead_to(branched: Inspector, qtbot: QtBot) -> None:
    pane = BackwardPane()
    qtbot.addWidget(pane)
    pane.resize(1100, 700)
    pane.show()
    pane.set_architecture(branched.architecture)
    pane.set_classes(tuple("0123456789"))
    backward = branched.backward([3], WeightCell("one", 1))
    places = set()
    for loss in (1e-4, 2.3):
        pane.set_backward(replace(backward, loss=loss))
        QApplication.processEvents()
        assert bool(pane._hint.isVisible()) is (loss < 0.01)
        places.add(
            tuple(part.mapTo(pane, QPoint()).toTuple() for part in (pane._wrong, pane._early, pane.gradient_row))
        )
    assert len(places) == 1
    for early, text in (("step", "Show an early step"), ("untrained", "Show the untrained network")):
        pane.set_early(early)
        assert (pane._early.text(), pane._early.isEnabled()) == (text, True)
        pane._early.setFocus()
        pane.set_early("")
        assert (pane._early.text(), pane._early.isEnabled()) == (text, False), "the name stays"
        assert pane.focusWidget() is pane._wrong


def test_the_class_that_an_image_without_a_label_is_taken_for_is_named(branched: Inspector, qtbot: QtBot) -> None:
    pane = BackwardPane()
    qtbot.addWidget(pane)
    pane.set_architecture(branched.architecture)
    pane.set_classes(tuple("abcdefghij"))
    pane.set_backward(branched.backward([3], WeightCell("one", 1)))
    assert pane._label.currentText() == "its own label"
    pane.set_label_known(False)
    for answer, words in (("d", "d (the answer)"), ("f", "d (the first answer)")):
        pane.set_answer(Prediction(((answer, 0.9),)))
        assert pane._label.currentText() == words


@pytest.mark.parametrize("width", [420, 640, 1000], ids=["scrolled", "smaller maps", "whole"])
def test_the_weight_at_the_end_of_the_chain_is_in_sight(branched: Inspector, qtbot: QtBot, width: int) -> None:
    row = GradientRow()
    qtbot.addWidget(row)
    row.resize(width, 300)
    row.show()
    row.set_architecture(branched.architecture)
    row.set_backward(branched.backward([3], WeightCell("one", 1)))
    QApplication.processEvents()
    left = row.horizontalScrollBar().value()
    assert row._whole_width - left <= row.viewport().width() + 1
    assert (left == 0) is (width > 420)


def test_a_late_answer_about_another_weight_leaves_no_page_of_zeros(qtbot: QtBot) -> None:
    torch.manual_seed(0)
    inspector, layer = looked_at(nn.Sequential(nn.ReLU(), nn.Conv2d(4, 3, 2)), "conv2d")
    pane = BackwardPane()
    qtbot.addWidget(pane)
    pane.set_architecture(inspector.architecture)
    pane.set_cell(Cell(layer.name, 1, 0, 0))
    asked = pane.request.weight
    assert asked is not None
    other = inspector.backward([3], replace(asked, output=2))
    right = inspector.backward([3], asked)
    assert right.weight is not None
    livelier = replace(asked, input=3)
    dead = replace(right, weight=replace(right.weight, met=np.zeros_like(right.weight.met), livelier=livelier))
    pane.set_backward(other)
    pane.set_backward(dead)
    assert pane.request.weight == livelier


@pytest.mark.parametrize(
    ("pinned", "weight"),
    [(Cell("relu", 2, 4, 5), WeightCell("one", 2)), (Cell("flatten", 7), WeightCell("one", 0))],
    ids=["ReLU", "flatten, which has more values than the convolution maps"],
)
def test_a_layer_that_learns_nothing_leads_to_the_weights_it_reads(
    branched: Inspector, qtbot: QtBot, pinned: Cell, weight: WeightCell
) -> None:
    pane = BackwardPane()
    qtbot.addWidget(pane)
    pane.set_architecture(branched.architecture)
    pane.set_cell(Cell("head", 6))
    pane.set_cell(pinned)
    assert pane.request.weight == weight


def test_the_list_of_terms_names_its_columns_and_the_places_of_its_rows(branched: Inspector) -> None:
    def listed(labels: list[int], weight: WeightCell) -> tuple[list[str], list[str]]:
        step = branched.backward(labels, weight).weight
        assert step is not None
        sheet = BackwardWriter().write(step)
        assert sheet.row is not None
        head, first = (
            [item.text for item in row.items if isinstance(item, SheetText)] for row in (sheet.head[1], sheet.row(0))
        )
        return head, first

    head, first = listed([3], WeightCell("one", 1))
    assert head[1:] == ["(row, col)", "δ", "×", "x", "=", "δ · x"]
    assert re.fullmatch(r"\(\d+, \d+\)", first[1])
    head, first = listed([3], WeightCell("head", 6))
    assert head[1] == first[1] == ""


def with_a_dead_output() -> tuple[Inspector, LayerInfo]:
    """A convolution; the ReLU behind it lets nothing of output 0 through."""
    torch.manual_seed(0)
    dead = nn.Conv2d(4, 3, 3)
    with torch.no_grad():
        dead.bias[:] = torch.tensor([-100.0, 1.0, 1.0])  # type: ignore[index]
    return looked_at(nn.Sequential(dead, nn.ReLU()), "conv2d")


def test_where_no_gradient_comes_the_pane_says_so(qtbot: QtBot) -> None:
    inspector, layer = with_a_dead_output()
    pane = BackwardPane()
    qtbot.addWidget(pane)
    pane.show()
    pane.set_architecture(inspector.architecture)
    for output in (0, 1):
        pane.set_backward(inspector.backward([3], WeightCell(layer.name, output)))
        assert pane._note.isVisible() is (output == 0)
        assert output or "No gradient comes to output 0" in pane._note.whole


def test_the_user_who_muted_the_channel_reads_that_it_is_muted(branched: Inspector, qtbot: QtBot) -> None:
    branched.set_mutes((Mute("relu", 1),))
    branched.inspect(image((4, 9, 11), seed=5))
    pane = BackwardPane()
    qtbot.addWidget(pane)
    pane.show()
    pane.set_architecture(branched.architecture)
    pane.set_edits((MuteEdit("relu", 1), MuteEdit("one", 1, on=False)))
    pane.set_backward(branched.backward([3], WeightCell("one", 1)))
    assert pane._note.whole.startswith("You muted relu[1]: no gradient comes to output 1 of one")
    pane.set_edits(())
    assert "ReLU" in pane._note.whole


@pytest.mark.parametrize("value", [-2.0347e-5, 1.2345e-4, -0.0012345, 5.0783, -131.2345, -1.2345e-12, 3.4567e38])
def test_a_listed_number_has_three_digits_so_that_a_product_can_be_checked(value: float) -> None:
    text = listed_number(value, 9)
    assert len(text) <= 9
    assert float(text.replace("−", "-")) == pytest.approx(value, rel=0.005)


def test_in_large_text_the_steps_are_no_smaller_than_their_labels_and_no_column_is_cut(
    branched: Inspector, qtbot: QtBot
) -> None:
    pane = BackwardPane()
    qtbot.addWidget(pane)
    pane.show()
    pane.set_architecture(branched.architecture)
    pane.set_backward(branched.backward([3], WeightCell("one", 1)))
    try:
        use_text_pixels(19.5)
        pane.resize(960, 560)
        style, row = pane.steps.paint_style, pane.gradient_row
        qtbot.waitUntil(lambda: pane.sheet.horizontalScrollBar().maximum() == 0)
        qtbot.waitUntil(lambda: pane.steps.height() >= pane.steps.least_height(pane.steps.width()))
        assert pane.steps.digit_pixels() >= style.small_font.pixelSize()
        assert row._caption().bottom() <= row.viewport().height()
    finally:
        use_text_pixels(13.0)
