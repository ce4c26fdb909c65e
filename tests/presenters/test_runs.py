"""Runs without a window: what is offered, what is told, what a training begins with."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.format.info import read_info, with_status
from cnnviewer.core.runs.format.notes import Notes, read_notes, write_notes
from cnnviewer.core.runs.read import library
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.core.runs.record.start import begin
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import StepDone
from cnnviewer.presenters.action_message import ActionMessage
from cnnviewer.presenters.error_text import worded
from cnnviewer.presenters.open_run import OpenRunPresenter
from cnnviewer.presenters.resume import ResumePresenter
from cnnviewer.presenters.run_storage import RunStoragePresenter
from cnnviewer.presenters.runs import RunsPresenter
from cnnviewer.presenters.selection import SelectionPresenter
from cnnviewer.presenters.session import Run, Session
from cnnviewer.presenters.training import TrainingPresenter
from cnnviewer.presenters.views import RunQuestions, RunsList
from cnnviewer.runtime.jobs import Jobs
from tests.presenters.desk import Folders, services
from tests.presenters.fakes import fake
from tests.small_data import GREY, tiny

DATA = tiny(replace(GREY, key="builtin-digits", title="Built-in digits"))
CONFIG = TrainConfig(dataset="builtin-digits", epochs=2, batch_size=16, momentum=0.5)


class Choosing:
    """Takes a run's configuration up and has its data set at once, or has none.

    Attributes:
        presenter: stands in for the presenter of the choice.
        there: whether it has the data set.
        taken: configurations it was given, oldest first.

    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.there = True
        self.taken: list[TrainConfig] = []
        self.presenter = fake(
            SelectionPresenter,
            loading=False,
            where=lambda key: key,
            take_up=self.take_up,
            show_config=self.taken.append,
        )

    def take_up(self, config: TrainConfig, state: ModelState | None = None, *_: object) -> None:
        self.taken.append(config)
        if state is not None:
            self.session.set_state(state)
        self.session.set_data(DATA if self.there else None)
        self.presenter.ready.emit()


class Training:
    """Remembers what it was to train, and trains nothing.

    Attributes:
        presenter: stands in for the presenter of the training.
        started: what it was to train, oldest first.

    """

    def __init__(self, session: Session, runs_dir: Path) -> None:
        self.session = session
        self.started: list[Recorder] = []
        self.presenter = fake(
            TrainingPresenter,
            prepare=lambda: session.set_run_state("preparing"),
            stay_idle=lambda: session.set_run_state("idle"),
            start=self.start,
        )

    def start(self, recording: Recorder, paused: bool = False) -> None:
        self.started.append(recording)
        opened = OpenedRun.read(recording.folder, recording.log) if recording.folder is not None else None
        self.session.set_run(Run(recording.training.config, recording.log, recording, opened))
        self.session.set_run_state("running")


class Desk:
    """Everything around runs but the window."""

    def __init__(self, qtbot: QtBot, runs_dir: Path) -> None:
        self.qtbot = qtbot
        self.runs_dir = runs_dir
        self.session = Session()
        self.jobs = Jobs()
        self.selection = Choosing(self.session)
        self.training = Training(self.session, runs_dir)
        self.list, self.questions = fake(RunsList), fake(RunQuestions)
        selection, training = self.selection.presenter, self.training.presenter
        self.settings = Folders(runs_dir.parent, runs_dir)
        shared = services(self.session, self.jobs, settings=self.settings)
        self.opening = OpenRunPresenter(shared, selection)
        self.going_on = ResumePresenter(shared, selection, self.opening, training)
        self.run_storage = RunStoragePresenter(shared, self.going_on)
        self.runs = RunsPresenter(shared, self.going_on, self.list, self.questions)
        self.problems: list[str] = []
        self.told: list[str] = []
        self.offers: list[ActionMessage] = []
        for presenter in (self.opening, self.going_on, self.run_storage, self.runs):
            presenter.error.connect(self._on_error)
            presenter.informed.connect(lambda words: self.told.append(worded(words)))
        for offering in (self.run_storage, self.runs, self.going_on):
            offering.action_suggested.connect(self.offers.append)
        self.run_storage.action_withdrawn.connect(self.offers.remove)

    def _on_error(self, error: UserError) -> None:
        self.problems.append(str(error))

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=20_000)

    def settled(self) -> None:
        self.until(lambda: not self.jobs.busy)
        self.qtbot.wait(1)

    def close(self) -> None:
        for presenter in (self.opening, self.going_on, self.runs):
            presenter.shut_down()
        self.jobs.shut_down()
        for recording in self.training.started:
            recording.let_go()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tmp_path / "runs")
    yield made
    made.close()


