"""Where everything of the network picture lies. Pure: no Qt, no pixels, one unit is one pixel at zoom 1."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from cnnviewer.core.inspection.blocks import Block, Shortcut
from cnnviewer.core.inspection.records import Architecture, Cell, LayerInfo, Region
from cnnviewer.ui.explore.network.geometry import Rect
from cnnviewer.ui.explore.network.wires import Bracket, Wire

Form = Literal["maps", "values", "bars", "grid", "classes"]
_VALUES_AT_MOST = 16  # so few numbers are written out
_BARS_AT_MOST = 64  # so many get a bar each; more become a grid of colours
_LARGEST_TILE, _SMALLEST_TILE = 120, 14
_WORTH = 0.6  # a map is so much smaller at the most where headers stand across
_STANDING = 0.7  # of the width: headers that stand upright keep their room where all of them need no more
_EVEN = 1.06  # a map may be so much larger than those of the other layers
_SMALL_TILES = (14, 15, 16, 18)
_WIDTHS: Mapping[Form, float] = {"values": 36.0, "bars": 28.0, "grid": 44.0}
_BAR_ROOM = 74.0  # of a class: the bar and its per cent
_LONGEST_CLASS, _WIDEST_CLASSES = 116.0, 0.12  # of a class's name: at the most so wide, or that part of the width
_TALLEST_ROW: Mapping[Form, float] = {"values": 44.0, "bars": 13.0, "grid": 14.0, "classes": 44.0}


@dataclass(frozen=True)
class LayerColumn:
    """One layer's place.

    Attributes:
        layer: what it shows.
        form: `maps` of `(C, H, W)`; a vector as written `values`, `bars`, a wrapped `grid`, or named `classes`.
        slot: the whole column, as wide as its header may be and as high as the network.
        body: the tiles together.
        rows: of tiles.
        columns: of tiles; channel `c` lies in row `c // columns`, column `c % columns`.
        tile_width: of one tile (of one value, for a vector).
        tile_height: likewise.
        gap: between tiles.
        preview: where the channels of a colour image are shown together, else None.
        channels: which maps are shown, in the order of their places; None: all of them, by number.
        more: where it is said how many maps are not shown, else None.
        block: the folded block whose output this is, else None.
        caption: height of the number below each tile, which the next row stands below.
        level: the height at which values flow in and out.
        raised: whether it belongs to a shortcut: the way that this leads around passes below its tiles.

    """

    layer: LayerInfo
    form: Form
    slot: Rect
    body: Rect
    rows: int
    columns: int
    tile_width: float
    tile_height: float
    gap: float
    preview: Rect | None = None
    channels: tuple[int, ...] | None = None
    more: Rect | None = None
    block: Block | None = None
    caption: float = 0.0
    level: float = 0.0
    raised: bool = False

    @property
    def pitch(self) -> float:
        """From the top of a row to that of the next."""
        return self.tile_height + self.caption + self.gap

    @property
    def count(self) -> int:
        """How many tiles there are."""
        return self.layer.shape[0] if self.channels is None else len(self.channels)

    @property
    def shown(self) -> Sequence[int]:
        """The maps that have a tile, in the order of their places."""
        return range(self.layer.shape[0]) if self.channels is None else self.channels

    def place_of(self, channel: int) -> int | None:
        """The place of a map among the tiles; None where it has none."""
        if self.channels is None:
            return channel
        return self.channels.index(channel) if channel in self.channels else None

    def tile(self, channel: int) -> Rect:
        """Where the map (or the value) `channel` lies; of one without a tile, where it is said that there are more."""
        place = self.place_of(channel)
        if place is None:
            return self.more or self.body
        row, column = divmod(place, self.columns)
        x = self.body.x + column * (self.tile_width + self.gap)
        return Rect(x, self.body.y + row * self.pitch, self.tile_width, self.tile_height)

    def part(self, channel: int, region: Region) -> Rect:
        """Where rows and columns of a map lie; beyond the tile where the region reaches into the padding."""
        tile = self.tile(channel)
        if len(self.layer.shape) != 3:
            return tile
        dx, dy = tile.w / self.layer.shape[2], tile.h / self.layer.shape[1]
        return Rect(
            tile.x + region.left * dx,
            tile.y + region.top * dy,
            (region.right - region.left) * dx,
            (region.bottom - region.top) * dy,
        )

    def pixel(self, channel: int, row: int, col: int) -> Rect:
        """Where one value of a map lies."""
        return self.part(channel, Region(None, row, col, row + 1, col + 1))

    def hit(self, x: float, y: float) -> Cell | None:
        """The value at a place; between two maps that of the nearer one, below a map its number: the whole map."""
        if self.preview is not None and self.preview.contains(x, y):
            return Cell(self.layer.name)
        if not self.body.contains(x, y):
            return None
        half = self.gap / 2  # of the gap each tile has the half next to it
        column = min(self.columns - 1, int((x - self.body.x + half) // (self.tile_width + self.gap)))
        row = int((y - self.body.y + half) // self.pitch)
        place = row * self.columns + column
        if place >= self.count:
            return None
        channel = self.shown[place]
        if len(self.layer.shape) != 3 or y >= self.tile(channel).bottom + half:
            return Cell(self.layer.name, channel)
        tile, (_, height, width) = self.tile(channel), self.layer.shape
        r = min(height - 1, max(0, int((y - tile.y) / tile.h * height)))
        c = min(width - 1, max(0, int((x - tile.x) / tile.w * width)))
        return Cell(self.layer.name, channel, r, c)


@dataclass(frozen=True)
class NetworkLayout:
    """All columns from left to right, and the size of the whole.

    Attributes:
        columns: from left to right.
        width: of the whole.
        height: likewise.
        wide: whether it is wider than the view, so that one goes along it; the rest is of such a layout alone.
        wires: lines over the columns.
        brackets: the unfolded blocks.
        lane_height: of a line above the tiles.
        reads: of each column the places of those whose values it reads.
        near: of each column those of `reads` that an arrow leads from: the column before, or the one before those of
            a shortcut.
        shortcuts: of each addition that is shown which of both layers leads around the other's.
        least_scale: the smallest scale at which every header still has its room.
        narrow: whether columns have the room for a name: all of them are seen at once.

    """

    columns: tuple[LayerColumn, ...]
    width: float
    height: float
    wide: bool = False
    wires: tuple[Wire, ...] = ()
    brackets: tuple[Bracket, ...] = ()
    lane_height: float = 0.0
    reads: tuple[tuple[int, ...], ...] = ()
    near: tuple[tuple[int, ...], ...] = ()
    shortcuts: Mapping[str, Shortcut] = field(default_factory=dict)
    least_scale: float = 1.0
    narrow: bool = False

    def column(self, name: str) -> LayerColumn | None:
        """The column of the layer `name`."""
        return next((column for column in self.columns if column.layer.name == name), None)

    def holder(self, name: str) -> LayerColumn | None:
        """The column of the layer `name`, or of the folded block that it lies in."""
        found = self.column(name)
        folded = (column for column in self.columns if column.block is not None and name in column.block.layers)
        return found or next(folded, None)

    @cached_property
    def depths(self) -> tuple[int, ...]:
        """Of each column how many lie before it on the longest way from the input."""
        found: list[int] = []
        for read in self.reads:
            found.append(1 + max((found[place] for place in read if place < len(found)), default=-1))
        return tuple(found)

    @cached_property
    def block_names(self) -> dict[str, str]:
        """Of each layer that is shown within an unfolded block the name of that."""
        return {name: bracket.block.name for bracket in self.brackets for name in bracket.block.layers}

    def nearest(self, x: float) -> LayerColumn | None:
        """The column at a place across, or the one next to it."""
        return min(self.columns, key=lambda c: max(c.slot.x - x, x - c.slot.right, 0.0), default=None)

    def at(self, x: float, y: float) -> Cell | None:
        """The value at a place, or None."""
        for column in self.columns:
            if column.slot.x <= x < column.slot.right:
                return column.hit(x, y)
        return None


def form_of(layer: LayerInfo) -> Form:
    """How a layer is shown."""
    if len(layer.shape) == 3:
        return "maps"
    count = math.prod(layer.shape)
    if layer.name == "probabilities" or layer.kind == "softmax":
        return "classes" if count <= _VALUES_AT_MOST else "bars" if count <= _BARS_AT_MOST else "grid"
    return "values" if count <= _VALUES_AT_MOST else "bars" if count <= _BARS_AT_MOST else "grid"


def layout(
    architecture: Architecture,
    width: float,
    height: float,
    label_widths: Mapping[str, float] | None = None,
    class_width: float = 20.0,
    upright: float = 0.0,
    number_width: float = 0.0,
) -> NetworkLayout:
    """Lay the network out so that all of it, with the largest maps possible, fits `width` x `height`.

    `label_widths` says how wide each layer's header must be at the least, `upright` how wide one that stands upright,
    as headers do where the maps would become much smaller otherwise; `class_width` is how wide the longest class name
    is; names get a part of the width at the most, so that the maps keep theirs; `number_width` is how wide a value
    that is written must be. A network too large for readable maps gets an area of the same proportions, as much larger
    as it needs; there headers that stand upright keep their width in the view while all of them have room.
    """
    labels = label_widths or {}
    class_width = min(class_width, max(_LONGEST_CLASS, _WIDEST_CLASSES * width))
    layers = architecture.layers
    standing = {name: min(wide, upright) for name, wide in labels.items()}
    keep = sum(standing.values()) <= _STANDING * width
    if labels and keep:
        written = [layer.name for layer in layers if form_of(layer) == "values"]
        with_numbers = standing | {name: max(standing.get(name, 0.0), number_width) for name in written}
        labels = dict(labels) | {name: max(labels.get(name, 0.0), number_width) for name in written}
        standing = with_numbers if sum(with_numbers.values()) <= _STANDING * width else standing
    scale = 1.0
    while layers:
        room, tall = width * scale, height * scale
        gap = _gap(room)
        seen = {name: wide * scale for name, wide in standing.items()} if keep else standing
        found = _largest(layers, tall, seen, class_width, gap, room)
        if scale == 1.0 and labels:
            across = _largest(layers, tall, labels, class_width, gap, room)
            found = found if across is None or (found is not None and across[0] < _WORTH * found[0]) else across
        if found is not None:
            return _placed(architecture, found[1], gap, room, tall, found[0])
        scale *= 1.1
    return NetworkLayout((), width, height)


def fits(architecture: Architecture, width: float, height: float) -> bool:
    """Whether all of the network has room in `width` x `height` with readable maps, whatever its headers need."""
    return any(_fits(architecture.layers, tile, height, {}, 20.0, _gap(width), width) for tile in _SMALL_TILES)


def _gap(width: float) -> float:
    return min(16.0, max(6.0, width * 0.0085))


def _largest(
    layers: tuple[LayerInfo, ...],
    height: float,
    labels: Mapping[str, float],
    class_width: float,
    gap: float,
    room: float,
) -> tuple[int, list[float]] | None:
    """The largest tile that fits, and the widths of the columns with it; None where none does."""
    # small tiles first: of a network too large no size need be tried, and a hundred would take a third of a second
    if any(_fits(layers, tile, height, labels, class_width, gap, room) for tile in _SMALL_TILES):
        for tile in range(_LARGEST_TILE, _SMALLEST_TILE - 1, -1):
            slots = _fits(layers, tile, height, labels, class_width, gap, room)
            if slots:
                return tile, slots
    return None


def _fits(
    layers: tuple[LayerInfo, ...],
    tile: float,
    height: float,
    labels: Mapping[str, float],
    class_width: float,
    gap: float,
    room: float,
) -> list[float]:
    """The widths of all columns with tiles of that size; nothing where they do not fit into `room`."""
    left, slots = room + gap, []
    for layer in layers:
        slots.append(_slot(layer, tile, height, labels, class_width))
        left -= slots[-1] + gap
        if left < 0:
            return []
    return slots


def _slot(layer: LayerInfo, tile: float, height: float, labels: Mapping[str, float], class_width: float) -> float:
    label = labels.get(layer.name, 0.0)
    form = form_of(layer)
    if form == "classes":
        return max(label, class_width + _BAR_ROOM * min(1.4, max(0.75, tile / 32)))
    if form != "maps":
        return max(label, _WIDTHS[form] * min(1.3, max(0.8, tile / 34)))
    count, rows, cols = layer.shape
    if layer.palette == "image":  # where everything begins may be larger than what is made of it
        return max(label, min(2.2 * tile, 0.5 * height) * cols / max(rows, cols))
    gap = _tile_gap(tile)
    in_one = max(1, int((height + gap) // (tile + gap)))
    across = math.ceil(count / in_one)
    return max(label, (across * (tile + gap) - gap) * min(1.0, cols / max(rows, cols)))


def _tile_gap(tile: float) -> float:
    return min(6.0, max(2.0, tile * 0.1))


def best_grid(count: int, aspect: float, width: float, height: float) -> tuple[int, float, float]:
    """The number of tile columns, the tile's width and the gap that make `count` tiles largest in the room.

    `aspect` is a tile's width over its height.
    """
    best = (1, 0.0, 2.0)
    for columns in range(1, count + 1):
        rows = math.ceil(count / columns)
        gap = 2.0
        for _ in range(2):  # the gap follows the tile, the tile the gap
            across = (width - (columns - 1) * gap) / columns
            down = (height - (rows - 1) * gap) / rows * aspect
            tile = min(across, down)
            gap = _tile_gap(tile)
        tile = min((width - (columns - 1) * gap) / columns, (height - (rows - 1) * gap) / rows * aspect)
        if tile > best[1]:
            best = (columns, tile, gap)
        elif across < best[1]:
            break
    return best


def grid_columns(count: int, width: float, height: float) -> int:
    """How many values of a long vector stand in a row: a divisor where there is one, cells nearly square."""
    ideal = math.sqrt(count * width / height)
    near = range(max(1, int(ideal * 0.6)), math.ceil(ideal * 1.6) + 1)
    divisors = [columns for columns in near if count % columns == 0]
    return min(divisors or near, key=lambda columns: abs(math.log(columns / ideal)))


def _placed(
    architecture: Architecture, slots: list[float], gap: float, width: float, height: float, tile: float
) -> NetworkLayout:
    spare = width - sum(slots) - gap * (len(slots) - 1)
    if len(slots) > 1:
        gap += min(34.0, spare / (len(slots) - 1))
    x = (width - sum(slots) - gap * (len(slots) - 1)) / 2
    columns = []
    for layer, slot in zip(architecture.layers, slots, strict=True):
        columns.append(place_layer(layer, Rect(x, 0.0, slot, height), tile))
        x += slot + gap
    return NetworkLayout(tuple(columns), width, height)


def place_layer(layer: LayerInfo, slot: Rect, tile: float) -> LayerColumn:
    """A layer in its slot, with tiles of about that size."""
    form = form_of(layer)
    count = layer.shape[0]
    if form == "maps":
        return _maps(layer, slot, tile)
    if form == "grid":
        gap, across = 0.0, grid_columns(count, slot.w, slot.h)
    else:
        gap, across = (3.0 if form != "bars" else 1.0), 1
    rows = math.ceil(count / across)
    tall = min(_TALLEST_ROW[form], (slot.h - (rows - 1) * gap) / rows)
    if form != "bars" and form != "grid":
        gap = min(gap, tall * 0.15)
    elif form == "bars":
        gap = min(gap, tall * 0.2)
    tall = min(_TALLEST_ROW[form], (slot.h - (rows - 1) * gap) / rows)
    width = slot.w if form == "classes" else min(slot.w, _WIDTHS[form] * 1.3)
    body = Rect(slot.x + (slot.w - width) / 2, 0.0, width, rows * (tall + gap) - gap).centred_in(slot)
    return LayerColumn(layer, form, slot, body, rows, across, width / across, tall, gap)


def _maps(layer: LayerInfo, slot: Rect, usual: float) -> LayerColumn:
    """The maps of a layer; those of all layers are about equally large, so that rows stand beside each other."""
    count, height, width = layer.shape
    together = layer.palette == "image" and count == 3
    across, tile, gap = best_grid(count + together, width / height, slot.w, slot.h)
    tile = min(tile, _LARGEST_TILE * 1.2 if layer.palette == "image" else usual * _EVEN)
    tall = tile * height / width
    if together:
        between = (count + 2) * gap  # below the picture of all channels three times as much as elsewhere
        tall = min(tall, (slot.h - between) / (count + 1))
        tile = tall * width / height
        body = Rect(0.0, 0.0, tile, (count + 1) * tall + between).centred_in(slot)
        preview = Rect(body.x, body.y, tile, tall)
        body = Rect(body.x, body.y + tall + gap * 3, tile, count * (tall + gap) - gap)
        return LayerColumn(layer, "maps", slot, body, count, 1, tile, tall, gap, preview)
    rows = math.ceil(count / across)
    body = Rect(0.0, 0.0, across * (tile + gap) - gap, rows * (tall + gap) - gap).centred_in(slot)
    return LayerColumn(layer, "maps", slot, body, rows, across, tile, tall, gap)
