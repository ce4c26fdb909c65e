"""The thread that looks inside: it owns a copy of the model on the CPU and answers the newest request."""

from __future__ import annotations

import os
import threading
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import torch
from PySide6.QtCore import QObject, QThread, Signal

from cnnviewer.core.digits import DigitSteps
from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.explain.pointwise import Draw
from cnnviewer.core.inspection.kernels import kernel_layers, kernels
from cnnviewer.core.inspection.records import Architecture, FloatArray, Kernels
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.memory import release_freed_memory
from cnnviewer.core.models.normalisation import normalisation_of
from cnnviewer.core.models.own_file import opening_of
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.state import ModelState
from cnnviewer.runtime.questions import NOTHING, Answer, Because, Learn, Learned, Request, Source, Why, model_input
from cnnviewer.runtime.slots import LatestSlot

Pixels = npt.NDArray[np.uint8]
_LARGE = 20_000_000  # weights


class InspectionThread(QThread):
    """Answers with the newest image seen through the newest weights.

    There is one slot a kind of request, so that drawing never evicts weights. `take_answer` gives the newest answer.

    Signals:
        answered: an answer lies ready; comes once until it is taken.
        explained: an explanation lies ready; likewise.
        learned: a backward pass lies ready; likewise.
        failed: an exception; the thread goes on.
    """

    answered = Signal()
    explained = Signal()
    learned = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wake = threading.Condition()
        self._request: LatestSlot[Request] = LatestSlot()
        self._weights: LatestSlot[tuple[ModelState, int]] = LatestSlot()
        self._kernel_layer: LatestSlot[str] = LatestSlot()
        self._answer: LatestSlot[Answer] = LatestSlot()
        self._why: LatestSlot[Why] = LatestSlot()
        self._because: LatestSlot[Because] = LatestSlot()
        self._learn: LatestSlot[Learn] = LatestSlot()
        self._learned: LatestSlot[Learned] = LatestSlot()
        self._woken = False
        self._inspecting_weights = False
        self._nobody_waits = threading.Event()
        self._nobody_waits.set()

    # asked from any thread

    def look_at(self, request: Request) -> None:
        """Look at another image."""
        self._nobody_waits.clear()
        self._request.put(request)
        self._notify()

    def set_weights(self, state: ModelState, step: int = 0) -> None:
        """Use other weights, of the same model or another."""
        self._weights.put((state, step))
        self._notify()

    def set_kernel_layer(self, layer: str) -> None:
        """Send along the kernels of `layer` from now on."""
        self._kernel_layer.put(layer)
        self._notify()

    def explain(self, why: Why) -> None:
        """Explain this number from now on; the newest question is answered."""
        self._why.put(why)
        self._notify()

    def take_explanation(self) -> Because | None:
        """The newest explanation, once."""
        return self._because.take()

    def learn(self, request: Learn | None) -> None:
        """Make this backward pass from now on; None: no longer."""
        self._learn.put(request or Learn(NOTHING))
        self._notify()

    def take_backward(self) -> Learned | None:
        """The newest backward pass, once."""
        return self._learned.take()

    def wants_weights(self) -> bool:
        """Whether the last weights have been seen and their answer taken: sending more before would be lost work."""
        return self._weights.peek() is None and not self._inspecting_weights and self._answer.peek() is None

    def let_through(self, seconds: float) -> None:
        """Wait, at most so long, until an image asked for has been answered and its answer taken."""
        self._nobody_waits.wait(seconds)

    def take_answer(self) -> Answer | None:
        """The newest answer, once."""
        answer = self._answer.take()
        if self._request.peek() is None:
            self._nobody_waits.set()
        return answer

    def shut_down(self) -> None:
        """End the thread and wait for it."""
        self.requestInterruption()
        self._notify()
        self.wait()

    def _notify(self) -> None:
        with self._wake:
            self._woken = True
            self._wake.notify()

    # in the thread

    def run(self) -> None:
        """Qt's entry point, in the new thread: nothing escapes from here."""
        torch.set_num_threads(1)  # at once: idle helpers of this thread would slow a training down, see `app.launch`
        view = _View()
        while not self.isInterruptionRequested():
            with self._wake:
                while not self._woken:
                    self._wake.wait()
                self._woken = False
            try:
                self._answer_with(view)
            except Exception as error:
                self.failed.emit(error)
                view.drop_image()  # or the next weights would fail on it again
                self._notify()

    def _answer_with(self, view: _View) -> None:
        if self.isInterruptionRequested():
            return
        weights = self._weights.take()
        self._inspecting_weights = weights is not None
        try:
            if weights is not None:
                view.load(*weights)
            layer = self._kernel_layer.take()
            if layer is not None:
                view.kernel_layer = layer
            request = self._request.take()
            if request is not None:
                view.request = request
            why, learn = self._why.take(), self._learn.take()
            view.ask(why, learn)
            looks = view.changed or weights is not None or request is not None
            answer = view.answer() if looks else None
        finally:
            self._inspecting_weights = False
        self._put(answer)
        if looks or why is not None:
            self._explain(view)
        if looks or learn is not None:
            self._learn_from(view)
        if not looks:
            self._put(view.answer_with_kernels(layer))

    def _put(self, answer: Answer | None) -> None:
        if answer is not None and self._answer.put(answer):
            self.answered.emit()

    def _explain(self, view: _View) -> None:
        because = view.because()
        if because is not None and self._because.put(because):
            self.explained.emit()

    def _learn_from(self, view: _View) -> None:
        learned = view.learned()
        if learned is not None and self._learned.put(learned):
            self.learned.emit()


