"""A run followed while it is trained elsewhere: no point is lost, none comes twice, and a rewound run is noticed."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.folder import CHECKPOINT
from cnnviewer.core.runs.metrics_file import STEPS, read_epochs, read_steps
from cnnviewer.core.runs.opened import OpenedRun
from cnnviewer.core.runs.start import begin, go_on
from cnnviewer.core.training.events import EpochDone, StepDone
from tests.core.runs.trained import LENET, at_step, data_for, finish, leave_after

DATA = data_for(LENET)
TRAINER = """
import sys
from dataclasses import replace
from pathlib import Path
from cnnviewer.core.runs import recording
from cnnviewer.core.runs.start import begin
from tests.core.runs.trained import LENET
from tests.small_data import GREY, tiny
recording.FLUSH_INTERVAL = 0.01
run = begin(tiny(GREY, 200, 20), replace(LENET, batch_size=4, epochs=4), Path(sys.argv[1]))
print(run.folder, flush=True)
for event in run.events():
    pass
"""


def assert_knows_all(opened: OpenedRun) -> None:
    assert np.array_equal(opened.log.step_rows(), read_steps(opened.folder)[0])
    assert np.array_equal(opened.log.epoch_rows(), read_epochs(opened.folder)[0])


def test_following_another_process_loses_no_point(tmp_path: Path) -> None:
    command = [sys.executable, "-c", TRAINER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]) as trainer:
        opened = OpenedRun(trainer.stdout.readline().strip())
        counts = [opened.log.step_count]
        log = opened.log
        while trainer.poll() is None:
            opened.refresh()
            counts.append(opened.log.step_count)
            assert opened.log.steps("step").tolist() == list(range(1, counts[-1] + 1))
    opened.refresh()
    assert opened.log is log  # it only grew
    assert opened.log.step_count == 180
    assert opened.log.epoch_count == 4
    assert len(set(counts)) > 5
    assert_knows_all(opened)
    assert opened.info.status == "finished"
    assert not opened.written_now
    assert opened.refresh() is False


def test_rows_that_are_half_written_come_when_they_are_whole(tmp_path: Path) -> None:
    recording = begin(DATA, LENET, tmp_path)
    leave_after(recording, at_step(5))
    folder = recording.folder
    text, fast = (folder / STEPS.csv).read_bytes(), (folder / STEPS.fast).read_bytes()
    (folder / STEPS.fast).write_bytes(b"")
    (folder / STEPS.csv).write_bytes(text[:20])
    opened = OpenedRun(folder)
    for length in (*range(20, len(text), 2), len(text)):
        (folder / STEPS.csv).write_bytes(text[:length])
        (folder / STEPS.fast).write_bytes(fast[: length // 2])
        opened.refresh()
        assert opened.log.step_count >= max(0, text[:length].count(b"\n") - 1)
        assert opened.log.steps("step").tolist() == list(range(1, opened.log.step_count + 1))
    assert_knows_all(opened)


@pytest.mark.parametrize("looks", ["never", "between", "always"])
def test_a_run_that_is_rewound_is_noticed(looks: str, tmp_path: Path) -> None:
    recording = begin(DATA, LENET, tmp_path)
    leave_after(recording, at_step(3))
    early = (recording.folder / CHECKPOINT).read_bytes()
    leave_after(go_on(recording.folder, DATA), at_step(9))
    opened = OpenedRun(recording.folder)
    assert opened.log.step_count == 9
    first = opened.log.step_rows().copy()
    (recording.folder / CHECKPOINT).write_bytes(early)
    again = go_on(recording.folder, DATA)
    if looks != "never":
        opened.refresh()
        assert opened.log.step_count == 3
    for event in again.events():
        if looks == "always" and isinstance(event, StepDone | EpochDone):
            opened.refresh()
    assert opened.refresh() or looks == "always"
    assert opened.log.step_count == 18
    assert_knows_all(opened)
    assert np.array_equal(opened.log.step_rows()[:9, :-1], first[:, :-1])


def test_a_run_read_while_it_is_rewound_is_right_at_the_next_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Gone on with between the look at the description and the reading of rows."""
    recording = begin(DATA, LENET, tmp_path)
    leave_after(recording, at_step(3))
    early = (recording.folder / CHECKPOINT).read_bytes()
    leave_after(go_on(recording.folder, DATA), at_step(9))
    opened = OpenedRun(recording.folder)
    (recording.folder / CHECKPOINT).write_bytes(early)
    is_shorter = opened._is_shorter

    def meanwhile() -> bool:
        known = is_shorter()
        monkeypatch.setattr(opened, "_is_shorter", is_shorter)
        finish(go_on(recording.folder, DATA))
        return known

    monkeypatch.setattr(opened, "_is_shorter", meanwhile)
    opened.refresh()
    assert_knows_all(opened)


def test_a_folder_that_is_gone_is_a_sentence_and_what_is_known_stays(tmp_path: Path) -> None:
    recording = begin(DATA, LENET, tmp_path)
    finish(recording)
    opened = OpenedRun(recording.folder)
    recording.folder.rename(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="is no longer there"):
        opened.refresh()
    assert opened.log.step_count == 18
    with pytest.raises(UserError, match="is not a run"):
        OpenedRun(tmp_path)
    with pytest.raises(UserError, match="is not a run"):
        OpenedRun(tmp_path / "none")
