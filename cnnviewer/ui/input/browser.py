"""The data set's images: browse, search by class or number, only those the model misreads."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Property, QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.ui.calm import CalmCombo
from cnnviewer.ui.input.grid import IndexArray, SampleGrid
from cnnviewer.ui.input.icons import icon
from cnnviewer.ui.number_fields import WholeField
from cnnviewer.ui.theme import theme

_SPLITS = ("test", "train")


class SampleBrowser(QWidget):
    """A split as a wall of thumbnails with a filter by class, a filter for misread ones, a number and a die.

    Numbers are those of the split, from 0, as in PyTorch. The Qt property `current` is the chosen one, -1 for none.

    Signals:
        sample_selected: index into the whole split.
        split_requested: `"test"` or `"train"`.
        predictions_requested: only misread ones are wanted, and what the model reads is not known (any more).
    """

    sample_selected = Signal(int)
    split_requested = Signal(str)
    predictions_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sampleBrowser")
        self._labels: IndexArray = np.zeros(0, np.int64)
        self._predicted: IndexArray | None = None
        self._classes: tuple[str, ...] = ()
        self._title = ""
        self._busy = False
        self._only: IndexArray | None = None  # images chosen elsewhere, which alone are shown
        self._random = np.random.default_rng()
        self._build()
        self._wire()
        theme().changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()

    def _build(self) -> None:
        self.split_combo = CalmCombo(self)
        self.split_combo.setObjectName("splitCombo")
        for split in _SPLITS:
            self.split_combo.addItem("", split)
        self.class_combo = CalmCombo(self)
        self.class_combo.setObjectName("classFilterCombo")
        self.class_combo.setMaxVisibleItems(16)
        for combo in (self.split_combo, self.class_combo):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(5)
            combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.wrong_check = QCheckBox(self)
        self.wrong_check.setObjectName("onlyWrongCheck")
        self.index_spin = WholeField(self)
        self.index_spin.setObjectName("sampleIndexSpin")
        self.index_spin.setPrefix("#")
        self.index_spin.setKeyboardTracking(False)
        self.index_spin.setAcceptDrops(False)
        self.index_spin.lineEdit().setAcceptDrops(False)
        self.index_spin.setFixedWidth(86)
        self.random_button = QToolButton(self)
        self.random_button.setObjectName("randomSampleButton")
        self.random_button.setIconSize(QSize(16, 16))
        self.only_button = QPushButton(self)
        self.only_button.setObjectName("onlyTheseButton")
        self.only_button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.only_button.hide()
        self.grid = SampleGrid(self)
        self.again_button = QPushButton(self)
        self.again_button.setObjectName("findWrongAgainButton")
        self.again_button.hide()
        self.progress = QProgressBar(self)
        self.progress.setObjectName("sampleProgress")
        self.progress.setRange(0, 1000)
        self.progress.hide()
        self.status = QLabel(self)
        self.status.setObjectName("sampleStatus")
        self.status.setProperty("role", "caption")
        self.status.setWordWrap(True)
        self.status.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.status.setTextFormat(Qt.TextFormat.PlainText)

        first, second = QHBoxLayout(), QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self.split_combo, 1)
        first.addWidget(self.class_combo, 1)
        second.setSpacing(6)
        second.addWidget(self.wrong_check, 1)
        second.addWidget(self.index_spin)
        second.addWidget(self.random_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 6)
        column.setSpacing(6)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self.only_button)
        column.addWidget(self.progress)
        column.addWidget(self.grid, 1)
        column.addWidget(self.again_button)
        column.addWidget(self.status)

    def _wire(self) -> None:
        self.split_combo.activated.connect(self._on_split_chosen)
        self.class_combo.currentIndexChanged.connect(self._on_filter_changed)
        self.wrong_check.toggled.connect(self._on_wrong_toggled)
        self.index_spin.valueChanged.connect(self._on_number_entered)
        self.random_button.clicked.connect(self._on_random)
        self.again_button.clicked.connect(self.predictions_requested)
        self.only_button.clicked.connect(self._lift_filters)
        self.grid.current_changed.connect(self._on_current_changed)

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
        with QSignalBlocker(self.split_combo), QSignalBlocker(self.index_spin):
            self.split_combo.setCurrentIndex(max(self.split_combo.findData(split), 0))
            self.index_spin.setRange(0, max(len(labels) - 1, 0))
            self.index_spin.setValue(0)
        self._fill_classes(keep=False)
        with QSignalBlocker(self.wrong_check):
            self.wrong_check.setChecked(False)
        self._forget_only()
        self.grid.set_images(images, labels, classes)
        self._refresh()

    def set_predictions(self, predicted: npt.NDArray[np.int64] | None) -> None:
        """What the model reads, int64 `(N,)`; None: not known, for instance because its weights have changed."""
        if predicted is not None and predicted.shape != self._labels.shape:
            raise ValueError(f"{predicted.shape} predictions for {self._labels.shape} images")
        self._predicted = predicted
        self.grid.set_predicted(predicted)
        self._refresh()

    def show_only(self, indices: IndexArray, words: str) -> None:
        """Show exactly these images of the split, ascending, which `words` describe, until another filter is used."""
        self._lift_filters()
        self._only = indices
        self.only_button.setText(f"{words}  ✕")
        self.only_button.setAccessibleName(words)
        self.only_button.show()
        self._refresh()

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
        if not np.any(self.grid.shown() == index):
            self._lift_filters()
        self.grid.set_current(index)
        return True

    def clear_current(self) -> None:
        """None of these images is looked at any more; says nothing."""
        self.grid.clear_current()
        self._refresh_status()

    def _get_current(self) -> int:
        return self.grid.current()

    current = Property(int, _get_current)

    @property
    def split(self) -> str:
        """`"test"` or `"train"`: what is shown."""
        return str(self.split_combo.currentData())

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Data set"))
        for row, words in enumerate((self.tr("Test images"), self.tr("Training images"))):
            self.split_combo.setItemText(row, words)
        self.split_combo.setAccessibleName(self.tr("Part of the data set"))
        self.split_combo.setToolTip(self.tr("Which part of the data set is shown"))
        self.class_combo.setAccessibleName(self.tr("Class"))
        self.class_combo.setToolTip(self.tr("Show only images of this class"))
        self.wrong_check.setText(self.tr("Only wrong"))
        self.wrong_check.setAccessibleName(self.tr("Only wrong"))
        self.wrong_check.setToolTip(self.tr("Show only the images that the model reads wrongly"))
        self.index_spin.setAccessibleName(self.tr("Image number"))
        self.index_spin.setToolTip(self.tr("Go to an image by its number, counted from 0"))
        self.random_button.setAccessibleName(self.tr("Random image"))
        self.random_button.setToolTip(self.tr("Choose one of the images shown at random"))
        self.grid.setAccessibleName(self.tr("Images"))
        self.again_button.setText(self.tr("Find the wrong ones again"))
        self.again_button.setAccessibleName(self.again_button.text())
        self.again_button.setToolTip(self.tr("Let the model read all images of this part with its present weights"))
        self.progress.setAccessibleName(self.tr("Progress of reading"))
        self.only_button.setToolTip(self.tr("Show all images again"))
        self._fill_classes(keep=True)
        self._refresh()

    # -- filters ------------------------------------------------------------------------------------------------

    def _fill_classes(self, keep: bool) -> None:
        chosen = self.class_combo.currentIndex() if keep else 0
        with QSignalBlocker(self.class_combo):
            self.class_combo.clear()
            self.class_combo.addItem(self.tr("All classes"), -1)
            for label, name in enumerate(self._classes):
                self.class_combo.addItem(name, label)
            self.class_combo.setCurrentIndex(max(chosen, 0))

    def _lift_filters(self) -> None:
        with QSignalBlocker(self.class_combo), QSignalBlocker(self.wrong_check):
            self.class_combo.setCurrentIndex(0)
            self.wrong_check.setChecked(False)
        self._forget_only()
        self._refresh()

    def _forget_only(self) -> None:
        self._only = None
        self.only_button.hide()

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
        self.again_button.setVisible(unknown and not self._busy and len(self._labels) > 0)
        if unknown:
            self.grid.set_shown(np.zeros(0, np.int64), self._notice())

    def _notice(self) -> str:
        if not len(self._labels):
            return self.tr("No data set is loaded. Choose one in the panel Train.")
        if self.wrong_check.isChecked() and self._predicted is None:
            if self._busy:
                return self.tr("The model is reading all {count} images…").format(count=f"{len(self._labels):,}")
            return self.tr("The model has changed since it read these images.")
        if self.wrong_check.isChecked():
            return self.tr("The model reads every one of these images rightly.")
        return self.tr("There is no image of this class here.")

    def _refresh_status(self) -> None:
        current, total, shown = self.grid.current(), len(self._labels), len(self.grid.shown())
        words: list[str] = []
        if total and shown == total:
            words.append(self.tr("{title}: {total} images").format(title=self._title, total=f"{total:,}"))
        elif total:
            words.append(self.tr("{shown} of {total} images").format(shown=f"{shown:,}", total=f"{total:,}"))
        if current >= 0:
            words.insert(0, self.grid.describe(current))
        self.status.setText("\n".join(words))
        self.grid.setAccessibleDescription(", ".join(words))

    # -- what the person does -----------------------------------------------------------------------------------

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

    def _on_random(self) -> None:
        shown = self.grid.shown()
        if len(shown):
            self.grid.set_current(int(self._random.choice(shown)))

    def _on_current_changed(self, index: int) -> None:
        with QSignalBlocker(self.index_spin):
            self.index_spin.setValue(index)
        self._refresh_status()
        self.sample_selected.emit(index)

    def _on_theme_changed(self) -> None:
        self.random_button.setIcon(icon("random"))

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
