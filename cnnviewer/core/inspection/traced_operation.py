"""How a layer's value was computed: the operation with its operands, ready to be run again."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from cnnviewer.core.inspection.operations import OperationCall, argument

Values = Mapping[str, torch.Tensor]


@dataclass(frozen=True)
class OperandSource:
    """An operand that is another layer's value."""

    layer: str


@dataclass(frozen=True)
class TracedOperation:
    """One operation as it was last run.

    Attributes:
        call: what it is.
        target: the module, function or method name.
        args: its positional operands: `OperandSource`, tensors (weights), numbers.
        kwargs: likewise.
        part: which of several results the value is (`chunk`, `split`, `max`, an LSTM): the index into what the
            operation gave, `(1, 0)` for a result within a result; None where it gave the value itself.
        changed: which operand the operation changed in place, by position or name: the value is what that became;
            None where it changed nothing.

    """

    call: OperationCall
    target: nn.Module | Callable[..., Any] | str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    part: int | tuple[int, ...] | None = None
    changed: int | str | None = None

    @property
    def source(self) -> str:
        """The first layer it reads, empty without one."""
        return next(iter(self.sources), "")

    @property
    def sources(self) -> tuple[str, ...]:
        """The layers it reads, in the order of its operands, each time it does."""
        return tuple(_layers_in((*self.args, *self.kwargs.values())))

    def constant(self, position: int, name: str, default: Any = None) -> Any:
        """A parameter of the operation, by position or name."""
        return argument(self.call, position, name, default)

    def tensor(self, position: int, name: str) -> torch.Tensor | None:
        """A weight, bias or statistic: of the module, or given to the function."""
        value = getattr(self.target, name, None) if isinstance(self.target, nn.Module) else self.operand(position, name)
        return value.detach() if torch.is_tensor(value) else None

    def operand(self, position: int, name: str) -> Any:
        """What the function was given there: a `OperandSource`, a tensor, a number, or None."""
        return self.kwargs.get(name, self.args[position] if len(self.args) > position else None)

    def again(self, values: Values, dtype: torch.dtype = torch.float64, graph: bool = False) -> torch.Tensor:
        """Run the operation on other values of the layers it reads, in another precision; `graph` for its gradient."""
        copied = self.changed is not None
        args = tuple(_resolved(value, values, dtype, copied) for value in self.args)
        kwargs = {name: _resolved(value, values, dtype, copied) for name, value in self.kwargs.items()}
        with torch.enable_grad() if graph else torch.inference_mode():
            if isinstance(self.target, nn.Module):
                module = self.target
                if any(each.is_floating_point() and each.dtype != dtype for each in _tensors_of(module)):
                    module = copy.deepcopy(module).to(dtype)
                result = module(*args, **kwargs)
            elif isinstance(self.target, str):
                result = getattr(args[0], self.target)(*args[1:], **kwargs)
            else:
                result = self.target(*args, **kwargs)
        if self.changed is not None:
            result = kwargs[self.changed] if isinstance(self.changed, str) else args[self.changed]
        if self.part is not None:
            for place in (self.part,) if isinstance(self.part, int) else self.part:
                result = result[place]
        return result if torch.is_tensor(result) else next(part for part in result if torch.is_tensor(part))


# Functions of the module, not of the methods: one that calls itself and is defined in a method is a circle, which would
# keep the values of a whole network until Python collects cycles.


def _tensors_of(module: nn.Module) -> Iterator[torch.Tensor]:
    yield from module.parameters()
    yield from module.buffers()


def _layers_in(value: Any) -> Iterator[str]:
    """The layers in an operation's argument, in order."""
    if isinstance(value, OperandSource):
        yield value.layer
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from _layers_in(part)


def _resolved(value: Any, values: Values, dtype: torch.dtype, copied: bool) -> Any:
    """An operation's argument with the layers' values in the place of their names."""
    if isinstance(value, OperandSource):
        return values[value.layer].to(dtype, copy=copied)
    if torch.is_tensor(value) and value.is_floating_point():
        return value.detach().to(dtype, copy=copied)
    if isinstance(value, (tuple, list)):
        return type(value)(_resolved(part, values, dtype, copied) for part in value)
    return value
