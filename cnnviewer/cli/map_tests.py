"""What `explain --test-map` says of a map: how it changes when layers are randomised, and deletion and insertion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cnnviewer.cli.exit_codes import wrong
from cnnviewer.cli.progress_bar import ProgressBar
from cnnviewer.core.inspection.attribution.records import Attribution
from cnnviewer.core.inspection.attribution.trust.records import (
    Cascade,
    CascadeRequest,
    Curves,
    CurvesRequest,
    Numbers,
)

if TYPE_CHECKING:
    from cnnviewer.core.inspection.trace import Inspector


def tested(inspector: Inspector, found: Attribution) -> tuple[Cascade, Curves]:
    """Both tests of a map, over ten seeds and ten random orders; pixels are removed to the map's own baseline."""
    cascade = CascadeRequest(found.request, known=found)
    curves = CurvesRequest(found.request, found.request.baseline, known=found)
    with ProgressBar() as bar:
        first = wrong(inspector.randomise, cascade, lambda share: bar.reach(share, "randomising layers"))
    with ProgressBar() as bar:
        second = wrong(inspector.remove_pixels, curves, lambda share: bar.reach(share, "removing pixels"))
    return first, second


def described(cascade: Cascade, curves: Curves) -> dict[str, object]:
    """The tests as they stand in JSON; what is no number is null."""
    return {
        "layers": [step.layer for step in cascade.steps],
        "drawn": sorted(name for step in cascade.steps for name in step.drawn),
        "seeds": len(cascade.request.seeds),
        "rank_correlation": _spread(cascade.correlations),
        "zeros": cascade.zeros,
        "rank_correlation_without_zeros": _spread(cascade.among),
        "guided_backpropagation": _spread(cascade.guided),
        "edge_detector": cascade.edges.tolist(),
        "score": curves.request.score,
        "fill": curves.request.fill,
        "orders": len(curves.request.orders),
        "fractions": curves.fractions.tolist(),
        "deletion": _curve(curves, curves.deletion, curves.random_deletion),
        "insertion": _curve(curves, curves.insertion, curves.random_insertion),
    }


def sentences(cascade: Cascade, curves: Curves) -> tuple[str, str]:
    """The tests in two lines."""
    left = f"rank correlation {_range(cascade.correlations[:, -1])} after {len(cascade.steps)} layers are randomised"
    if 0 < cascade.zeros < 1:
        left += f", {_range(cascade.among[:, -1])} without the pixels that are 0"
    areas = [
        f"{name} {float(curves.area(own)):.3g}, random {_range(curves.area(by_chance))}"
        for name, own, by_chance in (
            ("deletion", curves.deletion, curves.random_deletion),
            ("insertion", curves.insertion, curves.random_insertion),
        )
    ]
    return left, f"areas: {'; '.join(areas)} ({curves.request.score}, {curves.request.fill})"


def _spread(found: Numbers) -> dict[str, list[float | None]]:
    """The mean of the measurements at each step, the smallest and the largest."""
    columns = [column[np.isfinite(column)] for column in found.T]
    return {
        "mean": [float(column.mean()) if column.size else None for column in columns],
        "low": [float(column.min()) if column.size else None for column in columns],
        "high": [float(column.max()) if column.size else None for column in columns],
    }


def _curve(curves: Curves, own: Numbers, by_chance: Numbers) -> dict[str, Any]:
    areas = curves.area(by_chance)
    return {
        "area": float(curves.area(own)),
        "random_area": {"mean": float(areas.mean()), "low": float(areas.min()), "high": float(areas.max())},
        "values": own.tolist(),
        "random_mean": by_chance.mean(0).tolist(),
    }


def _range(found: Numbers) -> str:
    fine = found[np.isfinite(found)]
    return f"{fine.mean():.2f} ({fine.min():.2f} to {fine.max():.2f})" if fine.size else "none"
