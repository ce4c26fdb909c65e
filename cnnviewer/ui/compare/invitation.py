"""What to do while nothing is compared."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cnnviewer.core.runs.read.summary import RunSummary
from cnnviewer.ui.widgets.invitation import Invitation
from cnnviewer.ui.widgets.translated import Translated


class ComparisonInvitation(Translated, Invitation):
    """Leads to the comparison of the two newest runs, or to a first training.

    Signals:
        runs_chosen: the folders of the two newest runs.
        training_requested: a run shall be trained.
    """

    runs_chosen = Signal(object)
    training_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("compareEmpty", parent)
        self._runs: tuple[RunSummary, ...] = ()
        self.accepted.connect(self._on_accepted)
        self.retranslate()

    def set_runs(self, runs: tuple[RunSummary, ...]) -> None:
        """The runs there are, the newest first."""
        self._runs = runs
        self.retranslate()

    def _on_accepted(self) -> None:
        if len(self._runs) > 1:
            self.runs_chosen.emit(tuple(run.folder for run in self._runs[:2]))
        else:
            self.training_requested.emit()

    def retranslate(self) -> None:
        """All texts in the current language."""
        if len(self._runs) > 1:
            self.set_texts(
                self.tr("Compare two to six runs"),
                self.tr(
                    "Tick runs in the list. Their curves, settings, predictions, kernels and the images on which they "
                    "disagree stand here side by side; a run can be compared with an earlier step of itself."
                ),
                self.tr("Compare the two newest"),
                self.tr("Tick the two runs that were begun last"),
            )
        else:
            self.set_texts(
                self.tr("Compare runs"),
                self.tr("Every training becomes a run. Train at least twice, with another rate or seed, to compare."),
                self.tr("Train a model"),
                self.tr("Show the workspace Train"),
            )
