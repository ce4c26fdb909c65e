"""The slim row above the curves of several runs: axis, smoothing, scale, what is shown, export."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QMenu, QSizePolicy, QToolButton, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.runs.compare.comparison import Alignment
from cnnviewer.ui.compare.plot import CompareState
from cnnviewer.ui.train.curves.controls import SPANS
from cnnviewer.ui.widgets.calm import CalmCombo, CalmSlider
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow

_AXES: Final[tuple[Alignment, ...]] = ("step", "epoch", "seconds")
_DEFAULT_SPAN: Final = 50


class CompareControls(Translated, QWidget):
    """How the curves are shown.

    Signals:
        state_changed: a `CompareState`.
        span_changed: smooth over about so many steps.
        reset_requested: show everything.
        export_requested: a file with the picture is requested.
    """

    state_changed = Signal(object)
    span_changed = Signal(int)
    reset_requested = Signal()
    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._axis = CalmCombo(self)
        self._axis.setObjectName("compareAxisCombo")
        for key in _AXES:
            self._axis.addItem("", key)
        self._axis.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._smoothing = PlainLabel(self)
        self._smoothing.setProperty("role", "caption")
        self._slider = CalmSlider(Qt.Orientation.Horizontal, self)
        self._slider.setObjectName("compareSmoothingSlider")
        self._slider.setRange(0, len(SPANS) - 1)
        self._slider.setValue(SPANS.index(_DEFAULT_SPAN))
        self._slider.setPageStep(1)
        self._slider.setFixedWidth(84)
        self._log = self._button("compareLogButton", checkable=True)
        self._training = self._button("compareTrainingButton", checkable=True, on=True)
        self._validation = self._button("compareValidationButton", checkable=True, on=True)
        self._more = self._button("compareMoreButton")
        self._more.setProperty("more", True)
        self._more.setText("…")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self._reset, self._export = menu.addAction(""), menu.addAction("")
        self._reset.setObjectName("compareResetAction")
        self._export.setObjectName("compareExportAction")
        self._more.setMenu(menu)
        row = WrappingRow(self, 6)
        row.addWidget(self._axis)
        row.add_together(self._smoothing, self._slider)
        for widget in (self._log, self._training, self._validation):
            row.addWidget(widget)
        row.add_stretch()
        row.addWidget(self._more)
        self._axis.currentIndexChanged.connect(self._on_state)
        for toggle in (self._log, self._training, self._validation):
            toggle.toggled.connect(self._on_state)
        self._slider.valueChanged.connect(self._on_slider)
        self._reset.triggered.connect(self.reset_requested)
        self._export.triggered.connect(self.export_requested)
        self.retranslate()

    def _button(self, name: str, checkable: bool = False, on: bool = False) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("flat", True)
        button.setCheckable(checkable)
        button.setChecked(on)
        return button

    @property
    def state(self) -> CompareState:
        """How the curves are drawn."""
        return CompareState(
            self._axis.currentData(), self._log.isChecked(), self._training.isChecked(), self._validation.isChecked()
        )

    @property
    def span(self) -> int:
        """Smoothing, in steps."""
        return SPANS[self._slider.value()]

    def give_way(self, room: int) -> None:
        """Leave out a word where not everything fits into one line of `room` pixels."""
        parts = (self._axis, self._smoothing, self._log, self._training, self._validation, self._more)
        width = sum(part.sizeHint().width() for part in parts) + self._slider.width()
        self._smoothing.setVisible(width + 50 <= room)

    def _on_state(self, _value: object) -> None:
        self.state_changed.emit(self.state)

    def _on_slider(self, _value: int) -> None:
        self._show_span()
        self.span_changed.emit(self.span)

    def _show_span(self) -> None:
        span = self.tr("off") if self.span == 1 else counted(self.tr("{n:step|steps}"), n=f"{self.span:,}")
        self._slider.setToolTip(
            tool_tip(
                self.tr(
                    "Training curves are averaged over about so many steps, the latest counting most: {span}"
                ).format(span=span)
            )
        )

    def retranslate(self) -> None:
        """All texts in the current language."""
        for place, text in enumerate((self.tr("Steps"), self.tr("Epochs"), self.tr("Time"))):
            self._axis.setItemText(place, text)
        self._axis.setAccessibleName(self.tr("What the runs are aligned by"))
        self._axis.setToolTip(self.tr("Lay the curves over one another by steps, by epochs or by time of training"))
        self._smoothing.setText(self.tr("Smoothing"))
        self._slider.setAccessibleName(self.tr("Smoothing of the training curves, in steps"))
        self._show_span()
        for button, text, tip in (
            (self._log, self.tr("Log scale"), self.tr("Loss on a log scale")),
            (self._training, self.tr("Training"), self.tr("Show the training curves: thin, smoothed")),
            (self._validation, self.tr("Validation"), self.tr("Show the validation curves: strong, with symbols")),
        ):
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(tool_tip(tip))
        for action, text, tip in (
            (self._reset, self.tr("Reset zoom"), self.tr("Show everything. Wheel zooms, drag pans")),
            (self._export, self.tr("Export…"), self.tr("Save the curves as PNG, SVG or PDF")),
        ):
            action.setText(text)
            action.setToolTip(tool_tip(tip))
        self._more.setAccessibleName(self.tr("More for the curves"))
        self._more.setToolTip(self.tr("Reset the zoom, or save the curves"))
