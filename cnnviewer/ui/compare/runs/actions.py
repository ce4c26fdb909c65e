"""What can be done with the runs chosen, as actions with their keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from cnnviewer.core.runs.read.summary import RunSummary
from cnnviewer.ui.widgets.plain_text import tool_tip
from cnnviewer.ui.widgets.shown_icon import show_icon

BUTTONS: Final = ("actionRunOpen", "actionRunResume", "actionRunBranch", "actionRunCompare", "actionRunDelete")
_KEYS: Final = {
    "actionRunOpen": "",
    "actionRunResume": "Ctrl+Return",
    "actionRunBranch": "Ctrl+Shift+B",
    "actionRunCompare": "",
    "actionRunDuplicate": "Ctrl+D",
    "actionRunRename": "F2",
    "actionRunNote": "Shift+F2",
    "actionRunDelete": "Del",
    "actionRunUndo": "",
    "actionRunReveal": "",
    "actionRunElsewhere": "",
}
_HINTS: Final = {"actionRunOpen": "Return", "actionRunUndo": "Ctrl+Z"}  # keys that the table itself takes
_ICONS: Final = {
    "actionRunOpen": "open",
    "actionRunResume": "play",
    "actionRunBranch": "branch",
    "actionRunCompare": "compare",
    "actionRunDuplicate": "copy",
    "actionRunRename": "pen",
    "actionRunDelete": "bin",
    "actionRunUndo": "undo",
    "actionRunReveal": "folder",
}
_MENU: Final = (
    "actionRunOpen",
    "actionRunResume",
    "actionRunBranch",
    "actionRunCompare",
    "actionRunDuplicate",
    "",
    "actionRunRename",
    "actionRunNote",
    "",
    "actionRunDelete",
    "actionRunUndo",
    "",
    "actionRunReveal",
    "actionRunElsewhere",
)


class RunActions(QObject):
    """Owner of the actions.

    Attributes:
        by_name: by object name.
    """

    def __init__(self, table: QWidget) -> None:
        super().__init__(table)
        self.by_name: dict[str, QAction] = {}
        for name, keys in _KEYS.items():
            action = QAction(table)
            action.setObjectName(name)
            if keys:
                action.setShortcut(QKeySequence(keys))
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            table.addAction(action)
            show_icon(action, _ICONS.get(name, ""), "muted")
            self.by_name[name] = action
        self.suit(())

    def fill(self, menu: QMenu) -> None:
        """Put every action into a menu."""
        for name in _MENU:
            if name:
                menu.addAction(self.by_name[name])
            else:
                menu.addSeparator()

    def suit(self, chosen: Sequence[RunSummary]) -> None:
        """Enable what can be done with these."""
        one = len(chosen) == 1
        running = any(run.state == "running" for run in chosen)
        possible = {
            "actionRunOpen": one,
            "actionRunResume": one and not running,
            "actionRunBranch": one,
            "actionRunCompare": len(chosen) > 1,
            "actionRunDuplicate": one,
            "actionRunRename": one,
            "actionRunNote": one,
            "actionRunDelete": bool(chosen) and not running,
            "actionRunReveal": one,
        }
        for name, can in possible.items():
            self.by_name[name].setEnabled(can)

    def _texts(self) -> dict[str, tuple[str, str]]:
        return {
            "actionRunOpen": (
                self.tr("Open"),
                self.tr("Show its curves and its newest weights; one that is being trained is followed"),
            ),
            "actionRunResume": (
                self.tr("Continue"),
                self.tr("Train on where it was left; one that is finished is given more epochs"),
            ),
            "actionRunBranch": (
                self.tr("Branch…"),
                self.tr(
                    "Start a new run from a step of this one, with another learning rate, momentum or number of epochs"
                ),
            ),
            "actionRunCompare": (self.tr("Compare"), self.tr("Set the runs chosen side by side; choose two or more")),
            "actionRunDuplicate": (
                self.tr("Duplicate as new configuration"),
                self.tr("Put its model, data and numbers into the panel, to change them and train anew"),
            ),
            "actionRunRename": (self.tr("Rename"), self.tr("Give it a name of your own")),
            "actionRunNote": (self.tr("Write note"), self.tr("Write a note about it")),
            "actionRunDelete": (self.tr("Delete"), self.tr("Delete the selected runs; it can be undone")),
            "actionRunUndo": (self.tr("Undo"), self.tr("Take back the last deletion, name or note of the list")),
            "actionRunReveal": (self.tr("Show in file manager"), self.tr("Open its folder")),
            "actionRunElsewhere": (
                self.tr("Open folder…"),
                self.tr("Open the folder of a run anywhere, also one on a shared disk that is being trained elsewhere"),
            ),
        }

    def retranslate(self) -> None:
        """All texts in the current language."""
        for name, (text, tip) in self._texts().items():
            action = self.by_name[name]
            keys = QKeySequence(_HINTS.get(name, "")) if name in _HINTS else action.shortcut()
            native = keys.toString(QKeySequence.SequenceFormat.NativeText)
            action.setText(f"{text}\t{native}" if name in _HINTS else text)
            action.setIconText(text)
            action.setToolTip(tool_tip(f"{tip} ({native})" if native else tip))
