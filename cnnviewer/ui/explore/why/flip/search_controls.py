"""How a change is searched: the method, the goal, and how many grey levels it may take."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from cnnviewer.core.inspection.adversarial.records import ATTACKS, FlipRequest
from cnnviewer.ui.widgets.calm import CalmCombo, CalmSlider
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.popover_button import PopoverButton
from cnnviewer.ui.widgets.segmented import Segmented
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow

ANY: Final = -1
ASKED: Final = -2
"""The goal that the question asks for."""
_USUAL: Final = 64
"""Grey levels at the end of the slider, unless a search found more."""


class _Levels(PlainLabel):
    """As wide as the widest number, in letters of any size."""

    def sizeHint(self) -> QSize:
        """Every number has room."""
        return QSize(self.fontMetrics().horizontalAdvance("ε = 255"), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Likewise."""
        return self.sizeHint()


class SearchControls(Translated, QWidget):
    """Holds the request. The grey levels stand here; method and goal are rows of a popover.

    Signals:
        request_changed: `request` is another one.
    """

    request_changed = Signal()

    def __init__(self, popover: PopoverButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._classes: tuple[str, ...] = ()
        self._predicted: int | None = None
        self._asked: int | None = None
        self._fewest = True
        self._attack = Segmented(self)
        self._attack.setObjectName("flipAttack")
        for attack in ATTACKS:
            self._attack.add(attack, name=f"flip{attack.title()}Segment")
        self._attack_label, self._goal_label = PlainLabel(), PlainLabel()
        self._level_label, self._levels = PlainLabel(self), _Levels(self)
        self._goal = CalmCombo(self)
        self._goal.setObjectName("flipGoalCombo")
        self._slider = CalmSlider(Qt.Orientation.Horizontal, self)
        self._slider.setObjectName("flipEpsilonSlider")
        self._slider.setRange(0, _USUAL)
        self._slider.setMinimumSize(120, 22)
        self._button = QPushButton(self)
        self._button.setObjectName("flipFewestButton")
        self._button.setCheckable(True)
        self.rows = popover.add_row(self._attack_label, self._attack), popover.add_row(self._goal_label, self._goal)
        self._lay_out()
        self._attack.chosen.connect(self._on_chosen)
        self._goal.activated.connect(self._on_chosen)
        self._slider.valueChanged.connect(self._on_moved)
        self._button.clicked.connect(self._on_fewest)
        self.retranslate()

    def _lay_out(self) -> None:
        self._level_label.setProperty("role", "caption")
        self._level_label.setBuddy(self._slider)
        levels = QWidget(self)
        beside = QHBoxLayout(levels)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(6)
        for widget in (self._level_label, self._slider, self._levels):
            beside.addWidget(widget, 1 if widget is self._slider else 0)
        row = WrappingRow(self)
        row.addWidget(levels)
        row.addWidget(self._button)

    @property
    def request(self) -> FlipRequest:
        """What is asked for."""
        goal = self._goal.currentData()
        return FlipRequest(
            next(attack for attack in ATTACKS if attack == self._attack.current),
            None if self._fewest else self._slider.value(),
            self._asked if goal in (None, ASKED) else None if goal == ANY else int(goal),
        )

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """The classes that can be the goal."""
        if classes != self._classes:
            self._classes = classes
            self._fill()

    def set_question(self, predicted: int | None, goal: int | None) -> None:
        """The class that the image is predicted as, and the one that the question asks for; None: any other."""
        self._predicted, self._asked = predicted, goal
        self._name_asked()

    @property
    def words(self) -> str:
        """From which class to which, and how."""
        towards = self.request.towards
        goal = self._any() if towards is None else class_word(self._classes[towards])
        how = self.tr("one step") if self.request.attack == "fgsm" else self.tr("many steps")
        if self._predicted is None or self._predicted >= len(self._classes):
            return self.tr("To {goal}, {how}").format(goal=goal, how=how)
        name = class_word(self._classes[self._predicted])
        return self.tr("From {name} to {goal}, {how}").format(name=name, goal=goal, how=how)

    @property
    def short_words(self) -> str:
        """From which class to which alone; empty where that is not known."""
        if self._predicted is None or self._predicted >= len(self._classes):
            return ""
        towards = self.request.towards
        goal = self._any() if towards is None else class_word(self._classes[towards])
        return f"{class_word(self._classes[self._predicted])} → {goal}"

    def _any(self) -> str:
        """Where there are two classes, the other one by its name."""
        if len(self._classes) == 2 and self._predicted is not None:
            return class_word(self._classes[1 - self._predicted])
        return self.tr("any other")

    def _name_asked(self) -> None:
        known = self._asked is not None and self._asked < len(self._classes)
        goal = class_word(self._classes[self._asked]) if known and self._asked is not None else self._any()
        self._goal.setItemText(0, self.tr("{goal}, as asked").format(goal=goal))

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
            self._goal.addItem("", ASKED)
            self._goal.addItem(self._any(), ANY)
            for index, name in enumerate(self._classes):
                self._goal.addItem(class_word(name), index)
            self._goal.setCurrentIndex(max(0, self._goal.findData(chosen)))
        self._name_asked()

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
        self._attack_label.setText(self.tr("Search"))
        self._goal_label.setText(self.tr("to"))
        self._goal.setAccessibleName(self.tr("Class to be predicted"))
        self._goal.setToolTip(
            tool_tip(
                self.tr(
                    "Which class the changed picture is to be predicted as. “As asked” follows the question above: "
                    "from the class predicted to the other one."
                )
            )
        )
        self._level_label.setText(self.tr("Grey levels"))
        self._slider.setAccessibleName(self.tr("Largest change of a value, in grey levels"))
        self._slider.setToolTip(
            tool_tip(self.tr("No value of the picture changes by more than so many of its 255 grey levels"))
        )
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
