"""Plan the trainings of a sweep, find its runs, build the next training."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import Cancelled, UserError, without_frames
from cnnviewer.core.runs.read.library import list_runs
from cnnviewer.core.runs.read.summary import RunSummary
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.core.runs.sweep import plan as sweep
from cnnviewer.core.runs.sweep.number_list import decimals, whole_numbers
from cnnviewer.core.runs.sweep.request import SweepRequest
from cnnviewer.core.runs.sweep.turn import take_turn
from cnnviewer.core.training.check import check_numbers
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.runtime.job import JobContext

N = TypeVar("N", int, float)
MOST = 500
"""Trainings of one sweep."""
_PLANS = 200
"""Plans of other sweeps that are remembered."""


def planned(request: SweepRequest, base: TrainConfig) -> tuple[tuple[TrainConfig, ...], Mapping[str, UserError]]:
    """The requested trainings, and the errors by field; no trainings where there is any error."""
    problems: dict[str, UserError] = {}
    rates = _listed(decimals, request.learning_rates, "learning_rate", problems)
    momenta = _listed(decimals, request.momenta, "momentum", problems)
    batch_sizes = _listed(whole_numbers, request.batch_sizes, "batch_size", problems)
    seeds = _listed(whole_numbers, request.seeds, "seed", problems)
    if problems:
        return (), problems
    base = replace(
        base, model=request.model or base.model, dataset=request.dataset or base.dataset, epochs=request.epochs
    )
    count = max(1, len(rates)) * max(1, len(momenta)) * max(1, len(batch_sizes)) * max(1, len(seeds))
    if count > MOST:
        too_many = UserError(
            "{count:training|trainings} are too many for one sweep: ask for at most {most}.",
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
            return (), {error.field or "learning_rate": without_frames(error)}
    return configs, {}


def _listed(
    parse: Callable[[str, str], tuple[N, ...]], text: str, field: str, problems: dict[str, UserError]
) -> tuple[N, ...]:
    try:
        return parse(text, field)
    except UserError as error:
        problems[field] = without_frames(error)
        return ()


@dataclass(frozen=True)
class Found:
    """What is on disk.

    Attributes:
        runs: all of them.
        sweeps: by the names of all sweeps, the newest first, what each trains.
        name: of the sweep asked about.
        plan: its plan.

    """

    runs: tuple[RunSummary, ...]
    sweeps: Mapping[str, sweep.SweepSubject]
    name: str
    plan: tuple[TrainConfig, ...]


def find_sweeps(runs_dir: Path, name: str, context: JobContext) -> Found:
    """Look for sweeps and their runs, and for the plan of the one called `name`.

    Raises:
        UserError: the sweep's plan is damaged.
        Cancelled: the result is no longer needed.
    """
    runs = tuple(list_runs(runs_dir, context.cancelled))
    if context.cancelled():
        raise Cancelled
    trained: dict[str, list[TrainConfig]] = {}
    for run in runs:
        if run.info.sweep:
            trained.setdefault(run.info.sweep, []).append(run.info.config)
    plans = {path.stem: path for path in (runs_dir / sweep.FOLDER).glob("*.json")}
    sweeps = {}
    for each in sorted({*trained, *plans}, reverse=True):
        planned_now = _planned_in(runs_dir, each, _changed(plans[each])) if each in plans else None
        sweeps[each] = planned_now or sweep.subject_of(trained.get(each, ()))
    plan = sweep.read_plan(runs_dir, name) if name else ()
    return Found(runs, sweeps, name, plan)


@lru_cache(_PLANS)
def _planned_in(runs_dir: Path, name: str, _changed: int) -> sweep.SweepSubject | None:
    """What a plan plans, read once as long as it is not changed; None of a damaged one."""
    try:
        return sweep.subject_of(sweep.read_plan(runs_dir, name))
    except UserError:
        return None


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def save_plan(runs_dir: Path, name: str, configs: tuple[TrainConfig, ...], _context: JobContext) -> None:
    """Write which trainings the sweep called `name` consists of.

    Raises:
        UserError: the folder cannot be written to.
    """
    sweep.write_plan(runs_dir, name, configs)


def begin_training(
    config: TrainConfig, data: DataSet, runs_dir: Path, name: str, changed_data: bool, context: JobContext
) -> Recorder | None:
    """Build a training of the sweep, new or from where its run was left; it is not begun yet.

    Returns:
        The recording; None where another process is at this training, or has done it.

    Raises:
        DataChangedError: the sweep has trained on other data so far, and `changed_data` is not set.
        UserError: the training cannot work, or its run cannot be resumed.
        Cancelled: the result is no longer needed.
    """
    recording = take_turn(runs_dir, name, config, data, changed_data=changed_data)
    if context.cancelled():
        release(recording)
        raise Cancelled
    return recording


def release(recording: Recorder | None) -> None:
    """Release a training that nobody will begin: its run's lock and memory."""
    if recording is not None:
        recording.let_go()
