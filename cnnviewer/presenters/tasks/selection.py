"""Load and download data sets, read or draw the weights of large models."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cnnviewer.core.data import registry as data_registry
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.data.info import DataInfo
from cnnviewer.core.data.memory_map import memory_mapped
from cnnviewer.core.data.remote import REMOTES
from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.images.decoding import Decoding
from cnnviewer.core.memory import release_freed_memory
from cnnviewer.core.models import pretrained
from cnnviewer.core.models.registry import ModelSpec
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import load_weights
from cnnviewer.presenters.resolve import untrained
from cnnviewer.runtime.job import JobContext


def load_data(
    key: str, data_dir: Path, reading: Decoding | None, known: DataSet | None, context: JobContext
) -> DataSet:
    """Load a data set; return `known`, the one at hand, where it is this one and its files are still the same.

    Raises:
        UserError: it is missing or damaged.
        Cancelled: the result is no longer needed.
    """
    if known is not None and data_registry.is_current(known, key, reading):
        return known
    return data_registry.load(key, data_dir, context.report, context.cancelled, reading)


def reload_data(known: DataSet, data_dir: Path, context: JobContext) -> DataSet:
    """Load the same data set again before a training; return `known` where its files are gone by now.

    Raises:
        UserError: it is damaged, or `known` was read by rules of before.
        Cancelled: the result is no longer needed.
    """
    try:
        return load_data(known.info.key, data_dir, None, known, context)
    except UserError:
        if not data_registry.is_latest(known.info):
            raise
        return known


def load_large_weights(
    model: ModelSpec, data: DataSet, data_dir: Path, _context: JobContext
) -> tuple[ModelState, DataSet]:
    """Read a large model's downloaded weights, else draw random ones; return the data set with less of it in memory.

    Raises:
        UserError: the weights are damaged.
    """
    data = memory_mapped(data)
    release_freed_memory()
    file = pretrained.find(model.info.key, data_dir)
    if file is None:
        return untrained(model, data.info), data
    # torchvision's documentation records their normalisation, whatever data set is chosen
    return replace(load_weights(file, model.info.key), read_as="weights", named=True), data


def draw_weights(model: ModelSpec, info: DataInfo, _context: JobContext) -> ModelState:
    """Build the model for the images of a data set with new random weights.

    Raises:
        UserError: it cannot be built for these images.
    """
    return untrained(model, info)


def download_data(key: str, data_dir: Path, context: JobContext) -> str:
    """Download a data set or weights; return the key when every file is there and checked.

    Raises:
        UserError: there is no network, no room, or a file differs from the known one.
        Cancelled: a user has stopped it.
    """
    from cnnviewer.core.data.download import download  # httpx is only needed here

    download(key, data_dir, context.report, context.cancelled, {**REMOTES, **pretrained.REMOTES})
    if context.cancelled():
        raise Cancelled
    return key
