"""The cells of the level Layer and of the worksheet have the colours of their values on every kind of screen."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.records import Cell, Inspection, Kernels
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.registry import MODELS
from cnnviewer.presenters.resolve import untrained
from cnnviewer.ui.explore.explain.sheet import SheetGrid
from cnnviewer.ui.explore.explain.worksheet import Worksheet
from cnnviewer.ui.explore.explain.writing import WorksheetWriter
from cnnviewer.ui.explore.kernels.grid import KernelGrid
from cnnviewer.ui.explore.kernels.layout import Weight
from cnnviewer.ui.explore.kernels.values import LayerValues
from cnnviewer.ui.explore.layer.maps_wall import MapsWall
from cnnviewer.ui.explore.network.pictures import Pictures
from cnnviewer.ui.widgets.palettes import colourise, value_range
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
