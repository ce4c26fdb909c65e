"""What went wrong in the user's code, as one sentence with the file and the line. Free of torch."""

from __future__ import annotations

import sys
import sysconfig
import traceback
from functools import cache
from pathlib import Path
from types import TracebackType

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.own.namespace import ModuleNamespace

_LONGEST = 300  # characters of an untrusted sentence


def failure_of(error: BaseException, space: ModuleNamespace) -> UserError:
    """The sentence for what the run of a file has raised."""
    if isinstance(error, UserError):
        return error
    if isinstance(error, SyntaxError) and error.filename is not None:
        return UserError(
            "{file} is not Python that this program understands: line {line}: {reason}.",
            file=Path(error.filename).name,
            line=error.lineno,
            reason=error.msg,
        )
    file, line = place_of(error.__traceback__, space)
    if isinstance(error, ModuleNotFoundError) and error.name:
        return UserError(
            "{file} needs {package} in line {line}, which is neither installed nor beside the file.",
            file=file,
            line=line,
            package=space.plain(error.name),
        )
    if isinstance(error, SystemExit):
        return UserError(
            "{file} ends the program in line {line} ({reason}): put what only a script does under "
            'if __name__ == "__main__".',
            file=file,
            line=line,
            reason=_why_exited(error),
        )
    return UserError(
        "{file} fails when it is run, in line {line}: {reason}.",
        file=file,
        line=line,
        reason=space.plain(reason_of(error)),
    )


def place_of(trace: TracebackType | None, space: ModuleNamespace) -> tuple[str, int]:
    """The innermost place in the user's own code: the file's name and the line; line 0 where it is not known."""
    own = {str(path): path for path in space.sources}
    frames = [frame for frame in traceback.extract_tb(trace) if frame.filename in own]
    if not frames:
        return space.file.name, 0
    return own[frames[-1].filename].name, frames[-1].lineno or 0


def line_of(error: BaseException) -> tuple[str, int] | None:
    """Name and line of the file of the user's own in which `error` came about: the innermost such call.

    The user's own is whatever is neither this program, nor Python, nor an installed package. None where nothing of that
    was running, as in a backward pass.
    """
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_own(frame.filename)]
    return (Path(frames[-1].filename).name, frames[-1].lineno or 0) if frames else None


def reason_of(error: BaseException) -> str:
    """The first line of what an exception says, else its type."""
    return _cut(_first_line(error) or type(error).__name__)


def named_reason_of(error: BaseException) -> str:
    """The error as Python's last line tells it, `ValueError: …`, without the full stop; never more than a sentence."""
    kind, words = type(error).__name__, _first_line(error).partition(" Hint: ")[0]  # PyTorch's, about another mode
    return _cut(f"{kind}: {words}" if words else kind)


def _first_line(error: BaseException) -> str:
    try:
        return (str(error).strip().splitlines() or [""])[0]
    except Exception:  # the user's own kind of error: its text is code too
        return ""


def _cut(text: str) -> str:
    return (text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…").rstrip(".")


@cache
def _is_own(file: str) -> bool:
    """Whether code was written by the user: `<string>` and the like was made."""
    return not file.startswith("<") and not any(Path(file).is_relative_to(folder) for folder in _others())


def _others() -> set[Path]:
    """Where this program, Python and installed packages lie; those that compute may lie anywhere."""
    paths = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    files = [getattr(sys.modules.get(name), "__file__", None) for name in ("cnnviewer", "torch", "numpy")]
    return {Path(path) for path in paths if path} | {Path(file).parent for file in files if file}


def _why_exited(error: SystemExit) -> str:
    """What argparse asked for; else how the program was ended."""
    trace = error.__traceback__
    while trace is not None:
        frame = trace.tb_frame
        if frame.f_code.co_name == "error" and frame.f_globals.get("__name__") == "argparse":
            return str(frame.f_locals.get("message", "argparse"))
        trace = trace.tb_next
    return f"sys.exit({'' if error.code is None else repr(error.code)})"
