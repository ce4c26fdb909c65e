"""What a model is learning: kernels and feature maps beside the curves, newest first, only while they are seen."""

from __future__ import annotations

from dataclasses import replace

from cnnviewer.core.inspection.learned import convolutions, kernel_tiles, map_tiles, telling_layers
from cnnviewer.core.inspection.learned_records import LearnedTiles
from cnnviewer.core.inspection.records import Architecture, Inspection
from cnnviewer.core.training.freezing import is_frozen
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.views import LearningPicture


class LearningPresenter(Presenter):
    """Shows what the inspection has found anyway: no model is run for this view."""

    def __init__(self, services: Services, inspection: InspectionPresenter, view: LearningPicture) -> None:
        super().__init__(services)
        self._inspection = inspection
        self._view = view
        self._architecture: Architecture | None = None
        self._layers: tuple[str, ...] = ()
        self._layer = ""
        inspection.architecture_shown.connect(self._on_architecture_shown)
        inspection.inspected.connect(self._show)
        # the last weights of a training can be inspected before they are those of the session
        self._session.run_state_changed.connect(self._show)
        view.seen_changed.connect(self._show)
        view.layer_selected.connect(self._on_layer_selected)

    def _on_architecture_shown(self, architecture: Architecture, _classes: tuple[str, ...]) -> None:
        self._architecture = architecture
        self._layers = convolutions(architecture)
        if self._layer not in self._layers:
            self._layer = self._layers[0] if self._layers else ""
        self._view.set_layers(self._layers, self._layer)

    def _on_layer_selected(self, layer: str) -> None:
        self._layer = layer
        self._show()

    def _show(self, _changed: object = None) -> None:
        inspection, architecture = self._inspection.inspection, self._architecture
        if not self._view.seen or inspection is None or architecture is None:
            return
        maps = (map_tiles(inspection, architecture.layer(name)) for name in telling_layers(architecture))
        tiles = (self._kernels(inspection, architecture), *maps)
        self._view.set_tiles(tuple(found for found in tiles if found is not None))

    def _kernels(self, inspection: Inspection, architecture: Architecture) -> LearnedTiles | None:
        """Of the weights that were inspected, not of newer ones: kernels and maps are of the same step."""
        state = self._session.shown
        if state is None or not self._layer:
            return None
        if self._session.training and int(state.provenance.get("step", 0)) != inspection.step:
            state = self._session.state if self._session.shown_step is not None else state
        tiles = kernel_tiles(state.tensors, architecture.layer(self._layer)) if state is not None else None
        run = self._session.run if self._session.of_run else None
        frozen = run is not None and is_frozen(self._layer, run.config.freeze)
        return replace(tiles, frozen=frozen) if tiles is not None else None
