"""The generated sets: deterministic by seed, of the promised shape, and worth learning from."""

from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import torch

from cnnviewer.core.data import builtin_digits, builtin_shapes
from cnnviewer.core.data.registry import load
from cnnviewer.core.evaluation.evaluate import evaluate
from cnnviewer.core.models.registry import MODELS, from_state
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import Finished
from cnnviewer.core.training.loop import LOSSES, train

pytestmark = pytest.mark.slow

BOTH = pytest.mark.parametrize(
    ("source", "shape"), [(builtin_digits, (1, 28, 28)), (builtin_shapes, (3, 32, 32))], ids=["digits", "shapes"]
)


@BOTH
def test_a_set_has_the_promised_shape_and_every_class_equally_often(source: ModuleType, shape: tuple[int, ...]) -> None:
    data = source.generate(seed=0, train=200, test=50)
    assert data.train.images.shape == (200, *shape)
    assert data.train.images.dtype == torch.uint8
    assert data.info.shape == shape
    assert len(data.info.classes) == 10
    assert torch.bincount(data.train.labels, minlength=10).tolist() == [20] * 10


@BOTH
def test_the_same_seed_gives_the_same_images_and_another_seed_others(source: ModuleType, shape: object) -> None:
    one, again, other = (source.generate(seed=seed, train=60, test=20) for seed in (4, 4, 5))
    assert torch.equal(one.train.images, again.train.images)
    assert torch.equal(one.test.labels, again.test.labels)
    assert not torch.equal(one.train.images, other.train.images)


@BOTH
def test_generating_leaves_everybody_elses_random_numbers_alone(source: ModuleType, shape: object) -> None:
    torch.manual_seed(1)
    np.random.seed(1)
    expected = (torch.rand(3).tolist(), np.random.rand(3).tolist())
    torch.manual_seed(1)
    np.random.seed(1)
    source.generate(seed=0, train=20, test=10)
    assert (torch.rand(3).tolist(), np.random.rand(3).tolist()) == expected


@BOTH
def test_training_and_test_images_are_different_ones(source: ModuleType, shape: object) -> None:
    data = source.generate(seed=0, train=100, test=100)
    test = {image.numpy().tobytes() for image in data.test.images}
    assert not any(image.numpy().tobytes() in test for image in data.train.images)


@pytest.mark.realdata
def test_lenet_trained_only_on_built_in_digits_reads_85_percent_of_real_mnist(
    real_data_dir: Path, tmp_path: Path
) -> None:
    drawn, real = load("builtin-digits", tmp_path), load("mnist", real_data_dir)
    config = TrainConfig(dataset="builtin-digits", epochs=3, momentum=0.9, threads=1)
    state = next(event for event in train(drawn, config) if isinstance(event, Finished)).state
    evaluated = evaluate(from_state(state), real.test, state.recipe, LOSSES[MODELS["lenet"].loss])
    assert evaluated.accuracy >= 0.85


def test_simplecnn_learns_the_shapes(tmp_path: Path) -> None:
    data = load("builtin-shapes", tmp_path)
    config = TrainConfig("simplecnn", "builtin-shapes", epochs=1, batch_size=32, learning_rate=0.02, momentum=0.9)
    finished = next(event for event in train(data, config) if isinstance(event, Finished))
    assert finished.test.accuracy > 0.4  # guessing is 0.1
