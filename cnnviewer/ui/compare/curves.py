"""The curves of several runs: loss and accuracy, aligned by step, epoch or time."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from cnnviewer.core.runs.compare.comparison import ComparedRun
from cnnviewer.ui.compare.controls import CompareControls
from cnnviewer.ui.compare.picture import render_runs
from cnnviewer.ui.compare.plot import CompareState, RunsPlot
from cnnviewer.ui.compare.run_style import SIGNS, colour
from cnnviewer.ui.compare.series import RunSeries, find_equal
from cnnviewer.ui.compare.texts import duration
from cnnviewer.ui.train.curves.picture import Panel
from cnnviewer.ui.widgets.plain_text import RichLabel
from cnnviewer.ui.widgets.styled import GrowingSize
from cnnviewer.ui.widgets.two_plots import TwoPlots

_LEAST_PLOTS: Final = 220  # pixels of height, at the usual text size
_READING: Final = 250  # pixels that a run's readout takes


class CurvesTab(TwoPlots):
    """Curves of all runs in one plot of the loss and one of the accuracy.

    A run that is compared at two snapshots has one curve, with a line at each snapshot that is not its last.

    Signals:
        export_requested: the user wants the curves as a file.
    """

    STACK_BELOW = 560

    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compareCurves")
        self.controls = CompareControls(self)
        self.loss_plot, self.accuracy_plot = RunsPlot("loss"), RunsPlot("accuracy")
        self.loss_plot.setObjectName("compareLossPlot")
        self.accuracy_plot.setObjectName("compareAccuracyPlot")
        self._plots = (self.loss_plot, self.accuracy_plot)
        self._runs: list[RunSeries] = []
        self._marks: list[tuple[int, tuple[tuple[int, int], ...]]] = []
        self._touched = False
        self._readout = RichLabel(self)
        self._readout.setObjectName("compareReadout")
        self._readout.setProperty("role", "caption")
        self._readout.setWordWrap(True)
        self._readout.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._readout.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        both = self.set_up_plots(self._plots)
        GrowingSize(both, minimum_height=_LEAST_PLOTS)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 6)
        column.setSpacing(2)
        column.addWidget(self.controls)
        column.addWidget(both, 1)
        column.addWidget(self._readout)
        self.controls.state_changed.connect(self._on_state)
        self.controls.span_changed.connect(self._on_span)
        self.controls.reset_requested.connect(self.reset_zoom)
        self.controls.export_requested.connect(self.export_requested)
        self.on_look_changed()
        self.retranslate()

    # values in

    def set_columns(self, columns: tuple[ComparedRun, ...]) -> None:
        """Show the curves of these runs; a run that only grew keeps its curves, which grow."""
        known = {(run.column.folder, id(run.column.log)): run for run in self._runs}
        state, span = self.controls.state, self.controls.span
        runs: dict[Path, RunSeries] = {}
        changed = False
        for place, column in enumerate(columns):
            if column.folder not in runs:
                run = known.get((column.folder, id(column.log)))
                if run is None:
                    run, changed = RunSeries.of(column, place, state.by, span), True
                else:
                    changed = _take(run, column, place, state) or changed
                runs[column.folder] = run
                marked: tuple[tuple[int, int], ...] = ()
            else:
                marked = runs[column.folder].marked
            if column.snapshot != "last" and column.step is not None:
                marked += ((place, column.step),)
            runs[column.folder].marked = marked
        others = list(runs) != [run.column.folder for run in self._runs]
        marks = [(run.place, run.marked) for run in runs.values()]
        if not (changed or others or marks != self._marks):
            return
        self._runs, self._marks = list(runs.values()), marks
        find_equal(self._runs)
        self._touched = self._touched and not others
        for plot in self._plots:
            plot.set_runs(self._runs)
        if not self._touched:
            self.reset_zoom()
        self._show_readout()

    @property
    def names(self) -> list[str]:
        """The runs' names, in the order of their marks."""
        return [run.column.title for run in self._runs]

    def reset_zoom(self) -> None:
        """Show everything there is, and what comes."""
        self._touched = False
        for plot in self._plots:
            plot.fit()

    def render_file(self, kind: str, size: tuple[int, int], dark: bool, caption: str) -> bytes:
        """What is shown as the bytes of a `png`, `svg` or `pdf` file, `size` in pixels."""
        panels = []
        for plot, label in zip(self._plots, self._value_labels(), strict=True):
            x_range, y_range = plot.view.viewRange()
            panels.append(Panel(plot.metric_name, tuple(x_range), tuple(y_range), (label, self._axis_label())))
        return render_runs(kind, size, dark, caption, self._runs, self.controls.state, panels)

    # texts

    def retranslate(self) -> None:
        """All texts in the current language."""
        self.setAccessibleName(self.tr("Curves of the runs"))
        self.loss_plot.setAccessibleName(self.tr("Loss of the runs"))
        self.accuracy_plot.setAccessibleName(self.tr("Accuracy of the runs"))
        self._show_labels()
        self._show_readout()

    def _value_labels(self) -> tuple[str, str]:
        loss = self.tr("loss (log)") if self.controls.state.logarithmic else self.tr("loss")
        return loss, self.tr("accuracy (%)")

    def _axis_label(self) -> str:
        labels = {"step": self.tr("step"), "epoch": self.tr("epoch"), "seconds": self.tr("seconds of training")}
        return labels[self.controls.state.by]

    def _show_labels(self) -> None:
        for plot, label in zip(self._plots, self._value_labels(), strict=True):
            plot.set_labels(label, self._axis_label())

    def _show_readout(self) -> None:
        for plot in self._plots:
            plot.show_at(self._pointer)
        equal = self._equal_text()
        lines = max(2, math.ceil((len(self._runs) + 1) / max(1, self.width() // _READING))) + bool(equal)
        height = self._readout.fontMetrics().lineSpacing() * lines + 2
        self._readout.setFixedHeight(height)  # the plots do not jump when a readout is longer
        text = self.tr(
            "Thin lines: training, smoothed. Strong lines with symbols: validation after each epoch. Point at a curve "
            "to read all of them; validation stands in brackets."
        )
        if self._pointer is not None:
            text = "&nbsp;&nbsp; ".join((f"<b>{self._place_text(self._pointer)}</b>", *self._parts(self._pointer)))
        self._readout.setText(f"{equal} {text}" if equal else text)

    def _equal_text(self) -> str:
        """Which runs have the same curves, by their marks: the lower one is drawn wider."""
        groups: dict[int, list[RunSeries]] = {}
        for run in self._runs:
            groups.setdefault(run.place if run.same_as is None else run.same_as, []).append(run)
        equal = [" = ".join(map(_mark, group)) for group in groups.values() if len(group) > 1]
        return self.tr("Equal curves, the first one wider: {marks}.").format(marks=", ".join(equal)) if equal else ""

    def _parts(self, place: float) -> list[str]:
        parts, spoken = [], []
        for run in self._runs:
            reading = run.reading(place)
            if reading is None:
                continue
            text = self.tr("loss {loss} ({loss_validation}), {accuracy} ({accuracy_validation}) %").format(
                loss=_number(reading.smoothed["loss"], 3),
                loss_validation=_number(reading.validation["loss"], 3),
                accuracy=_number(reading.smoothed["accuracy"], 4),
                accuracy_validation=_number(reading.validation["accuracy"], 4),
            )
            # the mark stands for the name, which is on the card; a line break would tear them apart
            parts.append(f'<span style="white-space:nowrap">{_mark(run)}&nbsp;{text.replace(" ", "&nbsp;")}</span>')
            spoken.append(f"{run.column.title}: {text}")
        self._readout.setAccessibleDescription("; ".join(spoken))
        return parts

    def _place_text(self, place: float) -> str:
        by = self.controls.state.by
        if by == "seconds":
            return duration(max(0.0, place))
        if by == "epoch":
            return self.tr("epoch {number}").format(number=f"{place:.2f}")
        return self.tr("step {number}").format(number=f"{round(place):,}")

    # reactions

    def _on_span(self, span: int) -> None:
        for run in self._runs:
            run.series.set_span(span)
        for plot in self._plots:
            plot.redraw()
        self._show_readout()

    def _on_state(self, state: CompareState) -> None:
        realigned = any(run.by != state.by for run in self._runs)
        for run in self._runs:
            run.align(state.by)
        find_equal(self._runs)
        self._pointer = None if realigned else self._pointer
        self._show_labels()
        for plot in self._plots:
            if plot.set_state(state) or realigned or not self._touched:
                plot.fit()
        self._show_readout()

    def on_touched(self) -> None:
        """The user zooms: runs that grow no longer change what is visible."""
        self._touched = True

    def point_at(self, place: float | None) -> None:
        """Put the crosshair at a place of the axis."""
        self._pointer = place if self._runs else None
        self._show_readout()

    def extent(self) -> tuple[float, float] | None:
        """From where the first run begins to where the last one ends."""
        extents = [extent for run in self._runs if (extent := run.extent()) is not None]
        return (min(low for low, _ in extents), max(high for _, high in extents)) if extents else None

    def key_step(self, visible: float) -> float:
        """A sixtieth of what is visible: the axis may count steps, epochs or seconds."""
        return visible / 60

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide controls that have no room."""
        super().resizeEvent(event)
        self.controls.give_way(self.width() - 12)


def _take(run: RunSeries, column: ComparedRun, place: int, state: CompareState) -> bool:
    """Continue a run's curves with what is known of it now; whether anything is other than before."""
    realigned = run.column.steps_per_epoch != column.steps_per_epoch
    renamed = run.column.title != column.title
    run.column, run.place = column, place
    if realigned:
        run.align(state.by)
    return run.update() or realigned or renamed


def _mark(run: RunSeries) -> str:
    return f'<span style="color:{colour(run.place).name()}">{SIGNS[run.place % len(SIGNS)]}</span>'


def _number(value: float, digits: int) -> str:
    return f"{value:.{digits}g}" if math.isfinite(value) else "–"
