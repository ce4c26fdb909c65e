"""The timeline of a run: its steps on the axis of its loss, and the buttons that go through them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Property, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QWidget,
)

from cnnviewer.core.runs.read.timeline import SnapshotFacts, Timeline
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.ui.widgets.focus import enable
from cnnviewer.ui.widgets.steady_room import SteadyRoom
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.undoable import Undoable
from cnnviewer.ui.window.timeline.film_progress import FilmProgress
from cnnviewer.ui.window.timeline.mark_popup import MarkPopup
from cnnviewer.ui.window.timeline.menu import TimeMenu
from cnnviewer.ui.window.timeline.slider import TimeSlider
from cnnviewer.ui.window.timeline.step_label import StepLabel
from cnnviewer.ui.window.timeline.time_buttons import GAP, TimeButtons

HEIGHT: Final = 56
"""Pixels; more where the text is large."""
_LINES = 3.5  # of text, that it is high at least
_MARGINS = 48  # pixels beside slider, texts and buttons
_LEAST_SLIDER = 220  # pixels; where less is left, the buttons that the menus have too give way


class TimelineBar(Translated, Styled, QWidget):
    """Hidden while the weights on the screen are no run's. The Qt property `step` is the step that is shown.

    Its parts have the same width whatever the step, so that the slider stays where it is.

    Signals:
        step_chosen: the user wants this step.
        earlier_requested, later_requested: one kept step or one epoch back or on.
        first_requested, best_requested, now_requested: the untrained network, the highest validation accuracy, the
            newest weights.
        back_requested: the run again, after other weights.
        branch_requested: a new run from the step on the screen.
        play_toggled: whether the steps are played.
        pace_changed: a `Pace`.
        loop_toggled: whether playing begins again at the end.
        by_epoch_toggled: whether to go by epochs.
        mark_requested: a word for this step, and whether the drawing is kept with it.
        mark_removal_requested: step of a mark that is not wanted any more.
        drawing_requested: step of a mark whose drawing is to be on the canvas again.
        undo_requested, redo_requested: of the last change of the marks.
        export_requested, film_cancelled: the run as a video; the one that is being written is not wanted any more.
        possible_changed: whether there is anything to go through.
        away_changed: name of the run when other weights than its own are on the screen, else nothing.
    """

    step_chosen = Signal(int)
    earlier_requested = Signal()
    later_requested = Signal()
    first_requested = Signal()
    best_requested = Signal()
    now_requested = Signal()
    back_requested = Signal()
    branch_requested = Signal()
    play_toggled = Signal(bool)
    pace_changed = Signal(object)
    loop_toggled = Signal(bool)
    by_epoch_toggled = Signal(bool)
    mark_requested = Signal(str, bool)
    mark_removal_requested = Signal(int)
    drawing_requested = Signal(int)
    undo_requested = Signal()
    redo_requested = Signal()
    export_requested = Signal()
    film_cancelled = Signal()
    possible_changed = Signal(bool)
    away_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self._timeline = Timeline()
        self._facts: SnapshotFacts | None = None
        self._away = ""
        self.undoable = Undoable(self, "bookmarks")
        self.undoable.undo_requested.connect(self.undo_requested)
        self.undoable.redo_requested.connect(self.redo_requested)
        self.slider = TimeSlider(self)
        self._label = StepLabel(self)
        self.menu = TimeMenu(self)
        self._buttons = TimeButtons(self.menu, self)
        self.buttons = self._buttons.by_key
        self.film = FilmProgress(self)
        self._popup = MarkPopup(self)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.on_look_changed()
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 1, 12, 0)
        row.setSpacing(GAP)
        for key in ("earlier", "play", "later"):
            row.addWidget(self.buttons[key])
        row.addSpacing(4)
        row.addWidget(self.slider, 1)
        row.addSpacing(4)
        row.addWidget(SteadyRoom(self._label))
        for key in ("now", "branch", "mark", "more"):
            row.addWidget(self.buttons[key])
        row.addWidget(self.film)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def _connect(self) -> None:
        self.slider.step_chosen.connect(self._on_step_chosen)
        for key, signal in (
            ("earlier", self.earlier_requested),
            ("later", self.later_requested),
            ("now", self.now_requested),
            ("branch", self.branch_requested),
        ):
            self.buttons[key].clicked.connect(signal)
        self.buttons["play"].toggled.connect(self._on_play_toggled)
        self.buttons["mark"].clicked.connect(self.ask_for_mark)
        self.film.cancelled.connect(self.film_cancelled)
        self._popup.accepted.connect(self.mark_requested)
        menu = self.menu
        menu.first_requested.connect(self.first_requested)
        menu.best_requested.connect(self.best_requested)
        menu.by_epoch_toggled.connect(self._on_by_epoch_toggled)
        menu.loop_toggled.connect(self.loop_toggled)
        menu.pace_changed.connect(self._on_pace_changed)
        menu.go_requested.connect(self._on_step_chosen)
        menu.removal_requested.connect(self.mark_removal_requested)
        menu.drawing_requested.connect(self._on_drawing_requested)
        menu.export_requested.connect(self.export_requested)
        menu.instead["now"].triggered.connect(self.now_requested)
        menu.instead["branch"].triggered.connect(self.branch_requested)
        menu.instead["mark"].triggered.connect(self.ask_for_mark)

    # values in

    def set_log(self, log: MetricLog) -> None:
        """Show the loss of this training behind the steps."""
        self.slider.set_log(log)

    def set_timeline(self, timeline: Timeline) -> None:
        """Other steps; without any the timeline is hidden."""
        had, wider = bool(self._timeline.steps), len(str(timeline.now)) != len(str(self._timeline.now))
        self._timeline = timeline
        self.menu.set_timeline(timeline)
        self.slider.set_timeline(timeline)
        if wider:
            self._reserve()
        self._buttons.show_tips()
        if bool(timeline.steps) != had:
            self.setVisible(not had)
            self.possible_changed.emit(not had)

    def set_place(self, facts: SnapshotFacts, at_now: bool) -> None:
        """Which step of the run is on the screen, and whether it is the newest."""
        self._facts = facts
        self.slider.show_step(facts.step)
        enable(self, ((self.buttons["now"], not at_now),), self.buttons["play"])
        mark = self._timeline.mark_at(facts.step)
        self._label.show_facts(facts, mark.text if mark is not None else "", at_now)
        self.slider.setAccessibleDescription(self.words)

    def set_away(self, run: str) -> None:
        """Other weights than those of the run with this name are on the screen; empty: none are."""
        if run != self._away:
            self._away = run
            self.away_changed.emit(run)

    def set_playing(self, playing: bool) -> None:
        """Whether the run is played."""
        self.buttons["play"].setChecked(playing)

    def set_branch(self, step: int | None, waits: bool = False) -> None:
        """From which step a new run can branch; None: from none, where it `waits` because a training is under way."""
        enable(self, ((self.buttons["branch"], step is not None),), self.buttons["play"])
        self._buttons.set_branch(step, waits)

    def show_part(self, left: float, right: float) -> None:
        """Mark the steps that the large curves show, where these are not all."""
        self.slider.show_part(left, right)

    def offer_undo(self, undoable: int, redoable: int) -> None:
        """Say how many changes of the marks can be undone, and how many made again."""
        self.undoable.set_steps(undoable, redoable)

    def set_film_progress(self, fraction: float | None) -> None:
        """How far the video that is being written is, 0..1; None: there is none."""
        self.film.set_progress(fraction)

    def _get_step(self) -> int:
        return self.slider.step

    step = Property(int, _get_step)

    # what the user does

    def set_step(self, step: int) -> None:
        """Go to the kept step nearest to this one, as the slider does."""
        if self._timeline.steps:
            self.slider.show_step(step)
            self._on_step_chosen(self.slider.step)

    def toggle_playing(self) -> None:
        """Play, or pause."""
        self.buttons["play"].toggle()

    def ask_for_mark(self) -> None:
        """Let the user name this step."""
        if self._facts is not None:
            mark = self._timeline.mark_at(self.slider.step)
            above = self.buttons["mark" if self.buttons["mark"].isVisible() else "more"]
            self._popup.open_above(above, self.slider.step, mark.text if mark is not None else "")

    def _on_step_chosen(self, step: int) -> None:
        self.set_playing(False)
        self.step_chosen.emit(step)

    def _on_play_toggled(self, playing: bool) -> None:
        self.play_toggled.emit(playing)
        self._buttons.show_tips()

    def _on_pace_changed(self, pace: object) -> None:
        self._buttons.show_tips()
        self.pace_changed.emit(pace)

    def _on_by_epoch_toggled(self, on: bool) -> None:
        self._buttons.show_tips()
        self.by_epoch_toggled.emit(on)

    def _on_drawing_requested(self, step: int) -> None:
        self._on_step_chosen(step)
        self.drawing_requested.emit(step)

    # texts

    @property
    def words(self) -> str:
        """What is said of the step on the screen, whole."""
        return self._label.words

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Timeline"))
        self.slider.setAccessibleName(self.tr("Step of the run"))
        self._popup.retranslate()
        self.menu.retranslate()
        self._buttons.retranslate()
        self._reserve()

    # how it looks

    def on_look_changed(self) -> None:
        """Another theme, or letters of another size."""
        self.setFixedHeight(max(HEIGHT, round(_LINES * self.fontMetrics().height())))
        self._reserve()
        self.update()

    def _reserve(self) -> None:
        """Give the texts the room of their widest, so that none of them moves the slider."""
        self._label.reserve(self._timeline.now)
        self._buttons.reserve(self._timeline.now, self)
        self._give_way()

    def _give_way(self) -> None:
        self._buttons.give_way(self.width() - self._label.width() - _MARGINS - _LEAST_SLIDER)

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what has no room."""
        super().resizeEvent(event)
        self._give_way()

    def minimumSizeHint(self) -> QSize:
        """Narrow: what has no room is left out."""
        return QSize(300, self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays and pauses."""
        if event.key() == Qt.Key.Key_Space:
            self.toggle_playing()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, and a line that parts it from the stage."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("surface"))
        painter.setPen(QPen(theme().color("border"), 1))
        painter.drawLine(0, 0, self.width(), 0)
