"""How presenters carry out what is asked for: in a thread, told when it is done, a sentence when it is not."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

from PySide6.QtCore import QObject, Signal

from cnnviewer.core.errors import Cancelled
from cnnviewer.core.export.atomic import write_atomically
from cnnviewer.runtime.jobs import Jobs, sentence_of

PathLike = str | os.PathLike[str]
Result = TypeVar("Result")


class Attempts(QObject):
    """A presenter whose commands return whether they were done; a problem is told, never raised.

    Signals:
        problem: a `UserError` to tell.
        told: a sentence of good news.
    """

    problem = Signal(object)
    told = Signal(str)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs

    def _attempt(self, work: Callable[[], bool]) -> bool:
        try:
            return work()
        except Cancelled:
            return False
        except Exception as error:
            self.problem.emit(sentence_of(error))
            return False

    def _write(self, path: PathLike, data: bytes) -> bool:
        self._in_thread(write_atomically, Path(path), data)
        return self._say_written(Path(path))

    def _say_written(self, path: Path) -> bool:
        self.told.emit(self.tr("{file} is written.").format(file=path.name))
        return True

    def _in_thread(self, work: Callable[..., Result], *arguments: object) -> Result:
        result = self._jobs.wait_for(partial(work, *arguments))
        return cast("Result", result)
