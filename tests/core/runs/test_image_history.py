"""What a run's networks answered to an image: each snapshot's own probabilities, and the steps where the answer changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.runs.format.snapshot_steps import file_name
from cnnviewer.core.runs.read.answer_history import AnswerChange, AnswerHistory
from cnnviewer.core.runs.read.image_history import image_history
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.record.start import begin
from cnnviewer.core.training.config import TrainConfig
from tests.core.runs.trained import LENET, SIMPLECNN, data_for, finish


def trained(config: TrainConfig, runs: Path) -> OpenedRun:
    recording = begin(data_for(config), config, runs)
    finish(recording)
    assert recording.folder is not None
    return OpenedRun.read(recording.folder)


def image_of(config: TrainConfig) -> FloatArray:
    return data_for(config).test.images[3].numpy().astype(np.float32) / 255


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> OpenedRun:
    return trained(LENET, tmp_path_factory.mktemp("runs"))


def test_every_kept_step_answers_as_its_own_network_does(run: OpenedRun) -> None:
    told: list[float] = []
    found = image_history(run, image_of(LENET), progress=told.append)
    assert list(found.steps) == run.snapshot_steps()
    assert found.steps[0] == 0
    for place in (0, 5, len(found.steps) - 1):
        alone = Inspector.from_state(run.snapshot(found.steps[place]).state).inspect(image_of(LENET))
        np.testing.assert_array_equal(found.probabilities[place], alone.activations["probabilities"])
    assert found.classes == run.info.recipe.classes
    assert not found.in_eight_bits
    assert told == sorted(told)
    assert told[-1] == 1


def test_a_history_that_grew_reads_only_what_is_new(run: OpenedRun) -> None:
    class Counting:
        read = 0

        def snapshot_steps(self) -> list[int]:
            return run.snapshot_steps()

        def snapshot(self, step: int) -> object:
            self.read += 1
            return run.snapshot(step)

    whole, counting = image_history(run, image_of(LENET)), Counting()
    part = AnswerHistory(whole.steps[:-2], whole.probabilities[:-2], whole.classes)
    grown = image_history(counting, image_of(LENET), part)  # type: ignore[arg-type]
    assert counting.read == 2
    assert grown.steps == whole.steps
    np.testing.assert_array_equal(grown.probabilities, whole.probabilities)


def test_large_models_say_that_their_snapshots_keep_eight_bits(tmp_path: Path) -> None:
    config = replace(SIMPLECNN, epochs=1)
    assert image_history(trained(config, tmp_path), image_of(config)).in_eight_bits


def test_a_damaged_snapshot_is_left_out_and_counted(tmp_path: Path) -> None:
    run = trained(replace(LENET, epochs=1), tmp_path)
    steps = run.snapshot_steps()
    (run.folder / file_name(steps[1])).write_bytes(b"no snapshot")
    found = image_history(run, image_of(LENET))
    assert found.missing == 1
    assert list(found.steps) == [steps[0], *steps[2:]]


def test_an_image_of_another_size_is_refused_and_waiting_can_be_given_up(run: OpenedRun) -> None:
    with pytest.raises(UserError, match="3×32×32"):
        image_history(run, np.zeros((3, 32, 32), np.float32))
    with pytest.raises(Cancelled):
        image_history(run, image_of(LENET), abandoned=lambda: True)


def test_the_answer_changes_where_another_class_has_the_highest_probability() -> None:
    rows = [[0.5, 0.3, 0.2], [0.5, 0.5, 0.0], [0.1, 0.2, 0.7], [0.2, 0.1, 0.7], [0.9, 0.1, 0.0]]
    history = AnswerHistory((0, 3, 4, 10, 20), np.array(rows, np.float32), ("a", "b", "c"))
    assert history.changes == (AnswerChange(4, 3, 0, 2), AnswerChange(20, 10, 2, 0))
    assert history.leading(2) == (0, 2)
    assert history.leading(2, always=(1,)) == (0, 1)
    assert AnswerHistory((7,), np.ones((1, 3), np.float32), ("a", "b", "c")).changes == ()
