"""Values judged against a group: layer, group, instance and RMS normalisation; the largest or smallest of several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import torch

from cnnviewer.core.inspection.explain.group_records import Cells, Doubles, Extreme, Indices, Standardised
from cnnviewer.core.inspection.explain.sums import gathered
from cnnviewer.core.inspection.records import Architecture
from cnnviewer.core.inspection.steps import Step

Values = Mapping[str, torch.Tensor]
NORMALISING = frozenset({"layer_norm", "rms_norm", "group_norm", "instance_norm", "batch_norm2d", "batch_norm1d"})
EXTREMES: Mapping[str, Literal["max", "min"]] = {"amax": "max", "amin": "min", "max": "max", "min": "min"}


def standardised(
    architecture: Architecture, kind: str, step: Step, values: Values, place: tuple[int, ...]
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
    architecture: Architecture, kind: str, step: Step, values: Values, place: tuple[int, ...]
) -> Extreme | None:
    """The largest or smallest along the dimensions given, or of all; None where two tensors are compared."""
    if len(step.sources) != 1 or step.part not in (None, 0) or torch.is_tensor(step.operand(1, "other")):
        return None
    source = values[step.source]
    dims = reduced(step, source.ndim)
    kept = bool(step.constant(2, "keepdim", False))
    parts = iter(place)
    line: list[slice | int] = []
    for axis in range(source.ndim):
        if axis in dims:
            line.append(slice(None))
            if kept:
                next(parts)
        else:
            line.append(next(parts))
    places: Indices = torch.arange(source.numel()).reshape(source.shape)[tuple(line)].reshape(-1).numpy()
    cells = gathered(architecture, step.source, places, values)
    mode = EXTREMES[kind]
    best = cells.values.max() if mode == "max" else cells.values.min()
    return Extreme(mode, cells, cells.values == best)


def reduced(step: Step, rank: int) -> frozenset[int]:
    """The dimensions that an operation such as `amax` takes together: those given, or all."""
    dim = step.constant(1, "dim")
    dims = (dim,) if isinstance(dim, int) else tuple(dim or range(rank))
    return frozenset(each % rank for each in dims)


def _learned(step: Step, position: int | None, name: str, place: tuple[int, ...], default: float) -> float:
    value = None if position is None else step.tensor(position, name)
    return default if value is None else float(value[place])


def cells_of(architecture: Architecture, name: str, places: torch.Tensor, values: Values) -> Cells:
    """The values at the places that a tensor of numbers holds."""
    return gathered(architecture, name, places.reshape(-1).numpy(), values)
