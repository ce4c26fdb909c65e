"""Where everything lies of a network that is too large to be seen whole: columns that one goes along. Pure.

Every column is as high as the view and shows the strongest maps of its layer in tiles of 64 to 120 pixels, or in
smaller ones where all columns shall be seen at once. Blocks are folded to a column or lie unfolded. Between the columns
is room for arrows, above them are lanes for lines that lead further than to the next column.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final

from cnnviewer.core.inspection.blocks import Block, Shortcut, shortcuts
from cnnviewer.core.inspection.records import Architecture, LayerInfo
from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.layout import LayerColumn, NetworkLayout, fits, form_of, layout, place_layer
from cnnviewer.ui.explore.network.wires import Bracket, Wire, in_lanes

_NOMINAL: Final = (1180.0, 560.0)
"""The stage of a window of 1440x900: what does not fit there in tiles of `_LEAST_WHOLE` pixels is gone along."""
_LEAST_WHOLE: Final = 36.0
TILE_LEAST, TILE_MOST = 64.0, 120.0
_ROWS = 6  # tiles of a column at the most, while no more are asked for
_WHOLE_TILES: Final = range(int(TILE_MOST), 27, -4)
"""Pixels of a tile where the whole network is seen at once: the first with which it has the room."""
_GAP: Final = 6.0
_LANE: Final = 22.0
CAPTION: Final = 14.0
"""Height of the number below a tile, in pixels at zoom 1."""
_LEAST_RAISED: Final = 16.0  # a tile of a shortcut in a very low view
_MORE: Final = 26.0  # for the line that says how many maps are not shown
_EDGE: Final = 14.0
_WIDEST_CLASS: Final = 130.0


@dataclass(frozen=True)
class _Measures:
    """How columns are spaced: where one goes along them, and where all are seen at once.

    Attributes:
        abreast: tiles beside one another.
        gutter: between two columns.
        join: before a column that joins several.
        bars: width of a column of numbers.
        shares: room for the bar and the per cent of a class.
        image: largest side of the image, in tiles.
        caption: height of the number below a tile.

    """

    abreast: int = 2
    gutter: float = 34.0
    join: float = 62.0
    bars: float = 74.0
    shares: float = 96.0
    image: float = math.inf
    caption: float = CAPTION


_ALONG: Final = _Measures()
_WHOLE: Final = _Measures(abreast=1, gutter=7.0, join=38.0, bars=36.0, shares=62.0, image=1.6)


@dataclass(frozen=True)
class Entry:
    """What a column shows: a layer, or a folded block with its output layer."""

    layer: LayerInfo
    block: Block | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the layers that it reads."""
        return self.layer.inputs if self.block is None else self.block.inputs

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the layers that it stands for."""
        return (self.layer.name,) if self.block is None else self.block.layers


def is_wide(architecture: Architecture) -> bool:
    """Whether a network is gone along: its maps would be too small to be read side by side in a usual window.

    Or lines lead over its columns: from far away into an addition or the like, or between calls of one module.
    """
    if not architecture.layers:
        return False
    if _Network.of(architecture, (), frozenset()).wires:
        return True
    if not fits(architecture, *_NOMINAL):
        return True
    whole = layout(architecture, *_NOMINAL)
    tiles = [max(column.tile_width, column.tile_height) for column in whole.columns if column.form == "maps"]
    return min(tiles, default=TILE_LEAST) < _LEAST_WHOLE


def entries(architecture: Architecture, blocks: Sequence[Block], folded: AbstractSet[str]) -> tuple[Entry, ...]:
    """The layers in order, with the folded blocks in place of theirs."""
    inside = {name: block for block in blocks if block.name in folded for name in block.layers}
    found: list[Entry] = []
    for layer in architecture.layers:
        block = inside.get(layer.name)
        if block is None:
            found.append(Entry(layer))
        elif layer.name == block.layers[0]:
            found.append(Entry(architecture.layer(block.output), block))
    return tuple(found)


def wide_layout(
    architecture: Architecture,
    blocks: Sequence[Block],
    folded: AbstractSet[str],
    opened: AbstractSet[str],
    width: float,
    height: float,
    labels: Mapping[str, float] | None = None,
    class_width: float = 20.0,
    line: float = CAPTION,
) -> NetworkLayout:
    """Lay a large network out along columns as high as `height`, of which `width` is seen.

    Args:
        architecture: the layers.
        blocks: those that may be folded.
        folded: names of the blocks that are.
        opened: names of the layers of which all maps are shown.
        width: of the view.
        height: of the view and of the whole.
        labels: how wide the header of a column must be, by the name of its layer or of its folded block.
        class_width: how wide the longest name of a class is.
        line: height of the number below a tile.

    """
    network = _Network.of(architecture, blocks, folded)
    rows, tile = _tiles(height - network.top - _MORE, line)
    measures = replace(_ALONG, caption=line)
    return network.placed(rows, tile, opened, width, height, labels or {}, class_width, measures)


def whole_layout(
    architecture: Architecture,
    blocks: Sequence[Block],
    width: float,
    height: float,
    labels: Mapping[str, float],
    class_width: float = 20.0,
    line: float = CAPTION,
) -> NetworkLayout | None:
    """Lay a large network out so that all of it is seen, its blocks folded; None where that would be too small."""
    network = _Network.of(architecture, blocks, {block.name for block in blocks})
    measures = replace(_WHOLE, caption=line)
    for tile in _WHOLE_TILES:
        room = height - network.top - _MORE
        rows = max(1, int((room + _GAP) // (tile + line + _GAP)))
        plan = network.placed(rows, float(tile), frozenset(), width, height, labels, class_width, measures)
        if plan.width <= width:
            return replace(plan, least_scale=1.0, narrow=True)
    return None


@dataclass(frozen=True)
class _Network:
    """The columns of a network, what each reads and what of that lies next to it, and the lines above them."""

    shown: tuple[Entry, ...]
    reads: tuple[tuple[int, ...], ...]
    near: tuple[tuple[int, ...], ...]
    shortcuts: dict[str, Shortcut]
    wires: tuple[Wire, ...]
    brackets: tuple[Bracket, ...]

    @classmethod
    def of(cls, architecture: Architecture, blocks: Sequence[Block], folded: AbstractSet[str]) -> _Network:
        shown = entries(architecture, blocks, folded)
        places = {name: at for at, entry in enumerate(shown) for name in entry.names}
        reads = tuple(
            tuple(dict.fromkeys(places[name] for name in entry.inputs if places.get(name, at) != at))
            for at, entry in enumerate(shown)
        )
        unfolded = {entry.layer.name for entry in shown if entry.block is None}
        around = {name: each for name, each in shortcuts(architecture.layers).items() if name in unfolded}
        raised = {name for each in around.values() for name in each.along}
        near = _near(reads, [entry.block is None and entry.layer.name in raised for entry in shown])
        return cls(shown, reads, near, around, _wires(shown, reads, near), _brackets(shown, blocks, folded))

    @property
    def top(self) -> float:
        """Height of the lines above the tiles."""
        lanes = max((wire.lane + 1 for wire in self.wires), default=0)
        return lanes * _LANE + (10.0 if lanes else 0.0)

    def placed(
        self,
        rows: int,
        tile: float,
        opened: AbstractSet[str],
        width: float,
        height: float,
        labels: Mapping[str, float],
        class_width: float,
        measures: _Measures,
    ) -> NetworkLayout:
        """Columns of so many rows of tiles, one after the other."""
        caption = measures.caption
        bottom = self.top + rows * (tile + caption + _GAP) - _GAP
        band = Rect(0.0, self.top, 0.0, bottom - self.top)
        joined = {place for place, read in enumerate(self.reads) if len(read) > 1}
        joined |= {wire.target for wire in self.wires}
        raised = {name for each in self.shortcuts.values() for name in each.along}
        above = max(1, int((band.h / 2 + _GAP) // (tile + caption + _GAP)))  # rows of a shortcut's tiles
        upper = replace(band, h=band.h / 2 - _GAP)
        high = min(tile, max(_LEAST_RAISED, (upper.h + _GAP) / above - caption - _GAP))
        columns: list[LayerColumn] = []
        x = _EDGE
        for place, entry in enumerate(self.shown):
            label = labels.get(entry.layer.name if entry.block is None else entry.block.name, 0.0)
            x += 0.0 if not place else measures.join if place in joined else measures.gutter
            if entry.block is None and entry.layer.name in raised:
                column = _column(entry, x, label, class_width, above, high, upper, opened, measures)
                more = column.more and replace(column.more, y=band.centre[1] + 5.0)  # below what passes
                column = replace(column, level=upper.centre[1], raised=True, more=more)
            else:
                column = _column(entry, x, label, class_width, rows, tile, band, opened, measures)
                column = replace(column, level=band.centre[1])
            columns.append(column)
            x = column.slot.right
        least = max((_needed(columns, place, labels) for place in range(len(columns))), default=1.0)
        return NetworkLayout(
            tuple(columns),
            max(width, x + _EDGE),
            height,
            True,
            self.wires,
            self.brackets,
            _LANE,
            self.reads,
            self.near,
            self.shortcuts,
            min(1.0, least),
        )


def ordered(plan: NetworkLayout, orders: Mapping[str, Sequence[int]], needed: Mapping[str, int]) -> NetworkLayout:
    """The same columns with their maps in these orders; a `needed` map of a layer is among those shown."""
    columns = []
    for column in plan.columns:
        name, channels = column.layer.name, column.channels
        if channels is not None:
            order = [int(channel) for channel in orders.get(name, range(column.layer.shape[0]))[: len(channels)]]
            wanted = needed.get(name)
            if wanted is not None and wanted not in order:
                order[-1] = wanted
            column = replace(column, channels=tuple(order))
        columns.append(column)
    return replace(plan, columns=tuple(columns))


def _tiles(height: float, line: float) -> tuple[int, float]:
    """How many rows of tiles there are, and how high a tile is; below each stands a `line`."""
    between = line + _GAP
    tile = (height + _GAP) / _ROWS - between
    if tile > TILE_MOST:
        return max(1, int((height + _GAP) // (TILE_MOST + between))), TILE_MOST
    if tile >= TILE_LEAST:
        return _ROWS, tile
    rows = max(1, int((height + _GAP) // (TILE_LEAST + between)))
    return rows, min(TILE_MOST, max(24.0, (height + _GAP) / rows - between))


def _column(
    entry: Entry,
    x: float,
    label: float,
    class_width: float,
    rows: int,
    tile: float,
    band: Rect,
    opened: AbstractSet[str],
    measures: _Measures,
) -> LayerColumn:
    layer, form = entry.layer, form_of(entry.layer)
    if form != "maps":
        wide = min(class_width, _WIDEST_CLASS) + measures.shares if form == "classes" else measures.bars
        slot = Rect(x, band.y, max(label, wide), band.h)
        return replace(place_layer(layer, slot, TILE_LEAST), block=entry.block)
    count, tall, across = layer.shape
    if layer.palette == "image":
        side = min(2 * TILE_MOST, measures.image * tile, (band.h - 3 * _GAP) / (4 if count == 3 else 1))
        slot = Rect(x, band.y, max(label, side), band.h)
        return replace(place_layer(layer, slot, side), block=entry.block)
    if count <= measures.abreast and measures.abreast > 1:  # few maps have the room of many
        tile = min((tile + _GAP) * 2 - _GAP, 2 * TILE_MOST)
        rows = max(1, min(rows, int((band.h + _GAP) // (tile + measures.caption + _GAP))))
    wide, high = tile * min(1.0, across / tall), tile * min(1.0, tall / across)
    beside = math.ceil(count / rows)
    if layer.name not in opened:
        beside = min(beside, measures.abreast)
    shown = min(count, beside * rows)
    down = math.ceil(shown / beside)
    body_width = beside * (wide + _GAP) - _GAP
    slot = Rect(x, band.y, max(label, body_width), band.h)
    body = Rect(0.0, 0.0, body_width, down * (high + measures.caption + _GAP) - _GAP).centred_in(slot)
    folds = count > rows * measures.abreast
    more = Rect(slot.x, band.bottom + 4.0, slot.w, _MORE - 6.0) if folds else None
    return LayerColumn(
        layer,
        "maps",
        slot,
        body,
        down,
        beside,
        wide,
        high,
        _GAP,
        channels=tuple(range(shown)),
        more=more,
        block=entry.block,
        caption=measures.caption,
    )


def _needed(columns: Sequence[LayerColumn], place: int, labels: Mapping[str, float]) -> float:
    """The scale at which a header just has the room between its neighbours."""
    column = columns[place]
    label = labels.get(column.layer.name if column.block is None else column.block.name, 0.0)
    left = columns[place - 1].slot.right if place else column.slot.x - _ALONG.gutter
    right = columns[place + 1].slot.x if place + 1 < len(columns) else column.slot.right + _ALONG.gutter
    room = column.slot.w + min(column.slot.x - left, right - column.slot.right)
    return (label + 4.0) / room if room > 0 else 1.0


def _near(reads: Sequence[tuple[int, ...]], raised: Sequence[bool]) -> tuple[tuple[int, ...], ...]:
    """Of each column what it reads from the column before, and past the raised columns of a shortcut."""
    found: list[tuple[int, ...]] = []
    for target, read in enumerate(reads):
        before = target - 1
        while before >= 0 and raised[before] and not raised[target]:
            before -= 1
        found.append(tuple(place for place in read if place in (target - 1, before)))
    return tuple(found)


def _wires(
    shown: Sequence[Entry], reads: Sequence[tuple[int, ...]], near: Sequence[tuple[int, ...]]
) -> tuple[Wire, ...]:
    """What no arrow leads to along the columns, and which columns have the same weights."""
    found, calls = [], dict[str, int]()
    for target, entry in enumerate(shown):
        far = tuple(place for place in reads[target] if place not in near[target])
        if far:
            found.append(Wire(far, target))
        module = entry.layer.module if entry.block is None else None
        if module is None:
            continue
        if module in calls:
            found.append(Wire((calls[module],), target, shared=True))
        if module in calls or entry.layer.weight_shape:
            calls[module] = target
    return in_lanes(found)


def _brackets(shown: Sequence[Entry], blocks: Sequence[Block], folded: AbstractSet[str]) -> tuple[Bracket, ...]:
    places = {entry.layer.name: at for at, entry in enumerate(shown) if entry.block is None}
    return tuple(
        Bracket(block, places[block.layers[0]], places[block.layers[-1]])
        for block in blocks
        if block.name not in folded
    )
