"""The services of presenters under test: real where a test needs them, stand-ins elsewhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cnnviewer.core.runs.read.library import BUDGET
from cnnviewer.presenters.services import Notify, Services
from cnnviewer.presenters.session import Session
from cnnviewer.runtime.analysis_thread import AnalysisThread
from cnnviewer.runtime.inspection_thread import InspectionThread
from cnnviewer.runtime.jobs import Jobs
from cnnviewer.runtime.live_weights import LiveWeights
from cnnviewer.runtime.training_thread import WeightsSink
from tests.presenters.fakes import fake


class Folders(QObject):
    """The settings that presenters read. A test changes them as the user would."""

    data_dir_changed = Signal(object)
    runs_dir_changed = Signal(object)
    budget_changed = Signal(object)

    def __init__(self, data_dir: Path, runs_dir: Path, budget: int = BUDGET) -> None:
        super().__init__()
        self.data_dir = data_dir
        self.runs_dir = runs_dir
        self.budget = budget

    def set_budget(self, budget: int) -> None:
        self.budget = budget
        self.budget_changed.emit(budget)


def services(
    session: Session | None = None,
    jobs: Jobs | None = None,
    inspection: InspectionThread | None = None,
    analysis: AnalysisThread | None = None,
    live: LiveWeights | None = None,
    runs_dir: Path = Path("no runs"),
    data_dir: Path = Path("no data"),
    settings: Folders | None = None,
) -> Services:
    """Services with these parts; a stand-in for whom the user is told by."""
    return Services(
        session or Session(),
        jobs or Jobs(),
        inspection or fake(InspectionThread),
        analysis or fake(AnalysisThread),
        live or LiveWeights(fake(WeightsSink)),
        settings or Folders(data_dir, runs_dir),
        fake(Notify),
    )
