"""What turns one value into one: activations, batch normalisation, dropout; and arithmetic between two layers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn

from cnnviewer.core.inspection.explain.notation import bracketed
from cnnviewer.core.inspection.explain.places import cell_at
from cnnviewer.core.inspection.explain.records import (
    Combined,
    Doubles,
    Dropped,
    ExplainedPart,
    Normalised,
    Operator,
    Pointwise,
)
from cnnviewer.core.inspection.records import Architecture, LayerInfo
from cnnviewer.core.inspection.traced_operation import OperandSource, TracedOperation
from cnnviewer.core.training.batches import seeded

BINARY: Mapping[str, Operator] = {
    "add": "+", "sub": "−", "mul": "×", "div": "÷", "pow": "^",
    "maximum": "max", "minimum": "min", "fmax": "max", "fmin": "min", "max": "max", "min": "min",
}  # fmt: skip

# How a training would draw what it drops is told of `dropout` and `dropout2d` alone.
_OTHER_DROPOUTS = ("dropout1d", "dropout3d", "alpha_dropout", "feature_alpha_dropout")

# As PyTorch documents each; a name in braces is an argument, with its place in the function and its default.
_EXPRESSIONS: Mapping[str, tuple[str, tuple[tuple[int, str, float], ...]]] = {
    "relu": ("max(0, x)", ()),
    "relu6": ("min(max(0, x), 6)", ()),
    "leaky_relu": ("max(0, x) + {negative_slope}·min(0, x)", ((1, "negative_slope", 0.01),)),
    "elu": ("max(0, x) + min(0, {alpha}·(exp(x) − 1))", ((1, "alpha", 1.0),)),
    "selu": ("1.0507·(max(0, x) + min(0, 1.6733·(exp(x) − 1)))", ()),
    "celu": ("max(0, x) + min(0, {alpha}·(exp(x/{alpha}) − 1))", ((1, "alpha", 1.0),)),
    "gelu": ("x·Φ(x)", ()),
    "gelu_tanh": ("x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))", ()),
    "silu": ("x / (1 + exp(−x))", ()),
    "mish": ("x·tanh(log(1 + exp(x)))", ()),
    "sigmoid": ("1 / (1 + exp(−x))", ()),
    "tanh": ("tanh(x)", ()),
    "softplus": ("log(1 + exp(x))", ()),
    "softplus_beta": ("log(1 + exp({beta}·x)) / {beta}", ((1, "beta", 1.0),)),
    "softsign": ("x / (1 + |x|)", ()),
    "tanhshrink": ("x − tanh(x)", ()),
    "hardshrink": ("x if |x| > {lambd} else 0", ((1, "lambd", 0.5),)),
    "softshrink": ("max(0, x − {lambd}) + min(0, x + {lambd})", ((1, "lambd", 0.5),)),
    "threshold": ("x if x > {threshold} else {value}", ((1, "threshold", 0.0), (2, "value", 0.0))),
    "hardtanh": ("min(max(x, {min_val}), {max_val})", ((1, "min_val", -1.0), (2, "max_val", 1.0))),
    "hardswish": ("x·min(max(x + 3, 0), 6) / 6", ()),
    "hardsigmoid": ("min(max(x + 3, 0), 6) / 6", ()),
    "logsigmoid": ("log(1 / (1 + exp(−x)))", ()),
    "exp": ("exp(x)", ()),
    "log": ("log(x)", ()),
    "log2": ("log₂ x", ()),
    "log10": ("log₁₀ x", ()),
    "exp2": ("2^x", ()),
    "sqrt": ("√x", ()),
    "square": ("x²", ()),
    "abs": ("|x|", ()),
    "neg": ("−x", ()),
    "sign": ("sign of x", ()),
    "floor": ("⌊x⌋", ()),
    "ceil": ("⌈x⌉", ()),
    "round": ("x, rounded", ()),
    "trunc": ("x without its decimals", ()),
    "frac": ("the decimals of x", ()),
    "sin": ("sin(x)", ()),
    "cos": ("cos(x)", ()),
    "tan": ("tan(x)", ()),
    "asin": ("arcsin(x)", ()),
    "acos": ("arccos(x)", ()),
    "atan": ("arctan(x)", ()),
    "sinh": ("(exp(x) − exp(−x)) / 2", ()),
    "cosh": ("(exp(x) + exp(−x)) / 2", ()),
    "asinh": ("log(x + √(x² + 1))", ()),
    "acosh": ("log(x + √(x² − 1))", ()),
    "atanh": ("log((1 + x) / (1 − x)) / 2", ()),
    "sinc": ("sin(πx) / (πx)", ()),
    "logit": ("log(x / (1 − x))", ()),
    "entr": ("−x·log(x)", ()),
    "deg2rad": ("x·π / 180", ()),
    "rad2deg": ("x·180 / π", ()),
    "rsqrt": ("1 / √x", ()),
    "reciprocal": ("1 / x", ()),
    "log1p": ("log(1 + x)", ()),
    "expm1": ("exp(x) − 1", ()),
    "erf": ("erf(x)", ()),
    "erfc": ("1 − erf(x)", ()),
    "erfinv": ("erf⁻¹(x)", ()),
    "lgamma": ("log |Γ(x)|", ()),
    "digamma": ("ψ(x)", ()),
    "i0": ("I₀(x)", ()),
    "clamp": ("min(max(x, {min}), {max})", ((1, "min", 0.0), (2, "max", 0.0))),
    "clamp_min": ("max(x, {min})", ((1, "min", 0.0),)),
    "clamp_max": ("min(x, {max})", ((1, "max", 0.0),)),
}
_POINTS = 97  # of a function's curve
POINTWISE = frozenset({*_EXPRESSIONS, *_OTHER_DROPOUTS, "prelu", "rrelu"} - {"gelu_tanh", "softplus_beta"})


def pointwise(kind: str, step: TracedOperation, source: torch.Tensor, place: tuple[int, ...]) -> Pointwise | None:
    """The function with its arguments; None for one that is not known.

    PReLU's slope is that of the channel: `max(0, x) + slope·min(0, x)` (`torch.nn.PReLU`).
    """
    x = float(source[place])
    if kind == "prelu":
        slopes = step.tensor(1, "weight")
        if slopes is None:
            return None
        slope = float(slopes.reshape(-1)[place[1] if slopes.numel() > 1 else 0])
        return Pointwise(
            kind, step.source, x, f"max(0, x) + {bracketed(slope)}·min(0, x)", f"torch.tensor([{slope!r}])"
        )
    if kind in _OTHER_DROPOUTS:
        return Pointwise("dropout", step.source, x, "x", "training=False")
    name, variant = kind, kind
    if kind == "gelu" and step.constant(1, "approximate", "none") == "tanh":
        variant = "gelu_tanh"
    elif kind == "softplus" and step.constant(1, "beta", 1) != 1:
        variant = "softplus_beta"
    elif kind == "clamp":
        given = [each for each in ("min", "max") if step.constant(("min", "max").index(each) + 1, each) is not None]
        variant = "clamp" if len(given) == 2 else f"clamp_{given[0]}" if given else ""
    elif kind == "logit" and step.constant(1, "eps") is not None:
        return None
    elif kind == "rrelu":
        if step.constant(3, "training", False) and not isinstance(step.target, nn.Module):
            return None
        slope = (float(step.constant(1, "lower", 1 / 8)) + float(step.constant(2, "upper", 1 / 3))) / 2
        return Pointwise(
            "leaky_relu", step.source, x, f"max(0, x) + {slope:.6g}·min(0, x)", f"negative_slope={slope!r}"
        )
    known = _expression(variant, kind, step)
    if known is None:
        return None
    text, arguments = known
    if variant == "gelu_tanh":
        arguments = "approximate='tanh'"
    return Pointwise(name, step.source, x, text, arguments)


def pointwise_terms(work: Pointwise, step: TracedOperation) -> tuple[Doubles, float]:
    """The value, or what it is the difference of; and the size of what float32 rounds before the last operation."""
    x = work.x
    if work.function == "tanhshrink":
        return np.array([x, -np.tanh(x)]), 0.0
    if work.function == "prelu":
        return np.array([x if x > 0 else _slope(work) * x]), 0.0
    if work.function == "dropout":
        return np.array([x]), 0.0
    y = float(step.again({step.source: torch.full((1,), x, dtype=torch.float64)}))
    # 1 + erf(…) and 1 + tanh(…) are rounded before they are multiplied with x
    return np.array([y]), abs(x) if work.function == "gelu" else 0.0


def pointwise_curve(work: Pointwise, step: TracedOperation, source: torch.Tensor) -> Doubles:
    """`(2, n)` the function from the least to the largest value of the source, and a little beyond; 0 is among them."""
    low, high = _extremes(source)
    low, high = min(low, 0.0), max(high, 0.0)
    beyond = 0.1 * (high - low) or 1.0
    x = np.unique(np.append(np.linspace(low - beyond, high + beyond, _POINTS), [0.0, work.x]))
    if work.function == "prelu":
        slope = _slope(work)
        return np.stack([x, np.where(x > 0, x, slope * x)])
    if work.function == "dropout":
        return np.stack([x, x])
    y = step.again({step.source: torch.from_numpy(x)}).detach().double().numpy()
    return np.stack([x, y])


def _extremes(source: torch.Tensor) -> tuple[float, float]:
    """The least and the largest finite value; -1 and 1 where there is none."""
    low, high = map(float, torch.aminmax(source)) if source.numel() else (math.nan, math.nan)
    if not (math.isfinite(low) and math.isfinite(high)):  # only then: to choose values takes eight times their memory
        finite = source[torch.isfinite(source)]
        low, high = map(float, torch.aminmax(finite)) if finite.numel() else (-1.0, 1.0)
    return low, high


def _slope(work: Pointwise) -> float:
    """Of PReLU."""
    return float(work.argument.removeprefix("torch.tensor([").removesuffix("])"))


def _expression(variant: str, kind: str, step: TracedOperation) -> tuple[str, str] | None:
    """The function as mathematics writes it, and its arguments as Python does."""
    if variant not in _EXPRESSIONS:
        return None
    text, parameters = _EXPRESSIONS[variant]
    if variant == "clamp_max" and kind == "clamp":
        parameters = ((2, "max", 0.0),)
    numbers = {name: step.constant(place, name, default) for place, name, default in parameters}
    if any(isinstance(value, bool) or not isinstance(value, (int, float)) for value in numbers.values()):
        return None
    written = {name: f"{value:g}" for name, value in numbers.items()}
    return text.format(**written), ", ".join(f"{name}={float(value)!r}" for name, value in numbers.items())


def uses_running_statistics(step: TracedOperation) -> bool:
    """Whether a normalisation uses the running mean and variance of the training, and not those of what it is given."""
    if step.tensor(1, "running_mean") is None:
        return False
    match step.call.operation:
        case "batch_norm":
            return not step.constant(5, "training", False)
        case "instance_norm":
            return not step.constant(5, "use_input_stats", True)
        case _:
            return True


def batch_norm(step: TracedOperation, source: torch.Tensor, place: tuple[int, ...]) -> Normalised:
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


@dataclass(frozen=True)
class Draw:
    """How a training draws what it drops.

    Attributes:
        seed: of the training.
        step: of the training.
        channels_last: whether maps lie in memory with their channels together, see `core.training.layout`.
        device: on which it runs.

    """

    seed: int = 1
    step: int = 0
    channels_last: bool = False
    device: str = "cpu"


def dropped(
    layer: LayerInfo, step: TracedOperation, x: float, index: int, draw: Draw, steps: Mapping[str, TracedOperation]
) -> Dropped:
    """What dropout would do in a training step, were this image the whole batch.

    PyTorch draws one number a value (`dropout`) or a map (`dropout2d`) that is 1 with probability 1 - p, and divides
    by 1 - p (`torch.nn.Dropout`). It draws in the order of the memory. The layers draw one after another, so those
    before this one draw first here too.
    """
    generator = torch.Generator().manual_seed(seeded(draw.seed, "dropout", draw.step))
    p = float(step.constant(1, "p", 0.5))
    whole = layer.kind == "dropout2d"
    kept = True
    for name, other in steps.items():
        kind = _dropout_kind(other)
        if kind is None:
            continue
        shape = other.call.shape
        drawn = torch.empty((1, shape[0], 1, 1) if kind == "dropout2d" and len(shape) == 3 else (1, *shape))
        if draw.channels_last and drawn.ndim == 4 and _lies_channels_last(other, steps):
            drawn = drawn.to(memory_format=torch.channels_last)
        drawn.bernoulli_(1 - float(other.constant(1, "p", 0.5)), generator=generator)
        if name == layer.name:
            kept = bool(drawn.reshape(-1)[index // (int(np.prod(shape)) // drawn.numel())])
            break
    then = x / (1 - p) if kept and p < 1 else 0.0
    return Dropped(step.source, x, p, whole, kept, then, draw.seed, draw.step, draw.device)


def _lies_channels_last(step: TracedOperation, steps: Mapping[str, TracedOperation]) -> bool:
    """Whether maps come from a convolution, which reorders them, and were no vector in between."""
    while (before := steps.get(step.source)) is not None and len(before.call.shape) == 3:
        weight = before.tensor(1, "weight")
        if weight is not None and weight.ndim == 4:
            return True
        step = before
    return False


def _dropout_kind(step: TracedOperation) -> str | None:
    operation = step.call.operation
    if isinstance(operation, nn.Dropout2d) or operation in ("dropout2d", "feature_dropout"):
        return "dropout2d"
    return "dropout" if isinstance(operation, nn.Dropout) or operation == "dropout" else None


def combined(
    architecture: Architecture,
    operator: Operator,
    step: TracedOperation,
    values: Mapping[str, torch.Tensor],
    index: int,
    shape: tuple[int, ...],
) -> Combined | None:
    """Both operands of an operation between layers, or with a constant; None where it is more than that."""
    if len(step.args) < 2 or any(name in step.kwargs for name in ("alpha", "rounding_mode")):
        return None
    parts = [part_of(architecture, operand, values, index, shape) for operand in step.args[:2]]
    if parts[0] is None or parts[1] is None:
        return None
    return Combined(operator, (parts[0], parts[1]))


def part_of(
    architecture: Architecture, operand: Any, values: Mapping[str, torch.Tensor], index: int, shape: tuple[int, ...]
) -> ExplainedPart | None:
    """An operand's value for output `index`, whose shape it is broadcast to; None for what is no number."""
    if isinstance(operand, (int, float)):
        return ExplainedPart(None, float(operand))
    if torch.is_tensor(operand):
        learned = operand.requires_grad or isinstance(operand, nn.Parameter)
        return ExplainedPart(None, float(operand.detach().broadcast_to(shape).reshape(-1)[index]), learned)
    if not isinstance(operand, OperandSource):
        return None
    value = values[operand.layer]
    numbered = torch.arange(value.numel()).reshape(value.shape).broadcast_to(shape)
    place = int(numbered.reshape(-1)[index])
    return ExplainedPart(cell_at(place, architecture.layer(operand.layer)), float(value.reshape(-1)[place]))


def combined_terms(work: Combined) -> Doubles:
    """Both values of a sum or difference; the one value of a product, quotient or power, or the one chosen."""
    a, b = (part.value for part in work.parts)
    match work.operator:
        case "+":
            return np.array([a, b])
        case "−":
            return np.array([a, -b])
        case "×":
            return np.array([a * b])
        case "· σ":
            return np.array([a / (1 + np.exp(-b))])
        case "max" | "min":
            return np.array([max(a, b) if work.operator == "max" else min(a, b)])
        case "^":
            with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
                return np.array([float(np.power(a, b))])
        case _:
            with np.errstate(divide="ignore", invalid="ignore"):  # as PyTorch divides by 0
                return np.array([float(np.divide(a, b))])
