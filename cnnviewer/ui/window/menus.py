"""The menus: every command of the window with its shortcut, in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from cnnviewer.ui.widgets.plain_text import tool_tip
from cnnviewer.ui.widgets.shown_icon import fit_icons, show_icon
from cnnviewer.ui.window.frame import WORKSPACES
from cnnviewer.ui.window.workspace_texts import workspace_texts

SHORTCUTS = {
    "actionOpenImage": "Ctrl+O",
    "actionPasteImage": "Ctrl+V",
    "actionOpenWeights": "Ctrl+Shift+O",
    "actionOpenModel": "",
    "actionOpenRun": "Ctrl+Shift+R",
    "actionSaveRun": "",
    "actionSaveWeights": "Ctrl+S",
    "actionExportPlot": "Ctrl+E",
    "actionExportData": "Ctrl+Shift+E",
    "actionExportMaps": "",
    "actionExportKernels": "",
    "actionExportNetwork": "",
    "actionExportAttribution": "",
    "actionExportFilm": "",
    "actionCopyPicture": "Ctrl+C",
    "actionQuit": "Ctrl+Q",
    "actionUndo": "Ctrl+Z",
    "actionRedo": "Ctrl+Shift+Z",
    "actionClear": "Ctrl+Backspace",
    "actionSaveDrawing": "",
    "actionOpenDrawing": "",
    "actionTrain": "Ctrl+T",
    "actionTrainFrom": "",
    "actionBranch": "",
    "actionResume": "Ctrl+G",
    "actionBackToRun": "",
    "actionPause": "Ctrl+P",
    "actionStep": "Ctrl+.",
    "actionStop": "Ctrl+Shift+T",
    "actionTimePlay": "Ctrl+Shift+P",
    "actionTimeEarlier": "Alt+Left",
    "actionTimeLater": "Alt+Right",
    "actionTimeFirst": "Alt+Home",
    "actionTimeBest": "Alt+Up",
    "actionTimeNow": "Alt+End",
    "actionTimeMark": "Ctrl+M",
    "actionTextLarger": "Ctrl++",
    "actionTextSmaller": "Ctrl+-",
    "actionTextUsual": "Ctrl+0",
    "actionFit": "",
    "actionWhy": "Ctrl+Shift+Y",
    "actionRail": "Ctrl+B",
    "actionFullScreen": "F11",
    "actionOwnWindow": "Ctrl+Shift+W",
    "actionResetLayout": "",
    "actionPreferences": "Ctrl+,",
    "actionHelp": "F1",
    "actionAbout": "",
}

_ICONS = {
    "actionOpenImage": "image",
    "actionPasteImage": "paste",
    "actionOpenWeights": "open",
    "actionSaveWeights": "save",
    "actionExportPlot": "export",
    "actionCopyPicture": "copy",
    "actionUndo": "undo",
    "actionRedo": "redo",
    "actionClear": "clear",
    "actionTrain": "play",
    "actionPause": "pause",
    "actionStep": "step",
    "actionStop": "stop",
    "actionTimePlay": "play",
    "actionTimeEarlier": "back",
    "actionTimeLater": "step",
    "actionTimeBest": "best",
    "actionTimeNow": "now",
    "actionTimeMark": "mark",
    "actionFit": "fit",
    "actionResetLayout": "reset",
    "actionPreferences": "settings",
    "actionHelp": "help",
}

_LAYOUT: dict[str, tuple[str, ...]] = {
    "file": (
        "actionOpenImage",
        "actionPasteImage",
        "",
        "actionOpenWeights",
        "actionOpenModel",
        "actionSaveWeights",
        "",
        "actionOpenRun",
        "actionSaveRun",
        "",
        "export",
        "actionCopyPicture",
        "",
        "actionQuit",
    ),
    "edit": (
        "actionUndo",
        "actionRedo",
        "actionClear",
        "",
        "actionOpenDrawing",
        "actionSaveDrawing",
        "",
        "actionPreferences",
    ),
    "train": (
        "actionTrain",
        "actionTrainFrom",
        "actionBranch",
        "actionResume",
        "actionPause",
        "actionStep",
        "actionStop",
        "",
        "actionBackToRun",
        "time",
    ),
    "view": (
        "workspaces",
        "",
        "actionTextLarger",
        "actionTextSmaller",
        "actionTextUsual",
        "actionFit",
        "actionWhy",
        "actionRail",
        "actionOwnWindow",
        "actionFullScreen",
        "actionResetLayout",
        "",
        "theme",
        "language",
        "motion",
    ),
    "help": ("actionHelp", "actionAbout"),
}

_TIME = (
    "actionTimePlay",
    "actionTimeEarlier",
    "actionTimeLater",
    "",
    "actionTimeFirst",
    "actionTimeBest",
    "actionTimeNow",
    "",
    "actionTimeMark",
)

_EXPORTS = (
    "actionExportPlot",
    "actionExportData",
    "actionExportNetwork",
    "actionExportMaps",
    "actionExportKernels",
    "actionExportAttribution",
    "actionExportFilm",
)


class Menus(QObject):
    """Owner of the window's actions and menus.

    Attributes:
        actions: by object name; the names of the automation contract among them.

    Signals:
        theme_selected: `system`, `light` or `dark`.
        language_selected: `system`, `en` or `ko`.
        motion_selected: whether things may move.
        workspace_requested: name of a workspace.
        edit_opened, edit_closed: the menu Edit is about to be shown, or is no longer.
    """

    theme_selected = Signal(str)
    language_selected = Signal(str)
    motion_selected = Signal(bool)
    workspace_requested = Signal(str)
    edit_opened = Signal()
    edit_closed = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.actions: dict[str, QAction] = {}
        for name, keys in SHORTCUTS.items():
            action = QAction(window)
            action.setObjectName(name)
            if keys:
                action.setShortcut(QKeySequence(keys))
            window.addAction(action)
            self.actions[name] = action
        for name in ("actionRail", "actionWhy"):
            self.actions[name].setCheckable(True)
        self.actions["actionQuit"].setMenuRole(QAction.MenuRole.QuitRole)
        self.actions["actionPreferences"].setMenuRole(QAction.MenuRole.PreferencesRole)
        self.actions["actionAbout"].setMenuRole(QAction.MenuRole.AboutRole)
        self._motion = QAction(self)
        self._motion.setObjectName("actionMotion")
        self._motion.setCheckable(True)
        self._motion.setChecked(True)
        self._motion.toggled.connect(self.motion_selected)
        self._menus = {key: QMenu(window) for key in (*_LAYOUT, "export", "time", "theme", "language")}
        for menu in self._menus.values():
            fit_icons(menu)
        self._workspaces = self._choices("workspace", WORKSPACES)
        self._workspaces.triggered.connect(self._on_workspace_triggered)
        for index, action in enumerate(self._workspaces.actions()):
            action.setShortcut(QKeySequence(f"Ctrl+{index + 1}"))
            window.addAction(action)
        self._themes = self._choices("theme", ("system", "light", "dark"))
        self._themes.triggered.connect(self._on_theme_triggered)
        self._languages = self._choices("language", ("system", "en", "ko"))
        self._languages.triggered.connect(self._on_language_triggered)
        for name in _EXPORTS:
            self._menus["export"].addAction(self.actions[name])
        for name in _TIME:
            self._add(self._menus["time"], name)
        self._menus["edit"].aboutToShow.connect(self.edit_opened)
        self._menus["edit"].aboutToHide.connect(self.edit_closed)
        self.set_time_offered(False)
        for key, names in _LAYOUT.items():
            window.menuBar().addMenu(self._menus[key])
            self._menus[key].setToolTipsVisible(True)
            for name in names:
                self._add(self._menus[key], name)
        for name, drawing in _ICONS.items():
            show_icon(self.actions[name], drawing, "muted")
        self.retranslate()

    @property
    def with_keys(self) -> list[QAction]:
        """What keys do in the main window, for the windows of workspaces; these close with the keys that open them."""
        own = self.actions["actionOwnWindow"]
        found = [*self.actions.values(), *self._workspaces.actions()]
        return [action for action in found if action is not own and not action.shortcut().isEmpty()]

    def _add(self, menu: QMenu, name: str) -> None:
        if not name:
            menu.addSeparator()
        elif name == "workspaces":
            menu.addActions(self._workspaces.actions())
        elif name == "motion":
            menu.addAction(self._motion)
        elif name in self._menus:
            menu.addMenu(self._menus[name])
        else:
            menu.addAction(self.actions[name])

    def _choices(self, key: str, values: tuple[str, ...]) -> QActionGroup:
        group = QActionGroup(self)
        for value in values:
            action = QAction(group)
            action.setObjectName(f"{key}-{value}")
            action.setCheckable(True)
            action.setData(value)
            if key in self._menus:
                self._menus[key].addAction(action)
        return group

    def _on_workspace_triggered(self, action: QAction) -> None:
        self.workspace_requested.emit(action.data())

    def set_workspace(self, name: str) -> None:
        """Mark this workspace as the one shown."""
        self._workspaces.actions()[WORKSPACES.index(name)].setChecked(True)

    def _on_theme_triggered(self, action: QAction) -> None:
        self.theme_selected.emit(action.data())

    def _on_language_triggered(self, action: QAction) -> None:
        self.language_selected.emit(action.data())

    def set_rail_collapsed(self, collapsed: bool) -> None:
        """Mark whether the input at the side is narrow."""
        self.actions["actionRail"].setChecked(collapsed)

    def set_why_offered(self, offered: bool) -> None:
        """Whether the workspace shown has a place for the panel Why; where it has none the tip says where to go."""
        if offered != self.actions["actionWhy"].isEnabled():
            self.actions["actionWhy"].setEnabled(offered)
            self._say("actionWhy")

    def set_time_offered(self, offered: bool) -> None:
        """Whether there is a run with snapshots to go through."""
        for name in filter(None, (*_TIME, "actionExportFilm")):
            self.actions[name].setEnabled(offered)

    def show_choices(self, theme_name: str, language: str, motion: bool) -> None:
        """Mark what is in use."""
        for group, value in ((self._themes, theme_name), (self._languages, language)):
            for action in group.actions():
                action.setChecked(action.data() == value)
        self._motion.blockSignals(True)
        self._motion.setChecked(motion)
        self._motion.blockSignals(False)

    def _texts(self) -> dict[str, tuple[str, str]]:
        return {
            "actionOpenImage": (self.tr("Open image…"), self.tr("Look at a picture of your own")),
            "actionPasteImage": (self.tr("Paste image"), self.tr("Look at the picture in the clipboard")),
            "actionOpenWeights": (
                self.tr("Open weights…"),
                self.tr("Show weights from a file such as .safetensors, .pt, .pth or .ckpt"),
            ),
            "actionOpenModel": (
                self.tr("Open model…"),
                self.tr("Use an nn.Module from a Python file, after you have agreed to run it"),
            ),
            "actionOpenRun": (
                self.tr("Open run…"),
                self.tr("Show a run from its folder, anywhere; one that is being trained elsewhere is followed"),
            ),
            "actionSaveRun": (self.tr("Save run elsewhere…"), self.tr("Keep the run shown in another folder, too")),
            "actionResume": (
                self.tr("Continue"),
                self.tr("Train on where the run shown, or the newest, was left"),
            ),
            "actionSaveWeights": (
                self.tr("Save weights…"),
                self.tr("Save the weights on the screen as .safetensors, with the channels that are muted"),
            ),
            "actionExportPlot": (self.tr("Curves…"), self.tr("Export the curves as PNG, SVG or PDF")),
            "actionExportData": (self.tr("Numbers…"), self.tr("Export every step's numbers as CSV or JSON")),
            "actionExportMaps": (self.tr("Feature maps…"), self.tr("Export the feature maps as PNG, NPY or NPZ")),
            "actionExportKernels": (self.tr("Kernels…"), self.tr("Export the kernels shown as PNG or NPY")),
            "actionExportNetwork": (self.tr("Network picture…"), self.tr("Export the whole network as SVG or PNG")),
            "actionExportAttribution": (
                self.tr("Map of Why…"),
                self.tr("Export on which pixels the answer rests as PNG, NPY or JSON"),
            ),
            "actionExportFilm": (self.tr("Video…"), self.tr("Export the run as a video: GIF, MP4 or WebM")),
            "actionCopyPicture": (self.tr("Copy network picture"), self.tr("Copy the network's picture")),
            "actionQuit": (self.tr("Quit"), self.tr("End the program")),
            "actionUndo": (self.tr("Undo"), self.tr("Take back the last change of what is on the screen")),
            "actionRedo": (self.tr("Redo"), self.tr("Do again what was taken back last")),
            "actionClear": (self.tr("Clear drawing"), self.tr("Begin with an empty canvas; can be undone")),
            "actionSaveDrawing": (self.tr("Save drawing…"), self.tr("Save the canvas as PNG")),
            "actionOpenDrawing": (self.tr("Open drawing…"), self.tr("Put a saved drawing on the canvas")),
            "actionTrain": (self.tr("Train"), self.tr("Train from new random weights")),
            "actionTrainFrom": (
                self.tr("Train from the weights on the screen…"),
                self.tr("Begin a new run with these weights, where wanted with frozen layers; muted channels stay so"),
            ),
            "actionBranch": (
                self.tr("Branch from the step on the screen…"),
                self.tr("Begin a new run with the weights of an earlier step of the run shown"),
            ),
            "actionBackToRun": (
                self.tr("Back to the run"),
                self.tr("Show the run again that other weights have taken the place of"),
            ),
            "actionPause": (self.tr("Pause or resume"), self.tr("Pause at the next step, or resume")),
            "actionStep": (self.tr("Step"), self.tr("Learn exactly one batch")),
            "actionStop": (self.tr("Stop"), self.tr("End the training and keep the weights")),
            "actionTimePlay": (self.tr("Play or pause the recorded steps"), self.tr("Play the recorded steps")),
            "actionTimeEarlier": (
                self.tr("Previous snapshot"),
                self.tr("Go to the previous snapshot, or to the previous epoch"),
            ),
            "actionTimeLater": (self.tr("Next snapshot"), self.tr("Go to the next snapshot, or to the next epoch")),
            "actionTimeFirst": (self.tr("Untrained network"), self.tr("Go to the beginning of the run")),
            "actionTimeBest": (self.tr("Best epoch"), self.tr("Go to the highest validation accuracy")),
            "actionTimeNow": (self.tr("Latest"), self.tr("Go to the newest weights, and follow them")),
            "actionTimeMark": (self.tr("Bookmark this step…"), self.tr("Put a flag with a name on the timeline")),
            "actionTextLarger": (self.tr("Larger text"), self.tr("Make every text and number larger")),
            "actionTextSmaller": (self.tr("Smaller text"), self.tr("Make every text and number smaller")),
            "actionTextUsual": (self.tr("Usual text size"), self.tr("Give every text its usual size")),
            "actionFit": (self.tr("Fit the network"), self.tr("Show the whole network")),
            "actionWhy": (
                self.tr("Why this answer"),
                self.tr("On which pixels and channels the answer rests, beside what is shown")
                if self.actions["actionWhy"].isEnabled()
                else self.tr("Go to Explore or Evaluate first: there it stands beside the network or the image"),
            ),
            "actionRail": (self.tr("Narrow input"), self.tr("Show the input and the prediction small, or whole again")),
            "actionOwnWindow": (
                self.tr("In a window of its own"),
                self.tr("Show this workspace in a window of its own, as on a second screen"),
            ),
            "actionFullScreen": (self.tr("Full screen"), self.tr("Use the whole screen, or go back")),
            "actionResetLayout": (self.tr("Reset layout"), self.tr("Give every part of the window its first width")),
            "actionPreferences": (self.tr("Preferences…"), self.tr("Language, theme, motion and data folder")),
            "actionHelp": (self.tr("Help"), self.tr("How to use the program, and its shortcuts")),
            "actionAbout": (self.tr("About cnnviewer"), self.tr("Version and licence")),
        }

    def _say(self, *names: str) -> None:
        texts = self._texts()
        for name in names:
            action, (text, tip) = self.actions[name], texts[name]
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setText(text)
            action.setToolTip(tool_tip(f"{tip} ({keys})" if keys else tip))
            action.setStatusTip(tip)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self._say(*self.actions)
        for key, title in (
            ("file", self.tr("&File")),
            ("edit", self.tr("&Edit")),
            ("train", self.tr("&Train")),
            ("view", self.tr("&View")),
            ("help", self.tr("&Help")),
            ("export", self.tr("Export")),
            ("time", self.tr("Time")),
            ("theme", self.tr("Theme")),
            ("language", self.tr("Language")),
        ):
            self._menus[key].setTitle(title)
        names = {
            "system": self.tr("Follow the system"),
            "light": self.tr("Light"),
            "dark": self.tr("Dark"),
            "en": "English",
            "ko": "한국어",
        }
        for action in (*self._themes.actions(), *self._languages.actions()):
            action.setText(names[action.data()])
        for action, (text, tip) in zip(self._workspaces.actions(), workspace_texts(), strict=True):
            action.setText(text)
            action.setToolTip(tool_tip(tip))
        self._motion.setText(self.tr("Motion"))
        self._motion.setToolTip(self.tr("Whether bars and views move smoothly"))
