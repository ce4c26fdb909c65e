"""A single step says what it did, and says it without changing anything that comes after it."""

from dataclasses import replace

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.data.dataset import normalise
from cnnviewer.core.models.registry import from_state
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import StepDone
from cnnviewer.core.training.loop import Training
from cnnviewer.core.training.single_step import WeightsBefore
from tests.small_data import COLOUR, GREY, tiny

LENET = TrainConfig(dataset="tiny-grey", epochs=1, batch_size=16, threads=1)
WHOLE = TrainConfig("simplecnn", "tiny-colour", batch_size=160, validation_fraction=0.0, threads=1)
NORMED = "design:conv 4 k3, batchnorm, relu, dropout 0.5, flatten, linear 10"


def learned(config: TrainConfig, reports: bool) -> tuple[list[StepDone], dict[str, torch.Tensor]]:
    training = Training(tiny(COLOUR if config.dataset == "tiny-colour" else GREY), config)
    training.controls.reports = reports
    events = [event for event in training if isinstance(event, StepDone)]
    return events, dict(training.snapshot().tensors)


def test_without_being_asked_no_step_reports() -> None:
    events, _ = learned(LENET, reports=False)
    assert all(event.report is None for event in events)


def test_the_loss_after_a_step_is_that_of_the_same_batch_with_the_new_weights() -> None:
    data = tiny(COLOUR)
    training = Training(data, WHOLE)
    training.controls.reports = True
    event = next(event for event in training if isinstance(event, StepDone))
    report = event.report
    assert report is not None
    assert (report.step, report.count, report.loss, report.correct) == (1, 160, event.loss, event.correct)
    with torch.no_grad():  # one batch holds every image, so the order does not matter
        output = from_state(training.snapshot()).train()(normalise(data.train.images, COLOUR.mean, COLOUR.std))
    assert report.loss_after == pytest.approx(F.cross_entropy(output, data.train.labels).item(), rel=1e-5)
    assert report.correct_after == int((output.argmax(1) == data.train.labels).sum())
    assert report.loss_after < report.loss


@pytest.mark.parametrize("model", ["lenet", NORMED], ids=["dropout", "batch norm and dropout"])
@pytest.mark.parametrize("augmentation", ["none", "handwriting"])
def test_reporting_changes_no_bit_of_the_training(model: str, augmentation: str) -> None:
    config = replace(LENET, model=model, augmentation=augmentation)
    alone, weights = learned(config, reports=False)
    told, others = learned(config, reports=True)
    assert [event.loss for event in alone] == [event.loss for event in told]
    assert all(torch.equal(weights[name], others[name]) for name in weights)
    assert all(event.report is not None and event.report.dropout for event in told)


def test_the_largest_change_is_a_part_of_the_size_of_a_modules_weights() -> None:
    model = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 2))
    with torch.no_grad():
        for module, size in zip(model, (10.0, 1.0), strict=True):
            module.weight.fill_(size)
            module.bias.fill_(0.0)
        before = WeightsBefore(model)
        model[0].weight[0, 0] += 1.0  # of a norm of 20
        model[1].weight[0, 0] += 0.5  # of a norm of 2
    assert before.largest_change() == ("1", pytest.approx(0.25))


def test_a_model_whose_weights_are_all_zero_has_no_largest_change() -> None:
    model = nn.Linear(2, 2)
    with torch.no_grad():
        for weight in model.parameters():
            weight.fill_(0.0)
    assert WeightsBefore(model).largest_change() == ("", 0.0)


def test_of_a_very_large_model_no_copy_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cnnviewer.core.training.single_step._MOST", 5)
    model = nn.Linear(2, 2)
    before = WeightsBefore(model)
    with torch.no_grad():
        model.weight += 1.0
    assert before.largest_change() == ("", 0.0)


def test_a_report_that_fails_does_not_end_the_training(monkeypatch: pytest.MonkeyPatch) -> None:
    alone, weights = learned(LENET, reports=False)

    def no_memory(model: nn.Module) -> None:
        raise RuntimeError("not enough memory")

    monkeypatch.setattr("cnnviewer.core.training.loop.buffers_kept", no_memory)
    told, others = learned(LENET, reports=True)
    assert len(told) == len(alone)
    assert all(event.report is not None and event.report.loss_after is None for event in told)
    assert all(torch.equal(weights[name], others[name]) for name in weights)
