"""Options that several commands share, and what they mean."""

from __future__ import annotations

import argparse
import os
import re
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnnviewer.cli.outcome import RequestError, tell, wrong
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.own.code import check_code
from cnnviewer.core.models.own.key import PREFIX, parse_key
from cnnviewer.core.models.own.trial import TIME_LIMIT, Fit, Trial
from cnnviewer.core.paths import chosen_in_window, default_data_dir, default_runs_dir
from cnnviewer.core.runs.library import BUDGET, find_run, keep_within
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.typed_number import real, whole

if TYPE_CHECKING:
    from cnnviewer.core.data.dataset import DataSet
    from cnnviewer.core.data.info import DataInfo
    from cnnviewer.core.models.recipe import ModelRecipe
    from cnnviewer.core.models.state import ModelState
    from cnnviewer.core.runs.info import RunInfo

_MODELS = "lenet, simplecnn, alexnet32, vgg32, a design:… or your own file:PATH.py::NAME or file:PATH.py::NAME(depth=2)"
_DATASETS = "mnist, cifar10, builtin-digits, builtin-shapes, folder:PATH or npz:PATH"


def number(text: str) -> float:
    """A number as the window's fields take it: `0.001`, `0,001`, `1e-3`; for argparse."""
    try:
        return real(text)
    except UserError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def whole_number(text: str) -> int:
    """Likewise a whole number."""
    try:
        return whole(text)
    except UserError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def add_data(parser: argparse.ArgumentParser, default: str) -> None:
    """`--dataset` and where data sets are; `default` says in words what is taken without it."""
    parser.add_argument("--dataset", metavar="KEY", help=f"{_DATASETS} (default: {default})")
    add_data_dir(parser)


def add_data_dir(parser: argparse.ArgumentParser) -> None:
    """`--data-dir`. Suppressed, not None, where it is left out: it may stand before the command as well."""
    parser.add_argument(
        "--data-dir",
        type=Path,
        default=argparse.SUPPRESS,
        metavar="DIR",
        help="where data sets are (default: CNNVIEWER_DATA_DIR, or your system's folder for program data)",
    )


def add_runs_dir(parser: argparse._ActionsContainer) -> None:
    """`--runs-dir`."""
    parser.add_argument(
        "--runs-dir",
        type=Path,
        default=argparse.SUPPRESS,
        metavar="DIR",
        help="where runs are kept (default: CNNVIEWER_RUNS_DIR, what the window has been told, or your system's folder "
        "for program data)",
    )


def add_run_name(parser: argparse.ArgumentParser) -> None:
    """The run that a command is about."""
    parser.add_argument(
        "run", metavar="RUN", help="its name, its id, the beginning of one, its folder, or `last` for the newest"
    )


def add_run(parser: argparse.ArgumentParser) -> None:
    """The run that a command is about, and where runs are."""
    add_run_name(parser)
    add_runs_dir(parser)


def add_step(parser: argparse._ActionsContainer) -> None:
    """`--step`."""
    parser.add_argument(
        "--step", default="last", metavar="STEP", help="a kept step, `best` (by validation) or `last` (default: last)"
    )


def add_budget(parser: argparse._ActionsContainer) -> None:
    """`--budget`."""
    parser.add_argument(
        "--budget",
        type=size,
        metavar="SIZE",
        help="afterwards let moments of the oldest runs go until all take no more, such as 10GB "
        "(default: CNNVIEWER_RUNS_BUDGET, what the window has been told, or 2GB)",
    )


def add_json(parser: argparse.ArgumentParser, what: str) -> None:
    """`--json`."""
    parser.add_argument("--json", action="store_true", help=f"print {what} as JSON and nothing else")


def add_trust(parser: argparse._ActionsContainer) -> None:
    """`--trust`: the clear yes without which nobody's code is run."""
    parser.add_argument(
        "--trust", action="store_true", help="run the Python file of a model file:PATH.py::CLASS, which is code"
    )
    parser.add_argument(
        "--trust-seconds",
        type=float,
        default=TIME_LIMIT,
        metavar="S",
        help=f"how long its first run may take, in a process of its own (default: {TIME_LIMIT:g})",
    )


