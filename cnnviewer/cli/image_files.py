"""The image files that the user names: files, folders, and patterns that no shell has expanded."""

from __future__ import annotations

import glob
from collections.abc import Iterable
from pathlib import Path

from cnnviewer.cli.exit_codes import RequestError
from cnnviewer.core.error_text import system_reason


def files_of(given: Path) -> list[Path]:
    """The file itself, the images in a folder sorted by name, or the files that a pattern such as `*.png` matches.

    Windows' cmd.exe passes patterns on unexpanded.

    Raises:
        RequestError: the folder cannot be read or holds no images, or nothing matches.
    """
    from cnnviewer.core.data.folder_listing import ENDINGS

    if given.is_dir():
        try:
            found = sorted(path for path in given.iterdir() if path.suffix.lower() in ENDINGS)
        except OSError as error:
            raise RequestError(
                "{folder} cannot be read: {reason}.", folder=given, reason=system_reason(error)
            ) from error
        if not found:
            raise RequestError("{folder} is a folder that holds no images.", folder=given)
        return [path for path in found if not path.name.startswith(".")]
    if glob.has_magic(str(given)) and not given.exists():
        matching = sorted(Path(name) for name in glob.glob(str(given), recursive=True))
        if not matching:
            raise RequestError("No file matches {pattern}.", pattern=given)
        return [path for path in matching if path.is_file()]
    return [given]


def all_files(given: Iterable[Path]) -> list[Path]:
    """The files of all names, in their order.

    Raises:
        RequestError: as `files_of`.
    """
    return [path for one in given for path in files_of(one)]
