"""One picture of a video: title, image, kernels, maps, prediction and the loss curve, by numpy and Pillow alone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from cnnviewer.core.export.picture_text import fitted, width, write
from cnnviewer.core.inspection.records import Inspection, Kernels
from cnnviewer.core.palettes import PaletteName, Range, colourise
from cnnviewer.core.plain_text import short
from cnnviewer.core.runs.read.timeline import SnapshotFacts

Pixels = npt.NDArray[np.uint8]
Values = npt.NDArray[np.float32]
Column = npt.NDArray[np.float64]
Box = tuple[int, int, int, int]  # left, top, right, bottom

SIZE: Final = (1280, 720)
MOST_TILES: Final = 64
"""Kernels or maps of a layer that are shown; of more, the first."""
_BACK, _CARD, _LINE = "#14181e", "#1b2027", "#343c48"
_TEXT, _MUTED, _ACCENT, _MARKER = "#e6eaf0", "#a3aebd", "#3b7de0", "#ffa63d"
_EDGE, _LEFT = 32, 228  # margin; right end of the first column
_BODY_TOP, _BODY_BOTTOM, _CURVE_TOP = 88, 512, 556
_MOST_BARS = 10
_TITLE_ROOM = 600  # pixels; the step and its numbers stand beside it


@dataclass(frozen=True)
class FrameRow:
    """Tiles of one layer: `(N, H, W)` or, for kernels that see colours, `(N, H, W, 3)`.

    Attributes:
        name: of the layer and what it shows.
        palette: of the values.
        bounds: of the palette, the same through the whole video.

    """

    name: str
    palette: PaletteName
    bounds: Range


@dataclass(frozen=True)
class FrameScene:
    """What stays the same through a video.

    Attributes:
        title: model and data.
        kernels: of which layers, with their ranges.
        maps: of which layers.
        steps: of the curve.
        losses: smoothed, of each step.
        epochs: last steps of the epochs.
        last: last step.

    """

    title: str
    kernels: tuple[FrameRow, ...]
    maps: tuple[FrameRow, ...]
    steps: Column
    losses: Column
    epochs: tuple[int, ...]
    last: int


def background(scene: FrameScene) -> Image.Image:
    """The background: everything that stays the same."""
    picture = Image.new("RGB", SIZE, _BACK)
    draw = ImageDraw.Draw(picture)
    write(draw, (_EDGE, 28), fitted(scene.title, 28, _TITLE_ROOM), _TEXT, 28)
    for box in (*_row_boxes(scene), _curve_box()):
        draw.rounded_rectangle(box, 8, _CARD)
    _draw_curve(draw, scene)
    return picture


def frame(
    scene: FrameScene,
    still: Image.Image,
    facts: SnapshotFacts,
    inspection: Inspection,
    kernels: Mapping[str, Kernels],
) -> Pixels:
    """The frame of one snapshot, uint8 `(720, 1280, 3)`; `still` is the scene's background."""
    picture = still.copy()
    draw = ImageDraw.Draw(picture)
    write(draw, (SIZE[0] - _EDGE, 44), _words(facts), _TEXT, 22, anchor="rm")
    if inspection.image is not None:
        _paste(picture, _image(inspection.image), (_EDGE, _BODY_TOP, _LEFT, _BODY_TOP + _LEFT - _EDGE))
    _draw_bars(draw, inspection)
    boxes = iter(_row_boxes(scene))
    for row in scene.kernels:
        _draw_row(picture, draw, next(boxes), row, kernel_tiles(kernels[row.name].weight), "kernels of ")
    for row in scene.maps:
        _draw_row(picture, draw, next(boxes), row, map_tiles(inspection.activations[row.name]), "")
    _draw_marker(draw, scene, facts.step)
    return np.asarray(picture)


