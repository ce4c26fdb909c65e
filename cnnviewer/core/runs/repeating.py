"""How a run is repeated. Free of torch."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cnnviewer.core.runs.info import RunInfo
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.metric_log import MetricLog


def commands(info: RunInfo) -> Iterator[str]:
    """The command lines that repeat a run, in their order."""
    yield info.command
    for change in info.changes:
        yield f"cnnviewer resume last --epochs {change.epochs}"


def turned(log: MetricLog, config: TrainConfig) -> bool:
    """Whether a person turned the rate or the momentum while the run trained: no command repeats that."""
    if not log.step_count:
        return False
    momenta, rates = log.steps("momentum"), log.steps("learning_rate")
    if not np.all(momenta == config.momentum):
        return True
    return config.schedule == "constant" and not np.all(rates == config.learning_rate)
