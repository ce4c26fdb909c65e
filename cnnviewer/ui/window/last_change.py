"""What Ctrl+Z takes back outside the places that keep it for themselves: a deletion of runs, a stroke, or a mute."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from cnnviewer.ui.compare.runs.view import RunsView
from cnnviewer.ui.explore.mutes_view import MutesView
from cnnviewer.ui.window.input.panel import InputPanel


class LastChange:
    """Undo of a deletion of runs until something is drawn or muted; undo and redo of the drawing where it is seen.

    Mutes are undone and redone while the errors that they cause have the focus.
    A stroke that is not seen is not taken back: that would put the drawing in place of the image looked at.
    """

    def __init__(self, panel: InputPanel, errors: QWidget, mutes: MutesView, runs: RunsView) -> None:
        self._panel, self._errors, self._mutes, self._runs = panel, errors, mutes, runs
        panel.canvas.drawing_changed.connect(self._on_changed)
        mutes.edits_changed.connect(self._on_changed)

    def _on_changed(self, _changed: object) -> None:
        self._runs.offer_undo(False)

    def undo(self) -> None:
        """Take the last change back."""
        if self._runs.can_undo:
            self._runs.undo_requested.emit()
        elif self._mutes.can_undo and self._is_at_errors():
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
