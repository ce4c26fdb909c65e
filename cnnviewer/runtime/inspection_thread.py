"""The inspection thread: it owns a copy of the model on the CPU and answers the newest request."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from cnnviewer.core.data.arrays import nfc
from cnnviewer.core.errors import Cancelled, UserError, without_frames
from cnnviewer.core.images.drawn_digit import DigitSteps
from cnnviewer.core.inspection.explain.pointwise import Draw
from cnnviewer.core.inspection.kernels import kernel_layers, kernels
from cnnviewer.core.inspection.mute_edits import fitting
from cnnviewer.core.inspection.records import Architecture, FloatArray, Kernels
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.interruption import interruptible
from cnnviewer.core.memory import release_freed_memory
from cnnviewer.core.models.mutes import Mutes
from cnnviewer.core.models.normalisation import normalisation_of
from cnnviewer.core.models.own.own_file import opening_of
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.thread_counts import compute_alone, compute_for_inspection
from cnnviewer.core.training.devices import kind_of
from cnnviewer.runtime.requests import (
    NOTHING,
    Answer,
    ExplainReply,
    ExplainRequest,
    GradientReply,
    GradientRequest,
    InputSource,
    InspectRequest,
    model_input,
)
from cnnviewer.runtime.slots import LatestSlot
from cnnviewer.runtime.waking_thread import WakingThread

Pixels = npt.NDArray[np.uint8]
_LARGE = 20_000_000  # weights
_REST = 0.1  # seconds without another image, after which new weights come again
_LONGEST = 1.0  # seconds that new weights wait for such a rest: somebody draws


class InspectionThread(WakingThread):
    """Runs the newest weights on the newest image and records every operation.

    There is one slot per kind of request, so that a new image never replaces waiting weights. `take_answer` returns the
    newest answer.

    Signals:
        answered: an answer is ready; emitted once until it is taken.
        explained: an explanation is ready; likewise.
        learned: a backward pass is ready; likewise.
        failed: a request raised this exception; the thread continues.
    """

    answered = Signal()
    explained = Signal()
    learned = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._request: LatestSlot[InspectRequest] = LatestSlot()
        self._weights: LatestSlot[tuple[ModelState, int]] = LatestSlot()
        self._mutes: LatestSlot[Mutes] = LatestSlot()
        self._kernel_layer: LatestSlot[str] = LatestSlot()
        self._answer: LatestSlot[Answer] = LatestSlot()
        self._explain_request: LatestSlot[ExplainRequest] = LatestSlot()
        self._explain_reply: LatestSlot[ExplainReply] = LatestSlot()
        self._gradient_request: LatestSlot[GradientRequest] = LatestSlot()
        self._gradient_reply: LatestSlot[GradientReply] = LatestSlot()
        self._inspecting_weights = False
        self._asked = self._given = 0.0  # when another image, and other weights, came last: `time.monotonic()`
        self._no_request_waits = threading.Event()
        self._no_request_waits.set()

    # called from any thread

    def ask_inspection(self, request: InspectRequest) -> None:
        """Inspect another image."""
        self._no_request_waits.clear()
        self._asked = time.monotonic()
        self._request.put(request)
        self.wake()

    def set_weights(self, state: ModelState, step: int = 0) -> None:
        """Use other weights, of the same model or of another one."""
        self._given = time.monotonic()
        self._weights.put((state, step))
        self.wake()

    def set_mutes(self, mutes: Mutes) -> None:
        """Mute these channels from now on, and no others; those that the model does not have are left out."""
        self._mutes.put(mutes)
        self.wake()

    def set_kernel_layer(self, layer: str) -> None:
        """Include the kernels of `layer` in every answer from now on."""
        self._kernel_layer.put(layer)
        self.wake()

    def explain(self, request: ExplainRequest) -> None:
        """Explain this value for every new answer; only the newest request counts."""
        self._explain_request.put(request)
        self.wake()

    def take_explanation(self) -> ExplainReply | None:
        """Return the newest explanation and remove it; None if there is none."""
        return self._explain_reply.take()

    def learn(self, request: GradientRequest | None) -> None:
        """Compute these gradients for every new answer; None stops that."""
        self._gradient_request.put(request or GradientRequest(NOTHING))
        self.wake()

    def take_backward(self) -> GradientReply | None:
        """Return the newest backward pass and remove it; None if there is none."""
        return self._gradient_reply.take()

    def wants_weights(self) -> bool:
        """Whether the last weights are inspected and their answer is taken: sending more before that wastes work.

        While somebody draws they come once a second, so that each part of a stroke is answered at once.
        """
        if self._weights.peek() is not None or self._inspecting_weights or self._answer.peek() is not None:
            return False
        now = time.monotonic()
        return now - self._asked >= _REST or now - self._given >= _LONGEST

    def let_through(self, seconds: float) -> None:
        """Wait at most `seconds` until the answer for the requested image has been shown."""
        self._no_request_waits.wait(seconds)

    def take_answer(self) -> Answer | None:
        """Return the newest answer and remove it; None if there is none. Call `set_shown` when it is on the screen."""
        return self._answer.take()

    def set_shown(self) -> None:
        """The answer taken last is on the screen: a training need not wait any longer."""
        if self._request.peek() is None:
            self._no_request_waits.set()

    # in the thread

    def run(self) -> None:
        """Qt's entry point, in the new thread: nothing escapes from here."""
        compute_alone()  # at once, before the first operation
        view = _View()
        while self.next_turn():
            try:
                with interruptible(self.isInterruptionRequested):
                    self._answer_with(view)
            except Cancelled:
                pass  # the program is being closed
            except BaseException as raised:  # a user's own code may call `exit()`
                error = raised if isinstance(raised, Exception) else RuntimeError(repr(raised))
                self.failed.emit(without_frames(error))
                view.drop_image(error)  # or the next weights would fail on it again
                self.wake()

    def _answer_with(self, view: _View) -> None:
        weights, mutes = self._weights.take(), self._mutes.take()
        self._inspecting_weights = weights is not None
        try:
            if mutes is not None:
                view.wanted_mutes = mutes
            if weights is not None:
                view.load(*weights)
            if mutes is not None or weights is not None:
                view.mute()
            layer = self._kernel_layer.take()
            if layer is not None:
                view.kernel_layer = layer
            request = self._request.take()
            if request is not None:
                view.request, view.refusal = request, None
            explain_request, gradient_request = self._explain_request.take(), self._gradient_request.take()
            view.ask(explain_request, gradient_request)
            inspects = view.changed or not (weights is None and request is None and mutes is None)
            answer = view.answer() if inspects else None
        finally:
            self._inspecting_weights = False
        self._put(answer)
        if inspects or explain_request is not None:
            self._explain(view)
        if inspects or gradient_request is not None:
            self._compute_gradients(view)
        if not inspects:
            self._put(view.answer_with_kernels(layer))

    def _put(self, answer: Answer | None) -> None:
        if answer is not None and self._answer.put(answer):
            self.answered.emit()

    def _explain(self, view: _View) -> None:
        explain_reply = view.explain_reply()
        if explain_reply is not None and self._explain_reply.put(explain_reply):
            self.explained.emit()

    def _compute_gradients(self, view: _View) -> None:
        gradient_reply = view.gradient_reply()
        if gradient_reply is not None and self._gradient_reply.put(gradient_reply):
            self.learned.emit()


