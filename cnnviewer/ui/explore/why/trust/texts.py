"""What the two tests of a map found, in words and numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QCoreApplication

from cnnviewer.core.inspection.attribution.records import AttributionRequest
from cnnviewer.core.inspection.attribution.trust.records import Cascade, Curves, CurvesRequest, Numbers
from cnnviewer.ui.widgets.class_words import class_word


def two_places(value: float) -> str:
    """A correlation or an area: `0.47`, `−0.05`; a dash where there is none."""
    return f"{value:.2f}".replace("-", "−") if math.isfinite(value) else "–"


def mean_of(values: Numbers) -> float:
    """The mean of the values that are numbers; NaN without one."""
    fine = values[np.isfinite(values)]
    return float(fine.mean()) if fine.size else math.nan


def mean_and_span(values: Numbers) -> str:
    """The mean of measurements, with the smallest and the largest of several: `0.47 (0.36 … 0.61)`."""
    fine, mean = values[np.isfinite(values)], two_places(mean_of(values))
    if fine.size < 2:
        return mean
    return f"{mean} ({two_places(float(fine.min()))} … {two_places(float(fine.max()))})"


def change_words(cascade: Cascade) -> str:
    """Whether the map changes as the layers are randomised, with a sign beside the words."""
    translate = QCoreApplication.translate
    words = {
        "much": translate("Trust", "map changes as layers are randomised ✓"),
        "partly": translate("Trust", "map changes in part as layers are randomised"),
        "little": translate("Trust", "map hardly changes as layers are randomised ✗"),
        None: translate("Trust", "map has no order of pixels"),
    }
    if not cascade.steps:
        return translate("Trust", "no layer has weights")
    if not cascade.is_complete:
        return translate("Trust", "layers are still being randomised")
    return words[cascade.change]


def curve_words(curves: Curves) -> str:
    """The area under the deletion curve, beside that of random orders."""
    found = two_places(float(curves.area(curves.deletion)))
    if not len(curves.random_deletion):
        return QCoreApplication.translate("Trust", "deletion {area}").format(area=found)
    by_chance = two_places(mean_of(curves.area(curves.random_deletion)))
    return QCoreApplication.translate("Trust", "deletion {area} (random {random})").format(area=found, random=by_chance)


def summary(cascade: Cascade | None, curves: Curves | None) -> str:
    """Both in one line."""
    parts = [*([change_words(cascade)] if cascade is not None else []), *([curve_words(curves)] if curves else [])]
    return " · ".join(parts)


def score_words(request: CurvesRequest, classes: tuple[str, ...]) -> str:
    """What goes up in the curves of deletion and insertion."""
    translate = QCoreApplication.translate
    name, other = _names(request.attribution, classes)
    if request.score == "logit":
        opposite = request.attribution.opposite
        if request.attribution.log_odds and opposite is not None:
            text = translate("Trust", "log-odds of {name} against {other}")
            return text.format(name=name, other=class_word(classes[opposite]))
        if other is None:
            return translate("Trust", "logit of {name}").format(name=name)
        return translate("Trust", "logit of {name} − logit of {other}").format(name=name, other=other)
    if other is None:
        return translate("Trust", "probability of {name}").format(name=name)
    return translate("Trust", "probability of {name} among {name} and {other}").format(name=name, other=other)


def _names(request: AttributionRequest, classes: tuple[str, ...]) -> tuple[str, str | None]:
    def named(index: int) -> str:
        return class_word(classes[index]) if index < len(classes) else str(index)

    return named(request.target), None if request.against is None else named(request.against)


def spoken(parts: Iterable[str]) -> str:
    """Parts of a description, one after another."""
    return "; ".join(part for part in parts if part)
