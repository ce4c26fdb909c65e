"""The time machine with its marks and the evaluation of what it shows: built, wired and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cnnviewer.presenters.evaluating import EvaluatingPresenter
from cnnviewer.presenters.marking import MarkingPresenter
from cnnviewer.presenters.time_machine import TimeMachinePresenter

if TYPE_CHECKING:
    from cnnviewer.app import Program


class TimeParts(QObject):
    """Owner of the presenters that go through a run's time.

    Attributes:
        machine: which moment is on the screen.
        marking: a person's words on moments.
        evaluating: what those weights read on the test images.

    """

    def __init__(self, program: Program, parent: QObject) -> None:
        super().__init__(parent)
        window = program.window
        self.machine = TimeMachinePresenter(
            program.session, program.choosing, program.looking, window.time_bar, window.curves, program.live, self
        )
        self.marking = MarkingPresenter(
            program.session, program.jobs, self.machine, window.time_bar, window.input_panel, self
        )
        self.evaluating = EvaluatingPresenter(
            program.session, program.jobs, program.looking, program.browsing, window.evaluation_view, self
        )
        for presenter in (self.machine, self.marking, self.evaluating):
            presenter.problem.connect(program.messages.show_problem)

    def start(self) -> None:
        """The window is shown."""
        self.machine.start()

    def shut_down(self) -> None:
        """End the threads; before the training is ended."""
        self.machine.shut_down()
