"""The place of the timeline; while other weights than the run's are on the screen, of the way back to the run."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from cnnviewer.ui.widgets.plain_text import caption, elided, tool_tip
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.window.timeline.timeline import TimelineBar

_WIDEST = 360  # pixels of the button


class TimelineArea(Translated, Styled, QWidget):
    """As high with the way back as with the timeline, so that the stage stays as it is when the weights change.

    A floating message in place of it would lie over the stage, go with the next messages, and leave the stage to grow
    and to shrink by the timeline's height.

    Signals:
        room_changed: the height in pixels that it would take and does not, for it is hidden; 0 while it is shown.
    """

    room_changed = Signal(int)

    def __init__(self, timeline: TimelineBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timelineArea")
        self._timeline = timeline
        self._run = ""
        self._wanted = True
        self._back = QPushButton(self)
        self._back.setObjectName("timelineBackButton")
        show_icon(self._back, "undo")
        self._row = QWidget(self)
        row = QHBoxLayout(self._row)
        row.setContentsMargins(12, 1, 12, 0)
        row.addWidget(self._back)
        row.addStretch(1)
        self._row.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(timeline)
        column.addWidget(self._row)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._back.clicked.connect(timeline.back_requested)
        timeline.away_changed.connect(self._on_away_changed)
        timeline.possible_changed.connect(self._on_possible_changed)
        self.retranslate()
        self.on_look_changed()
        self.hide()

    def _on_away_changed(self, run: str) -> None:
        self._run = run
        self.retranslate()
        self._show()

    def _on_possible_changed(self, _possible: bool) -> None:
        self._show()

    def set_wanted(self, wanted: bool) -> None:
        """Whether anything on the stage is a run's; else it is hidden, with the way back."""
        self._wanted = wanted
        self._show()

    def _show(self) -> None:
        self._row.setVisible(bool(self._run) and self._timeline.isHidden())
        self.setVisible(self._wanted and (bool(self._run) or not self._timeline.isHidden()))
        self._tell_room()

    def _tell_room(self) -> None:
        self.room_changed.emit(self._timeline.minimumHeight() if self.isHidden() else 0)

    def retranslate(self) -> None:
        """Set the button's text in the current language."""
        text = self.tr("Back to run {run}").format(run=self._run)
        self._back.setText(caption(elided(self._back.fontMetrics(), text, _WIDEST)))
        self._back.setAccessibleName(text)
        self._back.setToolTip(
            tool_tip(self.tr("Other weights are on the screen: show those of {run} again").format(run=self._run))
        )

    def on_look_changed(self) -> None:
        """Another theme, or letters of another size."""
        self._row.setFixedHeight(self._timeline.minimumHeight())
        self.retranslate()
        self._tell_room()
        self.update()

    def minimumSizeHint(self) -> QSize:
        """As high as the timeline."""
        return QSize(300, self._timeline.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, and a line that parts it from the stage."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("surface"))
        painter.setPen(QPen(theme().color("border"), 1, Qt.PenStyle.SolidLine))
        painter.drawLine(0, 0, self.width(), 0)
