"""Evaluate: what differs from other predictions, cells left out, images listed, searched and selected, and classes."""

import re

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QSpinBox, QTableView, QToolButton
from pytestqt.qtbot import QtBot

from cnnviewer.core.data.image_id import ImageFiles, ImageIds
from cnnviewer.core.evaluation.confusion import Confusion, confusion_of
from cnnviewer.core.evaluation.difference import difference_of
from cnnviewer.core.evaluation.metrics import class_metrics, largest_confusions, mean_of, top_k
from cnnviewer.core.evaluation.scores import image_scores
from cnnviewer.ui.evaluate.workspace import EvaluateWorkspace
from cnnviewer.ui.widgets.language import use_language
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts
from cnnviewer.ui.widgets.text_size import text_pixels, use_text_pixels
from cnnviewer.ui.widgets.theme import LIGHT, style_sheet
from tests.screens.measures import cut_texts, overlaps
from tests.screens.placing import controls_on
from tests.screens.screen import Screen

CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


def table(seed: int = 0, classes: int = 10, count: int = 500, sharp: float = 1.5) -> Confusion:
    """The same images and labels whatever the seed; the predictions differ."""
    labels = np.random.default_rng(99).integers(0, classes, count)
    logits = np.random.default_rng(seed).normal(size=(count, classes)).astype(np.float32)
    logits[np.arange(count), labels] += sharp
    shares = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    return confusion_of(
        labels,
        logits.argmax(1),
        np.arange(count),
        tuple(f"c{number}" for number in range(classes)),
        count,
        412,
        shares.max(1).astype(np.float32),
        image_scores(logits, labels),
    )


@pytest.fixture
def view(qtbot: QtBot) -> EvaluateWorkspace:
    made = EvaluateWorkspace()
    qtbot.addWidget(made)
    made.resize(1200, 800)
    files = ImageFiles(tuple(f"c/{number:03}.png" for number in range(500)))
    made.errors.set_images(np.zeros((500, 1, 28, 28), np.uint8), ImageIds("folder:/c", "test", files))
    made.set_confusion(table())
    made.show()
    return made


def texts(view: EvaluateWorkspace) -> set[str]:
    found: list[PaintedText] = []
    with record_texts(found.append):
        view.errors.matrix.grab()
    return {text.text for text in found}


def find(view: EvaluateWorkspace, kind: type, name: str) -> object:
    found = view.findChild(kind, name)
    assert found is not None, name
    return found


def click(view: EvaluateWorkspace, place: int, held: Qt.KeyboardModifier = NONE) -> None:
    wall = view.errors.images.wall
    QTest.mouseClick(wall.viewport(), Qt.MouseButton.LeftButton, held, wall.cell_rect(place).center().toPoint())


# the matrix


def test_cells_below_the_least_number_stay_empty(view: EvaluateWorkspace) -> None:
    counts = table().counts
    spin = find(view, QSpinBox, "evaluationLeastSpin")
    assert isinstance(spin, QSpinBox)
    spin.setValue(5)
    errors = counts[~np.eye(10, dtype=bool)]
    shown = {text for text in texts(view) if text.isdigit()}
    assert shown == {str(count) for count in (*errors[errors >= 5].tolist(), *np.diagonal(counts).tolist())}


def test_the_least_share_is_kept_apart_from_the_least_count(view: EvaluateWorkspace) -> None:
    spin, recall = find(view, QSpinBox, "evaluationLeastSpin"), find(view, QToolButton, "evaluationRecallSegment")
    assert isinstance(spin, QSpinBox)
    assert isinstance(recall, QToolButton)
    spin.setValue(7)
    recall.click()
    assert spin.value() == 0
    assert view.errors.controls.least == 0
    spin.setValue(5)
    assert view.errors.controls.least == 0.05
    button = find(view, QToolButton, "evaluationCountsSegment")
    assert isinstance(button, QToolButton)
    button.click()
    assert spin.value() == 7


def test_the_diagonal_can_be_left_out(view: EvaluateWorkspace) -> None:
    diagonal = {str(count) for count in np.diagonal(table().counts).tolist()}
    assert diagonal <= texts(view)
    hide = find(view, QAction, "evaluationHideDiagonalAction")
    assert isinstance(hide, QAction)
    hide.trigger()
    errors = table().counts[~np.eye(10, dtype=bool)]
    assert {text for text in texts(view) if text.isdigit()} == {str(count) for count in errors.tolist() if count}


