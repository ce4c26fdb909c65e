"""Places: from a cell of the window to an index of a tensor, and from where a moved value came."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch

from cnnviewer.core.errors import UserError
from cnnviewer.core.inspection.explain.records import Indices
from cnnviewer.core.inspection.records import Cell, LayerInfo
from cnnviewer.core.inspection.traced_operation import TracedOperation

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
        *("expand", "repeat", "swapaxes", "movedim", "pad", "tile", "repeat_interleave", "unfold", "unbind", "chunk"),
        *("split", "tril", "triu", "index_select", "t", "mt", "expand_as", "view_as", "diagonal", "rot90"),
        *("setitem", "update", "gather", "take", "take_along_dim", "scatter", "index_copy", "index_fill", "block_diag"),
        *("vstack", "hstack", "dstack", "positive", "nan_to_num"),
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


def origin(step: TracedOperation, values: Mapping[str, torch.Tensor], index: int) -> tuple[str, int] | float | None:
    """The layer and the place in it from which a moved value came, or the constant that stands there instead.

    The operation is run on the places themselves, numbered over all its sources, instead of on their values, and once
    more on other numbers: what is the same both times came from none of them. None where it cannot be run so.
    """
    names = tuple(dict.fromkeys(step.sources))
    counts = [values[name].numel() for name in names]
    starts = np.cumsum([0, *counts])
    try:
        found = []
        for shift in (1, 2):
            numbered = {
                name: torch.arange(start, start + count, dtype=torch.float64).reshape(values[name].shape) + shift
                for name, start, count in zip(names, starts, counts, strict=False)
            }
            found.append(float(step.again(numbered).reshape(-1)[index]))
    except Exception:  # what was traced need not run on other numbers
        return None
    if found[0] == found[1]:
        return found[0]
    place = round(found[0]) - 1
    if found[1] - found[0] != 1 or not 0 <= place < starts[-1]:
        return None
    which = int(np.searchsorted(starts, place, side="right")) - 1
    return names[which], place - int(starts[which])


def channels_moved(
    step: TracedOperation, layer: LayerInfo, sources: Mapping[str, tuple[LayerInfo, torch.Size]]
) -> dict[str, tuple[tuple[int, ...], ...]]:
    """Of each source, which channels of the layer come from each of its channels; empty where it cannot be told.

    As in `origin`, on the numbers of channels. `sources`: the layers that are read, and the shapes of their values.
    """
    if layer.kind not in MOVING or not all(name in sources for name in step.sources):
        return {}
    counts = [sources[name][0].shape[0] for name in sources]
    starts = dict(zip(sources, np.cumsum([0, *counts]), strict=False))
    try:
        found = []
        for shift in (1, 2):
            numbered = {
                name: torch.arange(source.shape[0], dtype=torch.float64)
                .repeat_interleave(int(np.prod(source.shape[1:])))
                .reshape(shape)
                + float(starts[name] + shift)
                for name, (source, shape) in sources.items()
            }
            found.append(step.again(numbered).reshape(layer.shape[0], -1).numpy())
    except Exception:  # what was traced need not run on other numbers
        return {}
    places = np.where(found[1] - found[0] == 1, found[0] - 1, -1)  # a constant is the same both times
    read = [set(np.unique(row).astype(int).tolist()) for row in places]
    return {
        name: tuple(
            tuple(channel for channel, those in enumerate(read) if int(starts[name]) + number in those)
            for number in range(count)
        )
        for name, count in zip(sources, counts, strict=True)
    }


def places_of(layer: LayerInfo) -> Indices:
    """Channel, row and column of every value of a layer, in a row: `(n, 3)`."""
    shape = layer.shape if len(layer.shape) == 3 else (layer.shape[0], 1, 1)
    return np.stack(np.unravel_index(np.arange(int(np.prod(shape))), shape), axis=1)
