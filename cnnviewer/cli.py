"""The command line: the same core without a window. Without a command it opens the window.

Exit status: 0 done, 1 the work failed, 2 the request was wrong, 130 interrupted.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from cnnviewer import __version__
from cnnviewer.core.errors import UserError
from cnnviewer.core.paths import default_data_dir
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.progress_bar import ProgressBar

if TYPE_CHECKING:
    from cnnviewer.core.data.dataset import DataSet
    from cnnviewer.core.models.state import ModelState
    from cnnviewer.core.training.events import Evaluation

DONE, FAILED, WRONG, INTERRUPTED = 0, 1, 2, 130
COMMANDS = ("train", "evaluate", "predict", "download")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or open the window; the exit status. Never a traceback for what a person can do."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not any(word in COMMANDS for word in given) and not {"-h", "--help", "--version"} & set(given):
        return _open_window(given)
    try:
        options = _parser().parse_args(given)
        command: Callable[[argparse.Namespace], int] = options.command
        return command(options)
    except RequestError as error:
        return _say(error, WRONG)
    except UserError as error:
        return _say(error, FAILED)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # whoever read our output has gone; nothing more can be said to them
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


class RequestError(UserError):
    """The request itself cannot be carried out: a bad value, a file that is missing or damaged."""


def _say(error: UserError, status: int) -> int:
    print(f"cnnviewer: {error}", file=sys.stderr)
    return status


def _open_window(arguments: list[str]) -> int:
    from cnnviewer.core.display import why_no_window

    reason = why_no_window()
    if reason is not None:
        print(reason, file=sys.stderr)
        return WRONG
    try:
        from cnnviewer.app import main as window_main
    except ImportError as error:
        print(
            f"cnnviewer cannot load the window's libraries ({error}). On Debian or Ubuntu `make system` installs what "
            "is missing; the commands without a window work all the same (cnnviewer --help).",
            file=sys.stderr,
        )
        return WRONG
    return window_main(arguments)


# what can be asked


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cnnviewer",
        description="Train a small convolutional network, watch it learn and look inside every layer. "
        "Without a command the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"cnnviewer {__version__}")
    parser.add_argument("--data-dir", type=Path, help="of the window: where data sets are looked for")
    parser.add_argument("--settings", type=Path, help="of the window: the settings file to use")
    parser.add_argument("--language", choices=("system", "en", "ko"), help="of the window")
    parser.add_argument("--theme", choices=("system", "light", "dark"), help="of the window")
    commands = parser.add_subparsers(title="commands", required=True)
    _add_train(commands.add_parser("train", help="train a model and write its weights"))
    _add_evaluate(commands.add_parser("evaluate", help="judge weights on a data set's test images"))
    _add_predict(commands.add_parser("predict", help="read images"))
    _add_download(commands.add_parser("download", help="download MNIST or CIFAR-10"))
    return parser


def _data_options(parser: argparse.ArgumentParser, required: bool) -> None:
    parser.add_argument(
        "--dataset",
        required=required,
        help="mnist, cifar10, builtin-digits, builtin-shapes, folder:PATH or npz:PATH",
    )
    parser.add_argument(
        "--data-dir",
        type=Path,
        default=None,
        help="where data sets are (default: CNNVIEWER_DATA_DIR or your data folder)",
    )


def _add_train(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_train)
    parser.add_argument("--model", default="lenet", help="lenet or simplecnn")
    _data_options(parser, required=False)
    parser.add_argument("--out", type=Path, help="write the weights here (.safetensors)")
    parser.add_argument("--half", action="store_true", help="store the weights as float16: half the size")
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--batch-size", type=int)
    parser.add_argument("--learning-rate", type=float)
    parser.add_argument("--momentum", type=float)
    parser.add_argument("--weight-decay", type=float)
    parser.add_argument("--schedule", choices=("constant", "cosine"))
    parser.add_argument("--augmentation", choices=("none", "flip-crop", "handwriting"))
    parser.add_argument("--dropout", type=float, help="probability while training, in place of the model's own")
    parser.add_argument("--validation-fraction", type=float, help="share of the training images held out")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--threads", type=int, help="PyTorch's thread count; 0 chooses")
    parser.add_argument("--device", help="cpu, cuda:0, mps")
    parser.add_argument("--json", action="store_true", help="print the test accuracy as JSON and nothing else")


def _weights_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--weights", type=Path, help="weights file; left out, the bundled ones of --model")
    parser.add_argument("--model", help="lenet or simplecnn; needed for files without the program's own metadata")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_evaluate)
    _weights_options(parser)
    _data_options(parser, required=False)
    parser.add_argument("--device", default="cpu", help="cpu, cuda:0, mps")


def _add_predict(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_predict)
    _weights_options(parser)
    parser.add_argument("images", nargs="+", type=Path, metavar="IMAGE")


def _add_download(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_download)
    parser.add_argument("dataset", choices=("mnist", "cifar10"))
    parser.add_argument("--data-dir", type=Path, default=None)


# what is done


def _train(options: argparse.Namespace) -> int:
    from cnnviewer.core.memory import settle_allocator
    from cnnviewer.core.models.registry import spec
    from cnnviewer.core.models.weights import save_weights
    from cnnviewer.core.training.events import Finished, Started, StepDone
    from cnnviewer.core.training.log_text import LogText
    from cnnviewer.core.training.loop import Training

    if options.out is not None:
        _check_target(options.out)
    settle_allocator()
    config = _config(options, _wrong(spec, options.model).defaults)
    data = _load(config.dataset, options.data_dir)
    training = _wrong(Training, data, config)
    words = sys.stderr if options.json else sys.stdout
    text = LogText(config)
    finished: Finished | None = None
    with ProgressBar() as bar:
        for event in training:
            for line in text.lines(event):
                bar.write(line, words)
            if isinstance(event, Started):
                bar.begin(event.total_steps)
            elif isinstance(event, StepDone):
                bar.advance(event.loss)
            elif isinstance(event, Finished):
                finished = event
    if finished is None:
        return FAILED
    if options.out is not None:
        command = "cnnviewer " + " ".join(_repeatable(sys.argv[1:]))
        save_weights(options.out, _with_command(finished.state, command), half=options.half)
        print(f"Weights written to {options.out}.", file=words)
    if options.json:
        print(json.dumps(_judgement(finished.test)))
    return DONE


def _evaluate(options: argparse.Namespace) -> int:
    from cnnviewer.core.models.registry import from_state, spec
    from cnnviewer.core.training.devices import devices
    from cnnviewer.core.training.evaluate import evaluate
    from cnnviewer.core.training.log_text import evaluation_lines
    from cnnviewer.core.training.loop import LOSSES

    if options.device not in dict(devices()):
        raise RequestError("There is no device {device} here.", device=options.device)
    state = _weights(options)
    known = spec(state.recipe.model)
    data = _load(options.dataset or state.recipe.dataset or known.defaults.dataset, options.data_dir)
    if data.info.shape != state.recipe.input_shape or len(data.info.classes) != len(state.recipe.classes):
        raise RequestError(
            "These weights read {shape} images of {count} classes, and {title} has {data_shape} and {data_count}.",
            shape="×".join(map(str, state.recipe.input_shape)),
            count=len(state.recipe.classes),
            title=data.info.title,
            data_shape="×".join(map(str, data.info.shape)),
            data_count=len(data.info.classes),
        )
    model = from_state(state).to(options.device)
    test = evaluate(model, data.test.to(options.device), data.info, LOSSES[known.loss])
    if options.json:
        print(json.dumps(_judgement(test)))
    else:
        print("\n".join(evaluation_lines(test)))
    return DONE


def _predict(options: argparse.Namespace) -> int:
    from cnnviewer.core import handwriting, images
    from cnnviewer.core.inspection.trace import Inspector

    inspector = Inspector.from_state(_weights(options))
    shape = inspector.recipe.input_shape
    results = []
    for path in options.images:
        picture = _wrong(images.read_image, path)
        steps = None
        if shape == (1, 28, 28) and picture.shape[:2] != (28, 28):
            steps = _wrong(handwriting.as_digit, picture)
        image = steps.centred[None] if steps is not None else images.fit(picture, shape)
        ranking = inspector.inspect(image).prediction.ranking
        results.append({"file": str(path), "ranking": [[name, value] for name, value in ranking]})
        if not options.json:
            best = ", ".join(f"{name} {100 * value:.2f}%" for name, value in ranking[:3])
            print(f"{path}: {best}")
    if options.json:
        print(json.dumps(results))
    return DONE


def _download(options: argparse.Namespace) -> int:
    from cnnviewer.core.data.download import download

    with ProgressBar(unit="B") as bar:
        download(options.dataset, options.data_dir or default_data_dir(), bar.show, lambda: False)
    print(f"{options.dataset} is complete and checked.", file=sys.stderr)
    return DONE


# shared


P = ParamSpec("P")
T = TypeVar("T")


def _wrong(work: Callable[P, T], *values: P.args, **named: P.kwargs) -> T:
    """Do `work`; what it cannot do is the request's fault."""
    try:
        return work(*values, **named)
    except UserError as error:
        raise RequestError(error.template, field=error.field, **error.values) from error


