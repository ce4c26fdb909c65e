"""A model trains in the memory layout that is quickest of those it bears, and the choice disturbs nothing."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

from cnnviewer.core.data.dataset import normalise
from cnnviewer.core.models.large import AlexNet, build_vgg16
from cnnviewer.core.models.registry import MODELS, build, recipe_for, spec
from cnnviewer.core.runs.format.info import read_info
from cnnviewer.core.runs.record.start import begin, branch, resume_run
from cnnviewer.core.training.batches import batches, hold_out
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import Finished, StepDone
from cnnviewer.core.training.layout import choose_layout
from cnnviewer.core.training.loop import LOSSES, Training
from tests.core.own_models import own_model
from tests.core.runs.trained import at_step, leave_after
from tests.small_data import COLOUR, tiny

CONFIG = TrainConfig(dataset="tiny-colour", epochs=1, batch_size=16, momentum=0.9, threads=1)

TUTORIAL = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 5)
        self.pool = nn.MaxPool2d(2, 2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = self.pool(F.relu(self.conv2(x)))
        x = x.view(-1, 16 * 5 * 5)
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return self.fc3(x)
"""
"""The network of PyTorch's tutorial for CIFAR-10."""


def small(forward: str, init: str = "") -> str:
    """A model whose `forward` goes on from a convolution's maps `x`, (N, 8, 15, 15)."""
    lines = "\n        ".join(forward.strip().splitlines())
    more = "\n        ".join(init.strip().splitlines())
    return f"""
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.pool = nn.MaxPool2d(2)
        self.fc = nn.Linear(8 * 15 * 15, 10)
        {more}

    def forward(self, x):
        x = self.pool(self.conv(x))
        {lines}
"""


NEEDS_ORDER = {
    "the tutorial's network": TUTORIAL,
    "view with the batch's size": small("return self.fc(x.view(x.size(0), -1))"),
    "view while evaluating only": small("return self.fc(x.flatten(1) if self.training else x.view(len(x), -1))"),
    "permute and view": small("return self.fc(x.permute(0, 1, 3, 2).transpose(2, 3).view(len(x), -1))"),
    "reads the memory's order": small("return self.fc(x.as_strided((len(x), 1800), (1800, 1)))"),
    "Conv3d": small(
        "return self.fc(F.pad(self.deep(x[:, None])[:, 0], (1,) * 6).flatten(1))", "self.deep = nn.Conv3d(1, 1, 3)"
    ),
    "Conv1d": """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(3, 4, 5, stride=4)
        self.fc = nn.Linear(1020, 10)

    def forward(self, x):
        return self.fc(self.conv(x.view(len(x), 3, -1)).view(len(x), -1))
""",
}
BEARS_BOTH = {
    "grouped by view": small("x = x.view(len(x), 4, 2, 15, 15).transpose(1, 2)\nreturn self.fc(x.reshape(len(x), -1))"),
    "flatten": small("return self.fc(x.flatten(1))"),
    "dropout of maps": small("return self.fc(F.dropout2d(F.dropout(x, 0.3), 0.5).flatten(1))"),
    "batch normalisation": small("return self.fc(self.bn(x).flatten(1))", "self.bn = nn.BatchNorm2d(8)"),
    "batch normalisation of two numbers": small(
        "for _ in range(3):\n    x = torch.tanh(self.bn(self.wide(x))).expand(-1, 8, 15, 15)\nreturn self.fc(x.flatten(1))",
        "self.wide = nn.Conv2d(8, 8, 15)\nself.bn = nn.BatchNorm2d(8)",
    ),
    "noise": small("return self.fc((x + torch.rand_like(x) + torch.randn(15, 15)).flatten(1))"),
    "a coin": small("if random.random() < 0.5:\n    x = -x\nreturn self.fc(x.flatten(1))"),
}


@pytest.mark.parametrize("code", NEEDS_ORDER.values(), ids=NEEDS_ORDER.keys())
def test_a_model_that_depends_on_the_order_in_memory_learns_what_a_plain_loop_does(code: str, tmp_path: Path) -> None:
    data = tiny(COLOUR)
    config = replace(CONFIG, model=own_model(tmp_path, code), epochs=2)
    training = Training(data, config)
    steps = [event for event in training if isinstance(event, StepDone)]
    assert training.layout == "contiguous"

    torch.manual_seed(config.seed)
    model = build(recipe_for(config.model, data.info)).train()
    optimizer = torch.optim.SGD(model.parameters(), lr=config.learning_rate, momentum=config.momentum, fused=True)
    learned, _ = hold_out(len(data.train), config.validation_fraction, config.seed)
    losses = []
    for epoch in (1, 2):
        for index in batches(learned, config.batch_size, config.seed, epoch):
            optimizer.zero_grad()
            images = normalise(data.train.images[index], COLOUR.mean, COLOUR.std)
            loss = F.cross_entropy(model(images), data.train.labels[index])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    assert [step.loss for step in steps] == losses
    assert all(torch.equal(tensor, training.snapshot().tensors[name]) for name, tensor in model.state_dict().items())


