"""The main window: the workspaces, the input at their side, menus above, messages over them."""

from __future__ import annotations

import json
from collections.abc import Callable

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMainWindow, QWidget
from shiboken6 import isValid

from cnnviewer.core.data.key import DataKey
from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.records import Cell
from cnnviewer.ui.build.workspace import BuildWorkspace
from cnnviewer.ui.compare.runs.view import RunsView
from cnnviewer.ui.compare.workspace import CompareWorkspace
from cnnviewer.ui.evaluate.workspace import EvaluateWorkspace
from cnnviewer.ui.explore.explain.view import ExplainView
from cnnviewer.ui.explore.kernels.view import KernelView
from cnnviewer.ui.explore.network.view import NetworkView
from cnnviewer.ui.explore.why.view import WhyView
from cnnviewer.ui.explore.workspace import ExploreWorkspace
from cnnviewer.ui.train.curves.view import CurvesView
from cnnviewer.ui.train.log_view import LogView
from cnnviewer.ui.train.panel import TrainPanel
from cnnviewer.ui.train.workspace import TrainWorkspace
from cnnviewer.ui.widgets.accessible_role import offer_roles
from cnnviewer.ui.widgets.clipboard import clipped
from cnnviewer.ui.widgets.icons import app_icon
from cnnviewer.ui.widgets.plain_text import window_title
from cnnviewer.ui.widgets.reading_order import focus_beside, tabs_to_all
from cnnviewer.ui.widgets.text_size import bounded, chosen_pixels, next_size, use_text_pixels
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.window.commands import WindowCommands
from cnnviewer.ui.window.continue_form import ContinueForm
from cnnviewer.ui.window.detached import DetachedWorkspaces
from cnnviewer.ui.window.dropped import kind_of
from cnnviewer.ui.window.file_dialogs import FileDialogs, PathLike
from cnnviewer.ui.window.frame import WORKSPACES, Frame
from cnnviewer.ui.window.freeze_dialog import FreezeQuestions
from cnnviewer.ui.window.images_dialogs import ImagesDialogs
from cnnviewer.ui.window.input.panel import InputPanel
from cnnviewer.ui.window.last_change import LastChange
from cnnviewer.ui.window.menus import Menus
from cnnviewer.ui.window.messages import Messages
from cnnviewer.ui.window.model_dialogs import ModelDialogs
from cnnviewer.ui.window.placing import LEAST, USUAL
from cnnviewer.ui.window.run_dialogs import RunDialogs
from cnnviewer.ui.window.settings_shown import ShownSettings
from cnnviewer.ui.window.side_windows import SideWindows
from cnnviewer.ui.window.timeline.area import TimelineArea
from cnnviewer.ui.window.timeline.timeline import TimelineBar
from cnnviewer.ui.window.top_bar import TopBar
from cnnviewer.ui.window.train_actions import TrainActions
from cnnviewer.ui.window.why_places import WhyPlaces
from cnnviewer.ui.window.workspace_texts import workspace_texts

_MORE = ("actionFullScreen", "actionResetLayout", "", "actionPreferences", "actionHelp", "actionAbout")
_GROWTH_MS = 150
"""After the last change of the window's size text may take another one."""


