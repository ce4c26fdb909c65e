"""What looks like none of the classes is said beside its prediction: of drawings and pictures, of nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from cnnviewer.core.models.weights import load_weights
from tests.journeys.conftest import Person

SEVEN = [(0.25, 0.2), (0.75, 0.2), (0.45, 0.85)]
STAR = ([(0.2, 0.2), (0.8, 0.8)], [(0.8, 0.2), (0.2, 0.8)], [(0.5, 0.1), (0.5, 0.9)], [(0.1, 0.5), (0.9, 0.5)])
SENTENCE = "This does not look like one of the ten."


def said(person: Person) -> bool:
    return SENTENCE in person.find("predictionView").accessibleDescription()


def test_a_drawing_like_no_digit_is_called_so_and_an_empty_canvas_is_not(person: Person) -> None:
    assert not said(person)
    for stroke in STAR:
        person.draw(stroke)
    person.settled()
    assert said(person)
    assert "above the threshold" in person.find("predictedClass").toolTip()
    person.find("drawCanvas").clear()
    person.settled()
    assert person.ranking == []
    assert not said(person)
    person.draw(SEVEN)
    person.settled()
    assert person.ranking[0][0] == "7"
    assert not said(person)


def test_a_picture_is_called_so_and_an_image_of_the_data_set_is_not(person: Person, tmp_path: Path) -> None:
    stripes = np.tile(np.repeat(np.array([0, 255], np.uint8), 2), (28, 7))
    Image.fromarray(stripes).save(tmp_path / "stripes.png")
    assert person.window.open_image(str(tmp_path / "stripes.png"))
    person.settled()
    person.until(lambda: said(person))
    person.find("sampleBrowser").select(0)
    person.settled()
    assert not said(person)


def test_the_page_calibration_measures_the_weights_on_the_screen(person: Person) -> None:
    person.window.show_workspace("evaluate", "calibration")
    presenter = person.window.program.presenters.calibration
    person.until(lambda: presenter.found is not None)
    page = person.find("calibrationPage")
    assert page.isVisible()
    total = len(person.window.program.session.data.test)
    assert presenter.found.calibration.before.total == total
    assert page.error.text().startswith("Calibration error")
    assert "So no temperature is fitted." in page.temperature.text()


def test_what_was_found_here_is_saved_with_the_weights(person: Person, tmp_path: Path) -> None:
    program = person.window.program
    known = program.session.state.familiarity
    bare = replace(program.session.state, familiarity=None)
    program.presenters.selection.show_weights(bare)
    person.until(lambda: program.session.state.familiarity is None)
    assert person.window.save_weights(str(tmp_path / "bare"))
    assert load_weights(tmp_path / "bare.safetensors").familiarity is None
    program.presenters.familiarity.note(program.session.state, known)
    assert person.window.save_weights(str(tmp_path / "known"))
    saved = load_weights(tmp_path / "known.safetensors").familiarity
    assert saved is not None
    assert saved.threshold == known.threshold
