"""The button that says with which predictions the table is compared, and its menu."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from cnnviewer.ui.widgets.plain_text import caption, tool_tip
from cnnviewer.ui.widgets.popover_button import PopoverButton
from cnnviewer.ui.widgets.translated import Translated


class CompareButton(Translated, PopoverButton):
    """A button with a menu; it says what was chosen.

    Signals:
        requested: `none`, `shown` for the weights on the screen, `unmuted` for them without their muted channels,
            `first`, `best` or `last` for a step of the run on the screen, or the folder of a run.
        opened: the menu is about to be shown: the choices should be those of now.
    """

    requested = Signal(str)
    opened = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._current = ""
        self._steps: tuple[tuple[str, int], ...] = ()
        self._runs: tuple[tuple[str, str], ...] = ()
        self.menu().aboutToShow.connect(self.opened)
        self.menu().triggered.connect(self._on_triggered)
        self.retranslate()

    def set_choices(self, steps: tuple[tuple[str, int], ...], runs: tuple[tuple[str, str], ...]) -> None:
        """Offer steps of the run on the screen, as key (`first`, `best`, `last`) and step, and other runs.

        The key `unmuted` stands for the weights on the screen without their muted channels.

        `runs`: their folders and names.
        """
        if (steps, runs) != (self._steps, self._runs):
            self._steps, self._runs = steps, runs
            self._fill()

    def set_current(self, words: str) -> None:
        """Say with what the table is compared; empty: with nothing."""
        self._current = words
        self._fill()
        self.show_words(self.tr("Compared with {what}").format(what=words) if words else self.tr("Compare with"))

    def _on_triggered(self, action: QAction) -> None:
        self.requested.emit(str(action.data()))

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        self._add(menu, "none", self.tr("Nothing"), not self._current)
        tip = self.tr("Keep these predictions, then go to another step, run or file: the table shows what differs")
        self._add(menu, "shown", self.tr("The weights on the screen, from now on")).setToolTip(tool_tip(tip))
        names = {
            "unmuted": self.tr("Without muted channels"),
            "first": self.tr("Untrained, step {step}"),
            "best": self.tr("Best, step {step}"),
            "last": self.tr("Last, step {step}"),
        }
        for key, step in self._steps:
            if key == "first":
                menu.addSection(self.tr("This run"))
            self._add(menu, key, names[key].format(step=f"{step:,}"))
        if self._runs:
            menu.addSection(self.tr("Another run"))
        for folder, name in self._runs:
            self._add(menu, folder, name)

    def _add(self, menu: QMenu, key: str, text: str, checked: bool | None = None) -> QAction:
        action = menu.addAction(caption(text))
        action.setData(key)
        if checked is not None:
            action.setCheckable(True)
            action.setChecked(checked)
        return action

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setToolTip(
            tool_tip(self.tr("Show what differs from another step or run, and the images that became correct or wrong"))
        )
        self.set_current(self._current)
