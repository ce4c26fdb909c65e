"""How a network is laid out: whole or as columns that one goes along, with which blocks folded and which maps first."""

from __future__ import annotations

from typing import Final, Literal

from cnnviewer.core.inspection.blocks import Block, blocks_of, joined_maps, joins
from cnnviewer.core.inspection.records import Architecture, Cell
from cnnviewer.ui.explore.network.headings import heading_of
from cnnviewer.ui.explore.network.labels import WideTexts
from cnnviewer.ui.explore.network.layout import NetworkLayout, layout
from cnnviewer.ui.explore.network.pictures import Pictures
from cnnviewer.ui.explore.network.wide_layout import CAPTION, entries, is_wide, ordered, whole_layout, wide_layout
from cnnviewer.ui.widgets.class_words import class_words
from cnnviewer.ui.widgets.paint_style import PaintStyle

Order = Literal["strength", "number"]
_WRITTEN: Final = "−88.8"
"""As wide as the values of a short vector with a decimal."""
_UNFOLDED_AT_MOST: Final = 40  # layers: a network of more opens with its blocks folded


class NetworkPlan:
    """Owner of what is folded and opened.

    Attributes:
        architecture: the layers.
        blocks: those that can be folded; none of a network that is seen whole.
        wide: whether one goes along the network, because it is too large to be seen whole.
        folded: names of the blocks that are folded.
        opened: names of the layers of which all maps are shown.
        whole: whether all of a large network shall be seen at once, its blocks folded.
        shows_whole: whether that is so: there may be too little room.
        joined: for each layer whose maps meet those of others in an addition or the like, all of these: their maps
            have one order.
        order: of the maps of a layer, where not all are shown.
        texts: sentences in the picture.

    """

    def __init__(self) -> None:
        self.architecture = Architecture("", ())
        self.blocks: tuple[Block, ...] = ()
        self.wide = False
        self.folded: set[str] = set()
        self.opened: set[str] = set()
        self.whole = self.shows_whole = False
        self.joined: dict[str, tuple[str, ...]] = {}
        self.order: Order = "strength"
        self.texts = WideTexts()

    def set_architecture(self, architecture: Architecture) -> None:
        """Other layers: of a network of many, the first block that joins layers is unfolded and no other."""
        self.architecture = architecture
        self.wide = is_wide(architecture)
        self.blocks = blocks_of(architecture.layers) if self.wide else ()
        self.joined = joined_maps(architecture.layers)
        self.folded, self.opened = set(), set()
        self.whole = self.shows_whole = False
        if len(architecture.layers) > _UNFOLDED_AT_MOST:
            joining = [block for block in self.blocks if any(joins(architecture.layer(n)) for n in block.layers)]
            self.folded = {block.name for block in self.blocks if not joining or block is not joining[0]}

    def lay_out(self, width: float, height: float, style: PaintStyle, classes: tuple[str, ...]) -> NetworkLayout:
        """The places of everything in a view of this size."""
        longest = max([style.measure(name, "name") for name in class_words(classes)] or [12.0]) + 6
        layers = self.architecture.layers
        if not self.wide:
            labels = {layer.name: heading_of(layer).least_width(style.measure) + 2 for layer in layers}
            number = style.numbers.width(_WRITTEN) + 3
            return layout(self.architecture, width, height, labels, longest, style.line + 4, number)
        self.shows_whole = False
        if self.whole and (found := self._whole(width, height, style, longest)) is not None:
            self.shows_whole = True
            return found
        line = max(CAPTION, style.line)
        prefixes = {name: block.name for block in self.blocks for name in block.layers}
        labels = {}
        for entry in entries(self.architecture, self.blocks, self.folded):
            name = entry.layer.name if entry.block is None else entry.block.name
            prefix = prefixes.get(name, "")
            labels[name] = heading_of(entry.layer, entry.block, prefix, self.texts).roomy_width(style.measure) + 6
        return wide_layout(
            self.architecture, self.blocks, self.folded, self.opened, width, height, labels, longest, line
        )

    def _whole(self, width: float, height: float, style: PaintStyle, longest: float) -> NetworkLayout | None:
        shown = entries(self.architecture, self.blocks, {block.name for block in self.blocks})
        headings = {
            entry.layer.name if entry.block is None else entry.block.name: heading_of(entry.layer, entry.block)
            for entry in shown
        }
        across = [
            {name: heading.least_width(style.measure, whole) + 2 for name, heading in headings.items()}
            for whole in (True, False)
        ]
        upright = {name: min(wide, style.line + 4) for name, wide in across[1].items()}
        for labels in (*across, upright):
            line = max(CAPTION, style.line)
            found = whole_layout(self.architecture, self.blocks, width, height, labels, longest, line)
            if found is not None:
                return found
        return None

    @property
    def all_folded(self) -> bool:
        """Whether no block is unfolded in what is seen."""
        return self.shows_whole or len(self.folded) == len(self.blocks)

    def ordered(self, plan: NetworkLayout, pictures: Pictures, pinned: Cell | None) -> NetworkLayout:
        """The same places with the maps in their order; the pinned map is among those shown."""
        if not plan.wide:
            return plan
        orders: dict[str, list[int]] = {}
        if self.order == "strength" and not pictures.empty:
            for column in plan.columns:
                name = column.layer.name
                together = self._together(name)
                order = None if column.channels is None else pictures.strongest_first(together[-1], together)
                if order is not None:
                    orders[name] = order.tolist()
        needed: dict[str, int] = {}
        if pinned is not None and pinned.channel is not None:
            needed = dict.fromkeys(self._together(pinned.layer), pinned.channel)
        return ordered(plan, orders, needed)

    def _together(self, layer: str) -> tuple[str, ...]:
        return self.joined.get(layer, (layer,))

    def block_of(self, layer: str) -> Block | None:
        """The block that a layer lies in."""
        return next((block for block in self.blocks if layer in block.layers), None)

    def toggle(self, block: str) -> None:
        """Fold a block or unfold it."""
        self.folded ^= {block}

    def toggle_maps(self, layer: str) -> None:
        """Show all maps of a layer and of those it is joined with, or the first ones only."""
        together = set(self._together(layer))
        self.opened = self.opened - together if layer in self.opened else self.opened | together

    def fold_all(self, folded: bool) -> None:
        """Fold all blocks, or unfold them."""
        self.folded = {block.name for block in self.blocks} if folded else set()
