"""Import large libraries without Python's cycle collector."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Collect no cycles while libraries are imported in the block, and never visit what they have created.

    The collector visits all objects each time their number has grown by a quarter: importing PyTorch takes a sixth
    longer with it, and finds a few thousand objects of four hundred thousand.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.freeze()
            gc.enable()
