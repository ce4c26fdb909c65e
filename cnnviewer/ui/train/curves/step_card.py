"""The card below the curves: what the last step did, or the numbers of the step that is looked at."""

from __future__ import annotations

import math
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from cnnviewer.core.training.events import StepReport
from cnnviewer.ui.train.curves.series import CurveReadout, loss_text, percent_text
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.steady_room import SteadyRoom
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.translated import Translated

_LONGEST = 150  # letters: there are lines for so many
_MOST_LINES = 3


Which = Literal["latest", "drawn", "shown", "pointer"]
"""Which step is spoken of: the latest one, while a training draws curves the last one drawn, that of the weights on the
screen, or the one that is pointed at."""


class StepCard(Styled, Translated, QFrame):
    """A title and a sentence; its height does not change with the words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setObjectName("lastStepCard")
        self._shown: StepReport | CurveReadout | None = None
        self._which: Which = "latest"
        self._title, self._words = PlainLabel(), PlainLabel()
        self._title.setProperty("role", "title")
        self._words.setObjectName("curveReadout")
        self._words.setProperty("role", "caption")
        self._words.setProperty("uncovered", True)
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._words)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._room = SteadyRoom(content)
        whole.addWidget(self._room)
        self.retranslate()

    def show_report(self, report: StepReport) -> None:
        """Say what a single step did."""
        self._shown, self._which = report, "latest"
        self._show()

    def show_readout(self, readout: CurveReadout, which: Which) -> None:
        """Say the numbers of a step."""
        self._shown, self._which = readout, which
        self._show()

    @property
    def text(self) -> str:
        """The sentence."""
        return self._words.text()

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self._show()
        self._keep_height()

    def _show(self) -> None:
        shown = self._shown
        title = {
            "latest": self.tr("Last step"),
            "drawn": self.tr("End of the curves"),
            "shown": self.tr("Step on the screen"),
            "pointer": self.tr("Step at the pointer"),
        }[self._which]
        text = ""
        if isinstance(shown, StepReport):
            text = self._report_words(shown)
        elif shown is not None:
            text = self._readout_words(shown)
        self._title.setText(title)
        self._words.setText(text)
        self._words.setToolTip(tool_tip(text))
        self._words.setAccessibleName(title)
        self._words.setAccessibleDescription(text)

    def _report_words(self, report: StepReport) -> str:
        count = f"{report.count:,}"
        if report.loss_after is None or report.correct_after is None:
            parts = [
                self.tr("Step {step}, a batch of {count}: loss {before} before it, {correct} correct").format(
                    step=f"{report.step:,}", count=count, before=loss_text(report.loss), correct=f"{report.correct:,}"
                )
            ]
        else:
            parts = [
                self.tr("Step {step}, a batch of {count}: loss {before} → {after}, correct {correct} → {now}").format(
                    step=f"{report.step:,}",
                    count=count,
                    before=loss_text(report.loss),
                    after=loss_text(report.loss_after),
                    correct=f"{report.correct:,}",
                    now=f"{report.correct_after:,}",
                )
            ]
            if report.dropout:
                parts.append(self.tr("dropout on, the same channels both times"))
        if report.layer:
            parts.append(
                self.tr("largest change in {layer} ({percent} %)").format(
                    layer=report.layer, percent=f"{100 * report.change:.2g}"
                )
            )
        return " · ".join(parts)

    def _readout_words(self, readout: CurveReadout) -> str:
        parts = []
        if math.isfinite(readout.raw["loss"]) or math.isfinite(readout.smoothed["loss"]):
            parts.append(
                self.tr("Step {step}: loss {loss} (smoothed {smooth})").format(
                    step=f"{readout.step:,}",
                    loss=loss_text(readout.raw["loss"]),
                    smooth=loss_text(readout.smoothed["loss"]),
                )
            )
            parts.append(
                self.tr("accuracy {accuracy} (smoothed {smooth})").format(
                    accuracy=percent_text(readout.raw["accuracy"]), smooth=percent_text(readout.smoothed["accuracy"])
                )
            )
        else:
            parts.append(self.tr("Step {step}: the loss is not a number").format(step=f"{readout.step:,}"))
        if readout.epoch is not None:
            parts.append(
                self.tr("validation after epoch {epoch}: loss {loss}, accuracy {accuracy}").format(
                    epoch=readout.epoch,
                    loss=loss_text(readout.validation["loss"]),
                    accuracy=percent_text(readout.validation["accuracy"]),
                )
            )
        return " · ".join(parts)

    def _keep_height(self) -> None:
        metrics = self._words.fontMetrics()
        lines = min(_MOST_LINES, -(-_LONGEST * metrics.averageCharWidth() // max(1, self.width())))
        self._words.setFixedHeight(lines * metrics.lineSpacing() + 2)
        self._room.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for one line or two."""
        super().resizeEvent(event)
        self._keep_height()

    def on_look_changed(self) -> None:
        """Larger words need more room."""
        self._keep_height()
