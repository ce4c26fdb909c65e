"""Whose value a tensor is, by the tensor itself, as an object.

An operation in place gives its operand another layer's value. Other tensors that share these numbers are brought up to
date when they are read next, by a layer `update` of their own.
"""

from __future__ import annotations

import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from cnnviewer.core.inspection.layers import Layers, Operation, Weights
from cnnviewer.core.inspection.operands import Path
from cnnviewer.core.inspection.storage import Write, Writes, covered, geometry_of, storage_of, updated
from cnnviewer.core.inspection.traced_operation import OperandSource


@dataclass(slots=True)
class Known:
    """What is known of a tensor that was seen.

    Attributes:
        tensor: itself, as long as it is held elsewhere.
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


class KnownTensors:
    """The tensors of one pass.

    Attributes:
        unknown: tensors that came from nowhere: constants of the model, or computed where nobody sees.
        unseen: whether a value was computed where nobody sees.

    """

    def __init__(self, layers: Layers, weights: Weights, constants: Mapping[int, torch.Tensor] | None) -> None:
        """`constants` are tensors that are known to be the model's own, by id; None: every unknown one is."""
        self.unknown: dict[int, torch.Tensor] = {}
        self.unseen = False
        self._layers = layers
        self._weights = weights
        self._constants = constants
        self._known: dict[int, Known] = {}
        self._writes = Writes()

    def add(
        self,
        tensor: torch.Tensor,
        layer: str = "",
        through: tuple[str, ...] = (),
        learned: tuple[str, ...] = (),
        unread: tuple[Operation, Path] | None = None,
    ) -> Known:
        """Know a tensor that was just made."""
        known = Known(weakref.ref(tensor), layer, through, learned, self._writes.count(tensor), unread)
        self._known[id(tensor)] = known
        return known

    def met(self, tensor: Any) -> Known | None:
        """What was known of a tensor when it was last read."""
        known = self._known.get(id(tensor))
        return known if known is not None and known.tensor() is tensor else None

    def is_current(self, tensor: torch.Tensor, known: Known) -> bool:
        """Whether reading it tells nothing new."""
        return known.unread is None and not (self._writes and self._writes.since(tensor, known.seen))

    def read(self, tensor: torch.Tensor) -> Known:
        """What is known of a tensor that is read now."""
        known = self.met(tensor) or self._first_seen(tensor)
        if known.unread is not None:
            operation, path = known.unread
            known.unread, known.through = None, ()
            known.layer = self._layers.add(operation, tensor, path)
        if self._writes and (writes := self._writes.since(tensor, known.seen)):
            self._update(tensor, known, writes)
        if self._layers.gradients and known.layer and known.layer not in self._layers.edges:
            self._layers.lead_gradient(known.layer, tensor)  # of an autograd function, known when it has ended
        return known

    def overwritten(self, tensor: torch.Tensor, layer: str, written: bool = True) -> None:
        """The tensor is another layer's value now; `written` into its numbers, or only of another shape."""
        known = self._known[id(tensor)]
        known.layer, known.through, known.learned, known.unread = layer, (), (), None
        if written:
            self._writes.add(tensor, layer)
        known.seen = self._writes.count(tensor)

    def operand(self, value: Any) -> Any:
        """An operand as it is kept: a `OperandSource`, a copy of a constant, or what else it was."""
        if isinstance(value, torch.Tensor):
            if layer := self._known[id(value)].layer:
                return OperandSource(layer)
            return value if storage_of(value) in self._weights.storages else value.detach().clone()
        if isinstance(value, (tuple, list)):
            return tuple(map(self.operand, value)) if isinstance(value, tuple) else [*map(self.operand, value)]
        if isinstance(value, dict):
            return {name: self.operand(part) for name, part in value.items()}
        return value

    def _first_seen(self, tensor: torch.Tensor) -> Known:
        known = self.add(tensor)
        if (name := self._weights.names.get(id(tensor))) is not None:
            known.learned = (name,)
        elif (storage := storage_of(tensor)) and storage not in self._weights.storages:
            known.seen = 0 if self._writes.alive(tensor) else known.seen
            if self._constants is None or id(tensor) in self._constants or not tensor.is_floating_point():
                self.unknown[id(tensor)] = tensor
            else:  # a value of the layer before, as far as one can tell
                self.unseen = True
                known.layer = self._made(
                    "unseen", torch.clone, (tensor.detach().clone(),), (self._layers.last,), tensor
                )
        return known

    def _update(self, tensor: torch.Tensor, known: Known, writes: Sequence[Write]) -> None:
        """Others wrote into the tensor's numbers since it was last read."""
        known.seen = self._writes.count(tensor)
        if not tensor.is_floating_point():
            return
        pairs = [part for write in writes for part in (OperandSource(write.layer), write.geometry)]
        whole = bool(known.layer) and covered(geometry_of(tensor), [write.geometry for write in writes])
        before = OperandSource(known.layer) if known.layer and not whole else tensor.detach().clone()
        layers = tuple(dict.fromkeys((*(() if whole else known.layers), *(write.layer for write in writes))))
        args = (before, geometry_of(tensor), *pairs)
        known.layer, known.through = self._made("update", updated, args, layers, tensor, known.learned), ()

    def _made(
        self,
        word: str,
        target: Any,
        args: tuple[Any, ...],
        inputs: tuple[str, ...],
        value: torch.Tensor,
        learned: tuple[str, ...] = (),
    ) -> str:
        """A layer that is no operation of the model's own."""
        operation = Operation(self._layers.name(word), word, None, target, args, {}, inputs, learned)
        return self._layers.add(operation, value)
