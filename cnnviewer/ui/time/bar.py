"""The slider over a run's moments, with its buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


class TimeBar(QWidget):
    """The slider over a run's moments, with its buttons."""
