"""Questions on the real numbers: every answer is what PyTorch gives."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.inspection.records import Cell
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.pooling import MinPool2d
from cnnviewer.core.models.registry import build
from cnnviewer.core.teaching.questions import AnswerCheck, parse, questions
from tests.core.inspection.sample_networks import LENET, Functional, Mixed, image
from tests.core.teaching.looked import SHAPE, Looked, flat, keyword

GEOMETRIES = [
    pytest.param(kernel, stride, padding, dilation, id=f"k{kernel} s{stride} p{padding} d{dilation}")
    for kernel, stride, padding, dilation in (
        (1, 1, 0, 1), (3, 1, 1, 1), (3, 2, 1, 1), (5, 3, 2, 1), ((3, 2), (1, 2), (1, 0), 1), (2, 2, 0, 3), (4, 1, 0, 2),
    )
]  # fmt: skip


@pytest.mark.parametrize(("kernel", "stride", "padding", "dilation"), GEOMETRIES)
@pytest.mark.parametrize("kind", ["conv", "max", "average", "min"])
def test_the_output_size_is_that_of_pytorchs_tensor(
    kind: str, kernel: int, stride: int, padding: int, dilation: int
) -> None:
    makers: dict[str, Callable[[], nn.Module]] = {
        "conv": lambda: nn.Conv2d(4, 6, kernel, stride, padding, dilation),
        "max": lambda: nn.MaxPool2d(kernel, stride, padding, dilation),
        "average": lambda: nn.AvgPool2d(kernel, stride, padding),
        "min": lambda: MinPool2d(kernel, stride, padding, dilation),
    }
    looked = flat(makers[kind]())
    question = looked.ask("0", 0, 0, 0)["output_size"]
    assert question.answer == tuple(looked.value("0").shape[1:])
    assert question.check(question.answer).right
    assert question.working[-1].endswith(f"= {int(question.answer[1])}")


@pytest.mark.parametrize(
    "module",
    [
        pytest.param(nn.MaxPool2d(3, 2, ceil_mode=True), id="ceil mode"),
        pytest.param(nn.Conv2d(4, 4, 4, padding="same"), id="same padding of an even kernel"),
    ],
)
@pytest.mark.filterwarnings("ignore:Using padding=.same. with even kernel")
def test_a_size_that_the_plain_formula_does_not_give_is_not_asked(module: nn.Module) -> None:
    assert "output_size" not in flat(module, shape=(4, 12, 12)).ask("0", 0, 1, 1)


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        (nn.Conv2d(4, 6, 3), "conv_parameters"),
        (nn.Conv2d(4, 8, (3, 2), groups=2, bias=False), "conv_parameters"),
        (nn.Conv2d(4, 4, 3, groups=4), "conv_parameters"),
        (nn.BatchNorm2d(4), "batch_norm_parameters"),
    ],
    ids=["conv", "groups without bias", "depthwise", "batch norm"],
)
def test_the_parameters_are_as_many_as_the_module_has(layer: nn.Module, expected: str) -> None:
    looked = flat(layer)
    count = sum(p.numel() for p in layer.parameters())
    assert looked.ask("0", 1, 2, 3)[expected].answer == (count,)


def test_a_fully_connected_layer_has_its_parameters_and_multiply_adds() -> None:
    looked = Looked(nn.Flatten(), nn.Linear(4 * 13 * 11, 7))
    asked = looked.ask("1", 3)
    assert asked["linear_parameters"].answer == (sum(p.numel() for p in looked.model.parameters()),)
    assert asked["linear_multiply_adds"].answer == (4 * 13 * 11 * 7,)
    assert keyword(asked["linear_parameters"], 4 * 13 * 11 * 7) == "forgot_bias"
    assert keyword(asked["linear_parameters"], 4 * 13 * 11 + 7) == "added_sizes"
    assert keyword(asked["linear_multiply_adds"], 4 * 13 * 11 * 7 + 7) == "counted_bias"


def test_multiply_adds_are_counted_as_many_as_there_are_products() -> None:
    # ones times ones, added up without a bias, count the products
    looked = flat(nn.Conv2d(4, 6, 3, 2, groups=2, bias=False))
    products = F.conv2d(torch.ones(1, *SHAPE), torch.ones(6, 2, 3, 3), stride=2, groups=2).sum()
    assert looked.ask("0", 0, 0, 0)["conv_multiply_adds"].answer == (float(products),)


@pytest.mark.parametrize(("mode", "function"), [("max", F.max_pool2d), ("average", F.avg_pool2d)])
@pytest.mark.parametrize("padding", [0, 1], ids=["inside", "with padding"])
def test_the_pooled_value_is_pytorchs(mode: str, function: Callable[..., torch.Tensor], padding: int) -> None:
    pool = nn.MaxPool2d(3, 2, padding) if mode == "max" else nn.AvgPool2d(3, 2, padding)
    looked = flat(nn.Conv2d(4, 5, 3), pool, seed=3)
    expected = function(looked.value("0")[None], 3, 2, padding)[0]
    for c, r, q in np.ndindex(5, 2, 3):
        question = looked.ask("1", c, r, q)[f"{mode}_pool"]
        assert question.answer[0] == pytest.approx(float(expected[c, r, q]), rel=1e-5)
        assert question.check((float(expected[c, r, q]),)).right


def test_the_winning_cell_is_where_pytorch_found_it() -> None:
    looked = flat(nn.Conv2d(4, 5, 3), nn.MaxPool2d(3, 2, 1), seed=4)
    found = F.max_pool2d(looked.value("0")[None], 3, 2, 1, return_indices=True)[1][0]
    for c, r, q in np.ndindex(5, 3, 3):
        question = looked.ask("1", c, r, q)["max_winner"]
        assert question.answer == divmod(int(found[c, r, q]), 9)


def test_a_window_of_equal_values_asks_for_no_winner() -> None:
    looked = flat(nn.ReLU(), nn.MaxPool2d(2))
    looked.inspector.inspect(np.zeros(SHAPE, np.float32))
    assert not {"max_pool", "max_winner"} & set(looked.ask("1", 0, 1, 1))


def test_minimum_pooling_keeps_the_smallest() -> None:
    looked = flat(nn.Conv2d(4, 5, 3), MinPool2d(2))
    asked = looked.ask("1", 2, 1, 1)
    window = looked.value("0")[2, 2:4, 2:4]
    assert asked["min_pool"].answer == pytest.approx((float(window.min()),))
    assert keyword(asked["min_pool"], float(window.max())) == "took_other_pooling"
    row, col = divmod(int(window.argmin()), 2)
    assert asked["min_winner"].answer == (2 + row, 2 + col)


def test_an_adaptive_pool_reads_the_rows_whose_average_it_is() -> None:
    looked = flat(nn.Conv2d(4, 2, 3), nn.AdaptiveAvgPool2d((4, 1)))
    for row in range(4):
        asked = looked.ask("1", 1, row, 0)
        first, last = (int(n) for n in asked["adaptive_window"].answer)
        average = looked.value("0")[1, first : last + 1].mean()
        assert float(average) == pytest.approx(float(looked.value("1")[1, row, 0]), rel=1e-5)
        assert asked["average_of_sum"].answer == pytest.approx((float(average),), rel=1e-5)
        assert keyword(asked["adaptive_window"], first, last + 1) == "end_not_included"


def test_the_receptive_field_is_where_the_gradient_is_not_zero() -> None:
    layers = nn.Conv2d(4, 3, 3), nn.MaxPool2d(2), nn.Conv2d(3, 3, 3, dilation=2), nn.AvgPool2d(3, 2, 1)
    looked = flat(*layers, shape=(4, 40, 36))
    linear = nn.Sequential(*(nn.AvgPool2d(2) if isinstance(module, nn.MaxPool2d) else module for module in layers))
    for place, name in enumerate(("0", "1", "2", "3"), 1):
        x = torch.randn(1, 4, 40, 36, requires_grad=True)
        y = linear[:place](x)
        r, q = y.shape[2] // 2, y.shape[3] // 2
        y[0, 0, r, q].backward()
        seen = x.grad[0, 0].abs() > 0
        question = looked.ask(name, 0, r, q)["receptive_field"]
        assert question.answer == (float(seen.any(1).sum()), float(seen.any(0).sum()))
        assert question.check(question.answer).right


@pytest.mark.parametrize(("stride", "padding", "dilation"), [(1, 1, 1), (2, 0, 1), (1, 2, 2), (3, 1, 1)])
def test_as_many_outputs_read_a_cell_as_get_something_of_it(stride: int, padding: int, dilation: int) -> None:
    looked = flat(nn.Conv2d(4, 2, 3, stride, padding, dilation), seed=2)
    weight = torch.ones(1, 1, 3, 3)
    _, rows, cols = looked.value("0").shape
    for r, q in ((0, 0), (rows // 2, cols // 2), (rows - 1, 0)):
        question = looked.ask("0", 1, r, q)["readers"]
        one = torch.zeros(1, 1, 13, 11)
        one[0, 0, question.facts["row"], question.facts["col"]] = 1
        assert question.answer == (float(F.conv2d(one, weight, None, stride, padding, dilation).sum()),)


@pytest.mark.parametrize("place", [(0, 0, 0), (3, 12, 10), (2, 5, 7), (1, 0, 4)])
def test_flattening_and_the_way_back_are_pytorchs(place: tuple[int, int, int]) -> None:
    looked = Looked(nn.Flatten(), nn.Linear(4 * 13 * 11, 3))
    numbered = torch.arange(4 * 13 * 11).reshape(SHAPE)
    index = int(numbered[place])
    asked = looked.ask("0", index)
    assert asked["feature_index"].answer == (index,)
    assert asked["feature_place"].answer == place


def test_of_relu_dropout_and_batch_normalisation_the_value_is_asked() -> None:
    looked = flat(nn.BatchNorm2d(4), nn.ReLU(), nn.Dropout(0.2))
    for c, r, q in np.ndindex(4, 2, 2):
        x = looked.value("0")[c, r, q]
        norm = looked.ask("0", c, r, q)["batch_norm"]
        assert norm.answer == pytest.approx((float(x),), rel=1e-4, abs=1e-6)
        assert looked.ask("1", c, r, q)["relu"].answer == pytest.approx((float(F.relu(x)),))
        kept = looked.ask("2", c, r, q)
        if float(F.relu(x)) > 0:
            assert kept["dropout_predicting"].answer == pytest.approx((float(F.relu(x)),))
            assert kept["dropout_training"].answer == pytest.approx((float(F.relu(x)) / 0.8,))


def test_a_layers_sum_and_bias_give_its_value() -> None:
    looked = flat(nn.Conv2d(4, 5, 3))
    for layer, place in (("0", (2, 3, 4)), ("2", (1,))):
        question = looked.ask(layer, *place)["total"]
        assert question.answer == pytest.approx((float(looked.value(layer)[place]),), rel=1e-4, abs=1e-5)
        assert keyword(question, question.facts["sum"]) == "forgot_bias"


def test_shares_and_log_shares_are_pytorchs() -> None:
    looked = Looked(nn.Flatten(), nn.Linear(4 * 13 * 11, 6), nn.LogSoftmax(1))
    scores = looked.value("1")
    for i in range(6):
        asked = looked.ask("2", i)["log_softmax"]
        assert asked.answer == pytest.approx((float(F.log_softmax(scores, 0)[i]),), rel=1e-4)
        share = looked.ask("probabilities", i)["exp"]
        assert share.answer == pytest.approx((float(F.softmax(scores, 0)[i]),), rel=1e-4)
    plain = Looked(nn.Flatten(), nn.Linear(4 * 13 * 11, 6))
    for i in range(6):
        asked = plain.ask("probabilities", i)["softmax"]
        assert asked.answer == pytest.approx((float(F.softmax(plain.value("1"), 0)[i]),), rel=1e-4)
        assert asked.check((round(asked.answer[0], 4),)).right or asked.answer[0] < 0.01


@pytest.mark.parametrize(("log", "kind"), [(True, "nll"), (False, "cross_entropy")])
def test_the_loss_is_pytorchs(log: bool, kind: str) -> None:
    looked = Looked(nn.Flatten(), nn.Linear(4 * 13 * 11, 6), *([nn.LogSoftmax(1)] if log else []))
    explanation = looked.inspector.explain(Cell("loss"), label=4)
    (question,) = questions(explanation, looked.inspector.architecture)
    expected = F.cross_entropy(looked.value("1")[None], torch.tensor([4]))
    assert question.kind == kind
    assert question.answer == pytest.approx((float(expected),), rel=1e-4)
    assert keyword(question, -float(expected)) == "wrong_sign"


def test_the_pixel_is_normalised_as_the_model_sees_it() -> None:
    looked = flat(nn.ReLU())
    question = looked.ask("input", 2, 3, 4)["pixel"]
    assert question.answer == pytest.approx((float(looked.value("input")[2, 3, 4]),), rel=1e-5)


class Joined(nn.Module):
    """A shortcut, and maps put behind one another."""

    def __init__(self) -> None:
        super().__init__()
        self.a, self.b, self.fc = nn.Conv2d(4, 4, 1), nn.Conv2d(4, 6, 1), nn.Linear(10 * 13 * 11, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = x + self.a(x)
        return self.fc(torch.cat([x, self.b(x)], 1).flatten(1))


def test_what_is_added_and_what_is_put_together() -> None:
    looked = Looked(Joined())
    names = {layer.kind: layer.name for layer in looked.inspector.architecture.layers}
    added = looked.ask(names["add"], 1, 2, 3)["combined"]
    assert added.answer == pytest.approx((float(looked.value(names["add"])[1, 2, 3]),), rel=1e-4)
    assert looked.ask(names["cat"], 5, 2, 3)["channels"].answer == (10,)


@pytest.mark.parametrize(
    "looked",
    [lambda: Looked(Mixed(), shape=(3, 32, 32)), lambda: Looked(Functional(), shape=(3, 16, 16))],
    ids=["modules", "functional calls"],
)
def test_every_question_of_every_layer_takes_its_own_answer_and_no_mistake(looked: Callable[[], Looked]) -> None:
    net, rng, count = looked(), np.random.default_rng(1), 0
    for layer in net.inspector.architecture.layers:
        for _ in range(3):
            place = tuple(int(rng.integers(size)) for size in layer.shape)
            for question in net.ask(layer.name, *place).values():
                count += 1
                assert question.check(question.answer) == AnswerCheck(True)
                assert question.working
                for mistake, wrong in question.mistakes:
                    result = question.check(wrong)
                    assert not result.right, (question.kind, mistake)
                    assert result.mistake in dict(question.mistakes)
                typed = "×".join(f"{n:.6g}" for n in question.answer)
                parsed = parse(typed, len(question.answer))
                assert parsed is not None
                assert question.check(parsed).right or max(map(abs, question.answer)) >= 1e6
    assert count > 40


def test_numbers_that_are_not_finite_are_not_asked() -> None:
    conv = nn.Conv2d(4, 4, 3)
    looked = flat(conv)
    with torch.no_grad():
        conv.bias[0] = math.inf
    looked.inspector.load(looked.model.state_dict())
    looked.inspector.inspect(image(SHAPE))
    kinds = looked.ask("0", 0, 1, 1)
    assert "total" not in kinds
    assert "output_size" in kinds


def test_lenets_layers_all_have_something_to_ask() -> None:
    inspector = Inspector(build(LENET), LENET)
    inspector.inspect(image((1, 28, 28)))
    for layer in inspector.architecture.layers:
        place: Sequence[int] = [size // 2 for size in layer.shape]
        assert questions(inspector.explain(Cell(layer.name, *place)), inspector.architecture), layer.name
