"""What a number is said to depend on is never too small: changing anything else does not change it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.inspection.costs import costs
from cnnviewer.core.inspection.receptive import highlight, touched_by, window_of
from cnnviewer.core.inspection.records import Cell, Region
from tests.core.inspection.explain.one_operation import SHAPE, Call, cells, looked_at
from tests.core.inspection.explain.test_many_operands import CASES, Case, rows
from tests.core.inspection.sample_networks import image


def mask(region: Region | None) -> np.ndarray:
    """Where the region lies in the image."""
    inside = np.zeros(SHAPE, bool)
    if region is not None:
        channels = slice(None) if region.channels is None else list(region.channels)
        top, left = max(region.top, 0), max(region.left, 0)
        inside[channels, top : max(region.bottom, 0), left : max(region.right, 0)] = True
    return inside


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_a_number_depends_on_nothing_outside_its_receptive_field(case: Case) -> None:
    _, make, kind, _ = case
    torch.manual_seed(1)
    inspector, layer = looked_at(make(), kind)
    pixels = image(SHAPE, seed=5)
    values = inspector.inspect(pixels).activations[layer.name].copy()
    for cell in cells(layer, 8):
        inside = mask(highlight(inspector.architecture, cell).regions.get("input"))
        changed = np.where(inside, pixels, 1 - pixels)
        place = tuple(part for part in (cell.channel, cell.row, cell.col) if part is not None)
        assert inspector.inspect(changed).activations[layer.name][place] == values[place], cell


def call(function: Callable[[torch.Tensor], torch.Tensor]) -> nn.Module:
    return Call(function)


@pytest.mark.parametrize(
    ("operation", "kind", "most"),
    [
        (nn.ConvTranspose2d(4, 3, 3, stride=2, padding=1, output_padding=1), "conv_transpose2d", 4 * 2 * 2),
        (nn.ConvTranspose2d(4, 6, (2, 5), stride=(3, 2), groups=2), "conv_transpose2d", 2 * 1 * 3),
        (nn.ConvTranspose2d(4, 3, 1, stride=3), "conv_transpose2d", 4),
        (nn.Upsample(scale_factor=2), "interpolate", 1),
        (nn.Upsample((13, 17), mode="bilinear", align_corners=True), "interpolate", 3 * 3),
        (nn.Upsample(scale_factor=3, mode="bilinear"), "interpolate", 3 * 3),
        (call(lambda x: F.interpolate(x, size=(4, 5), mode="area")), "interpolate", 3 * 3),
        (nn.Sequential(Call(rows), nn.Conv1d(36, 6, 3, stride=2, groups=3)), "conv1d", 396),
        (nn.LayerNorm(11), "layer_norm", 11),
        (nn.LayerNorm((9, 11)), "layer_norm", 99),
        (nn.RMSNorm(11), "rms_norm", 11),
        (call(lambda x: x.sum(-3)), "sum", 4),
        (call(lambda x: x.sum(1)), "sum", 4),
        (call(lambda x: x[0].mean(1)[None]), "mean", 396),  # through a selection, which may read everything
        (call(lambda x: x.softmax(1)), "softmax", 4),
        (nn.GroupNorm(2, 4), "group_norm", 2 * 99),
        (nn.InstanceNorm2d(4), "instance_norm", 99),
        (nn.LocalResponseNorm(3), "local_response_norm", 3),
        (nn.Sequential(Call(rows), nn.LocalResponseNorm(2)), "local_response_norm", 396),  # through a reshape
        (call(lambda x: F.normalize(x)), "normalize", 4),
        (call(lambda x: F.normalize(x, dim=-1)), "normalize", 11),
        (call(lambda x: x.amax((-1, -2), keepdim=True)), "amax", 99),
        (call(lambda x: F.pad(x, (1, 2, 0, 3))), "pad", 1),
        (nn.ReflectionPad2d(2), "pad", 99),
        (nn.PReLU(4), "prelu", 1),
        (call(lambda x: torch.maximum(x, x.mean((2, 3), keepdim=True))), "maximum", 99),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_it_is_not_much_larger_than_it_must_be(operation: nn.Module, kind: str, most: int) -> None:
    inspector, layer = looked_at(operation, kind)
    for cell in cells(layer, 40):
        region = highlight(inspector.architecture, cell).regions.get("input")
        assert mask(region).sum() <= most, (cell, region)


def test_a_place_that_no_input_is_written_to_depends_on_nothing() -> None:
    inspector, layer = looked_at(nn.ConvTranspose2d(4, 3, 1, stride=3), "conv_transpose2d")
    assert "input" not in highlight(inspector.architecture, cells(layer, 10_000)[1]).regions


def test_a_larger_maps_window_and_the_outputs_that_read_a_cell_belong_together() -> None:
    inspector, layer = looked_at(nn.ConvTranspose2d(4, 3, 3, stride=2, padding=1), "conv_transpose2d")
    source = inspector.architecture.layer("input")
    _, height, width = layer.shape
    for row in range(9):
        for col in range(11):
            read_by = [
                (r, c)
                for r in range(height)
                for c in range(width)
                if (w := window_of(layer, source, r, c)) and w.top <= row < w.bottom and w.left <= col < w.right
            ]
            rows_, cols = touched_by(layer, source, row, col)
            assert read_by == [(r, c) for r in rows_ for c in cols]


def test_a_product_reads_a_row_and_a_column_and_attention_a_query_and_a_column_of_values() -> None:
    inspector, layer = looked_at(call(lambda x: x @ (x * 2).transpose(2, 3)), "matmul")
    regions = highlight(inspector.architecture, Cell(layer.name, 1, 2, 5)).regions
    assert regions["transpose"] == Region((1,), 0, 5, 11, 6)
    attend = call(lambda x: F.scaled_dot_product_attention(x * 2, x * 3, x * 4))
    inspector, layer = looked_at(attend, "scaled_dot_product_attention")
    regions = highlight(inspector.architecture, Cell(layer.name, 1, 2, 5)).regions
    assert [regions[name] for name in layer.inputs] == [
        Region((1,), 2, 0, 3, 11),
        Region(None, 0, 0, 9, 11),
        Region((1,), 0, 5, 9, 6),
    ]


def test_multiply_adds_of_products_and_of_convolutions_of_any_kind() -> None:
    for operation, kind, expected in (
        (nn.ConvTranspose2d(4, 3, (2, 3), stride=2), "conv_transpose2d", 4 * 9 * 11 * 3 * 2 * 3),
        (nn.ConvTranspose2d(4, 6, 3, groups=2), "conv_transpose2d", 4 * 9 * 11 * 3 * 3 * 3),
        (nn.Sequential(Call(rows), nn.Conv1d(36, 6, 3, groups=3)), "conv1d", 6 * 9 * 12 * 3),
        (call(lambda x: x @ (x * 2).mT), "matmul", 4 * 9 * 9 * 11),
        (call(lambda x: F.scaled_dot_product_attention(x, x * 2, x * 3)), "scaled_dot_product_attention",
         4 * (9 * 9 * 11 + 9 * 9 * 11)),
        (nn.LayerNorm(11), "layer_norm", 0),
        (nn.PReLU(), "prelu", 0),
    ):  # fmt: skip
        inspector, layer = looked_at(operation, kind)
        assert costs(inspector.architecture).layers[layer.name].multiply_adds == expected


def test_the_receptive_field_of_a_larger_map_is_finer_and_that_of_a_norm_is_all_it_reads() -> None:
    net = nn.Sequential(nn.Conv2d(4, 4, 3), nn.Upsample(scale_factor=2, mode="bilinear"), nn.LayerNorm((14, 18)))
    inspector, _ = looked_at(net, "interpolate")
    found = costs(inspector.architecture).layers
    assert found["operation.1"].receptive == (4, 4)  # two neighbours, each of which sees three pixels
    assert float(found["operation.1"].jump[0]) == 0.5
    assert found["operation.2"].jump == (0, 0)
