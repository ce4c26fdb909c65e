"""Which image goes in: it changes when one is chosen, and at no other time."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.journeys.conftest import Person
from tests.small_data import COLOUR, GREY, saved, tiny

SEVEN = [(0.25, 0.2), (0.75, 0.2), (0.45, 0.85)]
TABS = ("draw", "dataset", "file")


def lens(person: Person) -> Any:
    """What the model sees of the newest image."""
    person.settled()
    return person.find("inputLens").property("image")


def open_every_tab(person: Person) -> None:
    panel = person.find("inputPanel")
    for index in (1, 2, 0, 2, 1, 0):
        QTest.mouseClick(panel.switch.button(TABS[index]), Qt.MouseButton.LeftButton)
        assert panel.source == TABS[index]


def marked(person: Person) -> tuple[str, int]:
    """The tab that is marked as the one looked at, and the image of the browser that is."""
    return person.find("inputPanel").switch.marked, int(person.find("sampleBrowser").property("current"))


def first_of(person: Person) -> Any:
    """The first test image of the data set in use, as an input of its own size."""
    return person.window.program.session.data.test.images[0].numpy().astype(np.float32) / np.float32(255)


def test_no_tab_takes_an_image_away(person: Person, tmp_path: Path) -> None:
    person.loaded("builtin-digits")
    picture = tmp_path / "seven.png"
    Image.fromarray(person.window.program.session.data.test.images[7, 0].numpy()).save(picture)
    choices: dict[str, Callable[[], object]] = {
        "": lambda: None,  # the greeting
        "draw": lambda: person.draw(SEVEN),
        "dataset": lambda: person.find("sampleBrowser").select(5),
        "file": lambda: person.window.open_image(picture),
    }
    for place, choose in choices.items():
        choose()
        image, ranking = lens(person), person.ranking
        assert image is not None, place
        assert ranking, place
        open_every_tab(person)
        assert np.array_equal(lens(person), image), place
        assert person.ranking == ranking
        assert marked(person) == (place, 5 if place == "dataset" else -1)

    person.click("showDrawingButton")
    drawn = lens(person)
    assert marked(person) == ("draw", -1)
    person.click("showPictureButton")
    assert not np.array_equal(lens(person), drawn)
    person.find("sampleBrowser").select(5)
    sample = lens(person)
    person.find("drawCanvas").clear()
    assert np.array_equal(lens(person), sample), "an empty sheet takes no other image away"
    person.draw(SEVEN)
    person.action("actionClear").trigger()
    assert lens(person) is None, "but a drawing that is deleted is deleted"
    assert person.ranking == []


def test_filters_that_show_nothing_leave_the_image(person: Person, tmp_path: Path) -> None:
    data = tiny(GREY, test=20)
    data.test.labels[:] = data.test.labels % 3  # no image of the other classes
    key = saved(tmp_path, "three", data)
    person.loaded("builtin-digits")
    person.window.own_data_selected.emit(key)
    person.loaded(key)
    browser = person.find("sampleBrowser")
    browser.select(4)
    image = lens(person)
    person.find("classFilterCombo").setCurrentIndex(9)
    assert not len(browser.grid.shown)
    assert np.array_equal(lens(person), image)
    person.find("classFilterCombo").setCurrentIndex(0)
    browser.wrong_check.setChecked(True)
    browser.set_predictions(data.test.labels.numpy())  # none is wrong
    assert not len(browser.grid.shown)
    assert np.array_equal(lens(person), image)
    browser.wrong_check.setChecked(False)
    person.choose("splitCombo", "train")
    assert np.array_equal(lens(person), image)
    assert marked(person) == ("dataset", -1), "it is none of the training images"
    person.choose("splitCombo", "test")
    assert marked(person) == ("dataset", 4)


def test_another_data_set_or_model_shows_its_first_image_and_refused_data_leaves_it(
    person: Person, tmp_path: Path
) -> None:
    person.loaded("builtin-digits")
    person.draw(SEVEN)
    grey, colour = saved(tmp_path, "grey", tiny(GREY)), saved(tmp_path, "colour", tiny(COLOUR))
    drawn = lens(person)
    for key in (grey, colour):
        person.window.own_data_selected.emit(key)
        person.loaded(key)
        person.until(lambda: not person.window.program.jobs.busy)
        if key == grey:
            assert np.array_equal(lens(person), drawn), "one's own drawing fits digits, whatever data they are in"
            continue
        assert np.array_equal(lens(person), first_of(person))
        assert marked(person) == ("dataset", 0)
        assert person.ranking

    broken = tmp_path / "broken.npz"
    broken.write_bytes(b"no archive")
    image = lens(person)
    person.window.own_data_selected.emit(f"npz:{broken}")
    person.until(lambda: person.window.program.session.data is None and not person.window.program.jobs.busy)
    assert np.array_equal(lens(person), image)

    person.choose("datasetCombo", "builtin-digits")
    person.loaded("builtin-digits")
    person.choose("modelCombo", "simplecnn")
    person.loaded("builtin-shapes")
    person.until(lambda: not person.window.program.jobs.busy)
    assert np.array_equal(lens(person), first_of(person))
    assert lens(person).shape == (3, 32, 32)
    person.find("sampleBrowser").select(3)
    image = lens(person)
    person.choose("modelCombo", "alexnet32")
    person.until(lambda: person.window.program.session.state.recipe.model == "alexnet32")
    assert np.array_equal(lens(person), image), "it fits this model, too"


def test_a_training_on_own_data_shows_an_image_from_its_first_step_to_its_last(
    launched: Callable[..., Person], tmp_path: Path
) -> None:
    person = launched()
    key = saved(tmp_path, "own", tiny(GREY, train=80, test=20))
    person.window.own_data_selected.emit(key)  # before the first data set is there
    person.loaded(key)
    person.find("epochsSpin").setValue(2)
    person.find("batchSizeSpin").setValue(16)
    open_every_tab(person)
    blank: list[int] = []
    inspection_presenter = person.window.program.presenters.inspection
    inspection_presenter.inspected.connect(
        lambda: (
            blank.append(inspection_presenter.inspection.step)
            if inspection_presenter.inspection.image is None
            else None
        )
    )
    person.click("trainButton")
    person.until(lambda: person.state != "idle")
    person.until(lambda: person.state == "idle")
    assert np.array_equal(lens(person), first_of(person))
    assert blank == []
    run = person.window.program.session.run.opened.folder

    person.choose("datasetCombo", "builtin-digits")
    person.loaded("builtin-digits")
    assert person.window.open_run(run)
    person.loaded(key)
    person.until(lambda: not person.window.program.jobs.busy)
    assert np.array_equal(lens(person), first_of(person))
    assert blank == []


def test_the_data_set_of_the_launch_leaves_the_greeting(person: Person) -> None:
    greeting = lens(person)
    person.loaded("builtin-digits")
    assert np.array_equal(lens(person), greeting)
    assert marked(person) == ("", -1)


def test_back_from_an_image_of_the_confusion_matrix_restores_the_input_and_its_tab(
    person: Person, tmp_path: Path
) -> None:
    person.loaded("builtin-digits")
    picture = tmp_path / "seven.png"
    Image.fromarray(person.window.program.session.data.test.images[7, 0].numpy()).save(picture)
    evaluation = person.window.program.presenters.evaluation
    choices: dict[str, Callable[[], object]] = {
        "": lambda: None,  # the greeting
        "draw": lambda: person.draw(SEVEN),
        "dataset": lambda: person.find("sampleBrowser").select(5),
        "file": lambda: person.window.open_image(picture),
    }
    for place, choose in choices.items():
        choose()
        image, before, source = lens(person), marked(person), person.find("inputPanel").source
        person.window.show_workspace("evaluate")
        person.until(lambda: evaluation.table is not None and evaluation.table.complete)
        matrix, wall, table = person.find("confusionMatrix"), person.find("evaluationImages"), evaluation.table
        cell = matrix.cell_centre(*np.argwhere(table.counts > 1)[0]).toPoint()
        QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, cell)
        for number in (0, 1):
            spot = wall.cell_rect(number).center().toPoint()
            QTest.mouseClick(wall.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
            person.settled()
            assert marked(person) == ("dataset", wall.shown[number])
        person.click("evaluationBackButton")
        assert np.array_equal(lens(person), image), place
        assert (marked(person), person.find("inputPanel").source) == (before, source), place
        assert not person.find("evaluationBackButton").isVisible()
        QTest.keyClick(matrix, Qt.Key.Key_Escape)
        person.window.show_workspace("explore")
