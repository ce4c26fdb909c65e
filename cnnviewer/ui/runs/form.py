"""A few numbers before a run goes on or a branch begins: below the list, in nobody's way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from cnnviewer.core.training.config import TrainConfig
from cnnviewer.ui.fields import real_number, whole_number
from cnnviewer.ui.number_fields import settle
from cnnviewer.ui.runs.moment_spin import MomentSpin


class ContinueForm(QFrame):
    """Asks from which step, with which rate and momentum, to how many epochs.

    Signals:
        more_epochs_requested: the folder of the run, and how many epochs it shall have in all.
        branch_requested: the folder, the step, and a mapping of `TrainConfig` fields.
    """

    more_epochs_requested = Signal(object, int)
    branch_requested = Signal(object, int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("continueForm")
        self._folder = Path()
        self._name = ""
        self._epochs_done = 0
        self._branches = False
        self._title = QLabel(self)
        self._title.setProperty("role", "title")
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._step = MomentSpin("branchStepSpin")
        self._rate = real_number("branchRateSpin", 0.0, 1e6)
        self._momentum = real_number("branchMomentumSpin", 0.0, 1.0, 0.05, below=True)
        self._epochs = whole_number("branchEpochsSpin", 1, 100_000)
        self._labels = [QLabel(self) for _ in range(4)]
        self._start, self._cancel = QPushButton(self), QPushButton(self)
        self._start.setObjectName("continueButton")
        self._start.setProperty("primary", True)
        self._cancel.setObjectName("continueCancelButton")
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 2, 4, 2)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.addWidget(self._title, 0, 0, 1, 7)
        for place, (label, editor) in enumerate(zip(self._labels, self._editors(), strict=True)):
            label.setProperty("role", "caption")
            label.setBuddy(editor)
            editor.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            editor.setFixedWidth(88)
            grid.addWidget(label, 1, place)
            grid.addWidget(editor, 2, place)
        grid.setColumnStretch(4, 1)
        grid.addWidget(self._start, 2, 5)
        grid.addWidget(self._cancel, 2, 6)
        self._start.clicked.connect(self._submit)
        self._cancel.clicked.connect(self.hide)
        self.hide()
        self.retranslate()

    def _editors(self) -> tuple[QWidget, ...]:
        return self._step, self._rate, self._momentum, self._epochs

    def ask_for_epochs(self, folder: Path, name: str, epochs: int) -> None:
        """Ask to how many epochs a run that has done its `epochs` shall go on."""
        self._folder, self._name, self._epochs_done, self._branches = folder, name, epochs, False
        self._epochs.setMinimum(epochs + 1)
        self._epochs.setValue(2 * epochs)
        self._show(self._epochs)

    def ask_for_branch(self, folder: Path, name: str, step: int, moments: Sequence[int], config: TrainConfig) -> None:
        """Ask for a branch's numbers; it begins at one of `moments`, ascending, at first at `step`."""
        self._folder, self._name, self._branches = folder, name, True
        self._step.set_moments(moments, step)
        self._rate.setValue(config.learning_rate)
        self._momentum.setValue(config.momentum)
        self._epochs.setMinimum(1)
        self._epochs.setValue(config.epochs)
        self._show(self._rate)

    def _show(self, first: QWidget) -> None:
        for label, editor in zip(self._labels[:3], self._editors()[:3], strict=True):
            label.setVisible(self._branches)
            editor.setVisible(self._branches)
        self.retranslate()
        self.show()
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _submit(self) -> None:
        if not settle(*(self._editors() if self._branches else (self._epochs,))):
            return
        self.hide()
        if self._branches:
            changes = {
                "learning_rate": self._rate.value(),
                "momentum": self._momentum.value(),
                "epochs": self._epochs.value(),
            }
            self.branch_requested.emit(self._folder, self._step.value(), changes)
        else:
            self.more_epochs_requested.emit(self._folder, self._epochs.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return begins, Escape lets it be."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """All texts in the language of the moment."""
        if self._branches:
            title = self.tr("Branch from {run}: a new run, with this one's history up to the step")
        else:
            title = self.tr("{run} has done its {epochs} epochs")
        self._title.setText(title.format(run=self._name, epochs=f"{self._epochs_done:,}"))
        explained = (
            (self.tr("Step"), self.tr("Where the branch begins: a step whose moment is kept.")),
            (self.tr("Rate"), self.tr("Learning rate of the branch.")),
            (self.tr("Momentum"), self.tr("Momentum of the branch.")),
            (
                self.tr("Epochs") if self._branches else self.tr("Go on to epoch"),
                self.tr("Epochs in all, those that are done included."),
            ),
        )
        for (text, tip), label, editor in zip(explained, self._labels, self._editors(), strict=True):
            label.setText(text)
            label.setToolTip(tip)
            editor.setToolTip(tip)
            editor.setAccessibleName(text)
        self._start.setText(self.tr("Branch") if self._branches else self.tr("Go on"))
        self._start.setToolTip(self.tr("Begin to train (Return)"))
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setToolTip(self.tr("Begin nothing (Esc)"))
        for button in (self._start, self._cancel):
            button.setAccessibleName(button.text())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
