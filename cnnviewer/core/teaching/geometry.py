"""Questions about places and sizes: what a window makes of a map's size, what it sees, where a value goes.

The formulas are those of `torch.nn.Conv2d` and `MaxPool2d` for the output's size, and of Dumoulin and Visin, "A guide
to convolution arithmetic for deep learning" (2016), for the receptive field.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from cnnviewer.core.inspection.costs import LayerCost
from cnnviewer.core.inspection.explain.records import Convolution, MovedValue, Pooling
from cnnviewer.core.inspection.receptive import touched_by
from cnnviewer.core.inspection.records import LayerInfo, SlidingWindow
from cnnviewer.core.teaching.question import Fact, Question, make

Pair = tuple[int, int]
_AXES = (0, 1)


def output_size(layer: LayerInfo, source: LayerInfo) -> Question | None:
    """Rows and columns of a convolution's or pool's output; None where they do not follow from the plain formula.

    They do not with `ceil_mode`, nor with "same" padding of an even kernel, which pads one side more.
    """
    window = layer.window
    if window is None or len(layer.shape) != 3 or len(source.shape) != 3:
        return None
    sizes: Pair = (source.shape[1], source.shape[2])
    answer = tuple(_slid(sizes[axis], window, axis) for axis in _AXES)
    if answer != layer.shape[1:]:
        return None
    square = len(set(zip(sizes, window.kernel, window.stride, window.padding, window.dilation, strict=True))) == 1
    working = ["⌊(W − D·(K − 1) − 1 + 2·P) / S⌋ + 1" if window.dilation != (1, 1) else "⌊(W − K + 2·P) / S⌋ + 1"]
    working += [f"{_size_written(sizes[a], window, a)} = {answer[a]}" for a in ((0,) if square else _AXES)]
    return make(
        "output_size",
        {"size": sizes, **_geometry(window)},
        answer,
        working,
        (
            ("forgot_padding", (_slid(sizes[axis], window, axis, padded=0) for axis in _AXES)),
            ("padded_one_side", (_slid(sizes[axis], window, axis, padded=1) for axis in _AXES)),
            ("forgot_plus_one", (answer[axis] - 1 for axis in _AXES)),
            ("forgot_dilation", (_slid(sizes[axis], window, axis, dilated=False) for axis in _AXES)),
            ("forgot_floor", (_span(sizes[axis], window, axis) / window.stride[axis] + 1 for axis in _AXES)),
            ("forgot_floor", (-(-_span(sizes[axis], window, axis) // window.stride[axis]) + 1 for axis in _AXES)),
            ("forgot_stride", (_span(sizes[axis], window, axis) + 1 for axis in _AXES)),
            ("forgot_kernel", (sizes[axis] // window.stride[axis] for axis in _AXES)),
            ("kept_size", sizes),
            ("swapped_rows_and_columns", reversed(answer)),
        ),
    )


def adaptive_window(layer: LayerInfo, source: LayerInfo, work: Pooling, row: int) -> Question | None:
    """First and last row of the source that an adaptive pool's output row reads; None without a choice of rows."""
    if not work.adaptive or len(source.shape) != 3 or len(layer.shape) != 3 or layer.shape[1] < 2:
        return None
    height, rows = source.shape[1], layer.shape[1]
    first, last = int(work.rows[0]), int(work.rows[-1])
    end_floored = (row + 1) * height // rows - 1
    return make(
        "adaptive_window",
        {"row": row, "height": height, "rows": rows},
        (first, last),
        (
            f"⌊r·H / H′⌋ = ⌊{row}·{height} / {rows}⌋ = {first}",
            f"⌈(r + 1)·H / H′⌉ − 1 = ⌈{row + 1}·{height} / {rows}⌉ − 1 = {last}",
        ),
        (
            ("end_not_included", (first, last + 1)),
            ("floored_end", (first, end_floored)),
            ("counted_from_one", (first + 1, last + 1)),
        ),
    )


def receptive_field(layer: LayerInfo, before: LayerCost, after: LayerCost) -> Question | None:
    """Rows and columns of the input that one value of the layer depends on, from those of its source."""
    window = layer.window
    if window is None or any(jump.denominator != 1 for jump in before.jump) or 0 in before.jump:
        return None
    seen, jump = before.receptive, (int(before.jump[0]), int(before.jump[1]))
    reach = [(window.kernel[axis] - 1) * window.dilation[axis] for axis in _AXES]
    answer = [seen[axis] + reach[axis] * jump[axis] for axis in _AXES]
    if tuple(answer) != after.receptive or max(window.kernel) == 1:
        return None
    dilated = window.dilation != (1, 1)
    square = len(set(zip(seen, jump, window.kernel, window.dilation, strict=True))) == 1
    return make(
        "receptive_field",
        {"seen": seen, "jump": jump, **_geometry(window)},
        answer,
        (
            "r + (K − 1)·D·j" if dilated else "r + (K − 1)·j",
            *(
                f"{seen[a]} + ({window.kernel[a]} − 1)·{f'{window.dilation[a]}·' if dilated else ''}{jump[a]}"
                f" = {answer[a]}"
                for a in ((0,) if square else _AXES)
            ),
        ),
        (
            ("forgot_jump", (seen[a] + reach[a] for a in _AXES)),
            ("took_kernel", window.kernel),
            ("took_this_stride", (seen[a] + reach[a] * jump[a] * window.stride[a] for a in _AXES)),
            ("forgot_minus_one", (seen[a] + window.kernel[a] * window.dilation[a] * jump[a] for a in _AXES)),
            ("forgot_dilation", (seen[a] + (window.kernel[a] - 1) * jump[a] for a in _AXES)),
            ("forgot_before", (1 + reach[a] * jump[a] for a in _AXES)),
        ),
    )


