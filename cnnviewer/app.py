"""The composition root: builds the objects, wires them, and takes them down again."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch  # before Qt: on Windows its libraries cannot be loaded after (WinError 1114)
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from cnnviewer import __version__
from cnnviewer.core.display import why_no_window
from cnnviewer.core.errors import UserError
from cnnviewer.core.memory import settle_allocator
from cnnviewer.core.training.devices import devices
from cnnviewer.lasting_choices import LastingChoices
from cnnviewer.messages import Messages
from cnnviewer.presenters.browsing import BrowsingPresenter
from cnnviewer.presenters.choosing import ChoosingPresenter
from cnnviewer.presenters.explaining import ExplainingPresenter
from cnnviewer.presenters.files import FilesPresenter
from cnnviewer.presenters.greeting import greeting_digit
from cnnviewer.presenters.looking import LookingPresenter
from cnnviewer.presenters.models import ModelsPresenter
from cnnviewer.presenters.pages import BuilderPresenter, LadderPresenter, SandboxPresenter
from cnnviewer.presenters.reading import ReadingPresenter
from cnnviewer.presenters.session import Session
from cnnviewer.presenters.training import TrainingPresenter
from cnnviewer.run_parts import RunParts
from cnnviewer.runtime.garbage import MainThreadCollector
from cnnviewer.runtime.inspection_thread import InspectionThread
from cnnviewer.runtime.jobs import Jobs
from cnnviewer.runtime.live_weights import LiveWeights
from cnnviewer.ui.builder.view import BuilderPage
from cnnviewer.ui.ladder.view import LadderPage
from cnnviewer.ui.main_window import MainWindow
from cnnviewer.ui.sandbox.page import SandboxPage
from cnnviewer.ui.theme import theme

SWITCH_INTERVAL = 0.0002
"""Seconds a thread keeps the interpreter: with Python's own 5 ms the window would wait that long for the training."""


def parser() -> argparse.ArgumentParser:
    """The options of the window; the command line has the same."""
    options = argparse.ArgumentParser(prog="cnnviewer", description="Train a small CNN, watch it learn, look inside.")
    options.add_argument("--data-dir", type=Path, help="where data sets are looked for and downloaded to")
    options.add_argument("--settings", type=Path, help="the settings file to use; runs are kept beside it")
    options.add_argument("--runs-dir", type=Path, help="where runs are kept")
    options.add_argument("--language", choices=("system", "en", "ko"), help="language of the window")
    options.add_argument("--theme", choices=("system", "light", "dark"), help="light or dark")
    options.add_argument("--version", action="version", version=f"cnnviewer {__version__}")
    return options


class Window(MainWindow):
    """The main window, and the program that drives it.

    Attributes:
        program: owner of threads and presenters; set before the window is shown.
    """

    program: Program


