"""A model that drops or draws while it predicts says the same of an image wherever it is asked."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.data.dataset import Split, normalise
from cnnviewer.core.evaluation.evaluate import evaluate
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.predicting import predicting
from tests.core.inspection.sample_networks import image, own

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
