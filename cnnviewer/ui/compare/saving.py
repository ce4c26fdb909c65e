"""Asking where a file of a page goes, without stopping anything."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where(page: QWidget, title: str, filters: str, name: str, chosen: Callable[[str], object]) -> None:
    """Open a dialog for a file to write, first called `name`; `chosen` gets the path."""
    dialog = QFileDialog(page.window(), title, str(Path.home()), filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(name)
    dialog.setDefaultSuffix(name.rpartition(".")[2])
    dialog.fileSelected.connect(chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
