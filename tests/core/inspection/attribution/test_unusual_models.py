"""Models that end, or compute, in another way than most: what is attributed is still the logit of one image."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.data.dataset import Split
from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.evaluate import evaluate
from cnnviewer.core.inspection.adversarial.flip import flip
from cnnviewer.core.inspection.adversarial.records import FlipRequest
from cnnviewer.core.inspection.attribution.channel_records import ContributionsRequest
from cnnviewer.core.inspection.attribution.records import AttributionRequest, Method
from cnnviewer.core.inspection.channels import can_be_muted
from cnnviewer.core.inspection.contributions import contributions
from cnnviewer.core.inspection.logits_layer import behind_logits, ending_of, logit_place
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.output import OutputHead, examine
from cnnviewer.core.models.recipe import ModelRecipe

CLASSES = 4
RECIPE = ModelRecipe("own", (2, 9, 9), tuple("abcd"), (0.3, 0.4), (0.2, 0.5))
IMAGE = np.random.default_rng(8).random(RECIPE.input_shape, dtype=np.float32)


class Small(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(3)
        self.conv = nn.Conv2d(2, 5, 3)
        self.norm = nn.BatchNorm2d(5, track_running_stats=False)
        self.head = nn.Linear(5, CLASSES)

    def logits(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.conv(x).relu().amax((2, 3)))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.logits(x)


class Flattened(Small):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.logits(x)[:, :, None, None].softmax(1).flatten(1)


class Squeezed(Small):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.log_softmax(self.logits(x)[:, :, None], 1).squeeze(2)


class DroppedOut(Small):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.dropout(self.logits(x).softmax(1), 0.5, self.training)


class Logarithm(Small):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.logits(x).softmax(1).log()


class ByHand(Small):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        powers = self.logits(x).exp()
        return powers / powers.sum(1)[:, None]


class ByHandShifted(Small):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        logits = self.logits(x)
        powers = torch.exp(logits - logits.max(1, keepdim=True).values)
        powers /= powers.sum(-1, keepdim=True)
        return powers


class LogarithmByHand(Small):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        logits = self.logits(x)
        return logits - logits.logsumexp(1, keepdim=True)


class Overflown(Small):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return (1e4 * self.logits(x)).softmax(1)


class OneLogit(Small):
    """Of two classes one number is given: the probability of the second."""

    def logit(self, x: torch.Tensor) -> torch.Tensor:
        return self.logits(x)[:, :1]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.logit(x).sigmoid()


class OnlyLogit(OneLogit):
    """As for `BCEWithLogitsLoss`: the program puts the other class's logit, 0, beside it."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.logit(x)


class BothOfOneLogit(OneLogit):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        first = self.logit(x).neg().sigmoid()
        return torch.cat([first, 1 - first], 1)


class OfItsBatch(Small):
    """A batch normalisation that keeps no running statistics normalises by those of the batch."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.norm(self.conv(x)).relu().amax((2, 3)))


class OneImage(Small):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.conv(x).relu().amax((2, 3)).view(1, 5))


class Viewed(Small):
    """A view behind a convolution fails where the channels of a pixel lie together in memory."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.conv(x).relu().view(len(x), 245).unflatten(1, (5, 49)).amax(2))


class Strided(Small):
    """The numbers in the order in which they lie in memory."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        found = self.conv(x).relu()
        return self.head(found.as_strided((len(x), 5, 49), (245, 49, 1)).amax(2))


class Skipping(Small):
    """PyTorch writes behind the memory of such a convolution whose channels lie together."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(F.conv2d(self.conv(x), torch.eye(5)[:, :, None, None], stride=2).relu().amax((2, 3)))


class WithNumPy(Small):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        found = self.conv(x).relu().amax((2, 3))
        return self.head(torch.from_numpy(2 * found.detach().numpy()))


class WithoutGradients(Small):
    @torch.no_grad()
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.logits(x)


def normalised(requires_grad: bool = False) -> torch.Tensor:
    mean, std = (torch.tensor(each).view(-1, 1, 1) for each in (RECIPE.mean, RECIPE.std))
    return ((torch.from_numpy(IMAGE) - mean) / std)[None].requires_grad_(requires_grad)


