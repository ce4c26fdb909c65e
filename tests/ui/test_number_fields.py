"""Number fields: every key stands, and what is typed is the value or is refused where one sees it."""

import random

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QLabel,
    QLineEdit,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cnnviewer.core.errors import UserError
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.typed_number import real, whole
from cnnviewer.ui.train.panel import TrainPanel
from cnnviewer.ui.widgets.fields import Field, real_number, whole_number
from cnnviewer.ui.widgets.number_fields import RealField, WholeField, next_digit, next_multiple, settle

LANGUAGES = (
    QLocale.Language.English,
    QLocale.Language.Korean,
    QLocale.Language.German,
    QLocale.Language.French,
    QLocale.Language.Arabic,
)


@pytest.fixture(params=LANGUAGES, ids=[language.name for language in LANGUAGES])
def any_locale(request: pytest.FixtureRequest) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield
    QLocale.setDefault(before)


def shown(field, qtbot: QtBot):
    """The field in a window, beside another that can take the focus."""
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(field)
    layout.addWidget(QLineEdit())
    window.show()
    field.around = window  # qtbot alone does not keep it
    return field


def enter(field: QAbstractSpinBox, text: str) -> None:
    """Type over what stands there, key by key, and finish."""
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    for sign in text:  # QTest knows the keys of an American keyboard alone
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign)
        QApplication.sendEvent(field, event)
    QTest.keyClick(field, Qt.Key.Key_Return)


def rate(qtbot: QtBot) -> RealField:
    field = shown(real_number("rate", 0.0, 1e6), qtbot)
    field.setValue(0.01)
    return field


@pytest.mark.parametrize(
    ("text", "value", "after"),
    [
        ("1e-5", 1e-5, "1e-5"),
        ("5e-4", 5e-4, "5e-4"),
        ("3E-7", 3e-7, "3E-7"),
        ("0,001", 0.001, "0.001"),
        ("0,9", 0.9, "0.9"),
        ("0.0125", 0.0125, "0.0125"),
        ("0.123456789012345", 0.123456789012345, "0.123456789012345"),
        ("0.10", 0.1, "0.10"),
        ("１ｅ－５", 1e-5, "1e-5"),
        ("1e−5", 1e-5, "1e-5"),
    ],
)
def test_what_is_typed_is_the_value_and_what_is_shown(any_locale, qtbot, text, value, after) -> None:
    field = rate(qtbot)
    heard: list[float] = []
    field.valueChanged.connect(heard.append)
    enter(field, text)
    assert (field.value(), field.text(), field.problem) == (value, after, "")
    assert heard == [value], "a value counts when it is finished, not digit by digit"


@pytest.mark.parametrize(
    "text", ["1.000,5", "1,000", "1 000", "abc", "1e", "-1", "2000000", "nan", "1e400", "1e-400", " "]
)
def test_what_cannot_be_used_stays_marked_and_changes_nothing(any_locale, qtbot, text) -> None:
    field = rate(qtbot)
    labelled = Field(field)
    qtbot.addWidget(labelled)
    labelled.show()
    enter(field, text)
    assert field.value() == 0.01
    assert field.text() == text.strip()
    assert field.property("invalid")
    assert not field.hasAcceptableInput()
    assert any(label.isVisible() and label.text() == field.problem for label in labelled.findChildren(QLabel))
    assert not settle(field)
    enter(field, "0.5")
    assert (field.value(), field.problem, field.property("invalid")) == (0.5, "", False)


def test_every_spelling_typed_key_by_key_is_its_float_or_is_refused(any_locale, qtbot) -> None:
    chance = random.Random(3)
    field = rate(qtbot)
    for _ in range(120):
        number = 10 ** chance.uniform(-9, 6)
        text = chance.choice(("{:.12g}", "{:.3e}", "{:f}", "{:,.3f}", "{:.0f}", "{!r}")).format(number)
        text = chance.choice((text, text.replace(".", ","), text.replace(",", "."), text.replace(",", " ")))
        field.setValue(0.25)
        enter(field, text)
        try:
            right = real(text)
        except UserError:
            right = None
        if right is not None and right <= 1e6:
            assert (text, field.value(), field.problem) == (text, right, "")
            assert right == float(text.replace(",", "."))
        else:
            assert field.value() == 0.25
            assert field.problem
            assert field.text() == text


