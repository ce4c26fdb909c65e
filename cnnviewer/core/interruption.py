"""Ends long computations of PyTorch in the midst of a pass: before the next operation, forward or backward.

A thread says in `interruptible` how it hears that nobody waits any more; whatever runs a model in there calls
`check_interruption` before each operation. So a pass of VGG16, a second long, ends within the tenth of one operation.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import torch
from torch.utils._python_dispatch import TorchDispatchMode

from cnnviewer.core.errors import Cancelled

_PART: Final = 2**22
"""Numbers that are drawn or copied between two checks; a multiple of 16, at which PyTorch draws the same as at once."""


class _OfThread(threading.local):
    abandoned: Callable[[], bool] | None = None


_of_thread = _OfThread()


@contextmanager
def interruptible(abandoned: Callable[[], bool]) -> Iterator[None]:
    """In here and in this thread, models end with `Cancelled` soon after `abandoned` is true, and stays so."""
    before, _of_thread.abandoned = _of_thread.abandoned, abandoned
    try:
        yield
    finally:
        _of_thread.abandoned = before


def is_interruptible() -> bool:
    """Whether this thread may be interrupted now."""
    return _of_thread.abandoned is not None


def check_interruption() -> None:
    """Nothing, unless this thread is in `interruptible` and nobody waits any more.

    Raises:
        Cancelled: so it is.
    """
    abandoned = _of_thread.abandoned
    if abandoned is not None and abandoned():
        raise Cancelled


class InParts(TorchDispatchMode):
    """In here a large tensor is drawn in parts, the same numbers as at once: of VGG16's largest layer 100 million."""

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # nothing is compiled here, and preparing to skip it would import a compiler

    def __torch_dispatch__(self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None) -> Any:
        check_interruption()
        kwargs = kwargs or {}
        if func not in _DRAWN or args[0].numel() <= _PART or not args[0].is_contiguous():
            return func(*args, **kwargs)
        for part in args[0].view(-1).split(_PART):
            check_interruption()
            func(part, *args[1:], **kwargs)
        return args[0]


_DRAWN: Final = (torch.ops.aten.uniform_.default, torch.ops.aten.normal_.default)


def copied_in_parts(parameters: Iterable[torch.nn.Parameter]) -> dict[int, torch.nn.Parameter]:
    """Copies of the large ones by id, as `copy.deepcopy` takes what is copied already."""
    made: dict[int, torch.nn.Parameter] = {}
    for given in parameters:
        if given.numel() > _PART and given.is_contiguous() and type(given) is torch.nn.Parameter:
            copied = torch.empty_like(given, requires_grad=False)
            for part, numbers in zip(copied.view(-1).split(_PART), given.detach().view(-1).split(_PART), strict=True):
                check_interruption()
                part.copy_(numbers)
            made[id(given)] = torch.nn.Parameter(copied, given.requires_grad)
    return made