def test_compared_the_cells_show_what_differs_with_its_sign(view: EvaluateWorkspace) -> None:
    now, before = table(), table(1)
    view.set_reference(before, "step 12")
    changes = difference_of(now, before).values("counts").astype(int)
    expected = {f"{'+' if change > 0 else chr(0x2212)}{abs(change)}" for change in changes.ravel().tolist() if change}
    assert {text for text in texts(view) if text[:1] in "+\N{MINUS SIGN}"} == expected
    button = find(view, QToolButton, "evaluationCompareButton")
    assert isinstance(button, QToolButton)
    assert button.text() == "Compared with step 12 ▾"
    right, wrong = (int(((a) & (~b)).sum()) for a, b in ((ok(now), ok(before)), (ok(before), ok(now))))
    said = view.errors.card.compared.whole
    assert said == f"{wrong} became wrong · {right} became correct · {100 * before.accuracy:.2f} % correct before"
    view.set_reference(None)
    assert not view.errors.card.compared.isVisible()
    assert not {text for text in texts(view) if text.startswith("+")}


def test_a_comparison_over_a_sample_is_about_the_sample_alone_and_says_so(view: EvaluateWorkspace) -> None:
    now = table()
    chosen = np.arange(0, 500, 5)
    view.open("classes")
    page, errors = view.classes_page, view.errors
    view.set_reference_progress(0.25)
    view.set_reference(table(1).of_rows(chosen), "step 12")
    sample = now.of_rows(chosen)
    share = top_k(sample, 5)
    assert share is not None
    said = f"{sample.correct} correct in the sample of 100 test images"
    assert (errors.card.accuracy.text(), page.accuracy.text()) == (said, said)
    assert errors.controls.wrong.text() == f"{sample.wrong} wrong in the sample of 100"
    for label in (errors.card.compared.whole, page.compared.text()):
        assert label.startswith("Sample of 100, predicting all: 25 % · ")
    assert page.top.text() == f"{100 * share:.1f} %"
    model = page.classes.model()
    assert sum(int(model.index(row, 7).data()) for row in range(10)) == 100
    assert errors.images.title.whole.endswith("in the sample of 100")
    assert not view.findChild(QPushButton, "evaluateAllButton").isVisibleTo(errors), "all are predicted, but for those"
    assert errors.table is not None
    assert errors.table.indices.tolist() == chosen.tolist(), "what is exported"
    before = errors.difference
    assert before is not None
    assert before.before_of(3) == (int(table(1).predicted[15]), pytest.approx(float(table(1).confidences[15])))
    view.set_reference(table(1), "step 12")
    view.set_reference_progress(None)
    assert page.accuracy.text().endswith("of 500 test images correct")
    assert "ample" not in errors.card.compared.whole + errors.images.title.whole + page.compared.text()


def ok(shown: Confusion) -> np.ndarray:
    return np.asarray(shown.labels == shown.predicted)


@pytest.mark.parametrize("spare", [0.75, 0.9])
def test_a_row_of_images_and_what_stands_below_them_is_whole_where_there_is_nearly_room(
    view: EvaluateWorkspace, spare: float
) -> None:
    wall = view.errors.images.wall
    wide, tall = wall.cell_size()
    words = tall - wide
    outside = wall.height() - wall.viewport().height()
    wall.setFixedHeight(round(spare * wide + words + 2 * wall.EDGE) + outside)
    assert wall.cell_rect(0).bottom() + wall.EDGE <= wall.viewport().height() + 0.01
    assert wall.cell_rect(0).height() - words == pytest.approx(spare * wide, abs=1), "the image gives way"
    assert wall.cell_rect(0).width() == pytest.approx(wide, abs=1), "its words do not"


def test_predictions_of_other_classes_are_said_not_to_be_comparable(view: EvaluateWorkspace) -> None:
    view.set_reference(table(1, classes=9), "a run")
    assert "cannot be compared" in view.errors.card.compared.whole
    assert view.errors.difference is None
    view.set_confusion(table(2, classes=9))
    assert view.errors.difference is not None


def test_a_thousand_classes_are_painted_within_reach(view: EvaluateWorkspace) -> None:
    view.set_confusion(table(0, 1000, 5000))
    view.errors.show_cell(998, 999)
    sight = view.errors.matrix.visibleRegion().boundingRect()
    assert sight.contains(view.errors.matrix.cell_centre(998, 999).toPoint())
    assert "c998" in texts(view)
    assert "c3" not in texts(view)  # only names in sight are painted