def run_of(runs_dir: Path, steps: int | None = None, **changes: Any) -> Path:
    """A run that did so many of its 18 steps and was then left, or all of them."""
    recording = begin(DATA, replace(CONFIG, **changes), runs_dir)
    assert recording.folder is not None
    left = 10**9 if steps is None else steps
    events = recording.events()
    for event in events:
        left -= isinstance(event, StepDone)
        if left == 0:
            break
    events.close()
    return recording.folder


def rename(folder: Path, name: str) -> None:
    write_notes(folder, Notes(name))


# the offer at the start


def test_the_newest_run_is_offered_when_it_was_interrupted_and_begins_where_it_was_left(desk: Desk) -> None:
    folder = run_of(desk.runs_dir, 12)
    desk.run_storage.start()
    desk.until(lambda: bool(desk.offers))
    assert desk.offers[0].sentence == "LeNet on Built-in digits was interrupted in epoch 2 of 2."
    desk.offers[0].accept()
    desk.until(lambda: bool(desk.training.started))
    (recording,) = desk.training.started
    assert (recording.folder, recording.log.step_count, recording.training.step) == (folder, 12, 12)
    assert desk.selection.taken[-1] == recording.training.config


def test_a_finished_newest_run_and_an_empty_folder_offer_nothing(desk: Desk) -> None:
    desk.run_storage.start()
    desk.settled()
    run_of(desk.runs_dir)
    desk.run_storage.start()
    desk.settled()
    assert not desk.offers
    assert not desk.problems


def test_the_offer_goes_when_another_training_begins(desk: Desk) -> None:
    run_of(desk.runs_dir, 3)
    desk.run_storage.start()
    desk.until(lambda: bool(desk.offers))
    desk.session.set_run_state("running")
    assert not desk.offers


# going on


def test_stop_while_the_run_is_read_leaves_it_as_it_was_and_free(desk: Desk) -> None:
    folder = run_of(desk.runs_dir, 3)
    desk.going_on.resume_run(folder)
    assert desk.session.run_state == "preparing"
    desk.session.set_run_state("idle")
    desk.settled()
    assert not desk.training.started
    desk.until(lambda: library.summary_of(folder).state == "interrupted")  # nobody holds it any more
    desk.going_on.resume_run(folder)
    desk.until(lambda: bool(desk.training.started))


def test_a_data_set_that_is_not_here_is_named(desk: Desk) -> None:
    folder = run_of(desk.runs_dir, 3)
    desk.selection.there = False
    desk.going_on.resume_run(folder)
    desk.settled()
    assert desk.problems == [
        "The images of Built-in digits, which the run learns from, are not on this computer: download them first."
    ]
    assert not desk.training.started


def test_a_device_that_is_not_here_is_named_and_a_branch_goes_to_one_that_is(desk: Desk) -> None:
    folder = run_of(desk.runs_dir, 3)
    info = read_info(folder)
    (folder / "run.json").write_bytes(replace(info, config=replace(info.config, device="cuda:7")).to_json())
    desk.going_on.resume_run(folder)
    desk.settled()
    assert "cuda:7, which is not available on this computer" in desk.problems[0]
    desk.going_on.branch(folder, 2, {"learning_rate": 0.5})
    desk.until(lambda: bool(desk.training.started))
    config = desk.training.started[0].training.config
    assert (config.device, config.learning_rate) == ("cpu", 0.5)
    assert "branch is trained on the CPU" in desk.told[-2]


def test_nothing_goes_on_while_something_is_trained(desk: Desk) -> None:
    folder = run_of(desk.runs_dir, 3)
    desk.session.set_run_state("running")
    desk.going_on.resume_run(folder)
    assert desk.problems == ["Stop the training first: only one runs at a time."]


