"""The choices below the context chip: three columns, complete with the mouse and with the keyboard alone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.core.context import Choice, Choices, Context
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts
from cnnviewer.ui.window.context_chip import ContextChip
from cnnviewer.ui.window.context_popover import ContextPopover

CHOICES = Choices(
    models=(Choice("lenet", "LeNet", chosen=True), Choice("simplecnn", "SimpleCNN"), Choice("vgg32", "VGG")),
    data=(Choice("mnist", "MNIST", chosen=True), Choice("cifar10", "CIFAR-10", "download, 163 MB")),
    weights=(
        Choice("bundled", "Bundled weights", chosen=True),
        Choice("untrained", "Untrained"),
        Choice("/runs/a", "LeNet on MNIST · rate 0.05", "98.10 % · 2026-11-29 22:10"),
    ),
)
SIGNALS = ("model_chosen", "data_chosen", "weights_chosen", "run_chosen")
ASKED = (
    "open_model_requested",
    "open_weights_requested",
    "open_run_requested",
    "own_folder_requested",
    "own_npz_requested",
)


class Told:
    """What the chip told, oldest first."""

    def __init__(self, chip: ContextChip) -> None:
        self.all: list[tuple[str, str]] = []
        self._keep = []
        for name in (*SIGNALS, *ASKED):
            heard = self._hearer(name)
            self._keep.append(heard)
            getattr(chip, name).connect(heard)

    def _hearer(self, name: str):  # type: ignore[no-untyped-def]
        def hear(key: str = "") -> None:
            self.all.append((name, key))

        return hear


@pytest.fixture
def chip(qtbot: QtBot) -> Iterator[ContextChip]:
    window = QWidget()
    chip = ContextChip(window)
    chip.set_context(Context("LeNet", "MNIST", "bundled", accuracy=0.9947))
    chip.move(300, 10)
    qtbot.addWidget(window)
    window.resize(1100, 700)
    window.show()
    qtbot.waitExposed(window)
    yield chip
    if chip.popover is not None:
        chip.popover.close()


def opened(chip: ContextChip, choices: Choices = CHOICES) -> ContextPopover:
    chip.open_choices()
    chip.set_choices(choices)
    assert chip.popover is not None
    return chip.popover


def click(rows: QListWidget, row: int) -> None:
    place = rows.visualItemRect(rows.item(row)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def titles(rows: QListWidget) -> list[str]:
    return [rows.item(row).text() for row in range(rows.count()) if not rows.isRowHidden(row)]


def test_what_is_on_the_screen_is_the_current_row_of_each_column(chip: ContextChip) -> None:
    popover = opened(chip)
    for column, row in ((popover.models, 0), (popover.data, 0), (popover.weights, 0)):
        assert column.list.currentRow() == row
    assert popover.models.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == "LeNet, chosen"


@pytest.mark.parametrize(
    ("column", "row", "told"),
    [
        ("models", 1, ("model_chosen", "simplecnn")),
        ("data", 1, ("data_chosen", "cifar10")),
        ("weights", 1, ("weights_chosen", "untrained")),
        ("weights", 2, ("run_chosen", "/runs/a")),
    ],
    ids=["a model", "a data set", "weights", "a run"],
)
def test_a_click_chooses_and_closes(chip: ContextChip, column: str, row: int, told: tuple[str, str]) -> None:
    popover, heard = opened(chip), Told(chip)
    click(getattr(popover, column).list, row)
    assert heard.all == [told]
    assert not popover.isVisible()


@pytest.mark.parametrize(
    ("column", "row", "told"),
    [
        ("models", 0, "open_model_requested"),
        ("weights", 0, "open_weights_requested"),
        ("data", 0, "own_folder_requested"),
        ("data", 1, "own_npz_requested"),
        ("weights", 1, "open_run_requested"),
    ],
)
def test_each_column_offers_to_open_another_one(chip: ContextChip, column: str, row: int, told: str) -> None:
    popover, heard = opened(chip), Told(chip)
    click(getattr(popover, column).commands, row)
    assert heard.all == [(told, "")]


def press(*keys: Qt.Key) -> None:
    for key in keys:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)


def test_the_keyboard_alone_chooses_a_run(chip: ContextChip) -> None:
    opened(chip)
    heard = Told(chip)
    press(Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert heard.all == [("run_chosen", "/runs/a")]


def test_arrows_lead_to_the_column_beside_and_to_the_actions_below(chip: ContextChip) -> None:
    opened(chip)
    heard = Told(chip)
    press(Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Enter)
    assert heard.all == [("own_npz_requested", "")]


def test_the_arrow_up_leads_back_from_the_actions(chip: ContextChip) -> None:
    popover = opened(chip)
    press(Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert popover.data.commands.hasFocus()
    press(Qt.Key.Key_Up)
    assert popover.data.list.hasFocus()


def test_esc_closes_without_a_choice(chip: ContextChip) -> None:
    popover, heard = opened(chip), Told(chip)
    press(Qt.Key.Key_Escape)
    assert not popover.isVisible()
    assert heard.all == []


def test_what_cannot_be_chosen_says_why_and_is_passed_over(chip: ContextChip) -> None:
    why = "They know other images or other classes."
    weights = (Choice("bundled", "Bundled weights", why=why), *CHOICES.weights[1:])
    popover, heard = opened(chip, Choices(CHOICES.models, CHOICES.data, weights)), Told(chip)
    rows = popover.weights.list
    assert why in rows.item(0).toolTip()
    click(rows, 0)
    assert heard.all == []
    assert popover.isVisible()
    assert rows.currentRow() == 1


def test_while_a_training_is_under_way_nothing_can_be_chosen_and_the_reason_stands_above(chip: ContextChip) -> None:
    why = "A training is under way."
    locked = Choices(
        *(
            tuple(Choice(c.key, c.title, why=why) for c in column)
            for column in (CHOICES.models, CHOICES.data, CHOICES.weights)
        ),
        locked=why,
    )
    popover, heard = opened(chip, locked), Told(chip)
    for column in (popover.models, popover.data, popover.weights):
        for rows in (column.list, column.commands):
            for row in range(rows.count()):
                click(rows, row)
                assert why in rows.item(row).toolTip()
    assert heard.all == []
    label = popover.findChild(QWidget, "contextLocked")
    assert label is not None
    assert label.isVisible()


def many(count: int) -> Choices:
    runs = tuple(Choice(f"/runs/{number}", f"LeNet on MNIST · seed {number}") for number in range(count))
    return Choices(CHOICES.models, CHOICES.data, runs)


def test_a_long_column_can_be_searched(chip: ContextChip, qtbot: QtBot) -> None:
    popover, heard = opened(chip, many(30)), Told(chip)
    search = popover.weights.search
    assert search.isVisible()
    assert not popover.models.search.isVisible()
    search.setFocus()
    qtbot.keyClicks(search, "seed 2")
    assert titles(popover.weights.list)[0] == "LeNet on MNIST · seed 2"
    assert len(titles(popover.weights.list)) == 12
    press(Qt.Key.Key_Return)
    assert heard.all == [("run_chosen", "/runs/2")]


def test_the_search_is_empty_again_when_the_choices_are_opened_again(chip: ContextChip, qtbot: QtBot) -> None:
    popover = opened(chip, many(30))
    qtbot.keyClicks(popover.weights.search, "seed 2")
    popover.close()
    popover = opened(chip, many(30))
    assert len(titles(popover.weights.list)) == 30


def test_other_choices_keep_the_row_where_the_keyboard_is(chip: ContextChip) -> None:
    popover = opened(chip)
    press(Qt.Key.Key_Down)
    chip.set_choices(Choices(CHOICES.models, CHOICES.data, CHOICES.weights[:2]))
    assert popover.models.list.currentRow() == 1
    assert popover.models.list.hasFocus()


def painted_titles(popover: ContextPopover) -> set[str]:
    found: list[PaintedText] = []
    with record_texts(found.append):
        popover.grab()
    return {text.text for text in found}


def test_it_grows_when_runs_are_listed_after_it_was_opened(chip: ContextChip) -> None:
    popover = opened(chip, Choices(CHOICES.models, CHOICES.data))
    before = popover.width()
    title = "LeNet on Built-in digits · rate 0.05"
    chip.set_choices(Choices(CHOICES.models, CHOICES.data, (Choice("/runs/a", title),)))
    assert popover.width() > before
    assert title in painted_titles(popover)


def test_other_choices_have_their_room_when_it_is_opened_again(chip: ContextChip) -> None:
    popover = opened(chip, Choices((Choice("a", "A"),), (Choice("b", "B"),)))
    popover.close()
    title = "A model with quite a long name (32×32)"
    chip.opened.connect(lambda: chip.set_choices(Choices((Choice("a", title),), CHOICES.data)))
    chip.open_choices()
    assert title in painted_titles(popover)


@pytest.mark.parametrize("size", [(1100, 700), (900, 560), (1920, 1080)])
def test_it_stays_within_the_window(chip: ContextChip, size: tuple[int, int]) -> None:
    window = chip.window()
    window.resize(*size)
    chip.move(size[0] - chip.width(), 10)
    popover = opened(chip, many(40))
    popover.close()
    popover = opened(chip, many(40))
    inside = window.rect().translated(window.mapToGlobal(window.rect().topLeft()))
    assert inside.contains(popover.geometry())
    assert popover.weights.commands.isVisible()


def test_it_speaks_the_windows_language(chip: ContextChip) -> None:
    popover = opened(chip)
    popover.models.set_texts("Modell", "Modelle suchen", "Das Netz")
    popover.retranslate()
    assert popover.models.list.accessibleName() == "Model"
