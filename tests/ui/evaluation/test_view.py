"""The confusion matrix on the screen: numbers, colours, words, and a cell that can be chosen."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.confusion import Confusion, confusion_of
from cnnviewer.ui.evaluation.shades import LOWEST, TICKS, colour_at, ink_on, place_of
from cnnviewer.ui.evaluation.view import EvaluationView


def table(classes: int = 10, count: int = 500, available: int = 500) -> Confusion:
    draw = np.random.default_rng(classes)
    labels = draw.integers(0, classes, count)
    read = np.where(draw.random(count) < 0.7, labels, draw.integers(0, classes, count))
    names = tuple(f"c{number}" for number in range(classes))
    return confusion_of(labels, read, np.arange(count), names, available, 412)


@pytest.fixture
def view(qtbot: QtBot) -> EvaluationView:
    made = EvaluationView()
    qtbot.addWidget(made)
    made.resize(640, 230)
    made.show()
    return made


def test_facts_tell_accuracy_count_and_step(view: EvaluationView) -> None:
    shown = table()
    view.set_confusion(shown)
    assert view.accuracy.text().startswith(f"{100 * shown.accuracy:.2f} %")
    assert view.facts.text() == f"{shown.correct} of 500 test images, step 412"
    assert np.array_equal(view.matrix.property("counts"), shown.counts)


def test_a_sample_says_so_and_offers_all_images(view: EvaluationView) -> None:
    view.set_confusion(table(available=10_000))
    assert "sample of 500 of the 10,000" in view.facts.text()
    button = view.findChild(QPushButton, "evaluateAllButton")
    assert button is not None
    assert button.isVisible()
    view.set_progress(0.25)
    assert not button.isVisible()
    assert view.progress.value() == 250


def test_pointing_tells_in_words_and_a_click_chooses(view: EvaluationView) -> None:
    shown = table()
    view.set_confusion(shown)
    chosen: list[tuple[int, int]] = []
    view.cell_chosen.connect(lambda row, col: chosen.append((row, col)))
    place = view.matrix.cell_centre(3, 7).toPoint()
    QTest.mouseMove(view.matrix, place)
    QTest.mouseClick(view.matrix, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    count, whole = shown.counts[3, 7], shown.counts[3].sum()
    assert view.words.text() == f"{count} of {whole} images of c3 are read as c7: {100 * count / whole:.1f} %."
    assert chosen == [(3, 7)]


def test_arrows_walk_and_enter_chooses(view: EvaluationView) -> None:
    view.set_confusion(table())
    chosen: list[tuple[int, int]] = []
    view.cell_chosen.connect(lambda row, col: chosen.append((row, col)))
    keys = (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape)
    for key in keys:
        QTest.keyClick(view.matrix, key)
    assert chosen == [(1, 1)]
    assert view.matrix.cell is None


def test_rare_mistakes_have_a_colour_of_their_own(view: EvaluationView) -> None:
    assert [place_of(share) for share in TICKS] == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert place_of(0.0) == place_of(LOWEST) == 0.0
    assert colour_at(place_of(0.01)) != colour_at(place_of(0.001))


def test_what_is_written_on_a_colour_can_be_read() -> None:
    def luminance(colour: Any) -> float:
        parts = [part / 255 for part in (colour.red(), colour.green(), colour.blue())]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)

    for place in np.linspace(0, 1, 41):
        back = colour_at(float(place))
        light, dark = sorted((luminance(back), luminance(ink_on(back))), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5  # what WCAG asks of small text


def test_a_hundred_classes_can_be_pointed_at(view: EvaluationView) -> None:
    shown = table(100, 5000, 5000)
    view.set_confusion(shown)
    QTest.mouseMove(view.matrix, view.matrix.cell_centre(12, 12).toPoint())
    assert "images of c12 are read rightly" in view.words.text()
    assert view.matrix.minimumHeight() >= 500


def test_the_cells_take_counts_or_percent(view: EvaluationView) -> None:
    shown = table()
    view.set_confusion(shown)
    assert view.matrix._text(2, 2) == f"{shown.counts[2, 2]}"
    combo = view.findChild(QComboBox, "evaluationNumbersCombo")
    assert combo is not None
    combo.setCurrentIndex(1)
    assert view.matrix._text(2, 2) == f"{100 * shown.counts[2, 2] / shown.counts[2].sum():.1f}"


def test_it_tells_whether_it_is_seen(view: EvaluationView) -> None:
    seen: list[bool] = []
    view.seen_changed.connect(seen.append)
    view.set_seen(True)
    view.set_seen(False)
    assert seen == [True, False]


def test_a_reason_takes_the_place_of_the_table(view: EvaluationView) -> None:
    view.set_confusion(table())
    view.set_problem("There is no data set.")
    assert view.notice.isVisible()
    assert view.notice.text() == "There is no data set."
    assert view.matrix.property("counts").shape == (0, 0)
