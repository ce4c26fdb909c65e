"""The list of runs as the user sees it: sorted, searched, edited, chosen."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QImage, QKeySequence, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyleOptionViewItem,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.runs.format.notes import Notes
from cnnviewer.core.runs.read.summary import RunLine, RunSummary
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.ui.compare.runs.model import COLUMNS
from cnnviewer.ui.compare.runs.view import RunsView
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts
from cnnviewer.ui.widgets.theme import theme, use_theme
from cnnviewer.ui.window.menus import SHORTCUTS
from tests.screens.contrast import ratio_of

RECIPE = ModelRecipe("lenet", (1, 28, 28), tuple("0123456789"), (0.1,), (0.3,), "mnist")


def line(name: str, day: int, **changes: Any) -> RunLine:
    info = RunInfo(f"2026-01-{day:02d}_{name}", f"2026-01-{day:02d}T10:00:00+00:00", TrainConfig(epochs=10), RECIPE)
    summary = RunSummary(Path("/runs") / name, info, Notes(), "finished", 10, 300, 0.5, True, 2**20, 5)
    return RunLine(replace(summary, **changes), name, name, "LeNet", "MNIST")


LINES = (
    line("third", 3, accuracy=0.9712, notes=Notes("", "the best so far")),
    line("second", 2, state="interrupted", accuracy=0.101, tested=False, epochs_done=2, size=3 * 2**31),
    line("first", 1, state="running", accuracy=None, epochs_done=0),
)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[RunsView]:
    dock = QWidget()  # a window would not become narrower than its words
    qtbot.addWidget(dock)
    made = RunsView(dock)
    dock.resize(900, 240)
    made.resize(900, 240)
    dock.show()
    made.set_runs(LINES)
    yield made
    dock.close()


def texts(view: RunsView, column: str) -> list[str]:
    order = view.table.order
    return [order.index(row, COLUMNS.index(column)).data() for row in range(order.rowCount())]


def chosen(view: RunsView) -> list[str]:
    return [line.name for line in view.table.selected()]


def choose(view: RunsView, *names: str) -> None:
    view.select([Path("/runs") / name for name in names])


def enabled(view: RunsView) -> set[str]:
    return {name for name, action in view.actions_of_runs.by_name.items() if action.isEnabled()}


def test_every_column_says_what_it_is_about(view: RunsView) -> None:
    assert texts(view, "name") == ["third", "second", "first"]
    assert texts(view, "state") == ["finished", "interrupted", "running"]
    assert texts(view, "accuracy") == ["97.12 %", "10.10 % val.", "none yet"]
    assert texts(view, "epochs") == ["10 / 10", "2 / 10", "0 / 10"]
    assert texts(view, "date") == ["2026-01-03", "2026-01-02", "2026-01-01"]
    assert texts(view, "size") == ["1.0 MB", "6.0 GB", "1.0 MB"]
    assert texts(view, "note") == ["the best so far", "", ""]
    assert view.findChild(QWidget, "runsSum").property("text") == "3 runs, 6.0 GB"


@pytest.mark.parametrize(
    ("column", "ascending"),
    [
        ("name", ["first", "second", "third"]),
        ("accuracy", ["first", "second", "third"]),
        ("epochs", ["first", "second", "third"]),
        ("date", ["first", "second", "third"]),
        ("state", ["first", "second", "third"]),
    ],
)
def test_a_column_sorts_by_its_meaning(view: RunsView, column: str, ascending: list[str]) -> None:
    view.table.sortByColumn(COLUMNS.index(column), Qt.SortOrder.AscendingOrder)
    assert texts(view, "name") == ascending
    view.table.sortByColumn(COLUMNS.index(column), Qt.SortOrder.DescendingOrder)
    assert texts(view, "name") == ascending[::-1]


def test_sizes_beyond_two_gigabytes_sort_as_numbers(view: RunsView) -> None:
    view.table.sortByColumn(COLUMNS.index("size"), Qt.SortOrder.DescendingOrder)
    assert texts(view, "name")[0] == "second"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("best", ["third"]),
        ("MNIST lenet", ["third", "second", "first"]),
        ("interrupted", ["second"]),
        ("second interrupted", ["second"]),
        ("first interrupted", []),
    ],
)
def test_runs_are_found_by_every_word_in_what_is_seen_or_said(view: RunsView, words: str, found: list[str]) -> None:
    view.search.setText(words)
    assert texts(view, "name") == found
    assert view.table.isVisible() == bool(found)
    if not found:
        assert "No run has" in view.findChild(QWidget, "runsEmpty").property("text")


def test_an_empty_list_says_what_will_be_in_it(view: RunsView) -> None:
    view.set_runs_dir("/somewhere/runs")
    view.set_runs(())
    words = view.findChild(QWidget, "runsEmpty").property("text")
    assert "Press Train" in words
    assert "/somewhere/runs" in words


def test_what_is_chosen_stays_so_when_runs_come_go_and_change(view: RunsView) -> None:
    choose(view, "second", "first")
    view.set_runs((line("fourth", 4), *LINES))
    assert chosen(view) == ["second", "first"]
    view.set_runs((line("fourth", 4), LINES[0], replace(LINES[1], name="renamed")))
    assert chosen(view) == ["renamed"]


def test_a_name_that_is_being_written_is_not_disturbed(view: RunsView, qtbot: QtBot) -> None:
    choose(view, "second")
    view.table.edit_name()
    editor = view.table.findChild(QLineEdit)
    QTest.keyClicks(editor, "mine")
    view.set_runs((line("fourth", 4), *LINES))
    assert editor.isVisible()
    with qtbot.waitSignal(view.name_changed) as heard:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert heard.args == [Path("/runs/second"), "mine"]
    qtbot.waitUntil(lambda: texts(view, "name")[0] == "fourth")
    assert chosen(view) == ["second"]


def test_return_in_a_cell_that_is_written_opens_nothing_and_in_a_row_opens_it(view: RunsView, qtbot: QtBot) -> None:
    opened: list[Path] = []
    view.open_requested.connect(opened.append)
    choose(view, "third")
    view.table.edit_note()
    QTest.keyClick(view.table.findChild(QLineEdit), Qt.Key.Key_Return)
    assert not opened
    qtbot.waitUntil(lambda: view.table.state() == view.table.State.NoState)
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert opened == [Path("/runs/third")]


def test_only_what_is_possible_can_be_done(view: RunsView) -> None:
    always = {"actionRunUndo", "actionRunElsewhere"}
    one = {f"actionRun{verb}" for verb in ("Open", "Branch", "Duplicate", "Rename", "Note", "Reveal")}
    assert enabled(view) == always
    choose(view, "third")
    assert enabled(view) == always | one | {"actionRunResume", "actionRunDelete"}
    choose(view, "first")
    assert enabled(view) == always | one, "it is running"
    choose(view, "third", "second")
    assert enabled(view) == always | {"actionRunCompare", "actionRunDelete"}


def test_the_run_on_the_screen_is_marked_for_eyes_and_ears(view: RunsView) -> None:
    view.set_shown(Path("/runs/second"))
    cell: QModelIndex = view.table.order.index(1, 0)
    assert cell.data(Qt.ItemDataRole.FontRole).bold()
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "second, on the screen"
    assert view.table.order.index(0, 0).data(Qt.ItemDataRole.FontRole) is None


def test_every_state_has_a_sign_of_its_own(view: RunsView) -> None:
    signs = [view.table.order.index(row, 3).data(Qt.ItemDataRole.DecorationRole).cacheKey() for row in range(3)]
    assert len(set(signs)) == 3
    use_theme("dark")
    assert view.table.order.index(0, 3).data(Qt.ItemDataRole.DecorationRole).cacheKey() not in signs
    use_theme("light")


def test_a_narrow_list_leaves_words_off_rather_than_cutting_them(view: RunsView) -> None:
    delete = view.findChild(QToolButton, "runsDeleteButton")
    view.resize(900, 240)
    assert delete.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    view.resize(380, 240)
    assert delete.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    for name in ("Open", "Resume", "Branch", "Compare", "Delete", "More"):
        button = view.findChild(QWidget, f"runs{name}Button")
        assert button.width() >= button.sizeHint().width(), name
        assert button.geometry().right() <= view.width()
        assert button.accessibleName()
        assert button.toolTip()


def test_the_keys_stand_in_the_menu(view: RunsView) -> None:
    act = view.actions_of_runs.by_name
    assert act["actionRunDelete"].shortcut() == QKeySequence("Del")
    assert act["actionRunOpen"].text().endswith("\tReturn")
    assert act["actionRunUndo"].text().endswith("\tCtrl+Z")
    keys = {action.shortcut().toString() for action in act.values()} - {""}
    assert not keys & set(SHORTCUTS.values()), "one key, one meaning"


# as a narrow list


@pytest.fixture
def narrow(view: RunsView) -> RunsView:
    view.resize(300, 400)
    view.set_wide(False)
    return view


def painted(view: RunsView) -> list[str]:
    found: list[str] = []
    with record_texts(lambda text: found.append(text.text)):
        view.table.viewport().grab()
    return found


def test_a_row_of_the_list_has_name_accuracy_epochs_and_time(narrow: RunsView) -> None:
    narrow.set_runs((line("third", 3, seconds=125.0), line("second", 2, epochs_done=2, accuracy=None)))
    words = painted(narrow)
    assert "third" in words
    assert any(text.startswith("50.00 % · 10 epochs · 2") for text in words)
    assert any(text.startswith("loss not finite · 2 of 10 epochs") for text in words)
    assert not any("0.0 s" in text for text in words), "no time is said where none is known"


_State = QStyle.StateFlag
_STATES = {
    "plain": _State.State_None,
    "selected": _State.State_Selected,
    "hovered": _State.State_MouseOver,
    "focused": _State.State_HasFocus,
    "all three": _State.State_Selected | _State.State_MouseOver | _State.State_HasFocus,
}


@pytest.fixture(params=["light", "dark"])
def _in_both_themes(request: pytest.FixtureRequest) -> Iterator[None]:
    use_theme(request.param)
    yield
    use_theme("light")


@pytest.mark.usefixtures("_in_both_themes")
@pytest.mark.parametrize("ticked", [0, 1, 2], ids=["not ticked", "ticked first", "ticked second"])
@pytest.mark.parametrize("state", _STATES.values(), ids=list(_STATES))
def test_a_row_can_be_read_in_every_state(narrow: RunsView, state: QStyle.StateFlag, ticked: int) -> None:
    others = (Path("/runs/third"), Path("/runs/second"))
    narrow.set_compared((*others[: ticked - 1], Path("/runs/first")) if ticked else others)
    option = QStyleOptionViewItem()
    option.rect, option.state, option.font = QRect(0, 0, 300, 42), state | _State.State_Enabled, narrow.table.font()
    picture = QImage(300, 42, QImage.Format.Format_RGB888)
    picture.fill(theme().color("surface"))
    texts: list[PaintedText] = []
    painter = QPainter(picture)
    with record_texts(texts.append):
        narrow.table.itemDelegateForColumn(0).paint(painter, option, narrow.table.order.index(2, 0))
    painter.end()
    assert texts[0].text == "first"
    assert [text.text for text in texts if contrast_with_ground(picture, text) < 4.5] == []


@pytest.mark.parametrize(("named", "shown"), [("", "rate 0.05"), ("a long name of my own that ends with 7", "with 7")])
def test_at_its_usual_width_a_row_says_what_sets_the_run_apart(narrow: RunsView, named: str, shown: str) -> None:
    one = line("run", 4, notes=Notes(named))
    telling = named or "rate 0.05, momentum 0.9, seed 2 · LeNet on Fashion-MNIST"
    narrow.set_runs((replace(one, name=named or "LeNet on Fashion-MNIST · rate 0.05", telling_name=telling),))
    narrow.resize(285, 240)
    texts: list[PaintedText] = []
    with record_texts(texts.append):
        narrow.table.grab()
    (name,) = (text.text for text in texts if "…" in text.text)
    assert shown in name


def contrast_with_ground(picture: QImage, text: PaintedText) -> float:
    """Of a text's colour with the most frequent one in its rectangle; 1 where something was painted over it."""
    part = picture.copy(text.covers.toAlignedRect())
    seen = Counter(part.pixel(x, y) & 0xFFFFFF for x in range(part.width()) for y in range(part.height()))
    colours = np.array([[value >> 16, value >> 8 & 255, value & 255] for value, _ in seen.most_common()])
    letters_seen = len(colours) > 3  # their smoothed edges have many colours
    return float(ratio_of(np.array([text.colour.getRgb()[:3]]), colours[:1])[0]) if letters_seen else 1.0


