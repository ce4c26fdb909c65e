"""A thread that sleeps until it is woken, and ends at `shut_down`."""

from __future__ import annotations

import threading
import time

from PySide6.QtCore import QObject, QThread


class WakingThread(QThread):
    """Base class of the threads that answer requests. A subclass puts a request into a slot and calls `wake`.

    Its `run` is a loop `while self.next_turn(): …` that empties the slots. A request that arrives during a turn causes
    another turn, so none is left waiting.

    Attributes:
        worked: processor time of the thread up to its last turn, in seconds.

    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wake = threading.Condition()
        self._woken = False
        self.worked = 0.0

    def wake(self) -> None:
        """Make the thread take another turn. Any thread may call this."""
        with self._wake:
            self._woken = True
            self._wake.notify()

    def shut_down(self) -> None:
        """End the thread and wait for it."""
        self.requestInterruption()
        self.wake()
        self.wait()

    def next_turn(self, more: bool = False) -> bool:
        """Sleep until `wake`, or return at once with `more` to do. False: the thread must end."""
        self.worked = time.thread_time()
        with self._wake:
            while not self._woken and not more and not self.isInterruptionRequested():
                self._wake.wait()
            self._woken = False
        return not self.isInterruptionRequested()