def test_every_spelling_of_a_whole_number_is_its_number_or_is_refused(any_locale, qtbot) -> None:
    chance = random.Random(4)
    field = shown(whole_number("batch", 1, 1_000_000), qtbot)
    for _ in range(80):
        number = chance.choice((chance.randrange(2_000), chance.randrange(2_000_000), chance.random() * 2_000))
        text = chance.choice(("{}", "{:,}", "{:.0e}")).format(number)
        text = chance.choice((text, text.replace(",", "."), text.replace(",", " ")))
        field.setValue(64)
        enter(field, text)
        try:
            right = whole(text)
        except UserError:
            right = 0
        if 1 <= right <= 1_000_000:
            assert (text, field.value(), field.problem) == (text, right, "")
        else:
            assert field.value() == 64
            assert field.problem


@pytest.mark.parametrize("text", ["0,9", "1.5", "1.000", "0", "9999999", "x"])
def test_a_whole_number_field_refuses_what_is_none(any_locale, qtbot, text) -> None:
    field = shown(whole_number("epochs", 1, 10_000), qtbot)
    field.setValue(10)
    enter(field, text)
    assert (field.value(), field.text(), field.property("invalid")) == (10, text, True)


def test_a_number_shown_in_groups_can_be_finished_as_it_stands(any_locale, qtbot) -> None:
    field = shown(whole_number("seed", 0, 2_147_483_647), qtbot)
    field.setValue(2_147_483_647)
    assert field.text() == "2,147,483,647"
    enter(field, field.text())
    assert (field.value(), field.problem) == (2_147_483_647, "")


@pytest.mark.parametrize("value", [1e-5, 3e-7, 0.1 + 0.2, 1 / 3, 0.0125, 5e-324 * 2**60, 123456.789])
def test_a_value_that_is_set_is_the_value_that_is_got(qtbot, value) -> None:
    field = rate(qtbot)
    field.setValue(value)
    assert field.value() == value
    assert float(field.text()) == value


def test_a_pasted_number_may_have_spaces_around_it(qtbot) -> None:
    field = rate(qtbot)
    QGuiApplication.clipboard().setText(" 0.02\n")
    field.selectAll()
    field.lineEdit().paste()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == 0.02


def test_leaving_a_field_finishes_it(qtbot) -> None:
    field = rate(qtbot)
    field.window().activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    QTest.keyClicks(field, "2e-3")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.value() == 2e-3


def test_typing_again_takes_the_mark_off_and_undo_brings_the_text_back(qtbot) -> None:
    field = rate(qtbot)
    enter(field, "0.1.")
    assert field.problem
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert not field.problem
    field.lineEdit().undo()
    assert field.text() == "0.1."
    field.lineEdit().redo()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == 0.1


def test_a_value_from_elsewhere_takes_the_place_of_what_was_refused(qtbot) -> None:
    field = rate(qtbot)
    enter(field, "fast")
    field.setValue(0.01)
    assert (field.text(), field.problem, field.property("invalid")) == ("0.01", "", False)


def test_a_field_with_a_word_for_its_least_value(qtbot) -> None:
    field = shown(real_number("dropout", -0.05, 1.0, 0.05, below=True), qtbot)
    field.set_word("the model's", 0.0)
    field.setValue(-0.05)
    assert field.text() == "the model's"
    enter(field, "-0.03")
    assert field.problem, "between the word and 0 there is nothing"
    enter(field, "0,125")
    assert field.value() == 0.125
    field.stepBy(-3)
    assert field.value() == 0.0
    field.stepBy(-1)
    assert field.text() == "the model's"
    enter(field, "1")
    assert "below 1" in field.problem
    enter(field, "")
    assert (field.value(), field.problem, field.text()) == (-0.05, "", "the model's")


