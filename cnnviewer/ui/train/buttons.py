"""The buttons that steer a training; each says what it will do before it is pressed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.training.steering import Steering
from cnnviewer.ui.widgets.focus import enable
from cnnviewer.ui.widgets.plain_text import caption, elided, tool_tip
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.translated import Translated

_BUTTONS = {
    "branch": ("branchButton", "branch"),
    "resume_run": ("continueRunButton", "play"),
    "train": ("trainButton", "play"),
    "step": ("stepButton", "step"),
    "back": ("backToRunButton", "undo"),
    "pause": ("pauseButton", "pause"),
    "stop": ("stopButton", "stop"),
}
_SPACING = 8
_WIDEST = 220  # pixels of the way back to a run, which the menu has


class TrainButtons(Styled, Translated, QWidget):
    """One large button, the most likely next: Train, Pause, Continue or Branch; beside it what else makes sense now.

    All buttons exist always; those that are not drawn do what they say when they are clicked by a program.

    Signals:
        train_requested, step_requested, pause_requested, resume_requested, stop_requested: what they are called.
        continue_requested: the run shown shall be resumed.
        branch_requested: a new run shall begin at the step of the past that is on the screen.
        back_requested: the run that was left for other weights shall be shown again.
        changed: texts or what is enabled.
    """

    train_requested = Signal()
    step_requested = Signal()
    pause_requested = Signal()
    resume_requested = Signal()
    stop_requested = Signal()
    continue_requested = Signal()
    branch_requested = Signal()
    back_requested = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steering = Steering()
        self._drawn: tuple[str, ...] = ()
        self._placed: tuple[bool, bool] | None = None  # whether the large button, and each other, has a row
        self.by_key = {key: QPushButton(self) for key in _BUTTONS}
        for key, (name, _) in _BUTTONS.items():
            self.by_key[key].setObjectName(name)
            self.by_key[key].setProperty("large", True)
            self.by_key[key].hide()
        self._rows = QHBoxLayout(), QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING)
        for row in self._rows:
            row.setSpacing(_SPACING)
            column.addLayout(row)
        for key, signal in (
            ("train", self.train_requested),
            ("step", self.step_requested),
            ("stop", self.stop_requested),
            ("resume_run", self.continue_requested),
            ("branch", self.branch_requested),
            ("back", self.back_requested),
        ):
            self.by_key[key].clicked.connect(signal)
        self.by_key["pause"].clicked.connect(self._on_pause_clicked)
        self.retranslate()

    @property
    def steering(self) -> Steering:
        """What the buttons do, as it was set."""
        return self._steering

    def set_steering(self, steering: Steering) -> None:
        """Say on each button what it does now, and enable those that do something."""
        self._steering = steering
        self.retranslate()

    def _on_pause_clicked(self) -> None:
        if self._steering.state == "paused":
            self.resume_requested.emit()
        else:
            self.pause_requested.emit()

    # what stands on them

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        now = self._steering
        enabled = {
            "branch": now.branch_step is not None,
            "resume_run": now.can_resume,
            "back": now.can_go_back,
            "train": now.can_train,
            "step": now.can_step,
            "pause": now.can_pause,
            "stop": now.can_stop,
        }
        for key, (text, tip) in self._texts().items():
            button = self.by_key[key]
            shown = elided(button.fontMetrics(), text, _WIDEST) if key == "back" else text
            button.setText(caption(shown))
            button.setToolTip(tool_tip(tip))
            button.setAccessibleName(text)
            button.setAccessibleDescription(tip)
        drawn = self._to_draw()
        for key in drawn:
            self.by_key[key].setVisible(True)  # before the focus goes to one of them
        enable(self, ((self.by_key[key], on) for key, on in enabled.items()), self.by_key[drawn[0]])
        for key in set(_BUTTONS).difference(drawn):
            self.by_key[key].setVisible(False)
        self._drawn, self._placed = drawn, None
        self._dress()
        self._arrange()
        self.changed.emit()

    def _to_draw(self) -> tuple[str, ...]:
        """The large button, then those beside it."""
        now = self._steering
        if now.state != "idle":
            return "pause", "step", "stop"
        if now.branch_step is not None:
            return "branch", "resume_run", "train"
        if now.primary == "resume_run":
            return "resume_run", "step", "train"
        # the way back to a run stands in the timeline's place, in every workspace
        return ("train", "step", "resume_run") if now.can_resume else ("train", "step")

    def _texts(self) -> dict[str, tuple[str, str]]:
        return {
            "branch": self._branch_texts(),
            "resume_run": (self._resume_text(), self._resume_tip()),
            "back": self._back_texts(),
            "train": self._train_texts(),
            "step": self._step_texts(),
            "pause": (
                (self.tr("Continue", "after a pause"), self.tr("Continue where the training waits (Ctrl+P)"))
                if self._steering.state == "paused"
                else (self.tr("Pause"), self.tr("Wait at the next step; the weights stay as they are (Ctrl+P)"))
            ),
            "stop": self._stop_texts(),
        }

    def _train_texts(self) -> tuple[str, str]:
        now = self._steering
        if now.lack:
            return self.tr("New run") if now.anew else self.tr("Train"), self._refusal()
        if not now.anew:
            return self.tr("Train"), self.tr("Train from new random weights, drawn from the seed (Ctrl+T)")
        return self.tr("New run"), self.tr(
            "Train {model} as a new run: from new random weights, not from those on the screen (Ctrl+T)"
        ).format(model=now.model)

    def _step_texts(self) -> tuple[str, str]:
        now = self._steering
        if now.lack:
            return self.tr("Step"), self._refusal()
        if not now.can_step:
            return self.tr("Step"), self.tr("Learn exactly one batch, then wait (Ctrl+.)")
        if now.next_step is None:
            return self.tr("First step"), self.tr(
                "Learn the first batch of a new run, from new random weights, then wait (Ctrl+.)"
            )
        return self.tr("Step {step}").format(step=f"{now.next_step:,}"), self.tr(
            "Learn exactly one batch, step {step} of {run}, then wait (Ctrl+.)"
        ).format(step=f"{now.next_step:,}", run=now.run)

    def _refusal(self) -> str:
        if self._steering.lack == "data":
            return self.tr("The images of the data set are not on this computer: download them, or choose another one")
        return self.tr("The model and the data set chosen cannot be used: what is wrong stands beside them")

    def _stop_texts(self) -> tuple[str, str]:
        if self._steering.sweeping:
            return self.tr("Stop sweep"), self.tr("End this training and the sweep; Continue on its page resumes it")
        return self.tr("Stop"), self.tr("End here and keep the weights as they are (Ctrl+Shift+T)")

    def _resume_text(self) -> str:
        now = self._steering
        if not now.can_resume or now.at_step is None:
            return self.tr("Continue")
        if not now.more_epochs:
            return self.tr("Continue at step {step}").format(step=f"{now.at_step:,}")
        return counted(self.tr("Train {count:more epoch|more epochs}"), count=now.more_epochs)

    def _resume_tip(self) -> str:
        now = self._steering
        if now.state != "idle":
            tip = self.tr("It is being trained now: Pause and Continue steer it")
        elif not now.run:
            tip = self.tr("No run is shown: train, or open one from the list of runs")
        elif now.can_go_back:
            tip = self.tr("Other weights than those of {run} are on the screen: go back to it first")
        elif now.lack and not now.obstacle and not now.can_resume:
            tip = self._refusal()
        elif now.obstacle or not now.can_resume:
            tip = self._obstacle()
        elif now.more_epochs:
            tip = self.tr(
                "{run} is finished: train it on to the end of epoch {epoch}, with the run's own numbers. "
                "A higher number of epochs says how far"
            )
        elif now.at_step is None:
            tip = self.tr("{run} has learned all its epochs: only its test images are left to be evaluated")
        elif now.failed:
            tip = self.tr(
                "{run} has failed: continue at step {step}, after its last checkpoint. It fails again unless the "
                "learning rate is lowered, which Step leaves time for"
            )
        else:
            tip = self.tr("Continue {run} at step {step}, to the end of epoch {epoch}, with the run's own numbers")
        return tip.format(run=now.run, step=f"{now.at_step or 0:,}", epoch=f"{now.to_epoch:,}")

    def _back_texts(self) -> tuple[str, str]:
        run = self._steering.run
        if not self._steering.can_go_back:
            return self.tr("Back to the run"), self.tr("Show the run again, once other weights have taken its place")
        return self.tr("Back to run {run}").format(run=run), self.tr(
            "Other weights are on the screen: show those of {run} again"
        ).format(run=run)

    def _obstacle(self) -> str:
        match self._steering.obstacle:
            case "unsaved":
                return self.tr("{run} is in memory only: save it elsewhere first")
            case "checkpoint":
                return self.tr("The checkpoint of {run} is missing or damaged: branch from one of its steps instead")
            case "model":
                return self.tr("The model of {run} is not loaded: open its file first")
            case "data":
                return self.tr("The images of {run} are not on this computer: get its data set first")
            case "device":
                return self.tr("{run} was trained on a device that this computer lacks: branch from it instead")
            case _:
                return self.tr("{run} is being trained by another process")

    def _branch_texts(self) -> tuple[str, str]:
        step = self._steering.branch_step
        if step is None:
            return self.tr("Branch from an earlier step…"), self.tr(
                "Begin a new run with the weights of an earlier step: choose it on the timeline first"
            )
        return self.tr("Branch from step {step}…").format(step=f"{step:,}"), self.tr(
            "Begin a new run with the weights of step {step}; its numbers are asked for first"
        ).format(step=f"{step:,}")

    # how they look

    def _dress(self) -> None:
        first = self._drawn[0] if self._drawn else ""
        for key, button in self.by_key.items():
            primary = key == first
            if button.property("primary") != primary:
                button.setProperty("primary", primary)
                button.style().unpolish(button)
                button.style().polish(button)
            resume = key == "pause" and self._steering.state == "paused"
            drawing = "play" if resume else _BUTTONS[key][1]
            show_icon(button, drawing if primary else "", "#ffffff")

    def _arrange(self) -> None:
        """Put all in a row where their words have room; else give the large one, or each, a row of its own."""
        if not self._drawn:
            return
        large, *others = (self.by_key[key] for key in self._drawn)
        alone, apart = _width((large, *others)) > self.width(), _width(others) > self.width()
        if (alone, apart) == self._placed:
            return
        self._placed = alone, apart
        for button in self.by_key.values():
            for row in self._rows:
                row.removeWidget(button)
        first, second = self._rows
        second.setDirection(QBoxLayout.Direction.TopToBottom if apart else QBoxLayout.Direction.LeftToRight)
        first.addWidget(large, 1)
        for button in others:
            (second if alone else first).addWidget(button, button.sizeHint().width() if alone else 0)

    def minimumSizeHint(self) -> QSize:
        """Rows as high as their words need: the style sheet's least height does not grow with them."""
        rows = ([button for button in self.by_key.values() if row.indexOf(button) >= 0] for row in self._rows)
        heights = [
            height
            for row in rows
            if (high := [button.sizeHint().height() for button in row])
            for height in (high if self._placed == (True, True) else (max(high),))
        ]
        return QSize(super().minimumSizeHint().width(), sum(heights) + _SPACING * max(0, len(heights) - 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less words have room in a row."""
        super().resizeEvent(event)
        self._arrange()

    def on_look_changed(self) -> None:
        """Icons of another colour; words of another size need other room."""
        self._placed = None
        self._dress()
        self._arrange()


def _width(row: Sequence[QPushButton]) -> int:
    """That buttons beside one another need."""
    return sum(button.sizeHint().width() + _SPACING for button in row) - _SPACING
