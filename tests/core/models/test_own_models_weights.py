"""Bare weights of the user's own model: what images they read, found by running it, and its outputs kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.key import ModelKey
from cnnviewer.core.models.normalisation import as_asked, for_data
from cnnviewer.core.models.own.own_file import set_reads
from cnnviewer.core.models.recipe import ReadAs
from cnnviewer.core.models.recognising import larger_input
from cnnviewer.core.models.registry import build, from_state, recipe_for
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import load_weights, save_weights
from cnnviewer.core.training.check import check
from cnnviewer.core.training.config import TrainConfig
from tests.core.models.own_models import own
from tests.small_data import COLOUR, GREY, tiny

WIDE = DataInfo("folder:/wide", "wide", (3, 20, 48), tuple("0123456789"), (0.1, 0.2, 0.3), (0.4, 0.5, 0.6))


def opened(kind: str, folder: Path, info: DataInfo | None = None) -> ModelState:
    key, model = own(kind, folder)
    torch.save(model.state_dict(), folder / "w.pt")
    return load_weights(folder / "w.pt", key, info)


@pytest.mark.parametrize(
    ("kind", "shape", "classes"),
    [
        ("no convolution", (1, 28, 28), 10),
        ("no linear layer", (1, 32, 32), 10),
        ("classifier declared first", (3, 32, 32), 10),
        ("a 3x3 part that is no image's", (1, 28, 28), 7),
        ("transformer for 224 pixels", (3, 224, 224), 5),
        ("no parameters follow anything", (3, 32, 32), 4),
        ("numbers of its own", (3, 32, 32), 4),
    ],
)
def test_bare_weights_open_with_a_size_that_the_model_runs_on(
    kind: str, shape: tuple[int, int, int], classes: int, tmp_path: Path
) -> None:
    _key, model = own(kind, tmp_path)
    state = opened(kind, tmp_path)
    assert (state.recipe.input_shape, len(state.recipe.classes), state.read_as) == (shape, classes, "model")
    images = torch.rand(3, *shape)
    with torch.no_grad():
        assert torch.equal(from_state(state)(images), model(images))
    assert Inspector.from_state(state).architecture.layers[0].shape == shape


def test_more_classes_and_channels_are_read_off_whatever_is_declared_first(tmp_path: Path) -> None:
    key, _ = own("classifier declared first", tmp_path)
    weights = {
        "head.weight": torch.zeros(23, 8),
        "head.bias": torch.zeros(23),
        "hidden.weight": torch.zeros(8, 6),
        "hidden.bias": torch.zeros(8),
        "stem.weight": torch.zeros(6, 1, 3, 3),
        "stem.bias": torch.zeros(6),
    }
    torch.save(weights, tmp_path / "w.pt")
    recipe = load_weights(tmp_path / "w.pt", key).recipe
    assert (recipe.input_shape, len(recipe.classes)) == ((1, 32, 32), 23)


@pytest.mark.parametrize(
    ("kind", "info", "shape", "by"),
    [
        pytest.param("plain", COLOUR, COLOUR.shape, "dataset", id="the data set's where the model runs on its images"),
        pytest.param("plain", WIDE, WIDE.shape, "dataset", id="whatever their size"),
        pytest.param("plain", GREY, (3, 32, 32), "model", id="the model's where it has other channels"),
        pytest.param("transformer for 224 pixels", COLOUR, (3, 224, 224), "model", id="where it takes another size"),
    ],
)
def test_the_data_set_on_the_screen_decides_where_the_model_runs_on_its_images(
    kind: str, info: DataInfo, shape: tuple[int, int, int], by: ReadAs, tmp_path: Path
) -> None:
    state = opened(kind, tmp_path, info)
    assert (state.recipe.input_shape, state.read_as) == (shape, by)
    if by == "dataset":
        assert (state.recipe.mean, state.recipe.std, state.recipe.classes) == (info.mean, info.std, info.classes)


def test_another_data_set_decides_again(tmp_path: Path) -> None:
    state = opened("plain", tmp_path, COLOUR)
    other = for_data(state, WIDE)
    assert (other.recipe.input_shape, other.recipe.mean, other.recipe.std) == (WIDE.shape, WIDE.mean, WIDE.std)
    assert for_data(other, GREY) is other
    save_weights(tmp_path / "own.safetensors", other)
    assert for_data(load_weights(tmp_path / "own.safetensors"), COLOUR).recipe == other.recipe


def test_a_user_has_the_last_word(tmp_path: Path) -> None:
    state = as_asked(opened("plain", tmp_path), (64, 48), (0.1,), (0.2, 0.3, 0.4))
    assert state.recipe.input_shape == (3, 64, 48)
    assert (state.recipe.mean, state.recipe.std) == ((0.1,) * 3, (0.2, 0.3, 0.4))
    read = for_data(state, COLOUR)
    assert read.recipe == replace(state.recipe, classes=COLOUR.classes), "the data set names the classes, nothing else"


@pytest.mark.parametrize(
    ("kind", "asked", "words"),
    [
        ("transformer for 224 pixels", {"size": (32, 32)}, "cannot run on images of 32×32"),
        ("plain", {"size": (0, 32)}, "cannot run on images of 0×32"),
        ("plain", {"size": (5000, 5000)}, "cannot run on images of 5000×5000"),
        ("plain", {"std": (0.0,)}, "0 cannot be the standard deviation"),
        ("plain", {"mean": (0.1, 0.2)}, "0.1, 0.2 cannot be the mean"),
        ("plain", {"mean": (float("nan"),)}, "nan cannot be the mean"),
    ],
)
def test_what_cannot_be_is_refused(kind: str, asked: dict[str, tuple[int, int]], words: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=words):
        as_asked(opened(kind, tmp_path), **asked)  # type: ignore[arg-type]


def test_a_size_that_nobody_would_try_can_be_said(tmp_path: Path) -> None:
    key, model = own("a 3x3 part that is no image's", tmp_path)
    model.fc = torch.nn.Linear(8 * 6 * 26, 7)
    source = tmp_path / "wide.py"
    source.write_text((tmp_path / "a_3x3_part_that_is_no_image's.py").read_text().replace("24 * 24", "6 * 26"))
    from cnnviewer.core.models.own.own_file import agree

    key = agree(source, "Net")
    torch.save(model.state_dict(), tmp_path / "w.pt")
    with pytest.raises(UserError, match="say the size"):
        load_weights(tmp_path / "w.pt", key)
    state = load_weights(tmp_path / "w.pt", key, size=(10, 30))
    assert state.recipe.input_shape == (1, 10, 30)


def test_weights_that_lack_the_counters_of_batch_normalisation_load(tmp_path: Path) -> None:
    key, model = own("plain", tmp_path)
    weights = {name: value for name, value in model.state_dict().items() if "num_batches" not in name}
    torch.save(weights, tmp_path / "w.pt")
    state = load_weights(tmp_path / "w.pt", key)
    assert (state.provenance["loaded"], len(state.tensors)) == (8, 9)
    torch.save({**weights, "bn1.num_batches_tracked": torch.tensor(3, dtype=torch.int32)}, tmp_path / "w.pt")
    assert load_weights(tmp_path / "w.pt", key).tensors["bn1.num_batches_tracked"].dtype == torch.int64
    images = torch.rand(2, 3, 32, 32)
    with torch.no_grad():
        assert torch.equal(from_state(state)(images), model(images))
    assert replace(state, read_as="weights").recipe == state.recipe


def test_a_class_that_asks_for_the_version_of_its_weights_gets_it(tmp_path: Path) -> None:
    """torchvision's MNASNet refuses weights of no version."""
    (tmp_path / "net.py").write_text(
        "from torch import nn\n\n\nclass Net(nn.Sequential):\n    _version = 2\n\n    def __init__(self):\n"
        "        super().__init__(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Flatten(), nn.Linear(3600, 10))\n\n"
        "    def _load_from_state_dict(self, state_dict, prefix, metadata, *rest):\n"
        "        if metadata.get('version') != 2:\n            raise ValueError('version?')\n"
        "        super()._load_from_state_dict(state_dict, prefix, metadata, *rest)\n"
    )
    from cnnviewer.core.models.own.own_file import agree

    key = agree(tmp_path / "net.py", "Net")
    model = build(recipe_for(key, COLOUR))
    weights = {name: value for name, value in model.state_dict().items() if "num_batches" not in name}
    torch.save(weights, tmp_path / "w.pt")
    state = load_weights(tmp_path / "w.pt", key)
    with torch.no_grad():
        images = torch.rand(2, 3, 32, 32)
        assert torch.equal(from_state(state)(images), model.eval()(images))
    assert Inspector.from_state(state).architecture.layers


