"""What went wrong in a person's code, as one sentence with the file and the line. Free of torch."""

from __future__ import annotations

import traceback
from pathlib import Path
from types import TracebackType

from cnnviewer.core.errors import UserError
from cnnviewer.core.models.own.namespace import Namespace

_LONGEST = 200  # characters of somebody else's sentence


def failure_of(error: BaseException, space: Namespace) -> UserError:
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


def place_of(trace: TracebackType | None, space: Namespace) -> tuple[str, int]:
    """The innermost place in the person's own code: the file's name and the line; line 0 where it is not known."""
    own = {str(path): path for path in space.sources}
    frames = [frame for frame in traceback.extract_tb(trace) if frame.filename in own]
    if not frames:
        return space.file.name, 0
    return own[frames[-1].filename].name, frames[-1].lineno or 0


def reason_of(error: BaseException) -> str:
    """The first line of what an exception says, else its type."""
    said = str(error).strip() or type(error).__name__
    return said.splitlines()[0][:_LONGEST].rstrip(".")


def _why_exited(error: SystemExit) -> str:
    """What argparse asked for; else how the program was ended."""
    trace = error.__traceback__
    while trace is not None:
        frame = trace.tb_frame
        if frame.f_code.co_name == "error" and frame.f_globals.get("__name__") == "argparse":
            return str(frame.f_locals.get("message", "argparse"))
        trace = trace.tb_next
    return f"sys.exit({'' if error.code is None else repr(error.code)})"
