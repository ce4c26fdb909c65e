"""The words of the page Calibration, and its bars: pure functions of what was found."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication

from cnnviewer.core.counting import counted
from cnnviewer.core.evaluation.calibration import Calibration, Reliability
from cnnviewer.core.models.familiarity import Familiarity
from cnnviewer.ui.evaluate.calibration.bar_plot import Bars
from cnnviewer.ui.widgets.percent import exact_percent, percent

_STRETCHES = 44
_UP = (0.0, 0.25, 0.5, 0.75, 1.0)
Numbers = npt.NDArray[np.float64]


def error_text(found: Calibration) -> str:
    """The calibration error, before and after the temperature."""
    if found.after is None or found.temperature is None:
        return QCoreApplication.translate("Calibration", "Calibration error {ece}").format(
            ece=exact_percent(found.before.ece)
        )
    return QCoreApplication.translate("Calibration", "Calibration error {ece} → {after} at temperature {t}").format(
        ece=exact_percent(found.before.ece), after=exact_percent(found.after.ece), t=f"{found.temperature:.3f}"
    )


def gap_text(found: Calibration) -> str:
    """Whether the model is too sure, and what the temperature does to the loss."""
    if found.before.gap >= 0:
        words = QCoreApplication.translate(
            "Calibration", "On average its probabilities are {points} percentage points higher than its accuracy."
        )
    else:
        words = QCoreApplication.translate(
            "Calibration", "On average its probabilities are {points} percentage points lower than its accuracy."
        )
    words = words.format(points=f"{100 * abs(found.before.gap):.2f}")
    if found.loss_after is None:
        return words
    loss = QCoreApplication.translate("Calibration", "Loss {before} → {after}.")
    return f"{words} {loss.format(before=f'{found.loss:.4f}', after=f'{found.loss_after:.4f}')}"


def diagram_text() -> str:
    """How the reliability diagram is read."""
    return QCoreApplication.translate(
        "Calibration",
        "Bars that end on the dashed line say that probabilities can be taken at their word; below it the model is too "
        "sure. The calibration error (ECE) is the mean distance from the line, weighted by the images of each bar.",
    )


def temperature_text(found: Calibration, why_not: str) -> str:
    """What the temperature is and where it comes from, or why there is none."""
    if found.temperature is None:
        return QCoreApplication.translate("Calibration", "{why} So no temperature is fitted.").format(why=why_not)
    text = QCoreApplication.translate(
        "Calibration",
        "The temperature divides the logits (points): it changes how sure the model is, never what it predicts. It was "
        "fitted on {count:validation image|validation images}, of which the model learned nothing.",
    )
    return counted(text, count=f"{found.fitted_on:,}")


def unfamiliar_title(known: Familiarity) -> str:
    """The threshold."""
    return QCoreApplication.translate("Calibration", "Unfamiliar above a score of {threshold}").format(
        threshold=f"{known.threshold:.2f}"
    )


def unfamiliar_text(known: Familiarity, above: int, total: int) -> str:
    """Where the threshold comes from, what it does on the test images, and what it cannot do."""
    if known.split == "validation":
        origin = QCoreApplication.translate(
            "Calibration", "{share} of {count:validation image|validation images} score above the threshold."
        )
    else:
        origin = QCoreApplication.translate(
            "Calibration",
            "{share} of {count:training image|training images} score above the threshold; none were held out for "
            "validation.",
        )
    alarms = QCoreApplication.translate(
        "Calibration", "Of {total:test image|test images} {above} do: false alarms, as they are of these classes."
    )
    parts = (
        counted(origin, share=percent(known.allowed), count=f"{known.images:,}"),
        counted(alarms, total=f"{total:,}", above=f"{above:,}"),
    )
    return " ".join(parts)


def score_text() -> str:
    """What the score is and what it cannot say."""
    return QCoreApplication.translate(
        "Calibration",
        "The score adds how far an image's features lie from those of every class, and how little its logits support "
        "any. It says that an image is unlike those of the training, not what it is; what resembles a class passes.",
    )


def reliability_bars(found: Calibration) -> Bars:
    """The diagram: accuracy of each bin, its images below, a point at the accuracy after the temperature."""
    before = found.before
    points: tuple[tuple[float, float], ...] = ()
    if found.after is not None:
        filled = np.flatnonzero(found.after.counts).tolist()
        points = tuple((float(found.after.confidences[i]), float(found.after.accuracies[i])) for i in filled)
    return Bars(
        up=QCoreApplication.translate("Calibration", "Correct (%)"),
        across=QCoreApplication.translate(
            "Calibration", "Images of each bar, and the probability of their prediction (%)"
        ),
        edges=tuple(before.edges.tolist()),
        heights=tuple(before.accuracies.tolist()),
        numbers=tuple("–" if not count else _short(count) for count in before.counts.tolist()),
        ticks_up=tuple((share, f"{100 * share:.0f}") for share in _UP),
        ticks_across=tuple((share, f"{100 * share:.0f}") for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)),
        points=points,
        diagonal=True,
    )


def reliability_words(shown: Reliability) -> str:
    """The bars in words."""
    text = QCoreApplication.translate("Calibration", "{low} to {high}: {share} of {count:image|images} correct")
    bins = [
        counted(
            text,
            low=percent(shown.edges[place]),
            high=percent(shown.edges[place + 1]),
            share=percent(shown.accuracies[place]),
            count=f"{shown.counts[place]:,}",
        )
        for place in np.flatnonzero(shown.counts).tolist()
    ]
    return "; ".join(bins)


def score_bars(known: Familiarity, scores: Numbers) -> Bars:
    """How many test images have which score; the threshold is an edge of two bars."""
    finite = scores[np.isfinite(scores)]
    low, high = float(finite.min(initial=known.threshold)), float(finite.max(initial=known.threshold))
    high = max(high, known.threshold + 0.1 * (known.threshold - low), known.threshold + 0.1)
    width = max((high - low) / _STRETCHES, 1e-9)
    before, behind = (int(np.ceil(room / width + 1e-9)) for room in (known.threshold - low, high - known.threshold))
    edges = (known.threshold + width * np.arange(-before, behind + 1)).tolist()  # the threshold to the last bit
    counts, _ = np.histogram(finite, edges)
    whole = edges[-1] - edges[0]
    most = max(1, int(counts.max(initial=0)))
    marks = _round_values(edges[0], edges[-1])
    return Bars(
        up=QCoreApplication.translate("Calibration", "Test images"),
        across=QCoreApplication.translate("Calibration", "Score: further right is less familiar"),
        edges=tuple((edge - edges[0]) / whole for edge in edges),
        heights=tuple((counts / most).tolist()),
        ticks_up=((0.0, "0"), (0.5, _short(round(most / 2))), (1.0, _short(most))),
        ticks_across=tuple(
            ((value - float(edges[0])) / float(whole), f"{value:g}".replace("-", "−")) for value in marks
        ),
        threshold=(known.threshold - edges[0]) / whole,
    )


def _round_values(low: float, high: float) -> list[float]:
    step = next((each for each in (0.5, 1.0, 2.0, 5.0, 10.0, 50.0, 100.0) if (high - low) / each <= 8), high - low)
    return [step * place for place in range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1)]


def _short(count: int) -> str:
    """In at most four characters: 987, 9.9k, 60k."""
    if count < 1000:
        return str(count)
    return f"{count / 1000:.1f}k" if count < 9950 else f"{round(count / 1000)}k"
