"""AlexNet, VGG and ResNet-18 are torchvision's, weight for weight; the small variants train; designs and own files are models."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn

from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.large import IMAGENET_CLASSES, IMAGENET_MEAN, imagenet_classes
from cnnviewer.core.models.own import own_file
from cnnviewer.core.models.own.fit import check_fit
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import MODELS, build, reading, recipe_for, spec
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import load_weights, save_weights
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import Finished
from cnnviewer.core.training.loop import Training
from tests.small_data import COLOUR, GREY, tiny

DESIGN = "design:conv 8 k3 p1, batchnorm, relu, maxpool 2, flatten, linear classes"


@pytest.mark.parametrize("key", ["alexnet", "vgg16", "vgg19", "resnet18"])
def test_a_large_model_is_torchvisions(key: str) -> None:
    import torchvision

    with torch.device("meta"):
        theirs = getattr(torchvision.models, key)(num_classes=7).state_dict()
        ours = MODELS[key].build((3, 224, 224), 7).state_dict()
    assert list(ours) == list(theirs)
    assert [tensor.shape for tensor in ours.values()] == [tensor.shape for tensor in theirs.values()]


@pytest.mark.parametrize("key", ["alexnet", "resnet18"])
def test_the_same_seed_gives_torchvisions_weights_and_outputs(key: str) -> None:
    import torchvision

    torch.manual_seed(1)
    theirs = getattr(torchvision.models, key)(num_classes=10).eval()
    torch.manual_seed(1)
    ours = MODELS[key].build((3, 224, 224), 10).eval()
    assert all(torch.equal(a, b) for a, b in zip(ours.state_dict().values(), theirs.state_dict().values(), strict=True))
    x = torch.rand(2, 3, 96, 128)  # any image size
    with torch.inference_mode():
        assert torch.equal(ours(x), theirs(x))


def test_imagenets_classes_are_torchvisions() -> None:
    from torchvision.models import VGG16_Weights

    weights = VGG16_Weights.IMAGENET1K_V1
    assert imagenet_classes() == tuple(weights.meta["categories"])
    assert tuple(weights.transforms().mean) == IMAGENET_MEAN


def test_shapes_alone_are_had_without_a_compiler() -> None:
    """Drawing numbers for a tensor without memory would import one: 150 MB and a second."""
    import subprocess
    import sys

    code = (
        "import sys, torch; from cnnviewer.core.models.registry import MODELS\n"
        "with torch.device('meta'):\n"
        "    for entry in MODELS.values(): entry.build(entry.info.input_shape, 10)\n"
        "assert 'torch._dynamo' not in sys.modules and 'torchvision' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("key", "shape", "words"),
    [
        ("alexnet", (3, 62, 224), "at least 63×63"),
        ("vgg16", (3, 31, 64), "at least 32×32"),
        ("vgg19", (1, 224, 224), "reads colour images"),
        ("alexnet32", (3, 14, 32), "at least 15×15"),
        ("vgg32", (3, 7, 7), "at least 8×8"),
        ("resnet32", (3, 7, 8), "at least 8×8"),
        ("resnet18", (3, 31, 31), "at least 32×32"),
    ],
)
def test_images_that_a_model_cannot_read_are_refused_in_a_sentence(
    key: str, shape: tuple[int, int, int], words: str
) -> None:
    with pytest.raises(UserError, match=words):
        MODELS[key].build(shape, 10)


@pytest.mark.parametrize(
    ("key", "shape"),
    [
        ("alexnet32", (3, 15, 17)),
        ("vgg32", (1, 8, 9)),
        ("vgg32", (3, 32, 32)),
        ("resnet32", (1, 8, 9)),
        ("alexnet", (3, 63, 63)),
        ("resnet18", (3, 32, 33)),
    ],
)
def test_input_and_output_follow_the_data(key: str, shape: tuple[int, int, int]) -> None:
    assert MODELS[key].build(shape, 3).eval()(torch.rand(2, *shape)).shape == (2, 3)


@pytest.mark.parametrize("model", ["alexnet32", "vgg32", "resnet32", DESIGN])
def test_alexnet_vgg_resnet_and_a_design_learn_the_tiny_set(model: str) -> None:
    config = TrainConfig(model, "tiny", epochs=3, batch_size=16, learning_rate=0.01, momentum=0.9, dropout=0.0)
    *_, last = Training(tiny(COLOUR, train=320), config)
    assert isinstance(last, Finished)
    assert last.test.accuracy > 0.5  # chance is 0.1
    assert last.state.recipe.model == spec(model).info.key


def test_a_model_that_resizes_keeps_its_own_input() -> None:
    recipe = recipe_for("vgg16", COLOUR)
    assert (recipe.input_shape, recipe.mean, len(recipe.classes)) == ((3, 224, 224), IMAGENET_MEAN, 10)
    photographs = DataInfo("npz:x", "X", (3, 224, 224), ("a", "b"), (0.5,) * 3, (0.2,) * 3)
    assert recipe_for("vgg16", photographs).mean == (0.5,) * 3


def test_a_model_that_resizes_is_not_trained_on_small_images() -> None:
    with pytest.raises(UserError, match=r"VGG16 reads images of 3×224×224.*train a variant for small images"):
        Training(tiny(COLOUR), TrainConfig("vgg16", "tiny", batch_size=8))


def test_a_model_for_looking_inside_shares_the_weights() -> None:
    recipe = recipe_for("vgg32", COLOUR)
    state = ModelState(recipe, build(recipe).state_dict())
    model = reading(state)
    assert not model.training
    for name, parameter in model.named_parameters():
        assert parameter.data_ptr() == state.tensors[name].data_ptr()
        assert not parameter.requires_grad


def test_a_scripts_weights_of_a_large_model_are_recognised(tmp_path: Path) -> None:
    model = MODELS["alexnet"].build((3, 224, 224), 4)
    torch.save(model.state_dict(), tmp_path / "alexnet.pth")  # 220 MB: read by name, not first as a whole
    state = load_weights(tmp_path / "alexnet.pth")
    assert (state.recipe.model, len(state.recipe.classes), state.recipe.mean) == ("alexnet", 4, IMAGENET_MEAN)
    assert all(torch.equal(state.tensors[name], tensor) for name, tensor in model.state_dict().items())


def test_a_large_file_that_is_damaged_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "big.pth"
    torch.save({"x": torch.zeros(20_000_000)}, file)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with pytest.raises(UserError, match="damaged"):
        load_weights(file)


def test_weights_of_a_thousand_classes_have_their_names() -> None:
    from cnnviewer.core.models.recognising import _recipe

    recipe = _recipe(spec("vgg16"), (3, 224, 224), IMAGENET_CLASSES)
    assert recipe.classes[0] == "tench"


# designs


def test_a_designs_weights_file_holds_the_design(tmp_path: Path) -> None:
    recipe = recipe_for(DESIGN, GREY)
    model = build(recipe)
    model(torch.rand(4, 1, 28, 28))
    state = ModelState(recipe, {name: tensor.clone() for name, tensor in model.state_dict().items()}, {"seed": 1})
    save_weights(tmp_path / "w.safetensors", state)
    loaded = load_weights(tmp_path / "w.safetensors")
    assert loaded.recipe == recipe
    assert loaded.tensors["bn1.num_batches_tracked"].dtype == torch.int64
    assert all(torch.equal(loaded.tensors[name], tensor) for name, tensor in state.tensors.items())


def test_a_damaged_design_gives_an_error_message() -> None:
    with pytest.raises(UserError):
        spec("design:conv banana")


# the user's own file

OWN = """
import torch
from torch import nn

