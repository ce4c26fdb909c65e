"""Go on with a run where it was left, or branch from an earlier moment of it into a new run.

On the same machine, device and thread count the weights become what they had become without a break, to the last bit.
"""

from __future__ import annotations

import argparse

from cnnviewer.cli import options as shared
from cnnviewer.cli.outcome import RequestError, wrong
from cnnviewer.cli.teamwork import take_part, team_of
from cnnviewer.cli.train import add_keeping, check_targets, finish
from cnnviewer.core.runs.info import read_info

HELP = "go on with a run, or branch from an earlier moment of it"
EXAMPLES = """examples:
  cnnviewer resume last
  cnnviewer resume last --epochs 20
  cnnviewer resume "my run" --from-step 1200 --learning-rate 0.001 --epochs 15 --name "slower from 1200"
  cnnviewer resume "my run" --from-step best --momentum 0.9"""
_TURNED = ("learning_rate", "momentum")  # may change under way within one run, as in the window


def add(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.set_defaults(command=_resume, model=None, dataset=None)
    shared.add_run_name(parser)
    shared.add_data_dir(parser)
    parser.add_argument(
        "--epochs",
        type=shared.whole_number,
        metavar="N",
        help="train to N epochs altogether (default: as many as were asked for)",
    )
    parser.add_argument("--learning-rate", type=shared.number, metavar="RATE", help="from here on")
    parser.add_argument("--momentum", type=shared.number, metavar="M", help="from here on")
    group = parser.add_argument_group("branching", "A new run begins at an earlier moment; the old one stays as it is.")
    group.add_argument("--from-step", metavar="STEP", help="a kept step, `best` or `last`")
    group.add_argument("--weight-decay", type=shared.number, metavar="D", help="of the branch")
    group.add_argument("--schedule", choices=("constant", "cosine"), help="of the branch")
    group.add_argument("--augmentation", choices=("none", "flip-crop", "handwriting"), help="of the branch")
    group.add_argument("--dropout", type=shared.number, metavar="P", help="of the branch")
    group.add_argument("--device", help="of the branch: cpu, cuda:0, mps")
    group.add_argument("--threads", type=shared.whole_number, metavar="N", help="of the branch")
    add_keeping(parser)
    shared.add_trust(parser)
    shared.add_changed_code(parser)
    shared.add_json(parser, "the run and the test accuracy")


def _resume(options: argparse.Namespace) -> int:
    from cnnviewer.core.memory import settle_allocator
    from cnnviewer.core.runs.start import branch, go_on
    from cnnviewer.core.training.check import check_numbers
    from cnnviewer.core.training.controls import Controls

    check_targets(options)
    folder = shared.run_folder(options)
    info = wrong(read_info, folder)
    changes = shared.given(options)
    if options.from_step is None:
        for name in changes:
            if name not in (*_TURNED, "epochs"):
                raise RequestError(
                    "A run that is gone on with keeps its {option}: say --from-step last to branch into a new run.",
                    option="--" + name.replace("_", "-"),
                )
    wrong(check_numbers, shared.config_from(options, info.config))
    settle_allocator()
    shared.trusted_run(options, info)
    with team_of(changes.get("device") or info.config.device) as team:
        if team is not None and not team.leads:
            return take_part(team, options)
        data = shared.load_data(options, info.config.dataset)
        controls, changed = Controls(), options.changed_code
        if options.from_step is not None:
            step = shared.kept_step(folder, options.from_step)
            command = _branch_command(info.id, step, changes)
            recording = wrong(
                branch, folder, step, data, shared.runs_dir(options), changes, controls, command, team, changed
            )
            return finish(options, recording, command)
        recording = wrong(go_on, folder, data, options.epochs, controls, team, changed)
        for name in _TURNED:
            if name in changes:
                setattr(controls, name, changes[name])
        return finish(options, recording, recording.info.command)


def _branch_command(run: str, step: int, changes: dict[str, object]) -> str:
    from cnnviewer.core.runs.start import quoted

    words = ["cnnviewer", "resume", run, "--from-step", str(step)]
    for name, value in changes.items():
        words += [f"--{name.replace('_', '-')}", quoted(str(value))]
    return " ".join(words)
