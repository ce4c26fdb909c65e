"""What the program is, in a few words."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from cnnviewer import __version__
from cnnviewer.ui.widgets.icons import app_icon


class About(QObject):
    """The box about the program; it stops nothing."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def show(self) -> None:
        """Show name, version and licence."""
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("About cnnviewer"))
        box.setIconPixmap(app_icon().pixmap(64, 64))
        box.setText(f"<b>cnnviewer {__version__}</b>")
        box.setInformativeText(
            self.tr(
                "Train a small convolutional network, watch it learn and look inside every layer. "
                "Free software under the MIT licence."
            )
        )
        box.finished.connect(box.deleteLater)
        box.open()
