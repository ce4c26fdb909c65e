"""What Ctrl+Z and Ctrl+Shift+Z take: the one place that decides it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from cnnviewer.ui.widgets.undoable import Undoable, is_undo_or_redo
from cnnviewer.ui.window.menus import Menus


class LastChange(QObject):
    """Undoes the latest change of all that is seen, wherever the focus is; a text that is typed keeps its own undo.

    A change that is not seen is not taken back, unless it is missed everywhere, as a deleted run is; what is not seen
    is never made again.
    """

    def __init__(self, window: QWidget, menus: Menus) -> None:
        super().__init__(window)
        self._window = window
        self._undo, self._redo = menus.actions["actionUndo"], menus.actions["actionRedo"]
        for action, slot in ((self._undo, self.undo), (self._redo, self.redo)):
            action.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)  # a workspace may have its own window
            action.triggered.connect(slot)
        menus.edit_opened.connect(self._say)
        menus.edit_closed.connect(self._allow)

    def press(self, event: QKeyEvent) -> bool:
        """Do what keys ask for that a field has left to the window; False when they ask for neither."""
        if not is_undo_or_redo(event):
            return False
        (self.undo if event.matches(QKeySequence.StandardKey.Undo) else self.redo)()
        return True

    def undo(self) -> None:
        """Take the latest change back."""
        place = self._latest(redo=False)
        if place is not None:
            place.undo_requested.emit()

    def redo(self) -> None:
        """Make the change again that was undone last."""
        place = self._latest(redo=True)
        if place is not None:
            place.redo_requested.emit()

    def _latest(self, redo: bool) -> Undoable | None:
        places = [place for place in self._window.findChildren(Undoable) if place.last(redo) and place.may(redo)]
        return max(places, key=lambda place: place.last(redo), default=None)

    # the menu says what would be undone

    def _say(self) -> None:
        words = self._words()
        for action, redo in ((self._undo, False), (self._redo, True)):
            place = self._latest(redo)
            action.setEnabled(place is not None)
            said = self.tr("Redo: {change}") if redo else self.tr("Undo: {change}")
            plain = self.tr("Redo") if redo else self.tr("Undo")
            action.setText(said.format(change=words[place.kinds[redo]]) if place is not None else plain)

    def _allow(self) -> None:
        """Let the keys act again: what there is to undo may be another by then."""
        self._undo.setEnabled(True)
        self._redo.setEnabled(True)

    def _words(self) -> dict[str, str]:
        return {
            "stroke": self.tr("drawing"),
            "mutes": self.tr("muted channels"),
            "runs": self.tr("name or note of a run"),
            "deletion": self.tr("deletion of runs"),
            "bookmarks": self.tr("bookmark"),
            "settings": self.tr("settings of the training"),
            "design": self.tr("layers of the design"),
            "sandbox": self.tr("sandbox"),
            "flip": self.tr("drawn change"),
            "backward": self.tr("numbers of Backward"),
            "sweep": self.tr("fields of the sweep"),
            "branch": self.tr("numbers of the branch"),
        }
