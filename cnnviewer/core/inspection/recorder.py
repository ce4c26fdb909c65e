"""Runs a model on an image and keeps the value of every operation, whatever the model is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.autograd.graph import GradientEdge

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.layers import Described, Keep, Weights
from cnnviewer.core.inspection.muting import Replacement, together
from cnnviewer.core.inspection.records import LayerInfo
from cnnviewer.core.inspection.storage import version_of
from cnnviewer.core.inspection.tape import Tape
from cnnviewer.core.inspection.traced_operation import TracedOperation
from cnnviewer.core.interruption import check_interruption, is_interruptible
from cnnviewer.core.models.output import head_of
from cnnviewer.core.models.pooling import OWN_LAYERS
from cnnviewer.core.models.predicting import predicting
from cnnviewer.core.models.randomness import other_libraries_alike

Run = Callable[..., Any]
"""A module's `forward`."""
_ABSENT = object()

# The same objects in every recording: two of one way are equal.
DROPS = UserError(
    "This model drops values even while it predicts (F.dropout without training=self.training). Here "
    "nothing is dropped: not in the evaluation, the prediction or the look inside."
)
DRAWS = UserError(
    "This model draws random numbers while it predicts. Here every image gets the same ones each time: in "
    "the evaluation, the prediction and the look inside."
)
DECIDES = UserError(
    "This model decides by its numbers which operations run: those that ran for this image are shown, "
    "another image may take another way."
)
UNSEEN = UserError("Some values were computed where nobody can look: they are shown as “Not recorded”.")


@dataclass(frozen=True)
class RecordedPass:
    """One forward pass of a model.

    Attributes:
        layers: the operations in the order in which they ran, after `input`.
        values: layer name -> its value with its batch dimension, as it was before anything overwrote it.
        steps: layer name -> how its value was computed.
        output: name of the layer that is the model's output.
        notes: what the user should know about it; empty when nothing is missing.
        returned: the model's output itself, with its graph where gradients were asked for.
        edges: layer name -> where its gradient passes; empty where none were asked for.
        learned: layer name -> parameters that its operation was given, other than its module's own.
        live: layer name -> its value with its graph, of those kept that nothing has written over.
        takes_out: whether the model handed numbers to Python or another library: what it computes there is not known.

    """

    layers: tuple[LayerInfo, ...]
    values: dict[str, torch.Tensor]
    steps: dict[str, TracedOperation]
    output: str
    notes: tuple[UserError, ...]
    returned: torch.Tensor
    edges: dict[str, GradientEdge]
    learned: dict[str, tuple[str, ...]]
    live: dict[str, torch.Tensor]
    takes_out: bool = False


def keep_all(_layer: LayerInfo, _step: TracedOperation | None, _value: torch.Tensor) -> bool:
    """Keep every value."""
    return True


def keep_none(_layer: LayerInfo, _step: TracedOperation | None, _value: torch.Tensor) -> bool:
    """Keep no value."""
    return False


@dataclass(frozen=True)
class _Tensor:
    """A module's buffer or weight: where it stands, the recorder's copy of it, and the one that it is a copy of."""

    owner: dict[str, Any]
    name: str
    copied: torch.Tensor
    version: int
    given: torch.Tensor

    @property
    def changed(self) -> bool:
        """Whether the model wrote into it, or put another one in its place."""
        return self.owner.get(self.name) is not self.copied or version_of(self.copied) != self.version


class Listener:
    """Who hears the calls of a model's layers: the tape of the pass under way, if there is one."""

    def __init__(self) -> None:
        self.tape: Tape | None = None

    def through_tape(self, path: str, module: nn.Module) -> Run:
        """What runs in place of the `forward` of `module`, a layer of one operation."""
        forward = module.forward

        def run(*args: Any, **kwargs: Any) -> Any:
            if self.tape is None:
                return forward(*args, **kwargs)
            return self.tape.run_module(path, module, forward, args, kwargs)

        return run


