"""Whether the user's code is still what it was. Free of torch."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from cnnviewer.core.errors import UserError
from cnnviewer.core.files.ordinary_file import bytes_of
from cnnviewer.core.models.key import ModelKey
from cnnviewer.core.models.own.namespace import digest_of

_LONGEST = 16 << 20  # bytes: far more than any file of code has


class CodeChangedError(UserError):
    """A run's code is no longer what the run was trained with.

    Attributes:
        files: what has changed, as seen from the model's folder.

    """

    def __init__(self, template: str, files: tuple[str, ...], run: str, folder: Path) -> None:
        super().__init__(template, files=", ".join(files), run=run, folder=folder)
        self.files = files


def check_code(
    run: str, model: ModelKey, known: Mapping[str, str], agreed: bool, loaded: Mapping[str, str] = MappingProxyType({})
) -> tuple[str, ...]:
    """The files that are no longer what `known` says: on the disk, or as they were `loaded` in this process.

    Args:
        run: its name, for the sentence.
        model: its key; only the user's own has files.
        known: the hash of every file, by its path as seen from the model's folder; empty for what nobody has noted.
        agreed: the user wants to use the changed code.
        loaded: likewise of the code that would run, where it has been loaded already.

    Raises:
        CodeChangedError: there are some, and nobody agreed to them.
    """
    if not known or not model.is_own:
        return ()
    folder = model.own_code()[0].parent
    files = tuple(
        name
        for name, digest in sorted(known.items())
        if _digest(folder / name) != digest or loaded.get(name, digest) != digest
    )
    missing = [name for name in files if not (folder / name).is_file()]
    if missing and not agreed:
        raise CodeChangedError("The code of {run} is no longer in {folder}: {files}.", tuple(missing), run, folder)
    if files and not agreed:
        raise CodeChangedError(
            "{files} changed since {run} was trained: it is no longer the same model. Say --changed-code to use it "
            "all the same.",
            files,
            run,
            folder,
        )
    return files


def _digest(path: Path) -> str:
    """Empty where there is no such file; a run's description may name anything."""
    try:
        return digest_of(bytes_of(path)) if path.stat().st_size <= _LONGEST else ""
    except (OSError, ValueError):
        return ""
