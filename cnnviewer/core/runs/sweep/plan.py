"""A sweep: one training for each combination of rates, momenta, batch sizes and seeds. Free of torch.

Its runs are ordinary ones whose `info.sweep` is its name; its plan is kept beside them, so that a sweep that was
interrupted can be resumed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Final, Literal

from cnnviewer.core.errors import UserError
from cnnviewer.core.export.csv_table import csv_bytes
from cnnviewer.core.files.atomic import why_not_written, write_atomically
from cnnviewer.core.files.ordinary_file import bytes_of
from cnnviewer.core.json_text import json_text
from cnnviewer.core.runs.format.created import order
from cnnviewer.core.runs.format.info import config_from
from cnnviewer.core.runs.read.summary import RunSummary, State
from cnnviewer.core.training.config import TrainConfig

AXES: Final = ("learning_rate", "momentum", "batch_size", "epochs", "seed")
"""What a sweep varies, the first slowest."""
FOLDER: Final = "sweeps"
"""Where plans and results are, within the folder of runs."""
CSV_COLUMNS: Final = (
    *("sweep", "run", "model", "dataset"),
    *AXES,
    *("state", "epochs_done", "validation_accuracy", "test_accuracy", "seconds"),
)
_OVER: Final = ("finished", "failed")  # a training that diverged would diverge again
SweepState = Literal["waiting"] | State


@dataclass(frozen=True)
class SweepRow:
    """One training of a sweep.

    Attributes:
        config: its configuration.
        run: its run so far; None while it waits for its turn.

    """

    config: TrainConfig
    run: RunSummary | None = None

    @property
    def state(self) -> SweepState:
        """The run's state, `waiting` without one."""
        return self.run.state if self.run is not None else "waiting"

    @property
    def over(self) -> bool:
        """Whether nothing is left to do: it is finished, or failed."""
        return self.state in _OVER

    @property
    def validation_accuracy(self) -> float | None:
        """Of the last epoch done, 0..1; the number to choose by, for the test images must not choose."""
        return self.run.validation_accuracy if self.run is not None else None

    @property
    def test_accuracy(self) -> float | None:
        """Of the test images at the end, 0..1."""
        return self.run.accuracy if self.run is not None and self.run.tested else None

    @property
    def seconds(self) -> float:
        """Spent training up to the last epoch done."""
        return self.run.seconds if self.run is not None else 0.0


def grid(
    base: TrainConfig,
    learning_rates: Sequence[float] = (),
    momenta: Sequence[float] = (),
    batch_sizes: Sequence[int] = (),
    seeds: Sequence[int] = (),
    epochs: Sequence[int] = (),
) -> tuple[TrainConfig, ...]:
    """Every combination, the seeds varying fastest; an empty axis keeps the value of `base`. Each comes once."""
    axes = (
        learning_rates or (base.learning_rate,),
        momenta or (base.momentum,),
        batch_sizes or (base.batch_size,),
        epochs or (base.epochs,),
        seeds or (base.seed,),
    )
    configs = (replace(base, **dict(zip(AXES, values, strict=True))) for values in product(*axes))  # type: ignore[arg-type]
    return tuple(dict.fromkeys(configs))


def varied(configs: Iterable[TrainConfig]) -> tuple[str, ...]:
    """The axes on which the trainings differ, in the order of `AXES`."""
    known = tuple(configs)
    return tuple(name for name in AXES if len({getattr(config, name) for config in known}) > 1)


@dataclass(frozen=True)
class SweepSubject:
    """What a sweep trains, in short.

    Attributes:
        first: its first training; None where nothing is known of it.
        values: by axis on which the trainings differ, its values, in their order.

    """

    first: TrainConfig | None = None
    values: tuple[tuple[str, tuple[float, ...]], ...] = ()


def subject_of(configs: Sequence[TrainConfig]) -> SweepSubject:
    """What a sweep of these trainings trains."""
    values = ((name, tuple(sorted({getattr(config, name) for config in configs}))) for name in varied(configs))
    return SweepSubject(configs[0] if configs else None, tuple(values))


def rows_of(runs: Iterable[RunSummary], name: str, planned: Sequence[TrainConfig] = ()) -> tuple[SweepRow, ...]:
    """The trainings of the sweep called `name`.

    Args:
        runs: any runs; those of other sweeps are left out.
        name: of the sweep.
        planned: its plan: a row each, in this order, also where nothing has been trained yet.

    Returns:
        The planned ones, then runs of the sweep that are in no plan, by their configuration.
    """
    found: dict[TrainConfig, RunSummary] = {}
    for run in sorted(runs, key=lambda each: (order(each.info), not each.is_copy)):
        if run.info.sweep == name:
            found[_comparable(run.info.config)] = run
    rows = [SweepRow(config, found.pop(_comparable(config), None)) for config in planned]
    others = sorted(found.values(), key=lambda run: [getattr(run.info.config, axis) for axis in AXES])
    return (*rows, *(SweepRow(run.info.config, run) for run in others))


