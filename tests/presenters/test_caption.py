"""The title names model, data, step and seed of the weights on the screen."""

from dataclasses import replace

import torch

from cnnviewer.core.models.registry import MODELS, recipe_for
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.presenters.caption import caption_of
from cnnviewer.presenters.resolve import untrained
from tests.small_data import GREY


def test_the_caption_names_model_data_step_and_seed() -> None:
    recipe = recipe_for("lenet", GREY)
    state = ModelState(recipe, {"x": torch.zeros(1)}, {"step": 1875, "seed": 3})
    assert caption_of(state, 0) == f"{MODELS['lenet'].info.title} · trained on tiny-grey · step 1,875 · seed 3"
    assert "untrained" in caption_of(untrained(MODELS["lenet"], GREY), 0)


def test_while_a_training_runs_the_caption_names_its_weights() -> None:
    state = ModelState(recipe_for("lenet", GREY), {"x": torch.zeros(1)}, {"step": 1875, "seed": 3})
    running = TrainConfig(dataset="builtin-digits", seed=8)
    assert caption_of(state, 40, running).endswith("· Built-in digits · step 40 · seed 8")


def test_the_data_are_called_as_everywhere_in_the_window() -> None:
    recipe = replace(recipe_for("lenet", GREY), dataset="mnist")
    assert "LeNet · trained on MNIST · step 5" in caption_of(ModelState(recipe, {}, {"step": 5, "seed": 1}), 0)
