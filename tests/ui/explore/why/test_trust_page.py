"""The page Trust shows what both tests found, in pictures, curves, numbers and words."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.attribution.records import Attribution, AttributionRequest, Method
from cnnviewer.core.inspection.attribution.trust.records import (
    Cascade,
    CascadeRequest,
    CascadeStep,
    Curves,
    CurvesRequest,
)
from cnnviewer.ui.explore.why.trust.line import TrustLine
from cnnviewer.ui.explore.why.trust.page import TrustPage
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts
from cnnviewer.ui.widgets.popover_button import PopoverButton

STEPS = (CascadeStep("fc"), CascadeStep("norm"), CascadeStep("own", ("own.kernel",)))


def cascade(
    method: Method = "gradient", seeds: int = 10, zeros: float = 0.0, left: float = 0.3, done: int = 3
) -> Cascade:
    request = AttributionRequest(method, 2)
    maps = np.random.default_rng(0).standard_normal((done + 1, 10, 10)).astype(np.float32)
    maps[:, : round(10 * zeros)] = 0
    curve = np.tile([1.0, 0.8, 0.6, left + 0.001], (seeds, 1)) - 0.01 * np.arange(seeds)[:, None] * [0, 1, 1, 1]
    curve[:, done + 1 :] = math.nan
    return Cascade(
        CascadeRequest(request, tuple(range(seeds))),
        Attribution(request, 3.0, maps[0]),
        STEPS,
        curve,
        curve,
        curve + np.array([0, 0.1, 0.1, 0.1]),
        np.ones(4),
        maps,
        maps,
        np.abs(maps[0]),
        3,
    )


def curves(orders: int = 10, against: int | None = None, score: str = "probability") -> Curves:
    request = AttributionRequest("gradient", 2, against)
    places = np.linspace(0, 1, 5)
    by_chance = np.tile(1 - places, (orders, 1)) + 0.001 - 0.01 * np.arange(orders)[:, None]
    return Curves(
        CurvesRequest(request, "black", score, 4, tuple(range(orders))),  # type: ignore[arg-type]
        Attribution(request, 3.0, np.zeros((10, 10), np.float32)),
        places,
        np.array([1, 0.2, 0.1, 0, 0]),
        np.array([0, 0.8, 0.9, 1, 1]),
        by_chance,
        by_chance[:, ::-1],
    )


CLASSES = ("cat", "dog", "ship")


@pytest.fixture
def page(qtbot: QtBot) -> TrustPage:
    made = TrustPage()
    qtbot.addWidget(made)
    made.resize(420, 1200)
    made.show()
    return made


def texts(widget: QWidget) -> list[PaintedText]:
    found: list[PaintedText] = []
    with record_texts(found.append):
        widget.grab()
    return found


def test_the_slider_goes_over_the_layers_and_says_which_one_it_is_at(page: TrustPage) -> None:
    page.set_cascade(cascade(), True)
    part = page.cascade_part
    assert (part.slider.minimum(), part.slider.maximum()) == (0, 3)
    said = []
    for step in range(4):
        part.slider.setValue(step)
        said.append(part.slider.accessibleDescription())
    assert said[0] == "as shown"
    assert said[1] == "1 of 3: fc re-initialised"
    assert said[3].startswith("3 of 3: own re-initialised")
    assert "own.kernel" in said[3]  # what was drawn in another way than the layer's own is said


def test_the_table_has_the_step_and_the_end_with_its_range(page: TrustPage) -> None:
    page.set_cascade(cascade(), True)
    page.cascade_part.slider.setValue(1)
    rows = {row.name: row.numbers for row in page.cascade_part.table.rows}
    assert rows["this map"] == ("0.76", "0.26 (0.21 … 0.30)")
    assert rows["guided backpropagation"][0] == "0.86"
    assert rows["edge detector"] == ("1.00", "1.00")
    assert "this map without zeros" not in rows


@pytest.mark.parametrize(("method", "words"), [("occlusion", "equals the baseline"), ("grad-cam", "are 0. Therefore")])
def test_a_map_with_many_zeros_is_measured_without_them_too(page: TrustPage, method: Method, words: str) -> None:
    page.set_cascade(cascade(method, zeros=0.4), True)
    assert "this map without zeros" in {row.name for row in page.cascade_part.table.rows}
    said = [label.text() for label in page.cascade_part.findChildren(QWidget) if hasattr(label, "text")]
    assert any("40 %" in text and words in text for text in said)


def test_ten_measurements_can_be_asked_for_where_there_is_one(page: TrustPage) -> None:
    asked: list[str] = []
    page.more_requested.connect(asked.append)
    page.set_cascade(cascade(seeds=1), False)
    page.set_curves(curves(1), CLASSES, False)
    assert not page.cascade_part.more.isVisible()  # the others are under way
    page.set_cascade(cascade(seeds=1), True)
    page.set_curves(curves(1), CLASSES, True)
    page.cascade_part.more.click()
    page.curves_part.more.click()
    assert asked == ["cascade", "curves"]
    page.set_cascade(cascade(), True)
    page.set_curves(curves(), CLASSES, True)
    assert not page.cascade_part.more.isVisible()
    assert not page.curves_part.more.isVisible()


def test_a_part_of_an_answer_has_the_steps_so_far(page: TrustPage) -> None:
    page.set_cascade(cascade(seeds=1, done=1), False)
    assert page.cascade_part.slider.maximum() == 1
    assert page.cascade_part.table.rows[0].numbers[1] == "–"
    assert page.findChild(QWidget, "trustSummary").text() == "layers are still being randomised"  # type: ignore[attr-defined]
    texts(page)


@pytest.mark.parametrize(
    ("left", "words"),
    [(0.3, "map changes as layers are randomised ✓"), (0.7, "changes in part"), (0.95, "hardly changes")],
)
def test_one_line_sums_both_up(page: TrustPage, left: float, words: str) -> None:
    page.set_cascade(cascade(left=left), True)
    page.set_curves(curves(), CLASSES, True)
    line = page.findChild(QWidget, "trustSummary").text()  # type: ignore[attr-defined]
    assert words in line
    assert line.endswith("deletion 0.20 (random 0.46)")


def test_the_areas_stand_beside_those_of_random_orders(page: TrustPage) -> None:
    page.set_curves(curves(), CLASSES, True)
    rows = {row.name: row.numbers for row in page.curves_part.table.rows}
    assert rows["deletion"] == ("0.20",)
    assert rows["deletion, random order"] == ("0.46 (0.41 … 0.50)",)
    assert "deletion: " in page.curves_part.chart.accessibleDescription()


@pytest.mark.parametrize(
    ("against", "score", "words"),
    [
        (None, "probability", "probability of ship"),
        (None, "logit", "logit of ship"),
        (0, "probability", "probability of ship among ship and cat"),
        (0, "logit", "logit of ship − logit of cat"),
    ],
)
def test_the_chart_says_what_goes_up(page: TrustPage, against: int | None, score: str, words: str) -> None:
    page.set_curves(curves(against=against, score=score), CLASSES, True)
    assert words in {text.text for text in texts(page.curves_part.chart)}


def test_names_of_many_layers_are_left_out_rather_than_painted_over_one_another(page: TrustPage) -> None:
    many = tuple(CascadeStep(f"features.{number}") for number in range(40))
    found = cascade()
    wide = np.tile(np.linspace(1, 0, 41), (10, 1))
    large = Cascade(
        found.request, found.attribution, many, wide, wide, wide, np.ones(41), np.zeros((41, 10, 10), np.float32),
        np.zeros((41, 10, 10), np.float32), found.edge_map, 3,
    )  # fmt: skip
    page.set_cascade(large, True)
    below = sorted(
        (each.covers for each in texts(page.cascade_part.chart) if each.text.startswith("features")),
        key=lambda covers: covers.left(),
    )
    assert 2 <= len(below) < 40
    assert all(a.right() <= b.left() for a, b in pairwise(below))


def test_a_problem_takes_the_place_of_what_was_found(page: TrustPage) -> None:
    page.set_cascade(cascade(), True)
    page.set_problem("cascade", "No layer of this model has maps.")
    assert page.cascade_part.cascade is None
    assert page.findChild(QWidget, "trustProblem").text() == "No layer of this model has maps."  # type: ignore[attr-defined]
    page.set_cascade(cascade(), True)
    assert not page.findChild(QWidget, "trustProblem").isVisible()


def test_what_is_under_way_is_said_and_can_be_given_up(page: TrustPage) -> None:
    cancelled: list[bool] = []
    page.cancel_requested.connect(lambda: cancelled.append(True))
    page.set_progress("curves", 0.2)
    page.set_progress("cascade", 0.5)
    assert page.progress.words.whole == "Randomising layers"
    page.progress.cancel_button.click()
    assert cancelled == [True]
    page.set_progress("cascade", None)
    assert page.progress.words.whole == "Removing pixels"
    page.set_progress("curves", None)
    assert not page.progress.cancel_button.isVisible()


def test_everything_has_a_name_for_those_who_do_not_see_it(page: TrustPage) -> None:
    page.set_cascade(cascade(), True)
    page.set_curves(curves(), CLASSES, True)
    for name in ("trustMethodCombo", "trustStepSlider", "trustCascadeChart", "trustCascadeTable", "trustMaps",
                 "trustFillCombo", "trustScoreCombo", "trustCurvesChart", "trustCurvesTable"):  # fmt: skip
        widget = page.findChild(QWidget, name)
        assert widget is not None, name
        assert widget.accessibleName(), name


@pytest.mark.parametrize("width", [260, 320, 420, 600])
def test_a_name_that_has_no_room_beside_its_numbers_stands_above_them(page: TrustPage, width: int) -> None:
    page.set_cascade(cascade("occlusion", zeros=0.4), True)
    table = page.cascade_part.table
    table.setFixedWidth(width)
    painted = texts(table)
    assert {row.name for row in table.rows} <= {text.text for text in painted}
    places = [text.covers for text in painted]
    assert not any(a.intersects(b) for a, b in combinations(places, 2))


# the line below a map


def test_the_line_below_a_map_says_nothing_until_it_is_asked(qtbot: QtBot) -> None:
    popover, asked = PopoverButton("popover"), []
    line = TrustLine(popover)
    qtbot.addWidget(line)
    line.test_requested.connect(asked.append)
    line.show()
    found, curve = cascade(), curves()
    line.set_map(found.attribution)
    assert "✓" not in line.words
    line.test_action.trigger()
    assert asked == [found.attribution]
    line.set_progress(0.5)
    assert "50 %" in line.words
    line.set_results(found, curve)
    assert line.words.startswith("map changes as layers are randomised ✓ · deletion 0.20")


def test_the_line_is_about_the_map_above_it_alone(qtbot: QtBot) -> None:
    popover = PopoverButton("popover")
    line = TrustLine(popover)
    qtbot.addWidget(line)
    one, other, given_up = cascade(), cascade("occlusion", left=0.95), []
    line.test_abandoned.connect(lambda: given_up.append(True))
    line.set_map(one.attribution)
    line.set_results(other, curves())  # of another map: too late
    assert "✗" not in line.words
    line.set_results(one, curves())
    line.set_map(other.attribution)
    assert "✓" not in line.words
    line.set_progress(0.1)
    line.set_map(one.attribution)
    assert given_up == [True]
    assert "✓" in line.words  # what was found before is still known


def test_the_line_leads_to_the_page_with_its_method(qtbot: QtBot, page: TrustPage) -> None:
    popover = PopoverButton("popover")
    line = TrustLine(popover)
    qtbot.addWidget(line)
    chosen: list[str] = []
    line.page_requested.connect(page.test)
    page.method_chosen.connect(lambda: chosen.append(page.method))
    found = cascade("occlusion")
    line.set_map(found.attribution)
    line.set_results(found, curves())
    line.page_action.trigger()
    assert chosen == ["occlusion"]
    assert page.method == "occlusion"
