"""Whether the user's own model reads the images that it is for, and which of its layers does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import nn

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.output import OutputHead, examine
from cnnviewer.core.models.own.failures import line_of, reason_of

Shape = tuple[int, ...]


@dataclass
class _Entered:
    """A layer that an image went into: `taken` is its shape there, `given` behind the layer, None if it failed."""

    path: str
    module: nn.Module
    taken: Shape
    given: Shape | None = None


def check_fit(model: nn.Module, name: str, input_shape: tuple[int, int, int], num_classes: int) -> OutputHead:
    """Run two images through the model before anything else, and say which layer does not fit them.

    Returns:
        What makes the model give the scores of the classes.

    Raises:
        UserError: one sentence with the layer, and the shapes expected and found.
    """
    entered: list[_Entered] = []
    paths = {module: path for path, module in model.named_modules() if path}

    def note(module: nn.Module, taken: tuple[Any, ...]) -> None:
        entered.append(_Entered(paths[module], module, _shape(taken[0] if taken else None)))

    def note_end(_module: nn.Module, _taken: tuple[Any, ...], given: Any) -> None:
        entered[-1].given = _shape(given)

    scripted = torch.jit.ScriptModule  # takes no such hooks
    leaves = [module for module in paths if not list(module.children()) and not isinstance(module, scripted)]
    handles = [module.register_forward_pre_hook(note) for module in leaves]
    handles += [module.register_forward_hook(note_end) for module in leaves]
    was_training = model.training
    try:
        with torch.no_grad():
            model.eval()(torch.zeros(2, *input_shape))
    except (Exception, SystemExit) as error:  # untrusted code
        raise _misfit(name, entered, error) from error
    finally:
        for handle in handles:
            handle.remove()
        model.train(was_training)
    return examine(model, name, input_shape, num_classes)


def _misfit(name: str, entered: list[_Entered], error: BaseException) -> UserError:
    last = entered[-1] if entered else None
    if last is not None and last.given is not None:  # what follows it in `forward` failed
        return UserError(
            "{model} fails behind {layer}, which gives {found}: {reason}.",
            field="model",
            model=name,
            layer=last.path,
            found=_by(last.given) or "?",
            reason=_placed(error),
        )
    expected = _expected(last.module, last.taken) if last is not None else ""
    wrong_type = "type" in str(error)  # the shape is right: float64 weights, whole numbers
    if last is not None and last.taken and expected and not wrong_type:
        return UserError(
            "{layer} of {model} does not fit: it expects {expected}, but gets {found}.",
            field="model",
            layer=last.path,
            model=name,
            expected=expected,
            found=_by(last.taken),
        )
    return UserError("{model} cannot read such images: {reason}.", field="model", model=name, reason=_placed(error))


def _placed(error: BaseException) -> UserError | str:
    """The reason, and the line of the user's file where it came about."""
    place = line_of(error)
    if place is None:
        return reason_of(error)
    return UserError("{reason} (line {line} of {file})", reason=reason_of(error), file=place[0], line=place[1])


def _expected(module: nn.Module, taken: Shape) -> str:
    """The shape that a layer takes, as far as it is known; for maps that are too small, how large they must be."""
    if isinstance(module, nn.Linear):
        return str(module.in_features)
    if isinstance(module, nn.Conv2d):
        fits = len(taken) == 3 and taken[0] == module.in_channels
        return f"{module.in_channels}×{_at_least(module) if fits else 'H×W'}"
    if isinstance(module, (nn.MaxPool2d, nn.AvgPool2d)):
        return f"C×{_at_least(module)}"
    features = getattr(module, "num_features", None)
    return f"{features}×H×W" if isinstance(module, nn.BatchNorm2d) else str(features or "")


def _at_least(module: nn.Conv2d | nn.MaxPool2d | nn.AvgPool2d) -> str:
    """`H×W` with the smallest sizes that the window fits into."""
    kernel, padding, dilation = (
        value if isinstance(value, tuple) else (value, value)
        for value in (module.kernel_size, module.padding, getattr(module, "dilation", 1))
    )
    if isinstance(padding[0], str):  # "same" and "valid" as a pair of themselves
        padding = (0, 0)
    least = [max(1, d * (k - 1) + 1 - 2 * p) for k, p, d in zip(kernel, padding, dilation, strict=True)]
    return f"H×W, H ≥ {least[0]}, W ≥ {least[1]}"


def _shape(value: Any) -> Shape:
    """For one image."""
    return tuple(value.shape[1:]) if torch.is_tensor(value) else ()


def _by(shape: Shape) -> str:
    return "×".join(str(size) for size in shape)
