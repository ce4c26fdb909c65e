"""Marks: the user's notes on a step of a run, with the drawing that was inspected then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True, eq=False)
class _Change:
    """A bookmark of a run's step, before and after the user changed it."""

    folder: Path
    step: int
    before: marks.KeptMark | None
    after: marks.KeptMark | None


class MarksPresenter(Presenter):
    """Writes marks into the run folder, in jobs."""

    def __init__(self, services: Services, machine: TimeMachinePresenter, bar: TimeView, inputs: InputView) -> None:
        super().__init__(services)
        self._machine = machine
        self._inputs = inputs
        self._bar = bar
        self._done: list[_Change] = []
        self._undone: list[_Change] = []
        self._session.run_changed.connect(self._on_run_changed)
        bar.undo_requested.connect(self._on_undo_requested)
        bar.redo_requested.connect(self._on_redo_requested)
        bar.mark_requested.connect(self._on_mark_requested)
        bar.mark_removal_requested.connect(self._on_mark_removal_requested)
        bar.drawing_requested.connect(self._on_drawing_requested)

    def _on_mark_requested(self, text: str, with_drawing: bool) -> None:
        """Mark the step shown; while the newest weights are followed, the last step that has a snapshot."""
        step = self._machine.kept_by(self._machine.step)
        if step is None:
            return
        drawing = self._inputs.canvas.raster().copy() if with_drawing else None
        self._change(partial(marks.mark_step, mark=Mark(step, text), drawing=drawing), step)

    def _on_mark_removal_requested(self, step: int) -> None:
        self._change(partial(marks.remove_mark, step=step), step)

    def _change(self, change: Callable[[Path], Notes], step: int) -> None:
        folder = self._machine.folder
        if folder is None:
            self.error.emit(UserError("This run is in memory only: save it elsewhere first, then bookmark its steps."))
            return

        def work(_: JobContext) -> _Change:
            before = marks.kept_mark(folder, step)
            change(folder)
            return _Change(folder, step, before, marks.kept_mark(folder, step))

        self._jobs.run(work, self._on_changed, self.error.emit)

    def _on_changed(self, change: _Change) -> None:
        self._done.append(change)
        self._undone.clear()
        self._show()

    # undo and redo

    def _on_run_changed(self, _run: object) -> None:
        """The bookmarks of another run are other ones."""
        for changes in (self._done, self._undone):
            changes[:] = [change for change in changes if change.folder == self._machine.folder]
        self._offer_undo()

    def _on_undo_requested(self) -> None:
        if self._done:
            change = self._done.pop()
            self._undone.append(change)
            self._keep(change, change.before)

    def _on_redo_requested(self) -> None:
        if self._undone:
            change = self._undone.pop()
            self._done.append(change)
            self._keep(change, change.after)

    def _keep(self, change: _Change, kept: marks.KeptMark | None) -> None:
        def work(_: JobContext) -> None:
            marks.keep_mark(change.folder, change.step, kept)

        self._jobs.run(work, self._show, self.error.emit)
        self._offer_undo()

    def _show(self, _done: None = None) -> None:
        self._offer_undo()
        self._machine.refresh()

    def _offer_undo(self) -> None:
        self._bar.offer_undo(len(self._done), len(self._undone))

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
