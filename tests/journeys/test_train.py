"""Training from the window: what is learned, what is shown, what can be steered."""

import math
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from cnnviewer.core.data.registry import load
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import Finished
from cnnviewer.core.training.loop import train
from tests.journeys.conftest import Person


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
    person.window.program.training._refresh()
    assert log.step_count == halted
    person.click("stopButton")
    person.until(lambda: person.state == "idle")
    assert person.window.program.session.state.provenance["step"] == log.step_count
    assert person.find("trainButton").isEnabled()


def test_a_rate_changed_while_training_acts_without_starting_anew(person: Person) -> None:
    person.loaded("builtin-digits")
    set_up(person, epochs=50)
    person.click("stepButton")
    person.until(lambda: person.state == "paused")
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
    looking = person.window.program.looking
    looking.looked.connect(lambda: seen.add(looking.inspection.step))
    person.click("trainButton")
    person.until(lambda: len([step for step in seen if step > 0]) >= 3)
    person.click("stopButton")
    person.until(lambda: person.state == "idle")


def test_a_rate_far_too_high_stops_with_a_sentence_and_keeps_finite_weights(person: Person) -> None:
    person.loaded("builtin-digits")
    set_up(person, epochs=5)
    person.find("learningRateSpin").setValue(person.find("learningRateSpin").maximum())
    person.find("momentumSpin").setValue(person.find("momentumSpin").maximum())
    person.click("trainButton")
    person.until(lambda: person.state != "idle")
    person.until(lambda: person.state == "idle")
    assert "learning rate" in person.window.message_bar.property("text")
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
