"""The parts of a report that say why a wrong answer was given, and whether probabilities can be believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.calibrated import Calibrated
from cnnviewer.core.evaluation.test_predictions import Mistake
from cnnviewer.core.export.reliability_chart import reliability_chart
from cnnviewer.core.export.tiles import image_pixels
from cnnviewer.core.inspection.attribution.records import AttributionRequest
from cnnviewer.core.inspection.costs import costs
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.palettes import colourise, value_range
from cnnviewer.core.runs.report.mistake_text import mistake_caption
from cnnviewer.core.runs.report.number_text import percent
from cnnviewer.core.runs.report.records import CalibrationPart, Legend, MistakeMap, Picture

MAPS: Final = 8
"""Mistakes whose maps are shown."""
_SIDE: Final = 112  # pixels of an image and of its map
_QUICK: Final = 10**9  # multiply-adds for an image, beyond which the map is made of one gradient


def mistake_maps(
    inspector: Inspector,
    data: DataSet,
    mistakes: Sequence[Mistake],
    image_of: Callable[[int], FloatArray],
    progress: Callable[[float], None] = lambda _: None,
) -> Iterator[MistakeMap]:
    """Of the first mistakes the attribution map of the predicted class against the true one.

    Integrated gradients from black pixels; of a large model gradient times input, which takes one pass.
    """
    classes = data.info.classes
    quick = costs(inspector.architecture).multiply_adds <= _QUICK
    shown = mistakes[:MAPS]
    for place, mistake in enumerate(shown):
        image = image_of(mistake.index)
        inspector.inspect(image)
        request = AttributionRequest(
            "integrated-gradients" if quick else "gradient-x-input", mistake.read, mistake.label
        )
        try:
            found = inspector.attribute(request)
        except UserError:  # PyTorch finds no gradients for such a model
            return
        flat = found.map.sum(0)
        bounds = value_range(flat, "signed")
        coloured = colourise(flat, "signed", bounds)[..., :3]
        scale = max(1, _SIDE // max(flat.shape))
        label, read = classes[mistake.label], classes[mistake.read]
        note = f"Logit of {read} minus that of {label}: {found.logit:.3g}."
        if found.completeness is not None:
            note += f" The map adds up to the change from black to within {found.completeness:.2g}."
        yield MistakeMap(
            Picture(image_pixels(image, _SIDE), f"test image {mistake.index}"),
            Picture(coloured.repeat(scale, 0).repeat(scale, 1), f"attribution map of test image {mistake.index}"),
            mistake_caption(data, mistake),
            Legend("signed", bounds),
            note,
        )
        progress((place + 1) / len(shown))


def calibration_part(found: Calibrated) -> CalibrationPart:
    """The reliability diagram and what was measured, in sentences."""
    measured = found.calibration
    return CalibrationPart(
        reliability_chart(measured.before, measured.after, measured.temperature or 1.0), tuple(_sentences(found))
    )


def _sentences(found: Calibrated) -> Iterator[str]:
    measured, known = found.calibration, found.familiarity
    than = "higher" if measured.before.gap >= 0 else "lower"
    yield (
        f"The calibration error (ECE) is {percent(measured.before.ece)}: the mean distance of the probability of a "
        f"prediction from the share that is correct. Probabilities are on average "
        f"{100 * abs(measured.before.gap):.2f} percentage points {than} than the accuracy."
    )
    if measured.temperature is not None and measured.after is not None and measured.loss_after is not None:
        yield (
            f"With the logits divided by a temperature of {measured.temperature:.3f}, fitted on {measured.fitted_on:,} "
            f"validation images, it is {percent(measured.after.ece)}, and the loss {measured.loss_after:.4f} in place "
            f"of {measured.loss:.4f}. The predictions stay the same."
        )
    elif measured.why_not is not None:
        yield f"{measured.why_not} So no temperature is fitted."
    if known is not None:
        yield (
            f"An image is called unfamiliar above a score of {known.threshold:.2f}, as {100 * known.allowed:g} % of "
            f"{known.images:,} {known.split} images are. Of {len(found.scores):,} test images {found.above:,} are: "
            "false alarms, as they are of these classes."
        )
    elif found.why_unknown is not None:
        yield f"{found.why_unknown} So nothing is called unfamiliar."
