"""A wrong answer is told its likely mistake, and what people type is understood."""

from __future__ import annotations

import numpy as np
import pytest
from torch import nn

from cnnviewer.core.teaching.questions import Question, parse
from tests.core.teaching.looked import Looked, flat, keyword


def size(looked: Looked) -> Question:
    return looked.ask("0", 0, 0, 0)["output_size"]


def test_each_slip_in_the_size_formula_is_recognised() -> None:
    question = size(flat(nn.Conv2d(4, 2, 5, stride=2, padding=2), shape=(4, 16, 20)))  # ⌊(16 − 5 + 4) / 2⌋ + 1 = 8
    assert question.answer == (8, 10)
    assert keyword(question, 6, 8) == "forgot_padding"
    assert keyword(question, 7, 9) in ("padded_one_side", "forgot_plus_one")
    assert keyword(question, 8.5, 10.5) == "forgot_floor"
    assert keyword(question, 9, 11) == "forgot_floor"
    assert keyword(question, 16, 20) in ("forgot_stride", "kept_size")
    assert keyword(question, 10, 8) == "swapped_rows_and_columns"
    assert keyword(question, 8, 8) == "forgot_padding"  # one side right, the other not
    assert keyword(question, 99, 99) == ""
    plain = size(flat(nn.Conv2d(4, 2, 3), shape=(4, 16, 16)))
    assert keyword(plain, 13, 13) == "forgot_plus_one"
    assert keyword(size(flat(nn.Conv2d(4, 2, 3, dilation=2))), 11, 9) == "forgot_dilation"


def test_each_slip_in_counting_is_recognised() -> None:
    asked = flat(nn.Conv2d(4, 6, (3, 2), groups=2)).ask("0", 0, 0, 0)
    counted = asked["conv_parameters"]  # 6·2·3·2 + 6
    assert counted.answer == (78,)
    for wrong, mistake in (
        (72, "forgot_bias"), (73, "one_bias"), (150, "forgot_groups"), (42, "forgot_channels"), (13, "forgot_outputs"),
        (18, "forgot_kernel"), (78 * 11 * 10, "counted_places"),
    ):  # fmt: skip
        assert keyword(counted, wrong) == mistake
    products = asked["conv_multiply_adds"]
    assert keyword(products, 72) == "counted_weights"
    assert keyword(products, 78 * 110) == "counted_bias"
    assert keyword(products, 72 * 13 * 11) == "took_input_places"
    no_bias = flat(nn.Conv2d(4, 6, 3, bias=False)).ask("0", 0, 0, 0)["conv_parameters"]
    assert keyword(no_bias, 6 * 4 * 9 + 6) == "added_bias"
    norm = flat(nn.BatchNorm2d(4)).ask("0", 0, 0, 0)["batch_norm_parameters"]
    assert (keyword(norm, 4), keyword(norm, 16), keyword(norm, 2)) == (
        "forgot_bias", "counted_statistics", "forgot_channels"
    )  # fmt: skip


def test_each_slip_in_pooling_is_recognised() -> None:
    looked = flat(nn.Conv2d(4, 5, 3), nn.MaxPool2d(3, 2), seed=3)
    asked = looked.ask("1", 1, 1, 1)
    window = looked.value("0")[1, 2:5, 2:5].double()
    assert keyword(asked["max_pool"], float(window.min())) == "took_other_pooling"
    assert keyword(asked["max_pool"], float(window.mean())) == "took_other_pooling"
    assert keyword(asked["max_pool"], float(window.sum())) == "took_sum"
    row, col = (int(n) for n in asked["max_winner"].answer)
    assert keyword(asked["max_winner"], row - 2, col - 2) == "place_in_window"
    average = flat(nn.AvgPool2d(3, 2, 1)).ask("0", 1, 0, 0)["average_pool"]
    inside = np.array(average.facts["window"])[~np.array(average.facts["outside"])]
    assert keyword(average, float(inside.sum())) == "took_sum"
    assert keyword(average, float(inside.mean())) == "forgot_padding"
    assert average.answer == pytest.approx((float(inside.sum()) / 9,))


