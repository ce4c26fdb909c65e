"""The user's own models: from a Python file after consent, from the builder; and exported Python code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from cnnviewer.core.errors import UserError
from cnnviewer.core.export.arrays import npz_bytes
from cnnviewer.core.files.atomic import write_atomically
from cnnviewer.core.inspection.explain.records import Explanation
from cnnviewer.core.inspection.explain.snippet import file_stem
from cnnviewer.core.models import design
from cnnviewer.core.models.design_code import to_python
from cnnviewer.core.models.own.source import DefinedModel, defined_models
from cnnviewer.core.models.trial.trial import Fit, Trial
from cnnviewer.presenters.action_message import Action, ActionMessage
from cnnviewer.presenters.commands import CommandPresenter, PathLike
from cnnviewer.presenters.error_text import error_text
from cnnviewer.presenters.selection import SelectionPresenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.tasks.own_models import TakenUp, run_model_file
from cnnviewer.presenters.views import ExplainPanel
from cnnviewer.runtime.jobs import Job


class OwnModelsPresenter(CommandPresenter):
    """Adds the user's models to the list, and writes models and explanations as Python.

    Attributes:
        way_back: leads on from where a model was opened to where it is seen; the way back, None where it is seen there.

    Signals:
        taken_up: key of a model whose file was run with the user's consent: it is on the screen.
    """

    taken_up = Signal(str)

    def __init__(self, services: Services, selection: SelectionPresenter, explain: ExplainPanel) -> None:
        super().__init__(services)
        self._selection = selection
        self._explain = explain
        self.way_back: Callable[[], Action | None] = lambda: None
        self._waiting: Trial | None = None  # for the user's consent
        self._job: Job | None = None
        self._cancel: ActionMessage | None = None
        self._session.run_state_changed.connect(self._on_run_state_changed)

    # the user's file

    def models_in(self, path: PathLike) -> tuple[DefinedModel, ...]:
        """Names in a Python file that may be a model, without running it; none, with an error, when it has none.

        Meanwhile a process starts that will run the file after consent, because importing PyTorch takes seconds.
        """
        found: tuple[DefinedModel, ...] = ()

        def work() -> bool:
            nonlocal found
            self._refuse_while_busy()
            defined = self._in_thread(defined_models, Path(path))
            trial = self._in_thread(Trial, drop=Trial.close)
            try:
                self._refuse_while_busy()  # a training may have started while the file was read
            except UserError:
                trial.close()
                raise
            self.set_aside()
            self._waiting, found = trial, defined
            return True

        self._attempt(work)
        return found

    def set_aside(self) -> None:
        """The user does not want to run the file."""
        if self._waiting is not None:
            self._waiting.close()
            self._waiting = None

    def run_model(self, path: PathLike, name: str) -> bool:
        """Run the file and use its model `name`, with the user's consent. True when that has started."""

        def work() -> bool:
            self._refuse_while_busy()
            info = self._selection.images_for_own()
            fit = Fit(info.shape, len(info.classes)) if info is not None else None
            trial, self._waiting = self._waiting, None
            file = Path(path)
            job = self._job = self._jobs.run(
                partial(run_model_file, file, name, fit, trial=trial, larger=True),
                self._on_taken_up,
                self._on_run_failed,
                on_cancelled=self._on_run_cancelled,
            )
            self._cancel = ActionMessage(
                lambda: self.tr("Running {file} in a process of its own…").format(file=file.name),
                lambda: self.tr("Cancel"),
                job.cancel,
            )
            self._selection.say_busy(self._cancel.words)
            self.action_suggested.emit(self._cancel)
            return True

        return self._attempt(work)

    def _on_taken_up(self, taken: TakenUp) -> None:
        self._end_run()

        def work() -> bool:
            self._refuse_while_training()
            model = self._selection.use_model(taken.key, code_changed=taken.changed)
            words, back = partial(self._taken_up_text, model.info.title, taken.notes), self.way_back()
            if back is None:
                self.informed.emit(words)
            else:
                self.action_suggested.emit(ActionMessage(words, back.words, back.accept, passing=True))
            self.taken_up.emit(taken.key)
            return True

        self._attempt(work)

    def _taken_up_text(self, title: str, notes: Sequence[UserError]) -> str:
        return " ".join((self.tr("{name} is on the screen.").format(name=title), *map(error_text, notes)))

    def _on_run_failed(self, error: UserError) -> None:
        self._end_run()
        self.error.emit(error)

    def _on_run_cancelled(self) -> None:
        self._end_run()
        self.informed.emit(lambda: self.tr("The file was stopped. Nothing of it is used."))

    def _end_run(self) -> None:
        self._job = None
        self._selection.say_busy(None)
        if self._cancel is not None:
            offer, self._cancel = self._cancel, None
            self.action_withdrawn.emit(offer)

    def _on_run_state_changed(self) -> None:
        """Cancel the file that is running: it would replace the model being trained."""
        if self._session.training and self._job is not None:
            self._job.cancel()

    def _refuse_while_busy(self) -> None:
        self._refuse_while_training()
        if self._job is not None:
            raise UserError("A file is still running: wait for it, or cancel it first.")

    def shut_down(self) -> None:
        """Start no more files."""
        self.set_aside()
        self._jobs.end(self)

    # designs and code

    def use_design(self, text: str) -> bool:
        """Use a design of the builder."""

        def work() -> bool:
            self._refuse_while_training()
            self._selection.use_model(text)
            return True

        return self._attempt(work)

    def export_design(self, path: PathLike, text: str) -> bool:
        """Write a design as a Python file with an `nn.Module`."""

        def work() -> bool:
            target = Path(path)
            if target.suffix.lower() != ".py":
                raise UserError("{file} was not written: its name must end in .py.", file=target.name)
            shape, classes = self.shown_data
            return self._write(target, to_python(design.parse(text), shape, classes).encode())

        return self._attempt(work)

    def save_explanation(self, path: PathLike) -> bool:
        """Write the explanation's code as a Python file, and the values that it reads as `.npz` beside it."""

        def work() -> bool:
            explanation = self._explain.explanation
            if explanation is None or not explanation.snippet:
                raise UserError("There is no code to save: choose a number whose arithmetic is known.")
            target = Path(path)
            if target.suffix.lower() != ".py":
                raise UserError("{file} was not written: its name must end in .py.", file=target.name)
            self._in_thread(_write_explanation, target, explanation)
            return self._say_written(target)

        return self._attempt(work)

    @property
    def explanation_name(self) -> str:
        """A file name for the explanation's code."""
        explanation = self._explain.explanation
        return f"{file_stem(explanation)}.py" if explanation is not None else "number.py"

    @property
    def shown_data(self) -> tuple[tuple[int, int, int], int]:
        """Shape and class count of the images to design for: the data set's, else the shown model's."""
        if self._session.data is not None:
            return self._session.data.info.shape, len(self._session.data.info.classes)
        state = self._session.state
        return (state.recipe.input_shape, len(state.recipe.classes)) if state is not None else ((1, 28, 28), 10)

    def _refuse_while_training(self) -> None:
        if self._session.training:
            raise UserError("Stop the training first: it is changing the model that would be replaced.")


def _write_explanation(path: Path, explanation: Explanation) -> None:
    if explanation.tensors:
        stem = file_stem(explanation)
        write_atomically(path.parent / f"{stem}.npz", npz_bytes(dict(explanation.tensors)))
    write_atomically(path, explanation.snippet.encode())
