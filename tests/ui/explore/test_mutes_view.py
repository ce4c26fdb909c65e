"""The list of muted channels: what it shows, what it asks for, and the words of its effect."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QFrame, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.confusion import Confusion, confusion_of
from cnnviewer.core.evaluation.effect import effect_of
from cnnviewer.core.inspection.mute_edits import MuteEdit
from cnnviewer.core.inspection.records import Cell, Inspection, Prediction
from cnnviewer.core.inspection.trace import outline
from cnnviewer.core.models.mutes import Mute
from cnnviewer.core.models.registry import MODELS
from cnnviewer.ui.explore.mute_menu import MuteMenu
from cnnviewer.ui.explore.mutes_view import MutesView
from cnnviewer.ui.explore.network.pictures import Pictures
from cnnviewer.ui.explore.network.view import NetworkView
from tests.small_data import GREY

LENET = outline(MODELS["lenet"].recipe_for(GREY))
EDITS = (MuteEdit("conv2", 3), MuteEdit("conv1", 7, "mean", on=False))


@pytest.fixture
def view(qtbot: QtBot) -> MutesView:
    made = MutesView()
    qtbot.addWidget(made)
    made.set_architecture(LENET)
    return made


def heard(signal: object) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    signal.connect(lambda *values: found.append(values))  # type: ignore[attr-defined]
    return found


def table(predicted: list[int], available: int = 4) -> Confusion:
    labels = np.array([0, 0, 1, 1])
    return confusion_of(labels, np.array(predicted), np.arange(4), ("cat", "dog"), available)


def opened(view: MutesView) -> QWidget:
    """The list over the bar."""
    view.show()
    button = view.findChild(QToolButton, "surgeryChannelsButton")
    assert isinstance(button, QToolButton)
    button.click()
    found = button.findChild(QFrame, "surgeryList")
    assert isinstance(found, QFrame)
    return found


def test_it_is_hidden_until_something_is_muted_and_while_that_can_be_undone(view: MutesView, qtbot: QtBot) -> None:
    assert view.isHidden()
    view.set_edits(EDITS, (), True, False)
    assert view.isHidden()  # until the prediction without the channel is painted
    qtbot.waitUntil(lambda: not view.isHidden())
    view.set_edits((), (), True, False)
    assert not view.isHidden()
    view.set_edits((), (), False, False)
    assert view.isHidden()
    view.set_edits(EDITS, (), True, False)
    view.set_edits((), (), False, False)
    qtbot.waitUntil(lambda: not view._appearing.isActive())
    assert view.isHidden()


def test_its_edits_are_what_is_muted_now(view: MutesView) -> None:
    view.set_edits(EDITS, (), True, False)
    assert view.property("edits") == [("conv2", 3, "zero")]


def test_it_asks_to_mute_what_a_program_mutes(view: MutesView) -> None:
    asked = heard(view.mute_requested)
    view.mute("conv2", 3)
    view.mute("fc1", 49, "mean")
    assert asked == [("conv2", 3, "zero"), ("fc1", 49, "mean")]


@pytest.mark.parametrize(
    ("layer", "channel", "how", "refusal"),
    [
        pytest.param("conv9", 0, "zero", KeyError, id="no such layer"),
        pytest.param("conv2", 20, "zero", ValueError, id="no such channel"),
        pytest.param("conv2", -1, "zero", ValueError, id="a negative channel"),
        pytest.param("conv2", 0, "half", ValueError, id="another way"),
        pytest.param("probabilities", 0, "zero", UserError, id="the probabilities"),
        pytest.param("input", 0, "zero", UserError, id="the image"),
    ],
)
def test_what_cannot_be_muted_is_refused(
    view: MutesView, layer: str, channel: int, how: str, refusal: type[Exception]
) -> None:
    asked = heard(view.mute_requested)
    with pytest.raises(refusal):
        view.mute(layer, channel, how)
    assert asked == []


def test_every_channel_of_the_list_can_be_switched_changed_and_removed(view: MutesView, qtbot: QtBot) -> None:
    view.set_edits(EDITS, (), True, False)
    listed = opened(view)
    switched, muted, removed = map(heard, (view.switch_requested, view.mute_requested, view.remove_requested))
    on, how, remove = (
        view.findChild(kind, name)
        for kind, name in (
            (QCheckBox, "muteOn-conv1-7"),
            (QComboBox, "muteHow-conv1-7"),
            (QToolButton, "muteRemove-conv2-3"),
        )
    )
    assert isinstance(on, QCheckBox)
    assert isinstance(how, QComboBox)
    assert (on.isChecked(), how.currentData()) == (False, "mean")
    on.click()
    how.activated.emit(how.findData("zero"))
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert listed.isVisible()  # several are switched one after another
    assert (switched, muted, removed) == ([("conv1", 7, True)], [("conv1", 7, "zero")], [("conv2", 3)])


def test_a_channel_that_leaves_the_list_leaves_the_window(view: MutesView, qtbot: QtBot) -> None:
    view.set_edits(EDITS, (), True, False)
    listed = opened(view)
    view.set_edits(EDITS[1:], (), True, False)
    qtbot.waitUntil(lambda: view.findChild(QCheckBox, "muteOn-conv2-3") is None)
    assert view.findChild(QCheckBox, "muteOn-conv1-7") is not None
    assert listed.isVisible()
    view.set_edits((), (), True, False)
    assert listed.isVisible()  # the last change can be undone there


def test_the_name_of_a_channel_leads_to_its_number_and_closes_the_list(view: MutesView) -> None:
    view.set_edits(EDITS, (), True, False)
    listed = opened(view)
    asked = heard(view.cell_requested)
    name = listed.findChild(QPushButton, "muteName-conv1-7")
    assert isinstance(name, QPushButton)
    name.click()
    assert [getattr(cell, "layer", None) for (cell,) in asked] == ["conv1"]
    assert not listed.isVisible()


def test_the_bar_names_few_channels_and_counts_many(view: MutesView) -> None:
    button = view.findChild(QToolButton, "surgeryChannelsButton")
    assert button is not None
    words = []
    for count in (1, 2, 3):
        view.set_edits(tuple(MuteEdit("fc1", channel) for channel in range(count)), (), True, False)
        words.append(button.accessibleName())
    assert words == ["Muted: fc1[0]", "Muted: fc1[0], fc1[1]", "Muted: 3 channels"]
    view.set_edits(EDITS[1:], (), True, False)
    assert button.accessibleName() == "Muted: 0 channels"


def test_the_effect_is_said_in_images_and_in_recall_and_precision(view: MutesView) -> None:
    view.set_edits(EDITS, (), True, False)
    view.set_effect(effect_of(table([0, 0, 1, 0]), table([0, 1, 1, 1])))
    assert view._result.whole == "4 test images: 1 became wrong, 1 became correct"
    assert "dog: recall 50.0 % → 100.0 %, precision 100.0 % → 66.7 %" in view._result.toolTip()
    view.set_effect(effect_of(table([0, 0, 1, 1], 90), table([0, 0, 1, 1], 90)))
    assert view._result.whole == "Sample of 4 test images: none changes between correct and wrong"


def test_without_anything_in_force_no_effect_is_said(view: MutesView) -> None:
    view.set_effect(effect_of(table([0, 0, 1, 0]), table([0, 1, 1, 1])))
    view.set_edits(EDITS[1:], (), True, False)
    assert view._result.whole == "Nothing is muted now."


# -- from the network


@pytest.fixture
def menu(view: MutesView) -> MuteMenu:
    made = MuteMenu(view)
    made.set_architecture(LENET)
    made.set_edits(EDITS)
    return made


@pytest.mark.parametrize(
    ("cell", "offered"),
    [
        pytest.param(Cell("conv1", 0), True, id="a map"),
        pytest.param(Cell("fc1", 3), True, id="a value of a vector"),
        pytest.param(Cell("conv1"), False, id="a whole layer"),
        pytest.param(Cell("input", 0), False, id="the image"),
        pytest.param(Cell("probabilities", 0), False, id="a probability"),
    ],
)
def test_channels_of_the_models_operations_can_be_muted(menu: MuteMenu, cell: Cell, offered: bool) -> None:
    menu.open_for(cell, QPoint())
    assert menu.findChild(QAction, "muteToZero").isEnabled() == offered
    multiplies = cell.layer in ("conv1", "fc1")
    assert menu._numbers.text() == ("Show every multiplication" if multiplies else "Show the arithmetic")
    menu.close()


@pytest.mark.parametrize(
    ("cell", "muted", "removed"),
    [
        pytest.param(Cell("conv2", 4), [("conv2", 4, "zero")], [], id="not muted"),
        pytest.param(Cell("conv2", 3), [], [("conv2", 3)], id="muted"),
        pytest.param(Cell("conv1", 7), [("conv1", 7, "zero")], [], id="in the list and off"),
    ],
)
def test_the_key_mutes_a_channel_or_lets_it_through(
    menu: MuteMenu, cell: Cell, muted: list[object], removed: list[object]
) -> None:
    asked = heard(menu.mute_requested), heard(menu.remove_requested)
    menu.toggle(cell)
    assert asked == (muted, removed)


def test_a_map_of_the_network_offers_its_menu_and_m_toggles_what_is_pinned(qtbot: QtBot) -> None:
    network = NetworkView()
    qtbot.addWidget(network)
    network.resize(1100, 600)
    network.set_architecture(LENET)
    network.show()
    canvas = network.canvas
    offered, toggled = heard(canvas.menu_requested), heard(canvas.mute_toggled)
    column = canvas.network_layout.column("conv2")
    assert column is not None
    x, y = canvas.camera.to_view(column.tile(3)).centre
    place = QPoint(round(x), round(y))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, canvas.mapToGlobal(place))
    QApplication.sendEvent(canvas, event)
    cell: Cell
    [(cell, where)] = offered  # type: ignore[misc]
    assert (cell.layer, cell.channel, where) == ("conv2", 3, canvas.mapToGlobal(place))
    network.select("conv2", 5)
    QTest.keyClick(canvas, Qt.Key.Key_M)
    assert toggled == [(Cell("conv2", 5),)]


def test_a_muted_map_is_painted_with_a_sign(qtbot: QtBot) -> None:
    network = NetworkView()
    qtbot.addWidget(network)
    network.resize(1100, 600)
    network.set_architecture(LENET)
    grab: Callable[[], bytes] = lambda: network.to_png("", False, 1200)  # noqa: E731
    plain = grab()
    network.set_mutes((Mute("conv2", 3),))
    assert grab() != plain
    network.set_mutes(())
    assert grab() == plain


def test_muted_maps_come_before_the_strongest(qtbot: QtBot) -> None:
    pictures = Pictures()
    pictures.set_architecture(LENET)
    values = np.zeros((20, 8, 8), np.float32)
    values[5], values[9] = 3.0, -4.0
    pictures.set_mutes((Mute("conv2", 12), Mute("dropout", 2)))
    pictures.set_inspection(Inspection(1, np.zeros((1, 28, 28), np.float32), {"conv2": values}, Prediction()))
    alone, joined = pictures.strongest_first("conv2"), pictures.strongest_first("conv2", ("conv2", "dropout"))
    assert alone is not None
    assert joined is not None
    assert alone.tolist()[:4] == [12, 9, 5, 0]
    assert joined.tolist()[:4] == [2, 12, 9, 5]


def test_a_bar_is_as_high_with_many_channels_as_with_one_and_its_list_scrolls(view: MutesView, qtbot: QtBot) -> None:
    view.resize(600, 200)
    heights, lists = [], []
    for count in (1, 20, 40):
        view.set_edits(tuple(MuteEdit("fc1", channel) for channel in range(count)), (), True, False)
        listed = opened(view)
        QApplication.processEvents()
        heights.append(view.sizeHint().height())
        lists.append(listed.height())
    assert heights[2] == heights[0]
    assert lists[2] <= max(lists[0], round(0.6 * view.height()))
