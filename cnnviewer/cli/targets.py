"""Checks of the files that a command is to write: what cannot be written is refused before the work."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from cnnviewer.cli.exit_codes import RequestError, wrong
from cnnviewer.core.error_text import is_full, system_reason
from cnnviewer.core.files.atomic import check_writable
from cnnviewer.core.files.temporary import new_file


def check_runs_dir(runs_dir: Path) -> None:
    """Refuse a folder that no run can be written to. A full disk is none: a run is written when there is room again.

    Raises:
        RequestError: with the folder and the reason.
    """
    place = runs_dir.absolute()
    while not os.path.lexists(place) and place.parent != place:
        place = place.parent
    try:
        if not place.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        descriptor, name = new_file(place, ".", ".part")
        os.close(descriptor)
        os.unlink(name)
    except OSError as error:
        if not is_full(error):
            reason = system_reason(error)
            raise RequestError(
                "No run can be written to {folder}: {reason}.", folder=runs_dir, reason=reason
            ) from error


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
