"""The services that presenters share, and how they notify the user."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Protocol

from cnnviewer.core.errors import UserError
from cnnviewer.core.wording import Words
from cnnviewer.presenters.action_message import ActionMessage
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.views import SignalLike
from cnnviewer.runtime.analysis_thread import AnalysisThread
from cnnviewer.runtime.inspection_thread import InspectionThread
from cnnviewer.runtime.jobs import Jobs
from cnnviewer.runtime.live_weights import LiveWeights

# ruff: noqa: D102 - each method is documented where a class of the application defines it


class Notify(Protocol):
    """Shows messages to the user."""

    def show_error(self, error: UserError) -> None: ...
    def withdraw_error(self, error: UserError) -> None: ...
    def show_info(self, words: Words) -> None: ...
    def show_written(self, words: Words, path: Path) -> None: ...
    def show_action(self, message: ActionMessage) -> object: ...
    def withdraw(self, message: ActionMessage) -> None: ...


class FolderSettings(Protocol):
    """The settings that presenters read: folders, and the bytes that all runs together may use."""

    data_dir_changed: Annotated[SignalLike, Path]
    runs_dir_changed: Annotated[SignalLike, Path]
    budget_changed: Annotated[SignalLike, int]

    @property
    def data_dir(self) -> Path: ...
    @property
    def runs_dir(self) -> Path: ...
    @property
    def budget(self) -> int: ...


@dataclass(frozen=True)
class Services:
    """What every presenter may use. Built once, in `app.main`.

    Attributes:
        session: what is loaded; parent of the presenters, which end with it.
        jobs: work in its own threads.
        inspection: the inspection thread.
        analysis: the analysis thread.
        live: the newest weights of a training under way.
        settings: folders and the budget of the runs, as they are now.
        notify: shows messages to the user.

    """

    session: Session
    jobs: Jobs
    inspection: InspectionThread
    analysis: AnalysisThread
    live: LiveWeights
    settings: FolderSettings
    notify: Notify
