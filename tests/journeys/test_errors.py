"""From a wrong answer to its image and its files: compared with other weights, searched, selected, saved."""

import csv
import io
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from cnnviewer.core.data.dataset import DataSet, normalise
from cnnviewer.core.models.registry import MODELS, from_state
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import save_weights
from cnnviewer.presenters.resolve import untrained
from tests.journeys.conftest import Person


def predictions(state: ModelState, data: DataSet) -> np.ndarray:
    """What PyTorch itself predicts on the test images."""
    model = from_state(state).eval()
    with torch.no_grad():
        parts = [model(normalise(part, state.recipe.mean, state.recipe.std)) for part in data.test.images.split(500)]
    return torch.cat(parts).argmax(1).numpy()


def evaluated(person: Person) -> None:
    evaluation = person.window.program.presenters.evaluation
    person.window.show_workspace("evaluate")
    person.until(lambda: evaluation.table is not None and evaluation.table.complete)


def menu_of(person: Person, button: str, key: str) -> None:
    """Choose from the menu of a button."""
    menu = person.find(button).menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.data() == key).trigger()


def test_kept_predictions_are_compared_with_those_of_other_weights(person: Person, tmp_path: Path) -> None:
    person.loaded("builtin-digits")
    session = person.window.program.session
    evaluated(person)
    first, data = session.shown, session.data
    menu_of(person, "evaluationCompareButton", "shown")
    page = person.window.evaluation_view.errors
    person.until(lambda: page.images.difference is not None)
    assert not page.images.difference.values("counts").any()

    torch.manual_seed(5)
    save_weights(tmp_path / "other.safetensors", untrained(MODELS["lenet"], data.info))
    assert person.window.open_weights(tmp_path / "other.safetensors")
    evaluated(person)
    person.until(
        lambda: (
            page.images.difference is not None
            and page.images.difference.total == len(data.test)
            and bool(page.images.difference.values("counts").any())
        )
    )
    labels, before, now = data.test.labels.numpy(), predictions(first, data), predictions(session.shown, data)
    for key, expected in (
        ("became-wrong", (before == labels) & (now != labels)),
        ("became-right", (before != labels) & (now == labels)),
        ("changed", before != now),
    ):
        person.choose("evaluationListCombo", key)
        assert sorted(person.find("evaluationImages").shown) == np.flatnonzero(expected).tolist(), key
    difference = np.zeros((10, 10), int)
    np.add.at(difference, (labels, now), 1)
    np.subtract.at(difference, (labels, before), 1)
    assert np.array_equal(page.images.difference.values("counts"), difference)

    menu_of(person, "evaluationCompareButton", "none")
    assert page.images.difference is None
    assert person.find("evaluationCompareButton").text() == "Compare with ▾"


def test_other_data_are_not_compared_with_the_predictions_kept(person: Person) -> None:
    person.loaded("builtin-digits")
    evaluated(person)
    menu_of(person, "evaluationCompareButton", "shown")
    page = person.window.evaluation_view.errors
    person.until(lambda: page.images.difference is not None)
    person.choose("datasetCombo", "builtin-shapes")
    person.loaded("builtin-shapes")
    evaluated(person)
    assert page.images.difference is None


def test_images_are_searched_selected_and_saved_pixel_for_pixel(person: Person, tmp_path: Path) -> None:
    person.loaded("builtin-digits")
    evaluated(person)
    wall, search = person.find("evaluationImages"), person.find("evaluationSearch")
    person.choose("evaluationListCombo", "all")
    search.setText("7")
    table = person.window.program.presenters.evaluation.table
    wanted = (table.labels == 7) | (table.predicted == 7) | (table.indices == 7)
    person.until(lambda: sorted(wall.shown) == np.flatnonzero(wanted).tolist())
    wall.choose(0)
    QTest.keyClick(wall, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(wall, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    chosen = wall.selected.tolist()
    assert len(chosen) == 3
    assert person.window.export_images(tmp_path / "sevens")
    images = person.window.program.session.data.test.images.numpy()
    files = sorted((tmp_path / "sevens").glob("*.png"))
    assert len(files) == 3
    for index, file in zip(sorted(chosen), files, strict=True):
        true, predicted = (table.classes[int(which[index])] for which in (table.labels, table.predicted))
        assert file.name == f"builtin-digits-test-{index:05d}_true-{true}_predicted-{predicted}.png"
        assert np.array_equal(np.asarray(Image.open(file)), images[index, 0])

    wall.select_none()
    assert person.window.export_images(tmp_path / "all.csv")
    lines = list(csv.DictReader(io.StringIO((tmp_path / "all.csv").read_text("utf-8-sig"))))
    assert [int(line["index"]) for line in lines] == wall.shown.tolist()
    written = (tmp_path / "all.csv").read_bytes()
    for name in ("sevens", "all.csv"):
        assert not person.window.export_images(tmp_path / name)
        assert any("Nothing was overwritten" in sentence for sentence in person.window.messages.sentences)
    assert (tmp_path / "all.csv").read_bytes() == written
    person.choose("evaluationListCombo", "wrong")
    search.setText("no such class")
    person.until(lambda: not len(wall.shown))
    assert not person.window.export_images(tmp_path / "none.csv")


def test_the_menu_asks_for_a_folder_and_makes_a_new_one_in_it(person: Person, tmp_path: Path) -> None:
    person.loaded("builtin-digits")
    evaluated(person)
    (tmp_path / "builtin-digits-test-images").mkdir()
    menu_of(person, "evaluationExportButton", "png")
    dialog = person.window.findChild(QFileDialog, "exportImagesDialog")
    dialog.fileSelected.emit(str(tmp_path))
    wall = person.find("evaluationImages")
    person.until(lambda: len(list((tmp_path / "builtin-digits-test-images-2").glob("*.png"))) == len(wall.shown))
    dialog.close()


def test_predicting_all_images_can_be_cancelled_and_asked_for_again(person: Person) -> None:
    person.loaded("builtin-digits")
    presenter = person.window.program.presenters.evaluation
    page = person.window.evaluation_view.errors
    person.window.show_workspace("evaluate")
    person.until(lambda: presenter.table is not None)
    person.until(lambda: presenter.table.complete or presenter._reads_all)
    if not presenter.table.complete:
        page.card.cancel_button.click()
        assert not page.card.progress.isVisible()
        assert page.card.all_button.isVisible()
        person.click("evaluateAllButton")
    person.until(lambda: presenter.table.complete)
