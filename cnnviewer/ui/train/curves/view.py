"""Loss and accuracy over the training, each on a card, and below them what the last step did."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cnnviewer.core.training.events import StepReport
from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.ui.train.curves.card import CurveCard
from cnnviewer.ui.train.curves.controls import CurveControls
from cnnviewer.ui.train.curves.empty import EmptyCurves
from cnnviewer.ui.train.curves.legend import CurveLegend
from cnnviewer.ui.train.curves.picture import Panel, render_curves
from cnnviewer.ui.train.curves.plot import CurvePlot, PlotState
from cnnviewer.ui.train.curves.series import CurveReadout, Series, short_loss_text, short_percent_text
from cnnviewer.ui.train.curves.step_card import StepCard
from cnnviewer.ui.widgets.styled import GrowingSize
from cnnviewer.ui.widgets.tall_content import TallContent
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.two_plots import TwoPlots

GAP = 14
"""Pixels between two cards."""
_SHAPE = 2.0  # a plot reads best about so many times as wide as high
_LEAST_HEIGHT = 170  # of a card, or the plots stand side by side
_LEAST_PLOT = 125  # pixels of height, at the usual size of text, with the axis; the page scrolls below that
_LEAST_LINES = 26  # of text that the view has room for, or it goes without the last step
_AROUND = 130  # pixels of height that the plots do not get


class CurvesView(TwoPlots):
    """The curves of one training, with smoothing, zoom, crosshair and export.

    Signals:
        export_requested: the user wants the curves as a file.
        step_chosen: the user has clicked at this step, or pressed Enter at the crosshair.
        train_requested: the button of the empty state was pressed.
        choice_requested: it was, where another model or data set must be chosen first.
        range_changed: the steps that are in sight, from left to right.

    Attributes:
        bar: legend and menu, to be placed above the curves.
        empty: what is shown before the first training.
        last_step: the card below the curves.
    """

    export_requested = Signal()
    step_chosen = Signal(int)
    train_requested = Signal()
    choice_requested = Signal()
    range_changed = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("curvesView")
        self.controls = CurveControls(self)
        self.legend = CurveLegend(self)
        self.last_step = StepCard(self)
        self.empty = EmptyCurves(self)
        self.loss_plot = CurvePlot("loss")
        self.loss_plot.setObjectName("lossPlot")
        self.accuracy_plot = CurvePlot("accuracy")
        self.accuracy_plot.setObjectName("accuracyPlot")
        self._plots = (self.loss_plot, self.accuracy_plot)
        self._cards = tuple(CurveCard(plot) for plot in self._plots)
        self._series = Series(None, self.controls.span)
        self._shown_step: int | None = None
        self._grows = False  # the curves follow the steps of a training, a moment later
        self._report: StepReport | None = None
        both = self.set_up_plots(self._plots, self._cards)
        self._row.setSpacing(GAP)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(both)
        self.bar = QWidget(self)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.legend, 1)
        row.addWidget(self.controls)
        for plot in self._plots:
            GrowingSize(plot, minimum_height=_LEAST_PLOT)
        column = QVBoxLayout(TallContent(self).content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.bar)
        column.addWidget(self._pages, 1)
        column.addWidget(self.last_step)

        for plot in self._plots:
            plot.set_series(self._series)
            plot.clicked_at.connect(self._choose)
        self.loss_plot.x_changed.connect(self.range_changed)
        self.controls.span_changed.connect(self._on_span)
        self.controls.state_changed.connect(self._on_state)
        self.controls.follow_changed.connect(self._on_follow)
        self.controls.reset_requested.connect(self.reset_zoom)
        self.controls.export_requested.connect(self.export_requested)
        self.empty.train_requested.connect(self.train_requested)
        self.empty.choice_requested.connect(self.choice_requested)
        self.on_look_changed()
        self.retranslate()
        self._show_page()

    # values in

    def set_log(self, log: MetricLog | None) -> None:
        """Show this training's curves; None shows the empty state."""
        self._series = Series(log, self.controls.span)
        self._series.update()
        self._pointer = self._report = None
        for plot in self._plots:
            plot.set_series(self._series)
        self.controls.set_following(True)
        self.reset_zoom()
        self._show_page()
        self._show_readout()

    def refresh(self) -> None:
        """Draw what the log has gained since the last call; nothing new costs nothing."""
        if not self._series.update():
            return
        self._show_page()
        for plot in self._plots:
            if self.controls.following:
                plot.follow()
            plot.redraw()
        self._show_readout()

    def set_shown_step(self, step: int | None, soon: bool = False) -> None:
        """Draw the line of the step on the screen, `soon`: when the curves grow; None: no line."""
        for plot in self._plots:
            plot.set_shown_step(step, soon)
        past = None if soon else step
        if (past, soon) != (self._shown_step, self._grows):
            self._shown_step, self._grows = past, soon
            self._show_readout()

    def show_report(self, report: StepReport) -> None:
        """Say what a single step did; the next step withdraws it."""
        self._report = report
        self._show_readout()

    def rest(self) -> None:
        """Nothing more will come for now: give back the room kept ahead."""
        if self.controls.following:
            self.reset_zoom()

    def reset_zoom(self) -> None:
        """Show everything there is."""
        for plot in self._plots:
            plot.fit()

    @property
    def state(self) -> PlotState:
        """How the curves are drawn."""
        return self.controls.state

    def render(self, kind: str, size: tuple[int, int], dark: bool, caption: str) -> bytes:  # type: ignore[override]
        """What is shown now as a file: both plots with axes, units, legend and caption.

        Args:
            kind: `"png"`, `"svg"` or `"pdf"`.
            size: width and height in pixels, at 96 to the inch.
            dark: in the dark theme's colours.
            caption: one paragraph below.

        """
        panels = []
        for plot, label in zip(self._plots, self._value_labels(), strict=True):
            x_range, y_range = plot.view.viewRange()
            panels.append(Panel(plot.metric_name, tuple(x_range), tuple(y_range), (label, self._step_label())))
        return render_curves(kind, size, dark, caption, self._series, self.state, panels, self.legend.texts)

    # texts

    def retranslate(self) -> None:
        """All texts in the current language."""
        self.setAccessibleName(self.tr("Curves"))
        self.loss_plot.setAccessibleName(self.tr("Loss over the training"))
        self.accuracy_plot.setAccessibleName(self.tr("Accuracy over the training"))
        for card, title in zip(self._cards, (self.tr("Loss"), self.tr("Accuracy")), strict=True):
            card.head.set_title(title)
        self._show_labels()
        self._show_readout()

    def _value_labels(self) -> tuple[str, str]:
        loss = self.tr("loss (log)") if self.state.logarithmic else self.tr("loss")
        return loss, self.tr("accuracy (%)")

    def _step_label(self) -> str:
        by_epoch = self.state.by_epoch and self._series.steps_per_epoch is not None
        return self.tr("epoch") if by_epoch else self.tr("step")

    def _show_labels(self) -> None:
        self._cards[0].head.set_title(self.tr("Loss, log scale") if self.state.logarithmic else self.tr("Loss"))
        for plot in self._plots:
            plot.set_labels("", self._step_label())

    def _show_readout(self) -> None:
        """The numbers in the heads and the line below: at the crosshair, at the step on the screen, or the latest."""
        at = self._pointer if self._pointer is not None else self._shown_step
        readout = self._series.readout(math.inf if at is None else at)
        for card, plot in zip(self._cards, self._plots, strict=True):
            card.head.set_numbers(*self._numbers(plot.metric_name, readout))
            plot.show_readout(self._pointer, readout)
        if readout is None:
            return
        report = self._report
        if report is not None and report.step == readout.step:
            self.last_step.show_report(report)
        elif self._series.steps.size and readout.step == self._series.steps[-1]:
            self.last_step.show_readout(readout, "drawn" if self._grows else "latest")
        else:
            self.last_step.show_readout(readout, "shown" if self._pointer is None else "pointer")

    def _numbers(self, metric: str, readout: CurveReadout | None) -> tuple[str, ...]:
        """What stands in the head of a card: the smoothed value, which says so, and that of the last validation."""
        if readout is None:
            return ("",)
        written = short_loss_text if metric == "loss" else short_percent_text
        validation = readout.validation[metric]
        remark = self.tr("validation {value}").format(value=written(validation)) if math.isfinite(validation) else ""
        which = self.tr("smoothed") if self.controls.span > 1 else ""
        return written(readout.smoothed[metric]), " · ".join(filter(None, (which, remark))), which or remark

    # reactions

    def _show_page(self) -> None:
        self._pages.setCurrentIndex(0 if self._series.empty else 1)
        for widget in (self.legend, self.controls):
            widget.setVisible(not self._series.empty)
        self._place_last_step()
        self.controls.set_export_offered(not self._series.empty)
        if self.state.by_epoch:
            self._show_labels()

    def _on_span(self, span: int) -> None:
        self._series.set_span(span)
        for plot in self._plots:
            plot.redraw()
        self._show_readout()

    def _on_state(self, state: PlotState) -> None:
        self._show_labels()
        self.legend.set_raw_shown(state.raw)
        for plot in self._plots:
            rescaled = plot.set_state(state)
            if rescaled or self.controls.following:
                plot.fit()
        self._show_readout()

    def _on_follow(self, on: bool) -> None:
        if on:
            self.reset_zoom()

    def on_touched(self) -> None:
        """The user zooms: the curves grow out of sight from now on."""
        self.controls.set_following(False)

    def _choose(self, step: float) -> None:
        if not self._series.empty:
            self.step_chosen.emit(max(0, round(step)))

    def point_at(self, place: float | None) -> None:
        """Put the crosshair at a step."""
        self._pointer = None if self._series.empty else place
        self._show_readout()

    # Qt

    def extent(self) -> tuple[float, float] | None:
        """The first step and the last."""
        return None if self._series.empty else self._series.extent()

    def key_step(self, visible: float) -> float:
        """A pixel, or a step where steps are wider."""
        return max(1.0, visible / max(1.0, float(self.loss_plot.view.width())))

    def press(self, event: QKeyEvent) -> bool:
        """Enter goes to the step of the crosshair."""
        if Qt.Key(event.key()) in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._pointer is not None:
            self._choose(self._pointer)
            return True
        return super().press(event)

    def _place_last_step(self) -> None:
        """Leave it out where letters are so large that the curves need its room."""
        room = self.height() >= _LEAST_LINES * self.fontMetrics().lineSpacing()
        self.last_step.setVisible(room and not self._series.empty)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what has no room."""
        super().resizeEvent(event)
        self._place_last_step()

    def stacked(self) -> bool:
        """One above the other where that gives each plot the better shape."""
        width, height = max(1, self.width()), max(1, self.height() - _AROUND)
        if height < 2 * _LEAST_HEIGHT:
            return False
        above, beside = width / (height / 2), width / 2 / height
        return abs(math.log(above / _SHAPE)) <= abs(math.log(beside / _SHAPE))

    def on_look_changed(self) -> None:
        """Give both plots the colours and the font of the current theme."""
        super().on_look_changed()
        for plot in self._plots:
            plot.stand_on_card(theme().tokens)

    def sizeHint(self) -> QSize:
        """Two plots one above the other."""
        return QSize(560, 640)

    def minimumSizeHint(self) -> QSize:
        """Smaller than this nothing could be read."""
        return QSize(300, 220)
