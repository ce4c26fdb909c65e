"""The user's own model trains whichever of its weights get a gradient, and goes on to the last bit."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F

from cnnviewer.core.data.dataset import normalise
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.registry import build, recipe_for
from cnnviewer.core.runs.format import checkpoint_file
from cnnviewer.core.training.batches import batches, hold_out
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import Finished
from cnnviewer.core.training.failure import TrainingFailed
from cnnviewer.core.training.loop import Training
from tests.core.own_models import own_model
from tests.core.runs.trained import assert_same_tensors
from tests.small_data import GREY, tiny

CONFIG = TrainConfig(dataset="tiny-grey", epochs=2, batch_size=32, momentum=0.9, weight_decay=0.01, threads=1)


def net(forward: str, init: str = "") -> str:
    """A model with `fc1` (784 -> 8), `fc2` (8 -> 10) and `fc3` (10 -> 10); `x` is flat."""
    lines, more = ("\n        ".join(text.strip().splitlines()) for text in (forward, init))
    return f"""
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc2, self.fc3 = nn.Linear(784, 8), nn.Linear(8, 10), nn.Linear(10, 10)
        self.register_buffer("steps", torch.zeros((), dtype=torch.int64))
        {more}

    def forward(self, x):
        self.steps += self.training
        x = x.flatten(1)
        {lines}
"""


CASES = {
    "a layer that is never called": net("return self.fc2(F.relu(self.fc1(x)))"),
    "a part under no_grad": net("with torch.no_grad():\n    x = F.relu(self.fc1(x))\nreturn self.fc3(self.fc2(x))"),
    "a frozen layer": net("return self.fc3(self.fc2(F.relu(self.fc1(x))))", "self.fc1.requires_grad_(False)"),
    "frozen, then partly learned": net(
        "return self.fc3(self.fc2(F.relu(self.fc1(x))))", "self.requires_grad_(False)\nself.fc2.bias.requires_grad_()"
    ),
    "a weight used every other step": net(
        "x = self.fc2(F.relu(self.fc1(x)))\nreturn self.fc3(x) if self.steps % 2 == 0 or not self.training else x"
    ),
    "a weight used late": net("x = self.fc2(F.relu(self.fc1(x)))\nreturn x + self.fc3(x) if self.steps > 4 else x"),
    "frozen until the fourth step": net(
        "self.fc1.requires_grad_(bool(self.steps > 3))\nreturn self.fc2(F.relu(self.fc1(x)))"
    ),
    "auxiliary scores while training": net(
        "x = self.fc2(F.relu(self.fc1(x)))\nreturn (x, self.fc3(x)) if self.training else x"
    ),
    "an embedding with sparse gradients": net(
        "return self.fc2(F.relu(self.fc1(x))) + self.table((x[:, :5] > 0).sum(1))",
        "self.table = nn.Embedding(6, 10, sparse=True)",
    ),
}


@pytest.mark.parametrize("code", CASES.values(), ids=CASES.keys())
def test_what_has_no_gradient_stays_and_the_rest_learns_as_in_a_plain_loop(code: str, tmp_path: Path) -> None:
    data, config = tiny(), replace(CONFIG, model=own_model(tmp_path, code))
    *_, last = Training(data, config)
    assert isinstance(last, Finished)
    torch.manual_seed(config.seed)
    model = build(recipe_for(config.model, data.info)).train()
    model.steps.zero_()  # as it is when the training begins
    groups = [{"params": [weight]} for weight in model.parameters()]
    sparse = any(getattr(module, "sparse", False) for module in model.modules())
    for module in model.modules():
        module.sparse = False
    optimizer = torch.optim.SGD(groups, lr=0.01, momentum=0.9, weight_decay=0.01, fused=True)
    learned, _ = hold_out(len(data.train), config.validation_fraction, config.seed)
    for epoch in (1, 2):
        for index in batches(learned, config.batch_size, config.seed, epoch):
            optimizer.zero_grad()
            images = normalise(data.train.images[index], GREY.mean, GREY.std)
            F.cross_entropy(model(images), data.train.labels[index]).backward()
            optimizer.step()
    if sparse:
        for name, tensor in model.state_dict().items():
            assert torch.allclose(tensor, last.state.tensors[name], rtol=1e-5), name
    else:
        assert_same_tensors(dict(model.state_dict()), dict(last.state.tensors))


@pytest.mark.parametrize("code", CASES.values(), ids=CASES.keys())
def test_from_any_step_on_the_training_learns_the_same(code: str, tmp_path: Path) -> None:
    data, config = tiny(), replace(CONFIG, model=own_model(tmp_path, code))
    training, kept = Training(data, config), []
    for event in training:
        kept.append(checkpoint_file.encode(training.checkpoint()))
        end = event
    for file in kept[:-1:3]:
        checkpoint = checkpoint_file.decode(file, training.recipe, "checkpoint")
        *_, last = Training(data, config, resume=checkpoint, layout=training.layout)
        assert_same_tensors(dict(end.state.tensors), dict(last.state.tensors))
        assert_same_tensors(dict(end.state.velocity), dict(last.state.velocity))
        assert last.test == end.test


def test_only_weights_that_had_a_gradient_have_momentum(tmp_path: Path) -> None:
    *_, last = Training(tiny(), replace(CONFIG, model=own_model(tmp_path, CASES["a layer that is never called"])))
    assert list(last.state.velocity) == ["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"]


NOTHING = {
    "no weights": (
        "class Net(nn.Module):\n    def forward(self, x):\n        return x.flatten(1)[:, :10]\n",
        "Net (net.py) has no weights: there is nothing to learn.",
    ),
    "all frozen": (
        net("return self.fc2(self.fc1(x))", "self.requires_grad_(False)"),
        "All weights of Net (net.py) are frozen (requires_grad=False): there is nothing to learn.",
    ),
}


@pytest.mark.parametrize(("code", "words"), NOTHING.values(), ids=NOTHING.keys())
def test_a_model_that_cannot_learn_is_refused_before_it_starts(code: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        Training(tiny(), replace(CONFIG, model=own_model(tmp_path, code)))
    assert str(refused.value) == words
    assert refused.value.field == "model"


@pytest.mark.parametrize(
    "how", ["with torch.no_grad():\n    return self.fc2(self.fc1(x))", "return self.fc2(self.fc1(x)).detach()"]
)
def test_an_output_that_no_gradient_comes_from_gives_an_error_message(how: str, tmp_path: Path) -> None:
    training = Training(tiny(), replace(CONFIG, model=own_model(tmp_path, net(how))))
    with pytest.raises(TrainingFailed, match=r"^No weight of Net \(net.py\) can learn"):
        list(training)
    assert training.step == 0


SCRIPT = """
import json, sys
from pathlib import Path
from cnnviewer.core.models.own.own_file import agree
from cnnviewer.core.training.distributed import follow, joined, leave_process, training_for
from tests.core.training.test_own_weights import CONFIG
from tests.core.training.test_distributed import numbers
from tests.small_data import tiny
from dataclasses import replace

