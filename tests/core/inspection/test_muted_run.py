"""A model is trained and evaluated with muted channels as PyTorch does it with a hook."""

from __future__ import annotations

import copy
from dataclasses import replace

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.data.dataset import Split
from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.evaluate import evaluate
from cnnviewer.core.inspection.muted_run import MutedRun
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.mutes import Mute
from cnnviewer.core.models.registry import from_state, spec
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import bundled
from cnnviewer.core.training.loop import LOSSES


def batch(shape: tuple[int, ...], count: int = 8) -> torch.Tensor:
    return torch.randn(count, *shape, generator=torch.Generator().manual_seed(0))


def muted(key: str, *mutes: Mute) -> ModelState:
    return replace(bundled(key), mutes=mutes)


@pytest.mark.parametrize(
    ("key", "layer", "axis"),
    [("lenet", "conv1", -3), ("lenet", "dropout", -3), ("simplecnn", "pool1", -3), ("vgg32", "fc1", -1)],
)
def test_a_step_of_training_has_the_gradients_of_a_hook_dropout_included(key: str, layer: str, axis: int) -> None:
    state = muted(key, Mute(layer, 2), Mute(layer, 4, "mean", 0.5))
    images, labels = batch(state.recipe.input_shape), torch.arange(8)
    ours, theirs = from_state(state).train(), from_state(state).train()
    run = MutedRun(ours, state)
    for _ in range(2):  # the second time what is known of the layers is used again
        ours.zero_grad()
        torch.manual_seed(3)
        F.cross_entropy(run(images), labels).backward()

    def put(_module: nn.Module, _inputs: object, output: torch.Tensor) -> torch.Tensor:
        changed = output.clone()
        changed.select(axis, 2).fill_(0)
        changed.select(axis, 4).fill_(0.5)
        return changed

    theirs.get_submodule(layer).register_forward_hook(put)
    torch.manual_seed(3)
    F.cross_entropy(theirs(images), labels).backward()
    for (name, mine), other in zip(ours.named_parameters(), theirs.parameters(), strict=True):
        assert mine.grad is not None
        assert other.grad is not None
        torch.testing.assert_close(mine.grad, other.grad, rtol=1e-5, atol=1e-7, msg=name)


class Buffered(nn.Module):
    """Batch normalisation, which learns its statistics, in-place operations and a shortcut."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 6, 3, padding=1)
        self.norm = nn.BatchNorm2d(6)
        self.relu = nn.ReLU(inplace=True)
        self.drop = nn.Dropout(0.3, inplace=True)
        self.more = nn.Conv2d(6, 6, 3, padding=1)
        self.fc = nn.Linear(6, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.drop(self.relu(self.norm(self.conv(x))))
        y = self.more(x)
        y += x
        return self.fc(F.dropout(y, 0.2, self.training).mean((2, 3)))


def test_statistics_and_random_numbers_are_the_trainings_own(monkeypatch: pytest.MonkeyPatch) -> None:
    torch.manual_seed(0)
    model = Buffered().train()
    other = copy.deepcopy(model)
    recipe = bundled("simplecnn").recipe
    state = ModelState(recipe, {}, mutes=(Mute("norm", 3), Mute("add", 1)))

    def inspector_of(state: ModelState) -> Inspector:
        made = Inspector(copy.deepcopy(model), recipe)
        made.set_mutes(state.mutes)
        return made

    monkeypatch.setattr(Inspector, "from_state", inspector_of)
    run, images = MutedRun(model, state), batch((3, 32, 32))

    def by_hand(x: torch.Tensor) -> torch.Tensor:
        x = other.norm(other.conv(x))
        x = other.drop(F.relu(torch.cat([x[:, :3], torch.zeros_like(x[:, 3:4]), x[:, 4:]], 1)))
        y = other.more(x) + x
        y = torch.cat([y[:, :1], torch.zeros_like(y[:, 1:2]), y[:, 2:]], 1)
        return other.fc(F.dropout(y, 0.2, other.training).mean((2, 3)))

    for training in (True, False, True):
        model.train(training)
        other.train(training)
        torch.manual_seed(5)
        found = run(images)
        torch.manual_seed(5)
        torch.testing.assert_close(found, by_hand(images), rtol=1e-5, atol=1e-6)
    torch.testing.assert_close(model.norm.running_mean, other.norm.running_mean)
    assert int(model.norm.num_batches_tracked) == 2
    assert "forward" not in vars(model.conv)


@pytest.mark.parametrize("key", ["lenet", "simplecnn"])
def test_an_evaluation_is_that_of_the_inspector(key: str) -> None:
    state = muted(key, Mute("conv1", 2), Mute("relu2", 4))
    images = torch.randint(
        0, 256, (60, *state.recipe.input_shape), dtype=torch.uint8, generator=torch.Generator().manual_seed(0)
    )
    split = Split(images, torch.arange(60) % 10)
    model = from_state(state)
    loss = LOSSES[spec(key).loss]
    found = evaluate(model, split, state.recipe, loss, run=MutedRun(model, state))
    inspector = Inspector.from_state(state)
    probabilities = inspector.predict_batch(images)
    labels = split.labels.numpy()
    assert found.correct == int((probabilities.argmax(1) == labels).sum())
    expected = -np.log(probabilities[np.arange(60), labels].astype(np.float64)).mean()
    assert found.loss == pytest.approx(expected, rel=1e-4)
    assert evaluate(model, split, state.recipe, loss).loss != pytest.approx(expected, rel=1e-3)


class OnlyPredicts(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.fc = nn.Linear(4, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.conv(x)
        if not self.training:
            x = torch.tanh(x)
        return self.fc(x.mean((2, 3)))


def test_a_layer_that_does_not_run_while_training_cannot_be_muted_then(monkeypatch: pytest.MonkeyPatch) -> None:
    model = OnlyPredicts()
    recipe = bundled("simplecnn").recipe
    made = Inspector(copy.deepcopy(model), recipe)
    made.set_mutes([Mute("tanh", 1)])
    monkeypatch.setattr(Inspector, "from_state", lambda _: made)
    run = MutedRun(model, ModelState(recipe, {}, mutes=made.mutes))
    model.eval()
    run(batch((3, 8, 8)))
    model.train()
    with pytest.raises(UserError, match="tanh is muted, but while the model is trained"):
        run(batch((3, 8, 8)))
