"""Train a model. Every training is a run: a folder with its metrics, its snapshots and what it needs to resume.

Channels that the weights of --from mute, or --mute, stay muted in the whole training: the others learn without them.
Ctrl+C ends it at the next step and prints how to resume; Ctrl+C twice ends it at once.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnnviewer.cli import options as shared
from cnnviewer.cli.arguments import Consent, Folders, TrainingOutput
from cnnviewer.cli.data_sets import load_data
from cnnviewer.cli.distributed import group_of, take_part
from cnnviewer.cli.exit_codes import DONE, FAILED, INTERRUPTED, RequestError, give, tell, wrong
from cnnviewer.cli.muted import MuteRequest, add_mutes, evaluated, with_mutes
from cnnviewer.cli.of_run import command_about, tell_deviations
from cnnviewer.cli.progress_bar import ProgressBar
from cnnviewer.cli.results import evaluation_facts
from cnnviewer.cli.run_budget import keep_within_budget
from cnnviewer.cli.run_training import run_training, say_where
from cnnviewer.cli.snapshots import own_model_of
from cnnviewer.cli.targets import check_runs_dir, check_target
from cnnviewer.cli.terminal import say
from cnnviewer.cli.trusted_models import check_trust, trusted
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.recipe import OWN_DATASET
from cnnviewer.core.models.trial.trial import Fit
from cnnviewer.core.runs.format.notes import Notes

if TYPE_CHECKING:
    from cnnviewer.core.data.dataset import DataSet
    from cnnviewer.core.models.familiarity import Familiarity
    from cnnviewer.core.models.state import ModelState
    from cnnviewer.core.runs.record.recorder import Recorder

_MOST_WORK = 10**8
"""Multiply-adds for an image beyond which the threshold of unfamiliar images is left to `evaluate --calibration`."""
HELP = "train a model as a run, and write its weights"
EXAMPLES = """examples:
  cnnviewer train --model lenet --dataset mnist --epochs 1 --seed 1 --out weights.safetensors
  cnnviewer train --model simplecnn --dataset cifar10 --learning-rate 0.02 --schedule cosine --name "cosine"
  cnnviewer train --dataset folder:my-pictures --json
  cnnviewer train --from weights.safetensors --freeze conv1 --freeze conv2 --dataset builtin-digits"""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.set_defaults(command=run)
    shared.add_model(parser, None)
    shared.add_start(parser)
    add_mutes(parser)
    shared.add_data(parser, "the model's usual one")
    shared.add_hyperparameters(parser)
    shared.add_training_output(parser)
    shared.add_trust(parser)
    shared.add_json(parser, "the run and the test accuracy")


def run(options: argparse.Namespace) -> int:
    """Train what was asked for; the exit status."""
    changes, output = shared.config_changes_of(options), shared.training_output_of(options)
    mutes = shared.mutes_of(options)
    if options.start is None and (mutes.mutes or mutes.unmuted):
        raise RequestError("Channels are muted of weights that a training begins with: say --from FILE.")
    return _train(changes, shared.folders_of(options), shared.consent_of(options), output, options.start, mutes)


def _train(
    changes: dict[str, Any],
    folders: Folders,
    consent: Consent,
    output: TrainingOutput,
    weights: Path | None,
    mutes: MuteRequest,
) -> int:
    """Train to the end; the exit status.

    Args:
        changes: fields of `TrainConfig` that differ from the model's usual ones.
        folders: where data sets and runs are.
        consent: what the user has agreed to.
        output: what the training leaves and prints.
        weights: the file with the weights to begin with; None: random ones.
        mutes: channels of these weights that stay muted in the whole training.
    """
    from cnnviewer.core.memory import settle_allocator
    from cnnviewer.core.models.registry import spec
    from cnnviewer.core.models.weights import load_weights
    from cnnviewer.core.runs.record.start import begin
    from cnnviewer.core.training.config import TrainConfig
    from cnnviewer.core.training.controls import Controls
    from cnnviewer.core.training.usual import usual_config

    check_output(output, folders.runs)
    settle_allocator()
    data, start = None, None
    if weights is not None and "model" not in changes:
        recorded = own_model_of(weights)  # its file is run below, before anything is loaded
        changes = {**changes, "model": str(recorded or wrong(load_weights, weights).recipe.model)}
    changes = {"model": "lenet", **changes}
    asked = TrainConfig(**changes)
    if asked.model_key.is_own:  # its first run builds it for the images
        check_trust(consent, asked.model_key)
        data = load_data(folders.data, changes.get("dataset") or OWN_DATASET, logged=True)
        fit = Fit(data.info.shape, len(data.info.classes))
        changes = {**changes, "model": trusted(consent, asked.model_key, fit)}
    config = replace(usual_config(wrong(spec, changes["model"]).info), **changes)
    controls = Controls.of(config)
    with group_of(config.device) as group:  # several processes, where torchrun started them: the first one records
        if group is not None and not group.leads:
            return take_part(group, folders.data)
        data = load_data(folders.data, config.dataset, logged=True) if data is None else data
        if weights is not None:  # now that the images are known, which weights without a recipe need
            start = with_mutes(wrong(load_weights, weights, config.model, data.info), mutes, data)
        started_from = str(weights.absolute()) if weights is not None else ""
        recording = wrong(
            begin, data, config, folders.runs, controls, start=start, started_from=started_from, group=group
        )
        return finish(recording, folders, output)


def finish(recording: Recorder, folders: Folders, output: TrainingOutput) -> int:
    """Train a run that is begun, not iterated yet, to its end and write what was asked for; the exit status."""
    words = sys.stderr if output.json else sys.stdout
    write_notes(recording, output.name, output.note)
    for note in recording.training.notes:
        tell(note)
    tell_deviations(recording)
    finished = run_training(recording, words, _hint(folders, recording, "resume"), output.tensorboard)
    if finished is None:
        return INTERRUPTED
    if output.weights_file is not None:  # first: whatever fails after it costs less
        _write_weights(output.weights_file, finished.state, recording.info.command, output.half)
        state = _measured_again(finished.state, recording.training.data) if output.half else finished.state
        known = _familiarity(state, recording.training.data)
        if known is not None or output.half:
            with_threshold = replace(state, familiarity=known)
            _write_weights(output.weights_file, with_threshold, recording.info.command, output.half)
    kept = say_where(recording, folders.runs)
    if output.weights_file is not None:
        say(f"Weights written to {output.weights_file}.", to=words)
    elif kept:
        say(f"`{_hint(folders, recording, 'report')} --open` shows the run.", to=words)
    if output.json:
        about = {"run": recording.info.id, "folder": str(recording.folder) if recording.folder else None}
        give({**about, **evaluation_facts(finished.test)})
    keep_within_budget(folders.runs, output.budget, recording.folder)
    return DONE if kept or output.weights_file is not None else FAILED


def write_notes(recording: Recorder, name: str | None, note: str | None) -> None:
    """Keep the user's name for the run and note on it; where one is None, a run that is resumed keeps its own."""
    from cnnviewer.core.runs.format.notes import read_notes
    from cnnviewer.core.runs.format.notes import write_notes as write

    known = read_notes(recording.folder) if recording.folder is not None else Notes()
    said = replace(known, name=known.name if name is None else name, note=known.note if note is None else note)
    recording.notes = said
    if said != known and recording.folder is not None:
        wrong(write, recording.folder, said)


