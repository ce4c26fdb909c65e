"""The confusion matrix of the weights shown."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


class EvaluationView(QWidget):
    """The confusion matrix of the weights shown."""
