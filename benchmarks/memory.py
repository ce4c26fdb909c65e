"""How much memory this process takes; not a number (NaN) where the system does not say."""

from __future__ import annotations

import math
import sys
from pathlib import Path


def peak_mib() -> float:
    """MiB that were in use at the most."""
    if sys.platform == "win32":
        return math.nan
    else:  # noqa: RET505 - mypy leaves out the branch of another system
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / (2**20 if sys.platform == "darwin" else 2**10)


def resident_mib() -> float:
    """MiB that are in use now."""
    if sys.platform != "linux":
        return math.nan
    else:  # noqa: RET505 - likewise
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() / 2**20