def best_of(rows: Iterable[SweepRow]) -> tuple[SweepRow, ...]:
    """The rows with the highest validation accuracy, several where they are equally good; no failed one."""
    evaluated = [row for row in rows if row.validation_accuracy is not None and row.state != "failed"]
    most = max((row.validation_accuracy or 0.0 for row in evaluated), default=0.0)
    return tuple(row for row in evaluated if row.validation_accuracy == most)


def new_sweep_name(taken: Iterable[str] = ()) -> str:
    """A name that sorts by time, such as `sweep_2026-11-24_10-31-05`, and is none of `taken`."""
    known = set(taken)
    name = f"sweep_{datetime.now():%Y-%m-%d_%H-%M-%S}"
    count, free = 1, name
    while free in known:
        count += 1
        free = f"{name}_{count}"
    return free


def check_name(name: str) -> None:
    """A sweep's name is part of file names.

    Raises:
        UserError: it cannot be.
    """
    if not re.fullmatch(r"\w[\w .+-]{0,99}", name):
        raise UserError("{name} cannot be a sweep's name: use letters, digits, spaces, . + - and _.", name=name)


def write_plan(runs_dir: Path, name: str, configs: Sequence[TrainConfig]) -> Path:
    """Keep what a sweep trains.

    Raises:
        UserError: a bad name, one that another sweep has on this system, or a folder that cannot be written to.
    """
    check_name(name)
    path = runs_dir / FOLDER / f"{name}.json"
    other = _name_in(path)
    if _differ_in_case(name, other):
        raise UserError(
            "{name} cannot be a sweep's name: here it is the same file as that of the sweep {other}.",
            name=name,
            other=other,
        )
    document = {
        "format": "cnnviewer-sweep",
        "version": 1,
        "name": name,
        "trainings": [asdict(each) for each in configs],
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise why_not_written(error, path) from error
    write_atomically(path, json_text(document, indent=1).encode() + b"\n")
    return path


def read_plan(runs_dir: Path, name: str) -> tuple[TrainConfig, ...]:
    """What the sweep called `name` trains; nothing where it has no plan.

    Raises:
        UserError: a bad name, or a damaged plan.
    """
    check_name(name)
    path = runs_dir / FOLDER / f"{name}.json"
    try:
        document = json.loads(bytes_of(path))
        if _differ_in_case(name, document.get("name")):
            return ()
        return tuple(config_from(each) for each in document["trainings"])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise UserError(
            "The plan of the sweep {name} is damaged: {file} cannot be read.", name=name, file=path.name
        ) from error


def _differ_in_case(name: str, other: object) -> bool:
    """Whether these are two sweeps whose plans Windows and macOS would keep in one file."""
    return isinstance(other, str) and other != name and other.casefold() == name.casefold()


def _name_in(path: Path) -> str | None:
    """The name of the sweep whose plan is in a file; None where there is none, or a damaged one."""
    try:
        return str(json.loads(bytes_of(path))["name"])
    except (OSError, ValueError, TypeError, KeyError):
        return None


def facts_of(row: SweepRow, name: str) -> Mapping[str, object]:
    """A row under the names of `CSV_COLUMNS`."""
    run = row.run
    return {
        "sweep": name,
        "run": run.info.id if run is not None else None,
        "model": row.config.model,
        "dataset": row.config.dataset,
        **{axis: getattr(row.config, axis) for axis in AXES},
        "state": row.state,
        "epochs_done": run.epochs_done if run is not None else 0,
        "validation_accuracy": row.validation_accuracy,
        "test_accuracy": row.test_accuracy,
        "seconds": row.seconds,
    }


def sweep_csv(rows: Iterable[SweepRow], name: str) -> bytes:
    """The rows as a table, empty where nothing is known; see `csv_bytes`."""
    facts = [facts_of(row, name) for row in rows]
    return csv_bytes(CSV_COLUMNS, ([known[column] for column in CSV_COLUMNS] for known in facts))


def _comparable(config: TrainConfig) -> TrainConfig:
    """Without the thread count, which a run notes down as it was chosen."""
    return replace(config, threads=0)
