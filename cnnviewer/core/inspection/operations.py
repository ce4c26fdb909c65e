"""What an operation is called and how it slides: from a module or a functional call to its `LayerInfo`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import nn

from cnnviewer.core.inspection.reach import reaches
from cnnviewer.core.inspection.records import LayerInfo, Palette, SlidingWindow
from cnnviewer.core.models.pooling import OWN_LAYERS

Pair = tuple[int, int]

# The same operation under its other names: methods, operators, in-place and aliases.
_ALIASES = {
    "iadd": "add", "radd": "add", "isub": "sub", "imul": "mul", "rmul": "mul", "itruediv": "div", "truediv": "div",
    "T": "permute", "mT": "transpose", "data": "identity",
    "concat": "cat", "concatenate": "cat", "feature_dropout": "dropout2d", "flatten": "flatten", "view": "reshape",
    "clone": "identity", "contiguous": "identity", "detach": "identity", "to": "identity", "float": "identity",
    "softmax2d": "softmax", "batch_norm": "batch_norm2d", "absolute": "abs",
    "rmsnorm": "rms_norm", "instance_norm1d": "instance_norm", "instance_norm2d": "instance_norm",
    "instance_norm3d": "instance_norm", "upsample": "interpolate", "upsampling_nearest2d": "interpolate",
    "upsampling_bilinear2d": "interpolate", "clip": "clamp", "negative": "neg", "ipow": "pow",
    "log_sigmoid": "logsigmoid", "zero_pad1d": "pad", "zero_pad2d": "pad", "constant_pad1d": "pad",
    "constant_pad2d": "pad",
    "reflection_pad1d": "pad", "reflection_pad2d": "pad", "replication_pad1d": "pad", "replication_pad2d": "pad",
    "circular_pad1d": "pad", "circular_pad2d": "pad",
    "true_divide": "div", "float_power": "pow", "floordiv": "floor_divide", "mod": "remainder", "fix": "trunc",
    "sgn": "sign", "expit": "sigmoid", "gammaln": "lgamma", "psi": "digamma",
    **{f"arc{name}": f"a{name}" for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "tan2")},
    "lppool1d": "lp_pool1d", "lppool2d": "lp_pool2d", "lppool3d": "lp_pool3d",
}  # fmt: skip
_NEVER_NEGATIVE = frozenset({"relu", "relu6", "sigmoid", "hardsigmoid", "softmax", "softplus", "abs", "square", "exp"})
# These give no negative value when they take none.
_KEEPS_SIGN = frozenset(
    {
        *(
            "max_pool2d",
            "min_pool2d",
            "avg_pool2d",
            "adaptive_avg_pool2d",
            "adaptive_max_pool2d",
            "dropout",
            "dropout2d",
        ),
        *("flatten", "reshape", "unflatten", "squeeze", "unsqueeze", "permute", "transpose", "identity"),
        *("add", "mul", "cat", "mean", "getitem", "chunk", "split", "unbind", "stack", "select", "narrow", "update"),
    }
)
_WORDS = {
    "max_pool2d": "Max-pool",
    "min_pool2d": "Min-pool",
    "avg_pool2d": "Average-pool",
    "adaptive_avg_pool2d": "Adaptive average-pool",
    "adaptive_max_pool2d": "Adaptive max-pool",
    "relu": "ReLU",
    "relu6": "ReLU6",
    "leaky_relu": "Leaky ReLU",
    "gelu": "GELU",
    "elu": "ELU",
    "silu": "SiLU",
    "dropout": "Dropout",
    "dropout2d": "Dropout",
    "batch_norm2d": "Batch norm",
    "log_softmax": "Log-softmax",
    "cat": "Concatenate",
    "mul": "Multiply",
    "sub": "Subtract",
    "div": "Divide",
    "getitem": "Select",
    "layer_norm": "Layer norm",
    "rms_norm": "RMS norm",
    "group_norm": "Group norm",
    "instance_norm": "Instance norm",
    "prelu": "PReLU",
    "interpolate": "Resize",
    "pad": "Pad",
    "matmul": "Rows × columns",
    "mm": "Rows × columns",
    "bmm": "Rows × columns",
    "scaled_dot_product_attention": "Attention",
    "amax": "Largest",
    "amin": "Smallest",
    "maximum": "Larger of two",
    "minimum": "Smaller of two",
    "where": "Choose",
    "masked_fill": "Choose",
    "pow": "Power",
    "local_response_norm": "Local response norm",
    "normalize": "Normalise",
    "lp_pool1d": "Power-average pool",
    "lp_pool2d": "Power-average pool",
    "lp_pool3d": "Power-average pool",
    "glu": "Gated linear unit",
    "multihead_attention": "Multi-head attention",
    "lstmcell": "LSTM cell",
    "grucell": "GRU cell",
    "rnncell": "RNN cell",
    "update": "Updated in place",
    "unseen": "Not recorded",
}


# A weight of these scales what was normalised, or what is negative: one for each channel or place.
_SCALING = frozenset(
    {"batch_norm1d", "batch_norm2d", "batch_norm3d", "instance_norm", "layer_norm", "rms_norm", "group_norm", "prelu"}
)


@dataclass(frozen=True)
class OperationCall:
    """One operation as it was run.

    Attributes:
        name: unique name of the layer.
        operation: the module, or the name of the function or method (`"relu"`, `"max_pool2d"`, `"view"`).
        module: path of the module called or whose weight a function is given, None without one.
        args: positional arguments, None in the place of tensors.
        kwargs: likewise.
        inputs: the layers whose values it takes.
        shape: of its value for one image.
        learned: shapes of the parameters that are counted here.
        rank: how many dimensions its value has with the batch; None where `shape` puts several together.

    """

    name: str
    operation: nn.Module | str
    module: str | None
    args: Sequence[Any]
    kwargs: Mapping[str, Any]
    inputs: tuple[LayerInfo, ...]
    shape: tuple[int, ...]
    learned: tuple[tuple[int, ...], ...] = ()
    rank: int | None = None


def describe(call: OperationCall) -> LayerInfo:
    """What the network view writes above the column of this operation."""
    kind = _kind(call)
    window = _window(kind, call)
    total = sum(_product(shape) for shape in call.learned)
    terms = " + ".join("×".join(str(n) for n in shape) or "1" for shape in call.learned)
    return LayerInfo(
        name=call.name,
        kind=kind,
        operation=_operation(kind, call, window) + _which_call(call.name),
        inputs=tuple(layer.name for layer in call.inputs),
        shape=call.shape,
        parameters=total,
        parameter_text=f"{terms} = {total:,}" if total else "",
        palette=_palette(kind, call),
        window=window,
        module=call.module if _is_learned(call) else None,
        weight_shape=next((shape for shape in call.learned if len(shape) > 1 or kind in _SCALING), ()),
        reach=reaches(kind, call.inputs, call.shape, partial(argument, call), call.learned),
        rank=call.rank,
    )


def functional_name(module_class: str) -> str:
    """PyTorch's functional name of a module class: `MaxPool2d` -> `max_pool2d`, `LeakyReLU` -> `leaky_relu`."""
    word = re.sub(r"(Re|Ge|Si|Se|Ce|E|G|S|C|PRe|RRe)LU", lambda match: match[0].capitalize(), module_class)
    word = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", word).lower()
    return {"leaky_re_lu": "leaky_relu", "p_relu": "prelu"}.get(word, word)


