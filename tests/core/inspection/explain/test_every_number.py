"""Two hundred random numbers of every layer of every kind of model, explained and compared with PyTorch."""

from __future__ import annotations

import pytest

from cnnviewer.core.inspection.explain.records import Opaque
from cnnviewer.core.inspection.records import Cell
from tests.core.inspection.explain.looked_into import MODELS, looked_into, random_cells

COUNT = 200


@pytest.mark.parametrize("name", MODELS, ids=lambda name: name.split(":")[0])
def test_every_explained_number_is_pytorchs(name: str) -> None:
    inspector = looked_into(name)
    beyond = checked = 0
    for layer in inspector.architecture.layers:
        for cell in random_cells(inspector.architecture, layer, COUNT):
            explanation = inspector.explain(cell, label=3)
            checked += 1
            assert explanation.agrees, (cell, explanation.value, explanation.torch_value)
            assert float(sum(explanation.terms)) == pytest.approx(explanation.value, rel=1e-9, abs=1e-12)
            beyond += explanation.relative_difference > 1e-4
            assert not isinstance(explanation.work, Opaque), f"the arithmetic of {layer.kind} is not known"
            assert explanation.formula
            assert explanation.snippet
    # where large terms cancel, float32 itself is further off than 1e-4 of the little that is left
    assert beyond <= 0.005 * checked, f"{beyond} of {checked} differ by more than 1e-4"


@pytest.mark.parametrize("name", MODELS, ids=lambda name: name.split(":")[0])
def test_the_loss_of_the_labelled_image_is_pytorchs(name: str) -> None:
    for label in range(10):
        explanation = looked_into(name).explain(Cell("loss"), label=label)
        assert explanation.value == pytest.approx(explanation.torch_value, rel=1e-5)
