"""What can be chosen: models, data sets, and the weights that come with the program."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cnnviewer.core.data import registry as data_registry
from cnnviewer.core.data.info import DataSource
from cnnviewer.core.data.key import DataKey
from cnnviewer.core.models.key import ModelKey
from cnnviewer.core.models.recipe import ModelInfo
from cnnviewer.core.models.registry import MODELS, ModelSpec
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import BUNDLED, bundled
from cnnviewer.presenters.resolve import title_of
from cnnviewer.presenters.services import FolderSettings


class Offered:
    """Owner of what the user has added to the lists, and of the bundled weights that were read.

    Attributes:
        remembered: keys of the user's own models of earlier sessions; their files run only after another yes.
    """

    def __init__(self, settings: FolderSettings) -> None:
        self._settings = settings
        self._own_models: tuple[ModelInfo, ...] = ()
        self._own_data: tuple[DataSource, ...] = ()
        self.remembered: tuple[str, ...] = ()
        self._bundled: dict[str, ModelState | None] = {}

    @property
    def models(self) -> tuple[ModelInfo, ...]:
        """All models that can be chosen, those of the user's own at the end."""
        return (*(entry.info for entry in MODELS.values()), *self._own_models)

    @property
    def closed_models(self) -> tuple[ModelKey, ...]:
        """The user's own models of earlier sessions whose files are there and have not run in this one."""
        listed = {info.key for info in self._own_models}
        keys = (ModelKey.parse(key) for key in self.remembered if key not in listed)
        return tuple(key for key in keys if key.is_own and key.path and Path(key.path).is_file())

    @property
    def sources(self) -> tuple[DataSource, ...]:
        """All data sets that can be chosen, those of the user's own at the end."""
        return (*data_registry.sources(self._settings.data_dir), *self._own_data)

    def title_of(self, model: ModelKey) -> str:
        """The title of a model as the list has it."""
        return next((info.title for info in self.models if info.key == str(model)), title_of(model))

    def add_model(self, info: ModelInfo, numbered: bool = False) -> bool:
        """Add a model; False where the list has it already.

        Args:
            info: of the model.
            numbered: give it a number where others of the user's own have its title.

        """
        if any(own.key == info.key for own in self.models):
            return False
        count = sum(own.title.startswith(info.title) for own in self._own_models) if numbered else 0
        self._own_models += (replace(info, title=f"{info.title} {count + 1}" if count else info.title),)
        return True

    def add_data(self, key: DataKey) -> bool:
        """Add the user's own data set; False where the list has it already."""
        if any(own.data_key == key for own in self._own_data):
            return False
        self._own_data += (DataSource(str(key), key.title, "ready"),)
        return True

    def bundled_of(self, model: ModelSpec) -> ModelState | None:
        """The bundled weights of a model; None where there are none.

        Raises:
            UserError: their file cannot be read; only the first time.
        """
        key = model.info.key
        if key not in BUNDLED:
            return None
        if key not in self._bundled:
            self._bundled[key] = None
            self._bundled[key] = bundled(key)
        return self._bundled[key]

    def is_bundled(self, state: ModelState) -> bool:
        """Whether these weights are bundled with the program."""
        known = (bundled.tensors for bundled in self._bundled.values() if bundled is not None)
        return any(state.tensors is tensors for tensors in known)
