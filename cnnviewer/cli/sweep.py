"""Train every combination of rates, momenta, batch sizes, epochs and seeds, one after the other, as ordinary runs.

Values are separated by commas or spaces. The same command again trains what is missing: finished runs are not repeated,
interrupted ones are resumed. Choose by validation accuracy; the test images are only for the final evaluation.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnnviewer.cli import options as shared
from cnnviewer.cli.arguments import Consent, Folders
from cnnviewer.cli.data_sets import load_data
from cnnviewer.cli.exit_codes import DONE, FAILED, INTERRUPTED, RequestError, give, tell, wrong
from cnnviewer.cli.option_types import list_of
from cnnviewer.cli.run_budget import keep_within_budget
from cnnviewer.cli.run_training import run_training
from cnnviewer.cli.table import table
from cnnviewer.cli.targets import check_target
from cnnviewer.cli.terminal import say
from cnnviewer.cli.trusted_models import check_trust, trusted
from cnnviewer.core.errors import UserError
from cnnviewer.core.files.atomic import write_atomically
from cnnviewer.core.models.key import ModelKey
from cnnviewer.core.models.recipe import OWN_DATASET
from cnnviewer.core.models.trial.trial import Fit
from cnnviewer.core.runs.read.library import list_runs
from cnnviewer.core.runs.read.repeating import quoted
from cnnviewer.core.runs.sweep import plan as sweep
from cnnviewer.core.runs.sweep.number_list import decimals, whole_numbers
from cnnviewer.core.runs.sweep.plan import SweepRow
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.parser import file_name

if TYPE_CHECKING:
    from cnnviewer.core.data.dataset import DataSet

HELP = "train every combination of some values, one after the other"
EXAMPLES = """examples:
  cnnviewer sweep --learning-rates 0.1,0.03,0.01 --seeds 1,2,3 --epochs 2 --name rates
  cnnviewer sweep --name rates                  resumes it, or shows it when it is finished
  cnnviewer sweep --name rates --json
  cnnviewer sweep --model simplecnn --momenta 0 0.9 --batch-sizes 32 64 --out table.csv"""
_HEADINGS = {
    "learning_rate": "RATE",
    "momentum": "MOMENTUM",
    "batch_size": "BATCH",
    "epochs": "EPOCHS",
    "seed": "SEED",
}


@dataclass(frozen=True)
class _Request:
    """What to train and what to print.

    Attributes:
        name: of the sweep; None: a new one with the time.
        learning_rates: values to combine; empty: that of `changes`, as with the four that follow.
        momenta: likewise.
        batch_sizes: likewise.
        seeds: likewise.
        epochs: likewise.
        changes: fields of `TrainConfig` that differ from the model's usual ones in every training.
        table_file: where the table is written as CSV; None: beside the runs.
        budget: bytes that all runs together may take afterwards; None: the usual ones.
        json: print the table as JSON.
        folders: where data sets and runs are.
        consent: what the user has agreed to.
    """

    name: str | None
    learning_rates: Sequence[float]
    momenta: Sequence[float]
    batch_sizes: Sequence[int]
    seeds: Sequence[int]
    epochs: Sequence[int]
    changes: Mapping[str, Any]
    table_file: Path | None
    budget: int | None
    json: bool
    folders: Folders
    consent: Consent


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.set_defaults(command=run)
    parser.add_argument("--name", help="of the sweep (default: a name with the time); that of an old one resumes it")
    axes = parser.add_argument_group("what is varied")
    for option, kind in (
        ("--learning-rates", list_of(decimals)),
        ("--momenta", list_of(decimals)),
        ("--batch-sizes", list_of(whole_numbers)),
        ("--epochs-list", list_of(whole_numbers)),
        ("--seeds", list_of(whole_numbers)),
    ):
        axes.add_argument(option, type=kind, nargs="+", action="extend", default=[], metavar="VALUE")
    shared.add_model(parser, None)
    shared.add_data(parser, "the model's usual one")
    shared.add_hyperparameters(parser)
    group = parser.add_argument_group("what is stored")
    shared.add_runs_dir(group)
    group.add_argument("--out", type=file_name, metavar="FILE.csv", help="write the table here too")
    shared.add_budget(group)
    parser.add_argument("--dry-run", action="store_true", help="show what would be trained, and train nothing")
    shared.add_trust(parser)
    shared.add_changed_code(parser)
    shared.add_changed_data(parser)
    shared.add_json(parser, "the table")


def run(options: argparse.Namespace) -> int:
    """Train the sweep, or show it; the exit status."""
    request = _Request(
        name=options.name,
        learning_rates=_joined(options.learning_rates),
        momenta=_joined(options.momenta),
        batch_sizes=_joined(options.batch_sizes),
        seeds=_joined(options.seeds),
        epochs=_joined(options.epochs_list),
        changes=shared.config_changes_of(options),
        table_file=options.out,
        budget=options.budget,
        json=options.json,
        folders=shared.folders_of(options),
        consent=shared.consent_of(options),
    )
    return _sweep(request, options.dry_run)


def _joined(parts: Sequence[Sequence[Any]]) -> list[Any]:
    """The values of all words of an option."""
    return [value for part in parts for value in part]


def _sweep(request: _Request, dry_run: bool) -> int:
    from cnnviewer.core.training.check import check_numbers

    where = request.folders.runs
    if request.table_file is not None:
        check_target(request.table_file)
    known = {run.info.sweep for run in list_runs(where)} | {path.stem for path in (where / sweep.FOLDER).glob("*.json")}
    name = request.name or sweep.new_sweep_name(known)
    planned = _plan(request, name)
    if dry_run:
        for config in planned:
            wrong(check_numbers, config)
        _show(sweep.rows_of(list_runs(where), name, planned), name, planned, request.json)
        return DONE
    status = _train_all(request, name, planned)
    rows = sweep.rows_of(list_runs(where), name, planned)
    table_file = request.table_file or where / sweep.FOLDER / f"{name}.csv"
    write_atomically(table_file, sweep.sweep_csv(rows, name))
    _show(rows, name, planned, request.json)
    tell(f"The table is in {table_file}.")
    keep_within_budget(where, request.budget)
    return status


def _plan(request: _Request, name: str) -> tuple[TrainConfig, ...]:
    """What the sweep trains: what is asked for, or, of one that was begun, what was asked for then."""
    from cnnviewer.core.models.registry import spec
    from cnnviewer.core.training.usual import usual_config

    old = wrong(sweep.read_plan, request.folders.runs, name)
    values = (request.learning_rates, request.momenta, request.batch_sizes, request.seeds, request.epochs)
    if not any(values) and not request.changes and old:
        _trusted(request, old[0].model_key, old[0].dataset)
        return old
    if not any(values):
        raise RequestError(
            "Say what to vary: --learning-rates, --momenta, --batch-sizes, --seeds or --epochs-list."
            if request.name is None
            else "There is no sweep {name} yet: say what to vary, such as --learning-rates 0.1,0.01.",
            name=name,
        )
    dataset = request.changes.get("dataset", OWN_DATASET)
    model = _trusted(request, TrainConfig(**request.changes).model_key, dataset)
    base = replace(usual_config(wrong(spec, model).info), **{**request.changes, "model": model})
    planned = sweep.grid(base, *values)
    if old and old != planned:
        raise RequestError(
            "There is a sweep {name} already, of other trainings: leave the values out to resume it, or choose "
            "another name.",
            name=name,
        )
    return planned


def _trusted(request: _Request, model: ModelKey, dataset: str) -> str:
    """The key of a model; one of the user's own is first built for the images, in a process of its own."""
    if not model.is_own:
        return str(model)
    check_trust(request.consent, model)
    info = load_data(request.folders.data, dataset).info
    return trusted(request.consent, model, Fit(info.shape, len(info.classes)))


