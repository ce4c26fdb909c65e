"""Judge weights on all test images of a data set: a file's, those that come with the program, or a run's."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cnnviewer.cli import options as shared
from cnnviewer.cli.outcome import DONE, RequestError, tell, wrong
from cnnviewer.cli.results import judgement, normalisation_facts, normalisation_words

if TYPE_CHECKING:
    from cnnviewer.core.models.state import ModelState

HELP = "judge weights, or a moment of a run, on a data set's test images"
EXAMPLES = """examples:
  cnnviewer evaluate --weights weights.safetensors --dataset mnist --json
  cnnviewer evaluate --run last
  cnnviewer evaluate --run "my run" --step best"""


def add(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.set_defaults(command=_evaluate)
    add_weights(parser)
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


def chosen_weights(options: argparse.Namespace) -> ModelState:
    """The weights that the options of `add_weights` mean."""
    from cnnviewer.core.models.weights import bundled, load_weights

    if options.run is not None:
        if options.weights is not None or options.model is not None:
            raise RequestError("A run brings its weights and its model along: leave --weights and --model out.")
        return shared.state_of(options, shared.run_folder(options))
    if options.step != "last":
        raise RequestError("--step is about a run: say --run RUN.")
    model = shared.trusted(options, options.model) if options.model is not None else None
    if options.weights is not None:
        return wrong(load_weights, options.weights, model)
    return wrong(bundled, model or "lenet")


def _evaluate(options: argparse.Namespace) -> int:
    from cnnviewer.core.models.normalisation import for_data, normalisation_of
    from cnnviewer.core.models.registry import from_state, spec
    from cnnviewer.core.training.devices import devices
    from cnnviewer.core.training.evaluate import evaluate
    from cnnviewer.core.training.log_text import evaluation_lines
    from cnnviewer.core.training.loop import LOSSES

    if options.device not in dict(devices()):
        raise RequestError("There is no device {device} here.", device=options.device)
    state = chosen_weights(options)
    known = wrong(spec, state.recipe.model)
    data = shared.load_data(options, options.dataset or state.recipe.dataset or known.defaults.dataset)
    shared.check_fits(data.info, state.recipe)
    state = for_data(state, data.info)
    used = normalisation_of(state)
    tell(normalisation_words(used, dataset=data.info.title, model=known.info.title))
    model = from_state(state).to(options.device)
    recipe = replace(state.recipe, classes=data.info.classes)  # the result names the classes as the data set does
    test = evaluate(model, data.test.to(options.device), recipe, LOSSES[known.loss])
    if options.json:
        run = {"run": options.run, "step": state.provenance.get("step")} if options.run is not None else {}
        print(json.dumps({**judgement(test), **run, "normalisation": normalisation_facts(used)}))
    else:
        print("\n".join(evaluation_lines(test)))
    return DONE