@pytest.mark.parametrize("model", [Flattened, Squeezed, DroppedOut, Logarithm, ByHand, ByHandShifted, LogarithmByHand])
def test_what_only_moves_or_drops_probabilities_does_not_hide_the_logit(model: type[Small]) -> None:
    inspector = Inspector(model().eval(), RECIPE)
    image = normalised(requires_grad=True)
    logits = Small().logits(image)
    found = inspector.attribute(AttributionRequest("gradient", 2), image=IMAGE)
    assert found.logit == pytest.approx(float(logits[0, 2].detach()), abs=1e-5)
    (slope,) = torch.autograd.grad(logits[0, 2], image)
    assert np.allclose(found.map, slope[0], atol=1e-6)
    assert np.allclose(inspector.probabilities(IMAGE), logits[0].detach().softmax(0), atol=1e-6)


@pytest.mark.parametrize("model", [Flattened, DroppedOut, ByHand, ByHandShifted])
def test_the_logarithm_that_the_program_takes_of_an_own_models_probabilities_does_not_hide_the_logit(
    model: type[Small],
) -> None:
    own = model().eval()
    own.register_forward_hook(examine(model().eval(), "own", RECIPE.input_shape, CLASSES))
    inspector = Inspector(own, RECIPE)
    logits = Small().logits(normalised()).detach()
    found = inspector.attribute(AttributionRequest("gradient", 2), image=IMAGE)
    assert "log" in behind_logits(inspector.architecture)
    assert found.logit == pytest.approx(float(logits[0, 2]), abs=1e-5)
    assert np.allclose(inspector.probabilities(IMAGE), logits[0].softmax(0), atol=1e-6)


@pytest.mark.parametrize("model", [Flattened, Squeezed, Logarithm])
def test_what_is_behind_the_logits_cannot_be_muted(model: type[Small]) -> None:
    architecture = Inspector(model().eval(), RECIPE).architecture
    behind = behind_logits(architecture)
    assert len(behind) == 2
    assert not any(can_be_muted(architecture.layer(name), architecture) for name in behind)


@pytest.mark.parametrize(("target", "against", "sign"), [(1, None, 1), (0, None, -1), (1, 0, 1), (0, 1, -1)])
@pytest.mark.parametrize("kind", [OneLogit, BothOfOneLogit, OnlyLogit])
def test_two_classes_with_one_number_have_its_logit(
    kind: type[OneLogit], target: int, against: int | None, sign: int
) -> None:
    recipe = replace(RECIPE, classes=("a", "b"))
    own = kind().eval()
    own.register_forward_hook(examine(kind().eval(), "own", RECIPE.input_shape, 2))
    inspector, image = Inspector(own, recipe), normalised(requires_grad=True)
    logit = kind().logit(image)[0, 0] * sign
    (slope,) = torch.autograd.grad(logit, image)
    found = inspector.attribute(AttributionRequest("gradient", target, against), image=IMAGE)
    assert found.logit == pytest.approx(float(logit.detach()), abs=1e-5)
    assert np.allclose(found.map, slope[0], atol=1e-6)
    whole = inspector.attribute(AttributionRequest("integrated-gradients", target, against), image=IMAGE)
    assert whole.is_complete
    drops = contributions(inspector, ContributionsRequest("conv", target, against), IMAGE)
    assert drops.score == pytest.approx(float(logit.detach()), abs=1e-5)
    assert (found.request.log_odds, drops.log_odds) == (True, True)
    layer, channel = logit_place(inspector.architecture, target)
    assert (math.prod(inspector.architecture.layer(layer).shape), channel) == (1, 0), "not the constant 0 beside it"
    assert flip(inspector, IMAGE, FlipRequest("pgd")).flipped


def test_a_probability_that_underflows_has_a_finite_logarithm() -> None:
    inspector = Inspector(Overflown().eval(), RECIPE)
    images = torch.from_numpy(np.rint(IMAGE * 255).astype(np.uint8))[None]
    probabilities, logits = inspector.predict_with_logits(images)
    assert probabilities.min() == 0
    assert np.isfinite(logits).all()


def test_a_model_without_a_softmax_ends_with_its_logits() -> None:
    architecture = Inspector(Small().eval(), RECIPE).architecture
    assert ending_of(architecture) == ""
    assert behind_logits(architecture) == frozenset()


