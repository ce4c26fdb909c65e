"""Read the weights that a table of predictions is compared with, and predict with them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.core.models.mutes import Mutes
from cnnviewer.core.models.normalisation import for_data
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.compare.comparison import SnapshotChoice
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.presenters.tasks.comparison import checkpoint_at
from cnnviewer.presenters.tasks.evaluation import Reading
from cnnviewer.runtime.job import JobContext


@dataclass(frozen=True, eq=False)
class Weights:
    """Weights to compare with: at hand, or a step of a run.

    Attributes:
        state: the weights themselves; None: they are to be read from `run`.
        mutes: of the channels that are muted in them.
        run: the run, or its folder.
        step: of the run.

    """

    state: ModelState | None = None
    mutes: Mutes = ()
    run: OpenedRun | Path | None = None
    step: SnapshotChoice = "last"


@dataclass(frozen=True, eq=False)
class Reference:
    """The predictions to compare with.

    Attributes:
        state: the weights that gave them.
        table: what they predict.
        seconds_for_all: estimate for every test image.

    """

    state: ModelState
    table: Confusion
    seconds_for_all: float


def read_reference(reading: Reading, weights: Weights, data: DataSet, whole: bool, context: JobContext) -> Reference:
    """Predict with the weights: the sample, or with `whole` every test image.

    Raises:
        UserError: the run or the snapshot cannot be read, or the weights know other classes.
        Cancelled: it is no longer needed.
    """
    state = weights.state
    if state is None:
        run = OpenedRun.read(weights.run) if isinstance(weights.run, Path) else weights.run
        assert run is not None
        state = checkpoint_at(run, weights.step).state
    state = for_data(state, data.info)
    read = reading.all if whole else reading.sample
    table = read(state, data, context, weights.mutes)
    return Reference(state, table, reading.seconds_for_all())
