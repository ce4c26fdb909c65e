"""What is found of weights beside their accuracy: calibration, and what is unfamiliar to them. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.calibration import Calibration
from cnnviewer.core.models.familiarity import Familiarity


@dataclass(frozen=True, eq=False)
class Calibrated:
    """What was found on the test images.

    Attributes:
        calibration: reliability before and after the temperature.
        familiarity: the threshold of unfamiliar images; None where there is none.
        scores: `(N,)` how unfamiliar each test image is; empty without a threshold.
        why_unknown: why there is no threshold.

    """

    calibration: Calibration
    familiarity: Familiarity | None
    scores: npt.NDArray[np.float64]
    why_unknown: UserError | None = None

    @property
    def above(self) -> int:
        """Test images that are called unfamiliar: false alarms, as they are of the data set."""
        return 0 if self.familiarity is None else int((self.scores > self.familiarity.threshold).sum())