def test_each_slip_in_places_and_fields_is_recognised() -> None:
    flattened = Looked(nn.Flatten(), nn.Linear(4 * 13 * 11, 3)).ask("0", (2 * 13 + 5) * 11 + 7)
    assert keyword(flattened["feature_index"], (2 * 13 + 5) * 11 + 8) == "counted_from_one"
    assert keyword(flattened["feature_index"], 5 * 11 + 7) == "forgot_channels"
    assert keyword(flattened["feature_index"], (5 * 11 + 7) * 4 + 2) == "channels_last"
    assert keyword(flattened["feature_place"], 2, 7, 5) == "swapped_row_and_column"
    assert keyword(flattened["feature_place"], 3, 6, 8) == "counted_from_one"
    looked = flat(nn.Conv2d(4, 2, 3), nn.MaxPool2d(2), nn.Conv2d(2, 2, 3), shape=(4, 20, 20))
    field = looked.ask("2", 0, 1, 1)["receptive_field"]  # 4 + 2·2
    assert field.answer == (8, 8)
    assert keyword(field, 6, 6) == "forgot_jump"
    assert keyword(field, 3, 3) == "took_kernel"
    assert keyword(field, 10, 10) == "forgot_minus_one"
    corner = flat(nn.Conv2d(4, 2, 3)).ask("0", 0, 0, 0)["readers"]
    assert corner.answer == (1,)
    assert keyword(corner, 9) == "forgot_border"
    strided = flat(nn.Conv2d(4, 2, 3, 2)).ask("0", 0, 1, 1)["readers"]
    assert strided.answer == (4,)
    assert keyword(strided, 9) == "forgot_stride"
    assert keyword(strided, 2) == "counted_one_side"


def test_each_slip_in_one_value_is_recognised() -> None:
    looked = flat(nn.Conv2d(4, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Dropout(0.2), seed=5)
    x = looked.value("1")
    negative = tuple(int(n) for n in np.argwhere(x.numpy() < 0)[0])
    positive = tuple(int(n) for n in np.argwhere(x.numpy() > 0.1)[0])
    assert keyword(looked.ask("2", *negative)["relu"], float(x[negative])) == "forgot_relu"
    assert keyword(looked.ask("2", *negative)["relu"], -float(x[negative])) == "took_size"
    assert keyword(looked.ask("2", *positive)["relu"], 0) == "zeroed_positive"
    dropped, y = looked.ask("3", *positive), float(x[positive])
    assert keyword(dropped["dropout_predicting"], y / 0.8) == "scaled_when_predicting"
    assert keyword(dropped["dropout_training"], y) == "forgot_scaling"
    norm = looked.ask("1", *positive)["batch_norm"]
    mean, deviation = norm.facts["mean"], norm.facts["deviation"]
    weight, bias, raw = norm.facts["weight"], norm.facts["bias"], norm.facts["x"]
    assert keyword(norm, (raw - mean) / deviation * weight) == "forgot_bias"
    assert keyword(norm, (raw - mean) / deviation**2 * weight + bias) == "divided_by_variance"


@pytest.mark.parametrize(
    ("text", "count", "expected"),
    [
        ("12x12", 2, (12, 12)), ("12×12", 2, (12, 12)), ("12, 12", 2, (12, 12)), ("12,12", 2, (12, 12)),
        ("12 12", 2, (12, 12)), ("12 X 11", 2, (12, 11)), ("(3, 5)", 2, (3, 5)), ("1,234", 1, (1234,)),
        ("1,234,567", 1, (1234567,)), ("1,234, 5", 2, (1234, 5)), ("100,200", 2, (100, 200)), ("−0.5", 1, (-0.5,)),
        ("-.5", 1, (-0.5,)), (" 7 ", 1, (7,)), ("2.", 1, (2,)), ("1e-3", 1, (0.001,)), ("25%", 1, (0.25,)),
        ("１２", 1, (12,)), ("2, 3, 4", 3, (2, 3, 4)), ("12*8", 2, (12, 8)), ("−1×−2", 2, (-1, -2)),
    ],
)  # fmt: skip
def test_what_people_type_is_understood(text: str, count: int, expected: tuple[float, ...]) -> None:
    assert parse(text, count) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 1), ("twelve", 1), ("12", 2), ("12x12", 1), ("1,23", 1), ("1 2 3", 2), ("nan", 1), ("1e999", 1), ("12×", 2)],
)
def test_what_is_no_answer_is_refused(text: str, count: int) -> None:
    assert parse(text, count) is None
