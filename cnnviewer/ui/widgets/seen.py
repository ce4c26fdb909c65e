"""The base of pages that are filled only while somebody sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object  # see `Translated`


class TellsWhenSeen(_Base):
    """Mixin: says with a signal whether the widget is in front.

    The subclass declares it, `seen_changed = Signal(bool)`: PySide wants signals in a class of Qt's.
    """

    if TYPE_CHECKING:
        seen_changed = Signal(bool)

    def on_seen_changed(self, seen: bool) -> None:
        """Say so; a subclass may have more conditions."""
        self.seen_changed.emit(seen)

    def showEvent(self, event: QShowEvent) -> None:
        """It is in front."""
        super().showEvent(event)
        self.on_seen_changed(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """It is no longer."""
        super().hideEvent(event)
        self.on_seen_changed(False)
