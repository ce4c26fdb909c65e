"""What a sweep varies: lists of numbers, and what all its trainings have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from cnnviewer.core.data.info import DataSource
from cnnviewer.core.models.recipe import ModelInfo
from cnnviewer.core.runs.sweep_wish import SweepWish
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.typed_number import written
from cnnviewer.ui.calm import CalmCombo
from cnnviewer.ui.compare.texts import duration
from cnnviewer.ui.fields import Field, whole_number
from cnnviewer.ui.number_fields import settle

LISTS: Final = ("learning_rate", "momentum", "batch_size", "seed")
_NAMES: Final = {
    "learning_rate": "sweepLearningRatesEdit",
    "momentum": "sweepMomentaEdit",
    "batch_size": "sweepBatchSizesEdit",
    "seed": "sweepSeedsEdit",
}


class SweepForm(QWidget):
    """Fields, and how much they ask for.

    Attributes:
        about: says how long it takes; the page puts it where there is room.

    Signals:
        wish_changed: a `SweepWish`, whenever a field is another.
        start_requested: a `SweepWish`.
    """

    wish_changed = Signal(object)
    start_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._base = TrainConfig()
        self._count = 0
        self._seconds: float | None = None
        self._good = True
        self._model, self._dataset = CalmCombo(), CalmCombo()
        for combo, name in ((self._model, "sweepModelCombo"), (self._dataset, "sweepDatasetCombo")):
            combo.setObjectName(name)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(8)
        self._epochs = whole_number("sweepEpochsSpin", 1, 10_000)
        self._edits = {name: QLineEdit() for name in LISTS}
        for name, edit in self._edits.items():
            edit.setObjectName(_NAMES[name])
        self._fields = {
            "model": Field(self._model),
            "dataset": Field(self._dataset),
            "epochs": Field(self._epochs),
            **{name: Field(edit) for name, edit in self._edits.items()},
        }
        self._start = QPushButton()
        self._start.setObjectName("sweepStartButton")
        self._start.setProperty("primary", True)
        self.about = QLabel()
        self.about.setObjectName("sweepPlanLabel")
        self.about.setProperty("role", "caption")
        self.about.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        for column, name in enumerate(("model", "dataset", "epochs")):
            grid.addWidget(self._fields[name], 0, column)
        for column, name in enumerate(LISTS):
            grid.addWidget(self._fields[name], 1, column)
        foot = QVBoxLayout()
        foot.setSpacing(4)
        foot.addStretch(1)
        foot.addWidget(self._start)
        grid.addLayout(foot, 0, 3)
        for column in range(4):
            grid.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(grid)
        self._model.activated.connect(self._on_changed)
        self._dataset.activated.connect(self._on_changed)
        self._epochs.valueChanged.connect(self._on_changed)
        for edit in self._edits.values():
            edit.textChanged.connect(self._on_changed)
            edit.returnPressed.connect(self._on_start)
        self._start.clicked.connect(self._on_start)
        self._touched = self._training = False
        self.retranslate()

    # values in

    def set_models(self, models: tuple[ModelInfo, ...]) -> None:
        """The models that can be trained; what is chosen stays."""
        _fill(self._model, [(info.key, info.title) for info in models])

    def set_sources(self, sources: tuple[DataSource, ...]) -> None:
        """The data sets that are there; what is chosen stays."""
        _fill(self._dataset, [(source.key, source.title) for source in sources])

    def set_base(self, config: TrainConfig) -> None:
        """What the Train panel says: the value of every field that is left empty."""
        self._base = config
        for combo, key in ((self._model, config.model), (self._dataset, config.dataset)):
            if not self._touched or combo.currentIndex() < 0:
                if combo.findData(key) < 0:
                    combo.addItem(key.partition(":")[0], key)
                with QSignalBlocker(combo):
                    combo.setCurrentIndex(combo.findData(key))
        if not self._touched:
            with QSignalBlocker(self._epochs):
                self._epochs.setValue(config.epochs)
        self._show_placeholders()
        self.wish_changed.emit(self.wish)

    @property
    def wish(self) -> SweepWish:
        """What stands in the fields."""
        texts = {name: edit.text() for name, edit in self._edits.items()}
        return SweepWish(
            self._model.currentData() or "",
            self._dataset.currentData() or "",
            self._epochs.value(),
            texts["learning_rate"],
            texts["momentum"],
            texts["batch_size"],
            texts["seed"],
        )

    def set_plan(self, count: int, seconds: float | None, problems: Mapping[str, str]) -> None:
        """How many trainings that is, about how long they take, and what is wrong with which field."""
        self._count, self._seconds, self._good = count, seconds, not problems
        for name, field in self._fields.items():
            field.set_error(problems.get(name, ""))
        self._start.setEnabled(self._good and not self._training)
        self._show_plan()

    def set_training(self, training: bool) -> None:
        """While anything is trained, no sweep can be started."""
        self._training = training
        self._start.setEnabled(self._good and not training)

    # inside

    def _on_changed(self, _value: object = None) -> None:
        self._touched = True
        self.wish_changed.emit(self.wish)

    def _on_start(self) -> None:
        if settle(self._epochs) and self._start.isEnabled():
            self.start_requested.emit(self.wish)

    def _show_plan(self) -> None:
        if not self._good:
            self._start.setText(self.tr("Start the sweep"))
            self.about.setText(self.tr("Mend the field that is marked."))
        elif self._count <= 1:
            self._start.setText(self.tr("Start 1 training"))
            self.about.setText(self.tr("List two values or more in a field to vary it."))
        else:
            self._start.setText(self.tr("Start {n} trainings").format(n=f"{self._count:,}"))
            self.about.setText(
                self.tr("about {time} in all").format(time=duration(self._seconds))
                if self._seconds is not None
                else self.tr("How long it takes is known after the first epoch.")
            )
        self._start.setAccessibleName(self._start.text())

    def _show_placeholders(self) -> None:
        for name, edit in self._edits.items():
            edit.setPlaceholderText(written(getattr(self._base, name)))

    def retranslate(self) -> None:
        """All texts in the language of the moment."""
        texts = {
            "model": (self.tr("Model"), self.tr("The model that is trained again and again.")),
            "dataset": (self.tr("Data set"), self.tr("The images it is trained on.")),
            "epochs": (self.tr("Epochs"), self.tr("Passes over the training images in every training.")),
            "learning_rate": (
                self.tr("Learning rates"),
                self.tr("Rates to try, such as 0.001, 0.01, 0.1. Empty: the one of the Train panel."),
            ),
            "momentum": (
                self.tr("Momenta"),
                self.tr("Momenta to try, such as 0, 0.9. Empty: the one of the Train panel."),
            ),
            "batch_size": (
                self.tr("Batch sizes"),
                self.tr("Batch sizes to try, such as 16, 64. Empty: the one of the Train panel."),
            ),
            "seed": (
                self.tr("Seeds"),
                self.tr("Seeds to try, such as 1-3, to see how much is chance. Empty: the one of the Train panel."),
            ),
        }
        for name, (label, explanation) in texts.items():
            self._fields[name].set_texts(label, explanation)
        self._start.setToolTip(
            self.tr("Train every combination, one after the other; all else is as in the Train panel")
        )
        self._show_plan()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _fill(combo: QComboBox, items: list[tuple[str, str]]) -> None:
    """Offer these; what is chosen stays chosen."""
    with QSignalBlocker(combo):
        kept = combo.currentData()
        combo.clear()
        for key, title in items:
            combo.addItem(title, key)
        combo.setCurrentIndex(combo.findData(kept) if kept else -1)
