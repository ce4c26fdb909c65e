"""The level Layer: sources, kernels and maps of a layer, the strongest map first."""

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.digest import digest
from cnnviewer.core.inspection.receptive import highlight
from cnnviewer.core.inspection.records import Architecture, Cell, Inspection, Kernels, LayerInfo, Prediction
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.registry import MODELS
from cnnviewer.presenters.resolve import untrained
from cnnviewer.ui.explore.kernels.view import KernelView
from cnnviewer.ui.explore.layer.maps_wall import MapsWall
from cnnviewer.ui.explore.layer.view import LayerView
from cnnviewer.ui.explore.network.labels import short_number
from cnnviewer.ui.explore.network.view import NetworkView
from cnnviewer.ui.widgets.painted_text import record_texts
from cnnviewer.ui.widgets.palettes import colourise, packed, value_range
from tests.small_data import GREY
from tests.ui.explore.explain.pixel_ratios import colour_at, painted


@pytest.fixture(scope="module")
def inspector() -> Inspector:
    torch.manual_seed(0)
    return Inspector.from_state(untrained(MODELS["lenet"], GREY))


@pytest.fixture(scope="module")
def seen(inspector: Inspector) -> Inspection:
    return inspector.inspect(np.random.default_rng(0).random((1, 28, 28), np.float32))


@pytest.fixture
def network(qtbot: QtBot, inspector: Inspector, seen: Inspection) -> NetworkView:
    view = NetworkView()
    qtbot.addWidget(view)
    view.set_architecture(inspector.architecture)
    view.set_inspection(seen)
    return view


@pytest.fixture
def view(qtbot: QtBot, network: NetworkView) -> LayerView:
    made = LayerView(network, KernelView())
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show()
    return made


def pinned(view: LayerView, network: NetworkView, inspector: Inspector, cell: Cell) -> MapsWall:
    network.set_pinned(highlight(inspector.architecture, cell))
    view.follow()
    return view.maps


def test_the_strongest_map_comes_first_and_the_order_can_be_changed(
    view: LayerView, network: NetworkView, inspector: Inspector, seen: Inspection
) -> None:
    wall = pinned(view, network, inspector, Cell("conv2"))
    sizes = np.abs(seen.activations["conv2"]).max(axis=(1, 2))
    assert wall._shown.tolist() == np.argsort(-sizes, kind="stable").tolist()
    wall.set_order("number")
    assert wall._shown.tolist() == list(range(20))


def test_a_map_has_the_colours_of_its_values(
    view: LayerView, network: NetworkView, inspector: Inspector, seen: Inspection
) -> None:
    wall = pinned(view, network, inspector, Cell("conv2"))
    image = wall.viewport().grab().toImage()
    values = seen.activations["conv2"]
    bounds = value_range(values, "signed")
    for place in (0, 3, 5):
        room, channel = wall.cell_rect(place), int(wall._shown[place])
        pixel = room.width() / 8
        for row, col in ((1, 1), (4, 6)):
            at = QPoint(int(room.x() + (col + 0.5) * pixel), int(room.y() + (row + 0.5) * pixel))
            expected = packed(colourise(values[channel, row : row + 1, col], "signed", bounds))[0]
            assert image.pixel(at) == int(expected)


def test_every_map_has_its_frame_on_all_sides(view: LayerView, network: NetworkView, inspector: Inspector) -> None:
    wall = pinned(view, network, inspector, Cell("conv2"))
    for place in wall.visible_places():
        tile = wall.tile_rect(int(wall._shown[place]))
        assert tile.left() >= 1
        assert tile.right() <= wall.viewport().width() - 1


def click(wall: MapsWall, place: int) -> int:
    """Click the map at a place, and say which it is."""
    QTest.mouseClick(wall.viewport(), Qt.MouseButton.LeftButton, pos=wall.cell_rect(place).center().toPoint())
    return int(wall._shown[place])


def test_a_double_click_the_level_number_and_a_source_ask_for_the_numbers_of_a_map(
    view: LayerView, network: NetworkView, inspector: Inspector
) -> None:
    wall = pinned(view, network, inspector, Cell("conv2"))
    asked: list[Cell] = []
    view.cell_requested.connect(asked.append)
    channel = click(wall, 2)
    assert asked == []
    assert view.open_framed(), "as the level Number does"
    centre = wall.cell_rect(4).center().toPoint()
    QTest.mouseDClick(wall.viewport(), Qt.MouseButton.LeftButton, pos=centre)
    source = click(view._sources[0], 2)
    assert asked == [Cell("conv2", channel), Cell("conv2", int(wall._shown[4])), Cell("relu1", source)]


def test_a_second_click_compares_two_maps_on_one_scale_and_escape_closes(
    view: LayerView, network: NetworkView, inspector: Inspector, seen: Inspection
) -> None:
    wall = pinned(view, network, inspector, Cell("conv2"))
    first = click(wall, 1)
    assert not view.comparing
    second = click(wall, 3)
    assert view.comparing
    assert view.comparison.pair == (first, second)
    shown, values = view.comparison.triptych, seen.activations["conv2"]
    np.testing.assert_array_equal(shown.maps[2], values[first] - values[second])
    bound = float(np.abs(values[[first, second]]).max())
    assert (shown.bounds(0).low, shown.bounds(0).high) == (shown.bounds(1).low, shown.bounds(1).high) == (-bound, bound)
    assert shown.room(0).size() == shown.room(1).size() == shown.room(2).size()
    QTest.keyClick(view.comparison, Qt.Key.Key_Escape)
    assert not view.comparing


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_every_cell_of_a_comparison_has_the_colour_of_its_value(
    view: LayerView, network: NetworkView, inspector: Inspector, ratio: float
) -> None:
    wall = pinned(view, network, inspector, Cell("conv2"))
    click(wall, 0)
    click(wall, 5)
    shown = view.comparison.triptych
    image = painted(shown, ratio)
    for place, values in enumerate(shown.maps):
        room, colours = shown.room(place), colourise(values, "signed", shown.bounds(place))
        for row, col in np.ndindex(values.shape):
            spot = room.topLeft() + QPointF((col + 0.5) * room.width() / 8, (row + 0.5) * room.height() / 8)
            assert colour_at(image, spot, ratio) == tuple(colours[row, col, :3])