def kernel_tiles(weight: Values) -> Values:
    """`(out, in, kh, kw)` -> the kernels of the first input channels in order, at most `MOST_TILES`."""
    out, inputs = weight.shape[:2]
    tiles: Values = weight[:, : max(1, MOST_TILES // out)] if inputs > 1 else weight
    return tiles.reshape(-1, *weight.shape[2:])[:MOST_TILES]


def map_tiles(values: Values) -> Values:
    """`(C, H, W)` -> at most `MOST_TILES` of them."""
    return values[:MOST_TILES]


def _words(facts: SnapshotFacts) -> str:
    parts = [f"step {facts.step:,}"]
    parts.append(f"epoch {facts.epoch}" if facts.step else "untrained")
    if math.isfinite(facts.loss):
        parts.append(f"loss {facts.loss:.3g}")
    if math.isfinite(facts.validation):
        parts.append(f"validation {100 * facts.validation:.1f} %")
    return "  ·  ".join(parts)


# tiles


def _row_boxes(scene: FrameScene) -> list[Box]:
    """Beside the image, from top to bottom, two rows side by side where there are many."""
    count = len(scene.kernels) + len(scene.maps)
    columns = 2 if count > 1 else 1
    lines = math.ceil(count / columns)
    left, gap = _LEFT + 28, 12
    width = (SIZE[0] - _EDGE - left - (columns - 1) * gap) // columns
    height = (_BODY_BOTTOM - _BODY_TOP - (lines - 1) * gap) // max(1, lines)
    boxes = []
    for place in range(count):
        x = left + place % columns * (width + gap)
        y = _BODY_TOP + place // columns * (height + gap)
        boxes.append((x, y, x + width, y + height))
    return boxes


def _draw_row(
    picture: Image.Image, draw: ImageDraw.ImageDraw, box: Box, row: FrameRow, tiles: Values, prefix: str
) -> None:
    left, top, right, bottom = box
    write(draw, (left + 12, top + 9), f"{prefix}{row.name}", _MUTED, 14)
    coloured = colourise(tiles, row.palette, row.bounds)[..., :3]
    _paste_tiles(picture, coloured, (left + 12, top + 32, right - 12, bottom - 12))


def _paste_tiles(picture: Image.Image, tiles: Pixels, box: Box) -> None:
    """Lay tiles `(N, H, W, 3)` out in the box, as large as they fit, whole pixels as squares."""
    count, high, wide = tiles.shape[:3]
    width, height = box[2] - box[0], box[3] - box[1]
    columns = max(range(1, count + 1), key=lambda n: min(width / (n * wide), height / (math.ceil(count / n) * high)))
    lines = math.ceil(count / columns)
    gap = 3
    scale = min((width - (columns - 1) * gap) / (columns * wide), (height - (lines - 1) * gap) / (lines * high))
    scale = math.floor(scale) if scale >= 2 else scale
    tile_wide, tile_high = max(1, int(wide * scale)), max(1, int(high * scale))
    method = Image.Resampling.NEAREST if scale >= 1 else Image.Resampling.BOX
    left = box[0] + (width - columns * (tile_wide + gap) + gap) // 2
    top = box[1] + (height - lines * (tile_high + gap) + gap) // 2
    for place, tile in enumerate(tiles):
        x = left + place % columns * (tile_wide + gap)
        y = top + place // columns * (tile_high + gap)
        picture.paste(Image.fromarray(tile).resize((tile_wide, tile_high), method), (x, y))


def _image(image: Values) -> Pixels:
    """`(C, H, W)` in 0..1 as `(H, W, 3)`."""
    rgb = image[:3] if image.shape[0] >= 3 else np.repeat(image[:1], 3, 0)
    return np.ascontiguousarray(np.clip(np.rint(rgb.transpose(1, 2, 0) * 255), 0, 255).astype(np.uint8))


def _paste(picture: Image.Image, pixels: Pixels, box: Box) -> None:
    side = min(box[2] - box[0], box[3] - box[1])
    scale = side / max(pixels.shape[:2])
    size = (round(pixels.shape[1] * scale), round(pixels.shape[0] * scale))
    method = Image.Resampling.NEAREST if scale >= 1 else Image.Resampling.BOX
    picture.paste(Image.fromarray(pixels).resize(size, method), box[:2])


# prediction


def _draw_bars(draw: ImageDraw.ImageDraw, inspection: Inspection) -> None:
    """The classes in their own order where they are few, so that bars keep their places; else the best ones."""
    ranking = inspection.prediction.ranking
    if not ranking:
        return
    top = _BODY_TOP + _LEFT - _EDGE + 16
    best, chance = ranking[0]
    write(draw, (_EDGE, top), short(best, 14), _TEXT, 26)
    write(draw, (_LEFT, top + 6), f"{100 * chance:.1f} %", _MUTED, 18, anchor="ra")
    rows = sorted(ranking) if len(ranking) <= _MOST_BARS else list(ranking[:_MOST_BARS])
    first, pitch = top + 42, (SIZE[1] - _EDGE - top - 42) / max(1, len(rows))
    names = max(width(short(name, 11), 13) for name, _ in rows)
    for place, (name, share) in enumerate(rows):
        middle = first + (place + 0.5) * pitch
        ink = _TEXT if name == best else _MUTED
        write(draw, (_EDGE + names, middle), short(name, 11), ink, 13, anchor="rm")
        left, right = _EDGE + names + 8, _LEFT
        draw.rounded_rectangle((left, middle - 6, right, middle + 6), 3, _CARD)
        if (right - left) * share >= 2:
            bar = (left, middle - 6, left + (right - left) * share, middle + 6)
            draw.rounded_rectangle(bar, 3, _ACCENT if name == best else _MUTED)


# curve


def _curve_box() -> Box:
    return _LEFT + 28, _CURVE_TOP - 32, SIZE[0] - _EDGE, SIZE[1] - _EDGE


def _plot() -> Box:
    left, top, right, bottom = _curve_box()
    return left + 64, top + 16, right - 18, bottom - 26


def _draw_curve(draw: ImageDraw.ImageDraw, scene: FrameScene) -> None:
    left, top, right, bottom = _plot()
    write(draw, (left - 50, (top + bottom) // 2), "loss", _MUTED, 14, anchor="lm")
    draw.line((left, bottom, right, bottom), _LINE)
    for step in scene.epochs:
        x = _x(scene, step)
        draw.line((x, top, x, bottom), _LINE)
    write(draw, (left, bottom + 4), "0", _MUTED, 12, anchor="ma")
    write(draw, (right, bottom + 4), f"step {scene.last:,}", _MUTED, 12, anchor="ra")
    points = [(_x(scene, x), _y(scene, y)) for x, y in zip(scene.steps, scene.losses, strict=True) if math.isfinite(y)]
    if len(points) > 1:
        draw.line(points, _ACCENT, 2, joint="curve")
        write(draw, (left - 6, top), f"{_top(scene):.2g}", _MUTED, 12, anchor="rm")
        write(draw, (left - 6, bottom), "0", _MUTED, 12, anchor="rm")


def _draw_marker(draw: ImageDraw.ImageDraw, scene: FrameScene, step: int) -> None:
    _, top, _, bottom = _plot()
    x = _x(scene, step)
    draw.line((x, top - 4, x, bottom), _MARKER, 2)
    if len(scene.steps):
        y = _y(scene, float(np.interp(step, scene.steps, scene.losses)))
        if math.isfinite(y):
            draw.ellipse((x - 5, y - 5, x + 5, y + 5), _MARKER, _CARD)


def _x(scene: FrameScene, step: float) -> float:
    left, _, right, _ = _plot()
    return left + (right - left) * step / max(1, scene.last)


def _y(scene: FrameScene, loss: float) -> float:
    _, top, _, bottom = _plot()
    return bottom - (bottom - top) * loss / _top(scene)


def _top(scene: FrameScene) -> float:
    """The loss at the upper edge."""
    finite = scene.losses[np.isfinite(scene.losses)]
    return float(finite.max()) * 1.02 if finite.size and finite.max() > 0 else 1.0
