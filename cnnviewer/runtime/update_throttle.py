"""How often the window updates while a model trains: less often where updates use much of a core."""

from __future__ import annotations

import time
from collections.abc import Callable

MOST_BUSY = 0.045
"""Largest share of one core that showing a training may use, in all threads that take part."""
_LEAST_BUSY = 0.034
_LONGEST = 2.0
_CHANGE = 1.15
_SOON = 0.3  # seconds: shorter intervals measure too little


class UpdateThrottle:
    """Factor by which the time between two updates is stretched.

    A training in the same process waits while other threads work: they share Python's global lock and the cores. On a
    slow machine an update takes longer, so there are fewer. The window's thread calls `beat`; any thread reads
    `stretch`.

    Attributes:
        stretch: 1 for the usual time between updates, up to 2 for twice that.

    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, worked: Callable[[], float] = time.thread_time
    ) -> None:
        """`worked` returns the CPU seconds used so far for what is updated."""
        self.stretch = 1.0
        self._clock, self._worked = clock, worked
        self._before: tuple[float, float] | None = None

    def beat(self) -> None:
        """Measure how much time the updates since the last beat took, and adjust `stretch`."""
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
