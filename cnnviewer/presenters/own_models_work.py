"""The work of taking up a model from a person's file, for a job."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.models import own_file
from cnnviewer.core.models.own.trial import Fit, Trial
from cnnviewer.core.models.registry import spec
from cnnviewer.runtime.jobs import JobContext


@dataclass(frozen=True)
class TakenUp:
    """A model that was agreed to.

    Attributes:
        key: its registry key.
        notes: what the file's run has changed and the program has put back, in sentences.
        changed: it was known already, and its code is another one by now.

    """

    key: str
    notes: tuple[UserError, ...]
    changed: bool


class TakingUp:
    """The work of running a file: in a process of its own first, and in this one where that was harmless.

    Args:
        path: of the file.
        name: what of it is the model.
        fit: the images that it is built for; None: it is not built.
        trial: a process that waits for the file already.
        larger: also take a model that cannot read these images but larger ones.
    """

    def __init__(
        self, path: Path, name: str, fit: Fit | None, trial: Trial | None = None, larger: bool = False
    ) -> None:
        self.path = path
        self.name = name
        self._fit = fit
        self._trial = trial
        self._larger = larger

    def __call__(self, context: JobContext) -> TakenUp:
        """The model.

        Raises:
            UserError: the file must not be run here, fails, or its model does not fit the images.
            Cancelled: nobody wants it any more; nothing of it was run in this process.
        """
        with self._trial or Trial() as trial:
            notes = trial.run(self.path, self.name, self._fit, context.cancelled, larger=self._larger)
        if context.cancelled():
            raise Cancelled
        known = own_file.known_code(self.path, self.name)
        key = own_file.agree(self.path, self.name)
        fit = trial.reads or self._fit
        if trial.reads is not None:
            own_file.set_reads(key, trial.reads.shape, trial.reads.classes)
        if fit is not None:
            spec(key).build(fit.shape, fit.classes)
        code = own_file.code_of(key)
        return TakenUp(key, notes, any(known.get(name, digest) != digest for name, digest in code.items()))
