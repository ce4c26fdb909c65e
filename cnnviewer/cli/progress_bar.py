"""How far a command of the command line is."""

from __future__ import annotations

import sys
from typing import Any, TextIO

from cnnviewer.core.data.info import DownloadProgress


class ProgressBar:
    """A progress bar where a terminal is, nothing elsewhere; lines go past it unharmed."""

    def __init__(self, unit: str = "step") -> None:
        self._unit = unit
        self._bar: Any = None

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def begin(self, total: int, done: int = 0) -> None:
        """Show the bar, where there is a terminal, for so many units, of which `done` are behind."""
        if sys.stderr.isatty():
            from tqdm import tqdm

            scaled = self._unit == "B"
            self._bar = tqdm(
                total=total, initial=done, unit=self._unit, unit_scale=scaled, leave=False, dynamic_ncols=True
            )

    def advance(self, loss: float) -> None:
        """One step is done."""
        if self._bar is not None:
            self._bar.update()
            self._bar.set_postfix_str(f"loss {loss:.3f}", refresh=False)

    def reach(self, share: float, what: str = "") -> None:
        """So far, 0 to 1, is work whose size is not known beforehand."""
        if self._bar is None:
            self.begin(100)
        if self._bar is not None:
            self._bar.set_description(what)
            self._bar.update(round(100 * share) - self._bar.n)

    def show(self, progress: DownloadProgress) -> None:
        """So far is a download."""
        if self._bar is None:
            self.begin(progress.total_bytes)
        if self._bar is not None:
            self._bar.set_description(progress.file)
            self._bar.update(progress.done_bytes - self._bar.n)

    def write(self, line: str, stream: TextIO) -> None:
        """Write a line above the bar."""
        if self._bar is not None:
            self._bar.clear()
        print(line, file=stream, flush=True)
        if self._bar is not None:
            self._bar.refresh()
