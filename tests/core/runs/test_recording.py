"""What a run's folder holds, and what becomes of a training whose folder fails: it ends as if nothing had been."""

import errno
import io
import os
import shutil
import threading
from pathlib import Path

import pytest

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.weights import load_weights
from cnnviewer.core.runs.format.file_names import CHECKPOINT
from cnnviewer.core.runs.format.info import read_info
from cnnviewer.core.runs.format.notes import Mark, Notes, add_mark, read_notes
from cnnviewer.core.runs.read.library import size_of
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.record import run_store as store_module
from cnnviewer.core.runs.record import run_writer as writer_module
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.core.runs.record.run_folder import make_folder
from cnnviewer.core.runs.record.start import begin, branch, resume_run
from cnnviewer.core.runs.record.writer_thread import WriterThread
from cnnviewer.core.runs.record.written_folder import WrittenFolder
from cnnviewer.core.training.events import EpochDone, Finished, StepDone
from cnnviewer.core.training.loop import train
from cnnviewer.core.training.metric_log import MetricLog
from tests.core.runs.trained import (
    LENET,
    assert_same_run,
    assert_same_tensors,
    at_step,
    data_for,
    finish,
    leave_after,
    numbers_in,
    weights_in,
)

DATA = data_for(LENET)


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run as it is when nothing fails."""
    recording = begin(DATA, LENET, tmp_path_factory.mktemp("quiet"))
    finish(recording)
    return recording.folder


def test_a_run_is_a_folder_of_files_anyone_can_read(quiet: Path) -> None:
    assert {path.name for path in quiet.iterdir() if not path.name.startswith(".")} == {
        "run.json", "steps.csv", "steps.f64", "epochs.csv", "epochs.f64", "checkpoint.safetensors",
        "best.safetensors", "weights.safetensors", "moments",
    }  # fmt: skip
    alone = list(train(DATA, LENET))
    assert_same_tensors(weights_in(quiet), dict(alone[-1].state.tensors))
    steps, epochs = numbers_in(quiet)
    assert steps[:, 3].tolist() == [event.loss for event in alone if isinstance(event, StepDone)]
    assert epochs[:, 5].tolist() == [event.validation_accuracy for event in alone if isinstance(event, EpochDone)]
    info = read_info(quiet)
    assert info.status == "finished"
    assert info.result["accuracy"] == alone[-1].test.accuracy
    assert info.versions["torch"]
    assert info.config.threads == 1
    assert load_weights(quiet / "weights.safetensors").provenance["command"] == info.command


def test_snapshots_are_the_training_at_their_steps(quiet: Path) -> None:
    opened = OpenedRun.read(quiet)
    assert opened.snapshots == tuple(range(19))
    states = {}
    for event in begin_in_memory().events():
        if isinstance(event, StepDone):
            states[event.step] = event.loss
    assert [opened.snapshot(step).step for step in opened.snapshots] == list(opened.snapshots)
    assert opened.snapshot(opened.best_step).exact


NOWHERE = Path(__file__) / "none"
"""A folder that cannot be made: what is above it is a file."""


def begin_in_memory() -> Recorder:
    return begin(DATA, LENET, NOWHERE)


def test_where_no_folder_can_be_made_the_run_is_in_memory_and_can_be_saved(quiet: Path, tmp_path: Path) -> None:
    for number, when in enumerate((0, 5, None)):
        recording = begin_in_memory()
        assert "no longer recorded on disk" in str(recording.problem) or "not" in str(recording.problem)
        assert recording.folder is None
        place = tmp_path / str(number)
        for event in recording.events():
            if getattr(event, "step", 0) == when and recording.folder is None:
                saved = recording.save_elsewhere(place)
                assert recording.problem is None
                assert OpenedRun.read(saved).written_now
        if when is None:
            saved = recording.save_elsewhere(place)
        assert not OpenedRun.read(saved).written_now
        assert_same_run(saved, quiet)
        assert OpenedRun.read(saved).snapshots == OpenedRun.read(quiet).snapshots
        assert read_info(saved).result == read_info(quiet).result
        assert_grows_as(quiet, saved, tmp_path / f"grown {number}")


def assert_grows_as(quiet: Path, saved: Path, place: Path) -> None:
    """Going on from a saved run is going on from the quiet one."""
    shutil.copytree(quiet, place)
    for folder in (place, saved):
        finish(resume_run(folder, DATA, epochs=4))
    assert_same_run(saved, place)


# the folder fails


class FullDisk:
    """The disk below a folder takes so many more bytes than there are, the last write in part; then it is full.

    Attributes:
        left: bytes that it takes yet; what is deleted gives its room back.

    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path, left: int) -> None:
        self._folder = folder
        self._size = size_of(folder) + left
        fdopen, path_open, file_io = os.fdopen, Path.open, vars(store_module)["FileIO"]

        def opened(path: Path, mode: str = "r", *rest: object, **more: object):
            file = path_open(path, mode, *rest, **more)
            return _Limited(file, self) if mode in ("ab", "wb") and folder in path.parents else file

        monkeypatch.setattr(os, "fdopen", lambda handle, *rest: _Limited(fdopen(handle, *rest), self))
        monkeypatch.setattr(Path, "open", opened)
        monkeypatch.setattr(store_module, "FileIO", lambda *given: _Limited(file_io(*given), self))

    @property
    def left(self) -> int:
        return max(0, self._size - size_of(self._folder))

    def fill(self) -> None:
        """Another program takes all that is left."""
        self._size = size_of(self._folder)

    def free(self, count: int) -> None:
        """Another program gives back so many bytes."""
        self._size += count


