"""What is offered for a data set that is not there: its size, its licence, a download with progress and Cancel."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QVBoxLayout, QWidget

from cnnviewer.core.data.info import DataSource, DownloadProgress
from cnnviewer.ui.widgets.plain_text import PlainLabel
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.translated import Translated


class DownloadCard(Translated, QFrame):
    """A card about one missing data set, or about weights that a model lacks.

    Signals:
        download_requested: with the data set's key.
        download_cancelled: the download shown shall end.
    """

    download_requested = Signal(str)
    download_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._source: DataSource | None = None
        self._progress: DownloadProgress | None = None
        self._words = PlainLabel()
        self._words.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setObjectName("downloadProgress")
        self._bar.setRange(0, 1000)
        self._speed = PlainLabel()
        self._speed.setProperty("role", "caption")
        self._speed.setWordWrap(True)
        self._button = QPushButton()
        self._button.setObjectName("downloadButton")
        self._button.clicked.connect(self._on_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 10)
        layout.setSpacing(6)
        for widget in (self._words, self._bar, self._speed, self._button):
            layout.addWidget(widget)
        self.retranslate()

    def set_source(self, source: DataSource | None) -> None:
        """Offer this data set; None hides the card."""
        self._source = source
        self._show()

    def set_progress(self, progress: DownloadProgress | None) -> None:
        """Show how far the download is; None: none is under way."""
        self._progress = progress
        self._show()

    @property
    def busy(self) -> bool:
        """Whether a download is under way."""
        return self._progress is not None

    def _on_clicked(self) -> None:
        if self.busy:
            self.download_cancelled.emit()
        elif self._source is not None:
            self.download_requested.emit(self._source.key)

    def _show(self) -> None:
        source, progress = self._source, self._progress
        self.setVisible(source is not None or progress is not None)
        self._bar.setVisible(progress is not None)
        self._speed.setVisible(progress is not None)
        size = QLocale().formattedDataSize
        if source is not None:
            if source.is_weights:
                words = self.tr(
                    "{title} is shown with random weights: it has learned nothing. Open a file with weights, or "
                    "download those trained on ImageNet: {size}. Licence: {licence}."
                )
            else:
                words = self.tr("{title} is not on this computer. Download: {size}. Licence: {licence}.")
            self._words.setText(
                words.format(title=source.title, size=size(source.download_bytes, 0), licence=source.licence)
            )
        if progress is not None:
            total = max(1, progress.total_bytes)
            self._bar.setValue(int(1000 * progress.done_bytes / total))
            self._speed.setText(
                self.tr("{percent} % · {done} of {total} · {speed}/s").format(
                    percent=int(100 * progress.done_bytes / total),
                    done=size(progress.done_bytes, 1),
                    total=size(progress.total_bytes, 1),
                    speed=size(int(progress.bytes_per_second), 1),
                )
            )
        if self.busy:
            self._button.setText(self.tr("Cancel"))
            self._button.setToolTip(self.tr("Stop here; the next download continues where this one ended"))
            show_icon(self._button, "close")
        else:
            self._button.setText(self.tr("Download"))
            self._button.setToolTip(self.tr("Download, check and unpack it into the data folder"))
            show_icon(self._button, "download")
        self._button.setAccessibleName(self._button.text())

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self._bar.setAccessibleName(self.tr("Download progress"))
        self._show()
