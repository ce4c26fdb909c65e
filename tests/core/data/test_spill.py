"""A data set moved out of memory is the same data set."""

import torch

from cnnviewer.core.data import spill
from cnnviewer.core.data.spill import spilled
from tests.small_data import COLOUR, tiny


def test_a_spilled_data_set_holds_the_same_images(monkeypatch) -> None:
    monkeypatch.setattr(spill, "_WORTH_IT", 1)
    data = tiny(COLOUR)
    moved = spilled(data)
    assert torch.equal(moved.train.images, data.train.images)
    assert moved.train.images.data_ptr() != data.train.images.data_ptr()
    assert moved.train.labels is data.train.labels
    assert moved.info is data.info


def test_a_small_one_stays_where_it_is() -> None:
    data = tiny(COLOUR)
    assert spilled(data).train is data.train


def test_without_room_it_stays_where_it_is(monkeypatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(spill, "_WORTH_IT", 1)
    monkeypatch.setattr(spill.tempfile, "NamedTemporaryFile", full)
    data = tiny(COLOUR)
    assert spilled(data) is data
