"""The thread that reads a run's snapshots from disk. The newest request wins; recent snapshots are cached."""

from __future__ import annotations

import sys
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from cnnviewer.core.errors import without_frames
from cnnviewer.core.runs.format.marks import kept_drawings
from cnnviewer.core.runs.format.notes import Notes, read_notes
from cnnviewer.core.thread_counts import compute_alone
from cnnviewer.core.training.checkpoint import Checkpoint
from cnnviewer.runtime.slots import LatestSlot
from cnnviewer.runtime.waking_thread import WakingThread

_REMEMBERED = 96 * 2**20  # bytes of decoded snapshots in the cache


class SnapshotSource(Protocol):
    """A run's snapshots, on disk or in memory. Its methods are called in the reader's thread."""

    @property
    def folder(self) -> Path | None:
        """Where the run is; None while it is in memory only."""

    def snapshot_steps(self) -> list[int]:
        """The steps that have a snapshot, ascending."""

    def snapshot(self, step: int) -> Checkpoint:
        """The training's state after `step`. Raises UserError where there is no snapshot, or it is damaged."""


@dataclass(frozen=True)
class SnapshotContents:
    """The snapshots, notes and drawings of a run; `number` is the one that `SnapshotReader.open` returned for it."""

    number: int
    snapshots: tuple[int, ...]
    notes: Notes | None
    drawings: frozenset[int]


@dataclass(frozen=True)
class SnapshotRead:
    """A snapshot, or the error that reading it raised."""

    number: int
    step: int
    checkpoint: Checkpoint | None
    error: BaseException | None = None


@dataclass(frozen=True)
class _Request:
    number: int
    step: int
    ahead: tuple[int, ...]


class SnapshotReader(WakingThread):
    """Reads and lists snapshots. While idle, it reads ahead the snapshots that are likely to be requested next.

    Signals:
        ready: a snapshot is ready for `take`; emitted once until it is taken.
        listed: a list is ready for `take_contents`; likewise.
    """

    ready = Signal()
    listed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._number = 0
        self._source: SnapshotSource | None = None
        self._requested: LatestSlot[_Request] = LatestSlot()
        self._list: LatestSlot[int] = LatestSlot()
        self._read: LatestSlot[SnapshotRead] = LatestSlot()
        self._contents: LatestSlot[SnapshotContents] = LatestSlot()
        self._known: OrderedDict[tuple[int, int], Checkpoint] = OrderedDict()
        self._known_size = 0

    # called from the main thread

    def open(self, source: SnapshotSource | None) -> int:
        """Read from this run from now on. Returns the number that its answers carry."""
        with self._lock:
            self._number += 1
            self._source = source
        return self._number

    def ask(self, step: int, ahead: tuple[int, ...] = ()) -> None:
        """Read the snapshot of `step`, then, while idle, those of the steps `ahead`."""
        self._requested.put(_Request(self._number, step, ahead))
        self.wake()

    def refresh(self) -> None:
        """List the run's snapshots, notes and drawings."""
        self._list.put(self._number)
        self.wake()

    def take(self) -> SnapshotRead | None:
        """Return the snapshot read last and remove it; None if there is none."""
        return self._read.take()

    def take_contents(self) -> SnapshotContents | None:
        """Return the newest list and remove it; None if there is none."""
        return self._contents.take()

    # in the thread

    def run(self) -> None:
        """Qt's entry point, in the new thread: nothing escapes from here."""
        compute_alone()
        ahead: list[tuple[int, int]] = []
        while self.next_turn(more=bool(ahead)):
            request, listing = self._requested.take(), self._list.take()
            with self._lock:  # after taking: else a request that follows `open` meanwhile is taken for an old one
                number, source = self._number, self._source
            if request is not None:
                ahead = [(request.number, step) for step in request.ahead]
                if source is not None and request.number == number:
                    self._answer(source, request)
            if listing is not None and source is not None and listing == number:
                try:
                    self._publish_contents(source, number)
                except Exception:  # keep the thread alive: otherwise a waiting request is never answered
                    sys.excepthook(*sys.exc_info())
            if request is None and listing is None and ahead:
                of, step = ahead.pop(0)
                if source is not None and of == number:
                    self._read_snapshot(source, number, step)

    def _answer(self, source: SnapshotSource, request: _Request) -> None:
        checkpoint, error = self._read_snapshot(source, request.number, request.step)
        if self._read.put(SnapshotRead(request.number, request.step, checkpoint, error)):
            self.ready.emit()

    def _read_snapshot(
        self, source: SnapshotSource, number: int, step: int
    ) -> tuple[Checkpoint | None, BaseException | None]:
        key = (number, step)
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key], None
        try:
            checkpoint = source.snapshot(step)
        except BaseException as error:
            return None, without_frames(error)
        self._known[key] = checkpoint
        self._known_size += _size_of(checkpoint)
        while self._known_size > _REMEMBERED and len(self._known) > 1:
            self._known_size -= _size_of(self._known.popitem(last=False)[1])
        return checkpoint, None

    def _publish_contents(self, source: SnapshotSource, number: int) -> None:
        folder = source.folder
        contents = SnapshotContents(
            number,
            tuple(source.snapshot_steps()),
            read_notes(folder) if folder is not None else None,
            kept_drawings(folder) if folder is not None else frozenset(),
        )
        if self._contents.put(contents):
            self.listed.emit()


def _size_of(checkpoint: Checkpoint) -> int:
    tensors = (*checkpoint.state.tensors.values(), *checkpoint.state.velocity.values())
    return sum(tensor.numel() * tensor.element_size() for tensor in tensors)
