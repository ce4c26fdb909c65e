"""The lens for learning: a lesson on the operation, and questions that wait for an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from torch import nn

from cnnviewer.core.inspection.explain.records import Explanation
from cnnviewer.core.inspection.records import Architecture, Cell
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.pooling import MinPool2d
from cnnviewer.core.models.registry import build
from cnnviewer.core.teaching.questions import Question, questions
from cnnviewer.ui.explore.explain.asking import Asker
from cnnviewer.ui.explore.explain.learn import LearnPane
from cnnviewer.ui.explore.explain.mistake_text import MistakeText
from tests.core.inspection.sample_networks import LENET, Functional, Mixed, image, own


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def lenet() -> Inspector:
    torch.manual_seed(1)
    inspector = Inspector(build(LENET), LENET)
    inspector.inspect(image((1, 28, 28), 3))
    return inspector


@pytest.fixture
def pane(qtbot: QtBot) -> LearnPane:
    made = LearnPane()
    qtbot.addWidget(made)
    made.resize(560, 160)
    made.show()
    qtbot.waitExposed(made)
    return made


def why(inspector: Inspector, layer: str, *place: int) -> tuple[Explanation, Architecture]:
    return inspector.explain(Cell(layer, *place)), inspector.architecture


def find(pane: QWidget, kind: type, name: str) -> Any:
    found = pane.findChild(kind, name)
    assert found is not None, name
    return found


def text(pane: QWidget, name: str) -> str:
    label = find(pane, QLabel, name)
    return label.text() if label.isVisible() else ""


def asked(pane: LearnPane) -> Question:
    assert pane.card.question is not None
    return pane.card.question


def type_in(pane: LearnPane, typed: str) -> None:
    field = find(pane, QLineEdit, "questionAnswer")
    field.clear()
    QTest.keyClicks(field, typed)


def answered(pane: LearnPane, typed: str) -> None:
    type_in(pane, typed)
    QTest.keyClick(find(pane, QLineEdit, "questionAnswer"), Qt.Key.Key_Return)


def press(pane: LearnPane, name: str) -> None:
    find(pane, QPushButton, name).click()


# -- the lesson -----------------------------------------------------------------------------------------------------


def test_the_lesson_has_the_layers_own_numbers(pane: LearnPane, lenet: Inspector) -> None:
    pane.set_subject(*why(lenet, "conv2", 3, 4, 4))
    assert text(pane, "lessonTitle") == "Convolution · conv2"
    assert "20 kernels of 10×5×5" in text(pane, "lessonText")
    assert "receptive field" in text(pane, "lessonTerms")
    pane.set_subject(*why(lenet, "fc1", 3))
    assert "50 outputs" in text(pane, "lessonText")
    assert "16,050 parameters" in text(pane, "lessonText")


def test_without_a_selected_number_it_says_what_to_do(pane: LearnPane) -> None:
    pane.set_subject(None, Architecture("", ()))
    assert "Click on a number" in text(pane, "lessonText")
    assert not pane.card.isVisible()


# -- questions ------------------------------------------------------------------------------------------------------


def test_a_right_answer_is_called_right_with_the_working(pane: LearnPane, lenet: Inspector) -> None:
    pane.set_subject(*why(lenet, "conv1", 2, 5, 6))
    assert "28×28" in text(pane, "questionSentence")
    assert not text(pane, "questionWorking")
    answered(pane, "24x24")
    assert text(pane, "questionResult").startswith("✓")
    assert find(pane, QLabel, "questionResult").property("role") == "good"
    assert "⌊(28 − 5 + 2·0) / 1⌋ + 1 = 24" in text(pane, "questionWorking")
    assert text(pane, "questionScore") == "1 of 1 correct"
    assert pane.card.score == (1, 1)


def test_a_wrong_answer_is_explained_and_the_right_one_shown(pane: LearnPane, lenet: Inspector) -> None:
    pane.set_subject(*why(lenet, "conv1", 2, 5, 6))
    answered(pane, "23, 23")
    result = text(pane, "questionResult")
    assert result.startswith("✗")
    assert "24×24" in result
    assert "+ 1 at the end" in result
    assert find(pane, QLabel, "questionResult").property("role") == "error"
    assert pane.card.score == (0, 1)


def test_return_goes_on_after_an_answer_and_other_kinds_come_first(pane: LearnPane, lenet: Inspector) -> None:
    pane.set_subject(*why(lenet, "pool1", 2, 5, 6))
    field = find(pane, QLineEdit, "questionAnswer")
    kinds = []
    for _ in range(len(questions(*why(lenet, "pool1", 2, 5, 6)))):
        kinds.append(asked(pane).kind)
        answered(pane, "×".join(f"{n:.8g}" for n in asked(pane).answer))
        assert pane.card.score == (len(kinds), len(kinds))
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert field.text() == ""
    assert len(set(kinds)) == len(kinds)
    assert asked(pane).kind == kinds[0]


def test_an_unanswered_question_follows_to_another_number_of_the_layer(pane: LearnPane, lenet: Inspector) -> None:
    pane.set_subject(*why(lenet, "relu1", 2, 5, 6))
    kind = asked(pane).kind
    pane.set_subject(*why(lenet, "relu1", 3, 4, 4))
    assert text(pane, "questionPlace") == "relu1[3] (4, 4)"
    assert asked(pane).kind == kind
    type_in(pane, "1")
    pane.set_subject(*why(lenet, "relu1", 3, 4, 5))
    assert text(pane, "questionPlace") == "relu1[3] (4, 4)"


def test_a_second_answer_to_the_same_question_does_not_count(pane: LearnPane, lenet: Inspector) -> None:
    pane.set_subject(*why(lenet, "conv1", 2, 5, 6))
    answered(pane, "1×1")
    QTest.keyClicks(find(pane, QLineEdit, "questionAnswer"), "2")
    press(pane, "questionCheckButton")
    assert find(pane, QLineEdit, "questionAnswer").text() == "1×1"
    assert pane.card.score == (0, 1)


@pytest.mark.parametrize("typed", ["", "many", "24", "1, 2, 3"])
def test_what_is_no_answer_is_said_and_not_counted(pane: LearnPane, lenet: Inspector, typed: str) -> None:
    pane.set_subject(*why(lenet, "conv1", 2, 5, 6))
    answered(pane, typed)
    assert "two numbers" in text(pane, "questionResult")
    assert not text(pane, "questionWorking")
    assert pane.card.score == (0, 0)
    QTest.keyClicks(find(pane, QLineEdit, "questionAnswer"), "x")
    assert not text(pane, "questionResult")


def test_an_answer_that_is_shown_does_not_count(pane: LearnPane, lenet: Inspector) -> None:
    pane.set_subject(*why(lenet, "conv1", 2, 5, 6))
    press(pane, "questionShowButton")
    assert text(pane, "questionResult") == "The answer is 24×24."
    assert text(pane, "questionWorking")
    assert pane.card.score == (0, 0)
    assert not find(pane, QPushButton, "questionCheckButton").isEnabled()


def test_what_is_being_typed_stays_while_a_training_changes_the_numbers(pane: LearnPane, lenet: Inspector) -> None:
    pane.set_subject(*why(lenet, "pool1", 2, 5, 6))
    while asked(pane).kind != "max_pool":
        press(pane, "questionNextButton")
    type_in(pane, "0.12")
    before, sentence = asked(pane), text(pane, "questionWindow")
    model = build(LENET)
    trained = Inspector(model, LENET)
    trained.inspect(image((1, 28, 28), 9))
    for place in ((2, 5, 6), (4, 1, 1)):
        pane.set_subject(*why(trained, "pool1", *place))
        assert asked(pane) is before
        assert text(pane, "questionWindow") == sentence
        assert find(pane, QLineEdit, "questionAnswer").text() == "0.12"
    for _ in range(12):
        press(pane, "questionNextButton")
        if asked(pane).kind == "max_pool":
            break
    assert asked(pane).facts["window"] != before.facts["window"]
    assert text(pane, "questionPlace") == "pool1[4] (1, 1)"


def test_another_layer_asks_something_else(pane: LearnPane, lenet: Inspector) -> None:
    pane.set_subject(*why(lenet, "conv1", 2, 5, 6))
    type_in(pane, "12")
    pane.set_subject(*why(lenet, "conv2", 2, 5, 6))
    assert find(pane, QLineEdit, "questionAnswer").text() == ""
    assert asked(pane).kind == "conv_parameters"  # the size was asked a little earlier


def test_nothing_selected_for_a_short_time_loses_nothing(pane: LearnPane, lenet: Inspector) -> None:
    pane.set_subject(*why(lenet, "conv1", 2, 5, 6))
    type_in(pane, "2")
    pane.set_subject(None, lenet.architecture)
    assert not find(pane, QLineEdit, "questionAnswer").isVisible()
    pane.set_subject(*why(lenet, "conv1", 2, 5, 6))
    assert find(pane, QLineEdit, "questionAnswer").isVisible()
    assert find(pane, QLineEdit, "questionAnswer").text() == "2"


def test_an_operation_without_questions_says_so(pane: LearnPane) -> None:
    inspector = Inspector(nn.Sequential(nn.Sigmoid(), nn.Flatten(), nn.Linear(48, 2)), own((3, 4, 4), 2))
    inspector.inspect(image((3, 4, 4)))
    pane.set_subject(*why(inspector, "0", 1, 1, 1))
    assert pane.card.question is None
    assert "nothing to work out" in text(pane, "questionSentence")
    assert not find(pane, QPushButton, "questionNextButton").isVisible()


def test_the_window_is_shown_and_its_winner_marked_once_revealed(pane: LearnPane, lenet: Inspector) -> None:
    pane.set_subject(*why(lenet, "pool1", 2, 5, 6))
    while asked(pane).kind != "max_winner":
        press(pane, "questionNextButton")
    assert text(pane, "questionWindow").count("<td align") == 4
    assert "background" not in text(pane, "questionWindow")
    answered(pane, ", ".join(f"{n:.0f}" for n in asked(pane).answer))
    assert text(pane, "questionWindow").count("background") == 1
    assert text(pane, "questionResult").startswith("✓")


class Everything(nn.Module):
    """Each operation that there are questions on."""

    def __init__(self) -> None:
        super().__init__()
        self.a, self.b = nn.Conv2d(3, 4, 3, padding=1), nn.Conv2d(3, 4, 3, 2, 2, dilation=2, groups=1, bias=False)
        self.norm, self.drop = nn.BatchNorm2d(4), nn.Dropout(0.3)
        self.max, self.mean, self.least = nn.MaxPool2d(3, 2, 1), nn.AvgPool2d(3, 2, 1), MinPool2d(2)
        self.out, self.inside = nn.AvgPool2d(2, count_include_pad=False, padding=1), nn.AdaptiveAvgPool2d((3, 2))
        self.fc = nn.Linear(48, 5)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = self.drop(torch.relu(self.norm(self.a(x))))
        y = self.max(y) + self.mean(y)
        y = torch.cat([y, self.b(x)[:, :, : y.shape[2], : y.shape[3]]], 1)
        return torch.log_softmax(self.fc(self.inside(self.out(self.least(y))).flatten(1)), 1)


def test_every_question_and_every_mistake_has_words() -> None:
    asker, reasons = Asker(), MistakeText()
    rng, kinds = np.random.default_rng(0), set()
    nets = ((build(LENET), LENET), (Mixed(), own((3, 32, 32))), (Functional(), own((3, 16, 16))))
    nets += ((Everything(), own((3, 16, 16), 5)), (nn.Sequential(nn.Flatten(), nn.Linear(12, 3)), own((3, 2, 2), 3)))
    for model, recipe in nets:
        inspector = Inspector(model, recipe)
        inspector.inspect(image(recipe.input_shape))
        cells = [
            Cell(layer.name, *(int(rng.integers(n)) for n in layer.shape))
            for layer in inspector.architecture.layers
            for _ in range(8)
        ]
        for explanation in [inspector.explain(cell) for cell in cells] + [inspector.explain(Cell("loss"), label=1)]:
            for question in questions(explanation, inspector.architecture):
                kinds.add(question.kind)
                sentence = asker.sentence(question)
                assert "{" not in sentence + asker.hint(question) + asker.answer(question)
                assert sentence[-1] in "?.)"
                for mistake, _ in question.mistakes:
                    assert reasons.reason(mistake), mistake
    assert len(kinds) >= 24, sorted(kinds)


# -- looks and texts ------------------------------------------------------------------------------------------------


class Marking(QTranslator):
    """A language in which every text has a mark."""

    def translate(self, context: str, source: str, comment: str | None = None, n: int = -1) -> str:
        return f"‡{source}"

    def isEmpty(self) -> bool:
        return False


def test_every_text_follows_the_language(pane: LearnPane, lenet: Inspector) -> None:
    pane.set_subject(*why(lenet, "conv1", 2, 5, 6))
    answered(pane, "23×23")
    translator = Marking()
    QCoreApplication.installTranslator(translator)
    try:
        QApplication.processEvents()
        for name in ("lessonTitle", "lessonTerms", "questionSentence", "questionScore"):
            assert text(pane, name).startswith("‡"), name
        assert text(pane, "questionResult").count("‡") == 2
        assert text(pane, "lessonText").count("‡") == 5
        for name in ("questionCheckButton", "questionShowButton", "questionNextButton"):
            assert find(pane, QPushButton, name).text().startswith("‡")
        assert find(pane, QLineEdit, "questionAnswer").text() == "23×23"
    finally:
        QCoreApplication.removeTranslator(translator)


def test_every_control_has_a_name_and_a_tooltip_and_the_keyboard_reaches_it(pane: LearnPane, lenet: Inspector) -> None:
    pane.set_subject(*why(lenet, "conv1", 2, 5, 6))
    names = ["questionAnswer", "questionCheckButton", "questionShowButton", "questionNextButton"]
    for name in names:
        widget = find(pane, QWidget, name)
        assert widget.accessibleName()
        assert widget.toolTip()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    find(pane, QLineEdit, names[0]).setFocus()
    for name in names[1:]:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget().objectName() == name


@pytest.mark.parametrize("size", [(820, 180), (560, 200)])
def test_nothing_is_cut_off_and_what_is_longer_scrolls(
    pane: LearnPane, lenet: Inspector, size: tuple[int, int], qtbot: QtBot
) -> None:
    pane.resize(*size)
    pane.set_subject(*why(lenet, "conv2", 2, 5, 6))
    answered(pane, "1×1")
    card = pane.card

    def every_part_has_its_room() -> None:
        for name in ("questionAnswer", "questionCheckButton", "questionShowButton", "questionNextButton"):
            widget = find(pane, QWidget, name)
            assert card.rect().contains(widget.geometry())
            assert widget.width() >= widget.minimumSizeHint().width()

    qtbot.waitUntil(every_part_has_its_room)  # once the layout has followed the texts
    area = find(pane, QScrollArea, "questionArea")
    result = find(pane, QLabel, "questionResult")

    def result_is_in_view() -> None:
        top = result.mapTo(area.viewport(), result.rect().topLeft()).y()
        assert 0 <= top <= area.viewport().height() - result.fontMetrics().height()

    qtbot.waitUntil(result_is_in_view)
    assert area.horizontalScrollBar().maximum() == 0
    assert find(pane, QScrollArea, "lessonArea").horizontalScrollBar().maximum() == 0
