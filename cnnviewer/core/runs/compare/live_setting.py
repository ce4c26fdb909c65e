"""Learning rate and momentum as a run trained with them: both can be changed meanwhile. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.training.metric_log import MetricLog

_LIVE: Final = ("learning_rate", "momentum")  # in the order of `RunInfo.began_with`


@dataclass(frozen=True)
class LiveSetting:
    """A setting that was changed during the training.

    Attributes:
        first: what the training began with.
        changes: the step that was the first one with a value, and the value; in their order, at least one.

    """

    first: float
    changes: tuple[tuple[int, float], ...]

    def __str__(self) -> str:
        return " → ".join((f"{self.first}", *(f"{value} from step {step}" for step, value in self.changes)))


def live_setting(info: RunInfo, log: MetricLog, name: str) -> object:
    """A setting of a run: a `LiveSetting` where its log says that it was changed, else the value of its configuration.

    What a schedule does to the learning rate is no change, nor are the steps that a branch has from its parent.
    """
    asked = getattr(info.config, name)
    if name not in _LIVE or (name == "learning_rate" and info.config.schedule != "constant"):
        return asked
    values = log.steps(name)
    steps = log.steps("step")[: len(values)]  # may have grown since
    own = steps > (info.parent.step if info.parent is not None else 0)
    first = info.began_with[_LIVE.index(name)]
    before = np.concatenate([[first], values[own]])
    places = np.flatnonzero(np.diff(before))
    changes = tuple((int(steps[own][place]), float(values[own][place])) for place in places)
    return LiveSetting(first, changes) if changes else asked
