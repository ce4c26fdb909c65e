"""From a question to the channel that carries the answer, muted, and what that does to everything on the screen."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cnnviewer.core.data.dataset import normalise_unit
from cnnviewer.core.inspection.records import Cell
from cnnviewer.core.models.mutes import Mute
from cnnviewer.core.models.registry import from_state
from cnnviewer.core.models.weights import load_weights
from tests.journeys.conftest import Person
from tests.small_data import GREY, saved, tiny


def logits_by_torch(person: Person, channels: list[int]) -> np.ndarray:
    """PyTorch's own logits for the image on the screen, with channels of relu2 set to zero by a hook."""
    program = person.window.program
    state, inspection = program.session.state, program.presenters.inspection.inspection
    assert state is not None
    assert inspection is not None
    assert inspection.image is not None
    model = from_state(state).eval()
    model.relu2.register_forward_hook(lambda _module, _given, value: value.index_fill(1, torch.tensor(channels), 0.0))
    pixels = torch.from_numpy(inspection.image.copy())[None]
    with torch.no_grad():
        scores = model(normalise_unit(pixels, state.recipe.mean, state.recipe.std))
    found: np.ndarray = scores[0].numpy()
    return found


def muted_in_answer(person: Person) -> tuple[Mute, ...]:
    answer = person.window.program.presenters.inspection.answer
    return answer.state.mutes if answer is not None else ()


def scores(person: Person) -> np.ndarray:
    inspection = person.window.program.presenters.inspection.inspection
    assert inspection is not None
    found: np.ndarray = inspection.activations["log_softmax"]
    return found


