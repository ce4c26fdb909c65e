"""How often the window is brought up to date while a model learns: less often where that takes much of a core."""

from __future__ import annotations

import time
from collections.abc import Callable

MOST_BUSY = 0.06
"""Share of its time that the window's thread works at most while nobody does anything."""
_LEAST_BUSY = 0.045
_LONGEST = 2.0
_CHANGE = 1.15
_SOON = 0.3  # seconds within which too little is seen


class Pace:
    """How much longer than usual the time between two updates is.

    Whatever the window's thread does, a training in the same process waits for: they share Python's lock. On a slow
    machine an update takes longer, so there are fewer. Beats in the window's thread; any thread reads.

    Attributes:
        stretch: 1 for the usual time between updates, 2 for twice that, which is the most.

    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, worked: Callable[[], float] = time.thread_time
    ) -> None:
        """`worked` tells for how many seconds the thread that calls it has worked so far."""
        self.stretch = 1.0
        self._clock, self._worked = clock, worked
        self._before: tuple[float, float] | None = None

    def beat(self) -> None:
        """Some updates have been made since the last beat: see how much time they took."""
        now, before = (self._clock(), self._worked()), self._before
        if before is not None and now[0] - before[0] < _SOON:
            return
        self._before = now
        if before is None:
            return
        share = (now[1] - before[1]) / (now[0] - before[0])
        if share > MOST_BUSY:
            self.stretch = min(_LONGEST, self.stretch * _CHANGE)
        elif share < _LEAST_BUSY:
            self.stretch = max(1.0, self.stretch / _CHANGE)
