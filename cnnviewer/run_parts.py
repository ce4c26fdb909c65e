"""The parts of the program around runs: their list, the time machine, the evaluation, comparing and sweeping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cnnviewer.ui.compare.page import ComparePage
from cnnviewer.ui.sweep.page import SweepPage

if TYPE_CHECKING:
    from cnnviewer.app import Program


class RunParts(QObject):
    """Owner of the presenters around runs; `Program` owns it, and the threads and widgets they use."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        for name, build in (("compare", ComparePage), ("sweep", SweepPage)):
            program.window.centre.offer(name, build)

    def on_page_built(self, page: QWidget) -> None:
        """Wire a page that was opened for the first time."""

    def start(self) -> None:
        """The window is shown: look for runs that can be gone on with."""

    def shut_down(self) -> None:
        """End what is under way; before the training and the jobs are ended."""
