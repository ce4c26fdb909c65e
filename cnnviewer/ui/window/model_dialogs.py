"""Dialogs about models of the user's own: which file, whether it may run, and where code is written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cnnviewer.core.models.own.source import DefinedModel
from cnnviewer.ui.window.consent_dialog import ConsentDialog
from cnnviewer.ui.window.file_dialogs import FileDialogs

PathLike = str | os.PathLike[str]

# ruff: noqa: D102 - each command is documented where it is carried out


class ModelCommands(Protocol):
    """What is done with models. Each returns whether it was done, tells what went wrong, never raises."""

    @property
    def explanation_name(self) -> str: ...
    def models_in(self, path: PathLike) -> tuple[DefinedModel, ...]: ...
    def set_aside(self) -> None: ...
    def run_model(self, path: PathLike, name: str) -> bool: ...
    def export_design(self, path: PathLike, text: str) -> bool: ...
    def save_explanation(self, path: PathLike) -> bool: ...


class ModelDialogs(QObject):
    """Asks for files and for the yes without which no file is run."""

    def __init__(self, window: QWidget, files: FileDialogs, commands: ModelCommands) -> None:
        super().__init__(window)
        self._window = window
        self._files = files
        self._commands = commands
        self._design = ""

    def ask_for_model(self) -> None:
        """Choose a Python file with a model."""
        self._files.ask(self.tr("Open model"), self.tr("Python (*.py)"), self.ask_consent)

    def ask_consent(self, path: PathLike, call: str = "") -> bool:
        """Ask whether the file may run, to use what `call` says of it; True when the question is on the screen."""
        file = Path(path)
        defined = self._commands.models_in(file)
        if not defined:
            return False
        box = ConsentDialog(file, defined, self._window, call)
        box.agreed.connect(self._commands.run_model)
        box.declined.connect(self._commands.set_aside)
        box.open()
        return True

    def ask_where_to_export_design(self, text: str) -> None:
        """Choose where a design goes as a Python file."""
        self._design = text
        self._ask_python(self.tr("Export model as Python"), self._on_design_path, "network.py")

    def _on_design_path(self, path: str) -> None:
        self._commands.export_design(path, self._design)

    def ask_where_to_save_explanation(self) -> None:
        """Choose where the explanation's code goes."""
        name = self._commands.explanation_name
        self._ask_python(self.tr("Save code"), self._commands.save_explanation, name)

    def _ask_python(self, title: str, chosen: Callable[[str], object], name: str) -> None:
        self._files.ask(title, self.tr("Python (*.py)"), chosen, name)
