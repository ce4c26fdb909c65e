"""Snapshots are read in a thread; the newest request wins, and what was read is remembered."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.registry import MODELS
from cnnviewer.core.training.checkpoint import Checkpoint, EpochPosition
from cnnviewer.presenters.resolve import untrained
from cnnviewer.runtime.slots import LatestSlot
from cnnviewer.runtime.snapshot_reader import SnapshotRead, SnapshotReader
from tests.small_data import GREY


class Source:
    """Snapshots of a run that are all alike, and a gate that holds the reader up."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.read: list[int] = []
        self.open = threading.Event()
        self.open.set()

    def snapshot_steps(self) -> list[int]:
        return [0, 1, 2, 3, 4, 5]

    def snapshot(self, step: int) -> Checkpoint:
        self.open.wait(10)
        self.read.append(step)
        if step > 5:
            raise UserError("The run has no readable {file}.", file=step)
        return Checkpoint(untrained(MODELS["lenet"], GREY), step, EpochPosition(), 0.1, 0.0, 0.0)


@pytest.fixture
def reader() -> Iterator[SnapshotReader]:
    thread = SnapshotReader()
    thread.start()
    yield thread
    thread.shut_down()


def answer(reader: SnapshotReader, qtbot: QtBot, step: int) -> SnapshotRead:
    seen: list[SnapshotRead] = []

    def came() -> bool:
        read = reader.take()
        if read is not None:
            seen.append(read)
        return bool(seen) and seen[-1].step == step

    qtbot.waitUntil(came)
    return seen[-1]


def test_a_fast_drag_skips_and_the_last_place_always_wins(reader: SnapshotReader, qtbot: QtBot) -> None:
    source = Source()
    number = reader.open(source)
    source.open.clear()
    for step in (0, 1, 2, 3, 4):
        reader.ask(step)
    source.open.set()
    read = answer(reader, qtbot, 4)
    assert read.number == number
    assert read.checkpoint is not None
    assert read.checkpoint.step == 4
    assert len(source.read) <= 2  # the one under way, and the last


def test_what_is_read_ahead_is_not_read_again(reader: SnapshotReader, qtbot: QtBot) -> None:
    source = Source()
    reader.open(source)
    reader.ask(1, ahead=(2, 3))
    qtbot.waitUntil(lambda: source.read == [1, 2, 3])
    reader.take()
    reader.ask(3)
    answer(reader, qtbot, 3)
    assert source.read == [1, 2, 3]


def test_a_snapshot_that_is_gone_is_an_answer_too(reader: SnapshotReader, qtbot: QtBot) -> None:
    reader.open(Source())
    reader.ask(6)
    read = answer(reader, qtbot, 6)
    assert read.checkpoint is None
    assert isinstance(read.error, UserError)


def test_contents_are_those_of_the_run_opened_last(reader: SnapshotReader, qtbot: QtBot, tmp_path: Path) -> None:
    reader.open(Source())
    number = reader.open(Source(tmp_path))
    with qtbot.waitSignal(reader.listed):
        reader.refresh()
    contents = reader.take_contents()
    assert contents is not None
    assert contents.number == number
    assert contents.snapshots == (0, 1, 2, 3, 4, 5)


def test_a_request_is_answered_when_the_run_is_opened_just_as_the_thread_takes_a_turn(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = SnapshotReader()
    opened: list[int] = []

    class Slot(LatestSlot[object]):
        """Another run is opened, and a step of it requested, at the worst moment of the turn."""

        def take(self) -> object:
            if not opened:
                opened.append(reader.open(Source()))
                reader.ask(4)
            return super().take()

    monkeypatch.setattr(reader, "_requested", Slot())
    reader.open(Source())
    reader.start()
    reader.refresh()
    try:
        assert answer(reader, qtbot, 4).number == opened[0]
    finally:
        reader.shut_down()


def test_a_list_that_cannot_be_made_does_not_end_the_thread(
    reader: SnapshotReader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, *_: told.append(kind))
    source = Source()
    monkeypatch.setattr(source, "snapshot_steps", lambda: 1 / 0)
    reader.open(source)
    reader.refresh()
    qtbot.waitUntil(lambda: told == [ZeroDivisionError])
    reader.ask(3)
    assert answer(reader, qtbot, 3).checkpoint is not None
