"""Where every kernel and every weight of a layer is painted. Pure: no Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple

Mode = Literal["rgb", "input", "matrix"]
Shape = tuple[int, int, int, int]

LARGEST_SCALE = 64.0
_FIT_SCALE = 26.0
_LEAST_TILE = 12.0
_LEAST_PIXEL = 1.0


class Weight(NamedTuple):
    """A place in a layer's weights; `inp` is None where a pixel stands for all input channels (RGB)."""

    out: int
    inp: int | None
    row: int
    col: int


@dataclass(frozen=True)
class Layout:
    """A grid of tiles, one a kernel of `kw` by `kh` cells; content coordinates start left above the first tile.

    Attributes:
        matrix: tiles are output by input channels; otherwise output channels in rows, like words.
        out_across: of a matrix: the output channels run to the right.
        count: output channels.
        across, down: tiles beside and below one another.
        scale: pixels a weight takes.
        gap: pixels between tiles; 0 for 1×1 kernels in a matrix, which form one picture.
        label: pixels above each tile for its number, 0 for none.
        inp: the input channel shown, None when it is a matrix or RGB.

    """

    matrix: bool
    out_across: bool
    count: int
    across: int
    down: int
    kh: int
    kw: int
    scale: float
    gap: float
    label: float
    inp: int | None

    @property
    def tile(self) -> tuple[float, float]:
        """Width and height of a tile."""
        return self.kw * self.scale, self.kh * self.scale

    @property
    def pitch(self) -> tuple[float, float]:
        """From one tile to the next, across and down."""
        width, height = self.tile
        return width + self.gap, height + self.gap + self.label

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of all tiles."""
        x, y = self.pitch
        return self.across * x - self.gap, self.down * y - self.gap

    def corner(self, across: int, down: int) -> tuple[float, float]:
        """Left and top of the tile in that column and row."""
        x, y = self.pitch
        return across * x, down * y + self.label

    def channels(self, across: int, down: int) -> tuple[int, int | None] | None:
        """Output and input channel of the tile there; None for an empty place."""
        if not (0 <= across < self.across and 0 <= down < self.down):
            return None
        if self.matrix:
            return (across, down) if self.out_across else (down, across)
        out = down * self.across + across
        return (out, self.inp) if out < self.count else None

    def place(self, weight: Weight) -> tuple[int, int]:
        """Column and row of the weight's tile."""
        if not self.matrix:
            return weight.out % self.across, weight.out // self.across
        inp = weight.inp or 0
        return (weight.out, inp) if self.out_across else (inp, weight.out)

    def cell(self, weight: Weight) -> tuple[float, float]:
        """Left and top of a weight's cell, which is `scale` wide and high."""
        left, top = self.corner(*self.place(weight))
        return left + weight.col * self.scale, top + weight.row * self.scale

    def frame(self, out: int) -> tuple[float, float, float, float]:
        """Left, top, width, height of all that belongs to an output channel."""
        width, height = self.tile
        if not self.matrix:
            return *self.corner(out % self.across, out // self.across), width, height
        if self.out_across:
            return *self.corner(out, 0), width, self.size[1]
        return *self.corner(0, out), self.size[0], height

    def at(self, x: float, y: float) -> Weight | None:
        """The weight at a point of the content; None between tiles and outside."""
        pitch_x, pitch_y = self.pitch
        across, down = math.floor(x / pitch_x), math.floor(y / pitch_y)
        channels = self.channels(across, down)
        if channels is None:
            return None
        left, top = self.corner(across, down)
        col, row = math.floor((x - left) / self.scale), math.floor((y - top) / self.scale)
        if not (0 <= row < self.kh and 0 <= col < self.kw):
            return None
        return Weight(*channels, row, col)

    def visible(self, left: float, top: float, width: float, height: float) -> tuple[range, range]:
        """Columns and rows of the tiles that a window of the content touches."""
        x, y = self.pitch
        columns = range(max(0, math.floor(left / x)), min(self.across, math.ceil((left + width) / x)))
        rows = range(max(0, math.floor(top / y)), min(self.down, math.ceil((top + height) / y)))
        return columns, rows

    def moved(self, weight: Weight, rows: int, cols: int) -> Weight:
        """The weight that many cells further on the screen, into the next tile at an edge; stays at the end."""
        across, down = self.place(weight)
        steps, row = divmod(weight.row + rows, self.kh)
        down += steps
        steps, col = divmod(weight.col + cols, self.kw)
        channels = self.channels(across + steps, down)
        return weight if channels is None else Weight(*channels, row, col)


def arrange(shape: Shape, mode: Mode, inp: int, room: tuple[float, float], zoom: float, label: float) -> Layout:
    """Lay out a layer's weights `(out, in, kh, kw)` so that all fit in `room`, or as small as can be read.

    Args:
        shape: of the weights.
        mode: RGB and one input channel show a tile an output channel; the matrix all kernels.
        inp: the input channel of mode `input`.
        room: width and height that can be seen.
        zoom: 1 fits; more is larger.
        label: height of a number above a tile.

    """
    out, _inputs, kh, kw = shape
    if mode == "matrix":
        return _matrix(shape, room, zoom)
    shown = inp if mode == "input" else None
    longest = max(kh, kw)
    least = max(_LEAST_TILE / longest, 1.0)
    best = least, 1
    for across in range(1, out + 1):
        down = -(-out // across)
        gap = 6.0
        scale = min(
            ((room[0] + gap) / across - gap) / kw,
            ((room[1] + gap) / down - gap - label) / kh,
            _FIT_SCALE,
        )
        if scale > best[0] + 1e-9:
            best = scale, across
    fits = best[0] > least
    scale = min(best[0] * zoom, LARGEST_SCALE)
    gap, above = (6.0, label) if kw * scale >= 16 else (3.0, 0.0)
    across = best[1] if fits and zoom <= 1 else max(1, min(out, math.floor((room[0] + gap) / (kw * scale + gap))))
    return Layout(False, True, out, across, -(-out // across), kh, kw, scale, gap, above, shown)


def _matrix(shape: Shape, room: tuple[float, float], zoom: float) -> Layout:
    out, inputs, kh, kw = shape
    out_across = out >= inputs  # the longer side to the right: windows are wide
    across, down = (out, inputs) if out_across else (inputs, out)
    gap = 0.0 if kh == kw == 1 else 2.0
    fit = min((room[0] - gap * (across - 1)) / (across * kw), (room[1] - gap * (down - 1)) / (down * kh))
    least = _LEAST_PIXEL if gap == 0 else max(_LEAST_TILE / max(kh, kw), 1.0)
    scale = min(min(max(fit, least), _FIT_SCALE) * zoom, LARGEST_SCALE)
    return Layout(True, out_across, out, across, down, kh, kw, scale, gap, 0.0, None)


def tick_step(pitch: float, least: float) -> int:
    """Every how many-th number of an axis is written, so that they stand `least` pixels apart: 1, 2, 5, 10, ..."""
    step = 1
    while step * pitch < least:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step
