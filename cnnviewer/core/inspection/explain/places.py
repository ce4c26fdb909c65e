"""Places: from a cell of the window to an index of a tensor, and from where a moved value came."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.explain.records import Indices
from cnnviewer.core.inspection.records import Cell, LayerInfo
from cnnviewer.core.inspection.steps import Step

# The value stays what it is; only its place changes.
MOVING = frozenset(
    {
        *(
            "flatten",
            "reshape",
            "unflatten",
            "squeeze",
            "unsqueeze",
            "permute",
            "transpose",
            "identity",
            "cat",
            "stack",
        ),
        *("getitem", "select", "narrow", "pixel_shuffle", "pixel_unshuffle", "channel_shuffle", "flip", "roll"),
        *("expand", "repeat", "swapaxes", "movedim"),
    }
)


def index_of(cell: Cell, layer: LayerInfo) -> int:
    """The cell's place in a row of all values of the layer.

    Raises:
        UserError: the cell is no single value, or lies outside the layer.
    """
    place: tuple[int | None, ...] = (cell.channel, cell.row, cell.col)[: len(layer.shape)]
    if None in place:
        raise UserError("Choose a single number of {layer}: a channel, a row and a column.", layer=layer.name)
    whole = tuple(int(part) for part in place if part is not None)
    if any(not 0 <= part < size for part, size in zip(whole, layer.shape, strict=True)):
        raise UserError(
            "{layer} has the shape {shape}: there is nothing at {place}.",
            layer=layer.name,
            shape="×".join(str(size) for size in layer.shape),
            place=", ".join(str(part) for part in whole),
        )
    return int(np.ravel_multi_index(whole, layer.shape))


def cell_at(index: int, layer: LayerInfo) -> Cell:
    """The other way round."""
    return Cell(layer.name, *(int(part) for part in np.unravel_index(index, layer.shape)))


def origin(step: Step, values: Mapping[str, torch.Tensor], index: int) -> tuple[str, int] | None:
    """The layer and the place in it from which a moved value came.

    The operation is run on the places themselves, numbered over all its sources, instead of on their values.
    """
    numbered, first, starts = {}, 0, []
    for name in dict.fromkeys(step.sources):
        count = values[name].numel()
        numbered[name] = torch.arange(first, first + count, dtype=torch.float64).reshape(values[name].shape)
        starts.append((first, name))
        first += count
    try:
        moved = step.again(numbered)
    except Exception:  # what was traced need not run on other numbers
        return None
    place = int(moved.reshape(-1)[index])
    start, name = max(pair for pair in starts if pair[0] <= place)
    return name, place - start


def places_of(layer: LayerInfo) -> Indices:
    """Channel, row and column of every value of a layer, in a row: `(n, 3)`."""
    shape = layer.shape if len(layer.shape) == 3 else (layer.shape[0], 1, 1)
    return np.stack(np.unravel_index(np.arange(int(np.prod(shape))), shape), axis=1)
