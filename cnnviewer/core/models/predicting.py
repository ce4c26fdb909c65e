"""A forward pass while predicting: the same for an image whenever it is asked for, and drawing from nobody's numbers.

A model may drop values or add noise even in evaluation mode (`F.dropout(x)`, whose `training` is True by default).
Then two predictions differ, and a draw from the global generator changes what a training in another thread computes.
The rule, for evaluation, prediction and the look inside: dropout drops nothing, and every image meets the same random
numbers, however many are in its batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import Any, Final

import torch
from torch import nn
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from cnnviewer.core.errors import Cancelled
from cnnviewer.core.interruption import check_interruption
from cnnviewer.core.models.output import head_of
from cnnviewer.core.models.randomness import other_libraries_alike, with_generator

_DROPOUTS: Final = frozenset(
    {"dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout", "feature_dropout", "feature_alpha_dropout"}
)
_DRAWING: Final = frozenset(
    {
        *("rand", "randn", "randint", "randperm", "rand_like", "randn_like", "randint_like", "normal", "bernoulli"),
        *("multinomial", "poisson", "normal_", "uniform_", "bernoulli_", "exponential_", "random_", "geometric_"),
        *("log_normal_", "cauchy_", "gumbel_softmax", "rrelu", "rrelu_", "fractional_max_pool2d"),
        *("fractional_max_pool2d_with_indices", "fractional_max_pool3d", "fractional_max_pool3d_with_indices"),
    }
)
_FUSED = (nn.MultiheadAttention, nn.TransformerEncoderLayer, nn.TransformerEncoder)


class PredictingModel:
    """Makes one forward pass the same each time.

    Attributes:
        dropped: whether the model would have dropped values.
        drew: whether it drew random numbers.

    """

    def __init__(self, images: torch.Tensor) -> None:
        self.dropped = self.drew = False
        self._images = images

    def call(
        self, func: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]
    ) -> tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]:
        """The call that is made in place of this one.

        Raises:
            Cancelled: nobody waits any more for what this thread computes.
        """
        check_interruption()
        name = str(getattr(func, "__name__", ""))
        if name.strip("_") in _DROPOUTS:
            args, kwargs, dropped = _undropped(args, kwargs)
            self.dropped = self.dropped or dropped
        elif name in _DRAWING:
            if not self.drew:
                device = "cpu" if self._images.is_meta else self._images.device
                self._draws = _SameDraws(len(self._images), torch.Generator(device).manual_seed(0))
            self.drew = True
            func = partial(_within, self._draws, func)
        return func, args, dict(kwargs)


# of the largest value: by so little a sum in a batch may differ
_ROUNDING: Final = 1e-4
_COARSE_ROUNDING: Final = 1e-2  # of 16 bits, and of accelerators, which multiply in fewer bits than they add (TF32)


def keeps_images_apart(run: Callable[[torch.Tensor], torch.Tensor], image: torch.Tensor) -> bool:
    """Whether `run` gives a normalised image `(1, C, H, W)` the same values beside others.

    False too where it knows no batches. A model that normalises by statistics of the batch does not: predicted alone,
    each image has an answer of its own.

    Raises:
        Exception: whatever the model raises for the image alone.
    """
    alone = run(image)
    exact = alone.device.type == "cpu" and alone.element_size() >= 4
    most = (_ROUNDING if exact else _COARSE_ROUNDING) * float(alone.abs().max())
    try:
        for other in (3 * image + 1, -3 * image - 1):  # larger and smaller everywhere
            beside = run(torch.cat([other, image]))[1:]
            if beside.shape != alone.shape:
                return False
            if float((alone - beside).abs().max()) > most:
                return False
    except Cancelled:
        raise
    except Exception:  # a user's own code may know one image only
        return False
    return True


@contextmanager
def predicting(model: nn.Module, images: torch.Tensor) -> Iterator[None]:
    """Run `model` in here on `images`, in evaluation mode, as it is for every other prediction."""
    fused = [module for module in model.modules() if isinstance(module, _FUSED) and "forward" not in vars(module)]
    for module in fused:  # PyTorch's fused attention runs only without any mode
        vars(module)["forward"] = partial(_alone, module.forward)
    try:
        # only a user's own model draws from elsewhere
        alike = other_libraries_alike() if head_of(model) is not None else nullcontext()
        with alike, _Mode(images):
            yield
    finally:
        for module in fused:
            del vars(module)["forward"]


class _Mode(TorchFunctionMode):
    def __init__(self, images: torch.Tensor) -> None:
        super().__init__()
        self._settled = PredictingModel(images)

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Any,
        args: tuple[Any, ...] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        func, args, kwargs = self._settled.call(func, args, kwargs or {})
        return func(*args, **kwargs)


def _alone(forward: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    with torch._C.DisableTorchFunction():
        return forward(*args, **kwargs)


def _within(draws: _SameDraws, func: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    with draws:
        return func(*args, **kwargs)


def _undropped(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> tuple[tuple[Any, ...], Mapping[str, Any], bool]:
    """A dropout's arguments while predicting, and whether it would have dropped something."""
    if len(args) > 2:
        return (*args[:2], False, *args[3:]), kwargs, bool(args[2])
    name = "train" if "train" in kwargs else "training"
    return args, {**kwargs, name: False}, bool(kwargs.get(name, True))


class _SameDraws(TorchDispatchMode):
    """Draws from a generator of its own: for the first image, and the same for all others of the batch."""

    def __init__(self, images: int, generator: torch.Generator) -> None:
        super().__init__()
        self._images = images
        self._generator = generator

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # nothing is compiled here, and preparing to skip it would import a compiler

    def __torch_dispatch__(self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        if torch.Tag.nondeterministic_seeded not in func.tags:
            return func(*args, **kwargs)
        form = with_generator(func)
        one = tuple(self._of_one(value) for value in args)
        result = form(*one, **{**kwargs, "generator": self._generator})
        if all(part is value for part, value in zip(one, args, strict=True)):
            return result
        for part, value in zip(one, args, strict=True):
            if result is part:  # it was drawn in place
                return value.copy_(part.expand_as(value))
        return result.expand(self._images, *result.shape[1:]).clone()

    def _of_one(self, value: Any) -> Any:
        """A size or a tensor of all images -> that of one."""
        if self._images < 2:
            return value
        if isinstance(value, torch.Tensor) and value.ndim > 1 and value.shape[0] == self._images:
            return value[:1].clone()
        sizes = isinstance(value, (list, tuple)) and len(value) > 1 and all(isinstance(n, int) for n in value)
        return [1, *value[1:]] if sizes and value[0] == self._images else value
