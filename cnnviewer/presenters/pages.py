"""The pages beside the network: what the sandbox, the ladder and the builder are given, and what they ask for."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from cnnviewer.core.inspection.ladder import LadderModel, early_middle_late, ladder_model
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.core.inspection.trace import Inspector, outline
from cnnviewer.core.models.registry import MODELS, recipe_for
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import BUNDLED, bundled
from cnnviewer.presenters.choosing import ChoosingPresenter
from cnnviewer.presenters.looking import LookingPresenter
from cnnviewer.presenters.models import ModelsPresenter
from cnnviewer.presenters.resolve import fits, untrained, usual_info
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.views import BuilderView, LadderView, SandboxView
from cnnviewer.runtime.jobs import JobContext, Jobs, sentence_of
from cnnviewer.runtime.questions import Source, model_input

RUNGS = ("lenet", "simplecnn", "alexnet", "vgg16", "vgg19")
"""The ladder from the smallest to the deepest."""


class SandboxPresenter(QObject):
    """Gives the sandbox the current image and the kernels of the layer shown."""

    def __init__(self, looking: LookingPresenter, page: SandboxView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looking = looking
        self._page = page
        looking.looked.connect(self._on_looked)
        self._on_looked()

    def _on_looked(self) -> None:
        inspection = self._looking.inspection
        self._page.set_image(inspection.image if inspection is not None else None)
        self._page.set_kernels(self._looking.kernels)


class BuilderPresenter(QObject):
    """Gives the builder the images that a design is for, and uses designs.

    Signals:
        used: a design is on the screen.
    """

    used = Signal()

    def __init__(
        self, session: Session, models: ModelsPresenter, page: BuilderView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._models = models
        self._page = page
        session.data_changed.connect(self._on_data_changed)
        page.use_requested.connect(self._on_use_requested)
        self._on_data_changed()

    def _on_data_changed(self, _data: object = None) -> None:
        self._page.set_data(*self._models.shown_data)

    def _on_use_requested(self, text: str) -> None:
        if self._models.use_design(text):
            self.used.emit()


class LadderPresenter(QObject):
    """Works the rungs out in a job, and the maps of one when they are asked for.

    Signals:
        problem: a `UserError` to tell.
        opened: a model of the ladder is on the screen.
    """

    problem = Signal(object)
    opened = Signal()

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        choosing: ChoosingPresenter,
        looking: LookingPresenter,
        page: LadderView,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._choosing = choosing
        self._looking = looking
        self._page = page
        self._image: FloatArray | None = None
        self._key = ""
        self._largest = recipe_for(RUNGS[-1], usual_info(RUNGS[-1]))
        page.maps_requested.connect(self._on_maps_requested)
        page.open_requested.connect(self._on_open_requested)
        looking.looked.connect(self._on_looked)
        self._on_looked()
        job = jobs.start(_outlines)
        job.succeeded.connect(page.set_models)
        job.failed.connect(self._on_failed)

    def _on_looked(self) -> None:
        """Show the photograph in the size of the largest models, so that all see the same area."""
        source = self._looking.source
        image = model_input(source, self._largest)[0] if source is not None else None
        if image is not self._image:
            self._image = image
            self._page.set_image(image)

    def _on_maps_requested(self, key: str) -> None:
        source = self._looking.source
        if source is None:
            self._page.clear_maps(key)
            return
        current = self._session.state
        job = self._jobs.start(_Maps(key, source, current if current and fits(current, key, None) else None))
        job.succeeded.connect(self._on_maps)
        job.failed.connect(self._on_maps_failed)

    def _on_maps(self, maps: _NamedMaps) -> None:
        self._page.set_maps(maps.key, *maps.layers)

    def _on_maps_failed(self, error: BaseException) -> None:
        for key in RUNGS:
            self._page.clear_maps(key)
        self._on_failed(error)

    def _on_failed(self, error: BaseException) -> None:
        self.problem.emit(sentence_of(error))

    def _on_open_requested(self, key: str) -> None:
        if self._choosing.choose(key):
            self.opened.emit()


def _outlines(_context: JobContext) -> tuple[LadderModel, ...]:
    rungs = []
    for key in RUNGS:
        info = MODELS[key].info
        architecture = outline(recipe_for(key, usual_info(key)))
        rungs.append(ladder_model(key, info.title, architecture))
    return tuple(rungs)


@dataclass(frozen=True)
class _NamedMaps:
    key: str
    layers: tuple[tuple[str, FloatArray], ...]


class _Maps:
    """The work of running a model of the ladder on the image: its early, middle and late maps."""

    def __init__(self, key: str, source: Source, state: ModelState | None) -> None:
        self.key = key
        self.source = source
        self.state = state

    def __call__(self, _context: JobContext) -> _NamedMaps:
        state = self.state or (bundled(self.key) if self.key in BUNDLED else untrained(self.key, usual_info(self.key)))
        inspector = Inspector.from_state(state)
        image, _ = model_input(self.source, state.recipe)
        inspection = inspector.inspect(image)
        names = early_middle_late(inspector.architecture)
        return _NamedMaps(self.key, tuple((name, inspection.activations[name]) for name in names))
