"""What logits are divided by so that probabilities can be taken at their word, as weights files keep it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from cnnviewer.core.models.sealed import sealed, unsealed

_FORMAT: Final = 1


@dataclass(frozen=True)
class Temperature:
    """A temperature that was fitted on images from which nothing was learned.

    Attributes:
        value: what the logits are divided by; above 0.
        images: how many validation images it was fitted on.

    """

    value: float
    images: int

    def ranking(self, given: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
        """Classes with their probabilities 0..1 -> the same classes with those at this temperature, in the same order.

        The softmax of `z / T` is that of `log(p) / T`, as `log(p)` is `z` less one number.
        """
        with np.errstate(divide="ignore"):
            scaled = np.log(np.array([probability for _, probability in given], np.float64)) / self.value
        powers = np.exp(scaled - scaled.max())
        return [(name, float(power)) for (name, _), power in zip(given, powers / powers.sum(), strict=True)]

    def to_text(self, weights: str) -> str:
        """For a weights file; `weights` is the checksum of what it belongs to."""
        return sealed(_FORMAT, {"temperature": self.value, "images": self.images}, weights)

    @classmethod
    def from_text(cls, text: str, weights: str) -> Temperature | None:
        """What `to_text` wrote; None where a later version of the program wrote it.

        Raises:
            ValueError: it is damaged, or about other weights.
        """
        found = unsealed(_FORMAT, text, weights)
        if found is None:
            return None
        value = float(found["temperature"])
        if not (math.isfinite(value) and value > 0):
            raise ValueError("temperature")
        return cls(value, int(found["images"]))
