"""Selection of model and data set: loads, generates or downloads the data, and finds weights that fit both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from cnnviewer.core.data import registry as data_registry
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.data.key import DataKey
from cnnviewer.core.errors import UserError, without_frames
from cnnviewer.core.images.decoding import Decoding
from cnnviewer.core.models import pretrained
from cnnviewer.core.models.registry import MODELS, ModelSpec, spec
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.plain_text import visible
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.training.usual import usual_config
from cnnviewer.core.wording import Words
from cnnviewer.presenters.downloads import DownloadsPresenter
from cnnviewer.presenters.error_text import error_text
from cnnviewer.presenters.offered import Offered
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.resolve import config_for, dataset_for, fits, reads, weights_for, why_not_built
from cnnviewer.presenters.run_names import data_title
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.tasks.selection import load_data, load_large_weights, reload_data
from cnnviewer.presenters.views import TrainView
from cnnviewer.runtime.jobs import Job, JobContext


class SelectionPresenter(Presenter):
    """Turns the selected model and data set into loaded data and weights on the screen.

    Attributes:
        offered: what can be chosen.
        downloads: fetches what is missing.
        refusal: why the selected model and data set do not fit together; None: no reason known.

    Signals:
        ready: the selected data set is loaded or could not be; nothing is being loaded.
        busy_changed: a sentence about what is being prepared; empty when it is done.
    """

    ready = Signal()
    busy_changed = Signal(object)

    def __init__(self, services: Services, panel: TrainView) -> None:
        super().__init__(services)
        self._panel = panel
        self.offered = Offered(services.settings)
        self.downloads = DownloadsPresenter(services, panel)
        self._model = MODELS["lenet"]  # the model of `_config`, looked up once where that enters
        self._config = usual_config(self._model.info)
        self._moved: dict[DataKey, DataKey] = {}  # keys of runs' data sets, and where these are now
        self._loading: Job | None = None
        self._devices: tuple[str, ...] = ()  # those of this computer
        self._changed_model = ""  # key of a model whose code has changed since its weights were shown
        self.refusal: UserError | None = None
        self._settings.data_dir_changed.connect(self._on_data_dir_changed)
        panel.model_selected.connect(self._on_model_selected)
        panel.dataset_selected.connect(self._on_dataset_selected)
        self.downloads.downloaded.connect(self._on_downloaded)
        self._session.state_changed.connect(self._on_state_changed)

    @property
    def _config(self) -> TrainConfig:
        return self._chosen

    @_config.setter
    def _config(self, config: TrainConfig) -> None:
        self._chosen = config
        self._session.set_chosen(config.model, config.dataset)

    @property
    def loading(self) -> bool:
        """Whether a data set is being loaded."""
        return self._loading is not None

    def _set_loading(self, job: Job | None) -> None:
        self._loading = job
        self._session.set_loading(job is not None)

    def start(self, model: str, devices: tuple[tuple[str, str], ...]) -> None:
        """Fill the panel and show `model` with its bundled weights. A job loads its data set."""
        self._refresh_models()
        self._panel.set_devices(devices)
        self._devices = tuple(key for key, _title in devices)
        self._refresh_sources()
        self._choose_model(spec(model), at_launch=True)
        self._session.launching = self.loading
        usual = self._model.info.dataset
        if (
            usual != self._config.dataset
            and (why := data_registry.why_missing(usual, self._settings.data_dir)) is not None
        ):
            self.error.emit(why)  # it would have been chosen

    def _on_data_dir_changed(self, _folder: Path) -> None:
        self._refresh_sources()
        self._load()

    def open_own(self, key: str) -> None:
        """Choose the user's own data: `folder:/path` or `npz:/path`."""
        config = replace(self._panel.config(), dataset=key)
        self.offered.add_data(config.data_key)
        self._refresh_sources()
        self._session.leave_run()
        self._set_config(config)
        self._panel.set_config(self._config)
        self._load()

    def choose(self, model: str) -> bool:
        """Choose a model of the list, as in the panel; False, with an error message, while a training runs."""
        if self._session.training:
            self.error.emit(UserError("Stop the training first: it is changing the model that would be replaced."))
            return False
        self._choose_model(spec(model))
        return True

    def choose_data(self, key: str) -> bool:
        """Choose a data set of the list, as in the panel; False, with an error message, while a training runs."""
        if self._session.training:
            self.error.emit(UserError("Stop the training first: the data set would change under it."))
            return False
        self._session.leave_run()
        self._set_config(replace(self._panel.config(), dataset=key))
        self._panel.set_config(self._config)
        self._load()
        return True

    @property
    def model(self) -> ModelSpec:
        """The model chosen."""
        return self._model

    def images_for_own(self) -> DataInfo | None:
        """Description of the images to build the user's own model for; None while no data set is loaded."""
        if self._session.data is not None:
            return self._session.data.info
        try:
            return data_registry.data_info(self._dataset_for(MODELS["simplecnn"]))
        except UserError:
            return None

    def use_model(self, key: str, code_changed: bool = False) -> ModelSpec:
        """Choose a model that is not in the list: a design, or the user's own with their consent.

        Args:
            key: of the model.
            code_changed: its code has changed, so the weights on the screen do not belong to it.

        Returns:
            The model.

        Raises:
            UserError: there is no such model.
        """
        self._changed_model = key if code_changed else ""
        model = spec(key)
        if self.offered.add_model(model.info, numbered=True):
            self._refresh_models()
        self._choose_model(model)
        return model

    def show_weights(self, state: ModelState) -> None:
        """Show opened weights of any model; the panel follows."""
        self._session.leave_run()
        model = spec(state.recipe.model)
        self._list_model(model)
        data = self._session.data
        stays = data is not None and fits(state, model, data.info)
        own, before = self._own_data, self._panel.config()
        other_model = state.recipe.model != self._config.model
        if other_model or (data is not None and not stays):
            dataset = data.info.key if data is not None and stays else self._dataset_of(state, model)
            now = config_for(model, dataset, before) if other_model else replace(before, dataset=dataset)
            self._model, self._config = model, now
            self._panel.set_config(now, model.info.title if other_model else "")
            if own is not None and not stays:
                self._say_instead(own, UserError("The weights need other images or other classes."))
        self._session.set_state(state)
        if not stays:
            self._session.set_data(None)
            self._load(keep_weights=True)

    def where(self, key: DataKey) -> DataKey:
        """The key of a run's data set where it lies now."""
        whole = key.absolute()
        return self._moved.get(whole, whole)

    def set_where(self, key: DataKey, now: DataKey) -> None:
        """Remember where the user has moved a run's data set to."""
        self._moved[key.absolute()] = now.absolute()

    def take_up(
        self,
        config: TrainConfig,
        state: ModelState | None = None,
        load: bool = True,
        data_dir: str = "",
        reading: Decoding | None = None,
    ) -> None:
        """Show a run's configuration with its weights, where there are some, and load its data set; `ready` follows.

        Args:
            config: of the run.
            state: its weights.
            load: False: do not read the user's own data set.
            data_dir: where the run had its data set, for one that is not in the folder of data sets.
            reading: decoding rules of the run for the user's own images; None: today's rules.

        Raises:
            UserError: its model is not known here.
        """
        model = spec(config.model)
        self._list_model(model)
        config = self._on_this_computer(replace(config, dataset=str(self.where(config.data_key))))
        if config.data_key.is_own and self.offered.add_data(config.data_key):
            self._refresh_sources()
        self._model, self._config = model, config
        self._panel.set_config(config)
        if state is not None:
            self._session.set_state(state)
        data = self._session.data
        if data is not None and not (
            data.info.key == config.dataset and (reading is None or data_registry.is_read_as(data.info, reading))
        ):
            self._session.set_data(None)
        if load:
            self._load(keep_weights=state is not None, data_dir=data_dir, reading=reading)
        else:
            self._have_none()

    def read_again(self) -> bool:
        """Load the user's own images again where they or their decoding rules have changed; True: `ready` follows.

        An older run may have decoded them by older rules.
        """
        data = self._session.data
        if data is None or not data.info.data_key.is_own:
            return False
        self._begin_loading(partial(reload_data, data, self._settings.data_dir))
        return True

    def show_config(self, config: TrainConfig) -> None:
        """Show the configuration in training; model and data set are selected already."""
        config = self._on_this_computer(config)
        self._set_config(config)
        self._panel.set_config(config)

    def _on_this_computer(self, config: TrainConfig) -> TrainConfig:
        """A run's configuration for the panel: with the thread count chosen here, and a device that is here."""
        chosen = self._panel.config()
        there = not self._devices or config.device in self._devices
        return replace(config, threads=chosen.threads, device=config.device if there else chosen.device)

    def say_busy(self, sentence: Words | None, fraction: float | None = None) -> None:
        """Show what is being prepared, and how far that is where it is known; None: nothing."""
        self._panel.set_busy(sentence, fraction)
        self.busy_changed.emit(sentence or "")

    def _on_state_changed(self, state: ModelState) -> None:
        """Offer trained weights for a model that is shown with random ones."""
        source = pretrained.source_of(state.recipe.model) if state.provenance.get("untrained") else None
        self._panel.set_offer(source)

    # model

    def _on_model_selected(self, model: str) -> None:
        if not self._session.training:
            self._choose_model(spec(model))

    def _set_config(self, config: TrainConfig) -> None:
        """Use another configuration, perhaps with another model."""
        if config.model != self._config.model or self._model.is_own:  # the user may have reopened a model file
            self._model = spec(config.model)
        self._config = config

    def _choose_model(self, model: ModelSpec, at_launch: bool = False) -> None:
        self._session.leave_run()
        own = self._own_data
        why = why_not_built(model, own) if own is not None and model.info.key in MODELS else None
        dataset = own.key if own is not None and why is None else self._dataset_for(model)
        self._model, self._config = model, config_for(model, dataset, self._panel.config())
        self._panel.set_config(self._config, "" if at_launch else model.info.title)
        if own is not None and why is not None:
            self._say_instead(own, why)
        state = self.bundled_of(model)
        if state is not None:
            self._session.set_state(state)
        self._load(at_launch=at_launch)

    def _list_model(self, model: ModelSpec) -> None:
        """Add a model to the list, such as that of a run or of weights."""
        if self.offered.add_model(model.info):
            self._refresh_models()

    def _refresh_models(self) -> None:
        self._panel.set_models(self.offered.models)

    def bundled_of(self, model: ModelSpec) -> ModelState | None:
        """The bundled weights of a model; None where there are none, or they cannot be read."""
        try:
            return self.offered.bundled_of(model)
        except UserError as error:
            self.error.emit(error)
            return None

    @property
    def _own_data(self) -> DataInfo | None:
        """The user's own data set, if one is chosen and loaded: it stays with every model that can be built for it."""
        info = self.info
        return info if info is not None and info.data_key.is_own and info.key == self._config.dataset else None

    def _say_instead(self, own: DataInfo, why: UserError) -> None:
        """Say which data set has taken the place of the user's own, and why."""
        shown = self._config.data_key
        self.informed.emit(
            lambda: self.tr("{data} is shown instead of {own}: {why}").format(
                data=data_title(shown), own=visible(own.title), why=error_text(why)
            )
        )

    def _dataset_of(self, state: ModelState, model: ModelSpec) -> str:
        """The data set that weights learned from, where it is here; else that to choose with their model."""
        learned = str(state.learned_from)
        here = {source.key for source in self.offered.sources if source.availability != "missing"}
        return learned if learned in here else self._dataset_for(model)

    def _dataset_for(self, model: ModelSpec) -> str:
        chosen = self._config.dataset if self._session.data is not None else None
        return dataset_for(model, data_registry.sources(self._settings.data_dir), chosen)

    # data

    def _refresh_sources(self) -> None:
        self._panel.set_sources(self.offered.sources)

    def _on_dataset_selected(self, key: str) -> None:
        if self._session.training:
            return
        self._session.leave_run()
        self._set_config(replace(self._panel.config(), dataset=key))
        self._load()

    def has_data(self, key: DataKey) -> bool:
        """Whether this data set is here, as far as is known without reading it."""
        path = self.where(key).path
        return path.exists() if path is not None else not self._is_missing(key)

    def _is_missing(self, key: DataKey) -> bool:
        return not key.is_own and not data_registry.is_there(str(key), self._settings.data_dir)

    def _have_none(self) -> None:
        """No data set is available; keep the weights on the screen."""
        if self._loading is not None:
            self._loading.forget()
            self._set_loading(None)
        self.say_busy(None)
        self._session.set_data(None)
        self.ready.emit()

    def _load(
        self,
        keep_weights: bool = False,
        data_dir: str = "",
        reading: Decoding | None = None,
        at_launch: bool = False,
    ) -> None:
        """Load the data set chosen. That of before stays until then, where the weights on the screen read it."""
        key = self._config.data_key
        self._session.launching = at_launch
        if self._loading is not None:
            self._loading.forget()
            self._set_loading(None)
        self._panel.clear_field_errors()
        if self.refusal is not None:
            refusal, self.refusal = self.refusal, None
            self.error_resolved.emit(refusal)
        place = self._settings.data_dir
        if self._is_missing(key):
            if not data_dir or not data_registry.is_there(str(key), Path(data_dir)):
                self._say_why_missing(key)
                self._have_none()  # the panel offers the download
                return
            place = Path(data_dir)
        data = self._session.data
        if data is not None and data.info.data_key == key and not key.is_own:
            self.say_busy(None)
            self._take(data, keep_weights)
            return
        state = self._session.state
        if data is not None and state is not None and data.info.data_key != key and not reads(state, data.info):
            self._session.set_data(None)
        self._begin_loading(partial(load_data, str(key), place, reading, data), keep_weights)

    def _begin_loading(self, task: Callable[[JobContext], DataSet], keep_weights: bool = False) -> None:
        job = self._jobs.run(
            task,
            partial(self._on_loaded, keep_weights),
            self._on_load_failed,
            latest="data",  # another data set may have been chosen meanwhile
            on_progress=self._on_load_progressed,
        )
        self._set_loading(job)
        self.say_busy(self._loading_words)

    def _say_why_missing(self, key: DataKey) -> None:
        """Name the file that is missing or cut, where the others are there."""
        why = data_registry.why_missing(str(key), self._settings.data_dir)
        if why is not None:
            self._refuse(why)

    def _loading_words(self) -> str:
        return self.tr("Loading the data set…")

    def _on_load_progressed(self, fraction: float) -> None:
        self.say_busy(self._loading_words, fraction)

    def _on_loaded(self, keep_weights: bool, data: DataSet) -> None:
        self._set_loading(None)
        self.say_busy(None)
        self._refresh_sources()
        before = self._session.data
        self._take(data, keep_weights)
        if data.info.notes and data is not before:
            self.informed.emit(lambda: " ".join(map(error_text, data.info.notes)))

    def _take(self, data: DataSet, keep_weights: bool) -> None:
        model = self._model
        current = self._session.state if model.info.key != self._changed_model else None
        self._changed_model = ""
        if model.info.resizes and not (current is not None and fits(current, model, data.info)):
            self._prepare(model, data)
            return
        try:
            if not (keep_weights and current is not None and current.recipe.model == model.info.key):
                state = weights_for(model, data.info, current, self.bundled_of(model))
                if state is not current:
                    self._session.set_state(state)
        except UserError as error:
            self._refuse(error)
        self._session.set_data(data)
        self.ready.emit()

    def _prepare(self, model: ModelSpec, data: DataSet) -> None:
        """Read or draw the weights of a large model, which takes seconds, in a job; the data set waits for it."""
        task = partial(load_large_weights, model, data, self._settings.data_dir)
        self._set_loading(self._jobs.run(task, self._on_prepared, self._on_load_failed, latest="data"))
        self.say_busy(lambda: self.tr("Preparing the weights of {model}…").format(model=model.info.title))

    def _on_prepared(self, result: tuple[ModelState, DataSet]) -> None:
        self._set_loading(None)
        self.say_busy(None)
        state, data = result
        self._session.set_state(state)
        self._session.set_data(data)
        self.ready.emit()

    def _on_load_failed(self, error: UserError) -> None:
        self._set_loading(None)
        self.say_busy(None)
        self._refuse(error)
        self._session.set_data(None)
        self.ready.emit()

    def _refuse(self, error: UserError) -> None:
        self.refusal = without_frames(error)
        self._panel.set_field_error(error.field or "dataset", self.refusal)
        self.error.emit(error)

    def read_large_weights(self) -> None:
        """Show the downloaded weights of the large model chosen again."""
        if self._session.data is not None and not self._session.training:
            self._prepare(self._model, self._session.data)

    def _on_downloaded(self, key: str) -> None:
        self._refresh_sources()
        self.informed.emit(lambda: self.tr("The download is complete and checked."))
        if (
            key == pretrained.key_of(self._config.model)
            and self._session.data is not None
            and not self._session.training
        ):
            self._prepare(self._model, self._session.data)
        if self._config.dataset == key and not self._session.training:
            self._load()

    @property
    def config(self) -> TrainConfig:
        """What is chosen now."""
        return self._panel.config()

    @property
    def info(self) -> DataInfo | None:
        """The data set chosen, when it is loaded."""
        return self._session.data.info if self._session.data is not None else None
