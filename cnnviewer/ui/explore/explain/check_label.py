"""Says how far the number worked out from its terms is from the one that PyTorch computed."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviewer.core.inspection.explain.notation import said
from cnnviewer.core.inspection.explain.records import Explanation
from cnnviewer.ui.widgets.plain_text import PlainLabel, elided, tool_tip
from cnnviewer.ui.widgets.styled import GrowingSize


class CheckLabel(PlainLabel):
    """A sentence beside the number: agreed, agreed but for rounding, or an error that is not hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explainCheck")
        self._full = self._short = ""
        GrowingSize(self, minimum_width=18)  # of its mark
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_check(self, explanation: Explanation | None, sentence: str = "") -> None:
        """Compare the explanation with the recorded value; `sentence` says why there is none."""
        wrong = explanation is not None and not explanation.agrees
        text = (
            self._comparison(explanation)
            if explanation is not None
            else sentence or self.tr("Click on a number of the network, or type its place.")
        )
        self._full, self._short = text, "" if explanation is None or wrong else self._gist(explanation)
        self.setToolTip(tool_tip(text))
        self.setAccessibleName(text)
        self._fit()
        self.setProperty("role", "error" if wrong else "caption")
        self.style().unpolish(self)
        self.style().polish(self)

    @property
    def sentence(self) -> str:
        """All that is to be said, before it is made short."""
        return self._full

    @property
    def gist_width(self) -> int:
        """Pixels of the shortest words that say it."""
        return self.fontMetrics().horizontalAdvance(self._short) + 2

    @property
    def mark_width(self) -> int:
        """Pixels of the mark alone, whose tip says the rest."""
        return max(self.minimumWidth(), self.fontMetrics().horizontalAdvance(self._short[:1]) + 2)

    def _fit(self) -> None:
        """The whole sentence where there is room, else its gist; never cut in the middle of a number."""
        metrics, room = self.fontMetrics(), self.width()
        gists = (self._short, f"{self._short[0]} PyTorch") if self._short else ("",)
        fitting = [text for text in (self._full, *gists) if metrics.horizontalAdvance(text) <= room]
        shortest = self._short[:1] or elided(metrics, self._full, room)
        self.setText(fitting[0] if fitting and fitting[0] else shortest)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less fits."""
        super().resizeEvent(event)
        self._fit()

    def _gist(self, explanation: Explanation) -> str:
        if explanation.cancels or explanation.overflows:
            return self.tr("≈ but for rounding")
        return self.tr("✓ PyTorch agrees")

    def _comparison(self, explanation: Explanation) -> str:
        computed = said(explanation.torch_value)
        if explanation.difference == 0:
            return self.tr("✓ exactly what PyTorch computed")
        if explanation.cancels:  # no error, but not hidden either: it is more than the promised 1e-4
            return self.tr(
                "≈ PyTorch: {value} (relative difference {relative}): large terms cancel, and float32 rounds that far"
            ).format(value=computed, relative=f"{explanation.relative_difference:.1e}")
        if explanation.overflows:
            return self.tr("≈ PyTorch: {value}, for float32 ends at 3.4e38: the terms are larger").format(
                value=computed
            )
        if explanation.agrees:
            return self.tr("✓ PyTorch: {value} (relative difference {relative})").format(
                value=computed, relative=f"{explanation.relative_difference:.0e}"
            )
        return self.tr("✗ PyTorch computed {value}: a relative difference of {relative}").format(
            value=computed, relative=f"{explanation.relative_difference:.1e}"
        )