@pytest.mark.parametrize("code", BEARS_BOTH.values(), ids=BEARS_BOTH.keys())
def test_a_model_that_bears_it_trains_in_the_quick_layout(code: str, tmp_path: Path) -> None:
    training = Training(tiny(COLOUR), replace(CONFIG, model=own_model(tmp_path, code)))
    *_, last = training
    assert isinstance(last, Finished)
    assert training.layout == "channels_last"


@pytest.mark.parametrize(
    "call", ["self.conv(x)", "F.conv2d(x, self.conv.weight, stride=2)"], ids=["module", "function"]
)
def test_a_convolution_that_would_damage_the_memory_runs_in_the_plain_layout(call: str, tmp_path: Path) -> None:
    code = f"""
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 1, stride=2)
        self.fc = nn.Linear(4 * 16 * 16, 10)

    def forward(self, x):
        return self.fc({call}.flatten(1))
"""
    training = Training(tiny(COLOUR), replace(CONFIG, model=own_model(tmp_path, code)))
    *_, last = training
    assert isinstance(last, Finished)
    assert training.layout == "contiguous"


def test_a_design_whose_convolution_would_damage_the_memory_keeps_to_the_plain_layout() -> None:
    training = Training(tiny(COLOUR), replace(CONFIG, model="design:conv 4 k1 s2, relu, flatten, linear 10"))
    *_, last = training
    assert isinstance(last, Finished)
    assert training.layout == "contiguous"


@pytest.mark.parametrize(
    "key",
    ["lenet", "simplecnn", "alexnet32", "vgg32", "design:conv 4 k3, batchnorm, relu, minpool 2, flatten, linear 10"],
)
def test_every_model_of_ours_bears_the_quick_layout(key: str) -> None:
    shape = (1, 28, 28) if key == "lenet" else (3, 32, 32)
    model = spec(key).build(shape, 10)
    assert choose_layout(model, shape, 10, LOSSES[spec(key).loss], "cpu") == "channels_last"
    assert choose_layout(model, shape, 10, LOSSES[spec(key).loss], "cuda:0") == "contiguous"


def test_the_large_models_are_made_of_layers_that_the_small_ones_have_too() -> None:
    with torch.device("meta"):
        large = [AlexNet(10), build_vgg16((3, 224, 224), 10)]
        ours = [MODELS[key].build((3, 32, 32), 10) for key in ("alexnet32", "vgg32")]
    kinds = {type(module) for model in ours for module in model.modules()}
    kinds |= {nn.Sequential, nn.AdaptiveAvgPool2d, type(large[0]), type(large[1])}
    assert {type(module) for model in large for module in model.modules()} <= kinds


COUNTING = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.bn = nn.BatchNorm2d(8)
        self.drop = nn.Dropout2d(0.5)
        self.fc = nn.Linear(8 * 900, 10)
        self.register_buffer("seen", torch.zeros((), dtype=torch.int32))
        self.calls = 0

    def forward(self, x):
        self.seen += 1
        self.calls += 1
        with torch.no_grad():
            self.fc.weight.mul_(0.5)
        x = self.drop(F.rrelu(self.bn(self.conv(x)), training=self.training))
        x = x * torch.bernoulli(torch.full_like(x, 0.9)) + torch.randint_like(x, 3) + random.random()
        return self.fc(x.flatten(1) + torch.empty(len(x), 7200).normal_())
"""


def test_the_trial_changes_nothing_and_draws_from_nobodys_random_numbers(tmp_path: Path) -> None:
    model = build(recipe_for(own_model(tmp_path, COUNTING), COLOUR)).train()
    model.seen.zero_()
    model.calls = 0
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    state, python, numpys = torch.get_rng_state(), random.getstate(), np.random.get_state()
    assert choose_layout(model, COLOUR.shape, 10, F.cross_entropy, "cpu") == "channels_last"
    assert torch.equal(torch.get_rng_state(), state)
    assert random.getstate() == python
    assert np.array_equal(np.random.get_state()[1], numpys[1])
    assert all(torch.equal(tensor, before[name]) for name, tensor in model.state_dict().items())
    assert model.calls == 0
    assert model.training
    assert all(weight.grad is None for weight in model.parameters())


def test_the_trial_leaves_no_gradients_in_a_scripted_part() -> None:
    model = nn.Sequential(nn.Conv2d(3, 4, 3), torch.jit.script(nn.Conv2d(4, 10, 30)), nn.Flatten())
    assert choose_layout(model, COLOUR.shape, 10, F.cross_entropy, "cpu") == "channels_last"
    assert all(weight.grad is None for weight in model.parameters())


SEEDING = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.fc = nn.Linear(8 * 900, 10)

    def forward(self, x):
        torch.manual_seed(3)
        random.seed(3)
        return self.fc(F.dropout(self.conv(x)).flatten(1))
"""


