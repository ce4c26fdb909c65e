"""The command line: the same core without a window, one file per command."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or open the window; the exit status. See `entry.main`.

    Args:
        arguments: the words of the command line; None: those of the process, whose standard streams and Ctrl+C the
            program then handles itself.
    """
    if arguments is not None:
        from cnnviewer.cli.entry import main as entry

        return entry(arguments)
    from cnnviewer.cli import interrupts

    interrupts.begin()
    from cnnviewer.cli.entry import process

    status = process()
    if interrupts.asked():
        os._exit(status)  # Python's own shutdown takes a while, and a second Ctrl+C could interrupt it
    if "cnnviewer.core.training.distributed" in sys.modules:
        from cnnviewer.core.training.distributed import leave_process, started_by_torchrun

        if started_by_torchrun():
            leave_process(status)
    return status
