"""Models that cannot be rebuilt from shapes alone, tied weights and buffers of any kind work everywhere."""

import threading
from pathlib import Path

import pytest
import safetensors.torch
import torch
from torch import nn

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.registry import build, from_state, reading, recipe_for, tensors_of
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import load_weights, save_weights
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.loop import Training
from tests.core.models.everywhere import train_and_use_everywhere
from tests.core.own_models import own_model
from tests.small_data import GREY, tiny


def net(init: str, forward: str) -> str:
    """A model with `fc1` (784 -> 8) and `fc2` (8 -> 10); `x` is flat in `forward`, which ends in a statement."""
    first, second = ("\n        ".join(text.strip().splitlines()) for text in (init, forward))
    return f"""
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(784, 8), nn.Linear(8, 10)
        {first}

    def forward(self, x):
        x = x.flatten(1)
        {second}
"""


USUAL = "return self.fc2(F.relu(self.fc1(x)) * self.scale)"
HARD = {
    "a buffer that is not persistent": net(
        "self.register_buffer('scale', torch.linspace(0.5, 2, 8), persistent=False)", USUAL
    ),
    "a tensor as an attribute": net("self.scale = torch.linspace(0.5, 2, 8)", USUAL),
    "tensors in a list": net(
        "self.tables = [torch.linspace(0.5, 2, 8)]", "return self.fc2(self.fc1(x) * self.tables[0].to(x.device))"
    ),
    "item": net("self.scale = torch.linspace(0.5, 2, 8).sum().item()", USUAL),
    "numbers in a list": net("self.scale = float(torch.linspace(0, 1, 3).tolist()[1])", USUAL),
    "numpy": net("self.scale = float(torch.linspace(0.5, 2, 8).numpy().mean())", USUAL),
    "a decision by a number": net("self.scale = 2.0 if self.fc1.weight.abs().sum() > 0 else 1.0", USUAL),
    "to a device": net("self.scale = 0.5\nself.to('cpu')", USUAL),
    "float64": net("self.scale = 0.5\nself.double()", USUAL.replace("self.fc1(x)", "self.fc1(x.double())")),
    "a layer made in forward": net(
        "self.more = None",
        "x = F.relu(self.fc1(x))\nif self.more is None:\n    self.more = nn.Linear(8, 8)\nreturn self.fc2(self.more(x))",
    ),
    "a layer made when it is missing": net(
        "",
        "x = F.relu(self.fc1(x))\nif not hasattr(self, 'more'):\n    self.more = nn.Linear(8, 8)\nreturn self.fc2(self.more(x))",
    ),
    "lazy layers": net("self.fc1 = nn.LazyLinear(8)", "return self.fc2(F.relu(self.fc1(x)))"),
    "a lazy layer for the training alone": net(
        "self.side, self.bn = nn.LazyLinear(10), nn.BatchNorm1d(8)",
        "x = self.bn(self.fc1(x))\nreturn (self.fc2(x), self.side(x)) if self.training else self.fc2(x)",
    ),
    "a lazy normalisation": net("self.bn = nn.LazyBatchNorm1d()", "return self.fc2(self.bn(F.relu(self.fc1(x))))"),
    "weights in a list": net(
        "self.plain = [self.fc1.weight]", "return self.fc2(F.linear(x, self.plain[0], self.fc1.bias))"
    ),
    "random numbers that it keeps": net("self.scale = torch.rand(8)", USUAL),
    "a buffer of random numbers that is not persistent": net(
        "self.register_buffer('scale', torch.randn(8), persistent=False)", USUAL
    ),
    "a permutation that NumPy draws": net(
        "import numpy\nself.order = numpy.random.permutation(784)",
        "return self.fc2(F.relu(self.fc1(x[:, self.order])))",
    ),
    "depth that Python and NumPy draw in training": net(
        "import numpy\nself.numpy = numpy.random",
        "x = self.fc1(x)\nif self.training and random.random() < 0.5: x = x * self.numpy.rand()\nreturn self.fc2(x)",
    ),
    "a layer in a plain list": net(
        "self.layers = [nn.Linear(8, 8)]", "return self.fc2(self.layers[0](F.relu(self.fc1(x))))"
    ),
    "counts of every kind": net(
        """
self.register_buffer('steps', torch.zeros(3, dtype=torch.int32))
self.register_buffer('mask', torch.tensor([True, False] * 4))
self.register_buffer('table', torch.arange(8, dtype=torch.uint8))
self.register_buffer('small', torch.arange(-4, 4, dtype=torch.int8))
self.register_buffer('large', torch.tensor(2**53 + 1))
""",
        "if self.training:\n    self.steps += 1\nreturn self.fc2(F.relu(self.fc1(x)) * self.mask + self.table / 9)",
    ),
    "what cannot be copied": net(
        "import threading\nself.lock, self.bn = threading.Lock(), nn.BatchNorm1d(8)",
        "with self.lock:\n    return self.fc2(self.bn(self.fc1(x)))",
    ),
    "batch normalisation": net("self.bn = nn.BatchNorm1d(8)", "return self.fc2(self.bn(self.fc1(x)))"),
    "tied layers": net(
        "self.fc3, self.fc4 = nn.Linear(8, 8), nn.Linear(8, 8)\nself.fc4.weight = self.fc3.weight",
        "return self.fc2(self.fc4(F.relu(self.fc3(self.fc1(x)))))",
    ),
    "attention": net(
        "self.heads = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)",
        "x = self.fc1(x)[:, None, None].expand(-1, 4, 6, -1)\n"
        "x = F.scaled_dot_product_attention(x, x, x)\n"
        "return self.fc2(self.heads(x[:, 1]).mean(1))",
    ),
    "a scripted part": net(
        "self.part = torch.jit.script(nn.Sequential(nn.Linear(8, 8), nn.ReLU()))",
        "return self.fc2(self.part(self.fc1(x)))",
    ),
    "a layer under two names": net("self.again = self.fc2", "return self.again(F.relu(self.fc1(x)))"),
}


