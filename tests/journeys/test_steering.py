"""The buttons that steer a training say what they will do, and do that: begin, go on, step, branch."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from cnnviewer.core.data.registry import load
from cnnviewer.core.runs.format.info import read_info
from cnnviewer.core.runs.read import library
from cnnviewer.core.runs.record.start import begin
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import Finished, StepDone
from cnnviewer.core.training.loop import train
from tests.journeys.conftest import Person
from tests.small_data import GREY, saved, tiny

BUTTONS = ("continueRunButton", "trainButton", "stepButton", "pauseButton", "stopButton")


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A data set of the user's own with five batches of 16 an epoch."""
    return saved(tmp_path_factory.mktemp("own"), "own", tiny(GREY, train=80, test=20))


@pytest.fixture
def start(launched: Callable[..., Person], key: str) -> Callable[..., Person]:
    """Launch the program, again with the same settings and runs, and choose LeNet and that data set."""

    def made(epochs: int) -> Person:
        person = launched(Path(key.partition(":")[2]).parent)
        idle(person)
        person.window.own_data_selected.emit(key)
        person.loaded(key)
        person.find("epochsSpin").setValue(epochs)
        person.find("batchSizeSpin").setValue(16)
        person.find("momentumSpin").setValue(0.9)
        return person

    return made


def idle(person: Person) -> None:
    person.until(lambda: person.state == "idle" and not person.window.program.jobs.busy)


def finish(person: Person) -> None:
    """Let the training come to its end."""
    person.finish()


def step(person: Person, count: int) -> None:
    for _ in range(count):
        person.until(lambda: person.state in ("idle", "paused"))
        person.click("stepButton")
        person.until(lambda: person.state != "idle")
    person.until(lambda: person.state == "paused")


def stop(person: Person) -> None:
    person.click("stopButton")
    idle(person)


def said(person: Person) -> dict[str, str]:
    """What stands on the buttons that can be pressed."""
    buttons = [person.find(name) for name in (*BUTTONS, "branchButton")]
    assert all(button.accessibleName() == button.text() for button in buttons)
    return {button.objectName(): button.text() for button in buttons if button.isEnabled()}


def runs(person: Person) -> list[Path]:
    return sorted(library.run_folders(person.window.program.settings.runs_dir))


def bits(person: Person) -> Any:
    return person.window.program.session.state.tensors


def same(tensors: Any, others: Any) -> bool:
    return tensors.keys() == others.keys() and all(torch.equal(tensors[name], others[name]) for name in others)


def without_a_break(key: str, config: TrainConfig, tmp_path: Path) -> Any:
    events = train(load(key, tmp_path), config)
    return next(event for event in events if isinstance(event, Finished)).state.tensors


def test_all_buttons_are_there_from_launch_with_a_name_and_say_that_everything_is_new(person: Person) -> None:
    person.loaded("builtin-digits")
    assert said(person) == {"trainButton": "Train", "stepButton": "First step"}
    for name in BUTTONS:
        assert person.find(name).accessibleName()
    assert person.action("actionStep").text() == "First step"
    assert person.action("actionBackToRun").text() == "Back to the run"
    assert not person.action("actionBranch").isEnabled()


def test_step_and_continue_go_on_with_a_stopped_run_to_the_last_bit(
    start: Callable[..., Person], key: str, tmp_path: Path
) -> None:
    person = start(epochs=3)
    step(person, 6)
    assert said(person) == {"stepButton": "Step 7", "pauseButton": "Continue", "stopButton": "Stop"}
    stop(person)
    stopped = {"continueRunButton": "Continue at step 7", "trainButton": "New run", "stepButton": "Step 7"}
    assert said(person) == stopped
    assert person.action("actionTrain").text() == "New run"
    (folder,) = runs(person)

    step(person, 1)
    assert person.window.program.session.run.log.step_count == 7
    assert said(person)["stepButton"] == "Step 8"
    stop(person)
    assert person.find("messageAction").text() == "Continue"
    person.click("messageAction")
    finish(person)
    assert runs(person) == [folder]
    assert same(bits(person), without_a_break(key, read_info(folder).config, tmp_path))


