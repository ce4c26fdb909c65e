"""After a training: how good the model is now, and what one may want to see of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from cnnviewer.core.counting import counted
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.training.events import Finished
from cnnviewer.presenters.action_message import Action, ActionMessage
from cnnviewer.presenters.evaluation import EvaluationPresenter
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.resolve import is_of_run
from cnnviewer.presenters.runs import RunsPresenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.session import Run
from cnnviewer.presenters.time_machine import TimeMachinePresenter


class AfterTrainingPresenter(Presenter):
    """Says how a training ended, and goes on from there: to its wrong predictions, its playback, the other runs.

    Signals:
        workspace_requested: name of the workspace to show.
        comparison_requested: the folders of the runs to compare.
    """

    workspace_requested = Signal(str)
    comparison_requested = Signal(object)

    def __init__(
        self,
        services: Services,
        evaluation: EvaluationPresenter,
        time_machine: TimeMachinePresenter,
        runs: RunsPresenter,
    ) -> None:
        super().__init__(services)
        self._runs = runs
        self._evaluation = evaluation
        self._time_machine = time_machine
        self._message: ActionMessage | None = None
        self._run: Run | None = None  # that the message is about
        self._workspace = ""
        self._session.run_changed.connect(self._on_run_changed)
        self._session.state_changed.connect(self._on_state_changed)

    def set_workspace(self, name: str) -> None:
        """Another workspace is in front: Evaluate says all that the message says, and lists the wrong images itself."""
        self._workspace = name
        if name == "evaluate":
            self._withdraw()

    def on_completed(self, event: Finished) -> None:
        """A training came to its end."""
        if self._session.sweeping:  # the next training is about to begin
            self.informed.emit(partial(self._finished_text, event))
            return
        actions = [
            Action(lambda: self.tr("Play the run"), self._time_machine.play),
        ]
        if len(self._runs.lines) > 1:
            actions.append(Action(lambda: self.tr("Compare"), self._compare))
        wrong = event.test.total - event.test.correct
        if wrong and self._workspace != "evaluate":
            see = Action(lambda: self.tr("See the {count} wrong").format(count=f"{wrong:,}"), self._see_wrong)
            actions.insert(0, see)
        words, first = partial(self._finished_text, event), actions[0]
        self._message = ActionMessage(words, first.words, first.accept, "success", tuple(actions[1:]))
        self._run = self._session.run
        self.action_suggested.emit(self._message)

    def _finished_text(self, event: Finished) -> str:
        return counted(
            self.tr("Training finished: {percent} % of {total:test image|test images} predicted correctly."),
            percent=f"{100 * event.test.accuracy:.2f}",
            total=f"{event.test.total:,}",
        )

    def _see_wrong(self) -> None:
        self._time_machine.go_to_now()
        self.workspace_requested.emit("evaluate")
        self._evaluation.show_wrong()

    def _compare(self) -> None:
        """With the run that it was branched off, else with the newest of the others."""
        run = self._session.run
        own = run.opened if run is not None else None
        others = [line for line in self._runs.lines if own is None or line.folder != own.folder]
        parent = own.info.parent.run if own is not None and own.info.parent is not None else ""
        others.sort(key=lambda line: line.summary.info.id != parent)
        folders = [line.folder for line in others[: 2 if own is None else 1]]
        self.comparison_requested.emit(tuple(folders if own is None else (own.folder, *folders)))

    def _on_run_changed(self, run: Run) -> None:
        if self._run is None or run.log is not self._run.log:
            self._withdraw()

    def _on_state_changed(self, state: ModelState) -> None:
        if self._run is None or not is_of_run(state, self._run.config):
            self._withdraw()

    def _withdraw(self) -> None:
        """Other weights than the run's are on the screen: what it says is not about these."""
        if self._message is not None:
            message, self._message = self._message, None
            self.action_withdrawn.emit(message)
