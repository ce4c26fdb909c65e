"""Runs a model by its traced graph and keeps the value of every operation."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any, Protocol

import torch
import torch.nn.functional as F
from torch import fx, nn

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.operations import Call, describe
from cnnviewer.core.inspection.records import LayerInfo
from cnnviewer.core.inspection.steps import Step, operands
from cnnviewer.core.models.pooling import OWN_LAYERS

INPUT = "input"
PROBABILITIES = "probabilities"

_one_trace_at_a_time = threading.Lock()
_DROPOUTS: frozenset[Callable[..., Any]] = frozenset(
    (F.dropout, F.dropout1d, F.dropout2d, F.dropout3d, F.alpha_dropout, F.feature_alpha_dropout, torch.dropout)
)


Keep = Callable[[str, torch.Tensor], bool]
"""A layer's name and value -> whether the value is kept."""


def keep_all(_name: str, _value: torch.Tensor) -> bool:
    """Keep every value."""
    return True


class Recorder(Protocol):
    """Runs a model on one image and keeps every operation's value.

    Attributes:
        layers: the operations in the order they ran, after `input`.
        output: name of the layer that is the model's output.
        note: what a person should know about the recording; empty when it is complete.
        steps: layer name -> how its value was computed in the last recording.

    """

    layers: tuple[LayerInfo, ...]
    output: str
    note: str
    steps: dict[str, Step]

    def record(self, image: torch.Tensor, keep: Keep = keep_all) -> dict[str, torch.Tensor]:
        """Normalised `(N, C, H, W)` -> every layer's value, copied, with its batch dimension.

        Args:
            image: what the model is run on.
            keep: sees the value of every operation and says whether it is wanted: a large model's are too many.
                All are kept all the same where operations work in place: then what is left out is not had again.
        """
        ...

    def run(self, images: torch.Tensor) -> dict[str, torch.Tensor]:
        """Normalised `(N, C, H, W)` -> every layer's value itself, not copied, so that gradients reach it.

        Nothing may work in place in the model.
        """
        ...


def input_layer(shape: tuple[int, ...]) -> LayerInfo:
    """The image as a layer."""
    return LayerInfo(INPUT, "input", "Input", (), shape, palette="image")


