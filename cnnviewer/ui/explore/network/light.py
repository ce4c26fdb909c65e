"""Which cells of the network are lit, and how far all that they do not depend on is faded."""

from __future__ import annotations

from PySide6.QtCore import QObject, QVariantAnimation, Signal

from cnnviewer.core.inspection.records import Cell, Highlight

MOTION_MS = 140
_PINNED = 0.7  # as far as all else is faded for a pinned cell; for the one under the pointer wholly


class NetworkLight(QObject):
    """The light of the cell under the pointer and of the pinned one; fading takes its time where motion is wanted.

    Attributes:
        hovered, pinned: what these cells depend on; None without one.
        veiled: all but this is faded; it stays while the fading goes back.
        veil: how far, 0 to 1.

    Signals:
        changed: how far is another.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hovered: Highlight | None = None
        self.pinned: Highlight | None = None
        self.veiled: Highlight | None = None
        self.veil = 0.0
        self._veils_pinned = True
        self._fading = QVariantAnimation(self)
        self._fading.setDuration(MOTION_MS)
        self._fading.valueChanged.connect(self._set_veil)

    def clear(self) -> None:
        """Light nothing, of other layers."""
        self.hovered = self.pinned = self.veiled = None

    def hover(self, cell: Cell | None) -> None:
        """Another cell is under the pointer, or none: what it depends on is not known yet."""
        self.hovered = Highlight(cell) if cell else None

    def pin(self, cell: Cell | None) -> None:
        """Another cell is pinned, or none: what it depends on is not known yet."""
        self.pinned = Highlight(cell) if cell else None
        self._veils_pinned = True

    def veil_pinned(self, veiled: bool) -> bool:
        """Whether all else is faded for the pinned cell, until another is pinned; returns whether that is new."""
        before, self._veils_pinned = self._veils_pinned, veiled
        return veiled != before

    def aim(self, animated: bool) -> None:
        """Fade as far as what is lit now asks for: in a while where `animated`, else at once."""
        wanted = self.hovered or self.pinned
        if wanted is not None and wanted.cell.layer and wanted.regions:
            self.veiled = wanted
        aim = 0.0 if wanted is None or not wanted.regions else 1.0 if self.hovered else _PINNED
        if self.hovered is None and not self._veils_pinned:
            aim = 0.0
        self._fading.stop()
        if animated and aim != self.veil:
            self._fading.setStartValue(self.veil)
            self._fading.setEndValue(aim)
            self._fading.start()
        else:
            self._set_veil(aim)

    def _set_veil(self, veil: float) -> None:
        self.veil = veil
        self.changed.emit()
