"""The workspace Evaluate: a row of pages about what the weights shown predict for the test images."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.core.evaluation.effect import Effect
from cnnviewer.core.models.recipe import Normalisation
from cnnviewer.ui.evaluate.errors_page import ErrorsPage
from cnnviewer.ui.evaluate.muted_bar import MutedBar
from cnnviewer.ui.widgets.image_wall import Pixels
from cnnviewer.ui.widgets.lazy_pages import LazyPages
from cnnviewer.ui.widgets.segmented import Segmented
from cnnviewer.ui.widgets.translated import Translated


class EvaluateWorkspace(Translated, QWidget):
    """The pages `errors`, which is built at once, and those that others offer, built when they are first opened.

    Attributes:
        errors: the confusion matrix and the images behind its cells.
        muted: what the muted channels do to the predictions.
        parts: which page is shown.
        pages: the pages.

    Signals:
        seen_changed: whether the user can see it: the table is computed only then.
        all_requested: every test image shall be predicted, however long that takes.
        cell_chosen: row and column of the cell that is chosen now; `(-1, -1)`: none is.
        image_chosen: index of the test image that shall be inspected.
        back_requested: what was inspected before shall be inspected again.
    """

    seen_changed = Signal(bool)
    all_requested = Signal()
    cell_chosen = Signal(int, int)
    image_chosen = Signal(int)
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evaluateWorkspace")
        self.errors = ErrorsPage()
        self.pages = LazyPages(self)
        self.pages.add("errors", self.errors)
        self.parts = Segmented(self)
        self.parts.setObjectName("evaluateParts")
        self.parts.add("errors", name="evaluateErrorsTab")
        top = QHBoxLayout()
        top.setContentsMargins(14, 0, 14, 0)
        top.addWidget(self.parts)
        self.muted = MutedBar()
        top.addWidget(self.muted, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.pages, 1)
        self.parts.chosen.connect(self.pages.open)
        for name in ("all_requested", "cell_chosen", "image_chosen", "back_requested"):
            getattr(self.errors, name).connect(getattr(self, name))
        self.retranslate()

    # pages

    def offer(self, name: str, build: Callable[[], QWidget]) -> None:
        """Add a page, `classes` or `calibration`, that `build` makes when it is first shown."""
        self.pages.offer(name, build)
        self.parts.add(name, name=f"evaluate{name.capitalize()}Tab")
        self.retranslate()

    def open(self, name: str) -> None:
        """Show a page; ValueError for one that is not offered."""
        self.pages.open(name)
        self.parts.set_current(name)

    # values in

    def set_confusion(self, table: Confusion | None) -> None:
        """Show this table; None: there is none yet."""
        self.errors.set_confusion(table)

    def set_effect(self, effect: Effect | None, muted: int = 0) -> None:
        """So many channels are muted in the table, with this effect; None: it is not known yet."""
        self.muted.set_effect(effect, muted)

    def set_error(self, sentence: str) -> None:
        """Say why there is no table."""
        self.errors.set_error(sentence)

    def set_images(self, images: Pixels) -> None:
        """The test images, uint8 `(N, C, H, W)`."""
        self.errors.set_images(images)

    def set_inspected(self, index: int, before: str) -> None:
        """Which test image is inspected, -1 for none; where what was inspected before came from, to go back to it."""
        self.errors.set_inspected(index, before)

    def clear_cell(self) -> None:
        """Let the chosen cell go: all wrong images are listed again."""
        self.errors.clear_cell()

    def set_normalisation(self, used: Normalisation, note: str = "") -> None:
        """Say how the images are normalised before the model predicts them, and what else holds for the table."""
        self.errors.set_normalisation(used, note)

    def set_progress(self, fraction: float | None) -> None:
        """How far predicting every test image is; None: nothing is being predicted."""
        self.errors.set_progress(fraction)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Evaluate"))
        texts = {
            "errors": (self.tr("Errors"), self.tr("Which class is taken for which, and the images behind each number")),
            "classes": (
                self.tr("Classes"),
                self.tr("Precision, recall and F1 of each class, and the largest confusions"),
            ),
            "calibration": (
                self.tr("Calibration"),
                self.tr("Whether probabilities can be believed, and which images look like none of the classes"),
            ),
        }
        self.parts.set_texts({name: texts[name] for name in self.pages.names})
        self.parts.setVisible(len(self.pages.names) > 1)
        self.parts.setAccessibleName(self.tr("Pages of Evaluate"))

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        """It is in front."""
        super().showEvent(event)
        self.seen_changed.emit(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """It is no longer."""
        super().hideEvent(event)
        self.seen_changed.emit(False)
