"""`docs/operations.md` says which operations have arithmetic of their own, and whose weights have their gradient."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import torch
from torch import nn

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.explain.backward_records import WeightCell
from cnnviewer.core.inspection.explain.table import EXPLAINED
from tests.core.inspection.explain.one_operation import Call, looked_at
from tests.core.inspection.explain.test_many_operands import Before, Heads, Recurrent, Twice, rows

PAGE = Path(__file__).resolve().parents[4] / "docs" / "operations.md"
LEARNING: dict[str, nn.Module] = {
    "conv2d": nn.Conv2d(4, 3, 3),
    "conv1d": Before(rows, nn.Conv1d(36, 3, 3)),
    "conv_transpose2d": nn.ConvTranspose2d(4, 3, 2),
    "conv_transpose1d": Before(rows, nn.ConvTranspose1d(36, 3, 2)),
    "conv3d": Before(lambda x: x[:, None], nn.Conv3d(1, 2, 2)),
    "conv_transpose3d": Before(lambda x: x[:, None], nn.ConvTranspose3d(1, 2, 2)),
    "linear": Before(lambda x: x.flatten(1), nn.Linear(396, 5)),
    "layer_norm": nn.LayerNorm(11),
    "group_norm": nn.GroupNorm(2, 4),
    "rms_norm": nn.RMSNorm(11),
    "instance_norm": nn.InstanceNorm2d(4, affine=True),
    "batch_norm2d": nn.BatchNorm2d(4),
    "grucell": Recurrent(nn.GRUCell(11, 7), False),
    "prelu": nn.PReLU(4),
    "embedding": Before(lambda x: (x.flatten(1) * 9).long().abs().clamp(max=8), nn.Embedding(9, 2)),
    "bilinear": Call(Twice(nn.Bilinear(11, 11, 3))),
    "multihead_attention": Heads(nn.MultiheadAttention(12, 3, batch_first=True)),
}


def table() -> dict[str, str]:
    """Kind -> whether its weights' gradients have terms, as the page has it."""
    found: dict[str, str] = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `"):
            found |= dict.fromkeys(re.findall(r"`([a-z0-9_]+)`", cells[0]), cells[2])
    return found


def test_the_page_names_every_kind_that_has_arithmetic_of_its_own() -> None:
    assert table().keys() == EXPLAINED


@pytest.mark.parametrize("kind", LEARNING)
def test_the_page_says_whose_gradients_are_explained(kind: str) -> None:
    torch.manual_seed(0)
    inspector, layer = looked_at(LEARNING[kind], kind)
    try:
        step = inspector.backward([3], WeightCell(layer.name, 0)).weight
        explained = "yes" if step is not None and step.agrees else "no"
    except UserError:
        explained = "no"
    assert table()[kind] == explained
