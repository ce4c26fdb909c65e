"""A model that drops or draws while it predicts says the same of an image wherever it is asked."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.data.dataset import Split, normalise
from cnnviewer.core.evaluation.evaluate import evaluate
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.predicting import keeps_images_apart, predicting
from cnnviewer.core.models.registry import build, from_state, recipe_for
from cnnviewer.core.models.state import ModelState
from tests.core.inspection.sample_networks import image, own
from tests.core.own_models import own_model
from tests.small_data import GREY, tiny

SHAPE = (3, 6, 6)
WAYS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "F.dropout": F.dropout,
    "F.dropout2d": lambda x: F.dropout2d(x, 0.5),
    "torch.dropout": lambda x: torch.dropout(x, 0.5, True),
    "noise like it": lambda x: x + torch.randn_like(x),
    "noise of its size": lambda x: x + torch.rand(x.shape),
    "noise in place": lambda x: x + torch.empty_like(x).normal_(),
    "a mask": lambda x: x * torch.bernoulli(torch.full_like(x, 0.5)),
    "noise for a whole map": lambda x: x * torch.rand(x.size(0), 1, 1, 1),
    "gumbel": lambda x: F.gumbel_softmax(x, dim=1),
}


class Drawing(nn.Module):
    def __init__(self, way: Callable[[torch.Tensor], torch.Tensor]) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.conv, self.fc, self.way = nn.Conv2d(3, 4, 3), nn.Linear(64, 10), way

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc(self.way(self.conv(x)).flatten(1))


@pytest.fixture(params=WAYS, ids=str)
def model(request: pytest.FixtureRequest) -> Drawing:
    return Drawing(WAYS[request.param]).eval()


def test_look_inside_prediction_and_evaluation_agree(model: Drawing) -> None:
    recipe = own(SHAPE)
    images = torch.from_numpy((np.stack([image(SHAPE, seed) for seed in range(6)]) * 255).astype(np.uint8))
    inspector = Inspector(model, recipe)
    many = inspector.predict_batch(images)
    for number, pixels in enumerate(images.numpy().astype(np.float32) / 255):
        inside = inspector.inspect(pixels).activations["probabilities"]
        assert np.allclose(many[number], inside, atol=1e-6)
        assert np.array_equal(inspector.probabilities(pixels), inside)
    labels = torch.from_numpy(many.argmax(1))
    evaluated = evaluate(model, Split(images, labels), recipe, F.cross_entropy)
    assert evaluated.correct == 6
    assert evaluated.loss == pytest.approx(float(-np.log(many.max(1)).mean()), rel=1e-5)


def test_the_window_says_what_was_found(model: Drawing) -> None:
    note = Inspector(model, own(SHAPE)).architecture.note
    assert ("drops values even while it predicts" in note) != ("draws random numbers while it predicts" in note)


def test_nobody_elses_random_numbers_are_drawn(model: Drawing) -> None:
    torch.manual_seed(1)
    before = torch.get_rng_state()
    inspector = Inspector(model, own(SHAPE))
    inspector.inspect(image(SHAPE))
    inspector.predict_batch(torch.zeros(3, *SHAPE, dtype=torch.uint8))
    inspector.backward([1])
    with predicting(model, torch.zeros(2, *SHAPE)):
        model(torch.zeros(2, *SHAPE))
    assert torch.equal(torch.get_rng_state(), before)


def test_what_draws_nothing_is_predicted_to_the_last_bit() -> None:
    """Fused attention too, which PyTorch runs only when nobody listens."""

    class Attention(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = nn.TransformerEncoderLayer(12, 2, 16, batch_first=True)
            self.fc = nn.Linear(12, 10)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return self.fc(self.encoder(x.flatten(2).transpose(1, 2)[..., [0, 1, 2] * 4]).mean(1))

    model, recipe = Attention().eval().requires_grad_(False), own(SHAPE)
    images = torch.from_numpy((np.stack([image(SHAPE, seed) for seed in range(3)]) * 255).astype(np.uint8))
    batch = normalise(images, recipe.mean, recipe.std)
    with torch.no_grad():
        expected = model(batch)
        with predicting(model, batch):
            assert torch.equal(model(batch), expected)
    assert "forward" not in vars(model.encoder)


@pytest.mark.parametrize("drawn", ["random.random()", "float(numpy.random.rand())"], ids=["Python", "NumPy"])
def test_what_a_model_draws_from_python_or_numpy_is_the_same_everywhere_too(drawn: str, tmp_path: Path) -> None:
    code = f"""
import numpy


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv, self.fc = nn.Conv2d(1, 4, 5), nn.Linear(4, 10)

    def forward(self, x):
        return self.fc(self.conv(x).mean((2, 3)) * {drawn})
"""
    recipe = recipe_for(own_model(tmp_path, code), GREY)
    state = ModelState(recipe, dict(build(recipe).state_dict()))
    inspector, split = Inspector.from_state(state), tiny().test
    before = random.getstate()
    batch = inspector.predict_batch(split.images)
    pixels = split.images[3].numpy().astype(np.float32) / 255
    assert np.allclose(inspector.predict_batch(split.images[3:4])[0], batch[3], atol=1e-6)
    assert np.allclose(inspector.inspect(pixels).activations["probabilities"], batch[3], atol=1e-6)
    evaluated = evaluate(from_state(state), split, recipe, F.cross_entropy)
    true = batch[np.arange(len(split)), split.labels.numpy()]
    assert evaluated.loss == pytest.approx(float(-np.log(true).mean()), abs=1e-5)
    assert "draws random numbers while it predicts" in inspector.architecture.note
    assert random.getstate() == before


@pytest.mark.parametrize(
    ("run", "apart"),
    [
        pytest.param(lambda x: x.flatten(1), True, id="each image by itself"),
        pytest.param(lambda x: x.flatten(1) - 1e-3 * x.mean(), False, id="a little of the batch's mean"),
        pytest.param(lambda x: (x if float(x[0].sum()) >= 0 else -x).flatten(1), False, id="as the first image says"),
        pytest.param(lambda x: (x.flatten(1) * (1 + 1e-3 * len(x))).bfloat16(), True, id="rounding of 16 bits"),
        pytest.param(lambda x: x.reshape(1, 16), False, id="knows one image only"),
    ],
)
def test_whether_a_model_computes_with_its_whole_batch_is_seen_beside_other_images(
    run: Callable[[torch.Tensor], torch.Tensor], apart: bool
) -> None:
    pixels = torch.rand((1, 1, 4, 4), generator=torch.Generator().manual_seed(0))
    assert keeps_images_apart(run, pixels) is apart
