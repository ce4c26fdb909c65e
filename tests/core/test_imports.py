"""Libraries are imported without the cycle collector."""

import gc
from collections.abc import Iterator

import pytest

from cnnviewer.core.imports import uncollected


@pytest.fixture(params=[True, False], ids=["collecting", "not collecting"])
def collects(request: pytest.FixtureRequest) -> Iterator[bool]:
    before = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield bool(request.param)
    (gc.enable if before else gc.disable)()
    gc.unfreeze()


def test_nothing_is_collected_inside_and_all_is_as_before_after(collects: bool) -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled() == collects


def test_it_is_as_before_after_a_failed_import_too(collects: bool) -> None:
    with pytest.raises(ImportError), uncollected():
        raise ImportError
    assert gc.isenabled() == collects
