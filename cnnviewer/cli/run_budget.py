"""Deletes snapshots of the oldest runs where all runs together take more than the user allows."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from cnnviewer.cli.exit_codes import tell
from cnnviewer.cli.option_types import byte_size
from cnnviewer.core.paths import chosen_in_window
from cnnviewer.core.runs.read.library import BUDGET, keep_within


def keep_within_budget(runs_dir: Path, budget: int | None, spared: Path | None = None) -> None:
    """Delete snapshots of the oldest runs until all take no more than they may, and print what was done.

    Args:
        runs_dir: where runs are.
        budget: in bytes; None: that of the environment, else of the window, else the usual one.
        spared: a run that keeps its snapshots.
    """
    if budget is None and (text := os.environ.get("CNNVIEWER_RUNS_BUDGET")):
        try:
            budget = byte_size(text)
        except argparse.ArgumentTypeError as error:
            tell(f"CNNVIEWER_RUNS_BUDGET: {error}.")
    if budget is None and (chosen := chosen_in_window("runs_budget")).isdecimal():
        budget = int(chosen)  # it may be more than usual: what the window keeps must not be deleted here
    spared_ones = (spared,) if spared is not None else ()
    for sentence in keep_within(runs_dir, BUDGET if budget is None else budget, spared_ones):
        tell(sentence)
