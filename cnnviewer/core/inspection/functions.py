"""What a recording must know of a function of PyTorch before it runs: its name, and what it writes into."""

from __future__ import annotations

import inspect
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import torch

Anything = Callable[..., Any]

_TENSOR_ATTRIBUTES: Final = frozenset({"T", "mT", "H", "mH", "data", "real", "imag"})
_QUESTIONS: Final = frozenset(
    {
        *("size", "dim", "ndimension", "numel", "nelement", "stride", "storage_offset", "element_size", "data_ptr"),
        *("get_device", "untyped_storage", "is_contiguous", "is_floating_point", "is_complex", "is_signed", "type"),
        *("is_same_size", "is_inference", "is_tensor", "is_pinned", "is_shared", "result_type", "broadcast_shapes"),
        *("numpy", "tolist", "item", "backward", "register_hook", "retain_grad", "_assert"),
        *("__len__", "__repr__", "__str__", "__format__", "__hash__", "__dir__", "__array__", "__dlpack__"),
        *("__int__", "__float__", "__index__", "__complex__"),
    }
)
_READING: Final = frozenset(
    {"numpy", "tolist", "item", "__array__", "__dlpack__", "__int__", "__float__", "__index__", "__complex__"}
)
_DECIDING: Final = frozenset({"__bool__", "__contains__", "equal", "allclose", "is_nonzero"})
# They change a tensor's shape, not its numbers.
_RESHAPING: Final = frozenset(
    {
        *("squeeze_", "unsqueeze_", "t_", "transpose_", "swapaxes_", "swapdims_", "as_strided_", "resize_"),
        *("resize_as_", "set_", "rename_", "requires_grad_", "detach_", "share_memory_"),
    }
)
# `1 - x` calls `x.__rsub__(1)`.
_REFLECTED: Final[Mapping[str, Anything]] = {
    "__rsub__": operator.sub, "__rdiv__": operator.truediv, "__rtruediv__": operator.truediv, "__rpow__": operator.pow,
    "__rmatmul__": operator.matmul, "__rfloordiv__": operator.floordiv, "__rmod__": operator.mod,
}  # fmt: skip
_WORDS: Final[Mapping[str, str]] = {"div": "truediv", "div_": "truediv"}  # what `x / y` calls


@dataclass(frozen=True)
class Function:
    """A function, method or attribute of a tensor.

    Attributes:
        word: what the operation is called, without the underscores of in-place and special methods.
        asks: whether it tells something of a tensor other than its numbers, so that there is nothing to record.
        takes_out: whether it hands numbers to Python or another library, where nobody sees what becomes of them.
        decides: whether it makes one truth of numbers, as `if x.mean() > 0` does.
        reshapes: whether it changes the shape of its operand in place, and not its numbers.
        in_place: whether it always writes into its first operand.
        switch: position of its parameter `inplace`, None without one.
        makes: whether it makes a tensor of its own, of another one's shape: `torch.zeros_like`.
        reflected: the operator that it is with its two operands in the other order.

    """

    word: str
    asks: bool = False
    takes_out: bool = False
    decides: bool = False
    reshapes: bool = False
    in_place: bool = False
    switch: int | None = None
    makes: bool = False
    reflected: Anything | None = None

    def written(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> int | str | None:
        """Which operand this call writes into, by position or name; None for none."""
        if torch.is_tensor(kwargs.get("out")):
            return "out"
        switched = self.switch is not None and (
            kwargs["inplace"] if "inplace" in kwargs else len(args) > self.switch and args[self.switch]
        )
        if not (self.in_place or switched):
            return None
        return 0 if args else next((name for name, value in kwargs.items() if torch.is_tensor(value)), None)


def function(func: Anything) -> Function:
    """What `func` is, as PyTorch hands it to `__torch_function__`."""
    try:
        return _function(func)
    except TypeError:  # what cannot be hashed is looked at every time
        return _function.__wrapped__(func)


@cache
def _function(func: Anything) -> Function:
    name = str(getattr(func, "__name__", type(func).__name__))
    if name == "__get__":
        attribute = str(getattr(getattr(func, "__self__", None), "__name__", "attribute"))
        return Function(attribute, asks=attribute not in _TENSOR_ATTRIBUTES)
    if name in _REFLECTED:
        return Function(_REFLECTED[name].__name__, reflected=_REFLECTED[name])
    special = name.startswith("__") and name.endswith("__")
    return Function(
        word=_WORDS.get(name, name).strip("_") or name,
        asks=name in _QUESTIONS,
        takes_out=name in _READING,
        decides=name in _DECIDING,
        reshapes=name in _RESHAPING,
        in_place=name in ("__setitem__", "__iadd__", "__isub__", "__imul__") if special else name.endswith("_"),
        switch=_switch(func),
        makes=name.startswith("new_") or name.endswith("_like"),
    )


def _switch(func: Anything) -> int | None:
    try:
        return list(inspect.signature(func).parameters).index("inplace")
    except (ValueError, TypeError):  # built in, or without such a parameter
        return None
