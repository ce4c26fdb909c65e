"""Runs side by side: what differs, where curves stand, what they disagree on; numbers against PyTorch."""

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from cnnviewer.core.data.dataset import normalise
from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.evaluation.records import ModelPredictions
from cnnviewer.core.evaluation.several_models import predict_with_each
from cnnviewer.core.inspection.kernels import kernels
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import build, from_state, recipe_for
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.compare.comparison import (
    BranchPoint,
    ComparedRun,
    comparison_csv,
    configuration,
    differences,
    kernel_difference,
    outcome,
    positions,
)
from cnnviewer.core.runs.compare.live_setting import LiveSetting
from cnnviewer.core.runs.format.info import Change, Parent, RunInfo
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.metric_log import MetricLog
from tests.small_data import COLOUR, GREY, tiny

BASE = TrainConfig(model="lenet", dataset="tiny-grey", epochs=2)
RECIPE = ModelRecipe("lenet", (1, 28, 28), ("a", "b"), (0.0,), (1.0,))


def info(config: TrainConfig = BASE, ident: str = "run", **facts: object) -> RunInfo:
    return replace(RunInfo(ident, "2026-11-25T10:20:30+00:00", config, RECIPE), **facts)


def log_of(
    steps: int = 6, per_epoch: int = 3, pace: float = 2.0, rates: Any = BASE.learning_rate, momentum: Any = 0.0
) -> MetricLog:
    log = MetricLog()
    at = np.arange(1.0, steps + 1)
    rates, momenta = np.full(steps, rates), np.full(steps, momentum)
    log.extend_steps(np.column_stack([at, at, at, 1 / at, at / 10, rates, momenta, pace * at]))
    ends = at[per_epoch - 1 :: per_epoch]
    log.extend_epochs(np.column_stack([ends / per_epoch, ends, ends, ends / 10, ends, ends / 20, pace * ends]))
    return log


def state_of(seed: int, data=GREY) -> ModelState:
    torch.manual_seed(seed)
    recipe = recipe_for("lenet", data)
    return ModelState(recipe, {name: tensor.detach().clone() for name, tensor in build(recipe).state_dict().items()})


def column(number: int, config: TrainConfig, **facts: object) -> ComparedRun:
    log = log_of(rates=config.learning_rate, momentum=config.momentum)
    return ComparedRun(number, Path(f"run{number}"), info(config, f"run{number}", **facts), log=log)


# configuration and outcome


def test_only_the_settings_that_differ_are_named_with_the_value_of_each_run() -> None:
    columns = (column(1, BASE), column(2, replace(BASE, learning_rate=0.5, seed=7)))
    assert {row.name: row.values for row in differences(columns)} == {"learning_rate": (0.01, 0.5), "seed": (1, 7)}
    assert {row.name for row in configuration(columns)} > set(TrainConfig.__dataclass_fields__)


CHANGED = [0.01, 0.01, 0.1, 0.1, 0.1, 0.05]


@pytest.mark.parametrize(
    ("facts", "changes"),
    [
        ({}, ((3, 0.1), (6, 0.05))),
        ({"parent": Parent("old", 3), "config": replace(BASE, learning_rate=0.1)}, ((6, 0.05),)),
        (
            {"config": replace(BASE, learning_rate=0.05), "changes": (Change(5, 2, (0.05, 0.0), (0.01, 0.0)),)},
            ((3, 0.1), (6, 0.05)),
        ),
        ({"config": replace(BASE, schedule="cosine")}, ()),
    ],
    ids=["while it trained", "in a branch", "when it was resumed", "by its schedule"],
)
def test_a_rate_that_was_changed_during_the_training_is_a_difference(
    facts: dict[str, Any], changes: tuple[tuple[int, float], ...]
) -> None:
    run = replace(column(1, **{"config": BASE, **facts}), log=log_of(rates=CHANGED))
    (rate,) = (row for row in configuration((run, column(2, BASE))) if row.name == "learning_rate")
    first = 0.1 if "parent" in facts else 0.01
    assert rate.values == (LiveSetting(first, changes) if changes else 0.01, 0.01)
    assert rate.differs == bool(changes)


def test_a_momentum_changed_before_the_first_step_is_a_difference() -> None:
    run = replace(column(1, BASE), log=log_of(momentum=0.9))
    assert {row.name: row.values for row in differences((run, column(2, BASE)))} == {
        "momentum": (LiveSetting(BASE.momentum, ((1, 0.9),)), BASE.momentum)
    }


