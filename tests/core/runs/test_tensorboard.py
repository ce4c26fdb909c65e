"""TensorBoard reads the numbers that the training told."""

import sys
from pathlib import Path

import pytest

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.tensorboard import summary_writer, told_to_tensorboard
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import EpochDone, StepDone
from cnnviewer.core.training.loop import train
from tests.small_data import tiny

CONFIG = TrainConfig(dataset="tiny-grey", epochs=2, batch_size=48, threads=1)


def test_every_step_and_epoch_is_in_the_event_file(tmp_path: Path) -> None:
    pytest.importorskip("tensorboard", reason="needs the extra cnnviewer[tensorboard]")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = list(told_to_tensorboard(train(tiny(), CONFIG), tmp_path))
    read = EventAccumulator(str(tmp_path), size_guidance={"scalars": 0})
    read.Reload()
    losses = [(event.step, event.loss) for event in events if isinstance(event, StepDone)]
    assert [(one.step, one.value) for one in read.Scalars("loss/batch")] == [
        (step, pytest.approx(loss)) for step, loss in losses
    ]
    epochs = [event for event in events if isinstance(event, EpochDone)]
    assert [one.step for one in read.Scalars("accuracy/validation")] == [epoch.step for epoch in epochs]
    assert len(read.Scalars("accuracy/test")) == 1


def test_without_tensorboard_it_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    with pytest.raises(UserError, match="not installed"):
        summary_writer()
