"""The thread that reads a run's moments from the disk: the newest wish wins, what was read lately is remembered."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import torch
from PySide6.QtCore import QObject, QThread, Signal

from cnnviewer.core.runs.info import Notes, read_notes
from cnnviewer.core.runs.marks import kept_drawings
from cnnviewer.core.training.checkpoint import Checkpoint
from cnnviewer.runtime.slots import LatestSlot

_REMEMBERED = 96 * 2**20  # bytes of decoded moments


class MomentSource(Protocol):
    """A run's moments, wherever they are. Its methods are called in the reader's thread."""

    @property
    def folder(self) -> Path | None:
        """Where the run is; None while it is in memory only."""

    def moment_steps(self) -> list[int]:
        """The steps whose moments are kept, ascending."""

    def moment(self, step: int) -> Checkpoint:
        """The training as it was after `step`. UserError where it is not kept or damaged."""


@dataclass(frozen=True)
class Contents:
    """What a run keeps, as `number` of `MomentReader.open` says which run."""

    number: int
    moments: tuple[int, ...]
    notes: Notes | None
    drawings: frozenset[int]


@dataclass(frozen=True)
class MomentRead:
    """A moment, or why it could not be read."""

    number: int
    step: int
    checkpoint: Checkpoint | None
    error: BaseException | None = None


@dataclass(frozen=True)
class _Wish:
    number: int
    step: int
    ahead: tuple[int, ...]


class MomentReader(QThread):
    """Reads moments and lists what there is. Moments that will be wanted next are read while nothing else is wanted.

    Signals:
        ready: a moment lies ready for `take`; comes once until it is taken.
        listed: a list lies ready for `take_contents`; likewise.
    """

    ready = Signal()
    listed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wake = threading.Condition()
        self._woken = False
        self._number = 0
        self._source: MomentSource | None = None
        self._wish: LatestSlot[_Wish] = LatestSlot()
        self._list: LatestSlot[int] = LatestSlot()
        self._read: LatestSlot[MomentRead] = LatestSlot()
        self._contents: LatestSlot[Contents] = LatestSlot()
        self._known: OrderedDict[tuple[int, int], Checkpoint] = OrderedDict()
        self._known_size = 0

    # asked from the main thread

    def open(self, source: MomentSource | None) -> int:
        """Read from this run from now on; the number that its answers carry."""
        with self._wake:
            self._number += 1
            self._source = source
        return self._number

    def ask(self, step: int, ahead: tuple[int, ...] = ()) -> None:
        """Read this moment, and then, when nothing else is wanted, those `ahead`."""
        self._wish.put(_Wish(self._number, step, ahead))
        self._notify()

    def look(self) -> None:
        """List what the run keeps."""
        self._list.put(self._number)
        self._notify()

    def take(self) -> MomentRead | None:
        """The moment read last, once."""
        return self._read.take()

    def take_contents(self) -> Contents | None:
        """The newest list, once."""
        return self._contents.take()

    def shut_down(self) -> None:
        """End the thread and wait for it."""
        self.requestInterruption()
        self._notify()
        self.wait()

    def _notify(self) -> None:
        with self._wake:
            self._woken = True
            self._wake.notify()

    # in the thread

    def run(self) -> None:
        """Qt's entry point, in the new thread: nothing escapes from here."""
        torch.set_num_threads(1)  # a moment is little work, and a training needs the other cores
        ahead: list[tuple[int, int]] = []
        while not self.isInterruptionRequested():
            with self._wake:
                while not self._woken and not ahead:
                    self._wake.wait()
                self._woken = False
                number, source = self._number, self._source
            wish = self._wish.take()
            if wish is not None:
                ahead = [(wish.number, step) for step in wish.ahead]
                if source is not None and wish.number == number:
                    self._answer(source, wish)
            listing = self._list.take()
            if listing is not None and source is not None and listing == number:
                self._tell_contents(source, number)
            if wish is None and listing is None and ahead:
                of, step = ahead.pop(0)
                if source is not None and of == number:
                    self._moment(source, number, step)

    def _answer(self, source: MomentSource, wish: _Wish) -> None:
        checkpoint, error = self._moment(source, wish.number, wish.step)
        if self._read.put(MomentRead(wish.number, wish.step, checkpoint, error)):
            self.ready.emit()

    def _moment(self, source: MomentSource, number: int, step: int) -> tuple[Checkpoint | None, BaseException | None]:
        key = (number, step)
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key], None
        try:
            checkpoint = source.moment(step)
        except Exception as error:
            return None, error
        self._known[key] = checkpoint
        self._known_size += _size_of(checkpoint)
        while self._known_size > _REMEMBERED and len(self._known) > 1:
            self._known_size -= _size_of(self._known.popitem(last=False)[1])
        return checkpoint, None

    def _tell_contents(self, source: MomentSource, number: int) -> None:
        folder = source.folder
        contents = Contents(
            number,
            tuple(source.moment_steps()),
            read_notes(folder) if folder is not None else None,
            kept_drawings(folder) if folder is not None else frozenset(),
        )
        if self._contents.put(contents):
            self.listed.emit()


def _size_of(checkpoint: Checkpoint) -> int:
    tensors = (*checkpoint.state.tensors.values(), *checkpoint.state.velocity.values())
    return sum(tensor.numel() * tensor.element_size() for tensor in tensors)
