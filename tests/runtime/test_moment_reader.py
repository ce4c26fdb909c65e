"""Moments are read in a thread; the newest wish wins, and what was read is remembered."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cnnviewer.core.errors import UserError
from cnnviewer.core.training.checkpoint import Checkpoint, Place
from cnnviewer.presenters.resolve import untrained
from cnnviewer.runtime.moment_reader import MomentRead, MomentReader
from tests.small_data import GREY


class Source:
    """Moments of a run that are all alike, and a gate that holds the reader up."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.read: list[int] = []
        self.open = threading.Event()
        self.open.set()

    def moment_steps(self) -> list[int]:
        return [0, 1, 2, 3, 4, 5]

    def moment(self, step: int) -> Checkpoint:
        self.open.wait(10)
        self.read.append(step)
        if step > 5:
            raise UserError("The run has no readable {file}.", file=step)
        return Checkpoint(untrained("lenet", GREY), step, Place(), 0.1, 0.0, 0.0)


@pytest.fixture
def reader() -> Iterator[MomentReader]:
    thread = MomentReader()
    thread.start()
    yield thread
    thread.shut_down()


def answer(reader: MomentReader, qtbot: QtBot, step: int) -> MomentRead:
    seen: list[MomentRead] = []

    def came() -> bool:
        read = reader.take()
        if read is not None:
            seen.append(read)
        return bool(seen) and seen[-1].step == step

    qtbot.waitUntil(came)
    return seen[-1]


def test_a_fast_drag_skips_and_the_last_place_always_wins(reader: MomentReader, qtbot: QtBot) -> None:
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


def test_what_is_read_ahead_is_not_read_again(reader: MomentReader, qtbot: QtBot) -> None:
    source = Source()
    reader.open(source)
    reader.ask(1, ahead=(2, 3))
    qtbot.waitUntil(lambda: source.read == [1, 2, 3])
    reader.take()
    reader.ask(3)
    answer(reader, qtbot, 3)
    assert source.read == [1, 2, 3]


def test_a_moment_that_is_gone_is_an_answer_too(reader: MomentReader, qtbot: QtBot) -> None:
    reader.open(Source())
    reader.ask(6)
    read = answer(reader, qtbot, 6)
    assert read.checkpoint is None
    assert isinstance(read.error, UserError)


def test_contents_are_those_of_the_run_opened_last(reader: MomentReader, qtbot: QtBot, tmp_path: Path) -> None:
    reader.open(Source())
    number = reader.open(Source(tmp_path))
    with qtbot.waitSignal(reader.listed):
        reader.look()
    contents = reader.take_contents()
    assert contents is not None
    assert contents.number == number
    assert contents.moments == (0, 1, 2, 3, 4, 5)
