"""Canvas, lens, bars and browser: strokes to rasters, numbers to words, images to choose from."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.records import Prediction
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts
from cnnviewer.ui.window.input.browser import SampleBrowser
from cnnviewer.ui.window.input.canvas import DrawCanvas
from cnnviewer.ui.window.input.lens import InputLens
from cnnviewer.ui.window.input.panel import InputPanel
from cnnviewer.ui.window.input.prediction import PredictionView

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def canvas(qtbot: QtBot) -> DrawCanvas:
    made = DrawCanvas()
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show()
    return made


def stroke(canvas: DrawCanvas, x: float, low: float = 0.2, high: float = 0.8) -> None:
    places = [QPoint(int(x * canvas.width()), int(y * canvas.height())) for y in np.linspace(low, high, 9)]
    QTest.mousePress(canvas, LEFT, NONE, places[0])
    for place in places[1:]:
        QTest.mouseMove(canvas, place)
    QTest.mouseRelease(canvas, LEFT, NONE, places[-1])


def test_a_stroke_leaves_ink_where_the_pen_went(canvas: DrawCanvas) -> None:
    stroke(canvas, 0.5)
    raster = canvas.raster()
    assert raster.shape == (280, 280)
    assert raster.max() == 255
    rows, columns = np.nonzero(raster > 128)
    assert abs(columns.mean() - 140) < 8
    assert rows.min() < 75
    assert rows.max() > 205


def test_the_drawing_is_reported_while_the_stroke_goes_on(canvas: DrawCanvas) -> None:
    told: list[int] = []
    canvas.drawing_changed.connect(lambda raster: told.append(int((raster > 0).sum())))
    stroke(canvas, 0.5)
    assert len(told) >= 5
    assert told == sorted(told)


def test_undo_takes_back_stroke_by_stroke_and_clearing_too(canvas: DrawCanvas) -> None:
    stroke(canvas, 0.3)
    one = canvas.raster()
    stroke(canvas, 0.7)
    two = canvas.raster()
    canvas.clear()
    assert canvas.is_empty()
    canvas.undo()
    assert np.array_equal(canvas.raster(), two)
    canvas.undo()
    assert np.array_equal(canvas.raster(), one)
    canvas.undo()
    assert canvas.is_empty()
    assert not canvas.can_undo


def test_a_wider_brush_leaves_more_ink(canvas: DrawCanvas) -> None:
    canvas.set_brush_width(10)
    stroke(canvas, 0.5)
    thin = int((canvas.raster() > 0).sum())
    canvas.clear()
    canvas.set_brush_width(30)
    stroke(canvas, 0.5)
    assert int((canvas.raster() > 0).sum()) > 2 * thin


def test_the_right_button_erases(canvas: DrawCanvas) -> None:
    stroke(canvas, 0.5)
    before = int(canvas.raster().astype(np.int64).sum())
    place = QPoint(canvas.width() // 2, canvas.height() // 2)
    QTest.mousePress(canvas, Qt.MouseButton.RightButton, NONE, place)
    QTest.mouseMove(canvas, place + QPoint(0, 30))
    QTest.mouseRelease(canvas, Qt.MouseButton.RightButton, NONE, place + QPoint(0, 30))
    assert int(canvas.raster().astype(np.int64).sum()) < before


def test_a_finger_draws_as_the_mouse_does(canvas: DrawCanvas, qtbot: QtBot) -> None:
    device = QTest.createTouchDevice()
    touch = QTest.touchEvent(canvas, device)
    touch.press(0, QPoint(150, 60), canvas).commit()
    for y in range(70, 240, 10):
        QTest.touchEvent(canvas, device).move(0, QPoint(150, y), canvas).commit()
    QTest.touchEvent(canvas, device).release(0, QPoint(150, 240), canvas).commit()
    assert canvas.raster().max() == 255


def test_an_opened_drawing_can_be_undone(canvas: DrawCanvas) -> None:
    raster = np.zeros((280, 280), np.uint8)
    raster[100:150, 100:150] = 255
    canvas.set_raster(raster)
    assert np.array_equal(canvas.raster(), raster)
    canvas.undo()
    assert canvas.is_empty()


def test_the_lens_keeps_the_models_own_numbers(qtbot: QtBot) -> None:
    lens = InputLens()
    qtbot.addWidget(lens)
    image = np.random.default_rng(0).random((3, 32, 32)).astype(np.float32)
    lens.set_image(image)
    assert np.array_equal(lens.property("image"), image)
    lens.set_image(None)
    assert lens.property("image") is None


def test_without_room_for_the_shape_the_lens_still_says_what_it_shows(qtbot: QtBot) -> None:
    lens = InputLens()
    qtbot.addWidget(lens)
    lens.set_image(np.zeros((1, 28, 28), np.float32))
    letters = QFontMetricsF(lens.font())
    lens.resize(round(letters.horizontalAdvance("The model sees")) + 40, 120)
    found: list[PaintedText] = []
    with record_texts(found.append):
        lens.grab()
    assert "The model sees" in [each.text for each in found]


def test_the_prediction_is_ranked_and_said_in_words(qtbot: QtBot) -> None:
    view = PredictionView()
    qtbot.addWidget(view)
    view.set_classes(tuple("0123456789"))
    ranking = (("7", 0.98), ("1", 0.012), *((name, 0.001) for name in "02345689"))
    view.set_prediction(Prediction(ranking), truth="1")
    assert view.property("ranking") == list(ranking)
    words = view.accessibleDescription()
    assert words.index("7") < words.index("98")
    assert "Wrong" in words
    assert view.predicted_class.label_text(1000) == "wrong: the true class is 1"
    view.set_prediction(Prediction(ranking), truth="cat")  # which this model cannot answer
    assert view.accessibleDescription().endswith("The true class is cat.")
    assert view.predicted_class.label_text(1000) == "true class: cat"
    view.set_prediction(Prediction())
    assert view.property("ranking") == []
    assert "no image" in view.accessibleDescription()


@pytest.fixture
def browser(qtbot: QtBot) -> SampleBrowser:
    made = SampleBrowser()
    qtbot.addWidget(made)
    made.resize(300, 400)
    images = np.zeros((1000, 1, 28, 28), np.uint8)
    made.set_samples(images, np.arange(1000) % 10, tuple("0123456789"), "test", "MNIST")
    made.show()
    return made


def test_choosing_an_image_says_its_number(browser: SampleBrowser, qtbot: QtBot) -> None:
    with qtbot.waitSignal(browser.sample_selected) as said:
        browser.select(417)
    assert said.args == [417]


def test_a_class_filter_shows_that_class_only(browser: SampleBrowser) -> None:
    combo = browser.class_combo
    combo.setCurrentIndex(combo.findText("4"))
    assert browser.grid.shown.tolist() == list(range(4, 1000, 10))


def test_the_wrong_filter_asks_for_predictions_and_shows_the_images_read_wrongly(
    browser: SampleBrowser, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(browser.predictions_requested):
        browser.wrong_check.click()
    predicted = np.arange(1000) % 10
    predicted[[5, 77]] = 3
    browser.set_predictions(predicted)
    assert browser.grid.shown.tolist() == [5, 77]
    browser.set_predictions(np.arange(1000) % 10)
    assert browser.grid.shown.size == 0


def test_the_panel_tells_which_tab_is_opened(qtbot: QtBot, qapp: QApplication) -> None:
    panel = InputPanel()
    qtbot.addWidget(panel)
    with qtbot.waitSignal(panel.source_changed) as said:
        qtbot.mouseClick(panel.switch.button("dataset"), Qt.MouseButton.LeftButton)
    assert said.args == ["dataset"]
    panel.set_source("file")
    assert panel.source == "file"


def test_the_tab_and_the_image_looked_at_are_marked(qtbot: QtBot, qapp: QApplication) -> None:
    panel = InputPanel()
    qtbot.addWidget(panel)
    panel.browser.set_samples(np.zeros((5, 1, 28, 28), np.uint8), np.zeros(5, np.int64), ("a",), "test", "Five")
    panel.browser.select(3)

    for place, expected in {"greeting": "", "dataset": "dataset", "draw": "draw"}.items():
        panel.set_shown(place)
        assert panel.switch.marked == expected
    assert panel.browser.property("current") == -1, "no image of the data set is looked at"
    assert "The network shows it now" in panel.switch.button("draw").toolTip()


def test_a_drawing_that_is_not_looked_at_can_be_shown(qtbot: QtBot, qapp: QApplication) -> None:
    panel = InputPanel()
    qtbot.addWidget(panel)
    panel.show()
    button = panel.draw_tab.show_button
    panel.set_shown("dataset")
    assert not button.isVisible(), "there is no drawing"
    panel.canvas.set_raster(np.full((280, 280), 255, np.uint8))
    assert button.isVisible()
    with qtbot.waitSignal(panel.image_requested) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == ["draw"]
    panel.set_shown("draw")
    assert not button.isVisible()


def test_a_picture_that_is_not_looked_at_can_be_shown(qtbot: QtBot, qapp: QApplication) -> None:
    panel = InputPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.set_source("file")
    assert not panel.file_tab.show_button.isVisible()
    panel.set_file("a.png", np.zeros((8, 8, 3), np.uint8))
    panel.set_shown("draw")
    with qtbot.waitSignal(panel.image_requested) as asked:
        qtbot.mouseClick(panel.file_tab.show_button, Qt.MouseButton.LeftButton)
    assert asked.args == ["file"]
    panel.set_shown("file")
    assert not panel.file_tab.show_button.isVisible()
