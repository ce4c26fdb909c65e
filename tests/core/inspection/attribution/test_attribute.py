"""What is asked is completed, a large model shows a coarse map first, and the baseline is there to be seen."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
import torch

from cnnviewer.core.inspection.attribution import records
from cnnviewer.core.inspection.attribution.attribute import COARSE_NODES
from cnnviewer.core.inspection.attribution.records import Attribution, AttributionRequest, MapSettings
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.registry import MODELS
from cnnviewer.presenters.resolve import untrained
from tests.small_data import COLOUR

FIRST_GRADIENT = """
import numpy as np, sys
from cnnviewer.core.inspection.attribution.records import AttributionRequest
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.registry import MODELS
from cnnviewer.presenters.resolve import untrained
from tests.small_data import GREY
inspector = Inspector.from_state(untrained(MODELS["lenet"], GREY))
inspector.attribute(AttributionRequest("gradient", 3), image=np.zeros((1, 28, 28), np.float32))
print("sympy" in sys.modules)
"""


@pytest.fixture
def inspector() -> Inspector:
    torch.manual_seed(5)
    return Inspector.from_state(untrained(MODELS["simplecnn"], COLOUR))


@pytest.fixture
def image(inspector: Inspector) -> np.ndarray:
    return np.random.default_rng(2).random(inspector.recipe.input_shape, dtype=np.float32)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every model is a large one."""
    monkeypatch.setattr(records, "_FEW_AT_ONCE", 1000)


@pytest.mark.parametrize("method", ["integrated-gradients", "occlusion"])
def test_a_large_model_shows_coarse_maps_first_and_ends_with_the_same_one(
    method: records.Method, inspector: Inspector, image: np.ndarray, slow: None
) -> None:
    shown: list[Attribution] = []
    last = inspector.attribute(AttributionRequest(method, 1), image=image, show=shown.append)
    alone = inspector.attribute(AttributionRequest(method, 1), image=image)
    assert np.array_equal(last.map, alone.map)
    if method == "occlusion":
        assert [coarse.request.patch for coarse in shown] == [16, 8]
    else:
        assert [coarse.nodes for coarse in shown] == [COARSE_NODES]


def test_a_small_model_shows_no_coarse_map(inspector: Inspector, image: np.ndarray) -> None:
    shown: list[Attribution] = []
    inspector.attribute(AttributionRequest("integrated-gradients", 1), image=image, show=shown.append)
    assert not shown


@pytest.mark.parametrize("method", ["integrated-gradients", "occlusion"])
def test_the_baseline_is_given_as_it_looks(method: records.Method, inspector: Inspector, image: np.ndarray) -> None:
    black = inspector.attribute(AttributionRequest(method, 1, baseline="black"), image=image).baseline
    mean = inspector.attribute(AttributionRequest(method, 1, baseline="mean"), image=image).baseline
    blurred = inspector.attribute(AttributionRequest(method, 1, baseline="blurred"), image=image).baseline
    assert np.abs(black).max() < 1e-6, "black is black in pixels, not 0 after normalisation"
    assert np.allclose(mean, np.array(inspector.recipe.mean)[:, None, None], atol=1e-6)
    assert blurred.shape == image.shape
    assert blurred.std() < 0.5 * image.std()
    assert np.allclose(blurred.mean(), image.mean(), atol=0.02)


def test_what_a_method_does_not_depend_on_makes_no_other_request() -> None:
    here = MapSettings(layer="conv1", baseline="mean", fill="blurred", patch=4, stride=2)
    assert here.request("gradient", 1, None) == MapSettings().request("gradient", 1, None)
    assert here.request("grad-cam", 1, 2) == AttributionRequest("grad-cam", 1, 2, layer="conv1")
    assert here.request("integrated-gradients", 1, None).baseline == "mean"
    assert here.request("occlusion", 1, None) == AttributionRequest("occlusion", 1, None, None, "blurred", 4, 2)


def test_the_first_map_imports_no_library_of_symbols() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_GRADIENT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
