"""The image at the side in a comparison: what every column predicts for it, and its feature maps in each."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from cnnviewer.core.inspection.learned import telling_layers
from cnnviewer.core.inspection.records import Prediction
from cnnviewer.core.runs.compare.maps import ComparedMaps
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.run_views import CompareView
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.tasks.compared_image import MapReader, map_layers, predict_image, read_maps
from cnnviewer.presenters.tasks.comparison import Taken
from cnnviewer.runtime.newest import NewestOnly


class ComparedImagePresenter(Presenter):
    """Recomputes both for each image and each snapshot; the maps only while they are seen."""

    def __init__(self, services: Services, inspection: InspectionPresenter, page: CompareView) -> None:
        super().__init__(services)
        self._inspection_presenter = inspection
        self._page = page
        self._taken: Mapping[int, Taken] = {}
        self._source: object = None
        self._active = True
        self._maps_seen = False
        self._layer = ""
        self._readers: dict[int, MapReader] = {}  # changed by the job of the maps alone
        self._predicting, self._mapping = (NewestOnly(self._jobs, self) for _ in range(2))
        for kind in (self._predicting, self._mapping):
            kind.failed.connect(self.error)
        page.maps_seen_changed.connect(self._on_maps_seen_changed)
        page.map_layer_selected.connect(self._on_map_layer_selected)
        inspection.inspected.connect(self._on_inspected)

    def set_active(self, active: bool) -> None:
        """Set whether the page is visible: images are looked at only then."""
        self._active = active
        self._on_inspected()

    def set_taken(self, taken: Mapping[int, Taken]) -> None:
        """The weights of the columns have changed."""
        self._taken = taken
        architectures = [each.inspector.architecture for each in taken.values()]
        layers = tuple(dict.fromkeys(name for each in architectures for name in map_layers(each)))
        if self._layer not in layers:
            telling = [name for each in architectures for name in telling_layers(each) if name in layers]
            self._layer = next(iter((*telling, *layers)), "")
        self._page.set_map_layers(layers, self._layer)
        self._read()

    def _on_inspected(self) -> None:
        if self._active and self._inspection_presenter.source is not self._source:
            self._read()

    def _read(self) -> None:
        self._source = self._inspection_presenter.source
        models = {number: taken.inspector for number, taken in self._taken.items()}
        self._predicting.ask(partial(predict_image, models, self._inspection_presenter.source), self._on_predicted)
        self._read_maps()

    def _read_maps(self) -> None:
        if self._maps_seen and self._active:
            states = {number: taken.state for number, taken in self._taken.items()}
            source = self._inspection_presenter.source
            self._mapping.ask(partial(read_maps, states, self._readers, source, self._layer), self._on_maps)

    def _on_predicted(self, predictions: Mapping[int, Prediction]) -> None:
        self._page.set_predictions(
            {number: prediction for number, prediction in predictions.items() if number in self._taken},
            self._inspection_presenter.truth,
        )

    def _on_maps_seen_changed(self, seen: bool) -> None:
        self._maps_seen = seen
        self._read_maps()

    def _on_map_layer_selected(self, layer: str) -> None:
        self._layer = layer
        self._read_maps()

    def _on_maps(self, result: tuple[str, Mapping[int, ComparedMaps | None]]) -> None:
        layer, found = result
        if layer == self._layer:
            self._page.set_maps({number: maps for number, maps in found.items() if number in self._taken})

    def shut_down(self) -> None:
        """Start no more jobs."""
        self._predicting.forget()
        self._mapping.forget()
