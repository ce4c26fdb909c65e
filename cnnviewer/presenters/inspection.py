"""Inspection: the chosen image and the newest weights in; feature maps, kernels, lens and prediction out."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QTimer, Signal

from cnnviewer.core.errors import UserError, without_frames
from cnnviewer.core.inspection.kernels import kernel_layers
from cnnviewer.core.inspection.receptive import highlight
from cnnviewer.core.inspection.records import Architecture, Cell, Highlight, Inspection, Kernels, Prediction
from cnnviewer.core.models.digits import knows_digits, takes_digits
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.wording import Words
from cnnviewer.presenters.action_message import ActionMessage
from cnnviewer.presenters.inputs import Happening, Place, known_instead_of_digits, place_after
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.resolve import kernel_layer_for
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.views import InputView, KernelsView, NetworkPicture
from cnnviewer.runtime.jobs import sentence_of
from cnnviewer.runtime.requests import (
    Answer,
    DrawnInput,
    InputSource,
    InspectRequest,
    PictureInput,
    SampleInput,
    is_read_as_digit,
)


@dataclass(frozen=True)
class _Labelled:
    """An image and its true class; None where that is unknown."""

    source: InputSource
    truth: str | None = None


@dataclass(frozen=True)
class InputBefore:
    """What was inspected, to be inspected again.

    Attributes:
        place: where the image came from.
        image: the image itself; None where there was none.
        tab: the input's tab that was open.
    """

    place: Place
    image: _Labelled | None
    tab: str


_ASKED_FOR: dict[Place, Happening] = {
    "greeting": "greeting asked for",
    "draw": "drawing asked for",
    "file": "picture asked for",
    "dataset": "sample chosen",
}


_OUTRUN = 0.1  # seconds for which the answers to earlier images are not shown
_LATE_MS = 300  # milliseconds: sooner answered, nothing flickers


class InspectionPresenter(Presenter):
    """Shows the newest image and weights in the network view, the kernels, the lens and the prediction.

    There is one image per source (greeting, canvas, data set, file); `inputs.place_after` decides which is inspected.
    It changes only when an image is chosen, not with a tab, other weights or a data set that is gone.

    Signals:
        inspected: an answer has been shown.
        architecture_shown: an Architecture and the names of its classes, when it has changed.
        pinned: the Cell that was pinned, None when it was unpinned.

    Attributes:
        generation: of the newest request.
        inspection: the one shown.
        answer: what it is part of.
        refusal: why the image chosen cannot be inspected; empty where it can.
        kernels: of the layer shown in the kernel view.
    """

    inspected = Signal()
    architecture_shown = Signal(object, tuple)
    pinned = Signal(object)

    def __init__(self, services: Services, network: NetworkPicture, kernels: KernelsView, inputs: InputView) -> None:
        super().__init__(services)
        self._thread = services.inspection
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
        self._looked_at = ""  # the layer pinned last, or shown below the network
        self._explored = True
        self.inspection: Inspection | None = None
        self.answer: Answer | None = None
        self.refusal: Words = ""
        self.kernels: Kernels | None = None
        self._offer: ActionMessage | None = None  # to read the picture in another way
        self._refusal: UserError | None = None
        self._shown_at = 0.0  # `time.monotonic()`
        self._late = QTimer(self, singleShot=True, interval=_LATE_MS)  # runs while another model's maps are awaited
        self._connect()

    def _connect(self) -> None:
        self._session.state_changed.connect(self._on_state_changed)
        self._session.mutes_changed.connect(self._on_mutes_changed)
        self._thread.answered.connect(self._on_answered)
        self._thread.failed.connect(self._on_failed)
        self._late.timeout.connect(self._clear)
        self._network.cell_hovered.connect(self._on_cell_hovered)
        self._network.cell_selected.connect(self._on_cell_selected)
        self._network.layer_looked_at.connect(self._on_layer_looked_at)
        self._kernels.layer_selected.connect(self._on_kernel_layer_selected)
        self._inputs.canvas.drawing_changed.connect(self._on_drawing_changed)
        self._inputs.image_requested.connect(self._on_image_requested)
        self._inputs.file_options_changed.connect(self._on_file_options_changed)
        self._inputs.prediction.as_it_is_requested.connect(self._read_as_it_is)

    # images come in

    def greet_with(self, pixels: npt.NDArray[np.uint8]) -> None:
        """Inspect this image (uint8 `(C, H, W)`) until another is chosen."""
        self._images["greeting"] = _Labelled(SampleInput(pixels))
        self._inputs.set_example(pixels)
        if self._place == "greeting":
            self._inspect()

    def show_sample(self, pixels: npt.NDArray[np.uint8], truth: str) -> None:
        """Inspect a chosen image of the data set: uint8 `(C, H, W)`."""
        self._images["dataset"] = _Labelled(SampleInput(pixels), truth)
        self._turn_to("sample chosen")
        self._inputs.set_source("dataset")

    def show_first_sample(self, pixels: npt.NDArray[np.uint8], truth: str) -> None:
        """Inspect the first image of another data set: uint8 `(C, H, W)`. The input's tab shows where it comes from."""
        self._images["dataset"] = _Labelled(SampleInput(pixels), truth)
        self._turn_to("new data")
        self._inputs.set_source("dataset")

    def await_sample(self) -> None:
        """Inspect no image: the first one of another data set will be shown when that is loaded."""
        self._images.pop("dataset", None)
        self._turn_to("new data")

    def show_picture(self, picture: PictureInput) -> None:
        """Inspect an opened or pasted picture, prepared like the model's training images."""
        self._images["file"] = _Labelled(picture)
        if self._session.state is not None:
            self._offer_digit(self._session.state.recipe)
        self._turn_to("picture chosen")
        self._inputs.set_source("file")

    def remember(self) -> InputBefore:
        """What is inspected now, for `show_again`."""
        return InputBefore(self._place, self._current, self._inputs.source)

    def show_again(self, before: InputBefore, opens_tab: bool = True) -> None:
        """Inspect what was inspected when it was remembered, and open its tab."""
        if before.image is not None:
            self._images[before.place] = before.image
        self._turn_to(_ASKED_FOR[before.place])
        if opens_tab:
            self._inputs.set_source(before.tab)

    @property
    def place(self) -> Place:
        """Where the inspected image comes from."""
        return self._place

    @property
    def shows_sample(self) -> bool:
        """Whether the inspected image is the one chosen from the data set."""
        return self._place == "dataset"

    def _turn_to(self, happening: Happening, replaces: bool = True) -> None:
        """Inspect the image that `happening` selects.

        Without `replaces`, answers about an image from the same place are still shown.
        """
        before, self._place = self._place, place_after(happening, self._place)
        if self._place != before:
            self._inputs.set_shown(self._place)
        self._inspect(replaces or self._place != before)

    def _on_image_requested(self, place: str) -> None:
        """Inspect the drawing or the picture again, which is still there."""
        if place in self._images:
            self._turn_to("drawing asked for" if place == "draw" else "picture asked for")

    def _on_drawing_changed(self, raster: npt.NDArray[np.uint8]) -> None:
        happening: Happening = "drawn" if raster.any() else "emptied"
        self._images["draw"] = _Labelled(DrawnInput(raster))
        if place_after(happening, self._place) != "draw":
            return  # an empty canvas does not replace another image
        if self._place != "draw":
            self._inputs.set_source("draw")
        # answers to earlier strokes are still worth showing, so they are not dropped as stale
        self._turn_to(happening, replaces=False)

    def _offer_digit(self, recipe: ModelRecipe) -> None:
        """Offer to read the picture as a digit where possible, and show the current choice."""
        image = self._images.get("file")
        picture = image.source if image is not None and isinstance(image.source, PictureInput) else None
        on = knows_digits(recipe) if picture is None else is_read_as_digit(picture, recipe)
        self._inputs.set_digit_option(takes_digits(recipe), on)

    def _on_file_options_changed(self, as_digit: bool) -> None:
        image = self._images.get("file")
        if image is not None and isinstance(image.source, PictureInput):
            self._images["file"] = _Labelled(replace(image.source, as_digit=as_digit))
            if self._place == "file":
                self._inspect()

    @property
    def _failed_as_digit(self) -> bool:
        """Whether the picture looked at was prepared as a digit: as it is the model can read it."""
        state, source = self._session.state, self.source
        return state is not None and isinstance(source, PictureInput) and is_read_as_digit(source, state.recipe)

    def _read_as_it_is(self) -> None:
        self._on_file_options_changed(False)
        if self._session.state is not None:
            self._offer_digit(self._session.state.recipe)

    @property
    def _current(self) -> _Labelled | None:
        return self._images.get(self._place)

    def _inspect(self, replaces: bool = True) -> None:
        self.generation += 1
        if replaces:
            self._oldest_valid = self.generation
        current = self._current
        self._thread.ask_inspection(
            InspectRequest(self.generation, *((current.source, current.truth) if current else (None, None)))
        )
        self._network.set_expecting(True)

    # weights come in

    def _on_state_changed(self, state: ModelState) -> None:
        self._thread.set_weights(state, int(state.provenance.get("step", 0)))
        if self.answer is not None and self.answer.recipe.model_key != state.recipe.model_key:
            self._late.start()

    def _clear(self) -> None:
        """Another model's maps take their time: nothing of the last one is left standing meanwhile."""
        self._network.set_waiting(True)
        self._inputs.lens.set_image(None)
        self._inputs.lens.set_steps(None)
        self._inputs.prediction.set_prediction(Prediction())

    def _stop_waiting(self) -> None:
        self._late.stop()
        self._network.set_waiting(False)

    def _on_mutes_changed(self) -> None:
        self._thread.set_mutes(self._session.mutes)
        self._network.set_expecting(self.answer is not None)

    # answers go out

    def _on_answered(self) -> None:
        answer = self._thread.take_answer()
        try:
            is_valid = answer is not None and answer.inspection.generation >= self._oldest_valid
            if answer is not None and is_valid and not self._is_outrun(answer):
                self._show(answer)
        finally:
            self._thread.set_shown()  # or a training would wait at each of its steps

    def _is_outrun(self, answer: Answer) -> bool:
        """Whether a newer image is asked for and nothing else has changed: its answer comes sooner without this one.

        So while somebody draws; every tenth of a second an answer is shown.
        """
        shown, inspection = self.answer, answer.inspection
        return (
            inspection.generation < self.generation
            and time.monotonic() - self._shown_at < _OUTRUN
            and shown is not None
            and answer.state is shown.state
            and answer.kernels is self.kernels
        )

    def _show(self, answer: Answer) -> None:
        state = self._session.state
        if state is None or answer.recipe.model_key == state.recipe.model_key:
            self._stop_waiting()
        if answer.architecture is not self._architecture:
            self._show_architecture(answer)
        if answer.kernels is None or answer.kernels.layer == self._kernel_layer:
            self.kernels = answer.kernels
            self._kernels.set_kernels(answer.kernels)
        inspection = answer.inspection
        if inspection is self.inspection:
            return  # other kernels, all else is shown
        self.inspection, self.answer, self._shown_at = inspection, answer, time.monotonic()
        self.refusal = without_frames(sentence_of(answer.refusal)) if answer.refusal is not None else ""
        offered = bool(self.refusal) and self._failed_as_digit
        # first, and painted at once: the network takes longer
        self._inputs.prediction.set_prediction(inspection.prediction, self.truth, self.refusal, offered)
        self._network.set_notes(answer.architecture.notes, answer.untrained)
        self._network.set_mutes(answer.state.mutes)
        self._network.set_refusal(self.refusal)
        self._network.set_inspection(inspection)
        self._network.set_expecting(inspection.generation < self.generation)
        self._inputs.lens.set_normalisation(answer.normalisation)
        self._inputs.lens.set_image(inspection.image)
        self._inputs.lens.set_steps(answer.steps)
        if not self.refusal and self._refusal is not None:
            self._resolve_refusal()
        self.inspected.emit()

    def _show_architecture(self, answer: Answer) -> None:
        before, self._architecture = self._architecture, answer.architecture
        if (
            before is None or before.layers != answer.architecture.layers
        ):  # else keep what is pinned: the weights have changed, not the layers
            self._pinned = None
            self._looked_at = ""
            self._network.set_architecture(answer.architecture)
            self._frame_input(None)
            self._kernels.set_channel(None)
        self._network.set_classes(answer.recipe.classes)
        self._inputs.prediction.set_classes(answer.recipe.classes)
        self._offer_digit(answer.recipe)
        self._inputs.set_known_classes(*known_instead_of_digits(answer.recipe))
        self._kernel_names = kernel_layers(answer.architecture)
        self._choose_kernel_layer(kernel_layer_for(self._looked_at, self._kernel_names, answer.architecture))
        self.architecture_shown.emit(answer.architecture, answer.recipe.classes)

    def _on_failed(self, error: BaseException) -> None:
        self._stop_waiting()
        self._network.set_expecting(False)
        self._resolve_refusal()
        refusal = self._refusal = sentence_of(error)
        if not self._failed_as_digit:
            self.error.emit(refusal)
            return
        self._offer = ActionMessage(refusal, lambda: self.tr("Read it as it is"), self._read_as_it_is, "error")
        self._suggest(self._offer)

    def _resolve_refusal(self) -> None:
        """What was said last to stand in the way no longer does."""
        mended, self._refusal = self._refusal, None
        if self._offer is not None:
            offer, self._offer = self._offer, None
            self.action_withdrawn.emit(offer)
        elif mended is not None:
            self.error_resolved.emit(mended)

    @property
    def layer_names(self) -> tuple[str, ...]:
        """The layers of the model shown, in the order of the data's way."""
        return tuple(layer.name for layer in self._architecture.layers) if self._architecture is not None else ()

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
        self.pinned.emit(cell)  # before the kernels are requested: the explanation is answered first
        if cell is not None:
            self._on_layer_looked_at(cell.layer)
        is_shown = cell is not None and cell.layer == self._kernel_layer
        self._kernels.set_channel(cell.channel if cell is not None and is_shown else None)

    def _on_layer_looked_at(self, layer: str) -> None:
        self._looked_at = layer
        if self._architecture is not None:
            wanted = kernel_layer_for(layer, self._kernel_names, self._architecture)
            if wanted != self._kernel_layer:
                self._choose_kernel_layer(wanted)

    @property
    def source(self) -> InputSource | None:
        """The inspected image, before it is resized for a model; None without one."""
        return self._current.source if self._current is not None else None

    @property
    def truth(self) -> str | None:
        """The true class of the inspected image; None where it is unknown."""
        return self._current.truth if self._current is not None else None

    def _highlight(self, cell: Cell | None) -> Highlight | None:
        if cell is None or self._architecture is None:
            return None
        return highlight(self._architecture, cell)

    def set_explored(self, explored: bool) -> None:
        """Whether the network is on the stage: what a pinned value sees of the image is framed only then."""
        self._explored = explored
        self._frame_input(self._highlight(self._pinned))

    def _frame_input(self, shown: Highlight | None) -> None:
        region = None
        if self._explored and shown is not None and shown.cell.layer != "input" and shown.cell.row is not None:
            region = shown.regions.get("input")
        self._inputs.lens.set_region(region)

    def _on_kernel_layer_selected(self, layer: str) -> None:
        self._choose_kernel_layer(layer)

    def _choose_kernel_layer(self, layer: str) -> None:
        self._kernel_layer = layer
        self._kernels.set_layers(self._kernel_names, layer)
        self._thread.set_kernel_layer(layer)
