"""A field for a step whose snapshot is kept."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractSpinBox, QWidget

from cnnviewer.ui.widgets.number_fields import WholeField


class SnapshotSpin(WholeField):
    """Goes from one kept snapshot to the next; a step that is typed becomes the nearest one that is kept."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, grouped=True)
        self._snapshots: tuple[int, ...] = (0,)
        self.setObjectName(name)
        self.setKeyboardTracking(False)
        self.valueChanged.connect(self._go_to_nearest)

    def set_snapshots(self, snapshots: Sequence[int], step: int) -> None:
        """Offer these steps, ascending, and stand at `step`."""
        self._snapshots = tuple(snapshots)
        self.setRange(self._snapshots[0], self._snapshots[-1])
        self.setValue(step)

    def stepBy(self, steps: int) -> None:
        """Go so many snapshots on, or back."""
        self.interpretText()
        place = bisect_left(self._snapshots, self.value()) + steps
        self.setValue(self._snapshots[min(max(0, place), len(self._snapshots) - 1)])

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Say where there are more."""
        flags = QAbstractSpinBox.StepEnabledFlag
        up = flags.StepUpEnabled if self.value() < self._snapshots[-1] else flags.StepNone
        return up | flags.StepDownEnabled if self.value() > self._snapshots[0] else up

    def _go_to_nearest(self, step: int) -> None:
        place = bisect_left(self._snapshots, step)
        near = self._snapshots[max(0, place - 1) : place + 1]
        self.setValue(min(near, key=lambda kept: abs(kept - step)))
