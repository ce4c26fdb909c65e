"""What a training prints, to the letter, and the numbers it keeps."""

import numpy as np
import pytest
import torch

from cnnviewer.core.evaluation.records import Evaluation
from cnnviewer.core.models.registry import recipe_for
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import EpochDone, Finished, Started, StepDone
from cnnviewer.core.training.log_text import LogText
from cnnviewer.core.training.metric_log import MetricLog
from tests.small_data import GREY


def step(number: int, loss: float, batch: int | None = None) -> StepDone:
    return StepDone(number, 1, batch or number, loss, 8, 32, 0.01, 0.0, number / 100)


def test_every_hundredth_batch_prints_the_mean_loss_of_the_last_hundred() -> None:
    text = LogText(TrainConfig())
    printed = [line for number in range(1, 201) for line in text.lines(step(number, number / 100))]
    assert printed == ["[Epoch 1, Batch 100] loss: 0.505", "[Epoch 1, Batch 200] loss: 1.505"]


def test_an_epoch_prints_losses_and_accuracies_with_their_counts() -> None:
    line = next(iter(LogText(TrainConfig(epochs=3)).lines(EpochDone(2, 10, 0.5, 900, 1000, 0.25, 95, 100, 1.0))))
    assert line == (
        "Epoch 2/3: training loss 0.5000, accuracy 90.00% (900/1000); validation loss 0.2500, accuracy 95.00% (95/100)"
    )


def test_the_end_prints_the_accuracy_on_the_test_images_and_of_each_class() -> None:
    state = ModelState(recipe_for("lenet", GREY), {"x": torch.zeros(1)})
    test = Evaluation(9861, 10000, 0.1, {"0": (970, 980), "1": (0, 0)})
    lines = list(LogText(TrainConfig()).lines(Finished(test, state, False, 1.0)))
    assert lines[0] == "Accuracy of the network on the 10000 test images: 98.61%"
    assert lines[1] == "Accuracy for class 0: 98.98% (970/980)"
    assert lines[2] == "Accuracy for class 1: no images (0/0)"


def test_validating_on_the_test_images_is_said() -> None:
    lines = list(LogText(TrainConfig()).lines(Started(100, 50, "test", 50, 4, 40, 1, "cpu")))
    assert any("test images validate" in line for line in lines)


def test_the_metric_log_keeps_every_number_while_it_grows() -> None:
    log = MetricLog()
    for number in range(1, 5001):
        log.add_step(step(number, 1 / number))
    assert log.step_count == 5000
    assert np.array_equal(log.steps("loss"), 1 / np.arange(1, 5001))
    assert np.array_equal(log.steps("step", 4990), np.arange(4991, 5001))
    assert log.steps("accuracy")[0] == 0.25


def test_readers_cannot_write_into_the_log_and_old_views_stay_valid() -> None:
    log = MetricLog()
    log.add_step(step(1, 0.5))
    view = log.steps("loss")
    for number in range(2, 3000):
        log.add_step(step(number, 0.1))
    assert view.tolist() == [0.5]
    with pytest.raises(ValueError, match="read-only"):
        view[0] = 1
