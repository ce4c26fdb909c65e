"""The layers of one forward pass: every operation and its value become one, described as in another pass if it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import torch
from torch import nn
from torch.autograd.graph import GradientEdge, get_gradient_edge

from cnnviewer.core.inspection.naming import INPUT, Names
from cnnviewer.core.inspection.operands import Path, alike, place_name, rank_of, shape_for_one, without_numbers
from cnnviewer.core.inspection.operations import OperationCall, describe
from cnnviewer.core.inspection.records import LayerInfo
from cnnviewer.core.inspection.storage import storage_of, version_of
from cnnviewer.core.inspection.traced_operation import TracedOperation

Keep = Callable[[LayerInfo, TracedOperation | None, torch.Tensor], bool]
"""A layer, how it was computed and its value -> whether the value is kept."""


class Weights:
    """The model's parameters and buffers, by tensor and by storage; read only when something asks for them."""

    def __init__(self, model: nn.Module) -> None:
        self._model = model

    @cached_property
    def names(self) -> dict[int, str]:
        """Of the parameters, by id."""
        return {id(tensor): name for name, tensor in self._model.named_parameters()}

    @cached_property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Of the parameters, by name."""
        return {name: tuple(tensor.shape) for name, tensor in self._model.named_parameters()}

    @cached_property
    def storages(self) -> frozenset[int]:
        """Of parameters and buffers."""
        return self.learned | {storage_of(tensor) for tensor in self._model.buffers()}

    @cached_property
    def learned(self) -> frozenset[int]:
        """The storages of the parameters."""
        return frozenset(storage_of(tensor) for tensor in self._model.parameters())

    def of_module(self, module: nn.Module) -> tuple[str, ...]:
        """Names of a module's parameters, as the model has them."""
        names = (self.names.get(id(tensor)) for tensor in module.parameters())
        return tuple(name for name in names if name is not None)


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation with its operands, before it is known what it gives."""

    name: str
    word: nn.Module | str
    module: str | None
    target: Any
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    inputs: tuple[str, ...]
    learned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Described:
    """A layer with the step that it was described from, its parameters and those counted at it."""

    step: TracedOperation
    layer: LayerInfo
    learned: tuple[str, ...]
    counted: tuple[str, ...]


class Layers:
    """What was described of a pass so far.

    Attributes:
        described: the layers in the order in which they ran.
        values: layer name -> its value, with its batch dimension.
        steps: layer name -> how it was computed.
        edges: layer name -> where its gradient passes.
        edges_before: likewise, of the values in whose place another one stands: what passes there is what reaches the
            operation.
        live: layer name -> its value with its graph, of those kept, and the version at which it had that value.
        count: how many images there are.
        gradients: whether gradients are wanted.

    """

    def __init__(
        self,
        images: torch.Tensor,
        weights: Weights,
        paths: frozenset[str],
        before: Sequence[Described],
        keep: Keep,
        gradients: bool,
    ) -> None:
        self.described: list[Described] = []
        self.values: dict[str, torch.Tensor] = {}
        self.steps: dict[str, TracedOperation] = {}
        self.edges: dict[str, GradientEdge] = {}
        self.edges_before: dict[str, GradientEdge] = {}
        self.live: dict[str, tuple[torch.Tensor, int]] = {}
        self.count = int(images.shape[0])
        self._weights = weights
        self._names = Names(paths)
        self._skipped: list[str] = []  # modules whose names have not been given again
        self._before = before
        self._keep = keep
        self.gradients = gradients
        self._counted: set[str] = set()
        self._noted = 0  # layers whose names and parameters are known
        self._kept: list[str] = []
        self._kept_in: dict[int, list[str]] = {}
        shape, rank = shape_for_one(images, self.count), rank_of(images, self.count)
        self.input = LayerInfo(INPUT, "input", "Input", (), shape, palette="image", rank=rank)
        self._infos = {INPUT: self.input}
        self._store(self.input, None, images)
        self.lead_gradient(INPUT, images)

    @property
    def last(self) -> str:
        """Name of the layer that ran last."""
        return self.described[-1].layer.name if self.described else INPUT

    @property
    def expected(self) -> Described | None:
        """What the other pass had at this place."""
        at = len(self.described)
        return self._before[at] if at < len(self._before) else None

    def name(self, word: str, path: str | None = None) -> str:
        """A name for a function of this word, or for the call of the module at `path`."""
        for skipped in self._skipped:
            self._names.of_module(skipped)
        self._skipped.clear()
        return self._names.of_function(word) if path is None else self._names.of_module(path)

    def again(self, found: Described, path: str, value: torch.Tensor) -> None:
        """Add the layer that is expected, by the same module."""
        self._skipped.append(path)
        self._take(found, found.step, value)
        self.lead_gradient(found.layer.name, value)

    def fits(self, found: Described, value: torch.Tensor) -> bool:
        """Whether a value is as large as that of another pass's layer, for each image of its own pass."""
        info = found.layer
        return info.shape == shape_for_one(value, self.count) and info.rank == rank_of(value, self.count)

    def add(
        self, operation: Operation, value: torch.Tensor, path: Path | None = None, changed: int | str | None = None
    ) -> str:
        """Make a layer of a value, the result at `path` among several, or of the operand that was `changed`."""
        name = place_name(operation.name, path or ())
        part = path[0] if path is not None and len(path) == 1 else path
        found = self.expected
        if found is not None and self.fits(found, value) and _same(found, name, operation, part, changed):
            step = TracedOperation(found.step.call, operation.target, operation.args, operation.kwargs, part, changed)
        else:
            found = self._describe(name, operation, part, changed, value)
            step = found.step
        self._take(found, step, value)
        self.lead_gradient(name, value)
        return name

    def lead_gradient(self, layer: str, value: torch.Tensor) -> None:
        """The layer's gradient is that of `value`."""
        if self.gradients and _is_in_graph(value):
            self.edges[layer] = get_gradient_edge(value)
            if layer in self.values:
                self.live[layer] = value, version_of(value)

    def lead_gradient_before(self, layer: str, value: torch.Tensor) -> None:
        """Another value stands in the layer's place; its gradient is that of `value` all the same."""
        if self.gradients and _is_in_graph(value):
            self.edges_before[layer] = get_gradient_edge(value)

    def copy_before(self, tensor: torch.Tensor) -> None:
        """Copy the recorded values that a write into the tensor may change."""
        for name in self._kept:
            self._kept_in.setdefault(storage_of(self.values[name]), []).append(name)
        self._kept.clear()
        for name in self._kept_in.pop(storage_of(tensor), ()):
            self.values[name] = self.values[name].clone()

    def _take(self, found: Described, step: TracedOperation, value: torch.Tensor) -> None:
        self.described.append(found)
        self.steps[found.layer.name] = step
        self._store(found.layer, step, value)

    def _store(self, layer: LayerInfo, step: TracedOperation | None, value: torch.Tensor) -> None:
        value = value.detach() if self.gradients else value
        if self._keep(layer, step, value):
            self.values[layer.name] = value
            self._kept.append(layer.name)

    def _describe(
        self,
        name: str,
        operation: Operation,
        part: int | Path | None,
        changed: int | str | None,
        value: torch.Tensor,
    ) -> Described:
        for found in self.described[self._noted :]:
            self._counted.update(found.counted)
            self._infos[found.layer.name] = found.layer
        self._noted = len(self.described)
        own = self._weights.of_module(operation.word) if isinstance(operation.word, nn.Module) else ()
        counted = tuple(each for each in dict.fromkeys((*operation.learned, *own)) if each not in self._counted)
        call = OperationCall(
            name=name,
            operation=operation.word,
            module=operation.module,
            args=tuple(without_numbers(value) for value in operation.args),
            kwargs={key: without_numbers(value) for key, value in operation.kwargs.items()},
            inputs=tuple(self._infos[layer] for layer in operation.inputs),
            shape=shape_for_one(value, self.count),
            learned=tuple(self._weights.shapes[each] for each in counted),
            rank=rank_of(value, self.count),
        )
        step = TracedOperation(call, operation.target, operation.args, operation.kwargs, part, changed)
        return Described(step, describe(call), operation.learned, counted)


def _same(
    found: Described,
    name: str,
    operation: Operation,
    part: int | Path | None,
    changed: int | str | None,
) -> bool:
    """Whether a layer of another pass is described as this one would be."""
    step = found.step
    return (
        found.layer.name == name
        and (step.target is operation.target or step.target == operation.target)
        and found.layer.inputs == operation.inputs
        and found.learned == operation.learned
        and step.part == part
        and step.changed == changed
        and alike(step.args, operation.args)
        and alike(step.kwargs, operation.kwargs)
    )


def _is_in_graph(value: torch.Tensor) -> bool:
    """Whether a gradient passes the value: a view that an autograd function makes of its operand claims so too."""
    return value.requires_grad and (value.grad_fn is not None or torch.is_grad_enabled())
