"""Saving images of the evaluation: a job writes a folder of pictures or a table; the card shows its progress."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from cnnviewer.core.data.image_id import safe_name
from cnnviewer.core.errors import UserError
from cnnviewer.core.export.image_set import ImageSet, Pixels, free_folder, write_folder, write_table
from cnnviewer.presenters.commands import CommandPresenter, PathLike
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.views import ErrorsView
from cnnviewer.runtime.jobs import Job, JobContext


class ImagesExportPresenter(CommandPresenter):
    """Writes the images that are selected in Evaluate, or all that are listed; one export at a time."""

    def __init__(self, services: Services, page: ErrorsView) -> None:
        super().__init__(services)
        self._page = page
        self._job: Job | None = None
        page.export_cancelled.connect(self._on_cancelled)

    @property
    def first_name(self) -> str:
        """A name for the folder or the file, before the user chooses another: such as `mnist-test-images`."""
        data = self._session.data
        title = data.info.data_key.title if data is not None else "data"
        return f"{safe_name(title)}-test-images"

    def export_images(self, path: PathLike) -> bool:
        """Write a `.csv` table, or a folder of PNG files. Returns when it is written; the window stays responsive."""
        return self._attempt(partial(self._export, Path(path)))

    def export_into(self, folder: PathLike) -> bool:
        """Write a new folder of PNG files into this one; see `export_images`."""
        return self._attempt(lambda: self._export(free_folder(Path(folder), self.first_name)))

    def _export(self, path: Path) -> bool:
        if self._job is not None:
            raise UserError("Images are being saved already: wait for them, or cancel that.")
        data, table = self._session.data, self._page.table
        if data is None or table is None:
            raise UserError("There are no predictions to save yet: open Evaluate first.")
        indices = self._page.exported
        if not len(indices):
            raise UserError("No image is listed: there is nothing to save.")
        images = ImageSet(table, indices.copy(), data.ids("test"), self._page.difference)
        self._page.set_export_progress(0.0)
        try:
            self._jobs.wait_with(partial(_write, path, images, data.test.images.numpy()), self._on_begun)
        finally:
            self._job = None
            self._page.set_export_progress(None)
        return self._say_written(path)

    def _on_begun(self, job: Job) -> None:
        self._job = job
        job.progressed.connect(self._page.set_export_progress)

    def _on_cancelled(self) -> None:
        if self._job is not None:
            self._job.cancel()


def _write(path: Path, images: ImageSet, pixels: Pixels, context: JobContext) -> None:
    if path.suffix.lower() == ".csv":
        write_table(path, images)
    else:
        write_folder(path, images, pixels, context.report, context.cancelled)