@contextmanager
def listening(listener: Listener, runs: Sequence[tuple[dict[str, Any], Run]], tape: Tape) -> Iterator[None]:
    """In here, lead the calls of the modules that are one operation each through the tape.

    `runs`: the attributes of each module, and what runs in place of its `forward`.
    """
    listener.tape = tape
    before = [attributes.get("forward", _ABSENT) for attributes, _ in runs]
    for attributes, run in runs:
        attributes["forward"] = run
    try:
        with tape:
            yield
    finally:
        for (attributes, _), forward in zip(runs, before, strict=True):
            if forward is _ABSENT:
                attributes.pop("forward", None)
            else:
                attributes["forward"] = forward
        listener.tape = None


class Recorder:
    """Records a model's forward passes. Nobody else runs the model meanwhile.

    Nothing that it holds refers back to it: a large model leaves memory at once when nobody inspects it any more.

    Attributes:
        replacing: layer name -> what makes of its value the one that stands in its place, in every pass.
        keeps_images_apart: whether images of a batch do not change each other's logits; None until somebody looked.
        batch_layout: in which memory format many images are run; None until somebody tried.

    """

    def __init__(self, model: nn.Module) -> None:
        self._model = model
        leaves = {path: module for path, module in model.named_modules() if path and is_leaf(module)}
        self._paths = frozenset(leaves)
        self._listener = Listener()
        self._runs = [(vars(module), self._listener.through_tape(path, module)) for path, module in leaves.items()]
        self._tensors: list[_Tensor] = []
        self._writes_weights = False
        self._own_tensors()
        self._before: tuple[Described, ...] = ()
        self._constants: dict[int, torch.Tensor] | None = None
        self._careful = False
        self.replacing: Mapping[str, Replacement] = {}
        self.keeps_images_apart: bool | None = None
        self.batch_layout: torch.memory_format | None = None

    @property
    def careful(self) -> bool:
        """Whether an operation was seen that writes into its operand and does not say so."""
        return self._careful

    def weights_changed(self) -> None:
        """The model has other tensors now."""
        self._own_tensors()

    @contextmanager
    def also_replacing(self, more: Mapping[str, Replacement]) -> Iterator[None]:
        """In here, replace these values too, before what is replaced anyway."""
        before = self.replacing
        self.replacing = together(more, before)
        try:
            yield
        finally:
            self.replacing = before

    @contextmanager
    def unreplaced(self) -> Iterator[None]:
        """In here, every value is the model's own."""
        before, self.replacing = self.replacing, {}
        try:
            yield
        finally:
            self.replacing = before

    def predict(self, images: torch.Tensor) -> torch.Tensor:
        """The model's output for normalised `(N, C, H, W)`, as it is recorded for each of them."""
        if self.replacing:
            with torch.inference_mode(False), torch.no_grad():
                return self._run(images, keep_none)[1].returned
        try:
            with torch.inference_mode(), predicting(self._model, images):
                return first_tensor(self._model(images))
        finally:
            self._restore_tensors()

    def record(self, images: torch.Tensor, keep: Keep = keep_all) -> RecordedPass:
        """Normalised `(N, C, H, W)` -> every layer's value.

        Args:
            images: what the model is run on.
            keep: sees the value of every operation and says whether it is wanted: a large model's are too many.
        """
        with torch.inference_mode(False), torch.no_grad():
            tape, recording = self._run(images, keep)
            if self._constants is None:
                # what is there again in a second pass was there before: a table that the model holds
                self._constants = tape.known.unknown
                if self._constants:
                    tape, recording = self._run(images, keep)
        self._before = tuple(tape.layers.described)
        return recording

    def record_with_gradients(self, images: torch.Tensor, keep: Keep = keep_all) -> RecordedPass:
        """Likewise, with the graph: the gradient of any layer's value can be asked for, before and after a change."""
        with torch.inference_mode(False), torch.enable_grad():
            recording = self._run(images.detach().requires_grad_(True), keep, gradients=True)[1]
        if is_interruptible():
            for edge in recording.edges.values():
                edge.node.register_prehook(_check_interruption)
        return recording

    def _run(self, images: torch.Tensor, keep: Keep, gradients: bool = False) -> tuple[Tape, RecordedPass]:
        while True:
            tape = Tape(
                images.clone(),  # the model may write into it
                self._weights,
                self._paths,
                self._before,
                keep,
                gradients=gradients,
                careful=self._careful,
                constants=self._constants,
                replacing=self.replacing,
            )
            try:
                with listening(self._listener, self._runs, tape):
                    returned = first_tensor(self._run_model(tape))
                output = tape.finish(returned)
            finally:
                if tape.restore():
                    self._writes_weights = True
                self._restore_tensors()
            if not tape.surprised:
                found = tape.layers
                layers = (found.input, *(described.layer for described in found.described))
                learned = {each.layer.name: each.learned for each in found.described if each.learned}
                live = {name: value for name, (value, version) in found.live.items() if version_of(value) == version}
                return tape, RecordedPass(
                    layers,
                    found.values,
                    found.steps,
                    output,
                    _notes(tape),
                    returned,
                    found.edges | found.edges_before,
                    learned,
                    live,
                    tape.takes_out,
                )
            self._careful = True

    def _run_model(self, tape: Tape) -> Any:
        if head_of(self._model) is None:
            return self._model(tape.images)
        with other_libraries_alike() as drew:
            returned = self._model(tape.images)
            tape.settled.drew = tape.settled.drew or drew()
            return returned

    def _own_tensors(self) -> None:
        """Give the model buffers of its own: it may write into them, and what it reads belongs to others.

        Weights too, of the rare model that was seen to write into them.
        """
        own: dict[int, torch.Tensor] = {}
        self._tensors = []
        self._weights = Weights(self._model)
        with torch.inference_mode(False), torch.no_grad():
            for module in self._model.modules():
                owners: list[dict[str, Any]] = [module._buffers]
                owners += [module._parameters] if self._writes_weights else []
                for owner in owners:
                    for name, given in owner.items():
                        if given is not None:
                            copied = own.setdefault(id(given), _copied(given))
                            owner[name] = copied
                            self._tensors.append(_Tensor(owner, name, copied, version_of(copied), given))

    def _restore_tensors(self) -> None:
        """Every image finds the buffers as the weights have them, whatever the last one left in them."""
        if self._writes_weights or any(each.changed for each in self._tensors):
            for each in self._tensors:
                each.owner[each.name] = each.given
            self._own_tensors()


