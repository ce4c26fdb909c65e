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
        of_sample: whether the difference is over a sample of the test images.

    """

    words: str = ""
    difference: Difference | None = None
    refused: UserError | None = None
    fraction: float | None = None
    of_sample: bool = False

    @property
    def text(self) -> str:
        """What became of the predictions and of how many, why they cannot be compared, how far predicting is."""
        if self.difference is not None:
            changed = _changed_text(self.difference)
            return f"{self._sample_text(self.difference.total)} · {changed}" if self.of_sample else changed
        if self.refused is not None:
            return translate_error(self.refused)
        if self.fraction is None:
            return ""
        text = QCoreApplication.translate("Evaluate", "Predicting for the comparison: {percent}")
        return text.format(percent=whole_percent(self.fraction))

    def _sample_text(self, total: int) -> str:
        if self.fraction is None:
            return QCoreApplication.translate("Evaluate", "Sample of {total}").format(total=f"{total:,}")
        text = QCoreApplication.translate("Evaluate", "Sample of {total}, predicting all: {percent}")
        return text.format(total=f"{total:,}", percent=whole_percent(self.fraction))


def _changed_text(difference: Difference) -> str:
    wrong, right = (len(difference.flipped(flip)) for flip in ("wrong", "right"))
    text = QCoreApplication.translate(
        "Evaluate", "{wrong} became wrong · {right} became correct · {percent} % correct before"
    )
    accuracy = float(np.trace(difference.before)) / max(1, difference.total)
    return text.format(percent=f"{100 * accuracy:.2f}", right=f"{right:,}", wrong=f"{wrong:,}")
