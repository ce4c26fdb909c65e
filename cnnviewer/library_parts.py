"""The parts of the program around the list of runs: opening, going on, keeping, listing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cnnviewer.core.training.devices import devices
from cnnviewer.presenters.going_on import GoingOnPresenter
from cnnviewer.presenters.keeping import KeepingPresenter
from cnnviewer.presenters.opening import OpeningPresenter
from cnnviewer.presenters.runs import RunsPresenter
from cnnviewer.presenters.steering import SteeringPresenter

if TYPE_CHECKING:
    from pathlib import Path

    from cnnviewer.app import Program

PathLike = str | os.PathLike[str]


class LibraryParts(QObject):
    """Owner of the presenters of runs; carries out the window's commands about them."""

    def __init__(self, program: Program, parent: QObject) -> None:
        super().__init__(parent)
        self._program = program
        window, session, jobs, choices = program.window, program.session, program.jobs, program.choices
        self.opening = OpeningPresenter(session, jobs, program.choosing, window.curves, self)
        self.going_on = GoingOnPresenter(session, jobs, program.choosing, self.opening, program.training, self)
        self.keeping = KeepingPresenter(session, jobs, self.going_on, choices.runs_dir, choices.now.budget, self)
        self.runs = RunsPresenter(
            session, jobs, program.choosing, self.opening, self.going_on, window.runs_view, choices.runs_dir, self
        )
        self.steering = SteeringPresenter(
            session,
            program.choosing,
            program.training,
            self.going_on,
            self.runs,
            window.train_panel,
            [key for key, _title in devices()],
            self,
        )
        messages = program.messages
        for presenter in (self.opening, self.going_on, self.keeping, self.runs):
            presenter.problem.connect(messages.show_problem)
            presenter.told.connect(messages.show_news)
        self.keeping.offered.connect(messages.show_offer)
        self.keeping.withdrawn.connect(messages.withdraw)
        self.runs.offered.connect(messages.show_offer)
        self.going_on.offered.connect(messages.show_offer)
        self.runs.wanted.connect(window.show_runs)
        self.opening.interrupted.connect(self.keeping.offer_to_go_on)
        self.keeping.changed.connect(self.runs.refresh)
        program.training.unrecorded.connect(self.keeping.on_unrecorded)
        choices.runs_dir_changed.connect(self._on_runs_dir_changed)
        choices.budget_changed.connect(self.keeping.set_budget)
        window.bind_runs(self)
        self.keeping.folder_wanted.connect(window.run_dialogs.ask_where_to_save_run)
        self._show_runs_dir(choices.runs_dir)

    # what the window asks for

    def open_run(self, path: PathLike) -> bool:
        """Show the run in this folder."""
        return self.opening.open_run(path)

    def save_run(self, path: PathLike) -> bool:
        """Save the run shown in a folder of its own in `path`."""
        return self.keeping.save_run(path)

    def go_on_with_shown(self) -> None:
        """Go on with the run that is shown, else with the newest."""
        self.runs.go_on_with_shown()

    def _on_runs_dir_changed(self, folder: Path) -> None:
        self._program.training.runs_dir = folder
        self.keeping.set_runs_dir(folder)
        self.runs.set_runs_dir(folder)
        self._show_runs_dir(folder)

    def _show_runs_dir(self, folder: Path) -> None:
        self._program.window.runs_view.set_runs_dir(str(folder))
        self._program.window.run_dialogs.set_folder(str(folder))

    def start(self) -> None:
        """The window is shown."""
        self.keeping.start()

    def shut_down(self) -> None:
        """End what is under way."""
        for presenter in (self.opening, self.going_on, self.runs):
            presenter.shut_down()
