"""Weights come back to the last bit with all that belongs to them, or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import safetensors.torch
import torch

from cnnviewer.core.errors import UserError
from cnnviewer.core.models import weights
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import build
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import bundled, load_weights, save_weights
from tests.core.models.sample_weights import LENET, PROVENANCE, corrupt, loaded_or_refused, refusal, same, state_of


@pytest.fixture
def state() -> ModelState:
    return state_of(LENET)


@pytest.mark.parametrize(
    "recipe",
    [
        LENET,
        ModelRecipe("simplecnn", (3, 32, 32), ("비행기", 'a "b" {c}'), (0.5,) * 3, (0.5,) * 3, "folder:/x y"),
        ModelRecipe("simplecnn", (2, 9, 20), tuple("abc"), (0.1, 0.2), (0.3, 0.4)),
    ],
    ids=["lenet", "unusual names", "unusual shape"],
)
def test_what_is_saved_comes_back_with_its_recipe_and_provenance(recipe: ModelRecipe, tmp_path: Path) -> None:
    state = state_of(recipe)
    save_weights(tmp_path / "w.safetensors", state)
    loaded = load_weights(tmp_path / "w.safetensors")
    assert same(loaded, state)
    assert loaded.recipe == recipe
    assert loaded.provenance == PROVENANCE


def test_channels_last_weights_are_saved_as_the_same_numbers(tmp_path: Path) -> None:
    model = build(LENET).to(memory_format=torch.channels_last)
    state = ModelState(LENET, model.state_dict())
    save_weights(tmp_path / "w.safetensors", state)
    loaded = load_weights(tmp_path / "w.safetensors")
    assert all(torch.equal(loaded.tensors[n], state.tensors[n]) for n in state.tensors)
    assert loaded.tensors["conv2.weight"].is_contiguous()


def test_half_precision_halves_the_file_and_comes_back_as_float32(state: ModelState, tmp_path: Path) -> None:
    save_weights(tmp_path / "half.safetensors", state, half=True)
    save_weights(tmp_path / "full.safetensors", state)
    loaded = load_weights(tmp_path / "half.safetensors")
    for name, tensor in state.tensors.items():
        assert loaded.tensors[name].dtype == torch.float32
        assert torch.equal(loaded.tensors[name], tensor.half().float())
    assert (tmp_path / "half.safetensors").stat().st_size < 0.55 * (tmp_path / "full.safetensors").stat().st_size
    with safetensors.safe_open(tmp_path / "half.safetensors", "pt") as file:
        assert file.metadata()["precision"] == "float16"


def test_the_file_can_be_read_by_safetensors_alone(state: ModelState, tmp_path: Path) -> None:
    save_weights(tmp_path / "w.safetensors", state)
    tensors = safetensors.torch.load_file(tmp_path / "w.safetensors")
    assert all(torch.equal(tensors[name], state.tensors[name]) for name in state.tensors)


def test_saving_elsewhere_than_safetensors_is_refused(state: ModelState, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"w\.pt was not written: .*\.safetensors"):
        save_weights(tmp_path / "w.pt", state)
    assert not list(tmp_path.iterdir())


def test_weights_that_are_not_finite_are_not_saved(state: ModelState, tmp_path: Path) -> None:
    broken = ModelState(LENET, {**state.tensors, "fc1.bias": torch.full((50,), torch.nan)})
    with pytest.raises(UserError, match=r"fc1\.bias"):
        save_weights(tmp_path / "w.safetensors", broken)


def test_a_missing_folder_gives_an_error_message(state: ModelState, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        save_weights(tmp_path / "none" / "w.safetensors", state)


def test_weights_of_another_model_than_asked_for_are_refused(state: ModelState, tmp_path: Path) -> None:
    save_weights(tmp_path / "w.safetensors", state)
    assert load_weights(tmp_path / "w.safetensors", "lenet").recipe.model == "lenet"
    assert "LeNet, not of SimpleCNN" in refusal(tmp_path / "w.safetensors", "simplecnn")


def test_the_bundled_weights_are_those_of_the_model(
    state: ModelState, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "resource", lambda *parts: tmp_path.joinpath(*parts))
    (tmp_path / "weights").mkdir()
    save_weights(tmp_path / "weights" / "lenet.safetensors", state)
    assert same(bundled("lenet"), state)
    with pytest.raises(UserError, match=r"simplecnn\.safetensors does not exist"):
        bundled("simplecnn")
    with pytest.raises(UserError, match="no model called"):
        bundled("resnet50")
    with pytest.raises(UserError, match="No weights of AlexNet come with the program"):
        bundled("alexnet")


@pytest.mark.parametrize("seed", range(400))
def test_a_damaged_file_of_ours_is_refused_or_holds_exactly_its_weights(
    seed: int, tmp_path: Path, small: tuple[ModelState, bytes]
) -> None:
    state, data = small
    damaged = corrupt(data, seed)
    path = tmp_path / "w.safetensors"
    path.write_bytes(damaged)
    loaded = loaded_or_refused(path)
    if loaded is not None:
        assert same(loaded, state)
        assert loaded.recipe == state.recipe
        assert dict(loaded.provenance) == dict(state.provenance)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[ModelState, bytes]:
    path = tmp_path_factory.mktemp("small") / "w.safetensors"
    state = state_of(LENET)
    save_weights(path, state)
    return state, path.read_bytes()


def test_a_changed_digit_of_the_accuracy_is_noticed(state: ModelState, tmp_path: Path) -> None:
    path = tmp_path / "w.safetensors"
    save_weights(path, state)
    path.write_bytes(path.read_bytes().replace(b"0.9923", b"0.9993"))
    assert "damaged" in refusal(path)


def test_a_newer_version_says_so(state: ModelState, tmp_path: Path) -> None:
    path = tmp_path / "w.safetensors"
    path.write_bytes(safetensors.torch.save(dict(state.tensors), {"format": weights.FORMAT, "version": "7"}))
    assert "newer version" in refusal(path)


RECIPE = {
    "model": "lenet",
    "input_shape": [1, 28, 28],
    "classes": list("0123456789"),
    "mean": [0.1],
    "std": [0.3],
    "dataset": "",
}


@pytest.mark.parametrize(
    "change",
    [
        {"model": "rm -rf"},
        {"model": ["lenet"]},
        {"input_shape": [1, 28]},
        {"input_shape": [1, 10**9, 10**9]},
        {"input_shape": [1, 3, 3]},
        {"input_shape": [1, -28, 28]},
        {"input_shape": [1, 28.0, True]},
        {"classes": []},
        {"classes": [1, 2]},
        {"classes": "012345678"},
        {"std": [0.0]},
        {"mean": [float("nan")]},
        {"mean": ["x"]},
        {"mean": None},
        {"dataset": None},
    ],
    ids=str,
)
def test_a_hostile_recipe_with_a_right_checksum_is_refused(
    change: dict[str, Any], state: ModelState, tmp_path: Path
) -> None:
    metadata = {"format": weights.FORMAT, "version": "1", "precision": "float32", "provenance": "{}"}
    metadata["recipe"] = json.dumps(RECIPE | change)
    metadata["sha256"] = weights._checksum(state.tensors, metadata)
    path = tmp_path / "w.safetensors"
    path.write_bytes(safetensors.torch.save(dict(state.tensors), metadata))
    refusal(path)
