"""Weights come back to the last bit, and what a stranger hands in does no harm."""

from __future__ import annotations

import collections
import hashlib
import json
import os
import pickle
import struct
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.torch
import torch
from torch import nn

from cnnviewer.core.errors import UserError
from cnnviewer.core.models import weights
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import MODELS, build, from_state
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import bundled, load_weights, save_weights

LENET = ModelRecipe("lenet", (1, 28, 28), tuple("0123456789"), (0.1307,), (0.3081,), "mnist")
PROVENANCE = {"seed": 1, "accuracy": 0.9923, "command": "cnnviewer train --model lenet"}


def state_of(recipe: ModelRecipe) -> ModelState:
    tensors = {name: tensor.detach().clone() for name, tensor in build(recipe).state_dict().items()}
    return ModelState(recipe, tensors, PROVENANCE)


@pytest.fixture
def state() -> ModelState:
    return state_of(LENET)


def same(a: ModelState, b: ModelState) -> bool:
    return list(a.tensors) == list(b.tensors) and all(
        torch.equal(a.tensors[n].view(torch.int32), b.tensors[n].view(torch.int32)) for n in a.tensors
    )


def refusal(path: Path, model: str | None = None) -> str:
    """The one sentence with which the file is refused."""
    with pytest.raises(UserError) as caught:
        load_weights(path, model)
    sentence = str(caught.value)
    assert path.name in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert len(sentence) < 300
    return sentence


def loaded_or_refused(path: Path, model: str | None = None) -> ModelState | None:
    """The weights, or None for a refusal; whatever else happens fails the test."""
    try:
        return load_weights(path, model)
    except UserError:
        return None


# --- our own format


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


def test_a_missing_folder_is_a_sentence(state: ModelState, tmp_path: Path) -> None:
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


def corrupt(data: bytes, seed: int) -> bytes:
    """Changed, cut, doubled, shifted: half of the changes in the first 2 kB, where headers and directories are."""
    rng = np.random.default_rng(seed)
    damaged = bytearray(data)
    for _ in range(int(rng.integers(1, 5))):
        end = min(2048, len(damaged)) if rng.random() < 0.5 else len(damaged)
        at = int(rng.integers(0, max(end, 1)))
        match int(rng.integers(0, 6)):
            case 0 | 1 | 2:
                damaged[at : at + 1] = bytes([int(rng.integers(0, 256))])
            case 3:
                del damaged[at:]
            case 4:
                damaged[at:at] = rng.bytes(int(rng.integers(1, 9)))
            case 5:
                damaged[at : at + 8] = struct.pack("<Q", int(rng.integers(0, 2**63)))
    return bytes(damaged)


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


# --- files of a script


