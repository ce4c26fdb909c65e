"""What narrows the gallery down: split, class, only wrong ones, a number, chance."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.number_fields import WholeField
from cnnviewer.ui.widgets.plain_text import PlainLabel
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.translated import Translated

_SPLITS = ("test", "train")
_ANYWHERE = Qt.AlignmentFlag(0)


class GalleryFilters(Translated, QWidget):
    """A row of fields; the gallery listens to each of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._classes: tuple[str, ...] = ()
        self.split_combo = CalmCombo(self)
        self.split_combo.setObjectName("splitCombo")
        for split in _SPLITS:
            self.split_combo.addItem("", split)
        self.class_combo = CalmCombo(self)
        self.class_combo.setObjectName("classFilterCombo")
        self.class_combo.setMaxVisibleItems(16)
        for combo in (self.split_combo, self.class_combo):
            combo.setSizeAdjustPolicy(CalmCombo.SizeAdjustPolicy.AdjustToContents)
        self.wrong_check = QCheckBox(self)
        self.wrong_check.setObjectName("onlyWrongCheck")
        self.again_button = self._push_button("findWrongAgainButton")
        self.only_button = self._push_button("onlyTheseButton")
        self._index_label = PlainLabel(self)
        self._index_label.setProperty("role", "caption")
        self.index_spin = WholeField(self)
        self.index_spin.setObjectName("sampleIndexSpin")
        self.index_spin.setPrefix("#")
        self.index_spin.setKeyboardTracking(False)
        self.index_spin.setAcceptDrops(False)
        self.index_spin.lineEdit().setAcceptDrops(False)
        self.index_spin.setMinimumWidth(86)
        self.random_button = QToolButton(self)
        self.random_button.setObjectName("randomSampleButton")
        show_icon(self.random_button, "random", "muted")
        first, second = QHBoxLayout(), QHBoxLayout()
        for part in (self.split_combo, self.class_combo, self.wrong_check, self.again_button, self.only_button):
            first.addWidget(part)
        first.addStretch(1)
        second.addWidget(self._index_label)
        second.addWidget(self.index_spin)
        second.addWidget(self.random_button)
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        for row in (first, second, self._rows):
            row.setSpacing(8)
        self._rows.addLayout(first, 1)
        self._rows.addLayout(second)
        self._second = second
        self.retranslate()

    def _push_button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        button.hide()
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Number and chance stand below the filters where there is no room beside them."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the stage may get."""
        return QSize(200, super().minimumSizeHint().height())

    def _arrange(self) -> None:
        parts: list[QWidget] = [self.split_combo, self.class_combo, self.wrong_check, self.again_button]
        parts += [self.only_button, self._index_label, self.index_spin, self.random_button]
        needed = sum(part.sizeHint().width() + 8 for part in parts if not part.isHidden())
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        direction = below if needed > self.width() else beside
        if direction != self._rows.direction():
            self._rows.setDirection(direction)
            self._rows.setAlignment(self._second, Qt.AlignmentFlag.AlignLeft if direction == below else _ANYWHERE)

    def event(self, event: QEvent) -> bool:
        """A part is wider, or shown now."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def set_split(self, split: str, count: int) -> None:
        """Show which split is shown, of how many images; says nothing."""
        with QSignalBlocker(self.split_combo), QSignalBlocker(self.index_spin):
            self.split_combo.setCurrentIndex(max(self.split_combo.findData(split), 0))
            self.index_spin.setRange(0, max(count - 1, 0))
            self.index_spin.setValue(0)

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """Offer these, all of them chosen; says nothing."""
        self._classes = classes
        self._fill_classes(0)

    def lift(self) -> None:
        """All classes, right and wrong; says nothing."""
        with QSignalBlocker(self.class_combo), QSignalBlocker(self.wrong_check):
            self.class_combo.setCurrentIndex(0)
            self.wrong_check.setChecked(False)

    def _fill_classes(self, chosen: int) -> None:
        with QSignalBlocker(self.class_combo):
            self.class_combo.clear()
            self.class_combo.addItem(self.tr("All classes"), -1)
            for label, name in enumerate(self._classes):
                self.class_combo.addItem(class_word(name), label)
            self.class_combo.setCurrentIndex(max(chosen, 0))

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        for row, words in enumerate((self.tr("Test images"), self.tr("Training images"))):
            self.split_combo.setItemText(row, words)
        self.split_combo.setAccessibleName(self.tr("Split of the data set"))
        self.split_combo.setToolTip(self.tr("Which split of the data set is shown"))
        self.class_combo.setAccessibleName(self.tr("Class"))
        self.class_combo.setToolTip(self.tr("Show only images of this class"))
        self.wrong_check.setText(self.tr("Only wrong"))
        self.wrong_check.setAccessibleName(self.tr("Only wrong"))
        self.wrong_check.setToolTip(self.tr("Show only the images whose prediction is wrong"))
        self._index_label.setText(self.tr("Image number"))
        self.index_spin.setAccessibleName(self.tr("Image number"))
        self.index_spin.setToolTip(self.tr("Go to an image by its number, counted from 0"))
        self.random_button.setAccessibleName(self.tr("Random image"))
        self.random_button.setToolTip(self.tr("Choose one of the images shown at random"))
        self.again_button.setText(self.tr("Find the wrong ones again"))
        self.again_button.setAccessibleName(self.again_button.text())
        self.again_button.setToolTip(self.tr("Predict all images of this split with the current weights"))
        self.only_button.setToolTip(self.tr("Show all images again"))
        self._fill_classes(self.class_combo.currentIndex())
