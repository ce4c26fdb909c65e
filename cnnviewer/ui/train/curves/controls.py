"""The menu of the curves: smoothing, axis, scale, range and export, in one button that always has room."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget, QWidgetAction

from cnnviewer.core.counting import counted
from cnnviewer.ui.train.curves.plot import PlotState
from cnnviewer.ui.widgets.calm import CalmSlider
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.shown_icon import fit_icons, show_icon
from cnnviewer.ui.widgets.translated import Translated

SPANS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_DEFAULT_SPAN: Final = 50


class CurveControls(Translated, QToolButton):
    """How the curves are shown: a button with a menu; each item has a key of its own too.

    Signals:
        span_changed: smooth over about so many steps.
        state_changed: a PlotState.
        follow_changed: keep everything in view, or not.
        reset_requested: show everything once.
        export_requested: the user wants a file.
    """

    span_changed = Signal(int)
    state_changed = Signal(object)
    follow_changed = Signal(bool)
    reset_requested = Signal()
    export_requested = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("curveMenuButton")
        self.setProperty("flat", True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        fit_icons(self._menu)
        self._menu.setToolTipsVisible(True)
        self.setMenu(self._menu)
        self._slider = CalmSlider(Qt.Orientation.Horizontal)
        self._slider.setObjectName("smoothingSlider")
        self._slider.setRange(0, len(SPANS) - 1)
        self._slider.setValue(SPANS.index(_DEFAULT_SPAN))
        self._slider.setPageStep(1)
        self._smoothing_label, self._span_label = PlainLabel(), PlainLabel()
        self._menu.addAction(self._smoothing_row())
        self._menu.addSeparator()
        self._steps, self._epochs = self._item("curveStepsAction", True), self._item("curveEpochsAction", True)
        axis = QActionGroup(self)
        for action in (self._steps, self._epochs):
            axis.addAction(action)
        self._menu.addSeparator()
        self._log = self._item("logScaleAction", True)
        self._raw = self._item("rawCurveAction", True)
        self._follow = self._item("followAction", True)
        self._menu.addSeparator()
        self._reset = self._item("resetZoomAction", False)
        self._export = self._item("exportCurvesAction", False)
        show_icon(self._reset, "fit", "muted")
        show_icon(self._export, "export", "muted")
        for checked in (self._steps, self._raw, self._follow):
            checked.setChecked(True)

        self._slider.valueChanged.connect(self._on_slider)
        for toggle in (self._log, self._raw, self._epochs):
            toggle.toggled.connect(self._on_state)
        self._follow.toggled.connect(self.follow_changed)
        self._reset.triggered.connect(self.reset_requested)
        self._export.triggered.connect(self.export_requested)
        # a menu's own shortcuts act while it is open; these in the curves
        for key, action in (("L", self._log), ("W", self._raw), ("O", self._follow), ("Home", self._reset)):
            self._key(host, key, action)
        swap = QAction(host)
        swap.triggered.connect(self._swap_axis)
        self._key(host, "X", swap)
        self.retranslate()

    def _smoothing_row(self) -> QWidgetAction:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(8)
        self._slider.setFixedWidth(110)
        self._smoothing_label.setBuddy(self._slider)
        self._span_label.setProperty("role", "caption")
        for widget in (self._smoothing_label, self._slider, self._span_label):
            layout.addWidget(widget)
        action = QWidgetAction(self)
        action.setDefaultWidget(row)
        return action

    def _item(self, name: str, checkable: bool) -> QAction:
        action = self._menu.addAction("")
        action.setObjectName(name)
        action.setCheckable(checkable)
        return action

    def _key(self, host: QWidget, key: str, action: QAction) -> None:
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        host.addAction(action)

    @property
    def span(self) -> int:
        """Smoothing, in steps."""
        return SPANS[self._slider.value()]

    @property
    def state(self) -> PlotState:
        """How the curves are drawn."""
        return PlotState(self._log.isChecked(), self._raw.isChecked(), self._epochs.isChecked())

    @property
    def following(self) -> bool:
        """Everything is kept in view."""
        return self._follow.isChecked()

    def set_following(self, on: bool) -> None:
        """Keep everything in view, or not."""
        self._follow.setChecked(on)

    def set_export_offered(self, offered: bool) -> None:
        """There is something to export."""
        self._export.setEnabled(offered)

    def retranslate(self) -> None:
        """All texts in the current language."""
        self.setText("…")
        self.setAccessibleName(self.tr("How the curves are shown"))
        self.setToolTip(self.tr("Smoothing, steps or epochs, log scale, raw curves, follow, reset zoom, export"))
        self._smoothing_label.setText(self.tr("Smoothing"))
        self._slider.setAccessibleName(self.tr("Smoothing of the training curves, in steps"))
        self._slider.setToolTip(
            self.tr("Average over about so many steps, the latest counting most; the raw curve stays behind it")
        )
        for action, text, tip in (
            (self._steps, self.tr("Count steps"), self.tr("The horizontal axis counts steps (X)")),
            (self._epochs, self.tr("Count epochs"), self.tr("The horizontal axis counts epochs (X)")),
            (self._log, self.tr("Log scale of the loss"), self.tr("Loss on a log scale (L)")),
            (
                self._raw,
                self.tr("Raw curves"),
                self.tr("Show the value of every step behind the smoothed curve (W)"),
            ),
            (
                self._follow,
                self.tr("Follow the training"),
                self.tr("Keep the whole training in view while it grows (O)"),
            ),
            (
                self._reset,
                self.tr("Reset zoom"),
                self.tr("Show everything (Home). The wheel zooms the steps, dragging moves them"),
            ),
            (
                self._export,
                self.tr("Export curves…"),
                self.tr("Save the curves as PNG, SVG or PDF, the numbers as CSV or JSON (Ctrl+E)"),
            ),
        ):
            action.setText(text)
            action.setToolTip(tool_tip(tip))
        self._show_span()

    def _show_span(self) -> None:
        # the widest text keeps its place, so that the menu does not jump while the slider moves
        texts = [self._span_text(span) for span in SPANS]
        metrics = QFontMetrics(self._span_label.font())
        self._span_label.setFixedWidth(max(metrics.horizontalAdvance(text) for text in texts) + 4)
        self._span_label.setText(self._span_text(self.span))

    def _span_text(self, span: int) -> str:
        return self.tr("off") if span == 1 else counted(self.tr("{n:step|steps}"), n=f"{span:,}")

    def _swap_axis(self) -> None:
        (self._steps if self._epochs.isChecked() else self._epochs).setChecked(True)

    def _on_slider(self, _value: int) -> None:
        self._show_span()
        self.span_changed.emit(self.span)

    def _on_state(self, _on: bool) -> None:
        self.state_changed.emit(self.state)
