"""Several values that become one: standard deviation and variance, products, the logarithm of a sum of exponentials."""

from __future__ import annotations

from collections.abc import Mapping

import torch

from cnnviewer.core.inspection.explain.group_records import Cells
from cnnviewer.core.inspection.explain.groups import gathered_line, line_through, line_until
from cnnviewer.core.inspection.explain.reduction_records import LogSum, Product, Spread
from cnnviewer.core.inspection.records import Architecture
from cnnviewer.core.inspection.traced_operation import TracedOperation

Values = Mapping[str, torch.Tensor]
SPREADING = frozenset({"std", "var", "std_mean", "var_mean"})
LOG_SUMS = frozenset({"logsumexp", "logcumsumexp"})
MULTIPLYING = frozenset({"prod", "cumprod"})


def spread(
    architecture: Architecture, kind: str, step: TracedOperation, values: Values, place: tuple[int, ...]
) -> Spread | None:
    """Of the values along the dimensions given, or of all; None for the mean beside it (`torch.std_mean`).

    `x.std(unbiased)` and `x.std(dim, unbiased, keepdim)` are older forms of `x.std(dim, correction=1, keepdim)`.
    """
    if kind.endswith("_mean") and step.part != 0:
        return None
    alone = isinstance(step.operand(1, "dim"), bool)
    unbiased = step.operand(1 if alone else 2, "unbiased")
    correction = step.constant(99, "correction", None if unbiased is None else int(bool(unbiased)))
    source = values[step.source]
    line = (slice(None),) * source.ndim if alone else line_through(step, source.ndim, place, keepdim=3)
    cells = gathered_line(architecture, step.source, values, line)
    return Spread(cells, 1.0 if correction is None else float(correction), kind.startswith("std"))


def log_sum(
    architecture: Architecture, kind: str, step: TracedOperation, values: Values, place: tuple[int, ...]
) -> LogSum:
    """Of the values along the dimensions given, or of those up to `place`."""
    return LogSum(_taken(architecture, step, values, place, cumulative=kind == "logcumsumexp"))


def product(
    architecture: Architecture, kind: str, step: TracedOperation, values: Values, place: tuple[int, ...]
) -> Product:
    """Of the values along the dimension given or of all, or of those up to `place`."""
    return Product(_taken(architecture, step, values, place, cumulative=kind == "cumprod"))


def mean_beside(
    architecture: Architecture, step: TracedOperation, values: Values, place: tuple[int, ...]
) -> Cells | None:
    """The values that `torch.std_mean` and `torch.var_mean` take the mean of; None where the spread is asked about."""
    if step.part != 1:
        return None
    line = line_through(step, values[step.source].ndim, place, keepdim=3)
    return gathered_line(architecture, step.source, values, line)


def _taken(
    architecture: Architecture, step: TracedOperation, values: Values, place: tuple[int, ...], cumulative: bool
) -> Cells:
    rank = values[step.source].ndim
    line = line_until(step, rank, place) if cumulative else line_through(step, rank, place)
    return gathered_line(architecture, step.source, values, line)
