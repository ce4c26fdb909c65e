"""The page History shows the answers over the steps and leads to each of them."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.core.runs.read.answer_history import AnswerHistory
from cnnviewer.ui.explore.why.history.page import HistoryPage
from cnnviewer.ui.explore.why.history.texts import note_text, summary_text
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts
from cnnviewer.ui.widgets.tall_content import TallContent
from cnnviewer.ui.widgets.text_size import text_pixels, use_text_pixels

STEPS = (0, 10, 40, 80, 200)
ROWS = [[0.6, 0.3, 0.1], [0.2, 0.5, 0.3], [0.1, 0.2, 0.7], [0.1, 0.7, 0.2], [0.0, 0.9, 0.1]]


def history(**more: object) -> AnswerHistory:
    return AnswerHistory(STEPS, np.array(ROWS, np.float32), ("cat", "dog", "ship"), **more)  # type: ignore[arg-type]


@pytest.fixture
def page(qtbot: QtBot) -> HistoryPage:
    made = HistoryPage()
    qtbot.addWidget(made)
    made.resize(420, 800)
    made.show()
    made.set_history(history(), 200, 1, 1)
    return made


def test_it_says_how_often_the_answer_changed_and_whether_it_ended_right() -> None:
    assert summary_text(history(), 1) == "The answer changed 3 times. Since step 80 it is dog, which is correct."
    assert summary_text(history(), 0) == "The answer changed 3 times. Since step 80 it is dog, which is wrong."
    assert summary_text(history(), None) == "The answer changed 3 times. Since step 80 it is dog."
    assert summary_text(history(), 0, complete=False).startswith("So far, to step 200: The answer changed 3 times.")
    steady = AnswerHistory((0, 5), np.array([[0.9, 0.1], [0.8, 0.2]], np.float32), ("cat", "dog"))
    assert summary_text(steady, 0) == "Predicted cat at all 2 kept steps."
    assert note_text(history()) == ""
    assert "eight bits" in note_text(history(in_eight_bits=True))
    assert note_text(history(missing=1)) == "1 snapshot could not be read."


def test_what_is_still_being_read_stays_in_view_above_all_that_is_said(page: HistoryPage) -> None:
    page.set_history(history(in_eight_bits=True, missing=1), 500, 1, 1, complete=False)
    page.set_muted(True)
    page.set_progress(0.3)
    assert page._summary.text().startswith("So far, to step 200:")
    assert page.progress.mapTo(page, QPoint(0, 0)).y() < page.plot.mapTo(page, QPoint(0, 0)).y()
    page.set_history(history(), 200, 1, 1)
    assert page._summary.text().startswith("The answer changed")


def test_a_click_and_a_change_in_the_list_lead_to_their_step(page: HistoryPage) -> None:
    chosen: list[int] = []
    page.step_chosen.connect(chosen.append)
    place = QPoint(round(page.plot.x_of(45)), 60)
    QTest.mouseClick(page.plot, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert chosen == [40], "the nearest kept step"
    rows = [page.changes_list.item(row).text() for row in range(page.changes_list.count())]
    assert rows == ["step 80: ship → dog", "step 40: dog → ship", "step 10: cat → dog"]
    page.changes_list.itemClicked.emit(page.changes_list.item(2))
    assert chosen == [40, 10]


def test_the_list_is_as_high_as_all_changes_and_the_page_around_it_scrolls_to_the_row_of_the_keyboard(
    qtbot: QtBot,
) -> None:
    host, made = QWidget(), HistoryPage()
    qtbot.addWidget(host)
    area = TallContent(host)
    QVBoxLayout(area.content).addWidget(made)
    rows = np.eye(2, dtype=np.float32)[np.arange(30) % 2]
    made.set_history(AnswerHistory(tuple(range(30)), rows, ("cat", "dog")), 30)
    host.resize(420, 500)
    host.show()
    qtbot.waitExposed(host)
    listed = made.changes_list
    assert listed.count() == 29
    assert listed.verticalScrollBar().maximum() == 0
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    listed.setFocus()
    for _ in range(listed.count()):
        QTest.keyClick(listed, Qt.Key.Key_Down)
    row = listed.visualItemRect(listed.item(28))
    place = listed.viewport().mapTo(area.viewport(), row.center())
    assert area.viewport().rect().contains(place)


def test_no_name_of_a_line_meets_the_unit_of_the_axis_in_text_of_any_size(page: HistoryPage) -> None:
    usual = text_pixels()
    page.set_history(history(), 230, 1, 1)  # whose last number leaves the unit room
    for size in (usual, 2 * usual):
        use_text_pixels(size)
        texts: list[PaintedText] = []
        with record_texts(texts.append):
            page.plot.grab()
        (unit,) = (text.covers for text in texts if text.text == "step")
        names = [text.covers for text in texts if text.text in ("cat", "dog", "ship")]
        assert names
        assert not any(unit.intersects(name) for name in names)
    use_text_pixels(usual)


def test_the_keys_read_out_the_kept_steps_and_go_there(page: HistoryPage) -> None:
    chosen: list[int] = []
    page.step_chosen.connect(chosen.append)
    page.set_step(40)
    for key, step in (
        (Qt.Key.Key_Right, 80),
        (Qt.Key.Key_Right, 200),
        (Qt.Key.Key_Right, 200),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, 200),
        (Qt.Key.Key_Left, 80),
    ):
        QTest.keyClick(page.plot, key)
        assert page.plot.readout.startswith(f"Step {step}:")
    assert page.plot.readout == "Step 80: dog 70.0 %, ship 20.0 %, cat 10.0 %"
    QTest.keyClick(page.plot, Qt.Key.Key_Return)
    assert chosen == [80]
    QTest.keyClick(page.plot, Qt.Key.Key_Escape)
    assert page.plot.readout == ""


def test_the_axis_is_that_of_the_timeline(page: HistoryPage) -> None:
    first, middle, last = (page.plot.x_of(step) for step in (0, 100, 200))
    assert middle - first == pytest.approx(last - middle)
    page.set_history(history(), 400, 1, 1)
    assert page.plot.x_of(400) == pytest.approx(last), "a run that goes on: its newest step is at the right end"


def test_the_class_asked_about_and_the_true_one_have_a_line() -> None:
    many = np.full((2, 20), 0.02, np.float32)
    many[:, :5] += 0.1
    found = AnswerHistory((0, 1), many, tuple(map(str, range(20))))
    assert found.leading(4, (19, 7)) == (0, 1, 7, 19)


def test_weights_of_no_run_have_no_history_and_the_page_says_what_to_do(page: HistoryPage) -> None:
    wanted: list[bool] = []
    page.train_requested.connect(lambda: wanted.append(True))
    page.set_of_run(False)
    assert not page.plot.isVisible()
    page._invitation.button.click()
    assert wanted == [True]
    page.set_of_run(True)
    assert page.plot.isVisible()