# the images


def test_the_images_that_became_wrong_right_or_changed_are_listed(view: EvaluateWorkspace) -> None:
    now, before = table(), table(1)
    view.set_reference(before, "step 12")
    combo, wall = view.errors.images.list_combo, view.errors.images.wall
    assert [combo.itemData(place) for place in range(combo.count())] == [
        "became-wrong",
        "became-right",
        "changed",
        "wrong",
        "all",
    ]
    expected = {
        "became-wrong": ok(before) & ~ok(now),
        "became-right": ~ok(before) & ok(now),
        "changed": before.predicted != now.predicted,
        "wrong": ~ok(now),
        "all": np.ones(500, bool),
    }
    for key, chosen in expected.items():
        combo.setCurrentIndex(combo.findData(key))
        combo.activated.emit(combo.currentIndex())
        assert sorted(wall.shown) == np.flatnonzero(chosen).tolist(), key
    view.set_reference(None)
    assert combo.count() == 2


def test_a_compared_cell_lists_what_came_into_it_and_what_left_it(view: EvaluateWorkspace) -> None:
    now, before = table(), table(1)
    view.set_reference(before, "step 12")
    view.errors.show_cell(3, 7)
    inside, was = ((shown.labels == 3) & (shown.predicted == 7) for shown in (now, before))
    assert sorted(view.errors.images.wall.shown) == np.flatnonzero(inside ^ was).tolist()
    came, left = int((inside & ~was).sum()), int((was & ~inside).sum())
    assert view.errors.images.title.whole == f"c3 predicted as c7 · {came} new, {left} gone"
    view.errors.matrix.pointed.emit(3, 7)
    assert view.errors.card.words.text() == f"c3 predicted as c7: {inside.sum()} now, {was.sum()} before."


@pytest.mark.parametrize("key", ["loss", "margin"])
def test_images_are_ordered_by_loss_and_margin_and_say_the_number(view: EvaluateWorkspace, key: str) -> None:
    shown = table()
    assert shown.scores is not None
    order, wall = view.errors.images.order, view.errors.images.wall
    order.setCurrentIndex(order.findData(key))
    numbers = shown.scores.losses if key == "loss" else -shown.scores.margins
    assert np.all(np.diff(numbers[wall.shown]) <= 0)
    assert f"loss {shown.scores.losses[wall.shown[0]]:.3g}" in wall.describe(int(wall.shown[0]))
    numbers = shown.scores.losses if key == "loss" else shown.scores.margins
    texts: list[PaintedText] = []
    for width in range(900, 1300, 50):
        view.resize(width, 700)
        QApplication.processEvents()
        texts.clear()
        with record_texts(texts.append):
            wall.viewport().grab()
        below = [text.text for text in texts if text.text.startswith("#")]
        assert len(below) >= 4
        for text, index in zip(below, wall.shown, strict=False):
            assert text.startswith(f"#{index} ")
            assert text.endswith(f"{abs(numbers[index]):.2f}"), "the number has room, whatever stands before it"