def readers(layer: LayerInfo, source: LayerInfo, work: Convolution | Pooling) -> Question | None:
    """How many outputs of one map read the first cell of the source under the window."""
    window = layer.window
    if window is None or len(layer.shape) != 3 or len(source.shape) != 3:
        return None
    row = next((int(r) for r in work.rows if 0 <= r < source.shape[1]), None)
    col = next((int(c) for c in work.cols if 0 <= c < source.shape[2]), None)
    if row is None or col is None:
        return None
    rows, cols = touched_by(layer, source, row, col)
    full = [math.ceil(window.kernel[axis] / window.stride[axis]) for axis in _AXES]
    return make(
        "readers",
        {"row": row, "col": col, "size": source.shape[1:], **_geometry(window)},
        (len(rows) * len(cols),),
        (f"r′ ∈ {_listed(rows)},  c′ ∈ {_listed(cols)}", f"{len(rows)} × {len(cols)} = {len(rows) * len(cols)}"),
        (
            ("forgot_border", (math.prod(full),)),
            ("forgot_stride", (math.prod(window.kernel),)),
            ("counted_one_side", (len(rows),)),
            ("counted_one_side", (len(cols),)),
        ),
    )


def flattening(layer: LayerInfo, work: MovedValue, index: int) -> Iterator[Question | None]:
    """Which feature a channel, row and column become, and the way back."""
    origin, shape = work.origin, work.shape
    if layer.kind != "flatten" or len(shape) != 3 or None in (origin.channel, origin.row, origin.col):
        return
    (channels, height, width), c, r, q = shape, int(origin.channel or 0), int(origin.row or 0), int(origin.col or 0)
    if (c * height + r) * width + q != index or math.prod(shape) != math.prod(layer.shape):
        return
    facts: dict[str, Fact] = {"place": (c, r, q), "shape": shape, "index": index}
    yield make(
        "feature_index",
        facts,
        (index,),
        ("(c·H + r)·W + q", f"({c}·{height} + {r})·{width} + {q} = {index}"),
        (
            ("counted_from_one", (index + 1,)),
            ("forgot_channels", (r * width + q,)),
            ("channels_last", ((r * width + q) * channels + c,)),
            ("swapped_row_and_column", ((c * width + q) * height + r,)),
            ("swapped_row_and_column", ((c * height + q) * width + r,)),
        ),
    )
    area = height * width
    left = index - c * area
    yield make(
        "feature_place",
        facts,
        (c, r, q),
        (
            f"c = ⌊{index} / {area}⌋ = {c},  {index} − {c}·{area} = {left}",
            f"r = ⌊{left} / {width}⌋ = {r},  q = {left} − {r}·{width} = {q}",
        ),
        (
            ("counted_from_one", (c + 1, r + 1, q + 1)),
            ("swapped_row_and_column", (c, q, r)),
            ("channels_last", (index % channels, index // channels // width, index // channels % width)),
        ),
    )


def _geometry(window: SlidingWindow) -> dict[str, Pair]:
    return {
        "kernel": window.kernel,
        "stride": window.stride,
        "padding": window.padding,
        "dilation": window.dilation,
    }


def _span(size: int, window: SlidingWindow, axis: int, *, padded: int = 2, dilated: bool = True) -> int:
    """How far the window's first cell can move."""
    reach = (window.kernel[axis] - 1) * (window.dilation[axis] if dilated else 1)
    return size - reach - 1 + padded * window.padding[axis]


def _slid(size: int, window: SlidingWindow, axis: int, *, padded: int = 2, dilated: bool = True) -> int:
    return _span(size, window, axis, padded=padded, dilated=dilated) // window.stride[axis] + 1


def _size_written(size: int, window: SlidingWindow, axis: int) -> str:
    kernel, stride, padding = window.kernel[axis], window.stride[axis], window.padding[axis]
    if window.dilation != (1, 1):
        return f"⌊({size} − {window.dilation[axis]}·({kernel} − 1) − 1 + 2·{padding}) / {stride}⌋ + 1"
    return f"⌊({size} − {kernel} + 2·{padding}) / {stride}⌋ + 1"


def _listed(places: list[int]) -> str:
    return f"{{{', '.join(map(str, places))}}}" if places else "∅"
