"""Through a run's time in the real window: what is shown is what the weights of then say."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from cnnviewer.core.data.dataset import normalise, normalise_unit
from cnnviewer.core.models.registry import from_state
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import load_weights
from cnnviewer.core.runs.format.notes import read_notes
from cnnviewer.ui.window.frame import WORKSPACES
from tests.journeys.conftest import Person


@pytest.fixture(scope="module")
def built_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that keeps the built-in sets between the tests."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def at_work(launched: Callable[..., Person], built_in: Path) -> Person:
    """Somebody who has begun to train LeNet on the built-in digits and sees its first snapshots."""
    person = launched(built_in)
    person.loaded("builtin-digits")
    assert person.find("timeline").isHidden()  # a first launch shows nothing new
    person.find("epochsSpin").setValue(20)
    person.find("batchSizeSpin").setValue(64)
    person.click("trainButton")
    person.until(lambda: person.find("timeSlider").maximum() >= 30)
    return person


def state_at(person: Person, step: int) -> ModelState:
    recording = person.window.program.session.run.recording
    return recording.snapshot(step).state


def go_to(person: Person, step: int) -> None:
    slider = person.find("timeSlider")
    slider.setValue(person.window.program.presenters.time_machine.timeline.index_of(step))
    inspection_presenter = person.window.program.presenters.inspection
    person.until(
        lambda: inspection_presenter.inspection.step == step and person.window.program.session.shown_step == step
    )


def by_torch(state: ModelState, image: np.ndarray) -> torch.Tensor:
    """Probabilities that PyTorch itself finds for an image in 0..1."""
    model = from_state(state).eval()
    with torch.no_grad():
        batch = normalise_unit(torch.from_numpy(image.copy())[None], state.recipe.mean, state.recipe.std)
        return model(batch).exp()[0]


def assert_everything_is_of(person: Person, step: int) -> None:
    state = state_at(person, step)
    inspection = person.window.program.presenters.inspection.inspection
    expected = by_torch(state, inspection.image)
    ranking = dict(person.ranking)
    shown = [ranking[name] for name in state.recipe.classes]
    assert np.array_equal(np.array(shown, np.float32), expected.numpy())
    kernels = person.window.program.presenters.inspection.kernels
    assert np.array_equal(person.find("kernelView").property("kernels"), kernels.weight)
    assert np.array_equal(kernels.weight, state.tensors[f"{kernels.layer}.weight"].numpy())
    assert person.window.curves.loss_plot.shown_step_line.step == step
    assert person.window.curves.accuracy_plot.shown_step_line.step == step
    assert f"step {step:,}" in person.window.windowTitle()
    assert person.find("timeline").words.startswith(f"step {step:,}")


def same(state: ModelState, other: ModelState) -> bool:
    return all(torch.equal(state.tensors[name], other.tensors[name]) for name in other.tensors)


def stop(person: Person) -> None:
    person.click("stopButton")
    person.until(lambda: person.state == "idle")


def test_the_past_stays_while_the_training_goes_on_and_now_follows_again(at_work: Person, tmp_path: Path) -> None:
    person, program = at_work, at_work.window.program
    network = person.find("networkView")
    network.select("conv2", 3, 2, 2)
    person.until(lambda: person.find("explainView").explanation is not None)
    go_to(person, 7)
    assert_everything_is_of(person, 7)
    log = program.session.run.log
    before = log.step_count
    person.until(lambda: log.step_count > before + 60 and program.live.newest.provenance["step"] > before)
    assert_everything_is_of(person, 7)

    pinned = person.find("explainView").explanation  # the pinned cell stays, with the value of then
    assert (pinned.cell.layer, pinned.cell.channel, pinned.cell.row, pinned.cell.col) == ("conv2", 3, 2, 2)
    value = program.presenters.inspection.inspection.activations["conv2"][3, 2, 2]
    person.until(lambda: person.find("explainView").property("value") == pytest.approx(float(value), abs=1e-6))

    assert person.window.save_weights(tmp_path / "then.safetensors")  # what is shown is what is saved
    saved, then = load_weights(tmp_path / "then.safetensors"), state_at(person, 7)
    assert all(torch.equal(saved.tensors[name], then.tensors[name]) for name in then.tensors)
    assert saved.provenance["step"] == 7

    person.click("timeNowButton")
    person.until(lambda: program.presenters.inspection.inspection.step > before)
    step = program.presenters.inspection.inspection.step
    person.until(lambda: program.presenters.inspection.inspection.step > step)  # and it goes on
    assert person.window.save_weights(tmp_path / "now.safetensors")
    assert load_weights(tmp_path / "now.safetensors").provenance["step"] >= step
    stop(person)


def test_after_the_training_every_snapshot_can_be_visited_by_mouse_key_and_curve(at_work: Person) -> None:
    person, machine = at_work, at_work.window.program.presenters.time_machine
    log = at_work.window.program.session.run.log
    person.until(lambda: log.epoch_count >= 1)
    stop(person)
    person.until(lambda: len(machine.timeline.epochs) >= 1)
    slider = person.find("timeSlider")
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(2, slider.height() // 2))
    person.until(lambda: at_work.window.program.presenters.inspection.inspection.step == 0)
    assert_everything_is_of(person, 0)
    assert person.find("timeline").words == "step 0 · untrained"
    for workspace in WORKSPACES:  # nothing in Build and Sandbox follows it
        person.window.show_workspace(workspace)
        assert person.find("timeline").isVisible() == (workspace not in ("build", "sandbox")), workspace
    person.window.show_workspace("explore")

    person.action("actionTimeLater").trigger()
    person.until(lambda: at_work.window.program.presenters.inspection.inspection.step == 1)
    assert_everything_is_of(person, 1)

    accuracies, ends = log.epochs("validation_accuracy"), log.epochs("step")
    best = int(ends[accuracies.argmax()])
    person.action("timeBestAction").trigger()
    person.until(lambda: at_work.window.program.presenters.inspection.inspection.step == best)
    assert_everything_is_of(person, best)

    plot = person.window.curves.loss_plot
    place = plot.view.mapViewToDevice(QPoint(20, 0))
    at = QPoint(round(place.x()), plot.height() // 2)
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    person.until(lambda: machine.step not in (best, 0) and at_work.window.program.session.shown_step == machine.step)
    person.until(lambda: at_work.window.program.presenters.inspection.inspection.step == machine.step)
    assert abs(machine.step - 20) <= 8  # as near as a pixel is
    assert_everything_is_of(person, machine.step)


def test_the_confusion_matrix_is_that_of_the_snapshot_and_a_cell_shows_its_images(at_work: Person) -> None:
    person, program = at_work, at_work.window.program
    stop(person)
    person.window.show_workspace("evaluate")
    matrix = person.find("confusionMatrix")
    go_to(person, 12)
    evaluation = program.presenters.evaluation
    person.until(lambda: evaluation.table is not None and evaluation.table.complete and evaluation.table.step == 12)
    state, test = state_at(person, 12), program.session.data.test
    model = from_state(state).eval()
    with torch.no_grad():
        read = torch.cat(
            [model(normalise(part, state.recipe.mean, state.recipe.std)).argmax(1) for part in test.images.split(500)]
        )
    expected = np.zeros((10, 10), int)
    np.add.at(expected, (test.labels.numpy(), read.numpy()), 1)
    assert np.array_equal(matrix.property("counts"), expected)

    wrong = expected.copy()
    np.fill_diagonal(wrong, 0)
    label, read_as = np.unravel_index(wrong.argmax(), wrong.shape)
    place = matrix.cell_centre(int(label), int(read_as)).toPoint()
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    shown = person.find("sampleBrowser").grid.shown
    assert shown.tolist() == torch.nonzero((test.labels == int(label)) & (read == int(read_as))).flatten().tolist()
    wall = person.find("evaluationImages")
    assert sorted(wall.shown) == shown.tolist()
    wall.choose(0)
    person.settled()
    assert person.ranking[0][0] == state.recipe.classes[int(read_as)]
    person.find("inputPanel").set_source("dataset")
    person.click("onlyTheseButton")
    assert len(person.find("sampleBrowser").grid.shown) == len(test)


def test_a_mark_with_a_drawing_is_kept_in_the_folder_and_found_again(at_work: Person) -> None:
    person, machine = at_work, at_work.window.program.presenters.time_machine
    stop(person)
    go_to(person, 9)
    person.draw([(0.3, 0.2), (0.6, 0.8)])
    drawn = person.find("drawCanvas").raster().copy()
    person.click("timeMarkButton")
    popup = person.find("markPopup")
    popup.text.setText("first edge")
    popup.drawing.setChecked(True)
    person.click("markAddButton")
    person.until(lambda: bool(machine.timeline.marks))
    folder = machine.folder
    assert [(mark.step, mark.text) for mark in read_notes(folder).marks] == [(9, "first edge")]
    assert (folder / "drawings" / "9.png").is_file()

    person.find("drawCanvas").clear()
    person.click("timeNowButton")
    person.until(lambda: machine.timeline.drawings == {9})
    person.action("timeMark9-draw").trigger()
    person.until(lambda: np.array_equal(person.find("drawCanvas").raster(), drawn) and machine.step == 9)


def test_playing_goes_through_the_snapshots_and_a_video_is_exported(at_work: Person, tmp_path: Path) -> None:
    person, machine = at_work, at_work.window.program.presenters.time_machine
    stop(person)
    go_to(person, 0)
    person.action("timeSpeed40").trigger()
    person.click("timePlayButton")
    person.until(lambda: machine.step > 5)
    person.click("timePlayButton")
    assert person.window.export_film(tmp_path / "film.webm"), person.window.messages.text
    assert (tmp_path / "film.webm").stat().st_size > 10_000
    assert not person.window.export_film(tmp_path / "film.avi")
    assert ".webm" in person.window.messages.text


def test_the_evaluation_works_only_while_its_tab_is_in_front(person: Person) -> None:
    person.loaded("builtin-digits")
    person.settled()
    evaluation = person.window.program.presenters.evaluation
    assert evaluation.table is None
    person.window.show_workspace("evaluate")
    person.until(lambda: evaluation.table is not None)


def test_from_another_model_one_button_leads_back_to_the_run(at_work: Person) -> None:
    person, session = at_work, at_work.window.program.session
    stop(person)
    newest = session.state
    stage = person.find("stage").height()
    person.choose("modelCombo", "simplecnn")
    person.until(lambda: session.state.recipe.model == "simplecnn" and not person.window.program.jobs.busy)
    assert person.find("timeline").isHidden()
    assert person.find("timelineBackButton").accessibleName() == "Back to run LeNet on Built-in digits"
    assert person.find("stage").height() == stage
    person.click("timelineBackButton")
    person.until(lambda: session.data is not None and session.data.info.key == "builtin-digits")
    assert same(session.state, newest)
    assert person.find("modelCombo").currentData() == "lenet"
    person.until(lambda: not person.find("timeline").isHidden())  # the run is shown once its files are read


def test_the_timeline_branches_from_the_step_on_the_screen(at_work: Person) -> None:
    person = at_work
    stop(person)
    person.find("timeline").set_step(8)
    person.until(lambda: person.find("timeBranchButton").isEnabled())
    assert person.find("timeBranchButton").text() == "Branch from step 8"
    for here in ("explore", "evaluate", "train"):
        person.window.show_workspace(here)
        person.click("timeBranchButton")
        form = person.find("continueForm")
        person.until(form.isVisible)
        assert (person.window.workspace, person.find("branchStepSpin").value()) == (here, 8)
        QTest.keyClick(form, Qt.Key.Key_Escape)
        assert not form.isVisible(), here
    person.click("timeBranchButton")
    person.until(form.isVisible)
    person.window.show_workspace("compare")  # whoever goes elsewhere leaves nothing behind
    assert not form.isVisible()


def test_zooming_the_curves_marks_that_part_on_the_timeline(at_work: Person) -> None:
    person = at_work
    stop(person)
    person.window.show_workspace("train")
    slider, plot = person.find("timeSlider"), person.window.curves.loss_plot
    now = person.window.program.presenters.time_machine.timeline.now
    person.until(lambda: slider.part is None)
    plot.view.setXRange(0.25 * now, 0.5 * now, padding=0)
    assert slider.part == pytest.approx((0.25 * now, 0.5 * now))
    person.window.curves.reset_zoom()
    assert slider.part is None
