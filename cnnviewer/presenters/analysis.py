"""What the pages of Why share: the question (a class, or one against another) and what is studied."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from cnnviewer.core.data.arrays import nfc
from cnnviewer.core.errors import UserError, without_frames
from cnnviewer.core.inspection.logits_layer import gives_one_number, logit_place
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.tasks.evaluation import step_of
from cnnviewer.presenters.why_views import WhyPanel
from cnnviewer.runtime.analysis_thread import AnalysisRequest, Run, Subject
from cnnviewer.runtime.jobs import sentence_of

AUTOMATIC = -1
"""As a choice of the target: the predicted class. As a choice of the other class: the true one of a wrong image."""
NONE = -2
"""As a choice of the other class: none."""
_LONG = 0.3  # seconds: a study that has taken longer is given up for another image, a shorter one ends first
_SHARE = 0.05  # of a core: what studies take at most while a training is followed
_LONGEST_PAUSE = 5.0  # seconds


@dataclass(frozen=True)
class Question:
    """What is asked: the logit of a class, or its difference to that of another class. Indices of classes."""

    target: int
    against: int | None = None


class AnalysisPresenter(Presenter):
    """Owner of the question. It knows what is studied: the image, the weights and the layers that are shown.

    A page of Why is a widget (values in, signals out) and a presenter that takes `PageStudies(analysis, key, refresh)`:
    `refresh` asks for what the page shows, whenever something has changed and the page is in front.

    Attributes:
        subject: what is studied; None without an image.
        question: what is asked about it; None without an image.
        classes: their names, in the order of the model's outputs.
        truth: index of the image's true class; None where it is unknown.
        predicted: index of the class predicted; None without an image.

    Signals:
        changed: subject or question are others; the argument: whether only the weights are, as during a training.
        page_seen_changed: key of a page, and whether it is in front.
        number_requested: name of the layer of the logits, and the channel whose arithmetic shall be shown.
    """

    changed = Signal(bool)
    page_seen_changed = Signal(str, bool)
    number_requested = Signal(str, int)

    def __init__(self, services: Services, inspection: InspectionPresenter, panel: WhyPanel) -> None:
        super().__init__(services)
        self.runner = services.analysis
        self._inspection = inspection
        self._panel = panel
        self.subject: Subject | None = None
        self.question: Question | None = None
        self.classes: tuple[str, ...] = ()
        self.truth: int | None = None
        self.predicted: int | None = None
        self._target, self._against = AUTOMATIC, AUTOMATIC
        self.pages: dict[str, bool] = {}  # whether it is in front, by key
        self._steps: dict[str, int] = {}  # of what is shown, by key
        inspection.inspected.connect(self._on_inspected)
        panel.target_chosen.connect(self._on_target_chosen)
        panel.against_chosen.connect(self._on_against_chosen)
        panel.page_seen_changed.connect(self._on_page_seen_changed)
        panel.number_requested.connect(self._on_number_requested)
        self._session.run_state_changed.connect(self._say_step)

    def ask(self, target: int, against: int | None = None) -> None:
        """Ask about this class, or about it against another one, until something else is chosen.

        Raises:
            UserError: there is no such class, or a class is compared with itself.
        """
        for label in (target, against):
            if label is not None and not 0 <= label < len(self.classes):
                raise UserError("There is no class number {number}.", number=label)
        if target == against:
            raise UserError("A class is compared with another one, not with itself.")
        self._target, self._against = target, NONE if against is None else against
        self._ask()

    def answered(self, key: str, subject: Subject) -> None:
        """The page of this key shows the weights of this subject now."""
        self._steps[key] = step_of(subject.state)
        self._say_step()

    def _say_step(self, _run_state: object = None) -> None:
        """Say of which step the page in front is: while a model learns it is behind the weights on the screen."""
        front = next((key for key, seen in self.pages.items() if seen), "")
        self._panel.set_step(self._steps.get(front) if self.learning else None)

    @property
    def learning(self) -> bool:
        """Whether a training under way changes the weights that are studied."""
        return self._session.learning and self._session.run_state == "running"

    @property
    def is_behind(self) -> bool:
        """Whether another image is asked for than the one that is studied."""
        inspection = self._inspection.inspection
        return inspection is None or inspection.generation != self._inspection.generation

    def _on_inspected(self) -> None:
        answer = self._inspection.answer
        before = self.subject
        if answer is None or answer.inspection.image is None:
            self.subject = self.question = self.predicted = None
            self._panel.set_nothing(self._inspection.refusal)
            self.changed.emit(False)
            return
        if before is not None and before.state.recipe != answer.state.recipe:
            self.runner.forget_model()
        self.subject = Subject(answer.state, answer.inspection.image, answer.architecture)
        if answer.recipe.classes != self.classes:
            self.classes = answer.recipe.classes
            self._target = self._against = AUTOMATIC
            self._panel.set_classes(self.classes)
        truth = self._inspection.truth
        names = [nfc(name) for name in self.classes]
        self.truth = names.index(nfc(truth)) if truth is not None and nfc(truth) in names else None
        only_weights = (
            before is not None
            and before.state.recipe == answer.state.recipe
            and before.state.mutes == answer.state.mutes
            and np.array_equal(before.image, self.subject.image)
        )
        if not self._ask(only_weights):
            self.changed.emit(only_weights)

    def _ask(self, only_weights: bool = False) -> bool:
        """Settle the question; whether it is another one, which is told then."""
        ranking = self._inspection.inspection.prediction.ranking if self._inspection.inspection is not None else ()
        if self.subject is None or not ranking:
            return False
        predicted = self.predicted = self.classes.index(ranking[0][0])
        target = predicted if self._target == AUTOMATIC else self._target
        against: int | None = self._against
        if self._against == AUTOMATIC:
            against = self.truth if target == predicted else None
        if against in (NONE, target):
            against = None
        question = Question(target, against)
        one_number = gives_one_number(self.subject.architecture)
        self._panel.set_question(target, against, self._target, self._against, one_number)
        if question == self.question:
            return False
        self.question = question
        self.changed.emit(only_weights)
        return True

    def _on_target_chosen(self, choice: int) -> None:
        self._target = choice
        self._ask()

    def _on_against_chosen(self, choice: int) -> None:
        self._against = choice
        self._ask()

    def _on_number_requested(self, of_other: bool) -> None:
        if self.subject is not None and self.question is not None:
            label = self.question.against if of_other else self.question.target
            if label is not None:
                self.number_requested.emit(*logit_place(self.subject.architecture, label))

    def _on_page_seen_changed(self, key: str, seen: bool) -> None:
        self.pages[key] = seen
        self._say_step()
        self.page_seen_changed.emit(key, seen)


@dataclass(frozen=True, eq=False)
class _Asked:
    """A study under way: its number, when it was asked (monotonic, in seconds), and of what."""

    number: int
    at: float
    subject: Subject


class PageStudies(QObject):
    """The studies of one page of Why: asked for when something has changed and the page is in front.

    While a training is followed they take a twentieth of a core: a study that runs is not given up for newer weights,
    and the next one waits. Another image gives up a study that has taken long already.

    Signals:
        answered: a kind, its result, and whether nothing better follows.
        failed: a kind, and the `UserError` that says why there is no result.
        progressed: a kind, and what share is done; None: nothing is under way any more.
        cleared: what is shown is about something else, or there is no image: show nothing.
    """

    answered = Signal(str, object, bool)
    failed = Signal(str, object)
    progressed = Signal(str, object)
    cleared = Signal()

    def __init__(self, analysis: AnalysisPresenter, key: str, refresh: Callable[[], None]) -> None:
        """A page's studies.

        Args:
            analysis: what is studied, and the question.
            key: of the page, as in `WhyView.add_page`.
            refresh: asks with `ask` for everything that the page shows now.
        """
        super().__init__(analysis)
        self._analysis = analysis
        self._thread = analysis.runner
        self._key = key
        self._refresh_page = refresh
        self._asked: dict[str, _Asked] = {}  # what is under way, by kind
        self._number = 0
        self._stale = True
        subject = analysis.subject
        self._recipe: ModelRecipe | None = subject.state.recipe if subject is not None else None  # of what is shown
        self._spent = 0.0  # seconds of the studies since the page was brought up to date
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._follow)
        analysis.changed.connect(self._on_changed)
        analysis.page_seen_changed.connect(self._on_seen_changed)
        self._thread.answered.connect(self._on_answered)
        self._thread.progressed.connect(self._on_progressed)

    @property
    def seen(self) -> bool:
        """Whether the page is in front."""
        return self._analysis.pages.get(self._key, False)

    def is_under_way(self, kind: str) -> bool:
        """Whether a study of this kind waits or runs."""
        return self._name(kind) in self._asked

    def ask(self, kind: str, run: Run) -> None:
        """Study what is shown, instead of an older study of this kind; `kind` is the page's own word."""
        subject = self._analysis.subject
        if subject is None:
            return
        self._number += 1
        self._asked[self._name(kind)] = _Asked(self._number, time.monotonic(), subject)
        self._thread.ask(AnalysisRequest(self._name(kind), self._number, subject, run))

    def cancel(self, kind: str | None = None) -> None:
        """Give up what is under way of a kind, or of every kind."""
        for name in tuple(self._asked) if kind is None else (self._name(kind),):
            if self._asked.pop(name, None) is not None:
                self._thread.cancel(name)
                self.progressed.emit(self._kind(name), None)

    def refresh(self) -> None:
        """The page shows something else now: ask for it, at once where it is in front."""
        self._stale = True
        self._follow()

    def settle(self) -> None:
        """Wait until the image asked for is the one that is studied; where the page is in front it asks again then."""
        self._thread.wait_while(lambda: self._analysis.is_behind)
        if self._stale and self.seen and self._analysis.subject is not None:
            self._stale = False
            self._refresh_page()

    def finish(self, kind: str) -> None:
        """Wait until what is asked for of this kind is answered; for whoever reads a property of the page."""
        self.settle()
        self._thread.hasten(self._name(kind))
        self._thread.wait_while(lambda: self.is_under_way(kind))

    # what has changed

    def _on_changed(self, only_weights: bool) -> None:
        self._stale = True
        subject = self._analysis.subject
        if subject is None or subject.state.recipe != self._recipe:
            self._recipe = subject.state.recipe if subject is not None else None
            self.cancel()
            self.cleared.emit()
        if subject is None:
            return
        now = time.monotonic()
        if not (only_weights and self._analysis.learning):
            for name, asked in tuple(self._asked.items()):
                if now - asked.at > _LONG:
                    self.cancel(self._kind(name))
        self._follow()

    def _on_seen_changed(self, key: str, seen: bool) -> None:
        if key == self._key:
            if seen:
                self._follow()
            else:
                self.cancel()
                self._stale = True

    def _follow(self) -> None:
        """Ask again where something has changed, the page is in front, and nothing is under way."""
        if not self._stale or not self.seen or self._asked or self._analysis.subject is None:
            return
        if self._analysis.learning and self._pause.isActive():
            return
        self._stale = False
        self._refresh_page()

    # what comes back

    def _on_answered(self, name: str) -> None:
        if name not in self._asked:
            return
        asked = self._asked[name]
        answer = self._thread.take(name)
        if answer is None or answer.number != asked.number:
            return
        kind = self._kind(name)
        if answer.final:
            del self._asked[name]
            self._spent += answer.seconds
            if not self._asked:
                if self._analysis.learning:
                    self._pause.start(round(1000 * min(_LONGEST_PAUSE, self._spent / _SHARE)))
                self._spent = 0.0
        if answer.problem is not None:
            self.failed.emit(kind, without_frames(sentence_of(answer.problem)))
        else:
            self.answered.emit(kind, answer.result, answer.final)
            self._analysis.answered(self._key, asked.subject)
        if answer.final:
            self.progressed.emit(kind, None)
            self._follow()

    def _on_progressed(self, name: str, share: float) -> None:
        if name in self._asked:
            self.progressed.emit(self._kind(name), share)

    def _name(self, kind: str) -> str:
        return f"{self._key}/{kind}"

    def _kind(self, name: str) -> str:
        return name.partition("/")[2]
