"""A large network: gone along column by column, the strongest maps first, blocks folded, joins drawn."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainterPath, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from torch import nn
from torch.nn import functional as F

from cnnviewer.core.inspection.blocks import blocks_of, joined_maps
from cnnviewer.core.inspection.receptive import highlight
from cnnviewer.core.inspection.recorder import Recorder
from cnnviewer.core.inspection.records import Architecture, Cell, Inspection, LayerInfo, Prediction
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.registry import MODELS
from cnnviewer.presenters.resolve import untrained
from cnnviewer.ui.explore.network import overlay
from cnnviewer.ui.explore.network.headers import header_places
from cnnviewer.ui.explore.network.headings import heading_of
from cnnviewer.ui.explore.network.labels import WideTexts
from cnnviewer.ui.explore.network.view import NetworkView
from cnnviewer.ui.explore.network.wide_layout import TILE_LEAST, TILE_MOST, is_wide, wide_layout
from cnnviewer.ui.explore.network.wire_places import sign_room
from cnnviewer.ui.explore.network.wires import Wire, in_lanes
from cnnviewer.ui.widgets.painted_text import PaintedText, record_texts
from cnnviewer.ui.widgets.palettes import colourise, packed
from cnnviewer.ui.widgets.text_size import use_text_pixels
from tests.small_data import COLOUR, GREY
from tests.ui.explore.network.moved_view import texts_after_moving

SIZES = [(1130, 620), (1210, 730), (1690, 900), (2330, 1260)]
"""Stages of windows of 1366x768, 1440x900, 1920x1080 and 2560x1440."""


class Block(nn.Module):
    """Adds what it reads to what it makes of it."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(count, count, 3, padding=1)
        self.conv2 = nn.Conv2d(count, count, 3, padding=1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.relu(self.conv2(F.relu(self.conv1(x))) + x)


class Net(nn.Module):
    """Ten residual blocks of 20 maps, and a convolution that is called twice."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(1, 20, 3)
        self.blocks = nn.ModuleList([Block(20) for _ in range(10)])
        self.shared = nn.Conv2d(20, 20, 1)
        self.head = nn.Linear(20, 4)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.stem(x)
        for block in self.blocks:
            x = block(x)
        return self.head(self.shared(F.relu(self.shared(x))).mean((2, 3)))


@pytest.fixture(scope="module")
def seen() -> tuple[Architecture, Inspection]:
    torch.manual_seed(0)
    with torch.no_grad():
        found = Recorder(Net().eval()).record(torch.rand(1, 1, 20, 20))
    values = {layer.name: found.values[layer.name].reshape(layer.shape).numpy() for layer in found.layers}
    return Architecture("Net", found.layers), Inspection(0, np.zeros((1, 20, 20), np.float32), values, Prediction())


@pytest.fixture
def view(qtbot: QtBot, seen: tuple[Architecture, Inspection]) -> NetworkView:
    made = NetworkView()
    qtbot.addWidget(made)
    made.set_motion(False)
    made.set_architecture(seen[0])
    made.set_inspection(seen[1])
    made.resize(1200, 800)
    made.show()
    return made


def names(view: NetworkView) -> list[str]:
    """The columns, a folded block by its own name."""
    columns = view.canvas.network_layout.columns
    return [column.layer.name if column.block is None else column.block.name for column in columns]


def architecture_of(model: str, info=COLOUR) -> Architecture:
    return Inspector.from_state(untrained(MODELS[model], info)).architecture


@pytest.mark.parametrize(
    ("model", "info", "wide"),
    [("lenet", GREY, False), ("lenet", COLOUR, False), ("simplecnn", COLOUR, True), ("vgg32", COLOUR, True)],
)
def test_lenet_is_seen_whole_and_large_networks_are_gone_along(model: str, info, wide: bool) -> None:
    assert is_wide(architecture_of(model, info)) is wide


class Joined(nn.Module):
    """A few maps; what two convolutions make of them is joined with them."""

    def __init__(self, join: str) -> None:
        super().__init__()
        self.stem = nn.Conv2d(1, 4, 3)
        self.conv_a, self.bn, self.conv_b = nn.Conv2d(4, 4, 3, 1, 1), nn.BatchNorm2d(4), nn.Conv2d(4, 4, 3, 1, 1)
        self.join = join

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.stem(x)
        made = self.conv_b(F.relu(self.bn(self.conv_a(x))))
        if self.join == "same weights":
            return self.conv_a(made).mean((2, 3))
        made = made + x if self.join == "add" else made * x if self.join == "mul" else torch.cat([made, x], 1)
        return F.relu(made).mean((2, 3))


@pytest.mark.parametrize("join", ["add", "cat", "mul", "same weights"])
def test_a_small_network_shows_what_it_joins_as_a_large_one_does(join: str) -> None:
    with torch.no_grad():
        layers = Recorder(Joined(join).eval()).record(torch.rand(1, 1, 20, 20)).layers
    architecture = Architecture(join, layers)
    assert is_wide(architecture)
    (wire,) = wide_layout(architecture, blocks_of(layers), frozenset(), frozenset(), 1130, 620).wires
    ends = [layers[place].name for place in (*wire.sources, wire.target)]
    assert ends == (["conv_a", "conv_a#2"] if wire.shared else ["stem", join])


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_tiles_are_64_to_120_pixels_and_nothing_overlaps(seen: tuple[Architecture, Inspection], size) -> None:
    plan = wide_layout(seen[0], blocks_of(seen[0].layers), set(), set(), *size)
    for before, after in pairwise(plan.columns):
        assert before.slot.right < after.slot.x
    for column in plan.columns:
        assert column.body.bottom <= plan.height
        if column.form == "maps" and column.layer.palette != "image":
            assert TILE_LEAST <= column.tile_width <= TILE_MOST
            tiles = [column.tile(channel) for channel in column.shown]
            assert not any(a.intersects(b) for place, a in enumerate(tiles) for b in tiles[place + 1 :])


def test_the_strongest_maps_come_first_and_the_order_can_be_changed(view: NetworkView, seen) -> None:
    values = seen[1].activations["shared"]
    column = view.canvas.network_layout.column("shared")
    strongest = np.argsort(-np.abs(values).max(axis=(1, 2)), kind="stable")[: column.count]
    assert list(column.shown) == strongest.tolist()
    assert column.count < 20
    view.head.order_chosen.emit("number")
    assert list(view.canvas.network_layout.column("shared").shown) == list(range(column.count))


def test_maps_that_are_added_stand_beside_one_another_in_the_order_of_their_sums(view: NetworkView, seen) -> None:
    canvas = view.canvas
    strongest = np.argsort(-np.abs(seen[1].activations["add"]).max(axis=(1, 2)), kind="stable").tolist()

    def shown() -> list[list[int]]:
        columns = [canvas.network_layout.column(name) for name in ("stem", "blocks.0.conv2", "add")]
        assert len({(column.rows, column.columns) for column in columns}) == 1
        return [list(column.shown) for column in columns]

    count = canvas.network_layout.column("add").count
    assert shown() == [strongest[:count]] * 3
    view.select("stem", strongest[-1])
    assert shown() == [[*strongest[: count - 1], strongest[-1]]] * 3
    canvas.toggle_maps("blocks.0.conv2")
    assert shown() == [strongest] * 3


def test_maps_of_another_number_are_not_put_in_the_order_of_a_sum() -> None:
    layers = (
        LayerInfo("input", "input", "Input", (), (1, 8, 8)),
        LayerInfo("conv", "conv2d", "Conv", ("input",), (4, 8, 8)),
        LayerInfo("scale", "conv2d", "Conv", ("conv",), (1, 8, 8)),
        LayerInfo("mul", "mul", "Multiply", ("conv", "scale"), (4, 8, 8)),
        LayerInfo("cat", "cat", "Concatenate", ("mul", "conv"), (8, 8, 8)),
    )
    assert joined_maps(layers) == {"conv": ("conv", "mul"), "mul": ("conv", "mul")}


def painted(view: NetworkView) -> list[str]:
    """All texts of the picture."""
    said: list[str] = []
    view.canvas.on_look_changed()  # nothing is left of the picture before
    with record_texts(lambda found: said.append(found.text)):
        view.canvas.grab()
    return said


def test_the_line_into_an_addition_says_which_of_both_is_the_shortcut(view: NetworkView) -> None:
    assert "stem (the shortcut) is added to blocks.0.conv2" in painted(view)


def shortcut_with_layers(first: str) -> Architecture:
    """A residual block of which `main` or `shortcut` runs first: both are made of `stem`."""
    shape = (400, 16, 16)
    main = [
        LayerInfo("conv1", "conv2d", "Conv", ("stem",), shape),
        LayerInfo("relu", "relu", "ReLU", ("conv1",), shape),
        LayerInfo("conv2", "conv2d", "Conv", ("relu",), shape),
    ]
    down = [
        LayerInfo("down.0", "conv2d", "Conv", ("stem",), shape),
        LayerInfo("down.1", "batch_norm2d", "Batch norm", ("down.0",), shape),
    ]
    return Architecture(
        "Net",
        (
            LayerInfo("input", "input", "Input", (), (1, 18, 18)),
            LayerInfo("stem", "conv2d", "Conv", ("input",), shape),
            *(main + down if first == "main" else down + main),
            LayerInfo("add", "add", "Add", ("conv2", "down.1"), shape),
        ),
    )


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("first", ["main", "shortcut"])
def test_the_layers_of_a_shortcut_lie_above_the_way_past_them(first: str, size: tuple[int, int]) -> None:
    plan = wide_layout(shortcut_with_layers(first), (), set(), set(), *size)
    names = [column.layer.name for column in plan.columns]
    raised = {name for name, column in zip(names, plan.columns, strict=True) if column.raised}
    assert raised == {"down.0", "down.1"}
    (level,) = {column.level for column in plan.columns if not column.raised}
    for column in plan.columns:
        if column.raised:
            assert column.body.bottom < level < column.more.y
            assert plan.lane_height <= column.body.y
            assert column.body.y < column.level < column.body.bottom
    near = {(names[source], name) for name, read in zip(names, plan.near, strict=True) for source in read}
    assert {("stem", "conv1"), ("conv1", "relu"), ("conv2", "add")} <= near  # the main path is straight
    wires = [([names[place] for place in wire.sources], names[wire.target]) for wire in plan.wires]
    assert wires == [(["stem"], "down.0")] if first == "main" else [(["down.1"], "add")]


def test_the_shortcut_is_named_where_it_has_layers_of_its_own(qtbot: QtBot) -> None:
    view = NetworkView()
    qtbot.addWidget(view)
    view.resize(2400, 1100)
    view.set_architecture(shortcut_with_layers("main"))
    said = painted(view)
    assert "the shortcut: stem → down.0 → down.1, added to conv2" in said
    assert "down.1 (the shortcut) is added to conv2" in said
    view.set_architecture(shortcut_with_layers("shortcut"))
    assert "down.1 (the shortcut) is added to conv2" in painted(view)


def test_a_pinned_value_fades_the_rest_until_one_comes_back_to_the_whole_network(view: NetworkView, seen) -> None:
    canvas = view.canvas
    cell = Cell("shared", canvas.network_layout.column("shared").shown[0], 3, 3)
    canvas.show_layer("shared")
    plain = canvas.grab().toImage()
    view.select("shared", cell.channel, 3, 3)
    canvas.light_pinned(highlight(seen[0], cell))
    tile = canvas.camera.to_view(
        canvas.network_layout.column("shared").tile(canvas.network_layout.column("shared").shown[1])
    )
    place = QPoint(*map(int, tile.centre))
    assert canvas.grab().toImage().pixelColor(place) != plain.pixelColor(place)
    view.set_alone(True)
    assert canvas.grab().toImage().pixelColor(place) == plain.pixelColor(place)
    assert canvas.pinned == cell
    view.select("shared", cell.channel, 4, 4)
    canvas.light_pinned(highlight(seen[0], cell))
    assert canvas.grab().toImage().pixelColor(place) != plain.pixelColor(place)


def test_every_tile_shows_the_map_whose_number_stands_below_it(view: NetworkView, seen) -> None:
    canvas = view.canvas
    image, bounds = canvas.grab().toImage(), view.pictures.bounds("stem")
    column, values = canvas.network_layout.column("stem"), seen[1].activations["stem"]
    for channel in column.shown:
        x, y = canvas.camera.to_view(column.pixel(channel, 9, 4)).centre
        expected = packed(colourise(values[channel, 9:10, 4], "signed", bounds))[0]
        assert image.pixel(int(x), int(y)) == int(expected)
        assert canvas.cell_at(QPointF(x, y)) == Cell("stem", channel, 9, 4)


def test_more_opens_all_maps_and_closes_them_again(view: NetworkView) -> None:
    canvas = view.canvas
    column = canvas.network_layout.column("stem")
    hidden = 20 - column.count
    assert hidden > 0
    for count in (20, column.count):
        place = canvas.camera.to_view(canvas.network_layout.column("stem").more)
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(*map(round, place.centre)))
        assert canvas.network_layout.column("stem").count == count
        assert canvas.pinned is None


def test_a_map_that_is_pinned_is_shown_though_it_is_weak(view: NetworkView, seen) -> None:
    weakest = int(np.abs(seen[1].activations["stem"]).max(axis=(1, 2)).argmin())
    assert weakest not in view.canvas.network_layout.column("stem").shown
    view.select("stem", weakest)
    assert weakest in view.canvas.network_layout.column("stem").shown


def test_a_network_of_many_layers_opens_with_one_block_unfolded(view: NetworkView) -> None:
    shown = names(view)
    assert shown[:4] == ["input", "stem", "blocks.0.conv1", "relu"]
    assert [name for name in shown if name.startswith("blocks.") and "conv" not in name] == [
        f"blocks.{place}" for place in range(1, 10)
    ]


def test_fit_shows_the_whole_network_with_its_blocks_folded_and_a_chosen_layer_large_maps(view: NetworkView) -> None:
    canvas, before = view.canvas, names(view)
    view.resize(1500, 800)
    view.head.fit_requested.emit()
    assert names(view) == ["input", "stem", *(f"blocks.{place}" for place in range(10)), *before[-5:]]
    said, plan = painted(view), canvas.network_layout
    assert plan.width <= canvas.width()
    assert set(names(view)) <= set(said)
    for first, second in pairwise(plan.columns):
        assert first.slot.right < second.slot.x
    canvas.show_layer("blocks.0.conv1")
    assert names(view) == before
    assert canvas.network_layout.column("stem").tile_width >= TILE_LEAST


def test_fit_says_where_the_whole_network_has_no_room(view: NetworkView) -> None:
    before = names(view)
    view.resize(500, 800)
    view.head.fit_requested.emit()
    assert names(view) == before
    assert "the strip above shows all of them" in view.canvas.accessibleDescription()


def test_a_click_on_its_line_folds_and_unfolds_a_block_where_it_stands(view: NetworkView) -> None:
    canvas = view.canvas
    before = canvas.camera.to_view(canvas.network_layout.column("blocks.0.conv1").slot).x
    first, last = (canvas.camera.to_view(canvas.network_layout.column(n).slot) for n in ("blocks.0.conv1", "relu"))
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(round((first.x + last.right) / 2), 8))
    assert "blocks.0" in names(view)
    folded = canvas.network_layout.holder("blocks.0.conv1")
    assert folded.block.parameters == sum(weight.numel() for weight in Block(20).parameters())
    assert canvas.camera.to_view(folded.slot).x == pytest.approx(before, abs=1)
    QTest.mouseClick(
        canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(canvas.camera.to_view(folded.slot).centre[0]), 8)
    )
    assert "blocks.0.conv1" in names(view)


def test_a_folded_block_says_its_name_its_size_and_its_parameters(seen: tuple[Architecture, Inspection]) -> None:
    block = blocks_of(seen[0].layers)[0]
    lines = heading_of(seen[0].layer(block.output), block, "", WideTexts()).across(100, lambda text, role: len(text))
    assert [text for text, _ in lines] == [
        "blocks.0",
        "5 layers + 1 shortcut",
        "20×18×18",
        f"{block.parameters:,} parameters",
    ]


def test_an_addition_says_what_is_added_and_its_line_leads_over_the_columns_between(view: NetworkView) -> None:
    plan = view.canvas.network_layout
    place = next(at for at, column in enumerate(plan.columns) if column.layer.name == "add")
    wire = next(wire for wire in plan.wires if wire.target == place)
    assert [plan.columns[at].layer.name for at in wire.sources] == ["stem"]
    assert {plan.columns[at].layer.name for at in plan.reads[place]} == {"stem", "blocks.0.conv2"}
    heading = heading_of(plan.columns[place].layer, None, "blocks.0", WideTexts())
    lines = heading.across(100, lambda text, role: len(text))
    assert lines[-1].text == "blocks.0.conv2 + stem"
    assert heading.across(13, lambda text, role: len(text))[-1].text == "…conv2 + stem"
    assert min(column.body.y for column in plan.columns) >= plan.lane_height


def test_a_name_within_a_block_is_not_that_of_a_layer_outside(view: NetworkView) -> None:
    layer = view.architecture.layer("blocks.0.conv1")
    for block, room, name in (
        ("blocks.0", 14, "blocks.0.conv1"),
        ("blocks.0", 10, "…conv1"),
        ("", 14, "blocks.0.conv1"),
    ):
        heading = heading_of(layer, None, block, WideTexts())
        assert heading.across(room, lambda text, role: len(text))[0].text == name
        assert heading.least_width(lambda text, role: len(text)) == (8 if block else 14)


def test_a_click_on_the_sign_of_an_addition_opens_its_strongest_map(view: NetworkView) -> None:
    canvas = view.canvas
    plan = canvas.network_layout
    place = next(at for at, column in enumerate(plan.columns) if column.layer.name == "add")
    room = sign_room(canvas._scene(1.0), place)
    assert room is not None
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(*map(round, room.centre)))
    assert canvas.pinned == Cell("add", plan.columns[place].shown[0])
    assert all(sign_room(canvas._scene(1.0), at) is None for at, read in enumerate(plan.reads) if len(read) < 2)


def test_after_a_jump_the_key_to_another_layer_leads_to_the_one_beside_it_in_the_picture(view: NetworkView) -> None:
    canvas, control = view.canvas, Qt.KeyboardModifier.ControlModifier
    for key, step in ((Qt.Key.Key_Left, -1), (Qt.Key.Key_Right, 1)):
        view.select("stem", 1, 2, 2)
        view.select("add", 1, 2, 2)  # as by a click on one of both inputs of the addition, and back
        plan = canvas.network_layout
        place = next(at for at, column in enumerate(plan.columns) if column.layer.name == "add")
        QTest.keyClick(canvas, key, control)
        assert canvas.pinned is not None
        assert canvas.pinned.layer == plan.columns[place + step].layer.name
        QTest.keyClick(canvas, Qt.Key.Key_Right if step < 0 else Qt.Key.Key_Left, control)
        assert canvas.pinned == Cell("add", 1, 2, 2)


def test_how_many_maps_are_not_shown_is_said_without_touching_its_neighbours(view: NetworkView) -> None:
    canvas, found = view.canvas, 0
    view.set_architecture(architecture_of("resnet32"))
    view.resize(1200, 500)
    for size in (100, 150, 200):
        use_text_pixels(13 * size / 100)
        canvas.fit_all()
        said: list[PaintedText] = []
        with record_texts(said.append):
            canvas.grab()
        hidden = [text for text in said if text.text.startswith("+")]
        found += len(hidden)
        assert not any(_meet(a.covers, b.covers) for at, a in enumerate(hidden) for b in hidden[at + 1 :])
    assert found


class Grouped(nn.Module):
    """A residual sum, ReLU and a grouped convolution of 40 maps, of which a few are seen."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Conv2d(1, 40, 3)
        self.blocks = nn.Sequential(*(Block(40) for _ in range(3)))
        self.grouped = nn.Conv2d(40, 40, 3, padding=1, groups=10)
        self.head = nn.Linear(40, 4)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.grouped(self.blocks(self.stem(x))).mean((2, 3)))


