"""The page History: the answer to the image at every kept step of the run."""

from __future__ import annotations

from PySide6.QtCore import Property, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from cnnviewer.core.runs.read.answer_history import AnswerHistory
from cnnviewer.core.wording import Words
from cnnviewer.ui.explore.why.history.changes import ChangesList
from cnnviewer.ui.explore.why.history.plot import HistoryPlot
from cnnviewer.ui.explore.why.history.texts import note_text, summary_text
from cnnviewer.ui.widgets.cancellable_progress import CancellableProgress
from cnnviewer.ui.widgets.invitation import Invitation
from cnnviewer.ui.widgets.language import worded
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.translated import Translated


class HistoryPage(Translated, QWidget):
    """Lines and a list of the changes; or why there are none.

    The Qt property `steps` has the kept steps shown, `changes` those at which the answer changed.

    Signals:
        step_chosen: the run shall be shown at this step.
        read_requested: the rest of the history shall be read.
        cancel_requested: the reading shall end.
        train_requested: the user wants a run.
    """

    step_chosen = Signal(int)
    read_requested = Signal()
    cancel_requested = Signal()
    train_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("historyPage")
        self._history: AnswerHistory | None = None
        self._truth: int | None = None
        self._complete = True
        self._problem: Words = ""  # why there is none
        self._of_run = True
        self._muted = False
        self.plot = HistoryPlot(self)
        self.changes_list = ChangesList(self)
        self.progress = CancellableProgress("history", self)
        self._invitation = Invitation("historyInvitation", self)
        self._summary, self._readout, self._note, self._limits = (PlainLabel(self) for _ in range(4))
        self._limits.setObjectName("historyLimits")
        self._summary.setObjectName("historySummary")
        self._read = QPushButton(self)
        self._read.setObjectName("historyReadButton")
        self._shown = QWidget(self)
        self._lay_out()
        self.plot.step_chosen.connect(self.step_chosen)
        self.plot.pointed.connect(self._on_pointed)
        self.changes_list.step_chosen.connect(self.step_chosen)
        self.progress.cancelled.connect(self.cancel_requested)
        self._read.clicked.connect(self.read_requested)
        self._invitation.accepted.connect(self.train_requested)
        self.retranslate()
        self._show()

    def _lay_out(self) -> None:
        for label in (self._summary, self._readout, self._note, self._limits):
            label.setWordWrap(True)
        for label in (self._readout, self._note, self._limits):
            label.setProperty("role", "caption")
        reading = QWidget(self._shown)  # above the plot: the notes below it can fill the rest of the page
        row = QHBoxLayout(reading)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.progress, 1)
        row.addWidget(self._read)
        column = QVBoxLayout(self._shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (
            self._summary,
            reading,
            self.plot,
            self._readout,
            self._note,
            self._limits,
            self.changes_list,  # last: it is as long as there are changes
        ):
            column.addWidget(part)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 4, 4, 4)
        whole.addWidget(self._shown, 1)
        whole.addWidget(self._invitation, 1)

    # values in

    def set_of_run(self, of_run: bool) -> None:
        """Whether the weights on the screen belong to a run that keeps snapshots."""
        self._of_run = of_run
        self._show()

    def set_history(
        self,
        history: AnswerHistory | None,
        last: int = 0,
        target: int | None = None,
        truth: int | None = None,
        complete: bool = True,
    ) -> None:
        """Show these answers of a run with so many steps; `target` and `truth` have a line in any case.

        `complete`: every kept step was read.
        """
        self._history, self._truth, self._complete, self._problem = history, truth, complete, ""
        always = tuple(label for label in (target, truth) if label is not None)
        self.plot.set_history(history, last, tuple(dict.fromkeys(always)))
        self.changes_list.set_history(history)
        self._show()

    def set_step(self, step: int | None) -> None:
        """The step on the screen."""
        self.plot.set_step(step)

    def set_muted(self, muted: bool) -> None:
        """Whether other channels are muted on the screen than in the run's own networks."""
        self._muted = muted
        self._show()

    def set_progress(self, fraction: float | None, words: Words = "") -> None:
        """How far the reading is; None: nothing is being read."""
        self.progress.set_progress(
            fraction, words or ((lambda: self.tr("Reading snapshots…")) if fraction is not None else "")
        )

    def set_problem(self, sentence: Words) -> None:
        """Why there is no history."""
        self.set_history(None)
        self._problem = sentence
        self._show()

    def offer_reading(self, offered: bool) -> None:
        """Whether something is left to be read, after a Cancel."""
        self._read.setVisible(offered)

    # what is shown

    def _show(self) -> None:
        self._shown.setVisible(self._of_run)
        self._invitation.setVisible(not self._of_run)
        history = self._history
        self.plot.setEnabled(history is not None)
        self._summary.setText(
            summary_text(history, self._truth, self._complete) if history is not None else worded(self._problem)
        )
        notes = [note_text(history)] if history is not None else []
        if self._muted:
            notes.append(self.tr("These are the run's own networks: what you have muted since is not muted in them."))
        self._note.setText(" ".join(note for note in notes if note))
        self._note.setVisible(bool(self._note.text()))
        self.changes_list.setVisible(history is not None and bool(history.changes))
        self._on_pointed()

    def _on_pointed(self) -> None:
        hint = self.tr(
            "On top: the class predicted. Click a step, or a change in the list, to see the network as it was."
        )
        self._readout.setText(self.plot.readout or (hint if self._history is not None else ""))

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self._invitation.set_texts(
            self.tr("No run, no history"),
            self.tr(
                "The weights on the screen belong to no run, so none of their earlier steps were kept. Train this "
                "model, or open a run in Compare: then its answers to this image are shown here, step by step."
            ),
            self.tr("Go to Train"),
            self.tr("Opens the workspace Train"),
        )
        self._read.setText(self.tr("Read the history"))
        self._read.setAccessibleName(self._read.text())
        self._read.setToolTip(tool_tip(self.tr("Go on reading the run's snapshots")))
        can = self.tr("It can say at which kept step this image was first predicted so, and how surely.")
        cannot = self.tr(
            "It cannot say why the answer changed there, nor what happened between two kept steps, where it may "
            "have changed and changed back."
        )
        self._limits.setText(f"{can} {cannot}")
        self._show()

    def _get_steps(self) -> object:
        return self._history.steps if self._history is not None else ()

    def _get_changes(self) -> object:
        return tuple(change.step for change in self._history.changes) if self._history is not None else ()

    steps = Property(object, _get_steps)
    changes = Property(object, _get_changes)
