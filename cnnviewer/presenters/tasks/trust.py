"""The studies of the page Trust: a coarse result first, then all measurements unless they would take long."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Final

from cnnviewer.core.inspection.attribution.records import Attribution, images_at_once, is_slow
from cnnviewer.core.inspection.attribution.trust.records import Cascade, CascadeRequest, Curves, CurvesRequest
from cnnviewer.runtime.analysis_thread import Run, Study

SLOW: Final = 4.0  # seconds of the first measurement, after which the others wait until they are asked for

COARSE_POINTS: Final = 2
"""Parts into which the pixels of a large model's image are divided at first."""


@dataclass
class SharedMap:
    """The map that both tests are about, which the first of them computes. Only the studies touch it.

    Attributes:
        attribution: the map; None before.
        coarse: the curves of which a coarse result is shown.

    """

    attribution: Attribution | None = None
    coarse: CurvesRequest | None = None

    def show_coarse(self, request: CurvesRequest, study: Study) -> None:
        """Of a large model show a few points of the curves, which the whole ones would let wait for long."""
        if self.coarse == request or not is_slow(images_at_once(study.inspector.architecture)):
            return
        asked = replace(request, orders=request.orders[:1], points=COARSE_POINTS, known=self.attribution)
        found = study.inspector.remove_pixels(asked, study.progress, study.abandoned, study.image)
        self.attribution, self.coarse = found.attribution, request
        study.show(found)


def cascade_study(
    request: CascadeRequest, shared: SharedMap, patient: bool = False, curves: CurvesRequest | None = None
) -> Run:
    """Measure with the first seed, show that, then with the others; `patient` however long they take.

    `curves` follow: of a large model their coarse result comes before the cascade.
    """

    def run(study: Study) -> Cascade:
        if curves is not None:
            shared.show_coarse(curves, study)
        parts = _Parts(study, 1 / len(request.seeds), patient)
        asked = replace(request, seeds=request.seeds[:1], known=shared.attribution)
        first = study.inspector.randomise(asked, parts.first, study.abandoned, study.image, study.show)
        shared.attribution = first.attribution
        if len(request.seeds) == 1 or not parts.go_on:
            return first
        study.show(first)
        others = replace(first.request, seeds=request.seeds[1:], known=first.attribution)
        return first.with_more(study.inspector.randomise(others, parts.others, study.abandoned, study.image))

    return run


def curves_study(request: CurvesRequest, shared: SharedMap, patient: bool = False) -> Run:
    """Measure the map's own order and one by chance, show that, then the other random orders; likewise."""

    def run(study: Study) -> Curves:
        if not patient:
            shared.show_coarse(request, study)
        parts = _Parts(study, 2 / (1 + len(request.orders)), patient)
        asked = replace(request, orders=request.orders[:1], known=shared.attribution)
        first = study.inspector.remove_pixels(asked, parts.first, study.abandoned, study.image)
        shared.attribution = first.attribution
        if len(request.orders) == 1 or not parts.go_on:
            return first
        study.show(first)
        others = replace(first.request, orders=request.orders[1:], known=first.attribution)
        return first.with_more(study.inspector.remove_pixels(others, parts.others, study.abandoned, study.image))

    return run


class _Parts:
    """The progress of a study in two parts, and whether the second one begins by itself."""

    def __init__(self, study: Study, share: float, patient: bool) -> None:
        self._progress, self._share, self._patient = study.progress, share, patient
        self._began = time.monotonic()

    @property
    def go_on(self) -> bool:
        """Whether the first part was quick, or waiting was asked for."""
        return self._patient or time.monotonic() - self._began <= SLOW

    def first(self, done: float) -> None:
        """So much of the first part is done."""
        self._progress(self._share * done)

    def others(self, done: float) -> None:
        """So much of the second part is done."""
        self._progress(self._share + (1 - self._share) * done)


def both_studies(found: Attribution) -> Run:
    """Both tests of a map, all measurements of each: `(Cascade, Curves)`. Removed pixels show the map's baseline."""

    def run(study: Study) -> tuple[Cascade, Curves]:
        cascade = study.inspector.randomise(
            CascadeRequest(found.request, known=found),
            lambda done: study.progress(0.8 * done),
            study.abandoned,
            study.image,
        )
        curves = study.inspector.remove_pixels(
            CurvesRequest(found.request, found.request.baseline, known=found),
            lambda done: study.progress(0.8 + 0.2 * done),
            study.abandoned,
            study.image,
        )
        return cascade, curves

    return run
