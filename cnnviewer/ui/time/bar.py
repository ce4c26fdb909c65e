"""The slider over a run's moments, with its buttons: one slim row at the foot of the centre."""

from __future__ import annotations

import math

from PySide6.QtCore import Property, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from cnnviewer.core.runs.timeline import MomentFacts, Timeline
from cnnviewer.ui.icons import icon
from cnnviewer.ui.theme import theme
from cnnviewer.ui.time.mark_popup import MarkPopup
from cnnviewer.ui.time.menu import TimeMenu
from cnnviewer.ui.time.slider import TimeSlider

_BUTTONS = {
    "earlier": ("timeEarlierButton", "back"),
    "play": ("timePlayButton", "play"),
    "later": ("timeLaterButton", "step"),
    "epochs": ("timeByEpochButton", "epochs"),
    "best": ("timeBestButton", "best"),
    "now": ("timeNowButton", "now"),
    "mark": ("timeMarkButton", "mark"),
    "more": ("timeMoreButton", "settings"),
}


class TimeBar(QWidget):
    """Hidden until there is a run with moments. The Qt property `step` is where the slider stands.

    Signals:
        step_chosen: a person wants the moment of this step.
        earlier_wished, later_wished: one moment or one epoch back or on.
        first_wished, best_wished, now_wished: the untrained network, the highest validation accuracy, the newest.
        play_toggled: whether the moments shall run as a film.
        speed_changed: moments a second.
        loop_toggled: whether the film begins again at its end.
        by_epoch_toggled: whether to go by epochs.
        mark_wished: a word for this moment, and whether the drawing is kept with it.
        mark_removal_wished: step of a mark that is not wanted any more.
        drawing_wished: step of a mark whose drawing shall be on the canvas again.
        film_cancelled: the film that is being written is not wanted any more.
        possible_changed: whether there is anything to go through.
    """

    step_chosen = Signal(int)
    earlier_wished = Signal()
    later_wished = Signal()
    first_wished = Signal()
    best_wished = Signal()
    now_wished = Signal()
    play_toggled = Signal(bool)
    speed_changed = Signal(int)
    loop_toggled = Signal(bool)
    by_epoch_toggled = Signal(bool)
    mark_wished = Signal(str, bool)
    mark_removal_wished = Signal(int)
    drawing_wished = Signal(int)
    film_cancelled = Signal()
    possible_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeBar")
        self._timeline = Timeline()
        self._facts: MomentFacts | None = None
        self._at_now = True
        self._text = ""
        self.slider = TimeSlider(self)
        self.label = QLabel(self)
        self.label.setObjectName("timeLabel")
        self.label.setProperty("role", "caption")
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.buttons = {key: _button(name) for key, (name, _) in _BUTTONS.items()}
        for key in ("play", "epochs"):
            self.buttons[key].setCheckable(True)
        self.film_progress = QProgressBar(self)
        self.film_progress.setObjectName("filmProgress")
        self.film_progress.setRange(0, 1000)
        self.film_progress.setFixedWidth(60)
        self.film_cancel = _button("filmCancelButton")
        self.film_cancel.clicked.connect(self.film_cancelled)
        self._popup = MarkPopup(self)
        self.menu = TimeMenu(self)
        self.buttons["more"].setMenu(self.menu)
        self.buttons["more"].setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._lay_out()
        self._connect()
        self._dress()
        self.retranslate()
        self.hide()

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.label)
        middle.addWidget(self.slider)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 4)
        row.setSpacing(2)
        for key in ("earlier", "play", "later", "epochs"):
            row.addWidget(self.buttons[key])
        row.addSpacing(4)
        row.addLayout(middle, 1)
        row.addSpacing(4)
        for key in ("best", "now", "mark", "more"):
            row.addWidget(self.buttons[key])
        for widget in (self.film_progress, self.film_cancel):
            row.addWidget(widget)
            widget.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _connect(self) -> None:
        self.slider.step_chosen.connect(self._on_step_chosen)
        for key, signal in (
            ("earlier", self.earlier_wished),
            ("later", self.later_wished),
            ("best", self.best_wished),
            ("now", self.now_wished),
        ):
            self.buttons[key].clicked.connect(signal)
        self.buttons["play"].toggled.connect(self._on_play_toggled)
        self.buttons["epochs"].toggled.connect(self.by_epoch_toggled)
        self.buttons["mark"].clicked.connect(self.ask_for_mark)
        self._popup.accepted.connect(self.mark_wished)
        menu = self.menu
        menu.first_wished.connect(self.first_wished)
        menu.loop_toggled.connect(self.loop_toggled)
        menu.speed_changed.connect(self.speed_changed)
        menu.go_wished.connect(self._on_step_chosen)
        menu.removal_wished.connect(self.mark_removal_wished)
        menu.drawing_wished.connect(self._on_drawing_wished)
        theme().changed.connect(self._dress)

    # values in

    def set_timeline(self, timeline: Timeline) -> None:
        """Other places; none hides the bar."""
        had = bool(self._timeline.steps)
        self._timeline = timeline
        self.menu.set_timeline(timeline)
        self.slider.set_timeline(timeline)
        self.buttons["best"].setEnabled(timeline.best is not None)
        if bool(timeline.steps) != had:
            self.setVisible(not had)
            self.possible_changed.emit(not had)

    def set_place(self, facts: MomentFacts | None, at_now: bool) -> None:
        """Which moment is on the screen; None: other weights than the run's."""
        self._facts, self._at_now = facts, at_now
        self.slider.show_step(facts.step if facts is not None else self._timeline.now)
        self.buttons["now"].setEnabled(not at_now)
        self.buttons["mark"].setEnabled(facts is not None)
        self._show_words()

    def set_playing(self, playing: bool) -> None:
        """Whether the film runs."""
        self.buttons["play"].setChecked(playing)

    def set_film_progress(self, fraction: float | None) -> None:
        """How far the film that is being written is, 0..1; None: there is none."""
        for widget in (self.film_progress, self.film_cancel):
            widget.setVisible(fraction is not None)
        if fraction is not None:
            self.film_progress.setValue(round(1000 * fraction))
            self.film_progress.setToolTip(
                self.tr("Writing the film: {percent} %").format(percent=f"{100 * fraction:.0f}")
            )

    def _get_step(self) -> int:
        return self.slider.step

    step = Property(int, _get_step)

    # what a person does

    def toggle_playing(self) -> None:
        """Play, or pause."""
        self.buttons["play"].toggle()

    def ask_for_mark(self) -> None:
        """Let a person name this moment."""
        if self._facts is not None:
            mark = self._timeline.mark_at(self.slider.step)
            self._popup.open_above(self.buttons["mark"], self.slider.step, mark.text if mark is not None else "")

    def _on_step_chosen(self, step: int) -> None:
        self.set_playing(False)
        self.step_chosen.emit(step)

    def _on_play_toggled(self, playing: bool) -> None:
        if playing:
            self.speed_changed.emit(self.menu.speed)
        self.play_toggled.emit(playing)
        self._dress()
        self._show_tips()

    def _on_drawing_wished(self, step: int) -> None:
        self._on_step_chosen(step)
        self.drawing_wished.emit(step)

    # words

    def _show_words(self) -> None:
        self._text = self._words()
        room = max(40, self.label.width())
        elided = QFontMetrics(self.label.font()).elidedText(self._text, Qt.TextElideMode.ElideRight, room)
        self.label.setText(elided)
        self.label.setToolTip(self._text)
        self.slider.setAccessibleDescription(self._text)

    def _words(self) -> str:
        facts = self._facts
        if facts is None:
            return self.tr("Other weights are on the screen: move the slider to come back to the run.")
        parts = [self.tr("step {step}").format(step=f"{facts.step:,}")]
        if facts.step == 0:
            parts.append(self.tr("untrained"))
        else:
            parts.append(self.tr("epoch {epoch}").format(epoch=facts.epoch))
            parts.append(self.tr("loss {loss}").format(loss=_loss(facts.loss)))
        if math.isfinite(facts.validation):
            parts.append(self.tr("validation {percent} %").format(percent=f"{100 * facts.validation:.1f}"))
        mark = self._timeline.mark_at(facts.step)
        if mark is not None:
            parts.append(f"⚑ {mark.text}")
        if self._at_now and facts.step > 0:
            parts.append(self.tr("now"))
        return " · ".join(parts)

    @property
    def words(self) -> str:
        """What the label says, whole."""
        return self._text

    def _dress(self) -> None:
        for key, (_, drawing) in _BUTTONS.items():
            playing = key == "play" and self.buttons["play"].isChecked()
            self.buttons[key].setIcon(icon("pause" if playing else drawing, "text"))
        self.film_cancel.setIcon(icon("close", "muted"))

    def _show_tips(self) -> None:
        playing = self.buttons["play"].isChecked()
        for key, (name, tip) in {
            "earlier": (self.tr("One moment back"), self.tr("One moment back, or one epoch (Alt+Left)")),
            "play": (
                (self.tr("Pause the film"), self.tr("Stop here (Ctrl+Shift+P)"))
                if playing
                else (self.tr("Play the film"), self.tr("Watch the run as a film (Ctrl+Shift+P)"))
            ),
            "later": (self.tr("One moment on"), self.tr("One moment on, or one epoch (Alt+Right)")),
            "epochs": (self.tr("By epochs"), self.tr("Step and play by whole epochs, not by every kept moment")),
            "best": (self.tr("Best"), self.tr("Go to the epoch with the highest validation accuracy (Alt+Up)")),
            "now": (self.tr("Now"), self.tr("Go to the newest weights, and follow them (Alt+End)")),
            "mark": (self.tr("Mark"), self.tr("Mark this moment with a word (Ctrl+M)")),
            "more": (self.tr("More"), self.tr("Speed, loop and marks")),
        }.items():
            self.buttons[key].setAccessibleName(name)
            self.buttons[key].setToolTip(tip)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Time"))
        self.slider.setAccessibleName(self.tr("Moment of the run"))
        self.film_progress.setAccessibleName(self.tr("Progress of the film"))
        self.film_cancel.setAccessibleName(self.tr("Cancel the film"))
        self.film_cancel.setToolTip(self.tr("Stop writing the film"))
        self.label.setAccessibleName(self.tr("The moment shown"))
        self._popup.retranslate()
        self.menu.retranslate()
        self._show_tips()
        self._show_words()

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        self._show_words()

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _loss(value: float) -> str:
    return f"{value:.3g}" if math.isfinite(value) else "–"


def _button(name: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setIconSize(QSize(16, 16))
    button.setProperty("flat", True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
