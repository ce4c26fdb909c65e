"""Files that are either wholly the new ones or wholly the old ones."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from cnnviewer.core.errors import UserError


def write_atomically(path: str | os.PathLike[str], data: bytes, durable: bool = True) -> None:
    """Write `data` to `path` so that a crash, a full disk or a missing folder leaves the old file as it was.

    A unique temporary beside the target is written, flushed to the disk and renamed over it; then the folder
    is flushed, where the system can. Without `durable` the disk may take its time: the end of the process does no
    harm even so, a power cut may.

    Raises:
        UserError: one sentence that names the file and says why it could not be written.
    """
    target = Path(path)
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.chmod(temporary, _mode_of(target))
        os.replace(temporary, target)
        temporary = None
        if durable:
            flush_folder(target.parent)
    except OSError as error:
        raise why_not_written(error, target) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def _mode_of(target: Path) -> int:
    """The old file's permissions, or those a new file would have had (mkstemp's are private)."""
    try:
        return target.stat().st_mode & 0o777
    except OSError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask


def flush_folder(folder: Path) -> None:
    """Come back when the disk has the names in `folder` as they are; where the system can."""
    if os.name == "nt":  # Windows cannot open a folder; its rename is journalled
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def why_not_written(error: OSError, target: Path) -> UserError:
    """What the system said about a file that could not be written, as a sentence."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UserError("{file} was not written: the disk is full. The old file is unchanged.", file=target.name)
    if error.errno == errno.ENOENT:
        return UserError(
            "{file} was not written: the folder {folder} does not exist.", file=target.name, folder=target.parent
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return UserError(
            "{file} was not written: the folder {folder} may not be written to.",
            file=target.name,
            folder=target.parent,
        )
    return UserError(
        "{file} was not written: {reason}.", file=target.name, reason=(error.strerror or str(error)).lower()
    )