@pytest.mark.parametrize("code", HARD.values(), ids=HARD.keys())
def test_a_model_that_trains_is_evaluated_resumed_saved_opened_and_inspected(code: str, tmp_path: Path) -> None:
    train_and_use_everywhere(own_model(tmp_path, code), tiny(), tmp_path)


TIED = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc0 = nn.Linear(784, 64)
        self.fc1, self.fc2 = nn.Linear(64, 64), nn.Linear(64, 64)
        self.fc2.weight = self.fc1.weight
        self.out = nn.Linear(64, 10)

    def forward(self, x):
        x = F.relu(self.fc0(x.flatten(1)))
        return self.out(F.relu(self.fc2(F.relu(self.fc1(x)))))
"""


@pytest.mark.parametrize("momentum", [0.0, 0.9], ids=["no momentum", "momentum"])
def test_weights_that_are_tied_stay_tied_and_count_once(momentum: float, tmp_path: Path) -> None:
    key, data = own_model(tmp_path, TIED), tiny()
    end = train_and_use_everywhere(key, data, tmp_path, momentum)
    assert torch.equal(end.state.tensors["fc1.weight"], end.state.tensors["fc2.weight"])
    assert "fc2.weight" not in end.state.velocity
    opened = load_weights(tmp_path / "saved.safetensors")
    for model in (from_state(opened), reading(opened), build(recipe_for(key, GREY))):
        assert model.fc2.weight is model.fc1.weight
    outer = 784 * 64 + 64 + 640 + 10
    inspector = Inspector.from_state(opened)
    assert inspector.architecture.parameters == outer + 64 * 64 + 2 * 64
    untrained = build(opened.recipe)
    save_weights(tmp_path / "untrained.safetensors", ModelState(opened.recipe, dict(untrained.state_dict())))
    assert len(safetensors.torch.load_file(tmp_path / "untrained.safetensors")) == 8


def test_a_model_of_their_own_is_built_without_anybody_elses_random_numbers(tmp_path: Path) -> None:
    key = own_model(tmp_path, HARD["lazy layers"])
    state = Training(tiny(), TrainConfig(key, "tiny", batch_size=16)).snapshot()
    before = torch.get_rng_state()
    from_state(state), reading(state), tensors_of(state.recipe), Inspector.from_state(state)
    assert torch.equal(torch.get_rng_state(), before)


def test_a_training_is_not_disturbed_by_a_model_that_is_opened_meanwhile(tmp_path: Path) -> None:
    key = own_model(tmp_path, net("self.drop = nn.Dropout(0.5)", "return self.fc2(self.drop(F.relu(self.fc1(x))))"))
    config = TrainConfig(key, "tiny", epochs=1, batch_size=16, threads=1)
    *_, alone = Training(tiny(), config)
    training, stopped = Training(tiny(), config), threading.Event()

    def open_again_and_again() -> None:
        while not stopped.is_set():
            Inspector.from_state(alone.state)

    other = threading.Thread(target=open_again_and_again)
    other.start()
    *_, end = training
    stopped.set()
    other.join()
    assert all(torch.equal(tensor, end.state.tensors[name]) for name, tensor in alone.state.tensors.items())


def test_ours_is_read_without_a_second_copy() -> None:
    model = build(recipe_for("lenet", GREY))
    state = ModelState(recipe_for("lenet", GREY), dict(model.state_dict()))
    assert reading(state).conv1.weight.data_ptr() == model.conv1.weight.data_ptr()
    assert from_state(state).conv1.weight.data_ptr() != model.conv1.weight.data_ptr()


@pytest.mark.parametrize("kind", [torch.int64, torch.bool, torch.uint8])
def test_whole_numbers_in_place_of_weights_are_refused(kind: torch.dtype, tmp_path: Path) -> None:
    tensors = build(recipe_for("lenet", GREY)).state_dict()
    tensors["fc1.bias"] = torch.ones(50, dtype=kind)
    torch.save(tensors, tmp_path / "whole.pt")
    with pytest.raises(UserError, match=r"fc1\.bias does not hold ordinary floating-point numbers"):
        load_weights(tmp_path / "whole.pt", "lenet")


ALONE = {
    "maps of one pixel": (nn.Sequential(nn.Conv2d(1, 4, 28), nn.BatchNorm2d(4), nn.Flatten(), nn.Linear(4, 10)), True),
    "flat values": (nn.Sequential(nn.Flatten(), nn.BatchNorm1d(784), nn.Linear(784, 10)), True),
    "larger maps": (nn.Sequential(nn.Conv2d(1, 4, 27), nn.BatchNorm2d(4), nn.Flatten(), nn.Linear(16, 10)), False),
    "a sequence": (
        nn.Sequential(nn.Flatten(2), nn.BatchNorm1d(1), nn.Flatten(), nn.Linear(784, 10)),
        False,
    ),
    "no statistics": (
        nn.Sequential(
            nn.Conv2d(1, 4, 28), nn.BatchNorm2d(4, track_running_stats=False), nn.Flatten(), nn.Linear(4, 10)
        ),
        True,
    ),
    "frozen in evaluation": (None, False),
}
FROZEN = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.bn, self.fc = nn.BatchNorm1d(784), nn.Linear(784, 10)

    def train(self, mode=True):
        super().train(mode)
        self.bn.eval()
        return self

    def forward(self, x):
        return self.fc(self.bn(x.flatten(1)))
"""


