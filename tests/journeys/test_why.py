"""Why an answer: the panel beside the network and below the images, driven as the contract for automation says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from cnnviewer.core.inspection.attribution.records import METHODS, AttributionRequest
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.ui.explore.workspace import LEVELS
from tests.journeys.conftest import Person
from tests.screens.placing import crowded


def attributed(person: Person, request: AttributionRequest):
    """The same attribution by an inspector of its own."""
    answer = person.window.program.presenters.inspection.answer
    torch.set_num_threads(1)
    return Inspector.from_state(answer.state).attribute(request, image=answer.inspection.image)


@pytest.mark.parametrize("method", METHODS)
def test_a_map_is_there_when_it_is_read_though_the_panel_is_closed(person: Person, method: str) -> None:
    person.settled()
    why = person.find("whyView")
    why.explain(method, "7")
    found = why.property("map")
    expected = attributed(person, AttributionRequest(method, 7))
    assert found.dtype == np.float32
    assert np.allclose(found, expected.map, atol=1e-6)
    assert why.property("target") == "7"
    completeness = why.property("completeness")
    assert (completeness is None) == (method != "integrated-gradients")


def test_one_class_against_another_is_asked_by_name(person: Person) -> None:
    person.settled()
    why = person.find("whyView")
    why.explain("occlusion", "7", against="1")
    expected = attributed(person, AttributionRequest("occlusion", 7, 1))
    assert np.allclose(why.property("map"), expected.map, atol=1e-5)


def test_a_layer_is_asked_for_by_name(person: Person) -> None:
    person.settled()
    why = person.find("whyView")
    why.explain("grad-cam", "7", layer="conv1")
    assert np.allclose(why.property("map"), attributed(person, AttributionRequest("grad-cam", 7, layer="conv1")).map)


def test_the_map_is_that_of_the_image_chosen_last(person: Person) -> None:
    person.loaded("builtin-digits")
    why = person.find("whyView")
    person.find("sampleBrowser").select(3)
    why.explain("gradient", "2")
    first = why.property("map")
    person.find("sampleBrowser").select(4)
    second = why.property("map")
    assert not np.array_equal(first, second)
    assert np.allclose(second, attributed(person, AttributionRequest("gradient", 2)).map, atol=1e-6)


def test_a_class_that_there_is_not_is_said_and_nothing_raises(person: Person) -> None:
    person.settled()
    why = person.find("whyView")
    why.explain("gradient", "seven")
    why.explain("guesswork", "7")
    person.until(lambda: bool(person.window.messages.property("text")))


def test_the_panel_opens_beside_the_network_and_fills_itself(person: Person) -> None:
    person.settled()
    person.click("whyButton")
    assert person.find("whyView").isVisible()
    presenters = person.window.program.presenters
    person.until(lambda: presenters.attribution is not None and set(presenters.attribution.shown) == set(METHODS))
    person.click("whyCloseButton")
    assert not person.find("whyView").isVisible()
    assert not person.find("whyButton").isChecked()


def test_the_panel_goes_along_to_evaluate_and_back(person: Person) -> None:
    person.settled()
    person.click("whyButton")
    person.window.show_workspace("evaluate")
    assert not person.find("whyView").isVisible(), "there it was not opened"
    person.action("actionWhy").trigger()
    person.until(lambda: person.find("whyView").isVisible())  # with the table
    person.window.show_workspace("explore")
    assert person.find("whyView").isVisible()
    person.window.show_workspace("train")
    assert not person.find("whyView").isVisible()
    assert not person.action("actionWhy").isEnabled()


def _can_be_cancelled(view: QWidget) -> bool:
    """Whether a study is under way, with a button beside its progress."""
    return any(
        button.objectName().endswith("CancelButton") and button.isVisible() for button in view.findChildren(QPushButton)
    )


def test_with_why_open_no_stage_has_more_controls_than_the_design_allows(person: Person) -> None:
    person.loaded("builtin-digits")
    person.find("sampleBrowser").select(3)
    person.settled()
    person.click("whyButton")
    window, explain = person.window, person.find("explainView")
    person.find("networkView").select("conv2", 3, 2, 2)
    person.until(lambda: explain.explanation is not None)
    window.explore.mutes.mute("conv2", 3)
    attribution = window.program.presenters
    window.why_view.open_page("maps")
    person.until(lambda: attribution.attribution is not None and len(attribution.attribution.shown) == len(METHODS))
    found = []
    for workspace, levels in (("explore", LEVELS), ("evaluate", ("errors",))):
        window.show_workspace(workspace)
        if workspace == "evaluate":
            person.until(lambda: window.program.presenters.evaluation.table is not None)
            window.evaluation_view.errors.image_chosen.emit(int(window.evaluation_view.errors.images.wall.shown[0]))
            person.settled()
        for level in levels:
            if workspace == "explore":
                window.explore.show_level(level)
            for page in window.why_view.pages.names:
                window.why_view.open_page(page)
                for drawn in (False, True) if page == "flip" else (False,):
                    if page == "flip":
                        flip: Any = window.why_view.page("flip")
                        flip.open_mode("drawn" if drawn else "searched")
                    person.until(lambda: not _can_be_cancelled(window.why_view))
                    progress = window.why_view.page(page).progress  # type: ignore[attr-defined]
                    for share in (None,) if drawn else (None, 0.5):  # a study that is under way can be cancelled
                        progress.set_progress(share)
                        # two levels with a panel beside them: as many as another workspace may have
                        beside = "" if level in ("layer", "number") else workspace
                        crowd = crowded(window.stage, beside)
                        found += [(workspace, level, page, share, each) for each in crowd]
                    progress.set_progress(None)
    assert not found, "\n".join(map(str, found))


def test_the_arithmetic_of_the_logit_is_one_click_away(person: Person) -> None:
    person.settled()
    person.window.show_workspace("evaluate")
    person.action("actionWhy").trigger()
    person.until(lambda: person.find("whyView").isVisible())
    person.find("whyNumberButton").setFocus()
    person.click("whyNumberButton")
    assert person.window.workspace == "explore"
    person.until(lambda: person.find("explainView").explanation is not None)
    explanation = person.find("explainView").explanation
    assert (explanation.cell.layer, explanation.cell.channel) == ("fc2", 7)
    back = person.find("exploreBackButton")
    assert (back.isVisible(), back.text(), back.accessibleName()) == (True, "Evaluate", "Back to Evaluate")
    back.click()
    assert person.window.workspace == "evaluate"
    assert person.window.focusWidget() is person.find("whyNumberButton"), "what was left"
    assert not person.find("whyOtherNumberButton").isVisible()
    person.find("whyView").explain("gradient", "7", "1")
    person.click("whyOtherNumberButton")
    person.until(lambda: person.find("explainView").explanation.cell.channel == 1)
    back.click()
    person.window.show_workspace("explore")
    assert not back.isVisible(), "nothing led here but the user"


def test_what_led_to_explore_is_where_escape_ends(person: Person) -> None:
    person.settled()
    person.window.show_workspace("train")
    person.until(lambda: person.find("learningView").isVisible())
    person.window.train.learning.tile_chosen.emit("conv1", 2)
    person.until(lambda: person.window.explore.level == "number")
    assert person.find("exploreBackButton").text() == "Train"
    for level in ("number", "network"):
        assert (person.window.workspace, person.window.explore.level) == ("explore", level)
        QTest.keyClick(person.find("networkView").canvas, Qt.Key.Key_Escape)
    assert person.window.workspace == "train"


def test_a_place_of_a_map_lights_the_feature_maps_that_carry_it(person: Person) -> None:
    person.settled()
    person.click("whyButton")
    lit = []
    presenters = person.window.program.presenters
    person.until(lambda: presenters.attribution is not None and bool(presenters.attribution.shown))
    presenters.attribution.lit.connect(lit.append)
    person.find("whyMaps").pointed.emit(14, 14, 2)
    person.until(lambda: bool(lit) and lit[-1] is not None)
    assert {"input", "conv1", "conv2", "fc2"} <= set(lit[-1].regions)
    person.find("whyMaps").pointed.emit(0, 0, 0)
    assert lit[-1] is None


def test_a_launch_imports_no_page_of_why(person: Person) -> None:
    assert person.window.program.presenters.attribution is None
    assert not person.window.program.analysis.isRunning()


@pytest.mark.parametrize("ending", ["png", "npy", "json"])
def test_a_map_is_exported(person: Person, tmp_path: Path, ending: str) -> None:
    person.settled()
    why = person.find("whyView")
    why.explain("integrated-gradients", "7")
    path = tmp_path / f"why.{ending}"
    assert person.window.program.presenters.attribution is not None
    assert person.window.program.presenters.attribution.export(path)
    if ending == "npy":
        assert np.array_equal(np.load(path), why.property("map"))
    elif ending == "json":
        told = json.loads(path.read_text(encoding="utf-8"))
        assert (told["method"], told["target"]) == ("integrated-gradients", "7")
        assert np.allclose(told["map"], why.property("map"))
    else:
        assert Image.open(path).width > 600


def test_beside_the_panel_at_1366_every_level_leaves_its_pages_as_words_and_the_numbers_whole(person: Person) -> None:
    window: Any = person.window
    window.showNormal()
    window.resize(1366, 740)
    person.settled()
    person.click("whyButton")
    window.network_view.select("conv2", 4, 1, 0)
    explain = person.find("explainView")
    person.until(lambda: explain.explanation is not None and explain.explanation.cell.layer == "conv2")
    pages = person.find("whyPages")
    for level in ("number", "layer", "network"):
        window.explore.show_level(level)
        person.settled()
        window.grab()
        assert not pages.folded, level
        if level == "number":
            numbers = explain.numbers
            person.until(lambda numbers=numbers: numbers.sheet.horizontalScrollBar().maximum() == 0)
            assert numbers.slide.width() < numbers.slide.parentWidget().width()


def test_a_layer_that_nobody_chose_is_the_one_whose_kernels_are_known(person: Person) -> None:
    window: Any = person.window
    person.settled()
    window.network_view.select("conv2", 4, 1, 0)
    person.until(lambda: window.kernel_view.layer == "conv2")
    window.network_view.canvas.pin(None)
    window.explore.show_level("network")
    window.explore.show_level("layer")
    person.settled()
    assert window.kernel_view.isVisible()


def test_without_an_answer_one_sentence_says_why_and_the_picture_can_be_read_as_it_is(
    person: Person, tmp_path: Path
) -> None:
    person.settled()
    network, explain, why = (person.find(name) for name in ("networkView", "explainView", "whyView"))
    network.select("conv1", 3, 4, 4)
    person.find("whyButton").click()
    row, col = np.mgrid[0:200, 0:300]
    photo = np.stack([row, col * 0.8, row + col * 0.3], axis=-1).astype(np.uint8)
    Image.fromarray(photo).save(tmp_path / "sky.png")
    assert person.window.open_image(str(tmp_path / "sky.png"))
    if not person.find("digitOptionCheck").isChecked():
        person.find("digitOptionCheck").click()
    person.until(person.find("readAsItIsButton").isVisible)
    sentence = str(person.window.program.presenters.inspection.refusal)
    assert "no digit" in sentence
    assert why._question.sentence == "Why this answer?"
    assert not why._numbers.isVisible()
    notices = network.why_empty, person.find("whyNotice").text(), person.find("explainNotice").text()
    assert notices == (sentence,) * 3
    person.find("readAsItIsButton").click()
    person.until(lambda: explain.explanation is not None and explain.slide.isVisible())
    assert not person.find("digitOptionCheck").isChecked()
    assert not person.find("readAsItIsButton").isVisible()
    assert why._numbers.isVisible()
    assert why._question.sentence != "Why this answer?"


SEEN_WHOLE = {
    "maps": ("whyMaps", "whyMapFacts", "whyMapSentences"),
    "channels": ("channelsTitle", "channelsSums", "channelsSentences"),
    "trust": ("trustSummary", "trustMaps", "trustCascadeChart", "trustCascadeTable", "trustCascadeLimits"),
    "flip": ("flipResult", "flipPictures", "flipLimits"),
}


@pytest.mark.parametrize("percent", [100, 150])
def test_what_was_found_and_what_it_says_are_seen_without_scrolling_on_a_laptop(person: Person, percent: int) -> None:
    window: Any = person.window
    window.showNormal()
    window.resize(1366, 740)
    window.set_text_size(percent)
    person.settled()
    window.explore.why_button.setChecked(True)
    view = window.why_view
    done: dict[str, Any] = {
        "maps": lambda _page: set(window.program.presenters.attribution.shown) == set(METHODS),
        "channels": lambda page: len(page.bars.shown) > 0,
        "trust": lambda page: page.cascade_part.cascade is not None and page.cascade_part._is_final,
        "flip": lambda page: page.flip is not None,
    }
    for key, names in SEEN_WHOLE.items():
        view.open_page(key)
        page = view.page(key)
        person.until(lambda key=key, page=page: done[key](page))
        parts = [page.findChild(QWidget, name) for name in names]

        def cut(parts: list[QWidget] = parts) -> list[str]:
            return [
                part.objectName()
                for part in parts
                if part.visibleRegion().boundingRect() != part.rect() or not part.height()
            ]

        QTest.qWait(500)
        assert cut() == [], percent


def test_text_so_large_that_the_network_has_no_room_beside_it_gives_why_the_stage(person: Person) -> None:
    window: Any = person.window
    window.showNormal()
    window.resize(1366, 740)
    person.settled()
    person.click("whyButton")
    network, view, back = window.network_view, window.why_view, person.find("whyBackButton")
    assert network.isVisible()
    assert not back.isVisible()
    window.set_text_size(250)
    person.settled()
    assert view.isVisible()
    assert not network.isVisible()
    person.until(lambda: view.width() > 0.9 * window.explore.width())
    person.click("whyBackButton")
    assert network.isVisible()
    assert not view.isVisible()
    window.explore.why_button.setChecked(True)
    view.open_page("channels")
    page = view.page("channels")
    person.until(lambda: len(page.bars.shown) > 0)
    page.bars.channel_opened.emit(int(page.bars.shown[0]))
    assert network.isVisible(), "the channel is seen"
    assert not view.isVisible()
    assert network.canvas.pinned is not None
    window.explore.why_button.setChecked(True)
    window.set_text_size(100)
    person.settled()
    assert network.isVisible()
    assert view.isVisible()
    assert not back.isVisible()


def test_why_has_its_whole_room_when_the_menu_opens_it_first(person: Person) -> None:
    window: Any = person.window
    window.resize(1440, 900)
    person.settled()
    window.why_places.set_open("explore", True)
    QApplication.processEvents()
    assert window.why_view.width() > 400
