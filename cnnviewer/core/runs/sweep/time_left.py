"""Estimates how long trainings will take, from similar runs. Free of torch."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from cnnviewer.core.runs.format.created import order
from cnnviewer.core.runs.read.summary import RunSummary
from cnnviewer.core.runs.sweep.plan import SweepRow
from cnnviewer.core.training.config import TrainConfig


def seconds_for(configs: Sequence[TrainConfig], runs: Iterable[RunSummary]) -> float | None:
    """Estimated seconds for all `configs` together; None without a similar run.

    A training is expected to take as long an epoch as the newest run of its model, data and device with the batch
    size nearest to its own.
    """
    known = [run for run in runs if _epochs(run) > 0 and run.seconds > 0]
    total = 0.0
    for config in configs:
        alike = [run for run in known if _kind(run.info.config) == _kind(config)]
        if not alike:
            return None
        nearest = min(_apart(run, config) for run in alike)
        chosen = max((run for run in alike if _apart(run, config) == nearest), key=lambda run: order(run.info))
        total += config.epochs * chosen.seconds / _epochs(chosen)
    return total


def seconds_left(rows: Iterable[SweepRow], runs: Iterable[RunSummary]) -> float | None:
    """Estimated seconds until all rows are finished; None without a similar run.

    A training that has begun goes on at its own speed: one that takes longer than those before takes nothing off what
    the next ones take.
    """
    known, total = tuple(runs), 0.0
    for row in rows:
        if not row.over:
            tells = row.run is not None and row.seconds > 0 and _epochs(row.run) > 0
            whole = seconds_for([row.config], [row.run] if tells and row.run is not None else known)
            if whole is None:
                return None
            total += max(0.0, whole - row.seconds)
    return total


def _epochs(run: RunSummary) -> float:
    """How many epochs its seconds are of, the begun one in parts."""
    return max(float(run.epochs_done), run.step / (run.info.counts.get("steps_per_epoch") or math.inf))


def _kind(config: TrainConfig) -> tuple[str, str, str]:
    return config.model, config.dataset, config.device


def _apart(run: RunSummary, config: TrainConfig) -> float:
    return abs(math.log(max(1, run.info.config.batch_size) / max(1, config.batch_size)))
