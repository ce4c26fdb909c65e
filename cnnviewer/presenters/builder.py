"""The builder: passes on the shape of the images to design for; a design in use becomes the model on the screen."""

from __future__ import annotations

from PySide6.QtCore import Signal

from cnnviewer.presenters.own_models import OwnModelsPresenter
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.views import BuilderView


class BuilderPresenter(Presenter):
    """Tells the builder the image shape and class count to design for, and uses its designs.

    Signals:
        used: a design is on the screen.
    """

    used = Signal()

    def __init__(self, services: Services, models: OwnModelsPresenter, page: BuilderView) -> None:
        super().__init__(services)
        self._models = models
        self._page = page
        self._session.data_changed.connect(self._on_data_changed)
        page.use_requested.connect(self._on_use_requested)
        self._on_data_changed()

    def _on_data_changed(self, _data: object = None) -> None:
        self._page.set_data(*self._models.shown_data)

    def _on_use_requested(self, text: str) -> None:
        if self._models.use_design(text):
            self.used.emit()
