"""Every view meets its presenter here, once; nothing else knows both."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication

from cnnviewer.app.pages import offer_pages
from cnnviewer.app.presenters import Presenters
from cnnviewer.app.settings import Settings
from cnnviewer.app.why_pages import offer_why_pages
from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.records import Architecture, Cell
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
from cnnviewer.presenters.screen_difference import ScreenPresenter
from cnnviewer.presenters.selection import SelectionPresenter
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.steering import SteeringPresenter
from cnnviewer.presenters.time_machine import TimeMachinePresenter
from cnnviewer.presenters.training import TrainingPresenter
from cnnviewer.presenters.video_export import VideoExportPresenter
from cnnviewer.ui.window.commands import WindowCommands
from cnnviewer.ui.window.main_window import MainWindow


def build(services: Services, window: MainWindow, settings: Settings) -> Presenters:
    """Every presenter with its views, and how they and the window hear of one another.

    The order counts: a signal of the session reaches the presenters in the order in which they are built.
    """
    mutes = MutesPresenter(services, window.explore.mutes)  # first: mutes of other weights go before those come
    inspection = InspectionPresenter(services, window.network_view, window.kernel_view, window.input_panel)
    selection = SelectionPresenter(services, window.train_panel)
    screen = ScreenPresenter(services, window)
    explanation = ExplanationPresenter(services, inspection, window)
    training = TrainingPresenter(services, selection, window)
    browser = BrowserPresenter(services, inspection, window.input_panel.browser)
    files = FilesPresenter(services, selection, inspection, window)
    preprocessing = PreprocessingPresenter(services, window.input_panel)
    own_models = OwnModelsPresenter(services, selection, window.explain_view)
    fine_tuning = FineTuningPresenter(services, inspection, training, window.freeze_questions)
    open_run = OpenRunPresenter(services, selection)
    resume = ResumePresenter(services, selection, open_run, training)
    run_storage = RunStoragePresenter(services, resume)
    runs = RunsPresenter(services, resume, window.runs_view, window.continue_form)
    steering = SteeringPresenter(services, resume, runs, window.train_panel)
    time_machine = TimeMachinePresenter(services, selection, inspection, window)
    marks = MarksPresenter(services, time_machine, window.timeline, window.input_panel)
    evaluation = EvaluationPresenter(services, inspection, browser, window.evaluation_view)
    context = ContextPresenter(services, selection, runs, window.top_bar.chip)
    presenters = Presenters(
        selection=selection,
        mutes=mutes,
        inspection=inspection,
        explanation=explanation,
        training=training,
        fine_tuning=fine_tuning,
        browser=browser,
        files=files,
        preprocessing=preprocessing,
        own_models=own_models,
        open_run=open_run,
        resume=resume,
        run_storage=run_storage,
        runs=runs,
        steering=steering,
        time_machine=time_machine,
        marks=marks,
        evaluation=evaluation,
        familiarity=FamiliarityPresenter(services, inspection, window.input_panel.prediction),
        learning=LearningPresenter(services, inspection, window.train.learning),
        video_export=VideoExportPresenter(services, inspection, window.timeline),
        context=context,
        early_weights=EarlyWeightsPresenter(services, time_machine, context, window.explain_view),
        after_training=AfterTrainingPresenter(services, evaluation, time_machine, runs),
        reference=ReferencePresenter(services, evaluation, runs, window.evaluation_view),
        images_export=ImagesExportPresenter(services, window.evaluation_view.errors),
        analysis=AnalysisPresenter(services, inspection, window.why_view),
    )
    _connect_presenters(presenters, services, window)
    _connect_window(presenters, services, window, settings)
    context.step_said.connect(screen.follow_to)
    offer_pages(presenters, services, window, settings)
    offer_why_pages(presenters, services, window)
    return presenters


def _connect_presenters(presenters: Presenters, services: Services, window: MainWindow) -> None:
    storage, training, data = presenters.run_storage, presenters.training, presenters.open_run.data
    training.unrecorded.connect(storage.on_unrecorded)
    training.recorded_again.connect(storage.on_recorded_again)
    training.completed.connect(presenters.after_training.on_completed)
    presenters.open_run.interrupted.connect(storage.offer_to_resume)
    storage.changed.connect(presenters.runs.refresh)
    presenters.evaluation.effect_changed.connect(window.explore.mutes.set_effect)
    window.explore.mutes.seen_changed.connect(presenters.evaluation.set_effect_seen)
    window.timeline.back_requested.connect(presenters.steering.go_back)
    window.set_commands(
        WindowCommands(
            files=presenters.files,
            models=presenters.own_models,
            open_run=presenters.open_run.open_run,
            save_run=storage.save_run,
            train_from_shown=presenters.fine_tuning.ask,
            resume_newest=presenters.runs.resume_newest,
            export_film=presenters.video_export.export_film,
            images=presenters.images_export,
        )
    )
    storage.folder_requested.connect(window.run_dialogs.ask_where_to_save_run)
    data.data_requested.connect(window.run_dialogs.ask_for_data)
    presenters.open_run.consent_requested.connect(window.model_dialogs.ask_consent)
    presenters.own_models.taken_up.connect(presenters.open_run.on_model_taken_up)
    presenters.context.consent_requested.connect(window.model_dialogs.ask_consent)
    presenters.explanation.opened.connect(lambda: window.show_explanation(True))
    presenters.explanation.closed.connect(lambda: window.show_explanation(False))

    presenters.steering.branch_changed.connect(window.timeline.set_branch)
    presenters.after_training.workspace_requested.connect(window.show_workspace)
    window.stage.page_opened.connect(presenters.after_training.set_workspace)

    def show_tile(layer: str, channel: int) -> None:
        window.look_into(Cell(layer, channel))

    def set_layers(architecture: Architecture, _classes: tuple[str, ...]) -> None:
        window.explore.mutes.set_architecture(architecture)

    def show_tables() -> None:
        window.show_workspace("evaluate")
        window.evaluation_view.compare_unmuted("classes")

    presenters.inspection.architecture_shown.connect(set_layers)
    window.explore.seen_changed.connect(presenters.inspection.set_explored)
    window.explore.mutes.tables_requested.connect(show_tables)
    window.explore.mutes.save_requested.connect(window.menus.actions["actionSaveWeights"].trigger)
    window.explore.mutes.train_requested.connect(presenters.fine_tuning.ask)
    window.train.learning.tile_chosen.connect(show_tile)
    presenters.analysis.number_requested.connect(show_tile)
    training.stepped.connect(window.curves.show_report)

    def show_subject() -> None:
        context = presenters.context.context
        window.set_subject(presenters.files.caption(context.step or 0 if context is not None else 0))

    services.session.state_changed.connect(show_subject)
    services.session.run_state_changed.connect(show_subject)
    window.top_bar.chip.language_changed.connect(show_subject)
    presenters.context.said.connect(show_subject)
    presenters.context.step_said.connect(presenters.time_machine.follow_to)
    presenters.inspection.inspected.connect(presenters.context.refresh)
    window.top_bar.chip.run_chosen.connect(presenters.open_run.open_run)


def _connect_window(presenters: Presenters, services: Services, window: MainWindow, settings: Settings) -> None:
    def unless_training(change: Callable[[str], object]) -> Callable[[str], None]:
        def act(text: str) -> None:
            if services.session.training:
                error = UserError("Stop the training first: the data set would change under it.")
                presenters.selection.error.emit(error)
            else:
                change(text)

        return act

    def paste(read: Callable[[], npt.NDArray[np.uint8]]) -> None:
        presenters.files.paste(read, QCoreApplication.translate("Program", "Clipboard"))

    def show_runs_dir(folder: Path) -> None:
        window.run_dialogs.set_folder(str(folder))

    window.data_dir_selected.connect(unless_training(settings.set_data_dir))
    window.own_data_selected.connect(unless_training(presenters.selection.open_own))
    window.paste_image_requested.connect(paste)
    window.paste_refused.connect(presenters.files.refuse_paste)
    settings.runs_dir_changed.connect(show_runs_dir)
    show_runs_dir(settings.runs_dir)
    presenters.selection.offered.remembered = settings.own_models
    presenters.own_models.taken_up.connect(settings.remember_model)
