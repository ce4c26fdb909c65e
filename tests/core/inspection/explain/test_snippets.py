"""The code of the third lens, run where nothing of this program is loaded, prints the number."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from cnnviewer.core.inspection.explain.records import TOLERANCE, Explanation
from cnnviewer.core.inspection.explain.snippet import file_stem
from cnnviewer.core.inspection.records import Cell
from tests.core.inspection.explain.looked_into import MODELS, looked_into, random_cells
from tests.core.inspection.explain.running import printed_in, written

pytestmark = pytest.mark.slow
_LARGE = ("alexnet", "vgg16")  # whose layers are of few kinds
_MANY, _FEW = 120, 40  # cells of a layer


def as_near_as_float32(printed: float, explanation: Explanation) -> bool:
    size = float(np.abs(explanation.terms).sum())
    expected = explanation.torch_value
    return abs(printed - expected) <= max(TOLERANCE * abs(expected), 2.0**-20 * size)


@pytest.mark.parametrize("name", MODELS, ids=lambda name: name.split(":")[0])
def test_the_code_prints_the_same_number_by_itself(name: str, tmp_path: Path) -> None:
    inspector = looked_into(name)
    explanations = {}
    for layer in inspector.architecture.layers:
        for cell in random_cells(inspector.architecture, layer, _FEW if name in _LARGE else _MANY):
            explanation = inspector.explain(cell)
            explanations[written(explanation, tmp_path)] = explanation
    loss = inspector.explain(Cell("loss"), label=2)
    explanations[written(loss, tmp_path)] = loss
    printed = printed_in(tmp_path)
    assert printed.keys() == explanations.keys()
    wrong = {
        stem: (text, explanations[stem].torch_value)
        for stem, text in printed.items()
        if not as_near_as_float32(float(text), explanations[stem])
    }
    assert not wrong


def test_the_code_runs_in_an_interpreter_of_its_own(tmp_path: Path) -> None:
    explanation = looked_into("lenet").explain(Cell("conv2", 3, 2, 5))
    stem = written(explanation, tmp_path)
    run = subprocess.run(
        [sys.executable, "-I", f"{stem}.py"], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert float(run.stdout) == pytest.approx(explanation.torch_value, rel=1e-4), run.stderr


def test_a_short_calculation_holds_its_numbers_itself() -> None:
    explanation = looked_into("lenet").explain(Cell("pool1", 2, 3, 4))
    assert not explanation.tensors
    assert "np.load" not in explanation.snippet


def test_a_long_calculation_reads_its_numbers_from_a_file_that_it_names() -> None:
    explanation = looked_into("lenet").explain(Cell("fc1", 7))
    assert set(explanation.tensors) == {"x", "weight", "bias"}
    assert f'np.load("{file_stem(explanation)}.npz")' in explanation.snippet
