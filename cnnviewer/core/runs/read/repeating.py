"""How to repeat a run, and why that may not be bit-exact. Free of torch."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.mutes import Mutes, as_word
from cnnviewer.core.paths import default_data_dir, usual_runs_dir
from cnnviewer.core.runs.format.info import Deviation, RunInfo
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.metric_log import MetricLog

_ALWAYS_GIVEN = ("model", "dataset", "epochs", "batch_size", "learning_rate", "momentum", "seed")


def commands(info: RunInfo, folder: Path | None = None) -> Iterator[str]:
    """The command lines that repeat a run, in their order.

    Args:
        info: of the run.
        folder: where it is: the run that it branched off lies beside it.
    """
    more: dict[str, object] = {}
    if info.source.data_dir and Path(info.source.data_dir) != default_data_dir().absolute():
        more["data_dir"] = info.source.data_dir
    where = folder.absolute().parent if folder is not None else usual_runs_dir().absolute()
    if info.parent is not None and where != usual_runs_dir().absolute() and (where / info.parent.run).is_dir():
        more["runs_dir"] = where
    trust = info.config.model_key.is_own
    # the data may have moved since
    begun = info.command.replace(quoted(str(info.recipe.data_key.absolute())), quoted(info.config.dataset))
    yield with_options(begun if info.config.data_key.is_own else info.command, more, trust)
    more.pop("data_dir", None)  # the run knows by now
    processes = int(info.versions.get("processes", "1"))
    for change in info.changes:
        live_settings = dict(zip(("learning_rate", "momentum"), change.live_settings or (), strict=False))
        yield with_options(
            f"{program(processes)} resume last", {"epochs": change.epochs, **live_settings, **more}, trust
        )


def why_not_exact(info: RunInfo, log: MetricLog | None = None) -> tuple[UserError, ...]:
    """Why these commands are not bit-exact, one sentence per reason; `log` is the run's."""
    reasons = [in_words(deviation) for deviation in info.deviations]
    if info.start is not None and not info.start.exact:
        reasons.insert(
            0,
            UserError(
                "The run began with weights of no file ({name}), and its command begins with its first snapshot, which "
                "has eight bits per weight: save weights to a file and train from that to repeat a run exactly.",
                name=info.start.name,
            ),
        )
    reasons += [
        UserError(
            "After step {step} the run was stopped and went on with other numbers: no command stops there.",
            step=f"{change.step:,}",
        )
        for change in info.changes
        if not change.ended and (change.live_settings is not None or info.config.schedule != "constant")
    ]
    if log is not None and _turned(info, log):
        reasons.append(UserError("Rate or momentum were changed while it trained, which no command repeats."))
    return tuple(reasons)


def in_words(deviation: Deviation) -> UserError:
    """Why a run is not exact, as a sentence."""
    step, what = f"{deviation.step:,}", ", ".join(deviation.what)
    if deviation.kind == "code":
        return UserError("From step {step} on with changed code ({what}): this run is not exact.", step=step, what=what)
    if deviation.kind == "data":
        return UserError("From step {step} on with changed data ({what}): this run is not exact.", step=step, what=what)
    return UserError("From step {step} on with {what}: this run may not be exact.", step=step, what=what)


def command_for(config: TrainConfig, processes: int = 1) -> str:
    """The command line that repeats a training, with every number whose default depends on the model."""
    default = TrainConfig()
    given = {
        name: value
        for name in config.__dataclass_fields__
        if (value := getattr(config, name)) is not None and (name in _ALWAYS_GIVEN or value != getattr(default, name))
    }
    return with_options(f"{program(processes)} train", given)


def start_command(
    run: str, config: TrainConfig, started_from: str | None = None, processes: int = 1, mutes: Mutes = ()
) -> str:
    """The command line that repeats a training; `started_from`: the weights file or name that it began with.

    It names the channels that are muted, whichever the file mutes by now. One that began with weights of no file is
    repeated from the first snapshot of `run` itself.
    """
    if started_from is None:
        return command_for(config, processes)
    path = Path(started_from)
    if path.is_file():
        command = with_options(command_for(config, processes), {"from": path.absolute()})
        return " ".join(
            [command, "--unmute", *(f"--mute {quoted(as_word(each))}" for each in mutes)] if mutes else [command]
        )
    return branch_command(run, 0, {}, processes)


def branch_command(run: str, step: int, changes: Mapping[str, Any], processes: int = 1) -> str:
    """The command line that branches off `run` after `step` with other numbers."""
    return with_options(f"{program(processes)} resume {quoted(run)}", {"from_step": step, **changes})


def program(processes: int = 1) -> str:
    """What a command line begins with; several processes are started by torchrun."""
    return "cnnviewer" if processes == 1 else f"torchrun --nproc-per-node={processes} -m cnnviewer"


def with_options(command: str, options: Mapping[str, object], trust: bool = False) -> str:
    """A command line with more options, as a shell takes them: `data_dir` is `--data-dir`; None is left out."""
    words = [command] if command else []
    for name, value in options.items():
        if value is not None:
            words += [f"--{name.replace('_', '-')}", quoted(str(value))]
    return " ".join([*words, *(["--trust"] if trust and "--trust" not in command.split() else [])])


def quoted(word: str, platform: str = sys.platform) -> str:
    """A word as a shell takes it: bare, in double quotes where every shell reads them alike, else as POSIX says.

    On Windows PowerShell and cmd know double quotes alone, and a backslash is part of a path; a bare comma would make
    two words of one in PowerShell.
    """
    if platform == "win32":
        if re.fullmatch(r"(?!~)[\w:.\\/+~=-]+", word):
            return word
        # as programs on Windows take their arguments apart: backslashes count double before a quote
        escaped = re.sub(r"(\\+)$", r"\1\1", re.sub(r'(\\*)"', r'\1\1\\"', word))
        return f'"{escaped}"'
    if re.fullmatch(r"(?!~)[\w:.,/+~=@%-]+", word):
        return word
    return shlex.quote(word) if re.search(r'["$`\\!\n]', word) else f'"{word}"'


def _turned(info: RunInfo, log: MetricLog) -> bool:
    """Whether the user changed the rate or the momentum while the run trained."""
    own = log.steps("step") > (info.parent.step if info.parent is not None else 0)
    steps = log.steps("step")[own]
    rate, momentum = info.began_with
    rates, momenta = np.full(len(steps), rate), np.full(len(steps), momentum)
    for change in info.changes:
        if change.live_settings is not None:
            rates[steps > change.step], momenta[steps > change.step] = change.live_settings
    if not np.array_equal(log.steps("momentum")[own], momenta):
        return True
    return info.config.schedule == "constant" and not np.array_equal(log.steps("learning_rate")[own], rates)
