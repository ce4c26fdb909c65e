"""Titles of sweeps: what is trained on what, and with which values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication

from cnnviewer.core.plain_text import visible
from cnnviewer.core.runs.sweep.plan import SweepSubject
from cnnviewer.presenters.run_names import usual_name

_MOST_VALUES: Final = 3
_DATED: Final = re.compile(r"sweep_(\d{4}-\d\d-\d\d)_(\d\d)-(\d\d)-(\d\d)(_\d+)?")


def sweep_titles(sweeps: Mapping[str, SweepSubject]) -> dict[str, str]:
    """By the name of a sweep such as `LeNet on MNIST · rate 0.001, 0.01, 0.1`; the user's name for one first.

    Args:
        sweeps: by their names, what each trains.

    Returns:
        Titles that differ: two that would be alike have the time at which the sweep began.
    """
    titles = {name: _title(name, subject) for name, subject in sweeps.items()}
    count = Counter(titles.values())
    return {name: f"{title} · {_time(name)}" if count[title] > 1 else title for name, title in titles.items()}


def _title(name: str, subject: SweepSubject) -> str:
    own = "" if _DATED.fullmatch(name) else visible(name)
    usual = usual_name(subject.first) if subject.first is not None else ""
    values = ", ".join(_axis(axis, each) for axis, each in subject.values)
    return " · ".join(filter(None, (own, usual, values))) or _time(name)


def _axis(name: str, values: Sequence[float]) -> str:
    """Such as `rate 0.001, 0.01, 0.1`; of many values the least and the greatest."""
    said = [f"{value:g}" if isinstance(value, float) else f"{value:,}" for value in values]
    listed = ", ".join(said) if len(said) <= _MOST_VALUES else f"{said[0]} … {said[-1]}"
    match name:
        case "learning_rate":
            return QCoreApplication.translate("RunName", "rate {value}").format(value=listed)
        case "momentum":
            return QCoreApplication.translate("RunName", "momentum {value}").format(value=listed)
        case "batch_size":
            return QCoreApplication.translate("RunName", "batch {count}").format(count=listed)
        case "epochs":
            return QCoreApplication.translate("RunName", "epochs {value}").format(value=listed)
    return QCoreApplication.translate("RunName", "seed {value}").format(value=listed)


def _time(name: str) -> str:
    """When a sweep was begun, as its name says it; else its name."""
    found = _DATED.fullmatch(name)
    if found is None:
        return visible(name)
    day, hour, minute, second, number = found.groups()
    return f"{day} {hour}:{minute}:{second}{(number or '').replace('_', ' · ')}"
