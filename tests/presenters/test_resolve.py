"""What is shown, decided from what is known."""

import pytest

from cnnviewer.core.data.info import DataSource
from cnnviewer.core.inspection.records import Architecture, LayerInfo
from cnnviewer.core.models.key import ModelKey
from cnnviewer.core.models.registry import MODELS
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import StepDone
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.presenters.resolve import (
    config_for,
    dataset_for,
    fits,
    kernel_layer_for,
    progress_of,
    title_of,
    untrained,
    weights_for,
)
from tests.small_data import COLOUR, GREY


def test_weights_that_fit_model_and_data_stay() -> None:
    current = untrained(MODELS["lenet"], GREY)
    assert weights_for(MODELS["lenet"], GREY, current, None) is current


def test_the_bundled_weights_are_taken_when_the_current_ones_are_of_another_model() -> None:
    current, bundled = untrained(MODELS["simplecnn"], COLOUR), untrained(MODELS["lenet"], GREY)
    assert weights_for(MODELS["lenet"], GREY, current, bundled) is bundled


def test_data_that_no_weights_fit_gets_an_untrained_model_of_its_shape() -> None:
    state = weights_for(MODELS["lenet"], COLOUR, untrained(MODELS["lenet"], GREY), None)
    assert state.recipe.input_shape == (3, 32, 32)
    assert state.provenance["untrained"]
    assert fits(state, MODELS["lenet"], COLOUR)


@pytest.mark.parametrize(
    ("model", "loaded", "chosen"),
    [
        ("lenet", "builtin-digits", "builtin-digits"),
        ("lenet", "mnist", "mnist"),
        ("lenet", "builtin-shapes", "mnist"),
        ("lenet", "gone", "mnist"),
        ("lenet", None, "mnist"),
        ("simplecnn", "builtin-shapes", "builtin-shapes"),
        ("simplecnn", "cifar10", "builtin-shapes"),  # its files are gone
        ("resnet18", "builtin-digits", "builtin-digits"),
        ("resnet18", None, "builtin-shapes"),
    ],
)
def test_data_whose_images_the_model_takes_stay(model: str, loaded: str | None, chosen: str) -> None:
    sources = (
        DataSource("mnist", "MNIST", "ready", shape=(1, 28, 28)),
        DataSource("cifar10", "CIFAR-10", "missing", shape=(3, 32, 32)),
        DataSource("builtin-digits", "Built-in digits", "generated", shape=(1, 28, 28)),
        DataSource("builtin-shapes", "Built-in shapes", "generated", shape=(3, 32, 32)),
    )
    assert dataset_for(MODELS[model], sources, loaded) == chosen


def test_choosing_a_model_brings_its_course_defaults_and_keeps_device_and_seed() -> None:
    config = config_for(MODELS["simplecnn"], "cifar10", TrainConfig(device="cuda:1", seed=7, threads=2, epochs=99))
    assert (config.batch_size, config.momentum, config.epochs) == (64, 0.9, 10)
    assert (config.device, config.seed, config.threads, config.dataset) == ("cuda:1", 7, 2, "cifar10")


LAYERS = Architecture(
    "x", tuple(LayerInfo(name, "relu", "", (), (1,)) for name in ("input", "conv1", "relu1", "fc1", "relu2"))
)


@pytest.mark.parametrize(
    ("selected", "shown"),
    [("input", "conv1"), ("conv1", "conv1"), ("relu1", "conv1"), ("fc1", "fc1"), ("relu2", "fc1")],
)
def test_a_layer_without_weights_shows_the_kernels_before_it(selected: str, shown: str) -> None:
    assert kernel_layer_for(selected, ("conv1", "fc1"), LAYERS) == shown


def test_the_speed_is_that_of_the_last_seconds_and_tells_the_time_left() -> None:
    log = MetricLog()
    # a slow beginning, then 10 steps a second
    seconds = [60.0 + 0.1 * step for step in range(101)]
    for step, second in enumerate(seconds, start=1):
        log.add_step(StepDone(step, 1, step, 0.5, 8, 32, 0.01, 0.0, second))
    progress = progress_of(log, TrainConfig(epochs=2, batch_size=32), total_steps=400)
    assert progress is not None
    assert (progress.step, progress.total_steps) == (101, 400)
    assert progress.images_per_second == pytest.approx(320)
    assert progress.seconds_left == pytest.approx((400 - 101) / 10)
    earlier = progress_of(log, TrainConfig(epochs=2, batch_size=32), total_steps=400, step=90)
    assert earlier is not None
    assert (earlier.step, earlier.images_per_second) == (90, pytest.approx(320)), "as far as the window says it is"


def test_before_the_first_step_there_is_no_progress() -> None:
    assert progress_of(MetricLog(), TrainConfig(), 10) is None


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("lenet", "LeNet"),
        ("file:/home/somebody/nets.py::Small(depth=2)", "Small (nets.py)"),
        ("file:nowhere", "file:nowhere"),
        ("gone", "gone"),
    ],
)
def test_a_model_has_a_name_for_a_user_also_before_its_file_was_agreed_to(key: str, title: str) -> None:
    assert title_of(ModelKey.parse(key)) == title
