"""Options that several commands share, and the typed arguments that are made of them.

`add_…` adds options to a command's parser; `…_of` reads what argparse found and is called where a command begins.
"""

from __future__ import annotations

import argparse
from dataclasses import fields
from typing import Any

from cnnviewer.cli.arguments import Consent, Folders, TrainingOutput, WeightsRequest
from cnnviewer.cli.exit_codes import RequestError
from cnnviewer.cli.muted import MuteRequest, add_mutes
from cnnviewer.cli.option_types import byte_size, image_size, number, numbers, whole_number
from cnnviewer.core.data.key import DataKey
from cnnviewer.core.models.key import ModelKey
from cnnviewer.core.models.trial.trial import TIME_LIMIT
from cnnviewer.core.plain_text import as_text
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.freezing import joined
from cnnviewer.parser import file_name

_MODELS = (
    "lenet, simplecnn, alexnet32, vgg32, resnet32, a design:… or your own file:PATH.py::NAME or "
    "file:PATH.py::NAME(depth=2)"
)
_DATASETS = "mnist, cifar10, builtin-digits, builtin-shapes, folder:PATH or npz:PATH"


def folders_of(options: argparse.Namespace) -> Folders:
    """`--data-dir` and `--runs-dir`, which every command takes, at least before its name."""
    return Folders(options.data_dir, options.runs_dir)


def consent_of(options: argparse.Namespace) -> Consent:
    """What the options of `add_trust`, `add_changed_code` and `add_changed_data` allow; a command may lack some."""
    given = {field.name: getattr(options, field.name) for field in fields(Consent) if hasattr(options, field.name)}
    return Consent(**given)


def mutes_of(options: argparse.Namespace) -> MuteRequest:
    """The channels that the options of `add_mutes` mute; a command may lack them."""
    return MuteRequest(tuple(options.mute or ()), options.unmute) if hasattr(options, "mute") else MuteRequest()


def weights_request_of(options: argparse.Namespace) -> WeightsRequest:
    """The weights that the options of `add_weights`, `add_input` and `add_by_position` mean."""
    return WeightsRequest(
        file=options.weights,
        model=ModelKey.parse(options.model) if options.model is not None else None,
        run=options.run,
        step=options.step,
        input_size=options.input_size,
        mean=options.mean,
        std=options.std,
        by_position=options.by_position,
        mutes=mutes_of(options),
    )


def run_name(name: str) -> str:
    """A user's name for a run.

    Raises:
        RequestError: it is `last`, which would mean another run from the next one on.
    """
    if name.strip() == "last":
        raise RequestError("“last” is the newest run: choose another name.")
    return name


def training_output_of(options: argparse.Namespace) -> TrainingOutput:
    """What the options of `add_training_output` and `add_json` ask for.

    Raises:
        RequestError: the run cannot have that name.
    """
    return TrainingOutput(
        name=None if options.name is None else run_name(options.name),
        note=options.note,
        weights_file=options.out,
        half=options.half,
        tensorboard=options.tensorboard,
        budget=options.budget,
        json=options.json,
    )


def config_changes_of(options: argparse.Namespace) -> dict[str, Any]:
    """The fields of `TrainConfig` that were given on the command line; a data set's path is made absolute."""
    found = {field.name: getattr(options, field.name, None) for field in fields(TrainConfig)}
    if isinstance(found["freeze"], list):
        found["freeze"] = joined(found["freeze"])
    if found["dataset"] is not None:
        found["dataset"] = str(DataKey.parse(found["dataset"]).absolute())
    return {name: value for name, value in found.items() if value is not None}


def add_data(parser: argparse.ArgumentParser, default: str) -> None:
    """`--dataset` and where data sets are; `default` tells the user what is taken without it."""
    parser.add_argument("--dataset", metavar="KEY", help=f"{_DATASETS} (default: {default})")
    add_data_dir(parser)


