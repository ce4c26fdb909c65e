"""How threads hand values over when only the newest matters."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class LatestSlot(Generic[T]):
    """Holds the newest value only: a slow reader skips the older ones instead of queueing them.

    Any thread may put and take; neither waits. What is put must be frozen.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._value: T | None = None

    def put(self, value: T) -> bool:
        """Replace the value. True when the slot was empty, so that the reader must be told."""
        with self._lock:
            was_empty = self._value is None
            self._value = value
            return was_empty

    def take(self) -> T | None:
        """The newest value, which leaves the slot; None when there is none."""
        with self._lock:
            value, self._value = self._value, None
            return value

    def peek(self) -> T | None:
        """The newest value, which stays."""
        with self._lock:
            return self._value
