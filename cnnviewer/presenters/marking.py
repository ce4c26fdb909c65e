"""Marks: a person's word on a moment, with the drawing that showed something then."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cnnviewer.core import handwriting
from cnnviewer.core.errors import UserError
from cnnviewer.core.runs import marks
from cnnviewer.core.runs.info import Mark, Notes
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.time_machine import TimeMachinePresenter
from cnnviewer.presenters.views import InputView, Pixels, TimeView
from cnnviewer.runtime.jobs import JobContext, Jobs, sentence_of


class MarkingPresenter(QObject):
    """Writes marks into the run's folder, in jobs.

    Signals:
        problem: a `UserError` to tell.
    """

    problem = Signal(object)

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        machine: TimeMachinePresenter,
        bar: TimeView,
        inputs: InputView,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._machine = machine
        self._inputs = inputs
        bar.mark_wished.connect(self._on_mark_wished)
        bar.mark_removal_wished.connect(self._on_mark_removal_wished)
        bar.drawing_wished.connect(self._on_drawing_wished)

    def _on_mark_wished(self, text: str, with_drawing: bool) -> None:
        """Mark the moment shown; at now, while it moves on, the last one that is kept."""
        step = self._machine.kept_by(self._machine.step)
        if step is None:
            return
        drawing = self._inputs.canvas.raster().copy() if with_drawing else None
        self._change(partial(marks.mark_moment, mark=Mark(step, text), drawing=drawing))

    def _on_mark_removal_wished(self, step: int) -> None:
        self._change(partial(marks.remove_mark, step=step))

    def _change(self, change: Callable[[Path], Notes]) -> None:
        folder = self._machine.folder
        if folder is None:
            self.problem.emit(UserError("This run is in memory only: save it elsewhere first, then mark its moments."))
            return

        def work(_: JobContext) -> Notes:
            return change(folder)

        job = self._jobs.start(work)
        job.succeeded.connect(self._on_changed)
        job.failed.connect(self._on_failed)

    def _on_changed(self, _notes: Notes) -> None:
        self._machine.look()

    def _on_drawing_wished(self, step: int) -> None:
        """Put the drawing kept with a mark back on the canvas."""
        folder = self._machine.folder
        if folder is not None:
            job = self._jobs.start(partial(_read_drawing, folder, step, self._inputs.canvas.raster().shape))
            job.succeeded.connect(self._on_drawing_read)
            job.failed.connect(self._on_failed)

    def _on_drawing_read(self, raster: Pixels) -> None:
        self._inputs.canvas.set_raster(raster)
        self._inputs.set_source("draw")

    def _on_failed(self, error: BaseException) -> None:
        self.problem.emit(sentence_of(error))


def _read_drawing(folder: Path, step: int, shape: tuple[int, ...], _: JobContext) -> Pixels:
    return handwriting.canvas_of(marks.read_drawing(folder, step), shape)
