"""A run as a video: kernels, maps and prediction of one image over the training, as GIF, MP4 or WebM."""

from __future__ import annotations

import io
import math
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt
from PIL import Image

from cnnviewer.core.data.registry import data_info
from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.export.picture_text import why_boxes
from cnnviewer.core.files.atomic import write_atomically
from cnnviewer.core.inspection.kernels import kernels
from cnnviewer.core.inspection.records import Architecture, FloatArray, Kernels, LayerInfo
from cnnviewer.core.inspection.trace import Inspector
from cnnviewer.core.models.recipe import ModelRecipe
from cnnviewer.core.models.state import ModelState
from cnnviewer.core.palettes import PaletteName, Range, value_range
from cnnviewer.core.plain_text import as_text
from cnnviewer.core.runs.format.info import RunInfo
from cnnviewer.core.runs.read.playback import USUAL_SECONDS
from cnnviewer.core.runs.read.timeline import facts_of
from cnnviewer.core.runs.video.frame import SIZE, FrameRow, FrameScene, background, frame, kernel_tiles, map_tiles
from cnnviewer.core.thread_counts import compute_alone
from cnnviewer.core.training.checkpoint import Checkpoint
from cnnviewer.core.training.metric_log import MetricLog

Pixels = npt.NDArray[np.uint8]
Column = npt.NDArray[np.float64]
KINDS: Final = ("gif", "mp4", "webm")
USUAL_FPS: Final = {"gif": 12, "mp4": 25, "webm": 25}
"""Pictures a second unless asked otherwise."""
_STILL_SHARE = 0.1  # of the video, for the last picture
_FOR_RANGES = 6  # snapshots whose values determine the colour ranges
_CURVE_POINTS = 600
_CODECS: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "mp4": ("libx264", {"crf": "20", "preset": "veryfast"}),
    "webm": ("libvpx-vp9", {"crf": "32", "b:v": "0", "deadline": "realtime", "cpu-used": "8"}),
}


class VideoRun(Protocol):
    """The source of a video; `OpenedRun` and `Recorder` implement it."""

    @property
    def info(self) -> RunInfo: ...  # noqa: D102
    @property
    def log(self) -> MetricLog: ...  # noqa: D102
    def snapshot_steps(self) -> list[int]: ...  # noqa: D102
    def snapshot(self, step: int) -> Checkpoint: ...  # noqa: D102


