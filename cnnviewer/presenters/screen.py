"""Decides which run, evaluation and errors the window shows: one pure function, see `shown`."""

from __future__ import annotations

from dataclasses import dataclass

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.core.training.progress import RunState
from cnnviewer.presenters.resolve import is_of_run


@dataclass(frozen=True, eq=False)
class KnownRun:
    """The run under way, the last one or the one opened, as far as the window depends on it.

    Attributes:
        config: its settings.
        log: its metrics; another log is another run.
        last_step: the last step known of it, recorded or with a snapshot.
        deleted: whether the user has deleted it: nothing of it is shown but its weights, with the channels muted in
            them.

    """

    config: TrainConfig
    log: MetricLog
    last_step: int
    deleted: bool = False


@dataclass(frozen=True, eq=False)
class Situation:
    """What an error was raised in: it stands while none of this changes.

    Attributes:
        model, dataset: the keys chosen.
        log: of the run on the screen; None: no run is.
        training: whether a training is under way.

    """

    model: str = ""
    dataset: str = ""
    log: MetricLog | None = None
    training: bool = False

    def holds_in(self, other: Situation) -> bool:
        """Whether nothing differs."""
        return self.log is other.log and (self.model, self.dataset, self.training) == (
            other.model,
            other.dataset,
            other.training,
        )


@dataclass(frozen=True, eq=False)
class RaisedError:
    """An error that the window shows, and what it was raised in."""

    error: UserError
    situation: Situation


@dataclass(frozen=True, eq=False)
class MutedSubject:
    """Whose channels are muted: a run at any of its steps, else weights. Mutes stand while this stays the same.

    Channel 3 of other weights is another feature, even where their layers have the same names.

    Attributes:
        model: key of the model.
        log: of the run on the screen, or of the deleted one whose weights are; None: no run is.
        tensors: of the weights, where no run is on the screen.

    """

    model: str
    log: MetricLog | None = None
    tensors: object | None = None

    def is_same(self, other: MutedSubject | None) -> bool:
        """Whether the mutes of one are those of the other."""
        return other is not None and (
            self.model == other.model and self.log is other.log and self.tensors is other.tensors
        )


@dataclass(frozen=True, eq=False)
class ScreenInputs:
    """Everything that `shown` depends on.

    Attributes:
        run: the run under way, the last one or the one opened; None before the first.
        run_state: whether a training is under way.
        left: the user has chosen a model, a data set or weights since the run began or was opened.
        weights: on the screen, or of the training under way while it is followed.
        shown_step: the step chosen on the timeline; None: the newest weights.
        data: identifies the data set that is loaded; None without one.
        loading: whether another data set is being loaded.
        model, dataset: the keys chosen.
        errors: those shown, the oldest first.

    """

    run: KnownRun | None = None
    run_state: RunState = "idle"
    left: bool = False
    weights: ModelState | None = None
    shown_step: int | None = None
    data: object | None = None
    loading: bool = False
    model: str = ""
    dataset: str = ""
    errors: tuple[RaisedError, ...] = ()

    @property
    def situation(self) -> Situation:
        """What an error raised now is raised in."""
        return Situation(self.model, self.dataset, _log_of(self), self.run_state != "idle")


@dataclass(frozen=True, eq=False)
class ScreenShown:
    """What the window shows of a run, weights and data set; all else is cleared.

    Attributes:
        log: of the run on the screen, whose curves, progress and timeline are shown; None: no run is.
        way_back: whether a button leads back to the run.
        evaluated: what a table of predictions must be about to stay: the run on the screen, else the weights; and the
            data set. None: none stays.
        muted: whose channels a mute is about; None without weights.
        errors: those whose situation has not changed.

    """

    log: MetricLog | None = None
    way_back: bool = False
    evaluated: tuple[object, object] | None = None
    muted: MutedSubject | None = None
    errors: tuple[RaisedError, ...] = ()

    def evaluates_like(self, other: ScreenShown) -> bool:
        """Whether a table of predictions may stay when this follows `other`."""
        if self.evaluated is None or other.evaluated is None:
            return self.evaluated is other.evaluated
        return all(one is two for one, two in zip(self.evaluated, other.evaluated, strict=True))


def shown(now: ScreenInputs) -> ScreenShown:
    """What the window shows.

    A run is on the screen from its beginning or opening until other weights take the place of its own. It comes back
    with them.
    """
    log, evaluated = _log_of(now), None
    if now.weights is not None and now.data is not None and not now.loading:
        evaluated = (log if log is not None else now.weights, now.data)
    return ScreenShown(
        log=log,
        way_back=now.run is not None and not now.run.deleted and log is None and now.run_state == "idle",
        evaluated=evaluated,
        muted=_muted(now),
        errors=tuple(raised for raised in now.errors if raised.situation.holds_in(now.situation)),
    )


def _muted(now: ScreenInputs) -> MutedSubject | None:
    """A run's mutes go along its steps; those of other weights go with them. The tensors tell weights apart.

    (Another data set may give the same weights another normalisation, in another `ModelState`.)
    """
    if now.weights is None:
        return None
    log = now.run.log if now.run is not None and _stays(now, now.run) else None
    return MutedSubject(now.weights.recipe.model, log, now.weights.tensors if log is None else None)


def _log_of(now: ScreenInputs) -> MetricLog | None:
    """The log of the run on the screen; None: no run is."""
    run = now.run
    return run.log if run is not None and not run.deleted and _stays(now, run) else None


def _stays(now: ScreenInputs, run: KnownRun) -> bool:
    """Whether the weights on the screen are still the run's, or will be."""
    return not now.left or _are_of(now, run)


def weights_of_run(now: ScreenInputs) -> bool:
    """Whether the weights on the screen are the run's, as far as they record it.

    Those of a longer training with the same settings are not.
    """
    return now.run is not None and not now.run.deleted and _are_of(now, now.run)


def _are_of(now: ScreenInputs, run: KnownRun) -> bool:
    state = now.weights
    if state is None:
        return False
    if now.shown_step is not None:
        return True
    return is_of_run(state, run.config) and int(state.provenance.get("step", 0)) <= run.last_step
