"""How far work is, and a button that gives it up."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from cnnviewer.core.wording import Words
from cnnviewer.ui.widgets.language import worded
from cnnviewer.ui.widgets.plain_text import ElidedLabel
from cnnviewer.ui.widgets.translated import Translated

_SPACE: Final = 6  # pixels


class CancellableProgress(Translated, QWidget):
    """A line that keeps its place, so that nothing moves; empty while nothing is under way.

    Signals:
        cancelled: what is under way is not wanted any more.
    """

    cancelled = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` begins the object names of the bar and of the button, as in `mapsProgress` and `mapsCancelButton`."""
        super().__init__(parent)
        self.words = ElidedLabel(self)
        self.words.setProperty("role", "caption")
        self.words.setMinimumWidth(0)  # they take what is left
        self.bar = QProgressBar(self)
        self.bar.setObjectName(f"{name}Progress")
        self.bar.setRange(0, 1000)
        self.bar.setFixedWidth(90)
        self.bar.setTextVisible(False)
        self.cancel_button = QPushButton(self)
        self.cancel_button.setObjectName(f"{name}CancelButton")
        self.cancel_button.setProperty("textual", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_SPACE)
        row.addWidget(self.words, 1)
        row.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.cancel_button)
        row.addStrut(self.cancel_button.sizeHint().height())
        self.cancel_button.clicked.connect(self.cancelled)
        self._said: Words = ""
        self.retranslate()
        self.set_progress(None)

    def set_progress(self, fraction: float | None, words: Words = "") -> None:
        """How far it is, 0..1, and what it is; None: nothing is under way, and `words` stand alone."""
        for widget in (self.bar, self.cancel_button):
            widget.setVisible(fraction is not None)
        if fraction is not None:
            self.bar.setValue(round(1000 * fraction))
        self._said = words
        self.words.show_text(worded(words))

    def minimumSizeHint(self) -> QSize:
        """The bar and the button have their place while nothing is under way, too."""
        width = self.bar.minimumWidth() + self.cancel_button.sizeHint().width() + 2 * _SPACE
        return QSize(width, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Likewise: the words take what is left."""
        return QSize(self.minimumSizeHint().width(), super().sizeHint().height())

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.bar.setAccessibleName(self.tr("Progress of the computation"))
        self.words.show_text(worded(self._said))
        self.cancel_button.setText(self.tr("Cancel"))
        self.cancel_button.setAccessibleName(self.tr("Cancel the computation"))
