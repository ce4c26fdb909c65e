"""What the user has chosen for good: language, theme, motion, folders, disk space; kept in the settings file."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal

from cnnviewer.core.paths import default_data_dir, default_runs_dir, default_settings_file
from cnnviewer.core.runs.read.library import BUDGET
from cnnviewer.parser import WindowOptions
from cnnviewer.ui.widgets.language import use_language
from cnnviewer.ui.widgets.text_size import bounded, chosen_pixels, use_text_pixels
from cnnviewer.ui.widgets.theme import use_theme
from cnnviewer.ui.window.main_window import MainWindow
from cnnviewer.ui.window.placing import place
from cnnviewer.ui.window.settings_shown import ShownSettings

_USUAL_HEIGHT = 900  # pixels of the window
_MOST_MODELS = 12  # of the user's own that are remembered


class Settings(QObject):
    """Owner of the settings file; applies what is chosen at once. Any entry may be missing or damaged.

    Attributes:
        now: what is in use.

    Signals:
        data_dir_changed: the folder where data sets are looked for from now on.
        runs_dir_changed: the folder where runs are kept from now on.
        budget_changed: bytes that all runs together may take.
    """

    data_dir_changed = Signal(object)
    runs_dir_changed = Signal(object)
    budget_changed = Signal(object)

    def __init__(self, options: WindowOptions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = QSettings(str(options.settings or default_settings_file()), QSettings.Format.IniFormat)
        self._window: MainWindow | None = None
        saved = self._text("data_dir", "")
        self.now = ShownSettings(
            theme=options.theme or self._text("theme", "system", ("system", "light", "dark")),
            language=options.language or self._text("language", "system", ("system", "en", "ko")),
            motion=self._text("motion", "on", ("on", "off")) == "on",
            data_dir=str(options.data_dir or saved or default_data_dir()),
            runs_dir=str(self._runs_dir(options)),
            text_size=self._text_size(),
            budget=self._budget(),
        )
        # before there are widgets: each of them would be dressed once more for another size
        use_text_pixels(chosen_pixels(_USUAL_HEIGHT, self.now.text_size))
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

    @property
    def budget(self) -> int:
        """Bytes that all runs together may take."""
        return self.now.budget

    @property
    def design(self) -> str:
        """The last design of the builder; empty where there was none, and whatever else the file says."""
        return self._text("design", "")

    def set_design(self, text: str) -> None:
        """Remember the builder's design."""
        self._file.setValue("design", text)

    @property
    def own_models(self) -> tuple[str, ...]:
        """Keys of the user's own models that were used, the last one first."""
        try:
            keys = json.loads(self._text("own_models", "[]"))
        except ValueError:
            return ()
        return tuple(key for key in keys if isinstance(key, str)) if isinstance(keys, list) else ()

    def remember_model(self, key: str) -> None:
        """Remember a model of the user's own: where it is, not that its file may run."""
        others = (other for other in self.own_models if other != key)
        self._file.setValue("own_models", json.dumps([key, *others][:_MOST_MODELS]))

    def serve(self, window: MainWindow) -> None:
        """Lay the window out as it was left, show in it what is in use, and follow what is chosen there."""
        self._window = window
        window.language_selected.connect(self._on_language_selected)
        window.theme_selected.connect(self._on_theme_selected)
        window.motion_selected.connect(self._on_motion_selected)
        window.text_size_selected.connect(self._on_text_size_selected)
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
        self.data_dir_changed.emit(Path(folder))

    def _on_language_selected(self, code: str) -> None:
        use_language(code)
        self._change("language", code, language=code)

    def _on_theme_selected(self, name: str) -> None:
        use_theme(name)
        self._change("theme", name, theme=name)

    def _on_motion_selected(self, on: bool) -> None:
        self._change("motion", "on" if on else "off", motion=on)

    def _on_text_size_selected(self, percent: int) -> None:
        percent = bounded(percent)
        self._change("text_size", str(percent), text_size=percent)

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
            self._window.show_text_size(self.now.text_size)
            self._window.show_choices(self.now)

    def _text(self, key: str, default: str, allowed: tuple[str, ...] = ()) -> str:
        value = self._file.value(key, default)
        if not isinstance(value, str) or (allowed and value not in allowed):
            return default
        return value

    def _budget(self) -> int:
        text = self._text("runs_budget", "")
        return int(text) if text.isdecimal() else BUDGET

    def _text_size(self) -> int:
        text = self._text("text_size", "")
        return bounded(int(text)) if text.isdecimal() else 100

    def _runs_dir(self, options: WindowOptions) -> Path:
        """Where runs are kept: as asked for; beside settings named by the user; else where the user has chosen."""
        if options.runs_dir is not None:
            return options.runs_dir
        saved = self._text("runs_dir", "")
        if saved:
            return Path(saved)
        return options.settings.absolute().parent / "runs" if options.settings else default_runs_dir()
