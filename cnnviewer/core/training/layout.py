"""In which memory layout a model trains: the quicker one where it bears it.

On the CPU convolutions and pools over channels that lie together (`torch.channels_last`) are a quarter to a third
faster. But a model may depend on how its maps lie in memory: `x.view(-1, 400)` behind a pool fails, `nn.Conv3d` too,
and `as_strided` reads other numbers. So a trial is made: both passes, in both layouts, on a copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import torch
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode

from cnnviewer.core.models.copying import copy_of
from cnnviewer.core.models.randomness import own_randomness

Layout = Literal["channels_last", "contiguous"]
MEMORY_FORMATS: Final[dict[Layout, torch.memory_format]] = {
    "channels_last": torch.channels_last,
    "contiguous": torch.contiguous_format,
}

Loss = Callable[[Any, torch.Tensor], torch.Tensor]
"""What the model gave for the images, and their labels -> the loss."""

_DRAWS = 3  # of images, before a model counts as one that depends on the layout
_IMAGES = 2  # a batch of one hides sizes that do not fit, and batch normalisation may refuse it
_CLOSE = 1e-3  # of the norm: far above float32's rounding, far below what other numbers would make
_NOISE = 2.0**-21  # relative: about what one rounding changes
_MOST_NOISE = 32.0  # how much more than that changes a result may differ


def choose_layout(model: nn.Module, shape: tuple[int, int, int], classes: int, loss: Loss, device: str) -> Layout:
    """The layout in which `model` trains on `device`; images are `(C, H, W)`, labels below `classes`.

    The answer follows from the model alone. The trial runs on copies: it leaves weights, buffers and whatever else the
    model keeps as they are. Random numbers that the model asks for come from a generator of the trial's own.
    """
    if not device.startswith("cpu"):
        return "contiguous"
    if not any(weight.dim() == 4 for weight in model.parameters()):
        return "contiguous"  # it is the weights of convolutions that bring maps into the other layout
    own = torch.Generator().manual_seed(0)
    try:
        # Rounding decides, for some images, which side of a ReLU or which cell of a pool a value takes, and the results
        # part there. A model that depends on its layout differs for all images.
        bears = any(_agrees(model, shape, classes, loss, own) for _ in range(_DRAWS))
        return "channels_last" if bears else "contiguous"
    except Exception:  # a convolution that overruns; or the model's own code, which fails in training too and says so
        return "contiguous"


def any_overruns(model: nn.Module) -> bool:
    """Whether a convolution of the model is one that `_overruns`."""
    convolutions = (module for module in model.modules() if isinstance(module, nn.Conv2d))
    return any(_overruns(module.weight, module.stride) for module in convolutions)


def _overruns(weight: torch.Tensor, stride: Sequence[int]) -> bool:
    """Whether the channels-last backward pass of a convolution may write behind its memory.

    PyTorch 2.14 does so on the CPU for kernels of 1x1 that skip pixels of less than 8 channels, and the process ends,
    now or later; less than 16 are avoided to be safe.
    """
    skips = any(step > size for step, size in zip(stride, weight.shape[2:], strict=False))
    return weight.ndim == 4 and skips and weight.shape[1] < 16


class SafeConvolutions(TorchDispatchMode):
    """Looks at every convolution that runs in this thread, of modules and of functions: they must bear channels last.

    Raises:
        ValueError: one of them `_overruns`; it is raised while the layout is still the contiguous one.
    """

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # nothing is compiled here, and preparing to skip it would import a compiler

    def __torch_dispatch__(self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None) -> Any:
        if func is torch.ops.aten.convolution.default and _overruns(args[1], args[3]):
            raise ValueError("the channels-last layout would damage the memory")
        return func(*args, **(kwargs or {}))


def _agrees(model: nn.Module, shape: tuple[int, int, int], classes: int, loss: Loss, own: torch.Generator) -> bool:
    """Whether the model gives the same in both layouts, but for rounding, for images that `own` draws."""
    trial = _Trial(torch.randn((_IMAGES, *shape), generator=own), torch.arange(_IMAGES) % classes, loss)
    with SafeConvolutions():
        plain = trial.run(model, torch.contiguous_format)
    quick = trial.run(model, torch.channels_last)
    if _difference(plain, quick) <= _CLOSE:
        return True
    # A model may magnify rounding: batch normalisation over two numbers does. How much shows a changed image.
    noise = 1 + _NOISE * torch.randn(trial.images.shape, generator=own)
    changed = _Trial(trial.images * noise, trial.labels, loss).run(model, torch.contiguous_format)
    return _difference(plain, quick) <= _MOST_NOISE * _difference(plain, changed)


@dataclass(frozen=True)
class _Result:
    """What a trial gave: outputs while training and while evaluating, and each weight's gradient."""

    outputs: tuple[torch.Tensor, ...]
    gradients: dict[str, torch.Tensor]


@dataclass(frozen=True)
class _Trial:
    images: torch.Tensor
    labels: torch.Tensor
    loss: Loss

    def run(self, model: nn.Module, layout: torch.memory_format) -> _Result:
        """Forward and backward as in training, then forward as in an evaluation, on a copy of the model."""
        one = copy_of(model)  # with its buffers, ties and whatever else it counts
        one.to(memory_format=layout)
        outputs: list[torch.Tensor] = []

        def loss(output: Any) -> torch.Tensor:
            outputs.extend(tensor.detach() for tensor in _tensors(output))
            return self.loss(output, self.labels)

        with own_randomness(seeds_too=True), torch.enable_grad():
            total = loss(one.train()(self.images.clone()))
            if total.requires_grad:
                total.backward()
            with torch.no_grad():
                loss(one.eval()(self.images.clone()))
        gradients = {name: weight.grad for name, weight in one.named_parameters() if weight.grad is not None}
        return _Result(tuple(outputs), gradients)


def _tensors(output: Any) -> Iterator[torch.Tensor]:
    if torch.is_tensor(output):
        yield output
    elif isinstance(output, (tuple, list, dict)):
        for part in output.values() if isinstance(output, dict) else output:
            yield from _tensors(part)


def _difference(one: _Result, other: _Result) -> float:
    """The largest relative difference: of an output to its norm, of a gradient to its own or a share of all's."""
    if len(one.outputs) != len(other.outputs) or one.gradients.keys() != other.gradients.keys():
        return float("inf")
    # a gradient that is 0 but for rounding, such as of a bias before a batch normalisation, is not compared to itself
    least = _CLOSE * float(sum(_norm(gradient) ** 2 for gradient in one.gradients.values())) ** 0.5
    pairs = [(a, b, 0.0) for a, b in zip(one.outputs, other.outputs, strict=True)]
    pairs += [(gradient, other.gradients[name], least) for name, gradient in one.gradients.items()]
    return max((_relative(a, b, floor) for a, b, floor in pairs), default=0.0)


def _relative(one: torch.Tensor, other: torch.Tensor, least: float) -> float:
    if one.shape != other.shape:
        return float("inf")
    one, other = one.to_dense(), other.to_dense()
    if one.is_floating_point() or one.is_complex():
        if not torch.equal(one.isfinite(), other.isfinite()):
            return float("inf")
        one, other = one.nan_to_num(0, 0, 0), other.nan_to_num(0, 0, 0)
    distance, size = _norm(one - other), max(_norm(one), least)
    return distance / size if distance else 0.0


def _norm(tensor: torch.Tensor) -> float:
    tensor = tensor.to_dense()
    return float(torch.linalg.vector_norm(tensor if tensor.is_floating_point() else tensor.float()))