def test_a_long_name_on_the_button_that_compares_leaves_half_of_the_stage_to_the_images(
    view: EvaluateWorkspace,
) -> None:
    page, widths = view.errors, dict[str, list[int]]()
    for words in ("step 1", "LeNet on a folder of handwritten digits"):
        view.set_reference(table(1), words)
        for width in range(900, 1300, 50):
            view.resize(width, 640)
            QApplication.processEvents()
            widths.setdefault(words, []).append(page.images.width())
            assert page.controls.compare.sizeHint().width() <= page.controls.compare.width()
    short, long = widths.values()
    halves = [width // 2 - 40 for width in range(900, 1300, 50)]
    assert all(found >= min(usual, half) for found, usual, half in zip(long, short, halves, strict=True))


def test_a_search_narrows_the_list_and_says_when_nothing_fits(view: EvaluateWorkspace, qtbot: QtBot) -> None:
    search = find(view, QLineEdit, "evaluationSearch")
    assert isinstance(search, QLineEdit)
    shown, wall = table(), view.errors.images.wall
    wrong = np.flatnonzero(shown.labels != shown.predicted)
    for text, expected in (
        (f"#{wrong[5]}", [wrong[5]]),
        (f"{wrong[7]:03}.png", [wrong[7]]),
        ("C3", [index for index in wrong if 3 in (shown.labels[index], shown.predicted[index])]),
        ("zebra", []),
    ):
        search.setText(text)
        qtbot.waitUntil(lambda: sorted(wall.shown) == sorted(expected))  # noqa: B023 - within the turn
    assert wall._notice == "No image fits zebra."
    assert not view.errors.images.export_button.isEnabled()
    search.clear()
    qtbot.waitUntil(lambda: len(wall.shown) == len(wrong))


def test_ctrl_and_shift_select_and_a_plain_click_looks_at_one(view: EvaluateWorkspace) -> None:
    wall, looked = view.errors.images.wall, []
    view.errors.image_chosen.connect(looked.append)
    click(view, 1)
    click(view, 3, CTRL)
    assert wall.selected.tolist() == wall.shown[[1, 3]].tolist()
    click(view, 1, CTRL)
    assert wall.selected.tolist() == [wall.shown[3]]
    click(view, 0)
    click(view, 4, SHIFT)
    assert wall.selected.tolist() == wall.shown[:5].tolist()
    click(view, 2, SHIFT)
    assert wall.selected.tolist() == wall.shown[:3].tolist()
    assert looked == wall.shown[[1, 0]].tolist()
    assert view.errors.images.export_button.text() == "Export 3 ▾"
    assert view.errors.exported.tolist() == wall.shown[:3].tolist()


def test_keys_select_too(view: EvaluateWorkspace) -> None:
    wall = view.errors.images.wall
    click(view, 0)
    QTest.keyClick(wall, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(wall, Qt.Key.Key_Right, SHIFT)
    assert wall.selected.tolist() == wall.shown[:3].tolist()
    QTest.keyClick(wall, Qt.Key.Key_Space)
    assert wall.selected.tolist() == wall.shown[:2].tolist()
    QTest.keyClick(wall, Qt.Key.Key_A, CTRL)
    assert len(wall.selected) == len(wall.shown)
    QTest.keyClick(wall, Qt.Key.Key_Escape)
    assert not len(wall.selected)
    assert view.errors.exported.tolist() == wall.shown.tolist()


def test_what_is_no_longer_listed_is_no_longer_selected(view: EvaluateWorkspace) -> None:
    wall = view.errors.images.wall
    wall.select_all()
    view.errors.show_cell(3, 7)
    assert set(wall.selected.tolist()) == set(wall.shown.tolist())
    view.errors.clear_cell()
    assert len(wall.selected) < len(wall.shown)


# classes


def test_no_column_of_the_classes_is_wider_than_it_must_be_where_it_is_narrow(view: EvaluateWorkspace) -> None:
    view.open("classes")
    classes = view.classes_page.classes
    QApplication.processEvents()
    header = classes.horizontalHeader()
    needed = [max(header.sectionSizeHint(at), classes.sizeHintForColumn(at)) for at in range(6)]
    classes.setFixedWidth(max(needed) * 6 + classes.width() - classes.viewport().width())
    QApplication.processEvents()
    assert not classes.horizontalScrollBar().isVisible()
    assert header.length() <= classes.viewport().width()


def test_a_narrow_table_of_confusions_shows_every_column_before_it_scrolls_across(view: EvaluateWorkspace) -> None:
    view.set_reference(table(1), "step 12")
    view.open("classes")
    confusions = view.classes_page.confusions
    QApplication.processEvents()
    header = confusions.horizontalHeader()
    needed = [max(header.sectionSizeHint(at), confusions.sizeHintForColumn(at)) for at in range(4)]
    edges = confusions.width() - confusions.viewport().width()
    assert max(needed) * 4 > sum(needed) + 8, "columns need different widths"
    confusions.setFixedWidth(sum(needed) + edges + 4)
    QApplication.processEvents()
    assert not confusions.horizontalScrollBar().isVisible()
    assert all(header.sectionSize(at) >= needed[at] for at in range(4))

    classes = view.classes_page.classes
    classes.setFixedWidth(2000)
    QApplication.processEvents()
    header = classes.horizontalHeader()
    needed = [max(header.sectionSizeHint(at), classes.sizeHintForColumn(at)) for at in range(8)]
    assert sum(needed[at] > header.sectionSizeHint(at) for at in range(8)) > 2, "numbers are wider than their titles"
    classes.setFixedWidth(sum(needed) + classes.width() - classes.viewport().width() - 4)
    QApplication.processEvents()
    assert header.length() <= classes.viewport().width(), "the room beside the numbers gives way first"
    changes = view.classes_page.classes_model.changes
    assert len(changes) == 3
    assert not any(map(classes.isColumnHidden, changes))
    for width, hidden in ((sum(needed) - 100, True), (2000, False)):
        classes.setFixedWidth(width)
        QApplication.processEvents()
        assert [classes.isColumnHidden(at) for at in range(8)] == [hidden and at in changes for at in range(8)]
        assert header.length() <= classes.viewport().width()


def test_classes_and_confusions_are_listed_and_a_confusion_leads_to_its_cell(view: EvaluateWorkspace) -> None:
    shown = table()
    view.open("classes")
    classes, confusions = find(view, QTableView, "classesTable"), find(view, QTableView, "confusionsTable")
    assert isinstance(classes, QTableView)
    assert isinstance(confusions, QTableView)
    model = classes.model()
    row = [model.index(3, column).data() for column in range(6)]
    recall, precision = shown.recall[3], shown.precision[3]
    assert row[:3] == ["c3", f"{100 * precision:.1f} %", f"{100 * recall:.1f} %"]
    assert row[4:] == [str(shown.counts[3].sum()), str(shown.counts[:, 3].sum())]
    first = largest_confusions(shown.counts)[0]
    found = [confusions.model().index(0, column).data() for column in range(3)]
    assert found == [f"c{first[0]}", f"c{first[1]}", str(first[2])]
    confusions.clicked.emit(confusions.model().index(0, 0))
    assert view.pages.page == "errors"
    assert view.errors.matrix.chosen_cell == (first[0], first[1])


def test_compared_each_class_shows_its_metrics_before_and_after_and_their_change(view: EvaluateWorkspace) -> None:
    now, before = table(), table(1)
    view.open("classes")
    classes, confusions = find(view, QTableView, "classesTable"), find(view, QTableView, "confusionsTable")
    assert isinstance(classes, QTableView)
    assert isinstance(confusions, QTableView)
    plain = [classes.model().headerData(column, Qt.Orientation.Horizontal) for column in range(6)]
    view.set_reference(before, "step 12")
    page, model = view.classes_page, classes.model()
    assert model.columnCount() == 8
    metrics = [class_metrics(each.counts) for each in (before, now)]
    for place, name in enumerate(("precision", "recall", "f1")):
        was, now_is = (round(100 * float(getattr(each, name)[3]), 2) for each in metrics)
        assert model.index(3, 1 + 2 * place).data() == f"{was:.2f} → {now_is:.2f}"
        sign = "+" if now_is > was else "\N{MINUS SIGN}"
        assert model.index(3, 2 + 2 * place).data() == f"{sign}{abs(now_is - was):.2f}", "of the numbers beside it"
    classes.sortByColumn(4, Qt.SortOrder.DescendingOrder)
    changes = metrics[1].recall - metrics[0].recall
    assert model.index(0, 0).data() == f"c{changes.argmax()}"
    first = largest_confusions(now.counts)[0]
    assert confusions.model().index(0, 3).data() == str(before.counts[first[0], first[1]])
    assert page.compare.text() == "Compared with step 12 ▾"
    assert page.compared.text() == view.errors.card.compared.whole.splitlines()[0]
    assert f"recall {100 * mean_of(metrics[0].recall):.1f} % → {100 * mean_of(metrics[1].recall):.1f} %" in (
        page.means.text()
    )
    view.set_reference(None)
    assert [classes.model().headerData(column, Qt.Orientation.Horizontal) for column in range(6)] == plain
    assert not page.compared.isVisible()


def test_the_page_classes_asks_for_a_comparison_itself(view: EvaluateWorkspace) -> None:
    asked: list[str] = []
    view.reference_requested.connect(asked.append)
    view.references_opened.connect(lambda: view.set_reference_choices((("first", 0),), ()))
    view.open("classes")
    menu = view.classes_page.compare.menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.data() == "first").trigger()
    assert asked == ["first"]


def test_k_of_the_top_k_accuracy_can_be_chosen(view: EvaluateWorkspace) -> None:
    view.open("classes")
    spin = find(view, QSpinBox, "topKSpin")
    assert isinstance(spin, QSpinBox)
    spin.setValue(2)
    share = top_k(table(), 2)
    assert share is not None
    assert view.classes_page.top.text() == f"{100 * share:.1f} %"


def test_what_has_no_value_is_a_dash_with_its_reason(view: EvaluateWorkspace) -> None:
    labels, predicted = np.array([0, 0, 1]), np.array([0, 1, 1])
    view.set_confusion(confusion_of(labels, predicted, np.arange(3), ("a", "b", "empty"), 3))
    view.open("classes")
    classes = find(view, QTableView, "classesTable")
    assert isinstance(classes, QTableView)
    cells = [classes.model().index(2, column) for column in range(6)]
    assert [cell.data() for cell in cells] == ["empty", "–", "–", "–", "0", "0"]
    assert "Nothing is predicted" in cells[1].data(Qt.ItemDataRole.ToolTipRole)
    page = view.classes_page
    assert "Classes without images: 1 (no recall)." in page.means.text()
    assert "nan" not in page.means.text().lower()
    assert page.top.text() == "–"  # ranks are not known
    view.open("errors")
    view.errors.matrix.pointed.emit(2, -1)
    assert view.errors.card.words.text() == "empty has no images here: it has no recall."


def test_columns_are_sorted_by_their_numbers(view: EvaluateWorkspace) -> None:
    view.open("classes")
    classes = find(view, QTableView, "classesTable")
    assert isinstance(classes, QTableView)
    classes.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    names = [classes.model().index(row, 0).data() for row in range(10)]
    assert names == [f"c{label}" for label in np.argsort(table().recall, kind="stable")]


def test_a_page_opened_later_has_the_table_and_loses_it_with_the_predictions(view: EvaluateWorkspace) -> None:
    view.open("classes")
    assert view.classes_page.accuracy.text().endswith("of 500 test images correct")
    view.set_error("There is no data set.")
    assert view.classes_page.accuracy.text() == ""
    assert view.classes_page.classes.model().rowCount() == 0


# as a whole


def test_tool_tips_and_what_a_screen_reader_hears_follow_the_language(view: EvaluateWorkspace, qtbot: QtBot) -> None:
    view.set_reference(table(1), "step 12")
    view.errors.images.wall.choose(0)
    view.errors.matrix.choose((3, 5))
    heard = (
        view.errors.card.compared.toolTip,
        view.errors.images.wall.accessibleDescription,
        view.errors.matrix.accessibleDescription,
    )
    english = re.compile("[a-z]{3}")
    assert all(english.search(each()) for each in heard)
    use_language("ko")
    try:
        qtbot.waitUntil(lambda: not any(english.search(each()) for each in heard))
    finally:
        use_language("en")


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("percent", [100, 125, 150, 200])
def test_no_column_of_both_tables_of_classes_is_cut_in_large_text(
    view: EvaluateWorkspace, qtbot: QtBot, language: str, percent: int
) -> None:
    usual = text_pixels()
    try:
        use_language(language)
        view.setStyleSheet(style_sheet(LIGHT))
        use_text_pixels(13 * percent / 100)
        view.resize(1130, 699)
        view.open("classes")
        tables = view.classes_page.classes, view.classes_page.confusions
        qtbot.waitUntil(
            lambda: all(each.horizontalHeader().length() <= each.viewport().width() for each in tables), timeout=2000
        )
    finally:
        use_text_pixels(usual)
        use_language("en")


@pytest.mark.parametrize("page", ["errors", "classes"])
@pytest.mark.parametrize("stage", [(1130, 699), (1204, 831), (1688, 980)])
def test_nothing_is_cut_or_overlapping(view: EvaluateWorkspace, stage: tuple[int, int], page: str) -> None:
    view.setStyleSheet(style_sheet(LIGHT))  # cells have their padding from it
    view.resize(*stage)
    view.set_reference(table(1), "step 1,200")
    view.errors.images.wall.select_all()
    view.open(page)
    QApplication.processEvents()
    screen = Screen(view)
    assert [*cut_texts(screen), *overlaps(screen)] == []


def test_the_stage_has_few_controls(view: EvaluateWorkspace) -> None:
    view.set_reference(table(1), "step 12")
    view.errors.set_progress(0.3)
    view.errors.set_inspected(5, "draw")
    assert len(controls_on(view)) <= 18
    listing = find(view, QToolButton, "evaluationListingButton")
    assert isinstance(listing, QToolButton)
    assert listing.isVisible()
    assert listing.accessibleName() == "most confident first"
