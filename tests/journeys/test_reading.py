"""The user changes how the model reads an image, beside what the model sees."""

from pathlib import Path

import pytest
import torch
from PySide6.QtWidgets import QDialog

from cnnviewer.core.models.weights import load_weights
from tests.core.models.own_models import own
from tests.journeys.conftest import Person


def open_dialog(person: Person) -> None:
    person.click("inputReadingButton")
    person.until(lambda: person.window.findChild(QDialog, "inputReadingDialog") is not None)


def test_normalisation_is_changed_and_reset(person: Person) -> None:
    person.loaded("builtin-digits")
    person.settled()
    session, ranking = person.window.program.session, person.ranking
    open_dialog(person)
    assert person.find("inputMeanSpin0").value() == 0.1307
    assert not person.find("inputReadingResetButton").isEnabled()
    person.find("inputMeanSpin0").setValue(0.5)
    person.find("inputStdSpin0").setValue(0.25)
    person.click("inputReadingUseButton")
    person.until(lambda: session.state.read_as == "asked")
    assert (session.state.recipe.mean, session.state.recipe.std) == ((0.5,), (0.25,))
    person.until(lambda: "as you chose: mean 0.5" in person.find("inputLens").accessibleDescription())
    person.settled()
    assert person.ranking != ranking
    person.until(lambda: person.window.findChild(QDialog, "inputReadingDialog") is None)
    open_dialog(person)
    person.click("inputReadingResetButton")
    person.until(lambda: session.state.read_as == "weights")
    person.until(lambda: "as the weights record: mean 0.1307" in person.find("inputLens").accessibleDescription())
    assert person.ranking == ranking


def test_a_size_that_the_model_cannot_run_on_is_refused_and_nothing_changes(person: Person) -> None:
    person.loaded("builtin-digits")
    person.settled()
    state = person.window.program.session.state
    open_dialog(person)
    person.find("inputWidthSpin").setValue(40)
    person.click("inputReadingUseButton")
    person.until(lambda: "LeNet cannot run on images of 28×40 pixels" in person.window.messages.text)
    assert person.window.program.session.state is state


def test_an_own_model_reads_larger_images_when_asked(person: Person, tmp_path: Path) -> None:
    key, model = own("plain", tmp_path)
    torch.save(model.state_dict(), tmp_path / "w.pt")
    person.loaded("builtin-digits")
    person.window.program.presenters.selection.show_weights(load_weights(tmp_path / "w.pt", key))
    session = person.window.program.session
    person.until(lambda: not person.window.program.presenters.selection.loading)
    assert session.state.recipe.input_shape == (3, 32, 32)
    assert person.window.program.presenters.preprocessing.ask((100, 80), (0.5,), (0.5,))
    person.settled()
    person.until(lambda: person.find("inputLens").property("image").shape == (3, 100, 80))
    image = torch.from_numpy(person.find("inputLens").property("image").copy())[None]
    with torch.no_grad():
        expected = model((image - 0.5) / 0.5).softmax(1)[0].sort(descending=True).values
    assert [value for _, value in person.ranking] == pytest.approx(expected.tolist(), abs=1e-6)
