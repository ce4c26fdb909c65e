"""The rail: five bars, what a model knows, the sheet large and small, the gallery, the narrow form."""

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.records import Prediction
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts
from cnnviewer.ui.window.continue_form import ContinueForm
from cnnviewer.ui.window.frame import Frame
from cnnviewer.ui.window.input import known_classes
from cnnviewer.ui.window.input.panel import InputPanel
from cnnviewer.ui.window.messages import Messages

LEFT = Qt.MouseButton.LeftButton
CLASSES = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")


@pytest.fixture
def rail(qtbot: QtBot, qapp: QApplication) -> InputPanel:
    made = InputPanel()
    qtbot.addWidget(made)
    made.resize(232, 700)
    images = np.zeros((40, 1, 28, 28), np.uint8)
    made.browser.set_samples(images, np.arange(40) % 10, tuple("0123456789"), "test", "MNIST")
    made.prediction.set_classes(tuple("0123456789"))
    made.show()
    return made


@pytest.fixture
def frame(rail: InputPanel, qtbot: QtBot) -> Any:
    made = Frame(QWidget(), rail, Messages(), ContinueForm(), QWidget())
    qtbot.addWidget(made)
    made.stage.add("explore", QWidget())
    made.stage.open("explore")
    made.resize(1100, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


def predict(rail: InputPanel, best: str = "7") -> None:
    others = tuple((name, 0.01) for name in "0123456789" if name != best)
    rail.prediction.set_prediction(Prediction(((best, 0.91), *others)))


@pytest.mark.parametrize(("width", "height"), [(232, 640), (232, 700), (420, 640), (200, 520)])
def test_sheet_lens_and_five_bars_are_in_sight_without_scrolling(
    rail: InputPanel, qtbot: QtBot, width: int, height: int
) -> None:
    rail.resize(width, height)
    predict(rail)
    canvas, bars = rail.canvas, rail.prediction.bars
    five = bars.minimumSizeHint().height()
    qtbot.waitUntil(lambda: bars.visibleRegion().boundingRect().height() >= five)
    assert canvas.width() == canvas.height() >= 110
    assert rail.lens.pixels.height() >= 56
    foot = rail.prediction.all_button
    assert foot.mapTo(rail, QPoint(0, foot.height())).y() <= rail.height()


def test_a_new_answer_moves_nothing_but_the_bars(rail: InputPanel, qtbot: QtBot) -> None:
    predict(rail)
    qtbot.wait(0)
    places = [part.geometry() for part in rail.prediction.findChildren(QWidget)]
    asked: list[object] = []
    rail.prediction.installEventFilter(_Layouts(rail.prediction, asked))
    for best in "3471":
        predict(rail, best)
        qtbot.wait(0)
    assert [part.geometry() for part in rail.prediction.findChildren(QWidget)] == places
    assert asked == []


class _Layouts(QObject):
    """Writes down each request for a new layout."""

    def __init__(self, parent: QObject, seen: list[object]) -> None:
        super().__init__(parent)
        self.seen = seen

    def eventFilter(self, watched: Any, event: Any) -> bool:
        if event.type() == event.Type.LayoutRequest:
            self.seen.append(event.type())
        return False


def test_five_bars_stand_best_first_and_all_of_them_in_class_order(rail: InputPanel) -> None:
    predict(rail, "7")
    bars = rail.prediction.bars
    assert bars.order()[0] == "7"
    five = bars.sizeHint().height()
    rail.prediction.all_button.click()
    assert bars.order() == list("0123456789")
    assert bars.sizeHint().height() == pytest.approx(2 * five, abs=2)
    rail.prediction.order_button.click()
    assert bars.order()[0] == "7"
    rail.prediction.all_button.click()
    assert bars.sizeHint().height() == five


def test_the_keyboard_asks_about_a_bar(rail: InputPanel, qtbot: QtBot) -> None:
    predict(rail, "7")
    rail.activateWindow()
    qtbot.waitUntil(rail.isActiveWindow)
    bars = rail.prediction.bars
    bars.setFocus()
    QTest.keyClick(bars, Qt.Key.Key_Down)
    with qtbot.waitSignal(rail.prediction.class_selected) as asked:
        QTest.keyClick(bars, Qt.Key.Key_Return)
    assert asked.args == [bars.order()[1]]


def test_a_refused_image_says_why_in_the_place_of_the_bars(rail: InputPanel) -> None:
    rail.prediction.set_prediction(Prediction(), refusal="There is no digit to be seen.")
    assert rail.prediction.accessibleDescription() == "There is no digit to be seen."


def test_a_model_of_other_classes_than_digits_says_what_it_can_answer_and_opens_the_images(rail: InputPanel) -> None:
    rail.set_shown("draw")
    rail.set_known_classes("SimpleCNN", CLASSES)
    assert rail.known_classes.sentence == "SimpleCNN can answer: " + ", ".join(CLASSES)
    assert rail.known_classes.isVisible()
    assert rail.source == "dataset"
    assert rail.switch.marked == "draw", "the drawing is still the input"
    rail.set_source("draw")
    rail.set_known_classes("SimpleCNN", CLASSES)
    assert rail.source == "draw", "only a new model opens them"
    rail.set_known_classes("", ())
    assert rail.known_classes.isHidden()


def test_where_not_all_classes_are_named_the_number_of_them_is(rail: InputPanel) -> None:
    rail.known_classes.set_known("SimpleCNN", CLASSES)
    assert rail.known_classes._with(2) == f"SimpleCNN can answer one of 10 classes: {CLASSES[0]}, {CLASSES[1]}, …"


def test_the_empty_sheet_shows_the_example_that_is_explained_until_something_is_drawn(rail: InputPanel) -> None:
    def said() -> list[str]:
        painted: list[PaintedText] = []
        with record_texts(painted.append):
            rail.canvas.grab()
        return [each.text for each in painted]

    assert said() == ["Draw a digit"]
    rail.set_example(np.full((1, 28, 28), 255, np.uint8))
    assert said() == ["An example: draw your own"]
    rail.set_shown("dataset")
    assert said() == ["Draw a digit"]
    rail.set_shown("greeting")
    rail.canvas.set_raster(np.full((280, 280), 255, np.uint8))
    assert said() == []


KOREAN = ("비행기", "자동차", "새", "고양이", "사슴", "개", "개구리", "말", "배", "트럭")


@pytest.mark.parametrize("words", [CLASSES, tuple(f"{k}({e})" for k, e in zip(KOREAN, CLASSES, strict=True))])
@pytest.mark.parametrize(("width", "height"), [(232, 640), (420, 640)])
def test_all_ten_classes_are_named_and_the_bars_stay_in_sight(
    rail: InputPanel,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    width: int,
    height: int,
) -> None:
    said_of = dict(zip(CLASSES, words, strict=True))
    monkeypatch.setattr(known_classes, "class_word", said_of.__getitem__)
    monkeypatch.setattr(known_classes, "brief_word", lambda name: said_of[name].removesuffix(f"({name})"))
    rail.resize(width, height)
    rail.set_known_classes("SimpleCNN", CLASSES)
    predict(rail)
    bars, known = rail.prediction.bars, rail.known_classes
    five = bars.minimumSizeHint().height()
    qtbot.waitUntil(lambda: bars.visibleRegion().boundingRect().height() >= five)
    qtbot.waitUntil(lambda: known.height() == known.sizeHint().height())
    painted: list[PaintedText] = []
    with record_texts(painted.append):
        known.grab()
    (said,) = painted
    assert all(name.partition("(")[0] in said.text for name in words)
    assert said.covers.height() <= known.height()


def test_a_model_that_knows_no_digits_leaves_the_file_open(rail: InputPanel) -> None:
    rail.set_source("file")
    rail.set_known_classes("SimpleCNN", CLASSES)
    assert rail.source == "file"


def test_the_sheet_on_the_stage_is_the_same_sheet(frame: Any, rail: InputPanel, qtbot: QtBot) -> None:
    canvas, small = rail.canvas, rail.canvas.width()
    QTest.mouseClick(canvas, LEFT)
    QTest.mouseClick(rail.draw_tab.large_button, LEFT)
    assert frame.over is rail.large_drawing
    assert frame.findChild(QWidget, "drawCanvas") is canvas
    qtbot.waitUntil(lambda: canvas.width() > 2 * small)
    assert canvas.width() == canvas.height()
    assert not canvas.is_empty()
    canvas.undo()
    assert canvas.is_empty()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert frame.over is None
    qtbot.waitUntil(lambda: canvas.width() == small)
    assert canvas.isVisible()


def test_opening_a_workspace_puts_the_sheet_back(frame: Any, rail: InputPanel) -> None:
    rail.draw_large()
    frame.stage.open("explore")
    assert frame.over is None
    assert rail.draw_tab.isAncestorOf(rail.canvas)


def test_the_gallery_takes_the_place_of_the_large_sheet(frame: Any, rail: InputPanel) -> None:
    rail.draw_large()
    rail.open_gallery()
    assert frame.over is rail.browser
    assert rail.draw_tab.isAncestorOf(rail.canvas)


def test_a_click_in_the_gallery_chooses_and_closes(frame: Any, rail: InputPanel, qtbot: QtBot) -> None:
    rail.open_gallery()
    grid = rail.browser.grid
    with qtbot.waitSignal(rail.browser.sample_selected) as chosen:
        QTest.mouseClick(grid.viewport(), LEFT, pos=grid.cell_rect(6).center().toPoint())
    assert chosen.args == [6]
    assert frame.over is None


def test_arrows_and_enter_choose_in_the_gallery(frame: Any, rail: InputPanel, qtbot: QtBot) -> None:
    rail.browser.select(2)
    rail.open_gallery()
    grid = rail.browser.grid
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert rail.browser.property("current") == 2, "the cursor alone chooses nothing"
    with qtbot.waitSignal(rail.browser.sample_selected) as chosen:
        QTest.keyClick(grid, Qt.Key.Key_Return)
    assert chosen.args == [3]
    assert frame.over is None
    QTest.keyClick(rail.images_tab.picture, Qt.Key.Key_Right)
    assert rail.browser.property("current") == 4, "beside the stage the arrows choose at once"


def test_escape_closes_the_gallery_without_a_choice(frame: Any, rail: InputPanel) -> None:
    rail.browser.select(2)
    rail.open_gallery()
    QTest.keyClick(rail.browser.grid, Qt.Key.Key_Down)
    QTest.keyClick(rail.browser.grid, Qt.Key.Key_Escape)
    assert frame.over is None
    assert rail.browser.property("current") == 2


def test_the_rail_goes_from_image_to_image_of_those_shown(rail: InputPanel) -> None:
    rail.set_source("dataset")
    rail.browser.select(4)
    tab = rail.images_tab
    QTest.mouseClick(tab.next_button, LEFT)
    assert rail.browser.property("current") == 5
    rail.browser.class_combo.setCurrentIndex(6)  # the fives
    QTest.mouseClick(tab.next_button, LEFT)
    assert rail.browser.property("current") == 15
    QTest.mouseClick(tab.previous_button, LEFT)
    assert rail.browser.property("current") == 5
    assert not tab.previous_button.isEnabled()


def test_an_image_that_is_not_looked_at_can_be_shown_again(rail: InputPanel, qtbot: QtBot) -> None:
    rail.set_source("dataset")
    rail.browser.select(4)
    rail.set_shown("draw")
    assert rail.images_tab.show_button.isVisible()
    with qtbot.waitSignal(rail.browser.sample_selected) as chosen:
        QTest.mouseClick(rail.images_tab.show_button, LEFT)
    assert chosen.args == [4]


def test_the_narrow_rail_keeps_the_answer_and_its_width(frame: Any, rail: InputPanel) -> None:
    frame.set_rail_width(300)
    frame.set_rail_collapsed(True)
    assert rail.width() == 64
    assert frame.rail_width == 300
    button = frame.findChild(QWidget, "widenRailButton")
    QTest.mouseClick(button, LEFT)
    assert not frame.rail_collapsed
    assert rail.width() == 300
    QTest.mouseClick(rail.collapse_button, LEFT)
    assert frame.rail_collapsed


def test_the_edge_pulled_to_the_side_makes_the_rail_narrow_and_back(frame: Any, rail: InputPanel) -> None:
    edge = frame.findChild(QWidget, "railSplitter").handle(1)
    y = edge.height() // 2
    QTest.mousePress(edge, LEFT, pos=QPoint(2, y))
    QTest.mouseMove(edge, QPoint(-160, y))
    assert frame.rail_collapsed
    QTest.mouseMove(edge, QPoint(170, y))
    assert not frame.rail_collapsed
    QTest.mouseRelease(edge, LEFT, pos=QPoint(2, y))


def test_a_picture_that_cannot_be_opened_says_why_beside_the_preview(rail: InputPanel) -> None:
    rail.set_source("file")
    rail.set_file_refusal("x.png is not an image.")
    assert rail.file_tab.preview.accessibleDescription() == "x.png is not an image."
    rail.set_file("a.png", np.zeros((8, 8, 3), np.uint8))
    assert rail.file_tab.preview.accessibleDescription() == ""


def test_a_click_on_the_lens_opens_the_preparation(rail: InputPanel, qtbot: QtBot) -> None:
    rail.lens.set_image(np.zeros((1, 28, 28), np.float32))
    rail.lens.change_button.setEnabled(True)
    QTest.mouseClick(rail.lens.pixels, LEFT)
    card = rail.lens.findChild(QWidget, "preparationCard")
    assert card is not None
    with qtbot.waitSignal(rail.lens.change_requested):
        QTest.mouseClick(card.findChild(QWidget, "preparationChangeButton"), LEFT)
