"""Feature maps of one layer in several models, for the same image, in colours that mean the same number in all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from cnnviewer.core.inspection.learned_records import LearnedTiles
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.core.palettes import PaletteName, value_range


@dataclass(frozen=True, eq=False)
class ComparedMaps:
    """The maps of a layer in one column.

    Attributes:
        tiles: the maps as they are shown.
        lows: `(C,)` the smallest finite value of each map.
        highs: `(C,)` the largest.
        means: `(C,)` the mean of each map.

    """

    tiles: LearnedTiles
    lows: FloatArray
    highs: FloatArray
    means: FloatArray


def in_one_scale(found: Mapping[int, ComparedMaps | None]) -> Mapping[int, ComparedMaps | None]:
    """The same maps, with one palette and one range of colours for all columns."""
    there = [maps for maps in found.values() if maps is not None]
    palette: PaletteName = "signed" if any(maps.tiles.palette == "signed" for maps in there) else "sequential"
    extremes = [values for maps in there for values in (maps.lows, maps.highs)]
    bounds = value_range(np.concatenate([*extremes, np.zeros(0, np.float32)]), palette)
    return {
        number: None if maps is None else replace(maps, tiles=replace(maps.tiles, palette=palette, bounds=bounds))
        for number, maps in found.items()
    }