ran = open({marker!r}, "w").close()

class Helper:
    pass

class Net(nn.Module):
    def __init__(self, num_classes, in_channels=3):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, 4, 3, padding=1)
        self.fc = nn.Linear({features}, num_classes)

    def forward(self, x):
        return self.fc(torch.relu(self.conv(x)).flatten(1))
"""


def own(folder: Path, features: int = 4 * 28 * 28) -> tuple[Path, Path]:
    marker = folder / "ran"
    file = folder / "net.py"
    file.write_text(OWN.format(marker=str(marker), features=features), encoding="utf-8")
    return file, marker


def test_looking_at_a_file_runs_nothing(tmp_path: Path) -> None:
    file, marker = own(tmp_path)
    assert own_file.look(file) == ("Net",)
    assert not marker.exists()


def test_without_a_yes_its_key_is_refused(tmp_path: Path) -> None:
    file, marker = own(tmp_path)
    with pytest.raises(UserError, match=r"open net\.py first"):
        spec(f"file:{file}::Net")
    assert not marker.exists()


def test_after_a_yes_it_is_a_model_like_the_others(tmp_path: Path) -> None:
    file, marker = own(tmp_path)
    key = own_file.agree(file, "Net")
    assert marker.exists()
    assert spec(key).info.title == "Net (net.py)"
    *_, last = Training(tiny(GREY), TrainConfig(key, "tiny", epochs=1, batch_size=16))
    assert isinstance(last, Finished)


def test_a_layer_that_does_not_fit_is_named_with_both_shapes(tmp_path: Path) -> None:
    file, _ = own(tmp_path, features=100)
    key = own_file.agree(file, "Net")
    with pytest.raises(UserError, match=r"fc of Net does not fit: it expects 100, but gets 3136"):
        spec(key).build((1, 28, 28), 10)


@pytest.mark.parametrize(
    ("layers", "calls", "words"),
    [
        ("nn.Conv2d(3, 4, 3)", "self.layer(x)", "layer of Net does not fit: it expects 3×H×W, but gets 1×28×28"),
        ("nn.Conv2d(1, 4, 31)", "self.layer(x)", "it expects 1×H×W, H ≥ 31, W ≥ 31, but gets 1×28×28"),
        ("nn.MaxPool2d(30)", "self.layer(x)", "it expects C×H×W, H ≥ 30, W ≥ 30, but gets 1×28×28"),
        ("nn.Conv2d(1, 4, 5)", "self.layer(x).view(-1, 100)", "fails behind layer, which gives 4×24×24: shape"),
        ("nn.Conv2d(1, 4, 9)", "self.layer(x).view(-1, 10)", "gives 320×10 numbers for 2 images, expected are 2×10"),
    ],
    ids=["channels", "kernel", "window", "behind a layer", "images mixed"],
)
def test_what_does_not_fit_is_one_sentence_with_the_place_and_the_shapes(layers: str, calls: str, words: str) -> None:
    space: dict[str, type[nn.Module]] = {"nn": nn}  # type: ignore[dict-item]
    body = f"  def __init__(self):\n    super().__init__()\n    self.layer = {layers}\n  def forward(self, x): return {calls}"
    exec(f"class Net(nn.Module):\n{body}", space)
    with pytest.raises(UserError) as refused:
        check_fit(space["Net"](), "Net", (1, 28, 28), 10)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = 1", "no class derived from"),
        ("class Net(:", "line 1"),
        ("import torch\nclass Net(torch.nn.Module):\n  def forward(self, x): return x", "for an image"),
        ("from torch import nn\nclass Net(nn.Module):\n  def __init__(self, depth): super().__init__()", "wants depth"),
        ("from torch import nn\nraise SystemExit\nclass Net(nn.Module): pass", r"ends the program in line 2"),
        ("from torch import nn\nclass Net(nn.Module):\n  def __init__(self): 1/0", "division by zero"),
    ],
    ids=["no class", "no Python", "no classifier", "argument", "exits", "raises"],
)
def test_a_file_that_cannot_be_used_says_why(text: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "net.py"
    file.write_text(text, encoding="utf-8")

    def use() -> None:
        own_file.look(file)
        spec(own_file.agree(file, "Net")).build((1, 28, 28), 10)

    with pytest.raises(UserError, match=words):
        use()


def test_a_recipe_of_a_model_that_is_not_there_is_refused() -> None:
    with pytest.raises(UserError):
        build(ModelRecipe("file:/nowhere.py::Net", (1, 28, 28), ("a", "b"), (0.5,), (0.5,)))


def test_min_pooling_is_the_smallest_value_of_each_window() -> None:
    from cnnviewer.core.models.pooling import MinPool2d

    x = torch.randn(2, 3, 8, 9)
    windows = nn.functional.unfold(x.reshape(6, 1, 8, 9), 2, stride=2).min(1).values
    assert torch.equal(MinPool2d(2)(x).reshape(6, -1), windows)


def test_a_last_batch_of_one_image_is_refused_where_batch_normalisation_has_nothing_to_average() -> None:
    model = "design:flatten, linear 8, batchnorm, linear classes"
    with pytest.raises(UserError, match="choose another batch size"):
        Training(tiny(GREY), TrainConfig(model, "tiny", batch_size=11, validation_fraction=0.1))  # 144 = 13·11 + 1
    Training(tiny(GREY), TrainConfig(model, "tiny", batch_size=12, validation_fraction=0.1))


@pytest.mark.parametrize(
    ("forward", "words"),
    [
        ("self.layer(x).view(64, 3)", "'[64, 3]' is invalid for input of size 4608 (line 6 of net.py)"),
        ("{}[x.ndim]", "4 (line 6 of net.py)"),
        ("self.layer(x.double())", "(line 6 of net.py)"),
    ],
    ids=["size", "key", "kind of number"],
)
def test_an_error_of_forward_is_reported_with_its_line_when_the_model_is_opened(
    forward: str, words: str, tmp_path: Path
) -> None:
    file = tmp_path / "net.py"
    body = "  def __init__(self):\n    super().__init__()\n    self.layer = nn.Conv2d(1, 4, 5)\n"
    file.write_text(
        f"from torch import nn\nclass Net(nn.Module):\n{body}  def forward(self, x): return {forward}\n",
        encoding="utf-8",
    )
    with pytest.raises(UserError) as refused:
        spec(own_file.agree(file, "Net")).build((1, 28, 28), 10)
    assert words in str(refused.value)
