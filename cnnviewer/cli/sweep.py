"""Train every combination of rates, momenta, batch sizes, epochs and seeds, one after the other, as ordinary runs.

Values are separated by commas or spaces. The same sweep asked for again goes on with what is missing: finished runs
are not repeated, interrupted ones are gone on with. Choose by the validation accuracy; the test images only judge.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cnnviewer.cli import options as shared
from cnnviewer.cli.conducting import conduct
from cnnviewer.cli.outcome import DONE, FAILED, INTERRUPTED, RequestError, give, tell, wrong
from cnnviewer.cli.table import table
from cnnviewer.core.errors import UserError
from cnnviewer.core.export.atomic import write_atomically
from cnnviewer.core.runs import sweep
from cnnviewer.core.runs.library import list_runs
from cnnviewer.core.runs.number_list import decimals, whole_numbers
from cnnviewer.core.runs.sweep import SweepRow
from cnnviewer.core.training.config import TrainConfig

if TYPE_CHECKING:
    from cnnviewer.core.data.dataset import DataSet

HELP = "train every combination of some values, one after the other"
EXAMPLES = """examples:
  cnnviewer sweep --learning-rates 0.1,0.03,0.01 --seeds 1,2,3 --epochs 2 --name rates
  cnnviewer sweep --name rates                  goes on with it, or shows it when it is over
  cnnviewer sweep --name rates --json
  cnnviewer sweep --model simplecnn --momenta 0 0.9 --batch-sizes 32 64 --out table.csv"""
_HEADINGS = {
    "learning_rate": "RATE",
    "momentum": "MOMENTUM",
    "batch_size": "BATCH",
    "epochs": "EPOCHS",
    "seed": "SEED",
}
N = TypeVar("N", int, float)


def add(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.set_defaults(command=_sweep)
    parser.add_argument("--name", help="of the sweep (default: a name with the time); of an old one: go on with it")
    axes = parser.add_argument_group("what is varied")
    for option, kind in (
        ("--learning-rates", _listed(decimals)),
        ("--momenta", _listed(decimals)),
        ("--batch-sizes", _listed(whole_numbers)),
        ("--epochs-list", _listed(whole_numbers)),
        ("--seeds", _listed(whole_numbers)),
    ):
        axes.add_argument(option, type=kind, nargs="+", action="extend", default=[], metavar="VALUE")
    shared.add_model(parser, None)
    shared.add_data(parser, "the model's usual one")
    shared.add_hyperparameters(parser)
    group = parser.add_argument_group("what is kept")
    shared.add_runs_dir(group)
    group.add_argument("--out", type=Path, metavar="FILE.csv", help="write the table here too")
    shared.add_budget(group)
    parser.add_argument("--dry-run", action="store_true", help="show what would be trained, and train nothing")
    shared.add_trust(parser)
    shared.add_json(parser, "the table")


def _sweep(options: argparse.Namespace) -> int:
    where = shared.runs_dir(options)
    if options.out is not None and not options.out.absolute().parent.is_dir():
        raise RequestError("{file} cannot be written: its folder does not exist.", file=options.out.name)
    known = {run.info.sweep for run in list_runs(where)} | {path.stem for path in (where / sweep.FOLDER).glob("*.json")}
    name = options.name or sweep.new_sweep_name(known)
    planned = _plan(options, where, name)
    if options.dry_run:
        _show(options, where, name, planned)
        return DONE
    status = _train_all(options, where, name, planned)
    rows = _show(options, where, name, planned)
    table_file = options.out or where / sweep.FOLDER / f"{name}.csv"
    write_atomically(table_file, sweep.sweep_csv(rows, name))
    tell(f"The table is in {table_file}.")
    shared.keep_within_budget(options, None)
    return status


def _plan(options: argparse.Namespace, where: Path, name: str) -> tuple[TrainConfig, ...]:
    """What the sweep trains: what was asked for, or, of one that was begun, what had been asked for then."""
    from cnnviewer.core.models.registry import spec

    old = wrong(sweep.read_plan, where, name)
    axes = (options.learning_rates, options.momenta, options.batch_sizes, options.seeds, options.epochs_list)
    values = [[value for part in axis for value in part] for axis in axes]
    if not any(values) and not shared.given(options) and old:
        shared.trusted(options, old[0].model)
        return old
    if not any(values):
        raise RequestError(
            "Say what to vary: --learning-rates, --momenta, --batch-sizes, --seeds or --epochs-list."
            if options.name is None
            else "There is no sweep {name} yet: say what to vary, such as --learning-rates 0.1,0.01.",
            name=name,
        )
    options.model = shared.trusted(options, options.model or "lenet")
    base = shared.config_from(options, wrong(spec, options.model).defaults)
    planned = sweep.grid(base, *values)
    if old and old != planned:
        raise RequestError(
            "There is a sweep {name} already, of other trainings: leave the values out to go on with it, or choose "
            "another name.",
            name=name,
        )
    return planned


def _train_all(options: argparse.Namespace, where: Path, name: str, planned: Sequence[TrainConfig]) -> int:
    """Train what is not over yet; the exit status."""
    from cnnviewer.core.memory import settle_allocator
    from cnnviewer.core.training.check import check

    rows = sweep.rows_of(list_runs(where), name, planned)
    todo = [row for row in rows if not row.over and row.config in planned]
    if not todo:
        return _status(rows)
    settle_allocator()
    data = shared.load_data(options, planned[0].dataset)
    for config in planned:  # what cannot work is said before the first, not after hours
        wrong(check, config, data)
    wrong(sweep.write_plan, where, name, planned)
    words = sys.stderr if options.json else sys.stdout
    for number, row in enumerate(todo, 1):
        print(f"{name}: training {number} of {len(todo)}, {_words(row.config, planned)}", file=words, flush=True)
        if row.state == "running":
            tell(f"The run {row.run.folder.name if row.run else ''} is being trained elsewhere: it is left alone.")
        elif not _train(options, data, row, where, name):
            return INTERRUPTED
    return _status(sweep.rows_of(list_runs(where), name, planned))


def _train(options: argparse.Namespace, data: DataSet, row: SweepRow, where: Path, name: str) -> bool:
    """Train one of the sweep; whether the next may begin."""
    from cnnviewer.core.runs.start import begin, go_on
    from cnnviewer.core.training.controls import Controls
    from cnnviewer.core.training.failure import TrainingFailed

    controls = Controls.of(row.config)
    try:
        if row.run is None:
            recording = begin(data, row.config, where, controls, sweep=name)
        else:
            recording = go_on(row.run.folder, data, controls=controls)
        go_on_with = " ".join(("cnnviewer sweep --name", _quoted(name), *_folders(options)))
        return conduct(recording, sys.stderr if options.json else sys.stdout, go_on_with) is not None
    except TrainingFailed as failure:
        tell(failure)  # kept as failed: the others are worth their time
        return True
    except UserError as error:
        tell(error)  # a folder that is damaged, say
        return True


def _show(options: argparse.Namespace, where: Path, name: str, planned: Sequence[TrainConfig]) -> tuple[SweepRow, ...]:
    rows = sweep.rows_of(list_runs(where), name, planned)
    best = sweep.best_of(rows)
    if options.json:
        trained = [{**sweep.facts_of(row, name), "best": row is best} for row in rows]
        give({"sweep": name, "varied": sweep.varied(planned), "trainings": trained})
        return rows
    axes = sweep.varied(planned) or ("learning_rate",)
    columns = [*(_HEADINGS[axis] for axis in axes), "STATE", "VALIDATION", "TEST", "SECONDS", "RUN"]
    lines = [
        (
            *(f"{getattr(row.config, axis):g}" for axis in axes),
            row.state,
            _percent(row.validation_accuracy) + (" *" if row is best else "  "),
            _percent(row.test_accuracy),
            f"{row.seconds:.1f}" if row.seconds else "–",
            row.run.info.id if row.run is not None else "–",
        )
        for row in rows
    ]
    print("\n".join(table(columns, lines, frozenset(columns) - {"STATE", "RUN"})))
    if best is not None:
        print(f"* the best by validation: {_words(best.config, planned)}")
    return rows


def _status(rows: Sequence[SweepRow]) -> int:
    return DONE if all(row.state in ("finished", "running") for row in rows) else FAILED


def _words(config: TrainConfig, planned: Sequence[TrainConfig]) -> str:
    axes = sweep.varied(planned) or ("learning_rate",)
    return ", ".join(f"{axis.replace('_', ' ')} {getattr(config, axis):g}" for axis in axes)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.2f}%"


def _folders(options: argparse.Namespace) -> list[str]:
    given = (("--runs-dir", options.runs_dir), ("--data-dir", options.data_dir))
    words = [word for name, value in given if value is not None for word in (name, _quoted(str(value)))]
    return [*words, *(["--trust"] if options.trust else [])]


def _quoted(word: str) -> str:
    from cnnviewer.core.runs.start import quoted

    return quoted(word)


def _listed(read: Callable[[str, str], tuple[N, ...]]) -> Callable[[str], tuple[N, ...]]:
    def listed(text: str) -> tuple[N, ...]:
        try:
            return read(text, "")
        except UserError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return listed
