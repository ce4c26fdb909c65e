"""Does a map depend on what the model learned? A slider over the layers that are re-initialised."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from cnnviewer.core.inspection.attribution.trust.records import SEEDS, Cascade, Numbers
from cnnviewer.ui.explore.why.trust.chart import Chart, Curve, CurveChart
from cnnviewer.ui.explore.why.trust.key_table import KeyRow, KeyTable
from cnnviewer.ui.explore.why.trust.step_maps import StepMaps
from cnnviewer.ui.explore.why.trust.texts import mean_and_span, mean_of, two_places
from cnnviewer.ui.widgets.beside_or_below import BesideOrBelow
from cnnviewer.ui.widgets.calm import CalmSlider
from cnnviewer.ui.widgets.percent import whole_percent
from cnnviewer.ui.widgets.plain_text import ElidedLabel, PlainLabel
from cnnviewer.ui.widgets.text_button import TextButton
from cnnviewer.ui.widgets.translated import Translated

_MANY_ZEROS: Final = 0.05
"""The share of pixels without a value from which on the others are measured alone."""


class CascadePart(Translated, QWidget):
    """The maps at a step, the slider, and rank correlation by step.

    Signals:
        more_requested: the other seeds shall be measured too.
    """

    more_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cascade: Cascade | None = None
        self._is_final = False
        self._title = PlainLabel(self)
        self._title.setProperty("role", "title")
        self._title.setWordWrap(True)
        self.maps = StepMaps(self)
        self.slider = CalmSlider(Qt.Orientation.Horizontal, self)
        self.slider.setObjectName("trustStepSlider")
        self.slider.setPageStep(1)
        self._step_words = ElidedLabel(self)
        self._step_words.setObjectName("trustStepLabel")
        self.chart = CurveChart("trustCascadeChart", self)
        self.table = KeyTable("trustCascadeTable", self)
        self._zeros, self._explanation = PlainLabel(self), PlainLabel(self)
        self._explanation.setObjectName("trustCascadeLimits")
        for label in (self._zeros, self._explanation):
            label.setProperty("role", "caption")
            label.setWordWrap(True)
        self.more = TextButton("trustMoreSeedsButton", self, is_link=True)
        self._lay_out()
        self.slider.valueChanged.connect(self._show_step)
        self.more.clicked.connect(self.more_requested)
        self.retranslate()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.slider, 2)
        row.addWidget(self._step_words, 3)
        both = BesideOrBelow(gap=6)
        for share, parts in ((2, (self.maps, row)), (3, (self.chart, self.table))):
            half = QWidget(both)
            beside = QVBoxLayout(half)
            beside.setContentsMargins(0, 0, 0, 0)
            beside.setSpacing(6)
            for part in parts:
                beside.addLayout(part) if isinstance(part, QLayout) else beside.addWidget(part)
            both.add(half, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(both)
        column.addWidget(self._zeros)
        column.addWidget(self._explanation)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    # values in

    def set_cascade(self, cascade: Cascade | None, is_final: bool = True) -> None:
        """Show this answer, or a part of it; the slider stays at its step where there is one. None: nothing."""
        self.cascade, self._is_final = cascade, is_final
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, len(cascade.maps) - 1 if cascade is not None else 0)
        self.slider.setEnabled(cascade is not None and len(cascade.maps) > 1)
        self._show()

    @property
    def step(self) -> int:
        """How many layers are re-initialised in the maps shown."""
        return self.slider.value()

    def _show(self) -> None:
        cascade = self.cascade
        self.more.setVisible(cascade is not None and self._is_final and len(cascade.request.seeds) < len(SEEDS))
        few = cascade is not None and self._counts_others(cascade)
        self._zeros.setVisible(few)
        if few and cascade is not None:
            words = (
                self.tr(
                    "{percent} of the pixels are 0: there the image equals the baseline, whatever the weights are. "
                    "Therefore the other pixels are measured alone too."
                )
                if cascade.request.attribution.method in ("integrated-gradients", "occlusion")
                else self.tr("{percent} of the pixels are 0. Therefore the other pixels are measured alone too.")
            )
            self._zeros.setText(words.format(percent=whole_percent(cascade.zeros)))
        self._show_step()

    def _show_step(self) -> None:
        cascade, step = self.cascade, self.step
        self.maps.set_step(cascade, step)
        self._step_words.show_text(self._words(step))
        self.slider.setAccessibleDescription(self._words(step))
        self.chart.set_chart(self._chart(cascade, step) if cascade is not None else None)
        self._show_table()

    # what it says

    @staticmethod
    def _counts_others(cascade: Cascade) -> bool:
        return _MANY_ZEROS <= cascade.zeros < 1

    def _words(self, step: int) -> str:
        cascade = self.cascade
        if cascade is None:
            return ""
        if not cascade.steps:
            return self.tr("no layer has weights")
        if step == 0:
            return self.tr("as shown")
        done = cascade.steps[step - 1]
        words = self.tr("{step} of {all}: {layer} re-initialised").format(
            step=step, all=len(cascade.steps), layer=done.layer
        )
        if done.drawn:
            words += " · " + self.tr("drawn as normal numbers: {names}").format(names=", ".join(done.drawn))
        return words

    def _lines(self, cascade: Cascade) -> list[tuple[str, str, Numbers, bool]]:
        """Colour, name, measurements `(seeds, steps + 1)` and whether dashed; the map itself last."""
        lines = [
            ("muted", self.tr("edge detector"), cascade.edges[None], True),
            ("highlight", self.tr("guided backpropagation"), cascade.guided, False),
            ("train", self.tr("this map"), cascade.correlations, False),
        ]
        if self._counts_others(cascade):
            lines.insert(2, ("validation", self.tr("this map without zeros"), cascade.among, False))
        return lines

    def _chart(self, cascade: Cascade, step: int) -> Chart:
        lines = self._lines(cascade)
        curves = [Curve(colour, *_band(found), dashed) for colour, _, found, dashed in lines]
        lowest = min(float(np.nanmin(found, initial=0.0)) for _, _, found, _ in lines)
        places = np.arange(len(cascade.steps) + 1, dtype=np.float64)
        names = [self.tr("as shown"), *(each.layer for each in cascade.steps)]
        return Chart(
            self.tr("rank correlation of |map| with the map shown"),
            self.tr("re-initialised, from the logits down"),
            places,
            tuple(curves),
            tuple(zip(places.tolist(), names, strict=True)),
            (math.floor(10 * lowest) / 10, 1.0),
            float(step) if cascade.steps else None,
        )

    def _show_table(self) -> None:
        cascade = self.cascade
        if cascade is None:
            self.table.set_rows((), ())
            return
        seeds = len(cascade.request.seeds)
        end = self.tr("at the end, 1 seed") if seeds == 1 else self.tr("at the end, {count} seeds").format(count=seeds)
        titles = self.tr("at this step"), end
        rows = [
            KeyRow(colour, name, (two_places(mean_of(found[:, self.step])), mean_and_span(found[:, -1])), dashed)
            for colour, name, found, dashed in reversed(self._lines(cascade))
        ]
        self.table.set_rows(titles, tuple(rows))
        self.chart.setAccessibleDescription(self.table.accessibleDescription())

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self._title.setText(self.tr("Does the map depend on the model's weights?"))
        self._explanation.setText(
            self.tr(
                "A map that explains the model must change when its layers begin anew at random; one that "
                "changes need not be right. An edge detector knows no model and stays at 1; guided backpropagation, "
                "shown only here, changed little in published tests."
            )
        )
        self.slider.setAccessibleName(self.tr("Layers that are re-initialised"))
        self.chart.setAccessibleName(self.tr("Rank correlation by step"))
        self.table.setAccessibleName(self.tr("Rank correlations"))
        self.more.setText(self.tr("Measure ten seeds"))
        self._show()


def _band(found: Numbers) -> tuple[Numbers, Numbers | None, Numbers | None]:
    """The mean over the measurements, the smallest and the largest."""
    fine = np.isfinite(found)
    count = fine.sum(0)
    total = np.where(fine, found, 0.0).sum(0)
    mean = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    if len(found) < 2:
        return mean, None, None
    low = np.where(fine, found, np.inf).min(0)
    high = np.where(fine, found, -np.inf).max(0)
    return mean, np.where(count > 0, low, np.nan), np.where(count > 0, high, np.nan)
