"""The gallery over the stage: the data set's images, by class or number, only those predicted wrongly."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Property, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.wording import Words
from cnnviewer.ui.widgets.image_wall import Indices
from cnnviewer.ui.widgets.language import translate_title, worded
from cnnviewer.ui.widgets.plain_text import ElidedLabel, PlainLabel, caption
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.window.input.filters import GalleryFilters
from cnnviewer.ui.window.input.grid import SampleGrid


class SampleBrowser(Translated, QWidget):
    """A split as a wall of thumbnails with a filter by class, a filter for wrong ones, a number and a die.

    A click or Enter chooses an image and closes the gallery; Esc or the button closes it without a choice.

    Numbers are those of the split, from 0, as in PyTorch. The Qt property `current` is the chosen one, -1 for none.

    Signals:
        sample_selected: index into the whole split.
        split_requested: `"test"` or `"train"`.
        predictions_requested: only wrong ones are wanted, and what the model predicts is not known (any more).
        changed: another image is current, others are shown, or others can be.
        closed: the gallery is to be closed.
    """

    sample_selected = Signal(int)
    split_requested = Signal(str)
    predictions_requested = Signal()
    changed = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sampleBrowser")
        self._labels: Indices = np.zeros(0, np.int64)
        self._predicted: Indices | None = None
        self._images: npt.NDArray[np.uint8] = np.zeros((0, 1, 1, 1), np.uint8)
        self._classes: tuple[str, ...] = ()
        self._title = ""
        self._busy = False
        self.last = -1  # the image chosen last, also when another place's image is looked at now
        self._only: Indices | None = None  # images chosen elsewhere, which alone are shown
        self._only_words: Words = ""
        self._random = np.random.default_rng()
        self._build()
        self._wire()
        self.retranslate()

    def _build(self) -> None:
        filters = self._filters = GalleryFilters(self)
        self.class_combo, self.wrong_check = filters.class_combo, filters.wrong_check
        self.loading = False
        self.grid = SampleGrid(self)
        self.close_button = QPushButton(self)
        self.close_button.setObjectName("galleryCloseButton")
        self.title = ElidedLabel(self)
        self.title.setProperty("role", "title")
        self.progress = QProgressBar(self)
        self.progress.setObjectName("sampleProgress")
        self.progress.setRange(0, 1000)
        self.progress.hide()
        self.status = PlainLabel(self)
        self.status.setObjectName("sampleStatus")
        self.status.setProperty("role", "caption")
        self.status.setWordWrap(True)
        self.status.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 10)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(filters)
        column.addWidget(self.progress)
        column.addWidget(self.grid, 1)
        column.addWidget(self.status)

    def _wire(self) -> None:
        filters = self._filters
        filters.split_combo.activated.connect(self._on_split_chosen)
        filters.class_combo.currentIndexChanged.connect(self._on_filter_changed)
        filters.wrong_check.toggled.connect(self._on_wrong_toggled)
        filters.index_spin.valueChanged.connect(self._on_number_entered)
        filters.random_button.clicked.connect(self.choose_random)
        filters.again_button.clicked.connect(self.predictions_requested)
        filters.only_button.clicked.connect(self._lift_filters)
        self.grid.current_changed.connect(self._on_current_changed)
        self.close_button.clicked.connect(self.closed)
        self.grid.picked.connect(self.closed)

    # -- what others ask and tell -------------------------------------------------------------------------------

    def set_samples(
        self,
        images: npt.NDArray[np.uint8],
        labels: npt.NDArray[np.int64],
        classes: tuple[str, ...],
        split: str,
        title: str,
    ) -> None:
        """Show a split: images uint8 `(N, C, H, W)`, labels int64 `(N,)`. What the model reads is not known."""
        self._labels, self._predicted, self._classes, self._title = labels, None, classes, title
        self.last = -1
        self._filters.set_split(split, len(labels))
        self._filters.set_classes(classes)
        self._filters.lift()
        self._forget_only()
        self._images = images
        self.grid.set_images(images, labels, classes)
        self._refresh()

    def set_loading(self, loading: bool) -> None:
        """Whether a data set is being loaded, and none is there meanwhile."""
        self.loading = loading
        self._refresh()

    def set_predictions(self, predicted: npt.NDArray[np.int64] | None) -> None:
        """What the model reads, int64 `(N,)`; None: not known, for instance because its weights have changed."""
        if predicted is not None and predicted.shape != self._labels.shape:
            raise ValueError(f"{predicted.shape} predictions for {self._labels.shape} images")
        self._predicted = predicted
        self.grid.set_predicted(predicted)
        self._refresh()

    def show_only(self, indices: Indices, words: Words) -> None:
        """Show exactly these images of the split, ascending, which `words` describe, until another filter is used."""
        self._lift_filters()
        self._only, self._only_words = indices, words
        self._name_only()
        self._filters.only_button.show()
        self._refresh()

    def _name_only(self) -> None:
        words = worded(self._only_words)
        self._filters.only_button.setText(caption(f"{words}  ✕"))
        self._filters.only_button.setAccessibleName(words)

    def set_busy(self, fraction: float | None) -> None:
        """How far the model is in reading the split, 0..1; None: it is not reading."""
        self._busy = fraction is not None
        self.progress.setVisible(self._busy)
        if fraction is not None:
            self.progress.setValue(round(fraction * 1000))
        self._refresh_again()

    def select(self, index: int) -> bool:
        """Choose an image of the split as a click does; a filter that hides it is lifted. False beyond the split."""
        if not 0 <= index < len(self._labels):
            return False
        if not np.any(self.grid.shown == index):
            self._lift_filters()
        self.grid.set_current(index)
        return True

    def clear_current(self) -> None:
        """None of these images is looked at any more; says nothing."""
        self.grid.clear_current()
        self._refresh_status()

    def step(self, by: int) -> None:
        """Choose the image so many places on among those shown; the one chosen last where none is looked at."""
        shown, current = self.grid.shown, self.grid.current()
        if not len(shown):
            return
        if current < 0:
            self.select(max(self.last, 0))
            return
        near = int(np.searchsorted(shown, current)) if by < 0 else int(np.searchsorted(shown, current, "right")) - 1
        self.select(int(shown[min(max(near + by, 0), len(shown) - 1)]))

    def can_step(self, by: int) -> bool:
        """Whether there is an image before (`by` -1) or behind (1) the current one among those shown."""
        shown, current = self.grid.shown, self.grid.current()
        return len(shown) > 0 and (current < 0 or (shown[0] < current if by < 0 else shown[-1] > current))

    def pixels(self, index: int) -> npt.NDArray[np.uint8] | None:
        """An image of the split, uint8 `(C, H, W)`; None beyond it."""
        return self._images[index] if 0 <= index < len(self._images) else None

    def describe(self, index: int) -> str:
        """Number, true class and, where known, predicted class of an image of the split."""
        return self.grid.describe(index) if 0 <= index < len(self._labels) else ""

    @property
    def choosable(self) -> str:
        """What there is to choose from: `MNIST: 10,000 images`; empty without a data set."""
        total = len(self._labels)
        if not total:
            return ""
        return counted(self.tr("{title}: {total:image|images}"), title=translate_title(self._title), total=f"{total:,}")

    @property
    def why_none(self) -> str:
        """Why there are no images, where there are none."""
        if self.loading:
            return self.tr("Loading the data set…")
        return self.tr("No data set is loaded. Choose one in Train.")

    def choose_random(self) -> None:
        """Choose one of the images shown at random."""
        shown = self.grid.shown
        if len(shown):
            self.grid.set_current(int(self._random.choice(shown)))

    def _get_current(self) -> int:
        return self.grid.current()

    current = Property(int, _get_current)

    @property
    def split(self) -> str:
        """`"test"` or `"train"`: what is shown."""
        return str(self._filters.split_combo.currentData())

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Data set"))
        self._name_only()
        self.grid.setAccessibleName(self.tr("Images"))
        self.close_button.setText(self.tr("Close"))
        self.close_button.setAccessibleName(self.tr("Close the images"))
        self.close_button.setToolTip(self.tr("Keep the image that is shown (Esc)"))
        self.progress.setAccessibleName(self.tr("Progress of the predictions"))
        self._refresh()

    # -- filters ------------------------------------------------------------------------------------------------

    def _lift_filters(self) -> None:
        self._filters.lift()
        self._forget_only()
        self._refresh()

    def _forget_only(self) -> None:
        self._only = None
        self._filters.only_button.hide()

    def _refresh(self) -> None:
        """Show what passes the filters, and say what that is."""
        if self._only is not None:
            self.grid.set_shown(self._only, "")
            self._refresh_again()
            self._refresh_status()
            return
        label = self.class_combo.currentData()
        passes = np.ones(len(self._labels), bool)
        if label is not None and label >= 0:
            passes &= self._labels == label
        if self.wrong_check.isChecked():
            passes &= False if self._predicted is None else self._predicted != self._labels
        self.grid.set_shown(np.flatnonzero(passes), self._notice())
        self._refresh_again()
        self._refresh_status()

    def _refresh_again(self) -> None:
        unknown = self.wrong_check.isChecked() and self._predicted is None
        self._filters.again_button.setVisible(unknown and not self._busy and len(self._labels) > 0)
        if unknown:
            self.grid.set_shown(np.zeros(0, np.int64), self._notice())

    def _notice(self) -> str:
        if not len(self._labels):
            return self.why_none
        if self.wrong_check.isChecked() and self._predicted is None:
            if self._busy:
                return counted(
                    self.tr("The model is predicting all {count:image|images}…"), count=f"{len(self._labels):,}"
                )
            return self.tr("The model has changed since it predicted these images.")
        if self.wrong_check.isChecked():
            return self.tr("The model predicts every one of these images correctly.")
        return self.tr("There is no image of this class here.")

    def _refresh_status(self) -> None:
        current, total, shown = self.grid.current(), len(self._labels), len(self.grid.shown)
        words: list[str] = []
        if total and shown == total:
            words.append(self.choosable)
        elif total:
            words.append(counted(self.tr("{shown} of {total:image|images}"), shown=f"{shown:,}", total=f"{total:,}"))
        if current >= 0:
            words.insert(0, self.grid.describe(current))
        self.title.show_text(translate_title(self._title) if self._title else self.tr("Images"))
        self.status.setText(" · ".join(words))
        self.grid.setAccessibleDescription(", ".join(words))
        self.changed.emit()

    # -- what the user does -----------------------------------------------------------------------------------

    def _on_split_chosen(self, _row: int) -> None:
        self.split_requested.emit(self.split)

    def _on_filter_changed(self, _row: int) -> None:
        self._forget_only()
        self._refresh()

    def _on_wrong_toggled(self, on: bool) -> None:
        self._forget_only()
        self._refresh()
        if on and self._predicted is None and len(self._labels):
            self.predictions_requested.emit()

    def _on_number_entered(self, number: int) -> None:
        if number != self.grid.current():
            self.select(number)

    def _on_current_changed(self, index: int) -> None:
        with QSignalBlocker(self._filters.index_spin):
            self._filters.index_spin.setValue(index)
        self.last = index
        self._refresh_status()
        self.sample_selected.emit(index)

    def showEvent(self, event: QShowEvent) -> None:
        """The keys go to the images, from the current one on."""
        super().showEvent(event)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
