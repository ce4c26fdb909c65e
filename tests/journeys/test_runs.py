"""Runs: a training is a folder, quit and gone on with, opened, followed, branched, saved, deleted with a way back."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from cnnviewer.core.data.registry import load
from cnnviewer.core.runs.format.info import read_info
from cnnviewer.core.runs.format.notes import read_notes
from cnnviewer.core.runs.read import library
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.core.runs.record.run_store import FolderStore
from cnnviewer.core.runs.record.start import begin, resume_run
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import Finished, StepDone
from cnnviewer.core.training.loop import train
from cnnviewer.presenters.error_text import worded
from tests.journeys.conftest import Person
from tests.small_data import COLOUR, GREY, tiny

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that keeps the built-in sets between the tests."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def start(launched: Callable[..., Person], built_in: Path) -> Callable[[], Person]:
    """Launch the program, again with the same settings and runs."""
    return lambda: launched(built_in)


@pytest.fixture
def data_key(tmp_path: Path) -> Callable[[str], str]:
    """A data set of the user's own, small enough to train on in a blink, for the model's kind of images."""

    def made(model: str) -> str:
        data = tiny(GREY if model == "lenet" else COLOUR, train=80, test=20)  # five batches an epoch
        path = tmp_path / f"{model}.npz"
        arrays = {
            f"{part}_{kind}": getattr(getattr(data, part), kind).numpy()
            for part in ("train", "test")
            for kind in ("images", "labels")
        }
        np.savez(path, **{name: _last_channels(array) for name, array in arrays.items()})
        return f"npz:{path}"

    return made


def _last_channels(array: Any) -> Any:
    return array if array.ndim == 1 else np.moveaxis(array, 1, -1)


def choose(person: Person, model: str, key: str, epochs: int = 3) -> None:
    """Choose model and data, and numbers that end soon."""
    person.until(lambda: not person.window.program.jobs.busy)
    if model != "lenet":
        person.choose("modelCombo", model)
        person.until(lambda: not person.window.program.jobs.busy)
    person.window.own_data_selected.emit(key)
    person.loaded(key)
    person.find("epochsSpin").setValue(epochs)
    person.find("batchSizeSpin").setValue(16)
    person.find("momentumSpin").setValue(0.9)


def step(person: Person, count: int) -> None:
    """Press Step so often."""
    for _ in range(count):
        person.until(lambda: person.state in ("idle", "paused"))
        person.click("stepButton")
    person.until(lambda: person.state == "paused")


def finish(person: Person) -> None:
    """Let the training come to its end."""
    person.finish()


def runs_dir(person: Person) -> Path:
    return person.window.program.settings.runs_dir


def the_run(person: Person) -> Path:
    (folder,) = library.run_folders(runs_dir(person))
    return folder


def listed(person: Person) -> list[Any]:
    return list(person.window.runs_view.table.runs.lines)


def message(person: Person) -> str:
    return str(person.find("messages").property("text")) if person.find("messages").isVisible() else ""


def without_a_break(key: str, config: TrainConfig, tmp_path: Path) -> Finished:
    return next(event for event in train(load(key, tmp_path), config) if isinstance(event, Finished))


def same_bits(state: Any, other: Any) -> bool:
    return state.tensors.keys() == other.tensors.keys() and all(
        torch.equal(state.tensors[name], other.tensors[name]) for name in other.tensors
    )


@pytest.mark.parametrize("model", ["lenet", "simplecnn"])
def test_quit_in_the_midst_of_an_epoch_and_resumed_it_learns_the_same_to_the_last_bit(
    model: str, start: Callable[[], Person], data_key: Callable[[str], str], tmp_path: Path
) -> None:
    key = data_key(model)
    person = start()
    choose(person, model, key)
    step(person, 7)
    person.window.close()
    folder = the_run(person)

    again = start()
    again.until(lambda: "interrupted" in message(again))
    name = {"lenet": "LeNet", "simplecnn": "SimpleCNN"}[model]
    assert message(again) == f"{name} on {model}.npz was interrupted in epoch 2 of 3."
    again.click("messageAction")
    finish(again)
    program = again.window.program
    assert program.session.run.log.step_count == 15
    assert program.session.run.log.steps("step").tolist() == list(range(1, 16))
    assert read_info(folder).status == "finished"
    alone = without_a_break(key, read_info(folder).config, tmp_path)
    assert same_bits(program.session.state, alone.state)
    assert not message(again).startswith(name), "the offer is gone when it has been taken"


def trained(person: Person, key: str, epochs: int = 1) -> Path:
    """Train LeNet to the end and give the run's folder."""
    choose(person, "lenet", key, epochs)
    person.click("trainButton")
    finish(person)
    folder = the_run(person)
    person.window.show_workspace("compare")
    person.until(lambda: any(line.folder == folder and line.summary.state == "finished" for line in listed(person)))
    return folder


