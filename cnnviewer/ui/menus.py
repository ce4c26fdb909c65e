"""The menus: every command of the window with its shortcut, in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu

from cnnviewer.ui.icons import icon
from cnnviewer.ui.theme import theme

_SHORTCUTS = {
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
    "actionExportFilm": "",
    "actionCopyPicture": "Ctrl+C",
    "actionQuit": "Ctrl+Q",
    "actionUndo": "Ctrl+Z",
    "actionClear": "Ctrl+Backspace",
    "actionSaveDrawing": "",
    "actionOpenDrawing": "",
    "actionTrain": "Ctrl+T",
    "actionGoOn": "Ctrl+G",
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
    "actionFit": "Ctrl+0",
    "actionFullScreen": "F11",
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
    "edit": ("actionUndo", "actionClear", "", "actionOpenDrawing", "actionSaveDrawing", "", "actionPreferences"),
    "train": ("actionTrain", "actionGoOn", "actionPause", "actionStep", "actionStop", "", "time"),
    "view": ("actionFit", "actionFullScreen", "", "docks", "actionResetLayout", "", "theme", "language", "motion"),
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
    """

    theme_selected = Signal(str)
    language_selected = Signal(str)
    motion_selected = Signal(bool)

    def __init__(self, window: QMainWindow, docks: tuple[QDockWidget, ...]) -> None:
        super().__init__(window)
        self.actions: dict[str, QAction] = {}
        for name, keys in _SHORTCUTS.items():
            action = QAction(window)
            action.setObjectName(name)
            if keys:
                action.setShortcut(QKeySequence(keys))
            window.addAction(action)
            self.actions[name] = action
        self.actions["actionQuit"].setMenuRole(QAction.MenuRole.QuitRole)
        self.actions["actionPreferences"].setMenuRole(QAction.MenuRole.PreferencesRole)
        self.actions["actionAbout"].setMenuRole(QAction.MenuRole.AboutRole)
        self._docks = docks
        self._motion = QAction(self)
        self._motion.setObjectName("actionMotion")
        self._motion.setCheckable(True)
        self._motion.setChecked(True)
        self._motion.toggled.connect(self.motion_selected)
        self._menus = {key: QMenu(window) for key in (*_LAYOUT, "export", "time", "theme", "language")}
        self._themes = self._choices("theme", ("system", "light", "dark"))
        self._themes.triggered.connect(self._on_theme_triggered)
        self._languages = self._choices("language", ("system", "en", "ko"))
        self._languages.triggered.connect(self._on_language_triggered)
        for name in _EXPORTS:
            self._menus["export"].addAction(self.actions[name])
        for name in _TIME:
            self._add(self._menus["time"], name)
        self.set_time_offered(False)
        for key, names in _LAYOUT.items():
            window.menuBar().addMenu(self._menus[key])
            for name in names:
                self._add(self._menus[key], name)
        theme().changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def _add(self, menu: QMenu, name: str) -> None:
        if not name:
            menu.addSeparator()
        elif name == "docks":
            for dock in self._docks:
                menu.addAction(dock.toggleViewAction())
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
            self._menus[key].addAction(action)
        return group

    def _on_theme_triggered(self, action: QAction) -> None:
        self.theme_selected.emit(action.data())

    def _on_language_triggered(self, action: QAction) -> None:
        self.language_selected.emit(action.data())

    def set_time_offered(self, offered: bool) -> None:
        """Whether there is a run with moments to go through."""
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

    def _dress(self) -> None:
        for name, drawing in _ICONS.items():
            self.actions[name].setIcon(icon(drawing, "muted"))

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
            "actionGoOn": (self.tr("Go on"), self.tr("Train on where the run shown, or the newest, was left")),
            "actionSaveWeights": (self.tr("Save weights…"), self.tr("Save the weights on the screen as .safetensors")),
            "actionExportPlot": (self.tr("Curves…"), self.tr("Export the curves as PNG, SVG or PDF")),
            "actionExportData": (self.tr("Numbers…"), self.tr("Export every step's numbers as CSV or JSON")),
            "actionExportMaps": (self.tr("Feature maps…"), self.tr("Export the feature maps as PNG, NPY or NPZ")),
            "actionExportKernels": (self.tr("Kernels…"), self.tr("Export the kernels shown as PNG or NPY")),
            "actionExportNetwork": (self.tr("Network picture…"), self.tr("Export the whole network as SVG or PNG")),
            "actionExportFilm": (self.tr("Film…"), self.tr("Export the run as a film: GIF, MP4 or WebM")),
            "actionCopyPicture": (self.tr("Copy network picture"), self.tr("Copy the network's picture")),
            "actionQuit": (self.tr("Quit"), self.tr("End the program")),
            "actionUndo": (self.tr("Undo stroke"), self.tr("Take back the last change of the drawing")),
            "actionClear": (self.tr("Clear drawing"), self.tr("Begin with an empty canvas; can be undone")),
            "actionSaveDrawing": (self.tr("Save drawing…"), self.tr("Save the canvas as PNG")),
            "actionOpenDrawing": (self.tr("Open drawing…"), self.tr("Put a saved drawing on the canvas")),
            "actionTrain": (self.tr("Train"), self.tr("Train from new random weights")),
            "actionPause": (self.tr("Pause or resume"), self.tr("Wait at the next step, or go on")),
            "actionStep": (self.tr("Step"), self.tr("Learn exactly one batch")),
            "actionStop": (self.tr("Stop"), self.tr("End the training and keep the weights")),
            "actionTimePlay": (self.tr("Play or pause the film"), self.tr("Watch the run as a film")),
            "actionTimeEarlier": (self.tr("One moment back"), self.tr("One kept moment back, or one epoch")),
            "actionTimeLater": (self.tr("One moment on"), self.tr("One kept moment on, or one epoch")),
            "actionTimeFirst": (self.tr("Untrained network"), self.tr("Go to the beginning of the run")),
            "actionTimeBest": (self.tr("Best moment"), self.tr("Go to the highest validation accuracy")),
            "actionTimeNow": (self.tr("Now"), self.tr("Go to the newest weights, and follow them")),
            "actionTimeMark": (self.tr("Mark this moment…"), self.tr("Put a flag with a word on the time bar")),
            "actionFit": (self.tr("Fit the network"), self.tr("Show the whole network")),
            "actionFullScreen": (self.tr("Full screen"), self.tr("Use the whole screen, or go back")),
            "actionResetLayout": (self.tr("Reset layout"), self.tr("Put every panel back where it was at first")),
            "actionPreferences": (self.tr("Preferences…"), self.tr("Language, theme, motion and data folder")),
            "actionHelp": (self.tr("Help"), self.tr("How to use the program, and its shortcuts")),
            "actionAbout": (self.tr("About cnnviewer"), self.tr("Version and licence")),
        }

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        for name, (text, tip) in self._texts().items():
            action = self.actions[name]
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setText(text)
            action.setToolTip(f"{tip} ({keys})" if keys else tip)
            action.setStatusTip(tip)
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
            "system": self.tr("As the system"),
            "light": self.tr("Light"),
            "dark": self.tr("Dark"),
            "en": "English",
            "ko": "한국어",
        }
        for action in (*self._themes.actions(), *self._languages.actions()):
            action.setText(names[action.data()])
        self._motion.setText(self.tr("Motion"))
        self._motion.setToolTip(self.tr("Whether bars and views move smoothly"))
