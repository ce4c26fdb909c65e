"""Pass values between threads when only the newest one matters."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class LatestSlot(Generic[T]):
    """Holds only the newest value: a slow reader skips the older ones instead of queueing them.

    Any thread may put and take; neither blocks. Values must be frozen.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._value: T | None = None

    def put(self, value: T) -> bool:
        """Replace the value. True when the slot was empty, so the reader must be woken."""
        with self._lock:
            was_empty = self._value is None
            self._value = value
            return was_empty

    def take(self) -> T | None:
        """Return the newest value and empty the slot; None when it is empty."""
        with self._lock:
            value, self._value = self._value, None
            return value

    def peek(self) -> T | None:
        """Return the newest value and leave it in the slot; None when it is empty."""
        with self._lock:
            return self._value
