"""What went wrong in a person's own code, and at which line of it."""

from __future__ import annotations

import sysconfig
from functools import cache
from pathlib import Path

import numpy as np
import torch

import cnnviewer

_LONGEST = 300  # characters of a reason


def line_of(error: BaseException) -> tuple[str, int] | None:
    """Name and line of the file of a person's own in which `error` came about: the innermost such call.

    A person's own is whatever is neither this program, nor Python, nor an installed package. None where nothing of that
    was running, as in a backward pass.
    """
    found = None
    trace = error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if _is_own(file):
            found = (Path(file).name, trace.tb_lineno)
        trace = trace.tb_next
    return found


def reason_of(error: BaseException) -> str:
    """The error as Python's last line tells it, `ValueError: …`, without the full stop; never more than a sentence."""
    try:
        words = str(error).strip().splitlines()
    except Exception:  # a person's own kind of error: its text is code too
        words = []
    kind = type(error).__name__
    text = f"{kind}: {words[0]}" if words else kind
    text = text.partition(" Hint: ")[0]  # PyTorch's, about a mode that is not to be had here
    return (text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…").rstrip(".")


@cache
def _is_own(file: str) -> bool:
    if file.startswith("<"):  # of code that was made, not written
        return False
    path = Path(file)
    return not any(path.is_relative_to(folder) for folder in _others())


@cache
def _others() -> tuple[Path, ...]:
    paths = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    others = [Path(path) for path in paths if path]
    others += [
        Path(module.__file__).parent for module in (cnnviewer, torch, np) if module.__file__
    ]  # wherever they are
    return tuple(others)
