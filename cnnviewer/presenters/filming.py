"""The film of a run: a path in, a job that draws and encodes; its progress on the time bar."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.core.runs.film import FilmedRun, film
from cnnviewer.presenters.attempts import Attempts, PathLike
from cnnviewer.presenters.looking import LookingPresenter
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.views import TimeView
from cnnviewer.runtime.jobs import Job, JobContext, Jobs


class FilmingPresenter(Attempts):
    """Films the run shown with the image looked at; one film at a time."""

    def __init__(
        self, session: Session, jobs: Jobs, looking: LookingPresenter, bar: TimeView, parent: QObject | None = None
    ) -> None:
        super().__init__(jobs, parent)
        self._session = session
        self._looking = looking
        self._bar = bar
        self._job: Job | None = None
        bar.film_cancelled.connect(self._on_cancelled)

    def export_film(self, path: PathLike) -> bool:
        """Write the film: `.gif`, `.mp4` or `.webm`. Comes back when it is written; the window stays alive."""
        return self._attempt(partial(self._film, Path(path)))

    def _film(self, path: Path) -> bool:
        run, inspection = self._session.run, self._looking.inspection
        source = (run.recording or run.opened) if run is not None else None
        if self._job is not None:
            raise UserError("A film is being written already: wait for it, or cancel it.")
        if source is None:
            raise UserError("There is no run to film yet: train a model first, or open a run.")
        if inspection is None or inspection.image is None:
            raise UserError("Choose an image first: a film shows what the model sees in it.")
        self._bar.set_film_progress(0.0)
        try:
            self._jobs.wait_with(partial(_write, source, inspection.image, path), self._on_begun)
        finally:
            self._job = None
            self._bar.set_film_progress(None)
        return self._say_written(path)

    def _on_begun(self, job: Job) -> None:
        self._job = job
        job.progressed.connect(self._bar.set_film_progress)

    def _on_cancelled(self) -> None:
        if self._job is not None:
            self._job.cancel()


def _write(run: FilmedRun, image: FloatArray, path: Path, context: JobContext) -> None:
    film(run, image, path, report=context.report, cancelled=context.cancelled)
