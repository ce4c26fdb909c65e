"""The process in which the user's file is run for the first time: the other end of `trial.Trial`.

It answers on its standard output in lines of JSON: `{"ready": true}`, then `{"notes": [...]}` or `{"refused": ...}`.
"""

from __future__ import annotations

import ast
import atexit
import builtins
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, TextIO

import torch

from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.errors import UserError
from cnnviewer.core.models.own import own_file
from cnnviewer.core.models.own.process_state import AT_EXIT, SEED, STATE, readings
from cnnviewer.core.models.recognising import larger_input, usual_data

_LINE = "__cnnviewer_line__"


class Refused(BaseException):
    """The file does what it must not do inside the program. No `Exception`: the file's own handlers let it through."""

    def __init__(self, sentence: UserError) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class ChildWatch:
    """Sees what the file does while it is run: which line changes the program's state, and what is not for a model.

    Attributes:
        refusal: the first thing for which the file is refused.
        notes: what is put back after the run, in sentences.

    """

    def __init__(self) -> None:
        self.refusal: UserError | None = None
        self.notes: list[UserError] = []
        self._sources: set[str] = set()
        self._state: list[Any] = []
        self._seed = self._modules = 0
        self._running = False
        self._threads: list[tuple[threading.Thread, UserError]] = []

    def begin(self) -> None:
        """From now on everything is watched; the file is run next."""
        self._put_up_fences()
        vars(builtins)[_LINE] = self._on_line
        self._running = True

    def end_of_file(self) -> None:
        """The file has been run; its model is built next."""
        self._running = False
        for thread, sentence in self._threads:
            if thread.is_alive():
                self.refuse(sentence)

    def refuse(self, sentence: UserError) -> None:
        """Remember why; the file's own code may swallow the exception."""
        if self.refusal is None:
            self.refusal = sentence

    def instrument(self, tree: ast.Module, path: Path) -> ast.Module:
        """Tell `_on_line` of every statement of a module that has been run."""
        self._sources.add(str(path))
        if not self._state:  # after everything that the program itself sets up around the run
            self._state, self._seed, self._modules = readings(), torch.initial_seed(), len(sys.modules)
        tree.body = _with_marks(tree.body, path)
        return ast.fix_missing_locations(tree)

    def line_of(self, frame: FrameType | None) -> tuple[str, int]:
        """The innermost place in the file or its neighbours; line 0 where there is none."""
        while frame is not None:
            if frame.f_code.co_filename in self._sources:
                return Path(frame.f_code.co_filename).name, frame.f_lineno
            frame = frame.f_back
        return "", 0

    def _on_line(self, path: str, line: int, imports: bool) -> None:
        if not self._running:
            return
        state, seed, modules = readings(), torch.initial_seed(), len(sys.modules)
        imports = imports or modules > self._modules
        changed = [
            kept.words
            for kept, old, new in zip(STATE, self._state, state, strict=True)
            if old != new and not (kept.by_imports and imports)  # a package's own settings are its business
        ]
        changed += [SEED] if seed != self._seed else []
        self._state, self._seed, self._modules = state, seed, modules
        self.notes += [_put_back(path, line, words) for words in changed]
        self._watch_plots()

    def _put_up_fences(self) -> None:
        """Replace what ends, stops or outlives the run of a file. This process is there for that file alone."""
        for name in ("_exit", "abort"):
            vars(os)[name] = self._fence(getattr(os, name), _ends)
        vars(signal)["signal"] = self._fence(signal.signal, _handles_signals)
        for owner in (torch.Tensor, torch.autograd):
            setattr(owner, "backward", self._fence(getattr(owner, "backward"), _trains))  # noqa: B009, B010 - either
        started = threading.Thread.start

        def start(thread: threading.Thread) -> None:
            file, line = self._caller(sys._getframe(1))
            if line and self._running:
                sentence = UserError(
                    "{file} starts a thread in line {line} that goes on after it: put that under "
                    'if __name__ == "__main__".',
                    file=file,
                    line=line,
                )
                self._threads.append((thread, sentence))
            started(thread)

        setattr(threading.Thread, "start", start)  # noqa: B010 - mypy: a method is not assigned to
        register = atexit.register

        def at_exit(function: Any, *values: Any, **named: Any) -> Any:
            file, line = self._caller(sys._getframe(1))
            if line and self._running:
                self.notes.append(_put_back(file, line, AT_EXIT))
            return register(function, *values, **named)

        vars(atexit)["register"] = at_exit

    def _fence(self, usual: Callable[..., Any], why: Callable[[str, int], UserError]) -> Callable[..., Any]:
        def fence(*values: Any, **named: Any) -> Any:
            file, line = self.line_of(sys._getframe(1))
            if not line or not self._running:
                return usual(*values, **named)
            sentence = why(file, line)
            self.refuse(sentence)
            raise Refused(sentence)

        return fence

    def _caller(self, frame: FrameType | None) -> tuple[str, int]:
        """The place in the file that asks for something by itself or through the standard library; else line 0."""
        while frame is not None and frame.f_code.co_filename not in self._sources:
            top = str(frame.f_globals.get("__name__", "")).partition(".")[0]
            if top not in sys.stdlib_module_names and top != "cnnviewer":
                return "", 0
            frame = frame.f_back
        return self.line_of(frame)

    def _watch_plots(self) -> None:
        plots = sys.modules.get("matplotlib.pyplot")
        if plots is None or getattr(plots, _LINE, None):
            return

        def show(*_values: Any, **_named: Any) -> None:
            file, line = self.line_of(sys._getframe(1))
            if self._running:
                self.notes.append(
                    UserError("{file} shows a plot in line {line}: its window is left out.", file=file, line=line)
                )

        vars(plots).update({"show": show, _LINE: True})


