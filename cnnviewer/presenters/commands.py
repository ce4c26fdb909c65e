"""The base of presenters with commands: work runs in a thread, success and errors are reported to the user."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from cnnviewer.core.errors import Cancelled, UserError, without_frames
from cnnviewer.core.export.picture_text import why_boxes
from cnnviewer.core.files.atomic import write_atomically
from cnnviewer.presenters.error_text import error_text
from cnnviewer.presenters.presenter import Presenter
from cnnviewer.presenters.services import Services
from cnnviewer.runtime.jobs import sentence_of

PathLike = str | os.PathLike[str]
Result = TypeVar("Result")


class CommandPresenter(Presenter):
    """A presenter whose commands return whether they were done; an error is reported, never raised."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._refusal: UserError | None = None
        self._asked: Counter[str] = Counter()  # how often `_newest` was asked for each kind

    def refuse(self, error: UserError) -> None:
        """Report why a command was not carried out."""
        self._refusal = without_frames(error)
        self.error.emit(error)

    def _attempt(self, work: Callable[[], bool]) -> bool:
        try:
            done = work()
        except Cancelled:
            return False
        except Exception as error:
            self.refuse(sentence_of(error))
            return False
        if done:
            self._withdraw_refusal()
        return done

    def _withdraw_refusal(self) -> None:
        """Withdraw the error of an earlier command, now that a later one has succeeded."""
        if self._refusal is not None:
            refusal, self._refusal = self._refusal, None
            self.error_resolved.emit(refusal)

    def _write(self, path: PathLike, data: bytes | Iterable[bytes], shown: Sequence[str] = ()) -> bool:
        """Write a file. `shown`: texts in a picture; warn where no installed font has their letters."""
        self._in_thread(write_atomically, Path(path), data)
        why = self._in_thread(why_boxes, shown) if shown and Path(path).suffix.lower() != ".svg" else None
        return self._say_written(Path(path), *([why] if why is not None else []))

    def _say_written(self, path: Path, *notes: UserError) -> bool:
        def sentence() -> str:
            return " ".join((self.tr("{file} is written.").format(file=path.name), *map(error_text, notes)))

        self.written.emit(sentence, path.absolute())
        return True

    def _in_thread(
        self, work: Callable[..., Result], *arguments: object, drop: Callable[[Result], object] | None = None
    ) -> Result:
        """Run `work` in a thread while the window stays responsive.

        The user can do anything meanwhile, such as start a training: check again afterwards what was checked before.

        Args:
            work: the function to call with `arguments`.
            arguments: of `work`.
            drop: releases a result that is not used, see `Jobs.wait_for`.

        Raises:
            Cancelled: the program is being closed.
        """
        return self._jobs.wait_for(partial(work, *arguments), drop)

    def _newest(self, kind: str, work: Callable[..., Result], *arguments: object) -> Result:
        """Like `_in_thread`, for work where only the newest of a kind counts: the file chosen last is shown.

        Raises:
            Cancelled: newer work of this kind was requested meanwhile, or the program is being closed.
        """
        self._asked[kind] += 1
        number = self._asked[kind]
        result = self._in_thread(work, *arguments)
        if self._asked[kind] != number:
            raise Cancelled
        return result
