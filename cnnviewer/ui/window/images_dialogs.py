"""Asks where the images of Evaluate go: a new folder in the one chosen, or a table."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from cnnviewer.ui.window.file_dialogs import PathLike

# ruff: noqa: D102 - each command is documented where it is carried out


class ImagesCommands(Protocol):
    """Who saves them."""

    @property
    def first_name(self) -> str: ...
    def export_images(self, path: PathLike) -> bool: ...
    def export_into(self, folder: PathLike) -> bool: ...


class ImagesDialogs(QObject):
    """The dialogs stop nothing, and remember the folder."""

    def __init__(self, window: QWidget, commands: ImagesCommands) -> None:
        super().__init__(window)
        self._window, self._commands = window, commands
        self._folder = str(Path.home())

    def ask(self, kind: str) -> None:
        """Ask where a `csv` table goes, or in which folder the new folder of `png` pictures is made."""
        name = self._commands.first_name
        if kind == "csv":
            dialog = QFileDialog(self._window, self.tr("Export a table"), self._folder, self.tr("Tables (*.csv)"))
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix("csv")
            dialog.selectFile(f"{name}.csv")
        else:
            title = self.tr("Make the folder {name} in").format(name=name)
            dialog = QFileDialog(self._window, title, self._folder)
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setObjectName("exportImagesDialog")
        dialog.fileSelected.connect(self._remember_folder)
        dialog.fileSelected.connect(self._commands.export_images if kind == "csv" else self._commands.export_into)
        dialog.finished.connect(dialog.deleteLater)
        dialog.setWindowModality(Qt.WindowModality.NonModal)  # a training may be under way
        dialog.show()

    def _remember_folder(self, path: str) -> None:
        self._folder = str(Path(path).parent)