def test_a_model_that_reads_larger_images_than_any_data_set_is_recognised_by_running_it(tmp_path: Path) -> None:
    key, _ = own("transformer for 224 pixels", tmp_path)
    assert larger_input(key, (1, 28, 28), 10) == ((3, 224, 224), 5)
    assert larger_input(key, (3, 224, 224), 5) is None  # it reads these
    key, _ = own("plain", tmp_path)
    assert larger_input(key, COLOUR.shape, 7) is None  # it runs on such images: only the number of classes is wrong
    key, _ = own("a 3x3 part that is no image's", tmp_path)
    assert larger_input(key, COLOUR.shape, 7) is None  # no size above 64 pixels fits


def test_a_model_that_reads_larger_images_only_is_built_for_these_whatever_the_data_set_has(tmp_path: Path) -> None:
    key, _ = own("transformer for 224 pixels", tmp_path)
    set_reads(key, (3, 224, 224), 5)
    recipe = recipe_for(key, GREY)
    assert (recipe.input_shape, len(recipe.classes), len(recipe.mean)) == ((3, 224, 224), 5, 3)
    with pytest.raises(UserError, match="reads images of 3×224×224"):
        check(TrainConfig(key, GREY.key, epochs=1), tiny(GREY))


def test_weights_of_a_model_whose_file_has_moved_are_those_of_the_file_named_now(tmp_path: Path) -> None:
    from cnnviewer.core.models.own.own_file import _agreed, agree

    (tmp_path / "before").mkdir()
    key, model = own("plain", tmp_path / "before")
    saved = ModelState(recipe_for(key, COLOUR), dict(model.state_dict()))
    save_weights(tmp_path / "w.safetensors", saved)
    (tmp_path / "before").rename(tmp_path / "now")
    del _agreed[key]  # as in another process
    moved = agree(tmp_path / "now" / Path(ModelKey.parse(key).path).name, "Net")
    state = load_weights(tmp_path / "w.safetensors", moved)
    assert state.recipe.model == moved
    with torch.no_grad():
        images = torch.rand(2, 3, 32, 32)
        assert torch.equal(from_state(state)(images), model.eval()(images))
    with pytest.raises(UserError, match="Net is a model of your own: open"):
        load_weights(tmp_path / "w.safetensors")
    (tmp_path / "before").mkdir()
    Path(ModelKey.parse(key).path).write_text("# another Net\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"holds the weights of .*before.*not of .*now"):
        load_weights(tmp_path / "w.safetensors", moved)
