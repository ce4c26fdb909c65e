"""A sweep: its grid, its table and its plot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.core.data.info import DataSource
from cnnviewer.core.models.recipe import ModelInfo
from cnnviewer.core.runs.sweep.plan import SweepRow
from cnnviewer.core.runs.sweep.request import SweepProgress
from cnnviewer.core.training.config import TrainConfig
from cnnviewer.core.wording import Words
from cnnviewer.ui.compare.run_style import SIGNS, colour
from cnnviewer.ui.compare.saving import ask_where
from cnnviewer.ui.compare.sweep.bar import SweepBar
from cnnviewer.ui.compare.sweep.form import SweepForm
from cnnviewer.ui.compare.sweep.lines import axes_of
from cnnviewer.ui.compare.sweep.plot import SweepPlot
from cnnviewer.ui.compare.sweep.table import SweepTable
from cnnviewer.ui.widgets.calm import CalmCombo, CalmTabBar
from cnnviewer.ui.widgets.invitation import Invitation
from cnnviewer.ui.widgets.plain_text import RichLabel, escaped
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.tall_content import TallContent
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated

_SIDE_BY_SIDE: Final = 720  # pixels of width
_WIDEST_FORM: Final = 1040


class SweepPage(Translated, QWidget):
    """The form folds away while its sweep is trained.

    Signals:
        request_changed: a `SweepRequest`: what stands in the form is another.
        start_requested: a `SweepRequest`.
        continue_requested, pause_requested, resume_requested, stop_requested: of the sweep shown.
        sweep_selected: name of an earlier sweep.
        run_selected: folder of a run to open.
        table_requested: path of the table that shall be written.
    """

    request_changed = Signal(object)
    start_requested = Signal(object)
    continue_requested = Signal()
    pause_requested = Signal()
    resume_requested = Signal()
    stop_requested = Signal()
    sweep_selected = Signal(str)
    run_selected = Signal(object)
    table_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sweepPage")
        self._rows: tuple[SweepRow, ...] = ()
        self._best: tuple[SweepRow, ...] = ()
        self._going = False
        self._fold = QToolButton(self)
        self._fold.setObjectName("sweepFoldButton")
        self._fold.setProperty("flat", True)
        self._fold.setCheckable(True)
        self._fold.setChecked(True)
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.form = SweepForm(self)
        self.bar = SweepBar(self)
        self.table = SweepTable(self)
        self.plot = SweepPlot(self)
        self._axis, self._measure = CalmCombo(self), CalmCombo(self)
        self._axis.setObjectName("sweepAxisCombo")
        self._measure.setObjectName("sweepMeasureCombo")
        for combo in (self._axis, self._measure):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._measure.addItem("", "validation")
        self._measure.addItem("", "test")
        self._legend = RichLabel(self)
        self._legend.setObjectName("sweepLegend")
        self._legend.setProperty("role", "caption")
        self._legend.setWordWrap(True)
        self._views = CalmTabBar(self)  # table or plot, where both have no room
        self._views.setObjectName("sweepViews")
        self._views.setDrawBase(False)
        self._views.setExpanding(False)
        for _ in range(2):
            self._views.addTab("")
        self._empty = Invitation("sweepEmpty", self)
        self._arrange()
        self._connect()
        self._dress()
        self.retranslate()
        self.set_rows((), ())

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._measure)
        head.addWidget(self._axis)
        head.addStretch(1)
        self._plotted = plotted = QFrame(self)
        plotted.setProperty("card", True)
        inside = QVBoxLayout(plotted)
        inside.setContentsMargins(6, 6, 6, 6)
        inside.setSpacing(4)
        inside.addLayout(head)
        inside.addWidget(self.plot, 1)
        inside.addWidget(self._legend)
        self._listed = listed = QFrame(self)
        listed.setProperty("card", True)
        around = QVBoxLayout(listed)
        around.setContentsMargins(2, 2, 2, 2)
        around.addWidget(self.table)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setObjectName("sweepSplitter")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(listed)
        self._splitter.addWidget(plotted)
        self._splitter.setSizes([500, 310])
        asked = QFrame(self)
        asked.setProperty("card", True)
        asked.setMaximumWidth(_WIDEST_FORM)
        within = QVBoxLayout(asked)
        within.setContentsMargins(12, 6, 12, 8)
        within.setSpacing(6)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)  # at the left alone, too
        top.addWidget(self.form.about, 1)
        within.addLayout(top)
        within.addWidget(self.form)
        column = QVBoxLayout(TallContent(self).content)
        column.setContentsMargins(10, 2, 10, 8)
        column.setSpacing(8)
        column.addWidget(asked)
        column.addWidget(self.bar)
        column.addWidget(self._views)
        column.addWidget(self._splitter, 1)
        column.addWidget(self._empty, 1)

    def _connect(self) -> None:
        self._fold.toggled.connect(self._on_fold)
        self.form.request_changed.connect(self.request_changed)
        self.form.start_requested.connect(self.start_requested)
        self.bar.continue_requested.connect(self.continue_requested)
        self.bar.pause_requested.connect(self.pause_requested)
        self.bar.resume_requested.connect(self.resume_requested)
        self.bar.stop_requested.connect(self.stop_requested)
        self.bar.sweep_selected.connect(self.sweep_selected)
        self.bar.export_requested.connect(self._ask_where_table_goes)
        self.table.opened.connect(self.run_selected)
        self.table.pointed.connect(self.plot.point_at)
        self._empty.accepted.connect(self.form.fill_example)
        self.plot.pointed.connect(self._on_pointed)
        self.plot.chosen.connect(self._on_chosen)
        self._views.currentChanged.connect(self._show_views)
        self._axis.activated.connect(self._show_plot)
        self._measure.activated.connect(self._show_plot)
        theme().changed.connect(self._dress)

    # values in

    def set_models(self, models: tuple[ModelInfo, ...]) -> None:
        """The models that can be trained."""
        self.form.set_models(models)

    def set_sources(self, sources: tuple[DataSource, ...]) -> None:
        """The data sets that are there."""
        self.form.set_sources(sources)

    def set_base(self, config: TrainConfig) -> None:
        """What the Train panel says."""
        self.form.set_base(config)

    def set_usual(self, config: TrainConfig) -> None:
        """What fields that are left empty stand for, with the model chosen on this page."""
        self.form.set_usual(config)

    def set_plan(self, count: int, seconds: float | None, problems: Mapping[str, Words]) -> None:
        """How many trainings the form asks for, about how long they take, and what is wrong with which field."""
        self.form.set_plan(count, seconds, problems)

    def set_sweeps(self, titles: Mapping[str, str], current: str) -> None:
        """The titles of the sweeps there are by their names, the newest first, and the name of the one shown."""
        self.bar.set_sweeps(titles, current)

    def set_rows(self, rows: tuple[SweepRow, ...], best: tuple[SweepRow, ...]) -> None:
        """The trainings of the sweep shown; `best` are of them: one, or several that are equally good."""
        self._rows, self._best = rows, best
        self.table.set_rows(rows, best)
        self._splitter.setVisible(bool(rows))
        self._show_views()
        self._empty.setVisible(not rows)
        self.bar.set_export_offered(bool(rows))
        self._offer_axes()
        self._show_plot()

    def set_now(self, now: SweepProgress, training: bool) -> None:
        """Where the sweep stands, and whether anything at all is trained."""
        going = now.phase != "idle"
        if going != self._going:
            self._going = going
            self._fold.setChecked(not going and not now.total)
        self.bar.set_now(now)
        self.table.model_.set_paused(now.phase == "paused")
        self.form.set_training(training)

    # inside

    def _offer_axes(self) -> None:
        axes = axes_of(self._rows)
        with QSignalBlocker(self._axis):
            if list(axes) != [self._axis.itemData(index) for index in range(self._axis.count())]:
                kept = self._axis.currentData()
                self._axis.clear()
                for name in axes:
                    self._axis.addItem(self._axis_title(name), name)
                self._axis.setCurrentIndex(max(0, self._axis.findData(kept)))
        self._axis.setVisible(len(axes) > 1)

    def _axis_title(self, name: str) -> str:
        titles = {
            "learning_rate": self.tr("learning rate"),
            "momentum": self.tr("momentum"),
            "batch_size": self.tr("batch size"),
            "epochs": self.tr("epochs"),
            "seed": self.tr("seed"),
        }
        return titles[name]

    def _show_plot(self, _index: int = 0) -> None:
        axis = self._axis.currentData() or "learning_rate"
        tested = self._measure.currentData() == "test"
        self.plot.set_rows(self._rows, self._best, axis, tested)
        logarithmic = self.plot.logarithmic
        title = self._axis_title(axis)
        self.plot.set_labels(
            self.tr("test accuracy (%)") if tested else self.tr("validation accuracy (%)"),
            self.tr("{quantity} (log)").format(quantity=title) if logarithmic else title,
        )
        parts = []
        for place, line in enumerate(self.plot.lines):
            if line.name:
                mark = f'<span style="color:{colour(place).name()}">{SIGNS[place % len(SIGNS)]}</span>'
                parts.append(f'<span style="white-space:nowrap">{mark}&nbsp;{escaped(line.name)}</span>')
        self._legend.setText("&nbsp;&nbsp; ".join(parts))
        self._legend.setVisible(bool(parts))

    def _on_pointed(self, row: int) -> None:
        self.table.show_current(row)

    def _on_chosen(self, row: int) -> None:
        run = self._rows[row].run if 0 <= row < len(self._rows) else None
        if run is not None:
            self.run_selected.emit(run.folder)

    def _on_fold(self, opened: bool) -> None:
        self.form.setVisible(opened)
        self.form.about.setVisible(opened)
        self._dress()

    def _dress(self) -> None:
        show_icon(self._fold, "chevron-down" if self._fold.isChecked() else "chevron-right", "muted")
        self._show_plot()

    def _ask_where_table_goes(self) -> None:
        ask_where(self, self.tr("Save the table"), self.tr("Tables (*.csv)"), "sweep.csv", self.table_requested.emit)

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Table or plot where it is narrow."""
        super().resizeEvent(event)
        self._show_views()

    def _show_views(self, _index: int = 0) -> None:
        wide = self.width() >= _SIDE_BY_SIDE
        self._views.setVisible(bool(self._rows) and not wide)
        self._listed.setVisible(wide or self._views.currentIndex() == 0)
        self._plotted.setVisible(wide or self._views.currentIndex() == 1)

    def retranslate(self) -> None:
        """All texts in the current language."""
        self.setAccessibleName(self.tr("Sweep"))
        self._fold.setText(self.tr("New sweep"))
        self._fold.setAccessibleName(self.tr("New sweep"))
        self._fold.setToolTip(self.tr("Show or hide the fields that describe a new sweep"))
        self.plot.setAccessibleName(self.tr("Accuracy over the varied quantity"))
        self._axis.setAccessibleName(self.tr("Varied quantity"))
        self._axis.setToolTip(self.tr("Which varied quantity stands on the horizontal axis"))
        self._views.setAccessibleName(self.tr("Table or plot"))
        for index, (text, tip) in enumerate(
            (
                (self.tr("Table"), self.tr("Every training with its settings and its outcome")),
                (self.tr("Plot"), self.tr("Accuracy over the varied quantity")),
            )
        ):
            self._views.setTabText(index, text)
            self._views.setTabToolTip(index, tip)
        self._measure.setItemText(0, self.tr("Validation accuracy"))
        self._measure.setItemText(1, self.tr("Test accuracy"))
        self._measure.setAccessibleName(self.tr("Accuracy shown"))
        self._measure.setToolTip(self.tr("Choose by the validation; the test images only say how good the choice is"))
        self._empty.set_texts(
            self.tr("Train with many settings, one after the other"),
            self.tr(
                "List the values to try, such as learning rates 0.001, 0.01, 0.1: every combination is trained, one "
                "after the other, and comes up here as a table and a plot."
            ),
            self.tr("Try three learning rates"),
            self.tr("Write 0.001, 0.01, 0.1 into the field above; nothing is trained yet"),
        )
        for index in range(self._axis.count()):
            self._axis.setItemText(index, self._axis_title(self._axis.itemData(index)))
        self._show_plot()
