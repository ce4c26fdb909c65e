"""Waiting for a condition: a limit for what the program does, not for how long the machine slept meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer

_LOOK = 10  # milliseconds
_MOST = 1.0  # seconds that one look counts: a virtual machine that was halted comes back with its clock far ahead


def wait_until(condition: Callable[[], bool], seconds: float, what: str = "the condition") -> None:
    """Run the event loop until `condition()`; TimeoutError after so many seconds in which the program ran."""
    left, before = seconds, time.monotonic()
    while not condition():
        if left <= 0:
            raise TimeoutError(f"{what} was not reached in {seconds:g} s")
        loop = QEventLoop()  # QTest.qWait would sleep, and keep a thread's answer waiting
        QTimer.singleShot(_LOOK, loop.quit)
        loop.exec()
        now = time.monotonic()
        left -= min(now - before, _MOST)
        before = now
