"""How far a number is from PyTorch's is said; beyond 1e-4 it is an error, unless float32's rounding explains it."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.explain.records import Explanation, Opaque
from cnnviewer.core.inspection.records import Cell, LayerInfo
from cnnviewer.ui.explore.explain.check_label import CheckLabel


@pytest.mark.parametrize(
    ("terms", "computed", "role", "words"),
    [
        ([1.0, 2.0], 3.0, "caption", "exactly"),
        ([1.0, 2.0], 3.00001, "caption", "✓"),
        ([1.0, 2.0], 3.001, "error", "✗"),
        ([17.0, -17.0, -1.185e-5], -1.192e-5, "caption", "≈"),
        ([3e38, 2e38], np.inf, "caption", "float32 ends at 3.4e38"),
        ([3e38, 2e38, -4.9e38], -np.inf, "caption", "float32 ends at 3.4e38"),
        ([3e38, 1e37], np.inf, "error", "✗"),
        ([1.0, 2.0], np.nan, "error", "✗"),
    ],
    ids=["the same", "rounded", "wrong", "cancelled", "overflow", "overflow on the way", "no overflow", "no number"],
)
def test_a_difference_is_said_and_a_large_one_is_an_error(
    terms: list[float], computed: float, role: str, words: str, qtbot: QtBot
) -> None:
    label = CheckLabel()
    qtbot.addWidget(label)
    label.resize(900, 30)
    cell, layer = Cell("fc", 1), LayerInfo("fc", "linear", "Linear", ("x",), (2,))
    label.show_check(Explanation(cell, layer, sum(terms), computed, np.array(terms), Opaque("linear")))
    assert label.property("role") == role
    assert words in label.toolTip()
    if role == "caption":
        label.show()
        label.resize(label.fontMetrics().horizontalAdvance("≈ PyTorch") + 4, 30)
        assert label.text() in ("✓ PyTorch", "≈ PyTorch"), "words stay where the gist has no room"
