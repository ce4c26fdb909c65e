"""How a command ends: its exit status, and what a person reads when it went wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final, ParamSpec, TypeVar

from cnnviewer.core.errors import UserError

DONE: Final = 0
FAILED: Final = 1
"""The work failed."""
WRONG: Final = 2
"""The request was wrong."""
INTERRUPTED: Final = 130

P = ParamSpec("P")
T = TypeVar("T")


class RequestError(UserError):
    """The request itself cannot be carried out: a bad value, a file or a run that is missing or damaged."""


def wrong(work: Callable[P, T], *values: P.args, **named: P.kwargs) -> T:
    """Do `work`; what it cannot do is the request's fault."""
    try:
        return work(*values, **named)
    except UserError as error:
        raise RequestError(error.template, field=error.field, **error.values) from error


def tell(words: object) -> None:
    """A sentence for a person that is no result: on standard error, which leaves the output to programs."""
    print(f"cnnviewer: {words}", file=sys.stderr, flush=True)