def test_a_value_of_a_comparison_is_said_and_leads_to_its_arithmetic(
    view: LayerView, network: NetworkView, inspector: Inspector, seen: Inspection
) -> None:
    wall = pinned(view, network, inspector, Cell("conv2"))
    first, second = click(wall, 0), click(wall, 1)
    asked: list[Cell] = []
    view.cell_requested.connect(asked.append)
    shown = view.comparison.triptych
    room = shown.room(1)
    place = QPoint(int(room.x() + 2.5 * room.width() / 8), int(room.y() + 4.5 * room.height() / 8))
    QTest.mouseMove(shown, place)
    values = seen.activations["conv2"]
    said = view.comparison._title.text() or view.comparison._title.toolTip()
    assert "row 4, col 2" in said
    assert f"{abs(values[first, 4, 2]):.4f}"[:5] in said.replace("\u2212", "-")
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=place)
    assert asked == [Cell("conv2", second, 4, 2)]


def test_keys_walk_from_map_to_map_and_space_compares(
    view: LayerView, network: NetworkView, inspector: Inspector
) -> None:
    wall = pinned(view, network, inspector, Cell("conv2"))
    QTest.keyClick(wall, Qt.Key.Key_Right)
    first = wall.current
    QTest.keyClick(wall, Qt.Key.Key_Space)
    QTest.keyClick(wall, Qt.Key.Key_Right)
    assert not view.comparing
    QTest.keyClick(wall, Qt.Key.Key_Space)
    assert view.comparing
    assert view.comparison.pair == (first, wall.current)


def test_kernels_stand_between_sources_and_maps_of_a_layer_that_has_some(
    view: LayerView, network: NetworkView, inspector: Inspector
) -> None:
    pinned(view, network, inspector, Cell("conv2"))
    assert not view._kernels.isVisible()
    view._kernels.set_kernels(Kernels("conv2", np.ones((20, 10, 5, 5), np.float32), None))
    assert view._kernels.isVisible()
    pinned(view, network, inspector, Cell("relu2"))
    assert not view._kernels.isVisible()


def test_a_layer_without_an_input_shows_its_maps_alone(
    view: LayerView, network: NetworkView, inspector: Inspector
) -> None:
    pinned(view, network, inspector, Cell("input"))
    assert view.maps.isVisible()
    assert not any(source.isVisible() for source in view._sources)


def test_a_layer_is_another_models_though_it_has_the_same_name(
    view: LayerView, network: NetworkView, inspector: Inspector
) -> None:
    pinned(view, network, inspector, Cell("conv1"))
    view.comparison.compare(inspector.architecture.layer("conv1"), 8, 9)
    view.hide()  # behind another workspace while the model is chosen
    small = np.zeros((1, 28, 28), np.float32)
    layers = (
        LayerInfo("input", "input", "input", (), (1, 28, 28), palette="image"),
        LayerInfo("conv1", "conv2d", "Conv 3×3", ("input",), (4, 26, 26)),
    )
    network.set_architecture(Architecture("other", layers))
    network.set_inspection(Inspection(0, small, {"conv1": np.ones((4, 26, 26), np.float32)}, Prediction()))
    view.comparison.retranslate()
    view.show()
    assert view.maps.layer == layers[1]
    assert view._sizes[0].whole.startswith("4 ")
    assert "Conv 3×3" in view._choice.currentText()
    assert not view.comparing


def test_a_large_layer_is_coloured_from_its_digest(qtbot: QtBot, network: NetworkView) -> None:
    values = torch.randn(1, 6, 300, 300, generator=torch.Generator().manual_seed(0))
    pictures = network.pictures
    layer = network.architecture.layer("conv1")
    pictures._values = {"conv1": values[0].numpy()}
    pictures._digests = {"conv1": digest(values)}
    wall = MapsWall("wall", pictures)
    qtbot.addWidget(wall)
    wall.resize(400, 300)
    wall.set_layer(layer)
    strengths = pictures.strengths("conv1")
    assert strengths is not None
    np.testing.assert_allclose(strengths, values[0].abs().amax(dim=(1, 2)).numpy())
    wall.grab()


def test_every_wall_has_a_legend_of_its_palette_in_numbers(
    view: LayerView, network: NetworkView, inspector: Inspector
) -> None:
    pinned(view, network, inspector, Cell("conv2"))
    texts: list[str] = []
    with record_texts(lambda text: texts.append(text.text)):
        view.grab()
    for wall, legend in zip(view.walls[:2], view._legends[:2], strict=True):
        assert legend.isVisible()
        assert legend.colours == (wall.layer.palette, network.pictures.legend_bounds(wall.layer.name))
        assert short_number(legend.colours[1].high) in texts
    network.pictures.set_mode("map")
    view.maps.channel_hovered.emit(None)
    assert view._legends[0].colours == ("signed", network.pictures.bounds("conv2", int(view.maps._shown[0])))