def test_runs_changed_alike_do_not_differ_and_the_file_says_what_was_changed() -> None:
    columns = tuple(replace(column(number, BASE), log=log_of(rates=CHANGED)) for number in (1, 2))
    assert differences(columns) == ()
    (row, _) = csv.DictReader(io.StringIO(comparison_csv(columns).decode("utf-8-sig")))
    assert row["learning_rate"] == "0.01 → 0.1 from step 3 → 0.05 from step 6"


def test_models_and_data_are_told_by_their_titles_and_by_the_keys_in_a_file() -> None:
    one = replace(column(1, BASE), titles={"model": "LeNet", "dataset": "MNIST"})
    two = replace(column(2, replace(BASE, model="simplecnn")), titles={"model": "SimpleCNN", "dataset": "MNIST"})
    (row,) = differences((one, two))
    assert [str(getattr(value, "title", value)) for value in row.values] == ["LeNet", "SimpleCNN"]
    written = list(csv.DictReader(io.StringIO(comparison_csv((one, two)).decode("utf-8-sig"))))
    assert [line["model"] for line in written] == [BASE.model, "simplecnn"]


def test_where_a_run_branched_off_is_told_by_the_visible_name_and_by_the_id_in_a_file() -> None:
    branch = replace(column(1, BASE, parent=Parent("2026_old", 1087)), parent_title="rate 0.05")
    gone = replace(branch, number=2, parent_title="")
    (row,) = differences((branch, column(3, BASE)))
    assert row.values == (BranchPoint("2026_old", "rate 0.05", 1087), None)
    (row,) = differences((gone, column(3, BASE)))
    assert row.values[0] == BranchPoint("2026_old", "2026_old", 1087)
    (written, _) = csv.DictReader(io.StringIO(comparison_csv((branch, column(3, BASE))).decode("utf-8-sig")))
    assert written["parent"] == "2026_old (1,087)"


def test_other_images_under_the_same_name_are_a_difference() -> None:
    columns = (column(1, BASE, fingerprint="a" * 64), column(2, BASE, fingerprint="b" * 64))
    assert [row.name for row in differences(columns)] == ["images"]


def test_the_outcome_is_read_from_the_log_and_the_result() -> None:
    columns = (column(1, BASE, result={"accuracy": 0.75, "loss": 0.5}), column(2, BASE))
    found = {row.name: row.values for row in outcome(columns)}
    assert found["best_validation_accuracy"] == (6 / 20, 6 / 20)
    assert found["test_accuracy"] == (0.75, None)
    assert found["steps_done"] == (6, 6)
    assert found["seconds"] == (12.0, 12.0)
    columns[0].log.extend_epochs(np.array([[3.0, 6.0, 6.0, 0.6, 6.0, 0.3, 12.5]]))
    (seconds,) = (row for row in outcome(columns) if row.name == "seconds")
    assert seconds.values == (12.5, 12.0)  # the last validation included, as in the list of runs


def test_the_table_of_a_comparison_is_read_back_with_every_digit() -> None:
    columns = (column(1, replace(BASE, learning_rate=0.1 + 0.2)), column(2, BASE))
    rows = list(csv.DictReader(io.StringIO(comparison_csv(columns).decode("utf-8-sig"))))
    assert [float(row["learning_rate"]) for row in rows] == [0.1 + 0.2, 0.01]
    assert rows[0]["run"] == "run1"
    assert rows[0]["dropout"] == ""


# curves


@pytest.mark.parametrize(
    ("by", "steps", "epochs"),
    [
        ("step", [1, 2, 3, 4, 5, 6], [3, 6]),
        ("epoch", [1 / 3, 2 / 3, 1, 4 / 3, 5 / 3, 2], [1, 2]),
        ("seconds", [2, 4, 6, 8, 10, 12], [6, 12]),
    ],
)
def test_curves_are_aligned_by_step_epoch_or_time(by, steps, epochs) -> None:
    x, epoch_x = positions(log_of(), by, 3)
    np.testing.assert_allclose(x, steps)
    np.testing.assert_allclose(epoch_x, epochs)


def test_an_epoch_of_one_run_lies_over_the_same_epoch_of_another_with_larger_batches() -> None:
    small, large = positions(log_of(12, 6), "epoch", 6), positions(log_of(6, 3), "epoch", 3)
    np.testing.assert_allclose(small[1], large[1])