class Course(nn.Module):
    """LeNet as a script writes it."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 10, 5)
        self.conv2 = nn.Conv2d(10, 20, 5)
        self.conv2_drop = nn.Dropout2d()
        self.fc1 = nn.Linear(320, 50)
        self.fc2 = nn.Linear(50, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = nn.functional.relu(nn.functional.max_pool2d(self.conv1(x), 2))
        x = nn.functional.relu(nn.functional.max_pool2d(self.conv2_drop(self.conv2(x)), 2))
        x = nn.functional.relu(self.fc1(x.view(-1, 320)))
        return nn.functional.log_softmax(self.fc2(x), dim=1)


@pytest.mark.parametrize("ending", ["pt", "pth", "safetensors"])
def test_a_scripts_weights_give_the_same_outputs_to_the_last_bit(ending: str, tmp_path: Path) -> None:
    script = Course().eval()
    path = tmp_path / f"w.{ending}"
    if ending == "safetensors":
        safetensors.torch.save_file(script.state_dict(), path)
    else:
        torch.save(script.state_dict(), path)
    loaded = load_weights(path)
    assert loaded.recipe == ModelRecipe("lenet", (1, 28, 28), tuple("0123456789"), (0.1307,), (0.3081,))
    x = torch.randn(7, 1, 28, 28)
    with torch.no_grad():
        assert torch.equal(from_state(loaded)(x), script(x))


WRAPPINGS = {
    "state_dict": lambda s: {"state_dict": s, "epoch": 3},
    "model_state_dict": lambda s: {
        "epoch": 3,
        "model_state_dict": s,
        "optimizer_state_dict": torch.optim.SGD(Course().parameters(), 0.01, momentum=0.9).state_dict(),
    },
    "data parallel": lambda s: {f"module.{k}": v for k, v in s.items()},
    "compiled": lambda s: {f"_orig_mod.{k}": v for k, v in s.items()},
    "compiled, data parallel": lambda s: {f"_orig_mod.module.{k}": v for k, v in s.items()},
    "parameters": lambda s: {k: nn.Parameter(v) for k, v in s.items()},
    "channels last": lambda s: {
        k: v.contiguous(memory_format=torch.channels_last) if v.ndim == 4 else v for k, v in s.items()
    },
}


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_wrapped_weights_are_unwrapped(wrapping: str, state: ModelState, tmp_path: Path) -> None:
    torch.save(WRAPPINGS[wrapping](collections.OrderedDict(state.tensors)), tmp_path / "w.pth")
    assert same(load_weights(tmp_path / "w.pth"), state)


@pytest.mark.parametrize("kind", [torch.float64, torch.float16, torch.bfloat16], ids=str)
def test_other_precisions_become_float32(kind: torch.dtype, state: ModelState, tmp_path: Path) -> None:
    torch.save({k: v.to(kind) for k, v in state.tensors.items()}, tmp_path / "w.pt")
    loaded = load_weights(tmp_path / "w.pt")
    assert all(torch.equal(loaded.tensors[k], v.to(kind).float()) for k, v in state.tensors.items())


@pytest.mark.parametrize(
    ("model", "shape", "classes", "first", "mean"),
    [
        ("lenet", (3, 28, 28), 10, "class 0", (0.1307,) * 3),
        ("lenet", (1, 28, 28), 26, "class 0", (0.1307,)),
        ("simplecnn", (3, 32, 32), 10, "airplane", (0.5,) * 3),
        ("simplecnn", (1, 28, 28), 10, "0", (0.5,)),
        ("simplecnn", (3, 64, 64), 2, "class 0", (0.5,) * 3),
        ("lenet", (1, 20, 20), 3, "class 0", (0.1307,)),
    ],
)
def test_input_and_classes_are_read_off_the_shapes(
    model: str, shape: tuple[int, int, int], classes: int, first: str, mean: tuple[float, ...], tmp_path: Path
) -> None:
    torch.save(MODELS[model].build(shape, classes).state_dict(), tmp_path / "w.pt")
    recipe = load_weights(tmp_path / "w.pt").recipe
    assert (recipe.model, recipe.input_shape, len(recipe.classes)) == (model, shape, classes)
    assert (recipe.classes[0], recipe.mean, recipe.dataset) == (first, mean, "")


def test_a_model_asked_for_that_does_not_fit_is_refused_by_layer_and_shapes(state: ModelState, tmp_path: Path) -> None:
    torch.save(state.tensors, tmp_path / "w.pt")
    sentence = refusal(tmp_path / "w.pt", "simplecnn")
    assert "conv1.weight" in sentence
    assert "10×1×5×5" in sentence
    assert "32×any×3×3" in sentence


CHANGES = {
    "missing": (lambda t: {k: v for k, v in t.items() if k != "fc2.bias"}, "no fc2.bias"),
    "extra": (lambda t: {**t, "fc3.weight": torch.zeros(3)}, "fc3.weight"),
    "shape": (lambda t: {**t, "conv2.weight": torch.zeros(20, 10, 3, 3)}, "conv2.weight has the shape 20×10×3×3"),
    "bias": (lambda t: {**t, "fc2.bias": torch.zeros(9)}, "fc2.bias has the shape 9, expected is 10"),
    "features": (lambda t: {**t, "fc1.weight": torch.zeros(50, 321)}, "50×321, expected is 50×320"),
    "scalar": (lambda t: {**t, "conv1.bias": torch.tensor(1.0)}, "conv1.bias"),
    "empty input": (lambda t: {**t, "conv1.weight": torch.zeros(10, 0, 5, 5)}, "conv1.weight"),
    "nan": (lambda t: {**t, "fc1.bias": torch.full((50,), torch.nan)}, "fc1.bias holds NaN"),
    "inf": (lambda t: {**t, "fc1.bias": torch.full((50,), torch.inf)}, "fc1.bias holds NaN or infinity"),
    "too large for float32": (lambda t: {**t, "fc1.bias": torch.full((50,), 1e300, dtype=torch.float64)}, "fc1.bias"),
    "integers": (lambda t: {**t, "fc1.bias": torch.zeros(50, dtype=torch.int64)}, "fc1.bias"),
    "complex": (lambda t: {**t, "fc1.bias": torch.zeros(50, dtype=torch.complex64)}, "fc1.bias"),
    "expanded to terabytes": (lambda t: {**t, "conv1.weight": torch.zeros(1).expand(10, 10**9, 5, 5)}, ""),
}


@pytest.mark.parametrize("change", CHANGES)
def test_weights_that_do_not_fit_are_refused_with_the_layer(change: str, state: ModelState, tmp_path: Path) -> None:
    alter, words = CHANGES[change]
    torch.save(alter(dict(state.tensors)), tmp_path / "w.pt")
    assert words in refusal(tmp_path / "w.pt", "lenet")


def test_weights_that_fit_no_model_ask_for_a_choice(tmp_path: Path) -> None:
    torch.save({"encoder.weight": torch.zeros(3)}, tmp_path / "w.pt")
    assert "choose the model" in refusal(tmp_path / "w.pt")


# --- hostile and broken files


class Harm:
    """Creates a file when it is unpickled."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return (open, (self.path, "w"))


def test_a_pickle_that_runs_code_runs_nothing(state: ModelState, tmp_path: Path) -> None:
    trace = tmp_path / "was here"
    torch.save({**state.tensors, "x": Harm(str(trace))}, tmp_path / "w.pt")
    assert "could run code" in refusal(tmp_path / "w.pt", "lenet")
    (tmp_path / "old.pth").write_bytes(pickle.dumps(Harm(str(trace)), protocol=2))
    refusal(tmp_path / "old.pth", "lenet")
    assert not trace.exists()


