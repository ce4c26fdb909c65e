"""What a sweep varies: lists of numbers, and what all its trainings have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.data.info import DataSource
from cnnviewer.core.models.recipe import ModelInfo
from cnnviewer.core.runs.sweep.request import SweepRequest
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.typed_number import written
from cnnviewer.core.wording import Words
from cnnviewer.ui.compare.texts import duration
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.field_history import FieldHistory, LineField
from cnnviewer.ui.widgets.fields import Field, whole_number
from cnnviewer.ui.widgets.focus import enable
from cnnviewer.ui.widgets.language import translate_title
from cnnviewer.ui.widgets.number_fields import settle
from cnnviewer.ui.widgets.plain_text import PlainLabel, one_line, tool_tip
from cnnviewer.ui.widgets.translated import Translated

LISTS: Final = ("learning_rate", "momentum", "batch_size", "seed")
_NAMES: Final = {
    "learning_rate": "sweepLearningRatesEdit",
    "momentum": "sweepMomentaEdit",
    "batch_size": "sweepBatchSizesEdit",
    "seed": "sweepSeedsEdit",
}
_ACROSS: Final = 4  # fields beside one another, where they have room


class SweepForm(Translated, QWidget):
    """Fields, and how much they ask for.

    Attributes:
        about: says how long it takes; the page puts it where there is room.

    Signals:
        request_changed: a `SweepRequest`, whenever a field is another.
        start_requested: a `SweepRequest`.
    """

    request_changed = Signal(object)
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
        self._edits = {name: LineField() for name in LISTS}
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
        self.about = PlainLabel()
        self.about.setObjectName("sweepPlanLabel")
        self.about.setProperty("role", "caption")
        self.about.setWordWrap(True)
        self._grid = grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addStretch(1)
        foot.addWidget(self._start)
        self._across = 0
        self._arrange(_ACROSS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(grid)
        self._model.activated.connect(self._on_changed)
        self._epochs.valueChanged.connect(self._on_epochs_changed)
        self._dataset.activated.connect(self._on_changed)
        self._epochs.valueChanged.connect(self._on_changed)
        for edit in self._edits.values():
            edit.textChanged.connect(self._on_changed)
            edit.returnPressed.connect(self._on_start)
            edit.editingFinished.connect(self._note)
        self._start.clicked.connect(self._on_start)
        self._touched = self._epochs_typed = self._training = False
        self._history = FieldHistory(self, "sweep", self._get_request, self._go_to)
        self._sources: tuple[DataSource, ...] = ()
        self.retranslate()

    def _arrange(self, across: int) -> None:
        """Put so many fields beside one another, the button last in the first row."""
        if across == self._across:
            return
        self._across = across
        parts = [*(self._fields[name] for name in ("model", "dataset", "epochs")), self._foot]
        for place, part in enumerate((*parts, *(self._fields[name] for name in LISTS))):
            self._grid.addWidget(part, *divmod(place, across))
        for column in range(_ACROSS):
            self._grid.setColumnStretch(column, int(column < across))

    def minimumSizeHint(self) -> QSize:
        """Two fields may stand beside one another where four have no room."""
        return QSize(self._width(2), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many fields beside one another as have room."""
        super().resizeEvent(event)
        self._arrange(_ACROSS if self.width() >= self._width(_ACROSS) else 2)

    def _width(self, across: int) -> int:
        widest = max(part.minimumSizeHint().width() for part in (*self._fields.values(), self._foot))
        return across * (widest + self._grid.horizontalSpacing())

    # values in

    def set_models(self, models: tuple[ModelInfo, ...]) -> None:
        """The models that can be trained; what is chosen stays."""
        _fill(self._model, [(info.key, info.title) for info in models])

    def set_sources(self, sources: tuple[DataSource, ...]) -> None:
        """The data sets that are there; what is chosen stays."""
        self._sources = sources
        _fill(self._dataset, [(source.key, translate_title(source.title)) for source in sources])

    def set_base(self, config: TrainConfig) -> None:
        """What the Train panel says: model and data set until others are chosen here, and all other values."""
        titles = config.model_key.short, config.data_key.title
        given = zip((self._model, self._dataset), (config.model, config.dataset), titles, strict=True)
        for combo, key, title in given:
            if not self._touched or combo.currentIndex() < 0:
                if combo.findData(key) < 0:
                    combo.addItem(one_line(title), key)
                with QSignalBlocker(combo):
                    combo.setCurrentIndex(combo.findData(key))
        self.set_usual(config)
        self._history.forget()
        self.request_changed.emit(self.request)

    def set_usual(self, config: TrainConfig) -> None:
        """What a field that is left empty stands for, with the model chosen here; epochs until others are typed."""
        self._base = config
        self._show_placeholders()
        if not self._epochs_typed and self._epochs.value() != config.epochs:
            with QSignalBlocker(self._epochs):
                self._epochs.setValue(config.epochs)
            self.request_changed.emit(self.request)

    @property
    def request(self) -> SweepRequest:
        """What stands in the fields."""
        texts = {name: edit.text() for name, edit in self._edits.items()}
        return SweepRequest(
            self._model.currentData() or "",
            self._dataset.currentData() or "",
            self._epochs.value(),
            texts["learning_rate"],
            texts["momentum"],
            texts["batch_size"],
            texts["seed"],
        )

    def fill_example(self) -> None:
        """Write three learning rates into their field, for the user to look at and change."""
        edit = self._edits["learning_rate"]
        edit.setText("0.001, 0.01, 0.1")
        edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_plan(self, count: int, seconds: float | None, problems: Mapping[str, Words]) -> None:
        """How many trainings that is, about how long they take, and what is wrong with which field."""
        self._count, self._seconds, self._good = count, seconds, not problems
        for name, field in self._fields.items():
            field.set_error(problems.get(name, ""))
        self._enable_start()
        self._show_plan()

    def set_training(self, training: bool) -> None:
        """While anything is trained, no sweep can be started."""
        self._training = training
        self._enable_start()
        self._show_plan()

    # undo and redo

    def _note(self) -> None:
        self._history.note()

    def _get_request(self) -> SweepRequest:
        return self.request

    def _go_to(self, request: SweepRequest) -> None:
        for combo, key in ((self._model, request.model), (self._dataset, request.dataset)):
            combo.setCurrentIndex(combo.findData(key))
        texts = request.learning_rates, request.momenta, request.batch_sizes, request.seeds
        for edit, text in zip(self._edits.values(), texts, strict=True):
            edit.setText(text)
        self._epochs.setValue(request.epochs)
        self.request_changed.emit(self.request)

    # inside

    def _enable_start(self) -> None:
        enable(self, ((self._start, self._good and not self._training),), self._start)

    def _on_epochs_changed(self, _value: int) -> None:
        self._epochs_typed = True

    def _on_changed(self, _value: object = None) -> None:
        self._touched = True
        self.request_changed.emit(self.request)
        if not any(edit.isModified() for edit in self._edits.values()):  # what is typed is noted when it is finished
            self._history.note()

    def _on_start(self) -> None:
        if settle(self._epochs) and self._start.isEnabled():
            self.start_requested.emit(self.request)

    def _show_plan(self) -> None:
        why_not = ""
        if not self._good:
            self._start.setText(self.tr("Start the sweep"))
            why_not = self.tr("Mend the field that is marked.")
            self.about.setText(why_not)
        elif self._count <= 1:
            self._start.setText(self.tr("Start 1 training"))
            self.about.setText(self.tr("List two values or more in a field to vary it."))
        else:
            self._start.setText(counted(self.tr("Start {n:training|trainings}"), n=f"{self._count:,}"))
            self.about.setText(
                self.tr("about {time} in all").format(time=duration(self._seconds))
                if self._seconds is not None
                else self.tr("How long it takes is known after the first epoch.")
            )
        if self._training:
            why_not = self.tr("A training is under way: only one runs at a time.")
            self.about.setText(why_not)
        tip = why_not or self.tr("Train every combination, one after the other; all else is as in the Train panel")
        self._start.setToolTip(tool_tip(tip))
        self._start.setAccessibleName(self._start.text())
        self._start.setAccessibleDescription(tip)

    def _show_placeholders(self) -> None:
        for name, edit in self._edits.items():
            edit.setPlaceholderText(written(getattr(self._base, name)))

    def retranslate(self) -> None:
        """All texts in the current language."""
        for source in self._sources:
            self._dataset.setItemText(self._dataset.findData(source.key), translate_title(source.title))
        texts = {
            "model": (self.tr("Model"), self.tr("The model that is trained again and again.")),
            "dataset": (self.tr("Data set"), self.tr("The images it is trained on.")),
            "epochs": (self.tr("Epochs"), self.tr("Passes over the training images in every training.")),
            "learning_rate": (
                self.tr("Learning rates"),
                self.tr("Rates to try, such as 0.001, 0.01, 0.1. Empty: the one of the Train panel."),
            ),
            "momentum": (
                self.tr("Momentum values"),
                self.tr("Momentum values to try, such as 0, 0.9. Empty: the one of the Train panel."),
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
        self._show_plan()


def _fill(combo: QComboBox, items: list[tuple[str, str]]) -> None:
    """Offer these; what is chosen stays chosen."""
    with QSignalBlocker(combo):
        kept = combo.currentData()
        combo.clear()
        for key, title in items:
            combo.addItem(title, key)
        combo.setCurrentIndex(combo.findData(kept) if kept else -1)
