"""The time machine: a place on the slider in, the weights of that moment on the screen out; as a film, too."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from cnnviewer.core.models.state import ModelState
from cnnviewer.core.runs.info import Notes
from cnnviewer.core.runs.timeline import Timeline, facts_of, timeline_of
from cnnviewer.presenters.choosing import ChoosingPresenter
from cnnviewer.presenters.looking import LookingPresenter
from cnnviewer.presenters.resolve import is_of_run
from cnnviewer.presenters.session import Run, Session
from cnnviewer.presenters.views import Curves, TimeView
from cnnviewer.runtime.jobs import sentence_of
from cnnviewer.runtime.live_weights import LiveWeights
from cnnviewer.runtime.moment_reader import MomentReader, MomentSource

_LOOK_MS = 600
"""How often a run that is being written is asked for new moments."""
_AHEAD = 4  # moments read before they are wanted


class TimeMachinePresenter(QObject):
    """Owner of the thread that reads moments. Decides which moment of the run is on the screen.

    Now is the newest: of a training under way the weights as they learn, else where the run was left. Whoever looks at
    the past is left alone by what the training does meanwhile.

    Attributes:
        timeline: the places of the run shown; empty without a run that keeps moments.

    Signals:
        problem: a `UserError` to tell.
    """

    problem = Signal(object)

    def __init__(
        self,
        session: Session,
        choosing: ChoosingPresenter,
        looking: LookingPresenter,
        bar: TimeView,
        curves: Curves,
        live: LiveWeights,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._choosing = choosing
        self._looking = looking
        self._bar = bar
        self._curves = curves
        self._live = live
        self._reader = MomentReader(self)
        self._number = 0  # of the run that the reader reads from
        self._run: Run | None = None
        self._source: MomentSource | None = None
        self._moments: tuple[int, ...] = ()
        self._notes = Notes()
        self._drawings: frozenset[int] = frozenset()
        self.timeline = Timeline()
        self._wanted: int | None = None  # asked for, and not yet on the screen
        self._last: ModelState | None = None  # the run's newest weights, when others are on the screen
        self._by_epoch = self._loops = False
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._on_tick)
        self._look_timer = QTimer(self)
        self._look_timer.setInterval(_LOOK_MS)
        self._look_timer.timeout.connect(self.look)
        session.watch(self._newest_live)
        self._connect()

    def _connect(self) -> None:
        session, bar = self._session, self._bar
        session.run_changed.connect(self._on_run_changed)
        session.run_grew.connect(self.look)
        session.run_state_changed.connect(self._on_run_state_changed)
        session.state_changed.connect(self._on_state_changed)
        self._looking.looked.connect(self._on_looked)
        self._reader.ready.connect(self._on_read)
        self._reader.listed.connect(self._on_listed)
        bar.step_chosen.connect(self.go_to)
        bar.earlier_wished.connect(self._on_earlier)
        bar.later_wished.connect(self._on_later)
        bar.first_wished.connect(self._on_first)
        bar.best_wished.connect(self._on_best)
        bar.now_wished.connect(self.go_to_now)
        bar.play_toggled.connect(self._on_play_toggled)
        bar.speed_changed.connect(self._on_speed_changed)
        bar.loop_toggled.connect(self._on_loop_toggled)
        bar.by_epoch_toggled.connect(self._on_by_epoch_toggled)
        self._curves.step_chosen.connect(self.go_to)

    def start(self) -> None:
        """Begin to read."""
        self._reader.start()

    def shut_down(self) -> None:
        """End the thread and wait for it."""
        self._clock.stop()
        self._look_timer.stop()
        self._reader.shut_down()

    # where one can go

    def go_to(self, step: int) -> None:
        """Show the kept moment nearest to `step`; from the last one on, now."""
        if not self.timeline.steps:
            return
        step = self.timeline.nearest(step)
        if step == self.timeline.now:
            self.go_to_now()
            return
        self._wanted = step
        self._live.set_waiting(True)
        self._reader.ask(step, self._ahead(step))
        self._show_place()

    def go_to_now(self) -> None:
        """Show the newest weights, and go on showing them."""
        self._stop_playing()
        self._wanted = None
        self._live.set_waiting(False)
        self._live.follow()
        state = self._newest()
        if not self._session.training and self._moments and (state is None or self._moments[-1] > _step_of(state)):
            self._wanted = self._moments[-1]
            self._reader.ask(self._moments[-1])
        elif state is not None:
            self._session.set_state(state)
        self._show_place()

    @property
    def step(self) -> int:
        """Where the slider stands."""
        if self._wanted is not None:
            return self._wanted
        return self._session.moment if self._session.moment is not None else self.timeline.now

    def _on_earlier(self) -> None:
        self._stop_playing()
        self.go_to(self.timeline.earlier(self.step, self._by_epoch))

    def _on_later(self) -> None:
        self._stop_playing()
        self.go_to(self.timeline.later(self.step, self._by_epoch))

    def _on_first(self) -> None:
        self._stop_playing()
        self.go_to(0)

    def _on_best(self) -> None:
        self._stop_playing()
        if self.timeline.best is not None:
            self.go_to(self.timeline.best)

    def _on_by_epoch_toggled(self, on: bool) -> None:
        self._by_epoch = on

    # as a film

    def _on_play_toggled(self, on: bool) -> None:
        if not on:
            self._clock.stop()
        else:
            if self.step == self.timeline.now:
                self.go_to(0)
            self._clock.start()

    def _on_speed_changed(self, moments_a_second: int) -> None:
        self._clock.setInterval(round(1000 / moments_a_second))

    def _on_loop_toggled(self, on: bool) -> None:
        self._loops = on

    def _on_tick(self) -> None:
        if self._wanted is not None:
            return  # the last picture is not there yet
        following = self.timeline.later(self.step, self._by_epoch)
        self.go_to(0 if following == self.timeline.now and self._loops else following)

    def _stop_playing(self) -> None:
        if self._clock.isActive():
            self._clock.stop()
            self._bar.set_playing(False)

    def _ahead(self, step: int) -> tuple[int, ...]:
        """What will be wanted next: while playing what comes, else the neighbours."""
        timeline, by_epoch = self.timeline, self._by_epoch
        stops = timeline.after(step, _AHEAD, by_epoch)
        if not self._clock.isActive():
            stops = (*stops[:1], timeline.earlier(step, by_epoch))
        return tuple(stop for stop in stops if stop not in (step, timeline.now))

    # what is read

    def _on_read(self) -> None:
        read = self._reader.take()
        if read is None or read.number != self._number:
            return
        wanted = self._wanted
        if read.step == wanted:
            self._wanted = None
        if read.checkpoint is not None:
            if wanted is not None:  # else a person has gone to now, or elsewhere, meanwhile
                self._show(read.step, read.checkpoint.state)
        elif read.step == wanted and read.error is not None:
            self._stop_playing()
            self._live.set_waiting(False)
            self.problem.emit(sentence_of(read.error))
            self.look()
        self._show_place()

    def _show(self, step: int, state: ModelState) -> None:
        session, shown, newest = self._session, self._session.state, self._newest()
        self._live.hold()
        if not session.training and (shown is None or shown.recipe.model != state.recipe.model):
            self._choosing.show_weights(state)  # the panel and the data set follow
            session.newest = self._last = newest
        if step == self.timeline.now and not session.training:
            session.set_state(state)
        else:
            session.show_moment(step, state)

    def _on_listed(self) -> None:
        contents = self._reader.take_contents()
        if contents is None or contents.number != self._number:
            return
        self._moments = contents.moments or self._moments
        self._notes = contents.notes or self._notes
        self._drawings = contents.drawings
        self._show_timeline()
        self._follow_elsewhere()

    @property
    def folder(self) -> Path | None:
        """Of the run shown; None without one, or while it is in memory only."""
        return self._source.folder if self._source is not None else None

    def kept_by(self, step: int) -> int | None:
        """The last moment that is kept up to `step`."""
        return max((kept for kept in self._moments if kept <= step), default=None)

    def look(self) -> None:
        """Ask what the run keeps by now."""
        if self._source is not None:
            self._reader.look()

    def _follow_elsewhere(self) -> None:
        """At now, show the newest moment of a run that another process is writing."""
        state, moments = self._session.state, self._moments
        if self._session.training or self._session.moment is not None or self._wanted is not None or not moments:
            return
        if state is not None and self._is_of_run(state) and moments[-1] > _step_of(state):
            self._wanted = moments[-1]
            self._reader.ask(moments[-1])

    # which run, and how far

    def _on_run_changed(self, run: Run) -> None:
        another = self._run is None or self._run.log is not run.log
        self._run = run
        source = run.recording if run.recording is not None else run.opened
        if another or source is not self._source:
            self._source, self._number = source, self._reader.open(source)
            if self._wanted is not None and not another:
                self._reader.ask(self._wanted)  # what was asked of the reader's last run is not answered any more
        if self._source is None:
            self._moments = ()  # its folder is gone, or about to go
            self._show_timeline()
        if another:
            self._stop_playing()
            self._moments, self._notes, self._drawings = (), Notes(), frozenset()
            self._wanted = self._last = None
            self._live.begin()
            self._show_timeline()
        self.look()

    def _on_run_state_changed(self, _state: str) -> None:
        self.look()
        if self._session.training:
            self._look_timer.start()
        else:
            self._look_timer.stop()

    def _on_state_changed(self, state: ModelState) -> None:
        if self._session.moment is None:
            if self._is_of_run(state):
                self._last = state
            else:
                self._stop_playing()
                self._wanted = None
        self._show_timeline()

    def _on_looked(self) -> None:
        if self._wanted is None:
            self._live.set_waiting(False)
        if self._session.training and self._session.moment is None and self._wanted is None:
            self._show_timeline()

    def _newest_live(self) -> ModelState | None:
        return self._live.newest

    def _newest(self) -> ModelState | None:
        """What now is, where it is at hand."""
        if self._session.training:
            return self._live.newest
        newest = self._session.newest
        return newest if newest is not None and self._is_of_run(newest) else self._last

    def _is_of_run(self, state: ModelState) -> bool:
        run = self._run
        if run is None or not is_of_run(state, run.config):
            return False
        # weights of a longer training with the same numbers are another run's; a moment can be ahead of its rows
        return bool(_step_of(state) <= max((run.log.step_count, *self._moments[-1:])))

    def _show_timeline(self) -> None:
        run = self._run
        if run is None:
            return
        now = max((*self._moments[-1:], _step_of(self._newest())))
        timeline = timeline_of(self._moments, now, run.log, self._notes.marks, self._drawings)
        if timeline != self.timeline:
            self.timeline = timeline
            self._bar.set_timeline(timeline)
        self._show_place()

    def _show_place(self) -> None:
        run = self._run
        if run is None or not self.timeline.steps:
            self._curves.set_moment(None)
            return
        state = self._session.state
        at_now = self._wanted is None and self._session.moment is None
        if at_now and not self._session.training and state is not None and not self._is_of_run(state):
            self._bar.set_place(None, False)
            self._curves.set_moment(None)
        else:
            self._bar.set_place(facts_of(run.log, self.step), at_now)
            soon = at_now and self._session.run_state == "running"  # then the curves are about to grow too
            self._curves.set_moment(self.step, soon)


def _step_of(state: ModelState | None) -> int:
    return int(state.provenance.get("step", 0)) if state is not None else 0
