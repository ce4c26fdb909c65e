"""How a change is searched: the method, the goal, and how many grey levels it may take."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cnnviewer.core.inspection.adversarial.records import ATTACKS, FlipRequest
from cnnviewer.ui.widgets.calm import CalmCombo, CalmSlider
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.segmented import Segmented
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow

ANY: Final = -1
_USUAL: Final = 64
"""Grey levels at the end of the slider, unless a search found more."""


class SearchControls(Translated, QWidget):
    """Holds the request.

    Signals:
        request_changed: `request` is another one.
    """

    request_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._classes: tuple[str, ...] = ()
        self._predicted: int | None = None
        self._fewest = True
        self._attack = Segmented(self)
        self._attack.setObjectName("flipAttack")
        for attack in ATTACKS:
            self._attack.add(attack, name=f"flip{attack.title()}Segment")
        self._goal_label, self._level_label, self._levels = (PlainLabel(self) for _ in range(3))
        self._goal = CalmCombo(self)
        self._goal.setObjectName("flipGoalCombo")
        self._slider = CalmSlider(Qt.Orientation.Horizontal, self)
        self._slider.setObjectName("flipEpsilonSlider")
        self._slider.setRange(0, _USUAL)
        self._slider.setMinimumSize(120, 22)
        self._button = QPushButton(self)
        self._button.setObjectName("flipFewestButton")
        self._button.setCheckable(True)
        self._lay_out()
        self._attack.chosen.connect(self._on_chosen)
        self._goal.activated.connect(self._on_chosen)
        self._slider.valueChanged.connect(self._on_moved)
        self._button.clicked.connect(self._on_fewest)
        self.retranslate()

    def _lay_out(self) -> None:
        for label in (self._goal_label, self._level_label):
            label.setProperty("role", "caption")
        self._goal_label.setBuddy(self._goal)
        self._level_label.setBuddy(self._slider)
        first, second = QWidget(self), QWidget(self)
        row = WrappingRow(first)
        row.addWidget(self._attack)
        row.add_together(self._goal_label, self._goal)
        row = WrappingRow(second)
        row.add_together(self._level_label, self._slider, self._levels)
        row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(first)
        column.addWidget(second)

    @property
    def request(self) -> FlipRequest:
        """What is asked for."""
        goal = self._goal.currentData()
        return FlipRequest(
            next(attack for attack in ATTACKS if attack == self._attack.current),
            None if self._fewest else self._slider.value(),
            None if goal in (None, ANY) else int(goal),
        )

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """The classes that can be the goal."""
        if classes != self._classes:
            self._classes = classes
            self._fill()

    def show_found(self, epsilon: int) -> None:
        """The fewest levels found: the slider goes there."""
        with QSignalBlocker(self._slider):
            self._slider.setMaximum(max(_USUAL, epsilon))
            self._slider.setValue(epsilon)
        self._show_levels()

    def ask(self, attack: str, epsilon: int | None, towards: int | None) -> None:
        """Choose a request."""
        self._attack.set_current(attack)
        self._goal.setCurrentIndex(self._goal.findData(ANY if towards is None else towards))
        self._fewest = epsilon is None
        if epsilon is not None:
            self.show_found(epsilon)
        self._on_chosen()

    def _on_chosen(self, _chosen: object = None) -> None:
        self._show_levels()
        self.request_changed.emit()

    def _on_moved(self) -> None:
        self._fewest = False
        self._on_chosen()

    def _on_fewest(self) -> None:
        self._fewest = True  # once more where it is on already: an earlier search may have been cancelled
        self._on_chosen()

    def _show_levels(self) -> None:
        self._button.setChecked(self._fewest)
        self._levels.setText(f"ε = {self._slider.value()}")

    def _fill(self) -> None:
        chosen = self._goal.currentData()
        with QSignalBlocker(self._goal):
            self._goal.clear()
            self._goal.addItem(self.tr("any other"), ANY)
            for index, name in enumerate(self._classes):
                self._goal.addItem(class_word(name), index)
            self._goal.setCurrentIndex(max(0, self._goal.findData(chosen)))

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self._attack.set_texts(
            {
                "fgsm": (
                    self.tr("One step"),
                    self.tr(
                        "Fast gradient sign method (FGSM): every value goes by ε in the direction in which the loss "
                        "rises; towards a chosen class, falls"
                    ),
                ),
                "pgd": (
                    self.tr("Many steps"),
                    self.tr(
                        "Projected gradient descent (PGD): 20 small steps, after each back to within ε of the image; "
                        "the best is kept, and it is never worse than one step"
                    ),
                ),
            }
        )
        self._attack.setAccessibleName(self.tr("Method of the search"))
        self._goal_label.setText(self.tr("to"))
        self._goal.setAccessibleName(self.tr("Class to be predicted"))
        self._goal.setToolTip(tool_tip(self.tr("Which class the changed picture is to be predicted as")))
        self._level_label.setText(self.tr("Grey levels"))
        self._slider.setAccessibleName(self.tr("Largest change of a value, in grey levels"))
        self._slider.setToolTip(
            tool_tip(self.tr("No value of the picture changes by more than so many of its 255 grey levels"))
        )
        self._levels.setMinimumWidth(self._levels.fontMetrics().horizontalAdvance("ε = 255"))
        self._button.setText(self.tr("Smallest found"))
        self._button.setAccessibleName(self.tr("Search the smallest change"))
        self._button.setToolTip(
            tool_tip(
                self.tr(
                    "Tries every number of grey levels from 0 to 16; beyond that it doubles, then halves the distance"
                )
            )
        )
        self._fill()
        self._show_levels()
