"""Resume a run where it ended, or branch from an earlier snapshot of it into a new run.

On the same machine, device and thread count the weights become those of a training without a break, to the last bit.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from cnnviewer.cli import options as shared
from cnnviewer.cli.arguments import Consent, Folders, TrainingOutput
from cnnviewer.cli.distributed import group_of, take_part
from cnnviewer.cli.exit_codes import RequestError, tell, wrong
from cnnviewer.cli.of_run import data_dir_of, data_of_run
from cnnviewer.cli.option_types import number, whole_number
from cnnviewer.cli.snapshots import kept_step, run_folder
from cnnviewer.cli.train import check_output, finish
from cnnviewer.cli.trusted_models import trust_run
from cnnviewer.core.models.mutes import listed
from cnnviewer.core.runs.format.info import read_info

HELP = "resume a run, or branch from an earlier snapshot of it"
EXAMPLES = """examples:
  cnnviewer resume last
  cnnviewer resume last --epochs 20
  cnnviewer resume "my run" --from-step 1200 --learning-rate 0.001 --epochs 15 --name "slower from 1200"
  cnnviewer resume "my run" --from-step best --momentum 0.9
  cnnviewer resume last --dataset folder:where/it/is/now"""
_LIVE_SETTINGS = ("learning_rate", "momentum")  # may change within one run, as in the window


def add(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.set_defaults(command=run, model=None)
    shared.add_run_name(parser)
    shared.add_data_dir(parser)
    parser.add_argument(
        "--epochs",
        type=whole_number,
        metavar="N",
        help="train to N epochs altogether (default: as many as were asked for)",
    )
    parser.add_argument("--learning-rate", type=number, metavar="RATE", help="from here on")
    parser.add_argument("--momentum", type=number, metavar="M", help="from here on")
    options_group = parser.add_argument_group(
        "branching", "A new run begins at an earlier snapshot; the old one stays as it is."
    )
    options_group.add_argument("--from-step", metavar="STEP", help="a step with a snapshot, `best` or `last`")
    options_group.add_argument("--batch-size", type=whole_number, metavar="N", help="of the branch")
    options_group.add_argument("--weight-decay", type=number, metavar="D", help="of the branch")
    options_group.add_argument("--schedule", choices=("constant", "cosine"), help="of the branch")
    options_group.add_argument("--augmentation", choices=("none", "flip-crop", "handwriting"), help="of the branch")
    options_group.add_argument("--dropout", type=number, metavar="P", help="of the branch")
    options_group.add_argument("--device", help="of the branch: cpu, cuda:0, mps")
    options_group.add_argument("--threads", type=whole_number, metavar="N", help="of the branch")
    shared.add_training_output(parser)
    shared.add_trust(parser)
    shared.add_changed_code(parser)
    shared.add_moved(parser)
    shared.add_changed_data(parser)
    shared.add_json(parser, "the run and the test accuracy")


def run(options: argparse.Namespace) -> int:
    """Resume or branch, and train to the end; the exit status."""
    changes = shared.config_changes_of(options)
    changes.pop("dataset", None)
    return _resume(
        options.run,
        options.from_step,
        changes,
        options.dataset,
        shared.folders_of(options),
        shared.consent_of(options),
        shared.training_output_of(options),
    )


def _resume(
    run_name: str,
    from_step: str | None,
    changes: dict[str, Any],
    dataset: str | None,
    folders: Folders,
    consent: Consent,
    output: TrainingOutput,
) -> int:
    """Train on; the exit status.

    Args:
        run_name: the run, as its user names it.
        from_step: where a branch begins; None: the run itself is resumed.
        changes: fields of `TrainConfig` that are to be different from here on.
        dataset: where the run's data are now; None: as before.
        folders: where data sets and runs are.
        consent: what the user has agreed to.
        output: what the training leaves and prints.
    """
    from cnnviewer.core.memory import settle_allocator
    from cnnviewer.core.runs.record.start import branch, resume_run
    from cnnviewer.core.training.check import check_numbers
    from cnnviewer.core.training.controls import Controls

    check_output(output, folders.runs if from_step is not None else None)
    folder = run_folder(folders, run_name)
    info = wrong(read_info, folder)
    if from_step is None:
        for name in changes:
            if name not in (*_LIVE_SETTINGS, "epochs"):
                raise RequestError(
                    "A run that is resumed keeps its {option}: say --from-step last to branch into a new run.",
                    option="--" + name.replace("_", "-"),
                )
    wrong(check_numbers, replace(info.config, **changes))
    settle_allocator()
    trust_run(consent, info)
    with group_of(changes.get("device") or info.config.device) as group:
        if group is not None and not group.leads:
            return take_part(group, data_dir_of(folders, folder, info))
        data = data_of_run(folders, folder, info, dataset)
        controls, agreed = Controls(), (consent.changed_code, consent.changed_data)
        if from_step is not None:
            step = kept_step(folder, from_step)
            recording = wrong(branch, folder, step, data, folders.runs, changes, controls, group, *agreed)
        else:
            live_settings = {name: changes[name] for name in _LIVE_SETTINGS if name in changes}
            recording = wrong(resume_run, folder, data, changes.get("epochs"), controls, group, *agreed, live_settings)
        if recording.info.mutes:
            tell(f"Muted: {listed(recording.info.mutes)}.")
        return finish(recording, folders, output)