def _joined(view: NetworkView, architecture: Architecture, cell: Cell, monkeypatch) -> dict[str, list[int]]:
    """The maps from which lines lead to a pinned cell; -1 stands for a place that is no map."""
    drawn: list[tuple[float, float]] = []
    move = QPainterPath.moveTo

    class Recorded(QPainterPath):
        def moveTo(self, *place) -> None:
            drawn.append((place[0].x(), place[0].y()))
            move(self, *place)

    monkeypatch.setattr(overlay, "QPainterPath", Recorded)
    view.canvas.pin(cell)
    view.canvas.light_pinned(highlight(architecture, cell))
    drawn.clear()
    view.canvas.grab()
    found: dict[str, list[int]] = {name: [] for name in architecture.layer(cell.layer).inputs}
    for name, maps in found.items():
        column = view.canvas.network_layout.column(name)
        assert column is not None
        for x, y in drawn:
            across, down = view.canvas.camera.to_plane(x, y)
            if not column.slot.x <= across <= column.slot.right:
                continue
            hit = column.hit(across - 0.01, down)
            maps.append(-1 if hit is None or hit.channel is None else hit.channel)
    return found


def test_the_legends_are_those_of_layers_in_sight_and_follow_the_view(view: NetworkView) -> None:
    for name in (view.architecture.layers[1].name, view.architecture.layers[-3].name):
        view.canvas.show_layer(name)
        in_sight = {column.layer.name for column in view.canvas.seen_columns()}
        assert {name for name, _, _ in view._readout._legends} <= in_sight


