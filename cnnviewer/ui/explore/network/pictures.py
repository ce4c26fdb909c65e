"""A layer's values as colours: ranges per map, per layer or global, and one image for all maps of a layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

from cnnviewer.core.inspection.derived import part_of
from cnnviewer.core.inspection.mute_edits import channel_of, number_of
from cnnviewer.core.inspection.records import Architecture, Cell, Digest, FloatArray, Inspection, LayerInfo
from cnnviewer.core.models.mutes import Mutes
from cnnviewer.ui.widgets.palettes import Range, colourise, packed, pixels, value_range

RangeMode = Literal["map", "layer", "global"]
_UNIT = Range(0.0, 1.0)
_HALVES = 12  # layers of which smaller maps are kept: as many as are in view


class Pictures:
    """The shown inspection's values and their colours, made when first asked for and kept until they change.

    Attributes:
        muted: the tiles of the channels that were muted, by layer; of tokens one tile holds all of them.

    """

    def __init__(self) -> None:
        self.muted: Mapping[str, tuple[int, ...]] = {}
        self._mutes: frozenset[tuple[str, int]] = frozenset()
        self._architecture = Architecture("", ())
        self._layers: dict[str, LayerInfo] = {}
        self._values: Mapping[str, FloatArray] = {}
        self._digests: Mapping[str, Digest] = {}
        self._image: FloatArray | None = None
        self._mode: RangeMode = "layer"
        self._ranges: dict[str, Range] = {}
        self._shared: dict[str, Range] = {}
        self._mosaics: dict[tuple[str, int], QImage] = {}
        self._colours: dict[str, npt.NDArray[np.uint8]] = {}
        self._strengths: dict[str, FloatArray] = {}
        self._halves: dict[tuple[str, tuple[int, ...]], FloatArray] = {}

    def set_architecture(self, architecture: Architecture) -> None:
        """Other layers; no values until the next inspection."""
        self._architecture = architecture
        self._layers = {layer.name: layer for layer in architecture.layers}
        self._find_muted()
        self.set_inspection(None)

    def set_inspection(self, inspection: Inspection | None) -> None:
        """Show these values; arrays of another shape than the layer's are of another model and are left out."""
        self._values = {}
        self._digests = {}
        self._image = None
        if inspection is not None and inspection.image is not None:
            self._image = inspection.image
            self._digests = inspection.digests
            self._values = inspection.activations
            if not self._digests:  # of large layers the values are made when they are asked for
                self._values = {
                    name: values
                    for name, values in inspection.activations.items()
                    if name in self._layers and values.shape == self._layers[name].shape
                }
        self._forget()

    def set_mutes(self, mutes: Mutes) -> None:
        """The channels that were muted in the inspection that is set next."""
        self._mutes = frozenset((mute.layer, mute.channel) for mute in mutes)
        self._find_muted()

    def _find_muted(self) -> None:
        muted: dict[str, tuple[int, ...]] = {}
        for layer, channel in sorted(self._mutes):
            if layer in self._layers:
                tile = number_of(layer, channel, self._architecture).channel or 0
                muted[layer] = tuple(dict.fromkeys((*muted.get(layer, ()), tile)))
        self.muted = muted

    def is_muted(self, cell: Cell) -> bool:
        """Whether a channel was muted."""
        return (cell.layer, channel_of(cell, self._architecture)) in self._mutes

    def set_mode(self, mode: RangeMode) -> None:
        """Scale the colours per map, per layer or over all layers of a palette."""
        self._mode = mode
        self._forget()

    @property
    def mode(self) -> RangeMode:
        """What shares one range."""
        return self._mode

    @property
    def empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self._values

    def arrays(self) -> Mapping[str, FloatArray]:
        """The values shown, by layer."""
        return dict(self._values)

    def shows(self, layer: LayerInfo) -> bool:
        """Whether the model shown has this layer, not merely one of its name."""
        return self._layers.get(layer.name) == layer

    def holds(self, name: str) -> bool:
        """Whether there are values of a layer; none is computed."""
        return name in self._values

    def values(self, name: str) -> FloatArray | None:
        """The values of a layer, or None."""
        return self._values.get(name)

    def value(self, cell: Cell) -> float | None:
        """One value of a layer, or None; of a layer whose values are made when they are asked for only this one is."""
        if cell.channel is None or cell.layer not in self._values:
            return None
        place = tuple(slice(at, at + 1) for at in (cell.channel, cell.row, cell.col) if at is not None)
        found = part_of(self._values, cell.layer, lambda values: values[place])
        return float(found.reshape(-1)[0]) if found.size == 1 else None

    def strengths(self, name: str) -> FloatArray | None:
        """The largest size of a value in each map, or of each value, `(C,)`; None without values."""
        if name not in self._values:
            return None
        if name not in self._strengths:
            self._strengths[name] = self._strengths_of(name)
        return self._strengths[name]

    def _strengths_of(self, name: str) -> FloatArray:
        digest = self._digests.get(name)
        if digest is not None:  # of a large layer the extremes are known
            return np.maximum(np.abs(digest.lows), np.abs(digest.highs))
        sizes = np.abs(np.nan_to_num(self._values[name]))
        return sizes.max(axis=(1, 2)) if sizes.ndim == 3 else sizes

    def strongest_first(self, name: str, together: Sequence[str] = ()) -> npt.NDArray[np.intp] | None:
        """The maps of a layer by their strength, before them the muted ones, which would be the last.

        `together`: layers that are shown in the same order; what is muted in them comes first too.
        """
        strengths = self.strengths(name)
        if strengths is None:
            return None
        sizes = strengths.astype(np.float64)
        muted = {channel for layer in (name, *together) for channel in self.muted.get(layer, ())}
        sizes[[channel for channel in muted if channel < len(sizes)]] = np.inf
        return np.argsort(-sizes, kind="stable")

    def shade(self, name: str) -> FloatArray | None:
        """What is coloured: the values, and for the input the image before normalisation."""
        if self._layers[name].palette == "image" and self._image is not None:
            return self._image if self._image.shape == self._layers[name].shape else self._values.get(name)
        return self._values.get(name)

    def bounds(self, name: str, channel: int | None = None) -> Range:
        """The values that have the first and last colour of a layer (of one map, when ranges are per map)."""
        layer = self._layers[name]
        if name not in self._values or _is_fixed(layer):
            return _UNIT if layer.palette != "signed" else Range(-1.0, 1.0)
        if self._mode == "map" and channel is not None and len(layer.shape) == 3:
            return value_range(part_of(self._values, name, lambda values: values[[channel]])[0], layer.palette)
        return self._global(layer) if self._mode == "global" else self._layer_range(name)

    def legend_bounds(self, name: str, channel: int | None = None) -> Range:
        """What a legend says of a layer's first and last colour: of an image the values that black and white became."""
        values = self._values.get(name)
        if self._layers[name].palette != "image" or self._image is None or values is None:
            return self.bounds(name, channel)
        shown, became = self._image[channel or 0].ravel(), values[channel or 0].ravel()
        dark, light = int(shown.argmin()), int(shown.argmax())
        if self._image.shape != values.shape or shown[dark] == shown[light]:
            return self.bounds(name, channel)
        slope = (became[light] - became[dark]) / (shown[light] - shown[dark])
        black = became[dark] - slope * shown[dark]
        return Range(float(black), float(black + slope))

    def _layer_range(self, name: str) -> Range:
        if name not in self._ranges:
            digest = self._digests.get(name)  # of a large layer the extremes are known
            extremes = self._values[name] if digest is None else np.concatenate([digest.lows, digest.highs])
            self._ranges[name] = value_range(extremes, self._layers[name].palette)
        return self._ranges[name]

    def colours(self, name: str) -> npt.NDArray[np.uint8] | None:
        """The colours of a layer's values: uint8 of the layer's shape plus RGBA."""
        values = self.shade(name)
        if values is None:
            return None
        if name not in self._colours:
            self._colours[name] = self._coloured(self._layers[name], values)
        return self._colours[name]

    def pixels(self, name: str, channels: Sequence[int] | None = None) -> npt.NDArray[np.uint32] | None:
        """The same colours as Qt's 32-bit pixels, of the layer's shape; not kept: a compositor asks once a refresh.

        `channels` says which maps are wanted, in which order; None: all.
        """
        layer, values = self._layers[name], self.shade(name)
        if values is None:
            return None
        if layer.palette == "image":
            colours = self.colours(name)
            return None if colours is None else packed(colours)
        values = values if channels is None else values[list(channels)]
        if self._mode == "map" and values.ndim == 3:
            return pixels(_within_maps(values, layer.palette == "signed"), layer.palette, _UNIT)
        return pixels(values, layer.palette, self.bounds(name))

    def maps(self, name: str, height: int, width: int, channels: Sequence[int] | None = None) -> FloatArray | None:
        """A large layer's maps `(C, h, w)`, the smallest there are that show `height` x `width` pixels each.

        `channels` says which maps are wanted, in which order; None: all. None for a layer that is not large: its
        colours are made first and then placed.
        """
        digest = self._digests.get(name)
        if digest is None or self._layers[name].palette == "image":
            return None
        smaller = digest.level(height, width)
        if smaller is not None:
            return smaller if channels is None else smaller[list(channels)]
        return self._values.get(name) if channels is None else self._some(name, channels, height, width)

    def _some(self, name: str, channels: Sequence[int], height: int, width: int) -> FloatArray | None:
        """Some maps of a layer, by averaging half as high and wide where that is enough; kept while one goes along."""
        key = (name, tuple(channels))
        small = self._halves.get(key)
        if small is not None and small.shape[1] >= height and small.shape[2] >= width:
            return small
        maps = self._whole(name, channels)
        if maps is None or min(maps.shape[1] // 2 - height, maps.shape[2] // 2 - width) < 0:
            return maps
        count, tall, wide = maps.shape
        even = maps[:, : tall // 2 * 2, : wide // 2 * 2].reshape(count, tall // 2, 2, wide // 2, 2)
        if len(self._halves) >= _HALVES:
            self._halves.pop(next(iter(self._halves)))
        self._halves[key] = (
            even[:, :, 0, :, 0] + even[:, :, 0, :, 1] + even[:, :, 1, :, 0] + even[:, :, 1, :, 1]
        ) * np.float32(0.25)
        return self._halves[key]

    def _whole(self, name: str, channels: Sequence[int]) -> FloatArray | None:
        """Some maps of a layer, without the others where these are not kept."""
        if name not in self._values:
            return None
        return part_of(self._values, name, lambda values: values[list(channels)])

    def coloured(
        self, name: str, values: FloatArray, channels: npt.NDArray[np.intp] | None = None
    ) -> npt.NDArray[np.uint32]:
        """Values taken from a large layer's maps as Qt's 32-bit pixels.

        `channels` says which map each is of, where ranges are per map.
        """
        layer, digest = self._layers[name], self._digests[name]
        if channels is None:
            return pixels(values, layer.palette, self.bounds(name))
        signed = layer.palette == "signed"
        bound = np.maximum(np.abs(digest.lows), np.abs(digest.highs))
        low = -bound if signed else np.minimum(digest.lows, np.float32(0))
        extent = (bound if signed else digest.highs) - low
        extent[extent <= 0] = 1
        scaled: FloatArray = ((values - low[channels]) / extent[channels]).astype(np.float32, copy=False)
        return pixels(scaled, layer.palette, _UNIT)

    def mosaic(self, name: str, columns: int) -> QImage | None:
        """All maps of a layer in one image, `columns` abreast and without gaps; None without values."""
        key = (name, columns)
        if key not in self._mosaics:
            colours = self.colours(name)
            if colours is None:
                return None
            self._mosaics[key] = to_image(tiled(colours, columns))
        return self._mosaics[key]

    def grid(self, name: str, columns: int) -> QImage | None:
        """A long vector as a grid of cells, `columns` abreast; None without values."""
        colours = self.colours(name)
        return None if colours is None else self._as_grid((name, columns), colours)

    def _as_grid(self, key: tuple[str, int], colours: npt.NDArray[np.uint8]) -> QImage:
        if key not in self._mosaics:
            self._mosaics[key] = to_image(tiled(colours.reshape(-1, 1, 1, 4), key[1]))
        return self._mosaics[key]

    def photograph(self, name: str) -> QImage | None:
        """A colour image's three channels together."""
        values = self.shade(name)
        key = (name, 0)
        if values is None or values.shape[0] != 3:
            return None
        if key not in self._mosaics:
            rgba = np.full((*values.shape[1:], 4), 255, np.uint8)
            rgba[..., :3] = np.clip(np.nan_to_num(values) * 255 + 0.5, 0, 255).transpose(1, 2, 0).astype(np.uint8)
            self._mosaics[key] = to_image(rgba)
        return self._mosaics[key]

    def _coloured(self, layer: LayerInfo, values: FloatArray) -> npt.NDArray[np.uint8]:
        if self._mode == "map" and values.ndim == 3 and not _is_fixed(layer):
            return colourise(_within_maps(values, layer.palette == "signed"), layer.palette, _UNIT)
        rgba = colourise(values, layer.palette, self.bounds(layer.name))
        if layer.palette == "image" and values.shape[0] == 3:  # each channel in its own light
            for channel in range(3):
                for other in {0, 1, 2} - {channel}:
                    rgba[channel, ..., other] //= 4
        return rgba

    def _global(self, layer: LayerInfo) -> Range:
        if layer.palette not in self._shared:
            ranges = [
                self._layer_range(name)
                for name in self._values
                if name in self._layers
                and self._layers[name].palette == layer.palette
                and not _is_fixed(self._layers[name])
            ]
            self._shared[layer.palette] = Range(min(r.low for r in ranges), max(r.high for r in ranges))
        return self._shared[layer.palette]

    def _forget(self) -> None:
        self._ranges.clear()
        self._strengths.clear()
        self._halves.clear()
        self._shared.clear()
        self._mosaics.clear()
        self._colours.clear()


def tiled(colours: npt.NDArray[np.uint8], columns: int) -> npt.NDArray[np.uint8]:
    """Maps side by side: `(N, H, W, 4)` -> `(R*H, columns*W, 4)`; places without a map are transparent."""
    count, height, width, _ = colours.shape
    rows = -(-count // columns)
    if rows * columns != count:
        filler = np.zeros((rows * columns - count, height, width, 4), np.uint8)
        colours = np.concatenate([colours, filler])
    grid = colours.reshape(rows, columns, height, width, 4).transpose(0, 2, 1, 3, 4)
    return np.ascontiguousarray(grid.reshape(rows * height, columns * width, 4))


def to_image(rgba: npt.NDArray[np.uint8]) -> QImage:
    """`(H, W, 4)` uint8 as a QImage of its own, in the format that paints fastest."""
    height, width, _ = rgba.shape
    data = np.ascontiguousarray(rgba)
    image = QImage(data.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def _is_fixed(layer: LayerInfo) -> bool:
    """Pixels and probabilities lie in 0..1 whatever the others do."""
    return layer.palette == "image" or layer.name == "probabilities"


def _within_maps(values: FloatArray, signed: bool) -> FloatArray:
    """Each value `(N, H, W)` by the range of its own map, 0 to 1; NaN and infinities stay."""
    lows, highs = _map_ranges(values, signed)
    with np.errstate(over="ignore"):
        extents = highs - lows
    if not np.isfinite(extents).all():  # diverged weights: a range may be larger than float32 has numbers
        half = np.float32(0.5)
        values, lows, extents = values * half, lows * half, highs * half - lows * half
    scaled: FloatArray = (values - lows) / extents
    return scaled


def _map_ranges(values: FloatArray, signed: bool) -> tuple[FloatArray, FloatArray]:
    """Per map `(N, 1, 1)`: the range that shows it best, as `value_range` decides."""
    finite = np.where(np.isfinite(values), values, np.float32(0))
    if signed:
        bound = np.abs(finite).max(axis=(1, 2), keepdims=True)
        bound = np.where(bound > 0, bound, np.float32(1))
        return -bound, bound
    low = np.minimum(finite.min(axis=(1, 2), keepdims=True), np.float32(0))
    high = finite.max(axis=(1, 2), keepdims=True)
    return low, np.where(high > low, high, low + np.maximum(np.abs(low), np.float32(1)))
