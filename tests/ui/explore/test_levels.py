"""The three levels of Explore: a way in from what was clicked, a way back up."""

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.receptive import highlight
from cnnviewer.core.inspection.records import Cell
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.registry import MODELS
from cnnviewer.presenters.resolve import untrained
from cnnviewer.ui.explore.explain.view import ExplainView
from cnnviewer.ui.explore.kernels.view import KernelView
from cnnviewer.ui.explore.level_transition import DURATION
from cnnviewer.ui.explore.network.view import NetworkView
from cnnviewer.ui.explore.workspace import LEVELS, ExploreWorkspace
from tests.small_data import COLOUR, GREY


@pytest.fixture(params=[("lenet", GREY), ("simplecnn", COLOUR)], ids=["LeNet", "SimpleCNN"])
def explore(qtbot: QtBot, request: pytest.FixtureRequest) -> ExploreWorkspace:
    model, info = request.param
    inspector = Inspector.from_state(untrained(MODELS[model], info))
    network = NetworkView()
    network.set_architecture(inspector.architecture)
    network.set_inspection(inspector.inspect(np.random.default_rng(0).random(info.shape, np.float32)))
    made = ExploreWorkspace(network, KernelView(), ExplainView())
    qtbot.addWidget(made)
    network.cell_selected.connect(
        lambda cell: network.set_pinned(highlight(inspector.architecture, cell) if cell is not None else None)
    )
    made.resize(1200, 760)
    made.show()
    made.grab()
    return made


class Panel(QWidget):
    """In place of Why: asks for so many pixels."""

    def __init__(self, wide: int) -> None:
        super().__init__()
        self._wide = wide

    def sizeHint(self) -> QSize:
        return QSize(self._wide, 300)


def test_what_was_clicked_grows_to_the_next_level_in_a_fifth_of_a_second_at_most(
    explore: ExploreWorkspace, qtbot: QtBot
) -> None:
    assert DURATION <= 200
    explore._network.select("conv1", 2)
    room = explore._network.canvas.picture_of_pinned()
    assert room is not None
    explore.show_level("number")
    assert explore._transition.running
    assert explore._transition._from.size() == room[1].size()
    qtbot.waitUntil(lambda: not explore._transition.isVisible())


def test_without_motion_the_next_level_is_there_at_once(explore: ExploreWorkspace) -> None:
    explore._network.set_motion(False)
    explore._network.select("conv1", 2)
    explore.show_level("number")
    assert not explore._transition.isVisible()


def test_escape_leads_up_the_way_one_came(explore: ExploreWorkspace) -> None:
    explore.show_level("layer")
    explore._network.select("conv2", 1)
    explore.show_level("number")
    explore.go_up()
    assert explore.level == "layer"
    explore.go_up()
    assert explore.level == "network"
    explore._network.select("conv2", 1)
    explore.show_level("number")
    explore.go_up()
    assert explore.level == "network"


def test_number_shows_the_strongest_map_of_the_layer_chosen_where_nothing_is_pinned(explore: ExploreWorkspace) -> None:
    network = explore._network
    for chosen, layer in (("", "conv1"), ("pool1", "pool1")):
        network.canvas.pin(Cell(chosen) if chosen else None)
        explore.show_level("network")
        explore._levels.chosen.emit("number")
        strengths = network.pictures.strengths(layer)
        assert strengths is not None
        assert network.canvas.pinned == Cell(layer, int(strengths.argmax()))
        assert explore.level == "number"


@pytest.mark.parametrize(("asked", "given"), [(420, 420), (900, 600)])
def test_why_leaves_the_network_half_of_the_width_when_it_is_first_opened(
    explore: ExploreWorkspace, asked: int, given: int
) -> None:
    panel = Panel(asked)
    explore.why_toggled.connect(lambda _wanted: explore.why_place.take(panel))
    explore.why_button.setChecked(True)
    explore.grab()
    assert abs(explore.why_place.width() - given) < 5


def test_escape_on_the_whole_network_lets_go_of_a_pin_and_then_closes_why(explore: ExploreWorkspace) -> None:
    explore.why_button.setChecked(True)
    explore._network.select("conv2", 1)
    explore.go_up()
    assert (explore._network.canvas.pinned, explore.why_button.isChecked()) == (None, True)
    explore.go_up()
    assert (explore.level, explore.why_button.isChecked()) == ("network", False)


def test_escape_closes_what_was_opened_last_wherever_the_focus_is(explore: ExploreWorkspace) -> None:
    canvas, why = explore._network.canvas, explore.why_button

    def is_open() -> tuple[str, bool, bool]:
        return explore.level, canvas.pinned is not None, why.isChecked()

    why.setChecked(True)
    explore._network.select("conv2", 1)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert is_open() == ("network", False, True)
    explore.show_level("layer")
    explore.go_up()
    assert is_open() == ("network", False, True)
    explore.go_up()
    explore._network.select("conv2", 1)
    why.setChecked(True)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert is_open() == ("network", True, False)
    for level in ("layer", "number"):
        explore.show_level(level)
        why.setChecked(True)
        explore.go_up()
        assert is_open() == (level, True, False)
    explore.go_up()
    assert is_open() == ("layer", True, False)


