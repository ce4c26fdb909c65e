"""The panel in which a training is described, started and steered."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.core.data.info import DataSource, DownloadProgress
from cnnviewer.core.models.recipe import ModelInfo
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.progress import RunState, TrainProgress
from cnnviewer.ui.calm import CalmCombo
from cnnviewer.ui.download_card import DownloadCard
from cnnviewer.ui.fields import Field
from cnnviewer.ui.hyperparameters import Hyperparameters
from cnnviewer.ui.icons import icon
from cnnviewer.ui.theme import theme
from cnnviewer.ui.train_progress import TrainProgressLine

_OWN_FOLDER, _OWN_NPZ = "own-folder", "own-npz"


class TrainPanel(QWidget):
    """Model, data set, device, hyperparameters; Train, Pause, Step, Stop; how far it is.

    Signals:
        model_selected: registry key.
        dataset_selected: registry key.
        train_requested: a `TrainConfig`.
        step_requested: a `TrainConfig`: exactly one batch.
        pause_requested, resume_requested, stop_requested: of the training under way.
        learning_rate_changed, momentum_changed: by a person; they act at once while it trains.
        own_folder_requested, own_npz_requested: a person wants to choose data of their own.
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
    learning_rate_changed = Signal(float)
    momentum_changed = Signal(float)
    own_folder_requested = Signal()
    own_npz_requested = Signal()
    download_requested = Signal(str)
    download_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: RunState = "idle"
        self._config = TrainConfig()
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
        self._busy = QLabel()
        self._busy.setProperty("role", "caption")
        self._busy.setWordWrap(True)
        self._busy_bar = QProgressBar()
        self._busy_bar.setObjectName("loadingProgress")
        self._hyperparameters = Hyperparameters()
        self._train, self._pause, self._step, self._stop = (QPushButton() for _ in range(4))
        for button, name in (
            (self._train, "trainButton"),
            (self._pause, "pauseButton"),
            (self._step, "stepButton"),
            (self._stop, "stopButton"),
        ):
            button.setObjectName(name)
            button.setIconSize(QSize(16, 16))
        self._train.setProperty("primary", True)
        self.progress = TrainProgressLine()
        self._arrange()
        self._connect()
        self.set_busy(None)
        self.set_state("idle")
        self.retranslate()

    # layout

    def _arrange(self) -> None:
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(12, 10, 12, 10)
        inside.setSpacing(9)
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

        # always in sight, however short the window
        foot = QFrame()
        buttons = QGridLayout(foot)
        buttons.setContentsMargins(12, 8, 12, 12)
        buttons.setSpacing(8)
        buttons.addWidget(self._train, 0, 0, 1, 3)
        buttons.addWidget(self._pause, 1, 0)
        buttons.addWidget(self._step, 1, 1)
        buttons.addWidget(self._stop, 1, 2)
        buttons.addWidget(self.progress, 2, 0, 1, 3)
        for button in (self._pause, self._step, self._stop):
            button.setProperty("tight", True)  # three beside each other in a narrow panel
        for column in range(3):
            buttons.setColumnStretch(column, 1)

        card = QFrame()
        card.setProperty("card", True)
        stack = QVBoxLayout(card)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(scroll, 1)
        stack.addWidget(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 0, 2, 8)
        outer.addWidget(card)

    def _connect(self) -> None:
        self._model.activated.connect(self._on_model_activated)
        self._dataset.activated.connect(self._on_dataset_activated)
        self._train.clicked.connect(self._on_train_clicked)
        self._pause.clicked.connect(self._on_pause_clicked)
        self._step.clicked.connect(self._on_step_clicked)
        self._stop.clicked.connect(self.stop_requested)
        self._hyperparameters.learning_rate_changed.connect(self.learning_rate_changed)
        self._hyperparameters.momentum_changed.connect(self.momentum_changed)
        self._card.download_requested.connect(self.download_requested)
        self._card.download_cancelled.connect(self.download_cancelled)
        theme().changed.connect(self._dress)

    # what a person does

    def _on_model_activated(self) -> None:
        key = self._model.currentData()
        if key != self._config.model:
            self.model_selected.emit(key)

    def _on_dataset_activated(self) -> None:
        key = self._dataset.currentData()
        if key in (_OWN_FOLDER, _OWN_NPZ):
            # the choice is made in a dialog; until then the data set stays what it is
            self._dataset.setCurrentIndex(self._dataset.findData(self._config.dataset))
            (self.own_folder_requested if key == _OWN_FOLDER else self.own_npz_requested).emit()
        elif key != self._config.dataset:
            self._config = self.config()
            self._show_card()
            self.dataset_selected.emit(key)

    def _on_train_clicked(self) -> None:
        if self._hyperparameters.settle():
            self.train_requested.emit(self.config())

    def _on_step_clicked(self) -> None:
        if self._hyperparameters.settle():
            self.step_requested.emit(self.config())

    def _on_pause_clicked(self) -> None:
        if self._state == "paused":
            self.resume_requested.emit()
        else:
            self.pause_requested.emit()

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
            title = self.tr("{title} (download)").format(title=source.title) if missing else source.title
            self._dataset.addItem(title, source.key)
            self._dataset.setItemData(self._dataset.count() - 1, source.description, Qt.ItemDataRole.ToolTipRole)
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

    def set_config(self, config: TrainConfig) -> None:
        """Show this configuration."""
        self._config = config
        for combo, key in (
            (self._model, config.model),
            (self._dataset, config.dataset),
            (self._device, config.device),
        ):
            index = combo.findData(key)
            if index >= 0:
                combo.setCurrentIndex(index)
        self._hyperparameters.set_config(config)
        self._show_card()

    def config(self) -> TrainConfig:
        """The configuration that stands in the fields."""
        return replace(
            self._hyperparameters.applied_to(self._config),
            model=self._model.currentData() or self._config.model,
            dataset=self._dataset.currentData() or self._config.dataset,
            device=self._device.currentData() or self._config.device,
        )

    def set_state(self, state: RunState) -> None:
        """Enable exactly what is possible in this state."""
        self._state = state
        idle = state == "idle"
        self._train.setEnabled(idle)
        self._pause.setEnabled(state in ("running", "paused"))
        self._step.setEnabled(state in ("idle", "paused"))
        self._stop.setEnabled(state in ("preparing", "running", "paused"))
        for combo in (self._model, self._dataset, self._device):
            combo.setEnabled(idle)
        self._hyperparameters.set_locked(not idle)
        self.progress.set_running(state == "running")
        self._show_pause()

    def set_progress(self, progress: TrainProgress | None) -> None:
        """Show how far the training is; None before the first step."""
        self.progress.set_progress(progress)

    def set_busy(self, sentence: str | None, fraction: float | None = None) -> None:
        """Say what is being loaded, and how far it is where that is known; None: nothing."""
        self._busy.setVisible(sentence is not None)
        self._busy_bar.setVisible(sentence is not None)
        self._busy.setText(sentence or "")
        self._busy_bar.setRange(0, 0 if fraction is None else 1000)
        if fraction is not None:
            self._busy_bar.setValue(int(1000 * fraction))

    def set_field_error(self, field: str, sentence: str) -> None:
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

    def _show_pause(self) -> None:
        paused = self._state == "paused"
        self._pause.setText(self.tr("Resume") if paused else self.tr("Pause"))
        self._pause.setToolTip(
            self.tr("Go on where the training waits (Ctrl+P)")
            if paused
            else self.tr("Wait at the next step; the weights stay as they are (Ctrl+P)")
        )
        self._pause.setAccessibleName(self._pause.text())
        self._dress()

    def _dress(self) -> None:
        self._train.setIcon(icon("play", "#ffffff" if self._train.isEnabled() else "faint"))
        self._pause.setIcon(icon("play" if self._state == "paused" else "pause"))
        self._step.setIcon(icon("step"))
        self._stop.setIcon(icon("stop"))

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self._fields["model"].set_texts(self.tr("Model"), self.tr("The network to look into and to train."))
        self._fields["dataset"].set_texts(self.tr("Data set"), self.tr("The images to learn from and to look at."))
        self._fields["device"].set_texts(self.tr("Device"), self.tr("The processor that trains."))
        for button, text, tip in (
            (self._train, self.tr("Train"), self.tr("Train from new random weights, drawn from the seed (Ctrl+T)")),
            (self._step, self.tr("Step"), self.tr("Learn exactly one batch, then wait (Ctrl+.)")),
            (self._stop, self.tr("Stop"), self.tr("End here and keep the weights as they are (Ctrl+Shift+T)")),
        ):
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(text)
        self._busy_bar.setAccessibleName(self.tr("Progress of loading"))
        self._show_pause()
        if self._sources:
            self.set_sources(self._sources)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
