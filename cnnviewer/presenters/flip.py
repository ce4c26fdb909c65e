"""The page Flip: what is asked of the analysis thread for it, and what becomes of the changed picture."""

from __future__ import annotations

import time
from functools import partial

import numpy as np

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.adversarial.flip import answered, flip, in_eight_bits
from cnnviewer.core.inspection.adversarial.records import Answered, Flip, FlipRequest, Pixels
from cnnviewer.core.models.state import ModelState
from cnnviewer.presenters.analysis import AnalysisPresenter, PageStudies, Question
from cnnviewer.presenters.commands import PathLike
from cnnviewer.presenters.files import FilesPresenter
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.why_views import FlipView
from cnnviewer.runtime.analysis_thread import Study

_SEARCHED, _DRAWN = "searched", "drawn"  # kinds of studies, and modes of the page
_LONG = 0.3  # seconds: a search that has taken longer ends when another one is asked for


class FlipPresenter(Presenter):
    """Asks again when the image, the weights or the request change while the page is in front."""

    def __init__(self, services: Services, analysis: AnalysisPresenter, files: FilesPresenter, page: FlipView) -> None:
        super().__init__(services)
        self._analysis = analysis
        self._files = files
        self._page = page
        self._image: Pixels | None = None
        self._asked = 0.0
        self._compared: ModelState | None = None  # the weights that are asked about what is drawn
        self._before: tuple[ModelState, Answered] | None = None  # what they answered to the image itself
        self._studies = PageStudies(analysis, "flip", self._ask)
        self._studies.answered.connect(self._on_answered)
        self._studies.failed.connect(self._on_failed)
        self._studies.progressed.connect(self._on_progressed)
        self._studies.cleared.connect(self._on_cleared)
        page.request_changed.connect(self._on_request_changed)
        page.cancel_requested.connect(self._on_cancel_requested)
        page.use_requested.connect(self._on_use_requested)

    def save(self, path: PathLike) -> bool:
        """Save the changed picture that is shown as a PNG."""
        changed = self._page.changed
        return changed is not None and self._files.save_picture(path, changed.picture)

    def _ask(self) -> None:
        subject = self._analysis.subject
        if subject is None:
            return
        self._page.set_classes(self._analysis.classes)
        self._page.set_question(self._analysis.predicted, goal_of(self._analysis.question, self._analysis.predicted))
        image = in_eight_bits(subject.image)
        if self._image is None or not np.array_equal(image, self._image):
            self._image = image
            self._page.set_image(image)
        self._asked = time.monotonic()
        picture = self._page.picture
        if self._page.mode == _SEARCHED or picture is None:
            self._studies.ask(_SEARCHED, partial(_search, request=self._page.request))
            self._page.set_progress(0.0)
        else:
            known = self._before if self._before is not None and self._before[0] is subject.state else None
            before = known[1] if known is not None and np.array_equal(known[1].picture, image) else None
            self._compared = subject.state
            self._studies.ask(_DRAWN, partial(_compare, image=image, picture=picture, before=before))

    def _on_request_changed(self) -> None:
        drawing = self._page.mode == _DRAWN
        if drawing or time.monotonic() - self._asked > _LONG:
            self._studies.cancel(_SEARCHED)  # else its answer, which comes soon, is shown first
        self._studies.refresh()

    def _on_answered(self, kind: str, result: Flip | tuple[Answered, Answered], final: bool) -> None:
        if isinstance(result, Flip):
            self._page.set_flip(result, final)
        elif kind == _DRAWN:
            self._before = (self._compared, result[0]) if self._compared is not None else None
            self._page.set_drawn(*result)

    def _on_failed(self, _kind: str, problem: UserError) -> None:
        self._page.set_problem(problem)

    def _on_progressed(self, kind: str, fraction: float | None) -> None:
        if kind == _SEARCHED:
            self._page.set_progress(fraction)

    def _on_cleared(self) -> None:
        self._image = None
        self._page.set_image(None)

    def _on_cancel_requested(self) -> None:
        self._studies.cancel()
        self._page.set_progress(None, lambda: self.tr("Cancelled"))

    def _on_use_requested(self) -> None:
        changed = self._page.changed
        if changed is None:
            return
        planes = changed.picture if len(changed.picture) == 3 else np.repeat(changed.picture[:1], 3, axis=0)
        name = self.tr("changed picture")
        self._files.show_picture(np.ascontiguousarray(np.moveaxis(planes, 0, -1)), name, as_digit=False)


def goal_of(question: Question | None, predicted: int | None) -> int | None:
    """To which class of the question the answer is to be changed; None: to any other.

    Of "why A and not B" to B, or to A where the answer is B already; of "why A" alone to A where the answer is another.
    """
    if question is None:
        return None
    if question.against is not None and question.against != predicted:
        return question.against
    return None if question.target == predicted else question.target


def _search(study: Study, request: FlipRequest) -> Flip:
    return flip(study.inspector, study.image, request, study.progress, study.abandoned, study.show)


def _compare(study: Study, image: Pixels, picture: Pixels, before: Answered | None) -> tuple[Answered, Answered]:
    return before or answered(study.inspector, image), answered(study.inspector, picture)
