"""The fields of the backward pane are the dimensions of the weight, whatever the layer is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from pytestqt.qtbot import QtBot
from torch import nn

from cnnviewer.core.inspection.explain.backward_records import WeightCell
from cnnviewer.core.inspection.records import Cell
from cnnviewer.ui.explore.explain.backward_pane import BackwardPane
from cnnviewer.ui.widgets.number_fields import WholeField
from tests.core.inspection.explain.one_operation import Call, looked_at
from tests.core.inspection.explain.test_many_operands import Before, Twice, rows

CASES: list[tuple[str, Callable[[], nn.Module], dict[str, int]]] = [
    ("conv1d", lambda: Before(rows, nn.Conv1d(36, 5, 3)), {"Output": 5, "Input": 36, "Col": 3}),
    ("conv2d", lambda: nn.Conv2d(4, 3, (2, 5)), {"Output": 3, "Input": 4, "Row": 2, "Col": 5}),
    ("conv3d", lambda: Before(lambda x: x[:, None], nn.Conv3d(1, 2, (4, 3, 5))),
     {"Output": 2, "Input": 1, "Depth": 4, "Row": 3, "Col": 5}),
    ("conv_transpose2d", lambda: nn.ConvTranspose2d(4, 3, 2), {"Output": 3, "Input": 4, "Row": 2, "Col": 2}),
    ("embedding", lambda: Before(lambda x: (x.flatten(1) * 9).long().abs().clamp(max=8), nn.Embedding(9, 2)),
     {"Output": 2, "Input": 9}),
    ("bilinear", lambda: Call(Twice(nn.Bilinear(11, 11, 3))), {"Output": 3, "Row": 11, "Col": 11}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "make", "sizes"), CASES, ids=[case[0] for case in CASES])
def test_the_fields_are_the_dimensions_of_the_weight(
    kind: str, make: Callable[[], nn.Module], sizes: dict[str, int], qtbot: QtBot
) -> None:
    torch.manual_seed(0)
    inspector, layer = looked_at(make(), kind)
    pane = BackwardPane()
    qtbot.addWidget(pane)
    pane.show()
    pane.set_architecture(inspector.architecture)
    pane.set_weight(WeightCell(layer.name, 0))
    spins = {
        name: pane.findChild(WholeField, f"backward{name}Spin") for name in ("Output", "Input", "Depth", "Row", "Col")
    }
    assert {name: spin.maximum() + 1 for name, spin in spins.items() if spin.isVisible()} == sizes
    for name, size in sizes.items():
        spins[name].setValue(size - 1)
    weight = pane.request.weight
    assert weight is not None
    step = inspector.backward([3], weight).weight
    assert step is not None
    assert step.agrees
    last = tuple(size - 1 for size in layer.weight_shape)
    assert step.name.endswith(f"[{', '.join(map(str, last))}]")


def test_a_number_that_is_pinned_chooses_the_output_it_belongs_to(qtbot: QtBot) -> None:
    inspector, layer = looked_at(Before(rows, nn.Conv1d(36, 5, 3)), "conv1d")
    pane = BackwardPane()
    qtbot.addWidget(pane)
    pane.set_architecture(inspector.architecture)
    pane.set_cell(Cell(layer.name, 0, 3, 7))
    assert pane.request.weight == WeightCell(layer.name, 3)
