"""The page Flip shows a change, its answers and its logits, and takes strokes."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.adversarial.records import Answered, Flip, FlipRequest, Pixels
from cnnviewer.core.inspection.records import Prediction
from cnnviewer.ui.explore.why.flip.logit_bars import MOST, _decimals, _number, rows_of
from cnnviewer.ui.explore.why.flip.page import DRAWN, FlipPage
from cnnviewer.ui.explore.why.flip.texts import flip_text
from cnnviewer.ui.explore.why.flip.three_pictures import difference_image
from cnnviewer.ui.widgets.language import use_language

CLASSES = ("cat", "dog", "ship")


def answer(picture: Pixels, logits: list[float]) -> Answered:
    scores = np.array(logits, np.float32)
    chances = np.exp(scores) / np.exp(scores).sum()
    order = np.argsort(-chances)
    names = CLASSES if len(logits) == 3 else tuple(map(str, range(len(logits))))
    ranking = tuple((names[i], float(chances[i])) for i in order)
    return Answered(picture, scores, Prediction(ranking), int(order[0]))


def change(request: FlipRequest, epsilon: int, after: list[float], **more: bool) -> Flip:
    image = np.full((1, 6, 6), 100, np.uint8)
    changed = image.copy()
    changed[0, :3] += np.uint8(epsilon)
    before, now = answer(image, [3.0, 1.0, 0.0]), answer(changed, after)
    wanted = now.label != before.label if request.towards is None else now.label == request.towards
    return Flip(request, before, now, epsilon, wanted, **more)  # type: ignore[arg-type]


@pytest.fixture
def page(qtbot: QtBot) -> FlipPage:
    made = FlipPage()
    qtbot.addWidget(made)
    made.set_classes(CLASSES)
    made.resize(420, 900)
    made.show()
    return made


@pytest.mark.parametrize(
    ("flip", "words"),
    [
        (
            change(FlipRequest("fgsm"), 9, [0, 2, 0]),
            "cat becomes dog (78.7 %) with 9 grey levels of 255, the fewest found.",
        ),
        (
            change(FlipRequest("fgsm"), 1, [0, 2, 0]),
            "cat becomes dog (78.7 %) with 1 grey level of 255, the fewest found.",
        ),
        (change(FlipRequest("pgd", 12), 12, [0, 2, 0]), "cat becomes dog (78.7 %) with up to 12 grey levels."),
        (change(FlipRequest("pgd", 2), 2, [2, 0, 0]), "With up to 2 grey levels the answer stays cat"),
        (change(FlipRequest("pgd", 2, 2), 2, [0, 2, 0]), "With up to 2 grey levels the answer is not ship, but dog"),
        (change(FlipRequest("pgd"), 40, [2, 0, 0]), "No change found, however large. Nearest: 40 grey levels"),
        (change(FlipRequest("pgd", None, 0), 0, [3, 1, 0]), "The image is predicted as cat already."),
        (change(FlipRequest("pgd"), 0, [3, 1, 0], without_slope=True), "The gradient is 0 everywhere"),
    ],
    ids=["fewest", "one level", "enough", "not enough", "another goal", "nothing found", "already", "no slope"],
)
def test_the_sentence_says_what_the_change_does(flip: Flip, words: str) -> None:
    said = flip_text(flip, CLASSES)
    assert said.startswith(words)
    if "up to" in words or "fewest" in words:
        assert said.endswith(f"18 of 36 pixels changed, none by more than {flip.epsilon}.")


def test_the_difference_is_white_where_nothing_changed_red_where_it_rose_and_blue_where_it_fell() -> None:
    shown = difference_image(np.array([[[0, 3, -3, 200]]], np.int16))
    colours = [shown.pixelColor(x, 0) for x in range(4)]
    assert min(colours[0].red(), colours[0].green(), colours[0].blue()) > 240
    assert colours[1].red() > colours[1].blue()
    assert colours[2].blue() > colours[2].red()
    assert colours[3].red() > 90
    assert colours[3].blue() < 50, "what is larger than the palette has its last colour"


def test_the_difference_of_a_colour_picture_lies_around_grey_ten_times_as_large_in_each_channel() -> None:
    shown = difference_image(np.array([[[0, 1]], [[0, -2]], [[0, 90]]], np.int16))
    same, other = (shown.pixelColor(x, 0) for x in range(2))
    assert same.red() == same.green() == same.blue() == pytest.approx(127.5, abs=0.5)
    assert other.red() == pytest.approx(137.5, abs=0.5)
    assert other.green() == pytest.approx(107.5, abs=0.5)
    assert other.blue() == 255


def test_a_change_that_was_searched_moves_the_slider_and_one_that_was_asked_for_does_not(page: FlipPage) -> None:
    page.set_flip(change(FlipRequest("fgsm"), 90, [0, 2, 0]))
    assert page.property("epsilon") == 90
    assert page.property("flipped")
    assert page.controls._slider.value() == 90
    assert page.request == FlipRequest("fgsm"), "the slider went there by itself: the fewest are still asked for"
    page.controls._slider.setValue(7)
    assert page.request == FlipRequest("fgsm", 7)
    page.set_flip(change(FlipRequest("fgsm", 5), 5, [0, 2, 0]))
    assert page.controls._slider.value() == 7, "an older answer does not move what the user has moved"


def test_a_change_says_how_it_was_found_while_another_way_is_chosen(page: FlipPage) -> None:
    result = page.findChild(QLabel, "flipResult")
    page.set_flip(change(FlipRequest("fgsm"), 9, [0, 2, 0]))
    page.ask("pgd")
    assert result.text().startswith("One step: cat becomes dog (78.7 %) with 9 grey levels")
    page.set_flip(change(FlipRequest("pgd"), 6, [0, 2, 0]))
    assert result.text().startswith("Many steps: cat becomes dog (78.7 %) with 6 grey levels")


def test_every_choice_asks_for_a_change(page: FlipPage, qtbot: QtBot) -> None:
    asked: list[FlipRequest] = []
    page.request_changed.connect(lambda: asked.append(page.request))
    page.controls._attack.button("pgd").click()
    dog = page.controls._goal.findData(1)
    page.controls._goal.setCurrentIndex(dog)
    page.controls._goal.activated.emit(dog)
    page.controls._slider.setValue(3)
    page.controls._button.click()
    assert asked == [
        FlipRequest("pgd"),
        FlipRequest("pgd", None, 1),
        FlipRequest("pgd", 3, 1),
        FlipRequest("pgd", None, 1),
    ]


def test_another_image_forgets_the_change_of_the_one_before(page: FlipPage) -> None:
    page.set_image(np.full((1, 6, 6), 100, np.uint8))
    page.set_flip(change(FlipRequest("fgsm"), 9, [0, 2, 0]))
    assert page.changed is not None
    page.set_image(np.zeros((1, 6, 6), np.uint8))
    assert page.changed is None
    assert page.property("epsilon") is None


def test_what_was_found_is_read_before_the_pictures_and_never_moves_the_sheet_that_is_drawn_on(page: FlipPage) -> None:
    page.set_flip(change(FlipRequest("fgsm"), 9, [0, 2, 0]))
    result = page.findChild(QLabel, "flipResult")
    assert result is not None

    def top(widget: QWidget) -> int:
        return widget.mapTo(page, QPoint()).y()

    page.layout().activate()
    assert top(result) < top(page.pictures)
    button = page.findChild(QAbstractButton, f"flip{DRAWN.title()}Segment")
    assert button is not None
    button.click()
    page.layout().activate()
    assert result.isVisible()
    assert top(result) > top(page.canvas)


def test_a_refusal_stands_where_the_result_would(page: FlipPage) -> None:
    page.set_flip(change(FlipRequest("fgsm"), 9, [0, 2, 0]))
    page.set_problem("PyTorch finds no gradients for this model.")
    assert page._result.text() == "PyTorch finds no gradients for this model."
    assert page.changed is None


@pytest.mark.parametrize("channels", [1, 3], ids=["grey", "colour"])
def test_strokes_change_the_picture_and_come_off_again(page: FlipPage, channels: int) -> None:
    image = np.zeros((channels, 20, 20), np.uint8)
    image[:, 8:12, 8:12] = 200
    page.set_image(image)
    page.open_mode(DRAWN)
    canvas = page.canvas
    assert canvas.picture is not None
    assert np.array_equal(canvas.picture, image)
    assert canvas.background() == QColor(0, 0, 0)

    def stroke(button: Qt.MouseButton, row: float) -> None:
        sheet = canvas.sheet()
        ends = [
            QPointF(sheet.left() + x * sheet.width(), sheet.top() + row * sheet.height()) for x in (0.05, 0.5, 0.95)
        ]
        places: list[QPoint] = [end.toPoint() for end in ends]
        QTest.mousePress(canvas, button, Qt.KeyboardModifier.NoModifier, places[0])
        for place in places[1:]:
            QTest.mouseMove(canvas, place)
        QTest.mouseRelease(canvas, button, Qt.KeyboardModifier.NoModifier, places[-1])

    stroke(Qt.MouseButton.LeftButton, 0.1)
    drawn = canvas.picture
    assert drawn[:, 2, 4:16].min() > 200
    stroke(Qt.MouseButton.RightButton, 0.5)
    assert canvas.picture[:, 10, 8:12].max() < 100, "the right button erases"
    canvas.undo()
    assert np.array_equal(canvas.picture, drawn)
    canvas.redo()
    canvas.reset()
    assert np.array_equal(canvas.picture, image)
    assert not canvas.is_changed
    canvas.undo()
    assert canvas.is_changed, "a reset can be undone too"


def test_the_colour_of_the_background_is_not_offered_to_draw_with(page: FlipPage, qtbot: QtBot) -> None:
    page.set_image(np.full((1, 8, 8), 255, np.uint8))
    page.open_mode(DRAWN)
    tools = page.tools
    assert not tools._colour.button("white").isEnabled()
    assert tools._colour.current == "black"
    assert "choose Erase" in tools._colour.button("white").toolTip()
    use_language("ko")
    try:
        qtbot.waitUntil(lambda: "choose" not in tools._colour.button("white").toolTip())
    finally:
        use_language("en")


def test_of_many_classes_those_that_matter_have_a_row() -> None:
    logits = [float(-i) for i in range(100)]
    before = answer(np.zeros((1, 2, 2), np.uint8), logits)
    after = answer(np.zeros((1, 2, 2), np.uint8), [*logits[:70], 9.0, *logits[71:]])
    assert rows_of(before, after) == (*range(MOST - 1), 70)
    few = answer(np.zeros((1, 2, 2), np.uint8), [1.0, 2.0, 3.0])
    assert rows_of(few, few) == (0, 1, 2)


@pytest.mark.parametrize(
    ("before", "after", "decimals"),
    [([19.3, 7.0, -6.6], [9.3, 9.6, -6.6], 1), ([0.1012, 0.0998], [0.1004, 0.1009], 4), ([0.0, 0.0], [0.0, 0.0], 4)],
    ids=["logits of some units", "nearly equal ones", "all equal"],
)
def test_logits_have_the_decimals_that_tell_the_winner_from_the_second(
    before: list[float], after: list[float], decimals: int
) -> None:
    assert _decimals(np.array([before, after])) == decimals
    assert _number(-0.00001, 1) == "0.0"
