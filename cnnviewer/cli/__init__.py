"""The command line: the same core without a window, a file for each group of commands."""

from cnnviewer.cli.entry import main

__all__ = ["main"]
