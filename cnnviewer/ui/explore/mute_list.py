"""The list of muted channels, with what can be done to it: a popup above the bar that says how many there are."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cnnviewer.core.inspection.mute_edits import Edits
from cnnviewer.ui.explore.mute_chip import MuteChip

_MARGIN: Final = 8  # pixels
_SHARE: Final = 0.6  # of the window's height, at most


class MuteList(QFrame):
    """One line for each channel. Esc or a click beside it closes it; it stays open while channels are switched.

    Signals:
        switched, how_chosen, removed, opened: as of `MuteChip`.
    """

    switched = Signal(object, bool)
    how_chosen = Signal(object, str)
    removed = Signal(object)
    opened = Signal(object)

    def __init__(self, button: QWidget, *actions: QWidget) -> None:
        """`button` opens the list, which stands above it; the `actions` stand below the channels."""
        super().__init__(button, Qt.WindowType.Popup)
        self.setObjectName("surgeryList")
        self._button = button
        self._chips: list[MuteChip] = []
        self._inside = QWidget()
        self._inside.setAutoFillBackground(False)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._scroll = QScrollArea(self)
        self._scroll.setWidget(self._inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        around = QVBoxLayout(self)
        around.setSpacing(_MARGIN)
        around.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        around.addWidget(self._scroll, 1)
        self._foot = QHBoxLayout()
        for action in actions:
            self._foot.addWidget(action)
        self._foot.insertStretch(1, 1)
        around.addLayout(self._foot)

    def set_edits(self, edits: Edits, waiting: Edits) -> None:
        """Show these; the means of those in `waiting` are being computed."""
        places = [edit.place for edit in edits]
        for chip in [chip for chip in self._chips if chip.edit.place not in places]:
            self._chips.remove(chip)
            self._column.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        known = {chip.edit.place: chip for chip in self._chips}
        for edit in edits:
            chip = known.get(edit.place) or self._new_chip(MuteChip(edit, self._inside))
            chip.set_edit(edit, edit in waiting)
        self._scroll.setVisible(bool(edits))
        if self.isVisible():
            self._place()

    def open_above(self) -> None:
        """Show it above its button, within the window; the keyboard comes to the first channel."""
        self._place()
        self.show()
        if self._chips:
            self._chips[0].take_focus()

    def _new_chip(self, chip: MuteChip) -> MuteChip:
        chip.switched.connect(self.switched)
        chip.how_chosen.connect(self.how_chosen)
        chip.removed.connect(self.removed)
        chip.opened.connect(self.close)
        chip.opened.connect(self.opened)
        self._chips.append(chip)
        self._column.addWidget(chip)
        chip.show()
        return chip

    def _place(self) -> None:
        host = self._button.window()
        self.ensurePolished()
        self._column.invalidate()
        edge = 2 * (_MARGIN + self.frameWidth())
        wanted, foot = self._inside.sizeHint(), self._foot.sizeHint()
        whole = foot.height() + edge + (wanted.height() + _MARGIN if self._chips else 0)
        height = min(whole, round(_SHARE * host.height()))
        bar = self._scroll.verticalScrollBar().sizeHint().width() if whole > height else 0
        self.resize(max(wanted.width() + bar if self._chips else 0, foot.width()) + edge, height)
        corner = self._button.mapTo(host, QPoint(0, -height - 4))
        self.move(host.mapToGlobal(QPoint(max(0, min(corner.x(), host.width() - self.width())), max(0, corner.y()))))
