"""What is loaded at the moment: the data, the weights, the numbers of the last training."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.models.normalisation import for_data
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.opened import OpenedRun
from cnnviewer.core.runs.recording import Recording
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.core.training.progress import RunState


@dataclass(frozen=True)
class Run:
    """The training that is shown: one under way here, the last one, or one opened from its folder.

    Attributes:
        config: what it was asked to do.
        log: its numbers. That of `recording` while it is trained here, else that of `opened`.
        recording: where it is, or was, trained by this program.
        opened: its folder as a reader knows it: description, notes, moments (`moments`, `moment(step)`,
            `nearest_moment`, `best_step`). Also of a run that is trained here, with the same `log`; None while the run
            is in memory only. Somebody else refreshes it, see `Session.run_grew`: do not call `refresh`.
        left_at: of one that was opened: steps learned at its checkpoint, None where that is missing or damaged.
        written: whether another process is training it.

    """

    config: TrainConfig
    log: MetricLog
    recording: Recording | None = None
    opened: OpenedRun | None = None
    left_at: int | None = None
    written: bool = False


class Session(QObject):
    """The one owner of what the presenters share. What it holds is frozen; it says when it changes.

    Attributes:
        state: the weights on the screen; while a training is followed, those before it, see `shown`.
        newest: what `state` is, or would be if no moment of the past were looked at.
        data: the data set chosen, None while there is none.
        run: the training under way, the last one or the one opened; None before the first.
        moment: the step whose weights are on the screen, chosen on the time bar; None: the newest.
        run_state: whether one is under way.
        sweeping: whether the training under way is one of a sweep.
        launching: the program is loading the data set that it begins with; nobody has chosen anything.

    Signals:
        state_changed: other weights, and whoever shows or follows weights must take these.
        data_changed: another data set, or none.
        run_state_changed: a training begins, waits, goes on, ends.
        run_changed: another run is shown, or the same one (`run.log` then stays) has got its folder or lost it, or it
            was rewound (then `run.log` is another object).
        run_grew: the run shown has more moments or epochs, another state or other notes: read `run.opened` again. About
            once a second while it is trained, here or elsewhere.
        moment_changed: another moment was chosen (a step, or None).
    """

    state_changed = Signal(object)
    data_changed = Signal(object)
    run_state_changed = Signal(str)
    run_changed = Signal(object)
    run_grew = Signal()
    moment_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state: ModelState | None = None
        self.newest: ModelState | None = None
        self._live: Callable[[], ModelState | None] = _nothing
        self.data: DataSet | None = None
        self.run: Run | None = None
        self.moment: int | None = None
        self.run_state: RunState = "idle"
        self.sweeping = self.launching = False

    @property
    def _info(self) -> DataInfo | None:
        return self.data.info if self.data is not None else None

    @property
    def training(self) -> bool:
        """Whether a training is under way, paused or not: model and data must not change."""
        return self.run_state != "idle"

    @property
    def shown(self) -> ModelState | None:
        """The very weights on the screen: those of the training under way while it is followed, else `state`."""
        live = self._live() if self.training and self.moment is None else None
        return live if live is not None else self.state

    def watch(self, live: Callable[[], ModelState | None]) -> None:
        """Ask `live` for the newest weights of the training under way."""
        self._live = live

    def set_state(self, state: ModelState) -> None:
        """Show other weights, and no longer a moment of the past."""
        state = for_data(state, self._info)
        self.newest = self.state = state
        self.set_moment(None)
        self.state_changed.emit(state)

    def set_newest(self, state: ModelState) -> None:
        """The run shown has come to these weights: show them, unless a moment of its past is looked at."""
        if self.moment is None:
            self.set_state(state)
        else:
            self.newest = state

    def show_moment(self, step: int, state: ModelState) -> None:
        """Show the weights of a moment of the run's past."""
        self.state = state
        self.set_moment(step)
        self.state_changed.emit(state)

    def set_data(self, data: DataSet | None) -> None:
        """Use another data set; the one in use stays as it is, with the image chosen from it.

        Weights that record no normalisation take that of the new one.
        """
        if data is self.data:
            return
        self.data = data
        before = self.state
        if before is not None:
            self.state = for_data(before, self._info)
            self.newest = self.state if self.newest is before else self.newest
        self.data_changed.emit(data)
        if self.state is not before:
            self.state_changed.emit(self.state)

    def set_run(self, run: Run) -> None:
        """Show another run, from its newest moment; or know more of the one shown."""
        if self.run is None or self.run.log is not run.log:
            self.set_moment(None)
        self.run = run
        self.run_changed.emit(run)

    def tell_growth(self) -> None:
        """Say that the run shown has gained something besides rows."""
        self.run_grew.emit()

    def set_moment(self, step: int | None) -> None:
        """Remember which moment of the run is on the screen."""
        if step != self.moment:
            self.moment = step
            self.moment_changed.emit(step)

    def set_run_state(self, run_state: RunState) -> None:
        """Say where the training stands."""
        if run_state != self.run_state:
            self.run_state = run_state
            self.run_state_changed.emit(run_state)


def _nothing() -> ModelState | None:
    return None
