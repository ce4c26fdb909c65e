"""What a run is called: by its person, else by its model and data."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from cnnviewer.core.data import registry
from cnnviewer.core.errors import UserError
from cnnviewer.core.runs.info import Notes, RunInfo
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.presenters.resolve import title_of


def run_name(info: RunInfo, notes: Notes) -> str:
    """The person's own name for it, else such as `LeNet on MNIST`."""
    return notes.name or usual_name(info.config)


def usual_name(config: TrainConfig) -> str:
    """Such as `LeNet on MNIST`."""
    return QCoreApplication.translate("RunName", "{model} on {data}").format(
        model=title_of(config.model), data=data_title(config.dataset)
    )


def data_title(key: str) -> str:
    """A data set's name for a person: `MNIST`; of a person's own the folder's or the file's name."""
    _, _, path = key.partition(":")
    if path:
        return Path(path).name
    try:
        return registry.data_info(key).title
    except (UserError, KeyError):
        return key
