"""A new run begins with the weights on the screen, with frozen layers where these are wanted."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QPushButton

from cnnviewer.core.models.state import digest_of
from cnnviewer.core.runs.format.info import read_info
from tests.core.runs.trained import weights_in
from tests.journeys.conftest import Person
from tests.small_data import GREY, saved, tiny


@pytest.fixture
def person(launched: Callable[..., Person], tmp_path: Path) -> Person:
    """Somebody with a trained LeNet on a data set of their own."""
    key = saved(tmp_path, "own", tiny(GREY, train=80, test=20))
    person = launched(tmp_path)
    person.until(lambda: person.state == "idle" and not person.window.program.jobs.busy)
    person.window.own_data_selected.emit(key)
    person.loaded(key)
    person.find("epochsSpin").setValue(1)
    person.find("batchSizeSpin").setValue(16)
    return person


def folder_of(person: Person) -> Path:
    run = person.window.program.session.run
    assert run is not None
    assert run.opened is not None
    return run.opened.folder


def test_frozen_layers_keep_the_weights_of_the_screen_and_the_others_learn(person: Person) -> None:
    person.click("trainButton")
    person.finish()
    first = folder_of(person)
    person.action("actionTrainFrom").trigger()
    dialog = person.find("freezeDialog")
    ticks, train = dialog.findChild(QListWidget, "freezeList"), dialog.findChild(QPushButton, "freezeTrainButton")
    names = [ticks.item(row).data(Qt.ItemDataRole.UserRole) for row in range(ticks.count())]
    assert names == ["conv1", "conv2", "fc1", "fc2"]
    assert ticks.item(0).text().endswith(" weights, 10 biases"), "counted as the page Layer does"
    assert "at step 5" in dialog.about.text(), "the step of the weights on the screen"
    assert train.property("primary")
    for row in range(4):
        ticks.item(row).setCheckState(Qt.CheckState.Checked)
    assert not train.isEnabled()  # nothing would be left to learn
    for row in (1, 3):
        ticks.item(row).setCheckState(Qt.CheckState.Unchecked)
    train.click()
    person.finish()
    said = "conv1, fc1 frozen, from LeNet on own.npz at step 5"
    assert said in person.window.train_panel.progress.words
    assert said in person.find("contextChip").toolTip()
    person.window.show_workspace("train")
    person.until(lambda: person.find("learningOf").text() == "Frozen kernels of")
    tuned = folder_of(person)
    before, after, info = weights_in(first), weights_in(tuned), read_info(tuned)
    assert tuned != first
    assert {name for name in before if torch.equal(before[name], after[name])} == {
        f"{layer}.{kind}" for layer in ("conv1", "fc1") for kind in ("weight", "bias")
    }
    assert info.config.freeze == "conv1,fc1"
    assert info.start is not None
    assert (info.start.step, info.start.digest) == (5, digest_of(before))
    assert f"resume {info.id} --from-step 0" in info.command

    person.find("seedSpin").setValue(2)  # Train begins anew: with random weights, all of which learn
    person.click("trainButton")
    person.finish()
    assert read_info(folder_of(person)).config.freeze == ""
    assert not any(torch.equal(after[name], tensor) for name, tensor in weights_in(folder_of(person)).items())


def test_without_a_data_set_the_menu_says_why_weights_cannot_be_trained_on(person: Person) -> None:
    person.window.program.session.set_data(None)
    action = person.action("actionTrainFrom")
    assert not action.isEnabled()
    assert "data set" in action.toolTip()


def test_layers_are_listed_in_the_order_of_the_network_also_of_a_run_that_was_opened(person: Person) -> None:
    person.click("trainButton")
    person.finish()
    assert person.window.open_run(folder_of(person))
    person.settled()
    person.action("actionTrainFrom").trigger()
    ticks = person.find("freezeList")
    assert [ticks.item(row).text().split(" · ")[0] for row in range(ticks.count())] == ["conv1", "conv2", "fc1", "fc2"]
    person.click("freezeCancelButton")