config = replace(CONFIG, batch_size=15, epochs=1)
told = {}
with joined("cpu") as group:
    for file in sys.argv[1:]:
        key = agree(Path(file), "Net")
        data = tiny()
        mine = replace(config, model=key)
        training = training_for(group, data, mine) if group.leads else follow(group, lambda key, reading: data)
        told[Path(file).stem] = numbers(training) | {"layout": training.layout}
        group.announced = False
    group.announced = True
    if group.leads:
        print(json.dumps(told))
leave_process(0)
"""


def test_processes_that_train_together_leave_out_the_same_weights(tmp_path: Path) -> None:
    # all but the one that unfreezes weights under way: DistributedDataParallel decides that at the beginning
    shared = (
        "a layer that is never called",
        "a weight used every other step",
        "auxiliary scores while training",
        "an embedding with sparse gradients",
    )
    files = {}
    for number, name in enumerate(shared):
        own_model(tmp_path, CASES[name], file=f"net{number}.py")
        files[f"net{number}"] = tmp_path / f"net{number}.py"
    script = tmp_path / "share.py"
    script.write_text(SCRIPT)
    command = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node=2", "--standalone", str(script)]
    root = str(Path(__file__).parents[3])
    done = subprocess.run(
        [*command, *map(str, files.values())],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    together = json.loads(done.stdout.strip().splitlines()[-1])
    for name, file in files.items():
        training = Training(tiny(), replace(CONFIG, batch_size=15, epochs=1, model=f"file:{file.resolve()}::Net"))
        *_, last = training
        weights = [float(tensor.double().norm()) for tensor in last.state.tensors.values()]
        assert together[name]["weights"] == pytest.approx(weights, rel=1e-4), name
        assert together[name]["layout"] == training.layout
