"""Where an arrow key leads from a cell: from value to value within a map, from map to map, from layer to layer.

Pure. The same keys walk a vector's values.
"""

from __future__ import annotations

from cnnviewer.core.inspection.records import Cell, LayerInfo
from cnnviewer.ui.explore.network.layout import NetworkLayout
from cnnviewer.ui.widgets.cell_grid import within


def first_cell(layout: NetworkLayout) -> Cell | None:
    """Where walking begins: the first map of the first layer behind the input."""
    columns = layout.columns[1:2] or layout.columns[:1]
    return _middle(columns[0].layer, columns[0].shown[0]) if columns else None


def neighbour(layout: NetworkLayout, cell: Cell, step: tuple[int, int], by_map: bool = False) -> Cell:
    """The cell `step` rows and columns on in its map, or with `by_map` in another one; at an edge the cell itself.

    From a whole layer the way leads to the layer beside it, and down into its maps.
    """
    column = layout.column(cell.layer)
    if column is None:
        return cell
    down, across = step
    if cell.channel is None:
        return beside(layout, cell, across) if across else _middle(column.layer, column.shown[0])
    if cell.row is not None and cell.col is not None and not by_map:
        _, height, width = column.layer.shape
        return Cell(cell.layer, cell.channel, within(cell.row + down, height), within(cell.col + across, width))
    row, col = divmod(column.place_of(cell.channel) or 0, column.columns)
    row, col = row + down, col + across
    place = row * column.columns + col
    if row < 0 or not 0 <= col < column.columns or place >= column.count:
        return cell
    return Cell(cell.layer, column.shown[place], cell.row, cell.col)


def beside(layout: NetworkLayout, cell: Cell, across: int) -> Cell:
    """The corresponding cell of the layer before (`across` -1) or behind (1); the cell itself at either end."""
    names = [column.layer.name for column in layout.columns]
    if cell.layer not in names or not 0 <= names.index(cell.layer) + across < len(names):
        return cell
    own = names.index(cell.layer)
    return corresponding(layout.columns[own].layer, layout.columns[own + across].layer, cell)


def corresponding(own: LayerInfo, other: LayerInfo, cell: Cell) -> Cell:
    """The cell of another layer at the same place: the same share of the channels, the rows and the columns."""
    if cell.channel is None:
        return Cell(other.name)
    # the same channel where there are as many, the same share of the way down otherwise
    channel = cell.channel * other.shape[0] // own.shape[0]
    if cell.row is None or cell.col is None or len(other.shape) != 3:
        return _middle(other, channel, cell.row is not None or len(own.shape) == 1)
    _, height, width = other.shape
    _, own_height, own_width = own.shape
    return Cell(other.name, channel, cell.row * height // own_height, cell.col * width // own_width)


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


def _middle(layer: LayerInfo, channel: int, pixel: bool = True) -> Cell:
    if len(layer.shape) != 3 or not pixel:
        return Cell(layer.name, channel)
    _, height, width = layer.shape
    return Cell(layer.name, channel, height // 2, width // 2)
