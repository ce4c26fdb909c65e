"""Run a user's own Python file and take its model into the list."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.models.own import own_file
from cnnviewer.core.models.registry import spec
from cnnviewer.core.models.trial.trial import Fit, Trial
from cnnviewer.runtime.job import JobContext


@dataclass(frozen=True)
class TakenUp:
    """A model that the user has allowed.

    Attributes:
        key: its registry key.
        notes: what the file's run has changed and the program has put back, in sentences.
        changed: it was known already, and its code has changed since.

    """

    key: str
    notes: tuple[UserError, ...]
    changed: bool


def run_model_file(
    path: Path, name: str, fit: Fit | None, context: JobContext, *, trial: Trial | None = None, larger: bool = False
) -> TakenUp:
    """Run a file in its own process, then, if that was harmless, in this one, and allow its model.

    Args:
        path: of the file.
        name: of the model in the file.
        fit: the images that it is built for; None: it is not built.
        context: of the job.
        trial: a process that waits for the file already.
        larger: also take a model that cannot read these images but larger ones.

    Raises:
        UserError: the file must not be run here, fails, or its model does not fit the images.
        Cancelled: the result is no longer needed; nothing of it was run in this process.
    """
    with trial or Trial() as process:
        notes = process.run(path, name, fit, context.cancelled, larger=larger)
    if context.cancelled():
        raise Cancelled
    known = own_file.known_code(path, name)
    key = own_file.agree(path, name)
    built_for = process.reads or fit
    if process.reads is not None:
        own_file.set_reads(key, process.reads.shape, process.reads.classes)
    if built_for is not None:
        spec(key).build(built_for.shape, built_for.classes)
    code = own_file.code_of(key)
    return TakenUp(key, notes, any(known.get(part, digest) != digest for part, digest in code.items()))
