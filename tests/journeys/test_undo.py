"""Whatever is changed in the window can be undone and redone with the same two keys, the latest change first."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from cnnviewer.core.runs.format.notes import read_notes
from tests.journeys.conftest import Person
from tests.small_data import saved, tiny

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(person: Person, redo: bool = False) -> None:
    """The keys, where the keyboard is: a workspace takes none of them for itself."""
    target = QApplication.focusWidget() or person.window
    QTest.keyClick(target, Qt.Key.Key_Z, CONTROL | SHIFT if redo else CONTROL)


def goes_back_and_forth(person: Person, change: Callable[[], object], state: Callable[[], object]) -> None:
    before = state()
    change()
    person.until(lambda: state() != before)
    after = state()
    press(person)
    person.until(lambda: state() == before)
    press(person, redo=True)
    person.until(lambda: state() == after)
    press(person)
    person.until(lambda: state() == before)


def typed(field: Any, text: str) -> None:
    """A number is typed, and finished with Return: the keyboard stays in the field."""
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_the_drawing_the_mutes_the_sandbox_the_design_and_a_drawn_change_are_undone_where_they_are_seen(
    person: Person,
) -> None:
    window: Any = person.window
    person.settled()
    person.until(lambda: not window.program.jobs.busy)
    canvas, mutes = person.find("drawCanvas"), person.find("surgeryView")
    canvas.setFocus()
    goes_back_and_forth(person, lambda: person.draw([(0.3, 0.2), (0.3, 0.8)]), lambda: canvas.raster().any())
    goes_back_and_forth(person, lambda: mutes.mute("conv2", 3), lambda: mutes.property("edits"))
    person.draw([(0.3, 0.2), (0.3, 0.8)])
    mutes.mute("conv2", 3)
    person.draw([(0.6, 0.2), (0.6, 0.8)])
    for edits, has_ink in (([("conv2", 3, "zero")], True), ([], True), ([], False)):
        press(person)  # the latest change first, whatever it was
        person.until(lambda edits=edits: mutes.property("edits") == edits)
        assert canvas.raster().any() == has_ink

    window.show_workspace("sandbox")
    sandbox = window.stage.currentWidget()
    goes_back_and_forth(person, lambda: typed(sandbox.tools.size_spin, "6"), lambda: sandbox.state.values.shape)

    window.show_workspace("build", "builder")
    page = person.find("builderPage")
    goes_back_and_forth(person, lambda: page.add_layer("relu"), lambda: page.property("text"))
    out = page.list.rows[0].fields["out"].editor
    goes_back_and_forth(person, lambda: typed(out, "48"), lambda: page.property("text"))

    window.show_workspace("compare", "sweep")
    form = person.find("sweepPage").form
    rates = person.find("sweepLearningRatesEdit")

    def list_rates() -> None:
        rates.setFocus()
        QTest.keyClicks(rates, "0.1, 0.2")
        person.find("sweepSeedsEdit").setFocus()  # Return would begin the sweep

    goes_back_and_forth(person, list_rates, lambda: form.request)
    goes_back_and_forth(person, lambda: typed(person.find("sweepEpochsSpin"), "4"), lambda: form.request)
    goes_back_and_forth(person, form.fill_example, lambda: form.request)
    assert rates.text() == ""
    QTest.keyClicks(rates, "0.3")
    press(person)
    assert rates.text() == "", "what is being typed is undone in the field"

    window.show_workspace("explore")
    person.draw([(0.3, 0.2), (0.3, 0.8)])
    person.settled()
    window.network_view.select("conv2", 7, 3, 4)
    person.until(lambda: window.explain_view.explanation is not None)
    window.explain_view.show_text_tab("backward")
    backward = window.explain_view.backward
    person.until(lambda: backward._backward is not None and not backward._gives_way)
    for name, text in (("backwardRateSpin", "0.25"), ("backwardBatchSpin", "3"), ("backwardInputSpin", "2")):
        goes_back_and_forth(
            person, lambda name=name, text=text: typed(person.find(name), text), lambda: backward.request
        )
    window.explain_view.show_text_tab("numbers")
    window.explore.show_level("network")
    person.click("whyButton")
    window.why_view.open_page("flip")
    flip: Any = window.why_view.page("flip")
    flip.open_mode("drawn")
    person.until(lambda: flip.canvas.picture is not None and flip.canvas.isVisible())
    flip.canvas.setFocus()
    middle = flip.canvas.sheet().center().toPoint()

    def stroke() -> None:
        QTest.mousePress(flip.canvas, Qt.MouseButton.LeftButton, pos=middle)
        QTest.mouseMove(flip.canvas, middle + QPoint(20, 0))
        QTest.mouseRelease(flip.canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(20, 0))

    goes_back_and_forth(person, stroke, lambda: flip.canvas.is_changed)
    window.show_workspace("train")  # where neither the mutes nor the stroke on the map is what was done last
    ink = canvas.raster().sum()
    press(person)
    assert canvas.raster().sum() != ink, "the drawing is seen everywhere"


def test_settings_are_undone_in_train_with_the_model_and_the_data_set(person: Person) -> None:
    window: Any = person.window
    person.until(lambda: not window.program.jobs.busy)
    window.show_workspace("train")
    panel = window.train_panel
    person.find("epochsSpin").setFocus()
    for name, text in (("epochsSpin", "3"), ("learningRateSpin", "0.5"), ("momentumSpin", "0.9")):
        field = person.find(name)
        goes_back_and_forth(person, lambda field=field, text=text: typed(field, text), panel.config)
    rate = person.find("learningRateSpin")
    rate.setFocus()
    rate.selectAll()
    QTest.keyClicks(rate, "0.7")
    press(person)
    assert rate.value() == pytest.approx(0.01)
    assert rate.lineEdit().text() != "0.7", "what is being typed is undone in the field"
    QTest.keyClick(rate, Qt.Key.Key_Return)
    schedule = person.find("scheduleCombo")
    goes_back_and_forth(person, lambda: schedule.setCurrentIndex(1), panel.config)
    typed(person.find("batchSizeSpin"), "77")
    before = panel.config()
    goes_back_and_forth(person, lambda: person.choose("modelCombo", "simplecnn"), panel.config)
    person.until(lambda: window.program.session.state.recipe.model == "lenet")
    goes_back_and_forth(person, lambda: person.choose("datasetCombo", "builtin-shapes"), panel.config)
    person.loaded(before.dataset)
    assert panel.config() == before
    person.find("batchSizeSpin").setFocus()
    press(person)
    assert panel.config().batch_size != 77, "changes before the model was another are still there"


def test_runs_names_notes_and_bookmarks_are_undone_and_a_deleted_run_brings_its_mutes_back(
    person: Person, tmp_path: Path
) -> None:
    window: Any = person.window
    person.until(lambda: not window.program.jobs.busy)
    window.own_data_selected.emit(saved(tmp_path, "bars", tiny(train=80, test=20)))
    person.until(lambda: not window.program.jobs.busy and window.program.session.data is not None)
    person.find("epochsSpin").setValue(1)
    person.click("trainButton")
    person.finish()
    session, runs = window.program.session, window.runs_view
    person.until(lambda: session.run.opened is not None and len(runs.table.runs.lines) == 1)
    folder = session.run.opened.folder
    person.until(lambda: person.find("timeline").isVisible())

    def bookmark() -> None:
        window.timeline.mark_requested.emit("here", True)

    def marks() -> object:
        timeline = window.program.presenters.time_machine.timeline
        return timeline.marks, timeline.drawings

    goes_back_and_forth(person, bookmark, marks)
    window.show_workspace("compare", "compare")  # where the list of runs is
    goes_back_and_forth(person, lambda: runs.name_changed.emit(folder, "mine"), lambda: read_notes(folder).name)
    goes_back_and_forth(person, lambda: runs.note_changed.emit(folder, "a note"), lambda: read_notes(folder).note)
    person.settled()
    mutes = person.find("surgeryView")
    mutes.mute("conv2", 3)
    muted = mutes.property("edits")
    chip = person.find("contextChip")
    goes_back_and_forth(
        person,
        lambda: runs.delete_requested.emit((folder,)),
        lambda: [line.folder for line in runs.table.runs.lines],
    )
    assert mutes.property("edits") == muted
    person.until(lambda: "1 channel muted" in chip.text() and "trained" not in chip.text())

    def said() -> tuple[str, str]:
        menu = window.menus._menus["edit"]
        menu.aboutToShow.emit()
        words = person.action("actionUndo").text(), person.action("actionRedo").text()
        menu.aboutToHide.emit()
        return words

    assert said()[1] == "Redo: deletion of runs"
    window.show_workspace("build", "builder")
    assert said()[1] == "Redo"
    press(person, redo=True)
    person.until(lambda: not window.program.jobs.busy)
    assert folder.exists(), "no run is deleted where no list of runs is seen"
    press(person)
    person.until(lambda: mutes.property("edits") == [])

    mutes.mute("conv2", 3)
    assert said()[0] == "Undo: muted channels"
