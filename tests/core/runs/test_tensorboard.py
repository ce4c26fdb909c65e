"""TensorBoard reads the numbers that the training told."""

import sys
from pathlib import Path

import pytest

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.record.tensorboard import logged_to_tensorboard, summary_writer
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import EpochDone, Finished, StepDone
from cnnviewer.core.training.loop import train
from tests.small_data import tiny

CONFIG = TrainConfig(dataset="tiny-grey", epochs=2, batch_size=48, threads=1)


def test_every_step_and_epoch_is_in_the_event_file(tmp_path: Path) -> None:
    pytest.importorskip("tensorboard", reason="needs the extra cnnviewer[tensorboard]")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    events = list(logged_to_tensorboard(train(tiny(), CONFIG), tmp_path))
    read = EventAccumulator(str(tmp_path), size_guidance={"scalars": 0})
    read.Reload()
    losses = [(event.step, event.loss) for event in events if isinstance(event, StepDone)]
    assert [(one.step, one.value) for one in read.Scalars("loss/batch")] == [
        (step, pytest.approx(loss)) for step, loss in losses
    ]
    epochs = [event for event in events if isinstance(event, EpochDone)]
    assert [one.step for one in read.Scalars("accuracy/validation")] == [epoch.step for epoch in epochs]
    assert len(read.Scalars("accuracy/test")) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_event_files_that_cannot_be_written_give_an_error_message_and_the_training_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("tensorboard", reason="needs the extra cnnviewer[tensorboard]")
    from tensorboard.compat.tensorflow_stub.io import gfile
    from tensorboard.summary.writer import event_file_writer

    monkeypatch.setattr(event_file_writer.os.path, "join", lambda *_: "/dev/full")
    monkeypatch.setattr(gfile.LocalFileSystem, "exists", lambda *_: True)
    told: list[UserError] = []
    events = list(logged_to_tensorboard(train(tiny(), CONFIG), tmp_path, on_error=told.append))
    assert isinstance(events[-1], Finished)
    assert [str(sentence) for sentence in told] == ["TensorBoard's files are incomplete: no space left on device."]
    assert "Traceback" not in capsys.readouterr().err


def test_without_tensorboard_it_gives_an_error_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    with pytest.raises(UserError, match="not installed"):
        summary_writer()
