"""A run followed while it is trained elsewhere: no point is lost, none comes twice, and a rewound run is noticed."""

import subprocess
import sys
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.format.file_names import CHECKPOINT
from cnnviewer.core.runs.format.metrics_file import STEPS, read_epochs, read_steps
from cnnviewer.core.runs.format.notes import Notes, write_notes
from cnnviewer.core.runs.read import opened_run as opened_module
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.record.start import begin, resume_run
from cnnviewer.core.training.events import EpochDone, StepDone
from tests.core.runs.trained import LENET, at_step, data_for, finish, leave_after

DATA = data_for(LENET)
TRAINER = """
import sys
from dataclasses import replace
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any
from cnnviewer.core.runs.record import recorder as recording
from cnnviewer.core.runs.record.start import begin
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
        opened = OpenedRun.read(trainer.stdout.readline().strip())
        counts = [opened.log.step_count]
        log = opened.log
        while trainer.poll() is None:
            opened = opened.refreshed()
            counts.append(opened.log.step_count)
            assert opened.log.steps("step").tolist() == list(range(1, counts[-1] + 1))
    opened = opened.refreshed()
    assert opened.log is log  # it only grew
    assert opened.log.step_count == 180
    assert opened.log.epoch_count == 4
    assert len(set(counts)) > 5
    assert_knows_all(opened)
    assert opened.info.status == "finished"
    assert not opened.written_now
    assert opened.refreshed() is opened


def test_rows_that_are_half_written_come_when_they_are_whole(tmp_path: Path) -> None:
    recording = begin(DATA, LENET, tmp_path)
    leave_after(recording, at_step(5))
    folder = recording.folder
    text, fast = (folder / STEPS.csv).read_bytes(), (folder / STEPS.fast).read_bytes()
    (folder / STEPS.fast).write_bytes(b"")
    (folder / STEPS.csv).write_bytes(text[:20])
    opened = OpenedRun.read(folder)
    for length in (*range(20, len(text), 2), len(text)):
        (folder / STEPS.csv).write_bytes(text[:length])
        (folder / STEPS.fast).write_bytes(fast[: length // 2])
        opened = opened.refreshed()
        assert opened.log.step_count >= max(0, text[:length].count(b"\n") - 1)
        assert opened.log.steps("step").tolist() == list(range(1, opened.log.step_count + 1))
    assert_knows_all(opened)


@pytest.mark.parametrize("looks", ["never", "between", "always"])
def test_a_run_that_is_rewound_is_noticed(looks: str, tmp_path: Path) -> None:
    recording = begin(DATA, LENET, tmp_path)
    leave_after(recording, at_step(3))
    early = (recording.folder / CHECKPOINT).read_bytes()
    leave_after(resume_run(recording.folder, DATA), at_step(9))
    opened = OpenedRun.read(recording.folder)
    assert opened.log.step_count == 9
    first = opened.log.step_rows().copy()
    (recording.folder / CHECKPOINT).write_bytes(early)
    again = resume_run(recording.folder, DATA)
    if looks != "never":
        opened = opened.refreshed()
        assert opened.log.step_count == 3
    for event in again.events():
        if looks == "always" and isinstance(event, StepDone | EpochDone):
            opened = opened.refreshed()
    before, opened = opened, opened.refreshed()
    assert opened is not before or looks == "always"
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
    leave_after(resume_run(recording.folder, DATA), at_step(9))
    opened = OpenedRun.read(recording.folder)
    (recording.folder / CHECKPOINT).write_bytes(early)
    is_shorter = opened_module._is_shorter

    def meanwhile(folder: Path, known: Any) -> bool:
        shorter = is_shorter(folder, known)
        monkeypatch.setattr(opened_module, "_is_shorter", is_shorter)
        finish(resume_run(recording.folder, DATA))
        return shorter

    monkeypatch.setattr(opened_module, "_is_shorter", meanwhile)
    opened = opened.refreshed()
    assert_knows_all(opened)


def test_what_a_thread_holds_of_a_run_stays_while_others_refresh_it(tmp_path: Path) -> None:
    recording = begin(DATA, LENET, tmp_path)
    leave_after(recording, at_step(3))
    held = OpenedRun.read(recording.folder)
    info, notes, snapshots, steps = held.info, held.notes, held.snapshots, held.log.step_rows().copy()
    finish(resume_run(recording.folder, DATA))
    write_notes(recording.folder, Notes("renamed meanwhile"))
    newer = held.refreshed()
    assert (newer.info.status, newer.notes.name, newer.log.step_count) == ("finished", "renamed meanwhile", 18)
    assert (held.info, held.notes, held.snapshots) == (info, notes, snapshots)
    assert held.info.status == "running"
    assert np.array_equal(held.log.step_rows()[: len(steps)], steps)
    assert newer.is_same(held)
    with pytest.raises(FrozenInstanceError):
        held.info = newer.info  # type: ignore[misc]


def test_a_run_refreshed_twice_from_one_view_has_every_row_once(tmp_path: Path) -> None:
    recording = begin(DATA, LENET, tmp_path)
    leave_after(recording, at_step(5))
    text, fast = (recording.folder / STEPS.csv).read_bytes(), (recording.folder / STEPS.fast).read_bytes()
    (recording.folder / STEPS.csv).write_bytes(text[: text.index(b"\n3,") + 1])
    (recording.folder / STEPS.fast).write_bytes(b"")
    held = OpenedRun.read(recording.folder)
    assert held.log.step_count == 2
    (recording.folder / STEPS.csv).write_bytes(text)
    (recording.folder / STEPS.fast).write_bytes(fast)
    for newer in (held.refreshed(), held.refreshed()):
        assert_knows_all(newer)


def test_a_folder_that_is_gone_gives_an_error_message_and_what_is_known_stays(tmp_path: Path) -> None:
    recording = begin(DATA, LENET, tmp_path)
    finish(recording)
    opened = OpenedRun.read(recording.folder)
    recording.folder.rename(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="is no longer there"):
        opened.refreshed()
    assert opened.log.step_count == 18
    with pytest.raises(UserError, match="is not a run"):
        OpenedRun.read(tmp_path)
    with pytest.raises(UserError, match="is not a run"):
        OpenedRun.read(tmp_path / "none")
