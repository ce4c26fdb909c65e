"""The network view: laid out to fit, painted as PyTorch computed it, walked by mouse and keys."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.digest import digest
from cnnviewer.core.inspection.receptive import highlight
from cnnviewer.core.inspection.records import Architecture, Cell, Inspection, LayerInfo, Prediction
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.registry import MODELS
from cnnviewer.presenters.resolve import untrained
from cnnviewer.ui.explore.network import network_scene, scene_picture
from cnnviewer.ui.explore.network.geometry import Camera, Rect
from cnnviewer.ui.explore.network.head import NetworkHead
from cnnviewer.ui.explore.network.headers import column_heading, header_places
from cnnviewer.ui.explore.network.headings import heading_of, kind_forms
from cnnviewer.ui.explore.network.labels import column_numbers, short_number
from cnnviewer.ui.explore.network.layout import LayerColumn, layout
from cnnviewer.ui.explore.network.legend import legend_width, paint_legend
from cnnviewer.ui.explore.network.map_compositor import MapCompositor
from cnnviewer.ui.explore.network.pictures import Pictures
from cnnviewer.ui.explore.network.view import NetworkView
from cnnviewer.ui.widgets.paint_style import PaintStyle
from cnnviewer.ui.widgets.painted_text import record_texts
from cnnviewer.ui.widgets.palettes import Range, colourise, packed, pixels, value_range
from cnnviewer.ui.widgets.text_size import use_text_pixels
from cnnviewer.ui.widgets.theme import theme
from tests.small_data import COLOUR, GREY
from tests.ui.explore.network.moved_view import texts_after_moving


def looked(info=GREY, model: str = "lenet", seed: int = 0) -> tuple[Architecture, Inspection]:
    inspector = Inspector.from_state(untrained(MODELS[model], info))
    image = np.random.default_rng(seed).random(info.shape).astype(np.float32)
    return inspector.architecture, inspector.inspect(image, generation=seed)


@pytest.fixture
def view(qtbot: QtBot) -> NetworkView:
    made = NetworkView()
    qtbot.addWidget(made)
    made.set_motion(False)
    architecture, inspection = looked()
    made.set_architecture(architecture)
    made.set_classes(GREY.classes)
    made.set_inspection(inspection)
    made.resize(860, 560)
    made.show()
    return made


@pytest.mark.parametrize(("info", "model"), [(GREY, "lenet"), (COLOUR, "simplecnn")], ids=["LeNet", "SimpleCNN"])
@pytest.mark.parametrize("size", [(860, 480), (560, 300), (1800, 900)], ids=str)
def test_the_whole_network_fits_and_no_two_tiles_overlap(info, model: str, size: tuple[int, int]) -> None:
    architecture, _ = looked(info, model)
    plan = layout(architecture, *size)
    assert [column.layer.name for column in plan.columns] == [layer.name for layer in architecture.layers]
    right = 0.0
    for column in plan.columns:
        assert column.slot.x >= right - 1e-6
        right = column.slot.right
        assert column.body.bottom <= plan.height + 1e-6
        tiles = [column.tile(channel) for channel in range(min(column.count, 40))]
        for one, other in pairwise(tiles):
            assert one.right <= other.x + 1e-6 or one.bottom <= other.y + 1e-6
    assert right <= plan.width + 1e-6


def test_a_place_on_the_screen_is_the_value_painted_there() -> None:
    architecture, _ = looked()
    plan = layout(architecture, 1200, 600)
    for name, channel, row, col in (("conv1", 3, 5, 7), ("conv2", 19, 0, 7), ("pool2", 11, 3, 3)):
        place = plan.column(name).pixel(channel, row, col).centre
        assert plan.at(*place) == Cell(name, channel, row, col)
    assert plan.at(*plan.column("fc1").tile(49).centre) == Cell("fc1", 49)


@pytest.mark.parametrize(("info", "model"), [(GREY, "lenet"), (COLOUR, "simplecnn")], ids=["LeNet", "SimpleCNN"])
@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_every_pixel_of_a_large_map_has_the_colour_of_its_value(info, model: str, ratio: float) -> None:
    architecture, inspection = looked(info, model)
    pictures = Pictures()
    pictures.set_architecture(architecture)
    pictures.set_inspection(inspection)
    plan = layout(architecture, 3000, 1500)
    camera, view = Camera(1.0, 0.0, 0.0), Rect(0, 0, 3000, 1500)
    compositor = MapCompositor(plan, camera, view, QSize(int(3000 * ratio), int(1500 * ratio)), ratio)
    image = compositor.compose(pictures, 0)
    for name in ("conv1", "relu1", "conv2", "pool2"):
        column, values = plan.column(name), inspection.activations[name]
        expected = colourise(values, architecture.layer(name).palette, pictures.bounds(name))
        if column.tile_width * ratio < 2 * values.shape[2]:
            continue  # values smaller than two pixels may share one
        rng = np.random.default_rng(0)
        for _ in range(50):
            channel, row, col = (int(rng.integers(size)) for size in values.shape)
            x, y = column.pixel(channel, row, col).centre
            colour = QColor(image.pixel(int(x * ratio), int(y * ratio)))
            assert (colour.red(), colour.green(), colour.blue()) == tuple(expected[channel, row, col, :3])


@pytest.mark.parametrize("mode", ["layer", "map"])
@pytest.mark.parametrize("size", [(3000, 1500), (400, 300)], ids=str)
def test_every_pixel_of_a_layer_with_very_many_values_has_the_colour_of_its_value(mode, size: tuple[int, int]) -> None:
    values = np.random.default_rng(0).standard_normal((7, 120, 120)).astype(np.float32)
    layers = (
        LayerInfo("input", "input", "Input", (), (1, 4, 4), palette="image"),
        LayerInfo("conv", "conv2d", "Conv 3×3", ("input",), values.shape),
    )
    pictures = Pictures()
    pictures.set_architecture(Architecture("big", layers))
    pictures.set_mode(mode)
    made, black = digest(torch.from_numpy(values)[None]), np.zeros((1, 4, 4), np.float32)
    arrays = {"input": black, "conv": values}
    pictures.set_inspection(Inspection(1, black, arrays, Prediction(), 0, {"conv": made}))
    plan = layout(Architecture("big", layers), *size)
    compositor = MapCompositor(plan, Camera(1.0, 0.0, 0.0), Rect(0, 0, *size), QSize(*size), 1.0)
    image, column = compositor.compose(pictures, 0), plan.column("conv")
    shown = made.level(round(column.tile_height), round(column.tile_width))
    maps = values if shown is None else shown
    rng = np.random.default_rng(1)
    for _ in range(50):
        channel, row, col = int(rng.integers(7)), *(int(rng.integers(3, side - 3)) for side in maps.shape[1:])
        tile = column.tile(channel)
        x = tile.x + (col + 0.5) * tile.w / maps.shape[2]
        y = tile.y + (row + 0.5) * tile.h / maps.shape[1]
        expected = packed(colourise(maps[channel], "signed", pictures.bounds("conv", channel)))
        colour = image.pixel(int(x), int(y))
        assert colour in expected, "of its own map"
        if tile.w >= 2 * maps.shape[2]:  # else two values may share one
            assert colour == expected[row, col]
    last, right = column.tile(6), column.tile(column.columns - 1)
    gap = image.pixelColor(int(column.tile(0).right + column.gap / 2), int(column.tile(0).centre[1]))
    assert gap.alpha() == 0 or column.columns == 1
    if last.right < right.right - 1:
        assert image.pixelColor(int(right.centre[0]), int(last.centre[1])).alpha() == 0, "no map, no colour"


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("mode", ["layer", "map", "global"])
def test_values_of_diverged_weights_are_painted_without_a_warning(mode) -> None:
    architecture, inspection = looked()
    largest = np.array([3.4e38, -3.4e38, np.inf, -np.inf, np.nan, 1.0, 1e-38], np.float32)
    diverged = {name: np.resize(largest, values.shape) for name, values in inspection.activations.items()}
    pictures = Pictures()
    pictures.set_architecture(architecture)
    pictures.set_mode(mode)
    pictures.set_inspection(replace(inspection, activations=diverged))
    plan = layout(architecture, 1200, 600)
    view = Rect(0, 0, 1200, 600)
    image = MapCompositor(plan, Camera(1.0, 0.0, 0.0), view, QSize(1200, 600), 1.0).compose(pictures, 0)
    bar = plan.column("fc1").tile(1)
    assert image.pixelColor(int(bar.x + 1), int(bar.centre[1])).alpha() > 0, "the most negative value fills its half"
    assert image.pixelColor(int(bar.right - 1), int(bar.centre[1])).alpha() == 0


def test_colours_are_those_of_the_palette_and_broken_numbers_are_magenta() -> None:
    values = np.array([-2, 0, 2, np.nan, np.inf], np.float32)
    bounds = value_range(values, "signed")
    assert bounds == Range(-2.0, 2.0)
    rgba = colourise(values, "signed", bounds)
    assert rgba[0, 2] > rgba[0, 0], "negative is blue"
    assert rgba[2, 0] > rgba[2, 2], "positive is red"
    assert rgba[1].min() > 240, "zero is white"
    assert rgba[3].tolist() == rgba[4].tolist() == [255, 0, 255, 255]
    assert np.array_equal(pixels(values, "signed", bounds), packed(rgba))


def test_the_contracts_property_lists_the_layers_in_order(view: NetworkView) -> None:
    layers = view.property("layers")
    assert layers[0] == ("input", "input", (1, 28, 28))
    assert ("conv2", "conv2d", (20, 8, 8)) in layers
    assert layers[-1][0] == "probabilities"


def test_selecting_a_cell_says_so_and_shows_its_value(view: NetworkView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.cell_selected) as said:
        view.select("conv1", 3, 5, 7)
    assert said.args == [Cell("conv1", 3, 5, 7)]
    value = view.layer_arrays()["conv1"][3, 5, 7]
    spoken = view.accessibleDescription().partition(" = ")[2].partition(". ")[0]
    assert float(spoken.replace("−", "-")) == pytest.approx(value, rel=1e-3, abs=6e-5)


def test_the_mouse_points_and_pins(view: NetworkView, qtbot: QtBot) -> None:
    canvas = view.canvas
    tile = canvas.camera.to_view(canvas.network_layout.column("conv1").tile(4))
    place = QPoint(*(int(part) for part in tile.centre))
    with qtbot.waitSignal(view.cell_hovered) as hovered:
        QTest.mouseMove(canvas, place)
    assert hovered.args[0].layer == "conv1"
    assert hovered.args[0].channel == 4
    with qtbot.waitSignal(view.cell_selected) as selected:
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    assert selected.args[0].channel == 4


def test_arrow_keys_walk_and_escape_lets_go(view: NetworkView, qtbot: QtBot) -> None:
    view.select("conv1", 3, 5, 7)
    with qtbot.waitSignal(view.cell_selected) as walked:
        QTest.keyClick(view.canvas, Qt.Key.Key_Right)
    assert walked.args == [Cell("conv1", 3, 5, 8)]
    with qtbot.waitSignal(view.cell_selected) as walked:
        QTest.keyClick(view.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert walked.args[0].layer == "pool1"
    with qtbot.waitSignal(view.cell_selected) as let_go:
        QTest.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert let_go.args == [None]


@pytest.mark.parametrize(("start", "key", "stays"), [
    (Cell("conv1", 3, 0, 0), Qt.Key.Key_Left, True), (Cell("conv1", 3, 23, 23), Qt.Key.Key_Right, True),
    (Cell("conv1", 3, 23, 23), Qt.Key.Key_Down, True), (Cell("fc1", 49), Qt.Key.Key_Down, True),
    (Cell("fc2", 4), Qt.Key.Key_Right, True), (Cell("fc2", 4), Qt.Key.Key_Up, False),
])  # fmt: skip
def test_no_arrow_key_leaves_its_map_or_its_layer(view: NetworkView, start: Cell, key: Qt.Key, stays: bool) -> None:
    view.canvas.pin(start)
    QTest.keyClick(view.canvas, key)
    QTest.keyClick(view.canvas, key, Qt.KeyboardModifier.ShiftModifier)
    assert view.canvas.pinned is not None
    assert view.canvas.pinned.layer == start.layer
    assert (view.canvas.pinned.row, view.canvas.pinned.col) == (start.row, start.col)
    assert (view.canvas.pinned.channel == start.channel) or not stays or start.row is not None


@pytest.mark.parametrize("moved", [False, True])
def test_the_key_to_another_layer_leads_back_to_where_one_was(view: NetworkView, moved: bool) -> None:
    canvas, control = view.canvas, Qt.KeyboardModifier.ControlModifier
    canvas.pin(Cell("conv1", 3, 5, 7))
    for _ in range(4):
        QTest.keyClick(canvas, Qt.Key.Key_Right, control)
    assert canvas.pinned is not None
    assert canvas.pinned.layer == "dropout"
    if moved:
        QTest.keyClick(canvas, Qt.Key.Key_Down)
    for _ in range(4):
        QTest.keyClick(canvas, Qt.Key.Key_Left, control)
    assert (canvas.pinned == Cell("conv1", 3, 5, 7)) is not moved
    assert canvas.pinned.layer == "conv1"


def test_of_a_map_that_was_clicked_keys_go_on_from_the_value_that_is_explained(view: NetworkView) -> None:
    view.canvas.pin(Cell("conv1", 3))
    view.set_explained(Cell("conv1", 3, 5, 7))
    QTest.keyClick(view.canvas, Qt.Key.Key_Right)
    assert view.canvas.pinned == Cell("conv1", 3, 5, 8)


def test_zooming_keeps_what_is_under_the_cursor_and_f_fits(view: NetworkView) -> None:
    canvas = view.canvas
    fitted = canvas.camera
    before = canvas.cell_at(QPointF(300, 300))
    canvas._move(canvas._zoomed(3.0, 300, 300))
    assert canvas.camera.scale == pytest.approx(3 * fitted.scale)
    after = canvas.cell_at(QPointF(300, 300))
    assert (before is None) == (after is None)
    QTest.keyClick(canvas, Qt.Key.Key_F)
    assert canvas.camera == fitted


@pytest.mark.parametrize("factor", [1.0, 1.7, 3.0, 9.0], ids=str)
def test_wherever_a_name_can_be_read_kind_and_size_can_be_too(view: NetworkView, factor: float) -> None:
    canvas = view.canvas
    canvas._move(canvas._zoomed(factor, 300, 300))
    for moved in (0, -23, -61):
        texts = texts_after_moving(canvas, moved)
        scene, band = canvas._scene(1.0), canvas._band
        headers = [text for text in texts if text.clip.top() < 1]  # what lies below is clipped by the view
        said = {text.text for text in headers}
        assert all(text.clip.adjusted(-1, -1, 1, 1).contains(text.covers) for text in headers)
        for place in header_places(scene, band):
            heading = column_heading(scene, place.column)
            if heading.names[0] in said or place.whole:
                assert heading.names[0] in said
                assert said & set(heading.kinds)
                assert said & set(heading.sizes)


def test_a_highlight_is_painted_and_taken_away(view: NetworkView) -> None:
    plain = view.canvas.grab().toImage()
    architecture, _ = looked()
    view.set_hovered(highlight(architecture, Cell("conv2", 7, 3, 4)))
    assert view.canvas.grab().toImage() != plain
    view.set_hovered(None)
    assert view.canvas.grab().toImage() == plain


def test_the_header_of_the_pinned_layer_stands_out_until_it_is_let_go(view: NetworkView) -> None:
    plain = view.canvas.grab().toImage()
    band = view.canvas._band
    view.select("conv2")
    pinned = view.canvas.grab().toImage()
    column = view.canvas.network_layout.column("conv2")
    other = view.canvas.network_layout.column("fc1")

    def header(picture: QImage, of: LayerColumn) -> QImage:
        left = view.canvas.camera.to_view(of.slot).x
        return picture.copy(int(left), 0, int(of.slot.w * view.canvas.camera.scale), int(band.h))

    assert header(pinned, column) != header(plain, column)
    assert header(pinned, other) == header(plain, other)
    view.canvas.pin(None)
    assert view.canvas.grab().toImage() == plain


def test_without_an_image_the_structure_stays_and_the_view_invites(view: NetworkView) -> None:
    view.set_inspection(Inspection(1, None, {}, Prediction()))
    assert view.layer_arrays() == {}
    assert len(view.property("layers")) == 14


def test_the_exported_picture_names_every_layer_every_class_and_the_caption(view: NetworkView) -> None:
    view.set_classes(tuple(f"class {name}" for name in GREY.classes))
    text = " ".join(ET.fromstring(view.to_svg("LeNet · step 7", dark=False)).itertext())
    assert all(f"class {name}" in text for name in GREY.classes)
    for name, _, _ in view.property("layers"):
        assert name.split("_")[0] in text
    assert "LeNet · step 7" in text


def test_a_long_name_of_a_class_leaves_the_maps_their_room(view: NetworkView) -> None:
    def widths(name: str) -> dict[str, float]:
        view.set_classes((name,) * 10)
        return {column.layer.name: column.tile_width for column in view.canvas.network_layout.columns}

    usual, long = widths("automobile"), widths("x" * 120)
    assert all(long[name] >= 0.7 * width for name, width in usual.items())


def test_five_hundred_maps_are_laid_out_and_painted(qtbot: QtBot) -> None:
    layers = (
        LayerInfo("input", "input", "Input", (), (1, 14, 14), palette="image"),
        LayerInfo("conv", "conv2d", "Conv 3×3", ("input",), (512, 14, 14)),
    )
    view = NetworkView()
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.set_architecture(Architecture("big", layers))
    values = {"input": np.zeros((1, 14, 14), np.float32), "conv": np.random.rand(512, 14, 14).astype(np.float32)}
    view.set_inspection(Inspection(1, values["input"], values, Prediction()))
    assert not view.canvas.grab().isNull()


def test_a_model_that_cannot_be_traced_says_where_something_is_missing(view: NetworkView) -> None:
    layers = (LayerInfo("input", "input", "Input", (), (1, 4, 4)), LayerInfo("fc", "linear", "Linear", (), (10,)))
    view.set_architecture(Architecture("Mine", layers))
    view.set_notes((UserError("This model could not be traced."),), untrained=False)
    assert "operations before fc" in view.head.note.toolTip()


def test_a_note_without_room_ends_in_an_ellipsis_and_is_whole_in_the_tool_tip(view: NetworkView) -> None:
    view.set_architecture(Architecture("Mine", (LayerInfo("input", "input", "Input", (), (1, 4, 4)),)))
    view.show()
    note = view.findChild(QLabel, "networkNote")
    sentence = "Mine gives 2 tensors; tensor 1 (10 for an image) is used."
    for width, whole in ((1600, True), (400, False)):
        view.resize(width, 500)
        view.set_notes((UserError(sentence),), untrained=False)
        assert note.toolTip() == sentence
        assert (note.text() == sentence) is whole
        assert note.text().endswith("…") is not whole
        assert note.fontMetrics().horizontalAdvance(note.text()) <= note.width()


def test_maps_of_all_layers_are_about_equally_large() -> None:
    architecture = Inspector.from_state(untrained(MODELS["lenet"], GREY)).architecture
    columns = [c for c in layout(architecture, 1180, 640).columns if c.form == "maps" and c.layer.palette != "image"]
    assert min(c.tile_width for c in columns) > 0.85 * max(c.tile_width for c in columns)


@pytest.mark.parametrize(
    ("kind", "forms"),
    [
        ("Dropout p 0.5, whole maps", ["Dropout p 0.5", "Dropout"]),
        ("Conv 3×3, stride 2, padding 1", ["Conv 3×3, stride 2", "Conv 3×3 /2", "3×3 /2", "Conv 3×3", "Conv"]),
        ("Adaptive average-pool to 1×1", ["Adaptive average-pool", "Average-pool", "Avg-pool", "Pool"]),
        ("ReLU (2nd call)", ["ReLU"]),
    ],
)
def test_a_kind_loses_its_numbers_first_a_stride_last_and_never_a_part_of_a_word(kind: str, forms: list[str]) -> None:
    assert kind_forms(kind) == (kind, *forms)


def test_one_kind_is_called_alike_over_every_column(view: NetworkView) -> None:
    shown: set[str] = set()
    for width in range(640, 1460, 60):
        view.resize(width, 560)
        texts: list[str] = []
        with record_texts(lambda text: texts.append(text.text)):  # noqa: B023
            view.canvas.grab()
        called = {text for text in texts if text.startswith("Max-pool")}
        assert len(called) <= 1, width
        shown |= called
    assert shown == {"Max-pool", "Max-pool 2×2"}


@pytest.mark.parametrize(
    ("values", "forms"),
    [
        ((0.0,), ["0"]),
        ((-3e-7,), ["−3e−7"]),
        (
            (-0.25, 2.7, -16.31, 1e-6),
            ["−0.25 2.70 −16.31 ≈0", "−.25 2.70 −16.31 ≈0", "−0.2 2.7 −16.3 ≈0", "−.2 2.7 −16.3 ≈0", "≈0 3 −16 ≈0"],
        ),
        ((-0.02, 0.005), ["−0.0200 0.0050", "−.0200 .0050", "−0.020 0.005", "−.020 .005", "−0.02 0.01", "−.02 .01"]),
        ((-0.3, 0.08), ["−0.30 0.08", "−.30 .08", "−0.3 0.1", "−.3 .1"]),
        ((1234.5, float("nan")), ["1234 NaN"]),
    ],
)
def test_the_numbers_of_a_layer_have_one_form_which_is_shorter_in_narrow_cells(values, forms: list[str]) -> None:
    assert [" ".join(texts) for texts in column_numbers(values)][: len(forms)] == forms


def test_no_click_on_the_maps_of_a_layer_is_lost(view: NetworkView) -> None:
    column = view.canvas.network_layout.column("conv2")
    tile, below, last = column.tile(0), column.columns, column.layer.shape[1] - 1
    for share, expected in ((0.0, (0, last)), (0.4, (0, last)), (0.6, (below, 0)), (0.9, (below, 0))):
        hit = column.hit(tile.x + 1, tile.bottom + share * column.gap)
        assert (hit.channel, hit.row) == expected


def test_a_score_next_to_0_is_written_in_its_cell(view: NetworkView) -> None:
    layers = (
        LayerInfo("input", "input", "Input", (), (1, 4, 4)),
        LayerInfo("log_softmax", "log_softmax", "Log-softmax", ("input",), (3,)),
    )
    view.set_architecture(Architecture("Mine", layers))
    values = {"input": np.zeros((1, 4, 4), np.float32), "log_softmax": np.array([-16.1, -2e-7, -9.3], np.float32)}
    view.set_inspection(Inspection(1, values["input"], values, Prediction()))
    view.resize(900, 600)
    said: list[str] = []
    with record_texts(lambda found: said.append(found.text)):
        view.canvas.grab()
    assert {"−16.1", "≈0", "−9.3"} <= set(said)


@pytest.mark.parametrize(("width", "height"), [(560, 560), (640, 560), (760, 560), (676, 225)])
def test_a_name_that_stands_upright_is_whole(view: NetworkView, width: int, height: int) -> None:
    view.resize(width, height)
    said: list[str] = []
    with record_texts(lambda found: said.append(found.text)):
        view.canvas.grab()
    names = {layer.name for layer in view.architecture.layers}
    assert names <= set(said)


def test_in_a_low_view_all_names_stand_or_the_pinned_one_alone(view: NetworkView, monkeypatch) -> None:
    monkeypatch.setattr(network_scene, "_UPRIGHT", 99)  # lines: as in very large text
    names = [layer.name for layer in view.architecture.layers]
    view.select("fc1")
    for width, height, shown in ((1300, 180, names), (560, 180, ["fc1"])):
        view.resize(width, height)
        said: list[str] = []
        with record_texts(lambda found: said.append(found.text)):  # noqa: B023
            view.canvas.grab()
        assert [name for name in names if name in said] == shown


def test_with_little_room_the_controls_stay_whole_in_one_line(qtbot: QtBot) -> None:
    head = NetworkHead()
    qtbot.addWidget(head)
    head.set_layers(looked()[0])
    head.set_wide(True, True)
    head.resize(240, 40)
    head.show()
    head.grab()
    assert head.view.width() >= head.view.sizeHint().width()
    assert head.view.geometry().right() < 240
    rows = [action.isVisible() for action in head.view.menu().actions()]
    assert rows == [False, *[True] * 4]
    head.set_wide(False, False)
    assert sum(action.isVisible() for action in head.view.menu().actions()) == 2, "colours and zoom"


def test_beside_another_panel_the_list_of_layers_stands_in_the_popover(qtbot: QtBot) -> None:
    head = NetworkHead()
    qtbot.addWidget(head)
    head.set_layers(looked()[0])
    head.show()
    layers = head.findChild(QComboBox, "layerCombo")
    whole = head.least_width
    head.set_short(True)
    assert head.view.menu().isAncestorOf(layers)
    assert head.view.menu().actions()[0].isVisible()
    assert head.least_width < whole
    with qtbot.waitSignal(head.layer_chosen):
        layers.activated.emit(1)
    head.set_short(False)
    assert layers.parent() is head
    assert layers.geometry().right() < head.view.x()
    assert not head.view.menu().actions()[0].isVisible()


def test_the_maps_of_lenet_are_large_in_a_usual_window() -> None:
    architecture, _ = looked()
    headers = {"conv1": 68.0, "pool1": 68.0, "relu1": 68.0, "fc1": 51.0, "log_softmax": 91.0, "probabilities": 91.0}
    plan = layout(architecture, 1184, 672, headers)  # the picture in a window of 1440x900
    sizes = [column.tile_width for column in plan.columns if column.form == "maps" and column.layer.name != "input"]
    assert min(sizes) >= 42
    assert max(sizes) <= 66


def test_every_palette_in_use_has_a_legend_in_the_values_of_its_layer(view: NetworkView) -> None:
    view.canvas.let_go()
    legends = {palette: (name, bounds) for name, palette, bounds in view._readout._legends}
    assert set(legends) == {layer.palette for layer in view.architecture.layers}
    name, bounds = legends["image"]
    values = view.layer_arrays()[name]
    assert bounds.low <= float(values.min()) + 1e-6
    assert float(values.max()) <= bounds.high + 1e-6
    assert (bounds.low, bounds.high) == pytest.approx((-GREY.mean[0] / GREY.std[0], (1 - GREY.mean[0]) / GREY.std[0]))


@pytest.mark.parametrize(("low", "high", "share"), [(-2.0, 2.0, 0.5), (-1.0, 2.0, 1 / 3), (-0.42, 2.82, None)])
def test_a_legend_has_its_0_where_that_colour_is(qtbot: QtBot, low: float, high: float, share: float | None) -> None:
    picture, texts = QImage(220, 60, QImage.Format.Format_RGB32), []
    painter = QPainter(picture)
    with record_texts(texts.append):
        paint_legend(painter, PaintStyle(theme().tokens), Rect(10, 0, 200, 50), "image", Range(low, high))
    painter.end()
    places = [text.covers.center().x() for text in texts if text.text == "0"]
    assert places == ([] if share is None else [pytest.approx(10 + 200 * share, abs=2)])  # beside both ends


@pytest.mark.parametrize(("shape", "operation", "room", "size"), [
    ((64, 16, 16), "ReLU", 80.0, "64×16×16"), ((64, 16, 16), "ReLU", 60.0, None), ((8, 16, 12), "ReLU", 60.0, None),
    ((10,), "Linear 512→10", 80.0, "512→10"), ((10,), "Linear 512→10", 60.0, "512→10"),
])  # fmt: skip
def test_a_header_across_has_name_kind_and_size_or_stands_upright(shape, operation: str, room: float, size) -> None:
    heading = heading_of(LayerInfo("fc", "linear", operation, ("input",), shape))
    lines = heading.across(room, _wide)
    assert [line.role for line in lines] == ([] if size is None else ["name", "operation", "shape"])
    assert size is None or lines[-1].text == size
    assert next(part.text for line in heading.upright(1, 1e9, _wide) for part in line) == "fc"


def _wide(text: str, _role: str) -> float:
    return 10.0 * len(text)


@pytest.mark.parametrize(("length", "parts"), [
    (380, ["my_conv1", "Conv 3×3, stride 2", "64×16×16"]), (290, ["my_conv1", "3×3 /2", "64×16×16"]),
    (200, ["my_conv1", "64×16×16"]), (170, ["…conv1", "64×16×16"]), (90, ["my_conv1"]), (70, ["…conv1"]),
])  # fmt: skip
def test_upright_the_kind_goes_before_the_front_of_a_name_and_the_size_last(length: float, parts: list[str]) -> None:
    heading = heading_of(LayerInfo("my_conv1", "conv2d", "Conv 3×3, stride 2", (), (64, 16, 16)))
    (line,) = heading.upright(1, length, _wide)
    assert [part.text for part in line] == parts


def test_in_one_upright_line_a_kind_that_says_the_name_again_is_left_out() -> None:
    heading = heading_of(LayerInfo("log_softmax", "log_softmax", "Log-softmax", (), (10,)))
    assert [[part.text for part in line] for line in heading.upright(1, 1e9, _wide)] == [["log_softmax", "10"]]
    assert len(heading.upright(2, 1e9, _wide)[1]) == 2


@pytest.mark.parametrize("percent", [200, 250])
def test_upright_headers_in_large_text_keep_their_sizes(view: NetworkView, percent: int) -> None:
    use_text_pixels(13 * percent / 100)
    view.resize(1000, 560)
    said: list[str] = []
    with record_texts(lambda found: said.append(found.text)):
        view.canvas.grab()
    for layer in view.architecture.layers:
        assert {layer.name, *heading_of(layer).sizes} & set(said) > {layer.name}


@pytest.mark.parametrize(
    "bounds", [Range(-15.2, 15.2), Range(0.0, 123.4), Range(-0.004, 0.01), Range(-1e6, 1e6)], ids=str
)
@pytest.mark.parametrize("size", [13, 17, 32])
def test_a_legend_as_wide_as_it_asks_for_has_its_numbers(qtbot: QtBot, bounds: Range, size: int) -> None:
    style = PaintStyle(theme().tokens, size)
    picture, texts = QImage(600, 120, QImage.Format.Format_RGB32), []
    painter = QPainter(picture)
    with record_texts(texts.append):
        paint_legend(painter, style, Rect(0, 0, legend_width(style, bounds, 30.0), 100), "signed", bounds)
    painter.end()
    low, high = texts[:2]
    assert [text.text for text in (low, high)] == [short_number(bounds.low), short_number(bounds.high)]
    assert low.covers.right() < high.covers.left()


@pytest.mark.parametrize(("width", "shown"), [(1200, 3), (674, 3), (460, 2)])
def test_as_many_legends_are_shown_as_have_their_numbers(view: NetworkView, width: int, shown: int) -> None:
    view.canvas.let_go()
    view.resize(width, 560)
    said: list[str] = []
    with record_texts(lambda found: said.append(found.text)):
        view._readout.grab()
    titles = [name for name, _, _ in view._readout._legends]
    assert [name for name in titles if name in said] == titles[-shown:]
    assert sum(text.lstrip("−").replace(".", "").isdigit() for text in said) >= 2 * shown


def test_the_last_picture_stays_while_newer_values_are_on_their_way(
    view: NetworkView, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(scene_picture, "LONGEST", 60.0)
    before = view.canvas.grab().toImage()
    view.set_expecting(True)
    view.set_inspection(looked(seed=1)[1])
    assert view.canvas.grab().toImage() == before
    view.set_expecting(False)
    after = view.canvas.grab().toImage()
    assert after != before
    monkeypatch.setattr(scene_picture, "LONGEST", 0.05)
    view.set_expecting(True)
    view.set_inspection(looked(seed=2)[1])
    picture = view.canvas._picture
    assert picture.outdated
    qtbot.waitUntil(lambda: not picture.outdated)  # by itself: newer ones may not come
    assert view.canvas.grab().toImage() != after


@pytest.mark.parametrize(
    ("size", "pixels"), [((674, 640), 13), ((674, 128), 13), ((500, 560), 20), ((570, 128), 20)], ids=str
)
def test_every_column_has_its_name_in_a_narrow_view_and_in_large_letters(
    view: NetworkView, size: tuple[int, int], pixels: int
) -> None:
    use_text_pixels(pixels)
    QApplication.processEvents()  # widgets hear of it by their change of font
    view.canvas.resize(*size)
    said: list[str] = []
    with record_texts(lambda found: said.append(found.text)):
        view.canvas.grab()
    for name in (layer.name for layer in view.architecture.layers):
        shown = [text for text in said if name == text or (len(text) > 3 and name.startswith(text.rstrip("…")))]
        assert shown, name


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        ("conv1", "click: every multiplication"),
        ("pool1", "click: the window and the value that is taken"),
        ("relu1", "click: its arithmetic"),
        ("log_softmax", "click: every exponential and their sum"),
    ],
)
def test_what_is_pointed_at_says_what_a_click_shows(view: NetworkView, layer: str, words: str) -> None:
    place = view.canvas.camera.to_view(view.canvas.network_layout.column(layer).tile(0)).centre
    QTest.mouseMove(view.canvas, QPoint(*map(int, place)))
    assert view._readout.explanation.endswith(words)


def test_values_that_are_written_keep_a_decimal_in_a_narrow_view(view: NetworkView) -> None:
    view.canvas.resize(674, 600)
    inspection = looked()[1]
    logits = np.linspace(-14.4, 11.8, 10, dtype=np.float32)
    view.set_inspection(replace(inspection, activations={**inspection.activations, "fc2": logits}))
    said: list[str] = []
    with record_texts(lambda found: said.append(found.text)):
        view.canvas.grab()
    assert "−14.4" in said or "−14.40" in said
