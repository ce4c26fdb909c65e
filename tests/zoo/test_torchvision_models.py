"""torchvision's classifiers, as a user opens them: looked into, explained and trained like PyTorch itself.

Five of them in `make test`; `make soak` sets CNNVIEWER_ZOO to try all of up to 30 million parameters.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
import torchvision

from cnnviewer.core.data.dataset import normalise_unit
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.registry import from_state
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import Finished, StepDone
from cnnviewer.core.training.loop import Training
from tests.core.inspection.explain.looked_into import random_cells
from tests.generated import plain
from tests.generated.test_generated_models import opened
from tests.small_data import tiny

LARGEST = 30_000_000  # parameters
FEW = ("googlenet", "mobilenet_v3_small", "resnet18", "shufflenet_v2_x0_5", "squeezenet1_1")
CELLS = 2  # explained numbers a layer


def every_classifier() -> list[str]:
    """The names of all classifiers of up to 30 million parameters."""
    found = []
    for name in torchvision.models.list_models(module=torchvision.models):
        try:
            with torch.device("meta"):
                model = torchvision.models.get_model(name, weights=None)
        except NotImplementedError:  # its weights are drawn by numpy
            model = torchvision.models.get_model(name, weights=None)
        if sum(weight.numel() for weight in model.parameters()) <= LARGEST:
            found.append(name)
    return found


SIDES = {
    ("inception",): 299,
    ("vit", "alexnet", "vgg"): 224,
    ("squeezenet", "googlenet", "densenet", "efficientnet"): 64,
}
"""Pixels a side of the images that a model needs at least; 32 are enough for the others."""
NAMES = every_classifier() if os.environ.get("CNNVIEWER_ZOO") else list(FEW)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def file_with(name: str, folder: Path) -> Path:
    """A user's file with the model, for ten classes.

    Its batch normalisation learns its statistics in three steps: with those that it begins with, some models of many
    layers give no finite number.
    """
    path = folder / "net.py"
    path.write_text(
        "from torch import nn\nfrom torchvision import models\n\n\n"
        f"def Net():\n    model = models.get_model({name!r}, weights=None, num_classes=10)\n"
        "    for module in model.modules():\n        if isinstance(module, nn.BatchNorm2d):\n"
        "            module.momentum = 0.5\n    return model\n",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("name", NAMES)
def test_a_classifier_trains_and_is_inspected(name: str, tmp_path: Path) -> None:
    side = next((pixels for starts, pixels in SIDES.items() if name.startswith(starts)), 32)
    info = DataInfo("photos", "Photos", (3, side, side), tuple("abcdefghij"), (0.5,) * 3, (0.25,) * 3)
    data = tiny(info, train=10, test=4)
    config = TrainConfig(opened(file_with(name, tmp_path)), "photos", epochs=1, batch_size=3, learning_rate=1e-3)
    config = replace(config, validation_fraction=0.1)
    training = Training(data, config)
    losses, finished = [], None
    for event in training:
        if isinstance(event, StepDone):
            losses.append(event.loss)
        if isinstance(event, Finished):
            finished = event
    assert len(losses) == 3
    assert np.isfinite(losses).all()
    assert finished is not None

    state = finished.state
    inspector, reference = Inspector.from_state(state), from_state(state)
    pixels = data.test.images[0].numpy().astype(np.float32) / 255
    inspection = inspector.inspect(pixels)
    with torch.no_grad():
        output = plain.scores(reference(normalise_unit(torch.from_numpy(pixels)[None], info.mean, info.std)))
    predicted = [dict(inspection.prediction.ranking)[name] for name in info.classes]
    np.testing.assert_array_equal(predicted, output.softmax(1)[0].numpy())
    counted = {
        key: weight.numel() for key, weight in reference.named_parameters() if not key.startswith(("aux", "Aux"))
    }
    assert inspector.architecture.parameters == sum(counted.values())  # auxiliary classifiers run while training only
    for layer in inspector.architecture.layers:
        for cell in random_cells(inspector.architecture, layer, CELLS):
            explanation = inspector.explain(cell, label=3)
            assert explanation.agrees, (cell, layer.kind, explanation.value, explanation.torch_value)
    assert inspector.backward([3]).gradients["input"].shape == info.shape
