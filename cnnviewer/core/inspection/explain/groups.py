"""Values compared with a group: layer, group, instance and RMS normalisation; the largest, smallest or one by rank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import torch

from cnnviewer.core.inspection.explain.group_records import Cells, Doubles, Extreme, Indices, Standardised
from cnnviewer.core.inspection.explain.sums import gathered
from cnnviewer.core.inspection.explain.windows import adaptive_places, sides
from cnnviewer.core.inspection.records import Architecture
from cnnviewer.core.inspection.traced_operation import TracedOperation

Values = Mapping[str, torch.Tensor]
NORMALISING = frozenset({"layer_norm", "rms_norm", "group_norm", "instance_norm", "batch_norm2d", "batch_norm1d"})
EXTREMES: Mapping[str, Literal["max", "min"]] = {
    "amax": "max", "amin": "min", "max": "max", "min": "min", "aminmax": "min", "cummax": "max", "cummin": "min",
    "max_pool1d": "max", "max_pool3d": "max", "adaptive_max_pool1d": "max", "adaptive_max_pool3d": "max",
}  # fmt: skip
RANKING = frozenset({"median", "nanmedian", "kthvalue", "topk", "sort", "msort"})


def standardised(
    architecture: Architecture, kind: str, step: TracedOperation, values: Values, place: tuple[int, ...]
) -> Standardised | None:
    """The value at `place` among the values that it is normalised with.

    Layer and RMS normalisation take the last dimensions, group normalisation the channels of a group with all their
    places, instance normalisation the places of one channel (the `Shape` sections of `torch.nn`).
    """
    source = values[step.source]
    numbers = torch.arange(source.numel()).reshape(source.shape)
    if kind in ("layer_norm", "rms_norm"):
        sides = step.constant(1, "normalized_shape")
        depth = 1 if isinstance(sides, int) else len(sides)
        group, learned = numbers[place[:-depth]], place[-depth:]
        at = (2, 3, 4) if kind == "layer_norm" else (2, None, 3)
    elif kind == "group_norm":
        channels = int(source.shape[1]) // int(step.constant(1, "num_groups"))
        first = place[1] // channels * channels
        group, learned, at = numbers[place[0], first : first + channels], place[1:2], (2, 3, 4)
    elif kind == "instance_norm":
        group, learned, at = numbers[place[:2]], place[1:2], (3, 4, 7)
    else:
        return None
    number = int(numbers[place])
    places = group.reshape(-1).numpy()
    epsilon = step.constant(at[2], "eps", None if kind == "rms_norm" else 1e-5)
    return Standardised(
        cells=gathered(architecture, step.source, places, values),
        index=int(np.flatnonzero(places == number)[0]),
        centred=kind != "rms_norm",
        epsilon=float(torch.finfo(source.dtype).eps if epsilon is None else epsilon),
        weight=_learned(step, at[0], "weight", learned, 1.0),
        bias=_learned(step, at[1], "bias", learned, 0.0),
    )


def standardised_terms(work: Standardised) -> tuple[Doubles, float]:
    """The scaled value, minus the scaled mean, plus the bias; and the size of what is rounded: the mean's terms too."""
    size = (abs(work.x) + float(np.abs(work.cells.values).mean()) * work.centred) * abs(work.scale) + abs(work.bias)
    return np.array([work.x * work.scale, -work.mean * work.scale, work.bias]), size


def extreme(
    architecture: Architecture, kind: str, step: TracedOperation, values: Values, place: tuple[int, ...]
) -> Extreme | None:
    """The largest or smallest along the dimensions given, of all or of a window; None for one of two tensors."""
    if len(step.sources) != 1 or torch.is_tensor(step.operand(1, "other")):
        return None
    mode, part = EXTREMES[kind], step.part
    if kind == "aminmax" and part == 1:
        mode, part = "max", 0
    if part not in (None, 0):
        return None
    source, line = values[step.source], None
    if "pool" in kind:
        line = _window(kind, step, tuple(source.shape), place)
    elif kind.startswith("cum"):
        line = line_until(step, source.ndim, place)
    else:
        line = line_through(step, source.ndim, place)
    cells = gathered_line(architecture, step.source, values, line)
    best = cells.values.max() if mode == "max" else cells.values.min()
    return Extreme(mode, cells, cells.values == best)


