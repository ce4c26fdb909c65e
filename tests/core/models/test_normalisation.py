"""Who says how an image is normalised: the weights, else the data set, else the model."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.models.normalisation import for_data, normalisation_of, recipe_of_training
from cnnviewer.core.models.recipe import Normalisation, ReadAs
from cnnviewer.core.models.registry import build, recipe_for, spec
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import load_weights, save_weights
from tests.small_data import COLOUR, GREY

PICTURES = DataInfo("folder:/pictures", "pictures", (1, 28, 28), tuple("0123456789"), (0.5,), (0.25,))


@pytest.fixture
def bare(tmp_path: Path) -> ModelState:
    """LeNet's weights as a script saves them."""
    torch.save(build(recipe_for("lenet", GREY)).state_dict(), tmp_path / "bare.pt")
    return load_weights(tmp_path / "bare.pt")


@pytest.mark.parametrize(
    ("recorded", "info", "by", "mean"),
    [
        pytest.param(True, PICTURES, "weights", 0.1307, id="weights that record one keep it"),
        pytest.param(True, None, "weights", 0.1307, id="weights that record one keep it without data"),
        pytest.param(False, PICTURES, "dataset", 0.5, id="bare weights take the data set's"),
        pytest.param(False, GREY, "dataset", 0.1307, id="bare weights take the data set's where it is the usual one"),
        pytest.param(False, None, "model", 0.1307, id="bare weights without data take the model's usual one"),
        pytest.param(False, COLOUR, "model", 0.1307, id="data of another size say nothing"),
    ],
)
def test_the_weights_decide_then_the_data_set_then_the_model(
    bare: ModelState, tmp_path: Path, recorded: bool, info: DataInfo | None, by: ReadAs, mean: float
) -> None:
    state = bare
    if recorded:
        save_weights(tmp_path / "own.safetensors", replace(bare, recipe=recipe_for("lenet", GREY)))
        state = load_weights(tmp_path / "own.safetensors")
    used = normalisation_of(for_data(state, info))
    assert (used.by, used.mean) == (by, (mean,))
    assert used.dataset == (GREY.key if recorded else "")


def test_another_data_set_decides_again_for_bare_weights(bare: ModelState) -> None:
    first = for_data(bare, PICTURES)
    again = for_data(first, GREY)
    assert normalisation_of(again) == Normalisation(GREY.mean, GREY.std, "dataset")
    assert for_data(again, GREY) is again
    assert again.tensors is bare.tensors


def test_what_bare_weights_were_read_with_is_recorded_when_they_are_saved(bare: ModelState, tmp_path: Path) -> None:
    save_weights(tmp_path / "own.safetensors", for_data(bare, PICTURES))
    state = load_weights(tmp_path / "own.safetensors")
    assert normalisation_of(for_data(state, GREY)) == Normalisation((0.5,), (0.25,), "weights")


def test_a_training_from_random_weights_normalises_as_its_data_set_says() -> None:
    assert recipe_of_training(spec("lenet"), PICTURES, None) == recipe_for("lenet", PICTURES)


def test_a_training_from_weights_normalises_as_these_record(bare: ModelState) -> None:
    trained = replace(bare, recipe=recipe_for("lenet", GREY), read_as="weights")
    recipe = recipe_of_training(spec("lenet"), PICTURES, trained)
    assert (recipe.mean, recipe.std) == (GREY.mean, GREY.std)
    assert (recipe.dataset, recipe.classes) == (PICTURES.key, PICTURES.classes)
    assert recipe_of_training(spec("lenet"), PICTURES, bare) == recipe_for("lenet", PICTURES)
