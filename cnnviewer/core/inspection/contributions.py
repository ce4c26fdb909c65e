"""What each channel of a layer carries of a score: by how much the score falls when the channel is removed.

Ablation of single units, as in Morcos and others: On the importance of single directions for generalization, 2018;
with the mean in place of 0 as in Bau and others: Network Dissection, 2017, and later studies of circuits. The score is
a logit or the difference of two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import torch

from cnnviewer.core.data.dataset import normalise_unit
from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.inspection.attribution.channel_records import Contributions, ContributionsRequest
from cnnviewer.core.inspection.attribution.logits import Logits
from cnnviewer.core.inspection.channels import channel_axis
from cnnviewer.core.inspection.muting import Muting, OneEach, Replacement
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.core.inspection.replay import Replay
from cnnviewer.core.inspection.trace import Inspector

_LEAST_AT_ONCE = 8
_CHECKED = 2
"""Channels whose drops are computed both ways."""


def contributions(
    inspector: Inspector,
    request: ContributionsRequest,
    image: FloatArray,
    progress: Callable[[float], None] = lambda _: None,
    abandoned: Callable[[], bool] = lambda: False,
) -> Contributions:
    """What the score of `image`, float32 `(C, H, W)` in 0..1, loses without each channel of a layer.

    The channels that are muted stay so; removing one of them changes nothing.

    Raises:
        Cancelled: `abandoned` said so.
        UserError: there is no such class or layer, it has no channels, or the means are missing.
    """
    layer = inspector.layer(request.layer)
    axis = channel_axis(layer, inspector.architecture)
    values = _values(request, layer.shape[axis])
    for label in (request.target, request.against):
        if label is not None and not 0 <= label < len(inspector.recipe.classes):
            raise UserError("There is no class number {number}.", number=label)
    recipe = inspector.recipe
    unit = torch.from_numpy(np.array(image, np.float32))[None]
    work = _Work(
        inspector.logits,
        normalise_unit(unit, recipe.mean, recipe.std),
        inspector.logits.direction(request.target, request.against),
        request.layer,
        axis,
        values,
    )
    whole = work.score({})
    everything = work.score({request.layer: Muting(axis, tuple(range(len(values))), values)})
    left = np.concatenate(list(_in_batches(work, whole, progress, abandoned)))
    return Contributions(request, whole, whole - left, whole - everything, inspector.logits.gives_log_odds)


def _values(request: ContributionsRequest, count: int) -> tuple[float, ...]:
    if request.how == "zero":
        return (0.0,) * count
    if request.means is None or request.means.layer != request.layer or len(request.means.values) != count:
        raise UserError(
            "The means of the channels of {layer} are not known yet: compute them first.", layer=request.layer
        )
    return request.means.values


@dataclass(frozen=True)
class _Work:
    logits: Logits
    image: torch.Tensor
    direction: torch.Tensor
    layer: str
    axis: int
    values: tuple[float, ...]

    @property
    def at_once(self) -> int:
        return min(len(self.values), max(_LEAST_AT_ONCE, self.logits.at_once))

    def score(self, replacing: dict[str, Muting]) -> float:
        with self.logits.recorder.also_replacing(replacing):
            return float(self.logits.scores(self.image, self.direction)[0])

    def removing(self, channels: range, count: int) -> Replacement:
        """Each of `channels` in one of `count` images."""
        if count == 1:
            return Muting(self.axis, tuple(channels), tuple(self.values[c] for c in channels))
        none = (-1,) * (count - len(channels))
        return OneEach(self.axis, (*channels, *none), tuple(self.values[c] for c in channels) + (0.0,) * len(none))

    def scores(self, values: torch.Tensor, channels: range) -> np.ndarray:
        """Of the logits `(N, …)`."""
        rows = values.reshape(len(values), -1)[: len(channels)]
        found: np.ndarray = (rows @ self.direction.to(rows.dtype)).double().numpy()
        return found


def _in_batches(
    work: _Work, whole: float, progress: Callable[[float], None], abandoned: Callable[[], bool]
) -> Iterator[np.ndarray]:
    """The scores without each channel, some at a time: through the whole model first, then from the layer on."""
    count, at_once = len(work.values), work.at_once if _keeps_images_apart(work, whole) else 1
    replay: Replay | None = None
    for begin in range(0, count, at_once):
        if abandoned():
            raise Cancelled
        channels = range(begin, min(count, begin + at_once))
        if replay is not None:
            yield work.scores(work.logits.of_classes(replay.logits(work.removing(channels, at_once))), channels)
        else:
            wanted = begin == 0 and 1 < at_once < count
            values, recorded = _through_model(work, channels, at_once, wanted)
            yield work.scores(values, channels)
            if recorded is not None and _agrees(work, recorded):
                replay = recorded
        progress(channels.stop / count)


def _keeps_images_apart(work: _Work, whole: float) -> bool:
    """Whether an image's score is the same beside another one; false for a model that computes with its whole batch."""
    if work.at_once < 2:
        return True
    other = torch.cat([work.image, 3 * work.image + 1])  # one that is larger everywhere
    try:
        with work.logits.recorder.also_replacing({work.layer: OneEach(work.axis, (-1, -1), (0.0, 0.0))}):
            beside = work.scores(work.logits.values(other), range(1))
    except Exception:  # the layer holds several images in one, or the user's own code knows one image only
        return False
    return _close(beside, np.array([whole]))


def _through_model(
    work: _Work, channels: range, images: int, wanted: bool = False
) -> tuple[torch.Tensor, Replay | None]:
    """The logits without each of the channels; and, where `wanted`, what runs the operations behind the layer again."""
    batch = work.image.expand(images, -1, -1, -1)
    recorder = work.logits.recorder
    with recorder.also_replacing({work.layer: work.removing(channels, images)}):
        if not wanted:
            return work.logits.values(batch), None
        kept = Replay.wanted(work.logits.architecture, work.layer, work.logits.layer)
        recording = recorder.record(batch, lambda layer, _step, _value: layer.name in kept)
    values, value = recording.values[work.logits.layer], recording.values[work.layer]
    base = value[:1].clone()  # the first image lacks the first channel, the second one has it
    base.select(work.axis, 0).copy_(value[1:2].select(work.axis, 0))
    return work.logits.of_classes(values), Replay.of(recording, work.layer, work.logits.layer, base, recorder.replacing)


def _agrees(work: _Work, replay: Replay) -> bool:
    """Whether replaying gives for the last channels what the model gives: its own code may do what is not recorded."""
    count = len(work.values)
    channels = range(max(0, count - _CHECKED), count)
    expected = work.scores(_through_model(work, channels, len(channels))[0], channels)
    try:
        logits = work.logits.of_classes(replay.logits(work.removing(channels, replay.images)))
        found = work.scores(logits, channels)
    except Exception:  # untrusted code
        return False
    return _close(found, expected)


def _close(found: np.ndarray, expected: np.ndarray) -> bool:
    return bool(np.allclose(found, expected, rtol=1e-4, atol=1e-5, equal_nan=True))
