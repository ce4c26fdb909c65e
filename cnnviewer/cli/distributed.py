"""Several processes that train one model together, as `torchrun` starts them: the first one records and reports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cnnviewer.cli.data_sets import load_data
from cnnviewer.cli.exit_codes import DONE, INTERRUPTED
from cnnviewer.cli.run_training import interruptible

if TYPE_CHECKING:
    from cnnviewer.core.training.distributed import ProcessGroup


@contextmanager
def group_of(device: str) -> Iterator[ProcessGroup | None]:
    """The group of processes that this one was started in; None where it is the only one.

    Raises:
        UserError: the other processes cannot be reached.
    """
    from cnnviewer.core.training.distributed import joined, started_by_torchrun

    if not started_by_torchrun():
        yield None
        return
    with joined(device) as group:
        yield group


def take_part(group: ProcessGroup, data_dir: Path) -> int:
    """Train, without printing, what the first process says; the exit status.

    Args:
        group: of which this process is not the first.
        data_dir: where data sets are on this machine.

    Raises:
        UserError: the data set is not on this machine, or another process has ended.
    """
    from cnnviewer.core.training.distributed import follow
    from cnnviewer.core.training.events import Finished

    training = follow(group, lambda key, reading: load_data(data_dir, key, reading, logged=True))
    if training is None:  # the first process says why
        return DONE
    last = None
    with interruptible(training.own_controls):
        for event in training:
            last = event
    return DONE if isinstance(last, Finished) else INTERRUPTED
