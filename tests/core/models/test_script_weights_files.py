"""A script's weights give the script's outputs; what does not fit is refused by name."""

from __future__ import annotations

import collections
from pathlib import Path

import pytest
import safetensors.torch
import torch
from torch import nn

from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.registry import MODELS, from_state
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import load_weights
from tests.core.models.sample_weights import LENET, Course, refusal, same, state_of


@pytest.fixture
def state() -> ModelState:
    return state_of(LENET)


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
