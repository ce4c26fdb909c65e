"""Models of a person's own: from a Python file after a yes, from the builder; and code that the program writes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cnnviewer.core.errors import UserError
from cnnviewer.core.export.arrays import npz_bytes
from cnnviewer.core.export.atomic import write_atomically
from cnnviewer.core.inspection.explain.records import Explanation
from cnnviewer.core.inspection.explain.snippet import file_stem
from cnnviewer.core.models import design
from cnnviewer.core.models.design_code import to_python
from cnnviewer.core.models.own.source import Offered, offers
from cnnviewer.core.models.own.trial import Fit, Trial
from cnnviewer.core.models.registry import spec
from cnnviewer.presenters.attempts import Attempts, PathLike
from cnnviewer.presenters.choosing import ChoosingPresenter
from cnnviewer.presenters.offers import Offer
from cnnviewer.presenters.own_models_work import TakenUp, TakingUp
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.views import ExplainPanel
from cnnviewer.presenters.words import words
from cnnviewer.runtime.jobs import Job, Jobs, sentence_of


class ModelsPresenter(Attempts):
    """Brings models that are not in the list into it, and writes models and explanations as Python.

    Signals:
        offered: an `Offer`: to cancel the run of a file.
        withdrawn: an `Offer` that no longer holds.
    """

    offered = Signal(object)
    withdrawn = Signal(object)

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        choosing: ChoosingPresenter,
        explain: ExplainPanel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(jobs, parent)
        self._session = session
        self._choosing = choosing
        self._explain = explain
        self._waiting: Trial | None = None  # for the person's yes
        self._job: Job | None = None
        self._cancel: Offer | None = None
        session.run_state_changed.connect(self._on_run_state_changed)

    # a person's file

    def offers_in(self, path: PathLike) -> tuple[Offered, ...]:
        """What of a Python file may be a model, without running it; none when it has none, which is told.

        A process is started meanwhile that will run it after a yes: it takes seconds to import PyTorch.
        """
        found: tuple[Offered, ...] = ()

        def work() -> bool:
            nonlocal found
            self._refuse_while_training()
            self._refuse_while_running()
            found = self._in_thread(offers, Path(path))
            self.set_aside()
            self._waiting = self._in_thread(Trial)
            return True

        self._attempt(work)
        return found

    def set_aside(self) -> None:
        """Nobody wants to run the file that was looked at."""
        if self._waiting is not None:
            self._waiting.close()
            self._waiting = None

    def run_model(self, path: PathLike, name: str) -> bool:
        """Run the file and use what it calls `name`: a person has said yes to that. True when it has begun."""

        def work() -> bool:
            self._refuse_while_training()
            self._refuse_while_running()
            info = self._choosing.images_for_own()
            fit = Fit(info.shape, len(info.classes)) if info is not None else None
            trial, self._waiting = self._waiting, None
            file = Path(path)
            job = self._jobs.start(TakingUp(file, name, fit, trial, larger=True))
            job.succeeded.connect(self._on_taken_up)
            job.failed.connect(self._on_run_failed)
            job.was_cancelled.connect(self._on_run_cancelled)
            self._job = job
            sentence = self.tr("Running {file} in a process of its own…").format(file=file.name)
            self._choosing.say_busy(sentence)
            self._cancel = Offer(sentence, self.tr("Cancel"), job.cancel)
            self.offered.emit(self._cancel)
            return True

        return self._attempt(work)

    def _on_taken_up(self, taken: TakenUp) -> None:
        self._end_run()

        def work() -> bool:
            self._refuse_while_training()
            self._choosing.use_model(taken.key, anew=taken.changed)
            title = spec(taken.key).info.title
            said = self.tr("{name} is on the screen.").format(name=title)
            self.told.emit(" ".join((said, *map(words, taken.notes))))
            return True

        self._attempt(work)

    def _on_run_failed(self, error: BaseException) -> None:
        self._end_run()
        self.problem.emit(sentence_of(error))

    def _on_run_cancelled(self) -> None:
        self._end_run()
        self.told.emit(self.tr("The file was stopped. Nothing of it is used."))

    def _end_run(self) -> None:
        self._job = None
        self._choosing.say_busy(None)
        if self._cancel is not None:
            offer, self._cancel = self._cancel, None
            self.withdrawn.emit(offer)

    def _on_run_state_changed(self) -> None:
        """The model that would be replaced is being trained from now on."""
        if self._session.training and self._job is not None:
            self._job.cancel()

    def _refuse_while_running(self) -> None:
        if self._job is not None:
            raise UserError("A file is still running: wait for it, or cancel it first.")

    def shut_down(self) -> None:
        """Run nothing more."""
        self.set_aside()

    # designs and code

    def use_design(self, text: str) -> bool:
        """Use a design of the builder."""

        def work() -> bool:
            self._refuse_while_training()
            self._choosing.use_model(text)
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
        """Write the explanation's code as a Python file, and beside it the numbers that it reads."""

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
        """How the file with the explanation's code is best called."""
        explanation = self._explain.explanation
        return f"{file_stem(explanation)}.py" if explanation is not None else "number.py"

    @property
    def shown_data(self) -> tuple[tuple[int, int, int], int]:
        """Shape and classes of the images that a design is for: the data set's, or the shown model's."""
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