class _View:
    """What the thread looks with and at. It lives in the thread alone."""

    def __init__(self) -> None:
        self.request: Request | None = None
        self.kernel_layer = ""
        self.why: Why | None = None
        self.learn: Learn | None = None
        self.changed = False  # it has been made to look at something else than was asked for
        self._answered: Answer | None = None
        self._prepared: tuple[Source | None, ModelRecipe, tuple[FloatArray | None, DigitSteps | None]] | None = None
        self._known_kernels: dict[str, Kernels | None] = {}  # of these weights
        self._inspector: Inspector | None = None
        self._state: ModelState | None = None
        self._opening: object = None  # of a person's own file, whose code may be another one the next time
        self._step = 0

    def load(self, state: ModelState, step: int) -> None:
        opening = opening_of(state.recipe.model)
        known = self._state is not None and state.recipe == self._state.recipe and opening is self._opening
        self._opening = opening
        if self._inspector is not None and known:
            self._inspector.load(state.tensors)
        else:
            torch.set_num_threads(_threads_for(state))
            self._inspector = Inspector.from_state(state)
        self._state, self._step, self._known_kernels = state, step, {}

    def drop_image(self) -> None:
        """Look at nothing, in place of an image that cannot be looked at; or stop altogether when that fails too."""
        if self.request is None or self.request.source is None:
            self._inspector = None
        else:
            self.request = Request(self.request.generation, None)
            self.changed = True

    def answer(self) -> Answer | None:
        inspector, state = self._inspector, self._state
        self.changed = False
        if inspector is None or state is None:
            return None
        request = self.request or Request(0, None)
        image, steps = self._prepare(request.source, state.recipe)
        self._answered = None  # of a large model there is no room for two
        if _is_large(state):
            release_freed_memory()  # nor for what the last image's operations left behind
        self._answered = Answer(
            inspection=inspector.inspect(image, generation=request.generation, step=self._step),
            architecture=inspector.architecture,
            recipe=state.recipe,
            normalisation=normalisation_of(state),
            kernels=self._kernels(inspector.architecture, state),
            steps=steps,
            untrained=bool(state.provenance.get("untrained")),
        )
        return self._answered

    def _prepare(self, source: Source | None, recipe: ModelRecipe) -> tuple[FloatArray | None, DigitSteps | None]:
        """The model's input; prepared once, and not again with every step of a training."""
        if self._prepared is None or self._prepared[0] is not source or self._prepared[1] != recipe:
            self._prepared = None  # of a large photo there is no need for two
            self._prepared = (source, recipe, model_input(source, recipe))
        return self._prepared[2]

    def answer_with_kernels(self, layer: str | None) -> Answer | None:
        """The last answer with the kernels of `layer`: the image is not looked at again. None where none is asked."""
        if layer is None or self._answered is None or self._state is None:
            return None
        kernels = self._kernels(self._answered.architecture, self._state)
        self._answered = replace(self._answered, kernels=kernels)
        return self._answered

    def ask(self, why: Why | None, learn: Learn | None) -> None:
        """Take over new questions."""
        if why is not None:
            self.why = why
        if learn is not None:
            self.learn = None if learn.number == NOTHING else learn

    def learned(self) -> Learned | None:
        """The backward pass asked for, of the image answered last."""
        learn, inspector, state = self.learn, self._inspector, self._state
        if learn is None or inspector is None or state is None:
            return None
        try:
            label = learn.label if learn.label is not None else self._label(state.recipe)
            labels = (inspector.predicted if label is None else label, *learn.labels)
            return Learned(
                learn.number, inspector.backward(labels, learn.weight, learn.rates, state.velocity, learn.others)
            )
        except UserError as error:
            return Learned(learn.number, None, error)

    def because(self) -> Because | None:
        """The explanation of the number asked about, from the values answered last."""
        why, inspector, state = self.why, self._inspector, self._state
        if why is None or why.cell is None or inspector is None or state is None:
            return None
        try:
            return Because(why.number, inspector.explain(why.cell, self._label(state.recipe), _draw(state)))
        except UserError as error:
            return Because(why.number, None, error)

    def _label(self, recipe: ModelRecipe) -> int | None:
        """Which of the model's classes the image is labelled with."""
        truth = self.request.truth if self.request is not None else None
        return recipe.classes.index(truth) if truth in recipe.classes else None

    def _kernels(self, architecture: Architecture, state: ModelState) -> Kernels | None:
        """Of the layer asked for, or of the first that has weights."""
        names = kernel_layers(architecture)
        if not names:
            return None
        name = self.kernel_layer if self.kernel_layer in names else names[0]
        if name not in self._known_kernels:  # of a large layer their facts take a tenth of a second
            self._known_kernels[name] = kernels(state.tensors, architecture.layer(name))
        return self._known_kernels[name]


def _draw(state: ModelState) -> Draw:
    """How the training of these weights draws; runs from before the layout was recorded used the quicker one."""
    facts = state.provenance
    device = str(facts.get("device", "cpu")).partition(":")[0]
    return Draw(int(facts.get("seed", 1)), 0, facts.get("layout", "channels_last") == "channels_last", device)


def _threads_for(state: ModelState) -> int:
    """One for a small model: one image is too little work to share, and a training needs the other cores.

    A large one is not trained meanwhile, and its image is work for all cores but the window's: threads that share a
    core wait for each other at every layer (VGG16 on two busy cores: 2.4 s with two threads, 0.7 s with one).
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(8, cores - 1)) if _is_large(state) else 1


def _is_large(state: ModelState) -> bool:
    return sum(tensor.numel() for tensor in state.tensors.values()) > _LARGE