def test_a_click_on_the_box_ticks_and_on_the_name_chooses(narrow: RunsView, qtbot: QtBot) -> None:
    asked: list[tuple[Path, bool]] = []
    narrow.tick_requested.connect(lambda folder, on: asked.append((folder, on)))
    rect = narrow.table.visualRect(narrow.table.order.index(1, 0))
    for x in (rect.left() + 16, rect.left() + 120):
        place = QPoint(x, rect.center().y())
        QTest.mouseClick(narrow.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked == [(Path("/runs/second"), True)]
    assert chosen(narrow) == ["second"]
    narrow.set_compared((Path("/runs/third"), Path("/runs/second")))
    index = narrow.table.order.index(1, 0)
    assert Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
    QTest.mouseClick(
        narrow.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.left() + 16, rect.center().y())
    )
    assert asked[-1] == (Path("/runs/second"), False)


def test_space_ticks_the_row_with_the_keyboard(narrow: RunsView, qtbot: QtBot) -> None:
    choose(narrow, "first")
    with qtbot.waitSignal(narrow.tick_requested) as told:
        QTest.keyClick(narrow.table, Qt.Key.Key_Space)
    assert told.args == [Path("/runs/first"), True]


def test_a_name_is_written_in_the_list_too(narrow: RunsView, qtbot: QtBot) -> None:
    choose(narrow, "second")
    narrow.table.edit_name()
    editor = narrow.table.findChild(QLineEdit)
    with qtbot.waitSignal(narrow.name_changed) as heard:
        QTest.keyClicks(editor, "mine")
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert heard.args == [Path("/runs/second"), "mine"]


