"""Every cell of Layer, of Number, whatever the operation, and of Backward has the colour of its value on every screen."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.explain.backward_records import WeightCell
from cnnviewer.core.inspection.records import Cell, Inspection, Kernels
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.registry import MODELS
from cnnviewer.presenters.resolve import untrained
from cnnviewer.ui.explore.explain import gradient_row
from cnnviewer.ui.explore.explain.gradient_row import GradientRow
from cnnviewer.ui.explore.explain.numbers_page import NumbersPage
from cnnviewer.ui.explore.explain.sheet import SheetGrid
from cnnviewer.ui.explore.explain.slide import SlidePane
from cnnviewer.ui.explore.explain.steps import StepCell
from cnnviewer.ui.explore.explain.steps_view import _EDGE, _GAP, StepsView
from cnnviewer.ui.explore.explain.window_sum_view import WindowSumView, _cut, _grids
from cnnviewer.ui.explore.explain.worksheet import Worksheet
from cnnviewer.ui.explore.explain.writing import WorksheetWriter
from cnnviewer.ui.explore.kernels.grid import KernelGrid
from cnnviewer.ui.explore.kernels.layout import Weight
from cnnviewer.ui.explore.kernels.values import LayerValues
from cnnviewer.ui.explore.layer.maps_wall import MapsWall
from cnnviewer.ui.explore.network.pictures import Pictures
from cnnviewer.ui.widgets.cell_grid import GridGeometry
from cnnviewer.ui.widgets.palettes import PaletteName, colourise, value_range
from tests.core.inspection.sample_networks import own
from tests.screens.every_operation import SOURCE
from tests.screens.numbers import EVERY
from tests.small_data import GREY
from tests.ui.explore.explain.pixel_ratios import colour_at, painted

RATIOS = (1.0, 1.25, 1.5, 2.0)


@pytest.fixture(scope="module")
def inspector() -> Inspector:
    torch.manual_seed(0)
    return Inspector.from_state(untrained(MODELS["lenet"], GREY))


@pytest.fixture(scope="module")
def seen(inspector: Inspector) -> Inspection:
    return inspector.inspect(np.random.default_rng(0).random((1, 28, 28), np.float32))


@pytest.mark.parametrize("ratio", RATIOS)
def test_a_map_on_the_wall(qtbot: QtBot, inspector: Inspector, seen: Inspection, ratio: float) -> None:
    pictures = Pictures()
    pictures.set_architecture(inspector.architecture)
    pictures.set_inspection(seen)
    wall = MapsWall("wall", pictures)
    qtbot.addWidget(wall)
    wall.resize(700, 500)
    wall.show()
    wall.set_layer(inspector.architecture.layer("conv2"))
    picture = painted(wall.viewport(), ratio)
    values = seen.activations["conv2"]
    colours = colourise(values, "signed", value_range(values, "signed"))
    for place in wall.visible_places():
        room, channel = wall.cell_rect(place), int(wall._shown[place])
        height, width = (room.height() - wall._caption) / 8, room.width() / 8
        for row, col in np.ndindex(8, 8):
            spot = QPointF(room.x() + (col + 0.5) * width, room.y() + (row + 0.5) * height)
            if spot.y() >= wall.viewport().height():
                continue
            assert colour_at(picture, spot, ratio) == tuple(colours[channel, row, col, :3]), (channel, row, col)


@pytest.mark.parametrize("ratio", RATIOS)
def test_a_kernel(qtbot: QtBot, ratio: float) -> None:
    weight = np.random.default_rng(1).normal(size=(10, 1, 5, 5)).astype(np.float32)
    grid = KernelGrid()
    qtbot.addWidget(grid)
    grid.resize(700, 400)
    grid.show()
    grid.set_values(LayerValues(Kernels("conv1", weight)))
    layout = grid.layout_used()
    assert layout is not None
    picture = painted(grid.viewport(), ratio)
    colours = colourise(weight, "kernel", value_range(weight, "kernel"))
    for out, row, col in np.ndindex(10, 5, 5):
        middle = grid.center_of(Weight(out, 0, row, col))
        spot = middle - QPointF(0.3, 0.3) * layout.scale  # beside a number, if there is one
        assert colour_at(picture, spot, ratio) == tuple(colours[out, 0, row, col, :3]), (out, row, col)


@pytest.mark.parametrize("ratio", RATIOS)
def test_a_patch_and_a_kernel_on_the_worksheet(
    qtbot: QtBot, inspector: Inspector, seen: Inspection, ratio: float
) -> None:
    sheet = Worksheet()
    qtbot.addWidget(sheet)
    sheet.resize(1100, 400)
    sheet.show()
    written = WorksheetWriter().write(inspector.explain(Cell("conv2", 3, 4, 4)))
    sheet.set_sheet(written)
    assert written.row is not None
    picture = painted(sheet.viewport(), ratio)
    wide, tall = sheet._letters.cell_size
    row = written.row(0)
    left = 8.0
    for item in row.items:
        if isinstance(item, SheetGrid):
            top = sheet._head_height + (sheet._body_height - len(item.values) * tall) / 2
            colours = colourise(item.values.astype(np.float32), item.palette, item.bounds)
            for r, c in np.ndindex(item.values.shape):
                spot = QPointF(left + (c + 0.5) * wide, top + r * tall + 2.5)  # above the digits
                assert colour_at(picture, spot, ratio) == tuple(colours[r, c, :3]), (r, c)
        left += sheet._width(item) + 8.0


# -- Number, of every operation


@pytest.fixture(scope="module")
def every() -> Inspector:
    """A model with an operation of every kind."""
    made: dict[str, Any] = {}
    exec(SOURCE, made)
    return Inspector(made["Every"]().eval(), own((1, 28, 28)))


@pytest.fixture(scope="module")
def values(every: Inspector) -> Inspection:
    return every.inspect(np.random.default_rng(0).random((1, 28, 28), np.float32))


@pytest.mark.parametrize("ratio", RATIOS)
def test_every_cell_of_every_operations_number(
    qtbot: QtBot, every: Inspector, values: Inspection, ratio: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    for overlay in ("_paint_window", "_paint_sign"):  # they lie over the cells on purpose
        monkeypatch.setattr(SlidePane, overlay, lambda *_: None)
    page = NumbersPage()
    qtbot.addWidget(page)
    page.resize(1200, 620)
    page.set_architecture(every.architecture)
    page.set_inspection(values)
    page.show()
    seen = dict.fromkeys(("maps", "window", "steps"), 0)
    for name in EVERY:
        map_values = values.activations[name]
        place = np.unravel_index(int(np.abs(np.nan_to_num(map_values)).argmax()), map_values.shape)
        page.set_explanation(every.explain(Cell(name, *(int(part) for part in place))))
        QApplication.processEvents()
        if page.slide.isVisible():
            seen["maps"] += compare(page.slide, cells_of_maps(page.slide), ratio, name)
        if page.window_sum.isVisible():
            seen["window"] += compare(page.window_sum, cells_of_window(page.window_sum), ratio, name)
        else:
            seen["steps"] += compare(page.steps, cells_of_steps(page.steps), ratio, name)
    assert all(count > 20 for count in seen.values()), seen


@pytest.mark.parametrize("ratio", RATIOS)
def test_a_map_and_its_gradient_in_backward(qtbot: QtBot, inspector: Inspector, ratio: float) -> None:
    inspector.inspect(np.random.default_rng(0).random((1, 28, 28), np.float32))
    backward = inspector.backward([3], WeightCell("conv1", 2))
    row = GradientRow()
    qtbot.addWidget(row)
    row.resize(2400, 300)  # all of the chain
    row.show()
    row.set_architecture(inspector.architecture)
    row.set_backward(backward)
    cells = []
    for layer, x, wide in row._places():
        channel = row._images[layer.name][0]
        pairs = ((backward.activations, layer.palette), (backward.gradients, "signed"))
        for (source, palette), top in zip(pairs, row._rows(), strict=True):
            part = source[layer.name][channel] if len(layer.shape) == 3 else source[layer.name][:, None]
            shown = np.ascontiguousarray(part, np.float32)
            name: PaletteName = "sequential" if palette == "sequential" else "signed"
            colours = colourise(shown, name, value_range(shown, name))
            grid = GridGeometry.filling(QRectF(x, top + gradient_row._TOP, wide, row._side), *shown.shape)
            if grid.height * ratio >= 2:  # else several values share a pixel
                cells += [(grid.rect(r, c).center(), colours[r, c]) for r, c in np.ndindex(shown.shape)]
    assert compare(row.viewport(), cells, ratio, "backward") > 500


def compare(widget: QWidget, cells: list[tuple[QPointF, np.ndarray]], ratio: float, name: str) -> int:
    """Assert that each place of the widget has its colour; how many there are."""
    picture = painted(widget, ratio)
    for spot, colour in cells[:: max(1, len(cells) // 400)]:
        assert colour_at(picture, spot, ratio) == tuple(int(part) for part in colour[:3]), (name, spot)
    return len(cells)


def cells_of_maps(pane: SlidePane) -> list[tuple[QPointF, np.ndarray]]:
    slots, found = pane._slots(), []
    for number, shown in enumerate(pane._all):
        grid = pane._grid(number, slots)
        colours = colourise(np.ascontiguousarray(shown.values), shown.layer.palette, shown.bounds)
        found += [(grid.rect(row, col).center(), colours[row, col]) for row, col in np.ndindex(shown.values.shape)]
    return found


def cells_of_window(view: WindowSumView) -> list[tuple[QPointF, np.ndarray]]:
    shown = view._sum
    assert shown is not None
    part, found = view._part(shown), []
    for whole, room in zip(_grids(shown), view._places(shown).grids, strict=True):
        grid = _cut(whole, part)
        cells = GridGeometry.filling(room, *grid.values.shape)
        colours = colourise(grid.values.astype(np.float32), grid.palette, grid.bounds)
        for row, col in np.ndindex(grid.values.shape):
            if grid.padding is None or not grid.padding[row, col]:
                found.append((cells.rect(row, col).topLeft() + QPointF(5, 5), colours[row, col]))
    return found


def cells_of_steps(view: StepsView) -> list[tuple[QPointF, np.ndarray]]:
    fonts, found, y = view._fonts_of(view.digit_pixels()), [], _EDGE
    for line in view._lines(view.width()):
        x, top = _EDGE, y + (view.paint_style.line + 4 if line.words else 0)
        for item in line.items:
            if isinstance(item, StepCell) and item.layer is not None and not item.result and not item.faded:
                value = np.array([[item.value]], np.float32)
                colour = colourise(value, item.layer.palette, view._colours[item.layer.name])[0, 0]
                found.append((QPointF(x + 4, top + 4), colour))
            x += view._item_width(item, fonts)
        y += view._line_height(line, fonts) + _GAP
    return found
