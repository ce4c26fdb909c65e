"""Typed arguments of the commands: what the user asked for, made of argparse's Namespace where a command begins."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cnnviewer.cli.muted import MuteRequest
from cnnviewer.core.models.key import ModelKey
from cnnviewer.core.models.trial.trial import TIME_LIMIT
from cnnviewer.core.paths import default_data_dir, usual_runs_dir


@dataclass(frozen=True)
class Folders:
    """Where data sets and runs are.

    Attributes:
        data_dir: `--data-dir`; None where it was left out.
        runs_dir: `--runs-dir`; None where it was left out.
    """

    data_dir: Path | None = None
    runs_dir: Path | None = None

    @property
    def data(self) -> Path:
        """The folder of data sets: the one asked for, else the usual one."""
        return self.data_dir or default_data_dir()

    @property
    def runs(self) -> Path:
        """The folder of runs: the one asked for, else the usual one."""
        return self.runs_dir or usual_runs_dir()


@dataclass(frozen=True)
class Consent:
    """What the user has agreed to. Without it no file's code runs, and no run continues with other data or code.

    Attributes:
        trust: run the Python file of a model.
        trust_seconds: how long its first run may take.
        changed_code: use a run's model although its code has changed.
        changed_data: resume a run although its data have changed.
    """

    trust: bool = False
    trust_seconds: float = TIME_LIMIT
    changed_code: bool = False
    changed_data: bool = False


@dataclass(frozen=True)
class WeightsRequest:
    """Whose weights are meant: a file's, a run's or the bundled ones, and how they read an image.

    Attributes:
        file: a weights file.
        model: a model's key; needed for files without the program's own metadata.
        run: a run, as its user names it.
        step: of the run: a number, `best` or `last`.
        input_size: height and width in pixels, in place of the recorded ones.
        mean: of the normalisation, one number or one per channel, in place of the recorded ones.
        std: likewise the standard deviation.
        by_position: match outputs and classes by their order, not by name.
        mutes: channels to mute, or not to mute.
    """

    file: Path | None
    model: ModelKey | None
    run: str | None
    step: str
    input_size: tuple[int, int] | None
    mean: tuple[float, ...] | None
    std: tuple[float, ...] | None
    by_position: bool
    mutes: MuteRequest = field(default_factory=MuteRequest)


@dataclass(frozen=True)
class TrainingOutput:
    """What a training leaves and prints.

    Attributes:
        name: what the user calls the run; None where it was left out.
        note: likewise a note on it.
        weights_file: the final weights are written here too.
        half: that file holds float16.
        tensorboard: write TensorBoard's event files too.
        budget: bytes that all runs together may take afterwards; None: the usual ones.
        json: print the result as JSON.
    """

    name: str | None
    note: str | None
    weights_file: Path | None
    half: bool
    tensorboard: bool
    budget: int | None
    json: bool