def test_a_finished_run_is_asked_for_its_epochs_and_an_unfinished_one_is_not(desk: Desk) -> None:
    finished, left = run_of(desk.runs_dir), run_of(desk.runs_dir, 3)
    desk.list.resume_requested.emit(finished)
    assert desk.questions.last("ask_for_epochs") == (finished, "LeNet on Built-in digits", 2)
    assert not desk.training.started
    desk.list.resume_requested.emit(left)
    desk.until(lambda: bool(desk.training.started))


def test_changed_data_are_named_and_a_button_goes_on_with_them(desk: Desk) -> None:
    folder = run_of(desk.runs_dir, 3)
    info = read_info(folder)
    (folder / "run.json").write_bytes(replace(info, fingerprint="another").to_json())
    desk.going_on.resume_run(folder)
    desk.until(lambda: bool(desk.offers))
    sentence = desk.offers[0].sentence
    assert sentence.startswith("The data changed since the run was trained: other images or labels than those")
    assert desk.session.run_state == "idle"
    assert desk.selection.presenter.last("say_busy") is None
    desk.offers[0].accept()
    desk.until(lambda: bool(desk.training.started))
    assert [each.kind for each in desk.training.started[0].info.deviations] == ["data"]


# the list


def test_the_list_is_looked_through_while_it_is_seen_newest_first(desk: Desk) -> None:
    old = run_of(desk.runs_dir, 3)
    desk.list.seen_changed.emit(True)
    desk.until(lambda: desk.list.count("set_runs") > 0)
    new = run_of(desk.runs_dir)
    (desk.runs_dir / "no run").mkdir()
    rename(new, "mine")
    desk.runs.refresh()
    desk.until(lambda: len(desk.list.last("set_runs")) == 2)
    first, second = desk.list.last("set_runs")
    assert (first.folder, first.name, first.summary.state) == (new, "mine", "finished")
    assert (second.folder, second.model, second.data) == (old, "LeNet", "Built-in digits")
    assert second.summary.state == "interrupted"


