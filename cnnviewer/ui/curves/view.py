"""Loss and accuracy over the training, side by side."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QSizePolicy, QStackedWidget, QWidget

from cnnviewer.core.training.metric_log import MetricLog
from cnnviewer.ui.curves.controls import CurveControls
from cnnviewer.ui.curves.legend import CurveLegend
from cnnviewer.ui.curves.picture import Panel, render_curves
from cnnviewer.ui.curves.plot import CurvePlot, PlotState
from cnnviewer.ui.curves.series import Readout, Series, loss_text, percent_text
from cnnviewer.ui.theme import theme

_STACK_BELOW: Final = 620  # pixels of width
_STACK_ABOVE: Final = 380  # pixels of height


class CurvesView(QWidget):
    """The curves of one training, with smoothing, zoom, crosshair and export.

    Signals:
        export_requested: the person wants the curves as a file.
        step_chosen: a person has clicked at this step, or pressed Enter at the crosshair.
    """

    export_requested = Signal()
    step_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("curvesView")
        self.controls = CurveControls(self)
        self.legend = CurveLegend(self)
        self._readout_label = QLabel(self)
        self._readout_label.setObjectName("curveReadout")
        self._readout_label.setProperty("role", "caption")
        self._readout_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._empty = QLabel(self)
        self._empty.setObjectName("curvesEmpty")
        self._empty.setProperty("role", "caption")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self.loss_plot = CurvePlot("loss")
        self.loss_plot.setObjectName("lossPlot")
        self.accuracy_plot = CurvePlot("accuracy")
        self.accuracy_plot.setObjectName("accuracyPlot")
        self._plots = (self.loss_plot, self.accuracy_plot)
        self._series = Series(None, self.controls.span)
        self._pointer: float | None = None

        both = QWidget(self)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        for plot in self._plots:
            self._row.addWidget(plot, 1)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(both)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(8, 4, 8, 4)
        self._grid.setVerticalSpacing(2)
        self._grid.addWidget(self.controls, 0, 0)
        self._grid.addWidget(self._pages, 2, 0, 1, 2)
        self._grid.addWidget(self._readout_label, 3, 0, 1, 2)
        self._grid.setRowStretch(2, 1)
        self._grid.setColumnStretch(1, 1)
        self._legend_row = -1

        for plot in self._plots:
            plot.set_series(self._series)
            plot.x_changed.connect(self._on_x_changed)
            plot.range_changed_by_hand.connect(self._on_changed_by_hand)
            plot.scene().sigMouseMoved.connect(self._on_mouse_moved)
            plot.clicked_at.connect(self._choose)
            plot.installEventFilter(self)
        self.controls.span_changed.connect(self._on_span)
        self.controls.state_changed.connect(self._on_state)
        self.controls.follow_changed.connect(self._on_follow)
        self.controls.reset_requested.connect(self.reset_zoom)
        self.controls.export_requested.connect(self.export_requested)
        theme().changed.connect(self._restyle)
        self._restyle()
        self.retranslate()
        self._show_page()

    # values in

    def set_log(self, log: MetricLog | None) -> None:
        """Show this training's curves; None shows the empty state."""
        self._series = Series(log, self.controls.span)
        self._series.update()
        self._pointer = None
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

    def set_moment(self, step: int | None, soon: bool = False) -> None:
        """Draw the line of the moment on the screen, `soon`: when the curves grow; None: no line."""
        for plot in self._plots:
            plot.moment_line.show_at(step, soon)

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
        """All texts in the language of the moment."""
        self._empty.setText(self.tr("Press Train: loss and accuracy appear here."))
        self.setAccessibleName(self.tr("Curves"))
        self.loss_plot.setAccessibleName(self.tr("Loss over the training"))
        self.accuracy_plot.setAccessibleName(self.tr("Accuracy over the training"))
        self._readout_label.setAccessibleName(self.tr("Values under the crosshair"))
        self._show_labels()
        self._show_readout()

    def _value_labels(self) -> tuple[str, str]:
        loss = self.tr("loss (log)") if self.state.logarithmic else self.tr("loss")
        return loss, self.tr("accuracy (%)")

    def _step_label(self) -> str:
        by_epoch = self.state.by_epoch and self._series.steps_per_epoch is not None
        return self.tr("epoch") if by_epoch else self.tr("step")

    def _show_labels(self) -> None:
        for plot, label in zip(self._plots, self._value_labels(), strict=True):
            plot.set_labels(label, self._step_label())

    def _show_readout(self) -> None:
        """The line below the plots: the crosshair's numbers, or the latest ones."""
        at = self._pointer if self._pointer is not None else math.inf
        readout = self._series.readout(at)
        text = self._words(readout) if readout is not None else ""
        metrics = QFontMetrics(self._readout_label.font())
        self._readout_label.setText(
            metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, self.width() - 18)) if text else ""
        )
        self._readout_label.setToolTip(text)
        self._readout_label.setAccessibleDescription(text)
        for plot in self._plots:
            plot.show_readout(self._pointer, readout)

    def _words(self, readout: Readout) -> str:
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
        return "   ·   ".join(parts)

    # reactions

    def _show_page(self) -> None:
        self._pages.setCurrentIndex(0 if self._series.empty else 1)
        self.legend.setVisible(not self._series.empty)
        self.controls.set_export_offered(not self._series.empty)
        if self.state.by_epoch:
            self._show_labels()

    def _restyle(self) -> None:
        font = QFont(self.font())
        font.setPointSizeF(max(7.0, font.pointSizeF() - 0.5) if font.pointSizeF() > 0 else 9.0)
        for plot in self._plots:
            plot.set_look(theme().tokens, font)

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

    def _on_x_changed(self, left: float, right: float) -> None:
        for plot in self._plots:
            if plot is not self.sender():
                plot.set_x_range(left, right)

    def _on_changed_by_hand(self) -> None:
        self.controls.set_following(False)

    def _on_mouse_moved(self, position: QPointF) -> None:
        for plot in self._plots:
            if plot.scene() is self.sender():
                inside = plot.view.sceneBoundingRect().contains(position)
                self._point_at(plot.view.mapSceneToView(position).x() if inside else None)

    def _choose(self, step: float) -> None:
        if not self._series.empty:
            self.step_chosen.emit(max(0, round(step)))

    def _point_at(self, step: float | None) -> None:
        self._pointer = None if self._series.empty else step
        self._show_readout()

    # Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The pointer leaves a plot; arrow keys move the crosshair, Enter goes there, + and - zoom."""
        if event.type() == QEvent.Type.Leave:
            self._point_at(None)
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        left, right = self.loss_plot.view.viewRange()[0]
        key = event.key()
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            centre = self._pointer if self._pointer is not None else (left + right) / 2
            factor = 1.25 if key == Qt.Key.Key_Minus else 0.8
            self.controls.set_following(False)
            self.loss_plot.set_x_range(centre - (centre - left) * factor, centre + (right - centre) * factor)
            return True
        if key == Qt.Key.Key_Escape and self._pointer is not None:
            self._point_at(None)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._pointer is not None:
            self._choose(self._pointer)
            return True
        if key not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return False
        sign = 1 if key == Qt.Key.Key_Right else -1
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.controls.set_following(False)
            self.loss_plot.set_x_range(left + sign * (right - left) / 8, right + sign * (right - left) / 8)
        else:
            step = max(1.0, (right - left) / max(1.0, self.loss_plot.view.width()))
            first, last = self._series.extent()
            start = self._pointer if self._pointer is not None else (last if sign < 0 else first) - sign * step
            self._point_at(min(max(start + sign * step, first), last))
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack the plots where it is narrow and tall; give the legend a row of its own where it is narrow."""
        super().resizeEvent(event)
        stacked = self.width() < _STACK_BELOW and self.height() > _STACK_ABOVE
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight)
        self._place_legend()
        self._show_readout()

    def _place_legend(self) -> None:
        self.controls.give_way(self.width() - 20)
        needed = self.controls.sizeHint().width() + self.legend.sizeHint().width() + 24
        row = 0 if needed <= self.width() - 16 else 1
        if row != self._legend_row:
            self._legend_row = row
            self._grid.removeWidget(self.legend)
            if row == 0:
                self._grid.addWidget(self.legend, 0, 1)
            else:
                self._grid.addWidget(self.legend, 1, 0, 1, 2)

    def sizeHint(self) -> QSize:
        """The bottom dock's usual size."""
        return QSize(1000, 230)

    def minimumSizeHint(self) -> QSize:
        """Smaller than this nothing could be read."""
        return QSize(300, 150)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the font."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._legend_row = -1
            self._place_legend()
        elif event.type() == QEvent.Type.FontChange:
            self._restyle()
        super().changeEvent(event)