def _kind_of(operation: nn.Module | str) -> str:
    word = functional_name(_class_name(operation)) if isinstance(operation, nn.Module) else operation
    word = word.strip("_").removeprefix("special_")
    return _ALIASES.get(word, word)


def _kind(call: OperationCall) -> str:
    kind = _kind_of(call.operation)
    if kind.startswith("batch_norm") and not _has_statistics(call):
        kind = "instance_norm"  # for one image that is what it does
    source = call.inputs[0].shape if call.inputs else ()
    if kind == "reshape" and len(source) == 3 and len(call.shape) == 1:
        return "flatten"
    if kind == "reshape" and source == call.shape:
        return "identity"
    if kind == "mean" and len(source) == 3 and call.shape in ((source[0],), (source[0], 1, 1)):
        dims = argument(call, 1, "dim") or ()
        if isinstance(dims, (tuple, list)) and {dim % 4 for dim in dims} == {2, 3}:
            return "adaptive_avg_pool2d"  # x.mean((2, 3)) is global average pooling
    return kind


def _has_statistics(call: OperationCall) -> bool:
    """Whether a batch normalisation uses its running statistics, and not those of the images given."""
    if isinstance(call.operation, nn.Module):
        return getattr(call.operation, "running_mean", None) is not None
    return not argument(call, 5, "training", False)


def _class_name(module: nn.Module) -> str:
    """The PyTorch layer that the module is or, when it leaves the computing to it, that it is a subclass of."""
    if isinstance(module, torch.jit.ScriptModule):
        return f"own {module.original_name}"
    if isinstance(module, OWN_LAYERS):
        return type(module).__name__
    if not type(module).forward.__module__.startswith("torch.nn"):
        return f"own {type(module).__name__}"
    return next(kind.__name__ for kind in type(module).__mro__ if kind.__module__.startswith("torch.nn.modules"))


def _is_learned(call: OperationCall) -> bool:
    if isinstance(call.operation, nn.Module):
        return any(True for _ in call.operation.parameters())
    return bool(call.learned)


def _palette(kind: str, call: OperationCall) -> Palette:
    if kind in _NEVER_NEGATIVE:
        return "sequential"
    constants = [a for a in (*call.args, *call.kwargs.values()) if isinstance(a, (int, float))]
    if kind in ("add", "mul") and any(a < 0 for a in constants):
        return "signed"
    kept = kind in _KEEPS_SIGN and bool(call.inputs) and not call.learned
    return "sequential" if kept and all(layer.palette == "sequential" for layer in call.inputs) else "signed"