def main() -> None:
    """Serve one request from standard input; the process is ended by whoever started it, or when that is gone."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115 - for as long as the process lives
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    _say(answers, {"ready": True})
    line = requests.readline()
    if not line:
        return
    exit_now = os._exit  # the real one: the file gets another

    def end_with_parent() -> None:
        requests.read()
        if sys.platform != "win32":
            os.killpg(0, signal.SIGKILL)
        exit_now(1)

    threading.Thread(target=end_with_parent, daemon=True).start()
    _say(answers, tried(json.loads(line)))
    exit_now(0)


def tried(request: dict[str, Any]) -> dict[str, Any]:
    """Run the request in a thread, as the window does; this one sees how long it takes."""
    path = Path(request["path"])
    watch = ChildWatch()
    answer: dict[str, Any] = {}

    def work() -> None:
        try:
            answer.update(_try(request, path, watch))
        except UserError as error:
            watch.refuse(error)
        except Refused as error:
            watch.refuse(error.sentence)
        except BaseException as error:  # nothing may be lost: whoever waits has to hear of it
            said = "".join(traceback.format_exception_only(error)).strip()
            watch.refuse(UserError("{file} cannot be tried out: {reason}.", file=path.name, reason=said))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(request["limit"])
    if thread.is_alive():
        file, line = watch.line_of(sys._current_frames().get(thread.ident or 0))
        where = UserError("line {line} of {file}", line=line, file=file) if line else path.name
        sentence = UserError(
            "{file} does not come to an end: after {seconds} seconds it is still in {place}.",
            file=path.name,
            seconds=f"{request['limit']:g}",
            place=where,
        )
        return {"refused": _document(sentence)}
    if watch.refusal is not None:
        return {"refused": _document(watch.refusal)}
    answer["notes"] = [_document(note) for note in watch.notes[:20]]
    return answer


def _try(request: dict[str, Any], path: Path, watch: ChildWatch) -> dict[str, Any]:
    watch.begin()
    key = own_file.agree(path, request["name"], watch.instrument)
    watch.end_of_file()
    if watch.refusal is None and "shape" in request:
        channels, height, width = request["shape"]
        try:
            own_file.agreed(key).build((channels, height, width), request["classes"])
        except UserError as error:
            if not request.get("fits", True):
                return {}
            found = larger_input(key, (channels, height, width), request["classes"]) if request.get("larger") else None
            if found is None:
                if data := usual_data(key, (channels, height, width), request["classes"]):
                    raise _for_other_data(error, data) from error
                raise
            own_file.agreed(key).build(*found)
            return {"reads": [*found[0], found[1]]}
    return {}


def _for_other_data(error: UserError, data: DataInfo) -> UserError:
    """What does not fit, and what the user can do about it."""
    return UserError(
        "{problem} It reads images of {size}: choose a data set with such images, such as {data}, and open it again.",
        problem=error,
        size="×".join(map(str, data.shape)),
        data=data.title,
    )


def _with_marks(body: list[ast.stmt], path: Path) -> list[ast.stmt]:
    """A block with a call of `_LINE` behind every statement, in the blocks of conditions too."""
    marked: list[ast.stmt] = []
    for node in body:
        if isinstance(node, (ast.If, ast.Try, ast.With)):
            for field in ("body", "orelse", "finalbody"):
                if getattr(node, field, None):
                    setattr(node, field, _with_marks(getattr(node, field), path))
        marked.append(node)
        future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
        if not future and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            imports = isinstance(node, (ast.Import, ast.ImportFrom))
            values = [ast.Constant(path.name), ast.Constant(node.lineno), ast.Constant(imports)]
            mark = ast.Expr(ast.Call(ast.Name(_LINE, ast.Load()), list(values), []))
            marked.append(ast.copy_location(mark, node))
    return marked


def _ends(file: str, line: int) -> UserError:
    return UserError("{file} ends Python itself in line {line}: it cannot be used here.", file=file, line=line)


def _handles_signals(file: str, line: int) -> UserError:
    return UserError(
        "{file} changes what signals do in line {line}: that is the program's own matter.", file=file, line=line
    )


def _trains(file: str, line: int) -> UserError:
    return UserError(
        '{file} trains in line {line} while it is opened: put what only a script does under if __name__ == "__main__".',
        file=file,
        line=line,
    )


def _put_back(file: str, line: int, words: UserError) -> UserError:
    return UserError("{file} changes {what} in line {line}; it was put back.", file=file, line=line, what=words)


def _document(error: UserError) -> dict[str, Any]:
    values = {
        name: _document(value) if isinstance(value, UserError) else value if isinstance(value, int) else str(value)
        for name, value in error.values.items()
    }
    return {"template": error.template, "values": values, "field": error.field}


def _say(answers: TextIO, document: dict[str, Any]) -> None:
    answers.write(json.dumps(document) + "\n")
    answers.flush()
