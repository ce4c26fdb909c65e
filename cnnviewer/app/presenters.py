"""The presenters of the program, by the name of their feature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnviewer.presenters.after_training import AfterTrainingPresenter
from cnnviewer.presenters.analysis import AnalysisPresenter
from cnnviewer.presenters.browser import BrowserPresenter
from cnnviewer.presenters.context import ContextPresenter
from cnnviewer.presenters.early_weights import EarlyWeightsPresenter
from cnnviewer.presenters.evaluation import EvaluationPresenter
from cnnviewer.presenters.explanation import ExplanationPresenter
from cnnviewer.presenters.familiarity import FamiliarityPresenter
from cnnviewer.presenters.files import FilesPresenter
from cnnviewer.presenters.fine_tuning import FineTuningPresenter
from cnnviewer.presenters.images_export import ImagesExportPresenter
from cnnviewer.presenters.inspection import InspectionPresenter
from cnnviewer.presenters.learning import LearningPresenter
from cnnviewer.presenters.marks import MarksPresenter
from cnnviewer.presenters.mutes import MutesPresenter
from cnnviewer.presenters.open_run import OpenRunPresenter
from cnnviewer.presenters.own_models import OwnModelsPresenter
from cnnviewer.presenters.preprocessing import PreprocessingPresenter
from cnnviewer.presenters.reference import ReferencePresenter
from cnnviewer.presenters.resume import ResumePresenter
from cnnviewer.presenters.run_storage import RunStoragePresenter
from cnnviewer.presenters.runs import RunsPresenter
from cnnviewer.presenters.selection import SelectionPresenter
from cnnviewer.presenters.steering import SteeringPresenter
from cnnviewer.presenters.time_machine import TimeMachinePresenter
from cnnviewer.presenters.training import TrainingPresenter
from cnnviewer.presenters.video_export import VideoExportPresenter

if TYPE_CHECKING:  # imported when their page is first opened
    from cnnviewer.presenters.architectures import ArchitecturesPresenter
    from cnnviewer.presenters.attribution import AttributionPresenter
    from cnnviewer.presenters.builder import BuilderPresenter
    from cnnviewer.presenters.calibration import CalibrationPresenter
    from cnnviewer.presenters.comparison import ComparisonPresenter
    from cnnviewer.presenters.sandbox import SandboxPresenter
    from cnnviewer.presenters.sweep import SweepPresenter


@dataclass
class Presenters:
    """The presenters, named by feature; those of a page exist once it was opened."""

    selection: SelectionPresenter
    mutes: MutesPresenter
    inspection: InspectionPresenter
    explanation: ExplanationPresenter
    training: TrainingPresenter
    fine_tuning: FineTuningPresenter
    browser: BrowserPresenter
    files: FilesPresenter
    preprocessing: PreprocessingPresenter
    own_models: OwnModelsPresenter
    open_run: OpenRunPresenter
    resume: ResumePresenter
    run_storage: RunStoragePresenter
    runs: RunsPresenter
    steering: SteeringPresenter
    time_machine: TimeMachinePresenter
    marks: MarksPresenter
    evaluation: EvaluationPresenter
    familiarity: FamiliarityPresenter
    learning: LearningPresenter
    video_export: VideoExportPresenter
    context: ContextPresenter
    early_weights: EarlyWeightsPresenter
    after_training: AfterTrainingPresenter
    reference: ReferencePresenter
    images_export: ImagesExportPresenter
    analysis: AnalysisPresenter
    calibration: CalibrationPresenter | None = None
    comparison: ComparisonPresenter | None = None
    sweep: SweepPresenter | None = None
    sandbox: SandboxPresenter | None = None
    builder: BuilderPresenter | None = None
    architectures: ArchitecturesPresenter | None = None
    attribution: AttributionPresenter | None = None

    def start(self) -> None:
        """The window is shown: look for runs to resume."""
        self.run_storage.start()
        self.time_machine.start()

    def shut_down(self) -> None:
        """End what is under way, the training last; before jobs and inspection are ended."""
        for presenter in (
            self.open_run,
            self.resume,
            self.runs,
            self.time_machine,
            self.context,
            self.comparison,
            self.sweep,
        ):
            if presenter is not None:
                presenter.shut_down()
        self.training.shut_down()
