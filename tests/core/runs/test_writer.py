"""Whoever trains never waits for a thread that has ended, whatever ended it, and nothing of the run is lost."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.record import writer_thread as writer_module
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.core.runs.record.run_writer import RunWriter
from cnnviewer.core.runs.record.start import begin
from cnnviewer.core.runs.record.writer_thread import WriterThread
from cnnviewer.core.training.events import EpochDone, StepDone
from tests.core.runs.trained import LENET, assert_same_run, data_for, finish

DATA = data_for(LENET)
PATIENCE = 60  # seconds


class DiedError(BaseException):
    """What no `except Exception` sees."""


@pytest.fixture(autouse=True)
def mistakes(monkeypatch: pytest.MonkeyPatch) -> list[BaseException | None]:
    """What ended a thread or would have; pytest would warn of it."""
    seen: list[BaseException | None] = []
    monkeypatch.setattr(threading, "excepthook", lambda arguments: seen.append(arguments.exc_value))
    return seen


def in_time(work: Callable[[], object]) -> None:
    """Do `work` in a thread of its own, and fail where it never comes back."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    assert not thread.is_alive(), "it waits for ever"
    if failures:
        raise failures[0]


def end_at_the_next_task(writer: WriterThread) -> None:
    """Have the writer's thread end when it has done what it is doing."""
    tasks: Any = writer._tasks
    get = tasks.get

    def die(*_: object, **__: object) -> None:
        tasks.get = get
        raise DiedError

    tasks.get = die


def end(writer: WriterThread) -> None:
    end_at_the_next_task(writer)
    writer._tasks.put(lambda: None)
    writer._thread.join(PATIENCE)
    assert not writer._thread.is_alive()


@pytest.mark.parametrize("error", [DiedError("gone"), SystemExit(3), ValueError("something nobody thought of")])
def test_a_task_that_fails_in_any_way_costs_neither_the_thread_nor_the_next_task(
    error: BaseException, mistakes: list[BaseException | None]
) -> None:
    writer, done = WriterThread(), []

    def fail() -> None:
        raise error

    writer.put(fail)
    writer.put(lambda: done.append(1))
    in_time(writer.settle)
    assert done == [1]
    assert mistakes == [error]
    in_time(writer.close)


def test_what_is_given_to_a_thread_that_has_ended_is_done_in_order() -> None:
    writer, done = WriterThread(), []
    end(writer)
    in_time(lambda: [writer.put(lambda number=number: done.append(number)) for number in range(40)])  # type: ignore[misc]
    in_time(writer.settle)
    in_time(writer.close)
    assert done == list(range(40))


def test_a_thread_that_ends_while_it_is_waited_for_is_noticed() -> None:
    writer, done = WriterThread(), []
    resume_run = threading.Event()

    def end_the_thread() -> None:
        resume_run.wait(PATIENCE)
        end_at_the_next_task(writer)

    writer.put(end_the_thread)
    for number in range(writer_module._WAITING):
        writer.put(lambda number=number: done.append(number))  # type: ignore[misc]
    waiting = threading.Thread(target=writer.settle, daemon=True)
    waiting.start()
    resume_run.set()
    waiting.join(PATIENCE)
    assert not waiting.is_alive()
    assert done == list(range(writer_module._WAITING))


def keep(folder: Path) -> Recorder:
    return begin(DATA, LENET, folder)


@pytest.mark.parametrize("error", [DiedError("gone"), ValueError("something nobody thought of")])
def test_a_training_hears_what_its_record_failed_at_and_loses_nothing(
    error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet, recording = keep(tmp_path / "quiet"), keep(tmp_path / "runs")
    finish(quiet)
    told: list[UserError | None] = []
    recording.on_error = told.append
    append = RunWriter._append

    def fail_once(writer: RunWriter, *more: Any) -> None:
        if not told and writer.folder == recording.folder and recording.log.step_count > 4:
            raise error
        append(writer, *more)

    monkeypatch.setattr(RunWriter, "_append", fail_once)
    monkeypatch.setattr("cnnviewer.core.runs.record.run_writer._RETRY", 0.0)
    monkeypatch.setattr("cnnviewer.core.runs.record.run_writer._PATIENCE", 0.0)
    in_time(lambda: finish(recording))
    problem, mended = told
    assert f"The run is no longer recorded on disk: {error}. The training continues" in str(problem)
    assert mended is None
    assert_same_run(recording.folder, quiet.folder)  # type: ignore[arg-type]


def test_a_listener_that_fails_costs_the_run_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mistakes: list[BaseException | None]
) -> None:
    """As a window does that is gone by then."""
    recording = keep(tmp_path / "runs")

    def gone(_: UserError | None) -> None:
        raise RuntimeError("Internal C++ object already deleted.")

    recording.on_error = gone
    monkeypatch.setattr("cnnviewer.core.runs.record.run_writer._RETRY", 0.0)
    with monkeypatch.context() as harm:
        for event in recording.events():
            if isinstance(event, StepDone) and event.step == 4:
                harm.setattr(RunWriter, "_append", lambda *_: 1 / 0)
            if isinstance(event, EpochDone):
                harm.undo()
    assert recording.folder is not None
    assert {str(error) for error in mistakes} == {"Internal C++ object already deleted."}


@pytest.mark.parametrize("after", [1, 7, 12])
def test_a_training_whose_writer_has_ended_is_recorded_to_its_end(after: int, tmp_path: Path) -> None:
    quiet, recording = keep(tmp_path / "quiet"), keep(tmp_path / "runs")
    finish(quiet)

    def train() -> None:
        for event in recording.events():
            if isinstance(event, StepDone) and event.step == after:
                end(recording._writer._writer)

    in_time(train)
    assert recording.problem is None
    assert_same_run(recording.folder, quiet.folder)  # type: ignore[arg-type]


def test_saving_elsewhere_tells_what_it_failed_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recording = keep(tmp_path / "runs")

    def fail(*_: object) -> None:
        raise ValueError("something nobody thought of")

    monkeypatch.setattr("cnnviewer.core.runs.record.run_writer.make_folder", fail)
    with pytest.raises(UserError, match="something nobody thought of"):
        recording.save_elsewhere(tmp_path / "elsewhere")
    monkeypatch.undo()
    finish(recording)
