"""The builder: passes on the shape of the images to design for; a design in use becomes the model on the screen."""

from __future__ import annotations

from PySide6.QtCore import Signal

from cnnviewer.presenters.action_message import Action
from cnnviewer.presenters.own_models import OwnModelsPresenter
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.views import BuilderView


class BuilderPresenter(Presenter):
    """Tells the builder the image shape and class count to design for, and uses its designs.

    Signals:
        used: a design, or the model of a file that was opened here, is on the screen.
        back_requested: show the design again.
    """

    used = Signal()
    back_requested = Signal()

    def __init__(self, services: Services, models: OwnModelsPresenter, page: BuilderView) -> None:
        super().__init__(services)
        self._models = models
        self._page = page
        self._session.data_changed.connect(self._on_data_changed)
        page.use_requested.connect(self._on_use_requested)
        models.way_back = self._way_back
        self._on_data_changed()

    def _on_data_changed(self, _data: object = None) -> None:
        self._page.set_data(*self._models.shown_data)

    def _way_back(self) -> Action | None:
        """Lead on to a model that was opened beside the design, and say how to come back; None: it was not."""
        if not self._page.is_seen():
            return None
        self.used.emit()
        return Action(lambda: self.tr("Back to the design"), self.back_requested.emit)

    def _on_use_requested(self, text: str) -> None:
        if self._models.use_design(text):
            self.used.emit()
