"""The parts of the program around runs: their list, the time machine, the evaluation, comparing and sweeping."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cnnviewer.library_parts import LibraryParts
from cnnviewer.presenters.comparing import ComparingPresenter
from cnnviewer.presenters.sweeping import SweepingPresenter
from cnnviewer.time_parts import TimeParts
from cnnviewer.ui.compare.page import ComparePage
from cnnviewer.ui.sweep.page import SweepPage

if TYPE_CHECKING:
    from cnnviewer.app import Program


class RunParts(QObject):
    """Owner of the presenters around runs; `Program` owns it, and the threads and widgets they use."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self.library = LibraryParts(program, self)
        program.window.runs_view.compare_requested.connect(self.compare)
        self.time = TimeParts(program, self)
        self.comparing: ComparingPresenter | None = None
        self.sweeping: SweepingPresenter | None = None
        for name, build in (("compare", ComparePage), ("sweep", SweepPage)):
            program.window.centre.offer(name, build)
        program.window.centre.page_opened.connect(self._on_page_opened)

    def on_page_built(self, page: QWidget) -> None:
        """Wire a page that was opened for the first time."""
        if isinstance(page, ComparePage):
            self._wire_comparison(page)
        elif isinstance(page, SweepPage):
            self._wire_sweep(page)

    def compare(self, folders: Sequence[Path]) -> None:
        """Set these runs side by side and show them."""
        self._program.window.centre.open("compare")  # builds the page, when it is the first time
        if self.comparing is not None:
            self.comparing.show(folders)

    def _wire_comparison(self, page: ComparePage) -> None:
        program = self._program
        self.comparing = ComparingPresenter(
            program.session, program.jobs, program.looking, page, program.runs_dir, program.choices.data_dir, self
        )
        self.comparing.problem.connect(program.messages.show_problem)
        self.comparing.told.connect(program.messages.show_news)

    def _wire_sweep(self, page: SweepPage) -> None:
        program = self._program
        self.sweeping = SweepingPresenter(
            program.session,
            program.jobs,
            program.choosing,
            program.training,
            page,
            program.choices.data_dir,
            self,
        )
        self.sweeping.problem.connect(program.messages.show_problem)
        self.sweeping.told.connect(program.messages.show_news)
        self.sweeping.run_wanted.connect(self.library.opening.open_run)

    def _on_page_opened(self, name: str) -> None:
        if self.sweeping is not None:
            self.sweeping.data_dir = self._program.choices.data_dir
            self.sweeping.set_active(name == "sweep")
        if self.comparing is not None:
            choices = self._program.choices
            self.comparing.runs_dir, self.comparing.data_dir = choices.runs_dir, choices.data_dir
            self.comparing.set_active(name == "compare")

    def start(self) -> None:
        """The window is shown: look for runs that can be gone on with."""
        self.library.start()
        self.time.start()

    def shut_down(self) -> None:
        """End what is under way; before the training and the jobs are ended."""
        self.library.shut_down()
        self.time.shut_down()
        if self.comparing is not None:
            self.comparing.shut_down()
        if self.sweeping is not None:
            self.sweeping.shut_down()
