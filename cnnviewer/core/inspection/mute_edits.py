"""The channels that a user has muted, in the order in which that was done, with undo and redo. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.channels import can_be_muted, channel_axis, channel_count
from cnnviewer.core.inspection.records import Architecture, Cell, LayerInfo
from cnnviewer.core.models.mutes import How, Mutes

_REMEMBERED: Final = 200


@dataclass(frozen=True)
class MuteEdit:
    """A channel in the list of muted ones.

    Attributes:
        layer: name of the layer.
        channel: index of its map, or of its value where the layer is a vector.
        how: `zero`: its values are 0; `mean`: all of them are the channel's mean over the data.
        on: whether it is muted now; one that is off stays in the list.

    """

    layer: str
    channel: int
    how: How = "zero"
    on: bool = True

    @property
    def place(self) -> tuple[str, int]:
        """Layer and channel: an edit has one place, a place one edit."""
        return self.layer, self.channel


Edits = tuple[MuteEdit, ...]


@dataclass(frozen=True)
class MuteHistory:
    """The list with its past and its future. Frozen: each action returns another one, or itself if nothing changes.

    Attributes:
        edits: the list as it is now.
        past: the lists before it, the oldest first.
        future: the lists that were undone, the next one last.

    """

    edits: Edits = ()
    past: tuple[Edits, ...] = ()
    future: tuple[Edits, ...] = ()

    @property
    def can_undo(self) -> bool:
        """Whether there is an action to undo."""
        return bool(self.past)

    @property
    def can_redo(self) -> bool:
        """Whether there is an action to redo."""
        return bool(self.future)

    def edit_of(self, layer: str, channel: int) -> MuteEdit | None:
        """The edit of this channel; None where it is not in the list."""
        return next((edit for edit in self.edits if edit.place == (layer, channel)), None)

    def muted(self, layer: str, channel: int, how: How) -> MuteHistory:
        """Mute this channel in this way; one that is in the list keeps its place there."""
        return self._with(MuteEdit(layer, channel, how))

    def switched(self, layer: str, channel: int, on: bool) -> MuteHistory:
        """Mute a channel of the list, or let it through."""
        edit = self.edit_of(layer, channel)
        return self if edit is None else self._with(replace(edit, on=on))

    def removed(self, layer: str, channel: int) -> MuteHistory:
        """Take a channel off the list."""
        return self._to(tuple(edit for edit in self.edits if edit.place != (layer, channel)))

    def cleared(self) -> MuteHistory:
        """Empty the list; that can be undone."""
        return self._to(())

    def undone(self) -> MuteHistory:
        """One action back, where there is one."""
        if not self.past:
            return self
        return MuteHistory(self.past[-1], self.past[:-1], (*self.future, self.edits))

    def redone(self) -> MuteHistory:
        """One action forward again, where there is one."""
        if not self.future:
            return self
        return MuteHistory(self.future[-1], (*self.past, self.edits), self.future[:-1])

    def _with(self, edit: MuteEdit) -> MuteHistory:
        known = self.edit_of(*edit.place) is not None
        changed = tuple(edit if other.place == edit.place else other for other in self.edits)
        return self._to(changed if known else (*changed, edit))

    def _to(self, edits: Edits) -> MuteHistory:
        if edits == self.edits:
            return self
        return MuteHistory(edits, (*self.past[-_REMEMBERED:], self.edits))


def in_force(edits: Edits) -> Edits:
    """Those that are on."""
    return tuple(edit for edit in edits if edit.on)


def channel_of(cell: Cell, architecture: Architecture) -> int | None:
    """The channel that a place in the network belongs to: of maps its map, of tokens `(1, T, D)` its column.

    None where it is none of the model's, or of no channel that can be muted.
    """
    layer = next((layer for layer in architecture.layers if layer.name == cell.layer), None)
    try:
        axis = channel_axis(layer, architecture) if layer is not None else 0
    except UserError:
        return None
    if layer is None:
        return None
    return (cell.channel, cell.row, cell.col)[len(layer.shape) + axis]


def place_of(layer: str, channel: int, architecture: Architecture) -> Cell:
    """Where a channel is in the network: its map, or its row or column of a map that holds tokens."""
    info = architecture.layer(layer)
    place: list[int | None] = [None] * len(info.shape)
    place[channel_axis(info, architecture)] = channel
    return Cell(layer, *place)


def number_of(layer: str, channel: int, architecture: Architecture) -> Cell:
    """A map of the channel's own, or the first of its numbers where several channels share a map."""
    place = place_of(layer, channel, architecture)
    return place if place.channel is not None else Cell(layer, 0, place.row or 0, place.col or 0)


def fitting(mutes: Mutes, architecture: Architecture) -> Mutes:
    """Those whose channel the model has."""
    layers = {layer.name: layer for layer in architecture.layers}
    return tuple(
        mute for mute in mutes if mute.layer in layers and _has(layers[mute.layer], mute.channel, architecture)
    )


def _has(layer: LayerInfo, channel: int, architecture: Architecture) -> bool:
    return can_be_muted(layer, architecture) and channel < channel_count(layer, architecture)
