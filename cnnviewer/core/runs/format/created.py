"""When a run was created: an instant to compare, a local time to show. Free of torch."""

from __future__ import annotations

import math
from datetime import datetime

from cnnviewer.core.runs.format.info import RunInfo

_NEVER = -math.inf


def now() -> str:
    """This instant as local time with its offset, ISO 8601: what `RunInfo.created` holds."""
    return datetime.now().astimezone().isoformat(timespec="milliseconds")


def order(info: RunInfo) -> tuple[float, str, int, str]:
    """The key by which runs are sorted, the oldest first.

    Instants are compared, wherever they were noted down. A time without an offset, of a file made by hand, is one of
    this machine; what is no time comes before all others. Runs of one instant come in the order of their numbers.
    """
    when = _read(info.created)
    return (_NEVER if when is None else when.timestamp(), info.created if when is None else "", len(info.id), info.id)


def local(created: str) -> str:
    """The time in this machine's zone, `2026-11-24 10:31:05`; text that is no time stays unchanged."""
    when = _read(created)
    return created if when is None else f"{when:%Y-%m-%d %H:%M:%S}"


def is_today(created: str) -> bool:
    """Whether it is one of the day that this machine has."""
    when = _read(created)
    return when is not None and when.date() == datetime.now().date()


def _read(created: str) -> datetime | None:
    try:
        return datetime.fromisoformat(created).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
