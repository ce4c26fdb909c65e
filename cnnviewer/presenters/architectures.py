"""Architectures side by side: LeNet to VGG19, described once, and their feature maps of the current image."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.core.models.registry import MODELS
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.resolve import fits
from cnnviewer.presenters.selection import SelectionPresenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.tasks.architectures import ARCHITECTURES, ModelMaps, feature_maps, outlines, usual_recipe
from cnnviewer.presenters.views import ArchitecturesView
from cnnviewer.runtime.requests import model_input


class ArchitecturesPresenter(Presenter):
    """Describes the models in a job, and computes the feature maps of one when they are requested.

    Signals:
        opened: one of the models is on the screen.
    """

    opened = Signal()

    def __init__(
        self,
        services: Services,
        selection: SelectionPresenter,
        inspection: InspectionPresenter,
        page: ArchitecturesView,
    ) -> None:
        super().__init__(services)
        self._selection = selection
        self._inspection_presenter = inspection
        self._page = page
        self._image: FloatArray | None = None
        self._largest = usual_recipe(MODELS[ARCHITECTURES[-1]])
        page.maps_requested.connect(self._on_maps_requested)
        page.open_requested.connect(self._on_open_requested)
        inspection.inspected.connect(self._on_inspected)
        self._on_inspected()
        self._jobs.run(outlines, page.set_models, self.error.emit, owner=self)

    def _on_inspected(self) -> None:
        """Show the photograph in the size of the largest models, so that all see the same area."""
        source = self._inspection_presenter.source
        image = model_input(source, self._largest)[0] if source is not None else None
        if image is not self._image:
            self._image = image
            self._page.set_image(image)

    def _on_maps_requested(self, key: str) -> None:
        source = self._inspection_presenter.source
        if source is None:
            self._page.clear_maps(key)
            return
        current = self._session.state
        task = partial(feature_maps, key, source, current if current and fits(current, MODELS[key], None) else None)
        self._jobs.run(task, self._on_maps, self._on_maps_failed)

    def _on_maps(self, maps: ModelMaps) -> None:
        self._page.set_maps(maps.key, *maps.layers)

    def _on_maps_failed(self, error: UserError) -> None:
        for key in ARCHITECTURES:
            self._page.clear_maps(key)
        self.error.emit(error)

    def _on_open_requested(self, key: str) -> None:
        if self._selection.choose(key):
            self.opened.emit()