def test_after_the_last_batch_no_further_step_is_offered(start: Callable[..., Person]) -> None:
    person = start(epochs=1)
    step(person, 4)
    assert said(person)["stepButton"] == "Step 5"
    step(person, 1)
    assert said(person) == {"pauseButton": "Continue", "stopButton": "Stop"}
    person.click("pauseButton")
    finish(person)
    assert said(person)["continueRunButton"] == "Train 1 more epoch"


def test_after_a_finished_run_continue_adds_epochs_and_a_new_run_leaves_the_old_one(
    start: Callable[..., Person], key: str, tmp_path: Path
) -> None:
    person = start(epochs=1)
    person.click("trainButton")
    finish(person)
    finished = {
        "continueRunButton": "Train 1 more epoch",
        "trainButton": "New run",
        "stepButton": "First step",
    }
    assert said(person) == finished
    person.find("epochsSpin").setValue(3)
    assert said(person) == finished | {"continueRunButton": "Train 2 more epochs"}
    person.click("continueRunButton")
    finish(person)
    (folder,) = runs(person)
    config = read_info(folder).config
    assert config.epochs == 3
    assert same(bits(person), without_a_break(key, config, tmp_path))
    assert person.find("epochsSpin").value() == 3

    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".csv", ".safetensors")}
    person.find("seedSpin").setValue(2)
    person.click("stepButton")
    person.until(lambda: person.state == "paused")
    assert person.window.program.session.run.log.step_count == 1
    stop(person)
    person.click("trainButton")
    finish(person)
    assert len(runs(person)) == 3
    assert before == {name: (folder / name).read_bytes() for name in before}


def test_in_the_past_a_branch_is_offered_from_the_step_on_the_screen(start: Callable[..., Person]) -> None:
    person = start(epochs=1)
    person.click("trainButton")
    finish(person)
    machine = person.window.program.presenters.time_machine
    person.until(lambda: 3 in machine.timeline.steps)
    machine.go_to(3)
    person.until(lambda: person.window.program.session.shown_step == 3)
    assert said(person) == {
        "branchButton": "Branch from step 3…",
        "continueRunButton": "Train 1 more epoch",
        "trainButton": "New run",
        "stepButton": "First step",
    }
    (folder,) = runs(person)
    here = person.window.workspace
    assert person.action("actionBranch").text() == "Branch from step 3…"
    person.action("actionBranch").trigger()
    form = person.find("continueForm")
    person.until(form.isVisible)
    assert person.window.workspace == here
    assert person.find("branchStepSpin").value() == 3
    person.click("continueButton")
    finish(person)
    assert (form.isVisible(), person.window.workspace) == (False, here)
    (branch,) = set(runs(person)) - {folder}
    assert (read_info(branch).parent.run, read_info(branch).parent.step) == (folder.name, 3)
    machine.go_to_now()
    assert "branchButton" not in said(person)


def test_with_another_model_on_the_screen_nothing_goes_on_but_a_button_leads_back_to_the_run(
    start: Callable[..., Person],
) -> None:
    person = start(epochs=2)
    step(person, 4)
    stop(person)
    person.choose("modelCombo", "simplecnn")
    idle(person)
    anew = {"trainButton": "New run", "stepButton": "First step"}
    assert said(person) == anew
    assert person.find("timelineBackButton").isVisible()
    assert "SimpleCNN" in person.find("trainButton").toolTip()
    assert "go back to it first" in person.find("continueRunButton").toolTip()
    assert not person.action("actionResume").isEnabled()
    whole = person.find("backToRunButton").accessibleName()
    assert whole.startswith("Back to run LeNet on own")
    assert person.action("actionBackToRun").text() == whole, "a menu has room for all of the name"
    person.click("timelineBackButton")
    idle(person)
    assert person.find("modelCombo").currentData() == "lenet"
    assert person.action("actionResume").text() == "Continue at step 5"
    person.choose("modelCombo", "simplecnn")
    idle(person)
    assert said(person) == anew
    person.action("actionBackToRun").trigger()
    idle(person)
    assert not person.find("backToRunButton").isEnabled()
    person.click("continueRunButton")
    finish(person)
    assert person.find("modelCombo").currentData() == "lenet"
    assert len(runs(person)) == 1
    assert person.window.program.session.run.log.step_count == 10
    assert person.window.program.session.state.recipe.model == "lenet"


