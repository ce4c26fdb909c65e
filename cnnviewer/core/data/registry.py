"""Every data set that can be chosen, by key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cnnviewer.core.data import cifar10, mnist
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.data.info import DataInfo, DataSource
from cnnviewer.core.data.watch import NOBODY, Watch
from cnnviewer.core.errors import UserError

_READERS = {"mnist": mnist, "cifar10": cifar10}


def load(
    key: str,
    data_dir: Path,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> DataSet:
    """The data set `key`."""
    watch = Watch(progress or NOBODY.progress, cancelled or NOBODY.cancelled)
    reader = _READERS[key]
    place = reader.find(Path(data_dir))
    if place is None:
        raise UserError("{title} is not in {folder}.", title=reader.INFO.title, folder=data_dir)
    return reader.load(place, watch)
