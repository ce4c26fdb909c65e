"""Text for a terminal, a pipe or a file: failing output never ends a command, and no name controls the terminal."""

from __future__ import annotations

import errno
import io
import os
import select
import sys
import time
from typing import Final, TextIO, cast

from cnnviewer.core.plain_text import visible

_READER_GONE: Final = frozenset({errno.EPIPE, errno.EBADF, errno.ESHUTDOWN, errno.ECONNRESET})
_FULL_PIPE: Final = 0.01  # seconds until a full pipe is tried again, where nobody tells when it has room
_outlets: list[Outlet] = []
_replaced: list[TextIO] = []
"""The original streams; kept, because their files are closed when they are collected."""


class Outlet(io.RawIOBase):
    """The raw end of a stream; drops what it is given once the reader has gone or writing has failed.

    Attributes:
        problem: why something was not written although there may be a reader, such as a full disk.

    """

    def __init__(self, raw: io.RawIOBase) -> None:
        self._raw = raw
        self._gone = False
        self.problem: OSError | None = None

    def writable(self) -> bool:  # noqa: D102
        return True

    def isatty(self) -> bool:  # noqa: D102
        return self._raw.isatty()

    def fileno(self) -> int:  # noqa: D102
        return self._raw.fileno()

    def write(self, data: bytes) -> int:  # type: ignore[override] # noqa: D102
        if not self._gone:
            try:
                while (written := self._raw.write(data)) is None:  # a full pipe that does not block
                    if sys.platform == "win32":
                        time.sleep(_FULL_PIPE)  # `select` takes sockets alone there
                    else:
                        select.select((), (self._raw,), ())
                return written
            except OSError as error:
                # Windows says EINVAL of a pipe whose reader has gone
                reader_gone = error.errno in _READER_GONE or (os.name == "nt" and error.errno == errno.EINVAL)
                self._gone = True
                self.problem = None if reader_gone else error
        return len(data)


def prepare() -> None:
    """Replace the standard streams of this process by ones whose writing never fails.

    A closed descriptor is first opened on the null device: otherwise the next file would get its number, and what
    libraries print would go into that file.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number
    for number, name in ((1, "stdout"), (2, "stderr")):
        stream = getattr(sys, name)
        if stream is None:  # it was closed; its descriptor is now the null device
            stream = open(number, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        if isinstance(stream, io.TextIOWrapper):
            buffer = stream.buffer
            stream.flush()
            setattr(sys, name, safe(cast("io.RawIOBase", getattr(buffer, "raw", buffer)), stream))
            _replaced.append(stream)


def safe(raw: io.RawIOBase, like: TextIO) -> TextIO:
    """A text stream to `raw` that never fails, in the encoding of `like`; characters it lacks are escaped."""
    outlet = Outlet(raw)
    _outlets.append(outlet)
    buffer = io.BufferedWriter(outlet)  # type: ignore[type-var]
    return io.TextIOWrapper(buffer, encoding=like.encoding, errors="backslashreplace", line_buffering=True)


def why_not_written() -> OSError | None:
    """The error that kept output from being written, if there was one; a reader that has gone does not count."""
    return next((outlet.problem for outlet in _outlets if outlet.problem is not None), None)


def say(*lines: str, to: TextIO | None = None) -> None:
    """Write lines to standard output or another stream; control characters and line breaks in them are escaped."""
    print("\n".join(map(visible, lines)), file=to or sys.stdout, flush=True)
