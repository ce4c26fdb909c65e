"""The time machine with its marks and the evaluation of what it shows: built, wired and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cnnviewer.presenters.evaluating import EvaluatingPresenter
from cnnviewer.presenters.filming import FilmingPresenter
from cnnviewer.presenters.marking import MarkingPresenter
from cnnviewer.presenters.time_machine import TimeMachinePresenter

if TYPE_CHECKING:
    from cnnviewer.app import Program, Window


class TimeParts(QObject):
    """Owner of the presenters that go through a run's time.

    Attributes:
        machine: which moment is on the screen.
        marking: a person's words on moments.
        filming: the run as a film.
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
        self.filming = FilmingPresenter(program.session, program.jobs, program.looking, window.time_bar, self)
        window.film_command = self.filming.export_film
        self._wire_menu(window)
        for presenter in (self.machine, self.marking, self.evaluating, self.filming):
            presenter.problem.connect(program.messages.show_problem)
        self.filming.told.connect(program.messages.show_news)

    def _wire_menu(self, window: Window) -> None:
        bar = window.time_bar
        bar.possible_changed.connect(window.menus.set_time_offered)
        for name, slot in {
            "actionTimePlay": bar.toggle_playing,
            "actionTimeEarlier": bar.earlier_wished.emit,
            "actionTimeLater": bar.later_wished.emit,
            "actionTimeFirst": bar.first_wished.emit,
            "actionTimeBest": bar.best_wished.emit,
            "actionTimeNow": bar.now_wished.emit,
            "actionTimeMark": bar.ask_for_mark,
        }.items():
            window.menus.actions[name].triggered.connect(slot)

    def start(self) -> None:
        """The window is shown."""
        self.machine.start()

    def shut_down(self) -> None:
        """End the threads; before the training is ended."""
        self.machine.shut_down()
