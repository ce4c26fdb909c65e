"""A data set moved out of memory is the same data set."""

import torch

from cnnviewer.core.data import memory_map as spill
from cnnviewer.core.data.memory_map import memory_mapped
from tests.small_data import COLOUR, tiny


def test_a_memory_mapped_data_set_holds_the_same_images(monkeypatch) -> None:
    monkeypatch.setattr(spill, "_WORTH_IT", 1)
    data = tiny(COLOUR)
    moved = memory_mapped(data)
    assert torch.equal(moved.train.images, data.train.images)
    assert moved.train.images.data_ptr() != data.train.images.data_ptr()
    assert moved.train.labels is data.train.labels
    assert moved.info is data.info


def test_a_small_data_set_stays_in_memory() -> None:
    data = tiny(COLOUR)
    assert memory_mapped(data).train is data.train


def test_a_data_set_stays_in_memory_where_the_disk_has_no_room(monkeypatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(spill, "_WORTH_IT", 1)
    monkeypatch.setattr("tempfile.NamedTemporaryFile", full)
    data = tiny(COLOUR)
    assert memory_mapped(data) is data
