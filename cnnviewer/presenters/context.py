"""What is on the screen, for the context chip; and what its popover offers to choose instead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale, QTimer, Signal

from cnnviewer.core.context import Choice, Choices, Context, WeightsKind
from cnnviewer.core.data.info import DataSource
from cnnviewer.core.models import pretrained
from cnnviewer.core.models.key import ModelKey
from cnnviewer.core.models.recipe import ModelInfo
from cnnviewer.core.models.registry import MODELS
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.plain_text import short, visible
from cnnviewer.core.runs.format.created import local
from cnnviewer.core.runs.read.summary import RunLine
from cnnviewer.presenters.action_message import ActionMessage
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.resolve import fits
from cnnviewer.presenters.run_names import data_title, short_names, start_text, usual_name
from cnnviewer.presenters.runs import RunsPresenter
from cnnviewer.presenters.selection import SelectionPresenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.tasks.selection import draw_weights
from cnnviewer.presenters.views import ContextView

STEP_MS: Final = 250
"""Milliseconds between two steps of a training that are said: painting more often would cost the training time."""
MOST_RUNS: Final = 50
"""Runs that are offered, the newest first; the list of runs has all of them."""


@dataclass(frozen=True)
class Shown:
    """What decides the words of the context chip.

    Attributes:
        state: the weights on the screen.
        model: display title of their model.
        data: display title of the data set chosen.
        data_key: its key.
        loaded: whether its images are there, or on their way.
        bundled: whether the weights came with the program.
        run: the visible name of the run that the weights belong to; None where they are no run's.
        earlier_step: the step of the run that was chosen; None: its newest weights.
        learning: whether the weights are those of the training under way.
        training: whether one is under way.
        paused: whether it waits.
        muted: how many channels are muted.
        start: which layers of the run are frozen, and with which weights it began.

    """

    state: ModelState
    model: str
    data: str
    data_key: str = ""
    loaded: bool = True
    bundled: bool = False
    run: str | None = None
    earlier_step: int | None = None
    learning: bool = False
    training: bool = False
    paused: bool = False
    muted: int = 0
    start: str = ""


def context_of(shown: Shown) -> Context:
    """What the chip says."""
    kind, recipe, facts = _kind_of(shown), shown.state.recipe, shown.state.provenance
    start = shown.start if kind in ("run", "training") else ""
    context = Context(shown.model, shown.data, kind, loaded=shown.loaded, muted=shown.muted, start=start)
    learns = kind not in ("untrained", "imagenet") and (kind != "file" or not facts.get("untrained"))
    if learns and recipe.dataset not in ("", shown.data_key):
        learned = data_title(recipe.data_key)
        context = replace(context, learned="" if learned == shown.data else learned)  # a folder that was moved
    step = int(facts["step"]) if "step" in facts else None
    match kind:
        case "bundled":
            own = recipe.dataset == shown.data_key  # the accuracy is that of these images and of the weights alone
            known = "test_accuracy" in facts and own and not shown.muted
            return replace(context, accuracy=float(facts["test_accuracy"]) if known else None)
        case "file":
            return replace(context, name=visible(shown.state.file))
        case "run" if shown.earlier_step is not None:
            context = replace(context, name=shown.run or "", step=shown.earlier_step, newest=False)
            return replace(context, training=shown.training, paused=shown.paused)
        case "run":
            return replace(context, name=shown.run or "", step=step)
        case "training" | "trained":
            return replace(context, step=step, paused=shown.paused)
    return context


def _kind_of(shown: Shown) -> WeightsKind:
    state = shown.state
    if shown.learning:
        return "training"
    if shown.earlier_step is not None:
        return "run"
    if state.file:
        return "imagenet" if pretrained.is_file(state.recipe.model, state.file) else "file"
    if shown.bundled:
        return "bundled"
    if state.provenance.get("untrained"):
        return "untrained"
    return "run" if shown.run is not None else "trained"


class ContextPresenter(Presenter):
    """Says on the context chip what is on the screen, and fills the choices of its popover when it opens.

    A run that is chosen is opened by `OpenRunPresenter`; what else is chosen goes through `SelectionPresenter`.

    Signals:
        said: what is on the screen is said anew.
        consent_requested: ask whether this Python file may run, and what of it is the model.
        step_said: the step of the training under way that is said now: every part of the window names this one.

    Attributes:
        context: what the chip says; None before there are weights.
    """

    said = Signal()
    consent_requested = Signal(object, str)
    step_said = Signal(int)

    def __init__(
        self, services: Services, selection: SelectionPresenter, runs: RunsPresenter, view: ContextView
    ) -> None:
        super().__init__(services)
        self._selection = selection
        self._runs = runs
        self._view = view
        self._name = self._start = ""
        self._named: tuple[object, ...] | None = None  # what the name was made from
        self._offering = False  # the choices were opened
        self.context: Context | None = None
        self._step_timer = QTimer(self)
        self._step_timer.setSingleShot(True)
        self._step_timer.setInterval(STEP_MS)
        self._step_timer.timeout.connect(self.refresh)
        session = self._session
        for changed in (session.run_changed, session.run_grew, session.listed_changed):
            changed.connect(self._on_run_changed)
        for changed in (
            session.state_changed,
            session.data_changed,
            session.run_state_changed,
            session.shown_step_changed,
            session.choice_changed,
            session.mutes_changed,
        ):
            changed.connect(self.refresh)
        for changed in (session.run_state_changed, session.data_changed, runs.listed):
            changed.connect(self._on_choices_changed)
        selection.busy_changed.connect(view.set_busy)
        view.opened.connect(self._on_opened)
        view.language_changed.connect(self._on_language_changed)
        view.model_chosen.connect(self._on_model_chosen)
        view.data_chosen.connect(self._on_data_chosen)
        view.weights_chosen.connect(self.choose_weights)

    # what is on the screen

    def refresh(self, _changed: object = None) -> None:
        """Say what is on the screen now."""
        state = self._session.shown
        if state is None:
            return
        context = context_of(self._shown(state))
        if context == self.context:
            return
        if self.context is not None and replace(context, step=None) == replace(self.context, step=None):
            if context.kind == "training" and self._step_timer.isActive():
                return  # the step will be said when the timer ends
            self._step_timer.start()
        self.context = context
        self._view.set_context(context)
        if context.kind == "training" and context.step is not None:
            self.step_said.emit(context.step)
        self.said.emit()

    def _shown(self, state: ModelState) -> Shown:
        session, selection = self._session, self._selection
        data = session.data  # while another one is loaded: that which the weights on the screen read
        key = data.info.data_key if data is not None else selection.config.data_key
        return Shown(
            state=state,
            model=selection.offered.title_of(state.recipe.model_key),
            data=visible(data.info.title) if data is not None else data_title(key),
            data_key=str(key),
            loaded=data is not None or session.loading,
            bundled=selection.offered.is_bundled(state),
            run=self._name if session.of_run else None,
            earlier_step=session.shown_step if session.of_run else None,
            learning=session.learning,
            training=session.training,
            paused=session.run_state == "paused",
            muted=len(session.mutes),
            start=self._start,
        )

    def _on_run_changed(self, _changed: object = None) -> None:
        """Name the run anew: its notes, or the runs that it is told apart from, are others."""
        run = self._session.run
        known = None if run is None else run.opened or run.recording
        if known is None:
            self._name, self._start, self._named = "", "", None
        elif (made_from := (known.info, known.notes, self._session.listed)) != self._named:
            name = short_names([(known.info, known.notes)], self._session.listed, self._session.names_given)[0]
            self._name = "" if name == usual_name(known.info.config) else short(name)
            self._start = start_text(known.info, 60)
            self._named = made_from
        self.refresh()

    # what can be chosen

    def _on_opened(self) -> None:
        self._offering = True
        self._on_choices_changed()
        self._runs.refresh()

    def _on_choices_changed(self, _changed: object = None) -> None:
        if self._offering:
            self._view.set_choices(self.choices())

    def _on_language_changed(self) -> None:
        """Say everything again, the names of runs included: titles of data sets and of settings are words."""
        self._named = None
        self._session.listed_changed.emit()
        self._on_choices_changed()
        self._runs.refresh()

    def choices(self) -> Choices:
        """All that can be chosen now."""
        locked = ""
        if self._session.training:
            locked = self.tr("A training is under way: stop it to choose another model, data set or weights.")
        return Choices(
            models=(
                *(self._model_choice(info, locked) for info in self._selection.offered.models),
                *(self._closed_choice(key, locked) for key in self._selection.offered.closed_models),
            ),
            data=tuple(self._data_choice(source, locked) for source in self._selection.offered.sources),
            weights=(*self._weights_choices(locked), *self._run_choices(locked)),
            locked=locked,
        )

    def _model_choice(self, info: ModelInfo, locked: str) -> Choice:
        detail = self._shape_text(info.input_shape) if info.key in MODELS else self.tr("your own")
        return Choice(info.key, info.title, detail, info.key == self._selection.config.model, locked)

    def _closed_choice(self, key: ModelKey, locked: str) -> Choice:
        """A model of the user's own whose file has not run yet."""
        title = visible(f"{key.text} ({Path(key.path).name})")
        return Choice(str(key), title, self.tr("your own; asks before its file runs"), why=locked)

    def _data_choice(self, source: DataSource, locked: str) -> Choice:
        path = source.data_key.path
        if source.availability == "missing":
            size = QLocale().formattedDataSize(source.download_bytes, 0)
            detail = self.tr("download, {size}").format(size=size)
        elif path is not None:
            detail = visible(str(path))
        else:
            detail = self._shape_text(source.shape) if source.shape is not None else ""
        chosen = source.key == self._selection.config.dataset
        return Choice(source.key, data_title(source.data_key), detail, chosen, locked)

    def _shape_text(self, shape: tuple[int, int, int]) -> str:
        template = self.tr("{height}×{width}, grey") if shape[0] == 1 else self.tr("{height}×{width}, colour")
        return template.format(height=shape[1], width=shape[2])

    def _weights_choices(self, locked: str) -> tuple[Choice, ...]:
        """The weights of the chosen model that are no run's."""
        model, data = self._selection.model, self._session.data
        info = data.info if data is not None else None
        kind = self.context.kind if self.context is not None else ""
        found = []
        if kind == "file" and self.context is not None:
            found.append(Choice("file", self.context.name, self.tr("opened from a file"), chosen=True, why=locked))
        bundled = self._selection.bundled_of(model)
        if bundled is not None:
            why = "" if fits(bundled, model, info) else self.tr("They know other images or other classes.")
            detail = self.tr("trained on {data}").format(data=data_title(bundled.recipe.data_key))
            found.append(Choice("bundled", self.tr("Bundled weights"), detail, kind == "bundled", locked or why))
        if pretrained.find(model.info.key, self._settings.data_dir) is not None:
            why = locked or ("" if data is not None else self._no_data)
            found.append(Choice("imagenet", self.tr("Trained on ImageNet"), "torchvision", kind == "imagenet", why))
        why = locked or ("" if data is not None else self._no_data)
        found.append(Choice("untrained", self.tr("Untrained"), self.tr("new random weights"), kind == "untrained", why))
        return tuple(found)

    @property
    def _no_data(self) -> str:
        return self.tr("Choose a data set first: the network is built for its images.")

    def _run_choices(self, locked: str) -> tuple[Choice, ...]:
        run = self._session.run
        shown = run.opened.folder if run is not None and run.opened is not None else None
        of_run = self.context is not None and self.context.kind in ("run", "training")
        return tuple(
            Choice(
                str(line.folder), self._run_title(line), self._run_detail(line), of_run and line.folder == shown, locked
            )
            for line in self._runs.lines[:MOST_RUNS]
        )

    def _run_title(self, line: RunLine) -> str:
        """Its name, with model and data set where these are not the ones on the screen."""
        config, chosen = line.summary.info.config, self._selection.config
        usual = usual_name(config)
        foreign = (config.model, config.dataset) != (chosen.model, chosen.dataset)
        return f"{line.telling_name} · {usual}" if foreign and usual not in line.telling_name else line.telling_name

    def _run_detail(self, line: RunLine) -> str:
        summary = line.summary
        parts = [self.tr("{percent} %").format(percent=f"{100 * summary.accuracy:.2f}")] if summary.accuracy else []
        if summary.state == "running":
            parts.append(self.tr("paused") if line.paused else self.tr("training now"))
        day, _, time = local(summary.info.created)[:16].partition(" ")
        when = " ".join(part for part in (day, time) if part not in line.telling_name)  # which may say it already
        return " · ".join(filter(None, (*parts, when)))

    # what is chosen

    def _on_model_chosen(self, key: str) -> None:
        closed = next((each for each in self._selection.offered.closed_models if str(each) == key), None)
        if closed is not None:
            self.consent_requested.emit(Path(closed.path), closed.text)
            return
        if key != self._selection.config.model or self._selection.refusal is not None:
            self._selection.choose(key)

    def _on_data_chosen(self, key: str) -> None:
        selection = self._selection
        chosen = selection.config
        same = key == chosen.dataset and self._session.data is not None
        if same and selection.refusal is None and not chosen.data_key.is_own:  # a folder may have grown
            return
        if not selection.choose_data(key):
            return
        source = next((each for each in selection.offered.sources if each.key == key), None)
        if source is not None and source.availability == "missing":
            self._suggest(
                ActionMessage(
                    partial(self._missing_text, source),
                    lambda: self.tr("Download"),
                    partial(selection.downloads.download, key),
                    elsewhere=True,
                )
            )

    def _missing_text(self, source: DataSource) -> str:
        return self.tr("{title} is not on this computer. Download: {size}. Licence: {licence}.").format(
            title=data_title(source.data_key),
            size=QLocale().formattedDataSize(source.download_bytes, 0),
            licence=source.licence,
        )

    def choose_weights(self, kind: str) -> None:
        """Show the weights that a row of the popover offers: `bundled`, `imagenet` or `untrained`."""
        selection, data = self._selection, self._session.data
        bundled = selection.bundled_of(selection.model)
        if self._session.training:
            return  # the popover offers nothing meanwhile
        if kind == "bundled" and bundled is not None:
            selection.show_weights(bundled)
        elif kind == "imagenet":
            selection.read_large_weights()
        elif kind == "untrained" and data is not None:
            self._jobs.run(
                partial(draw_weights, selection.model, data.info), self._on_drawn, self.error.emit, latest="weights"
            )

    def show_again(self, state: ModelState) -> None:
        """Show weights that were on the screen before."""
        if not self._session.training:
            self._selection.show_weights(state)

    def _on_drawn(self, state: ModelState) -> None:
        """Show new random weights, unless another model or data set was chosen meanwhile."""
        data, model = self._session.data, self._selection.model
        if not self._session.training and data is not None and fits(state, model, data.info):
            self._selection.show_weights(state)

    def shut_down(self) -> None:
        """Draw no more weights."""
        self._step_timer.stop()
        self._jobs.end(self)
