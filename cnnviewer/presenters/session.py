"""What is loaded: the data set, the weights, the metrics of the last training."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.errors import UserError, without_frames
from cnnviewer.core.models.familiarity import Familiarity
from cnnviewer.core.models.mutes import Mutes
from cnnviewer.core.models.normalisation import for_data
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.temperature import Temperature
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.runs.format.notes import Notes
from cnnviewer.core.runs.read.opened_run import OpenedRun
from cnnviewer.core.runs.record.recorder import Recorder
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.core.training.progress import RunState
from cnnviewer.presenters.run_names import Given
from cnnviewer.presenters.screen import (
    KnownRun,
    RaisedError,
    ScreenInputs,
    ScreenShown,
    Situation,
    shown,
    weights_of_run,
)

_MOST_ERRORS = 20  # that can stand at once beside a new one


@dataclass(frozen=True)
class Run:
    """The training that is shown: one under way here, the last one, or one opened from its folder.

    Attributes:
        config: its settings.
        log: its metrics. That of `recording` while it is trained here, else that of `opened`.
        recording: its recorder, where this program trains or trained it.
        opened: its folder as read from disk: description, notes, snapshots (`snapshots`, `snapshot(step)`,
            `nearest_snapshot`, `best_step`). Also of a run that is trained here, with the same `log`; None while the
            run is in memory only. Frozen; a newer one replaces it, see `Session.run_grew`.
        left_at: of an opened run: steps trained at its checkpoint; None where that is missing or damaged.
        written: whether another process is training it.
        deleted: its folder as it was when the user deleted the run, until it is brought back: nothing of the run is on
            the screen meanwhile, though its last weights may be.

    """

    config: TrainConfig
    log: MetricLog
    recording: Recorder | None = None
    opened: OpenedRun | None = None
    left_at: int | None = None
    written: bool = False
    deleted: OpenedRun | None = None


class Session(QObject):
    """The one owner of the state that presenters share. Its values are frozen; signals announce changes.

    Attributes:
        state: the weights on the screen; while a training is followed, those before it, see `shown`.
        newest: the newest weights: `state`, unless an earlier snapshot is shown.
        data: the data set chosen, None while there is none.
        run: the training under way, the last one or the one opened; None before the first.
        shown_step: the step whose weights are on the screen, chosen on the timeline; None: the newest.
        run_state: whether one is under way.
        sweeping: whether the training under way is one of a sweep.
        launching: the program is loading its first data set; the user has not chosen one.
        chosen: keys of the model and the data set chosen.
        loading: whether another data set is being loaded.
        errors: the errors shown, each with what it was raised in.
        run_weights: the newest weights of the run that have been on the screen; None before any.
        listed: the runs of the list, with the user's notes; a run's name says what differs from these.
        names_given: what the names of runs state that have been listed: they stay. Owned by `RunsPresenter`.
        mutes: the channels that are muted, sorted; owned by `MutesPresenter`.
        found_familiarity: what tells unfamiliar images, found here for weights whose file has none: for these tensors;
            None where it could not be found. Owned by `FamiliarityPresenter`.
        found_temperature: what was fitted here last: for these tensors. Owned by `CalibrationPresenter`.

    Signals:
        state_changed: the weights on the screen have changed.
        data_changed: another data set, or none.
        run_state_changed: a training begins, waits, continues, ends.
        run_changed: another run is shown, or the same one (`run.log` then stays) has got its folder or lost it, or it
            was rewound (then `run.log` is another object).
        run_grew: the run shown has more snapshots or epochs, another state or other notes: read `run.opened` again.
            About once a second while it is trained, here or elsewhere.
        shown_step_changed: another snapshot was chosen (a step, or None).
        choice_changed: another model or data set is chosen, loading begins or ends, or the run is left.
        log_grew: the log of the run shown may have more rows.
        log_rests: it gets no more rows for now.
        mutes_changed: other channels are muted: what is computed with the model is another.
        listed_changed: runs were begun, renamed or deleted, or the language changed, so names may be others.
    """

    state_changed = Signal(object)
    data_changed = Signal(object)
    run_state_changed = Signal(str)
    run_changed = Signal(object)
    run_grew = Signal()
    shown_step_changed = Signal(object)
    listed_changed = Signal()
    choice_changed = Signal()
    log_grew = Signal()
    log_rests = Signal()
    mutes_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state: ModelState | None = None
        self.newest: ModelState | None = None
        self._live: Callable[[], ModelState | None] = _nothing
        self.data: DataSet | None = None
        self.run: Run | None = None
        self.shown_step: int | None = None
        self.run_state: RunState = "idle"
        self.sweeping = self.launching = False
        self.chosen = ("", "")
        self.loading = self._left = False
        self.errors: tuple[RaisedError, ...] = ()
        self.run_weights: ModelState | None = None
        self.listed: tuple[tuple[RunInfo, Notes], ...] = ()
        self.names_given = Given()
        self.mutes: Mutes = ()
        self.found_familiarity: tuple[object, Familiarity | None] = (None, None)
        self.found_temperature: tuple[object, Temperature | None] = (None, None)

    @property
    def _info(self) -> DataInfo | None:
        return self.data.info if self.data is not None else None

    @property
    def training(self) -> bool:
        """Whether a training is under way, paused or not: model and data must not change."""
        return self.run_state != "idle"

    def is_paused(self, folder: Path) -> bool:
        """Whether the run of this folder is trained here, and waits."""
        recording = self.run.recording if self.run is not None else None
        return self.run_state == "paused" and recording is not None and recording.folder == folder

    @property
    def shown(self) -> ModelState | None:
        """The weights on the screen: those of the training under way while it is followed, else `state`."""
        live = self._live() if self.training and self.shown_step is None else None
        return live if live is not None else self.state

    def temperature_of(self, state: ModelState) -> Temperature | None:
        """The temperature of these weights, as far as it is known."""
        tensors, found = self.found_temperature
        return found if tensors is state.tensors and found is not None else state.temperature

    def familiarity_of(self, state: ModelState) -> Familiarity | None:
        """What tells unfamiliar images for these weights, as far as it is known."""
        if state.familiarity is not None:
            return state.familiarity
        tensors, found = self.found_familiarity
        return found if tensors is state.tensors else None

    @property
    def learning(self) -> bool:
        """Whether the weights on the screen are those of the training under way."""
        return self.training and self.shown_step is None and self._live() is not None

    @property
    def of_run(self) -> bool:
        """Whether the weights on the screen are the run's, as far as they record it."""
        return weights_of_run(self._inputs)

    @property
    def screen(self) -> ScreenShown:
        """What the window shows of the run, the weights and the data set."""
        return shown(self._inputs)

    @property
    def situation(self) -> Situation:
        """What an error or a question that is shown now is about."""
        return self._inputs.situation

    @property
    def _inputs(self) -> ScreenInputs:
        run, known = self.run, None
        if run is not None:
            folder = run.opened or run.deleted
            snapshots = folder.snapshots[-1:] if folder is not None else ()
            last_step = max((run.log.step_count, *snapshots))
            known = KnownRun(run.config, run.log, last_step, deleted=run.deleted is not None)
        return ScreenInputs(
            run=known,
            run_state=self.run_state,
            left=self._left,
            weights=self.shown,
            shown_step=self.shown_step,
            data=self.data,
            loading=self.loading,
            model=self.chosen[0],
            dataset=self.chosen[1],
            errors=self.errors,
        )

    def leave_run(self) -> None:
        """The user chose something else than the run: it stays on the screen only with weights of its own."""
        self._left = True
        self.choice_changed.emit()

    def come_back(self) -> None:
        """The user wants to see the run again."""
        self._left = False
        self.choice_changed.emit()

    def set_chosen(self, model: str, dataset: str) -> None:
        """Set the keys of the model and the data set chosen."""
        if (model, dataset) != self.chosen:
            self.chosen = model, dataset
            self.choice_changed.emit()

    def set_loading(self, loading: bool) -> None:
        """Set whether another data set is being loaded."""
        if loading != self.loading:
            self.loading = loading
            self.choice_changed.emit()

    def note_error(self, error: UserError) -> None:
        """Remember what an error that is shown was raised in; one that is raised again counts from then on."""
        others = [raised for raised in self.errors if str(raised.error) != str(error)]
        self.errors = (*others[-_MOST_ERRORS:], RaisedError(without_frames(error), self.situation))

    def set_errors(self, errors: tuple[RaisedError, ...]) -> None:
        """Remember only these errors."""
        self.errors = errors

    def watch(self, live: Callable[[], ModelState | None]) -> None:
        """Ask `live` for the newest weights of the training under way."""
        self._live = live

    def set_state(self, state: ModelState) -> None:
        """Show other weights instead of an earlier snapshot."""
        state = for_data(state, self._info)
        self.newest = self.state = state
        self.set_shown_step(None)
        if self.of_run:
            self.run_weights = state
        elif self.run_weights is not None:  # others take the place of the run's own
            self._left = True
        self.state_changed.emit(state)

    def set_newest(self, state: ModelState) -> None:
        """Set the newest weights of the run shown; show them unless an earlier snapshot is shown."""
        if self.shown_step is None:
            self.set_state(state)
        else:
            self.newest = state

    def show_snapshot(self, step: int, state: ModelState) -> None:
        """Show the weights of an earlier snapshot."""
        self.state = state
        self.set_shown_step(step)
        self.state_changed.emit(state)

    def set_data(self, data: DataSet | None) -> None:
        """Use another data set. The old one is not changed, so an image chosen from it stays.

        Weights that record no normalisation use that of the new data set.
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

    def set_run(self, run: Run, rewound: bool = False) -> None:
        """Show another run from its newest weights, or update what is known of the one shown.

        `rewound`: the same run with another log, as another process has resumed it from an earlier step.
        """
        if self.run is None or self.run.log is not run.log:
            self._left, self.run_weights = self._left and rewound, None
            self.set_shown_step(None)
        self.run = run
        self.run_changed.emit(run)

    def tell_growth(self, opened: OpenedRun) -> None:
        """The run shown has gained more than rows; `opened` is its new version."""
        if self.run is not None and self.run.opened is not None and self.run.opened.is_same(opened):
            self.run = replace(self.run, opened=opened)
        self.run_grew.emit()

    def set_shown_step(self, step: int | None) -> None:
        """Remember the step whose snapshot is on the screen; None: the newest weights."""
        if step != self.shown_step:
            self.shown_step = step
            self.shown_step_changed.emit(step)

    def set_listed(self, listed: tuple[tuple[RunInfo, Notes], ...]) -> None:
        """Set the runs of the list."""
        if listed != self.listed:
            self.listed = listed
            self.listed_changed.emit()

    def set_mutes(self, mutes: Mutes) -> None:
        """Mute these channels of the weights on the screen, and no others."""
        if mutes != self.mutes:
            self.mutes = mutes
            self.mutes_changed.emit()

    def set_run_state(self, run_state: RunState) -> None:
        """Set the state of the training."""
        if run_state != self.run_state:
            self.run_state = run_state
            self.run_state_changed.emit(run_state)


def _nothing() -> ModelState | None:
    return None
