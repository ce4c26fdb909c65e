"""The images that a training held out are found again from what its weights record, and nothing else is taken for them."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from cnnviewer.core.data.builtin_digits import generate
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import bundled
from cnnviewer.core.training.batches import divided
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.events import Finished
from cnnviewer.core.training.held_out import held_out_by
from cnnviewer.core.training.loop import Training


@pytest.fixture(scope="module")
def data() -> DataSet:
    return generate(train=300, test=50)


def trained(data: DataSet, validation_fraction: float = 0.1) -> ModelState:
    config = TrainConfig(
        "lenet",
        "builtin-digits",
        epochs=1,
        batch_size=100,
        seed=3,
        threads=1,
        validation_fraction=validation_fraction,
    )
    return next(event.state for event in Training(data, config) if isinstance(event, Finished))


def test_the_images_held_out_are_those_of_the_training(data: DataSet) -> None:
    found = held_out_by(trained(data), data)
    assert found.why_not is None
    assert found.learned is not None
    assert found.validation is not None
    learned, held_out = divided(data, 0.1, 3)  # what the training loop asks
    assert torch.equal(found.learned.images, data.train.images[learned])
    assert torch.equal(found.validation.images, data.train.images[held_out])
    assert torch.equal(found.validation.labels, data.train.labels[held_out])


def test_a_training_that_held_nothing_out_has_nothing_to_fit_on(data: DataSet) -> None:
    found = held_out_by(trained(data, validation_fraction=0.0), data)
    assert found.validation is None
    assert "none were held out" in str(found.why_not)


def test_validation_images_of_the_data_set_itself_are_taken(data: DataSet) -> None:
    split = data.train.select(slice(0, 40))
    found = held_out_by(trained(data), replace(data, validation=split))
    assert found.validation is split
    assert found.learned is data.train


def test_of_weights_from_another_data_set_nothing_is_known(data: DataSet) -> None:
    found = held_out_by(bundled("lenet"), data)
    assert found.learned is None
    assert found.validation is None
    assert "learned from mnist" in str(found.why_not)


def test_weights_that_record_nothing_have_no_validation_images(data: DataSet) -> None:
    found = held_out_by(replace(trained(data), provenance={}), data)
    assert found.validation is None
    assert "do not record" in str(found.why_not)
