"""The list of runs."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


class RunsView(QWidget):
    """The list of runs."""
