"""The hyperparameters of a training: the course's four, and the rest in a fold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from cnnviewer.core.training.config import MOST_THREADS, TrainConfig
from cnnviewer.core.wording import Words
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.fields import Field, real_number, whole_number
from cnnviewer.ui.widgets.number_fields import RealField, WholeField, settle
from cnnviewer.ui.widgets.plain_text import caption, fitting
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.translated import Translated

_AROUND_WORDS = 32  # pixels of a button beside its words
_LIVE = ("learning_rate", "momentum")


class HyperparameterForm(Translated, QWidget):
    """Edits what a `TrainConfig` holds besides model, data and device.

    Signals:
        learning_rate_changed: by the user.
        momentum_changed: by the user.
        edited: any of the values is another.
    """

    learning_rate_changed = Signal(float)
    momentum_changed = Signal(float)
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = TrainConfig()
        self._changed_for = ""  # the model whose usual values are marked, and what stood in the fields before
        self._before: dict[str, str] = {}
        self.epochs = whole_number("epochsSpin", 1, 10_000)
        self.batch_size = whole_number("batchSizeSpin", 1, 1_000_000)
        self.learning_rate = real_number("learningRateSpin", 0.0, 1e6)
        self.momentum = real_number("momentumSpin", 0.0, 1.0, 0.05, below=True)
        self.seed = whole_number("seedSpin", 0, 2_147_483_647)
        self.weight_decay = real_number("weightDecaySpin", 0.0, 1e6)
        self.dropout = real_number("dropoutSpin", -0.05, 1.0, 0.05, below=True)
        self.validation_fraction = real_number("validationSpin", 0.0, 1.0, 0.05, below=True)
        self.threads = whole_number("threadsSpin", 0, MOST_THREADS)
        self.schedule = _choice("scheduleCombo", ("constant", "cosine"))
        self.augmentation = _choice("augmentationCombo", ("none", "flip-crop", "handwriting"))
        names = (
            "epochs batch_size learning_rate momentum seed weight_decay dropout validation_fraction threads "
            "schedule augmentation"
        )
        self.fields = {name: Field(getattr(self, name)) for name in names.split()}
        self._advanced = QWidget()
        self._fold = QToolButton()
        self._fold.setObjectName("advancedButton")
        self._fold.setProperty("link", True)
        self._fold.setCheckable(True)
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fold.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._fold.setMinimumWidth(60)
        self._fold.toggled.connect(self._on_fold_toggled)
        self._arrange()
        self.learning_rate.valueChanged.connect(self.learning_rate_changed)
        self.momentum.valueChanged.connect(self.momentum_changed)
        for name in self.fields:
            editor = getattr(self, name)
            changed = editor.currentIndexChanged if isinstance(editor, QComboBox) else editor.valueChanged
            changed.connect(self.edited)
        for folded in (self.seed, self.weight_decay, self.dropout, self.validation_fraction, self.threads):
            folded.error_changed.connect(self._on_folded_error)
        self.set_config(self._base)
        self._on_fold_toggled(False)
        self.retranslate()

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._grid(("epochs", "batch_size", "learning_rate", "momentum")))
        layout.addWidget(self._fold)
        layout.addWidget(self._advanced)
        inner = self._grid(
            ("seed", "validation_fraction", "schedule", "augmentation", "weight_decay", "dropout", "threads")
        )
        inner.setContentsMargins(0, 0, 0, 0)
        self._advanced.setLayout(inner)

    def _grid(self, names: tuple[str, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        for place, name in enumerate(names):
            grid.addWidget(self.fields[name], place // 2, place % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def set_config(self, config: TrainConfig, model: str = "") -> None:
        """Show these values; says nothing through the signals.

        With the title of the `model` that they are usual for, those that it changes are marked.
        """
        self._base = config
        before = {name: field.value_text for name, field in self.fields.items()}
        for name in self.fields:
            editor = getattr(self, name)
            editor.blockSignals(True)
            _show(editor, getattr(config, name))
            editor.blockSignals(False)
        self.clear_marks()
        self._changed_for, self._before = model, before
        for name, field in self.fields.items():
            if model and field.value_text != before[name]:
                self._mark(name)
                if self._advanced.isAncestorOf(field):
                    self._fold.setChecked(True)

    def _mark(self, name: str) -> None:
        field = self.fields[name]
        field.mark_changed(
            self.tr("changed to {model}'s {value}").format(model=self._changed_for, value=field.value_text),
            self.tr("Before: {value}. A click takes this mark away.").format(value=self._before[name]),
        )

    def go_to(self, config: TrainConfig) -> None:
        """Show the values of before or after a change of the user's: they are the user's, and act at once."""
        for name in self.fields:
            _show(getattr(self, name), getattr(config, name))
        self.clear_marks()

    def clear_marks(self) -> None:
        """The changes have been taken note of."""
        for field in self.fields.values():
            field.mark_changed("", "")

    def applied_to(self, config: TrainConfig) -> TrainConfig:
        """The configuration with what stands in the fields."""
        dropout = self.dropout.value()
        return replace(
            config,
            epochs=self.epochs.value(),
            batch_size=self.batch_size.value(),
            learning_rate=self.learning_rate.value(),
            momentum=self.momentum.value(),
            seed=self.seed.value(),
            weight_decay=self.weight_decay.value(),
            dropout=None if dropout < 0 else dropout,
            validation_fraction=self.validation_fraction.value(),
            threads=self.threads.value(),
            schedule=self.schedule.currentData(),
            augmentation=self.augmentation.currentData(),
        )

    def settle(self) -> bool:
        """Finish what is being typed; False, with the field marked, where something is no number that can be used."""
        return settle(*(getattr(self, name) for name in self.fields))

    def set_locked(self, locked: bool) -> None:
        """While a training runs, only what may change under way can be edited."""
        for name in self.fields:
            getattr(self, name).setEnabled(not locked or name in _LIVE)

    def show_error(self, name: str, sentence: Words) -> None:
        """Say it beside the field; opens the fold when the field is in there."""
        self.fields[name].set_error(sentence)
        if sentence and self._advanced.isAncestorOf(self.fields[name]):
            self._fold.setChecked(True)

    def _on_folded_error(self, sentence: str) -> None:
        if sentence:
            self._fold.setChecked(True)

    def _fit_fold(self) -> None:
        """Say what is in the fold, as far as there is room."""
        words = (self.tr("More: seed, schedule, augmentation…"), self.tr("More: seed, schedule…"), self.tr("More…"))
        room = self.width() - _AROUND_WORDS
        self._fold.setText(caption(fitting(self._fold.fontMetrics(), room, *words)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer words have room."""
        super().resizeEvent(event)
        self._fit_fold()

    def _on_fold_toggled(self, opened: bool) -> None:
        self._advanced.setVisible(opened)
        show_icon(self._fold, "chevron-down" if self._fold.isChecked() else "chevron-right", "accent")

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        texts = {
            "epochs": (self.tr("Epochs"), self.tr("How often the whole training set is gone through.")),
            "batch_size": (
                self.tr("Batch size"),
                self.tr("How many images are looked at before the weights move one step."),
            ),
            "learning_rate": (
                self.tr("Learning rate"),
                self.tr("How far the weights move against the gradient at each step. May be changed while training."),
            ),
            "momentum": (
                self.tr("Momentum"),
                self.tr("How much of the last step's direction the next one keeps. May be changed while training."),
            ),
            "seed": (
                self.tr("Seed"),
                self.tr("Where the random numbers begin: the same seed gives the same weights to the last bit."),
            ),
            "weight_decay": (
                self.tr("Weight decay"),
                self.tr("How strongly large weights are pulled towards zero at each step (L2 penalty)."),
            ),
            "dropout": (
                self.tr("Dropout"),
                self.tr("Probability that a channel is switched off while training, in place of the model's own."),
            ),
            "validation_fraction": (
                self.tr("Validation share"),
                self.tr("Part of the training images held out to validate on; 0 validates on the test images."),
            ),
            "threads": (self.tr("Threads"), self.tr("PyTorch's thread count on the CPU; 0 lets the program choose.")),
            "schedule": (
                self.tr("Schedule"),
                self.tr("How the learning rate goes over the training: constant, or down to 0 along a cosine."),
            ),
            "augmentation": (
                self.tr("Augmentation"),
                self.tr("How training images are varied: flips and crops for photos, handwriting for digits."),
            ),
        }
        for name, (label, explanation) in texts.items():
            self.fields[name].set_texts(label, explanation)
        for key, title in (("constant", self.tr("constant")), ("cosine", self.tr("cosine"))):
            self.schedule.setItemText(self.schedule.findData(key), title)
        for key, title in (
            ("none", self.tr("none")),
            ("flip-crop", self.tr("flip and crop")),
            ("handwriting", self.tr("handwriting")),
        ):
            self.augmentation.setItemText(self.augmentation.findData(key), title)
        self.dropout.set_word(self.tr("the model's"), 0.0)
        self.threads.set_word(self.tr("automatic"))
        for name, field in self.fields.items():
            if not field.changed.isHidden():
                self._mark(name)
        self._fit_fold()
        self._fold.setToolTip(self.tr("Seed, validation share, schedule, augmentation, weight decay, dropout, threads"))
        self._fold.setAccessibleName(self.tr("More options"))


def _show(editor: QComboBox | WholeField | RealField, value: Any) -> None:
    if isinstance(editor, QComboBox):
        editor.setCurrentIndex(editor.findData(value))
    elif value is None:
        editor.setValue(editor.minimum())  # type: ignore[arg-type]
    else:
        editor.setValue(value)


def _choice(name: str, keys: tuple[str, ...]) -> QComboBox:
    combo = CalmCombo()
    combo.setObjectName(name)
    for key in keys:
        combo.addItem(key, key)
    return combo