def pick(person: Person, *folders: Path) -> None:
    """Choose these rows of the list."""
    person.until(lambda: {line.folder for line in listed(person)} >= set(folders))
    person.window.runs_view.select(folders)


def act(person: Person, name: str) -> None:
    action = person.action(name)
    assert action.isEnabled(), f"{name} is not possible now"
    action.trigger()


def test_a_finished_run_is_opened_after_a_restart_with_curves_weights_and_data(
    start: Callable[[], Person], data_key: Callable[[str], str]
) -> None:
    key = data_key("lenet")
    person = start()
    folder = trained(person, key)
    state, rows = person.window.program.session.state, person.window.program.session.run.log.step_rows().copy()
    person.window.close()

    again = start()
    again.window.show_workspace("compare")
    pick(again, folder)
    act(again, "actionRunOpen")
    again.loaded(key)
    session = again.window.program.session
    assert np.array_equal(session.run.log.step_rows(), rows)
    assert session.run.opened.snapshots == tuple(range(6))
    assert same_bits(session.state, state)
    assert again.find("datasetCombo").currentData() == key
    shown = again.window.train_panel.config()  # the thread count is this computer's
    assert shown == replace(session.run.config, threads=shown.threads)
    assert message(again) == "LeNet on lenet.npz is on the screen."
    assert not again.window.open_run(folder.parent / "nothing")
    assert "is no longer there" in message(again) or "is not a run" in message(again)


def test_more_epochs_are_asked_for_and_join_the_history(
    start: Callable[[], Person], data_key: Callable[[str], str]
) -> None:
    person = start()
    folder = trained(person, data_key("lenet"))
    pick(person, folder)
    act(person, "actionRunResume")
    assert person.find("continueForm").isVisible()
    assert not person.find("branchStepSpin").isVisible()
    person.find("branchEpochsSpin").setValue(3)
    person.click("continueButton")
    finish(person)
    session = person.window.program.session
    assert session.run.opened.folder == folder
    assert session.run.log.epochs("epoch").tolist() == [1, 2, 3]
    assert session.run.log.steps("step").tolist() == list(range(1, 16))
    assert person.find("epochsSpin").value() == 3
    assert person.window.curves.loss_plot.isVisible() or person.window.runs_view.isVisible()


def test_a_branch_begins_at_the_snapshot_chosen_with_other_numbers_and_leaves_the_other_run_alone(
    start: Callable[[], Person], data_key: Callable[[str], str]
) -> None:
    person = start()
    folder = trained(person, data_key("lenet"))
    before = (folder / "steps.csv").read_bytes()
    person.window.program.session.set_shown_step(4)
    pick(person, folder)
    act(person, "actionRunBranch")
    assert person.find("branchStepSpin").value() == 4
    person.find("branchRateSpin").setValue(0.05)
    person.find("branchEpochsSpin").setValue(2)
    person.click("continueButton")
    finish(person)
    session = person.window.program.session
    info = session.run.opened.info
    assert (info.parent.run, info.parent.step) == (folder.name, 4)
    assert (info.config.learning_rate, info.config.epochs, info.config.momentum) == (0.05, 2, 0.9)
    assert session.run.log.steps("learning_rate").tolist() == [0.01] * 4 + [0.05] * 6
    assert (folder / "steps.csv").read_bytes() == before
    person.until(lambda: len(listed(person)) == 2)


def test_a_run_is_renamed_in_place_found_by_its_name_deleted_and_brought_back_with_the_keyboard(
    start: Callable[[], Person], data_key: Callable[[str], str]
) -> None:
    person = start()
    folder = trained(person, data_key("lenet"))
    table = person.window.runs_view.table
    pick(person, folder)
    table.setFocus()
    act(person, "actionRunRename")
    editor = table.findChild(QLineEdit)
    editor.setText("my first")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    person.until(lambda: read_notes(folder).name == "my first")
    person.until(lambda: listed(person)[0].name == "my first")
    assert [line.folder for line in table.selected()] == [folder]
    person.until(lambda: person.window.program.session.run.opened.notes.name == "my first")

    person.find("runsSearch").setText("nothing of the kind")
    assert not table.isVisible()
    person.find("runsSearch").setText("first LENET")
    assert table.isVisible()

    def on_screen() -> tuple[str, int, str, bool]:
        curves = person.window.curves.loss_plot.plotItem.listDataItems()
        points = sum(len(curve.getData()[0]) for curve in curves if curve.getData()[0] is not None)
        chip, timeline = person.find("contextChip").text(), person.window.timeline
        return chip, points, person.window.train_panel.progress.words, timeline.isHidden()

    before = on_screen()
    assert "my first" in before[0]
    pick(person, folder)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Delete)
    person.until(lambda: not folder.exists() and not listed(person))
    person.until(lambda: message(person) == "The run my first is deleted.")
    chip, *others = on_screen()
    assert "my first" not in chip
    assert "trained, step 5" in chip, "its weights stay, as those of no run"
    assert others == [0, "", True]
    assert not person.find("continueRunButton").isEnabled()
    person.click("messageAction")
    person.until(lambda: folder.exists() and len(listed(person)) == 1)
    person.until(lambda: message(person) == "The run my first is back.")
    person.until(lambda: on_screen() == before)
    person.draw([(0.3, 0.3), (0.6, 0.6)])
    pick(person, folder)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Delete)
    person.until(lambda: not folder.exists() and not listed(person))
    person.find("drawCanvas").setFocus()  # the deletion was the last change, wherever the keyboard is
    person.until(lambda: message(person) == "The run my first is deleted.")
    person.action("actionUndo").trigger()
    person.until(lambda: folder.exists() and message(person) == "The run my first is back.")
    assert "The run my first is deleted." not in person.window.messages.sentences, (
        "the offer to undo goes with what it offered"
    )
    assert person.find("drawCanvas").raster().any(), "the stroke is not what was undone"