def export_video(
    run: VideoRun,
    image: FloatArray,
    path: str | os.PathLike[str],
    *,
    seconds: float = USUAL_SECONDS,
    fps: int | None = None,
    report: Callable[[float], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
    tell: Callable[[UserError], None] = lambda _: None,
) -> int:
    """Write the video of `run` to `path`, whole or not at all; its ending picks GIF, MP4 or WebM.

    The video shows every snapshot for the same time, so that the start, where much changes, gets more of it.

    Args:
        run: with snapshots.
        image: the input of the model, float32 `(C, H, W)` in 0..1, of the run's input shape.
        path: where it goes.
        seconds: how long it lasts.
        fps: pictures a second; 12 for a GIF, 25 else.
        report: gets how far it is, 0..1.
        cancelled: asked at every picture.
        tell: gets a sentence where no font has some of the letters.

    Returns:
        How many pictures it has.

    Raises:
        UserError: the run keeps no snapshots, the image does not fit, the ending is another, or it cannot be written.
        Cancelled: `cancelled` said so; nothing is written.
    """
    target = Path(path)
    kind = target.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise UserError(
            "{file} was not written: its name must end in {endings}.",
            file=target.name,
            endings=", ".join(f".{one}" for one in KINDS),
        )
    rate = fps or USUAL_FPS[kind]
    steps = run.snapshot_steps()
    if not steps:
        raise UserError("The run has no snapshots: there is nothing to show in a video.")
    if tuple(image.shape) != run.info.recipe.input_shape:
        raise UserError("The image does not fit the model of this run: choose another image.")
    if (why := why_boxes([*run.info.recipe.classes, _data_title(run.info.recipe)])) is not None:
        tell(why)
    count = max(2, round(seconds * rate))
    pictures = _reporting(_pictures(run, image, steps, count, cancelled), count, report)
    write_atomically(target, _gif(pictures, rate) if kind == "gif" else _video(pictures, rate, kind))
    return count


def _reporting(pictures: Iterator[Pixels], count: int, report: Callable[[float], None]) -> Iterator[Pixels]:
    for place, picture in enumerate(pictures, start=1):
        yield picture
        report(place / count)


def _pictures(
    run: VideoRun, image: FloatArray, steps: Sequence[int], count: int, cancelled: Callable[[], bool]
) -> Iterator[Pixels]:
    """The video's frames; a snapshot that lasts several frames is drawn once."""
    compute_alone()
    inspector = Inspector.from_state(run.snapshot(steps[0]).state)
    scene = _scene(run, image, steps, inspector, cancelled)
    still = background(scene)
    moving = max(1, round(count * (1 - _STILL_SHARE)))
    shown, picture = -1, np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    for place in range(count):
        if cancelled():
            raise Cancelled
        step = steps[min(len(steps) - 1, round(place / max(1, moving - 1) * (len(steps) - 1)))]
        if step != shown:
            state = run.snapshot(step).state
            inspector.load(state.tensors)
            inspection = inspector.inspect(image, step=step)
            weights = {row.name: _weights(state, inspector.architecture, row.name) for row in scene.kernels}
            made = {name: found for name, found in weights.items() if found is not None}
            picture = frame(scene, still, facts_of(run.log, step), inspection, made)
            shown = step
        yield picture


# the scene


def _scene(
    run: VideoRun, image: FloatArray, steps: Sequence[int], inspector: Inspector, cancelled: Callable[[], bool]
) -> FrameScene:
    """The layers to show and their colour ranges for the whole video."""
    architecture = inspector.architecture
    convolutions = [layer for layer in architecture.layers if layer.kind == "conv2d" and layer.module]
    maps = _map_layers(architecture)
    chosen = [steps[round(place)] for place in np.linspace(0, len(steps) - 1, min(_FOR_RANGES, len(steps)))]
    seen_kernels: dict[str, list[Range]] = {}
    seen_maps: dict[str, list[Range]] = {}
    for step in chosen:
        if cancelled():
            raise Cancelled
        state = run.snapshot(step).state
        inspector.load(state.tensors)
        inspection = inspector.inspect(image)
        for layer in convolutions[:2]:
            found = _weights(state, architecture, layer.name)
            if found is not None:
                seen_kernels.setdefault(layer.name, []).append(value_range(kernel_tiles(found.weight), "kernel"))
        for layer in maps:
            values = map_tiles(inspection.activations[layer.name])
            seen_maps.setdefault(layer.name, []).append(value_range(values, _palette(layer)))
    log, last = run.log, max(steps)
    until = int(np.searchsorted(log.steps("step"), last, side="right"))
    at, losses = _curve(log, until)
    return FrameScene(
        f"{inspector.title} · {_data_title(run.info.recipe)}",
        tuple(FrameRow(name, "kernel", _widest(ranges)) for name, ranges in seen_kernels.items()),
        tuple(FrameRow(layer.name, _palette(layer), _widest(seen_maps[layer.name])) for layer in maps),
        at,
        losses,
        tuple(int(step) for step in log.epochs("step") if step <= last),
        last,
    )


def _map_layers(architecture: Architecture) -> list[LayerInfo]:
    """At most two layers of maps: what comes of the first convolution, and the last that still are pictures."""
    spatial = [
        layer
        for layer in architecture.layers
        if len(layer.shape) == 3 and layer.kind != "input" and min(layer.shape[1:]) > 1
    ]
    positive = [layer for layer in spatial if layer.palette == "sequential"] or spatial
    return list({layer.name: layer for layer in (*positive[:1], *positive[-1:])}.values())


def _palette(layer: LayerInfo) -> PaletteName:
    return "sequential" if layer.palette == "sequential" else "signed"


def _widest(ranges: Sequence[Range]) -> Range:
    return Range(min(each.low for each in ranges), max(each.high for each in ranges))


def _weights(state: ModelState, architecture: Architecture, name: str) -> Kernels | None:
    return kernels(state.tensors, architecture.layer(name))


def _curve(log: MetricLog, until: int) -> tuple[Column, Column]:
    """The loss of the first `until` steps as means of as many steps as a pixel has."""
    steps, losses = log.steps("step")[:until], log.steps("loss")[:until]
    if not len(steps):
        return np.zeros(0), np.zeros(0)
    every = max(1, math.ceil(len(steps) / _CURVE_POINTS))
    starts = np.arange(0, len(steps), every)
    sizes = np.diff(np.append(starts, len(steps)))
    means = np.add.reduceat(np.nan_to_num(losses, nan=0.0, posinf=0.0), starts) / sizes
    smooth = np.empty_like(means)
    value, weight = 0.0, min(1.0, 1.0 / max(1.0, len(means) / 60))
    for place, mean in enumerate(means):
        value = mean if place == 0 else value + weight * (mean - value)
        smooth[place] = value
    return steps[starts + sizes - 1], smooth


def _data_title(recipe: ModelRecipe) -> str:
    try:
        return data_info(recipe.dataset).title
    except (UserError, KeyError):
        return as_text(recipe.data_key.title or "unknown data")


# files


def _gif(pictures: Iterator[Pixels], rate: int) -> bytes:
    """An endless GIF; every picture has the palette of a late one, so that nothing flickers."""
    frames = [Image.fromarray(picture) for picture in pictures]
    colours = Image.new("RGB", (SIZE[0], 2 * SIZE[1]))
    colours.paste(frames[-1], (0, 0))
    colours.paste(frames[len(frames) // 3], (0, SIZE[1]))
    palette = colours.quantize(255, Image.Quantize.MEDIANCUT)
    flat: list[Image.Image] = []
    times: list[int] = []
    before: Image.Image | None = None
    for picture in frames:
        if picture is before or (before is not None and picture.tobytes() == before.tobytes()):
            times[-1] += round(1000 / rate)
        else:
            flat.append(picture.quantize(palette=palette, dither=Image.Dither.NONE))
            times.append(round(1000 / rate))
        before = picture
    buffer = io.BytesIO()
    flat[0].save(buffer, "GIF", save_all=True, append_images=flat[1:], duration=times, loop=0, optimize=False)
    return buffer.getvalue()


def _video(pictures: Iterator[Pixels], rate: int, kind: str) -> bytes:
    """MP4 (H.264) or WebM (VP9), by the codecs that PyAV brings along."""
    import av  # here: it takes a tenth of a second and is seldom needed

    codec, options = _CODECS[kind]
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=kind) as container:
        stream: Any = container.add_stream(codec, rate=rate, options=options)  # a video's, which its type does not say
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        for picture in pictures:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    return buffer.getvalue()
