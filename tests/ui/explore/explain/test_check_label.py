"""How far a number is from PyTorch's is said; beyond 1e-4 it is an error, unless float32's rounding explains it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cnnviewer.core.inspection.explain.records import Explanation, Opaque
from cnnviewer.core.inspection.records import Cell, LayerInfo
from cnnviewer.ui.explore.explain.check_label import CheckLabel
from cnnviewer.ui.explore.explain.view import ExplainView
from cnnviewer.ui.widgets.language import use_language
from cnnviewer.ui.widgets.segmented import Segmented


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


@pytest.mark.parametrize("language", ["en", "ko"])
def test_beside_the_tabs_it_keeps_its_words_and_folded_tabs_take_their_own_width(qtbot: QtBot, language: str) -> None:
    use_language(language)
    view = ExplainView()
    qtbot.addWidget(view)
    head = view.head
    cell, layer = Cell("conv2", 7, 3, 4), LayerInfo("conv2", "linear", "Linear", ("x",), (2,))
    view.set_explanation(Explanation(cell, layer, -6.6054999, -6.6054998, np.array([-6.6054999]), Opaque("linear")))
    head.setParent(None)
    qtbot.addWidget(head)
    head.show()
    check, tabs = head.findChild(CheckLabel), head.findChild(Segmented)
    assert check is not None
    assert tabs is not None
    for width in range(900, 320, -20):
        head.resize(width, 40)
        QApplication.processEvents()
        assert "PyTorch" in check.text(), width
        assert tabs.width() <= (tabs.minimumSizeHint() if tabs.folded else tabs.sizeHint()).width(), width
    assert tabs.folded
    head.resize(1200, 40)
    assert not tabs.folded
    use_language("en")
    for value in (-6.6054999, -0.4161443):
        head.resize(746, 40)  # as in a window of 1366 pixels
        view.set_explanation(Explanation(cell, layer, value, value, np.array([value]), Opaque("linear")))
        QApplication.processEvents()
        assert not tabs.folded
        assert view._title.text().startswith("conv2[7] (3, 4) = "), "the check gives way before the layer's name"
