"""Which part of its sources every place of a layer reads, for operations that are no sliding window over maps.

Along each axis of a source the cells that are read lie between two bounds, which follow from the place along one axis
of the output: the formulas are those of PyTorch's `Shape` sections and of `torch.nn.functional.interpolate`.
Axes are counted as layers are shown, `(C, H, W)` or `(N,)`; the bounds may be too wide, never too narrow.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from cnnviewer.core.inspection.records import LayerInfo, Reach, Span

Argument = Callable[..., Any]
"""A parameter of the operation by position, name and default."""
Shape = tuple[int, ...]

_KEEPING = frozenset(  # as many values as before
    {"softmax", "softmin", "log_softmax", "cumsum", "cumprod", "logcumsumexp", "cummax", "cummin"}
)
_ALONG = _KEEPING | {
    *("sum", "mean", "nansum", "nanmean", "amax", "amin", "max", "min", "median", "prod", "logsumexp"),
    *("std", "var", "std_mean", "var_mean", "norm", "linalg_vector_norm"),
}
_DIM_AT = {"norm": 2, "linalg_vector_norm": 2}  # else 1
_KEEPDIM_AT = dict.fromkeys(("norm", "linalg_vector_norm", "std", "var", "std_mean", "var_mean"), 3)  # else 2


def reaches(
    kind: str, sources: Sequence[LayerInfo], shape: Shape, given: Argument, learned: Sequence[Shape]
) -> tuple[Reach | None, ...]:
    """For each source what of it is read; empty for an operation whose reach is not known here.

    Args:
        kind: of the operation.
        sources: the layers that it reads.
        shape: of its value, as it is shown.
        given: its parameters.
        learned: shapes of its weights.
    """
    if not sources or len(shape) not in (1, 3):
        return ()
    source, rank = sources[0].shape, sources[0].rank
    if len(sources) > 1:
        return _products(kind, [each.shape for each in sources], shape)
    match kind:
        case "linear" if len(source) == len(shape) == 3:
            found = _same(source, shape, {2})
        case "conv1d" if len(source) == len(shape) == 3:
            found = _one_dimension(source, shape, given, learned)
        case "conv_transpose2d" if len(source) == len(shape) == 3:
            found = _transposed(source, shape, given, learned) if rank is not None else None
        case "interpolate" if len(source) == len(shape) == 3 and rank in (4, None) and source[0] == shape[0]:
            found = _resized(source, shape, given)
        case "pad":
            found = _padded(source, shape, given)
        case "layer_norm" | "rms_norm":
            sides = given(1, "normalized_shape", ())
            found = _same(source, shape, _last(1 if isinstance(sides, int) else len(sides), len(shape)))
        case "normalize" if isinstance(dim := given(2, "dim", 1), int) and rank is not None and dim % rank:
            found = _same(source, shape, {len(source) - rank + dim % rank})
        case "group_norm" | "instance_norm" | "local_response_norm":
            found = _by_channel(kind, source, shape, given, rank)
        case _ if kind in _ALONG:
            found = _along(kind, source, shape, given, rank)
        case _:
            return ()
    return () if found is None else (found,)


def _identity(axis: int, size: int) -> Span:
    return Span(axis, range(size), range(1, size + 1))


def _same(source: Shape, shape: Shape, whole: set[int]) -> Reach | None:
    """The same place, and all of the axes `whole`; None where another axis has another length."""
    others = [axis for axis in range(len(source)) if axis not in whole]
    if len(source) != len(shape) or any(source[axis] != shape[axis] for axis in others):
        return None
    return tuple(None if axis in whole else _identity(axis, size) for axis, size in enumerate(source))


def _last(count: int, axes: int) -> set[int]:
    return set(range(max(0, axes - count), axes))


def _by_channel(kind: str, source: Shape, shape: Shape, given: Argument, rank: int | None) -> Reach | None:
    """All places of the channels of a group, or of one channel; channels are dimension 1 of the value.

    Local response normalisation reads one place of the channels around its own.
    """
    if rank is None or source != shape:
        return None
    axis = len(source) - (rank - 1)
    if not 0 <= axis < len(source):
        return None
    channels = source[axis]
    before = tuple(_identity(number, source[number]) for number in range(axis))
    if kind == "local_response_norm":  # the channels around it, at its place
        size = int(given(1, "size", 1))
        bounds = [(max(0, c - size // 2), min(channels, c + (size - 1) // 2 + 1)) for c in range(channels)]
        span = Span(axis, tuple(low for low, _ in bounds), tuple(end for _, end in bounds))
        return (*before, span, *(_identity(axis + 1 + number, n) for number, n in enumerate(source[axis + 1 :])))
    each = channels // int(given(1, "num_groups", channels)) if kind == "group_norm" else 1
    first = [channel // each * each for channel in range(channels)]
    span = Span(axis, tuple(first), tuple(start + each for start in first))
    return (*before, span, *(None for _ in source[axis + 1 :]))


def _along(kind: str, source: Shape, shape: Shape, given: Argument, rank: int | None) -> Reach | None:
    """All of the dimensions that are taken together, the same place along the others."""
    dim = given(_DIM_AT.get(kind, 1), "dim", None)
    dims = (dim,) if isinstance(dim, int) else dim
    if not dims or isinstance(dim, bool) or not all(isinstance(each, int) for each in dims):  # `x.std(False)`
        return None
    if any(each >= 0 for each in dims) and rank is None:
        return None
    whole = {len(source) + (each if each < 0 else each - int(rank or 0)) for each in dims}
    if min(whole) < 0:  # over the images, or over what is shown as one axis
        return None
    if kind in _KEEPING or given(_KEEPDIM_AT.get(kind, 2), "keepdim", False):
        return _same(source, shape, whole)
    left = [axis for axis in range(len(source)) if axis not in whole]
    spans: dict[int, Span] = {}
    for number, axis in enumerate(reversed(left)):
        target = len(shape) - 1 - number
        if target < 0 and source[axis] == 1:
            continue
        if target < 0 or shape[target] != source[axis]:
            return None
        spans[axis] = _identity(target, source[axis])
    return tuple(spans.get(axis) for axis in range(len(source)))


def _one_dimension(source: Shape, shape: Shape, given: Argument, learned: Sequence[Shape]) -> Reach | None:
    """Rows are channels: those of the group; columns lie under the kernel."""
    weight = next((each for each in learned if len(each) == 3), None)
    padding = given(4, "padding", 0)
    if weight is None or given(99, "padding_mode", "zeros") != "zeros" or isinstance(padding, str):
        return None
    stride, padded, dilation = (_one(value) for value in (given(3, "stride", 1), padding, given(5, "dilation", 1)))
    groups, size = int(given(6, "groups", 1)), source[2]
    starts = [place * stride - padded for place in range(shape[2])]
    cols = Span(
        2,
        tuple(max(0, start) for start in starts),
        tuple(min(size, start + (weight[2] - 1) * dilation + 1) for start in starts),
        Fraction(stride),
    )
    outputs, inputs = shape[1] // groups, source[1] // groups
    first = [row // outputs * inputs for row in range(shape[1])]
    rows = None if groups == 1 else Span(1, tuple(first), tuple(start + inputs for start in first))
    return (None, rows, cols)


def _transposed(source: Shape, shape: Shape, given: Argument, learned: Sequence[Shape]) -> Reach | None:
    """Input row i is written to the rows i*stride - padding + a*dilation."""
    weight = next((each for each in learned if len(each) == 4), None)
    if weight is None:
        return None
    groups = int(given(6, "groups", 1))
    outputs, inputs = shape[0] // groups, source[0] // groups
    first = [channel // outputs * inputs for channel in range(shape[0])]
    channels = None if groups == 1 else Span(0, tuple(first), tuple(start + inputs for start in first))
    spans = []
    for way in (0, 1):
        stride, padding = _pair(given(3, "stride", 1))[way], _pair(given(4, "padding", 0))[way]
        dilation, kernel, size = _pair(given(7, "dilation", 1))[way], weight[2 + way], source[1 + way]
        bounds = []
        for place in range(shape[1 + way]):
            taps = [place + padding - tap * dilation for tap in range(kernel)]
            met = [tap // stride for tap in taps if tap % stride == 0 and 0 <= tap // stride < size]
            bounds.append((min(met), max(met) + 1) if met else (0, 0))
        lows, ends = zip(*bounds, strict=True)
        spans.append(Span(1 + way, tuple(lows), tuple(ends), Fraction(1, stride)))
    return (channels, spans[0], spans[1])


def _resized(source: Shape, shape: Shape, given: Argument) -> Reach | None:
    """Rows and columns around `(place + 0.5) * scale - 0.5`, or `place * scale` where the corners are aligned."""
    mode = str(given(3, "mode", "nearest"))
    reach = {"nearest": (0, 1), "nearest-exact": (0, 1), "bilinear": (0, 2), "bicubic": (-1, 3)}.get(mode)
    if given(6, "antialias", False) or (reach is None and mode != "area"):
        return None
    factors = given(2, "scale_factor", None)
    corners = bool(given(4, "align_corners", False))
    spans = []
    for way in (0, 1):
        size, places = source[1 + way], shape[1 + way]
        if mode == "area":
            bounds = [(place * size // places, -(-(place + 1) * size // places)) for place in range(places)]
        else:
            assert reach is not None
            factor = factors if isinstance(factors, (int, float)) or factors is None else factors[way]
            scale = size / places if factor is None else 1 / factor
            spread = {scale, size / places}  # with `recompute_scale_factor` the sizes count
            if corners:
                spread = {(size - 1) / (places - 1) if places > 1 else 0.0}
            shift = 0.5 if not corners and mode != "nearest" else 0.0
            inner = 0.0 if mode in ("nearest", "nearest-exact") else shift
            # multiples of an eighth are exact; of others float32 may fall to the other side of a cell
            unsure = 0.0 if all((8 * each).is_integer() for each in spread) else 1e-4
            bounds = []
            for place in range(places):
                at = [(place + shift) * each - inner for each in spread]
                low = math.floor(min(at) - unsure) + reach[0]
                high = math.floor(max(at) + unsure) + reach[1]
                bounds.append((min(max(low, 0), size - 1), max(min(high, size), 1)))
        first, end = zip(*bounds, strict=True)
        spans.append(Span(1 + way, tuple(first), tuple(end), Fraction(size, places)))
    return (_identity(0, source[0]), spans[0], spans[1])


def _padded(source: Shape, shape: Shape, given: Argument) -> Reach | None:
    """The cell that stands there, or what the padding may copy: nothing of zeros, all along the axis of a mirror."""
    pads = given(1, "pad", None)
    module = pads is None
    pads = given(1, "padding", ()) if module else pads
    if len(source) != len(shape) or not isinstance(pads, (tuple, list)) or len(pads) > 2 * len(source):
        return None
    constant = given(99, "value", None) is not None if module else given(2, "mode", "constant") == "constant"
    spans = []
    for axis, size in enumerate(source):
        number = 2 * (len(source) - 1 - axis)
        before = int(pads[number]) if number < len(pads) else 0
        bounds = []
        for place in range(shape[axis]):
            cell = place - before
            outside = (0, 0) if constant else (0, size)
            bounds.append((cell, cell + 1) if 0 <= cell < size else outside)
        spans.append(Span(axis, tuple(first for first, _ in bounds), tuple(end for _, end in bounds)))
    return tuple(spans)


def _products(kind: str, sources: Sequence[Shape], shape: Shape) -> tuple[Reach | None, ...]:
    """A row of the first layer and a column of the second; of attention a query, all keys and a column of values."""
    if any(len(each) != 3 for each in (*sources, shape)):
        return ()
    if kind in ("matmul", "bmm") and len(sources) == 2:
        return (_matched(sources[0], shape, {2}), _matched(sources[1], shape, {1}))
    if kind == "scaled_dot_product_attention" and len(sources) == 3:
        return (_matched(sources[0], shape, {2}), None, _matched(sources[2], shape, {1}))
    return ()


def _matched(source: Shape, shape: Shape, whole: set[int]) -> Reach:
    """The same place along every axis that is as long as the output's, but for the axes `whole`."""
    return tuple(
        _identity(axis, size) if axis not in whole and size == shape[axis] else None for axis, size in enumerate(source)
    )


def _pair(value: Any) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else (int(value[0]), int(value[-1]))


def _one(value: Any) -> int:
    return int(value) if isinstance(value, int) else int(value[0])
