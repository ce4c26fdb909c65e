"""What is asked of the contributions of a layer's channels, and what they answer. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cnnviewer.core.inspection.attribution.records import ALLOWED_SHARE, LEAST_ALLOWED
from cnnviewer.core.models.mutes import How, Mute

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ChannelMeans:
    """What the channels of a layer are on the mean, without any mutes.

    Attributes:
        layer: its name.
        values: `(C,)`, over the images and over all places of a channel.
        images: over how many images.

    """

    layer: str
    values: tuple[float, ...]
    images: int


@dataclass(frozen=True)
class ContributionsRequest:
    """What is asked.

    Attributes:
        layer: whose channels are removed, one at a time.
        target: index of the class whose logit is looked at.
        against: index of another class: the difference of the two logits is looked at. None: the logit alone.
        how: what stands in place of a channel that is removed.
        means: of the layer; needed for `mean`.

    """

    layer: str
    target: int
    against: int | None = None
    how: How = "zero"
    means: ChannelMeans | None = None

    def mute(self, channel: int) -> Mute:
        """The mute that removes a channel likewise."""
        return Mute(self.layer, channel, self.how, self.means.values[channel] if self.means is not None else None)


@dataclass(frozen=True)
class Contributions:
    """The answer.

    Attributes:
        request: what was asked.
        score: the logit of the target, or its difference to the other class's.
        drops: `(C,)` what the score loses when this channel alone is removed; negative where it grows.
        together: what it loses when all channels of the layer are removed at once.
        log_odds: whether the model gives one number for two classes: the score is the log-odds of the target then.

    """

    request: ContributionsRequest
    score: float
    drops: Doubles
    together: float
    log_odds: bool = False

    @property
    def total(self) -> float:
        """The sum of the single drops."""
        return float(self.drops.sum())

    @property
    def adds_up(self) -> bool:
        """Whether the single drops add up to that of all together, within 1 % of it or a thousandth of a logit.

        They do where only linear operations lie between the layer and the logits. Elsewhere what one channel carries
        depends on the others: behind a ReLU or a maximum, two channels may stand in for each other, or need each other.
        """
        return abs(self.total - self.together) <= max(ALLOWED_SHARE * abs(self.together), LEAST_ALLOWED)

    @property
    def order(self) -> npt.NDArray[np.int64]:
        """The channels, that of the largest change first; equal ones in the order of their numbers."""
        return np.argsort(-np.abs(self.drops), kind="stable")