def shape_for_one(value: torch.Tensor) -> tuple[int, ...]:
    """The shape of a layer's value for one image, `(C, H, W)` or `(N,)`, whatever its rank."""
    shape = tuple(value.shape[1:]) if value.ndim > 1 and value.shape[0] == 1 else tuple(value.shape)
    if len(shape) in (1, 3):
        return shape
    if len(shape) == 2:  # tokens or a sequence: one map
        return (1, *shape)
    return (value.numel() // (shape[-2] * shape[-1]), *shape[-2:]) if len(shape) > 3 else (1,)


class _Tracer(fx.Tracer):
    """fx replaces `nn.Module.__call__` for the whole process while it traces; other threads' models pass through.

    Without this, a training step in another thread during the trace would be taken for a part of this model.
    """

    def __init__(self) -> None:
        super().__init__()
        self._thread = threading.get_ident()

    def is_leaf_module(self, m: nn.Module, module_qualified_name: str) -> bool:
        """Also a person's subclass of one of PyTorch's layers, as long as it computes what that computes."""
        if isinstance(m, OWN_LAYERS):
            return True
        own = type(m).forward.__module__.startswith("torch.nn") and not isinstance(m, nn.Sequential)
        return own or super().is_leaf_module(m, module_qualified_name)

    def call_module(
        self, m: nn.Module, forward: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        if threading.get_ident() != self._thread:
            return forward(*args, **kwargs)
        return super().call_module(m, forward, args, kwargs)

    def getattr(self, attr: str, attr_val: Any, parameter_proxy_cache: dict[str, Any]) -> Any:
        if threading.get_ident() != self._thread:
            return attr_val
        return super().getattr(attr, attr_val, parameter_proxy_cache)


class GraphRecorder:
    """Records by interpreting the graph that `torch.fx` traced: functional calls appear beside modules.

    Raises:
        Exception: whatever tracing raises; the caller falls back to `HookRecorder`.
    """

    def __init__(self, model: nn.Module, image: torch.Tensor) -> None:
        with _one_trace_at_a_time:
            graph = _Tracer().trace(model)
        self.note = _switch_off_dropout(graph)
        self._interpreter = _Interpreter(model, graph)
        self.steps = self._interpreter.steps
        self._copied = any(_works_in_place(node) for node in graph.nodes)
        self._describe(model, graph, image)
        if image.is_meta:  # there are no numbers to compare
            return
        recorded = self.record(image)[self.output]
        if not self.note and not _same(recorded, first_tensor(model(image))):
            raise ValueError("the traced graph does not compute what the model computes")

    def record(self, image: torch.Tensor, keep: Keep = keep_all) -> dict[str, torch.Tensor]:
        """See `Recorder`."""
        return self._interpreter.record(image, keep, self._copied)

    def run(self, images: torch.Tensor) -> dict[str, torch.Tensor]:
        """See `Recorder`."""
        return self._interpreter.record(images, keep_all, copied=False)

    def _describe(self, model: nn.Module, graph: fx.Graph, image: torch.Tensor) -> None:
        """Fill in `layers` and `output` from one run of the graph."""
        modules = dict(model.named_modules())
        parameters = dict(model.named_parameters())
        values = self._interpreter.all_values(image)
        names = Names()
        layers = [input_layer(shape_for_one(image))]
        shown: dict[fx.Node, tuple[LayerInfo, ...]] = {}  # the layers a node's value comes from directly
        carried: dict[fx.Node, list[str]] = {}  # parameters that wait for a layer to be counted at
        counted: set[str] = set()
        for node in graph.nodes:
            value = values.get(node)
            if node.op == "placeholder":
                shown[node] = (layers[0],) if torch.is_tensor(value) else ()
                if torch.is_tensor(value):
                    self._interpreter.names[node] = INPUT
                continue
            if node.op == "output":
                self.output = shown[_first_node(node.args)][0].name
                continue
            inputs = tuple(dict.fromkeys(layer for source in node.all_input_nodes for layer in shown.get(source, ())))
            learned = [name for source in node.all_input_nodes for name in carried.get(source, ())]
            if node.op == "get_attr":
                learned = [node.target]
            elif node.op == "call_module":
                learned += [n for n in parameters if n.startswith(f"{node.target}.")]
            if not (inputs and torch.is_tensor(value) and value.is_floating_point() and node.op != "get_attr"):
                shown[node], carried[node] = (() if isinstance(value, (int, torch.Size)) else inputs), learned
                continue
            new = [name for name in dict.fromkeys(learned) if name in parameters and name not in counted]
            counted.update(new)
            call = Call(
                name=names.unique(node.target if node.op == "call_module" else node.name),
                operation=modules[node.target] if node.op == "call_module" else _function_name(node.target),
                module=_module_path(node),
                args=_constants(node.args, values),
                kwargs=_constants(node.kwargs, values),
                inputs=inputs,
                shape=shape_for_one(value),
                learned=tuple(tuple(parameters[name].shape) for name in new),
            )
            layer = describe(call)
            shown[node] = (layer,)
            layers.append(layer)
            self._interpreter.names[node] = layer.name
            self._interpreter.calls[node] = call
        self.layers = tuple(layers)


class _Interpreter(fx.Interpreter):
    """Runs the graph node by node and keeps the values of the named nodes, and what they were computed from."""

    def __init__(self, model: nn.Module, graph: fx.Graph) -> None:
        super().__init__(model, graph=graph)
        self.names: dict[fx.Node, str] = {}
        self.calls: dict[fx.Node, Call] = {}
        self.steps: dict[str, Step] = {}
        self._recorded: dict[str, torch.Tensor] = {}
        self._keep: Keep = keep_all
        self._copied = True
        self._all: dict[fx.Node, Any] | None = None

    def record(self, images: torch.Tensor, keep: Keep, copied: bool) -> dict[str, torch.Tensor]:
        self._recorded, self._copied, self._keep = {INPUT: images.clone() if copied else images}, copied, keep
        self.run(images)
        recorded, self._recorded = self._recorded, {}
        return recorded

    def all_values(self, image: torch.Tensor) -> dict[fx.Node, Any]:
        self._all = {}
        try:
            self.run(image)
            return self._all
        finally:
            self._all = None

    def run_node(self, n: fx.Node) -> Any:
        value = super().run_node(n)
        if self._all is not None:
            self._all[n] = value
        if (call := self.calls.get(n)) is not None:
            if self._keep(call.name, value) or self._copied:
                # clone: an operation that follows may work in place
                self._recorded[call.name] = value.clone() if self._copied else value
            args, kwargs = operands(n, self.names, self.env.__getitem__)
            target = call.operation if isinstance(call.operation, nn.Module) else n.target
            self.steps[call.name] = Step(call, target, args, kwargs)
        return value


class Names:
    """Gives every layer a name of its own; the program's two are taken."""

    def __init__(self) -> None:
        self._taken = {INPUT, PROBABILITIES}

    def unique(self, wish: str) -> str:
        """`wish`, with a number behind it if it is taken."""
        name, count = wish, 0
        while name in self._taken:
            count += 1
            name = f"{wish}_{count}"
        self._taken.add(name)
        return name


def _same(a: torch.Tensor, b: torch.Tensor) -> bool:
    """Bit for bit, as far as there are numbers: weights that diverged give none, and are looked into all the same."""
    return a.shape == b.shape and torch.equal(a.nan_to_num(), b.nan_to_num())


def _works_in_place(node: fx.Node) -> bool:
    """Whether a call may change its operand; modules that would have been told not to."""
    name = _function_name(node.target) if node.op in ("call_function", "call_method") else ""
    by_place = any(argument is True for argument in node.args[1:])  # not 1, as in flatten(x, 1)
    return bool(node.kwargs.get("inplace", by_place)) or (
        name.endswith("_") or name in ("iadd", "isub", "imul", "itruediv", "setitem")
    )


def _function_name(target: Callable[..., Any] | str) -> str:
    return target if isinstance(target, str) else target.__name__


def _module_path(node: fx.Node) -> str | None:
    """Path of the module called, or of the one whose weight a function is given: `F.conv2d(x, self.conv.weight)`."""
    if node.op == "call_module":
        return str(node.target)
    weight = node.args[1] if len(node.args) > 1 else node.kwargs.get("weight")
    if isinstance(weight, fx.Node) and weight.op == "get_attr" and str(weight.target).endswith(".weight"):
        return str(weight.target).removesuffix(".weight")
    return None


def _constants(arguments: Any, values: dict[fx.Node, Any]) -> Any:
    """The arguments with the numbers that were computed on the way, such as `x.size(3)`, and None for tensors."""
    return fx.node.map_arg(arguments, lambda node: None if torch.is_tensor(values[node]) else values[node])


def _first_node(arguments: Any) -> fx.Node:
    """The first node in what a model returns: a tensor, a tuple (with auxiliary outputs) or a dictionary."""
    return next(_nodes(arguments))


def _nodes(arguments: Any) -> Iterator[fx.Node]:
    if isinstance(arguments, fx.Node):
        yield arguments
    elif isinstance(arguments, dict):
        yield from _nodes(list(arguments.values()))
    elif isinstance(arguments, (tuple, list)):
        for argument in arguments:
            yield from _nodes(argument)


def first_tensor(value: Any) -> torch.Tensor:
    """The first tensor in what a model returned."""
    while not torch.is_tensor(value):
        value = next(iter(value.values() if isinstance(value, dict) else value))
    return value


def _switch_off_dropout(graph: fx.Graph) -> str:
    """Make functional dropout do nothing; a sentence if it would have dropped values even while predicting."""
    note = ""
    for node in graph.nodes:
        if node.op != "call_function" or node.target not in _DROPOUTS:
            continue
        by_position = node.args[2] if len(node.args) > 2 else True
        if node.kwargs.get("training", by_position):
            note = str(
                UserError(
                    "This model drops values even while it predicts (F.dropout without training=self.training): "
                    "not here."
                )
            )
        node.args, node.kwargs = node.args[:2], {**node.kwargs, "training": False}
    return note
