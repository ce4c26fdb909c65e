"""The buttons that steer a training; each says what it will do before it is pressed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from cnnviewer.core.training.steering import Steering
from cnnviewer.ui.icons import icon
from cnnviewer.ui.theme import theme

_BUTTONS = {
    "branch": ("branchButton", "branch"),
    "go_on": ("continueRunButton", "play"),
    "train": ("trainButton", "play"),
    "step": ("stepButton", "step"),
    "pause": ("pauseButton", "pause"),
    "stop": ("stopButton", "stop"),
}


class TrainButtons(QWidget):
    """Train, Step, Pause and Stop; Continue once a run is shown; Branch while its past is looked at.

    Signals:
        train_requested, step_requested, pause_requested, resume_requested, stop_requested: what they are called.
        continue_requested: the run shown shall go on.
        branch_requested: a new run shall begin at the step of the past that is on the screen.
        changed: texts or what is enabled.
    """

    train_requested = Signal()
    step_requested = Signal()
    pause_requested = Signal()
    resume_requested = Signal()
    stop_requested = Signal()
    continue_requested = Signal()
    branch_requested = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steering = Steering()
        self.by_key = {key: QPushButton(self) for key in _BUTTONS}
        for key, (name, _) in _BUTTONS.items():
            self.by_key[key].setObjectName(name)
            self.by_key[key].setIconSize(QSize(16, 16))
            self.by_key[key].setProperty("tight", True)  # two beside each other in a narrow panel
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        grid.addWidget(self.by_key["branch"], 0, 0, 1, 2)
        grid.addWidget(self.by_key["go_on"], 1, 0, 1, 2)
        for place, key in enumerate(("train", "step", "pause", "stop")):
            grid.addWidget(self.by_key[key], 2 + place // 2, place % 2)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        for key, signal in (
            ("train", self.train_requested),
            ("step", self.step_requested),
            ("stop", self.stop_requested),
            ("go_on", self.continue_requested),
            ("branch", self.branch_requested),
        ):
            self.by_key[key].clicked.connect(signal)
        self.by_key["pause"].clicked.connect(self._on_pause_clicked)
        theme().changed.connect(self._dress)
        self.retranslate()

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
            "go_on": now.can_go_on,
            "train": now.can_train,
            "step": now.can_step,
            "pause": now.can_pause,
            "stop": now.can_stop,
        }
        for key, (text, tip) in self._texts().items():
            button = self.by_key[key]
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(text)
            button.setAccessibleDescription(tip)
            button.setEnabled(enabled[key])
        self.by_key["branch"].setVisible(enabled["branch"])
        self.by_key["go_on"].setVisible(bool(now.run))
        self._dress()
        self.changed.emit()

    def _texts(self) -> dict[str, tuple[str, str]]:
        return {
            "branch": self._branch_texts(),
            "go_on": (self._go_on_text(), self._go_on_tip()),
            "train": self._train_texts(),
            "step": self._step_texts(),
            "pause": (
                (self.tr("Resume"), self.tr("Go on where the training waits (Ctrl+P)"))
                if self._steering.state == "paused"
                else (self.tr("Pause"), self.tr("Wait at the next step; the weights stay as they are (Ctrl+P)"))
            ),
            "stop": self._stop_texts(),
        }

    def _train_texts(self) -> tuple[str, str]:
        now = self._steering
        if not now.anew:
            return self.tr("Train"), self.tr("Train from new random weights, drawn from the seed (Ctrl+T)")
        return self.tr("New run"), self.tr(
            "Train {model} as a new run: from new random weights, not from those on the screen (Ctrl+T)"
        ).format(model=now.model)

    def _step_texts(self) -> tuple[str, str]:
        now = self._steering
        if not now.can_step:
            return self.tr("Step"), self.tr("Learn exactly one batch, then wait (Ctrl+.)")
        if now.next_step is None:
            return self.tr("First step"), self.tr(
                "Learn the first batch of a new run, from new random weights, then wait (Ctrl+.)"
            )
        return self.tr("Step {step}").format(step=now.next_step), self.tr(
            "Learn exactly one batch, step {step} of {run}, then wait (Ctrl+.)"
        ).format(step=f"{now.next_step:,}", run=now.run)

    def _stop_texts(self) -> tuple[str, str]:
        if self._steering.sweeping:
            return self.tr("Stop sweep"), self.tr(
                "End this training and the sweep; Continue on its page goes on with it"
            )
        return self.tr("Stop"), self.tr("End here and keep the weights as they are (Ctrl+Shift+T)")

    def _go_on_text(self) -> str:
        now = self._steering
        if not now.can_go_on or now.at_step is None:
            return self.tr("Continue")
        if not now.more_epochs:
            return self.tr("Continue at step {step}").format(step=now.at_step)
        if now.more_epochs == 1:
            return self.tr("Train 1 more epoch")
        return self.tr("Train {count} more epochs").format(count=now.more_epochs)

    def _go_on_tip(self) -> str:
        now = self._steering
        if now.state != "idle":
            tip = self.tr("It is being trained now: Pause and Resume steer it")
        elif not now.run:
            tip = self.tr("No run is shown: train, or open one from the list of runs")
        elif now.obstacle or not now.can_go_on:
            tip = self._obstacle()
        elif now.more_epochs:
            tip = self.tr(
                "{run} is finished: train it on to the end of epoch {epoch}, with the run's own numbers. "
                "A higher number of epochs says how far"
            )
        elif now.at_step is None:
            tip = self.tr("{run} has learned all its epochs: only its test images are left to be judged")
        elif now.failed:
            tip = self.tr(
                "{run} has failed: go on at step {step}, after its last checkpoint. It fails again unless the learning "
                "rate is lowered, which Step leaves time for"
            )
        else:
            tip = self.tr("Go on with {run} at step {step}, to the end of epoch {epoch}, with the run's own numbers")
        return tip.format(run=now.run, step=f"{now.at_step or 0:,}", epoch=f"{now.to_epoch:,}")

    def _obstacle(self) -> str:
        match self._steering.obstacle:
            case "unsaved":
                return self.tr("{run} is in memory only: save it elsewhere first")
            case "gone":
                return self.tr("The folder of {run} is gone: it cannot be gone on with")
            case "checkpoint":
                return self.tr("The checkpoint of {run} is missing or damaged: branch from one of its steps instead")
            case "model":
                return self.tr("The model of {run} is not known here: open its file first")
            case "data":
                return self.tr("The images of {run} are not here: get its data set first")
            case "device":
                return self.tr("{run} was trained on a device that is not here: branch from it instead")
            case _:
                return self.tr("{run} is being trained by another process")

    def _branch_texts(self) -> tuple[str, str]:
        step = self._steering.branch_step or 0
        return self.tr("Branch from step {step}…").format(step=step), self.tr(
            "Begin a new run with the weights of step {step}; its numbers are asked for first"
        ).format(step=f"{step:,}")

    # how they look

    def _dress(self) -> None:
        first = self._steering.primary
        for key, button in self.by_key.items():
            primary = key == first
            if button.property("primary") != primary:
                button.setProperty("primary", primary)
                button.style().unpolish(button)
                button.style().polish(button)
            resume = key == "pause" and self._steering.state == "paused"
            drawing = "play" if resume else _BUTTONS[key][1]
            if primary and button.isEnabled():
                button.setIcon(icon(drawing, "#ffffff"))
            else:
                button.setIcon(icon(drawing, "text" if button.isEnabled() else "faint"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
