"""What would change an answer, and when it was learned, as a person finds out in the window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from cnnviewer.core.inspection.trace import Inspector
from tests.journeys.conftest import Person


def open_page(person: Person, key: str) -> Any:
    person.settled()
    if not person.find("whyView").isVisible():
        person.click("whyButton")
    person.window.why_view.open_page(key)
    return person.window.why_view.page(key)


def found(person: Person, key: str = "flip") -> Any:
    page = open_page(person, key)
    person.until(lambda: page.property("epsilon") is not None)
    return page


def test_the_smallest_change_found_is_shown_used_as_the_input_and_saved(person: Person, tmp_path: Path) -> None:
    page = found(person)
    before = person.ranking[0]
    changed = page.changed
    name, share = changed.prediction.ranking[0]
    assert page.property("flipped")
    assert name != before[0]
    assert f"{page.property('epsilon')} grey level" in person.find("flipResult").text()
    assert person.find("flipEpsilonSlider").value() == page.property("epsilon")

    target = tmp_path / "changed.png"
    assert person.window.program.presenters.files.save_picture(target, changed.picture)
    with Image.open(target) as picture:
        assert np.array_equal(np.asarray(picture), changed.picture[0])

    person.click("flipUseButton")
    person.until(lambda: person.ranking[0][0] == name)
    assert person.ranking[0] == (name, share), "the whole window gives another answer than the page"
    shown = person.find("inputLens").property("image")
    assert np.array_equal(shown, changed.picture.astype(np.float32) / np.float32(255))


def test_the_slider_goes_from_no_change_to_one_that_is_enough(person: Person) -> None:
    page = found(person)
    fewest, slider = page.property("epsilon"), person.find("flipEpsilonSlider")
    for level, flipped in ((0, False), (fewest - 1, False), (fewest, True)):
        slider.setValue(level)
        person.until(lambda wanted=level: page.property("epsilon") == wanted)  # type: ignore[misc]
        assert page.property("flipped") is flipped
    person.click("flipPgdSegment")
    person.click("flipFewestButton")
    person.until(lambda: page.property("epsilon") is not None and page.request.epsilon is None)
    person.until(lambda: page.property("epsilon") <= fewest and page.changed is not None)


def test_a_goal_is_reached_or_the_page_says_that_it_is_not(person: Person) -> None:
    page = found(person)
    label = next(index for index in range(10) if index != page.changed.label and str(index) != person.ranking[0][0])
    page.ask("pgd", None, label)
    person.until(lambda: page.changed is not None and page.changed.label == label)
    assert page.property("flipped")
    page.ask("pgd", 1, label)
    person.until(lambda: page.property("epsilon") == 1)
    assert not page.property("flipped")
    assert f"the answer is not {label}" in person.find("flipResult").text()


def draw_on(person: Person, points: list[tuple[float, float]]) -> None:
    canvas = person.find("flipCanvas")
    sheet = canvas.sheet()
    places = [QPoint(int(sheet.left() + x * sheet.width()), int(sheet.top() + y * sheet.height())) for x, y in points]
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(canvas, left, none, places[0])
    for place in places[1:]:
        QTest.mouseMove(canvas, place)
    QTest.mouseRelease(canvas, left, none, places[-1])


def test_a_stroke_moves_the_logits_and_undo_moves_them_back(person: Person) -> None:
    page = found(person)
    page.open_mode("drawn")
    person.until(lambda: page.bars["drawn"]._before is not None)
    image = page.picture
    draw_on(person, [(0.1, 0.5), (0.5, 0.5), (0.9, 0.5)])
    assert page.picture[0, 14].mean() > 200, "the stroke crosses the picture"
    person.until(lambda: page.changed is not None and np.array_equal(page.changed.picture, page.picture))
    state = person.window.program.session.state
    inspector = Inspector.from_state(state)
    answer = inspector.inspect(page.picture.astype(np.float32) / np.float32(255))
    assert page.changed.prediction == answer.prediction
    assert not np.array_equal(page.bars["drawn"]._before.logits, page.changed.logits)
    QTest.keyClick(person.find("flipCanvas"), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert np.array_equal(page.picture, image)
    person.until(lambda: np.array_equal(page.bars["drawn"]._after.logits, page.bars["drawn"]._before.logits))
    assert not person.find("flipUseButton").isEnabled()


def test_the_history_of_an_image_leads_the_time_machine(person: Person) -> None:
    page = open_page(person, "history")
    assert person.find("historyInvitation").isVisible(), "bundled weights have no history"
    assert "belong to no run" in page._invitation.words.text()
    person.until(lambda: person.find("historyInvitationButton").width() > 20)  # it has its place
    person.click("historyInvitationButton")
    assert person.window.workspace == "train"
    person.find("epochsSpin").setValue(1)
    person.click("trainButton")
    person.finish()
    person.window.show_workspace("explore")
    timeline = person.window.program.presenters.time_machine.timeline
    page = open_page(person, "history")
    person.until(lambda: set(timeline.steps[:-1]) <= set(page.property("steps")))
    assert not person.find("historyInvitation").isVisible()
    step = timeline.steps[len(timeline.steps) // 3]
    plot = person.find("historyPlot")
    place = QPoint(round(plot.x_of(step)), plot.height() // 2)
    QTest.mouseClick(plot, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    person.until(lambda: person.find("timeline").property("step") == step)
    person.settled()
    row = page._history.steps.index(step)
    person.until(lambda: person.window.program.presenters.inspection.inspection.step == step)
    expected = page._history.probabilities[row]
    assert dict(person.ranking) == {name: float(p) for name, p in zip(page._history.classes, expected, strict=True)}
    assert not page.progress.bar.isVisible(), "the snapshots are not read again for the same image"

    assert "muted" not in page._note.text()
    person.find("surgeryView").mute("conv1", 3, "zero")
    person.until(lambda: "muted" in page._note.text())
    assert page._history.steps.index(step) == row, "the history is the run's own"