def test_the_channel_that_carries_the_answer_is_found_muted_and_let_through(person: Person) -> None:
    window: Any = person.window
    person.settled()
    before, bits = scores(person), scores(person).tobytes()
    view = person.find("surgeryView")
    assert view.isHidden()

    person.click("whyButton")
    window.why_view.open_page("channels")
    page = window.why_view.page("channels")
    person.until(lambda: page._found is not None)
    found = page._found
    assert found.request.layer == "relu2"
    first = int(found.order[0])
    sign = page.bars.sign_rect(first).center().toPoint()
    QTest.mouseClick(page.bars.viewport(), Qt.MouseButton.LeftButton, pos=sign)
    person.until(lambda: muted_in_answer(person) == (Mute("relu2", first),))
    assert np.allclose(scores(person), logits_by_torch(person, [first]), atol=1e-4)
    assert view.property("edits") == [("relu2", first, "zero")]
    assert person.find("contextChip").text().endswith("1 channel muted")
    person.until(lambda: not view.isHidden())

    # the page follows: without the channel that is muted already nothing is lost
    person.until(lambda: abs(page._found.drops[first]) < 1e-4)

    # the arithmetic of a muted value says so
    window.network_view.select("relu2", first, 0, 0)
    explain = person.find("explainView")
    person.until(lambda: explain.explanation is not None and explain.explanation.cell == Cell("relu2", first, 0, 0))
    assert explain.property("value") == 0.0
    assert type(explain.explanation.work).__name__ == "MutedValue"

    # Ctrl+Z, where the focus is in Explore, undoes the mute and not a stroke; and gives the same bits
    window.network_view.canvas.setFocus()
    QTest.keyClick(window.network_view.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    person.until(lambda: muted_in_answer(person) == ())
    assert scores(person).tobytes() == bits
    assert window.explore.mutes.undoable.steps == (0, 1)  # from here on Ctrl+Z is the drawing's again
    view.redo()
    person.until(lambda: muted_in_answer(person) == (Mute("relu2", first),))
    view.clear()
    person.until(lambda: muted_in_answer(person) == ())
    assert np.array_equal(scores(person), before)


def test_undo_beside_the_errors_takes_back_the_mute_and_no_stroke_that_is_not_seen(person: Person) -> None:
    window: Any = person.window
    person.draw([(0.3, 0.2), (0.3, 0.8)])
    person.settled()
    person.find("surgeryView").mute("relu2", 4)
    person.until(lambda: muted_in_answer(person) == (Mute("relu2", 4),))
    drawn = person.find("drawCanvas").raster()
    window.show_workspace("evaluate")
    wall = window.evaluation_view.errors.images.wall
    person.until(lambda: len(wall.shown) > 0)
    wall.choose(0)
    person.until(lambda: window.input_panel.source == "dataset")
    wall.setFocus()
    window.activateWindow()
    person.until(wall.hasFocus)
    QTest.keyClick(wall, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    person.until(lambda: muted_in_answer(person) == ())
    QTest.keyClick(wall, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    person.settled()
    assert window.input_panel.source == "dataset"
    assert np.array_equal(person.find("drawCanvas").raster(), drawn)


def test_the_confusion_matrix_is_shown_before_and_after(person: Person) -> None:
    window: Any = person.window
    person.settled()
    person.until(lambda: not window.program.jobs.busy)
    view = person.find("surgeryView")
    for channel in range(8):
        view.mute("conv2", channel)
    person.until(lambda: view._effect is not None)
    person.click("surgeryChannelsButton")
    person.click("surgeryTablesButton")
    assert window.workspace == "evaluate"
    table = window.program.presenters.evaluation
    person.until(lambda: table.table is not None and view._effect is not None)
    assert "8 channels muted" in person.find("evaluateMutedWords").whole
    page = window.evaluation_view.classes_page  # the one click has asked for it, with and without the mutes
    person.until(lambda: page.isVisible() and page.classes_model.columnCount() == 8)
    person.until(lambda: table.table.complete and view._effect.after.complete)
    effect = view._effect

    person.click("evaluateMutedDifference")  # the table says what the mutes change, cell by cell
    errors = window.evaluation_view.errors
    person.until(lambda: errors._reference is not None and errors._reference.complete)
    assert errors._reference.correct == effect.before.correct
    person.click("evaluateMutedClasses")
    person.until(lambda: page.isVisible() and page.classes_model.columnCount() == 8)
    assert errors.comparison.words == "no channel muted"
    view.clear()
    person.until(lambda: not person.find("evaluateMuted").isVisible())
    assert errors.comparison.words == ""


def test_other_weights_are_shown_without_the_mutes_of_those_before(person: Person, tmp_path: Path) -> None:
    window: Any = person.window
    person.settled()
    session = window.program.session
    other = replace(session.state, tensors={name: tensor.clone() for name, tensor in session.state.tensors.items()})
    person.find("surgeryView").mute("conv1", 0, "zero")
    person.until(lambda: muted_in_answer(person) == (Mute("conv1", 0),))
    window.program.presenters.selection.show_weights(other)
    person.until(lambda: muted_in_answer(person) == ())
    assert person.find("surgeryView").property("edits") == []
    assert "muted" not in person.find("contextChip").text()


def test_weights_are_saved_with_their_mutes_opened_with_them_and_trained_on(person: Person, tmp_path: Path) -> None:
    window: Any = person.window
    person.settled()
    key = saved(tmp_path, "little", tiny(GREY, train=48, test=20))
    window.own_data_selected.emit(key)
    person.loaded(key)
    window.program.presenters.context.choose_weights("bundled")
    person.until(lambda: not window.program.session.state.provenance.get("untrained"))
    person.settled()
    view = person.find("surgeryView")
    view.mute("conv2", 3)
    view.mute("conv1", 1)
    person.until(lambda: len(muted_in_answer(person)) == 2)
    seen = scores(person)
    assert window.save_weights(tmp_path / "muted.safetensors")
    view.clear()
    person.until(lambda: muted_in_answer(person) == ())
    assert not np.array_equal(scores(person), seen)

    assert window.open_weights(tmp_path / "muted.safetensors")
    person.until(lambda: len(muted_in_answer(person)) == 2)
    assert np.array_equal(scores(person), seen)
    assert view.property("edits") == [("conv1", 1, "zero"), ("conv2", 3, "zero")]

    window.program.presenters.fine_tuning.ask()
    window.freeze_questions.layers_chosen.emit(())
    person.finish()
    run = window.program.session.run
    assert [(mute.layer, mute.channel) for mute in run.opened.info.mutes] == [("conv1", 1), ("conv2", 3)]
    person.until(lambda: len(muted_in_answer(person)) == 2)
    before, after = load_weights(tmp_path / "muted.safetensors"), window.program.session.state
    learned = [not torch.equal(before.tensors["conv2.weight"][n], after.tensors["conv2.weight"][n]) for n in range(20)]
    assert learned == [channel != 3 for channel in range(20)]  # nothing passes a muted channel backwards
