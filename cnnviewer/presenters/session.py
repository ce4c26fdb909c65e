"""What is loaded at the moment: the data, the weights, the numbers of the last training."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.recording import Recording
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.core.training.progress import RunState


@dataclass(frozen=True)
class Run:
    """One training: what it was asked to do, the numbers it wrote, and its recording where it was made here."""

    config: TrainConfig
    log: MetricLog
    recording: Recording | None = None


class Session(QObject):
    """The one owner of what the presenters share. What it holds is frozen; it says when it changes.

    Attributes:
        state: the weights on the screen; during a training those it ended or began with.
        data: the data set chosen, None while there is none.
        run: the training under way or the last one, None before the first.
        run_state: whether one is under way.

    Signals:
        state_changed: other weights, and whoever shows or follows weights must take these.
        data_changed: another data set, or none.
        run_state_changed: a training begins, waits, goes on, ends.
        run_changed: the curves are another run's.
    """

    state_changed = Signal(object)
    data_changed = Signal(object)
    run_state_changed = Signal(str)
    run_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state: ModelState | None = None
        self.data: DataSet | None = None
        self.run: Run | None = None
        self.run_state: RunState = "idle"

    @property
    def training(self) -> bool:
        """Whether a training is under way, paused or not: model and data must not change."""
        return self.run_state != "idle"

    def set_state(self, state: ModelState) -> None:
        """Show other weights."""
        self.state = state
        self.state_changed.emit(state)

    def set_data(self, data: DataSet | None) -> None:
        """Use another data set; the one in use stays as it is, with the image chosen from it."""
        if data is not self.data:
            self.data = data
            self.data_changed.emit(data)

    def set_run(self, run: Run) -> None:
        """Begin to write another training's numbers."""
        self.run = run
        self.run_changed.emit(run)

    def set_run_state(self, run_state: RunState) -> None:
        """Say where the training stands."""
        if run_state != self.run_state:
            self.run_state = run_state
            self.run_state_changed.emit(run_state)
