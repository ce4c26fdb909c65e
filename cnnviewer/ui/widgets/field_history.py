"""What stood in a few fields before each of the user's changes, so that Ctrl+Z brings it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from cnnviewer.ui.widgets.undoable import Undoable, is_undo_or_redo

T = TypeVar("T")


class FieldHistory(Generic[T]):
    """Owner of the changes of one group of fields."""

    def __init__(self, place: QWidget, kind: str, read: Callable[[], T], write: Callable[[T], None]) -> None:
        """Remember changes of the fields of `place`.

        Args:
            place: shows the fields.
            kind: of their changes, as in `Undoable`.
            read: what stands in the fields; compared with what stood there before.
            write: puts something in all of them, and says to others that it is another.

        """
        self._read, self._write = read, write
        self._past: list[T] = []
        self._future: list[T] = []
        self._known = read()
        self._is_going = False
        self._undoable = Undoable(place, kind)
        self._undoable.undo_requested.connect(self._undo)
        self._undoable.redo_requested.connect(self._redo)

    def note(self, *_: object) -> None:
        """The user has changed something."""
        now = self._read()
        if self._is_going or now == self._known:
            return
        self._past.append(self._known)
        self._future.clear()
        self._know(now)

    def forget(self) -> None:
        """The program has put others in the fields: what was done before belongs to something else."""
        if not self._is_going:
            self._past.clear()
            self._future.clear()
            self._know(self._read())

    def _know(self, now: T) -> None:
        self._known = now
        self._undoable.set_steps(len(self._past), len(self._future))

    def _undo(self) -> None:
        self._go(self._past, self._future)

    def _redo(self) -> None:
        self._go(self._future, self._past)

    def _go(self, source: list[T], other: list[T]) -> None:
        if not source:
            return
        other.append(self._known)
        self._is_going = True
        self._write(source.pop())
        self._is_going = False
        self._know(self._read())


class LineField(QLineEdit):
    """A line of text. While it is typed, Ctrl+Z takes back what was typed; afterwards the window's last change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editingFinished.connect(self._on_finished)

    def _on_finished(self) -> None:
        self.setModified(False)

    def event(self, event: QEvent) -> bool:
        """Leave the keys to the window unless something is being typed."""
        if event.type() == QEvent.Type.ShortcutOverride and self._leaves(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Likewise."""
        if self._leaves(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _leaves(self, event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and is_undo_or_redo(event) and not self.isModified()
