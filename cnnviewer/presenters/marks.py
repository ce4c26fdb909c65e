"""Marks: the user's notes on a step of a run, with the drawing that was inspected then."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from cnnviewer.core.errors import UserError
from cnnviewer.core.images import photographed_digit
from cnnviewer.core.runs.format import marks
from cnnviewer.core.runs.format.notes import Mark, Notes
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.time_machine import TimeMachinePresenter
from cnnviewer.presenters.views import InputView, Pixels, TimeView
from cnnviewer.runtime.jobs import JobContext


class MarksPresenter(Presenter):
    """Writes marks into the run folder, in jobs."""

    def __init__(self, services: Services, machine: TimeMachinePresenter, bar: TimeView, inputs: InputView) -> None:
        super().__init__(services)
        self._machine = machine
        self._inputs = inputs
        bar.mark_requested.connect(self._on_mark_requested)
        bar.mark_removal_requested.connect(self._on_mark_removal_requested)
        bar.drawing_requested.connect(self._on_drawing_requested)

    def _on_mark_requested(self, text: str, with_drawing: bool) -> None:
        """Mark the step shown; while the newest weights are followed, the last step that has a snapshot."""
        step = self._machine.kept_by(self._machine.step)
        if step is None:
            return
        drawing = self._inputs.canvas.raster().copy() if with_drawing else None
        self._change(partial(marks.mark_step, mark=Mark(step, text), drawing=drawing))

    def _on_mark_removal_requested(self, step: int) -> None:
        self._change(partial(marks.remove_mark, step=step))

    def _change(self, change: Callable[[Path], Notes]) -> None:
        folder = self._machine.folder
        if folder is None:
            self.error.emit(UserError("This run is in memory only: save it elsewhere first, then bookmark its steps."))
            return

        def work(_: JobContext) -> Notes:
            return change(folder)

        self._jobs.run(work, self._on_changed, self.error.emit)

    def _on_changed(self, _notes: Notes) -> None:
        self._machine.refresh()

    def _on_drawing_requested(self, step: int) -> None:
        """Put the drawing kept with a mark back on the canvas."""
        folder = self._machine.folder
        if folder is not None:
            task = partial(_read_drawing, folder, step, self._inputs.canvas.raster().shape)
            self._jobs.run(task, self._on_drawing_read, self.error.emit, latest="drawing")

    def _on_drawing_read(self, raster: Pixels) -> None:
        self._inputs.canvas.set_raster(raster)
        self._inputs.set_source("draw")


def _read_drawing(folder: Path, step: int, shape: tuple[int, ...], _: JobContext) -> Pixels:
    return photographed_digit.canvas_of(marks.read_drawing(folder, step), shape)
