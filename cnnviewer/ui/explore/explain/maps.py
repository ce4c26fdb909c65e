"""Which maps stand beside a number's arithmetic: those it is read from, with what is read, and its own. Pure: no Qt."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from cnnviewer.core.inspection.derived import part_of
from cnnviewer.core.inspection.explain.group_records import (
    AttentionTerm,
    Cells,
    Divided,
    Extreme,
    ManyHeaded,
    Power,
    Standardised,
    Weighted,
)
from cnnviewer.core.inspection.explain.records import (
    Combined,
    Convolution,
    Dense,
    Dropped,
    Explanation,
    Exponentials,
    GivenValue,
    Loss,
    MovedValue,
    MutedValue,
    Normalised,
    OfSeveral,
    Pointwise,
    Pooling,
    SelectedValue,
)
from cnnviewer.core.inspection.explain.reduction_records import LogSum, Product, Spread
from cnnviewer.core.inspection.receptive import touched_by, window_of
from cnnviewer.core.inspection.records import Architecture, Cell, FloatArray, Inspection, LayerInfo, Region
from cnnviewer.ui.widgets.palettes import Range

BoundsOf = Callable[[LayerInfo], Range]
_SQUARE = 2.5  # a vector is laid out with at most so many times as many columns as rows


@dataclass(frozen=True)
class ShownMap:
    """One map of a layer, or a vector laid out as a grid, row by row.

    Attributes:
        layer: that it belongs to.
        channel: of the layer; None for a vector.
        values: `(H, W)`; the last row of a vector may end early, with NaN.
        bounds: of the colours, those of the whole layer.
        count: how many cells are values.
        region: what of it the number is computed from, half-open; it may reach into the padding. None: not known.
        pixels: whether these are the pixels of the image before it is normalised.

    """

    layer: LayerInfo
    channel: int | None
    values: FloatArray
    bounds: Range
    count: int
    region: Region | None = None
    pixels: bool = False

    @property
    def title(self) -> str:
        """`conv1[3]`, or `fc1`."""
        return self.layer.name if self.channel is None else f"{self.layer.name}[{self.channel}]"

    def place_of(self, cell: Cell) -> tuple[int, int]:
        """Row and column of one of its cells."""
        if self.channel is None:
            row, col = divmod(cell.channel or 0, self.values.shape[1])
            return row, col
        return cell.row or 0, cell.col or 0

    def cell_at(self, row: int, col: int) -> Cell | None:
        """The cell at a row and column; None behind the end of a vector."""
        if self.channel is not None:
            return Cell(self.layer.name, self.channel, row, col)
        index = row * self.values.shape[1] + col
        return Cell(self.layer.name, index) if index < self.count else None


@dataclass(frozen=True)
class Maps:
    """The maps beside one number.

    Attributes:
        read: what it is computed from.
        written: the map it belongs to; None for the loss.
        place: its row and column there.
        sliding: whether a window slides over the first map that is read.
        sign: of the operation between two maps that are read; empty for any other.

    """

    read: tuple[ShownMap, ...]
    written: ShownMap | None
    place: tuple[int, int]
    sliding: bool = False
    sign: str = ""

    @property
    def padding(self) -> tuple[int, int]:
        """Rows and columns of padding around the first map that is read."""
        window = self.written.layer.window if self.sliding and self.written is not None else None
        return window.padding if window else (0, 0)

    def readers(self, row: int, col: int) -> tuple[list[int], list[int]]:
        """Rows and columns of the outputs that read a cell of the first map."""
        if not self.read or self.written is None:
            return [], []
        if self.sliding:
            return touched_by(self.written.layer, self.read[0].layer, row, col)
        alike = self.read[0].values.shape == self.written.values.shape and self.follows
        return ([row], [col]) if alike else ([], [])

    def output_of(self, number: int, row: int, col: int) -> tuple[int, int] | None:
        """The output whose window lies around a cell of a map that is read; None where there is no such output."""
        written = self.written
        if written is None or not self.follows:
            return None
        if self.sliding and number == 0:
            rows, cols = self.readers(row, col)
            return (rows[len(rows) // 2], cols[len(cols) // 2]) if rows and cols else None
        return (row, col) if self.read[number].values.shape == written.values.shape else None

    @property
    def follows(self) -> bool:
        """Whether another place of a map that is read leads to another output: a window, or value by value."""
        return self.sliding or self._by_value

    @property
    def _by_value(self) -> bool:
        row, col = self.place
        same = Region(None, row, col, row + 1, col + 1)
        return bool(self.read) and all(each.region == same for each in self.read)


def grid_columns(count: int) -> int:
    """In how many columns a vector is laid out: nearly a square, each row full where that can be."""
    least = max(1, math.ceil(math.sqrt(count)))
    full = [cols for cols in range(least, int(_SQUARE * least) + 1) if count % cols == 0]
    return full[0] if full else least


def as_grid(values: FloatArray) -> FloatArray:
    """`(N,)` -> `(rows, columns)`, filled up with NaN."""
    cols = grid_columns(len(values))
    rows = -(-len(values) // cols)
    grid = np.full(rows * cols, np.nan, np.float32)
    grid[: len(values)] = values
    return grid.reshape(rows, cols)


def maps_of(
    explanation: Explanation, architecture: Architecture, inspection: Inspection, bounds: BoundsOf, channel: int | None
) -> Maps | None:
    """The maps of a number; None where there is nothing to show.

    Args:
        explanation: of the number.
        architecture: of the model.
        inspection: with the values of all layers.
        bounds: of the colours of a layer.
        channel: of the source of a convolution, chosen by the user; None: the one with the largest sum.

    """
    making = _Maker(architecture, inspection, bounds)
    layer, cell = explanation.layer, explanation.cell
    written = None if cell.channel is None else making.map_of(layer, cell.channel)
    place = (0, 0) if written is None else written.place_of(cell)
    read, sliding = making.read(explanation, channel, place)
    sign = explanation.work.operator if isinstance(explanation.work, Combined) else ""
    maps = Maps(tuple(each for each in read if each is not None), written, place, sliding, sign)
    return maps if maps.read or maps.written is not None else None


@dataclass(frozen=True)
class _Maker:
    architecture: Architecture
    inspection: Inspection
    bounds: BoundsOf

    def map_of(self, layer: LayerInfo, channel: int, region: Region | None = None) -> ShownMap | None:
        known = self.inspection.activations
        if layer.name not in known:
            return None
        if len(layer.shape) == 3:  # of another model: other channels than the layer's, or none
            few = part_of(known, layer.name, lambda values: values[channel : channel + 1])
            if few.shape != (1, *layer.shape[1:]):
                return None
            return ShownMap(layer, channel, few[0], self.bounds(layer), int(few.size), region)
        values = known[layer.name]
        if values.shape != layer.shape:
            return None
        return ShownMap(layer, None, as_grid(values), self.bounds(layer), len(values), region)

    def at(self, cell: Cell | None) -> ShownMap | None:
        """The map of one cell that is read."""
        if cell is None or cell.channel is None:
            return None
        found = self.map_of(self.architecture.layer(cell.layer), cell.channel)
        if found is None:
            return None
        row, col = found.place_of(cell)
        return _with_region(found, Region(None, row, col, row + 1, col + 1))

    def whole(self, name: str) -> ShownMap | None:
        """A vector, all of which is read."""
        found = self.map_of(self.architecture.layer(name), 0)
        return found and _with_region(found, Region(None, 0, 0, *found.values.shape))

    def cells(self, cells: Cells, index: int = 0) -> ShownMap | None:
        """The map of a cell among those that are read, with the rectangle around all of them in this map."""
        first = cells.cell(index)
        if first is None or first.channel is None:
            return None
        found = self.map_of(self.architecture.layer(cells.layer), first.channel)
        if found is None:
            return None
        if len(cells.shape) == 3:
            channels, rows, cols = np.unravel_index(cells.places, cells.shape)
            here = channels == first.channel
            rows, cols = rows[here], cols[here]
        else:
            rows, cols = np.divmod(cells.places, found.values.shape[1])
        if not rows.size:
            return found
        around = Region(None, int(rows.min()), int(cols.min()), int(rows.max()) + 1, int(cols.max()) + 1)
        return _with_region(found, around)

    def read(
        self, explanation: Explanation, channel: int | None, place: tuple[int, int]
    ) -> tuple[list[ShownMap | None], bool]:
        """What the number is read from, and whether a window slides over it."""
        work, cell = explanation.work, explanation.cell
        match work:
            case Convolution():
                return self._convolved(explanation, work, channel)
            case Pooling():
                source = self.architecture.layer(work.source)
                region = window_of(explanation.layer, source, *place)
                return [self.map_of(source, work.channel, region)], region is not None
            case GivenValue():
                return [self._pixels(cell)], False
            case MutedValue():
                return [], False  # it is read from nothing
            case Pointwise() | Dropped() | Normalised():
                source = self.architecture.layer(work.source)
                same = Cell(work.source, cell.channel, cell.row, cell.col)
                return [self.at(same) if source.shape == explanation.layer.shape else None], False
            case MovedValue():
                return [self.at(work.origin)], False
            case Combined() | OfSeveral() | SelectedValue():
                return [self.at(part.cell) for part in work.parts], False
            case Dense() | Exponentials():
                return [self.whole(work.source)], False
            case Loss():
                return [self.whole(work.scores.source)], False
            case ManyHeaded():
                layer = self.architecture.layer(work.query)
                found = self.map_of(layer, 0)
                row = Region(None, work.row, 0, work.row + 1, layer.shape[-1])
                return [found and _with_region(found, row)], False
        return self._group(explanation, work)

    def _group(self, explanation: Explanation, work: object) -> tuple[list[ShownMap | None], bool]:
        match work:
            case Standardised() | Divided():
                return [self.cells(work.cells, work.index)], False
            case Extreme() | Power() | Spread() | LogSum() | Product():
                return [self.cells(work.cells, int(work.winners.argmax()) if isinstance(work, Extreme) else 0)], False
            case AttentionTerm():
                return [self.cells(work.query), self.cells(work.values)], False
            case Weighted():
                largest = int(np.abs(work.products).argmax()) if len(work.cells) else 0
                parts = [part for part in (work.cells, *work.others) if part.layer and len(part)]
                slides = work.rule == "interpolate" and len(explanation.layer.shape) == 3
                return [self.cells(part, largest) for part in parts], slides
        inputs = [self.architecture.layer(name) for name in explanation.layer.inputs[:1]]
        return [self.map_of(layer, 0) for layer in inputs], False

    def _convolved(
        self, explanation: Explanation, work: Convolution, channel: int | None
    ) -> tuple[list[ShownMap | None], bool]:
        source, cell = self.architecture.layer(work.source), explanation.cell
        if not work.kernel.size:
            return [self.map_of(source, 0)], False
        if work.way == "line":  # each row of the source is a channel
            rows, cols = work.channels, work.cols
            region = Region(None, int(rows.min()), int(cols.min()), int(rows.max()) + 1, int(cols.max()) + 1)
            return [self.map_of(source, 0, region)], False
        chosen = int(work.channels[np.abs(work.sums).argmax()]) if channel is None else channel
        window = window_of(explanation.layer, source, cell.row or 0, cell.col or 0)
        return [self.map_of(source, chosen, window)], window is not None

    def _pixels(self, cell: Cell) -> ShownMap | None:
        """The image before it was normalised."""
        image, layer = self.inspection.image, self.architecture.layer(cell.layer)
        if image is None or image.shape != layer.shape or len(layer.shape) != 3 or cell.channel is None:
            return None
        row, col = cell.row or 0, cell.col or 0
        region = Region(None, row, col, row + 1, col + 1)
        return ShownMap(
            layer, cell.channel, image[cell.channel], Range(0.0, 1.0), int(image[cell.channel].size), region, True
        )


def _with_region(shown: ShownMap, region: Region) -> ShownMap:
    return replace(shown, region=region)
