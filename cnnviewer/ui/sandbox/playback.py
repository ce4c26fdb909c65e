"""Play, pause, step, speed and loop: says when the window is to move, and knows nothing of where it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QToolButton, QWidget

from cnnviewer.ui.widgets.calm import CalmSlider
from cnnviewer.ui.widgets.plain_text import PlainLabel
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.translated import Translated

_SLOWEST, _FASTEST, _FIRST = 1, 20, 4  # cells a second


class Playback(Translated, QWidget):
    """The buttons and the clock behind them.

    Attributes:
        loop: whether it begins again at the end; for a fold.

    Signals:
        started: the window starts to move by itself.
        stopped: it does not any more.
        stepped: on to the next cell: by the clock while playing, or by the user.
    """

    started = Signal()
    stopped = Signal()
    stepped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sandboxPlayback")
        self.play = _button("sandboxPlayButton")
        self.play.setCheckable(True)
        self.step = _button("sandboxStepButton")
        show_icon(self.step, "step", size=18)
        self.speed = CalmSlider(Qt.Orientation.Horizontal)
        self.speed.setObjectName("sandboxSpeedSlider")
        self.speed.setRange(_SLOWEST, _FASTEST)
        self.speed.setValue(_FIRST)
        self.speed.setMinimumSize(48, 22)
        self.speed.setMaximumWidth(130)
        self._caption = PlainLabel()
        self._caption.setProperty("role", "caption")
        self._caption.setBuddy(self.speed)
        self.loop = QCheckBox()
        self.loop.setObjectName("sandboxLoopCheck")
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.stepped)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.play)
        row.addWidget(self.step)
        row.addWidget(self._caption)
        row.addWidget(self.speed, 1)
        row.addStretch(1)
        self.play.toggled.connect(self._on_toggled)
        self.step.clicked.connect(self.stepped)
        self.speed.valueChanged.connect(self._on_speed)
        self._on_speed(_FIRST)
        self.retranslate()

    @property
    def playing(self) -> bool:
        """Whether the clock moves the window."""
        return self._timer.isActive()

    @property
    def interval(self) -> int:
        """Milliseconds from cell to cell."""
        return self._timer.interval()

    def pause(self) -> None:
        """Stop the clock."""
        self.play.setChecked(False)

    def set_possible(self, possible: bool) -> None:
        """Whether there is anything to go through."""
        if not possible:
            self.pause()
        self.play.setEnabled(possible)
        self.step.setEnabled(possible)

    def _on_toggled(self, playing: bool) -> None:
        if playing:
            self._timer.start()
            self.started.emit()
        else:
            self._timer.stop()
            self.stopped.emit()
        self._say_play()

    def _on_speed(self, cells: int) -> None:
        self._timer.setInterval(round(1000 / cells))

    def _say_play(self) -> None:
        playing = self.playing
        show_icon(self.play, "pause" if playing else "play", size=18)
        name = self.tr("Pause") if playing else self.tr("Play")
        self.play.setAccessibleName(name)
        self.play.setToolTip(self.tr("Stop the window.") if playing else self.tr("Slide the window over the input."))

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self._say_play()
        self.step.setAccessibleName(self.tr("Step"))
        self.step.setToolTip(self.tr("Move the window on by one output cell."))
        self._caption.setText(self.tr("Speed"))
        self.speed.setAccessibleName(self.tr("Speed"))
        self.speed.setToolTip(self.tr("Output cells a second."))
        self.loop.setText(self.tr("Loop"))
        self.loop.setAccessibleName(self.tr("Loop"))
        self.loop.setToolTip(self.tr("Begin again at the end when the window slides by itself."))

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees it: stop."""
        self.pause()
        super().hideEvent(event)


def _button(name: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setProperty("flat", True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
