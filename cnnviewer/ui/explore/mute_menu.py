"""The menu of a map: mute its channel to zero or to its mean, or let it through again; and look into it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from cnnviewer.core.inspection.mute_edits import Edits, MuteEdit, channel_of
from cnnviewer.core.inspection.records import Architecture, Cell
from cnnviewer.ui.widgets.plain_text import caption
from cnnviewer.ui.widgets.translated import Translated


class MuteMenu(Translated, QMenu):
    """What can be done with one channel; its owner carries it out.

    Signals:
        mute_requested: layer, channel and `zero` or `mean`.
        remove_requested: layer and channel: it shall not be muted any more.
        cell_requested: the `Cell` whose arithmetic is asked for.
    """

    mute_requested = Signal(str, int, str)
    remove_requested = Signal(str, int)
    cell_requested = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("muteMenu")
        self.setToolTipsVisible(True)
        self._architecture = Architecture("", ())
        self._edits: Edits = ()
        self._cell: Cell | None = None
        self._title = self.addAction("")
        self._title.setEnabled(False)
        self._zero, self._mean = self.addAction(""), self.addAction("")
        self._remove = self.addAction("")
        self.addSeparator()
        self._numbers = self.addAction("")
        for action, name in (
            (self._zero, "muteToZero"),
            (self._mean, "muteToMean"),
            (self._remove, "muteRemove"),
            (self._numbers, "muteNumbers"),
        ):
            action.setObjectName(name)
        for action in (self._zero, self._mean):
            action.setCheckable(True)
        self.triggered.connect(self._on_triggered)
        self.retranslate()

    def set_architecture(self, architecture: Architecture) -> None:
        """The layers of the model on the screen."""
        self._architecture = architecture

    def set_edits(self, edits: Edits) -> None:
        """The list of muted channels."""
        self._edits = edits

    def open_for(self, cell: Cell, place: QPoint) -> None:
        """Open at this place of the screen."""
        self._show(cell)
        self.popup(place)

    def toggle(self, cell: Cell) -> None:
        """Mute a channel to zero, or let it through where it is muted."""
        channel, edit = channel_of(cell, self._architecture), self._edit_of(cell)
        if channel is None:
            return
        if edit is not None and edit.on:
            self.remove_requested.emit(cell.layer, channel)
        else:
            self.mute_requested.emit(cell.layer, channel, "zero")

    def _edit_of(self, cell: Cell) -> MuteEdit | None:
        place = cell.layer, channel_of(cell, self._architecture)
        return next((edit for edit in self._edits if edit.place == place), None)

    def _show(self, cell: Cell) -> None:
        self._cell = cell
        channel, edit = channel_of(cell, self._architecture), self._edit_of(cell)
        offered = channel is not None
        self._title.setText(caption(f"{cell.layer}[{cell.channel if channel is None else channel}]"))
        for action, how in ((self._zero, "zero"), (self._mean, "mean")):
            action.setEnabled(offered)
            action.setChecked(edit is not None and edit.on and edit.how == how)
        self._remove.setEnabled(edit is not None)
        self._name_numbers()

    def _name_numbers(self) -> None:
        """A layer without weights, such as an addition, has no multiplications."""
        name = self._cell.layer if self._cell is not None else ""
        multiplies = any(layer.name == name and layer.weight_shape for layer in self._architecture.layers)
        self._numbers.setText(self.tr("Show every multiplication") if multiplies else self.tr("Show the arithmetic"))

    def _on_triggered(self, action: object) -> None:
        cell = self._cell
        if cell is None:
            return
        channel = channel_of(cell, self._architecture)
        if action is self._numbers:
            self.cell_requested.emit(cell if channel != cell.channel else Cell(cell.layer, cell.channel))
        elif channel is None:
            return
        elif action is self._zero or action is self._mean:
            self.mute_requested.emit(cell.layer, channel, "zero" if action is self._zero else "mean")
        elif action is self._remove:
            self.remove_requested.emit(cell.layer, channel)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self._zero.setText(self.tr("Mute to zero"))
        self._zero.setToolTip(self.tr("0 stands in place of all values of this channel (M)"))
        self._mean.setText(self.tr("Mute to its mean"))
        self._mean.setToolTip(self.tr("The channel's mean over the data set stands in place of all its values"))
        self._remove.setText(self.tr("No longer mute"))
        self._name_numbers()
        self.setAccessibleName(self.tr("Channel"))
