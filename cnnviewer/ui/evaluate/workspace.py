"""The workspace Evaluate: a row of pages about what the weights shown predict for the test images."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.core.evaluation.effect import Effect
from cnnviewer.core.wording import Words
from cnnviewer.ui.evaluate.errors_page import ErrorsPage
from cnnviewer.ui.evaluate.muted_bar import MutedBar
from cnnviewer.ui.widgets.lazy_pages import LazyPages
from cnnviewer.ui.widgets.seen import TellsWhenSeen
from cnnviewer.ui.widgets.segmented import Segmented
from cnnviewer.ui.widgets.translated import Translated

if TYPE_CHECKING:
    from cnnviewer.ui.evaluate.classes_page import ClassesPage


class EvaluateWorkspace(Translated, TellsWhenSeen, QWidget):
    """The pages `errors`, which is built at once, and those that others offer, built when they are first opened.

    Attributes:
        errors: the confusion matrix and the images behind its cells.
        muted: what the muted channels do to the predictions.
        parts: which page is shown.
        pages: the pages.

    Signals:
        seen_changed: whether the user can see it: the table is computed only then.
        reference_requested: with what the table shall be compared, see `CompareButton`.
        references_opened: what it can be compared with is about to be looked at.
        choice_requested: other weights or another data set shall be chosen.
    """

    seen_changed = Signal(bool)
    reference_requested = Signal(str)
    references_opened = Signal()
    choice_requested = Signal()

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
        self.muted.difference_requested.connect(self.compare_unmuted)
        top.addWidget(self.muted, 1)
        top.addItem(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding))  # the tabs stay at the left without it
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.pages, 1)
        self.parts.chosen.connect(self.pages.open)
        self.errors.reference_requested.connect(self.reference_requested)
        self.errors.references_opened.connect(self.references_opened)
        self.errors.choice_requested.connect(self.choice_requested)
        self._classes: ClassesPage | None = None
        self._fraction: float | None = None
        self.offer("classes", self._build_classes)

    # pages

    def _build_classes(self) -> QWidget:
        from cnnviewer.ui.evaluate.classes_page import ClassesPage  # a launch need not wait for it

        self._classes = ClassesPage()
        self._classes.cell_requested.connect(self._on_cell_requested)
        self._classes.compare.requested.connect(self.reference_requested)
        self._classes.compare.opened.connect(self.references_opened)
        self._classes.cancel_requested.connect(self.errors.cancel_requested)
        self._classes.choice_requested.connect(self.choice_requested)
        self._classes.set_progress(self._fraction)
        self._show_classes()
        return self._classes

    def _show_classes(self) -> None:
        if self._classes is not None:
            self._classes.set_confusion(self.errors.table, self.errors.comparison, self.errors.error)

    @property
    def classes_page(self) -> ClassesPage:
        """The page Classes; it is opened for that."""
        if self._classes is None:
            self.open("classes")
        assert self._classes is not None
        return self._classes

    def _on_cell_requested(self, row: int, col: int) -> None:
        self.open("errors")
        self.errors.show_cell(row, col)

    def offer(self, name: str, build: Callable[[], QWidget]) -> None:
        """Add a page, `classes` or `calibration`, that `build` makes when it is first shown."""
        self.pages.offer(name, build)
        self.parts.add(name, name=f"evaluate{name.capitalize()}Tab")
        self.retranslate()

    def open(self, name: str) -> None:
        """Show a page; ValueError for one that is not offered."""
        self.pages.open(name)
        self.parts.set_current(name)

    def compare_unmuted(self, page: str) -> None:
        """Show a page that compares the table with that without the muted channels, as a click does."""
        self.open(page)
        self.reference_requested.emit("unmuted")

    # values in

    def set_confusion(self, table: Confusion | None) -> None:
        """Show this table; None: there is none yet."""
        self.errors.set_confusion(table)
        self._show_classes()

    def set_effect(self, effect: Effect | None, muted: int = 0) -> None:
        """So many channels are muted in the table, with this effect; None: it is not known yet."""
        self.muted.set_effect(effect, muted)

    def set_progress(self, fraction: float | None) -> None:
        """How far predicting every test image is; None: nothing is being predicted."""
        self._fraction = fraction
        self.errors.set_progress(fraction)
        if self._classes is not None:
            self._classes.set_progress(fraction)

    def set_error(self, sentence: Words) -> None:
        """Say why there is no table."""
        self.errors.set_error(sentence)
        self._show_classes()

    def set_reference(self, before: Confusion | None, words: str = "") -> None:
        """Compare with these predictions of the same images, which `words` name; None: with nothing."""
        self.errors.set_reference(before, words)
        self._show_classes()

    def set_reference_choices(self, steps: tuple[tuple[str, int], ...], runs: tuple[tuple[str, str], ...]) -> None:
        """With what the table can be compared, see `CompareButton.set_choices`."""
        self.errors.set_reference_choices(steps, runs)
        if self._classes is not None:
            self._classes.compare.set_choices(steps, runs)

    def set_reference_progress(self, fraction: float | None) -> None:
        """How far predicting with the other weights is; None: it is done."""
        self.errors.set_reference_progress(fraction)
        self._show_classes()

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
