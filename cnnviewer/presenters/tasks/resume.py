"""Build the training that resumes a run or branches from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import Cancelled
from cnnviewer.core.models.trial.trial import Fit
from cnnviewer.core.runs.format.info import read_info
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.core.runs.record.start import branch, resume_run
from cnnviewer.presenters.tasks.own_models import run_model_file
from cnnviewer.runtime.job import JobContext


@dataclass(frozen=True)
class ResumeRequest:
    """The run to resume or branch from.

    Attributes:
        folder: of the run.
        epochs: total number of epochs; None: as configured.
        step: the step to branch from; None: resume in the same folder.
        changes: of a branch's configuration.
        paused: train one batch and wait.
        changed_code: run the model's file, which has changed since, as it is now.
        changed_data: train on the images and labels, which have changed since, as they are now.

    """

    folder: Path
    epochs: int | None = None
    step: int | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    paused: bool = False
    changed_code: bool = False
    changed_data: bool = False


def build_recording(request: ResumeRequest, data: DataSet, runs_dir: Path, context: JobContext) -> Recorder:
    """Read the run and build its training, which is not begun yet.

    Raises:
        UserError: the run cannot be resumed.
        Cancelled: the result is no longer needed.
    """
    code = request.changed_code
    if code:
        recipe = read_info(request.folder).recipe
        path, call = recipe.model_key.own_code()
        run_model_file(path, call.text, Fit(recipe.input_shape, len(recipe.classes)), context)
    if request.step is None:
        recording = resume_run(
            request.folder, data, request.epochs, changed_code=code, changed_data=request.changed_data
        )
    else:
        recording = branch(
            request.folder,
            request.step,
            data,
            runs_dir,
            request.changes,
            changed_code=code,
            changed_data=request.changed_data,
        )
    if context.cancelled():
        recording.let_go()
        raise Cancelled
    return recording
