"""Train a model. Every training is a run: a folder with its numbers, its moments and the place to go on from.

Ctrl+C ends it at the next step and says how to go on; Ctrl+C twice ends it at once.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cnnviewer.cli import options as shared
from cnnviewer.cli.conducting import conduct, say_where
from cnnviewer.cli.outcome import DONE, FAILED, INTERRUPTED, RequestError, give, tell, wrong
from cnnviewer.cli.results import judgement
from cnnviewer.cli.teamwork import take_part, team_of
from cnnviewer.core.models.own import key as own_key
from cnnviewer.core.models.own.trial import Fit
from cnnviewer.core.runs.info import Notes

if TYPE_CHECKING:
    from cnnviewer.core.models.state import ModelState
    from cnnviewer.core.runs.recording import Recording
    from cnnviewer.core.training.events import Finished

HELP = "train a model as a run, and write its weights"
EXAMPLES = """examples:
  cnnviewer train --model lenet --dataset mnist --epochs 1 --seed 1 --out weights.safetensors
  cnnviewer train --model simplecnn --dataset cifar10 --learning-rate 0.02 --schedule cosine --name "cosine"
  cnnviewer train --dataset folder:my-pictures --json"""


def add(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.set_defaults(command=_train)
    shared.add_model(parser)
    shared.add_data(parser, "the model's usual one")
    shared.add_hyperparameters(parser)
    add_keeping(parser)
    shared.add_trust(parser)
    shared.add_json(parser, "the run and the test accuracy")


def add_keeping(parser: argparse.ArgumentParser) -> None:
    """Options on where a training is kept."""
    group = parser.add_argument_group("what is kept")
    shared.add_runs_dir(group)
    group.add_argument("--name", help="what you call the run")
    group.add_argument("--note", help="what you want to remember about it")
    group.add_argument("--out", type=Path, metavar="FILE", help="write the final weights here too (.safetensors)")
    group.add_argument("--half", action="store_true", help="store those as float16: half the size")
    group.add_argument(
        "--tensorboard",
        action="store_true",
        help="write TensorBoard's event files too, into the run's folder (pip install cnnviewer[tensorboard])",
    )
    shared.add_budget(group)


def _train(options: argparse.Namespace) -> int:
    from cnnviewer.core.memory import settle_allocator
    from cnnviewer.core.models.registry import spec
    from cnnviewer.core.runs.start import begin
    from cnnviewer.core.training.controls import Controls

    check_targets(options)
    settle_allocator()
    data = None
    if options.model.startswith(own_key.PREFIX):  # its first run builds it for the images
        shared.check_trust(options, options.model)
        data = shared.load_data(options, options.dataset or own_key.DATASET)
        fit = Fit(data.info.shape, len(data.info.classes))
        options.model = shared.trusted(options, options.model, fit)
    config = shared.config_from(options, wrong(spec, options.model).defaults)
    controls = Controls.of(config)
    with team_of(config.device) as team:  # several processes, where torchrun started them: the first one records
        if team is not None and not team.leads:
            return take_part(team, options)
        data = shared.load_data(options, config.dataset) if data is None else data
        recording = wrong(begin, data, config, shared.runs_dir(options), controls, team=team)
        return finish(options, recording, "cnnviewer " + " ".join(repeatable(options.arguments)))


def finish(options: argparse.Namespace, recording: Recording, command: str) -> int:
    """Train a run that is begun to its end and write what was asked for; the exit status.

    Args:
        options: of `train` or `resume`.
        recording: not begun yet.
        command: what stands in the metadata of `--out`.
    """
    words = sys.stderr if options.json else sys.stdout
    write_notes(recording, options.name, options.note)
    for note in recording.training.notes:
        tell(note)
    finished = conduct(recording, words, resume_command(options, recording), options.tensorboard)
    if finished is None:
        return INTERRUPTED
    kept = say_where(recording, shared.runs_dir(options))
    if options.out is not None:
        _write_weights(options, finished, command)
        print(f"Weights written to {options.out}.", file=words)
    elif kept:
        print(f"`cnnviewer report {recording.info.id} --open` shows the run.", file=words)
    if options.json:
        run = {"run": recording.info.id, "folder": str(recording.folder) if recording.folder else None}
        give({**run, **judgement(finished.test)})
    shared.keep_within_budget(options, recording.folder)
    return DONE if kept or options.out is not None else FAILED


def write_notes(recording: Recording, name: str | None, note: str | None) -> None:
    """Keep what a person calls the run; a run that is gone on with keeps what is not said anew."""
    from cnnviewer.core.runs.info import read_notes
    from cnnviewer.core.runs.library import write_notes as write

    known = read_notes(recording.folder) if recording.folder is not None else Notes()
    said = replace(known, name=known.name if name is None else name, note=known.note if note is None else note)
    recording.notes = said
    if said != known and recording.folder is not None:
        wrong(write, recording.folder, said)


def resume_command(options: argparse.Namespace, recording: Recording) -> str:
    """What a person types to go on with the run from here."""
    from cnnviewer.core.runs.start import quoted

    words = ["cnnviewer", "resume", recording.info.id]
    for name, value in (("--runs-dir", options.runs_dir), ("--data-dir", options.data_dir)):
        if value is not None:
            words += [name, quoted(str(value))]
    if recording.info.config.model.startswith("file:"):
        words.append("--trust")
    return " ".join(words)


def check_targets(options: argparse.Namespace) -> None:
    """Refuse what cannot be written before the training, not after it."""
    if options.tensorboard:
        from cnnviewer.core.runs.tensorboard import summary_writer

        wrong(summary_writer)
    path: Path | None = options.out
    if path is None:
        return
    if path.suffix != ".safetensors":
        raise RequestError("{file} cannot be written: its name must end in .safetensors.", file=path.name)
    if not path.absolute().parent.is_dir():
        raise RequestError("{file} cannot be written: its folder does not exist.", file=path.name)


def repeatable(arguments: list[str]) -> list[str]:
    """The arguments that repeat a training elsewhere: without this machine's folders."""
    kept: list[str] = []
    words = iter(arguments)
    for word in words:
        name, _, value = word.partition("=")
        if name in ("--data-dir", "--runs-dir"):
            if not value:
                next(words, None)
        elif name == "--out":
            kept += ["--out", Path(value or next(words, "")).name]
        else:
            kept.append(word)
    return kept


def _write_weights(options: argparse.Namespace, finished: Finished, command: str) -> None:
    from cnnviewer.core.models.weights import save_weights

    save_weights(options.out, _with_command(finished.state, command), half=options.half)


def _with_command(state: ModelState, command: str) -> ModelState:
    return replace(state, provenance={**state.provenance, "command": command})
