"""Files that are either wholly the new ones or wholly the old ones."""

import contextlib
import errno
import os
from collections.abc import Iterable
from pathlib import Path

from cnnviewer.core.error_text import is_full, system_reason
from cnnviewer.core.errors import UserError
from cnnviewer.core.files.ordinary_file import check_replaceable
from cnnviewer.core.files.renaming import replace_file
from cnnviewer.core.files.temporary import new_file


def write_atomically(path: str | os.PathLike[str], data: bytes | Iterable[bytes], durable: bool = True) -> None:
    """Write `data` to `path` so that a crash, a full disk or a missing folder leaves the old file as it was.

    A unique temporary beside the target is written, flushed to the disk and renamed over it; then the folder
    is flushed, where the system can. Parts are written as they come. Without `durable` the disk may take its time: the
    end of the process does no harm even so, a power cut may.

    Raises:
        UserError: one sentence that names the file and says why it could not be written.
    """
    target = Path(path)
    temporary: str | None = None
    try:
        check_replaceable(target)
        handle, temporary = _temporary(target)
        with os.fdopen(handle, "wb") as file:
            for part in (data,) if isinstance(data, bytes) else data:
                file.write(part)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        replace_file(temporary, target)
        temporary = None
        if durable:
            flush_folder(target.parent)
    except OSError as error:
        raise why_not_written(error, target) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def check_writable(path: str | os.PathLike[str]) -> None:
    """Find out whether `path` can be written, before the hours of work that are to be written; nothing is left there.

    Raises:
        UserError: one sentence that names the file and says why it cannot be written.
    """
    target = Path(path)
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        with contextlib.suppress(FileNotFoundError):
            target.lstat()  # a name may be too long
        check_replaceable(target)
        handle, temporary = _temporary(target)
        os.close(handle)
        os.unlink(temporary)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not target.parent.is_dir():
            raise UserError(
                "{file} cannot be written: the folder {folder} does not exist.", file=target.name, folder=target.parent
            ) from error
        raise UserError("{file} cannot be written: {reason}.", file=target.name, reason=system_reason(error)) from error


def _temporary(target: Path) -> tuple[int, str]:
    """A new file beside `target`: its descriptor and its name, which is not too long where the target's is not.

    It has the permissions of the old file, from before its first byte, or those of any new one.
    """
    handle, path = new_file(target.parent, f".{target.name[:40]}.", ".part")
    with contextlib.suppress(OSError):
        os.chmod(path, target.stat().st_mode & 0o777)
    return handle, path


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
    if is_full(error):
        if os.path.lexists(target):
            return UserError("{file} was not written: the disk is full. The old file is unchanged.", file=target.name)
        return UserError("{file} was not written: the disk is full.", file=target.name)
    if error.errno == errno.ENOENT and not target.parent.is_dir():
        return UserError(
            "{file} was not written: the folder {folder} does not exist.", file=target.name, folder=target.parent
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return UserError(
            "{file} was not written: the folder {folder} may not be written to.",
            file=target.name,
            folder=target.parent,
        )
    return UserError("{file} was not written: {reason}.", file=target.name, reason=system_reason(error))
