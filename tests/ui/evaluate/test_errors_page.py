"""The confusion matrix on the screen: numbers, colours, words, a cell that can be chosen, and its images."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAction, QColor, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.core.evaluation.confusion import Confusion, confusion_of
from cnnviewer.ui.evaluate.errors_page import ErrorsPage
from cnnviewer.ui.evaluate.image_texts import classes_text
from cnnviewer.ui.evaluate.shades import colour_at, strength
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts
from cnnviewer.ui.widgets.panel_place import PanelPlace
from cnnviewer.ui.widgets.text_colour import text_colour_on
from cnnviewer.ui.widgets.text_size import text_pixels, use_text_pixels
from tests.screens.contrast import ratio_of
from tests.screens.measures import cut_texts, overlaps, small_type
from tests.screens.screen import Screen


def table(classes: int = 10, count: int = 500, available: int = 500, names: str = "c") -> Confusion:
    draw = np.random.default_rng(classes)
    labels = draw.integers(0, classes, count)
    read = np.where(draw.random(count) < 0.7, labels, draw.integers(0, classes, count))
    known = tuple(f"{names}{number}" for number in range(classes))
    confidences = draw.uniform(0.3, 1, count).astype(np.float32)
    return confusion_of(labels, read, np.arange(count), known, available, 412, confidences)


def digits(right: int, wrong: int) -> Confusion:
    """All images are of class 0; the wrong ones are predicted as 1."""
    labels, read = np.zeros(right + wrong, np.int64), np.repeat([0, 1], [right, wrong])
    return confusion_of(labels, read, np.arange(right + wrong), tuple("0123456789"), 10_000)


@pytest.fixture
def view(qtbot: QtBot) -> ErrorsPage:
    made = ErrorsPage()
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.set_images(np.zeros((10_000, 1, 28, 28), np.uint8))
    made.show()
    return made


def painted(widget: QWidget) -> list[PaintedText]:
    found: list[PaintedText] = []
    with record_texts(found.append):
        widget.grab()
    return found


def parts(colour: QColor) -> np.ndarray:
    return np.array(colour.getRgb()[:3])


def click(view: ErrorsPage, row: int, col: int) -> None:
    place = view.matrix.cell_centre(row, col).toPoint()
    QTest.mouseClick(view.matrix, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def press(view: ErrorsPage, name: str) -> None:
    button = view.findChild(QToolButton, name)
    assert button is not None
    button.click()


# the table in words


def test_the_title_tells_the_accuracy_and_the_line_below_the_step(view: ErrorsPage) -> None:
    shown = table()
    view.set_confusion(shown)
    assert view.card.accuracy.text() == f"{100 * shown.accuracy:.2f} % of 500 test images correct"
    assert view.card.facts.whole == "step 412"
    assert view.controls.wrong.text() == f"{shown.wrong} wrong"
    assert np.array_equal(view.matrix.property("counts"), shown.counts)


def test_a_sample_counts_its_images_says_so_and_offers_all(view: ErrorsPage) -> None:
    view.set_confusion(digits(4, 16))
    assert view.card.accuracy.text() == "4 correct in the sample of 20 test images"
    assert view.card.facts.whole == "sample of the 10,000 test images"
    assert view.controls.wrong.text() == "16 wrong in the sample of 20"
    button = view.findChild(QPushButton, "evaluateAllButton")
    assert button is not None
    assert button.isVisible()
    matrix = view.matrix.geometry()
    view.set_progress(0.25)
    assert not button.isVisible()
    assert view.card.progress.value() == 250
    assert view.matrix.geometry() == matrix


@pytest.mark.parametrize("reason", ["There is no data set.", None], ids=["a reason", "nothing yet"])
def test_a_sentence_takes_the_place_of_the_table_with_the_way_on(
    view: ErrorsPage, reason: str | None, qtbot: QtBot
) -> None:
    view.set_confusion(table())
    view.set_error(reason) if reason else view.set_confusion(None)
    assert view.nothing.isVisible()
    assert view.nothing.words.text() == (reason or "The test images are being predicted…")
    assert view.nothing.button.isVisible() == bool(reason), "the way on"
    if reason:
        with qtbot.waitSignal(view.choice_requested):
            view.nothing.button.click()
    assert view.matrix.property("counts").shape == (0, 0)
    assert not len(view.images.wall.shown)


def test_what_is_written_on_a_colour_can_be_read() -> None:
    for place in np.linspace(0, 1, 41):
        back = colour_at(float(place))
        assert ratio_of(parts(back), parts(text_colour_on(back))) >= 4.5  # what WCAG asks of small text


# the matrix


@pytest.mark.parametrize(("stage", "least"), [((1200, 800), 40), ((868, 590), 33), ((1688, 980), 64)])
def test_cells_are_square_and_grow_with_the_stage(view: ErrorsPage, stage: tuple[int, int], least: float) -> None:
    view.resize(*stage)
    view.set_confusion(digits(4, 16))
    grid = view.matrix._layout.grid
    assert grid.width == grid.height >= least


@pytest.mark.parametrize("stage", [(1110, 500), (1110, 460), (868, 480)])
def test_in_a_low_room_the_cells_are_flatter_and_all_ten_classes_are_in_sight(
    view: ErrorsPage, stage: tuple[int, int]
) -> None:
    view.resize(*stage)
    view.set_confusion(table(names="automobile"))
    QApplication.processEvents()
    area = view.card.findChild(QScrollArea)
    assert area is not None
    assert not area.horizontalScrollBar().isVisible()
    assert not area.verticalScrollBar().isVisible()
    grid = view.matrix._layout.grid
    assert grid.height < grid.width
    numbers = [text for text in painted(view.matrix) if text.text.isdigit()]
    assert numbers
    assert all(text.size >= 13 and text.covers.height() <= grid.height for text in numbers)


@pytest.mark.parametrize("room", [60, 80, 110, 400])
def test_the_classes_below_an_image_are_cut_alike_and_none_is_lost(qapp: QApplication, room: int) -> None:
    labels, read = np.array([0, 1, 2]), np.array([1, 2, 0])
    known = confusion_of(labels, read, np.arange(3), ("automobile", "cat", "a very long name"), 3)
    metrics = QFontMetricsF(qapp.font())
    for row in range(3):
        text = classes_text(known, row, None, metrics, room)
        before, after = text.split(" → ")
        assert metrics.horizontalAdvance(text) <= room + 1
        for name, words in ((known.classes[labels[row]], before), (known.classes[read[row]], after)):
            assert len(words) >= 2
            assert name.startswith(words.removesuffix("…"))
        if room == 400:
            assert "…" not in text


def test_digits_grow_with_the_cells(view: ErrorsPage) -> None:
    view.set_confusion(digits(4, 16))
    sizes = []
    for stage in ((868, 590), (1688, 980)):
        view.resize(*stage)
        sizes.append(next(text.size for text in painted(view.matrix) if text.text == "16"))
    assert 13 <= sizes[0] < sizes[1]


def test_a_larger_size_of_text_makes_digits_and_cells_larger(view: ErrorsPage) -> None:
    view.resize(868, 590)
    view.set_confusion(digits(4, 16))
    side = view.matrix._layout.grid.width
    font = view.font()
    font.setPixelSize(24)
    for widget in (view, view.matrix):  # with a style sheet a widget does not take the font of what it lies in
        widget.setFont(font)
    QApplication.processEvents()
    assert view.matrix._layout.grid.width > side
    assert next(text.size for text in painted(view.matrix) if text.text == "16") >= 24


def test_errors_are_coloured_by_their_size_the_diagonal_is_grey_and_zero_is_empty(view: ErrorsPage) -> None:
    view.set_confusion(table())
    picture = view.matrix.grab().toImage()
    ratio = picture.devicePixelRatio()

    def colour(row: int, col: int) -> tuple[int, int, int]:
        rect = view.matrix._layout.grid.rect(row, col)
        found = picture.pixelColor(QPoint(int((rect.left() + 4) * ratio), int((rect.top() + 4) * ratio)))
        return found.red(), found.green(), found.blue()

    counts = np.array(table().counts)
    diagonal = colour(3, 3)
    assert max(diagonal) - min(diagonal) < 12
    np.fill_diagonal(counts, 0)
    largest = tuple(int(place) for place in np.unravel_index(counts.argmax(), counts.shape))
    strongest = colour(*largest)  # type: ignore[arg-type]
    assert strongest == colour_at(1.0).getRgb()[:3]
    everything = view.findChild(QAction, "evaluationAllAction")
    assert isinstance(everything, QAction)
    everything.trigger()
    picture = view.matrix.grab().toImage()
    assert colour(3, 3) != diagonal
    view.set_confusion(digits(4, 16))
    assert {text.text for text in painted(view.matrix)} == {*"0123456789", "4", "16"}


def test_few_errors_are_told_apart_beside_many() -> None:
    assert strength(1, 1, 1000) == 0.0
    assert strength(1000, 1, 1000) == 1.0
    assert strength(20, 1, 1000) > 0.08


@pytest.mark.parametrize(("wrong", "ends"), [(1, ("", "1")), (4, ("1", "4")), (1200, ("1", "1,200"))])
def test_the_legend_ends_with_the_largest_number_there_is_and_its_colour(
    view: ErrorsPage, wrong: int, ends: tuple[str, str]
) -> None:
    view.set_confusion(digits(8000, wrong))
    *said, strongest = view.card.legend.ends
    assert tuple(said) == ends
    assert strongest == strength(wrong, *view.matrix.scale)


@pytest.mark.parametrize("amounts", ["recall", "precision"])
def test_cells_can_show_the_share_of_their_row_or_column(view: ErrorsPage, amounts: str) -> None:
    shown = table()
    view.set_confusion(shown)
    assert view.matrix.forms(2, 2)[0] == f"{shown.counts[2, 2]}"
    press(view, f"evaluation{amounts.capitalize()}Segment")
    share = float((shown.recall if amounts == "recall" else shown.precision)[2])
    assert view.matrix.forms(2, 2)[0] == f"{100 * share:.1f}"


def test_pointing_tells_in_words_and_a_click_chooses(view: ErrorsPage, qtbot: QtBot) -> None:
    shown = table()
    view.set_confusion(shown)
    with qtbot.waitSignal(view.cell_chosen) as chosen:
        click(view, 3, 7)
    count, whole = shown.counts[3, 7], shown.counts[3].sum()
    assert (
        view.card.words.text() == f"{count} of {whole} images of c3 are predicted as c7: {100 * count / whole:.1f} %."
    )
    assert view.matrix.accessibleDescription() == view.card.words.text()
    assert chosen.args == [3, 7]


def test_the_names_of_classes_tell_recall_and_precision(view: ErrorsPage) -> None:
    shown = table()
    view.set_confusion(shown)
    first = view.matrix.cell_centre(4, 4).toPoint()
    QTest.mouseMove(view.matrix, QPoint(6, first.y()))
    assert view.card.words.text().startswith(f"c4: {shown.counts[4, 4]} of ")
    assert f"recall {100 * shown.recall[4]:.1f} %" in view.card.words.text()
    QTest.mouseMove(view.matrix, QPoint(first.x(), 6))
    assert f"precision {100 * shown.precision[4]:.1f} %" in view.card.words.text()


def test_arrows_walk_enter_chooses_and_esc_lets_go(view: ErrorsPage) -> None:
    view.set_confusion(table())
    chosen: list[tuple[int, int]] = []
    view.cell_chosen.connect(lambda row, col: chosen.append((row, col)))
    keys = (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape)
    for key in keys:
        QTest.keyClick(view.matrix, key)
    assert chosen == [(1, 1), (-1, -1)]
    assert view.matrix.cell is None


def test_a_hundred_classes_scroll_and_keep_their_names_in_sight(view: ErrorsPage) -> None:
    view.set_confusion(table(100, 5000, 5000, "class number "))
    view.matrix.setFocus()
    QTest.keyClick(view.matrix, Qt.Key.Key_Down)
    for _ in range(60):
        QTest.keyClick(view.matrix, Qt.Key.Key_Down)
        QTest.keyClick(view.matrix, Qt.Key.Key_Right)
    assert view.matrix.cell == (60, 60)
    assert "images of class number 60 are predicted correctly" in view.card.words.text()
    sight = QRectF(view.matrix.visibleRegion().boundingRect())
    assert sight.contains(view.matrix.cell_centre(60, 60))
    head = view.matrix.cell_centre(60, 60)
    QTest.mouseMove(view.matrix, QPoint(int(sight.left()) + 6, int(head.y())))
    assert view.card.words.text().startswith("class number 60: ")


# the images


def test_without_a_chosen_cell_the_wrong_ones_are_shown_the_most_confident_first(view: ErrorsPage) -> None:
    shown = table()
    view.set_confusion(shown)
    indices = view.images.wall.shown
    assert sorted(indices) == np.flatnonzero(shown.labels != shown.predicted).tolist()
    assert np.all(np.diff(shown.confidences[indices]) <= 0)
    assert view.images.title.whole == f"{shown.wrong} wrong"


def test_the_images_of_a_cell_are_named_with_index_and_confidence(view: ErrorsPage) -> None:
    shown = table()
    view.set_confusion(shown)
    counts = shown.counts - np.diag(np.diag(shown.counts))
    row, col = (int(place) for place in np.unravel_index(counts.argmax(), counts.shape))
    click(view, row, col)
    indices = view.images.wall.shown
    assert sorted(indices) == shown.images(row, col).tolist()
    assert view.images.title.whole == f"c{row} predicted as c{col} · {len(indices)} images"
    written = {text.text for text in painted(view.images.wall)}
    assert f"#{indices[-1]} · {100 * shown.confidences[indices[-1]]:.0f} %" in written


def test_a_confidence_below_one_is_never_written_as_all_of_it(view: ErrorsPage) -> None:
    sure = np.array([0.9992], np.float32)
    view.set_confusion(confusion_of(np.array([0]), np.array([1]), np.array([7]), ("a", "b"), 1, 0, sure))
    assert {text.text for text in painted(view.images.wall)} == {"a → b", "#7 · >99 %"}


def test_the_order_of_the_images_can_be_changed(view: ErrorsPage) -> None:
    shown = table()
    view.set_confusion(shown)
    combo = view.findChild(QComboBox, "evaluationOrderCombo")
    assert combo is not None
    combo.setCurrentIndex(1)
    assert np.all(np.diff(shown.confidences[view.images.wall.shown]) >= 0)
    combo.setCurrentIndex(2)
    assert np.all(np.diff(view.images.wall.shown) > 0)


def test_a_cell_stays_chosen_through_the_steps_of_a_run(view: ErrorsPage) -> None:
    view.set_confusion(digits(4, 16))
    click(view, 0, 1)
    view.set_confusion(digits(18, 2))
    assert view.matrix.chosen_cell == (0, 1)
    assert len(view.images.wall.shown) == 2


def test_a_click_or_an_arrow_key_asks_for_an_image(view: ErrorsPage) -> None:
    view.set_confusion(digits(4, 16))
    chosen: list[int] = []
    view.image_chosen.connect(chosen.append)
    wall = view.images.wall
    place = wall.cell_rect(1).center().toPoint()
    QTest.mouseClick(wall.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    QTest.keyClick(wall, Qt.Key.Key_Right)
    assert chosen == [5, 6]


def test_the_way_back_says_where_it_leads_and_moves_nothing(view: ErrorsPage, qtbot: QtBot) -> None:
    view.set_confusion(digits(4, 16))
    QApplication.processEvents()  # it is laid out
    wall = view.images.wall.geometry()
    back = view.images.back_button
    assert not back.isVisible()
    view.set_inspected(5, "draw")
    assert back.text() == "Back to the drawing"
    assert view.images.wall.geometry() == wall
    with qtbot.waitSignal(view.back_requested):
        back.click()
    view.set_inspected(-1, "")
    assert not back.isVisible()
    assert view.images.wall.place() == -1


def test_what_the_sample_has_none_of_is_not_said_to_be_missing_from_all_test_images(view: ErrorsPage) -> None:
    view.set_confusion(digits(20, 0))
    none = ["None in the sample of 20 test images."]
    assert [text.text for text in painted(view.images.wall)] == none
    view.show_cell(0, 1)
    assert view.images.title.whole == "0 predicted as 1 · none in the sample of 20"
    assert [text.text for text in painted(view.images.wall)] == none
    view.matrix.pointed.emit(0, 1)
    assert view.card.words.text().endswith("Sample of 20.")


# as a whole


@pytest.mark.parametrize("stage", [(868, 590), (1134, 660), (1208, 800), (1688, 980)])
def test_nothing_is_cut_overlapping_or_too_small(view: ErrorsPage, stage: tuple[int, int]) -> None:
    view.resize(*stage)
    view.set_confusion(table(names=""))
    click(view, 3, 7)
    screen = Screen(view)
    assert [*cut_texts(screen), *overlaps(screen), *small_type(screen)] == []


@pytest.mark.parametrize("wide", [300, 420, 480])
def test_the_matrix_leaves_what_stands_below_the_images_its_width(view: ErrorsPage, qtbot: QtBot, wide: int) -> None:
    place, panel = PanelPlace(), QWidget()
    view.set_below_images(place)
    view.set_confusion(table())
    view.resize(1000, 1000)
    panel.setMinimumSize(wide, 100)
    place.take(panel)
    qtbot.waitUntil(lambda: view._right.width() >= wide and view._left.geometry().right() < view._right.x())


@pytest.mark.parametrize(("stage", "aside"), [((1102, 571), True), ((1176, 704), True), ((1656, 883), False)])
def test_in_a_low_window_the_matrix_makes_room_for_what_stands_below_the_images(
    view: ErrorsPage, qtbot: QtBot, stage: tuple[int, int], aside: bool
) -> None:
    place, panel = PanelPlace(), QWidget()
    panel.setMinimumSize(452, 100)
    view.set_below_images(place)
    view.set_confusion(table())
    view.resize(*stage)
    view.show_cell(3, 4)
    chosen = int(view.images.wall.shown[-1])
    place.take(panel)
    view.set_inspected(chosen, "draw")
    qtbot.waitUntil(lambda: view.matrix.isVisible() != aside)
    qtbot.waitUntil(lambda: panel.height() > (0.9 if aside else 0.6) * stage[1])
    wall = view.images.wall
    place_of = wall.shown.tolist().index(chosen)
    assert wall.viewport().rect().contains(wall.cell_rect(place_of).toAlignedRect()), "the chosen image is seen"
    if aside:
        with qtbot.waitSignal(view.matrix_requested):
            view.images.matrix_button.click()
        place.give_back(panel, view)
        qtbot.waitUntil(view.matrix.isVisible)
    assert view.matrix.chosen_cell == (3, 4)
    assert not view.images.matrix_button.isVisible()


def test_the_matrix_of_ten_classes_is_whole_in_larger_letters_and_the_page_scrolls(view: ErrorsPage) -> None:
    usual = text_pixels()
    try:
        use_text_pixels(1.5 * usual)
        view.resize(1134, 500)
        view.set_confusion(table())
        for _ in range(5):
            QApplication.processEvents()
        seen = view.card._scroll.viewport().height()
        assert view.matrix.height() <= seen, "no row is scrolled away inside the card"
    finally:
        use_text_pixels(usual)
