"""Choosing a model and a data set: loading, generating, downloading, and weights that fit both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cnnviewer.core.data import registry as data_registry
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.data.info import DataInfo, DataSource, DownloadProgress
from cnnviewer.core.errors import UserError
from cnnviewer.core.models import pretrained
from cnnviewer.core.models.recipe import ModelInfo
from cnnviewer.core.models.registry import MODELS, spec
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import BUNDLED, bundled
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.presenters.choosing_work import Downloading, LargeWeights, Loading
from cnnviewer.presenters.resolve import config_for, dataset_for, fits, weights_for
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.views import TrainView
from cnnviewer.presenters.words import words
from cnnviewer.runtime.jobs import Job, Jobs, sentence_of


class ChoosingPresenter(QObject):
    """Turns the choice of a model and a data set into loaded data and weights on the screen.

    Signals:
        problem: a `UserError` to tell.
        told: a sentence of good news.
        ready: the data set chosen is loaded, or could not be; nothing is being loaded now.
    """

    problem = Signal(object)
    told = Signal(str)
    ready = Signal()

    def __init__(
        self, session: Session, panel: TrainView, jobs: Jobs, data_dir: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._panel = panel
        self._jobs = jobs
        self._data_dir = data_dir
        self._config = MODELS["lenet"].defaults
        self._own: tuple[DataSource, ...] = ()
        self._own_models: tuple[ModelInfo, ...] = ()
        self._loading: Job | None = None
        self._loading_key = ""
        self._anew = ""  # the model whose weights on the screen are of other code
        self._download: Job | None = None
        self._bundled: dict[str, ModelState | None] = {}
        panel.model_selected.connect(self._on_model_selected)
        panel.dataset_selected.connect(self._on_dataset_selected)
        panel.download_requested.connect(self._on_download_requested)
        panel.download_cancelled.connect(self._on_download_cancelled)
        session.state_changed.connect(self._on_state_changed)

    @property
    def loading(self) -> bool:
        """Whether a data set is being loaded."""
        return self._loading is not None

    def start(self, model: str, devices: tuple[tuple[str, str], ...]) -> None:
        """Fill the panel and show `model` with its bundled weights. Its data set follows, from a thread."""
        self._refresh_models()
        self._panel.set_devices(devices)
        self._refresh_sources()
        self._choose_model(model)
        self._session.launching = self.loading

    def set_data_dir(self, data_dir: Path) -> None:
        """Look for data sets in another folder from now on."""
        self._data_dir = data_dir
        self._refresh_sources()
        self._load(self._config.dataset)

    def open_own(self, key: str) -> None:
        """Choose a person's own data: `folder:/path` or `npz:/path`."""
        title = Path(key.partition(":")[2]).name
        source = DataSource(key, title, "ready")
        self._own = (*(own for own in self._own if own.key != key), source)
        self._refresh_sources()
        self._config = replace(self._panel.config(), dataset=key)
        self._panel.set_config(self._config)
        self._load(key)

    def choose(self, model: str) -> bool:
        """Choose a model of the list, as a person does in the panel; False while a training runs, which is told."""
        if self._session.training:
            self.problem.emit(UserError("Stop the training first: it is changing the model that would be replaced."))
            return False
        self._choose_model(model)
        return True

    def images_for_own(self) -> DataInfo | None:
        """What is known of the images that a person's own model would be shown with; None when they come later."""
        if self._session.data is not None:
            return self._session.data.info
        try:
            return data_registry.data_info(self._dataset_for("simplecnn"))
        except UserError:
            return None

    def use_model(self, key: str, anew: bool = False) -> None:
        """Choose a model that is not in the list: a design, or a person's own that was agreed to.

        Args:
            key: of the model.
            anew: its code has changed: the weights on the screen are not its own.

        Raises:
            UserError: there is no such model.
        """
        self._anew = key if anew else ""
        info = spec(key).info
        if all(own.key != info.key for own in self._own_models):
            count = sum(own.title.startswith(info.title) for own in self._own_models)
            self._own_models += (replace(info, title=f"{info.title} {count + 1}" if count else info.title),)
            self._refresh_models()
        self._choose_model(info.key)

    def show_weights(self, state: ModelState) -> None:
        """Show weights that were opened, whatever model they are of; the panel follows."""
        if all(info.key != state.recipe.model for info in (*self._own_models, *_listed())):
            self._own_models += (spec(state.recipe.model).info,)
            self._refresh_models()
        if state.recipe.model != self._config.model:
            self._config = config_for(state.recipe.model, self._dataset_for(state.recipe.model), self._panel.config())
            self._panel.set_config(self._config)
        self._session.set_state(state)
        if self._session.data is None or not fits(state, state.recipe.model, self._session.data.info):
            self._session.set_data(None)
            self._load(self._config.dataset, keep_weights=True)

    def take_up(self, config: TrainConfig, state: ModelState | None = None) -> None:
        """Show a run's configuration with its weights, where there are some, and load its data set; `ready` follows.

        Raises:
            UserError: its model is not known here.
        """
        if all(info.key != config.model for info in (*self._own_models, *_listed())):
            self._own_models += (spec(config.model).info,)
            self._refresh_models()
        kind, _, path = config.dataset.partition(":")
        if path and all(own.key != config.dataset for own in self._own) and kind in ("folder", "npz"):
            self._own += (DataSource(config.dataset, Path(path).name, "ready"),)
            self._refresh_sources()
        self._config = config
        self._panel.set_config(config)
        if state is not None:
            self._session.set_state(state)
        if self._session.data is not None and self._session.data.info.key != config.dataset:
            self._session.set_data(None)
        self._load(config.dataset, keep_weights=state is not None)

    def show_config(self, config: TrainConfig) -> None:
        """Show the configuration of what is being trained, of the model and data chosen already."""
        self._config = config
        self._panel.set_config(config)

    def say_busy(self, sentence: str | None) -> None:
        """Say what is being prepared; None: nothing."""
        self._panel.set_busy(sentence)

    def _on_state_changed(self, state: ModelState) -> None:
        """Offer trained weights for a model that is shown with random ones."""
        source = pretrained.source_of(state.recipe.model) if state.provenance.get("untrained") else None
        self._panel.set_offer(source)

    # model

    def _on_model_selected(self, model: str) -> None:
        if not self._session.training:
            self._choose_model(model)

    def _choose_model(self, model: str) -> None:
        self._config = config_for(model, self._dataset_for(model), self._panel.config())
        self._panel.set_config(self._config)
        state = self._bundled_of(model)
        if state is not None:
            self._session.set_state(state)
        self._load(self._config.dataset)

    def _refresh_models(self) -> None:
        self._panel.set_models((*_listed(), *self._own_models))

    def _bundled_of(self, model: str) -> ModelState | None:
        if model not in BUNDLED:
            return None
        if model not in self._bundled:
            try:
                self._bundled[model] = bundled(model)
            except UserError as error:
                self._bundled[model] = None
                self.problem.emit(error)
        return self._bundled[model]

    def _dataset_for(self, model: str) -> str:
        chosen = self._config.dataset if self._session.data is not None else None
        return dataset_for(model, data_registry.sources(self._data_dir), chosen)

    # data

    def _refresh_sources(self) -> None:
        self._panel.set_sources((*data_registry.sources(self._data_dir), *self._own))

    def _on_dataset_selected(self, key: str) -> None:
        if self._session.training:
            return
        self._config = replace(self._panel.config(), dataset=key)
        self._load(key)

    def has_data(self, key: str) -> bool:
        """Whether this data set is here, as far as can be told without reading it."""
        kind, _, path = key.partition(":")
        return Path(path).exists() if kind in ("folder", "npz") else not self._is_missing(key)

    def is_bundled(self, state: ModelState) -> bool:
        """Whether these are weights that came with the program."""
        return any(state is known for known in self._bundled.values())

    def _is_missing(self, key: str) -> bool:
        return any(
            source.key == key and source.availability == "missing" for source in data_registry.sources(self._data_dir)
        )

    def _load(self, key: str, keep_weights: bool = False) -> None:
        self._session.launching = False  # but for the first time, see `start`
        if self._loading is not None:
            self._loading.cancel()
            self._loading = None
        self._panel.clear_field_errors()
        if self._is_missing(key):
            # the panel offers the download; the weights stay on the screen
            self._panel.set_busy(None)
            self._session.set_data(None)
            self.ready.emit()
            return
        data = self._session.data
        if data is not None and data.info.key == key:
            self._panel.set_busy(None)
            self._take(data, keep_weights)
            return
        self._panel.set_busy(self.tr("Loading the data set…"))
        self._loading_key = key
        job = self._jobs.start(Loading(key, self._data_dir))
        job.progressed.connect(self._on_load_progressed)
        job.succeeded.connect(self._on_loaded)
        job.failed.connect(self._on_load_failed)
        self._loading = job
        self._keep_weights = keep_weights

    def _on_load_progressed(self, fraction: float) -> None:
        if self._loading is not None:
            self._panel.set_busy(self.tr("Loading the data set…"), fraction)

    def _on_loaded(self, data: DataSet) -> None:
        if self.sender() is not self._loading:
            return  # another data set was chosen meanwhile
        self._loading = None
        self._panel.set_busy(None)
        self._refresh_sources()
        self._take(data, self._keep_weights)
        if data.info.notes:
            self.told.emit(" ".join(words(note) for note in data.info.notes))

    def _take(self, data: DataSet, keep_weights: bool) -> None:
        model = self._config.model
        current = self._session.state if model != self._anew else None
        self._anew = ""
        if spec(model).info.resizes and not (current is not None and fits(current, model, data.info)):
            self._prepare(model, data)
            return
        try:
            if not (keep_weights and current is not None and current.recipe.model == model):
                state = weights_for(model, data.info, current, self._bundled_of(model))
                if state is not current:
                    self._session.set_state(state)
        except UserError as error:
            self._panel.set_field_error(error.field or "dataset", words(error))
            self.problem.emit(error)
        self._session.set_data(data)
        self.ready.emit()

    def _prepare(self, model: str, data: DataSet) -> None:
        """Read or draw the weights of a large model, which takes seconds, in a job; the data set waits for it."""
        self._panel.set_busy(self.tr("Preparing the weights of {model}…").format(model=spec(model).info.title))
        job = self._jobs.start(LargeWeights(model, data, self._data_dir))
        job.succeeded.connect(self._on_prepared)
        job.failed.connect(self._on_load_failed)
        self._loading = job

    def _on_prepared(self, result: tuple[ModelState, DataSet]) -> None:
        if self.sender() is not self._loading:
            return
        self._loading = None
        self._panel.set_busy(None)
        state, data = result
        self._session.set_state(state)
        self._session.set_data(data)
        self.ready.emit()

    def _on_load_failed(self, error: BaseException) -> None:
        if self.sender() is not self._loading:
            return
        self._loading = None
        self._panel.set_busy(None)
        sentence = sentence_of(error)
        self._panel.set_field_error("dataset", words(sentence))
        self._session.set_data(None)
        self.problem.emit(sentence)
        self.ready.emit()

    # download

    def _on_download_requested(self, key: str) -> None:
        if self._download is not None:
            return
        job = self._jobs.start(Downloading(key, self._data_dir))
        job.progressed.connect(self._on_download_progressed)
        job.succeeded.connect(self._on_downloaded)
        job.failed.connect(self._on_download_failed)
        job.was_cancelled.connect(self._on_download_ended)
        self._download = job

    def _on_download_cancelled(self) -> None:
        if self._download is not None:
            self._download.cancel()

    def _on_download_progressed(self, progress: DownloadProgress) -> None:
        if self._download is not None:
            self._panel.set_download(progress)

    def _on_downloaded(self, key: str) -> None:
        self._on_download_ended()
        self._refresh_sources()
        self.told.emit(self.tr("The download is complete and checked."))
        if (
            key == pretrained.PREFIX + self._config.model
            and self._session.data is not None
            and not self._session.training
        ):
            self._prepare(self._config.model, self._session.data)
        if self._config.dataset == key and not self._session.training:
            self._load(key)

    def _on_download_failed(self, error: BaseException) -> None:
        self._on_download_ended()
        self.problem.emit(sentence_of(error))

    def _on_download_ended(self) -> None:
        self._download = None
        self._panel.set_download(None)

    @property
    def config(self) -> TrainConfig:
        """What is chosen now."""
        return self._panel.config()

    @property
    def info(self) -> DataInfo | None:
        """The data set chosen, when it is loaded."""
        return self._session.data.info if self._session.data is not None else None


def _listed() -> tuple[ModelInfo, ...]:
    return tuple(entry.info for entry in MODELS.values())
