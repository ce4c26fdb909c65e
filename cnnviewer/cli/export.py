"""Not there yet."""

from __future__ import annotations

import argparse

HELP = "not there yet"
EXAMPLES = ""


def add(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
