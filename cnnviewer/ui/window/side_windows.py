"""The windows beside the main one: help, preferences, about; each is made when it is first needed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cnnviewer.ui.window.about import About
from cnnviewer.ui.window.help_window import HelpWindow
from cnnviewer.ui.window.menus import Menus
from cnnviewer.ui.window.placing import open_over
from cnnviewer.ui.window.preferences import Preferences
from cnnviewer.ui.window.settings_shown import ShownSettings


class SideWindows(QObject):
    """Owner of help, preferences and about.

    Signals:
        language_selected, theme_selected, motion_selected, data_dir_selected, runs_dir_selected, budget_selected: as
            `Preferences` gives them.
    """

    language_selected = Signal(str)
    theme_selected = Signal(str)
    motion_selected = Signal(bool)
    data_dir_selected = Signal(str)
    runs_dir_selected = Signal(str)
    budget_selected = Signal(object)

    def __init__(self, window: QWidget, menus: Menus) -> None:
        super().__init__(window)
        self._window = window
        self._menus = menus
        self._choices = ShownSettings()
        self._about = About(window)
        self._help: HelpWindow | None = None
        self._preferences: Preferences | None = None
        menus.actions["actionHelp"].triggered.connect(self.show_help)
        menus.actions["actionPreferences"].triggered.connect(self.show_preferences)
        menus.actions["actionAbout"].triggered.connect(self._about.show)

    def show_choices(self, choices: ShownSettings) -> None:
        """Show in menus and preferences what is in use."""
        self._choices = choices
        self._menus.show_choices(choices.theme, choices.language, choices.motion)
        if self._preferences is not None:
            self._preferences.show_choices(choices)

    def show_help(self) -> None:
        """Open the help, or bring it to the front."""
        if self._help is None:
            self._help = HelpWindow(self._menus.actions, self._window)
        open_over(self._help, self._window)

    def show_preferences(self) -> None:
        """Open the preferences, or bring them to the front."""
        if self._preferences is None:
            made = self._preferences = Preferences(self._window)
            made.language_selected.connect(self.language_selected)
            made.theme_selected.connect(self.theme_selected)
            made.motion_selected.connect(self.motion_selected)
            made.data_dir_selected.connect(self.data_dir_selected)
            made.runs_dir_selected.connect(self.runs_dir_selected)
            made.budget_selected.connect(self.budget_selected)
        self._preferences.show_choices(self._choices)
        open_over(self._preferences, self._window)
