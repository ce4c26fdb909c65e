"""Values compared with a group: layer, group, instance and RMS normalisation; the largest or smallest of several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import torch

from cnnviewer.core.inspection.explain.group_records import Doubles, Extreme, Indices, Standardised
from cnnviewer.core.inspection.explain.sums import gathered
from cnnviewer.core.inspection.records import Architecture
from cnnviewer.core.inspection.traced_operation import TracedOperation

Values = Mapping[str, torch.Tensor]
NORMALISING = frozenset({"layer_norm", "rms_norm", "group_norm", "instance_norm", "batch_norm2d", "batch_norm1d"})
EXTREMES: Mapping[str, Literal["max", "min"]] = {"amax": "max", "amin": "min", "max": "max", "min": "min"}


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
    """The largest or smallest along the dimensions given, or of all; None where two tensors are compared."""
    if len(step.sources) != 1 or step.part not in (None, 0) or torch.is_tensor(step.operand(1, "other")):
        return None
    source = values[step.source]
    line = line_through(step, source.ndim, place)
    places: Indices = torch.arange(source.numel()).reshape(source.shape)[line].reshape(-1).numpy()
    cells = gathered(architecture, step.source, places, values)
    mode = EXTREMES[kind]
    best = cells.values.max() if mode == "max" else cells.values.min()
    return Extreme(mode, cells, cells.values == best)


def line_through(
    step: TracedOperation, rank: int, place: tuple[int, ...], dim: int = 1, keepdim: int = 2
) -> tuple[slice | int, ...]:
    """What an operation such as `amax` takes together for `place`: the dimensions given, or all.

    `dim` and `keepdim` are the positions of these parameters.
    """
    given = step.constant(dim, "dim")
    dims = {each % rank for each in ((given,) if isinstance(given, int) else tuple(given or range(rank)))}
    kept = bool(step.constant(keepdim, "keepdim", False))
    parts = iter(place)
    line: list[slice | int] = []
    for axis in range(rank):
        line.append(slice(None) if axis in dims else next(parts))
        if axis in dims and kept:
            next(parts)
    return tuple(line)


def _learned(step: TracedOperation, position: int | None, name: str, place: tuple[int, ...], default: float) -> float:
    value = None if position is None else step.tensor(position, name)
    return default if value is None else float(value[place])
