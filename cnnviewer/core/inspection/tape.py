"""Sees one forward pass while it runs: every operation, its operands and what it computed.

A `torch.overrides.TorchFunctionMode` is told of every function of PyTorch and every method of a tensor, of this
thread alone; `recorder.py` tells it of the modules. The operations run as they are: the values are the model's own.

Which tensor holds which layer's value is known by the tensor itself, as an object. An operation that works in place
gives its operand another layer's value; what was recorded before is copied first. Other tensors that share these
numbers are brought up to date when they are read next, by a layer `update` of their own.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.autograd.graph import GradientEdge, get_gradient_edge
from torch.overrides import TorchFunctionMode

from cnnviewer.core.inspection.functions import Function, function
from cnnviewer.core.inspection.naming import INPUT, Names
from cnnviewer.core.inspection.operands import (
    Path,
    alike,
    operand_at,
    placed_tensors,
    rank_of,
    shape_for_one,
    tensors_in,
    without_numbers,
    written_by,
)
from cnnviewer.core.inspection.operations import Call, describe
from cnnviewer.core.inspection.records import LayerInfo
from cnnviewer.core.inspection.steps import Source, Step
from cnnviewer.core.inspection.storage import Write, Writes, covered, geometry_of, storage_of, updated, version_of
from cnnviewer.core.models.predicting import Settled

Keep = Callable[[LayerInfo, Step | None, torch.Tensor], bool]
"""A layer, how it was computed and its value -> whether the value is kept."""
Target = nn.Module | Callable[..., Any]


class Weights:
    """The model's parameters and buffers, by tensor and by storage; read only when something asks for them."""

    def __init__(self, model: nn.Module) -> None:
        self.parameters = {id(tensor): name for name, tensor in model.named_parameters()}
        self.tensors = dict(model.named_parameters(remove_duplicate=False)) | dict(model.named_buffers())
        self.storages = {storage_of(tensor) for tensor in self.tensors.values()}
        self.learned = {storage_of(tensor) for tensor in model.parameters()}


@dataclass(slots=True)
class Known:
    """What is known of a tensor that was seen.

    Attributes:
        tensor: itself, as long as somebody else holds it.
        layer: whose value it is, empty for none.
        through: the layers that it was computed from, where it is no layer: a mask, an index.
        learned: names of the parameters that it was computed from, where it is no layer.
        seen: how many of the writes to its storage it is known to hold.
        unread: an operation's result among several, which becomes a layer when it is read.

    """

    tensor: weakref.ref[torch.Tensor]
    layer: str = ""
    through: tuple[str, ...] = ()
    learned: tuple[str, ...] = ()
    seen: int = 0
    unread: tuple[Operation, Path] | None = None

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers that it comes from directly."""
        return (self.layer,) if self.layer else self.through


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation with its operands, before it is known what it gives."""

    name: str
    word: nn.Module | str
    module: str | None
    target: Target
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    inputs: tuple[str, ...]
    learned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Described:
    """A layer with the step that it was described from, and the parameters that are counted at it."""

    step: Step
    layer: LayerInfo
    learned: tuple[str, ...]
    counted: tuple[str, ...]