def test_everything_that_the_buttons_do_is_in_the_menu_of_the_list(narrow: RunsView) -> None:
    menu = narrow.findChild(QToolButton, "runsMoreButton").menu()
    assert set(menu.actions()) >= set(narrow.actions_of_runs.by_name.values())


def test_a_larger_size_of_text_makes_rows_higher(narrow: RunsView, qtbot: QtBot) -> None:
    high = narrow.table.rowHeight(0)
    font = narrow.table.font()
    font.setPixelSize(26)
    narrow.table.setFont(font)
    qtbot.waitUntil(lambda: narrow.table.rowHeight(0) > high)
    assert narrow.table.rowHeight(0) >= 2 * narrow.table.fontMetrics().height()


def test_the_list_is_a_table_again_with_all_columns(narrow: RunsView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(narrow.wide_changed) as told:
        narrow.findChild(QToolButton, "runsTableButton").click()
    assert told.args == [True]
    assert not any(narrow.table.isColumnHidden(column) for column in range(len(COLUMNS)))
    assert narrow.table.horizontalHeader().isVisible()


def test_runs_that_cannot_be_read_are_named_below_the_list(view: RunsView) -> None:
    label = view._damaged
    assert not label.isVisible()
    view.set_damaged(("The run <b>a</b> is damaged.",))
    assert label.isVisible()
    assert label.text() == "The run <b>a</b> is damaged."
    view.set_damaged(tuple(f"The run {number} is damaged." for number in range(5)))
    assert label.text().splitlines() == ["The run 0 is damaged.", "The run 1 is damaged.", "3 more"]
    assert "The run 4 is damaged." in label.toolTip()
    view.set_damaged(())
    assert not label.isVisible()


def test_a_training_that_waits_is_called_paused(view: RunsView) -> None:
    view.set_runs((replace(LINES[2], paused=True),))
    assert view.table.runs.text(0, "state") == "paused"
    assert "waits" in view.table.runs.tip(0, "state")