def _train_all(request: _Request, name: str, planned: Sequence[TrainConfig]) -> int:
    """Train what is not finished yet; the exit status."""
    from cnnviewer.core.memory import settle_allocator
    from cnnviewer.core.runs.sweep.turn import check_same_data
    from cnnviewer.core.training.check import check

    where = request.folders.runs
    rows = sweep.rows_of(list_runs(where), name, planned)
    todo = [row for row in rows if not row.over and row.config in planned]
    if not todo:
        return _status(rows)
    settle_allocator()
    data = load_data(request.folders.data, planned[0].dataset, logged=True)
    for config in planned:  # before the first training: a mistake is reported at once, not after hours
        wrong(check, config, data)
    begun = [row.run.info for row in rows if row.run is not None]
    wrong(check_same_data, begun, data, request.consent.changed_data)
    wrong(sweep.write_plan, where, name, planned)
    for number, row in enumerate(todo, 1):
        training = f"{name}: training {number} of {len(todo)}, {_words(row.config, planned)}"
        say(training, to=sys.stderr if request.json else sys.stdout)
        if not _train(request, data, row, name):
            return INTERRUPTED
    return _status(sweep.rows_of(list_runs(where), name, planned))


def _train(request: _Request, data: DataSet, row: SweepRow, name: str) -> bool:
    """Train one row of the sweep; whether the next may begin."""
    from cnnviewer.core.runs.read.changes import DataChangedError
    from cnnviewer.core.runs.sweep.turn import take_turn
    from cnnviewer.core.training.controls import Controls
    from cnnviewer.core.training.failure import TrainingFailed

    controls = Controls.of(row.config)
    try:
        agreed = (request.consent.changed_code, request.consent.changed_data)
        recording = take_turn(request.folders.runs, name, row.config, data, controls, *agreed)
        if recording is None:
            tell("Another process trains it, or has trained it: it is left to that process.")
            return True
        resume_with = " ".join(("cnnviewer sweep --name", quoted(name), *_options_again(request)))
        return run_training(recording, sys.stderr if request.json else sys.stdout, resume_with) is not None
    except TrainingFailed as failure:
        tell(failure)  # the run is kept as failed, and the others are still worth training
        return True
    except DataChangedError as error:  # another process has begun to train the sweep on other data
        raise RequestError(error.template, field=error.field, **error.values) from error
    except UserError as error:
        tell(error)  # such as a damaged folder
        return True