class Tape(TorchFunctionMode):
    """Records one forward pass.

    Attributes:
        layers: the layers described so far, in the order in which they ran.
        values: layer name -> its value, with its batch dimension.
        steps: layer name -> how it was computed.
        edges: layer name -> where its gradient passes, when gradients are wanted.
        unknown: tensors that came from nowhere: constants of the model, or computed where nobody sees.
        decides: whether the model made a truth of its numbers.
        settled: what it would have dropped or drawn.
        unseen: whether a value was computed where nobody sees.
        surprised: whether something was overwritten that had not been copied.

    """

    def __init__(
        self,
        images: torch.Tensor,
        weights: Callable[[], Weights],
        paths: frozenset[str],
        before: Sequence[Described],
        keep: Keep,
        *,
        gradients: bool = False,
        careful: bool = False,
        constants: Mapping[int, torch.Tensor] | None = None,
    ) -> None:
        """What a pass is recorded with.

        Args:
            images: what the model is given.
            weights: of the model.
            paths: of its modules.
            before: the layers of another pass, which are likely the same.
            keep: sees every layer's value and says whether it is wanted.
            gradients: whether a gradient is asked of every value.
            careful: whether every operand is copied before an operation: one works in place that does not say so.
            constants: tensors that are known to be the model's own, by id; None: every unknown one is.

        """
        super().__init__()
        self.described: list[Described] = []
        self.values: dict[str, torch.Tensor] = {}
        self.steps: dict[str, Step] = {}
        self.edges: dict[str, GradientEdge] = {}
        self.unknown: dict[int, torch.Tensor] = {}
        self.settled = Settled(images)
        self.decides = self.unseen = self.surprised = False
        self._weights_of = weights
        self._weights: Weights | None = None
        self._names = Names(paths)
        self._before = before
        self._keep = keep
        self._gradients = gradients
        self._careful = careful
        self._constants = constants
        self._count = int(images.shape[0])
        self._known: dict[int, Known] = {}
        self._kept_in: dict[int, list[str]] = {}
        self._counted: set[str] = set()
        self._writes = Writes()
        self._overwritten: dict[int, tuple[torch.Tensor, torch.Tensor]] = {}
        self._inside = False
        self._skipped: list[str] = []  # modules whose names have not been given again
        self._infos: dict[str, LayerInfo] = {}
        self.images = images
        self.output = ""
        self.input = self._begin(images)

    # what is called

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        called = function(func)
        if called.asks:
            return func(*args, **(kwargs or {}))
        func, args, given = self.settled.call(func, args, kwargs or {})
        return self._operate(called, func, None, args, given, called.written(args, given))

    def run_module(
        self, path: str, module: nn.Module, forward: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Run a module as one operation: what it does inside is not recorded."""
        if self._inside:
            return forward(*args, **kwargs)
        self._inside = True
        try:
            # without any mode: PyTorch's fused attention runs only so, and this code's own calls are not recorded
            with torch._C.DisableTorchFunction():
                written = written_by(module)
                if written is None and len(args) == 1 and not kwargs and self._expects(module, args[0]):
                    return self._run_again(path, module, forward, args[0])
                return self._operate(module, forward, path, args, kwargs, written)
        finally:
            self._inside = False

    def finish(self, output: torch.Tensor) -> str:
        """The layer that the model's output is."""
        known = self._known_of(output)
        if known.layer:
            return known.layer
        operation = self._operation(torch.clone, "output", None, (output,), {}, [known])
        return self._add(operation, output)

    def restore(self) -> bool:
        """Put the weights back as they were before the pass; whether the model wrote into any."""
        with torch.no_grad():
            for tensor, numbers in self._overwritten.values():
                tensor.copy_(numbers)
        return any(storage in self.weights.learned for storage in self._overwritten)

    # what it is made of

    def _begin(self, images: torch.Tensor) -> LayerInfo:
        shape, rank = shape_for_one(images, self._count), rank_of(images, self._count)
        layer = LayerInfo(INPUT, "input", "Input", (), shape, palette="image", rank=rank)
        self._infos[INPUT] = layer
        self._known[id(images)] = Known(weakref.ref(images), INPUT)
        if self._gradients:
            self.edges[INPUT] = get_gradient_edge(images)
        self._store(layer, None, images)
        return layer

    def _expects(self, module: nn.Module, tensor: Any) -> bool:
        """Whether the other pass ran the same module here, on the same layer's value and nothing else."""
        at, known = len(self.described), self._known.get(id(tensor))
        if at >= len(self._before) or known is None or self._writes or self._careful or self._gradients:
            return False
        step = self._before[at].step
        return (
            step.target is module
            and step.part is None
            and step.changed is None
            and known.unread is None
            and known.tensor() is tensor
            and bool(known.layer)
            and self._before[at].layer.inputs == (known.layer,)
            and len(step.args) == 1
        )

    def _run_again(self, path: str, module: nn.Module, forward: Callable[..., Any], tensor: torch.Tensor) -> Any:
        """Run a module that the other pass ran likewise: nothing of it is described anew."""
        found, version = self._before[len(self.described)], version_of(tensor)
        result = forward(tensor)
        self.surprised = self.surprised or version_of(tensor) != version
        if (
            not isinstance(result, torch.Tensor)
            or result is tensor
            or shape_for_one(result, self._count) != found.layer.shape
            or not result.is_floating_point()
        ):
            return self._operate(module, lambda _: result, path, (tensor,), {}, None)
        self._skipped.append(path)
        self._known[id(result)] = Known(weakref.ref(result), found.layer.name)
        self._take(found, found.step, result)
        return result

    def _operate(
        self,
        called: Function | nn.Module,
        run: Callable[..., Any],
        path: str | None,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        written: int | str | None,
    ) -> Any:
        operands = tuple(tensors_in((args, kwargs)))
        known = [self._known_of(tensor) for tensor in operands]
        if written is not None:
            self._save_weights(operand_at(written, args, kwargs))
        if not any(each.layer or each.through for each in known) or (isinstance(called, Function) and called.makes):
            return self._constant(run, args, kwargs, [each for each in known if not each.layer])
        if isinstance(called, Function) and called.decides:
            self.decides = True
        operation = self._operation(run if path is None else called, called, path, args, kwargs, known)
        if self._careful:
            for tensor in operands:
                self._copy_before(tensor)
        if written is not None and isinstance(operand_at(written, args, kwargs), torch.Tensor):
            return self._write(operation, run, args, kwargs, written, isinstance(called, Function) and called.reshapes)
        versions = [version_of(tensor) for tensor in operands]
        result = run(*args, **kwargs)
        changed = [t for t, version in zip(operands, versions, strict=True) if version_of(t) != version]
        overwritten = [tensor for tensor in changed if self._known[id(tensor)].layers]
        for tensor in overwritten:
            self.surprised = self.surprised or not self._careful
            place, part = next(
                (i, part)
                for i, value in enumerate((*args, *kwargs.values()))
                for part, t in placed_tensors(value)
                if t is tensor
            )
            self._overwrite(operation, tensor, place if place < len(args) else list(kwargs)[place - len(args)], part)
        return result if overwritten else self._results(operation, result, operands)

    def _operation(
        self,
        target: Any,
        called: Function | nn.Module | str,
        path: str | None,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        known: Sequence[Known],
    ) -> Operation:
        inputs = tuple(dict.fromkeys(layer for each in known for layer in each.layers))
        learned = tuple(dict.fromkeys(name for each in known if not each.layer for name in each.learned))
        given: Any = tuple(self._seen(value) for value in args)
        word: nn.Module | str = called if isinstance(called, (nn.Module, str)) else called.word
        if isinstance(called, Function) and called.reflected is not None:
            target, given = called.reflected, given[::-1]
        if path is None:
            name = self._name(str(word))
            path = _owner_of_weight(known, args, kwargs, self._known)
        else:
            name = self._name(None, path)
        return Operation(
            name, word, path, target, given, {n: self._seen(v) for n, v in kwargs.items()}, inputs, learned
        )

    def _name(self, word: str | None, path: str = "") -> str:
        for skipped in self._skipped:
            self._names.of_module(skipped)
        self._skipped.clear()
        return self._names.of_module(path) if word is None else self._names.of_function(word)

    def _seen(self, value: Any) -> Any:
        """An operand as it is kept: a `Source`, a copy of a constant, or what else it was."""
        if isinstance(value, torch.Tensor):
            known = self._known[id(value)]
            if known.layer:
                return Source(known.layer)
            if storage_of(value) in self.weights.storages:
                return value
            return value.detach().clone()  # it may be written into later
        if isinstance(value, (tuple, list)):
            return tuple(self._seen(part) for part in value) if isinstance(value, tuple) else [*map(self._seen, value)]
        if isinstance(value, dict):
            return {name: self._seen(part) for name, part in value.items()}
        return value

    # what it gives

    def _constant(
        self, run: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], known: Sequence[Known]
    ) -> Any:
        """Run what reads no layer: on the way to one there may be parameters."""
        result = run(*args, **kwargs)
        learned = tuple(dict.fromkeys(name for each in known for name in each.learned))
        for tensor in tensors_in(result):
            if (before := self._known.get(id(tensor))) is not None and before.tensor() is tensor:
                before.learned = tuple(dict.fromkeys((*before.learned, *learned)))
            else:
                self._known[id(tensor)] = Known(weakref.ref(tensor), "", (), learned, self._writes.count(tensor))
        return result

    def _results(self, operation: Operation, result: Any, operands: tuple[torch.Tensor, ...]) -> Any:
        if isinstance(result, torch.Tensor):
            if any(result is tensor for tensor in operands):
                # an object of its own: the same one could not be two layers' value
                result = result.view_as(result)
            self._result(operation, result, None)
        elif result is not None and not isinstance(result, (int, float, str)):
            for path, tensor in placed_tensors(result):
                if not any(tensor is operand for operand in operands):
                    self._result(operation, tensor, path)
        return result

    def _result(self, operation: Operation, tensor: torch.Tensor, path: Path | None) -> None:
        known = Known(weakref.ref(tensor), seen=self._writes.count(tensor))
        self._known[id(tensor)] = known
        if not tensor.is_floating_point() or tensor.layout is not torch.strided:
            known.through, known.learned = operation.inputs, operation.learned
        elif path is None:
            known.layer = self._add(operation, tensor)
        else:
            known.through, known.unread = operation.inputs, (operation, path)

    def _write(
        self,
        operation: Operation,
        run: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        written: int | str,
        reshapes: bool,
    ) -> Any:
        """Run an operation that says that it works in place."""
        tensor = operand_at(written, args, kwargs)
        if not isinstance(tensor, torch.Tensor):
            return self._results(operation, run(*args, **kwargs), tuple(tensors_in((args, kwargs))))
        self._copy_before(tensor)
        version = version_of(tensor)
        if not (self._gradients and tensor.is_floating_point() and not reshapes):
            result = run(*args, **kwargs)
            if version_of(tensor) == version and not reshapes:  # dropout while predicting, `requires_grad_()`
                return self._results(operation, result, (tensor,)) if isinstance(operation.word, nn.Module) else result
            if tensor.is_floating_point():
                self._overwrite(operation, tensor, written, reshapes=reshapes)
            else:
                self._known_of(tensor).through = operation.inputs
            return result
        # a copy is written into, and put in place afterwards: gradients pass the value before and the one after
        if written == "out":
            after = run(*args, **{name: value for name, value in kwargs.items() if name != "out"})
        else:
            after = tensor.clone()
            before = version_of(after)
            run(*(after if part is tensor else part for part in args),
                **{name: after if part is tensor else part for name, part in kwargs.items()})  # fmt: skip
            if version_of(after) == before:
                return self._results(operation, tensor, (tensor,))
        edge = get_gradient_edge(after) if after.requires_grad else None
        tensor.copy_(after)
        layer = self._overwrite(operation, tensor, written)
        if edge is not None:
            self.edges[layer] = edge
        return None if operation.word == "setitem" else tensor

    def _overwrite(
        self, operation: Operation, tensor: torch.Tensor, place: int | str, path: Path = (), reshapes: bool = False
    ) -> str:
        """`tensor` now holds the operation's value: it, or the part of it at `path`, is the operand at `place`."""
        layer = self._add(operation, tensor, path or None, changed=place)
        known = self._known[id(tensor)]
        known.layer, known.through, known.learned, known.unread = layer, (), (), None
        if not reshapes:
            self._writes.add(tensor, layer)
        known.seen = self._writes.count(tensor)
        return layer

    def _add(
        self, operation: Operation, value: torch.Tensor, path: Path | None = None, changed: int | str | None = None
    ) -> str:
        """Make a layer of a value."""
        name = operation.name + ("" if path is None else "".join(f"[{place}]" for place in path))
        part = path[0] if path is not None and len(path) == 1 else path
        shape = shape_for_one(value, self._count)
        at = len(self.described)
        found = self._before[at] if at < len(self._before) else None
        if found is None or not _same(found, name, operation, part, changed, shape):
            found = self._describe(name, operation, part, changed, shape, rank_of(value, self._count))
            step = found.step
        else:
            step = Step(found.step.call, operation.target, operation.args, operation.kwargs, part, changed)
        self._take(found, step, value)
        if self._gradients and value.requires_grad:
            self.edges[name] = get_gradient_edge(value)
        return name

    def _take(self, found: Described, step: Step, value: torch.Tensor) -> None:
        self.described.append(found)
        self._counted.update(found.counted)
        self._infos[found.layer.name] = found.layer
        self.steps[found.layer.name] = step
        self._store(found.layer, step, value)

    def _describe(
        self,
        name: str,
        operation: Operation,
        part: int | Path | None,
        changed: int | str | None,
        shape: tuple[int, ...],
        rank: int | None,
    ) -> Described:
        learned = operation.learned
        if isinstance(operation.word, nn.Module):
            names = (self.weights.parameters.get(id(tensor)) for tensor in operation.word.parameters())
            learned = (*learned, *(each for each in names if each is not None))
        counted = tuple(each for each in dict.fromkeys(learned) if each not in self._counted)
        call = Call(
            name=name,
            operation=operation.word,
            module=operation.module,
            args=tuple(without_numbers(value) for value in operation.args),
            kwargs={key: without_numbers(value) for key, value in operation.kwargs.items()},
            inputs=tuple(self._infos[layer] for layer in operation.inputs),
            shape=shape,
            learned=tuple(tuple(self.weights.tensors[each].shape) for each in counted),
            rank=rank,
        )
        step = Step(call, operation.target, operation.args, operation.kwargs, part, changed)
        return Described(step, describe(call), operation.learned, counted)

    def _store(self, layer: LayerInfo, step: Step | None, value: torch.Tensor) -> None:
        value = value.detach() if self._gradients else value
        if self._keep(layer, step, value):
            self.values[layer.name] = value
            self._kept_in.setdefault(storage_of(value), []).append(layer.name)

    def _copy_before(self, tensor: torch.Tensor) -> None:
        """Copy the recorded values that a write into the tensor may change."""
        for name in self._kept_in.pop(storage_of(tensor), ()):
            self.values[name] = self.values[name].clone()

    # whose value a tensor is

    @property
    def weights(self) -> Weights:
        """The model's weights."""
        if self._weights is None:
            self._weights = self._weights_of()
        return self._weights

    def _known_of(self, tensor: torch.Tensor) -> Known:
        """What is known of a tensor that is read now."""
        known = self._known.get(id(tensor))
        if known is None or known.tensor() is not tensor:
            known = self._known[id(tensor)] = self._first_seen(tensor)
        if known.unread is not None:
            operation, path = known.unread
            known.unread, known.through = None, ()
            known.layer = self._add(operation, tensor, path)
        if self._writes and (writes := self._writes.since(tensor, known.seen)):
            self._update(tensor, known, writes)
        if self._gradients and known.layer and known.layer not in self.edges and tensor.requires_grad:
            self.edges[known.layer] = get_gradient_edge(tensor)  # of an autograd function, known when it has ended
        return known

    def _first_seen(self, tensor: torch.Tensor) -> Known:
        weights = self.weights
        known = Known(weakref.ref(tensor), seen=self._writes.count(tensor))
        if (name := weights.parameters.get(id(tensor))) is not None:
            known.learned = (name,)
        elif (storage := storage_of(tensor)) and storage not in weights.storages:
            known.seen = 0 if self._writes.alive(tensor) else known.seen
            if self._constants is None or id(tensor) in self._constants or not tensor.is_floating_point():
                self.unknown[id(tensor)] = tensor
            else:
                self._unseen(tensor, known)
        return known

    def _unseen(self, tensor: torch.Tensor, known: Known) -> None:
        """A value that was computed where nobody sees, of the layer before as far as one can tell."""
        self.unseen = True
        before = self.described[-1].layer.name if self.described else INPUT
        operation = Operation(
            self._name("unseen"),
            "unseen",
            None,
            torch.clone,
            (tensor.detach().clone(),),
            {},
            (before,),
            (),
        )
        known.layer = self._add(operation, tensor)

    def _update(self, tensor: torch.Tensor, known: Known, writes: Sequence[Write]) -> None:
        """Others wrote into the tensor's numbers since it was last read."""
        known.seen = self._writes.count(tensor)
        if not tensor.is_floating_point():
            return
        pairs = [part for write in writes for part in (Source(write.layer), write.geometry)]
        whole = bool(known.layer) and covered(geometry_of(tensor), [write.geometry for write in writes])
        before = Source(known.layer) if known.layer and not whole else tensor.detach().clone()
        layers = dict.fromkeys((*(() if whole else known.layers), *(write.layer for write in writes)))
        operation = Operation(
            self._name("update"),
            "update",
            None,
            updated,
            (before, geometry_of(tensor), *pairs),
            {},
            tuple(layers),
            known.learned,
        )
        known.layer, known.through = self._add(operation, tensor), ()

    def _save_weights(self, tensor: Any) -> None:
        """Keep what the model's weights were, before the model writes into them."""
        if not isinstance(tensor, torch.Tensor):
            return
        storage = storage_of(tensor)
        if storage in self.weights.storages and storage not in self._overwritten:
            whole = tensor.detach()
            whole = whole.as_strided((whole.untyped_storage().nbytes() // whole.itemsize,), (1,), 0)
            self._overwritten[storage] = (whole, whole.clone())


def _owner_of_weight(
    known: Sequence[Known], args: tuple[Any, ...], kwargs: Mapping[str, Any], all_known: Mapping[int, Known]
) -> str | None:
    """Path of the module whose weight a function is given: `F.conv2d(x, self.conv.weight)`."""
    weight = args[1] if len(args) > 1 else kwargs.get("weight")
    if not isinstance(weight, nn.Parameter):
        return None
    name = all_known[id(weight)].learned
    return name[0].removesuffix(".weight") if name and name[0].endswith(".weight") else None


def _same(
    found: Described,
    name: str,
    operation: Operation,
    part: int | Path | None,
    changed: int | str | None,
    shape: tuple[int, ...],
) -> bool:
    """Whether a layer of another pass is described as this one would be."""
    step = found.step
    return (
        found.layer.name == name
        and (step.target is operation.target or step.target == operation.target)
        and found.layer.shape == shape
        and found.layer.inputs == operation.inputs
        and found.learned == operation.learned
        and step.part == part
        and step.changed == changed
        and alike(step.args, operation.args)
        and alike(step.kwargs, operation.kwargs)
    )