def _operation(kind: str, call: OperationCall, window: SlidingWindow | None) -> str:
    if kind == "conv2d":
        words = f"Conv {_by(window.kernel)}" if window else "Conv"
        return words + _details(window, usual_stride=(1, 1))
    if kind == "linear" and isinstance(call.operation, nn.Linear):  # its weight may be counted elsewhere
        return f"Linear {call.operation.in_features}→{call.operation.out_features}"
    if kind == "linear" and call.learned and len(call.learned[0]) == 2:
        outputs, inputs = call.learned[0]
        return f"Linear {inputs}→{outputs}"
    words = _WORDS.get(kind, kind.replace("_", " ").capitalize())
    if window is not None:
        return f"{words} {_by(window.kernel)}" + _details(window, usual_stride=window.kernel)
    if kind.startswith("adaptive_") and len(call.shape) == 3:
        return f"{words} to {_by((call.shape[1], call.shape[2]))}"
    if kind == "instance_norm" and isinstance(call.operation, nn.modules.batchnorm._BatchNorm):
        return "Batch norm, the image's own statistics"
    if kind in ("dropout", "dropout2d"):
        of_maps = ", whole maps" if kind == "dropout2d" else ""
        return f"{words} p {argument(call, 1, 'p', 0.5):g}{of_maps}"
    return words


def _which_call(name: str) -> str:
    """` (2nd call)` of a module that was called before; empty for the first."""
    number = name.rpartition("#")[2] if "#" in name else ""
    if not number.isdecimal() or number == "1":
        return ""
    ending = "th" if number[-2:] in ("11", "12", "13") else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")
    return f" ({number}{ending} call)"


def _details(window: SlidingWindow | None, usual_stride: Pair) -> str:
    if window is None:
        return ""
    words = ""
    if window.stride != usual_stride:
        words += f", stride {_short(window.stride)}"
    if window.padding != (0, 0):
        words += f", padding {_short(window.padding)}"
    if window.dilation != (1, 1):
        words += f", dilation {_short(window.dilation)}"
    if window.groups != 1:
        words += f", {window.groups} groups"
    return words


def _window(kind: str, call: OperationCall) -> SlidingWindow | None:
    if kind == "conv2d":
        return _convolution(call)
    if kind not in ("max_pool2d", "min_pool2d", "avg_pool2d"):
        return None
    kernel = _pair(argument(call, 1, "kernel_size"))
    stride = argument(call, 2, "stride")
    dilation = argument(call, 4, "dilation", 1) if kind != "avg_pool2d" else 1
    return SlidingWindow(
        kernel=kernel,
        stride=_pair(stride) if stride else kernel,
        padding=_pair(argument(call, 3, "padding", 0)),
        dilation=_pair(dilation),
    )


def _convolution(call: OperationCall) -> SlidingWindow | None:
    """None where the padding is not zeros: the window then reads pixels from elsewhere in the map."""
    if isinstance(call.operation, nn.Module):
        if getattr(call.operation, "padding_mode", "zeros") != "zeros":
            return None
        kernel = _pair(getattr(call.operation, "kernel_size", 1))
    elif call.learned and len(call.learned[0]) == 4:  # F.conv2d(x, self.weight, ...)
        kernel = (call.learned[0][2], call.learned[0][3])
    else:
        return None
    dilation = _pair(argument(call, 5, "dilation", 1))
    padding = argument(call, 4, "padding", 0)
    if padding == "same":  # PyTorch puts the odd pixel behind
        padding = (dilation[0] * (kernel[0] - 1) // 2, dilation[1] * (kernel[1] - 1) // 2)
    elif padding == "valid":
        padding = 0
    return SlidingWindow(
        kernel=kernel,
        stride=_pair(argument(call, 3, "stride", 1)),
        padding=_pair(padding),
        dilation=dilation,
        groups=int(argument(call, 6, "groups", 1)),
    )


def argument(call: OperationCall, position: int, name: str, default: Any = None) -> Any:
    """The parameter `name` of a module, or of a function where it stands at `position` or has its name."""
    if isinstance(call.operation, nn.Module):
        value = getattr(call.operation, name, default)
    elif name in call.kwargs:
        value = call.kwargs[name]
    else:
        value = call.args[position] if len(call.args) > position else default
    if name == "dim" and value is None and _kind_of(call.operation).endswith("softmax"):
        return -3 if isinstance(call.operation, nn.Softmax2d) else None if call.rank is None else softmax_dim(call.rank)
    return value


def softmax_dim(rank: int) -> int:
    """Along which dimension of `rank` a softmax is taken that names none: `torch.nn.functional._get_softmax_dim`."""
    return 0 if rank in (0, 1, 3) else 1


def _pair(value: Any) -> Pair:
    if isinstance(value, int):
        return (value, value)
    values = tuple(int(v) for v in value)
    return (values[0], values[-1])


def _by(pair: Pair) -> str:
    return f"{pair[0]}×{pair[1]}"


def _short(pair: Pair) -> str:
    return str(pair[0]) if pair[0] == pair[1] else _by(pair)


def _product(shape: tuple[int, ...]) -> int:
    total = 1
    for size in shape:
        total *= size
    return total
