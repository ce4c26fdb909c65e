"""The same number as a few lines of PyTorch that run by themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from cnnviewer.core.inspection.explain.notation import written
from cnnviewer.core.inspection.explain.records import (
    Combined,
    Convolution,
    Dense,
    Dropped,
    Explanation,
    Exponentials,
    FilledValue,
    GivenValue,
    Loss,
    MovedValue,
    MutedValue,
    Normalised,
    OfSeveral,
    Pointwise,
    Pooling,
    SelectedValue,
)
from cnnviewer.core.inspection.explain.snippet_groups import of_group

Singles = npt.NDArray[np.float32]
WRITTEN_OUT = 64
"""With so many numbers or fewer the snippet holds them itself; else it reads them from a file beside it."""

_OPERATORS = {"+": "+", "−": "-", "×": "*", "÷": "/", "^": "**"}
_TENSOR_METHODS = frozenset(
    {
        *("exp", "log", "sqrt", "square", "abs", "neg", "sign", "floor", "ceil", "round", "sin", "cos", "rsqrt"),
        *("reciprocal", "log1p", "expm1", "erf", "clamp", "clamp_min", "clamp_max", "tanh", "sigmoid"),
        *("log2", "log10", "exp2", "trunc", "frac", "tan", "asin", "acos", "atan", "sinh", "cosh", "asinh", "acosh"),
        *("atanh", "sinc", "logit", "deg2rad", "rad2deg", "erfc", "erfinv", "lgamma", "digamma", "i0"),
    }
)


def file_stem(explanation: Explanation) -> str:
    """Name of the snippet and of the numbers it reads, without the ending: `conv1_3_5_7`."""
    cell = explanation.cell
    parts = [cell.layer, *(str(part) for part in (cell.channel, cell.row, cell.col) if part is not None)]
    return re.sub(r"[^0-9A-Za-z]+", "_", "_".join(parts))


def snippet(explanation: Explanation) -> tuple[str, dict[str, Singles]]:
    """The code, and the tensors it reads from `file_stem(…).npz`; none where it holds all numbers itself."""
    tensors, lines = _calculation(explanation)
    if not lines:
        return "", {}
    outside = sum(array.size for array in tensors.values()) > WRITTEN_OUT
    head = [f"# {written(explanation.cell)}: {explanation.layer.operation}"]
    if outside:
        head += ["import numpy as np"]
    if tensors:
        head += ["import torch"]
    if any("F." in line for line in lines):
        head += ["import torch.nn.functional as F"]
    if len(head) > 1:
        head.append("")
    if outside:
        head.append(f'numbers = np.load("{file_stem(explanation)}.npz")  # saved beside this file')
        head += [f'{name} = torch.from_numpy(numbers["{name}"])  # {_size(array)}' for name, array in tensors.items()]
    else:
        head += [f"{name} = torch.tensor({_literal(array)})" for name, array in tensors.items()]
    return "\n".join([*head, *lines]) + "\n", (tensors if outside else {})


def _calculation(explanation: Explanation) -> tuple[dict[str, Singles], list[str]]:
    work = explanation.work
    match work:
        case Convolution():
            return _convolution(work)
        case Pooling():
            return _pooling(work)
        case Dense():
            bias = {} if work.bias is None else {"bias": _singles([work.bias])}
            return {"x": _singles(work.inputs)[None], "weight": _singles(work.weights)[None], **bias}, [
                f"print(F.linear(x, weight{', bias' if bias else ''}).item())"
            ]
        case Exponentials():
            name = "log_softmax" if work.log else "softmax"
            return {"x": _singles(work.inputs)}, [f"print(F.{name}(x, dim=0)[{work.index}].item())"]
        case Loss():
            name = "nll_loss" if work.name == "nll" else "cross_entropy"
            return {"x": _singles(work.scores.inputs)[None]}, [
                f"label = torch.tensor([{work.scores.index}])",
                f"print(F.{name}(x, label).item())",
            ]
        case Normalised():
            return _normalised(work)
        case Pointwise():
            place = "torch" if work.function in _TENSOR_METHODS else "F"
            if work.function == "entr":
                place = "torch.special"
            arguments = f", {work.argument}" if work.argument else ""
            return {"x": _singles(work.x)}, [f"print({place}.{work.function}(x{arguments}).item())"]
        case Dropped():
            name = "dropout2d" if work.whole_maps else "dropout"
            x = _singles([[[[work.x]]]])
            return {"x": x}, [f"print(F.{name}(x, p={work.p!r}, training=False).item())"]
        case MovedValue():
            return {"x": _singles(work.x)}, ["print(x.item())"]
        case Combined():
            a, b = (_singles(part.value) for part in work.parts)
            if work.operator == "· σ":
                return {"a": a, "b": b}, ["print((a * torch.sigmoid(b)).item())"]
            if work.operator in ("max", "min"):
                return {"a": a, "b": b}, [f"print(torch.{work.operator}imum(a, b).item())"]
            return {"a": a, "b": b}, [f"print((a {_OPERATORS[work.operator]} b).item())"]
        case OfSeveral():
            tensors = {name: _singles(part.value) for name, part in zip("abcd", work.parts, strict=False)}
            return tensors, [f"print(({work.code}).item())"]
        case SelectedValue():
            a, b = (_singles(part.value) for part in work.parts)
            condition = f"torch.tensor({work.condition})"
            return {"a": a, "b": b}, [f"print(torch.where({condition}, a, b).item())"]
        case FilledValue():
            return {"x": _singles(work.value)}, [
                f"print(x.item())  # {work.entry or ('a learned parameter' if work.learned else 'a constant')}"
            ]
        case MutedValue():
            return {"x": _singles(work.value)}, ["print(x.item())  # muted by you"]
        case GivenValue():
            return {"pixel": _singles(work.pixel)}, [
                f"print(((pixel - {work.mean!r}) / {work.std!r}).item())",
            ]
        case _:
            return of_group(work)


def _convolution(work: Convolution) -> tuple[dict[str, Singles], list[str]]:
    if not work.kernel.size:  # no input of a transposed convolution is written to this place
        return {"bias": _singles(work.bias or 0.0)}, ["print(bias.item())"]
    tensors = {"patch": _singles(work.patch)[None], "weight": _singles(work.kernel)[None]}
    if work.bias is not None:
        tensors["bias"] = _singles([work.bias])
    where = f"rows {work.rows[0]} … {work.rows[-1]}, columns {work.cols[0]} … {work.cols[-1]} of {work.source}"
    if work.way == "line":
        where = f"columns {work.cols[0]} … {work.cols[-1]} of {work.source}"
    padded = ", zeros of the padding among them" if work.padding.any() else ""
    dilated = work.geometry[2] != (1, 1) and work.way != "transposed"
    step = f", every {work.geometry[2][0]}. row and {work.geometry[2][1]}. column" if dilated else ""
    bias = ", bias" if work.bias is not None else ""
    lines = [f"# patch: {where}{step}{padded}"]
    if work.way == "transposed":
        lines += ["# weight: what each of them is multiplied with here, of the kernels that reach this output"]
    return tensors, [*lines, f"print(F.conv2d(patch, weight{bias}).item())"]


def _pooling(work: Pooling) -> tuple[dict[str, Singles], list[str]]:
    where = (
        f"# window: rows {work.rows[0]} … {work.rows[-1]}, columns {work.cols[0]} … {work.cols[-1]} of {work.source}"
    )
    if work.mode == "average":
        window = _singles(work.patch)
        return {"window": window}, [where, f"print((window.sum() / {work.divisor!r}).item())"]
    if not work.outside.any():
        size = work.patch.shape
        window = _singles(work.patch)[None, None]
        pooled = f"F.max_pool2d(window, {size})" if work.mode == "max" else f"-F.max_pool2d(-window, {size})"
        return {"window": window}, [where, f"print(({pooled}).item())"]
    window = _singles(work.patch[~work.outside])
    return {"window": window}, [f"{where}, without the padding", f"print(window.{work.mode}().item())"]


def _normalised(work: Normalised) -> tuple[dict[str, Singles], list[str]]:
    names = ("mean", "variance", "weight", "bias")
    tensors: Mapping[str, Singles] = {"x": _singles([[work.x]])} | {
        name: _singles([getattr(work, name)]) for name in names
    }
    return dict(tensors), [f"print(F.batch_norm(x, mean, variance, weight, bias, eps={work.epsilon!r}).item())"]


def _singles(values: npt.ArrayLike) -> Singles:
    return np.asarray(values, dtype=np.float32)


def _size(array: Singles) -> str:
    return "×".join(str(size) for size in array.shape)


def _literal(array: Singles) -> str:
    """As Python writes it, with no more digits than float32 needs to come back the same."""
    if array.ndim == 0:
        return _exact(float(array), array.dtype.type(array))
    parts = [_literal(part) for part in array]
    return f"[{', '.join(parts)}]"


def _exact(value: float, single: np.float32) -> str:
    if np.isnan(value) or np.isinf(value):
        return f'float("{value}")'
    text = np.format_float_scientific(single, unique=True, trim="0")
    return repr(float(text))
