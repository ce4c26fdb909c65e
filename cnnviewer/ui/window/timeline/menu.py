"""What is seldom wanted of the timeline: how a run is played, its beginning and best epoch, marks, the video."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.runs.read.playback import Pace
from cnnviewer.core.runs.read.timeline import Timeline
from cnnviewer.ui.widgets.plain_text import caption, tool_tip

DURATIONS = (6, 12, 30, 60)
"""Seconds that the whole run takes."""
SPEEDS = (2, 5, 10, 20, 40)
"""Steps a second."""


class TimeMenu(QMenu):
    """The menu behind the last button.

    Attributes:
        pace: how the run is played.
        instead: what stands here in place of the buttons `now`, `branch` and `mark`, where these have no room.

    Signals:
        first_requested: the untrained network.
        best_requested: the epoch with the highest validation accuracy.
        by_epoch_toggled: whether to go by epochs.
        pace_changed: a `Pace`.
        loop_toggled: whether playing begins again at the end.
        go_requested: step of a mark.
        removal_requested: step of a mark that is not wanted any more.
        drawing_requested: step of a mark that is to be shown with its drawing.
        export_requested: the run as a video.
    """

    first_requested = Signal()
    best_requested = Signal()
    by_epoch_toggled = Signal(bool)
    pace_changed = Signal(object)
    loop_toggled = Signal(bool)
    go_requested = Signal(int)
    removal_requested = Signal(int)
    drawing_requested = Signal(int)
    export_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("timeMenu")
        self.setToolTipsVisible(True)
        self._timeline = Timeline()
        self._pace_shown: tuple[str, str] | None = None
        self.pace = Pace()
        self.instead = {key: self._action(f"time{key.title()}Action") for key in ("now", "branch", "mark")}
        self._first = self._action("timeFirstAction")
        self._best = self._action("timeBestAction")
        self._by_epoch = self._action("timeByEpochAction", checkable=True)
        self._loop = self._action("timeLoopAction", checkable=True)
        self._export = self._action("timeExportAction")
        self._duration_menu, self._speed_menu, self._marks_menu = QMenu(self), QMenu(self), QMenu(self)
        self._marks_menu.setObjectName("timeMarksMenu")
        self._paces = QActionGroup(self)
        for seconds in DURATIONS:
            self._add_pace(self._duration_menu, f"timeSeconds{seconds}", Pace(float(seconds)))
        for speed in SPEEDS:
            self._add_pace(self._speed_menu, f"timeSpeed{speed}", Pace(None, float(speed)))
        self._lay_out()
        self._first.triggered.connect(self.first_requested)
        self._best.triggered.connect(self.best_requested)
        self._by_epoch.toggled.connect(self._on_by_epoch_toggled)
        self._loop.toggled.connect(self.loop_toggled)
        self._export.triggered.connect(self.export_requested)
        self._paces.triggered.connect(self._on_pace)
        self._marks_menu.triggered.connect(self._on_mark_action)
        self.retranslate()

    def _action(self, name: str, checkable: bool = False) -> QAction:
        action = QAction(self)
        action.setObjectName(name)
        action.setCheckable(checkable)
        return action

    def _add_pace(self, menu: QMenu, name: str, pace: Pace) -> None:
        action = QAction(self._paces)
        action.setObjectName(name)
        action.setData(pace)
        action.setCheckable(True)
        action.setChecked(pace == self.pace)
        menu.addAction(action)

    def _lay_out(self) -> None:
        for action in self.instead.values():
            self.addAction(action)
            action.setVisible(False)
        self.addActions([self._first, self._best])
        self.addSeparator()
        self.addMenu(self._duration_menu)
        self.addMenu(self._speed_menu)
        self.addActions([self._by_epoch, self._loop])
        self.addSeparator()
        self.addMenu(self._marks_menu)
        self.addAction(self._export)

    @property
    def by_epoch(self) -> bool:
        """Whether only the ends of epochs are gone through."""
        return self._by_epoch.isChecked()

    def set_timeline(self, timeline: Timeline) -> None:
        """Show the marks and the pace of this run."""
        marked = (timeline.marks, timeline.drawings) != (self._timeline.marks, self._timeline.drawings)
        self._timeline = timeline
        self._best.setEnabled(timeline.best is not None)
        self._say_best()
        if marked:
            self._fill_marks()
        self._tell_pace()

    def _say_best(self) -> None:
        none = self.tr("No epoch of this run has been validated yet.")
        known = self.tr("Go to the epoch with the highest validation accuracy (Alt+Up)")
        self._best.setToolTip(tool_tip(known if self._timeline.best is not None else none))

    def pace_text(self) -> str:
        """How long playing takes, and how fast it is: `12 s · 45 recorded steps a second`."""
        return " · ".join(self._pace_texts())

    def _pace_texts(self) -> tuple[str, str]:
        count = len(self._timeline.stops(self.by_epoch))
        return self._seconds_text(self.pace.seconds_of(count)), self._speed_text(self.pace.speed_of(count))

    def _seconds_text(self, seconds: float) -> str:
        return self.tr("{seconds} s").format(seconds=_short(seconds))

    def _speed_text(self, speed: float) -> str:
        return counted(self.tr("{count:recorded step|recorded steps} a second"), count=_short(speed))

    def _fill_marks(self) -> None:
        for entry in self._marks_menu.actions():
            menu = entry.menu()
            if isinstance(menu, QMenu):
                menu.deleteLater()
        self._marks_menu.clear()
        for mark in self._timeline.marks:
            name = self.tr("Step {step}: {text}").format(step=f"{mark.step:,}", text=mark.text)
            menu = self._marks_menu.addMenu(caption(name))
            menu.menuAction().setToolTip(tool_tip(name))
            menu.setObjectName(f"timeMark{mark.step}")
            choices = [("go", self.tr("Go there")), ("remove", self.tr("Remove the bookmark"))]
            if mark.step in self._timeline.drawings:
                choices.insert(1, ("draw", self.tr("Go there with its drawing")))
            for kind, text in choices:
                action = menu.addAction(text)
                action.setObjectName(f"timeMark{mark.step}-{kind}")
                action.setData((kind, mark.step))
        self._marks_menu.menuAction().setEnabled(bool(self._timeline.marks))

    def _tell_pace(self) -> None:
        texts = duration, speed = self._pace_texts()
        if texts == self._pace_shown:
            return
        self._pace_shown = texts
        self._duration_menu.setTitle(self.tr("Duration: {duration}").format(duration=duration))
        self._speed_menu.setTitle(self.tr("Speed: {speed}").format(speed=speed))

    def _on_by_epoch_toggled(self, on: bool) -> None:
        self._tell_pace()
        self.by_epoch_toggled.emit(on)

    def _on_pace(self, action: QAction) -> None:
        self.pace = action.data()
        self._tell_pace()
        self.pace_changed.emit(self.pace)

    def _on_mark_action(self, action: QAction) -> None:
        kind, step = action.data()
        {"go": self.go_requested, "draw": self.drawing_requested, "remove": self.removal_requested}[kind].emit(step)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self._first.setText(self.tr("To the untrained network"))
        self._best.setText(self.tr("To the best epoch"))
        self._say_best()
        self._by_epoch.setText(self.tr("By epochs"))
        self._by_epoch.setToolTip(self.tr("Step and play by whole epochs, not by every snapshot"))
        self._loop.setText(self.tr("Loop"))
        self._loop.setToolTip(self.tr("Begin again at the end."))
        self._export.setText(self.tr("Video…"))
        self._marks_menu.setTitle(self.tr("Bookmarks"))
        for action in self._duration_menu.actions():
            action.setText(self._seconds_text(action.data().seconds))
        for action in self._speed_menu.actions():
            action.setText(self._speed_text(action.data().speed))
        self._fill_marks()
        self._pace_shown = None
        self._tell_pace()


def _short(value: float) -> str:
    """A duration or a speed: whole, but for what is less than ten and not whole."""
    return f"{value:.0f}" if value >= 10 or round(value, 1) == round(value) else f"{value:.1f}"
