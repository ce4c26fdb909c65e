"""The workspace Train: the settings, the curves or the log, and beside them what the model is learning."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cnnviewer.ui.train.curves.view import GAP, CurvesView
from cnnviewer.ui.train.learning.view import LearningView
from cnnviewer.ui.train.log_view import LogView
from cnnviewer.ui.train.panel import TrainPanel
from cnnviewer.ui.widgets.segmented import Segmented
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.translated import Translated

_PANEL_WIDTH, _LEARNING_WIDTH, _LEAST_LEARNING_WIDTH = 280, 300, 220
_LEARNING_FROM, _LEAST_LEARNING_FROM = 1200, 1080  # pixels of the workspace; a narrower one has no room for it
_MOST_PANEL = 0.4  # of the workspace, in larger letters
_USUAL_LETTERS = 13  # pixels, for which these widths are meant


class TrainWorkspace(Styled, Translated, QWidget):
    """Settings at the left; in the middle the curves or, one click behind, the log; at the right kernels and maps.

    Attributes:
        learning: the card at the right.
    """

    def __init__(self, panel: TrainPanel, curves: CurvesView, log: LogView) -> None:
        super().__init__()
        self.setObjectName("trainWorkspace")
        self.learning = LearningView()
        self._panel, self._curves = panel, curves
        self._choice = Segmented(self)
        self._choice.setObjectName("trainSegments")
        self._choice.add("curves", name="trainCurvesButton")
        self._choice.add("log", name="trainLogButton")
        log_card = QFrame()
        log_card.setProperty("card", True)
        inside = QVBoxLayout(log_card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(log)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(curves)
        self._pages.addWidget(log_card)
        above = QHBoxLayout()
        above.setSpacing(GAP)
        above.addWidget(self._choice, 0, Qt.AlignmentFlag.AlignLeft)
        above.addWidget(curves.bar, 1)
        middle = QVBoxLayout()
        middle.setSpacing(10)
        middle.addLayout(above)
        middle.addWidget(self._pages, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 14)
        row.setSpacing(GAP)
        row.addWidget(panel)
        row.addLayout(middle, 1)
        row.addWidget(self.learning)
        self._choice.chosen.connect(self._on_chosen)
        curves.train_requested.connect(panel.buttons.by_key["train"].click)
        panel.buttons.changed.connect(self._follow_buttons)
        self._follow_buttons()
        self._give_widths()
        self.retranslate()

    def show_part(self, part: str) -> None:
        """Show the `curves` or the `log`."""
        self._choice.set_current(part)
        self._on_chosen(part)

    def leave_room_below(self, height: int) -> None:
        """Keep the buttons so many pixels higher: there the timeline will stand, and no button moves when it comes."""
        self._panel.setContentsMargins(0, 0, 0, height)

    def _on_chosen(self, part: str) -> None:
        self._pages.setCurrentIndex(0 if part == "curves" else 1)
        self._curves.bar.setVisible(part == "curves")

    def _follow_buttons(self) -> None:
        """Say in the empty state what stands on the button, or why it cannot be pressed."""
        button = self._panel.buttons.by_key["train"]
        name, tip = button.accessibleName(), button.accessibleDescription()
        self._curves.empty.set_offer(
            name, tip, button.isEnabled(), f"{tip}." if self._panel.buttons.steering.lack else ""
        )

    def _give_widths(self) -> None:
        scale = max(1.0, QFontInfo(self.font()).pixelSize() / _USUAL_LETTERS)
        most = max(_PANEL_WIDTH, round(_MOST_PANEL * self.width()), min(self._panel.least_width, self.width() // 2))
        self._panel.setFixedWidth(min(round(_PANEL_WIDTH * scale), most))
        width = _LEARNING_WIDTH if self.width() >= round(_LEARNING_FROM * scale) else _LEAST_LEARNING_WIDTH
        self.learning.set_width(round(width * scale), self.width() >= round(_LEAST_LEARNING_FROM * scale))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make narrow what has little room, and fold it where it has none."""
        super().resizeEvent(event)
        self._give_widths()

    def on_look_changed(self) -> None:
        """Grow with the text."""
        self._give_widths()

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self._choice.set_texts(
            {
                "curves": (self.tr("Curves"), self.tr("Loss and accuracy over the training")),
                "log": (self.tr("Log"), self.tr("What the training prints, as the course's scripts do")),
            }
        )
        self._choice.setAccessibleName(self.tr("Curves and log"))
