"""The pages that are built, and their modules imported, when they are first opened: a launch need not wait for them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cnnviewer.app.presenters import Presenters
from cnnviewer.app.settings import Settings
from cnnviewer.core.errors import UserError
from cnnviewer.presenters.services import Services
from cnnviewer.ui.window.main_window import MainWindow


def offer_pages(presenters: Presenters, services: Services, window: MainWindow, settings: Settings) -> None:
    """Offer Sandbox, Calibration, Builder, Architectures, Compare and Sweep; each comes with its presenter."""
    pages = _Pages(presenters, services, window, settings)
    window.build.offer("builder", pages.builder)
    window.build.offer("architectures", pages.architectures)
    window.compare.parts.offer("compare", pages.compare)
    window.compare.parts.offer("sweep", pages.sweep)
    window.stage.offer("sandbox", pages.sandbox)
    window.evaluation_view.offer("calibration", pages.calibration)

    def on_page_opened(_name: str) -> None:
        page = window.compare.parts.pages.page if window.workspace == "compare" else ""
        if presenters.sweep is not None:
            presenters.sweep.set_active(page == "sweep")
        if presenters.comparison is not None:
            presenters.comparison.set_active(page == "compare")

    def compare(folders: Sequence[Path]) -> None:
        window.show_workspace("compare", "compare")  # builds the page, when it is the first time
        window.compare.show_comparison()
        if presenters.comparison is not None:
            presenters.comparison.show(folders)

    def tick(folder: Path, compared: bool) -> None:
        window.show_workspace("compare", "compare")
        if presenters.comparison is not None:
            presenters.comparison.set_compared(folder, compared)

    for opened in (window.stage, window.build.pages, window.compare.parts.pages):
        opened.page_opened.connect(on_page_opened)
    window.runs_view.compare_requested.connect(compare)
    presenters.after_training.comparison_requested.connect(compare)
    window.runs_view.tick_requested.connect(tick)


class _Pages(QObject):
    """Builds each page with its presenter."""

    def __init__(self, presenters: Presenters, services: Services, window: MainWindow, settings: Settings) -> None:
        super().__init__(window)
        self._presenters, self._services, self._window, self._settings = presenters, services, window, settings

    def _show_network(self) -> None:
        self._window.show_workspace("explore")

    def _show_design(self) -> None:
        self._window.show_workspace("build", "builder")

    def _show_training(self) -> None:
        self._window.show_workspace("train")

    def sandbox(self) -> QWidget:
        from cnnviewer.presenters.sandbox import SandboxPresenter
        from cnnviewer.ui.sandbox.page import SandboxPage

        page = SandboxPage()
        self._presenters.sandbox = SandboxPresenter(self._services, self._presenters.inspection, page)
        page.set_motion(self._settings.now.motion)
        return page

    def builder(self) -> QWidget:
        from cnnviewer.presenters.builder import BuilderPresenter
        from cnnviewer.ui.build.view import BuilderPage

        page = BuilderPage()
        made = self._presenters.builder = BuilderPresenter(self._services, self._presenters.own_models, page)
        made.used.connect(self._show_network)
        made.back_requested.connect(self._show_design)
        if self._settings.design:
            with suppress(UserError):  # an earlier version's, or damaged
                page.begin_with(self._settings.design)
        page.changed.connect(self._settings.set_design)
        page.export_requested.connect(self._window.model_dialogs.ask_where_to_export_design)
        page.open_requested.connect(self._window.model_dialogs.ask_for_model)
        return page

    def architectures(self) -> QWidget:
        from cnnviewer.presenters.architectures import ArchitecturesPresenter
        from cnnviewer.ui.build.architectures.view import ArchitecturesPage

        page, presenters = ArchitecturesPage(), self._presenters
        made = ArchitecturesPresenter(self._services, presenters.selection, presenters.inspection, page)
        made.opened.connect(self._show_network)
        presenters.architectures = made
        return page

    def calibration(self) -> QWidget:
        from cnnviewer.presenters.calibration import CalibrationPresenter
        from cnnviewer.ui.evaluate.calibration.page import CalibrationPage

        page, presenters = CalibrationPage(), self._presenters
        page.choice_requested.connect(self._window.open_choices)
        presenters.calibration = CalibrationPresenter(
            self._services, presenters.inspection, presenters.familiarity, page
        )
        return page

    def compare(self) -> QWidget:
        from cnnviewer.presenters.comparison import ComparisonPresenter
        from cnnviewer.ui.compare.page import ComparePage

        page = ComparePage()
        made = self._presenters.comparison = ComparisonPresenter(self._services, self._presenters.inspection, page)
        made.compared.connect(self._window.runs_view.set_compared)
        self._presenters.runs.listed.connect(self._on_runs_listed)
        self._on_runs_listed()
        page.training_requested.connect(self._show_training)
        return page

    def _on_runs_listed(self) -> None:
        if self._presenters.comparison is not None:
            runs = self._presenters.runs.lines
            self._presenters.comparison.follow_list({line.folder: line.summary.info.id for line in runs})

    def sweep(self) -> QWidget:
        from cnnviewer.presenters.sweep import SweepPresenter
        from cnnviewer.ui.compare.sweep.page import SweepPage

        page, presenters = SweepPage(), self._presenters
        made = SweepPresenter(self._services, presenters.selection, presenters.training, page)
        made.run_requested.connect(presenters.open_run.open_run)
        made.comparison_requested.connect(presenters.after_training.comparison_requested)
        presenters.sweep = made
        return page
