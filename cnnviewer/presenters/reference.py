"""With what the table of Evaluate is compared: another step or run, weights kept from before, no channel muted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.core.evaluation.effect import Effect
from cnnviewer.core.plain_text import without_middle
from cnnviewer.presenters.evaluation import PATIENCE, EvaluationPresenter
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.runs import RunsPresenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.tasks.evaluation import Reading, step_of
from cnnviewer.presenters.tasks.reference import Reference, Weights, read_reference
from cnnviewer.presenters.views import EvaluateView
from cnnviewer.runtime.newest import NewestOnly

_MOST_RUNS = 12
_ROOM = 28  # letters of a run's name on the button


class ReferencePresenter(Presenter):
    """Owner of the predictions that the table is compared with. They stay until other ones are chosen or the data go.

    The sample comes at once, then every test image, as in the table itself. "No channel muted" is no other weights: it
    is what those on the screen predict without their mutes, as the table's owner knows it, until nothing is muted.
    """

    def __init__(
        self, services: Services, evaluation: EvaluationPresenter, runs: RunsPresenter, view: EvaluateView
    ) -> None:
        super().__init__(services)
        self._evaluation = evaluation
        self._runs = runs
        self._view = view
        self._reading = Reading()
        self._newest = NewestOnly(self._jobs, self)
        self._newest.failed.connect(self._on_failed)
        self._newest.progressed.connect(self._on_progressed)
        self._weights: Weights | None = None
        self._unmuted = False  # compared with the weights on the screen, without their mutes
        self._name: Callable[[], str] = str  # what they are called, in the language of now
        self._shown: tuple[Confusion, str] | None = None
        self._data: DataSet | None = None
        view.reference_requested.connect(self._on_requested)
        view.references_opened.connect(self._offer)
        view.errors.all_requested.connect(self._on_all_requested)
        view.errors.cancel_requested.connect(self._on_cancel_requested)
        self._session.data_changed.connect(self._on_data_changed)
        self._session.listed_changed.connect(self._say_again)
        self._session.run_changed.connect(self._say_again)
        self._session.mutes_changed.connect(self._on_mutes_changed)
        evaluation.effect_changed.connect(self._on_effect_changed)

    def _offer(self) -> None:
        """Say with what the table can be compared now."""
        steps: list[tuple[str, int]] = []
        run, data = self._session.run, self._session.data
        opened = run.opened if run is not None else None
        if self._session.mutes:
            steps.append(("unmuted", 0))
        if opened is not None and opened.snapshots:
            steps.append(("first", opened.snapshots[0]))
            if opened.best_step is not None:
                steps.append(("best", opened.best_step))
            steps.append(("last", opened.snapshots[-1]))
        others = [
            (str(line.folder), line.telling_name)
            for line in self._runs.lines
            if data is not None
            and line.summary.info.config.dataset == data.info.key
            and (opened is None or line.folder != opened.folder)
        ]
        self._view.set_reference_choices(tuple(steps), tuple(others[:_MOST_RUNS]))

    def _on_requested(self, key: str) -> None:
        if key == "none":
            self.clear()
        elif key == "unmuted":
            self._follow_unmuted()
        elif key == "shown":
            self._keep_shown()
        elif key in ("first", "best", "last"):
            self._take_step(key)
        else:
            self._take(Weights(run=Path(key)), partial(self._called, key))

    def _called(self, folder: str, room: int = _ROOM) -> str:
        name = next((line.name for line in self._runs.lines if str(line.folder) == folder), Path(folder).name)
        return without_middle(name, room)

    def clear(self) -> None:
        """Compare with nothing."""
        self._newest.forget()
        self._weights, self._reading, self._shown = None, Reading(), None  # model and tables are not needed any more
        self._unmuted = False
        self._view.set_reference_progress(None)
        self._view.set_reference(None, "")

    def _follow_unmuted(self) -> None:
        """Compare with the weights on the screen, whichever those are, without their muted channels."""
        self.clear()
        self._unmuted, self._name = bool(self._session.mutes), self._unmuted_name
        self._on_effect_changed(self._evaluation.effect)

    def _on_effect_changed(self, effect: Effect | None) -> None:
        if self._unmuted and effect is not None:
            self._show(effect.before)

    def _on_mutes_changed(self) -> None:
        if self._unmuted and not self._session.mutes:
            self.clear()

    def _unmuted_name(self) -> str:
        return self.tr("no channel muted")

    def _keep_shown(self) -> None:
        """Keep the weights on the screen with their muted channels, and what they predict."""
        shown = self._evaluation.evaluated
        if shown is None:
            return
        state, mutes = shown
        folder = self._folder if self._session.of_run else None
        self._take(Weights(state, mutes), partial(self._kept_name, step_of(state), folder, bool(mutes)))

    def _kept_name(self, step: int, folder: Path | None, muted: bool) -> str:
        words = self._step_name(step, folder) if step or folder else self.tr("the weights kept")
        return self.tr("{weights}, muted").format(weights=words) if muted else words

    @property
    def _folder(self) -> Path | None:
        """That of the run on the screen."""
        run = self._session.run
        return run.opened.folder if run is not None and run.opened is not None else None

    def _step_name(self, step: int, folder: Path | None) -> str:
        """Its run too, where that is not the one on the screen."""
        words = self.tr("step {step}").format(step=f"{step:,}")
        if folder is None or folder == self._folder:
            return words
        return self.tr("{step} of {run}").format(step=words, run=self._called(str(folder), _ROOM - len(words)))

    def _take_step(self, key: str) -> None:
        run = self._session.run
        opened = run.opened if run is not None else None
        if opened is None or not opened.snapshots:
            return
        best = opened.best_step if opened.best_step is not None else opened.snapshots[-1]
        step = {"first": opened.snapshots[0], "best": best, "last": opened.snapshots[-1]}[key]
        self._take(Weights(run=opened, step=step), partial(self._step_name, step, opened.folder))

    def _take(self, weights: Weights, name: Callable[[], str]) -> None:
        data = self._session.data
        if data is None:
            return
        self._newest.forget()
        self._weights, self._name, self._data, self._shown = weights, name, data, None
        self._unmuted = False
        self._view.set_reference(None, "")
        self._view.set_reference_progress(0.0)
        self._newest.ask(partial(read_reference, self._reading, weights, data, False), self._on_read)

    def _on_read(self, found: Reference) -> None:
        if self._weights is None or self._data is not self._session.data or self._data is None:
            return
        self._resolve_error()
        self._weights = replace(self._weights, state=found.state)
        goes_on = not found.table.complete and found.seconds_for_all <= PATIENCE
        self._view.set_reference_progress(0.0 if goes_on else None)
        self._show(found.table)
        if goes_on:
            self._on_all_requested()

    def _on_all_requested(self) -> None:
        """Predict every image, which the user requests where it takes long; the sample stands meanwhile."""
        if self._weights is None or self._shown is None or self._shown[0].complete or self._newest.busy:
            return
        assert self._data is not None
        self._view.set_reference_progress(0.0)
        self._newest.ask(partial(read_reference, self._reading, self._weights, self._data, True), self._on_read)

    def _on_cancel_requested(self) -> None:
        """Leave it at the sample; compare with nothing where there is none yet."""
        if self._weights is None or not self._newest.busy:
            return
        if self._shown is None:
            self.clear()
            return
        self._newest.forget()
        self._view.set_reference_progress(None)

    def _show(self, table: Confusion) -> None:
        self._shown = table, self._name()
        self._view.set_reference(*self._shown)

    def _say_again(self, _run: object = None) -> None:
        """The language has changed, a run its name, or another run is on the screen."""
        if self._shown is not None and self._shown[1] != self._name():
            self._show(self._shown[0])

    def _on_progressed(self, fraction: float) -> None:
        self._view.set_reference_progress(fraction)

    def _on_failed(self, error: UserError) -> None:
        self.clear()
        self.error.emit(error)

    def _on_data_changed(self, _data: object) -> None:
        if self._weights is not None or self._unmuted:
            self.clear()
