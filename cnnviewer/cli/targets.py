"""Checks of the files that a command is to write: what cannot be written is refused before the work."""

from __future__ import annotations

from pathlib import Path

from cnnviewer.cli.exit_codes import RequestError, wrong
from cnnviewer.core.files.atomic import check_writable


def check_target(path: Path, *endings: str) -> None:
    """Refuse a file that cannot be written, or whose extension is none of `endings`.

    Args:
        path: of the file, or of a folder where `endings` has an empty one.
        endings: the allowed extensions, with their dot; none given: any.

    Raises:
        RequestError: with the file's name and the reason.
    """
    if endings and path.suffix.lower() not in endings:
        names = " or ".join(ending or "nothing, a folder" for ending in endings)
        raise RequestError("{file} cannot be written: its name must end in {endings}.", file=path.name, endings=names)
    if path.suffix or "" not in endings:
        wrong(check_writable, path)
    elif path.is_file():
        raise RequestError("{file} is a file, and a folder is to be written.", file=path.name)
    else:
        wrong(check_writable, (path if path.is_dir() else path.parent) / "x")
