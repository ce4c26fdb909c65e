"""View protocols of the panel Why and its pages: values in, signals out."""

from __future__ import annotations

from typing import Annotated, Protocol

from cnnviewer.core.inspection.adversarial.records import Answered, Flip, FlipRequest, Pixels
from cnnviewer.core.runs.read.answer_history import AnswerHistory
from cnnviewer.presenters.views import SignalLike

# ruff: noqa: D102 - each method is documented where a widget defines it


class WhyPanel(Protocol):
    """The panel Why: its head and its pages."""

    page_seen_changed: Annotated[SignalLike, str, bool]
    target_chosen: Annotated[SignalLike, int]
    against_chosen: Annotated[SignalLike, int]

    def set_classes(self, classes: tuple[str, ...]) -> None: ...
    def set_question(self, target: int, against: int | None, target_choice: int, against_choice: int) -> None: ...


class FlipView(Protocol):
    """The page Flip: a change of the image that changes the answer, searched or drawn."""

    request_changed: SignalLike
    use_requested: SignalLike
    cancel_requested: SignalLike

    @property
    def mode(self) -> str: ...
    @property
    def request(self) -> FlipRequest: ...
    @property
    def picture(self) -> Pixels | None: ...
    @property
    def changed(self) -> Answered | None: ...

    def set_classes(self, classes: tuple[str, ...]) -> None: ...
    def set_image(self, image: Pixels | None) -> None: ...
    def set_flip(self, flip: Flip) -> None: ...
    def set_drawn(self, before: Answered, after: Answered) -> None: ...
    def set_progress(self, fraction: float | None, words: str = "") -> None: ...
    def set_problem(self, sentence: str) -> None: ...


class HistoryView(Protocol):
    """The page History: the answer to the image at every kept step of the run."""

    step_chosen: Annotated[SignalLike, int]
    read_requested: SignalLike
    cancel_requested: SignalLike
    train_requested: SignalLike

    def set_of_run(self, of_run: bool) -> None: ...
    def set_history(
        self, history: AnswerHistory | None, last: int = 0, target: int | None = None, truth: int | None = None
    ) -> None: ...
    def set_step(self, step: int | None) -> None: ...
    def set_muted(self, muted: bool) -> None: ...
    def set_progress(self, fraction: float | None, words: str = "") -> None: ...
    def set_problem(self, sentence: str) -> None: ...
    def offer_reading(self, offered: bool) -> None: ...
