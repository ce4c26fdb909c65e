"""A few numbers before a run is resumed or a branch begins: over the stage, wherever the user is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.ui.widgets.field_history import FieldHistory
from cnnviewer.ui.widgets.fields import real_number, whole_number
from cnnviewer.ui.widgets.keeps_escape import KeepsEscape
from cnnviewer.ui.widgets.number_fields import RealField, WholeField, settle
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.window.snapshot_spin import SnapshotSpin

_FIELD, _WIDE = 96, 640  # pixels: of a field, and of the form where the stage has room for all fields in one row
_MARGIN = 16
_FOLLOWED = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)


class ContinueForm(KeepsEscape, Translated, Styled, QFrame):
    """Asks from which step, with which rate and momentum, to how many epochs; at the lower right of the stage.

    Signals:
        more_epochs_requested: the folder of the run, and how many epochs it shall have in all.
        branch_requested: the folder, the step, and a mapping of `TrainConfig` fields.
    """

    more_epochs_requested = Signal(object, int)
    branch_requested = Signal(object, int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("continueForm")
        self.setProperty("card", True)
        self.setProperty("floating", True)  # it may lie over anything: whoever measures the window knows it by this
        self._stage: QWidget | None = None
        self._focused_before: QWidget | None = None
        self._folder = Path()
        self._name = ""
        self._epochs_done = 0
        self._branches = False
        self._title = PlainLabel(self)
        self._title.setWordWrap(True)
        self._title.setProperty("role", "title")
        self._step = SnapshotSpin("branchStepSpin")
        self._rate = real_number("branchRateSpin", 0.0, 1e6)
        self._momentum = real_number("branchMomentumSpin", 0.0, 1.0, 0.05, below=True)
        self._epochs = whole_number("branchEpochsSpin", 1, 100_000)
        self._labels = [PlainLabel(self) for _ in range(4)]
        self._start, self._cancel = QPushButton(self), QPushButton(self)
        self._start.setObjectName("continueButton")
        self._start.setProperty("primary", True)
        self._cancel.setObjectName("continueCancelButton")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 10, 12, 12)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(4, 1)
        self._per_row = 0
        for label, editor in zip(self._labels, self._editors(), strict=True):
            label.setProperty("role", "caption")
            label.setBuddy(editor)
            editor.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._place_fields(4)
        self._history = FieldHistory(self, "branch", self._values, self._go_to)
        for spin in self._spins:
            spin.valueChanged.connect(self._history.note)
        self._start.clicked.connect(self._submit)
        self._cancel.clicked.connect(self.close)
        self.hide()
        self.retranslate()

    def stand_over(self, stage: QWidget) -> None:
        """Float over `stage` from now on; it must have a parent."""
        self._stage = stage
        stage.installEventFilter(self)
        self.setParent(stage.parentWidget())

    def _arrange(self) -> None:
        """At the lower right of the stage, with all fields in one row or, where it is narrow, two by two."""
        for editor in self._editors():
            editor.setFixedWidth(grown(_FIELD))
        if self._stage is None or self.isHidden():
            return
        room = self._stage.geometry().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        wide = grown(_WIDE)
        self._place_fields(4 if room.width() >= wide else 2)
        self._grid.invalidate()
        width = min(wide, room.width())
        height = self._grid.totalHeightForWidth(width)
        self.setGeometry(room.right() + 1 - width, room.bottom() + 1 - height, width, height)
        self.raise_()

    def _place_fields(self, per_row: int) -> None:
        if per_row == self._per_row:
            return
        self._per_row = per_row
        for widget in (self._title, *self._labels, *self._editors(), self._start, self._cancel):
            self._grid.removeWidget(widget)
        self._grid.addWidget(self._title, 0, 0, 1, 7)
        for place, (label, editor) in enumerate(zip(self._labels, self._editors(), strict=True)):
            row, column = divmod(place, per_row)
            self._grid.addWidget(label, 1 + 2 * row, column)
            self._grid.addWidget(editor, 2 + 2 * row, column)
        below, first = (2, 5) if per_row == 4 else (5, 0)
        self._grid.addWidget(self._start, below, first)
        self._grid.addWidget(self._cancel, below, first + 1)

    @property
    def _spins(self) -> tuple[SnapshotSpin, RealField, RealField, WholeField]:
        return self._step, self._rate, self._momentum, self._epochs

    def _values(self) -> tuple[float, ...]:
        return tuple(spin.value() for spin in self._spins)

    def _go_to(self, values: tuple[float, ...]) -> None:
        step, rate, momentum, epochs = values
        self._step.setValue(int(step))
        self._rate.setValue(rate)
        self._momentum.setValue(momentum)
        self._epochs.setValue(int(epochs))

    def _editors(self) -> tuple[QWidget, ...]:
        return self._step, self._rate, self._momentum, self._epochs

    def ask_for_epochs(self, folder: Path, name: str, epochs: int) -> None:
        """Ask to how many epochs a run that has done its `epochs` shall be resumed."""
        self._folder, self._name, self._epochs_done, self._branches = folder, name, epochs, False
        self._epochs.setMinimum(epochs + 1)
        self._epochs.setValue(2 * epochs)
        self._history.forget()
        self._show(self._epochs)

    def ask_for_branch(self, folder: Path, name: str, step: int, snapshots: Sequence[int], config: TrainConfig) -> None:
        """Ask for a branch's numbers; it begins at one of `snapshots`, ascending, at first at `step`."""
        self._folder, self._name, self._branches = folder, name, True
        self._step.set_snapshots(snapshots, step)
        self._rate.setValue(config.learning_rate)
        self._momentum.setValue(config.momentum)
        self._epochs.setMinimum(1)
        self._epochs.setValue(config.epochs)
        self._history.forget()
        self._show(self._rate)

    def set_name(self, name: str) -> None:
        """The run that is asked about is called so now."""
        self._name = name
        self.retranslate()

    def _show(self, first: QWidget) -> None:
        for label, editor in zip(self._labels[:3], self._editors()[:3], strict=True):
            label.setVisible(self._branches)
            editor.setVisible(self._branches)
        self.retranslate()
        if self.isHidden():
            self._focused_before = self.window().focusWidget()
        self.show()
        self._arrange()
        if not self.isActiveWindow():  # it was asked for in a window of its own
            self.activateWindow()
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def withdraw(self) -> None:
        """Ask no more: what was asked about is not on the screen."""
        self.close()

    def _submit(self) -> None:
        if not settle(*(self._editors() if self._branches else (self._epochs,))):
            return
        self.close()
        if self._branches:
            changes = {
                "learning_rate": self._rate.value(),
                "momentum": self._momentum.value(),
                "epochs": self._epochs.value(),
            }
            self.branch_requested.emit(self._folder, self._step.value(), changes)
        else:
            self.more_epochs_requested.emit(self._folder, self._epochs.value())

    def hideEvent(self, event: QHideEvent) -> None:
        """The keyboard goes on where it was; Qt would give it to the next widget, which may be the canvas."""
        super().hideEvent(event)
        before, self._focused_before = self._focused_before, None
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._stage is not None:
            self._stage.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the stage."""
        if watched is self._stage and event.type() in _FOLLOWED:
            self._arrange()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return begins, Escape lets it be."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def on_look_changed(self) -> None:
        """Grow with the text."""
        super().on_look_changed()
        self._arrange()

    def retranslate(self) -> None:
        """All texts in the current language."""
        if self._branches:
            title = self.tr("Branch from {run}: a new run, with this one's history up to the step")
        else:
            title = self.tr("{run} has done its {epochs:epoch|epochs}")
        self._title.setText(counted(title, run=self._name, epochs=self._epochs_done))
        explained = (
            (self.tr("Step"), self.tr("Where the branch begins: a step with a snapshot.")),
            (self.tr("Learning rate"), self.tr("Learning rate of the branch.")),
            (self.tr("Momentum"), self.tr("Momentum of the branch.")),
            (
                self.tr("Epochs") if self._branches else self.tr("Continue to epoch"),
                self.tr("Epochs in all, those that are done included."),
            ),
        )
        for (text, tip), label, editor in zip(explained, self._labels, self._editors(), strict=True):
            label.setText(text)
            label.setToolTip(tool_tip(tip))
            editor.setToolTip(tool_tip(tip))
            editor.setAccessibleName(text)
        self._start.setText(self.tr("Branch") if self._branches else self.tr("Continue"))
        self._start.setToolTip(self.tr("Begin to train (Return)"))
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setToolTip(self.tr("Close without starting (Esc)"))
        for button in (self._start, self._cancel):
            button.setAccessibleName(button.text())
