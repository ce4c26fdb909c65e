"""Whether a run is being trained is told rightly of copies, of moved folders and of folders that are read-only."""

import errno
import os
import shutil
import threading
from pathlib import Path

import filelock
import pytest

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.format.info import read_info
from cnnviewer.core.runs.format.lock import is_written
from cnnviewer.core.runs.read import library
from cnnviewer.core.runs.read.library import list_runs, summary_of
from cnnviewer.core.runs.record.start import begin, resume_run
from cnnviewer.core.runs.sweep.plan import grid
from cnnviewer.core.runs.sweep.turn import take_turn
from cnnviewer.core.training.events import Finished, StepDone
from tests.core.runs.trained import LENET, assert_same_run, at_step, data_for, finish, leave_after

DATA = data_for(LENET)


@pytest.fixture
def read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder may be written to; root, who may do anything, must see it too."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(filelock.FileLock, "acquire", refuse)
    monkeypatch.setattr(os, "rename", refuse)


@pytest.mark.parametrize("with_lock", [True, False], ids=["copied whole", "without hidden files"])
def test_a_fresh_copy_on_a_read_only_disk_is_interrupted_not_trained(
    with_lock: bool, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    recording = begin(DATA, LENET, tmp_path / "runs")
    leave_after(recording, at_step(8))
    hidden = () if with_lock else (".*",)
    copy = shutil.copytree(recording.folder, tmp_path / "copy", ignore=shutil.ignore_patterns(*hidden))
    request.getfixturevalue("read_only")
    assert read_info(copy).status == "running"
    assert summary_of(copy).state == "interrupted"
    with pytest.raises(UserError, match="could not be deleted: read-only"):
        library.delete(copy)
    with pytest.raises(UserError, match="may not be written to"):
        resume_run(copy, DATA)


def test_a_run_that_is_trained_is_known_as_such_also_where_its_folder_is_read_only(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    recording = begin(DATA, LENET, tmp_path / "runs")
    copy = shutil.copytree(recording.folder, tmp_path / "copy")
    request.getfixturevalue("read_only")
    assert summary_of(recording.folder).state == "running"
    assert summary_of(copy).state == "interrupted"
    recording.let_go()
    assert summary_of(recording.folder).state == "interrupted"


def test_many_may_ask_at_the_same_time_whether_a_run_is_trained(tmp_path: Path) -> None:
    recording = begin(DATA, LENET, tmp_path / "runs")
    folder = recording.folder
    assert folder is not None
    leave_after(recording, at_step(8))
    asked: list[bool] = []
    threads = [threading.Thread(target=lambda: asked.extend(is_written(folder) for _ in range(200))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(asked) == 800
    assert not any(asked)


def test_a_folder_that_is_moved_while_it_is_trained_belongs_to_whoever_moved_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cnnviewer.core.runs.record.recorder.FLUSH_INTERVAL", 0.0)
    recording = begin(DATA, LENET, tmp_path / "runs")
    moved = tmp_path / "moved"
    for event in recording.events():
        if isinstance(event, StepDone) and event.step == 8:
            recording.settle()
            recording.folder.rename(moved)
        if isinstance(event, StepDone) and event.step == 10:
            recording.settle()
            assert recording.folder is None
            assert summary_of(moved).state == "interrupted"
            finish(resume_run(moved, DATA))
    assert isinstance(event, Finished)
    assert summary_of(moved).state == "finished"
    assert_same_run(recording.save_elsewhere(tmp_path / "runs"), moved)


# a sweep in several processes


def test_a_training_of_a_sweep_is_begun_once(tmp_path: Path) -> None:
    first, second = grid(LENET, seeds=[1, 2])
    mine = take_turn(tmp_path, "s", first, DATA)
    assert mine is not None
    assert take_turn(tmp_path, "s", first, DATA) is None
    other = take_turn(tmp_path, "s", second, DATA)
    assert other is not None
    finish(mine)
    assert take_turn(tmp_path, "s", first, DATA) is None
    leave_after(other, at_step(3))
    again = take_turn(tmp_path, "s", second, DATA)
    assert again is not None
    assert again.folder == other.folder
    again.let_go()


def test_two_processes_that_train_one_sweep_train_each_row_once(tmp_path: Path) -> None:
    rows = grid(LENET, seeds=[1, 2, 3, 4], epochs=[1])
    problems: list[BaseException] = []

    def train() -> None:
        try:
            for config in rows:
                recording = take_turn(tmp_path, "s", config, DATA)
                if recording is not None:
                    finish(recording)
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=train) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    runs = list_runs(tmp_path)
    assert sorted(run.info.config.seed for run in runs) == [1, 2, 3, 4]
    assert {(run.state, run.info.resumed) for run in runs} == {("finished", 0)}
