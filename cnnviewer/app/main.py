"""The composition root: builds the objects, wires them, and takes them down again."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import torch  # before Qt: on Windows its libraries cannot be loaded after (WinError 1114)
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from cnnviewer.app.notifications import Notifications
from cnnviewer.app.settings import Settings
from cnnviewer.app.skeleton import application
from cnnviewer.app.wiring import build
from cnnviewer.core.display import why_no_window
from cnnviewer.core.memory import settle_allocator
from cnnviewer.core.thread_counts import compute_alone
from cnnviewer.core.training.devices import devices
from cnnviewer.first_interrupt import leave_at_once
from cnnviewer.parser import WindowOptions, window_options
from cnnviewer.presenters.greeting import greeting_digit
from cnnviewer.presenters.services import Services
from cnnviewer.presenters.session import Session
from cnnviewer.runtime.analysis_thread import AnalysisThread
from cnnviewer.runtime.garbage import MainThreadCollector
from cnnviewer.runtime.inspection_thread import InspectionThread
from cnnviewer.runtime.jobs import Jobs
from cnnviewer.runtime.live_weights import LiveWeights
from cnnviewer.ui.widgets.theme import dressed_once
from cnnviewer.ui.window.main_window import MainWindow

_PAINTED_MS = 60  # after which the window is painted
SWITCH_INTERVAL = 0.0002
"""Seconds a thread keeps the interpreter: with Python's own 5 ms the window would wait that long for the training."""


class Window(MainWindow):
    """The main window, and the program that drives it.

    Attributes:
        program: owner of threads and presenters; set before the window is shown.
    """

    program: Program


class Program(QObject):
    """Owner of everything: the threads, the presenters, the window, the settings.

    Attributes:
        settings: what the user has chosen for good, and the settings file.
        notifications: what the messages say.

    """

    def __init__(self, app: QApplication, options: WindowOptions) -> None:
        super().__init__(app)
        self.settings = Settings(options, self)
        self.collector = MainThreadCollector(self)
        self.jobs = Jobs(self)
        self.inspection = InspectionThread(self)
        self.analysis = AnalysisThread(self)
        self.live = LiveWeights(self.inspection)
        with dressed_once():
            self.window = Window()
        self.notifications = Notifications(self.window.messages, self)
        self.session = Session(self)
        services = Services(
            self.session, self.jobs, self.inspection, self.analysis, self.live, self.settings, self.notifications
        )
        self.presenters = build(services, self.window, self.settings)
        self.window.closing.connect(self.shut_down)
        self.settings.serve(self.window)

    def start(self) -> None:
        """Show the window with a loaded LeNet and a digit; everything slower follows from threads."""
        sys.setswitchinterval(SWITCH_INTERVAL)
        self.inspection.start()
        self.presenters.selection.start("lenet", devices())
        self.presenters.inspection.greet_with(greeting_digit())
        self.window.show()
        self.presenters.start()

    def shut_down(self) -> None:
        """End every thread and remember the layout. Safe to call twice."""
        if self.inspection.isRunning():
            self.settings.keep_layout()
            self.presenters.shut_down()
            rescued = self.presenters.run_storage.rescue(Path.home())
            if rescued is not None:
                print(f"The run that had lost its folder is kept in {rescued}.", file=sys.stderr)
            self.presenters.own_models.shut_down()
            self.jobs.shut_down()
            self.analysis.shut_down()
            self.inspection.shut_down()
            self.collector.stop()


def launch(arguments: Sequence[str] = ()) -> tuple[QApplication, Window]:
    """Build and show the window without entering the event loop; takes the command line's options.

    The window owns the program: closing it ends every thread.
    """
    options = window_options(arguments)
    settle_allocator()
    compute_alone()
    app = application()
    program = Program(app, options)
    program.window.program = program
    program.start()
    return app, program.window


def main(arguments: Sequence[str] | None = None, on_shown: Callable[[], object] | None = None) -> int:
    """Run the window until it is closed; the exit status, 2 where there is no screen. `on_shown` is called once."""
    reason = why_no_window()
    if reason is not None:
        print(reason, file=sys.stderr)
        return 2
    app, window = launch(sys.argv[1:] if arguments is None else arguments)
    if on_shown is not None:
        QTimer.singleShot(_PAINTED_MS, window, on_shown)

    def leave(*_: object) -> None:
        # as the window's own button does; from the event loop, for the signal comes in the midst of whatever is done.
        # The collector's timer lets Python see it
        signal.signal(signal.SIGINT, leave_at_once)
        QTimer.singleShot(0, window.close)

    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, leave)
    return app.exec()


_ = torch.__version__  # the import above is needed for its order alone
