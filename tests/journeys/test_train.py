"""Training from the window: what is learned, what is shown, what can be steered."""

import math
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cnnviewer.core.data.registry import load
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import Finished
from cnnviewer.core.training.loop import train
from tests.journeys.conftest import Person

pytestmark = pytest.mark.slow


def set_up(person: Person, epochs: int = 1, batch: int = 64) -> None:
    person.find("epochsSpin").setValue(epochs)
    person.find("batchSizeSpin").setValue(batch)
    person.find("momentumSpin").setValue(0.9)


def test_training_on_built_in_digits_ends_with_weights_that_read_them(person: Person) -> None:
    person.loaded("builtin-digits")
    set_up(person)
    person.click("trainButton")
    person.until(lambda: person.state == "running")
    assert not person.find("modelCombo").isEnabled()
    person.until(lambda: person.state == "idle")
    program = person.window.program
    assert program.session.run.log.epoch_count == 1
    assert program.session.state.provenance["accuracy"] > 0.8
    assert person.find("trainProgress").value() == person.find("trainProgress").maximum()
    log = person.window.log_view.text()
    assert re.search(r"^\[Epoch 1, Batch 100\] loss: \d\.\d{3}$", log, re.MULTILINE)
    assert re.search(r"^Accuracy of the network on the \d+ test images: \d+\.\d\d%$", log, re.MULTILINE)


def test_the_window_learns_what_the_plain_loop_learns_to_the_last_bit(person: Person, tmp_path: Path) -> None:
    person.loaded("builtin-digits")
    set_up(person, batch=256)
    person.find("seedSpin").setValue(5)
    config: TrainConfig = person.window.train_panel.config()
    person.click("trainButton")
    person.until(lambda: person.state == "running")
    person.until(lambda: person.state == "idle")
    data = load("builtin-digits", tmp_path / "data")
    alone = next(event for event in train(data, config) if isinstance(event, Finished)).state
    shown = person.window.program.session.state
    assert all(torch.equal(shown.tensors[name], alone.tensors[name]) for name in alone.tensors)


def test_step_does_exactly_one_batch_and_pause_resume_stop_do_what_they_say(person: Person) -> None:
    person.loaded("builtin-digits")
    set_up(person, epochs=50)
    person.click("stepButton")
    person.until(lambda: person.state == "paused")
    log = person.window.program.session.run.log
    assert log.step_count == 1
    person.click("stepButton")
    person.until(lambda: log.step_count == 2 and person.state == "paused")
    person.click("pauseButton")  # resumes
    person.until(lambda: person.state == "running" and log.step_count > 20)
    person.click("pauseButton")
    person.until(lambda: person.state == "paused")
    halted = log.step_count
    person.window.program.presenters.training._refresh()
    assert log.step_count == halted
    person.click("stopButton")
    person.until(lambda: person.state == "idle")
    assert person.window.program.session.state.provenance["step"] == log.step_count
    assert person.find("trainButton").isEnabled()


def test_a_single_step_says_what_it_did_to_its_batch(person: Person) -> None:
    person.loaded("builtin-digits")
    set_up(person, epochs=50)
    person.click("stepButton")
    person.until(lambda: person.state == "paused" and "→" in person.window.curves.last_step.text)
    log, said = person.window.program.session.run.log, person.window.curves.last_step.text
    assert said.startswith("Step 1, a batch of 64: loss {:.4g} → ".format(log.steps("loss")[0]))
    assert "largest change in" in said
    person.click("pauseButton")  # continues
    person.until(lambda: log.step_count > 20)
    person.click("stopButton")
    person.until(lambda: person.state == "idle")
    assert "→" not in person.window.curves.last_step.text


def test_kernels_and_maps_beside_the_curves_follow_while_it_learns_and_a_click_opens_one_in_explore(
    person: Person,
) -> None:
    person.loaded("builtin-digits")
    set_up(person, epochs=50)
    window, learning = person.window, person.window.train.learning
    window.showNormal()
    window.resize(1440, 900)
    assert learning.tiles == (), "nothing is computed for a workspace that is not in front"
    window.show_workspace("train")
    person.until(lambda: len(learning.tiles) == 3)
    seen: set[bytes] = set()
    inspection_presenter = window.program.presenters.inspection
    inspection_presenter.inspected.connect(lambda: seen.add(learning.tiles[0].values.tobytes()))
    person.click("trainButton")
    person.until(lambda: len(seen) >= 3)
    person.click("stopButton")
    person.until(lambda: person.state == "idle")
    shown = window.program.session.state.tensors["conv1.weight"].numpy()[:, 0]
    person.until(lambda: learning.tiles[0].values.tobytes() == shown.tobytes())
    sheet = person.find("learningTiles")
    place = sheet._places[1].rect(4).center().toPoint()
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=place)
    assert window.workspace == "explore"
    pinned = window.network_view.canvas.pinned
    assert (pinned.layer, pinned.channel) == (learning.tiles[1].layer, 4)