def test_a_configuration_is_taken_from_a_run_without_showing_the_run(
    start: Callable[[], Person], data_key: Callable[[str], str]
) -> None:
    person = start()
    folder = trained(person, data_key("lenet"))
    run = person.window.program.session.run
    person.find("batchSizeSpin").setValue(99)
    pick(person, folder)
    act(person, "actionRunDuplicate")
    shown = person.window.train_panel.config()  # the thread count is this computer's
    assert shown == replace(read_info(folder).config, threads=shown.threads)
    assert person.window.program.session.run is run


def test_a_run_that_is_written_elsewhere_is_followed_and_loses_no_point_though_it_is_rewound(
    person: Person, tmp_path: Path
) -> None:
    data = tiny(train=160)
    config = TrainConfig(dataset="builtin-digits", epochs=3, batch_size=16, momentum=0.5)
    person.loaded("builtin-digits")
    shared = tmp_path / "a shared disk"
    recording = begin(data, config, shared)
    folder, events = recording.folder, recording.events()
    assert folder is not None
    steps_of(events, 5)
    flushed(recording)
    early = (folder / "checkpoint.safetensors").read_bytes()

    session, following = person.window.program.session, person.window.program.presenters.open_run
    told: list[str] = []
    following.informed.connect(lambda words: told.append(worded(words)))
    assert person.window.open_run(folder)
    assert "followed while it is trained elsewhere" in told[-1]
    assert "other images or labels than those that it was trained with" in message(person)  # which are tiny
    steps_of(events, 7)
    flushed(recording)
    following.refresh()
    person.until(lambda: session.run.log.step_count == 12)
    log = session.run.log
    person.window.show_workspace("compare")
    person.until(lambda: [line.summary.state for line in listed(person)] == ["running"])

    events.close()
    (folder / "checkpoint.safetensors").write_bytes(early)  # as after a power cut
    recording = resume_run(folder, data)
    events = recording.events()
    steps_of(events, 3)
    flushed(recording)
    following.refresh()
    person.until(lambda: session.run.log is not log and session.run.log.step_count == recording.log.step_count)
    assert np.array_equal(session.run.log.step_rows(), recording.log.step_rows())

    list(events)
    following.refresh()
    person.until(lambda: message(person).endswith("is finished."))
    assert np.array_equal(session.run.log.step_rows(), recording.log.step_rows())
    assert np.array_equal(session.run.log.epoch_rows(), recording.log.epoch_rows())
    person.until(lambda: [line.summary.state for line in listed(person)] == ["finished"])
    assert session.state.provenance["step"] == 27


def steps_of(events: Any, count: int) -> None:
    """Let a training do so many steps."""
    while count:
        count -= isinstance(next(events), StepDone)


def flushed(recording: Recorder) -> None:
    recording.keep_place()
    recording.settle()