def check_output(output: TrainingOutput, runs_dir: Path | None) -> None:
    """Refuse before the training what could not be written after it.

    Args:
        output: what it shall leave.
        runs_dir: where a new run is to be; None: it has a folder. Without it the weights must at least go into a file.

    Raises:
        RequestError: with the file's name and the reason; or TensorBoard is not installed.
    """
    if output.tensorboard:
        from cnnviewer.core.runs.record.tensorboard import summary_writer

        wrong(summary_writer)
    if output.weights_file is not None:
        check_target(output.weights_file, ".safetensors")
    elif runs_dir is not None:
        check_runs_dir(runs_dir)


def _hint(folders: Folders, recording: Recorder, command: str) -> str:
    """What the user types to resume the run, or to see it."""
    folder = recording.folder or folders.runs / recording.info.id
    return command_about(folders, command, folder, recording.info)


def _write_weights(file: Path, state: ModelState, command: str, half: bool) -> None:
    from cnnviewer.core.models.weights import save_weights

    save_weights(file, replace(state, provenance={**state.provenance, "command": command}), half=half)


def _measured_again(state: ModelState, data: DataSet) -> ModelState:
    """The weights as a file of 16 bits has them, with the accuracy that these have on the test images."""
    from cnnviewer.core.models.registry import spec
    from cnnviewer.core.models.weights import rounded
    from cnnviewer.core.training.loop import LOSSES

    stored = rounded(state)
    test, _ = evaluated(stored, data, "cpu", LOSSES[spec(state.recipe.model).loss])
    measured = {name: test.accuracy for name in ("accuracy", "test_accuracy") if name in state.provenance}
    return replace(stored, provenance={**state.provenance, **measured})


def _familiarity(state: ModelState, data: DataSet) -> Familiarity | None:
    """What tells unfamiliar images; None where that takes long, or there are too few images."""
    from cnnviewer.core.inspection.costs import costs
    from cnnviewer.core.inspection.trace import Inspector
    from cnnviewer.core.training.calibrated import familiarity_of

    if state.mutes:  # it is kept for the weights as they are, without mutes
        return None
    try:
        inspector = Inspector.from_state(state)
        if costs(inspector.architecture).multiply_adds > _MOST_WORK:
            return None
        with ProgressBar() as bar:
            return familiarity_of(state, data, inspector, lambda share: bar.reach(share, "familiar images"))
    except UserError:  # the weights are written without it
        return None