class MainWindow(Translated, QMainWindow):
    """Builds and arranges every widget; owns menus and file dialogs.

    Attributes:
        train_panel, network_view, explain_view, why_view, input_panel, curves, kernel_view, evaluation_view, runs_view,
            log_view, timeline, messages, continue_form: the widgets.
        explore, train, compare, build: the workspaces that exist from the start.
        stage: all workspaces, by name.
        why_places: where the panel Why stands.
        menus: the actions and menus.

    Signals:
        language_selected, theme_selected, motion_selected: the user's choice, to be remembered and applied.
        text_size_selected: the size that all text shall have, in percent of the usual one.
        data_dir_selected, runs_dir_selected: the folder where data sets shall be looked for, or runs be kept.
        budget_selected: bytes that all runs together may take.
        own_data_selected: the user's own data set, `folder:PATH` or `npz:PATH`.
        paste_image_requested: a picture from the clipboard; calling it reads it.
        paste_refused: why there is none to be looked at, a UserError.
        closing: before the window closes.
    """

    language_selected = Signal(str)
    theme_selected = Signal(str)
    motion_selected = Signal(bool)
    text_size_selected = Signal(int)
    data_dir_selected = Signal(str)
    runs_dir_selected = Signal(str)
    budget_selected = Signal(object)
    own_data_selected = Signal(str)
    paste_image_requested = Signal(object)
    paste_refused = Signal(object)
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        offer_roles()
        self.setObjectName("mainWindow")
        self.setWindowIcon(app_icon())
        self.setAcceptDrops(True)
        self._commands: WindowCommands | None = None
        self._subject = ""
        self._came_from = ""  # the workspace that led to Explore
        self._left: QWidget | None = None  # what had the focus there
        self._text_size = 100
        self._growth = QTimer(self)
        self._growth.setSingleShot(True)
        self._growth.setInterval(_GROWTH_MS)
        self._growth.timeout.connect(self._use_text_size)
        self.train_panel = TrainPanel()
        self.network_view = NetworkView()
        self.input_panel = InputPanel()
        self.curves = CurvesView()
        self.kernel_view = KernelView()
        self.log_view = LogView()
        self.evaluation_view = EvaluateWorkspace()
        self.runs_view = RunsView()
        self.timeline = TimelineBar()
        self.messages = Messages()
        self.continue_form = ContinueForm()
        self.explain_view = ExplainView()
        self.why_view = WhyView()
        self.explore = ExploreWorkspace(self.network_view, self.kernel_view, self.explain_view)
        self.train = TrainWorkspace(self.train_panel, self.curves, self.log_view)
        self.compare = CompareWorkspace(self.runs_view)
        self.build = BuildWorkspace()
        self.top_bar = TopBar()
        timeline = self._timeline_area = TimelineArea(self.timeline)
        timeline.room_changed.connect(self.train.leave_room_below)
        self.train.leave_room_below(timeline.minimumSizeHint().height())
        self._frame = Frame(self.top_bar, self.input_panel, self.messages, self.continue_form, timeline)
        self.stage = self._frame.stage
        self._detached = DetachedWorkspaces(self.stage, self)
        for name, workspace in (
            ("explore", self.explore),
            ("train", self.train),
            ("evaluate", self.evaluation_view),
            ("compare", self.compare),
            ("build", self.build),
        ):
            self.stage.add(name, workspace)
        self.setCentralWidget(self._frame)
        self.menus = Menus(self)
        self._undo = LastChange(self, self.menus)
        self.why_places = WhyPlaces(self.why_view, self.explore, self.evaluation_view, self.menus, self)
        self._train_actions = TrainActions(self.menus.actions, self.train_panel.buttons, self)
        self.freeze_questions = FreezeQuestions(self)
        self._connect()
        self.resize(USUAL)
        self.setMinimumSize(LEAST)
        self.retranslate()
        self.show_workspace("explore")

    def _connect(self) -> None:
        run: dict[str, Callable[[], object]] = {
            "actionPasteImage": self.paste_image,
            "actionCopyPicture": self.copy_picture,
            "actionQuit": self.close,
            "actionClear": self.input_panel.canvas.clear,
            "actionTextLarger": self._enlarge_text,
            "actionTextSmaller": self._reduce_text,
            "actionTextUsual": self._reset_text,
            "actionFit": self.network_view.canvas.fit_all,
            "actionRail": self._frame.toggle_rail,
            "actionOwnWindow": self._detach_workspace,
            "actionFullScreen": self._toggle_full_screen,
            "actionResetLayout": self.reset_layout,
        }
        for name, slot in run.items():
            self.menus.actions[name].triggered.connect(slot)
        self._frame.rail_collapsed_changed.connect(self.menus.set_rail_collapsed)
        bar = self.timeline
        bar.possible_changed.connect(self.menus.set_time_offered)
        bar.export_requested.connect(self.menus.actions["actionExportFilm"].trigger)
        bar.branch_requested.connect(self.train_panel.branch_requested)
        self.curves.range_changed.connect(bar.show_part)
        for name, slot in {
            "actionTimePlay": bar.toggle_playing,
            "actionTimeEarlier": bar.earlier_requested.emit,
            "actionTimeLater": bar.later_requested.emit,
            "actionTimeFirst": bar.first_requested.emit,
            "actionTimeBest": bar.best_requested.emit,
            "actionTimeNow": bar.now_requested.emit,
            "actionTimeMark": bar.ask_for_mark,
        }.items():
            self.menus.actions[name].triggered.connect(slot)
        self.top_bar.workspace_requested.connect(self.show_workspace)
        self.top_bar.text_smaller_requested.connect(self.menus.actions["actionTextSmaller"].trigger)
        self.top_bar.text_larger_requested.connect(self.menus.actions["actionTextLarger"].trigger)
        self.top_bar.set_more_actions([self.menus.actions.get(name) for name in _MORE])
        self.menus.workspace_requested.connect(self.show_workspace)
        self.stage.page_opened.connect(self._on_workspace_opened)
        self.explore.back_requested.connect(self._go_back)
        for empty in (self.curves, self.evaluation_view):
            empty.choice_requested.connect(self.open_choices)
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

    # what the composition root gives

    def set_commands(self, commands: WindowCommands) -> None:
        """Hand over who carries out what the window asks for."""
        self._commands = commands
        ask = self.file_dialogs = FileDialogs(self, commands.files)
        self.model_dialogs = ModelDialogs(self, ask, commands.models)
        self.evaluation_view.errors.export_requested.connect(ImagesDialogs(self, commands.images).ask)
        self.run_dialogs = RunDialogs(self, self.menus, commands)
        self.menus.actions["actionTrainFrom"].triggered.connect(commands.train_from_shown)
        self._train_actions.newest_requested.connect(commands.resume_newest)
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
        chip = self.top_bar.chip
        chip.open_model_requested.connect(self.model_dialogs.ask_for_model)
        chip.open_weights_requested.connect(ask.ask_for_weights)
        chip.open_run_requested.connect(self.run_dialogs.ask_for_run)
        chip.own_folder_requested.connect(ask.ask_for_own_folder)
        chip.own_npz_requested.connect(ask.ask_for_own_npz)

    def show_choices(self, choices: ShownSettings) -> None:
        """Show in menus and preferences what is in use."""
        self._side_windows.show_choices(choices)

    def set_motion(self, enabled: bool) -> None:
        """Let things move smoothly, or not at all."""
        self.network_view.set_motion(enabled)
        self.explain_view.set_motion(enabled)
        self.input_panel.prediction.set_motion(enabled)

    def show_explanation(self, wanted: bool) -> None:
        """Go to the arithmetic of the number pinned, or from there back to the whole network.

        From another level to its operands, whichever tab was open last: that is what a click on a map is said to show.
        """
        if wanted:
            if self.explore.level != "number":
                self.explain_view.show_text_tab("numbers")
            self.explore.show_level("number")
            self.show_workspace("explore")
        elif self.explore.level == "number":
            self.explore.show_level("network")

    # workspaces

    @property
    def workspace(self) -> str:
        """The workspace shown: `explore`, `train`, `evaluate`, `compare`, `build` or `sandbox`."""
        return self.stage.page

    def show_workspace(self, key: str, part: str = "") -> None:
        """Show a workspace, and the part of it named; ValueError for one that there is not.

        Args:
            key: `explore`, `train`, `evaluate`, `compare`, `build` or `sandbox`.
            part: of Evaluate `errors`, `classes` or `calibration`, of Compare `compare` or `sweep`, of Build `builder`
                or `architectures`; empty: as it was left.

        """
        if key == "build":
            self.build.open(part or self.build.pages.page)
        elif key == "compare":
            self.compare.parts.open(part or self.compare.parts.pages.page)
        elif key == "evaluate":
            self.evaluation_view.open(part or self.evaluation_view.pages.page)
        self.stage.open(key)
        self._detached.bring_forward(key)

    def open_choices(self) -> None:
        """Open the choice of model, data set and weights, whichever window asked for it."""
        self.activateWindow()
        self.top_bar.chip.open_choices()

    def look_into(self, cell: Cell) -> None:
        """Show a cell in Explore, with a way back to the workspace in which it was asked for."""
        origin, left = self.workspace, self.focusWidget()
        self.show_workspace("explore")
        self.explore.show_network()
        if origin != "explore":
            self._came_from, self._left = origin, left
            self._name_way_back()
        self.network_view.select(cell.layer, cell.channel, cell.row, cell.col)

    def _go_back(self) -> None:
        left, self._left = self._left, None
        self.show_workspace(self._came_from)
        if left is not None and isValid(left) and left.isVisible():
            left.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name_way_back(self) -> None:
        names = dict(zip(WORKSPACES, workspace_texts(), strict=True))
        self.explore.set_way_back(names[self._came_from][0] if self._came_from else "")

    def _on_workspace_opened(self, name: str) -> None:
        if name != "explore":
            self._came_from = ""
            self._name_way_back()
        self.messages.on_workspace_shown(waits=name in ("train", "compare"))
        self.top_bar.set_workspace(name)
        self.menus.set_workspace(name)
        self.why_places.set_workspace(name)
        self._timeline_area.set_wanted(name not in ("build", "sandbox"))

    def set_subject(self, subject: str) -> None:
        """Say in the title what is on the screen."""
        self._subject = subject
        self._detached.set_subject(subject)
        self.setWindowTitle(window_title(f"cnnviewer — {subject}") if subject else "cnnviewer")

    # with a path, without a dialog; False when it was not done, and then a message says why

    def open_image(self, path: PathLike) -> bool:
        """Look at the picture in this file."""
        return self._commands is not None and self._commands.files.open_image(path)

    def open_weights(self, path: PathLike) -> bool:
        """Show the weights in this file."""
        return self._commands is not None and self._commands.files.open_weights(path)

    def open_model(self, path: PathLike) -> bool:
        """Ask whether this Python file may run, to use its model; True when the question is on the screen."""
        return self._commands is not None and self.model_dialogs.ask_consent(path)

    def open_run(self, path: PathLike) -> bool:
        """Show the run in this folder: its curves, its newest weights, its data set."""
        return self._commands is not None and self._commands.open_run(path)

    def save_run(self, path: PathLike) -> bool:
        """Save the run shown in a folder of its own in this one; one being trained stays recorded."""
        return self._commands is not None and self._commands.save_run(path)

    def save_weights(self, path: PathLike) -> bool:
        """Save the weights on the screen."""
        return self._commands is not None and self._commands.files.save_weights(path)

    def export_plot(self, path: PathLike) -> bool:
        """Export the curves: `.png`, `.svg` or `.pdf`."""
        return self._commands is not None and self._commands.files.export_plot(path)

    def export_data(self, path: PathLike) -> bool:
        """Export the numbers: `.csv` or `.json`."""
        return self._commands is not None and self._commands.files.export_data(path)

    def export_images(self, path: PathLike) -> bool:
        """Export the images selected in Evaluate, or all listed: `.csv`, or a folder of PNG files, new or empty."""
        return self._commands is not None and self._commands.images.export_images(path)

    def export_network(self, path: PathLike) -> bool:
        """Export the network's picture: `.svg` or `.png`."""
        return self._commands is not None and self._commands.files.export_network(path)

    def export_film(self, path: PathLike) -> bool:
        """Export the run as a video: `.gif`, `.mp4` or `.webm`."""
        return self._commands is not None and self._commands.export_film(path)

    # clipboard

    def paste_image(self) -> None:
        """Look at the picture in the clipboard, or open the image file that was copied."""
        try:
            found = clipped(QGuiApplication.clipboard().mimeData())
        except UserError as error:
            self.paste_refused.emit(error)
            return
        if isinstance(found, str):
            self.open_image(found)
        else:
            self.paste_image_requested.emit(found)

    @property
    def is_dark(self) -> bool:
        """Whether the window has the dark theme."""
        return theme().tokens.name == "dark"

    def copy_picture(self) -> None:
        """Put the network's picture into the clipboard."""
        picture = QPixmap()
        picture.loadFromData(self.network_view.to_png(self._subject, self.is_dark, 2400))
        QGuiApplication.clipboard().setPixmap(picture)

    # text size

    def set_text_size(self, percent: int) -> None:
        """Write everything in this size, 80 to 250 percent of the usual one, from now on."""
        self.text_size_selected.emit(percent)

    def show_text_size(self, percent: int) -> None:
        """Write everything in this size, in percent of what is usual in a window of this height."""
        self._text_size = percent
        self._use_text_size()

    def _use_text_size(self) -> None:
        use_text_pixels(chosen_pixels(self.height(), self._text_size))
        smaller, larger = (self._next_size(step) != bounded(self._text_size) for step in (-1, 1))
        self.menus.actions["actionTextSmaller"].setEnabled(smaller)
        self.menus.actions["actionTextLarger"].setEnabled(larger)
        self.top_bar.set_sizes(smaller, larger)

    def _next_size(self, step: int) -> int:
        return next_size(self._text_size, step, self.height())

    def _enlarge_text(self) -> None:
        self.set_text_size(self._next_size(1))

    def _reduce_text(self) -> None:
        self.set_text_size(self._next_size(-1))

    def _reset_text(self) -> None:
        self.set_text_size(100)

    # layout

    def save_layout(self) -> bytes:
        """The window's place and the width of its parts: base64 and JSON with a bar between."""
        parts = json.dumps({"rail": self._frame.rail_width, "rail_collapsed": self._frame.rail_collapsed})
        return bytes(self.saveGeometry().toBase64().data()) + b"|" + parts.encode("ascii")

    def restore_layout(self, data: bytes) -> bool:
        """Put everything where `save_layout` found it; False where the data is damaged.

        Versions with docks wrote their places behind the bar: of those the window's place alone is used.
        """
        geometry, separator, text = data.partition(b"|")
        if not separator:
            return False
        try:
            parts = json.loads(text)
            self._frame.set_rail_width(int(parts["rail"]))
            self._frame.set_rail_collapsed(bool(parts.get("rail_collapsed", False)))
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
            self._frame.reset()
        return self.restoreGeometry(QByteArray.fromBase64(QByteArray(geometry)))

    def reset_layout(self) -> None:
        """Give every part its first width."""
        self._frame.reset()

    def _detach_workspace(self) -> None:
        self._detached.detach(self.workspace, self.menus.actions["actionOwnWindow"].shortcut(), self.menus.with_keys)

    def _toggle_full_screen(self) -> None:
        window = self._detached.active or self
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def sizeHint(self) -> QSize:
        """Return the size the layout was drawn for."""
        return QSize(USUAL)

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
            self.own_data_selected.emit(str(DataKey(kind, path)))
            return
        opened = {"run": self.open_run, "weights": self.open_weights, "model": self.open_model}
        opened.get(kind, self.open_image)(path)

    # language, closing

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.menus.retranslate()
        self._name_way_back()
        self._train_actions.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Text grows with the window, when it has come to rest: all texts are laid out anew then."""
        super().resizeEvent(event)
        if self.isVisible():
            self._growth.start()

    def showEvent(self, event: QShowEvent) -> None:
        """The first size counts at once."""
        super().showEvent(event)
        self._use_text_size()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab reads: top bar, input, stage, timeline."""
        return focus_beside(self._frame, forward) if tabs_to_all() else super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody else takes leads back to the network, then to what led there, or closes a message; undo."""
        if event.key() == Qt.Key.Key_Escape:
            if self.workspace != "explore" or not self.explore.go_up():
                self.messages.dismiss()
        elif not self._undo.press(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the threads end first."""
        self._detached.put_all_back()
        self.closing.emit()
        super().closeEvent(event)