def test_time_never_goes_back_where_a_run_was_resumed() -> None:
    log = log_of(3)
    log.extend_steps(np.array([[4.0, 2, 1, 0.1, 0.9, 0.1, 0, 5.0], [5.0, 2, 2, 0.1, 0.9, 0.1, 0, 7.0]]))
    x, _ = positions(log, "seconds", 3)
    assert (np.diff(x) >= 0).all()
    assert x.tolist() == [2, 4, 6, 6, 7]


# kernels


def test_the_difference_of_kernels_is_that_of_the_tensors() -> None:
    one, two = state_of(1), state_of(2)
    layer = next(each for each in Inspector.from_state(one).architecture.layers if each.name == "conv1")
    apart = kernel_difference(kernels(two.tensors, layer), kernels(one.tensors, layer))
    expected = two.tensors["conv1.weight"] - one.tensors["conv1.weight"]
    assert torch.equal(torch.from_numpy(apart.weight.copy()), expected)
    assert torch.equal(torch.from_numpy(apart.bias.copy()), two.tensors["conv1.bias"] - one.tensors["conv1.bias"])


def test_kernels_of_other_shapes_have_no_difference() -> None:
    grey, colour = state_of(1), state_of(1, COLOUR)
    found = []
    for state in (grey, colour):
        layer = next(each for each in Inspector.from_state(state).architecture.layers if each.name == "conv1")
        found.append(kernels(state.tensors, layer))
    assert kernel_difference(found[1], found[0]) is None


# one image, and all of them


def test_the_probabilities_of_one_image_are_pytorchs() -> None:
    state = state_of(3)
    image = np.random.default_rng(1).random((1, 28, 28), np.float32)
    with torch.no_grad():
        expected = from_state(state)(torch.from_numpy((image - 0.1307) / 0.3081)[None].float()).softmax(1)[0]
    np.testing.assert_allclose(Inspector.from_state(state).probabilities(image), expected.numpy(), atol=1e-6)


def test_disagreements_are_the_images_to_which_pytorch_gives_different_classes() -> None:
    data = tiny(GREY, test=600)
    states = {4: state_of(1), 9: state_of(2), 11: state_of(3)}
    reported: list[float] = []
    predictions = predict_with_each(
        {number: Inspector.from_state(state) for number, state in states.items()},
        data,
        reported.append,
    )
    with torch.no_grad():
        read = [from_state(s)(normalise(data.test.images, GREY.mean, GREY.std)).softmax(1) for s in states.values()]
    classes = torch.stack([each.argmax(1) for each in read])
    np.testing.assert_array_equal(predictions.predicted, classes.numpy())
    np.testing.assert_allclose(predictions.chances, torch.stack([each.amax(1) for each in read]).numpy(), atol=1e-5)
    np.testing.assert_array_equal(predictions.disagreed(), ((classes != classes[0]).any(0)).nonzero().flatten().numpy())
    assert len(predictions.disagreed()) > 0
    assert reported == sorted(reported)
    assert reported[-1] == 1.0


def test_evaluating_stops_when_nobody_wants_it() -> None:
    with pytest.raises(Cancelled):
        predict_with_each({1: Inspector.from_state(state_of(1))}, tiny(GREY), cancelled=lambda: True)


def test_models_of_other_classes_cannot_disagree() -> None:
    with pytest.raises(UserError, match=r"the weights know 0, 1, 2, 3, 4, … .*has a, b, c, d, e, … "):
        predict_with_each({1: Inspector.from_state(state_of(1))}, tiny(replace(GREY, classes=tuple("abcdefghij"))))


def test_models_that_number_the_classes_otherwise_are_compared_by_name() -> None:
    data, state = tiny(GREY), state_of(1)
    backwards = replace(state, recipe=replace(state.recipe, classes=GREY.classes[::-1]))
    predictions = predict_with_each({1: Inspector.from_state(state), 2: Inspector.from_state(backwards)}, data)
    np.testing.assert_array_equal(predictions.predicted[1], 9 - predictions.predicted[0])


def test_images_are_sorted_by_who_alone_is_right_or_wrong() -> None:
    predicted = np.array([[0, 1, 2, 3, 9], [0, 1, 5, 3, 8], [0, 7, 5, 3, 9]])
    labels = np.array([0, 1, 2, 3, 4])
    predictions = ModelPredictions((1, 2, 3), predicted, np.ones((3, 5), np.float32), labels, tuple("0123456789"))
    assert predictions.disagreed().tolist() == [1, 2, 4]
    assert predictions.only_right(1).tolist() == [2]
    assert predictions.only_wrong(3).tolist() == [1]
    assert predictions.none_right().tolist() == [4]
    assert predictions.accuracy(1) == 4 / 5
