"""Judge weights on all test images of a data set: a file's, those that come with the program, or a run's."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cnnviewer.cli import options as shared
from cnnviewer.cli.outcome import DONE, RequestError, give, tell, wrong
from cnnviewer.cli.results import judgement, normalisation_facts, normalisation_words

if TYPE_CHECKING:
    from cnnviewer.core.data.info import DataInfo
    from cnnviewer.core.models.state import ModelState

HELP = "judge weights, or a moment of a run, on a data set's test images"
EXAMPLES = """examples:
  cnnviewer evaluate --weights weights.safetensors --dataset mnist --json
  cnnviewer evaluate --model file:net.py::Net --trust --weights net.pth --dataset cifar10
  cnnviewer evaluate --run last
  cnnviewer evaluate --run "my run" --step best"""


def add(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.set_defaults(command=_evaluate)
    add_weights(parser)
    add_reading(parser)
    shared.add_data(parser, "that of the run or of the weights")
    parser.add_argument("--device", default="cpu", help="cpu, cuda:0, mps (default: cpu)")
    shared.add_json(parser, "the accuracy, per class too,")


def add_weights(parser: argparse.ArgumentParser) -> None:
    """Options that say whose weights are meant."""
    group = parser.add_argument_group("whose weights")
    group.add_argument(
        "--weights", type=Path, metavar="FILE", help="a weights file; left out, the bundled ones of --model"
    )
    group.add_argument(
        "--model", metavar="KEY", help="lenet, simplecnn, …; needed for files without the program's own metadata"
    )
    group.add_argument("--run", metavar="RUN", help="a run: its name, its id, the beginning of one, its folder, `last`")
    shared.add_step(group)
    shared.add_runs_dir(group)
    shared.add_trust(group)
    shared.add_changed_code(group)


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Options that say how the weights read an image, where that is not to be as they or the data set say."""
    group = parser.add_argument_group("how an image is read (default: as the weights record, else the data set)")
    group.add_argument("--input-size", type=_size, metavar="HxW", help="pixels of the model's input: 224 or 48x64")
    for name, what in (("--mean", "mean"), ("--std", "standard deviation")):
        group.add_argument(
            name, type=_numbers, metavar="M", help=f"{what} of the normalisation: one number, or one for each channel"
        )


def chosen_weights(options: argparse.Namespace, info: DataInfo | None = None) -> ModelState:
    """The weights that the options of `add_weights` and `add_reading` mean; `info` is the data set chosen."""
    from cnnviewer.core.models.normalisation import as_asked, for_data

    state = for_data(_weights(options, info), info)
    if (options.input_size, options.mean, options.std) != (None, None, None):
        state = wrong(as_asked, state, options.input_size, options.mean, options.std)
    return state


def _weights(options: argparse.Namespace, info: DataInfo | None) -> ModelState:
    from cnnviewer.core.models.weights import bundled, load_weights

    if options.run is not None:
        if options.weights is not None or options.model is not None:
            raise RequestError("A run brings its weights and its model along: leave --weights and --model out.")
        return shared.state_of(options, shared.run_folder(options))
    if options.step != "last":
        raise RequestError("--step is about a run: say --run RUN.")
    model = shared.trusted(options, options.model) if options.model is not None else None
    if options.weights is None:
        return wrong(bundled, model or "lenet")
    state = wrong(load_weights, options.weights, model, info, options.input_size)
    if state.read_as != "weights":
        under = f', found under "{state.provenance["prefix"]}"' if "prefix" in state.provenance else ""
        tell(f"{options.weights.name}: {state.provenance['loaded']} of {len(state.tensors)} tensors loaded{under}.")
    return state


def _size(text: str) -> tuple[int, int]:
    """`224` or `48x64`, for argparse."""
    parts = text.lower().replace("×", "x").split("x")
    if len(parts) not in (1, 2) or not all(part.isascii() and part.isdigit() for part in parts):
        raise argparse.ArgumentTypeError(f"{text!r} is no size: write 224 or 48x64")
    return int(parts[0]), int(parts[-1])


def _numbers(text: str) -> tuple[float, ...]:
    """`0.5` or `0.485,0.456,0.406`, for argparse."""
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no number: write 0.5 or 0.485,0.456,0.406") from None


def _evaluate(options: argparse.Namespace) -> int:
    from cnnviewer.core.models.normalisation import for_data, normalisation_of
    from cnnviewer.core.models.registry import from_state, spec
    from cnnviewer.core.training.devices import devices
    from cnnviewer.core.training.evaluate import evaluate
    from cnnviewer.core.training.log_text import evaluation_lines
    from cnnviewer.core.training.loop import LOSSES

    if options.device not in dict(devices()):
        raise RequestError("There is no device {device} here.", device=options.device)
    # it decides how weights are read that record nothing
    data = shared.load_data(options, options.dataset) if options.dataset is not None else None
    state = chosen_weights(options, data.info if data is not None else None)
    known = wrong(spec, state.recipe.model)
    if data is None:
        data = shared.load_data(options, state.recipe.dataset or known.defaults.dataset)
        state = for_data(state, data.info)
    shared.check_fits(data.info, state.recipe)
    used = normalisation_of(state)
    tell(normalisation_words(used, dataset=data.info.title, model=known.info.title))
    model = from_state(state).to(options.device)
    recipe = replace(state.recipe, classes=data.info.classes)  # the result names the classes as the data set does
    test = evaluate(model, data.test.to(options.device), recipe, LOSSES[known.loss])
    if options.json:
        run = {"run": options.run, "step": state.provenance.get("step")} if options.run is not None else {}
        give({**judgement(test), **run, "normalisation": normalisation_facts(used)})
    else:
        print("\n".join(evaluation_lines(test)))
    return DONE
