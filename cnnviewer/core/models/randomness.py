"""Random numbers that nobody else draws: for what must not disturb a training in another thread."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import numpy as np
import torch
from torch.utils._python_dispatch import TorchDispatchMode

_PYTHONS: Final = random.Random(0).getstate()
_NUMPYS: Final = np.random.RandomState(0).get_state()


@contextmanager
def own_randomness(seeds_too: bool = False, seed: int = 0) -> Iterator[None]:
    """Whatever draws random numbers in here draws the same ones for a seed, and takes none from anybody else.

    With `seeds_too` PyTorch's own ones are put back at the end, for a model may call `torch.manual_seed`. Only for a
    thread that trains: the numbers of another one would be put back with them.
    """
    torchs = torch.get_rng_state() if seeds_too else None
    python, numpys = random.getstate(), np.random.get_state()
    random.seed(seed)
    np.random.seed(seed)
    try:
        with _OwnGenerator(seed):
            yield
    finally:
        random.setstate(python)
        np.random.set_state(numpys)
        if torchs is not None:
            torch.set_rng_state(torchs)


@contextmanager
def other_libraries_alike() -> Iterator[Callable[[], bool]]:
    """What Python's `random` and NumPy draw in here is the same each time; gives whether they drew something so far."""
    python, numpys = random.getstate(), np.random.get_state()
    random.setstate(_PYTHONS)
    np.random.set_state(_NUMPYS)
    try:
        yield lambda: random.getstate() != _PYTHONS or _differ(np.random.get_state(), _NUMPYS)
    finally:
        random.setstate(python)
        np.random.set_state(numpys)


def _differ(one: Any, other: Any) -> bool:
    return one[2:] != other[2:] or not np.array_equal(one[1], other[1])


class _OwnGenerator(TorchDispatchMode):
    """Gives every operation of this thread that draws a generator of its own, and draws in the order of the indices.

    A dropout would drop other cells in another layout, for the mask is drawn in the order of the memory.
    """

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._generator = torch.Generator().manual_seed(seed)

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # nothing is compiled here, and preparing to skip it would import a compiler

    def __torch_dispatch__(self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        if torch.Tag.nondeterministic_seeded not in func.tags or _drops_nothing(func, args, kwargs):
            return func(*args, **kwargs)
        written = [bool(a.alias_info and a.alias_info.is_write) for a in func._schema.arguments[: len(args)]]
        plain = [
            argument.clone(memory_format=torch.contiguous_format) if torch.is_tensor(argument) else argument
            for argument in args
        ]
        result = with_generator(func)(*plain, **{**kwargs, "generator": self._generator})
        for target, source, is_written in zip(args, plain, written, strict=True):
            if is_written:
                target.copy_(source)
        for argument, source in zip(args, plain, strict=True):
            if result is source:
                return argument
            if torch.is_tensor(result) and torch.is_tensor(argument) and result.shape == argument.shape:
                return torch.empty_like(argument, dtype=result.dtype).copy_(result)
        return result


def _drops_nothing(func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Whether an operation that may drop values does not: attention, which has no form that takes a generator."""
    names = [argument.name for argument in func._schema.arguments]
    if "dropout_p" not in names:
        return False
    place = names.index("dropout_p")
    return not (args[place] if len(args) > place else kwargs.get("dropout_p", 0.0))


def with_generator(func: Any) -> Any:
    """The form of an operation that takes a generator; AttributeError where there is none."""
    if any(argument.name == "generator" for argument in func._schema.arguments):
        return func
    name = func._overloadname
    return getattr(func.overloadpacket, "generator" if name == "default" else f"{name}_generator")