def test_escape_closes_a_comparison_before_it_leads_up(explore: ExploreWorkspace) -> None:
    explore._network.select("conv2")
    explore.show_level("layer")
    wall = explore.layer_view.maps
    for place in (0, 1):
        QTest.mouseClick(wall.viewport(), Qt.MouseButton.LeftButton, pos=wall.cell_rect(place).center().toPoint())
    assert explore.layer_view.comparing
    explore.go_up()
    assert (explore.level, explore.layer_view.comparing) == ("layer", False)


def test_the_strip_of_a_large_network_leads_to_a_layer_on_the_level_that_is_shown(
    explore: ExploreWorkspace,
) -> None:
    network = explore._network
    if not network.strip_height:
        pytest.skip("a network that is seen whole has no strip")
    network.select("conv1")
    explore.show_level("layer")
    network.strip.layer_chosen.emit("conv2")
    assert network.canvas.pinned == Cell("conv2")
    assert network.strip.current == "conv2"
    explore.show_level("number")
    network.strip.layer_chosen.emit("pool1")
    strengths = network.pictures.strengths("pool1")
    assert strengths is not None
    assert network.canvas.pinned == Cell("pool1", int(strengths.argmax()))
    explore._on_cell_requested(Cell("conv1", 3, 5, 7))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left):
        QTest.keyClick(network.strip, key)
    assert network.canvas.pinned == Cell("conv1", 3, 5, 7)


def test_one_layer_is_marked_and_shown_on_every_level(explore: ExploreWorkspace) -> None:
    network, layer_view = explore._network, explore.layer_view
    if not network.strip_height:
        pytest.skip("a network that is seen whole has no strip")

    def marked() -> set[str]:
        return {network.strip.current, network.head.current}

    network.canvas.show_layer("conv2")
    assert marked() == {network.canvas.focus_layer} == {"conv2"}
    explore._levels.chosen.emit("layer")
    assert layer_view.maps.layer is not None
    assert marked() == {layer_view.maps.layer.name} == {"conv2"}
    explore._levels.chosen.emit("network")
    network.select("conv1")
    explore.show_level("network")
    assert marked() == {"conv1"}
    network.strip.layer_chosen.emit("pool1")
    assert marked() == {"pool1"}
    explore._levels.chosen.emit("layer")
    assert layer_view.maps.layer.name == "pool1"
    assert marked() == {"pool1"}


def test_at_a_number_the_keys_move_the_window_wherever_one_came_from(explore: ExploreWorkspace) -> None:
    network = explore._network
    explore.activateWindow()
    network.canvas.setFocus()
    network.select("conv1", 3, 5, 7)
    explore.show_level("number")
    hidden = network.canvas.isHidden()
    assert explore.focusWidget() is (explore._explain.slide if hidden else network.canvas)
    QTest.keyClick(explore._explain.slide, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert network.canvas.pinned is not None
    assert network.canvas.pinned.layer != "conv1"
    QTest.keyClick(explore._explain.slide, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert network.canvas.pinned == Cell("conv1", 3, 5, 7)


def test_back_on_the_network_the_keyboard_is_in_the_picture(explore: ExploreWorkspace, qtbot: QtBot) -> None:
    explore.activateWindow()
    for level in ("number", "layer"):
        explore._network.select("conv1", 2)
        explore.show_level(level)
        (explore._explain.slide if level == "number" else explore.layer_view.maps).setFocus()
        assert explore.go_up()
        assert explore.level == "network"
        assert explore.window().focusWidget() is explore._network.canvas


def test_the_arithmetic_keeps_its_part_of_a_larger_window(explore: ExploreWorkspace) -> None:
    explore._network.select("conv1", 2)
    explore.show_level("number")
    explore.show_level("network")
    explore.resize(1200, 1100)
    explore.show_level("number")
    explore.grab()
    assert explore._below.height() > 0.7 * explore._splitter.height()


def test_the_network_above_a_level_is_as_high_at_every_visit(explore: ExploreWorkspace) -> None:
    explore._network.set_motion(False)
    for level in ("layer", "number"):
        heights = set()
        for _ in range(15):
            explore._network.select("conv1", 2)
            explore.show_level(level)
            explore.grab()
            heights.add(explore._network.height())
            explore.show_level("network")
            explore.grab()
        assert len(heights) == 1, level


def test_no_control_speaks_of_the_last_model_while_the_next_one_takes_its_time(explore: ExploreWorkspace) -> None:
    for level in ("layer", "network"):
        explore._network.set_waiting(True)
        explore.show_level(level)
        assert not any(head.isVisible() for head in explore._heads)
        explore._network.set_waiting(False)
        assert [head.isVisible() for head in explore._heads] == [level == each for each in LEVELS]


def test_two_lines_hold_the_controls_of_a_layer_where_there_is_little_room(explore: ExploreWorkspace) -> None:
    explore.show_level("layer")
    head = explore.layer_view.head
    line = head.heightForWidth(2000)
    head.resize(291, 100)
    assert head.heightForWidth(291) <= 2 * line + 10


def test_another_model_has_a_strip_of_its_height_or_none(explore: ExploreWorkspace, qtbot: QtBot) -> None:
    explore.show_level("number")
    for model, info in (("simplecnn", COLOUR), ("lenet", GREY), ("simplecnn", COLOUR)):
        explore._network.set_architecture(Inspector.from_state(untrained(MODELS[model], info)).architecture)
        strip = explore._network.strip_height
        least, most = (strip, strip + 10) if strip else (140, 200)
        qtbot.waitUntil(lambda least=least, most=most: least <= explore._network.height() <= most)  # type: ignore[misc]
