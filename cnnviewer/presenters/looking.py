"""Looking inside: the chosen image and the newest weights in; maps, kernels, lens and prediction out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from cnnviewer.core import handwriting
from cnnviewer.core.inspection.kernels import kernel_layers
from cnnviewer.core.inspection.receptive import highlight
from cnnviewer.core.inspection.records import Architecture, Cell, Highlight, Inspection, Kernels
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.state import ModelState
from cnnviewer.presenters.inputs import Happening, Place, place_after
from cnnviewer.presenters.resolve import kernel_layer_for
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.views import InputView, KernelsView, NetworkPicture
from cnnviewer.runtime.inspection_thread import InspectionThread
from cnnviewer.runtime.jobs import sentence_of
from cnnviewer.runtime.questions import Answer, Drawing, Picture, Request, Sample, Source, is_read_as_digit


@dataclass(frozen=True)
class _Labelled:
    """An image and the class it is labelled with, where it is."""

    source: Source
    truth: str | None = None


class LookingPresenter(QObject):
    """Keeps the network view, the kernels, the lens and the prediction at the newest image and weights.

    There is an image for each place it can come from (greeting, canvas, data set, file); `inputs.place_after` says
    which one is looked at. It changes only when an image is chosen: opening a tab, other weights or a data set that is
    gone leave it.

    Signals:
        problem: a `UserError` to tell.
        looked: an answer has been shown.
        architecture_shown: an Architecture and the names of its classes, when it is another.
        pinned: the Cell that was pinned, None when it was let go.

    Attributes:
        generation: of the newest request.
        inspection: what is shown.
        kernels: of the layer shown in the kernel view.
    """

    problem = Signal(object)
    looked = Signal()
    architecture_shown = Signal(object, tuple)
    pinned = Signal(object)

    def __init__(
        self,
        session: Session,
        inspection: InspectionThread,
        network: NetworkPicture,
        kernels: KernelsView,
        inputs: InputView,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._thread = inspection
        self._network = network
        self._kernels = kernels
        self._inputs = inputs
        self._images: dict[Place, _Labelled] = {}
        self._place: Place = "greeting"
        self.generation = 0
        self._oldest_valid = 0
        self._architecture: Architecture | None = None
        self._kernel_names: tuple[str, ...] = ()
        self._kernel_layer = ""
        self._pinned: Cell | None = None
        self.inspection: Inspection | None = None
        self.kernels: Kernels | None = None
        self._connect()

    def _connect(self) -> None:
        self._session.state_changed.connect(self._on_state_changed)
        self._thread.answered.connect(self._on_answered)
        self._thread.failed.connect(self._on_failed)
        self._network.cell_hovered.connect(self._on_cell_hovered)
        self._network.cell_selected.connect(self._on_cell_selected)
        self._kernels.layer_selected.connect(self._on_kernel_layer_selected)
        self._inputs.canvas.drawing_changed.connect(self._on_drawing_changed)
        self._inputs.image_requested.connect(self._on_image_requested)
        self._inputs.file_options_changed.connect(self._on_file_options_changed)

    # images come in

    def greet_with(self, pixels: npt.NDArray[np.uint8]) -> None:
        """Look at this image (uint8 `(C, H, W)`) until another is chosen."""
        self._images["greeting"] = _Labelled(Sample(pixels))
        if self._place == "greeting":
            self._look()

    def show_sample(self, pixels: npt.NDArray[np.uint8], truth: str) -> None:
        """Look at an image of the data set that was chosen: uint8 `(C, H, W)`."""
        self._images["dataset"] = _Labelled(Sample(pixels), truth)
        self._turn_to("sample chosen")
        self._inputs.set_source("dataset")

    def show_first_sample(self, pixels: npt.NDArray[np.uint8], truth: str) -> None:
        """Look at the first image of another data set: uint8 `(C, H, W)`; the tab in front stays."""
        self._images["dataset"] = _Labelled(Sample(pixels), truth)
        self._turn_to("new data")

    def show_picture(self, pixels: npt.NDArray[np.uint8]) -> None:
        """Look at an opened or pasted picture: uint8 `(H, W, 3)`, prepared as the model's own images were."""
        self._images["file"] = _Labelled(Picture(pixels))
        if self._session.state is not None:
            self._offer_digit(self._session.state.recipe)
        self._turn_to("picture chosen")
        self._inputs.set_source("file")

    @property
    def shows_sample(self) -> bool:
        """Whether the image looked at is the one chosen from the data set."""
        return self._place == "dataset"

    def _turn_to(self, happening: Happening, replaces: bool = True) -> None:
        """Look at the image that is to be looked at after `happening`.

        Without `replaces`, answers about an image from the same place are still shown.
        """
        before, self._place = self._place, place_after(happening, self._place)
        if self._place != before:
            self._inputs.set_shown(self._place)
        self._look(replaces or self._place != before)

    def _on_image_requested(self, place: str) -> None:
        """Look at the drawing or the picture again, which has been there all the time."""
        if place in self._images:
            self._turn_to("drawing asked for" if place == "draw" else "picture asked for")

    def _on_drawing_changed(self, raster: npt.NDArray[np.uint8]) -> None:
        happening: Happening = "drawn" if raster.any() else "emptied"
        self._images["draw"] = _Labelled(Drawing(raster))
        if place_after(happening, self._place) != "draw":
            return  # an empty sheet takes no other image away
        if self._place != "draw":
            self._inputs.set_source("draw")
        # the answer to the stroke a moment ago is still worth showing, so nothing older is declared stale here
        self._turn_to(happening, replaces=False)

    def _offer_digit(self, recipe: ModelRecipe) -> None:
        """Let a person choose whether the picture is a digit, where it can be one; show what holds now."""
        image = self._images.get("file")
        picture = image.source if image is not None and isinstance(image.source, Picture) else None
        on = handwriting.knows_digits(recipe) if picture is None else is_read_as_digit(picture, recipe)
        self._inputs.set_digit_option(handwriting.takes_digits(recipe), on)

    def _on_file_options_changed(self, as_digit: bool) -> None:
        image = self._images.get("file")
        if image is not None and isinstance(image.source, Picture):
            self._images["file"] = _Labelled(Picture(image.source.pixels, as_digit))
            if self._place == "file":
                self._look()

    @property
    def _current(self) -> _Labelled | None:
        return self._images.get(self._place)

    def _look(self, replaces: bool = True) -> None:
        self.generation += 1
        if replaces:
            self._oldest_valid = self.generation
        current = self._current
        self._thread.look_at(Request(self.generation, *((current.source, current.truth) if current else (None, None))))

    # weights come in

    def _on_state_changed(self, state: ModelState) -> None:
        self._thread.set_weights(state, int(state.provenance.get("step", 0)))

    # answers go out

    def _on_answered(self) -> None:
        answer = self._thread.take_answer()
        if answer is None or answer.inspection.generation < self._oldest_valid:
            return
        if answer.architecture is not self._architecture:
            self._show_architecture(answer)
        if answer.kernels is None or answer.kernels.layer == self._kernel_layer:
            self.kernels = answer.kernels
            self._kernels.set_kernels(answer.kernels)
        inspection = answer.inspection
        if inspection is self.inspection:
            return  # other kernels, all else is shown
        self.inspection = inspection
        self._network.set_note(answer.architecture.note, answer.untrained)
        self._network.set_inspection(inspection)
        self._inputs.lens.set_normalisation(answer.normalisation)
        self._inputs.lens.set_image(inspection.image)
        self._inputs.lens.set_steps(answer.steps)
        current = self._current
        self._inputs.prediction.set_prediction(inspection.prediction, current.truth if current is not None else None)
        self.looked.emit()

    def _show_architecture(self, answer: Answer) -> None:
        before, self._architecture = self._architecture, answer.architecture
        if before is None or before.layers != answer.architecture.layers:  # else what is pinned stays: it learns
            self._pinned = None
            self._network.set_architecture(answer.architecture)
        self._network.set_classes(answer.recipe.classes)
        self._inputs.prediction.set_classes(answer.recipe.classes)
        self._offer_digit(answer.recipe)
        self._inputs.set_drawing_offered(handwriting.takes_digits(answer.recipe))
        self._kernel_names = kernel_layers(answer.architecture)
        if self._kernel_layer not in self._kernel_names or self._pinned is None:
            self._choose_kernel_layer(self._kernel_names[0] if self._kernel_names else "")
        self.architecture_shown.emit(answer.architecture, answer.recipe.classes)

    def _on_failed(self, error: BaseException) -> None:
        self.problem.emit(sentence_of(error))

    @property
    def selected_layer(self) -> str:
        """The pinned layer, or the first one behind the image."""
        if self._pinned is not None:
            return self._pinned.layer
        layers = self._architecture.layers if self._architecture is not None else ()
        return layers[min(1, len(layers) - 1)].name if layers else ""

    # pointing

    def _on_cell_hovered(self, cell: Cell | None) -> None:
        shown = self._highlight(cell)
        self._network.set_hovered(shown)
        self._frame_input(shown or self._highlight(self._pinned))

    def _on_cell_selected(self, cell: Cell | None) -> None:
        self._pinned = cell
        shown = self._highlight(cell)
        self._network.set_pinned(shown)
        self._frame_input(shown)
        self.pinned.emit(cell)  # before the kernels are asked for: why is answered first
        if cell is not None and self._architecture is not None:
            layer = kernel_layer_for(cell.layer, self._kernel_names, self._architecture)
            if layer != self._kernel_layer:
                self._choose_kernel_layer(layer)
            self._kernels.set_channel(cell.channel if cell.layer == layer else None)
        else:
            self._kernels.set_channel(None)

    @property
    def source(self) -> Source | None:
        """The image looked at, as it was before any model's size; None without one."""
        return self._current.source if self._current is not None else None

    @property
    def truth(self) -> str | None:
        """The class of the image looked at, where it is labelled."""
        return self._current.truth if self._current is not None else None

    def _highlight(self, cell: Cell | None) -> Highlight | None:
        if cell is None or self._architecture is None:
            return None
        return highlight(self._architecture, cell)

    def _frame_input(self, shown: Highlight | None) -> None:
        region = None
        if shown is not None and shown.cell.layer != "input" and shown.cell.row is not None:
            region = shown.regions.get("input")
        self._inputs.lens.set_region(region)

    def _on_kernel_layer_selected(self, layer: str) -> None:
        self._choose_kernel_layer(layer)

    def _choose_kernel_layer(self, layer: str) -> None:
        self._kernel_layer = layer
        self._kernels.set_layers(self._kernel_names, layer)
        self._thread.set_kernel_layer(layer)