def test_a_whole_pickled_model_is_refused_and_says_what_to_save(tmp_path: Path) -> None:
    torch.save(Course(), tmp_path / "model.pt")
    assert "state_dict()" in refusal(tmp_path / "model.pt", "lenet")


def test_a_file_of_before_pytorch_1_6_says_so(state: ModelState, tmp_path: Path) -> None:
    torch.save(dict(state.tensors), tmp_path / "old.pth", _use_new_zipfile_serialization=False)
    assert "before 1.6" in refusal(tmp_path / "old.pth", "lenet")


@pytest.mark.filterwarnings("ignore")
def test_programs_are_refused_because_they_run_code(tmp_path: Path) -> None:
    torch.jit.script(MODELS["lenet"].build((1, 28, 28), 10)).save(str(tmp_path / "script.pt"))
    assert "TorchScript" in refusal(tmp_path / "script.pt", "lenet")
    for name in ("program.pt2", "program.pt"):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr("program/archive_format", "pt2")
            archive.writestr("program/models/model.json", "{}")
        assert "runs code" in refusal(tmp_path / name, "lenet")


def test_a_zip_bomb_stays_packed(state: ModelState, tmp_path: Path) -> None:
    torch.save(dict(state.tensors), tmp_path / "honest.pt")
    with (
        zipfile.ZipFile(tmp_path / "honest.pt") as honest,
        zipfile.ZipFile(tmp_path / "bomb.pt", "w", zipfile.ZIP_DEFLATED) as bomb,
    ):
        for entry in honest.infolist():
            bomb.writestr(entry.filename, honest.read(entry))
        bomb.writestr("honest/data/99", bytes(20 * 2**20))
    assert (tmp_path / "bomb.pt").stat().st_size < 2**20
    assert "compressed" in refusal(tmp_path / "bomb.pt", "lenet")


def test_a_changed_weight_in_a_scripts_file_is_noticed(state: ModelState, tmp_path: Path) -> None:
    torch.save(dict(state.tensors), tmp_path / "w.pt")
    data = bytearray((tmp_path / "w.pt").read_bytes())
    data[bytes(data).index(state.tensors["fc1.weight"].numpy().tobytes()) + 1001] ^= 64
    (tmp_path / "w.pt").write_bytes(data)
    assert "damaged" in refusal(tmp_path / "w.pt", "lenet")


@pytest.mark.parametrize("seed", range(300))
def test_a_damaged_file_of_a_script_is_refused_or_holds_numbers_that_fit(
    seed: int, tmp_path: Path, script_file: bytes
) -> None:
    path = tmp_path / "w.pt"
    path.write_bytes(corrupt(script_file, seed))
    loaded = loaded_or_refused(path, "lenet")
    if loaded is not None:
        from_state(loaded)


@pytest.fixture(scope="module")
def script_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("script") / "w.pt"
    torch.save(Course().state_dict(), path)
    return path.read_bytes()


@pytest.mark.parametrize("ending", ["safetensors", "pt", "pth"])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"hello, I am a text\n" * 50,
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"PK\x03\x04",
        b"PK\x05\x06" + bytes(18),
        b"\x80\x02" + bytes(50),
        struct.pack("<Q", 2**63) + b"{}",
        struct.pack("<Q", 2) + b"[]",
        struct.pack("<Q", 2) + b"{}",
        struct.pack("<Q", 100_000) + b"[" * 100_000,
        struct.pack("<Q", 20) + b'{"__metadata__": 13} ',
        bytes(range(256)) * 40,
    ],
    ids=lambda data: hashlib.sha256(data).hexdigest()[:6],
)
def test_files_of_another_kind_are_refused(data: bytes, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"w.{ending}"
    path.write_bytes(data)
    refusal(path)
    refusal(path, "lenet")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "none.pt")
    (tmp_path / "folder.pt").mkdir()
    assert "folder" in refusal(tmp_path / "folder.pt")
    (tmp_path / "w.txt").write_text("x")
    assert ".safetensors" in refusal(tmp_path / "w.txt")


@pytest.mark.skipif(os.name == "nt", reason="pipes are not files there")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pt")
    refusal(tmp_path / "pipe.pt")


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.pt").open("wb") as file:
        file.truncate(3 * 2**30)  # sparse: takes no room
    assert "too large" in refusal(tmp_path / "huge.pt", "lenet")


def test_a_strangers_names_cannot_fill_the_sentence(tmp_path: Path) -> None:
    torch.save({"a\nb" * 5000: torch.zeros(1), **Course().state_dict()}, tmp_path / "w.pt")
    refusal(tmp_path / "w.pt", "lenet")


def test_loading_draws_no_random_numbers(state: ModelState, tmp_path: Path) -> None:
    torch.save(dict(state.tensors), tmp_path / "w.pt")
    before = torch.get_rng_state()
    from_state(load_weights(tmp_path / "w.pt"))
    assert torch.equal(torch.get_rng_state(), before)
