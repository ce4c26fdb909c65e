"""The panel in which a training is described, started and steered."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.core.data.info import DataSource, DownloadProgress
from cnnviewer.core.models.recipe import ModelInfo
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.progress import RunState, TrainProgress
from cnnviewer.core.training.steering import Situation, Steering, steer
from cnnviewer.core.wording import Words
from cnnviewer.ui.train.buttons import TrainButtons
from cnnviewer.ui.train.download_card import DownloadCard
from cnnviewer.ui.train.hyperparameters import HyperparameterForm
from cnnviewer.ui.train.progress import TrainProgressCard
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.field_history import FieldHistory
from cnnviewer.ui.widgets.fields import Field
from cnnviewer.ui.widgets.language import translate_title, worded
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.translated import Translated

_OWN_FOLDER, _OWN_NPZ = "own-folder", "own-npz"
_BAR_ROOM = 10  # pixels at the right of the fields for a scroll bar, so that nothing moves when there is one


class TrainPanel(Translated, QWidget):
    """Model, data set, device, hyperparameters; Train, Pause, Step, Stop; how far it is.

    Signals:
        model_selected: registry key.
        dataset_selected: registry key.
        train_requested: a `TrainConfig`.
        step_requested: a `TrainConfig`: exactly one batch, of the run shown or of a new one, as the button says.
        pause_requested, resume_requested, stop_requested: of the training under way.
        continue_requested, branch_requested, back_requested: of the run shown, or that was left.
        config_changed: something in the fields is another.
        learning_rate_changed, momentum_changed: by the user; they act at once while it trains.
        own_folder_requested, own_npz_requested: the user wants to choose data of their own.
        download_requested: key of a missing data set.
        download_cancelled: the download shall end.
    """

    model_selected = Signal(str)
    dataset_selected = Signal(str)
    train_requested = Signal(object)
    step_requested = Signal(object)
    pause_requested = Signal()
    resume_requested = Signal()
    stop_requested = Signal()
    continue_requested = Signal()
    branch_requested = Signal()
    back_requested = Signal()
    config_changed = Signal()
    learning_rate_changed = Signal(float)
    momentum_changed = Signal(float)
    own_folder_requested = Signal()
    own_npz_requested = Signal()
    download_requested = Signal(str)
    download_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._config = TrainConfig()
        self._locked = False
        self._sources: tuple[DataSource, ...] = ()
        self._model, self._dataset, self._device = CalmCombo(), CalmCombo(), CalmCombo()
        for combo, name in (
            (self._model, "modelCombo"),
            (self._dataset, "datasetCombo"),
            (self._device, "deviceCombo"),
        ):
            combo.setObjectName(name)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(8)
        self._fields = {
            "model": Field(self._model),
            "dataset": Field(self._dataset),
            "device": Field(self._device),
        }
        self._card = DownloadCard()
        self._offer: DataSource | None = None
        self._busy_words: Words = ""
        self._busy = PlainLabel()
        self._busy.setProperty("role", "caption")
        self._busy.setWordWrap(True)
        self._busy_bar = QProgressBar()
        self._busy_bar.setObjectName("loadingProgress")
        self._hyperparameters = HyperparameterForm()
        self.buttons = TrainButtons()
        self.progress = TrainProgressCard()
        self._history = FieldHistory(self, "settings", self.config, self._go_to)
        self._arrange()
        self._connect()
        self.set_busy(None)
        self.set_state("idle")
        self.retranslate()

    # layout

    def _arrange(self) -> None:
        content = self._content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, _BAR_ROOM, 0)
        inside.setSpacing(10)
        for widget in (self._fields["model"], self._fields["dataset"], self._card, self._busy, self._busy_bar):
            inside.addWidget(widget)
        inside.addWidget(self._fields["device"])
        inside.addWidget(self._hyperparameters)
        inside.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        content.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(scroll, 1)
        for foot in (self.progress, self.buttons):  # always in sight, however short the window
            inset = QHBoxLayout()
            inset.setContentsMargins(0, 0, _BAR_ROOM, 0)
            inset.addWidget(foot)
            column.addLayout(inset)

    @property
    def least_width(self) -> int:
        """Pixels across that its fields and buttons take at least."""
        return max(self._content.minimumSizeHint().width(), self.minimumSizeHint().width())

    def _connect(self) -> None:
        self._model.activated.connect(self._on_model_activated)
        self._dataset.activated.connect(self._on_dataset_activated)
        buttons = self.buttons
        buttons.train_requested.connect(self._on_train_clicked)
        buttons.step_requested.connect(self._on_step_clicked)
        for pressed, answer in (
            (buttons.pause_requested, self.pause_requested),
            (buttons.resume_requested, self.resume_requested),
            (buttons.stop_requested, self.stop_requested),
            (buttons.continue_requested, self._on_continue_clicked),
            (buttons.branch_requested, self.branch_requested),
            (buttons.back_requested, self.back_requested),
        ):
            pressed.connect(answer)
        self._hyperparameters.edited.connect(self._on_edited)
        self._device.activated.connect(self._on_edited)
        self._hyperparameters.learning_rate_changed.connect(self.learning_rate_changed)
        self._hyperparameters.momentum_changed.connect(self.momentum_changed)
        self._card.download_requested.connect(self.download_requested)
        self._card.download_cancelled.connect(self.download_cancelled)

    # what the user does

    def _on_edited(self) -> None:
        """What was wrong with the settings need not be any more; Train says so if it is."""
        for name in self._hyperparameters.fields:
            self._hyperparameters.show_error(name, "")
        self._fields["device"].set_error("")
        self._history.note()
        self.config_changed.emit()

    def _on_model_activated(self) -> None:
        key = self._model.currentData()
        if key != self._config.model or self._refused:
            self.model_selected.emit(key)

    def _on_dataset_activated(self) -> None:
        key = self._dataset.currentData()
        if key in (_OWN_FOLDER, _OWN_NPZ):
            # the choice is made in a dialog; until then the data set stays what it is
            self._dataset.setCurrentIndex(self._dataset.findData(self._config.dataset))
            (self.own_folder_requested if key == _OWN_FOLDER else self.own_npz_requested).emit()
        elif key != self._config.dataset or self._refused or self.config().data_key.is_own:  # a folder may have grown
            self._config = self.config()
            self._history.note()
            self._show_card()
            self.config_changed.emit()
            self.dataset_selected.emit(key)

    def _on_train_clicked(self) -> None:
        if self._hyperparameters.settle():
            self._hyperparameters.clear_marks()
            self.train_requested.emit(self.config())

    def _on_step_clicked(self) -> None:
        if self._hyperparameters.settle():
            self._hyperparameters.clear_marks()
            self.step_requested.emit(self.config())

    def _on_continue_clicked(self) -> None:
        if self._hyperparameters.settle():
            self.continue_requested.emit()

    @property
    def _refused(self) -> bool:
        """Whether choosing the same once more is to try it once more."""
        return any(self._fields[name].error for name in ("model", "dataset"))

    def _go_to(self, there: TrainConfig) -> None:
        """Undo or redo a change; another model or data set is chosen again."""
        if there.model != self.config().model:
            self.model_selected.emit(there.model)
        if there.dataset != self.config().dataset:
            self._dataset.setCurrentIndex(self._dataset.findData(there.dataset))
            self._config = self.config()
            self._show_card()
            self.dataset_selected.emit(there.dataset)
        self._device.setCurrentIndex(self._device.findData(there.device))
        self._hyperparameters.go_to(there)
        self.config_changed.emit()

    # what is shown

    def set_models(self, models: tuple[ModelInfo, ...]) -> None:
        """Offer these models."""
        self._model.clear()
        for info in models:
            self._model.addItem(info.title, info.key)

    def set_sources(self, sources: tuple[DataSource, ...]) -> None:
        """Offer these data sets; those that are missing say so."""
        self._sources = sources
        self._dataset.clear()
        for source in sources:
            missing = source.availability == "missing"
            title = translate_title(source.title)
            title = self.tr("{title} (download)").format(title=title) if missing else title
            self._dataset.addItem(title, source.key)
            self._dataset.setItemData(
                self._dataset.count() - 1, tool_tip(source.description), Qt.ItemDataRole.ToolTipRole
            )
        self._dataset.insertSeparator(self._dataset.count())
        self._dataset.addItem(self.tr("A folder of your own…"), _OWN_FOLDER)
        self._dataset.addItem(self.tr("An .npz file of your own…"), _OWN_NPZ)
        self._dataset.setCurrentIndex(self._dataset.findData(self._config.dataset))
        self._show_card()

    def set_devices(self, devices: tuple[tuple[str, str], ...]) -> None:
        """Offer these devices: `(key, title)`."""
        self._device.clear()
        for key, title in devices:
            self._device.addItem(title, key)

    def set_config(self, config: TrainConfig, changed_for: str = "") -> None:
        """Show this configuration; `changed_for`: title of the model whose usual values it has, to mark changes."""
        self._config = config
        for combo, key in (
            (self._model, config.model),
            (self._dataset, config.dataset),
            (self._device, config.device),
        ):
            index = combo.findData(key)
            if index >= 0:
                combo.setCurrentIndex(index)
        self._hyperparameters.set_config(config, changed_for)
        if changed_for:
            self._history.note()
        else:  # a run's, or those of the program: nobody changed the ones before
            self._history.forget()
        self._show_card()
        self.config_changed.emit()

    def config(self) -> TrainConfig:
        """The configuration that stands in the fields; frozen layers belong to the run that was shown."""
        return replace(
            self._hyperparameters.applied_to(self._config),
            freeze="",
            model=self._model.currentData() or self._config.model,
            dataset=self._dataset.currentData() or self._config.dataset,
            device=self._device.currentData() or self._config.device,
        )

    def set_steering(self, steering: Steering) -> None:
        """Say on each button what it does now; lock what must not change while a training is under way."""
        idle = steering.state == "idle"
        for combo in (self._model, self._dataset, self._device):
            combo.setEnabled(idle)
        self._hyperparameters.set_locked(not idle)
        if idle == self._locked:
            self._locked = not idle
            self._history.forget()  # they are those of a training by now
        self.progress.set_running(steering.state == "running")
        self.buttons.set_steering(steering)

    def set_state(self, state: RunState) -> None:
        """Show the panel in this state, without a run."""
        self.set_steering(steer(Situation(state)))

    def set_progress(self, progress: TrainProgress | None) -> None:
        """Show how far the training is; None before the first step."""
        self.progress.set_progress(progress)

    def set_busy(self, sentence: Words | None, fraction: float | None = None) -> None:
        """Say what is being loaded, and how far it is where that is known; None: nothing."""
        self._busy.setVisible(sentence is not None)
        self._busy_bar.setVisible(sentence is not None)
        self._busy_words = sentence or ""
        self._busy.setText(worded(self._busy_words))
        self._busy_bar.setRange(0, 0 if fraction is None else 1000)
        if fraction is not None:
            self._busy_bar.setValue(int(1000 * fraction))

    def set_field_error(self, field: str, sentence: Words) -> None:
        """Say beside a field (a `TrainConfig` attribute) why its value cannot work."""
        if field in self._fields:
            self._fields[field].set_error(sentence)
        else:
            self._hyperparameters.show_error(field, sentence)

    def clear_field_errors(self) -> None:
        """No field is wrong."""
        for field in self._fields.values():
            field.set_error("")
        for name in self._hyperparameters.fields:
            self._hyperparameters.show_error(name, "")

    def set_download(self, progress: DownloadProgress | None) -> None:
        """Show how far a download is; None: none is under way."""
        self._card.set_progress(progress)
        self._show_card()

    def set_offer(self, source: DataSource | None) -> None:
        """Offer weights that were trained for the model shown; None: there are none, or it has some."""
        self._offer = source
        self._show_card()

    def _show_card(self) -> None:
        chosen = next((source for source in self._sources if source.key == self._config.dataset), None)
        missing = chosen is not None and chosen.availability == "missing"
        self._card.set_source(chosen if missing else self._offer)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self._fields["model"].set_texts(self.tr("Model"), self.tr("The network to look into and to train."))
        self._fields["dataset"].set_texts(self.tr("Data set"), self.tr("The images to learn from and to look at."))
        self._fields["device"].set_texts(self.tr("Device"), self.tr("The processor that trains."))
        self._busy.setText(worded(self._busy_words))
        self._busy_bar.setAccessibleName(self.tr("Progress of loading"))
        if self._sources:
            self.set_sources(self._sources)
