"""What was changed in one place, as far as it can be undone, and when: Ctrl+Z takes the latest change that is seen."""

from __future__ import annotations

from itertools import count

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

_clock = count(1)
"""One for the program: of two changes the later one has the larger number."""


class Undoable(QObject):
    """The changes of one place, with the order in which they were made; belongs to the widget that shows them.

    The place, or its presenter, keeps what was changed. It says how many changes there are with `set_steps` and
    answers the signals. `window.last_change.LastChange` decides which place is asked.

    Signals:
        undo_requested, redo_requested: of the last change here.

    Attributes:
        kinds: what the last change here is, and the last one undone: keys of `LastChange`'s words.
    """

    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, place: QWidget, kind: str, everywhere: bool = False, missed: str = "") -> None:
        """Belong to `place`.

        Args:
            place: shows what is changed.
            kind: of its changes.
            everywhere: the changes are seen also where the place is not.
            missed: the kind of change that is undone also where the place is not seen, for what it took is missed
                anywhere; it is made again only where it is seen.

        """
        super().__init__(place)
        self.kinds = (kind, kind)
        self._place, self._everywhere, self._missed = place, everywhere, missed
        self._done: list[int] = []
        self._undone: list[int] = []

    def set_steps(self, undoable: int, redoable: int, kinds: tuple[str, str] | None = None) -> None:
        """Say how many changes there are to undo, and how many that were undone; `kinds` of the last of both."""
        self.kinds = kinds or self.kinds
        for times, steps in ((self._done, undoable), (self._undone, redoable)):
            del times[steps:]
            times.extend(next(_clock) for _ in range(steps - len(times)))

    @property
    def steps(self) -> tuple[int, int]:
        """How many changes there are to undo, and to redo."""
        return len(self._done), len(self._undone)

    def may(self, redo: bool) -> bool:
        """Whether its last change may be undone now, or made again: nobody takes back, or does, what is not seen."""
        return self._everywhere or self._place.isVisible() or (not redo and self.kinds[0] == self._missed)

    def last(self, redo: bool = False) -> int:
        """When the last change was made, or with `redo` undone; 0 without any."""
        times = self._undone if redo else self._done
        return times[-1] if times else 0


def is_undo_or_redo(event: QKeyEvent) -> bool:
    """Whether these are the keys for one of both."""
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
