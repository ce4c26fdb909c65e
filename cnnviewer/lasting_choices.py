"""What a person has chosen for good: language, theme, motion, folders, disk space; kept in the settings file."""

from __future__ import annotations

import argparse
import base64
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal

from cnnviewer.core.paths import default_data_dir, default_runs_dir, default_settings_file
from cnnviewer.core.runs.library import BUDGET
from cnnviewer.ui.choices import Choices
from cnnviewer.ui.language import use_language
from cnnviewer.ui.main_window import MainWindow
from cnnviewer.ui.placing import place
from cnnviewer.ui.theme import use_theme


class LastingChoices(QObject):
    """Owner of the settings file; applies what is chosen at once. Any entry may be missing or damaged.

    Attributes:
        now: what is in use.

    Signals:
        runs_dir_changed: the folder where runs are kept from now on.
        budget_changed: bytes that all runs together may take.
    """

    runs_dir_changed = Signal(object)
    budget_changed = Signal(object)

    def __init__(self, options: argparse.Namespace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = QSettings(str(options.settings or default_settings_file()), QSettings.Format.IniFormat)
        self._window: MainWindow | None = None
        saved = self._text("data_dir", "")
        self.now = Choices(
            theme=options.theme or self._text("theme", "system", ("system", "light", "dark")),
            language=options.language or self._text("language", "system", ("system", "en", "ko")),
            motion=self._text("motion", "on", ("on", "off")) == "on",
            data_dir=str(options.data_dir or saved or default_data_dir()),
            runs_dir=str(self._runs_dir(options)),
            budget=self._budget(),
        )
        use_theme(self.now.theme)
        use_language(self.now.language)

    @property
    def data_dir(self) -> Path:
        """Where data sets are looked for."""
        return Path(self.now.data_dir)

    @property
    def runs_dir(self) -> Path:
        """Where runs are kept."""
        return Path(self.now.runs_dir)

    def serve(self, window: MainWindow) -> None:
        """Lay the window out as it was left, show in it what is in use, and follow what is chosen there."""
        self._window = window
        window.language_selected.connect(self._on_language_selected)
        window.theme_selected.connect(self._on_theme_selected)
        window.motion_selected.connect(self._on_motion_selected)
        window.runs_dir_selected.connect(self._on_runs_dir_selected)
        window.budget_selected.connect(self._on_budget_selected)
        try:
            layout = base64.b64decode(self._text("layout", ""), validate=True)
        except ValueError:
            layout = b""
        restored = bool(layout) and window.restore_layout(layout)
        place(window, restored)
        self._show()

    def keep_layout(self) -> None:
        """Remember how the window is laid out."""
        if self._window is not None:
            self._file.setValue("layout", base64.b64encode(self._window.save_layout()).decode("ascii"))
        self._file.sync()

    def set_data_dir(self, folder: str) -> None:
        """Look for data sets in another folder."""
        self._change("data_dir", folder, data_dir=folder)

    def _on_language_selected(self, code: str) -> None:
        use_language(code)
        self._change("language", code, language=code)

    def _on_theme_selected(self, name: str) -> None:
        use_theme(name)
        self._change("theme", name, theme=name)

    def _on_motion_selected(self, on: bool) -> None:
        self._change("motion", "on" if on else "off", motion=on)

    def _on_runs_dir_selected(self, folder: str) -> None:
        self._change("runs_dir", folder, runs_dir=folder)
        self.runs_dir_changed.emit(Path(folder))

    def _on_budget_selected(self, budget: int) -> None:
        self._change("runs_budget", str(budget), budget=budget)
        self.budget_changed.emit(budget)

    def _change(self, key: str, text: str, **changes: object) -> None:
        self._file.setValue(key, text)
        self.now = replace(self.now, **changes)  # type: ignore[arg-type]  # each caller gives a field its own type
        self._show()

    def _show(self) -> None:
        if self._window is not None:
            self._window.set_motion(self.now.motion)
            self._window.show_choices(self.now)

    def _text(self, key: str, default: str, allowed: tuple[str, ...] = ()) -> str:
        value = self._file.value(key, default)
        if not isinstance(value, str) or (allowed and value not in allowed):
            return default
        return value

    def _budget(self) -> int:
        text = self._text("runs_budget", "")
        return int(text) if text.isdecimal() else BUDGET

    def _runs_dir(self, options: argparse.Namespace) -> Path:
        """Where runs are kept: as asked for; beside settings of one's own; else where a person has chosen."""
        if options.runs_dir is not None:
            return Path(options.runs_dir)
        saved = self._text("runs_dir", "")
        if saved:
            return Path(saved)
        return Path(options.settings).absolute().parent / "runs" if options.settings else default_runs_dir()
