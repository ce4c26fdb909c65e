"""How a command ends: its exit status, its results as JSON and its sentences for the user."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, ParamSpec, TextIO, TypeVar

from cnnviewer.cli.interrupts import INTERRUPTED as INTERRUPTED
from cnnviewer.cli.terminal import safe, say
from cnnviewer.core.errors import UserError
from cnnviewer.core.json_text import json_text, plain
from cnnviewer.core.plain_text import as_text

DONE: Final = 0
FAILED: Final = 1
"""The work failed."""
WRONG: Final = 2
"""The request was wrong."""

P = ParamSpec("P")
T = TypeVar("T")
_results: TextIO | None = None


class RequestError(UserError):
    """The request is wrong: a bad value, or a file or a run that is missing or damaged. Exit status 2."""


def wrong(work: Callable[P, T], *values: P.args, **named: P.kwargs) -> T:
    """The result of `work`; its `UserError` becomes a `RequestError` with the same sentence."""
    try:
        return work(*values, **named)
    except UserError as error:
        raise RequestError(error.template, field=error.field, **error.values) from error


@contextmanager
def results_apart() -> Iterator[None]:
    """While entered, only `give` writes to standard output: what the user's own code prints goes to standard error."""
    global _results
    usual = sys.stdout
    sys.stdout.flush()
    try:
        kept = os.dup(1)  # a descriptor: libraries written in C print past sys.stdout
    except OSError:
        kept = None
    try:
        own = kept is not None and usual.fileno() == 1
    except (AttributeError, OSError, ValueError):
        own = False
    if kept is not None:
        os.dup2(2, 1)
    apart = usual
    if own and kept is not None:
        # open, no FileIO: for a console of Windows it gives what writes every letter, whatever the code page
        apart = safe(open(kept, "wb", buffering=0, closefd=False), usual)  # noqa: SIM115 - closed below
    _results, sys.stdout = apart, sys.stderr
    try:
        yield
    finally:
        _results, sys.stdout = None, usual
        apart.flush()
        if kept is not None:
            os.dup2(kept, 1)
            os.close(kept)


def give(result: object) -> None:
    """Print a result as JSON on standard output; undecodable bytes in file names are escaped."""
    say(json_text(plain(result, as_text)), to=_results)


def tell(words: object, *more: str) -> None:
    """Print a sentence for the user, and lines below it, on standard error: they are not part of the result."""
    say(f"cnnviewer: {words}", *more, to=sys.stderr)
