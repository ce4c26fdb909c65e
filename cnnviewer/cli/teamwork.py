"""Several processes that train one model together, as `torchrun` starts them: the first one records and reports."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cnnviewer.cli import options as shared
from cnnviewer.cli.conducting import interruptible
from cnnviewer.cli.outcome import DONE, INTERRUPTED

if TYPE_CHECKING:
    from cnnviewer.core.training.team import Team


@contextmanager
def team_of(device: str) -> Iterator[Team | None]:
    """The team this process was started into, None for a process alone.

    Raises:
        UserError: the other processes cannot be reached.
    """
    from cnnviewer.core.training.team import joined, started_by_torchrun

    if not started_by_torchrun():
        yield None
        return
    with joined(device) as team:
        yield team


def take_part(team: Team, options: argparse.Namespace) -> int:
    """Train what the first process tells of, saying nothing; the exit status.

    Raises:
        UserError: the data set is not on this machine, or another process has gone.
    """
    from cnnviewer.core.training.events import Finished
    from cnnviewer.core.training.team import follow

    training = follow(team, lambda key: shared.load_data(options, key))
    if training is None:  # the first process says why
        return DONE
    last = None
    with interruptible(training.knobs):
        for event in training:
            last = event
    return DONE if isinstance(last, Finished) else INTERRUPTED