class _View:
    """The model, the image and the requests being answered. Only the inspection thread uses it."""

    def __init__(self) -> None:
        self.request: InspectRequest | None = None
        self.kernel_layer = ""
        self.explain_request: ExplainRequest | None = None
        self.gradient_request: GradientRequest | None = None
        self._taken: tuple[InputSource | None, tuple[str, ...], int] | None = None  # the answer that gradients expect
        self.refusal: Exception | None = None  # why the requested image cannot be inspected
        self.changed = False  # `drop_image` has replaced the requested image
        self.wanted_mutes: Mutes = ()  # of whatever weights come
        self._answered: Answer | None = None
        self._prepared: tuple[InputSource | None, ModelRecipe, tuple[FloatArray | None, DigitSteps | None]] | None = (
            None
        )
        self._known_kernels: dict[str, Kernels | None] = {}  # of these weights
        self._inspector: Inspector | None = None
        self._state: ModelState | None = None
        self._opening: object = None  # of the user's own model file, whose code may change between two loads
        self._step = 0

    def load(self, state: ModelState, step: int) -> None:
        opening = opening_of(state.recipe.model)
        known = self._state is not None and state.recipe == self._state.recipe and opening is self._opening
        self._opening = opening
        if self._inspector is not None and known:
            self._inspector.load(state.tensors)
            self._inspector.set_mutes(state.mutes)
        else:
            compute_for_inspection(is_large(state))
            self._inspector = Inspector.from_state(state)
        self._state, self._step, self._known_kernels = state, step, {}

    def mute(self) -> None:
        """Mute those of the wanted channels that the model has."""
        if self._inspector is not None and self._state is not None:
            mutes = fitting(self.wanted_mutes, self._inspector.architecture)
            self._inspector.set_mutes(mutes)
            if mutes != self._state.mutes:
                self._state = replace(self._state, mutes=mutes)

    def drop_image(self, reason: Exception) -> None:
        """Inspect no image instead of one that failed; where that fails too, drop the model."""
        if self.request is None or self.request.source is None:
            self._inspector = None
        else:
            self.request, self.refusal = InspectRequest(self.request.generation, None), reason
            self.changed = True

    def answer(self) -> Answer | None:
        inspector, state = self._inspector, self._state
        self.changed = False
        if inspector is None or state is None:
            return None
        request = self.request or InspectRequest(0, None)
        image, steps = self._prepare(request.source, state.recipe)
        self._answered = None  # a large model leaves no memory for two answers
        if is_large(state):
            release_freed_memory()  # nor for the last image's intermediate tensors
        self._answered = Answer(
            inspection=inspector.inspect(image, generation=request.generation, step=self._step),
            architecture=inspector.architecture,
            recipe=state.recipe,
            normalisation=normalisation_of(state),
            state=state,
            kernels=self._kernels(inspector.architecture, state),
            steps=steps,
            untrained=bool(state.provenance.get("untrained")),
            refusal=self.refusal,
        )
        return self._answered

    def _prepare(self, source: InputSource | None, recipe: ModelRecipe) -> tuple[FloatArray | None, DigitSteps | None]:
        """The model's input, `(C, H, W)`; prepared once per image, not again at every training step."""
        if self._prepared is None or self._prepared[0] is not source or self._prepared[1] != recipe:
            self._prepared = None  # frees the last photo first: it can be large
            self._prepared = (source, recipe, model_input(source, recipe))
        return self._prepared[2]

    def answer_with_kernels(self, layer: str | None) -> Answer | None:
        """The last answer with the kernels of `layer`, without inspecting the image again; None without a `layer`."""
        if layer is None or self._answered is None or self._state is None:
            return None
        kernels = self._kernels(self._answered.architecture, self._state)
        self._answered = replace(self._answered, kernels=kernels)
        return self._answered

    def ask(self, explain_request: ExplainRequest | None, gradient_request: GradientRequest | None) -> None:
        """Replace the requests that are answered from now on."""
        if explain_request is not None:
            self.explain_request = explain_request
        if gradient_request is not None:
            self.gradient_request = None if gradient_request.number == NOTHING else gradient_request
            if self.gradient_request is None:
                self._taken = None

    def gradient_reply(self) -> GradientReply | None:
        """The requested backward pass for the image answered last."""
        gradient_request, inspector, state = self.gradient_request, self._inspector, self._state
        if gradient_request is None or inspector is None or state is None:
            return None
        try:
            label = self._target(gradient_request.label, state.recipe)
            labels = (inspector.predicted if label is None else label, *gradient_request.labels)
            return GradientReply(
                gradient_request.number,
                inspector.backward(
                    labels, gradient_request.weight, gradient_request.rates, state.velocity, gradient_request.others
                ),
            )
        except UserError as error:
            return GradientReply(gradient_request.number, None, without_frames(error))

    def _target(self, chosen: int | None, recipe: ModelRecipe) -> int | None:
        """Index of the class that the loss expects: the one chosen, the image's own, or the answer.

        An answer that was taken stays while the same image is asked about: gradients of other weights can be compared.
        """
        label = chosen if chosen is not None else self._label(recipe)
        if label is not None or self._inspector is None or self.request is None:
            return label
        source, classes = self.request.source, recipe.classes
        if self._taken is None or self._taken[0] is not source or self._taken[1] != classes:
            self._taken = (source, classes, self._inspector.predicted)
        return self._taken[2]

    def explain_reply(self) -> ExplainReply | None:
        """The explanation of the requested value, from the values answered last."""
        explain_request, inspector, state = self.explain_request, self._inspector, self._state
        if explain_request is None or explain_request.cell is None or inspector is None or state is None:
            return None
        try:
            return ExplainReply(
                explain_request.number, inspector.explain(explain_request.cell, self._label(state.recipe), _draw(state))
            )
        except UserError as error:
            return ExplainReply(explain_request.number, None, without_frames(error))

    def _label(self, recipe: ModelRecipe) -> int | None:
        """Index of the image's true class among the model's classes; None where it is unknown."""
        truth = self.request.truth if self.request is not None else None
        names = [nfc(name) for name in recipe.classes]
        return names.index(nfc(truth)) if truth is not None and nfc(truth) in names else None

    def _kernels(self, architecture: Architecture, state: ModelState) -> Kernels | None:
        """Of the layer asked for, or of the first that has weights."""
        names = kernel_layers(architecture)
        if not names:
            return None
        name = self.kernel_layer if self.kernel_layer in names else names[0]
        if name not in self._known_kernels:  # the statistics of a large layer take 0.1 s
            self._known_kernels[name] = kernels(state.tensors, architecture.layer(name))
        return self._known_kernels[name]


def _draw(state: ModelState) -> Draw:
    """How the training of these weights draws random masks. Old runs record no layout: they used channels_last."""
    facts = state.provenance
    device = kind_of(str(facts.get("device", "cpu")))
    return Draw(int(facts.get("seed", 1)), 0, facts.get("layout", "channels_last") == "channels_last", device)


def is_large(state: ModelState) -> bool:
    """Whether an image is work for several cores."""
    return sum(tensor.numel() for tensor in state.tensors.values()) > _LARGE
