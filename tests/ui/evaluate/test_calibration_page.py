"""The page Calibration shows what was measured: diagram, temperature, threshold, and why something is missing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cnnviewer.core.evaluation.calibrated import Calibrated
from cnnviewer.core.evaluation.calibration import Calibration, reliability
from cnnviewer.core.models.familiarity import Familiarity
from cnnviewer.ui.evaluate.calibration.page import CalibrationPage
from cnnviewer.ui.evaluate.calibration.texts import reliability_bars, score_bars
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts
from cnnviewer.ui.widgets.text_size import text_pixels, use_text_pixels

NONE = np.zeros((0, 0), np.float32)
KNOWN = Familiarity("fc", "", 10, NONE, NONE.reshape(0), (1.0, 1.0), (0.0, 0.0), 1.5, 0.02, 400, "validation")
CONFIDENCES = np.array([0.99, 0.97, 0.96, 0.55, 0.52])
CORRECT = np.array([True, True, False, True, False])
SCORES = np.array([-2.0, -1.0, 0.0, 0.0, 0.5, 1.5, 1.6, 4.0])


@pytest.fixture
def page(qtbot: QtBot) -> CalibrationPage:
    made = CalibrationPage()
    qtbot.addWidget(made)
    made.resize(1000, 640)
    made.show()
    return made


def measured(temperature: float | None = 1.7) -> Calibrated:
    before = reliability(CONFIDENCES, CORRECT)
    after = reliability(CONFIDENCES - 0.1, CORRECT) if temperature is not None else None
    loss = 0.2 if temperature is not None else None
    return Calibrated(Calibration(before, 0.25, temperature, 400, after, loss), KNOWN, SCORES)


def test_the_bars_are_the_accuracies_and_the_numbers_below_them_the_images(page: CalibrationPage) -> None:
    found = measured()
    page.set_calibrated(found)
    bars = page.diagram.bars
    assert bars is not None
    assert bars.numbers == ("–",) * 7 + ("1", "1") + ("–",) * 5 + ("3",)
    assert np.allclose(bars.heights, found.calibration.before.accuracies, equal_nan=True)
    assert len(bars.points) == 5 - np.isnan(CONFIDENCES).sum() - 2
    assert bars.diagonal
    assert "of 3 images correct" in page.diagram.accessibleDescription()


def test_it_says_the_error_before_and_after_and_where_the_temperature_comes_from(page: CalibrationPage) -> None:
    found = measured()
    page.set_calibrated(found)
    before, after = found.calibration.before.ece, found.calibration.after
    assert after is not None
    assert page.error.text() == (
        f"Calibration error {100 * before:.2f} % → {100 * after.ece:.2f} % at temperature 1.700"
    )
    assert "400 validation images" in page.temperature.text()
    assert "0.2500 → 0.2000" in page.gap.text()


def test_without_a_temperature_it_says_why(page: CalibrationPage) -> None:
    page.set_calibrated(measured(None), "None were held out.")
    assert page.temperature.text() == "None were held out. So no temperature is fitted."
    assert "→" not in page.error.text()


def test_the_threshold_parts_the_histogram_between_two_bars() -> None:
    bars = score_bars(KNOWN, SCORES)
    assert bars.threshold is not None
    assert min(abs(edge - bars.threshold) for edge in bars.edges) < 1e-9
    low, high = bars.edges[0], bars.edges[-1]
    assert (low, high) == (0.0, pytest.approx(1.0))
    counts = np.rint(np.array(bars.heights) * 2)  # the most are two of one score
    assert counts.sum() == len(SCORES)


def test_it_counts_the_false_alarms(page: CalibrationPage) -> None:
    page.set_calibrated(measured())
    assert page.unfamiliar.text() == "Unfamiliar above a score of 1.50"
    assert "Of 8 test images 2 do" in page.alarms.text()
    assert page.histogram.isVisible()


def test_without_a_threshold_it_says_why(page: CalibrationPage) -> None:
    page.set_calibrated(replace(measured(), familiarity=None, scores=np.zeros(0)), "", "There are too few images.")
    assert page.alarms.text() == "There are too few images."
    assert not page.histogram.isVisible()


def test_while_it_is_measured_it_can_be_cancelled_and_asked_for_again(page: CalibrationPage, qtbot: QtBot) -> None:
    page.set_progress(0.3)
    assert page.progress.cancel_button.isVisible()
    with qtbot.waitSignal(page.cancelled):
        page.progress.cancel_button.click()
    page.set_notice("It takes a while.", True)
    assert page.measure_button.isVisible()
    with qtbot.waitSignal(page.measure_requested):
        page.measure_button.click()
    page.set_notice("Choose a data set.", must_choose=True)
    with qtbot.waitSignal(page.choice_requested):
        page.choose_button.click()
    assert not page.measure_button.isVisible()
    assert page.notice.text() == "Choose a data set."


def test_all_of_one_score_still_makes_a_histogram() -> None:
    bars = score_bars(KNOWN, np.full(20, 1.5))
    assert max(bars.heights) == 1.0


def test_a_model_that_is_never_unsure_has_one_bar() -> None:
    sure = Calibration(reliability(np.ones(4), np.ones(4, bool)), 0.0)
    assert [height for height in reliability_bars(sure).heights if height == height] == [1.0]


@pytest.mark.parametrize("height", [180, 300])
def test_no_tick_of_a_low_diagram_is_written_over_another(page: CalibrationPage, height: int) -> None:
    usual, texts = text_pixels(), list[PaintedText]()
    use_text_pixels(2 * usual)
    try:
        page.set_calibrated(measured())
        page.diagram.resize(400, height)
        with record_texts(texts.append):
            page.diagram.grab()
    finally:
        use_text_pixels(usual)
    ticks = [text.covers for text in texts if text.text in ("0", "25", "50", "75", "100") and text.covers.left() < 60]
    assert len(ticks) >= 2
    assert not [(a, b) for place, a in enumerate(ticks) for b in ticks[:place] if (a & b).height() > 2]


def test_every_bar_behind_the_threshold_has_the_colour_of_unfamiliar_images() -> None:
    random = np.random.default_rng(3)
    for _ in range(300):
        known = replace(KNOWN, threshold=float(random.normal()))
        bars = score_bars(known, random.normal(size=50))
        assert bars.threshold in bars.edges
        above = [edge for edge in bars.edges if edge > bars.threshold - 1e-9]
        assert above[0] == bars.threshold