def add_data_dir(parser: argparse.ArgumentParser) -> None:
    """`--data-dir`. Suppressed, not None, where it is left out: it may stand before the command as well."""
    parser.add_argument(
        "--data-dir",
        type=file_name,
        default=argparse.SUPPRESS,
        metavar="DIR",
        help="where data sets are (default: CNNVIEWER_DATA_DIR, or your system's folder for program data)",
    )


def add_runs_dir(parser: argparse._ActionsContainer) -> None:
    """`--runs-dir`, suppressed likewise."""
    parser.add_argument(
        "--runs-dir",
        type=file_name,
        default=argparse.SUPPRESS,
        metavar="DIR",
        help="where runs are stored (default: CNNVIEWER_RUNS_DIR, the folder chosen in the window, or your system's "
        "folder for program data)",
    )


def add_run_name(parser: argparse.ArgumentParser) -> None:
    """The run that a command is about."""
    parser.add_argument(
        "run", metavar="RUN", help="its name, its id, the first characters of one, its folder, or `last` for the newest"
    )


def add_run(parser: argparse.ArgumentParser) -> None:
    """The run that a command is about, and where runs are."""
    add_run_name(parser)
    add_runs_dir(parser)


def add_step(parser: argparse._ActionsContainer) -> None:
    """`--step`."""
    parser.add_argument(
        "--step",
        default="last",
        metavar="STEP",
        help="a step with a snapshot, `best` (by validation) or `last` (default: last)",
    )


def add_moved(parser: argparse._ActionsContainer) -> None:
    """`--dataset` of a command about a run."""
    parser.add_argument(
        "--dataset",
        metavar="KEY",
        help="where the run's own data are now: folder:PATH or npz:PATH (default: as before)",
    )


def add_budget(parser: argparse._ActionsContainer) -> None:
    """`--budget`."""
    parser.add_argument(
        "--budget",
        type=byte_size,
        metavar="SIZE",
        help="afterwards delete snapshots of the oldest runs until all runs take no more than this, such as 10GB "
        "(default: CNNVIEWER_RUNS_BUDGET, what is set in the window, or 2GB)",
    )


def add_json(parser: argparse.ArgumentParser, what: str) -> None:
    """`--json`."""
    parser.add_argument("--json", action="store_true", help=f"print {what} as JSON and nothing else")


def add_trust(parser: argparse._ActionsContainer) -> None:
    """`--trust`: the explicit consent without which no user's code is run."""
    parser.add_argument(
        "--trust", action="store_true", help="run the Python file of a model file:PATH.py::CLASS, which is code"
    )
    parser.add_argument(
        "--trust-seconds",
        type=number,
        default=TIME_LIMIT,
        metavar="S",
        help=f"time limit of its first run, in a process of its own (default: {TIME_LIMIT:g})",
    )


def add_changed_code(parser: argparse._ActionsContainer) -> None:
    """`--changed-code`: use a run's own model although its file has changed."""
    parser.add_argument(
        "--changed-code",
        action="store_true",
        help="use a run's model file:PATH.py::CLASS although its code has changed since",
    )


def add_changed_data(parser: argparse._ActionsContainer) -> None:
    """`--changed-data`: resume a run although its images, labels or class names have changed."""
    parser.add_argument(
        "--changed-data",
        action="store_true",
        help="resume a run although its images, labels or class names have changed since",
    )


def add_by_position(parser: argparse._ActionsContainer) -> None:
    """`--by-position`: match the classes of weights and data set by their order."""
    parser.add_argument(
        "--by-position",
        action="store_true",
        help="match the outputs of the weights and the data set's classes by their order, whatever their names are",
    )


