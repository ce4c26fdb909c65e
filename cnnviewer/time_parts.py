"""The time machine with its marks: built, wired and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cnnviewer.presenters.marking import MarkingPresenter
from cnnviewer.presenters.time_machine import TimeMachinePresenter

if TYPE_CHECKING:
    from cnnviewer.app import Program


class TimeParts(QObject):
    """Owner of the presenters that go through a run's time.

    Attributes:
        machine: which moment is on the screen.
        marking: a person's words on moments.

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
        for presenter in (self.machine, self.marking):
            presenter.problem.connect(program.messages.show_problem)

    def start(self) -> None:
        """The window is shown."""
        self.machine.start()

    def shut_down(self) -> None:
        """End the threads; before the training is ended."""
        self.machine.shut_down()
