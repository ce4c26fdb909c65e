"""Dialogs and menu entries about runs: a folder to open one from, a folder to save one in."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from cnnviewer.ui.window.menus import Menus

PathLike = str | os.PathLike[str]

# ruff: noqa: D102 - each command is documented where it is carried out


class RunCommands(Protocol):
    """What is done with runs. Each that takes a path returns whether it was done, tells what went wrong."""

    def open_run(self, path: PathLike) -> bool: ...
    def save_run(self, path: PathLike) -> bool: ...


class RunDialogs(QObject):
    """Asks the user for a folder and hands it to whoever carries the command out; stops nothing."""

    def __init__(self, window: QWidget, menus: Menus, commands: RunCommands) -> None:
        super().__init__(window)
        self._window = window
        self._commands = commands
        self._folder = str(Path.home())
        menus.actions["actionOpenRun"].triggered.connect(self.ask_for_run)
        menus.actions["actionSaveRun"].triggered.connect(self.ask_where_to_save_run)

    def set_folder(self, folder: str) -> None:
        """Begin to look in this folder."""
        self._folder = folder

    def ask_for_run(self) -> None:
        """Choose the folder of a run, anywhere."""
        self._ask("openRunDialog", self.tr("Open the folder of a run"), self._commands.open_run, self._folder)

    def ask_where_to_save_run(self) -> None:
        """Choose the folder in which the run's own folder shall be."""
        title = self.tr("Save the run in this folder")
        self._ask("saveRunDialog", title, self._commands.save_run, str(Path.home()))

    def ask_for_data(self, kind: str, chosen: Callable[[str], object]) -> None:
        """Choose where the data of a run are now, a `folder` or an `npz`; `chosen` gets the path."""
        filters = self.tr("Arrays (*.npz)") if kind == "npz" else ""
        self._ask("moveDataDialog", self.tr("Where the data of the run are now"), chosen, str(Path.home()), filters)

    def _ask(self, name: str, title: str, chosen: Callable[[str], object], folder: str, filters: str = "") -> None:
        """Ask for a folder, or, with `filters`, for a file."""
        dialog = QFileDialog(self._window, title, folder, filters)
        dialog.setObjectName(name)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile if filters else QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.setWindowModality(Qt.WindowModality.NonModal)  # a training may be under way
        dialog.show()
