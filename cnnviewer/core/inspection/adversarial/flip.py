"""Finds a change of an image, of at most so many grey levels a value, that changes a model's answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

import numpy as np
import torch

from cnnviewer.core.data.dataset import normalise
from cnnviewer.core.errors import Cancelled, UserError
from cnnviewer.core.inspection.adversarial.attacks import Aim, Best, Surroundings, fgsm, pgd
from cnnviewer.core.inspection.adversarial.records import LARGEST, Answered, Flip, FlipRequest, Pixels
from cnnviewer.core.inspection.attribution.records import is_slow
from cnnviewer.core.inspection.records import FloatArray
from cnnviewer.core.inspection.trace import Inspector, ranked
from cnnviewer.core.models.recipe import ModelRecipe

EVERY: Final = range(17)
"""Grey levels that are all tried, in order; behind them the number is doubled, then bisected."""
_BEYOND = (32, 64, 128, LARGEST)
_SIZES: Final = (1, 4, 16, 64, LARGEST)
"""Grey levels of one step that a large model is asked about first."""


def in_eight_bits(image: FloatArray) -> Pixels:
    """`(C, H, W)` in 0..1 -> the nearest whole grey levels, uint8."""
    return np.rint(np.clip(image, 0, 1) * 255).astype(np.uint8)


def answered(inspector: Inspector, picture: Pixels) -> Answered:
    """What the model answers to a picture in eight bits, uint8 `(C, H, W)` of the size that it takes."""
    recipe = inspector.recipe
    batch = normalise(torch.from_numpy(picture.copy())[None], recipe.mean, recipe.std)
    logits = inspector.logits.values(batch)[0].float().numpy()
    probabilities = inspector.probabilities(picture.astype(np.float32) / np.float32(255))
    return Answered(picture, logits, ranked(recipe.classes, probabilities), int(probabilities.argmax()))


def flip(
    inspector: Inspector,
    image: FloatArray,
    request: FlipRequest,
    progress: Callable[[float], None] = lambda _: None,
    abandoned: Callable[[], bool] = lambda: False,
    show: Callable[[Flip], None] | None = None,
) -> Flip:
    """What changes the answer to `image`, float32 `(C, H, W)` in 0..1, as the model takes it.

    `show` is given what one step of a few sizes does to the answer of a large model, which is much sooner known.

    Raises:
        Cancelled: `abandoned` said so.
        UserError: there is no such class or no other one, or PyTorch finds no gradients.
    """
    recipe = inspector.recipe
    _check(request, recipe)
    before = answered(inspector, in_eight_bits(image))
    start = torch.from_numpy(before.picture.copy()).float()[None]
    aim = Aim(int(inspector.probabilities(image).argmax()), request.towards)
    surroundings = Surroundings(inspector.logits, recipe, start, aim)
    search = _Search(request, surroundings, partial(answered, inspector), progress, abandoned)
    if show is not None and is_slow(surroundings.at_once):
        level, coarse, reached = search.coarse()
        show(Flip(replace(request, attack="fgsm"), before, coarse, level, reached))
    if request.epsilon is None:
        epsilon, after, flipped = search.smallest()
    else:
        epsilon = request.epsilon
        after, flipped = search.changed(epsilon, progress)
    without_slope = not flipped and not bool(surroundings.start_signs.any())
    return Flip(request, before, after, epsilon, flipped, tuple(sorted(search.tried.items())), without_slope)


def _check(request: FlipRequest, recipe: ModelRecipe) -> None:
    if len(recipe.classes) < 2:
        raise UserError("The model knows one class only: no change of the image can give another answer.")
    if request.towards is not None and not 0 <= request.towards < len(recipe.classes):
        raise UserError("There is no class number {number}.", number=request.towards)
    if request.epsilon is not None and not 0 <= request.epsilon <= LARGEST:
        raise UserError("Choose 0 to {most} grey levels.", most=LARGEST)
    if request.steps < 1:
        raise UserError("Projected gradient descent takes at least one step.")


@dataclass
class _Search:
    """Tries numbers of grey levels. `tried` says which were enough."""

    request: FlipRequest
    surroundings: Surroundings
    answer: Callable[[Pixels], Answered]
    progress: Callable[[float], None]
    abandoned: Callable[[], bool]
    tried: dict[int, bool] = field(default_factory=dict)
    _closest: tuple[float, int] = (-np.inf, 0)

    def smallest(self) -> tuple[int, Answered, bool]:
        """The fewest levels found, their picture, and whether it is enough; else the levels that came closest."""
        found = self._first(EVERY, 0.0, 0.4) or self._first(_BEYOND, 0.4, 0.6)
        if found is not None and found[0] not in EVERY:
            below = max(level for level in self.tried if level < found[0])
            while found[0] - below > 1:
                middle = (found[0] + below) // 2
                nearer = self._first((middle,), 0.6, 0.9)
                below, found = (below, nearer) if nearer is not None else (middle, found)
        if found is None:
            level = self._closest[1]
            found = level, *self.changed(level)
        self.progress(1.0)
        return found

    def coarse(self) -> tuple[int, Answered, bool]:
        """One step of as many levels as are asked for, else of the first of a few sizes that is enough; likewise."""
        sizes = _SIZES if self.request.epsilon is None else (self.request.epsilon,)
        for level in sizes:
            if self.abandoned():
                raise Cancelled
            picture = fgsm(self.surroundings, torch.tensor([float(level)]))
            reached = bool(self.surroundings.aim.reached(self.surroundings.logits(picture))[0])
            if reached or level == sizes[-1]:
                break
        answered = self.answer(picture[0].numpy().astype(np.uint8))
        return level, answered, reached

    def changed(self, level: int, progress: Callable[[float], None] = lambda _: None) -> tuple[Answered, bool]:
        """The picture changed by at most so many levels, as it is answered, and whether that is as wanted."""
        epsilons = torch.tensor([float(level)])
        if self.request.attack == "fgsm":
            made = fgsm(self.surroundings, epsilons)
        else:
            made = pgd(self.surroundings, epsilons, self.request.steps, progress, self.abandoned).pictures
        answered = self.answer(made[0].numpy().astype(np.uint8))
        aim = self.surroundings.aim
        return answered, answered.label != aim.label if aim.towards is None else answered.label == aim.towards

    def _first(self, levels: tuple[int, ...] | range, begin: float, end: float) -> tuple[int, Answered, bool] | None:
        """The first of `levels`, ascending, that is enough, and its picture."""
        at_once = self.surroundings.at_once
        for first in range(0, len(levels), at_once):
            part = levels[first : first + at_once]
            best = self._run(part)
            for level, gain, reached in zip(part, best.gains.tolist(), best.reached.tolist(), strict=True):
                self._closest = max(self._closest, (gain, level), key=lambda each: (each[0], -each[1]))
                self.tried[level] = reached
                if reached:
                    found = self.changed(level)  # alone, as it is shown: sums in a batch may round otherwise
                    self.tried[level] = found[1]
                    if found[1]:
                        return level, *found
            self.progress(begin + (end - begin) * min(1.0, (first + len(part)) / len(levels)))
        return None

    def _run(self, levels: tuple[int, ...] | range) -> Best:
        if self.abandoned():
            raise Cancelled
        epsilons = torch.tensor([float(level) for level in levels])
        if self.request.attack == "fgsm":
            return Best(self.surroundings, fgsm(self.surroundings, epsilons))
        return pgd(self.surroundings, epsilons, self.request.steps, abandoned=self.abandoned, first_is_enough=True)
