"""A stopwatch that can be halted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Clock:
    """Seconds spent inside `running()`, those inside `paused()` left out."""

    def __init__(self, seconds: float = 0.0) -> None:
        self._gathered = seconds  # of a training that is resumed
        self._since: float | None = None

    @property
    def seconds(self) -> float:
        """Gathered so far."""
        return self._gathered + (time.perf_counter() - self._since if self._since is not None else 0.0)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the time of the block."""
        self._since = time.perf_counter()
        try:
            yield
        finally:
            self._halt()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Leave the time of the block out; within `running()`."""
        self._halt()
        try:
            yield
        finally:
            self._since = time.perf_counter()

    def _halt(self) -> None:
        self._gathered, self._since = self.seconds, None
