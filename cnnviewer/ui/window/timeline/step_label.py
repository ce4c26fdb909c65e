"""Two lines about the step on the screen, with the same width whatever the step."""

from __future__ import annotations

import math

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cnnviewer.core.runs.read.timeline import SnapshotFacts
from cnnviewer.ui.widgets.plain_text import ElidedLabel
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.translated import Translated

_WIDEST = SnapshotFacts(1, 99, 0.0123)


class StepLabel(Styled, Translated, QWidget):
    """The step, and below it epoch and loss; the tool tip has everything that is known.

    Attributes:
        words: all of it, in one line.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = ""
        self._said: tuple[SnapshotFacts, str, bool] | None = None
        self._last_step = 0
        self._step = ElidedLabel(self)
        self._step.setObjectName("timeLabel")
        self._step.setProperty("role", "title")
        self._facts = ElidedLabel(self)
        self._facts.setObjectName("timeFacts")
        self._facts.setProperty("role", "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._step)
        column.addWidget(self._facts)
        column.addStretch(1)
        self.retranslate()

    def show_facts(self, facts: SnapshotFacts, mark: str, at_now: bool) -> None:
        """Say what is known of a step, the user's word for it, and whether it is the newest."""
        self._said = facts, mark, at_now
        parts = [self._step_text(facts.step), self._facts_text(facts)]
        if math.isfinite(facts.validation):
            parts.append(self.tr("validation {percent} %").format(percent=f"{100 * facts.validation:.1f}"))
        if mark:
            parts.append(f"⚑ {mark}")
        if at_now and facts.step > 0:
            parts.append(self.tr("now"))
        self.words = " · ".join(parts)
        self._step.show_text(parts[0], self.words)
        self._facts.show_text(parts[1], self.words)

    def reserve(self, last_step: int) -> None:
        """Take the width of the widest texts of a run with so many steps."""
        self._last_step = last_step
        bold = QFont(self.font())  # the labels get theirs after this widget
        bold.setBold(True)
        step = QFontMetrics(bold).horizontalAdvance(self._step_text(max(last_step, 1000)))
        self.setFixedWidth(8 + max(step, self.fontMetrics().horizontalAdvance(self._facts_text(_WIDEST))))

    def _step_text(self, step: int) -> str:
        return self.tr("step {step}").format(step=f"{step:,}")

    def _facts_text(self, facts: SnapshotFacts) -> str:
        if facts.step == 0:
            return self.tr("untrained")
        loss = f"{facts.loss:.3g}" if math.isfinite(facts.loss) else "–"
        return " · ".join(
            (self.tr("epoch {epoch}").format(epoch=facts.epoch), self.tr("batch loss {loss}").format(loss=loss))
        )

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        if self._said is not None:
            self.show_facts(*self._said)
        self.reserve(self._last_step)

    def on_look_changed(self) -> None:
        """Letters of another size: this widget gets them after the timeline, which has asked for the room before."""
        super().on_look_changed()
        self.reserve(self._last_step)
