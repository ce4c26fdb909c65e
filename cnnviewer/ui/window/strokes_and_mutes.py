"""What Ctrl+Z takes back outside the places that keep it for themselves: a stroke, or a mute."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from cnnviewer.ui.explore.mutes_view import MutesView
from cnnviewer.ui.window.input.panel import InputPanel


class StrokesAndMutes:
    """Undo and redo of the drawing where it is seen; of the mutes while the errors that they cause have the focus.

    A stroke that is not seen is not taken back: that would put the drawing in place of the image looked at.
    """

    def __init__(self, panel: InputPanel, errors: QWidget, mutes: MutesView) -> None:
        self._panel, self._errors, self._mutes = panel, errors, mutes

    def undo(self) -> None:
        """Take the last change back."""
        if self._mutes.can_undo and self._is_at_errors():
            self._mutes.undo()
        elif self._panel.source == "draw":
            self._panel.canvas.undo()

    def redo(self) -> None:
        """Make it again."""
        if self._mutes.can_redo and self._is_at_errors():
            self._mutes.redo()
        elif self._panel.source == "draw":
            self._panel.canvas.redo()

    def _is_at_errors(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self._errors.isAncestorOf(focus)
