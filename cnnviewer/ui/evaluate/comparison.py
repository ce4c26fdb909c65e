"""What the table of Evaluate is compared with, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication

from cnnviewer.core.errors import UserError
from cnnviewer.core.evaluation.difference import Difference
from cnnviewer.ui.widgets.language import translate_error
from cnnviewer.ui.widgets.percent import whole_percent


@dataclass(frozen=True)
class Comparison:
    """As far as it is known; with nothing by default.

    Attributes:
        words: with what, such as `step 12`; empty while nothing is known.
        difference: None while nothing is known, and where the tables cannot be compared.
        refused: why they cannot be.
        fraction: how far predicting with the other weights is, 0..1; None: it is done.

    """

    words: str = ""
    difference: Difference | None = None
    refused: UserError | None = None
    fraction: float | None = None

    @property
    def text(self) -> str:
        """What became of the predictions, why they cannot be compared, or how far predicting is."""
        if self.difference is not None:
            return _changed_text(self.difference)
        if self.refused is not None:
            return translate_error(self.refused)
        if self.fraction is None:
            return ""
        text = QCoreApplication.translate("Evaluate", "Predicting for the comparison: {percent}")
        return text.format(percent=whole_percent(self.fraction))


def _changed_text(difference: Difference) -> str:
    right, wrong = (len(difference.flipped(flip)) for flip in ("right", "wrong"))
    text = QCoreApplication.translate(
        "Evaluate", "{percent} % correct before · {right} became right · {wrong} became wrong"
    )
    accuracy = float(np.trace(difference.before)) / max(1, difference.total)
    return text.format(percent=f"{100 * accuracy:.2f}", right=f"{right:,}", wrong=f"{wrong:,}")
