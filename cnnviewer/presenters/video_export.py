"""Video export of a run: a job draws and encodes; the timeline shows its progress."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.core.runs.read.playback import Pace
from cnnviewer.core.runs.video.video import VideoRun, export_video
from cnnviewer.presenters.commands import CommandPresenter, PathLike
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.views import TimeView
from cnnviewer.runtime.jobs import Job, JobContext


class VideoExportPresenter(CommandPresenter):
    """Exports a video of the run shown with the inspected image; one export at a time."""

    def __init__(self, services: Services, inspection: InspectionPresenter, bar: TimeView) -> None:
        super().__init__(services)
        self._inspection_presenter = inspection
        self._bar = bar
        self._job: Job | None = None
        self._pace = Pace()
        bar.film_cancelled.connect(self._on_cancelled)
        bar.pace_changed.connect(self._on_pace_changed)

    def export_film(self, path: PathLike) -> bool:
        """Write the video: `.gif`, `.mp4` or `.webm`. Returns when it is written; the window stays responsive."""
        return self._attempt(partial(self._film, Path(path)))

    def _film(self, path: Path) -> bool:
        run, inspection = self._session.run, self._inspection_presenter.inspection
        source = (run.recording or run.opened) if run is not None else None
        if self._job is not None:
            raise UserError("A video is being written already: wait for it, or cancel it.")
        if source is None:
            raise UserError("There is no run for a video yet: train a model first, or open a run.")
        if inspection is None or inspection.image is None:
            raise UserError("Choose an image first: a video shows what the model computes from it.")
        self._bar.set_film_progress(0.0)
        try:
            notes = self._jobs.wait_with(partial(_write, source, inspection.image, path, self._pace), self._on_begun)
        finally:
            self._job = None
            self._bar.set_film_progress(None)
        return self._say_written(path, *notes)

    def _on_begun(self, job: Job) -> None:
        self._job = job
        job.progressed.connect(self._bar.set_film_progress)

    def _on_pace_changed(self, pace: Pace) -> None:
        self._pace = pace

    def _on_cancelled(self) -> None:
        if self._job is not None:
            self._job.cancel()


def _write(run: VideoRun, image: FloatArray, path: Path, pace: Pace, context: JobContext) -> list[UserError]:
    notes: list[UserError] = []
    seconds = pace.video_seconds(len(run.snapshot_steps()))
    export_video(
        run, image, path, seconds=seconds, report=context.report, cancelled=context.cancelled, tell=notes.append
    )
    return notes
