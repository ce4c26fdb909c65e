"""A widget that Esc belongs to while the focus is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    _Base = QWidget
else:
    _Base = object  # see `Translated`


class KeepsEscape(_Base):
    """Mixin: stands before the Qt class. Esc reaches `keyPressEvent`, not the window's shortcut."""

    def event(self, event: QEvent) -> bool:
        """Keep Esc from being taken as a shortcut of the window."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)