def _config(options: argparse.Namespace, defaults: TrainConfig) -> TrainConfig:
    """The model's defaults with everything that was given on the command line."""
    given = {
        field.name: getattr(options, field.name)
        for field in fields(TrainConfig)
        if getattr(options, field.name, None) is not None
    }
    return replace(defaults, **given)


def _load(key: str, data_dir: Path | None) -> DataSet:
    from cnnviewer.core.data.registry import load

    return _wrong(load, key, data_dir or default_data_dir())


def _weights(options: argparse.Namespace) -> ModelState:
    from cnnviewer.core.models.weights import bundled, load_weights

    if options.weights is not None:
        return _wrong(load_weights, options.weights, options.model)
    return _wrong(bundled, options.model or "lenet")


def _check_target(path: Path) -> None:
    """Refuse a place that cannot be written to before the training, not after it."""
    if path.suffix != ".safetensors":
        raise RequestError("{file} cannot be written: its name must end in .safetensors.", file=path.name)
    if not path.absolute().parent.is_dir():
        raise RequestError("{file} cannot be written: its folder does not exist.", file=path.name)


def _judgement(test: Evaluation) -> dict[str, object]:
    return {
        "correct": test.correct,
        "total": test.total,
        "accuracy": test.accuracy,
        "per_class": {
            name: {"correct": correct, "total": total, "accuracy": correct / total if total else None}
            for name, (correct, total) in test.per_class.items()
        },
    }


def _with_command(state: ModelState, command: str) -> ModelState:
    return replace(state, provenance={**state.provenance, "command": command})


def _repeatable(arguments: Sequence[str]) -> list[str]:
    """The arguments that repeat a training elsewhere: without this machine's folders."""
    kept: list[str] = []
    words = iter(arguments)
    for word in words:
        name, _, value = word.partition("=")
        if name == "--data-dir":
            if not value:
                next(words, None)
        elif name == "--out":
            kept += ["--out", Path(value or next(words, "")).name]
        else:
            kept.append(word)
    return kept


if __name__ == "__main__":
    raise SystemExit(main())