def test_weights_of_a_file_are_not_what_a_new_run_begins_with_and_the_button_says_so(
    launched: Callable[..., Person], tmp_path: Path
) -> None:
    person = launched()
    idle(person)
    person.loaded("builtin-digits")
    assert person.window.save_weights(tmp_path / "mine.safetensors")
    assert person.window.open_weights(tmp_path / "mine.safetensors")
    assert said(person) == {"trainButton": "New run", "stepButton": "First step"}
    assert "not from those on the screen" in person.find("trainButton").toolTip()


def test_a_run_opened_from_disk_goes_on_and_one_without_a_checkpoint_says_why_not(
    start: Callable[..., Person], key: str, tmp_path: Path
) -> None:
    person = start(epochs=2)
    step(person, 4)
    stop(person)
    (folder,) = runs(person)
    person.window.close()

    again = start(epochs=1)
    assert again.window.open_run(folder)
    idle(again)
    assert said(again)["continueRunButton"] == "Continue at step 5"
    step(again, 1)
    assert again.window.program.session.run.log.step_count == 5
    stop(again)
    assert runs(again) == [folder]

    (folder / "checkpoint.safetensors").write_bytes(b"damaged")
    assert again.window.open_run(folder)
    idle(again)
    assert said(again) == {"trainButton": "New run", "stepButton": "First step"}
    assert "missing or damaged" in again.find("continueRunButton").toolTip()


def test_a_run_of_another_process_can_be_resumed_when_that_has_ended(
    start: Callable[..., Person], key: str, tmp_path: Path
) -> None:
    person = start(epochs=1)
    config = TrainConfig(dataset=key, epochs=2, batch_size=16)
    recording = begin(load(key, tmp_path), config, tmp_path / "elsewhere")
    events = recording.events()
    while not isinstance(next(events), StepDone):
        pass
    recording.keep_place()
    recording.settle()
    assert person.window.open_run(recording.folder)
    idle(person)
    assert said(person) == {"trainButton": "New run", "stepButton": "First step"}
    assert "another process" in person.find("continueRunButton").toolTip()

    for event in events:
        if isinstance(event, StepDone) and event.step == 3:
            break
    events.close()
    following = person.window.program.presenters.open_run
    following.refresh()
    person.until(lambda: person.find("continueRunButton").isEnabled())
    assert said(person)["continueRunButton"] == "Continue at step 4"
    assert said(person)["stepButton"] == "Step 4"


def test_a_run_that_diverged_can_be_resumed_from_its_last_checkpoint(start: Callable[..., Person]) -> None:
    person = start(epochs=2)
    step(person, 3)
    rate = person.find("learningRateSpin")
    rate.setValue(rate.maximum())
    person.click("pauseButton")
    finish(person)
    (folder,) = runs(person)
    assert read_info(folder).status == "failed"
    assert person.find("continueRunButton").isEnabled()
    assert "has failed" in person.find("continueRunButton").toolTip()
    resumed = read_info(folder).resumed
    person.click("stepButton")  # the rate is still as high: it may fail again at once
    person.until(lambda: read_info(folder).resumed == resumed + 1 and person.state in ("paused", "idle"))
    assert runs(person) == [folder]
    if person.state == "paused":
        stop(person)
