"""Roots of sums of powers, and values divided by what their group amounts to.

Norms and power-average pooling (`torch.nn.LPPool2d`); `torch.nn.functional.normalize`; local response normalisation
(Krizhevsky and others, 2012; `torch.nn.LocalResponseNorm`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import torch

from cnnviewer.core.inspection.explain.group_records import Divided, Power
from cnnviewer.core.inspection.explain.groups import gathered_line, line_through
from cnnviewer.core.inspection.explain.sums import gathered
from cnnviewer.core.inspection.explain.windows import sides
from cnnviewer.core.inspection.records import Architecture
from cnnviewer.core.inspection.traced_operation import TracedOperation

Values = Mapping[str, torch.Tensor]
NORMS = frozenset({"norm", "linalg_norm", "linalg_vector_norm", "linalg_matrix_norm"})
ROOTED = frozenset({"lp_pool1d", "lp_pool2d", "lp_pool3d", *NORMS})
DIVIDED = frozenset({"normalize", "local_response_norm"})


def rooted(
    architecture: Architecture, kind: str, step: TracedOperation, values: Values, place: tuple[int, ...]
) -> Power | None:
    """What a power-average pool or a norm is the root of; None for a norm that is no such root."""
    source = values[step.source]
    if kind in NORMS:
        return _norm(architecture, kind, step, values, place)
    numbers = torch.arange(source.numel()).reshape(source.shape)
    count = int(kind[-2])
    kernel = sides(step.constant(2, "kernel_size"), count)
    stride = sides(step.constant(3, "stride") or kernel, count)
    window = (slice(at * s, at * s + k) for at, s, k in zip(place[-count:], stride, kernel, strict=True))
    line: tuple[int | slice, ...] = (*place[:-count], *window)
    found = numbers[line].reshape(-1)
    cells = gathered(architecture, step.source, found.numpy(), values)
    return Power(cells, float(step.constant(1, "norm_type")), False, math.prod(kernel) / len(cells))


def _norm(
    architecture: Architecture, kind: str, step: TracedOperation, values: Values, place: tuple[int, ...]
) -> Power | None:
    """A norm of vectors, or Frobenius' of matrices: the root of the sum of all squares."""
    power, source = step.constant(1, "p" if kind == "norm" else "ord", "fro"), values[step.source]
    usual = (-2, -1) if kind == "linalg_matrix_norm" else None
    line = line_through(step, source.ndim, place, dim=2, keepdim=3, usual=usual)
    matrix = kind.startswith("linalg") and kind != "linalg_vector_norm" and sum(map(_is_slice, line)) == 2
    power = 2.0 if power in ("fro", None) else power
    if isinstance(power, str) or not 0 < float(power) < math.inf:
        return None
    if matrix and step.constant(1, "ord", "fro") not in ("fro", None):  # singular values
        return None
    return Power(gathered_line(architecture, step.source, values, line), float(power), True)


def _is_slice(part: object) -> bool:
    return isinstance(part, slice)


def divided(
    architecture: Architecture, kind: str, step: TracedOperation, values: Values, place: tuple[int, ...]
) -> Divided | None:
    """The value at `place` with the values that its divisor is made of."""
    source = values[step.source]
    numbers = torch.arange(source.numel()).reshape(source.shape)
    if kind == "normalize":
        power, dim = float(step.constant(1, "p", 2.0)), step.constant(2, "dim", 1)
        if not 0 < power < math.inf or not isinstance(dim, int):
            return None
        axis, span = dim % source.ndim, slice(None)
        norm, least, share = True, float(step.constant(3, "eps", 1e-12)), 1.0
    else:
        size, axis = int(step.constant(1, "size")), 1
        span = slice(max(0, place[1] - size // 2), place[1] + (size - 1) // 2 + 1)
        norm, least, share = False, float(step.constant(4, "k", 1.0)), float(step.constant(2, "alpha", 1e-4)) / size
        power = float(step.constant(3, "beta", 0.75))
    found = numbers[tuple(span if number == axis else part for number, part in enumerate(place))].numpy()
    cells = gathered(architecture, step.source, found, values)
    return Divided(cells, int(np.flatnonzero(found == int(numbers[place]))[0]), norm, power, least, share)