def add_changed_code(parser: argparse._ActionsContainer) -> None:
    """`--changed-code`: a run's model of one's own is used although its file is no longer the same."""
    parser.add_argument(
        "--changed-code",
        action="store_true",
        help="use a run's model file:PATH.py::CLASS although its code has changed since",
    )


def add_hyperparameters(parser: argparse.ArgumentParser) -> None:
    """A field of `TrainConfig` each; left out, the model's own values hold."""
    group = parser.add_argument_group("hyperparameters", "Left out, the model's usual values hold.")
    group.add_argument("--epochs", type=whole_number, metavar="N", help="passes over the training images")
    group.add_argument("--batch-size", type=whole_number, metavar="N", help="images per step")
    group.add_argument("--learning-rate", type=number, metavar="RATE")
    group.add_argument("--momentum", type=number, metavar="M", help="0 <= M < 1")
    group.add_argument("--weight-decay", type=number, metavar="D", help="L2 penalty")
    group.add_argument("--schedule", choices=("constant", "cosine"), help="of the learning rate")
    group.add_argument(
        "--augmentation", choices=("none", "flip-crop", "handwriting"), help="what is done to training images"
    )
    group.add_argument(
        "--dropout", type=number, metavar="P", help="probability while training, in place of the model's own"
    )
    group.add_argument(
        "--validation-fraction",
        type=number,
        metavar="F",
        help="share of the training images held out, at most 5,000; 0 validates on the test images",
    )
    group.add_argument(
        "--seed", type=whole_number, metavar="S", help="of initialisation, order, dropout and augmentation"
    )
    group.add_argument("--threads", type=whole_number, metavar="N", help="PyTorch's thread count; 0 chooses")
    group.add_argument("--device", help="cpu, cuda:0, mps")


def add_model(parser: argparse.ArgumentParser, default: str | None = "lenet") -> None:
    """`--model`."""
    parser.add_argument("--model", metavar="KEY", default=default, help=_MODELS)


def config_from(options: argparse.Namespace, defaults: TrainConfig) -> TrainConfig:
    """`defaults` with everything that was given on the command line."""
    return replace(defaults, **given(options))


def given(options: argparse.Namespace) -> dict[str, Any]:
    """The fields of `TrainConfig` that stand on the command line."""
    found = {field.name: getattr(options, field.name, None) for field in fields(TrainConfig)}
    return {name: value for name, value in found.items() if value is not None}


def data_dir(options: argparse.Namespace) -> Path:
    """Where data sets are."""
    return options.data_dir or default_data_dir()


def runs_dir(options: argparse.Namespace) -> Path:
    """Where runs are."""
    asked: Path | None = options.runs_dir
    if asked is not None:
        return asked
    chosen = "" if os.environ.get("CNNVIEWER_RUNS_DIR") else chosen_in_window("runs_dir")
    return Path(chosen) if chosen else default_runs_dir()


def run_folder(options: argparse.Namespace) -> Path:
    """The folder of the run that was named."""
    return wrong(find_run, runs_dir(options), options.run)


def kept_step(folder: Path, wanted: str) -> int:
    """The kept step that `wanted` means: a number, `best` or `last`.

    Raises:
        RequestError: there is no such moment; the nearest ones are named.
    """
    from cnnviewer.core.runs.opened import OpenedRun

    run = wrong(OpenedRun, folder)
    if not run.moments:
        raise RequestError("The run {folder} has no kept moments.", folder=folder.name)
    if wanted == "last":
        return run.moments[-1]
    if wanted == "best":
        if run.best_step is None:
            raise RequestError("The run {folder} has no best moment yet: no epoch is done.", folder=folder.name)
        return run.best_step
    if not wanted.isascii() or not wanted.isdigit():
        raise RequestError("{step} is no step: write a number, best or last.", step=wanted)
    step = int(wanted)
    if step not in run.moments and step != run.best_step:
        near = sorted(sorted(run.moments, key=lambda kept: abs(kept - step))[:2])
        raise RequestError(
            "The moment after step {step} is not kept; the nearest are {near}.",
            step=step,
            near=" and ".join(map(str, near)),
        )
    return step


