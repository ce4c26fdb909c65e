"""The fast gradient sign method and projected gradient descent, in the grey levels of the picture itself.

Tensors are pictures in grey levels 0..255, float32 `(N, C, H, W)`. They are normalised as the model wants it only to be
run, so that a change of one level is one level, and no picture leaves 0..255.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import torch

from cnnviewer.core.data.dataset import normalise_unit
from cnnviewer.core.errors import Cancelled
from cnnviewer.core.inspection.attribution.logits import Logits
from cnnviewer.core.inspection.naming import INPUT
from cnnviewer.core.models.recipe import ModelRecipe

_WAY = 2.5  # of all steps together, in multiples of epsilon: a corner of the cube can be reached from any other


@dataclass(frozen=True)
class Aim:
    """What a change is for: `label` is not predicted any more, or `towards` is."""

    label: int
    towards: int | None = None

    def gains(self, logits: torch.Tensor) -> torch.Tensor:
        """`(N, classes)` -> `(N,)`: by how much the goal's logit is ahead; above 0 once the goal is reached."""
        one = self.label if self.towards is None else self.towards
        others = logits.clone()
        others[:, one] = -torch.inf
        lead = others.amax(1) - logits[:, one]
        return lead if self.towards is None else -lead

    def reached(self, logits: torch.Tensor) -> torch.Tensor:
        """`(N, classes)` -> `(N,)`: whether the class predicted is one that is wanted; of equal logits the first is."""
        predicted = logits.argmax(1)
        return predicted != self.label if self.towards is None else predicted == self.towards

    def uphill(self, logits: torch.Tensor) -> torch.Tensor:
        """`(N, classes)` -> the same: the direction in which the cross-entropy changes as wanted.

        The gradient of `J = -log softmax(z)[y]` is `softmax(z) - 1[y]`, which is `(1 - p[y])` times what is given here:
        the softmax of the other classes alone, minus `1[y]`. So its sign is right also where `p[y]` rounds to 1.
        """
        one = self.label if self.towards is None else self.towards
        others = logits.clone()
        others[:, one] = -torch.inf
        away = others.softmax(1)
        away[:, one] = -1.0
        return away if self.towards is None else -away


class Surroundings:
    """A picture, and how much nearer to the goal a change of it leads.

    Attributes:
        start: the picture in grey levels, `(1, C, H, W)`.
        aim: the goal.
        at_once: how many changes of it are best run together.

    """

    def __init__(self, logits: Logits, recipe: ModelRecipe, start: torch.Tensor, aim: Aim) -> None:
        self.start = start
        self.aim = aim
        self.at_once = logits.at_once
        self._logits = logits
        self._recipe = recipe

    def logits(self, pictures: torch.Tensor) -> torch.Tensor:
        """`(N, classes)`."""
        return self._logits.values(self._normalised(pictures))

    def signs(self, pictures: torch.Tensor) -> torch.Tensor:
        """Of the slope towards the goal at each value: -1, 0 or 1, `(N, C, H, W)`.

        Raises:
            UserError: PyTorch finds no gradient there.
        """
        slopes = self._logits.slopes(self._normalised(pictures), self.aim.uphill).gradients[INPUT]
        return slopes.nan_to_num(0.0).sign()

    @cached_property
    def start_signs(self) -> torch.Tensor:
        """Those of the picture itself, `(1, C, H, W)`."""
        return self.signs(self.start)

    def _normalised(self, pictures: torch.Tensor) -> torch.Tensor:
        return normalise_unit(pictures / 255, self._recipe.mean, self._recipe.std)


class Best:
    """Of each picture the change that is nearest to the goal so far, in whole grey levels."""

    def __init__(self, surroundings: Surroundings, pictures: torch.Tensor) -> None:
        self._surroundings = surroundings
        self.pictures = pictures.clone()
        logits = surroundings.logits(pictures)
        self.reached, self.gains = surroundings.aim.reached(logits), surroundings.aim.gains(logits)

    @property
    def open(self) -> int:
        """How many pictures stand before the first that has reached the goal."""
        return int((self.reached.cumsum(0) == 0).sum())

    def offer(self, pictures: torch.Tensor) -> None:
        """Take those of `pictures`, for the first of the own ones, that are nearer to the goal."""
        aim, logits = self._surroundings.aim, self._surroundings.logits(pictures)
        reached, gains = aim.reached(logits), aim.gains(logits)
        had, best = self.reached[: len(pictures)], self.gains[: len(pictures)]
        better = torch.nonzero((reached & ~had) | ((reached == had) & (gains > best))).flatten()
        self.pictures[better], self.reached[better], self.gains[better] = (
            pictures[better],
            reached[better],
            gains[better],
        )


def fgsm(surroundings: Surroundings, epsilons: torch.Tensor) -> torch.Tensor:
    """For each of `epsilons`, `(N,)` whole levels, one step of this size in the sign of the slope: `x + e sign(dJ/dx)`.

    Goodfellow, Shlens, Szegedy: Explaining and Harnessing Adversarial Examples, 2015, section 4. Towards a class it is
    `x - e sign(dJ/dx)` with that class in `J` (Kurakin, Goodfellow, Bengio: Adversarial Machine Learning at Scale,
    2017).
    """
    start = surroundings.start
    return (start + epsilons.view(-1, 1, 1, 1) * surroundings.start_signs).clamp(0, 255)


def pgd(
    surroundings: Surroundings,
    epsilons: torch.Tensor,
    steps: int,
    progress: Callable[[float], None] = lambda _: None,
    abandoned: Callable[[], bool] = lambda: False,
    first_is_enough: bool = False,
) -> Best:
    """For each of `epsilons`, `(N,)` whole levels, many small steps: after each, back into the cube of this size.

    `x <- P(x + a sign(dJ/dx))` with `P` the nearest point within `e` of the image and within 0..255, and `a` a share of
    `e` (Madry, Makelov, Schmidt, Tsipras, Vladu: Towards Deep Learning Models Resistant to Adversarial Attacks, 2018,
    section 2.1). It starts at the image, not at a random point near it, and every point on the way, rounded to whole
    levels, counts; that of `fgsm` too. So it is never worse than that, and gives the same each time.

    Args:
        surroundings: the picture and the goal.
        epsilons: of each change.
        steps: how many.
        progress: is told what share is done.
        abandoned: whether nobody waits any more.
        first_is_enough: go on only with those of `epsilons` before the first that has reached the goal.

    Raises:
        Cancelled: `abandoned` said so.
        UserError: PyTorch finds no gradients.
    """
    reach = epsilons.view(-1, 1, 1, 1)
    lowest, highest = surroundings.start - reach, surroundings.start + reach
    at = surroundings.start.expand(len(epsilons), -1, -1, -1)
    best = Best(surroundings, at)
    best.offer(fgsm(surroundings, epsilons))
    for step in range(steps):
        if abandoned():
            raise Cancelled
        if first_is_enough and best.open < len(at):
            at, reach, lowest, highest = (each[: best.open] for each in (at, reach, lowest, highest))
        if not len(at):
            break
        ahead = at + _WAY * reach / steps * (surroundings.signs(at) if step else surroundings.start_signs)
        at = torch.minimum(torch.maximum(ahead, lowest), highest).clamp(0, 255)
        best.offer(at.round())
        progress((step + 1) / steps)
    return best