@pytest.mark.parametrize(("model", "fails"), ALONE.values(), ids=ALONE.keys())
def test_a_last_batch_of_one_image_is_refused_where_batch_normalisation_fails_on_it(
    model: nn.Module | None, fails: bool, tmp_path: Path
) -> None:
    code = FROZEN if model is None else "Net = None\n"
    if model is not None:
        torch.save(model, tmp_path / "model.pt")
        code = (
            "class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
            f"        self.all = torch.load({str(tmp_path / 'model.pt')!r}, weights_only=False)\n"
            "    def forward(self, x):\n        return self.all(x)\n"
        )
    key = own_model(tmp_path, code)
    for size, alone in ((11, True), (1, True), (12, False)):  # 144 = 13·11 + 1
        config = TrainConfig(key, "tiny", epochs=1, batch_size=size, threads=1)
        if not (fails and alone):
            Training(tiny(), config)
            continue
        with pytest.raises(UserError, match=r"The last of the batches of .* would have one image") as refused:
            Training(tiny(), config)
        assert refused.value.field == "batch_size"


UNSTORABLE = {
    "an extra state": (
        net("self.scale = 1.0", USUAL) + "\n    def get_extra_state(self): return {'calls': 1}\n",
        "_extra_state of Net",
    ),
    "complex weights": (
        net("self.scale = nn.Parameter(torch.ones(8, dtype=torch.cfloat))", USUAL.replace("scale", "scale.real")),
        "scale of Net (net.py) holds numbers of the kind complex64",
    ),
    "a lazy layer without numbers": (
        net("self.never = nn.LazyLinear(10)", "return self.fc2(self.fc1(x))"),
        "never of Net is a lazy layer that no image goes through, so it has no weights: leave it out.",
    ),
    "a lazy layer behind one that does not fit": (
        net("self.fc1, self.bn = nn.Linear(5, 8), nn.LazyBatchNorm1d()", "return self.fc2(self.bn(self.fc1(x)))"),
        "fc1 of Net does not fit: it expects 5, but gets 784.",
    ),
}


@pytest.mark.parametrize(("source", "words"), UNSTORABLE.values(), ids=UNSTORABLE.keys())
def test_what_no_run_could_store_is_refused_before_the_training(source: str, words: str, tmp_path: Path) -> None:
    key = own_model(tmp_path, source)
    with pytest.raises(UserError) as refused:
        Training(tiny(), TrainConfig(key, "tiny", epochs=1, batch_size=16, threads=1))
    assert words in str(refused.value)