@pytest.mark.parametrize(
    ("failure", "when"),
    [("deleted", "during"), ("full disk", "after"), ("read-only", "during")],
)
def test_a_training_whose_folder_fails_goes_on_and_is_saved_elsewhere(
    failure: str,
    when: str,
    start: Callable[[], Person],
    data_key: Callable[[str], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person = start()
    choose(person, "lenet", data_key("lenet"))
    step(person, 3)
    folder = the_run(person)
    if failure == "deleted":
        shutil.rmtree(folder.rename(tmp_path / "gone"))
    else:
        error = (
            OSError(28, "No space left on device") if failure == "full disk" else OSError(30, "Read-only file system")
        )
        for name in ("write", "append"):
            monkeypatch.setattr(FolderStore, name, refusing(getattr(FolderStore, name), folder, error))
    step(person, 2)
    person.until(lambda: "no longer recorded" in message(person))
    assert person.find("messageAction").isVisible()
    session = person.window.program.session
    assert session.run.opened is None
    other = tmp_path / "other"
    other.mkdir()
    if when == "during":
        assert person.window.save_run(other)
    person.click("pauseButton")
    finish(person)
    if when == "after":
        assert person.window.save_run(other)
    (saved,) = library.run_folders(other)
    summary = library.summary_of(saved)
    assert (summary.state, summary.epochs_done, summary.step) == ("finished", 3, 15)
    assert person.window.program.session.run.opened.folder == saved
    assert not person.window.save_run(other / "no" / "\0")


@pytest.mark.parametrize("when", ["during", "after"])
def test_a_disk_that_has_room_again_has_the_run_as_if_it_had_never_been_full(
    when: str,
    start: Callable[[], Person],
    data_key: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cnnviewer.core.runs.record.run_writer._RETRY", 0.0)
    monkeypatch.setattr("cnnviewer.core.runs.record.run_writer._PATIENCE", 0.0)
    monkeypatch.setattr("cnnviewer.presenters.run_storage.RETRY_MS", 50)
    person = start()
    choose(person, "lenet", data_key("lenet"))
    step(person, 3)
    folder = the_run(person)
    with monkeypatch.context() as harm:
        for name in ("write", "append"):
            full = OSError(28, "No space left on device")
            harm.setattr(FolderStore, name, refusing(getattr(FolderStore, name), folder, full))
        step(person, 2)
        person.until(lambda: "no longer recorded" in message(person))
        if when == "after":
            person.click("pauseButton")
            finish(person)
            assert person.window.program.session.run.opened is None
    if when == "during":
        step(person, 1)
    person.until(lambda: message(person) == "The run is recorded on disk again.")
    assert not any("no longer recorded" in sentence for sentence in person.window.messages.sentences)
    assert person.window.program.session.run.opened.folder == folder
    if when == "during":
        person.click("pauseButton")
        finish(person)
    summary = library.summary_of(folder)
    assert (summary.state, summary.epochs_done, summary.step) == ("finished", 3, 15)


def test_a_run_that_is_in_memory_only_when_the_window_closes_is_written_where_runs_are_kept_after_all(
    start: Callable[[], Person], data_key: Callable[[str], str], tmp_path: Path
) -> None:
    person = start()
    choose(person, "lenet", data_key("lenet"))
    step(person, 3)
    shutil.rmtree(the_run(person).rename(tmp_path / "gone"))
    step(person, 2)
    person.until(lambda: "no longer recorded" in message(person))
    kept = runs_dir(person)
    person.window.close()
    (rescued,) = library.run_folders(kept)
    summary = library.summary_of(rescued)
    assert (summary.state, summary.step) == ("interrupted", 5)


def refusing(write: Callable[..., None], folder: Path, error: OSError) -> Callable[..., None]:
    """A store's method that fails in this folder."""

    def refuse(store: FolderStore, *values: Any, **named: Any) -> None:
        if store.folder == folder:
            raise error
        write(store, *values, **named)

    return refuse


def test_a_run_whose_folder_is_well_is_copied(
    start: Callable[[], Person], data_key: Callable[[str], str], tmp_path: Path
) -> None:
    person = start()
    folder = trained(person, data_key("lenet"))
    other = tmp_path / "other"
    assert person.window.save_run(other)
    assert library.summary_of(other / folder.name).snapshots == 6
    assert person.window.program.session.run.opened.folder == folder
    assert not person.window.save_run(other), "there is one already"
    assert "cannot be saved" in message(person)


def test_runs_are_kept_within_the_space_set_for_them_and_what_went_is_reported_once(
    start: Callable[[], Person], data_key: Callable[[str], str]
) -> None:
    person = start()
    key = data_key("lenet")
    folder = trained(person, key)
    choose(person, "lenet", key)
    person.click("trainButton")
    finish(person)
    snapshots = library.summary_of(folder).snapshots
    runs = [each for each in runs_dir(person).iterdir() if each.is_dir()]
    person.window.budget_selected.emit(sum(map(library.size_of, runs)) - 1)
    person.until(lambda: "were deleted" in message(person))
    assert library.summary_of(folder).snapshots < snapshots
    assert read_info(folder).status == "finished"


def test_resuming_without_a_run_says_what_to_do(person: Person) -> None:
    person.loaded("builtin-digits")
    act(person, "actionResume")
    assert "no run to resume yet" in message(person)
    assert not person.window.save_run(Path("/nowhere"))
    assert QApplication.activeModalWidget() is None
    assert "Press Train" in person.find("runsEmpty").text()