def test_a_model_that_seeds_does_not_seed_anybody_else_in_the_trial(tmp_path: Path) -> None:
    model = build(recipe_for(own_model(tmp_path, SEEDING), COLOUR))
    state, python = torch.get_rng_state(), random.getstate()
    assert choose_layout(model, COLOUR.shape, 10, F.cross_entropy, "cpu") == "channels_last"
    assert torch.equal(torch.get_rng_state(), state)
    assert random.getstate() == python


def test_a_model_that_fails_while_it_trains_or_cannot_be_copied_is_left_as_it_is(tmp_path: Path) -> None:
    fails = small("assert not self.training\nreturn self.fc(x.flatten(1))")
    uncopied = small("return self.fc(x.flatten(1))", "self.scale = self.fc.weight * 2")
    for file, code in (("fails.py", fails), ("uncopied.py", uncopied)):
        model = build(recipe_for(own_model(tmp_path, code, file=file), COLOUR))
        assert choose_layout(model, COLOUR.shape, 10, F.cross_entropy, "cpu") == "contiguous"


DRAWS = small("return self.fc(F.dropout(x, 0.5, self.training).flatten(1))")
"""The layout decides which cells are dropped, and so what is learned."""


@pytest.mark.parametrize("layout", ["channels_last", "contiguous"])
def test_a_run_resumes_in_the_layout_that_it_recorded(layout: str, tmp_path: Path) -> None:
    data, config = tiny(COLOUR), replace(CONFIG, model=own_model(tmp_path, DRAWS))
    whole = Training(data, config, layout=layout)
    *_, end = whole
    begun = begin(data, config, tmp_path / "runs")
    begun.training.layout = layout
    leave_after(begun, at_step(3))
    folder = begun.folder
    assert read_info(folder).layout == layout
    resumed = resume_run(folder, data)
    *_, last = resumed.events()
    assert resumed.training.layout == layout
    assert all(torch.equal(tensor, last.state.tensors[name]) for name, tensor in end.state.tensors.items())
    child = branch(folder, 2, data, tmp_path / "runs", {"epochs": 2})
    child.let_go()
    assert child.training.layout == child.info.layout == read_info(child.folder).layout == layout


def test_a_run_without_a_recorded_layout_keeps_the_one_that_was_always_used(tmp_path: Path) -> None:
    code = small("return self.fc(x.as_strided((len(x), 1800), (1800, 1)))")
    data, config = tiny(COLOUR), replace(CONFIG, model=own_model(tmp_path, code))
    *_, end = Training(data, config, layout="channels_last")
    begun = begin(data, config, tmp_path / "runs")
    begun.training.layout = "channels_last"
    leave_after(begun, at_step(3))
    info = read_info(begun.folder)
    (begun.folder / "run.json").write_bytes(replace(info, layout="").to_json())
    *_, last = resume_run(begun.folder, data).events()
    assert all(torch.equal(tensor, last.state.tensors[name]) for name, tensor in end.state.tensors.items())


def test_a_run_that_learned_nothing_yet_chooses_again(tmp_path: Path) -> None:
    data, config = tiny(COLOUR), replace(CONFIG, model=own_model(tmp_path, TUTORIAL))
    begun = begin(data, config, tmp_path / "runs")
    begun.let_go()
    assert read_info(begun.folder).layout == ""
    resumed = resume_run(begun.folder, data)
    *_, last = resumed.events()
    assert isinstance(last, Finished)
    assert read_info(begun.folder).layout == "contiguous"


def test_the_choice_is_the_same_whatever_is_trained_with(tmp_path: Path) -> None:
    key = own_model(tmp_path, DRAWS)
    for change in ({"seed": 5}, {"batch_size": 7}, {"learning_rate": 1.0}):
        training = Training(tiny(COLOUR), replace(CONFIG, model=key, **change))
        next(iter(training))
        assert training.layout == "channels_last"


def test_attention_that_drops_nothing_bears_the_quick_layout(tmp_path: Path) -> None:
    forward = """
x = x.flatten(2).transpose(1, 2)
x = F.scaled_dot_product_attention(x, x, x)
return self.fc(x.transpose(1, 2).flatten(1))
"""
    training = Training(tiny(COLOUR), replace(CONFIG, model=own_model(tmp_path, small(forward))))
    *_, last = training
    assert isinstance(last, Finished)
    assert training.layout == "channels_last"
