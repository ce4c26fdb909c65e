"""How a command ends: its exit status, and what a person reads when it went wrong."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import FileIO, TextIOWrapper
from typing import Final, ParamSpec, TextIO, TypeVar

from cnnviewer.core.errors import UserError

DONE: Final = 0
FAILED: Final = 1
"""The work failed."""
WRONG: Final = 2
"""The request was wrong."""
INTERRUPTED: Final = 130

P = ParamSpec("P")
T = TypeVar("T")
_results: TextIO | None = None


class RequestError(UserError):
    """The request itself cannot be carried out: a bad value, a file or a run that is missing or damaged."""


def wrong(work: Callable[P, T], *values: P.args, **named: P.kwargs) -> T:
    """Do `work`; what it cannot do is the request's fault."""
    try:
        return work(*values, **named)
    except UserError as error:
        raise RequestError(error.template, field=error.field, **error.values) from error


@contextmanager
def results_apart() -> Iterator[None]:
    """Keep standard output for `give`: what a person's own code prints meanwhile goes to standard error."""
    global _results
    usual = sys.stdout
    sys.stdout.flush()
    try:
        kept = os.dup(1)  # what libraries written in C print goes past sys.stdout
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
        apart = TextIOWrapper(FileIO(kept, "w", closefd=False), encoding=usual.encoding, errors=usual.errors)
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
    """Print a result as JSON on standard output."""
    print(json.dumps(result), file=_results or sys.stdout, flush=True)


def tell(words: object) -> None:
    """A sentence for a person that is no result: on standard error, which leaves the output to programs."""
    print(f"cnnviewer: {words}", file=sys.stderr, flush=True)
