"""Where a training stands, for the user who waits for it. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RunState = Literal["idle", "preparing", "running", "paused", "stopping"]


@dataclass(frozen=True)
class TrainProgress:
    """Place and speed of a training.

    Attributes:
        step: steps done, of `total_steps`.
        images_per_second: over the last seconds, 0 when unknown.
        seconds_left: estimate, None when unknown.
        start: in words, which layers are frozen, and with which weights it began, where not with random ones.

    """

    epoch: int
    epochs: int
    step: int
    total_steps: int
    images_per_second: float = 0.0
    seconds_left: float | None = None
    start: str = ""
