"""Dialogs about models of a person's own: which file, whether it may run, and where code is written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QComboBox, QMessageBox, QWidget

from cnnviewer.ui.calm import CalmCombo
from cnnviewer.ui.file_dialogs import FileDialogs

PathLike = str | os.PathLike[str]

# ruff: noqa: D102 - each command is documented where it is carried out


class ModelCommands(Protocol):
    """What is done with models. Each returns whether it was done, tells what went wrong, never raises."""

    @property
    def explanation_name(self) -> str: ...
    def classes_in(self, path: PathLike) -> tuple[str, ...]: ...
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
        self._asked: tuple[Path, QComboBox] | None = None

    def ask_for_model(self) -> None:
        """Choose a Python file with a model."""
        self._files.ask(self.tr("Open model"), self.tr("Python (*.py)"), self.ask_consent)

    def ask_consent(self, path: PathLike) -> bool:
        """Ask whether the file may run; True when the question is on the screen."""
        file = Path(path)
        classes = self._commands.classes_in(file)
        if not classes:
            return False
        box = QMessageBox(self._window)
        box.setObjectName("consentDialog")
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Run {file}?").format(file=file.name))
        box.setText(self.tr("<b>{file} is a program.</b> To use its model, it has to be run.").format(file=file.name))
        box.setInformativeText(
            self.tr(
                "A program can do anything that you can do on this computer. Run it only if you wrote it or trust "
                "whoever did.\n\n{path}"
            ).format(path=file)
        )
        run = box.addButton(self.tr("Run {file}").format(file=file.name), QMessageBox.ButtonRole.AcceptRole)
        run.setObjectName("consentRunButton")
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(cancel)
        choice = CalmCombo(box)
        choice.setObjectName("consentClassCombo")
        choice.setAccessibleName(self.tr("Class of the model"))
        choice.addItems(list(classes))
        choice.setVisible(len(classes) > 1)
        grid = box.layout()
        if len(classes) > 1 and grid is not None:
            grid.addWidget(choice)
        box.setWindowModality(Qt.WindowModality.WindowModal)
        self._asked = (file, choice)
        run.clicked.connect(self._on_agreed)
        box.finished.connect(box.deleteLater)
        box.open()
        return True

    def _on_agreed(self) -> None:
        if self._asked is not None:
            (file, choice), self._asked = self._asked, None
            self._commands.run_model(file, choice.currentText())

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
