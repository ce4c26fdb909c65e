"""The work behind a choice, each for a job: loading, downloading, drawing random weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cnnviewer.core.data import registry as data_registry
from cnnviewer.core.data.dataset import DataSet
from cnnviewer.core.data.remote import REMOTES
from cnnviewer.core.data.spill import spilled
from cnnviewer.core.errors import Cancelled
from cnnviewer.core.memory import release_freed_memory
from cnnviewer.core.models import pretrained
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.models.weights import load_weights
from cnnviewer.presenters.resolve import untrained
from cnnviewer.runtime.jobs import JobContext


class LargeWeights:
    """The work of reading a large model's weights, or of drawing random ones, for a job."""

    def __init__(self, model: str, data: DataSet, data_dir: Path) -> None:
        self.model = model
        self.data = data
        self.data_dir = data_dir

    def __call__(self, _context: JobContext) -> tuple[ModelState, DataSet]:
        """The weights, downloaded or random, and the data set with less of it in memory."""
        data = spilled(self.data)
        release_freed_memory()
        file = pretrained.find(self.model, self.data_dir)
        if file is None:
            return untrained(self.model, data.info), data
        # torchvision's documentation records their normalisation, whatever data set is chosen
        return replace(load_weights(file, self.model), read_as="weights"), data


class Loading:
    """The work of loading a data set, for a job."""

    def __init__(self, key: str, data_dir: Path) -> None:
        self.key = key
        self.data_dir = data_dir

    def __call__(self, context: JobContext) -> DataSet:
        """The data set."""
        return data_registry.load(self.key, self.data_dir, context.report, context.cancelled)


class Downloading:
    """The work of downloading a data set, for a job; returns its key."""

    def __init__(self, key: str, data_dir: Path) -> None:
        self.key = key
        self.data_dir = data_dir

    def __call__(self, context: JobContext) -> str:
        """The key, when everything is there."""
        from cnnviewer.core.data.download import download  # httpx is only needed here

        download(self.key, self.data_dir, context.report, context.cancelled, {**REMOTES, **pretrained.REMOTES})
        if context.cancelled():
            raise Cancelled
        return self.key
