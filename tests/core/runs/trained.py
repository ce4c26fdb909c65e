"""Runs to test with: small data, short trainings, and what makes two of them the same."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.models.weights import load_weights
from cnnviewer.core.runs.format import metrics_file
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import EpochDone, Finished, Started, StepDone, TrainEvent
from tests.small_data import COLOUR, GREY, tiny

LENET = TrainConfig("lenet", "tiny-grey", epochs=3, batch_size=16, threads=1)
SIMPLECNN = TrainConfig("simplecnn", "tiny-colour", epochs=2, batch_size=8, momentum=0.9, threads=1)


def data_for(config: TrainConfig) -> DataSet:
    return tiny(GREY, 96, 20) if config.dataset == "tiny-grey" else tiny(COLOUR, 36, 20)


def finish(recording: Recorder) -> Finished:
    """Iterate to the end."""
    *_, last = recording.events()
    assert isinstance(last, Finished)
    return last


def leave_after(recording: Recorder, when: Callable[[TrainEvent], bool]) -> None:
    """Iterate up to an event and leave without a word, as a process does that ends there."""
    events = recording.events()
    for event in events:
        if when(event):
            events.close()
            return
    raise AssertionError("the training ended first")


def at_step(step: int) -> Callable[[TrainEvent], bool]:
    return lambda event: (
        (isinstance(event, StepDone) and event.step == step) or (step == 0 and isinstance(event, Started))
    )


def at_epoch(epoch: int) -> Callable[[TrainEvent], bool]:
    return lambda event: isinstance(event, EpochDone) and event.epoch == epoch


def assert_same_tensors(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> None:
    assert one.keys() == other.keys()
    for name in one:
        assert torch.equal(one[name], other[name]), name


def weights_in(folder: Path) -> dict[str, torch.Tensor]:
    return dict(load_weights(folder / "weights.safetensors").tensors)


def numbers_in(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Every step's and every epoch's numbers but the seconds, as the two CSV files have them."""
    tables = []
    for table in (metrics_file.STEPS, metrics_file.EPOCHS):
        header, *lines = (folder / table.csv).read_text().splitlines()
        assert header == ",".join(table.columns)
        rows = np.array([line.split(",") for line in lines], dtype=np.float64).reshape(-1, len(table.columns))
        tables.append(rows[:, :-1])
    assert np.array_equal(tables[0], metrics_file.read_steps(folder)[0][:, :-1])
    assert np.array_equal(tables[1], metrics_file.read_epochs(folder)[0][:, :-1])
    return tables[0], tables[1]


def assert_same_run(one: Path, other: Path) -> None:
    """The weights and all numbers but the seconds are the same to the last bit."""
    assert_same_tensors(weights_in(one), weights_in(other))
    for ours, theirs in zip(numbers_in(one), numbers_in(other), strict=True):
        assert np.array_equal(ours, theirs)