def ranked(
    architecture: Architecture, kind: str, step: TracedOperation, values: Values, place: tuple[int, ...]
) -> Extreme | None:
    """A value by its rank along a dimension, or among all; of two in the middle the median is the lower one."""
    if step.part not in (None, 0):
        return None
    source = values[step.source]
    position = 2 if kind in ("kthvalue", "topk") else 1
    along = step.constant(position, "dim", None if "median" in kind else 0 if kind == "msort" else -1)
    if along is None:
        line: tuple[slice | int | Indices, ...] = (slice(None),) * source.ndim
    elif kind in ("median", "nanmedian", "kthvalue"):
        line = line_through(step, source.ndim, place, position, position + 1, along)
    else:
        line = tuple(slice(None) if axis == along % source.ndim else part for axis, part in enumerate(place))
    cells = gathered_line(architecture, step.source, values, line)
    count = len(cells)
    if "median" in kind:
        rank = (count + 1) // 2
    elif kind == "kthvalue":
        rank = int(step.constant(1, "k"))
    else:
        falling = step.constant(3, "largest", True) if kind == "topk" else step.constant(2, "descending", False)
        rank = count - place[along] if falling else place[along] + 1
    value = np.sort(cells.values)[rank - 1]
    return Extreme("rank", cells, cells.values == value, rank)


def gathered_line(
    architecture: Architecture, name: str, values: Values, line: tuple[slice | int | Indices, ...]
) -> Cells:
    """The values of a layer that an index takes, each with its place."""
    source = values[name]
    numbers = torch.arange(source.numel()).reshape(source.shape).numpy()
    return gathered(architecture, name, numbers[line].reshape(-1), values)


def _window(
    kind: str, step: TracedOperation, shape: tuple[int, ...], place: tuple[int, ...]
) -> tuple[slice | int | Indices, ...]:
    """The cells under a window of one or three dimensions; what lies in the padding is none of them."""
    count = int(kind[-2])
    taken: list[Indices] = []
    if kind.startswith("adaptive_"):
        given = step.constant(1, "output_size")
        sizes = (given,) * count if isinstance(given, int) else tuple(given)
        for at, size, out in zip(place[-count:], shape[-count:], sizes, strict=True):
            taken.append(adaptive_places(at, size, size if out is None else int(out)))
    else:
        kernel = sides(step.constant(1, "kernel_size"), count)
        stride = sides(step.constant(2, "stride") or kernel, count)
        padding, dilation = sides(step.constant(3, "padding", 0), count), sides(step.constant(4, "dilation", 1), count)
        for axis in range(count):
            places = place[axis - count] * stride[axis] - padding[axis] + dilation[axis] * np.arange(kernel[axis])
            taken.append(places[(places >= 0) & (places < shape[axis - count])])
    return (*place[:-count], *np.ix_(*taken))


def line_through(
    step: TracedOperation,
    rank: int,
    place: tuple[int, ...],
    dim: int = 1,
    keepdim: int = 2,
    usual: int | tuple[int, ...] | None = None,
) -> tuple[slice | int, ...]:
    """What an operation such as `amax` takes together for `place`: the dimensions given, else the `usual` ones, or all.

    `dim` and `keepdim` are the positions of these parameters.
    """
    given = step.constant(dim, "dim", usual)
    dims = {each % rank for each in ((given,) if isinstance(given, int) else tuple(given or range(rank)))}
    kept = bool(step.constant(keepdim, "keepdim", False))
    parts = iter(place)
    line: list[slice | int] = []
    for axis in range(rank):
        line.append(slice(None) if axis in dims else next(parts))
        if axis in dims and kept:
            next(parts)
    return tuple(line)


def line_until(step: TracedOperation, rank: int, place: tuple[int, ...]) -> tuple[slice | int, ...]:
    """What `cumsum` and its like take together for `place`: the values along a dimension up to there."""
    along = int(step.constant(1, "dim")) % rank
    return tuple(slice(0, part + 1) if axis == along else part for axis, part in enumerate(place))


def _learned(step: TracedOperation, position: int | None, name: str, place: tuple[int, ...], default: float) -> float:
    value = None if position is None else step.tensor(position, name)
    return default if value is None else float(value[place])
