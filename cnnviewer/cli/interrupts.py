"""Ctrl+C at any time: one sentence and exit status 130, never a traceback.

Before a command begins, during an import and when it is pressed a second time, the process ends at once: files are
valid at any instant, and libraries in C++ abort when their import is interrupted. A running command gets
`KeyboardInterrupt`, so that it can clean up; a training handles signals itself (`run_training.interruptible`).
A signal that is ignored, as under `nohup`, stays ignored.

The first one, before anything is loaded, is handled by `first_interrupt`.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from cnnviewer.first_interrupt import INTERRUPTED, begin, leave_at_once

__all__ = ["INTERRUPTED", "asked", "begin", "during_work", "ended", "leave_at_once"]
TYPE_CHECKING = False
if TYPE_CHECKING:
    from sys import UnraisableHookArgs
    from types import FrameType

_asked = False


def asked() -> bool:
    """Whether Ctrl+C has been pressed: an error that follows is caused by it."""
    return _asked


@contextmanager
def during_work() -> Iterator[None]:
    """While entered, Ctrl+C raises `KeyboardInterrupt`; afterwards it does nothing.

    Where Python cannot raise it, the process ends at once.
    """
    if signal.getsignal(signal.SIGINT) is not leave_at_once:  # `begin` was not called: the process is not ours
        yield
        return
    sys.unraisablehook = _leave_or_report
    signal.signal(signal.SIGINT, _raise_once)
    try:
        yield
    finally:
        ended()


def ended() -> None:
    """Ignore Ctrl+C from now on: the work is done, and the process is about to end with its status."""
    if signal.getsignal(signal.SIGINT) not in (signal.SIG_IGN, signal.default_int_handler):
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _raise_once(number: int, frame: FrameType | None) -> None:
    global _asked
    if _asked or _is_importing(frame):
        leave_at_once()
    _asked = True
    raise KeyboardInterrupt


def _is_importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _leave_or_report(unraisable: UnraisableHookArgs, /) -> None:
    """End the process for an interruption that Python cannot raise, as in `__del__`: it would be lost."""
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        leave_at_once()
    sys.__unraisablehook__(unraisable)
