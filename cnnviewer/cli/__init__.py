"""The command line: the same core without a window, a file for each group of commands."""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or open the window; the exit status. See `entry.main`."""
    from cnnviewer.cli.entry import main as entry

    return entry(arguments)