def state_of(options: argparse.Namespace, folder: Path) -> ModelState:
    """The run's weights at `--step`: a kept step, `best`, or `last`, which is where it was left."""
    from cnnviewer.core.runs.opened import OpenedRun

    run = wrong(OpenedRun, folder)
    trusted_run(options, run.info)
    moment = wrong(run.checkpoint) if options.step == "last" else wrong(run.moment, kept_step(folder, options.step))
    if not moment.exact:
        tell(f"The moment after step {moment.step} is kept with eight bits a weight; best and last are exact.")
    return moment.state


def keep_within_budget(options: argparse.Namespace, spared: Path | None) -> None:
    """Thin the oldest runs when all take more than they may, and say so."""
    budget = options.budget
    if budget is None and (text := os.environ.get("CNNVIEWER_RUNS_BUDGET")):
        try:
            budget = size(text)
        except argparse.ArgumentTypeError as error:
            tell(f"CNNVIEWER_RUNS_BUDGET: {error}.")
    if budget is None and (chosen := chosen_in_window("runs_budget")).isdecimal():
        budget = int(chosen)  # more than usual, perhaps: what the window keeps is not to go here
    spared_ones = (spared,) if spared is not None else ()
    for sentence in keep_within(runs_dir(options), BUDGET if budget is None else budget, spared_ones):
        tell(sentence)


def load_data(options: argparse.Namespace, key: str) -> DataSet:
    """Read a data set; one that is missing or damaged is the request's fault."""
    from cnnviewer.core.data.registry import load

    return wrong(load, key, data_dir(options))


def check_fits(data: DataInfo, recipe: ModelRecipe) -> None:
    """Refuse images that the weights do not read.

    Raises:
        RequestError: they are of another size, or of another number of classes.
    """
    if data.shape != recipe.input_shape or len(data.classes) != len(recipe.classes):
        raise RequestError(
            "These weights read {shape} images of {count} classes, and {title} has {data_shape} and {data_count}.",
            shape="×".join(map(str, recipe.input_shape)),
            count=len(recipe.classes),
            title=data.title,
            data_shape="×".join(map(str, data.shape)),
            data_count=len(data.classes),
        )


def check_trust(options: argparse.Namespace, model: str) -> None:
    """Refuse a person's own model without a clear yes.

    Raises:
        RequestError: the key cannot be read, or nobody said yes.
    """
    path, _ = wrong(parse_key, model)
    if not getattr(options, "trust", False):
        raise RequestError("{file} is code that would be run: say --trust if you trust it.", file=path.name)


def trusted(options: argparse.Namespace, model: str, fit: Fit | None = None) -> str:
    """The registry key of `model`, after the file of a person's own was run where that was agreed to.

    Its first run is in a process of its own, which builds the model too where `fit` says for which images.

    Raises:
        RequestError: nobody agreed, or the file must not be run in this process.
    """
    if not model.startswith(PREFIX):
        return model
    check_trust(options, model)
    path, call = parse_key(model)
    tell(f"Running {path.name} in a process of its own first …")
    with Trial() as trial:
        from cnnviewer.core.models.own_file import agree  # imports torch while the other process does

        notes = wrong(trial.run, path, call.text, fit, limit=options.trust_seconds)
    for note in notes:
        tell(note)
    return wrong(agree, path, call.text)


def trusted_run(options: argparse.Namespace, info: RunInfo) -> None:
    """The same for the model of a run, whose code must be what it was.

    Raises:
        RequestError: as `trusted`; or the code has changed, and nobody agreed to that.
    """
    model = info.config.model
    if not model.startswith(PREFIX):
        return
    check_trust(options, model)
    changed = wrong(check_code, info.id, model, info.code, options.changed_code)
    if changed:
        tell(f"{', '.join(changed)} changed since {info.id} was trained: the code is used as it is now.")
    trusted(options, model, Fit(info.recipe.input_shape, len(info.recipe.classes)))


def size(text: str) -> int:
    """`500MB`, `2 GB` or a number of bytes, as bytes; for argparse."""
    found = re.fullmatch(r"\s*([\d.]+)\s*([kKmMgGtT]?)i?[bB]?\s*", text)
    try:
        if found is None:
            raise ValueError(text)
        return int(float(found[1]) * 2 ** (10 * " kmgt".index(found[2].lower() or " ")))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no size: write 500MB or 2GB") from None
