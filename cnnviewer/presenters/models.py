"""Models of a person's own: from a Python file after a yes, from the builder; and code that the program writes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from cnnviewer.core.errors import UserError
from cnnviewer.core.export.arrays import npz_bytes
from cnnviewer.core.export.atomic import write_atomically
from cnnviewer.core.inspection.explain.records import Explanation
from cnnviewer.core.inspection.explain.snippet import file_stem
from cnnviewer.core.models import design, own_file
from cnnviewer.core.models.design_code import to_python
from cnnviewer.core.models.registry import spec
from cnnviewer.presenters.attempts import Attempts, PathLike
from cnnviewer.presenters.choosing import ChoosingPresenter
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.views import ExplainPanel
from cnnviewer.runtime.jobs import Jobs


class ModelsPresenter(Attempts):
    """Brings models that are not in the list into it, and writes models and explanations as Python."""

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

    def classes_in(self, path: PathLike) -> tuple[str, ...]:
        """The classes of a Python file that may be models, without running it; none when it has none, which is told."""
        found: tuple[str, ...] = ()

        def work() -> bool:
            nonlocal found
            self._refuse_while_training()
            found = self._in_thread(own_file.look, Path(path))
            return True

        self._attempt(work)
        return found

    def run_model(self, path: PathLike, name: str) -> bool:
        """Run the file and use its class `name`: a person has said yes to that."""

        def work() -> bool:
            self._refuse_while_training()
            key = self._in_thread(self._agreed, Path(path), name)
            self._choosing.use_model(key)
            self.told.emit(self.tr("{name} of {file} is on the screen.").format(name=name, file=Path(path).name))
            return True

        return self._attempt(work)

    def _agreed(self, path: Path, name: str) -> str:
        """Run the file and check with one image that every layer fits, before anything else happens."""
        key = own_file.agree(path, name)
        data = self._session.data
        if data is not None:
            spec(key).build(data.info.shape, len(data.info.classes))
        return key

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
