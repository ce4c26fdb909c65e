"""The slim row above the curves: smoothing, scale, axis, range and export."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from cnnviewer.ui.calm import CalmCombo, CalmSlider
from cnnviewer.ui.curves.plot import PlotState

SPANS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_DEFAULT_SPAN: Final = 50


class CurveControls(QWidget):
    """How the curves are shown.

    Signals:
        span_changed: smooth over about so many steps.
        state_changed: a PlotState.
        follow_changed: keep everything in view, or not.
        reset_requested: show everything once.
        export_requested: the person wants a file.
    """

    span_changed = Signal(int)
    state_changed = Signal(object)
    follow_changed = Signal(bool)
    reset_requested = Signal()
    export_requested = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("curveControls")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._smoothing_label = QLabel(self)
        self._smoothing_label.setProperty("role", "caption")
        self._slider = CalmSlider(Qt.Orientation.Horizontal, self)
        self._slider.setObjectName("smoothingSlider")
        self._slider.setRange(0, len(SPANS) - 1)
        self._slider.setValue(SPANS.index(_DEFAULT_SPAN))
        self._slider.setPageStep(1)
        self._slider.setFixedWidth(84)
        self._smoothing_label.setBuddy(self._slider)
        self._span_label = QLabel(self)
        self._span_label.setProperty("role", "caption")
        self._log = self._button("logScaleButton", checkable=True)
        self._raw = self._button("rawCurveButton", checkable=True)
        self._raw.setChecked(True)
        self._follow = self._button("followButton", checkable=True)
        self._follow.setChecked(True)
        self._reset = self._button("resetZoomButton")
        self._export = self._button("exportCurvesButton")
        self._axis = CalmCombo(self)
        self._axis.setObjectName("curveAxisCombo")
        self._axis.addItem("", "step")
        self._axis.addItem("", "epoch")
        self._axis.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self._smoothing_label)
        row.addWidget(self._slider)
        row.addWidget(self._span_label)
        row.addSpacing(6)
        for widget in (self._axis, self._log, self._raw, self._follow, self._reset, self._export):
            row.addWidget(widget)

        # what gives way where there is no room, the first first; each has a key or stands in a menu too
        self._giving_way = (self._export, self._reset, self._smoothing_label, self._axis, self._follow, self._raw)
        self._slider.valueChanged.connect(self._on_slider)
        for toggle in (self._log, self._raw):
            toggle.toggled.connect(self._on_state)
        self._axis.currentIndexChanged.connect(self._on_state)
        self._follow.toggled.connect(self.follow_changed)
        self._reset.clicked.connect(self.reset_requested)
        self._export.clicked.connect(self.export_requested)
        for key, slot in (
            ("L", self._log.toggle),
            ("W", self._raw.toggle),
            ("O", self._follow.toggle),
            ("Home", self._reset.click),
            ("X", self._swap_axis),
        ):
            shortcut = QShortcut(QKeySequence(key), host)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self.retranslate()

    def give_way(self, room: int) -> None:
        """Hide what does not fit into `room` pixels, rather than cutting every text short."""
        for widget in self._giving_way:
            widget.show()
        for widget in self._giving_way:
            if self.sizeHint().width() <= room:
                break
            widget.hide()
            self._row.invalidate()

    def _button(self, name: str, checkable: bool = False) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("flat", True)
        button.setCheckable(checkable)
        return button

    @property
    def span(self) -> int:
        """Smoothing, in steps."""
        return SPANS[self._slider.value()]

    @property
    def state(self) -> PlotState:
        """How the curves are drawn."""
        return PlotState(self._log.isChecked(), self._raw.isChecked(), self._axis.currentData() == "epoch")

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
        """All texts in the language of the moment."""
        self._smoothing_label.setText(self.tr("Smoothing"))
        self._slider.setAccessibleName(self.tr("Smoothing of the training curves, in steps"))
        self._slider.setToolTip(
            self.tr("Average over about so many steps, the latest counting most; the raw curve stays behind it")
        )
        self._axis.setItemText(0, self.tr("Steps"))
        self._axis.setItemText(1, self.tr("Epochs"))
        self._axis.setAccessibleName(self.tr("Horizontal axis"))
        self._axis.setToolTip(self.tr("Count steps or epochs on the horizontal axis (X)"))
        for button, text, name, tip in (
            (
                self._log,
                self.tr("Log"),
                self.tr("Logarithmic loss"),
                self.tr("Loss on a logarithmic axis (L)"),
            ),
            (
                self._raw,
                self.tr("Raw"),
                self.tr("Raw curves"),
                self.tr("Show the value of every step behind the smoothed curve (W)"),
            ),
            (
                self._follow,
                self.tr("Follow"),
                self.tr("Follow the training"),
                self.tr("Keep the whole training in view while it grows (O)"),
            ),
            (
                self._reset,
                self.tr("Reset zoom"),
                self.tr("Reset zoom"),
                self.tr("Show everything (Home). Wheel zooms, drag pans; over an axis, only that axis"),
            ),
            (
                self._export,
                self.tr("Export…"),
                self.tr("Export curves"),
                self.tr("Save the curves as PNG, SVG or PDF, the numbers as CSV or JSON (Ctrl+E)"),
            ),
        ):
            button.setText(text)
            button.setAccessibleName(name)
            button.setToolTip(tip)
        self._show_span()

    def _show_span(self) -> None:
        # the widest text keeps its place, so that the row does not jump while the slider moves
        texts = [self._span_text(span) for span in SPANS]
        metrics = QFontMetrics(self._span_label.font())
        self._span_label.setFixedWidth(max(metrics.horizontalAdvance(text) for text in texts) + 4)
        self._span_label.setText(self._span_text(self.span))

    def _span_text(self, span: int) -> str:
        return self.tr("off") if span == 1 else self.tr("{n} steps").format(n=f"{span:,}")

    def _swap_axis(self) -> None:
        self._axis.setCurrentIndex(1 - self._axis.currentIndex())

    def _on_slider(self, _value: int) -> None:
        self._show_span()
        self.span_changed.emit(self.span)

    def _on_state(self, _value: object) -> None:
        self.state_changed.emit(self.state)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