@pytest.fixture
def grouped(qtbot: QtBot) -> tuple[NetworkView, Architecture]:
    torch.manual_seed(0)
    with torch.no_grad():
        found = Recorder(Grouped().eval()).record(torch.rand(1, 1, 20, 20))
    values = {layer.name: found.values[layer.name].reshape(layer.shape).numpy() for layer in found.layers}
    made, architecture = NetworkView(), Architecture("Net", found.layers)
    qtbot.addWidget(made)
    made.set_motion(False)
    made.set_architecture(architecture)
    made.set_inspection(Inspection(0, np.zeros((1, 20, 20), np.float32), values, Prediction()))
    made.resize(1600, 800)
    made.show()
    made.canvas.fold_all(False)
    return made, architecture


@pytest.mark.parametrize("kind", ["add", "relu", "grouped"])
def test_lines_lead_from_the_maps_that_are_read_and_from_no_other(grouped, kind: str, monkeypatch) -> None:
    view, architecture = grouped
    layer = [layer for layer in architecture.layers if kind in (layer.kind, layer.name)][-1]
    hidden = shown = 0
    for channel in range(0, 40, 3):
        read = set(range(channel // 4 * 4, channel // 4 * 4 + 4)) if kind == "grouped" else {channel}
        joined = _joined(view, architecture, Cell(layer.name, channel, 5, 5), monkeypatch)
        for name, maps in joined.items():
            column = view.canvas.network_layout.column(name)
            assert column is not None
            assert column.count < 40
            columns = view.canvas.network_layout.columns
            near = columns.index(column) + 1 == columns.index(view.canvas.network_layout.column(layer.name))
            assert sorted(maps) == sorted(read & set(column.shown) if near else ())  # else a line over the columns
            shown += len(maps)
            hidden += len(read) - len(maps)
    assert shown
    assert hidden or kind == "add"  # whose operands show the map that is pinned


def test_the_curve_into_a_pinned_addition_stays_bright(grouped) -> None:
    view, architecture = grouped
    add = next(layer.name for layer in architecture.layers if layer.kind == "add")
    view.canvas.show_layer(add)
    plan = view.canvas.network_layout
    place = next(at for at, column in enumerate(plan.columns) if column.layer.name == add)
    body, before = (view.canvas.camera.to_view(plan.columns[at].body) for at in (place, place - 1))
    sign = QRect(int(before.right) + 2, int(before.y), int(body.x - before.right) - 4, 40)  # where the curve comes down
    plain = view.canvas.grab(sign).toImage()
    cell = Cell(add, plan.columns[place].shown[0], 5, 5)
    view.canvas.light_pinned(highlight(architecture, cell))
    pinned = view.canvas.grab(sign).toImage()

    def darkest(image) -> int:
        return min(image.pixelColor(x, 2).lightness() for x in range(image.width()))

    assert abs(darkest(pinned) - darkest(plain)) < 8


def test_two_calls_of_one_module_are_joined_as_having_the_same_weights(view: NetworkView) -> None:
    plan = view.canvas.network_layout
    shared = [wire for wire in plan.wires if wire.shared]
    assert [[plan.columns[at].layer.name for at in (*wire.sources, wire.target)] for wire in shared] == [
        ["shared", "shared#2"]
    ]


def test_a_short_line_runs_below_the_long_one_that_it_lies_within() -> None:
    placed = in_lanes([Wire((0,), 9), Wire((2,), 5), Wire((5,), 7)])
    assert {(wire.first, wire.last): wire.lane for wire in placed} == {(5, 7): 0, (2, 5): 0, (0, 9): 1}


@pytest.mark.parametrize("factor", [0.2, 1.0, 1.9, 8.0], ids=str)
@pytest.mark.parametrize("model", ["simplecnn", "vgg32", "blocks"])
def test_headers_are_whole_and_apart_at_any_zoom_wherever_the_view_ends(
    view: NetworkView, model: str, factor: float
) -> None:
    if model != "blocks":
        view.set_architecture(architecture_of(model))
    canvas = view.canvas
    canvas.zoom_by(factor)
    for moved in (0, -37, -71, -113):
        texts = texts_after_moving(canvas, moved)
        scene, band = canvas._scene(1.0), canvas._band
        whole = [place.column for place in header_places(scene, band) if place.whole]
        headers = [text for text in texts if band.h > text.covers.center().y() > canvas.paint_style.line + 8]
        assert all(text.clip.adjusted(-1, -1, 1, 1).contains(text.covers) for text in headers)
        assert not any(_meet(a.covers, b.covers) for at, a in enumerate(headers) for b in headers[at + 1 :])
        for column in whole:
            block = canvas.network_layout.block_names.get(column.layer.name, "")
            heading = heading_of(column.layer, column.block, block, WideTexts())
            said = {text.text for text in headers}
            assert said & set(heading.names_across)
            assert said & set(heading.kinds)
            assert said & set(heading.sizes)


def _meet(a: QRectF, b: QRectF) -> bool:
    common = a & b
    return common.width() > 1 and common.height() > 2


def test_choosing_a_layer_brings_it_into_the_middle_and_out_of_its_block(view: NetworkView) -> None:
    strip, canvas = view.strip, view.canvas
    for choose, name in ((strip.layer_chosen.emit, "blocks.5.conv2"), (view.head.layer_chosen.emit, "blocks.3.conv1")):
        choose(name)
        column = canvas.network_layout.column(name)
        assert column is not None
        middle = canvas.camera.to_view(column.slot).centre[0]
        assert abs(middle - canvas.width() / 2) < 2
        assert canvas.focus_layer == strip.current == name


def turn(widget: QWidget, notches: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Turn the wheel in the middle of a widget."""
    place, delta = QPointF(widget.rect().center()), QPoint(0, 120 * notches)
    event = QWheelEvent(
        place, place, QPoint(), delta, Qt.MouseButton.NoButton, modifier, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(widget, event)


@pytest.mark.parametrize("over", ["canvas", "strip"])
def test_the_list_and_the_strip_follow_what_is_in_the_middle(view: NetworkView, over: str) -> None:
    canvas, combo = view.canvas, view.head._layers
    assert combo.currentData() == view.strip.current == "stem"  # at first the first layer with kernels
    scale = canvas.camera.scale
    if over == "canvas":
        turn(canvas, -10, Qt.KeyboardModifier.ShiftModifier)
    else:
        turn(view.strip, -10)
    assert canvas.focus_layer not in ("stem", "")
    assert canvas.camera.scale == scale
    assert combo.currentData() == view.strip.current == canvas.focus_layer


@pytest.mark.parametrize("pixels", [13, 18, 26])
def test_the_numbers_of_the_maps_grow_with_the_text(view: NetworkView, pixels: int) -> None:
    use_text_pixels(pixels)
    QApplication.processEvents()  # widgets hear of it by their change of font
    view.resize(1800, 1200)
    column = view.canvas.network_layout.column("stem")
    assert set(map(str, column.shown)) <= set(painted(view))
    view.canvas.fit_all()
    if view.canvas.plan.shows_whole:
        column = view.canvas.network_layout.column("stem")
        assert set(map(str, column.shown)) <= set(painted(view))


def test_the_wheel_zooms_a_large_network_as_a_small_one(view: NetworkView) -> None:
    canvas = view.canvas
    column = canvas.network_layout.nearest(canvas.camera.to_plane(*canvas.rect().center().toTuple())[0])
    before, scale = canvas.camera.to_view(column.slot).x, canvas.camera.scale
    turn(canvas, 2)
    assert canvas.camera.scale > scale
    assert abs(canvas.camera.to_view(column.slot).x - before) < 120  # what is under the pointer stays there


def test_a_large_network_shows_the_first_layer_with_kernels_until_one_is_chosen(qtbot: QtBot) -> None:
    made = NetworkView()
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    made.set_architecture(architecture_of("simplecnn"))
    made.resize(1300, 820)
    assert made.current_layer == "conv1"
    made.canvas.show_layer("pool2")
    assert made.current_layer == "pool2"


def test_a_click_in_the_strip_goes_to_the_layer_and_keys_go_on(view: NetworkView) -> None:
    strip = view.strip
    slot = next(slot for slot in strip._slots if slot.layer.name == "blocks.7.conv1")
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(round(slot.x + slot.width / 2), 20))
    assert strip.current == view.canvas.focus_layer == "blocks.7.conv1"
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert strip.current == view.canvas.focus_layer == strip._slots[strip._slots.index(slot) + 1].layer.name


def test_every_layer_has_its_thumbnail_in_the_strip(view: NetworkView, seen) -> None:
    strip = view.strip
    assert [slot.layer for slot in strip._slots] == list(seen[0].layers)
    assert strip._slots[-1].x + strip._slots[-1].width <= strip.width()
    image = strip.grab().toImage()
    slot = strip._slots[1]
    colours = {image.pixel(round(slot.x) + x, y) for x in range(2, int(slot.width) - 2) for y in range(20, 40)}
    assert len(colours) > 5


def test_above_another_level_the_strip_stands_for_the_picture(view: NetworkView, qtbot: QtBot) -> None:
    view.set_alone(False)
    assert view.strip.isVisible()
    assert not view.canvas.isVisible()
    with qtbot.waitSignal(view.layer_requested) as asked:
        view.strip.layer_chosen.emit("blocks.2.conv1")
    assert asked.args == ["blocks.2.conv1", False]
    view.set_alone(True)
    assert view.canvas.isVisible()


def test_zooming_by_a_button_keeps_the_pinned_map_where_it_is(view: NetworkView) -> None:
    canvas = view.canvas
    view.select("blocks.0.conv1", 3)
    tile = canvas.network_layout.column("blocks.0.conv1").tile(3)
    before = canvas.camera.to_view(tile).centre
    canvas.zoom_by(1.3)
    after = canvas.camera.to_view(canvas.network_layout.column("blocks.0.conv1").tile(3)).centre
    assert after[0] == pytest.approx(before[0], abs=1)


def test_a_folded_block_that_is_pointed_at_says_what_goes_in_and_comes_out(view: NetworkView) -> None:
    canvas = view.canvas
    folded = next(column for column in canvas.network_layout.columns if column.block is not None)
    canvas.show_layer(folded.layer.name)
    view.canvas.toggle_block("blocks.1")
    folded = next(column for column in canvas.network_layout.columns if column.block is not None)
    canvas._point(Cell(folded.layer.name))
    assert f"{folded.block.name}: 5 layers, 20×18×18" in view._readout.text
    assert folded.block.inputs[0] in view._readout.explanation


def test_values_that_change_keep_the_places_and_bring_other_maps(view: NetworkView, seen) -> None:
    before = view.canvas.network_layout.column("stem")
    turned = {name: values[::-1].copy() for name, values in seen[1].activations.items()}
    view.set_inspection(replace(seen[1], activations=turned))
    after = view.canvas.network_layout.column("stem")
    assert (after.body, after.columns) == (before.body, before.columns)
    assert [19 - channel for channel in after.shown] == list(before.shown)


def test_the_keys_of_the_strip_reach_both_ends(view: NetworkView, seen) -> None:
    for key, name in ((Qt.Key.Key_End, "head"), (Qt.Key.Key_Home, "input")):
        QTest.keyClick(view.strip, key)
        assert view.strip.current == view.canvas.focus_layer == name


def test_the_layer_in_the_middle_stays_there_when_the_window_is_resized(view: NetworkView) -> None:
    view.canvas.show_layer("blocks.4.conv1")
    view.resize(900, 700)
    view.grab()
    canvas = view.canvas
    assert (
        abs(canvas.camera.to_view(canvas.network_layout.column("blocks.4.conv1").slot).centre[0] - canvas.width() / 2)
        < 2
    )
    assert view.strip.current == "blocks.4.conv1"


def test_the_strip_marks_a_layer_whose_maps_reach_beyond_the_view(view: NetworkView) -> None:
    canvas = view.canvas
    view.resize(640, 700)
    canvas.show_layer("stem")
    place = canvas.camera.to_view(canvas.network_layout.column("stem").more)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(*map(round, place.centre)))
    for _ in range(4):
        canvas.zoom_by(1.4)
    slot = canvas.camera.to_view(canvas.network_layout.column("stem").slot)
    canvas._camera = canvas._camera.moved(400.0 - slot.right, 0.0)
    assert canvas.camera.to_view(canvas.network_layout.column("stem").slot).centre[0] < 0  # out of sight
    view._follow_view()
    assert view.strip._seen is not None
    assert view.strip._seen[0] == "stem"


@pytest.mark.parametrize("factor", [1.0, 2.0, 4.0, 8.0], ids=str)
def test_what_is_added_is_said_however_far_one_zooms_in(view: NetworkView, factor: float) -> None:
    canvas = view.canvas
    canvas.show_layer("add")
    canvas.zoom_by(factor)
    canvas.show_layer("add")
    canvas._forget_places()
    texts: list[PaintedText] = []
    with record_texts(texts.append):
        canvas.grab()
    said = [text for text in texts if "stem" in text.text and "conv2" in text.text]
    below = [text for text in said if text.covers.top() >= canvas._band.h]
    assert below
    assert all(text.clip.adjusted(-1, -1, 1, 1).contains(text.covers) for text in below)
