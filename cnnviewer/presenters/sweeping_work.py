"""The work of a sweep, each for a job: listing its runs, building the next training; and what a person asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.runs import sweep
from cnnviewer.core.runs.library import list_runs
from cnnviewer.core.runs.number_list import decimals, whole_numbers
from cnnviewer.core.runs.recording import Recording
from cnnviewer.core.runs.start import begin, go_on
from cnnviewer.core.runs.summary import RunSummary
from cnnviewer.core.runs.sweep_wish import SweepWish
from cnnviewer.core.training.check import check_numbers
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.runtime.jobs import JobContext

N = TypeVar("N", int, float)
MOST = 500
"""Trainings of one sweep."""


def planned(wish: SweepWish, base: TrainConfig) -> tuple[tuple[TrainConfig, ...], Mapping[str, UserError]]:
    """The trainings a person asks for, and by field what cannot be; none of the first where there is any second."""
    problems: dict[str, UserError] = {}
    rates = _listed(decimals, wish.learning_rates, "learning_rate", problems)
    momenta = _listed(decimals, wish.momenta, "momentum", problems)
    batch_sizes = _listed(whole_numbers, wish.batch_sizes, "batch_size", problems)
    seeds = _listed(whole_numbers, wish.seeds, "seed", problems)
    if problems:
        return (), problems
    base = replace(base, model=wish.model or base.model, dataset=wish.dataset or base.dataset, epochs=wish.epochs)
    count = max(1, len(rates)) * max(1, len(momenta)) * max(1, len(batch_sizes)) * max(1, len(seeds))
    if count > MOST:
        too_many = UserError(
            "{count} trainings are too many for one sweep: ask for at most {most}.",
            field="learning_rate",
            count=f"{count:,}",
            most=MOST,
        )
        return (), {"learning_rate": too_many}
    configs = sweep.grid(base, rates, momenta, batch_sizes, seeds)
    for config in configs:
        try:
            check_numbers(config)
        except UserError as error:
            return (), {error.field or "learning_rate": error}
    return configs, {}


def _listed(
    parse: Callable[[str, str], tuple[N, ...]], text: str, field: str, problems: dict[str, UserError]
) -> tuple[N, ...]:
    try:
        return parse(text, field)
    except UserError as error:
        problems[field] = error
        return ()


@dataclass(frozen=True)
class Found:
    """What is on disk: all runs, the names of all sweeps, the newest first, and the plan of the one asked about."""

    runs: tuple[RunSummary, ...]
    names: tuple[str, ...]
    name: str
    plan: tuple[TrainConfig, ...]


class Finding:
    """The work of looking for sweeps and their runs."""

    def __init__(self, runs_dir: Path, name: str) -> None:
        self.runs_dir = runs_dir
        self.name = name

    def __call__(self, context: JobContext) -> Found:
        """What is there.

        Raises:
            UserError: the sweep's plan is damaged.
        """
        runs = tuple(list_runs(self.runs_dir, context.cancelled))
        if context.cancelled():
            raise Cancelled
        names = {run.info.sweep for run in runs if run.info.sweep}
        names |= {path.stem for path in (self.runs_dir / sweep.FOLDER).glob("*.json")}
        plan = sweep.read_plan(self.runs_dir, self.name) if self.name else ()
        return Found(runs, tuple(sorted(names, reverse=True)), self.name, plan)


class Beginning:
    """The work of building the next training, anew or from where its run was left."""

    def __init__(self, config: TrainConfig, data: DataSet, runs_dir: Path, name: str, folder: Path | None) -> None:
        self.config = config
        self.data = data
        self.runs_dir = runs_dir
        self.name = name
        self.folder = folder

    def __call__(self, context: JobContext) -> Recording:
        """The recording, not begun yet.

        Raises:
            UserError: the training cannot work, or its run cannot be gone on with.
            Cancelled: nobody wants it any more.
        """
        if self.folder is not None:
            recording = go_on(self.folder, self.data)
        else:
            recording = begin(self.data, self.config, self.runs_dir, sweep=self.name)
        if context.cancelled():
            recording.let_go()
            raise Cancelled
        return recording