def _show(rows: Sequence[SweepRow], name: str, planned: Sequence[TrainConfig], as_json: bool) -> None:
    best = sweep.best_of(rows)
    if as_json:
        trained = [{**sweep.facts_of(row, name), "best": row in best} for row in rows]
        give({"sweep": name, "varied": sweep.varied(planned), "trainings": trained})
        return
    axes = sweep.varied(planned) or ("learning_rate",)
    columns = [*(_HEADINGS[axis] for axis in axes), "STATE", "VALIDATION", "TEST", "SECONDS", "RUN"]
    lines = [
        (
            *(f"{getattr(row.config, axis):g}" for axis in axes),
            row.state,
            _percent(row.validation_accuracy) + (" *" if row in best else "  "),
            _percent(row.test_accuracy),
            f"{row.seconds:.1f}" if row.seconds else "–",
            row.run.info.id if row.run is not None else "–",
        )
        for row in rows
    ]
    say(*table(columns, lines, frozenset(columns) - {"STATE", "RUN"}))
    if best:
        equal = f"{len(best)} that are equally good" if len(best) > 1 else "the best"
        say(f"* {equal} by validation: {'; '.join(_words(row.config, planned) for row in best)}")


def _status(rows: Sequence[SweepRow]) -> int:
    return DONE if all(row.state in ("finished", "running") for row in rows) else FAILED


def _words(config: TrainConfig, planned: Sequence[TrainConfig]) -> str:
    axes = sweep.varied(planned) or ("learning_rate",)
    return ", ".join(f"{axis.replace('_', ' ')} {getattr(config, axis):g}" for axis in axes)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.2f}%"


def _options_again(request: _Request) -> list[str]:
    """Folders and consent as options, for the command that resumes the sweep."""
    given = (("--runs-dir", request.folders.runs_dir), ("--data-dir", request.folders.data_dir))
    words = [word for name, value in given if value is not None for word in (name, quoted(str(value.absolute())))]
    agreed = ("trust", "changed_code", "changed_data")
    return [*words, *(f"--{name.replace('_', '-')}" for name in agreed if getattr(request.consent, name))]
