"""Downloads of data sets and weights, one at a time."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from cnnviewer.core.errors import UserError
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.tasks.selection import download_data
from cnnviewer.presenters.views import TrainView
from cnnviewer.runtime.jobs import Job


class DownloadsPresenter(Presenter):
    """Downloads what the user asks for, and shows how far that is.

    Signals:
        downloaded: the key of a data set or of weights that are there and checked.
    """

    downloaded = Signal(str)

    def __init__(self, services: Services, panel: TrainView) -> None:
        super().__init__(services)
        self._panel = panel
        self._job: Job | None = None
        panel.download_requested.connect(self.download)
        panel.download_cancelled.connect(self._on_cancelled)

    def download(self, key: str) -> None:
        """Download a data set or weights, which the panel shows; nothing while another download is under way."""
        if self._job is None:
            self._job = self._jobs.run(
                partial(download_data, key, self._settings.data_dir),
                self._on_downloaded,
                self._on_failed,
                on_progress=self._panel.set_download,
                on_cancelled=self._on_ended,
            )

    def _on_cancelled(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_downloaded(self, key: str) -> None:
        self._on_ended()
        self.downloaded.emit(key)

    def _on_failed(self, error: UserError) -> None:
        self._on_ended()
        self.error.emit(error)

    def _on_ended(self) -> None:
        self._job = None
        self._panel.set_download(None)
