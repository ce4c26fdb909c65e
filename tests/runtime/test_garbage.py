"""Cycles are collected on the main thread, all of them within half a minute, and no collection stalls the window."""

import gc
import sys
import weakref
from collections.abc import Iterator
from types import ModuleType

import pytest
from pytestqt.qtbot import QtBot

from cnnviewer.runtime import garbage
from cnnviewer.runtime.garbage import MainThreadCollector


class Node:
    """Something that refers to itself."""

    def __init__(self) -> None:
        self.itself = self


def cycle() -> weakref.ref[Node]:
    """A cycle that nobody refers to any more."""
    return weakref.ref(Node())


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[MainThreadCollector]:
    made = MainThreadCollector(interval_ms=1_000_000)  # the tests are its clock
    yield made
    made.stop()


def tick(collector: MainThreadCollector, times: int) -> None:
    for _ in range(times):
        collector.tick()


def test_a_cycle_that_has_grown_old_is_collected_within_half_a_minute(collector: MainThreadCollector) -> None:
    node = Node()
    gone = weakref.ref(node)
    gc.collect(1)  # it survives, and is of the oldest generation now
    del node
    tick(collector, garbage._FULL_EVERY)
    assert gone() is None


def test_a_single_young_cycle_is_collected_too(collector: MainThreadCollector) -> None:
    gone = cycle()
    tick(collector, garbage._FULL_EVERY)
    assert gone() is None


def test_many_young_cycles_are_collected_at_the_next_tick(collector: MainThreadCollector) -> None:
    gone = [cycle() for _ in range(2000)]
    collector.tick()
    assert not any(each() for each in gone)


def test_a_full_collection_leaves_out_what_was_imported_before(collector: MainThreadCollector) -> None:
    assert gc.get_freeze_count() > 100_000  # PyTorch and Qt
    assert len(gc.get_objects()) < 5_000


def test_a_full_collection_leaves_out_a_library_that_is_imported_later(
    collector: MainThreadCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = ModuleType("large_library")
    library.objects = [[] for _ in range(50_000)]  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, library.__name__, library)
    collector.tick()
    assert len(gc.get_objects()) < 5_000


def test_many_objects_without_an_import_stay_where_they_can_be_collected(collector: MainThreadCollector) -> None:
    nodes = [Node() for _ in range(20_000)]
    gone = [weakref.ref(node) for node in nodes]
    collector.tick()
    nodes.clear()
    tick(collector, garbage._FULL_EVERY)
    assert not any(each() for each in gone)


def test_python_collects_by_itself_again_after_the_end(qtbot: QtBot) -> None:
    collector = MainThreadCollector()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