def add_hyperparameters(parser: argparse.ArgumentParser) -> None:
    """A field of `TrainConfig` each; where one is left out, the model's own value applies."""
    group = parser.add_argument_group("hyperparameters", "Where one is left out, the model's usual value applies.")
    group.add_argument("--epochs", type=whole_number, metavar="N", help="passes over the training images")
    group.add_argument("--batch-size", type=whole_number, metavar="N", help="images per step")
    group.add_argument("--learning-rate", type=number, metavar="RATE")
    group.add_argument("--momentum", type=number, metavar="M", help="0 <= M < 1")
    group.add_argument("--weight-decay", type=number, metavar="D", help="L2 penalty")
    group.add_argument("--schedule", choices=("constant", "cosine"), help="of the learning rate")
    group.add_argument(
        "--augmentation", choices=("none", "flip-crop", "handwriting"), help="how training images are varied"
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


def add_start(parser: argparse.ArgumentParser) -> None:
    """`--from` and `--freeze`: train from weights there are."""
    group = parser.add_argument_group("where it begins (default: with random weights, drawn from the seed)")
    group.add_argument(
        "--from", dest="start", type=file_name, metavar="FILE", help="train from the weights in this file"
    )
    group.add_argument(
        "--freeze",
        action="append",
        metavar="LAYER",
        help="keep the weights of this layer, or of everything inside it, as they are; may be given several times. "
        "Batch normalisation goes on averaging, as in PyTorch",
    )


def add_model(parser: argparse.ArgumentParser, default: str | None = "lenet") -> None:
    """`--model`."""
    parser.add_argument("--model", metavar="KEY", default=default, help=_MODELS)


def add_weights(parser: argparse.ArgumentParser) -> None:
    """Options that say whose weights are meant."""
    group = parser.add_argument_group("whose weights")
    group.add_argument(
        "--weights", type=file_name, metavar="FILE", help="a weights file (default: the bundled weights of --model)"
    )
    group.add_argument(
        "--model", metavar="KEY", help="lenet, simplecnn, …; needed for files without the program's own metadata"
    )
    group.add_argument(
        "--run", metavar="RUN", help="a run: its name, its id, the first characters of one, its folder, `last`"
    )
    add_step(group)
    add_runs_dir(group)
    add_trust(group)
    add_changed_code(group)


def add_input(parser: argparse.ArgumentParser) -> None:
    """Options that say how the weights read an image, in place of what they or the data set record."""
    group = parser.add_argument_group("how an image is read (default: as the weights record, else the data set)")
    group.add_argument("--input-size", type=image_size, metavar="HxW", help="pixels of the model's input: 224 or 48x64")
    for name, what in (("--mean", "mean"), ("--std", "standard deviation")):
        group.add_argument(
            name, type=numbers, metavar="M", help=f"{what} of the normalisation: one number, or one per channel"
        )


def add_preparation(parser: argparse.ArgumentParser) -> None:
    """`--as`: what kind of images they are."""
    parser.add_argument(
        "--as",
        dest="preparation",
        choices=("digit", "picture"),
        help="prepare images as the makers of MNIST prepared digits, or crop and scale them like the images of a data "
        "set (default: digit for models trained on digits)",
    )


def add_about_image(parser: argparse.ArgumentParser, answer: str) -> None:
    """What a command about one image takes: weights, how they read it, muted channels, `--json` and the image."""
    add_weights(parser)
    add_input(parser)
    add_data(parser, "none; it says how images are normalised where the weights record nothing")
    add_by_position(parser)
    add_preparation(parser)
    add_mutes(parser)
    add_json(parser, answer)
    parser.add_argument("image", type=file_name, metavar="IMAGE")


def add_training_output(parser: argparse.ArgumentParser) -> None:
    """Options on what a training leaves."""
    group = parser.add_argument_group("what is stored")
    add_runs_dir(group)
    group.add_argument("--name", type=as_text, help="your name for the run")
    group.add_argument("--note", type=as_text, help="your note on it")
    group.add_argument("--out", type=file_name, metavar="FILE", help="write the final weights here too (.safetensors)")
    group.add_argument("--half", action="store_true", help="store these as float16: half the size")
    group.add_argument(
        "--tensorboard",
        action="store_true",
        help="write TensorBoard's event files too, into the run's folder (pip install cnnviewer[tensorboard])",
    )
    add_budget(group)
