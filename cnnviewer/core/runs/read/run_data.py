"""A run's images, read as the run has read them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.data.registry import is_read_as, load
from cnnviewer.core.runs.format.info import RunInfo


def data_of(
    info: RunInfo, known: DataSet | None, data_dir: Path, cancelled: Callable[[], bool] | None = None
) -> DataSet:
    """The data set of a run: the one known already where it is that, else loaded.

    Raises:
        UserError: it is not there, or cannot be read.
        Cancelled: `cancelled` said so.
    """
    if known is not None and known.info.key == info.config.dataset:
        return as_read(info, known, cancelled)
    return load(info.config.dataset, data_dir, None, cancelled, info.recipe.reading)


def as_read(info: RunInfo, data: DataSet, cancelled: Callable[[], bool] | None = None) -> DataSet:
    """This data set as the run has read its own; itself where that makes no difference.

    Raises:
        UserError: it cannot be read any more.
        Cancelled: `cancelled` said so.
    """
    if is_read_as(data.info, info.recipe.reading):
        return data
    return load(data.info.key, Path(), None, cancelled, info.recipe.reading)