@pytest.mark.parametrize("model", [OfItsBatch, OneImage])
@pytest.mark.parametrize("method", ["integrated-gradients", "occlusion"])
def test_images_that_would_change_each_other_are_run_one_at_a_time(model: type[Small], method: Method) -> None:
    inspector = Inspector(model().eval(), RECIPE)
    found = inspector.attribute(AttributionRequest(method, 1, patch=9, stride=9), image=IMAGE)
    with torch.no_grad():
        score = float(model().eval()(normalised())[0, 1])
        black = normalised() - torch.from_numpy(IMAGE)[None] / torch.tensor(RECIPE.std).view(-1, 1, 1)
        covered = float(model().eval()(black)[0, 1])
    assert found.logit == pytest.approx(score, abs=1e-5)
    if method == "occlusion":
        assert np.allclose(found.map, score - covered, atol=1e-5)
    else:
        assert found.baseline_logit == pytest.approx(covered, abs=1e-3)  # the norm of one colour is rounding


@pytest.mark.parametrize("model", [OfItsBatch, OneImage, Small])
def test_an_evaluation_says_of_each_image_what_its_prediction_says(model: type[Small]) -> None:
    images = torch.randint(
        0, 256, (7, *RECIPE.input_shape), dtype=torch.uint8, generator=torch.Generator().manual_seed(2)
    )
    inspector = Inspector(model().eval(), RECIPE)
    alone = np.stack([inspector.probabilities(image.numpy().astype(np.float32) / np.float32(255)) for image in images])
    assert np.allclose(inspector.predict_batch(images), alone, atol=1e-6)
    assert np.allclose(torch.from_numpy(inspector.scores_batch(images).logits).softmax(1), alone, atol=1e-6)
    own = model().eval()
    own.register_forward_hook(OutputHead("own", CLASSES))
    labels = torch.arange(7) % CLASSES
    found = evaluate(own, Split(images, labels), RECIPE, F.cross_entropy)
    assert found.correct == int((alone.argmax(1) == labels.numpy()).sum())
    assert found.loss == pytest.approx(-np.log(alone[np.arange(7), labels]).mean(), rel=1e-5)


def test_channels_of_a_model_for_one_image_are_removed_one_at_a_time() -> None:
    found = contributions(Inspector(OneImage().eval(), RECIPE), ContributionsRequest("conv", 0), IMAGE)
    model = OneImage().eval()
    with torch.no_grad():
        whole = float(model(normalised())[0, 0])
        model.conv.weight[3] = 0
        model.conv.bias[3] = 0
        assert found.drops[3] == pytest.approx(whole - float(model(normalised())[0, 0]), abs=1e-5)


@pytest.mark.parametrize("model", [WithNumPy, WithoutGradients])
@pytest.mark.parametrize("method", ["gradient", "grad-cam"])
def test_a_model_whose_gradients_end_on_the_way_has_no_map_of_zeros(model: type[Small], method: Method) -> None:
    with pytest.raises(UserError, match=r"finds no gradients for this model: .+ without them"):
        Inspector(model().eval(), RECIPE).attribute(AttributionRequest(method, 0), image=IMAGE)


@pytest.mark.parametrize(
    ("model", "layout"),
    [
        (Small, torch.channels_last),
        (Viewed, torch.contiguous_format),
        (Strided, torch.contiguous_format),
        (Skipping, torch.contiguous_format),
    ],
)
def test_many_images_run_in_the_quicker_layout_where_the_model_bears_it(
    model: type[Small], layout: torch.memory_format
) -> None:
    logits = Inspector(model().eval(), RECIPE).logits
    images = torch.randn((9, *RECIPE.input_shape), generator=torch.Generator().manual_seed(1))
    direction = logits.direction(2, 1)
    together, each = logits.slopes(images, direction), [logits.slopes(image[None], direction) for image in images]
    assert logits.recorder.batch_layout == layout
    assert logits.at_once > 1
    assert torch.allclose(together.scores, torch.cat([one.scores for one in each]), atol=1e-5)
    assert torch.allclose(together.scores, logits.scores(images, direction), atol=1e-5)
    slopes = torch.cat([one.gradients["input"] for one in each])
    assert torch.allclose(together.gradients["input"], slopes, atol=1e-5)
