"""Which sweep is shown, how far it is, and the buttons that steer it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from cnnviewer.core.runs.sweep.request import SweepProgress
from cnnviewer.ui.compare.texts import duration
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.focus import enable
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.translated import Translated


class SweepBar(Translated, QWidget):
    """One row.

    Signals:
        sweep_selected: name of a sweep.
        continue_requested, pause_requested, resume_requested, stop_requested: the buttons.
        export_requested: the table is requested as a file.
    """

    sweep_selected = Signal(str)
    continue_requested = Signal()
    pause_requested = Signal()
    resume_requested = Signal()
    stop_requested = Signal()
    export_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._now = SweepProgress()
        self._titles: dict[str, str] = {}
        self._sweeps = CalmCombo(self)
        self._sweeps.setObjectName("sweepCombo")
        self._sweeps.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._sweeps.setMinimumContentsLength(8)
        self._status = PlainLabel(self)
        self._status.setObjectName("sweepStatus")
        self._status.setProperty("role", "caption")
        self._sweeps.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._progress = QProgressBar(self)
        self._progress.setObjectName("sweepProgress")
        self._progress.setFixedWidth(64)
        self._continue, self._pause, self._stop, self._export = (QPushButton(self) for _ in range(4))
        for button, name, drawing in (
            (self._continue, "sweepContinueButton", "play"),
            (self._pause, "sweepPauseButton", "pause"),
            (self._stop, "sweepStopButton", "stop"),
            (self._export, "sweepExportButton", "export"),
        ):
            button.setObjectName(name)
            show_icon(button, drawing, size=14)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._sweeps, 6)
        row.addStretch(1)
        row.addWidget(self._progress)
        row.addWidget(self._status)
        for button in (self._continue, self._pause, self._stop, self._export):
            row.addWidget(button)
        self._sweeps.activated.connect(self._on_sweep)
        self._continue.clicked.connect(self.continue_requested)
        self._pause.clicked.connect(self._on_pause)
        self._stop.clicked.connect(self.stop_requested)
        self._export.clicked.connect(self.export_requested)
        self.retranslate()
        self.set_export_offered(False)

    def set_sweeps(self, titles: Mapping[str, str], current: str) -> None:
        """Offer the sweeps of these titles by their names."""
        with QSignalBlocker(self._sweeps):
            if titles != self._titles:
                self._titles = dict(titles)
                self._sweeps.clear()
                for name, title in titles.items():
                    self._sweeps.addItem(title, name)
                    self._sweeps.setItemData(self._sweeps.count() - 1, tool_tip(title), Qt.ItemDataRole.ToolTipRole)
            self._sweeps.setCurrentIndex(self._sweeps.findData(current))
        self._show()

    def set_now(self, now: SweepProgress) -> None:
        """Where the sweep shown stands."""
        self._now = now
        self._show()

    def set_export_offered(self, offered: bool) -> None:
        """There is a table."""
        self._export.setEnabled(offered)

    def _show(self) -> None:
        now = self._now
        going = now.phase != "idle"
        self.setVisible(going or self._sweeps.count() > 0)
        self._sweeps.setEnabled(not going)
        title = self._titles.get(self._sweeps.currentData() or "", "")
        self._sweeps.setToolTip(tool_tip("\n".join(filter(None, (title, self.tr("Choose an earlier sweep"))))))
        self._progress.setRange(0, max(1, now.total))
        self._progress.setValue(now.done)
        self._progress.setVisible(now.total > 0)
        shown = ((self._continue, not going and now.can_continue), (self._pause, going), (self._stop, going))
        for button, there in shown:
            if there:
                button.show()
        possible = (
            shown[0],
            (self._pause, now.phase in ("running", "paused")),
            (self._stop, now.phase in ("running", "paused", "preparing")),
        )
        enable(self, possible, self._pause if going else self._continue)
        for button, there in shown:
            button.setVisible(there)
        paused = now.phase == "paused"
        self._pause.setText(self.tr("Resume") if paused else self.tr("Pause"))
        self._pause.setAccessibleName(self._pause.text())
        show_icon(self._pause, "play" if paused else "pause", size=14)
        parts = []
        if now.total:
            parts.append(self.tr("{done} of {total} done").format(done=now.done, total=now.total))
            if going and now.seconds_left is not None:
                parts.append(self.tr("about {time} left").format(time=duration(now.seconds_left)))
            if paused:
                parts.append(self.tr("paused"))
        self._status.setText(", ".join(parts))
        self._status.setToolTip(tool_tip(self._status.text()))

    def _on_sweep(self, index: int) -> None:
        self.sweep_selected.emit(self._sweeps.itemData(index))

    def _on_pause(self) -> None:
        if self._now.phase == "paused":
            self.resume_requested.emit()
        else:
            self.pause_requested.emit()

    def retranslate(self) -> None:
        """All texts in the current language."""
        self._sweeps.setAccessibleName(self.tr("Sweep shown"))
        self._progress.setAccessibleName(self.tr("Trainings done"))
        for button, text, tip in (
            (
                self._continue,
                self.tr("Continue"),
                self.tr("Train what is left of this sweep; what is finished is not trained again"),
            ),
            (self._stop, self.tr("Stop"), self.tr("Stop the sweep; Continue resumes it where it was")),
            (self._export, self.tr("CSV…"), self.tr("Save the table as a CSV file")),
        ):
            button.setText(text)
            button.setToolTip(tool_tip(tip))
            button.setAccessibleName(text)
        self._pause.setToolTip(self.tr("Pause the training under way, or resume it"))
        self._show()
