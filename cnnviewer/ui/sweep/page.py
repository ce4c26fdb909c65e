"""A sweep: its grid, its table and its plot."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


class SweepPage(QWidget):
    """A sweep: its grid, its table and its plot."""