class Program(QObject):
    """Owner of everything: the threads, the presenters, the window, the settings.

    Attributes:
        choices: what a person has chosen for good, and the settings file.
        messages: what the message bar says.

    """

    def __init__(self, app: QApplication, options: argparse.Namespace) -> None:
        super().__init__(app)
        self.choices = LastingChoices(options, self)
        self.collector = MainThreadCollector(self)
        self.jobs = Jobs(self)
        self.inspection = InspectionThread(self)
        self.live = LiveWeights(self.inspection)
        self.window = Window()
        self.messages = Messages(self.window.message_bar, self)
        self._build_presenters()
        self._wire()
        self.choices.serve(self.window)

    def _build_presenters(self) -> None:
        window = self.window
        self.session = Session(self)
        self.looking = LookingPresenter(
            self.session, self.inspection, window.network_view, window.kernel_view, window.input_panel, self
        )
        self.choosing = ChoosingPresenter(self.session, window.train_panel, self.jobs, self.choices.data_dir, self)
        self.explaining = ExplainingPresenter(
            self.session,
            self.looking,
            self.inspection,
            window.network_view,
            window.kernel_view,
            window.input_panel,
            window.explain_view,
            window.train_panel.config,
            self,
        )
        self.training = TrainingPresenter(
            self.session,
            self.choosing,
            window.train_panel,
            window.curves,
            window.log_view,
            self.live,
            self.choices.runs_dir,
            self,
        )
        self.browsing = BrowsingPresenter(self.session, self.looking, window.input_panel.browser, self.jobs, self)
        self.files = FilesPresenter(
            self.session,
            self.jobs,
            self.choosing,
            self.looking,
            window.network_view,
            window.kernel_view,
            window.curves,
            window.input_panel,
            self._is_dark,
            self,
        )

        self.reading = ReadingPresenter(self.session, self.jobs, window.input_panel, self)
        self.models = ModelsPresenter(self.session, self.jobs, self.choosing, window.explain_view, self)
        for name, build in (("sandbox", SandboxPage), ("ladder", LadderPage), ("builder", BuilderPage)):
            window.centre.offer(name, build)

        self.run_parts = RunParts(self)

    def _wire(self) -> None:
        window = self.window
        window.bind(self.files, self.models)
        window.centre.page_built.connect(self._on_page_built)
        for presenter in (
            self.looking,
            self.choosing,
            self.training,
            self.browsing,
            self.files,
            self.reading,
            self.models,
        ):
            presenter.problem.connect(self.messages.show_problem)
        for teller in (self.choosing, self.training, self.files, self.models):
            teller.told.connect(self.messages.show_news)
        self.models.offered.connect(self.messages.show_offer)
        self.models.withdrawn.connect(self.messages.withdraw)
        window.data_dir_selected.connect(self._on_data_dir_selected)
        window.own_data_selected.connect(self._on_own_data_selected)
        window.paste_image_requested.connect(self._on_paste_image_requested)
        window.clipboard_empty.connect(self._on_clipboard_empty)
        window.closing.connect(self.shut_down)
        self.explaining.opened.connect(self._on_explanation_opened)
        self.explaining.closed.connect(self._on_explanation_closed)
        self.session.state_changed.connect(self._show_subject)
        self.looking.looked.connect(self._show_subject)

    def start(self) -> None:
        """Show the window with a loaded LeNet and a digit; everything slower follows from threads."""
        sys.setswitchinterval(SWITCH_INTERVAL)
        self.inspection.start()
        self.choosing.start("lenet", devices())
        self.looking.greet_with(greeting_digit())
        self.window.show()
        self.run_parts.start()

    def shut_down(self) -> None:
        """End every thread and remember the layout. Safe to call twice."""
        if self.inspection.isRunning():
            self.choices.keep_layout()
            self.run_parts.shut_down()
            self.training.shut_down()
            rescued = self.run_parts.library.keeping.rescue(Path.home())
            if rescued is not None:
                print(f"The run that had lost its folder is kept in {rescued}.", file=sys.stderr)
            self.models.shut_down()
            self.jobs.shut_down()
            self.inspection.shut_down()
            self.collector.stop()

    @property
    def runs_dir(self) -> Path:
        """Where runs are kept."""
        return self.choices.runs_dir

    def _on_data_dir_selected(self, folder: str) -> None:
        if self.session.training:
            self.messages.show_problem(UserError("Stop the training first: the data set would change under it."))
            return
        self.choices.set_data_dir(folder)
        self.choosing.set_data_dir(Path(folder))

    # pages that are built when they are first opened

    def _on_page_built(self, _name: str, page: QWidget) -> None:
        if isinstance(page, SandboxPage):
            SandboxPresenter(self.looking, page, self)
            page.set_motion(self.choices.now.motion)
        elif isinstance(page, BuilderPage):
            builder = BuilderPresenter(self.session, self.models, page, self)
            builder.used.connect(self._on_model_used)
            page.export_requested.connect(self.window.model_dialogs.ask_where_to_export_design)
        elif isinstance(page, LadderPage):
            ladder = LadderPresenter(self.session, self.jobs, self.choosing, self.looking, page, self)
            ladder.problem.connect(self.messages.show_problem)
            ladder.opened.connect(self._on_model_used)
        else:
            self.run_parts.on_page_built(page)

    def _on_model_used(self) -> None:
        self.window.centre.open("network")

    def _on_explanation_opened(self) -> None:
        self.window.show_explanation(True)

    def _on_explanation_closed(self) -> None:
        self.window.show_explanation(False)

    # what the window hands over

    def _on_own_data_selected(self, key: str) -> None:
        if self.session.training:
            self.messages.show_problem(UserError("Stop the training first: the data set would change under it."))
        else:
            self.choosing.open_own(key)

    def _on_paste_image_requested(self, pixels: npt.NDArray[np.uint8]) -> None:
        self.files.show_picture(pixels, self.tr("Clipboard"))

    def _on_clipboard_empty(self) -> None:
        self.messages.show_problem(UserError("There is no picture in the clipboard: copy one first."))

    # words

    def _show_subject(self) -> None:
        self.window.set_subject(self.files.caption())

    def _is_dark(self) -> bool:
        return theme().tokens.name == "dark"


def launch(arguments: Sequence[str] = ()) -> tuple[QApplication, Window]:
    """Build and show the window without entering the event loop; takes the command line's options.

    The window owns the program: closing it ends every thread.
    """
    options = parser().parse_args(list(arguments))
    settle_allocator()
    # Threads that once helped this one stay, idle, and OpenMP then lets a training's helpers sleep between operations
    # instead of waiting awake, for there are more threads than cores: SimpleCNN trains 15 % slower on two.
    torch.set_num_threads(1)
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
        QCoreApplication.setApplicationName("cnnviewer")
        QCoreApplication.setApplicationVersion(__version__)
        app = QApplication(["cnnviewer"])
    program = Program(app, options)
    program.window.program = program
    program.start()
    return app, program.window


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the window until it is closed; the exit status, 2 where there is no screen."""
    reason = why_no_window()
    if reason is not None:
        print(reason, file=sys.stderr)
        return 2
    app, window = launch(sys.argv[1:] if arguments is None else arguments)

    def leave(*_: object) -> None:
        window.close()

    # Ctrl+C in the terminal closes the window as its own button does; the collector's timer lets Python see it
    signal.signal(signal.SIGINT, leave)
    signal.signal(signal.SIGTERM, leave)
    return app.exec()


_ = torch.__version__  # the import above is needed for its order alone
