"""What turns one value into one: activations, batch normalisation, dropout; and arithmetic between two layers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
import torch
from torch import nn

from cnnviewer.core.inspection.explain.places import cell_at
from cnnviewer.core.inspection.explain.records import Combined, Doubles, Dropped, Normalised, Part
from cnnviewer.core.inspection.records import Architecture, LayerInfo
from cnnviewer.core.inspection.steps import Source, Step
from cnnviewer.core.training.batches import seeded

Operator = Literal["+", "−", "×", "÷"]
BINARY: Mapping[str, Operator] = {"add": "+", "sub": "−", "mul": "×", "div": "÷"}

# As PyTorch documents each; a name in braces is an argument, with its place in the function and its default.
_EXPRESSIONS: Mapping[str, tuple[str, tuple[tuple[int, str, float], ...]]] = {
    "relu": ("max(0, x)", ()),
    "relu6": ("min(max(0, x), 6)", ()),
    "leaky_relu": ("max(0, x) + {negative_slope}·min(0, x)", ((1, "negative_slope", 0.01),)),
    "elu": ("max(0, x) + min(0, {alpha}·(exp(x) − 1))", ((1, "alpha", 1.0),)),
    "selu": ("1.0507·(max(0, x) + min(0, 1.6733·(exp(x) − 1)))", ()),
    "celu": ("max(0, x) + min(0, {alpha}·(exp(x/{alpha}) − 1))", ((1, "alpha", 1.0),)),
    "gelu": ("x·Φ(x)", ()),
    "silu": ("x / (1 + exp(−x))", ()),
    "mish": ("x·tanh(log(1 + exp(x)))", ()),
    "sigmoid": ("1 / (1 + exp(−x))", ()),
    "tanh": ("tanh(x)", ()),
    "softplus": ("log(1 + exp(x))", ()),
    "softsign": ("x / (1 + |x|)", ()),
    "hardtanh": ("min(max(x, {min_val}), {max_val})", ((1, "min_val", -1.0), (2, "max_val", 1.0))),
    "hardswish": ("x·min(max(x + 3, 0), 6) / 6", ()),
    "hardsigmoid": ("min(max(x + 3, 0), 6) / 6", ()),
    "logsigmoid": ("log(1 / (1 + exp(−x)))", ()),
    "exp": ("exp(x)", ()),
    "log": ("log(x)", ()),
    "sqrt": ("√x", ()),
    "square": ("x²", ()),
    "abs": ("|x|", ()),
    "neg": ("−x", ()),
}

# What is written above holds for this value of their first argument.
_USUALLY: Mapping[str, tuple[str, Any]] = {"gelu": ("approximate", "none"), "softplus": ("beta", 1)}


def expression(kind: str, step: Step) -> tuple[str, str] | None:
    """The function as mathematics writes it, and its arguments as Python does; None for one not known."""
    if kind not in _EXPRESSIONS:
        return None
    text, parameters = _EXPRESSIONS[kind]
    numbers = {name: step.constant(place, name, default) for place, name, default in parameters}
    if any(isinstance(value, bool) or not isinstance(value, (int, float)) for value in numbers.values()):
        return None
    if kind in _USUALLY:
        name, usual = _USUALLY[kind]
        if step.constant(1, name, usual) != usual:
            return None
    written = {name: f"{value:g}" for name, value in numbers.items()}
    return text.format(**written), ", ".join(f"{name}={float(value)!r}" for name, value in numbers.items())


def batch_norm(step: Step, source: torch.Tensor, place: tuple[int, ...]) -> Normalised:
    """Batch normalisation while predicting: with the running mean and variance of the training.

    The order of `F.batch_norm`: input, running_mean, running_var, weight, bias, training, momentum, eps.
    """
    mean, variance = step.tensor(1, "running_mean"), step.tensor(2, "running_var")
    assert mean is not None
    assert variance is not None
    weight, bias = step.tensor(3, "weight"), step.tensor(4, "bias")
    channel = place[1]
    return Normalised(
        source=step.source,
        channel=channel,
        x=float(source[place]),
        mean=float(mean[channel]),
        variance=float(variance[channel]),
        epsilon=float(step.constant(7, "eps", 1e-5)),
        weight=1.0 if weight is None else float(weight[channel]),
        bias=0.0 if bias is None else float(bias[channel]),
    )


def normalised_terms(work: Normalised) -> Doubles:
    """The scaled value, minus the scaled mean, plus the bias."""
    scale = work.weight / np.sqrt(work.variance + work.epsilon)
    return np.array([work.x * scale, -work.mean * scale, work.bias])


def dropped(
    layer: LayerInfo, step: Step, x: float, index: int, seed: int, at: int, steps: Mapping[str, Step]
) -> Dropped:
    """What dropout would do in the training step `at` with this seed, were this image the whole batch.

    PyTorch draws one number a value (`dropout`) or a map (`dropout2d`) that is 1 with probability 1 - p, and divides
    by 1 - p (`torch.nn.Dropout`). The layers draw one after another, so those before this one draw first here too.
    """
    generator = torch.Generator().manual_seed(seeded(seed, "dropout", at))
    p = float(step.constant(1, "p", 0.5))
    whole = layer.kind == "dropout2d"
    kept = True
    for name, other in steps.items():
        kind = _dropout_kind(other)
        if kind is None:
            continue
        shape = other.call.shape
        drawn = torch.empty((1, shape[0], 1, 1) if kind == "dropout2d" and len(shape) == 3 else (1, *shape))
        drawn.bernoulli_(1 - float(other.constant(1, "p", 0.5)), generator=generator)
        if name == layer.name:
            kept = bool(drawn.reshape(-1)[index // (int(np.prod(shape)) // drawn.numel())])
            break
    return Dropped(step.source, x, p, whole, kept, x / (1 - p) if kept and p < 1 else 0.0, seed, at)


def _dropout_kind(step: Step) -> str | None:
    operation = step.call.operation
    if isinstance(operation, nn.Dropout2d) or operation in ("dropout2d", "feature_dropout"):
        return "dropout2d"
    return "dropout" if isinstance(operation, nn.Dropout) or operation == "dropout" else None


def combined(
    architecture: Architecture,
    operator: Operator,
    step: Step,
    values: Mapping[str, torch.Tensor],
    index: int,
    shape: tuple[int, ...],
) -> Combined | None:
    """Both operands of an operation between layers, or with a constant; None where it is more than that."""
    if len(step.args) < 2 or any(name in step.kwargs for name in ("alpha", "rounding_mode")):
        return None
    parts = [_part(architecture, operand, values, index, shape) for operand in step.args[:2]]
    if parts[0] is None or parts[1] is None:
        return None
    return Combined(operator, (parts[0], parts[1]))


def _part(
    architecture: Architecture, operand: Any, values: Mapping[str, torch.Tensor], index: int, shape: tuple[int, ...]
) -> Part | None:
    if isinstance(operand, (int, float)):
        return Part(None, float(operand))
    if torch.is_tensor(operand):
        return Part(None, float(operand.detach().broadcast_to(shape).reshape(-1)[index]))
    if not isinstance(operand, Source):
        return None
    value = values[operand.layer]
    numbered = torch.arange(value.numel()).reshape(value.shape).broadcast_to(shape)
    place = int(numbered.reshape(-1)[index])
    return Part(cell_at(place, architecture.layer(operand.layer)), float(value.reshape(-1)[place]))


def combined_terms(work: Combined) -> Doubles:
    """Both values of a sum or difference; the one value of a product or quotient."""
    a, b = (part.value for part in work.parts)
    match work.operator:
        case "+":
            return np.array([a, b])
        case "−":
            return np.array([a, -b])
        case "×":
            return np.array([a * b])
        case _:
            with np.errstate(divide="ignore", invalid="ignore"):  # as PyTorch divides by 0
                return np.array([float(np.divide(a, b))])
