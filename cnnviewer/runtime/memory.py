"""How the C library hands out memory, for threads that allocate much."""

from __future__ import annotations

import ctypes
import sys

_M_ARENA_MAX = -8  # malloc.h


def share_one_arena() -> None:
    """Let every thread allocate where the main thread does; call it before threads are made.

    glibc gives a thread an arena of its own, whose top it returns to the system and asks back again with every large
    tensor: measured, LeNet trains 10 % slower in a thread than in the main thread, and as fast with one arena.
    Does nothing where the C library is another.
    """
    if sys.platform != "linux":
        return
    try:
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
    except (OSError, AttributeError):  # musl has no mallopt
        return