class _Limited:
    """A file on such a disk: an unbuffered one takes a part and says so, a buffered one raises."""

    def __init__(self, file, disk: FullDisk) -> None:
        self._file, self._disk = file, disk

    def __getattr__(self, name: str):
        return getattr(self._file, name)

    def __enter__(self):
        return self

    def __exit__(self, *rest: object) -> None:
        self._file.close()

    def write(self, data: bytes) -> int:
        part = data[: self._disk.left]
        self._file.write(part)
        self._file.flush()
        if not part or (len(part) < len(data) and not isinstance(self._file, io.RawIOBase)):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return len(part)


def fill_disk(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Full, and another program takes what snapshots could give back."""
    FullDisk(monkeypatch, folder.parent, 300)
    monkeypatch.setattr("cnnviewer.core.runs.record.disk_room.thin", lambda *_, **__: 0)


def forbid_writing(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """As a folder that turned read-only; root, who may do anything, must see it too."""
    path_open = Path.open

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("cnnviewer.core.files.atomic.new_file", refuse)
    monkeypatch.setattr(
        Path,
        "open",
        lambda path, mode="r", *rest, **more: (
            refuse() if mode == "ab" and folder in path.parents else path_open(path, mode, *rest, **more)
        ),
    )


def delete_folder(_: pytest.MonkeyPatch, folder: Path) -> None:
    shutil.rmtree(folder)


def lose_bits(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    """Whatever a library may raise."""

    def broken(*_: object) -> bytes:
        raise ValueError("something nobody thought of")

    monkeypatch.setattr(WrittenFolder, "append_rows", broken)


FAILURES = {
    "full disk": (fill_disk, "disk is full"),
    "read-only": (forbid_writing, "may not be written to"),
    "deleted": (delete_folder, "does not exist"),
    "unexpected": (lose_bits, "something nobody thought of"),
}


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("saved_at", [9, None], ids=["saved in the middle", "saved at the end"])
def test_a_folder_that_fails_costs_nothing_but_a_sentence(
    failure: str, saved_at: int | None, quiet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail, words = FAILURES[failure]
    monkeypatch.setattr("cnnviewer.core.runs.record.recorder.FLUSH_INTERVAL", 0.0)
    recording = begin(DATA, LENET, tmp_path / "runs")
    old = recording.folder
    told: list[UserError] = []
    recording.on_error = told.append
    saved = None
    with monkeypatch.context() as harm:
        for event in recording.events():
            if isinstance(event, StepDone) and event.step == 4:
                recording.settle()
                add_mark(old, Mark(2, "a mark"))
                fail(harm, old)
            if isinstance(event, StepDone) and event.step == saved_at:
                recording.settle()
                assert recording.folder is None
                harm.undo()
                saved = recording.save_elsewhere(tmp_path / "elsewhere")
                assert OpenedRun.read(saved).written_now
                assert OpenedRun.read(saved).log.step_count == 9
                assert OpenedRun.read(saved).checkpoint().step <= 9
    assert isinstance(event, Finished)
    assert_same_tensors(dict(event.state.tensors), weights_in(quiet))
    assert len(told) == 1
    assert words in str(told[0])
    assert "The training continues" in str(told[0])
    if saved is None:
        assert recording.folder is None
        assert recording.problem is told[0]
        saved = recording.save_elsewhere(tmp_path / "elsewhere")
    assert recording.folder == saved
    assert recording.problem is None
    assert_same_run(saved, quiet)
    assert read_info(saved).status == "finished"
    assert not OpenedRun.read(saved).written_now
    kept = OpenedRun.read(saved).snapshots
    if failure == "deleted":
        assert set(range(6, 19)) <= set(kept)
    else:  # those in the old folder were copied
        assert kept == OpenedRun.read(quiet).snapshots
        assert read_notes(saved).marks == (Mark(2, "a mark"),)
    assert [recording.snapshot(step).step for step in recording.snapshot_steps()] == list(kept)
    assert_grows_as(quiet, saved, tmp_path / "grown")


# the disk is full for a while


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is written at once, and a folder that failed is tried again before every write."""
    monkeypatch.setattr("cnnviewer.core.runs.record.recorder.FLUSH_INTERVAL", 0.0)
    monkeypatch.setattr(writer_module, "_RETRY", 0.0)
    monkeypatch.setattr(writer_module, "_PATIENCE", 0.0)


@pytest.mark.usefixtures("hasty")
def test_a_disk_that_is_full_for_a_while_costs_the_run_nothing(
    quiet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program takes every byte at step 4, also those that the snapshots give back, and frees them at step 10."""
    recording = begin(DATA, LENET, tmp_path)
    folder = recording.folder
    told: list[UserError | None] = []
    recording.on_error = told.append
    disk = FullDisk(monkeypatch, tmp_path, 10**9)
    for event in recording.events():
        if isinstance(event, StepDone):
            recording.settle()
            if event.step < 10:
                disk.fill() if event.step >= 4 else None
            elif event.step == 10:
                disk.free(10**9)
                assert recording.folder is None
    assert recording.folder == folder
    assert recording.problem is None
    assert ("disk is full" in str(told[0]), told[1:]) == (True, [None])
    assert list(tmp_path.iterdir()) == [folder]
    assert_same_run(folder, quiet)
    assert read_info(folder).status == "finished"
    assert {0, 18} <= set(OpenedRun.read(folder).snapshots)
    assert not list(folder.rglob("*.part"))
    assert_grows_as(quiet, folder, tmp_path / "grown")


@pytest.mark.usefixtures("hasty")
def test_snapshots_make_room_for_numbers_checkpoint_and_weights(
    quiet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk holds half of what the run would take; nobody else writes to it."""
    recording = begin(DATA, LENET, tmp_path)
    problems: list[UserError | None] = []
    said: list[UserError] = []
    recording.on_error, recording.on_info = problems.append, said.append
    FullDisk(monkeypatch, tmp_path, size_of(quiet) // 2)
    finish(recording)
    assert not problems
    assert [str(sentence) for sentence in said] == [
        "The disk is full: snapshots of the run are deleted to make room for its metrics, checkpoint and weights."
    ]
    assert_same_run(recording.folder, quiet)
    kept = OpenedRun.read(recording.folder).snapshots
    assert kept[0] == 0
    assert 3 <= len(kept) < 18
    assert [recording.snapshot(step).step for step in kept] == list(kept)
    assert OpenedRun.read(recording.folder).checkpoint().step == 18


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("way", ["at the end", "saved there", "tried again"])
def test_the_end_of_a_run_needs_no_second_copy(
    way: str, quiet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Full from step 4 to the end; then there is room for the weights and a few snapshots, and not for the run again."""
    recording = begin(DATA, LENET, tmp_path)
    folder = recording.folder
    disk = FullDisk(monkeypatch, tmp_path, 10**9)
    for event in recording.events():
        if isinstance(event, StepDone):
            recording.settle()
            if event.step >= 4:
                disk.fill()
        if isinstance(event, Finished) and way == "at the end":
            disk.free(600_000)
    if way != "at the end":
        assert recording.folder is None
        disk.free(600_000)
        assert recording.save_elsewhere(tmp_path) == folder if way == "saved there" else recording.try_again()
    assert recording.folder == folder
    assert list(tmp_path.iterdir()) == [folder]
    assert_same_run(folder, quiet)
    assert not OpenedRun.read(folder).written_now
    assert read_info(folder).result == read_info(quiet).result


@pytest.mark.usefixtures("hasty")
def test_a_run_that_could_not_be_begun_on_a_full_disk_is_recorded_when_there_is_room(
    quiet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = FullDisk(monkeypatch, tmp_path, 100)
    recording = begin(DATA, LENET, tmp_path)
    assert recording.folder is None
    told: list[UserError | None] = []
    recording.on_error = told.append
    for event in recording.events():
        if isinstance(event, StepDone) and event.step == 5:
            disk.free(10**9)
    assert told == [None]
    assert [recording.folder] == list(tmp_path.iterdir())
    assert_same_run(recording.folder, quiet)
    assert OpenedRun.read(recording.folder).snapshots == OpenedRun.read(quiet).snapshots


@pytest.mark.usefixtures("hasty")
def test_a_folder_that_another_has_resumed_is_left_to_it(
    quiet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = begin(DATA, LENET, tmp_path / "runs")
    folder = recording.folder
    with monkeypatch.context() as harm:
        disk = FullDisk(harm, tmp_path, 10**9)
        for event in recording.events():
            if isinstance(event, StepDone) and event.step >= 4:
                recording.settle()
                disk.fill()
    assert recording.folder is None
    finish(resume_run(folder, DATA))
    assert not recording.try_again()
    assert_same_run(folder, quiet)
    assert_same_run(recording.save_elsewhere(tmp_path / "runs"), quiet)


@pytest.mark.usefixtures("hasty")
def test_snapshots_that_cannot_be_written_do_not_turn_the_run_to_memory(quiet: Path, tmp_path: Path) -> None:
    recording = begin(DATA, LENET, tmp_path)
    problems: list[UserError | None] = []
    said: list[UserError] = []
    recording.on_error, recording.on_info = problems.append, said.append
    snapshots = recording.folder / "moments"
    for event in recording.events():
        if isinstance(event, StepDone) and event.step == 4:
            recording.settle()
            shutil.rmtree(snapshots)
            snapshots.touch()
        if isinstance(event, StepDone) and event.step == 12:
            recording.settle()
            assert set(recording.snapshot_steps()) >= {5, 6, 12}
            snapshots.unlink()
            snapshots.mkdir()
    assert not problems
    assert len(said) == 1
    assert OpenedRun.read(recording.folder).snapshots == tuple(range(5, 19))
    assert_same_run(recording.folder, quiet)


# a folder in other hands


def test_a_run_that_fails_is_not_resumed_elsewhere_while_it_is_trained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cnnviewer.core.runs.format.lock._PATIENCE", 0.05)
    recording = begin(DATA, LENET, tmp_path)
    old = recording.folder
    with monkeypatch.context() as harm:
        for event in recording.events():
            if isinstance(event, StepDone) and event.step == 4:
                forbid_writing(harm, old)
            if isinstance(event, EpochDone) and event.epoch == 2:
                assert recording.folder is None
                with pytest.raises(UserError, match="is currently being trained"):
                    resume_run(old, DATA)
    assert OpenedRun.read(old).interrupted
    finish(resume_run(old, DATA))


def test_a_healthy_run_moves_and_the_place_it_left_can_be_resumed(quiet: Path, tmp_path: Path) -> None:
    recording = begin(DATA, LENET, tmp_path / "here")
    old = recording.folder
    for event in recording.events():
        if isinstance(event, StepDone) and event.step in (3, 8, 13):
            recording.save_elsewhere(tmp_path / "there")
    assert recording.folder.name == f"{old.name}_3"
    for folder in (recording.folder, old):
        if folder is old:
            finish(resume_run(folder, DATA))
        assert_same_run(folder, quiet)


def test_a_move_between_two_writes_writes_no_row_twice(
    quiet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows wait in the queue while another thread moves the run, with these rows, somewhere else."""
    monkeypatch.setattr("cnnviewer.core.runs.record.recorder.FLUSH_INTERVAL", 0.0)
    gate = threading.Event()
    recording = begin(DATA, LENET, tmp_path / "here")
    mover = threading.Thread(target=lambda: recording.save_elsewhere(tmp_path / "there"))
    for event in recording.events():
        if isinstance(event, StepDone) and event.step == 7:
            recording._writer._put(lambda: gate.wait(20))
            mover.start()
        if isinstance(event, StepDone) and event.step == 10:
            gate.set()
    mover.join()
    assert_same_run(recording.folder, quiet)


def test_nothing_can_be_saved_where_nothing_can_be_written(tmp_path: Path) -> None:
    recording = begin_in_memory()
    finish(recording)
    (tmp_path / "file").touch()
    for _ in range(2):
        with pytest.raises(UserError, match="cannot be saved"):
            recording.save_elsewhere(tmp_path / "file")
    assert OpenedRun.read(recording.save_elsewhere(tmp_path / "good")).info.status == "finished"


def test_a_full_disk_leaves_no_half_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recording = begin_in_memory()
    finish(recording)
    with monkeypatch.context() as harm:
        FullDisk(harm, tmp_path, 5000)
        with pytest.raises(UserError, match="cannot be saved"):
            recording.save_elsewhere(tmp_path)
    assert not list(tmp_path.iterdir())


def test_resuming_with_a_run_that_cannot_be_written_to_gives_an_error_message_and_changes_nothing(
    quiet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(quiet, tmp_path / "run")
    with monkeypatch.context() as harm:
        forbid_writing(harm, tmp_path / "run")
        with pytest.raises(UserError):
            resume_run(tmp_path / "run", DATA, epochs=4)
    assert_same_run(tmp_path / "run", quiet)
    finish(resume_run(tmp_path / "run", DATA, epochs=4))


# leaving


def test_whoever_asks_for_no_more_leaves_the_run_at_that_very_step(tmp_path: Path) -> None:
    recording = begin(DATA, LENET, tmp_path)
    leave_after(recording, at_step(9))
    opened = OpenedRun.read(recording.folder)
    assert opened.checkpoint().step == opened.log.step_count == 9
    assert opened.interrupted


def test_an_error_of_whoever_watches_leaves_the_run_at_that_step_too(tmp_path: Path) -> None:
    recording = begin(DATA, LENET, tmp_path)
    events = recording.events()

    def watch() -> None:
        try:
            for event in events:
                if isinstance(event, StepDone) and event.step == 5:
                    raise ZeroDivisionError
        finally:
            events.close()

    with pytest.raises(ZeroDivisionError):
        watch()
    assert OpenedRun.read(recording.folder).checkpoint().step == 5
    assert not OpenedRun.read(recording.folder).written_now


def test_abandoning_keeps_the_place_also_in_an_evaluation(quiet: Path, tmp_path: Path) -> None:
    recording = begin(DATA, LENET, tmp_path)
    for event in recording.events():
        if isinstance(event, StepDone) and event.step == 6:  # the last of its epoch: the validation comes next
            recording.training.controls.abandon = True
    assert OpenedRun.read(recording.folder).checkpoint().place.batch == 6
    finish(resume_run(recording.folder, DATA))
    assert_same_run(recording.folder, quiet)


def test_two_runs_that_begin_at_the_same_second_get_folders_of_their_own(tmp_path: Path) -> None:
    made = [make_folder(tmp_path, "same", MetricLog(), {})[0] for _ in range(3)]
    assert [folder.name for folder in made] == ["same", "same_2", "same_3"]
    taken = begin(DATA, LENET, tmp_path)
    other = begin(DATA, LENET, tmp_path)
    assert taken.folder != other.folder
    assert read_info(other.folder).id
    for recording in (taken, other):
        recording.let_go()


def test_a_branch_that_cannot_be_recorded_has_its_history_in_memory(quiet: Path, tmp_path: Path) -> None:
    recording = branch(quiet, 7, DATA, NOWHERE, {})
    assert recording.snapshot_steps() == list(range(8))
    finish(recording)
    assert_same_run(recording.save_elsewhere(tmp_path), quiet)


def test_notes_given_while_in_memory_come_along(tmp_path: Path) -> None:
    recording = begin_in_memory()
    recording.notes = Notes("mine", "words")
    finish(recording)
    assert read_notes(recording.save_elsewhere(tmp_path)) == Notes("mine", "words")


def test_the_writer_does_everything_in_order_also_after_its_end() -> None:
    writer, done = WriterThread(), []
    for number in range(100):
        writer.put(lambda number=number: done.append(number))
    writer.settle()
    assert done == list(range(100))
    writer.close()
    writer.close()
    writer.put(lambda: done.append(100))
    writer.settle()
    assert done[-1] == 100


def test_threads_that_give_tasks_while_the_writer_closes_are_all_heard() -> None:
    for _ in range(30):
        writer, done = WriterThread(), []
        threads = [threading.Thread(target=give, args=(writer, done)) for _ in range(3)]
        for thread in threads:
            thread.start()
        writer.close()
        for thread in threads:
            thread.join(10)
            assert not thread.is_alive()
        assert len(done) == 3


def give(writer: WriterThread, done: list[int]) -> None:
    writer.put(lambda: done.append(1))
    writer.settle()


def test_the_checkpoint_is_kept_when_the_disk_has_its_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut must not leave a checkpoint ahead of its numbers: they are flushed before it is put in place."""
    from cnnviewer.core.runs.record.run_store import FolderStore

    order: list[str] = []
    write, sync = FolderStore.write, FolderStore.sync
    monkeypatch.setattr(FolderStore, "sync", lambda store: (order.append("sync"), sync(store))[1])
    monkeypatch.setattr(
        FolderStore,
        "write",
        lambda store, name, data, durable=True: (order.append(name), write(store, name, data, durable))[1],
    )
    finish(begin(DATA, LENET, tmp_path))
    written = [name for name in order if not name.startswith("moments")]
    places = [place for place, name in enumerate(written) if name == CHECKPOINT]
    assert places
    assert all(written[place - 1] == "sync" for place in places)
