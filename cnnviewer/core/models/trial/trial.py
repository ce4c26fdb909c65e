"""The first run of the user's file: in a Python process of its own, which can be ended at any time. Free of torch.

The process is started early (`Trial()`), so that it has imported torch by the time the user has said yes; nothing of
the file is run before `run`. It is no fork and imports no `__main__`: how this program was started does not matter.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from cnnviewer.core.error_text import system_reason
from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.files.ordinary_file import check_ordinary

TIME_LIMIT: Final = 60.0
"""Seconds that a file, its model and a first prediction may take."""
_START_LIMIT = 300.0  # seconds for importing torch, on a slow disk
_POLL = 0.05  # seconds between two looks at Cancel
_LAST = 1.0  # seconds that the pipe of a process that has ended may still be open
_NO_WINDOW: Final[int] = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # on Windows, where a console would flash up
_PROGRAM = """
import json, sys
sys.path[:] = json.loads(sys.argv.pop())
from cnnviewer.core.models.trial.child import main
main()
"""


@dataclass(frozen=True)
class Fit:
    """The images that the model shall read.

    Attributes:
        shape: `(C, H, W)`.
        classes: how many.

    """

    shape: tuple[int, int, int]
    classes: int


class Trial:
    """A process in which one file is tried out. Owner of the process: `close` ends it, with all that it started.

    Use it as a context manager, or call `close`.

    Attributes:
        reads: the images that the model reads, where it cannot read those it was tried with.
    """

    def __init__(self) -> None:
        self._answers: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._closed = False
        self.reads: Fit | None = None
        # -P: the current folder is no place for modules; what it holds may be called torch.py
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _PROGRAM, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=_NO_WINDOW,
            start_new_session=sys.platform != "win32",  # a group of its own, ended as one
        )
        self._reader = threading.Thread(target=self._read, name="own-file-trial", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def run(
        self,
        path: Path,
        name: str,
        fit: Fit | None = None,
        cancelled: Callable[[], bool] = lambda: False,
        limit: float = TIME_LIMIT,
        larger: bool = False,
        fits: bool = True,
    ) -> tuple[UserError, ...]:
        """Run the file, build its model and look at two images; what the program has to put back, in sentences.

        Args:
            path: of the file.
            name: what of it is the model, see `own_file.agree`.
            fit: what the model is built for; None: it is not built.
            cancelled: whether nobody wants to know any more.
            limit: seconds.
            larger: also take a model that cannot read such images but larger ones; see `reads`.
            fits: refuse a model that cannot read such images; else building it only has to come to an end.

        Raises:
            UserError: it must not be run in this process, and why, with the line.
            Cancelled: `cancelled` said so; the process has ended.
        """
        try:
            check_ordinary(path)
            request = {"path": str(path.resolve()), "name": name, "limit": limit}
            if fit is not None:
                request |= {"shape": list(fit.shape), "classes": fit.classes, "larger": larger, "fits": fits}
            self._ask(request)
            answer = self._answer(path, cancelled, _START_LIMIT)
            if answer.get("ready"):
                answer = self._answer(path, cancelled, limit + 10)
        except OSError as error:
            raise UserError("{file} cannot be read: {reason}.", file=path.name, reason=system_reason(error)) from error
        finally:
            self.close()
        if "refused" in answer:
            raise _sentence(answer["refused"])
        if "reads" in answer:
            channels, height, width, classes = answer["reads"]
            self.reads = Fit((channels, height, width), classes)
        return tuple(_sentence(note) for note in answer.get("notes", ()))

    def close(self) -> None:
        """End the process, and all that it has started. Safe to call twice."""
        if self._closed:
            return
        self._closed = True
        _end_group(self._process)
        self._process.wait()
        self._reader.join(_LAST)  # a process that left its group may hold the pipe open
        unread = (self._process.stdout,) if not self._reader.is_alive() else ()  # a pipe that is read cannot be closed
        for pipe in (self._process.stdin, *unread):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, request: dict[str, Any]) -> None:
        pipe = self._process.stdin
        if pipe is None:
            return
        with suppress(OSError):  # it has ended: the answer says so
            pipe.write(json.dumps(request).encode() + b"\n")
            pipe.flush()

    def _read(self) -> None:
        pipe = self._process.stdout
        try:
            for line in pipe or ():
                self._answers.put(json.loads(line))
        except (OSError, ValueError, RecursionError):  # what it says is the file's to choose
            pass
        finally:
            self._answers.put(None)

    def _answer(self, path: Path, cancelled: Callable[[], bool], limit: float) -> dict[str, Any]:
        until = time.monotonic() + limit
        says_no_more = False  # which a file can bring about that goes on all the same
        while True:
            if cancelled():
                raise Cancelled
            try:
                if says_no_more:
                    code = self._process.wait(timeout=_POLL)
                    raise UserError(
                        "{file} ends Python itself when it is run (exit status {code}): it cannot be used here.",
                        file=path.name,
                        code=code,
                    )
                answer = self._answers.get(timeout=_POLL)
            except (queue.Empty, subprocess.TimeoutExpired):
                if time.monotonic() < until:
                    continue
                raise UserError(
                    "{file} does not come to an end: it was stopped after {seconds} seconds.",
                    file=path.name,
                    seconds=round(limit),
                ) from None
            if answer is not None:
                return answer
            says_no_more = True


def _sentence(document: dict[str, Any]) -> UserError:
    values = {
        name: _sentence(value) if isinstance(value, dict) else value for name, value in document["values"].items()
    }
    return UserError(document["template"], field=document.get("field"), **values)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(command, capture_output=True, check=False, creationflags=_NO_WINDOW)
        with suppress(OSError):
            process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):  # its own group, also where the process itself has ended
            os.killpg(process.pid, signal.SIGKILL)
