"""The user's settings for a sweep, as typed. Free of torch: the window shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SweepPhase = Literal["idle", "preparing", "running", "paused", "stopping"]


@dataclass(frozen=True)
class SweepRequest:
    """The fields of the sweep's form.

    Attributes:
        model, dataset: registry keys; empty: those of the Train panel.
        epochs: of every training.
        learning_rates, momenta, batch_sizes, seeds: lists such as `0.001, 0.01`; empty: the value of the Train panel.

    """

    model: str = ""
    dataset: str = ""
    epochs: int = 1
    learning_rates: str = ""
    momenta: str = ""
    batch_sizes: str = ""
    seeds: str = ""


@dataclass(frozen=True)
class SweepProgress:
    """Where a sweep stands.

    Attributes:
        name: of the sweep shown; empty for none.
        phase: what it does.
        done: trainings that are over, of `total`.
        seconds_left: about; None when not known.
        can_continue: whether it can be resumed.

    """

    name: str = ""
    phase: SweepPhase = "idle"
    done: int = 0
    total: int = 0
    seconds_left: float | None = None
    can_continue: bool = False
