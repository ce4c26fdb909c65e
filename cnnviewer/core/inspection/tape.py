"""Sees one forward pass while it runs: every operation, its operands and what it computed.

A `torch.overrides.TorchFunctionMode` sees every function of PyTorch and every method of a tensor, of this
thread alone; `recorder.py` tells it of the modules. The operations run as they are: the values are the model's own.
What an operation in place would overwrite is copied first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import nn
from torch.autograd.graph import get_gradient_edge
from torch.overrides import TorchFunctionMode

from cnnviewer.core.inspection.functions import Function, function
from cnnviewer.core.inspection.known import Known, KnownTensors
from cnnviewer.core.inspection.layers import Described, Keep, Layers, Operation, Weights
from cnnviewer.core.inspection.muting import Replacement
from cnnviewer.core.inspection.naming import INPUT
from cnnviewer.core.inspection.operands import (
    Path,
    operand_at,
    place_name,
    placed_tensors,
    tensors_in,
    with_parts,
    written_by,
)
from cnnviewer.core.inspection.storage import storage_of, version_of
from cnnviewer.core.interruption import check_interruption
from cnnviewer.core.models.predicting import PredictingModel

Run = Callable[..., Any]
_MODULE = Function("")  # what a function may do and a module does not


class Tape(TorchFunctionMode):
    """Records one forward pass.

    Attributes:
        images: what the model is given.
        layers: what was recorded.
        known: the tensors that were seen.
        decides: whether the model made a truth of its numbers.
        takes_out: whether it handed numbers to Python or another library.
        settled: what it would have dropped or drawn.
        surprised: whether something was overwritten that had not been copied.
        replaced: the layers in whose place another value was put.

    """

    def __init__(
        self,
        images: torch.Tensor,
        weights: Weights,
        paths: frozenset[str],
        before: Sequence[Described],
        keep: Keep,
        *,
        gradients: bool = False,
        careful: bool = False,
        constants: Mapping[int, torch.Tensor] | None = None,
        replacing: Mapping[str, Replacement] | None = None,
        settles: bool = True,
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
            replacing: layer name -> what makes of its value the one that stands in its place, for all that reads it.
            settles: whether the pass is one that predicts, in which nothing is dropped and every image meets the same
                random numbers.

        """
        super().__init__()
        self.images = images
        self.layers = Layers(images, weights, paths, before, keep, gradients)
        self.known = KnownTensors(self.layers, weights, constants)
        self.known.add(images, INPUT)
        self.settled = PredictingModel(images)
        self.decides = self.takes_out = self.surprised = False
        self._weights = weights
        self._gradients = gradients
        self._careful = careful
        self._replacing = replacing or {}
        self._settles = settles
        self.replaced: set[str] = set()
        self._overwritten: dict[int, tuple[torch.Tensor, torch.Tensor]] = {}
        self._inside = False

    # what is called

    def __torch_function__(
        self,
        func: Run,
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        called = function(func)
        if called.asks:
            self.takes_out = self.takes_out or called.takes_out
            return func(*args, **(kwargs or {}))
        given = dict(kwargs or {})
        if self._settles:
            func, args, given = self.settled.call(func, args, given)
        return self._operate(called, func, None, args, given, called.written(args, given))

    def run_module(
        self, path: str, module: nn.Module, forward: Run, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Any:
        """Run a module as one operation: what it does inside is not recorded."""
        if self._inside:
            return forward(*args, **kwargs)
        check_interruption()
        self._inside = True
        try:
            # without any mode: PyTorch's fused attention runs only so, and this code's own calls are not recorded
            with torch._C.DisableTorchFunction():
                found = self.layers.expected
                if found is not None and found.step.target is module and self._is_expected(found, args, kwargs):
                    return self._run_again(found, path, module, forward, args[0])
                return self._operate(module, forward, path, args, kwargs, written_by(module))
        finally:
            self._inside = False

    def finish(self, output: torch.Tensor) -> str:
        """The layer that the model's output is."""
        known = self.known.read(output)
        if known.layer:
            return known.layer
        return self.layers.add(self._operation(torch.clone, "output", None, (output,), {}, [known]), output)

    def restore(self) -> bool:
        """Put the weights back as they were before the pass; whether the model wrote into any."""
        with torch.no_grad():
            for tensor, numbers in self._overwritten.values():
                tensor.copy_(numbers)
        return any(storage in self._weights.learned for storage in self._overwritten)

    # an operation runs

    def _is_expected(self, found: Described, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
        """Whether the other pass ran the module here on the same layer's value and nothing else."""
        if kwargs or len(args) != 1 or self._careful:
            return False
        step, known = found.step, self.known.met(args[0])
        return (
            known is not None
            and found.layer.inputs == (known.layer,)
            and (not self._gradients or known.layer in self.layers.edges)
            and self.known.is_current(args[0], known)
            and len(step.args) == 1
            and step.part is None
            and step.changed is None
        )

    def _run_again(self, found: Described, path: str, module: nn.Module, forward: Run, tensor: torch.Tensor) -> Any:
        """Run a module that the other pass ran likewise: nothing of it is described again."""
        version = version_of(tensor)
        result = forward(tensor)
        self.surprised = self.surprised or version_of(tensor) != version
        if (
            not isinstance(result, torch.Tensor)
            or result is tensor
            or not self.layers.fits(found, result)
            or not result.is_floating_point()
        ):
            return self._operate(module, lambda _: result, path, (tensor,), {}, None)
        result = self._replaced(found.layer.name, result)
        self.known.add(result, found.layer.name)
        self.layers.again(found, path, result)
        return result

    def _operate(
        self,
        called: Function | nn.Module,
        run: Run,
        path: str | None,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        written: int | str | None,
    ) -> Any:
        facts = called if isinstance(called, Function) else _MODULE
        operands = tuple(tensors_in((args, kwargs)))
        known = [self.known.read(tensor) for tensor in operands]
        target = None if written is None else operand_at(written, args, kwargs)
        if isinstance(target, torch.Tensor):
            self._save_weights(target)
        if facts.makes or not any(each.layer or each.through for each in known):
            return self._constant(called, run, args, kwargs, [each for each in known if not each.layer])
        self.decides = self.decides or facts.decides
        operation = self._operation(run if path is None else called, called, path, args, kwargs, known)
        if self._careful:
            for tensor in operands:
                self.layers.copy_before(tensor)
        if written is not None and isinstance(target, torch.Tensor):
            return self._write(operation, run, args, kwargs, written, target, facts.reshapes)
        versions = [version_of(tensor) for tensor in operands]
        result = run(*args, **kwargs)
        changed = [t for t, version in zip(operands, versions, strict=True) if version_of(t) != version]
        overwritten = [tensor for tensor in changed if (met := self.known.met(tensor)) is not None and met.layers]
        for tensor in overwritten:
            self.surprised = self.surprised or not self._careful
            name, (place, *part) = next(
                (name, path)
                for name, given in ((None, args), *((n, (v,)) for n, v in kwargs.items()))
                for path, each in placed_tensors(given)
                if each is tensor
            )
            self._overwrite(operation, tensor, place if name is None else name, tuple(part))
        return result if overwritten else self._results(operation, result, operands)

    def _constant(
        self,
        called: Function | nn.Module,
        run: Run,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        known: Sequence[Known],
    ) -> Any:
        """Run what reads no layer: on the way to one there may be parameters."""
        result = run(*args, **kwargs)
        own = self._weights.of_module(called) if isinstance(called, nn.Module) else ()
        learned = (*(name for each in known for name in each.learned), *own)
        for tensor in tensors_in(result):
            made = self.known.met(tensor) or self.known.add(tensor)
            made.learned = tuple(dict.fromkeys((*made.learned, *learned)))
        return result

    def _write(
        self,
        operation: Operation,
        run: Run,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        written: int | str,
        tensor: torch.Tensor,
        reshapes: bool,
    ) -> Any:
        """Run an operation that says that it works in place."""
        self.layers.copy_before(tensor)
        version = version_of(tensor)
        if not (self._gradients and tensor.is_floating_point() and not reshapes):
            result = run(*args, **kwargs)
            if version_of(tensor) == version and not reshapes:  # dropout while predicting, `requires_grad_()`
                return self._results(operation, result, (tensor,)) if isinstance(operation.word, nn.Module) else result
            if tensor.is_floating_point():
                self._overwrite(operation, tensor, written, reshapes=reshapes)
            else:
                self.known.read(tensor).through = operation.inputs
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
            self.layers.edges[layer] = edge
        return None if operation.word == "setitem" else tensor

    def _operation(
        self,
        target: Any,
        called: Function | nn.Module | str,
        path: str | None,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        known: Sequence[Known],
    ) -> Operation:
        word: nn.Module | str = called if isinstance(called, (nn.Module, str)) else called.word
        given = tuple(self.known.operand(value) for value in args)
        if isinstance(called, Function) and called.reflected is not None:
            target, given = called.reflected, given[::-1]
        return Operation(
            name=self.layers.name(word if isinstance(word, str) else "", path),
            word=word,
            module=self._owner_of_weight(args, kwargs) if path is None else path,
            target=target,
            args=given,
            kwargs={name: self.known.operand(value) for name, value in kwargs.items()},
            inputs=tuple(dict.fromkeys(layer for each in known for layer in each.layers)),
            learned=tuple(dict.fromkeys(name for each in known if not each.layer for name in each.learned)),
        )

    # what it gives

    def _results(self, operation: Operation, result: Any, operands: tuple[torch.Tensor, ...]) -> Any:
        if isinstance(result, torch.Tensor):
            if any(result is tensor for tensor in operands):
                # an object of its own: the same one could not be two layers' value
                result = result.view_as(result)
            result = self._replaced(operation.name, result)
            self._result(operation, result, None)
        elif result is not None and not isinstance(result, (int, float, str)):
            if self._replacing:
                result = with_parts(result, lambda path, part: self._replaced(place_name(operation.name, path), part))
            for path, tensor in placed_tensors(result):
                if not any(tensor is operand for operand in operands):
                    self._result(operation, tensor, path)
        return result

    def _replaced(self, layer: str, value: torch.Tensor) -> torch.Tensor:
        """What stands in place of a layer's value: itself, where nothing is put there."""
        if layer not in self._replacing:
            return value
        self.replaced.add(layer)
        self.layers.lead_gradient_before(layer, value)
        return self._replacing[layer](value)

    def _result(self, operation: Operation, tensor: torch.Tensor, path: Path | None) -> None:
        if not tensor.is_floating_point() or tensor.layout is not torch.strided:
            self.known.add(tensor, through=operation.inputs, learned=operation.learned)
        elif path is None:
            self.known.add(tensor, self.layers.add(operation, tensor))
        else:
            self.known.add(tensor, through=operation.inputs, unread=(operation, path))

    def _overwrite(
        self, operation: Operation, tensor: torch.Tensor, place: int | str, path: Path = (), reshapes: bool = False
    ) -> str:
        """`tensor` now holds the operation's value: it, or the part of it at `path`, is the operand at `place`."""
        after = self._replaced(place_name(operation.name, path), tensor)
        if after is not tensor:
            tensor.copy_(after)  # whoever shares these numbers sees it, as the operation's own
        layer = self.layers.add(operation, tensor, path or None, changed=place)
        self.known.overwritten(tensor, layer, written=not reshapes or after is not tensor)
        return layer

    # the model's weights

    def _owner_of_weight(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> str | None:
        """Path of the module whose weight a function is given: `F.conv2d(x, self.conv.weight)`."""
        weight = args[1] if len(args) > 1 else kwargs.get("weight")
        name = self._weights.names.get(id(weight), "") if isinstance(weight, nn.Parameter) else ""
        return name.removesuffix(".weight") if name.endswith(".weight") else None

    def _save_weights(self, tensor: torch.Tensor) -> None:
        """Keep what the model's weights were, before the model writes into them."""
        storage = storage_of(tensor)
        if storage in self._weights.storages and storage not in self._overwritten:
            whole = tensor.detach()
            whole = whole.as_strided((whole.untyped_storage().nbytes() // whole.itemsize,), (1,), 0)
            self._overwritten[storage] = (whole, whole.clone())
