"""Evaluate weights on all test images of a data set: those of a file or of a run, or those that come with the program.

Prints the accuracy, and that of each true class, with muted channels also what they change; on request the worst
errors, and whether the probabilities can be taken at their word.
"""

from __future__ import annotations

import argparse
import math
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from cnnviewer.cli import options as shared
from cnnviewer.cli.arguments import Consent, Folders, WeightsRequest
from cnnviewer.cli.data_sets import load_data, matched
from cnnviewer.cli.exit_codes import DONE, RequestError, give, tell, wrong
from cnnviewer.cli.found_errors import ERRORS_PICTURE, RELIABILITY_PICTURE, find_errors
from cnnviewer.cli.muted import add_mutes, effect_lines, evaluated, with_mutes
from cnnviewer.cli.muted import facts as mute_facts
from cnnviewer.cli.of_run import data_of_run, tell_changes
from cnnviewer.cli.option_types import whole_number
from cnnviewer.cli.results import evaluation_facts, normalisation_facts, normalisation_sentence
from cnnviewer.cli.snapshots import chosen_weights, run_folder
from cnnviewer.cli.targets import check_target
from cnnviewer.cli.terminal import say
from cnnviewer.core.runs.format.info import read_info
from cnnviewer.parser import file_name

HELP = "evaluate weights, or a snapshot of a run, on the test images of a data set"
EXAMPLES = """examples:
  cnnviewer evaluate --weights weights.safetensors --dataset mnist --json
  cnnviewer evaluate --model file:net.py::Net --trust --weights net.pth --dataset cifar10
  cnnviewer evaluate --run last
  cnnviewer evaluate --model simplecnn --mute conv2:3 --mute conv1:5=mean
  cnnviewer evaluate --run "my run" --step best --errors 24 --calibration --pictures found
  cnnviewer evaluate --weights weights.safetensors --calibration --out with-threshold.safetensors"""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.set_defaults(command=run)
    shared.add_weights(parser)
    shared.add_input(parser)
    shared.add_data(parser, "that of the run or of the weights")
    shared.add_by_position(parser)
    add_mutes(parser)
    parser.add_argument("--device", default="cpu", help="cpu, cuda:0, mps (default: cpu)")
    parser.add_argument(
        "--errors", type=whole_number, metavar="N", help="list the N wrong predictions with the highest probability"
    )
    parser.add_argument(
        "--calibration",
        action="store_true",
        help="how far probabilities mean what they say: the calibration error, a temperature fitted on validation "
        "images, and the threshold of unfamiliar images",
    )
    parser.add_argument(
        "--pictures",
        type=file_name,
        metavar="FOLDER",
        help=f"write {ERRORS_PICTURE} and {RELIABILITY_PICTURE} of what is asked for into a folder",
    )
    parser.add_argument(
        "--out",
        type=file_name,
        metavar="FILE",
        help="write the weights with the temperature and the threshold of unfamiliar images, which --calibration finds "
        "(.safetensors)",
    )
    parser.add_argument("--half", action="store_true", help="write those weights with 16 bits each")
    shared.add_json(parser, "the accuracy, per class too,")


def run(options: argparse.Namespace) -> int:
    """Evaluate the weights that were asked for; the exit status."""
    asked = _Asked(options.errors, options.calibration, options.pictures, options.out, options.half, options.json)
    asked.check()
    return _evaluate(
        shared.weights_request_of(options),
        options.dataset,
        options.device,
        shared.folders_of(options),
        shared.consent_of(options),
        asked,
    )


@dataclass(frozen=True)
class _Asked:
    """What the user wants to know.

    Attributes:
        errors: how many of the worst ones; None: none.
        calibration: whether to measure it.
        pictures: folder for pictures; None: none.
        out: file for the weights with the temperature and the threshold of unfamiliar images; None: none.
        half: with 16 bits each.
        json: print the result as JSON.

    """

    errors: int | None
    calibration: bool
    pictures: Path | None
    out: Path | None
    half: bool
    json: bool

    def check(self) -> None:
        """Refuse before any work what contradicts itself or could not be written."""
        if self.errors is not None and self.errors < 1:
            raise RequestError("--errors must be at least 1.")
        if self.pictures is not None:
            if self.errors is None and not self.calibration:
                raise RequestError("--pictures needs --errors or --calibration: it writes pictures of these.")
            check_target(self.pictures, "", self.pictures.suffix)
        if self.out is not None:
            if not self.calibration:
                raise RequestError("--out needs --calibration, which finds the threshold of unfamiliar images.")
            check_target(self.out, ".safetensors")
        elif self.half:
            raise RequestError("--half is for the file of --out.")


def _evaluate(
    request: WeightsRequest, dataset: str | None, device: str, folders: Folders, consent: Consent, asked: _Asked
) -> int:
    from cnnviewer.core.data.registry import is_read_as
    from cnnviewer.core.models.normalisation import for_data, normalisation_of
    from cnnviewer.core.models.registry import spec
    from cnnviewer.core.runs.read.changes import code_changes
    from cnnviewer.core.training.devices import devices
    from cnnviewer.core.training.log_text import evaluation_lines
    from cnnviewer.core.training.loop import LOSSES
    from cnnviewer.core.training.usual import usual_config

    if device not in dict(devices()):
        raise RequestError("There is no device {device} here.", device=device)
    folder = run_folder(folders, request.run) if request.run is not None else None
    info = wrong(read_info, folder) if folder is not None else None
    # first: the data set decides how weights are read that record nothing
    data = load_data(folders.data, dataset, logged=True) if dataset is not None else None
    state = chosen_weights(request, folders, consent, data.info if data is not None else None)
    known = wrong(spec, state.recipe.model)
    reading = state.recipe.reading_of_images
    if data is None and folder is not None and info is not None:
        data = data_of_run(folders, folder, info)
    elif data is None or not is_read_as(data.info, reading):
        key = dataset or state.recipe.dataset or usual_config(known.info).dataset
        data = load_data(folders.data, key, reading, logged=True)
    state = for_data(state, data.info)
    for note in data.info.notes:
        tell(note)
    changes = (*code_changes(info), *tell_changes(info, data)) if info is not None else ()
    state, data, match = matched(state, data, request.by_position)
    used = normalisation_of(state)
    tell(normalisation_sentence(used, dataset=data.info.title, model=known.info.title))
    state = with_mutes(state, request.mutes, data)
    if state.mutes and asked.out is not None:
        raise RequestError("The threshold of unfamiliar images is measured without muted channels: say --unmute.")
    test, effect = evaluated(state, data, device, LOSSES[known.loss])
    if not math.isfinite(test.loss):
        tell("The loss is not a finite number: these weights have diverged, and their accuracy means nothing.")
    if asked.out is not None:
        state = replace(state, familiarity=None, temperature=None)  # found again, and not taken from the file
    result = find_errors(state, data, asked.errors, asked.calibration)
    written = result.write_pictures(asked.pictures, data) if asked.pictures is not None else []
    if asked.out is not None:
        written.append(result.write_weights(asked.out, state, asked.half))
    if asked.json:
        about = {"run": request.run, "step": state.provenance.get("step"), "changes": [str(c) for c in changes]}
        muted = mute_facts(state.mutes, effect)
        facts = {"classes_by": match.by, "normalisation": normalisation_facts(used), **result.facts(), **muted}
        give({**evaluation_facts(test), **(about if info is not None else {}), **facts})
    else:
        changed = effect_lines(effect) if effect is not None else ()
        say(*evaluation_lines(test), *changed, *result.lines())
    for path in written:
        say(f"Written to {path}.", to=sys.stderr)
    return DONE
