"""A run's metrics as the curves of a picture. Free of torch."""

from __future__ import annotations

from cnnviewer.core.export.line_chart import Curve, bins
from cnnviewer.core.training.metric_log import MetricLog

_STRETCHES = 150  # means that a smoothed curve is made of, where there are enough steps
_FEWEST = 12  # steps from which there is something to smooth


def loss_curves(log: MetricLog, validation: str) -> list[Curve]:
    """Loss at every step, its means, and that of the validation."""
    return _curves(log, "loss", validation, 1.0)


def accuracy_curves(log: MetricLog, validation: str) -> list[Curve]:
    """Accuracy in percent, likewise."""
    return _curves(log, "accuracy", validation, 100.0)


def epoch_ends(log: MetricLog) -> list[tuple[int, float]]:
    """Number and last step of every epoch done."""
    return [(int(epoch), step) for epoch, step in log.epoch_rows()[:, :2].tolist()]


def _curves(log: MetricLog, name: str, validation: str, factor: float) -> list[Curve]:
    x, y = log.steps("step"), factor * log.steps(name)
    curves = [Curve("training, each step", "training", "faint", x, y)]
    if len(y) >= _FEWEST:
        middles, means, length = bins(x, y, min(_STRETCHES, len(y) // 3))
        curves.append(Curve(f"training, means of {length} steps", "training", "line", middles, means))
    ends = log.epochs("step")
    if len(ends):
        evaluated = factor * log.epochs(f"validation_{name}")
        words = "test images" if validation == "test" else "validation"
        curves.append(Curve(f"{words}, each epoch", "validation", "points", ends, evaluated))
    return curves
