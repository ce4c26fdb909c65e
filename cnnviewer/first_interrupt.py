"""Ctrl+C from the first line of the program on, imported before everything else: `cli/interrupts.py` takes over.

It uses `_signal`, which is built in: `signal` itself loads `enum`, which takes as long as the rest of Python's start.
Whoever imports the package into a program of their own keeps their handler.
"""

import _signal  # type: ignore[import-not-found]
import os
import sys

INTERRUPTED = 130
"""The exit status."""


def leave_at_once(*_: object) -> None:
    """End the process at once, whatever it is doing."""
    os.write(2, b"\ncnnviewer: Interrupted.\n")  # not print: the signal may have interrupted one
    os._exit(INTERRUPTED)


def begin() -> None:
    """Let Ctrl+C end the process at once from now on; one that is ignored, as under `nohup`, stays ignored."""
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, leave_at_once)


def begin_as_program() -> None:
    """The same in a process that is the program, not one that imports it."""
    try:
        if is_program(sys.argv[0], sys.orig_argv):
            begin()
    except (AttributeError, IndexError, ValueError):  # an embedded Python without words, or another thread
        return


def is_program(called: str, words: list[str]) -> bool:
    """Whether a process was started as `cnnviewer`, `python -m cnnviewer` or `python main.py`.

    Args:
        called: `sys.argv[0]`, which is `-m` while the package is imported for that option.
        words: of the whole command line.
    """
    if called == "-m":
        return "cnnviewer" in words or "-mcnnviewer" in words
    folder, name = os.path.split(os.path.abspath(called))
    return name in ("cnnviewer", "cnnviewer.exe", "cnnviewer-script.py") or (
        name == "main.py" and folder == os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    )
