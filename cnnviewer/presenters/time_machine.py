"""The time machine: shows the weights of the snapshot chosen on the slider, and exports the run as a video."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal

from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.format.notes import Notes
from cnnviewer.core.runs.read.timeline import Timeline, facts_of, timeline_of
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.player import Player
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.resolve import is_of_run
from cnnviewer.presenters.run_names import usual_name
from cnnviewer.presenters.selection import SelectionPresenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.session import Run
from cnnviewer.presenters.views import TimeViews
from cnnviewer.runtime.jobs import sentence_of
from cnnviewer.runtime.snapshot_reader import SnapshotReader, SnapshotSource

_REFRESH_MS = 600
"""Milliseconds between two reads of the snapshots of a run being written."""
_SOON_MS = 1000
"""Milliseconds until the timeline of a training shows more steps, where no new weights are shown meanwhile."""
_AHEAD = 4  # snapshots to read ahead


class TimeMachinePresenter(Presenter):
    """Owner of the thread that reads snapshots. Decides which snapshot of the run is on the screen.

    "Now" means the newest weights: those of a running training, else the run's last ones. While an earlier snapshot
    is shown, a training does not change the screen.

    Attributes:
        timeline: the steps of the run shown; empty without a run that keeps snapshots.

    Signals:
        moved: the timeline, or the step shown, may be another one.
    """

    moved = Signal()

    def __init__(
        self,
        services: Services,
        selection: SelectionPresenter,
        inspection: InspectionPresenter,
        views: TimeViews,
    ) -> None:
        super().__init__(services)
        self._selection = selection
        self._inspection_presenter = inspection
        self._bar = views.timeline
        self._curves = views.curves
        self._live = services.live
        self._reader = SnapshotReader(self)
        self._number = 0  # identifies the run that the reader reads from
        self._run: Run | None = None
        self._source: SnapshotSource | None = None
        self._snapshots: tuple[int, ...] = ()
        self._notes = Notes()
        self._drawings: frozenset[int] = frozenset()
        self.timeline = Timeline()
        self._requested: int | None = None  # step requested, and not yet on the screen
        self._last: ModelState | None = None  # the run's newest weights, when others are on the screen
        self._said: int | None = None  # the step of the training under way that the window names
        self._by_epoch = False
        self._player = Player(self, self._bar, self)
        self._refresh_timer = QTimer(self)
        self._refresh_timer.setInterval(_REFRESH_MS)
        self._refresh_timer.timeout.connect(self.refresh)
        self._soon_timer = QTimer(self)
        self._soon_timer.setSingleShot(True)
        self._soon_timer.setInterval(_SOON_MS)
        self._soon_timer.timeout.connect(self._show_timeline)
        self._session.watch(self._newest_live)
        self._connect()

    def _connect(self) -> None:
        session, bar = self._session, self._bar
        session.run_changed.connect(self._on_run_changed)
        session.run_grew.connect(self.refresh)
        session.run_state_changed.connect(self._on_run_state_changed)
        session.state_changed.connect(self._on_state_changed)
        session.choice_changed.connect(self._show_timeline)
        session.listed_changed.connect(self._show_timeline)  # the run may have another name
        self._inspection_presenter.inspected.connect(self._on_inspected)
        self._reader.ready.connect(self._on_read)
        self._reader.listed.connect(self._on_listed)
        bar.step_chosen.connect(self.go_to)
        bar.earlier_requested.connect(self._on_earlier)
        bar.later_requested.connect(self._on_later)
        bar.first_requested.connect(self._on_first)
        bar.best_requested.connect(self._on_best)
        bar.now_requested.connect(self.go_to_now)
        bar.by_epoch_toggled.connect(self._on_by_epoch_toggled)
        self._curves.step_chosen.connect(self.go_to)

    def start(self) -> None:
        """Start the reader thread."""
        self._reader.start()

    def shut_down(self) -> None:
        """End the thread and wait for it."""
        self._player.stop()
        self._refresh_timer.stop()
        self._soon_timer.stop()
        self._reader.shut_down()

    # steps to choose from

    def go_to(self, step: int) -> None:
        """Show the snapshot nearest to `step`; from the last one on, the newest weights."""
        if not self.timeline.steps:
            return
        step = self.timeline.nearest(step)
        if step == self.timeline.now:
            self.go_to_now()
            return
        self._requested = step
        self._live.set_waiting(True)
        self._reader.ask(step, self._ahead(step))
        self._show_place()

    def go_to_now(self) -> None:
        """Show the newest weights and follow them."""
        self._player.stop()
        self._requested = None
        self._live.set_waiting(False)
        self._live.follow()
        state = self._newest()
        if not self._session.training and self._snapshots and (state is None or self._snapshots[-1] > _step_of(state)):
            self._requested = self._snapshots[-1]
            self._reader.ask(self._snapshots[-1])
        elif state is not None:
            self._session.set_state(state)
        self._show_place()

    def follow_to(self, step: int) -> None:
        """Show that this step of the training under way is on the screen."""
        self._said = step
        self._show_timeline()

    def play(self) -> None:
        """Play the run, from its beginning when the newest weights are shown."""
        self._bar.set_playing(True)

    @property
    def stops(self) -> Sequence[int]:
        """The steps to go through: all that were kept, or the ends of the epochs."""
        return self.timeline.stops(self._by_epoch)

    @property
    def is_waiting(self) -> bool:
        """Whether a step is requested that is not on the screen yet."""
        return self._requested is not None

    @property
    def _is_live(self) -> bool:
        """Whether the newest weights are shown, and no others are requested."""
        return self._requested is None and self._session.shown_step is None

    @property
    def _is_followed(self) -> bool:
        """Whether new weights arrive several times a second: each shows the timeline anew."""
        return self._is_live and self._session.run_state == "running"

    @property
    def step(self) -> int:
        """The step that the slider shows."""
        if self._requested is not None:
            return self._requested
        return self._session.shown_step if self._session.shown_step is not None else self.timeline.now

    def _on_earlier(self) -> None:
        self._player.stop()
        self.go_to(self.timeline.earlier(self.step, self._by_epoch))

    def _on_later(self) -> None:
        self._player.stop()
        self.go_to(self.timeline.later(self.step, self._by_epoch))

    def _on_first(self) -> None:
        self._player.stop()
        self.go_to(0)

    def _on_best(self) -> None:
        self._player.stop()
        if self.timeline.best is not None:
            self.go_to(self.timeline.best)

    def _on_by_epoch_toggled(self, on: bool) -> None:
        self._by_epoch = on
        self._player.go_on()

    def _ahead(self, step: int) -> tuple[int, ...]:
        """Steps to read ahead: while playing the next ones, else the neighbours."""
        timeline, by_epoch = self.timeline, self._by_epoch
        stops = timeline.after(step, _AHEAD, by_epoch)
        if not self._player.playing:
            stops = (*stops[:1], timeline.earlier(step, by_epoch))
        return tuple(stop for stop in stops if stop not in (step, timeline.now))

    # what is read

    def _on_read(self) -> None:
        read = self._reader.take()
        if read is None or read.number != self._number:
            return
        requested = self._requested
        if read.step == requested:
            self._requested = None
        if read.checkpoint is not None:
            if requested is not None:  # else the user has chosen the newest weights or another step meanwhile
                self._show(read.step, read.checkpoint.state)
        elif read.step == requested and read.error is not None:
            self._player.stop()
            self._live.set_waiting(False)
            self.error.emit(sentence_of(read.error))
            self.refresh()
        self._show_place()

    def _show(self, step: int, state: ModelState) -> None:
        session, shown, newest = self._session, self._session.state, self._newest()
        self._resolve_error()
        self._live.hold()
        if not session.training and (shown is None or shown.recipe.model != state.recipe.model):
            self._selection.show_weights(state)  # the panel and the data set follow
            session.newest = self._last = newest
        if step == self.timeline.now and not session.training:
            session.set_state(state)
        else:
            session.show_snapshot(step, state)

    def _on_listed(self) -> None:
        contents = self._reader.take_contents()
        if contents is None or contents.number != self._number:
            return
        marks = self._notes.marks, self._drawings
        self._snapshots = contents.snapshots or self._snapshots
        self._notes = contents.notes or self._notes
        self._drawings = contents.drawings
        if not self._is_followed or (self._notes.marks, self._drawings) != marks:
            self._show_timeline()
        elif not self._soon_timer.isActive():
            self._soon_timer.start()  # unless new weights show the timeline earlier
        self._follow_elsewhere()

    @property
    def folder(self) -> Path | None:
        """The folder of the run shown; None without one, or while it is in memory only."""
        return self._source.folder if self._source is not None else None

    @property
    def source(self) -> SnapshotSource | None:
        """The snapshots of the run that the weights on the screen belong to; None where these are no run's."""
        return self._source if self.timeline.steps else None

    def kept_by(self, step: int) -> int | None:
        """The last snapshot at or before `step`."""
        return max((kept for kept in self._snapshots if kept <= step), default=None)

    def refresh(self) -> None:
        """Request the list of the run's snapshots."""
        if self._source is not None:
            self._reader.refresh()

    def _follow_elsewhere(self) -> None:
        """While following, show the newest snapshot of a run that another process is writing."""
        state, snapshots = self._session.state, self._snapshots
        if (
            self._session.training
            or self._session.shown_step is not None
            or self._requested is not None
            or not snapshots
        ):
            return
        if state is not None and self._is_of_run(state) and snapshots[-1] > _step_of(state):
            self._requested = snapshots[-1]
            self._reader.ask(snapshots[-1])

    # which run, and how far

    def _on_run_changed(self, run: Run) -> None:
        another = self._run is None or self._run.log is not run.log
        self._run = run
        source = run.recording if run.recording is not None else run.opened
        if another or source is not self._source:
            self._source, self._number = source, self._reader.open(source)
            if self._requested is not None and not another:
                self._reader.ask(self._requested)  # the reader no longer answers requests for its last run
        if self._source is None:
            self._snapshots = ()  # its folder is gone, or about to go
            self._show_timeline()
        if another:
            self._player.stop()
            self._bar.set_log(run.log)
            self._snapshots, self._notes, self._drawings = (), Notes(), frozenset()
            self._requested = self._last = self._said = None
            self._live.begin()
            self._show_timeline()
        self.refresh()

    def _on_run_state_changed(self, _state: str) -> None:
        self._show_timeline()  # at the end "now" is the last step, not the newest one that was handed over before
        self.refresh()
        if self._session.training:
            self._refresh_timer.start()
        else:
            self._refresh_timer.stop()

    def _on_state_changed(self, state: ModelState) -> None:
        if self._session.shown_step is None:
            if self._is_of_run(state):
                self._last = state
            else:
                self._player.stop()
                self._requested = None
        self._show_timeline()

    def _on_inspected(self) -> None:
        if self._requested is None:
            self._live.set_waiting(False)

    def _newest_live(self) -> ModelState | None:
        return self._live.newest

    def _newest(self) -> ModelState | None:
        """The run's newest weights; None where they are not in memory."""
        if self._session.training:
            return self._live.newest
        newest = self._session.newest
        return newest if newest is not None and self._is_of_run(newest) else self._last

    def _is_of_run(self, state: ModelState) -> bool:
        run = self._run
        if run is None or not is_of_run(state, run.config):
            return False
        # a longer training with the same settings is another run; a snapshot can be ahead of its rows
        return bool(_step_of(state) <= max((run.log.step_count, *self._snapshots[-1:])))

    def _show_timeline(self) -> None:
        self._soon_timer.stop()
        run = self._run
        if run is None:
            return
        timeline = Timeline()
        if self._session.screen.log is run.log:
            now = max((*self._snapshots[-1:], _step_of(self._newest())))
            if self._session.training and self._is_live and self._said is not None:
                now = self._said  # there may be newer snapshots, whose weights are not on the screen yet
            timeline = timeline_of(self._snapshots, now, run.log, self._notes.marks, self._drawings)
        if timeline != self.timeline:
            self.timeline = timeline
            self._bar.set_timeline(timeline)
        self._bar.set_away(self._name_of(run) if self._session.screen.way_back else "")
        self._show_place()

    def _show_place(self) -> None:
        run = self._run
        if run is None or not self.timeline.steps:
            self._curves.set_shown_step(None)
            self.moved.emit()
            return
        step, shown = self.step, self._session.shown_step
        if self._player.playing and shown is not None:
            step = shown  # the film's next step is not on the screen yet
        self._bar.set_place(facts_of(run.log, step), self._is_live)
        self._curves.set_shown_step(step, soon=self._is_followed)  # then the curves are about to grow too
        self.moved.emit()

    def _name_of(self, run: Run) -> str:
        described = run.opened or run.recording
        return self._run_name(described.info, described.notes) if described is not None else usual_name(run.config)


def _step_of(state: ModelState | None) -> int:
    return int(state.provenance.get("step", 0)) if state is not None else 0
