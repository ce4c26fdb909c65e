"""Operands and results of an operation: the tensors in them, their shapes, what they say without their numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import torch
from torch import nn

from cnnviewer.core.inspection.traced_operation import OperandSource

Path = tuple[int, ...]
"""The index of a tensor within nested results."""


def shape_for_one(value: torch.Tensor, count: int = 1) -> tuple[int, ...]:
    """The shape of a layer's value for one of `count` images, `(C, H, W)` or `(N,)`, whatever its rank."""
    shape = tuple(value.shape[1:]) if value.ndim > 1 and value.shape[0] == count else tuple(value.shape)
    if len(shape) in (1, 3):
        return shape
    if len(shape) == 2:  # tokens or a sequence: one map
        return (1, *shape)
    if len(shape) < 2:
        return (1,)
    rows = 1
    for size in shape[:-2]:
        rows *= size
    return (rows, *shape[-2:])


def rank_of(value: torch.Tensor, count: int) -> int | None:
    """How many dimensions a value has; None where its shape as shown puts several of them together."""
    own = value.ndim - 1 if value.ndim > 1 and value.shape[0] == count else value.ndim
    return value.ndim if own <= 3 else None


def written_by(module: nn.Module) -> int | None:
    """Which operand a module writes into; None for none. Dropout does nothing while predicting."""
    if vars(module).get("inplace") is not True:
        return None
    return None if isinstance(module, nn.modules.dropout._DropoutNd) and not module.training else 0


def operand_at(place: int | str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
    """The operand at a position or of a name; a module's only one may be given by name."""
    if isinstance(place, str):
        return kwargs.get(place)
    return args[place] if len(args) > place else next(iter(kwargs.values()), None)


def tensors_in(value: Any) -> Iterator[torch.Tensor]:
    """The tensors in an argument or a result."""
    return (tensor for _, tensor in placed_tensors(value))


def placed_tensors(value: Any, path: Path = ()) -> Iterator[tuple[Path, torch.Tensor]]:
    """The tensors in a result, each with its index."""
    if isinstance(value, torch.Tensor):
        yield path, value
    elif isinstance(value, (tuple, list, dict)):
        for place, part in enumerate(value.values() if isinstance(value, dict) else value):
            yield from placed_tensors(part, (*path, place))


def place_name(operation: str, path: Path) -> str:
    """Name of the layer that the result at `path` of an operation is: `chunk[0]`."""
    return operation + "".join(f"[{place}]" for place in path)


def with_parts(value: Any, made: Callable[[Path, torch.Tensor], torch.Tensor], path: Path = ()) -> Any:
    """A result with what `made` makes of each of its tensors, by its index; itself, where that changes nothing."""
    if isinstance(value, torch.Tensor):
        return made(path, value)
    if not isinstance(value, (tuple, list, dict)):
        return value
    parts = list(value.values() if isinstance(value, dict) else value)
    others = [with_parts(part, made, (*path, place)) for place, part in enumerate(parts)]
    if all(other is part for other, part in zip(others, parts, strict=True)):
        return value
    if isinstance(value, dict):
        return type(value)(zip(value, others, strict=True))
    return value._make(others) if hasattr(value, "_make") else type(value)(others)


def without_numbers(value: Any) -> Any:
    """An operand without its numbers: None for tensors."""
    if isinstance(value, (OperandSource, torch.Tensor)):
        return None
    if isinstance(value, (tuple, list)):
        return type(value)(without_numbers(part) for part in value) if type(value) in (tuple, list) else value
    return value


def alike(a: Any, b: Any) -> bool:
    """Equal as far as a description goes: of tensors, only that they are tensors."""
    if a is b or (isinstance(a, torch.Tensor) and isinstance(b, torch.Tensor)):
        return True
    if type(a) is not type(b):
        return False
    if isinstance(a, (tuple, list)):
        return len(a) == len(b) and all(map(alike, a, b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(alike(a[key], b[key]) for key in a)
    return isinstance(a, (int, float, str, bool, OperandSource, torch.dtype, slice)) and a == b