def _check_interruption(_slopes: object) -> None:
    """Before an operation of the backward pass, which is given these gradients."""
    check_interruption()


def _notes(tape: Tape) -> tuple[UserError, ...]:
    found = (
        (tape.settled.dropped, DROPS),
        (tape.settled.drew, DRAWS),
        (tape.decides, DECIDES),
        (tape.known.unseen, UNSEEN),
    )
    return tuple(note for holds, note in found if holds)


def _copied(tensor: torch.Tensor) -> torch.Tensor:
    copied = tensor.detach().clone()
    return nn.Parameter(copied, tensor.requires_grad) if isinstance(tensor, nn.Parameter) else copied


def is_leaf(module: nn.Module) -> bool:
    """Whether a module is one operation: a layer of PyTorch, or the user's subclass that leaves computing to it."""
    if isinstance(module, (*OWN_LAYERS, torch.jit.ScriptModule)):
        return True
    if isinstance(module, (nn.Sequential, nn.DataParallel)) or "forward" in vars(module):
        return False
    return type(module).__module__.startswith("torch.nn") or type(module).forward.__module__.startswith("torch.nn")


def first_tensor(value: Any) -> torch.Tensor:
    """The first tensor in what a model returned."""
    while not torch.is_tensor(value):
        value = next(iter(value.values() if isinstance(value, dict) else value))
    return value
