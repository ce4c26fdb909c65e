"""How slow work on data reports how far it is, and learns that nobody waits for it any more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cnnviewer.core.errors import Cancelled


def _unheard(_fraction: float) -> None: ...


def _never() -> bool:
    return False


@dataclass(frozen=True)
class ProgressReport:
    """Watches a piece of work.

    Attributes:
        progress: hears how much is done, 0 to 1.
        cancelled: asked at every step; true stops the work.

    """

    progress: Callable[[float], None] = _unheard
    cancelled: Callable[[], bool] = _never

    def at(self, fraction: float) -> None:
        """Report `fraction`, 0 to 1.

        Raises:
            Cancelled: the watcher does not want the result any more.
        """
        if self.cancelled():
            raise Cancelled
        self.progress(min(max(fraction, 0.0), 1.0))

    def part(self, start: float, stop: float) -> ProgressReport:
        """The watcher of a piece of the work that runs from `start` to `stop` of the whole."""
        return ProgressReport(lambda fraction: self.progress(start + (stop - start) * fraction), self.cancelled)


NOBODY = ProgressReport()