def test_a_rate_changed_while_training_acts_without_starting_again(person: Person) -> None:
    person.loaded("builtin-digits")
    set_up(person, epochs=50)
    person.window.show_workspace("train")
    step = person.find("stepButton")
    height = step.mapTo(person.window, step.rect().topLeft()).y()
    person.click("stepButton")
    person.until(lambda: person.state == "paused")
    person.until(lambda: person.find("timeline").isVisible())
    assert step.mapTo(person.window, step.rect().topLeft()).y() == height, "the timeline lifts the buttons"
    person.find("learningRateSpin").setValue(0.002)
    person.click("stepButton")
    log = person.window.program.session.run.log
    person.until(lambda: log.step_count == 2)
    assert log.steps("learning_rate").tolist() == [0.01, 0.002]
    person.click("stopButton")
    person.until(lambda: person.state == "idle")


def test_the_maps_and_the_prediction_follow_while_it_learns(person: Person) -> None:
    person.loaded("builtin-digits")
    set_up(person, epochs=50)
    seen: set[int] = set()
    inspection_presenter = person.window.program.presenters.inspection
    inspection_presenter.inspected.connect(lambda: seen.add(inspection_presenter.inspection.step))
    named: list[tuple[str, ...]] = []  # the step that title, chip, timeline and progress name

    def note_steps() -> None:
        words = person.window.windowTitle(), person.find("contextChip").text(), person.window.timeline.words
        if person.window.program.session.learning and not person.window.timeline.isHidden():
            progress = person.window.train_panel.progress.words  # nothing before the first step
            named.append(tuple(re.findall(r"step ([\d,]+)", text)[0] for text in (*words, progress) if text))

    inspection_presenter.inspected.connect(note_steps)
    person.click("trainButton")
    person.until(lambda: len([step for step in seen if step > 0]) >= 3 and len(set(named)) >= 3)
    person.click("stopButton")
    person.until(lambda: person.state == "idle")
    assert all(len(set(steps)) == 1 for steps in named), named


def test_a_rate_far_too_high_stops_with_a_sentence_and_keeps_finite_weights(person: Person) -> None:
    person.loaded("builtin-digits")
    set_up(person, epochs=5)
    person.find("learningRateSpin").setValue(person.find("learningRateSpin").maximum())
    person.find("momentumSpin").setValue(person.find("momentumSpin").maximum())
    person.click("trainButton")
    person.until(lambda: person.state != "idle")
    person.until(lambda: person.state == "idle")
    assert "learning rate" in person.window.messages.property("text")
    state = person.window.program.session.state
    assert all(bool(torch.isfinite(tensor).all()) for tensor in state.tensors.values())


def test_a_batch_larger_than_the_data_is_refused_beside_its_field(person: Person) -> None:
    person.loaded("builtin-digits")
    person.find("batchSizeSpin").setValue(person.find("batchSizeSpin").maximum())
    person.click("trainButton")
    assert person.state == "idle"
    assert person.find("batchSizeSpin").property("invalid")


def test_closing_the_window_in_the_midst_of_training_ends_every_thread(person: Person) -> None:
    person.loaded("builtin-digits")
    set_up(person, epochs=50)
    person.click("trainButton")
    person.until(lambda: person.state == "running")
    person.window.close()
    assert not person.window.program.inspection.isRunning()


@pytest.mark.realdata
def test_lenet_learns_real_mnist_in_one_epoch(person_with_data: Person) -> None:
    person = person_with_data
    person.loaded("mnist")
    set_up(person, batch=128)
    person.click("trainButton")
    person.until(lambda: person.state == "running")
    person.until(lambda: person.state == "idle")
    accuracy = person.window.program.session.state.provenance["accuracy"]
    assert accuracy > 0.95
    assert f"Accuracy of the network on the 10000 test images: {100 * accuracy:.2f}%" in person.window.log_view.text()


@pytest.mark.realdata
def test_simplecnn_begins_to_learn_real_cifar10(person_with_data: Person) -> None:
    person = person_with_data
    person.choose("modelCombo", "simplecnn")
    person.loaded("cifar10")
    person.click("trainButton")
    person.until(lambda: person.state == "running")
    log = person.window.program.session.run.log
    person.until(lambda: log.step_count >= 60)
    person.click("stopButton")
    person.until(lambda: person.state == "idle")
    losses = log.steps("loss")
    assert losses[:5].mean() == pytest.approx(math.log(10), rel=0.1)
    assert losses[-10:].mean() < 2.2


def test_another_model_on_other_data_fits_its_input_and_outputs(launched: Callable[..., Person]) -> None:
    person = launched()
    person.choose("datasetCombo", "builtin-shapes")
    person.loaded("builtin-shapes")
    person.find("batchSizeSpin").setValue(64)
    person.click("stepButton")
    person.until(lambda: person.state == "paused")
    person.click("stopButton")
    person.until(lambda: person.state == "idle")
    assert person.window.program.session.state.recipe.input_shape == (3, 32, 32)


def test_from_the_message_at_the_end_to_the_images_that_are_predicted_wrong(person: Person) -> None:
    person.loaded("builtin-digits")
    set_up(person)
    person.click("trainButton")
    person.finish()
    session = person.window.program.session
    test = session.data.test
    label = person.find("messageAction").text()
    person.click("messageAction")
    assert person.window.workspace == "evaluate"
    evaluation, grid = person.window.program.presenters.evaluation, person.find("sampleBrowser").grid
    person.until(lambda: evaluation.table is not None and evaluation.table.complete and len(grid.shown) < len(test))
    assert label == f"See the {len(test) - evaluation.table.correct} wrong"
    assert len(grid.shown) == len(test) - evaluation.table.correct
