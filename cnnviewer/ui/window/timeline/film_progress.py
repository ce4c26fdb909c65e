"""How far the video of a run is that is being written, and a button that stops it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QWidget

from cnnviewer.ui.widgets.plain_text import tool_tip
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.translated import Translated


class FilmProgress(Translated, Styled, QWidget):
    """Hidden while no video is being written.

    Signals:
        cancelled: the video is not wanted any more.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar(self)
        self.bar.setObjectName("filmProgress")
        self.bar.setRange(0, 1000)
        self.bar.setFixedWidth(60)
        self.cancel = QToolButton(self)
        self.cancel.setObjectName("filmCancelButton")
        self.cancel.setProperty("flat", True)
        show_icon(self.cancel, "close", "muted")
        self.cancel.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.bar)
        row.addWidget(self.cancel)
        self.cancel.clicked.connect(self.cancelled)
        self.retranslate()
        self.hide()

    def set_progress(self, fraction: float | None) -> None:
        """How far it is, 0..1; None: none is being written."""
        self.setVisible(fraction is not None)
        if fraction is not None:
            self.bar.setValue(round(1000 * fraction))
            words = self.tr("Writing the video: {percent} %").format(percent=f"{100 * fraction:.0f}")
            self.bar.setToolTip(tool_tip(words))

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.bar.setAccessibleName(self.tr("Progress of the video"))
        self.cancel.setAccessibleName(self.tr("Cancel the video"))
        self.cancel.setToolTip(self.tr("Stop writing the video"))
