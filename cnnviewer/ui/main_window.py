"""The main window: the network in the middle, docks around it, menus above, messages where one looks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QMainWindow,
    QPushButton,
)

from cnnviewer.ui.centre import Centre
from cnnviewer.ui.choices import Choices
from cnnviewer.ui.clipboard import clipboard_picture
from cnnviewer.ui.curves.view import CurvesView
from cnnviewer.ui.docks import Docks
from cnnviewer.ui.dropped import kind_of
from cnnviewer.ui.evaluation.view import EvaluationView
from cnnviewer.ui.explain.view import ExplainView
from cnnviewer.ui.file_dialogs import Commands, FileDialogs, PathLike
from cnnviewer.ui.icons import app_icon
from cnnviewer.ui.input.panel import InputPanel
from cnnviewer.ui.kernels.view import KernelView
from cnnviewer.ui.log_view import LogView
from cnnviewer.ui.menus import Menus
from cnnviewer.ui.message_bar import MessageBar
from cnnviewer.ui.model_dialogs import ModelCommands, ModelDialogs
from cnnviewer.ui.network.view import NetworkView
from cnnviewer.ui.run_dialogs import RunCommands, RunDialogs
from cnnviewer.ui.runs.view import RunsView
from cnnviewer.ui.side_windows import SideWindows
from cnnviewer.ui.theme import theme
from cnnviewer.ui.time.bar import TimeBar
from cnnviewer.ui.train_panel import TrainPanel

_STEERED = {
    "actionTrain": "trainButton",
    "actionPause": "pauseButton",
    "actionStep": "stepButton",
    "actionStop": "stopButton",
}


class MainWindow(QMainWindow):
    """Builds and arranges every widget; owns menus and file dialogs.

    Attributes:
        train_panel, network_view, explain_view, input_panel, curves, kernel_view, evaluation_view, runs_view, log_view,
            time_bar, message_bar: the widgets.
        centre: the pages in the middle.
        menus: the actions and menus.
        film_command: who films a run.

    Signals:
        language_selected, theme_selected, motion_selected: a person's choice, to be remembered and applied.
        data_dir_selected, runs_dir_selected: the folder where data sets shall be looked for, or runs be kept.
        budget_selected: bytes that all runs together may take.
        own_data_selected: a person's own data set, `folder:PATH` or `npz:PATH`.
        paste_image_requested: a picture from the clipboard, uint8 `(H, W, 3)`.
        clipboard_empty: there was no picture in it.
        closing: before the window closes.
    """

    language_selected = Signal(str)
    theme_selected = Signal(str)
    motion_selected = Signal(bool)
    data_dir_selected = Signal(str)
    runs_dir_selected = Signal(str)
    budget_selected = Signal(object)
    own_data_selected = Signal(str)
    paste_image_requested = Signal(object)
    clipboard_empty = Signal()
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self.setDockOptions(
            QMainWindow.DockOption.AnimatedDocks
            | QMainWindow.DockOption.AllowNestedDocks
            | QMainWindow.DockOption.AllowTabbedDocks
            | QMainWindow.DockOption.GroupedDragging  # a tab can be dragged out
        )
        self._commands: Commands | None = None
        self.film_command: Callable[[PathLike], bool] | None = None
        self._run_commands: RunCommands | None = None
        self._subject = ""
        self.train_panel = TrainPanel()
        self.network_view = NetworkView()
        self.input_panel = InputPanel()
        self.curves = CurvesView()
        self.kernel_view = KernelView()
        self.log_view = LogView()
        self.evaluation_view = EvaluationView()
        self.runs_view = RunsView()
        self.time_bar = TimeBar()
        self.message_bar = MessageBar()
        self.explain_view = ExplainView()
        self.centre = Centre(self.network_view, self.explain_view, self.message_bar, self.time_bar)
        self.setCentralWidget(self.centre)
        self._docks = Docks(
            self,
            {
                "trainDock": self.train_panel,
                "inputDock": self.input_panel,
                "curvesDock": self.curves,
                "kernelsDock": self.kernel_view,
                "evaluationDock": self.evaluation_view,
                "runsDock": self.runs_view,
                "logDock": self.log_view,
            },
        )
        self.menus = Menus(self, tuple(self._docks.by_name.values()))
        self._connect()
        self._docks.reset()
        self.resize(1440, 900)
        self.setMinimumSize(900, 560)
        self.retranslate()

    def _connect(self) -> None:
        run: dict[str, Callable[[], object]] = {
            "actionPasteImage": self.paste_image,
            "actionCopyPicture": self.copy_picture,
            "actionQuit": self.close,
            "actionUndo": self.input_panel.canvas.undo,
            "actionClear": self.input_panel.canvas.clear,
            **{name: self._button(button).click for name, button in _STEERED.items()},
            "actionFit": self.network_view.canvas.fit_all,
            "actionFullScreen": self._toggle_full_screen,
            "actionResetLayout": self.reset_layout,
        }
        for name, slot in run.items():
            self.menus.actions[name].triggered.connect(slot)
        self.train_panel.buttons.changed.connect(self._follow_buttons)
        panel = self.input_panel
        panel.paste_requested.connect(self.paste_image)
        panel.file_dropped.connect(self._open_dropped)
        self._side_windows = SideWindows(self, self.menus)
        for chooser in (self.menus, self._side_windows):
            chooser.language_selected.connect(self.language_selected)
            chooser.theme_selected.connect(self.theme_selected)
            chooser.motion_selected.connect(self.motion_selected)
        self._side_windows.data_dir_selected.connect(self.data_dir_selected)
        self._side_windows.runs_dir_selected.connect(self.runs_dir_selected)
        self._side_windows.budget_selected.connect(self.budget_selected)

    def _button(self, name: str) -> QPushButton:
        button = self.train_panel.findChild(QPushButton, name)
        if button is None:
            raise LookupError(name)
        return button

    def _follow_buttons(self) -> None:
        """Say in the menu what stands on the buttons."""
        for name, button in ((name, self._button(button)) for name, button in _STEERED.items()):
            self.menus.actions[name].setText(button.text())
            self.menus.actions[name].setEnabled(button.isEnabled())

    # what the composition root gives

    def bind(self, commands: Commands, model_commands: ModelCommands) -> None:
        """Hand over who carries out what is asked for with a path."""
        self._commands = commands
        ask = FileDialogs(self, commands)
        self.model_dialogs = ModelDialogs(self, ask, model_commands)
        self.menus.actions["actionOpenModel"].triggered.connect(self.model_dialogs.ask_for_model)
        self.explain_view.save_requested.connect(self.model_dialogs.ask_where_to_save_explanation)
        ask.own_data_selected.connect(self.own_data_selected)
        ask.film_path_chosen.connect(self.export_film)
        for name, slot in {
            "actionOpenImage": ask.ask_for_image,
            "actionOpenWeights": ask.ask_for_weights,
            "actionSaveWeights": ask.ask_where_to_save_weights,
            "actionExportPlot": ask.ask_how_to_export_plot,
            "actionExportData": ask.ask_where_to_export_data,
            "actionExportMaps": ask.ask_where_to_export_maps,
            "actionExportKernels": ask.ask_where_to_export_kernels,
            "actionExportNetwork": ask.ask_where_to_export_network,
            "actionExportFilm": ask.ask_where_to_export_film,
            "actionSaveDrawing": ask.ask_where_to_save_drawing,
            "actionOpenDrawing": ask.ask_for_drawing,
        }.items():
            self.menus.actions[name].triggered.connect(slot)
        self.input_panel.open_image_requested.connect(ask.ask_for_image)
        self.input_panel.save_drawing_requested.connect(ask.ask_where_to_save_drawing)
        self.input_panel.open_drawing_requested.connect(ask.ask_for_drawing)
        self.curves.export_requested.connect(ask.ask_how_to_export_plot)
        self.train_panel.own_folder_requested.connect(ask.ask_for_own_folder)
        self.train_panel.own_npz_requested.connect(ask.ask_for_own_npz)

    def bind_runs(self, commands: RunCommands) -> None:
        """Hand over who carries out what is asked for with the folder of a run."""
        self._run_commands = commands
        self.run_dialogs = RunDialogs(self, self.menus, commands)

    def show_choices(self, choices: Choices) -> None:
        """Show in menus and preferences what is in use."""
        self._side_windows.show_choices(choices)

    def set_motion(self, enabled: bool) -> None:
        """Let things move smoothly, or not at all."""
        self.network_view.set_motion(enabled)
        self.explain_view.set_motion(enabled)
        self.input_panel.prediction.set_motion(enabled)
        self.setAnimated(enabled)

    def show_explanation(self, wanted: bool) -> None:
        """Make room for the explanation below the network, or give it back."""
        if wanted:
            self.centre.show_explanation()
        else:
            self.centre.hide_explanation()
        self._docks.make_room(wanted)

    def show_runs(self) -> None:
        """Bring the list of runs to the front."""
        self._docks.bring("runsDock")

    def set_subject(self, subject: str) -> None:
        """Say in the title what is on the screen."""
        self._subject = subject
        self.setWindowTitle(f"cnnviewer — {subject}" if subject else "cnnviewer")

    # with a path, without a dialog; False when it was not done, and then the message bar says why

    def open_image(self, path: PathLike) -> bool:
        """Look at the picture in this file."""
        return self._commands is not None and self._commands.open_image(path)

    def open_weights(self, path: PathLike) -> bool:
        """Show the weights in this file."""
        return self._commands is not None and self._commands.open_weights(path)

    def open_model(self, path: PathLike) -> bool:
        """Ask whether this Python file may run, to use its model; True when the question is on the screen."""
        return self._commands is not None and self.model_dialogs.ask_consent(path)

    def open_run(self, path: PathLike) -> bool:
        """Show the run in this folder: its curves, its newest weights, its data set."""
        return self._run_commands is not None and self._run_commands.open_run(path)

    def save_run(self, path: PathLike) -> bool:
        """Save the run shown in a folder of its own in this one; one being trained goes on being recorded."""
        return self._run_commands is not None and self._run_commands.save_run(path)

    def save_weights(self, path: PathLike) -> bool:
        """Save the weights on the screen."""
        return self._commands is not None and self._commands.save_weights(path)

    def export_plot(self, path: PathLike) -> bool:
        """Export the curves: `.png`, `.svg` or `.pdf`."""
        return self._commands is not None and self._commands.export_plot(path)

    def export_data(self, path: PathLike) -> bool:
        """Export the numbers: `.csv` or `.json`."""
        return self._commands is not None and self._commands.export_data(path)

    def export_network(self, path: PathLike) -> bool:
        """Export the network's picture: `.svg` or `.png`."""
        return self._commands is not None and self._commands.export_network(path)

    def export_film(self, path: PathLike) -> bool:
        """Export the run as a film: `.gif`, `.mp4` or `.webm`."""
        return self.film_command is not None and self.film_command(path)

    # clipboard

    def paste_image(self) -> None:
        """Look at the picture in the clipboard, or open the image file that was copied."""
        pixels = clipboard_picture()
        mime = QGuiApplication.clipboard().mimeData()
        if pixels is not None:
            self.paste_image_requested.emit(pixels)
        elif mime.hasUrls() and mime.urls()[0].isLocalFile():
            self.open_image(mime.urls()[0].toLocalFile())
        else:
            self.clipboard_empty.emit()

    def copy_picture(self) -> None:
        """Put the network's picture into the clipboard."""
        picture = QPixmap()
        picture.loadFromData(self.network_view.to_png(self._subject, theme().tokens.name == "dark", 2400))
        QGuiApplication.clipboard().setPixmap(picture)

    # layout

    def save_layout(self) -> bytes:
        """Where every dock is, and the window's size."""
        return self._docks.save()

    def restore_layout(self, data: bytes) -> bool:
        """Put everything where `save_layout` found it; False, and the first layout, when it is damaged."""
        return self._docks.restore(data)

    def reset_layout(self) -> None:
        """Put every dock back where it was at first."""
        self._docks.reset()

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def sizeHint(self) -> QSize:
        """Return the size the layout was drawn for."""
        return QSize(1440, 900)

    # drag and drop

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls() and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped, as what its name says it is."""
        self._open_dropped(event.mimeData().urls()[0].toLocalFile())

    def _open_dropped(self, path: str) -> None:
        kind = kind_of(path)
        if kind in ("folder", "npz"):
            self.own_data_selected.emit(f"{kind}:{path}")
            return
        opened = {"run": self.open_run, "weights": self.open_weights, "model": self.open_model}
        opened.get(kind, self.open_image)(path)

    # language, closing

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        for name, title in (
            ("trainDock", self.tr("Train")),
            ("inputDock", self.tr("Input and prediction")),
            ("curvesDock", self.tr("Curves")),
            ("kernelsDock", self.tr("Kernels")),
            ("evaluationDock", self.tr("Evaluation")),
            ("runsDock", self.tr("Runs")),
            ("logDock", self.tr("Log")),
        ):
            self._docks.by_name[name].setWindowTitle(title)
        self.menus.retranslate()
        self._follow_buttons()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew when the window becomes narrow, or wide again."""
        super().resizeEvent(event)
        if self._docks.crosses(event.oldSize().width(), event.size().width()):
            self._docks.share_width(event.size().width())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the threads end first."""
        self.closing.emit()
        super().closeEvent(event)
