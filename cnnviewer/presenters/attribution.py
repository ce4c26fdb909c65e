"""The page Maps of Why: asks for every attribution of the question, and lights the maps that carry a place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from PySide6.QtCore import Signal

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.attribution.carried import Carriers, carried
from cnnviewer.core.inspection.attribution.carriers import carriers
from cnnviewer.core.inspection.attribution.records import (
    METHODS,
    Attribution,
    AttributionRequest,
    MapSettings,
    Method,
    images_at_once,
    is_slow,
)
from cnnviewer.core.inspection.logits_layer import logit_place
from cnnviewer.core.inspection.records import Highlight
from cnnviewer.core.models.class_names import class_index
from cnnviewer.presenters.analysis import AnalysisPresenter, PageStudies
from cnnviewer.presenters.commands import PathLike
from cnnviewer.presenters.files import FilesPresenter
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.why_views import MapsView
from cnnviewer.runtime.analysis_thread import Run, Study, Subject

_CARRIERS = "carriers"
_MANY_PASSES: tuple[Method, ...] = ("integrated-gradients", "occlusion")
"""The methods that run the model dozens of times: of a large model the user asks for them."""

Asked = tuple[Subject, AttributionRequest]


class AttributionPresenter(Presenter):
    """Owner of the settings of the methods.

    Signals:
        lit: the `Highlight` of the maps that carry the place pointed at; None: none is pointed at.
    """

    lit = Signal(object)

    def __init__(self, services: Services, analysis: AnalysisPresenter, files: FilesPresenter, page: MapsView) -> None:
        super().__init__(services)
        self._files = files
        self._analysis = analysis
        self._page = page
        self._map_settings = MapSettings()
        self._asked: dict[Method, Asked] = {}
        self._found: dict[Method, tuple[Asked, Attribution, bool]] = {}  # the last: whether nothing better follows
        self._failed: set[Method] = set()
        self._wanted: set[Method] = set()  # of those that a large model leaves out
        self._carriers: tuple[Subject, object, Carriers] | None = None
        self._place: tuple[int, int, int] | None = None
        self._studies = PageStudies(analysis, "maps", self._refresh)
        self._studies.answered.connect(self._on_answered)
        self._studies.failed.connect(self._on_failed)
        self._studies.progressed.connect(self._on_progressed)
        self._studies.cleared.connect(self._on_cleared)
        page.compute_requested.connect(self._on_compute_requested)
        page.settings_changed.connect(self._on_settings_changed)
        page.place_pointed.connect(self._on_place_pointed)
        page.cancelled.connect(self._studies.cancel)
        page.explain_requested.connect(self._on_explain_requested)
        page.map_wanted.connect(self._on_map_wanted)
        self._show_subject()

    @property
    def shown(self) -> dict[Method, Attribution]:
        """The maps that are there, by method."""
        return {method: found for method, (_, found, _final) in self._found.items()}

    def export(self, path: PathLike) -> bool:
        """Export the map of the method chosen, computed where it is missing: `.png`, `.npy` or `.json`."""
        method = self._page.current
        self._on_map_wanted(method)
        found = self._found.get(method)
        if found is None:
            self.error.emit(UserError("There is no map to export: choose an image first."))
            return False
        (subject, _request), attribution, _final = found
        return self._files.export_attribution(path, subject.image, attribution, self._analysis.classes)

    # what is asked

    def _show_subject(self) -> None:
        subject, question = self._analysis.subject, self._analysis.question
        self._page.set_image(subject.image if subject is not None else None)
        if subject is not None and question is not None:
            layers = subject.architecture.layers[1:]
            with_maps = tuple(layer.name for layer in layers if len(layer.shape) == 3 and layer.rank in (None, 4))
            self._page.set_layers(with_maps)
            self._page.set_question(self._analysis.classes, question.target, question.against)

    def _refresh(self) -> None:
        self._show_subject()
        subject = self._analysis.subject
        slow = subject is not None and is_slow(images_at_once(subject.architecture))
        chosen = self._page.current
        for method in sorted(METHODS, key=lambda method: (method != chosen, method in _MANY_PASSES)):
            asked = self._asking(method)
            if asked is None or self._is_known(method, asked):
                continue
            if slow and method in _MANY_PASSES and method not in self._wanted:
                self._leave_out(method)
            else:
                self._ask(method, asked)
        self._wanted.clear()
        if self._place is not None:
            self._light()

    def _is_known(self, method: Method, asked: Asked) -> bool:
        known = self._found.get(method)
        return known is not None and known[0] == asked and known[2]

    def _asking(self, method: Method) -> Asked | None:
        """What is to be asked of a method now; None without an image."""
        subject, question = self._analysis.subject, self._analysis.question
        if subject is None or question is None:
            return None
        return subject, self._map_settings.request(method, question.target, question.against)

    def _ask(self, method: Method, asked: Asked) -> None:
        self._asked[method] = asked
        self._page.set_waiting(method)
        self._page.set_offered(method, False)
        if is_slow(images_at_once(asked[0].architecture)):
            self._page.set_progress(method, 0.0)  # what takes long can be cancelled from the beginning
        self._studies.ask(method, _attribution(asked[1]))

    def _leave_out(self, method: Method) -> None:
        self._studies.cancel(method)
        self._found.pop(method, None)
        self._page.set_map(method, None, True)
        self._page.set_offered(method, True)

    def _on_compute_requested(self, method: Method) -> None:
        asked = self._asking(method)
        if asked is not None:
            self._ask(method, asked)

    def _on_settings_changed(self, settings: MapSettings) -> None:
        before, self._map_settings = self._map_settings, settings
        changed = {m for m in METHODS if before.request(m, 0, None) != settings.request(m, 0, None)}
        self._wanted = {m for m in changed if m in self._found or self._studies.is_under_way(m)}
        for method in changed:
            self._studies.cancel(method)
        self._studies.refresh()

    # what comes back

    def _on_answered(self, kind: str, result: Any, final: bool) -> None:
        if kind == _CARRIERS:
            subject, question = self._analysis.subject, self._analysis.question
            if subject is not None:
                self._carriers = subject, question, result
                self._light()
            return
        method = cast(Method, kind)
        self._found[method] = self._asked[method], result, final
        self._page.set_map(method, result, final)

    def _on_failed(self, kind: str, problem: UserError) -> None:
        if kind != _CARRIERS:
            method = cast(Method, kind)
            self._found.pop(method, None)
            self._failed.add(method)
            self._page.set_problem(method, problem)

    def _on_progressed(self, kind: str, fraction: float | None) -> None:
        if kind != _CARRIERS:
            method = cast(Method, kind)
            self._page.set_progress(method, fraction)
            if fraction is None:
                self._on_ended(method)

    def _on_ended(self, method: Method) -> None:
        """Nothing is under way any more: what was cancelled can be asked for again, a coarse map stays."""
        if method in self._failed:
            self._failed.discard(method)
            return
        known = self._found.get(method)
        if known is not None and known[0] != self._asked.get(method):
            del self._found[method]
            known = None
        if known is None:
            self._page.set_map(method, None, True)
        if known is None or not known[2]:
            self._page.set_offered(method, True)

    def _on_cleared(self) -> None:
        self._found.clear()
        self._asked.clear()
        self._wanted.clear()
        self._carriers = None
        self._map_settings = MapSettings()
        self._page.set_settings(self._map_settings)
        for method in METHODS:
            self._page.set_map(method, None, True)
        self._show_subject()

    # for automation

    def _on_explain_requested(self, method: str, target: object, against: object, layer: object) -> None:
        if method not in METHODS:
            known = ", ".join(METHODS)
            self.error.emit(UserError("There is no method {name}. These are: {known}.", name=method, known=known))
            return
        self._studies.settle()
        try:
            self._analysis.ask(self._index(target), None if against is None else self._index(against))
        except UserError as error:
            self.error.emit(error)
            return
        if method == "grad-cam":
            self._on_settings_changed(_with_layer(self._map_settings, layer))
            self._page.set_settings(self._map_settings)
        self._page.select(method)

    def _index(self, name: object) -> int:
        if isinstance(name, int):
            return name
        index = class_index(str(name), self._analysis.classes)
        if index is None:
            raise UserError("There is no class {name}.", name=name)
        return index

    def _on_map_wanted(self, method: Method) -> None:
        self._studies.settle()
        asked = self._asking(method)
        if asked is None or self._is_known(method, asked):
            return
        if not (self._studies.is_under_way(method) and self._asked.get(method) == asked):
            self._ask(method, asked)
        self._studies.finish(method)

    # the maps of the network

    def _on_place_pointed(self, row: int, col: int, side: int) -> None:
        self._place = (row, col, side) if side else None
        self._light()

    def _light(self) -> None:
        subject, question, place = self._analysis.subject, self._analysis.question, self._place
        if subject is None or question is None or place is None:
            self.lit.emit(None)
            return
        if self._carriers is None or self._carriers[0] is not subject or self._carriers[1] != question:
            if not self._studies.is_under_way(_CARRIERS):
                self._studies.ask(_CARRIERS, _carriers(subject, question.target, question.against))
            return
        asked = (question.target,) if question.against is None else (question.target, question.against)
        self.lit.emit(_highlight(subject, self._carriers[2], place, asked))


def _attribution(request: AttributionRequest) -> Run:
    def run(study: Study) -> Attribution:
        return study.inspector.attribute(request, study.progress, study.abandoned, image=study.image, show=study.show)

    return run


def _carriers(subject: Subject, target: int, against: int | None) -> Run:
    def run(study: Study) -> Carriers:
        inspector = study.inspector
        return carriers(
            inspector.logits, study.image, inspector.recipe, subject.architecture, target, against, study.abandoned
        )

    return run


def _highlight(subject: Subject, found: Carriers, place: tuple[int, int, int], asked: tuple[int, ...]) -> Highlight:
    architecture = subject.architecture
    places = [logit_place(architecture, label) for label in asked]
    channels = tuple(dict.fromkeys(channel for _, channel in places))
    return carried(found, architecture, *place, (places[0][0], channels))


def _with_layer(settings: MapSettings, layer: object) -> MapSettings:
    return replace(settings, layer=None if layer is None else str(layer))