def test_names_of_runs_are_the_same_in_the_next_window_and_after_others_are_deleted(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    first = run_of(desk.runs_dir, 3)
    desk.list.seen_changed.emit(True)
    desk.until(lambda: desk.list.count("set_runs") > 0)
    second = run_of(desk.runs_dir, 3, learning_rate=0.05)
    desk.runs.refresh()
    desk.until(lambda: len(desk.list.last("set_runs")) == 2)
    desk.settled()
    known = {line.folder: line.name for line in desk.list.last("set_runs")}
    assert known == {
        first: "LeNet on Built-in digits",
        second: "LeNet on Built-in digits · rate 0.05",
    }
    later = Desk(qtbot, desk.runs_dir)
    try:
        later.list.seen_changed.emit(True)
        later.until(lambda: later.list.count("set_runs") > 0)
        assert {line.folder: line.name for line in later.list.last("set_runs")} == known
        library.delete(first)
    finally:
        later.close()
    last = Desk(qtbot, desk.runs_dir)
    try:
        last.list.seen_changed.emit(True)
        last.until(lambda: last.list.count("set_runs") > 0)
        assert [line.name for line in last.list.last("set_runs")] == [known[second]]
    finally:
        last.close()


def test_damaged_runs_are_named_and_those_that_went_are_not(desk: Desk) -> None:
    whole, damaged = run_of(desk.runs_dir), run_of(desk.runs_dir)
    (damaged / "run.json").write_text("{")
    (desk.runs_dir / "no run").mkdir()
    desk.runs.refresh()
    desk.until(lambda: desk.list.count("set_damaged") > 0)
    assert [line.folder for line in desk.list.last("set_runs")] == [whole]
    assert desk.list.last("set_damaged") == (f"The run {damaged.name} is damaged: its run.json cannot be read.",)
    shutil.rmtree(damaged)
    desk.runs.refresh()
    desk.until(lambda: desk.list.last("set_damaged") == ())


def test_a_run_opened_from_another_disk_is_listed_too(desk: Desk, tmp_path: Path) -> None:
    elsewhere = run_of(tmp_path / "shared")
    assert desk.opening.open_run(elsewhere)
    desk.until(lambda: desk.list.count("set_runs") > 0 and len(desk.list.last("set_runs")) == 1)
    assert desk.list.last("set_shown") == elsewhere
    assert desk.session.screen.log is desk.session.run.log  # type: ignore[union-attr]


def test_a_long_name_is_whole_in_the_list_and_cut_in_a_sentence(desk: Desk) -> None:
    folder, name = run_of(desk.runs_dir), "a name " * 1500
    write_notes(folder, Notes(name))
    assert desk.opening.open_run(folder)
    assert desk.told[-1].startswith("a name a name")
    assert len(desk.told[-1]) < 100
    desk.runs.refresh()
    desk.until(lambda: desk.list.count("set_runs") > 0 and bool(desk.list.last("set_runs")))
    assert desk.list.last("set_runs")[0].name == name


def test_the_snapshot_on_the_screen_is_where_a_branch_is_offered_to_begin(desk: Desk) -> None:
    folder = run_of(desk.runs_dir)
    assert desk.opening.open_run(folder)
    desk.session.set_shown_step(7)
    desk.list.branch_form_requested.emit(folder)
    assert desk.questions.last("ask_for_branch")[:3] == (folder, "LeNet on Built-in digits", 7)
    other = run_of(desk.runs_dir, 5)
    desk.list.branch_form_requested.emit(other)
    assert desk.questions.last("ask_for_branch")[2] == 5
    desk.session.listed_changed.emit()  # as after a change of language
    assert desk.questions.last("set_name") == desk.questions.last("ask_for_branch")[1]


def test_a_question_goes_with_the_run_that_was_on_the_screen(desk: Desk) -> None:
    folder, other = run_of(desk.runs_dir), run_of(desk.runs_dir, 5)
    assert desk.opening.open_run(folder)
    desk.list.branch_form_requested.emit(folder)
    desk.opening.refresh()
    desk.session.set_shown_step(7)
    assert desk.questions.count("withdraw") == 0
    assert desk.opening.open_run(other)
    assert desk.questions.count("withdraw") == 1
    desk.list.resume_requested.emit(folder)
    desk.session.set_run_state("running")
    assert desk.questions.count("withdraw") == 2


def test_names_and_notes_are_kept_apart(desk: Desk) -> None:
    folder = run_of(desk.runs_dir, 2)
    desk.list.name_changed.emit(folder, " a name ")
    desk.list.note_changed.emit(folder, "a note")
    assert read_notes(folder) == Notes("a name", "a note")


def test_runs_deleted_together_come_back_together_and_one_that_is_trained_stays(desk: Desk) -> None:
    folders = [run_of(desk.runs_dir, 2), run_of(desk.runs_dir, 2)]
    recording = begin(DATA, CONFIG, desk.runs_dir)
    assert recording.folder is not None
    assert desk.opening.open_run(recording.folder)
    desk.settled()
    desk.offers.clear()
    desk.problems.clear()
    desk.list.delete_requested.emit((*folders, recording.folder))
    desk.until(lambda: bool(desk.offers) and bool(desk.problems))
    assert desk.session.run.opened is not None, "it is on the screen still"
    assert desk.session.screen.log is desk.session.run.log
    assert not any(folder.exists() for folder in folders)
    assert "is currently being trained" in desk.problems[0]
    assert desk.offers[0].sentence == "2 runs are deleted."
    desk.offers[0].accept()
    desk.until(lambda: all(folder.exists() for folder in folders))
    desk.settled()
    desk.runs.undo()
    assert desk.told[-1] == "There is nothing to undo in the list of runs."
    recording.let_go()


def test_after_one_deletion_is_undone_the_one_before_it_can_be(desk: Desk) -> None:
    first, second = run_of(desk.runs_dir, 2), run_of(desk.runs_dir, 2)
    for number, folder in enumerate((first, second), 1):
        desk.list.delete_requested.emit((folder,))
        desk.until(lambda number=number: len(desk.offers) == number)
    desk.runs.undo()
    desk.until(lambda: desk.list.last("offer_undo")[:2] == (1, 1))
    assert second.exists()
    desk.runs.undo()
    desk.until(lambda: desk.list.last("offer_undo")[:2] == (0, 2))
    assert first.exists()
    for folder in (first, second):
        desk.runs.redo()
        desk.until(lambda folder=folder: not folder.exists())
    desk.until(lambda: desk.list.last("offer_undo")[:2] == (2, 0))


def test_names_and_notes_are_undone_in_the_order_in_which_they_were_written(desk: Desk) -> None:
    folder = run_of(desk.runs_dir, 2)
    desk.list.name_changed.emit(folder, "one")
    desk.list.name_changed.emit(folder, "one")  # nothing else
    desk.list.note_changed.emit(folder, "a note")
    desk.list.undo_requested.emit()
    assert read_notes(folder) == Notes("one")
    desk.list.undo_requested.emit()
    assert read_notes(folder) == Notes()
    desk.list.redo_requested.emit()
    desk.list.redo_requested.emit()
    assert read_notes(folder) == Notes("one", "a note")
    desk.list.undo_requested.emit()
    desk.list.name_changed.emit(folder, "two")
    assert desk.list.last("offer_undo")[:2] == (2, 0), "a new change leaves nothing to make again"


# within the budget


def test_what_was_let_go_of_several_runs_is_one_message(desk: Desk) -> None:
    folders = [run_of(desk.runs_dir) for _ in range(3)]
    before = sum(library.summary_of(folder).snapshots for folder in folders)
    desk.settings.set_budget(1000)
    desk.until(lambda: bool(desk.told))
    gone = before - sum(library.summary_of(folder).snapshots for folder in folders)
    assert desk.told[0].startswith(
        f"To stay within 1 kB, {gone} snapshots of 3 older runs were deleted; their results stay."
    )
    assert "more than the 1 kB set for them: delete some." in desk.told[0]
    assert len(desk.told) == 1


def test_the_run_on_the_screen_keeps_its_snapshots(desk: Desk) -> None:
    shown, other = run_of(desk.runs_dir), run_of(desk.runs_dir)
    assert desk.opening.open_run(shown)
    desk.settings.set_budget(1000)
    desk.until(lambda: any("were deleted" in sentence for sentence in desk.told))
    assert library.summary_of(shown).snapshots == 19
    assert library.summary_of(other).snapshots < 19


# following


def test_a_follower_knows_every_row_of_a_run_that_is_written_word_by_word(desk: Desk) -> None:
    recording = begin(DATA, CONFIG, desk.runs_dir)
    assert recording.folder is not None
    events = recording.events()
    assert desk.opening.open_run(recording.folder)
    log = desk.session.run.log  # type: ignore[union-attr]
    for event in events:
        if isinstance(event, StepDone) and event.step % 5 == 0:
            recording.keep_place()
            recording.settle()
            desk.opening.refresh()
            desk.settled()
            assert np.array_equal(log.step_rows(), recording.log.step_rows())
    desk.opening.refresh()
    desk.until(lambda: any(sentence.endswith("is finished.") for sentence in desk.told))
    assert desk.session.run is not None
    assert desk.session.run.log is log, "the curves grow, they are not begun anew"
    assert np.array_equal(log.step_rows(), recording.log.step_rows())
    assert np.array_equal(log.epoch_rows(), recording.log.epoch_rows())


def test_a_disk_that_is_removed_is_reported_once_and_its_runs_are_read_when_it_is_back(desk: Desk) -> None:
    folder = run_of(desk.runs_dir)
    assert desk.opening.open_run(folder)
    away = folder.rename(folder.with_name("away"))
    for _ in range(2):
        desk.opening.refresh()
        desk.settled()
    assert desk.problems == [f"The run {folder.name} is no longer there."]
    os.rename(away, folder)
    rename(folder, "back")
    desk.opening.refresh()
    desk.until(lambda: desk.session.run.opened.notes.name == "back")  # type: ignore[union-attr]


def test_a_run_that_failed_elsewhere_is_said_to_have(desk: Desk) -> None:
    recording = begin(DATA, CONFIG, desk.runs_dir)
    folder = recording.folder
    assert folder is not None
    assert desk.opening.open_run(folder)
    recording.let_go()
    (folder / "run.json").write_bytes(with_status(read_info(folder), "failed", "It diverged.").to_json())
    desk.opening.refresh()
    desk.until(lambda: desk.problems == ["LeNet on Built-in digits has failed: It diverged."])


def test_a_run_that_was_left_elsewhere_is_offered_here(desk: Desk) -> None:
    recording = begin(DATA, CONFIG, desk.runs_dir)
    assert recording.folder is not None
    assert desk.opening.open_run(recording.folder)
    recording.let_go()
    with desk.qtbot.waitSignal(desk.opening.interrupted) as heard:
        desk.opening.refresh()
    desk.run_storage.offer_to_resume(*heard.args)
    assert desk.offers[0].sentence == "LeNet on Built-in digits was interrupted in epoch 1 of 2."
