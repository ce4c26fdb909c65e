"""Where an arrow key leads from a cell: pixel to pixel, over a map's edge to the next map, over a layer's edge onwards.

Pure. The same keys walk a vector's values.
"""

from __future__ import annotations

from cnnviewer.core.inspection.records import Cell, LayerInfo
from cnnviewer.ui.explore.network.layout import LayerColumn, NetworkLayout


def first_cell(layout: NetworkLayout) -> Cell | None:
    """Where walking begins: the first map of the first layer behind the input."""
    columns = layout.columns[1:2] or layout.columns[:1]
    return _middle(columns[0], 0) if columns else None


def neighbour(layout: NetworkLayout, cell: Cell, step: tuple[int, int], by_map: bool = False) -> Cell:
    """The cell `step` rows and columns on; `by_map` goes from map to map. At the outer edge: the cell itself."""
    column = layout.column(cell.layer)
    if column is None:
        return cell
    down, across = step
    if cell.channel is None:
        return beside(layout, cell, across) if across else _middle(column, 0)
    if cell.row is not None and cell.col is not None and not by_map:
        _, height, width = column.layer.shape
        row, col = cell.row + down, cell.col + across
        if 0 <= row < height and 0 <= col < width:
            return Cell(cell.layer, cell.channel, row, col)
    row, col = divmod(column.place_of(cell.channel) or 0, column.columns)
    row, col = row + down, col + across
    place = row * column.columns + col
    if row >= 0 and 0 <= col < column.columns and place < column.count:
        return _entered(column, column.shown[place], cell, step, by_map)
    return beside(layout, cell, across) if across else cell


def beside(layout: NetworkLayout, cell: Cell, across: int) -> Cell:
    """The corresponding cell of the layer before (`across` -1) or behind (1); the cell itself at either end."""
    names = [column.layer.name for column in layout.columns]
    index = names.index(cell.layer) + across
    if not 0 <= index < len(names):
        return cell
    own, column = layout.columns[names.index(cell.layer)], layout.columns[index]
    if cell.channel is None:
        return Cell(column.layer.name)
    # the same channel where there are as many, the same share of the way down otherwise
    channel = cell.channel * column.layer.shape[0] // own.layer.shape[0]
    if cell.row is None or cell.col is None or len(column.layer.shape) != 3:
        return _middle(column, channel, cell.row is not None or len(own.layer.shape) == 1)
    _, height, width = column.layer.shape
    _, own_height, own_width = own.layer.shape
    return Cell(column.layer.name, channel, cell.row * height // own_height, cell.col * width // own_width)


def valid(layer: LayerInfo, cell: Cell) -> Cell:
    """The cell as the layer has it: a vector's has no row and column.

    Raises:
        ValueError: it lies outside the layer.
    """
    if cell.channel is None:
        return Cell(layer.name)
    sizes = layer.shape
    places = (cell.channel, cell.row, cell.col) if len(sizes) == 3 else (cell.channel,)
    for place, size in zip(places, sizes, strict=False):
        if place is not None and not 0 <= place < size:
            shape = "×".join(str(number) for number in sizes)
            raise ValueError(f"{layer.name} has no place {places}: its shape is {shape}")
    if len(sizes) != 3 or cell.row is None or cell.col is None:
        return Cell(layer.name, cell.channel)
    return Cell(layer.name, cell.channel, cell.row, cell.col)


def _entered(column: LayerColumn, channel: int, cell: Cell, step: tuple[int, int], by_map: bool) -> Cell:
    if cell.row is None or cell.col is None:
        return Cell(cell.layer, channel)
    if by_map:
        return Cell(cell.layer, channel, cell.row, cell.col)
    _, height, width = column.layer.shape
    row = {-1: height - 1, 1: 0}.get(step[0], cell.row)
    col = {-1: width - 1, 1: 0}.get(step[1], cell.col)
    return Cell(cell.layer, channel, row, col)


def _middle(column: LayerColumn, channel: int, pixel: bool = True) -> Cell:
    if len(column.layer.shape) != 3 or not pixel:
        return Cell(column.layer.name, channel)
    _, height, width = column.layer.shape
    return Cell(column.layer.name, channel, height // 2, width // 2)
