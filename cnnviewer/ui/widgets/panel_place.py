"""A place of a workspace that a panel shared by several workspaces stands in while it is open there."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget


class PanelPlace(QWidget):
    """Hidden while it is empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spare = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def set_spare(self, pixels: int) -> None:
        """Ask for so much more height than the panel needs at least."""
        if pixels != self._spare:
            self._spare = pixels
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """The panel's, and the spare height."""
        return super().minimumSizeHint() + QSize(0, self._spare)

    def take(self, panel: QWidget) -> None:
        """Show the panel here; it leaves the place where it stood before."""
        before = panel.parentWidget()
        if before is self:
            return
        self._column.addWidget(panel)
        if isinstance(before, PanelPlace):
            before.hide()
        panel.show()
        self.show()

    def give_back(self, panel: QWidget, owner: QWidget) -> None:
        """Let the panel go, to be hidden in `owner`."""
        if panel.parentWidget() is self:
            panel.hide()
            panel.setParent(owner)
            self.hide()
