"""The progress bar of a command."""

from __future__ import annotations

import sys
from typing import Any, TextIO

from cnnviewer.cli.terminal import say
from cnnviewer.core.data.info import DownloadProgress


class ProgressBar:
    """A progress bar on a terminal, nothing elsewhere; lines can be printed above it."""

    def __init__(self, unit: str = "step") -> None:
        self._unit = unit
        self._bar: Any = None

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def begin(self, total: int, done: int = 0) -> None:
        """Show the bar, on a terminal, for `total` units of which `done` are done."""
        if sys.stderr.isatty():
            from tqdm import tqdm

            scaled = self._unit == "B"
            self._bar = tqdm(
                total=total, initial=done, unit=self._unit, unit_scale=scaled, leave=False, dynamic_ncols=True
            )

    def advance(self, loss: float) -> None:
        """Count one step, with its loss."""
        if self._bar is not None:
            self._bar.update()
            self._bar.set_postfix_str(f"loss {loss:.3f}", refresh=False)

    def reach(self, share: float, what: str = "") -> None:
        """Show that a share (0 to 1) of some work is done, whose number of units is not known."""
        if self._bar is None:
            self.begin(100)
        if self._bar is not None:
            self._bar.set_description(what)
            self._bar.update(round(100 * share) - self._bar.n)

    def show(self, progress: DownloadProgress) -> None:
        """Show the progress of a download."""
        if self._bar is None:
            self.begin(progress.total_bytes)
        if self._bar is not None:
            self._bar.set_description(progress.file)
            self._bar.update(progress.done_bytes - self._bar.n)

    def write(self, line: str, stream: TextIO) -> None:
        """Write a line above the bar."""
        if self._bar is not None:
            self._bar.clear()
        say(line, to=stream)
        if self._bar is not None:
            self._bar.refresh()