def test_a_prefix_is_no_part_of_the_number(qtbot) -> None:
    field = shown(RealField(), qtbot)
    field.setKeyboardTracking(False)
    field.setPrefix("η ")
    enter(field, "1e-2")
    assert (field.value(), field.text()) == (0.01, "η 1e-2")
    enter(field, "1e")
    assert (field.value(), field.text()) == (0.01, "η 1e")
    number = shown(WholeField(), qtbot)
    number.setPrefix("#")
    enter(number, "42")
    assert (number.value(), number.text()) == (42, "#42")


@pytest.mark.parametrize(
    ("value", "steps", "there"),
    [
        (0.01, 1, 0.02),
        (0.01, -1, 0.009),
        (0.09, 1, 0.1),
        (0.0125, 1, 0.02),
        (0.0125, -1, 0.01),
        (0.3, -2, 0.1),
        (0.01, 10, 0.1),
        (0.025, -10, 0.0025),
        (0.0, 1, 1e-6),
        (1e-6, -1, 0.0),
        (0.001, -1, 0.0009),
    ],
)
def test_arrows_take_a_rate_through_the_digits_of_its_decade(value, steps, there) -> None:
    assert next_digit(value, steps) == there


@pytest.mark.parametrize(
    ("value", "step", "steps", "there"),
    [(0.2, 0.1, 1, 0.3), (0.9, 0.05, 1, 0.95), (0.92, 0.05, -1, 0.9), (0, 0.5, -1, -0.5)],
)
def test_arrows_go_to_round_numbers_without_binary_dust(value, step, steps, there) -> None:
    assert next_multiple(value, step, steps) == there


def test_arrows_begin_at_what_is_typed_and_stay_within_the_bounds(qtbot) -> None:
    field = shown(real_number("momentum", 0.0, 1.0, 0.05, below=True), qtbot)
    field.selectAll()
    QTest.keyClicks(field, "0,9")
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.value() == 0.95
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.value() == 0.95


def test_train_takes_what_is_typed_and_never_something_else(qtbot) -> None:
    panel = TrainPanel()
    qtbot.addWidget(panel)
    panel.set_config(TrainConfig())
    panel.show()
    asked: list[TrainConfig] = []
    panel.train_requested.connect(asked.append)
    panel.step_requested.connect(asked.append)
    learning_rate = panel.findChild(QAbstractSpinBox, "learningRateSpin")
    decay = panel.findChild(QAbstractSpinBox, "weightDecaySpin")
    learning_rate.selectAll()
    QTest.keyClicks(learning_rate, "1e-5")  # and not finished: Ctrl+T leaves the focus where it is
    panel.findChild(QAbstractButton, "trainButton").click()
    assert [config.learning_rate for config in asked] == [1e-5]
    decay.selectAll()
    QTest.keyClicks(decay, "5e")
    for button in ("trainButton", "stepButton"):
        panel.findChild(QAbstractButton, button).click()
    assert len(asked) == 1
    assert decay.property("invalid")
    assert decay.isVisible(), "the fold opens when the field is in it"
    panel.clear_field_errors()
    assert decay.property("invalid"), "that is about other errors"
    enter(decay, "5e-4")
    panel.findChild(QAbstractButton, "stepButton").click()
    assert asked[-1].weight_decay == 5e-4


@pytest.mark.parametrize("leave", ["by the Tab key", "by a click"])
def test_where_nobody_beside_the_field_says_why_a_tooltip_does_after_one_has_left_it(leave: str, qtbot: QtBot) -> None:
    field = shown(whole_number("epochs", 1, 100), qtbot)
    other = field.around.findChild(QLineEdit, options=Qt.FindChildOption.FindDirectChildrenOnly)
    field.window().activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    QTest.keyClicks(field, "1,5")
    if leave == "by a click":
        QTest.mouseClick(other, Qt.MouseButton.LeftButton)
        other.setFocus()
    else:
        QTest.keyClick(field, Qt.Key.Key_Tab)
    assert field.problem
    qtbot.waitUntil(QToolTip.isVisible)
    assert "1,5" in QToolTip.text()
    enter(field, "15")
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
