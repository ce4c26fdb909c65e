"""Runs or moments side by side."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


class ComparePage(QWidget):
    """Runs or moments side by side."""
