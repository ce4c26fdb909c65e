"""The one place where a file or a folder gets another name.

Windows refuses that while another program (a virus scanner, a spreadsheet) has the file open. Most close it within an
instant, so it is tried again for a second; then a sentence says what to do.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from cnnviewer.core.errors import UserError

StrPath = str | os.PathLike[str]
_WAITS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.3)  # seconds before each further attempt
_DENIED, _SHARING, _LOCKED = 5, 32, 33  # Windows' error numbers: which one comes depends on how the file is open


def replace_file(source: StrPath, target: StrPath) -> None:
    """Give a file or a folder the name `target`; a file of that name is replaced, wholly or not at all.

    Raises:
        UserError: another program has `target` open.
        OSError: anything else that the system says.
    """
    _insist(os.replace, source, target, Path(target))


def rename(source: StrPath, target: StrPath) -> None:
    """Give a file or a folder the name `target`, which should be free.

    Raises:
        UserError: another program has `source`, or a file in it, open.
        OSError: anything else that the system says, also where there is a folder `target` with something in it.
    """
    _insist(os.rename, source, target, Path(source))


def _insist(move: Callable[[StrPath, StrPath], None], source: StrPath, target: StrPath, in_the_way: Path) -> None:
    for wait in (*_WAITS, None):
        try:
            move(source, target)
            return
        except OSError as error:
            if getattr(error, "winerror", None) not in (_DENIED, _SHARING, _LOCKED):
                raise
            if wait is None:
                raise UserError(
                    "{file} is open in another program, or write-protected: close it there and try again.",
                    file=in_the_way.name,
                ) from error
            time.sleep(wait)
