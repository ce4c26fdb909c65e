"""The menu's entries about the training: they say and do what the buttons of Train say and do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from cnnviewer.ui.train.buttons import TrainButtons
from cnnviewer.ui.widgets.plain_text import caption, tool_tip

_BUTTONS: Final = {
    "actionTrain": "train",
    "actionBranch": "branch",
    "actionPause": "pause",
    "actionStep": "step",
    "actionStop": "stop",
    "actionBackToRun": "back",
}


class TrainActions(QObject):
    """Keeps the actions like the buttons.

    Signals:
        newest_requested: no run is shown, and the newest one of the list shall be resumed.
    """

    newest_requested = Signal()

    def __init__(self, actions: dict[str, QAction], buttons: TrainButtons, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._buttons = buttons
        for name, key in _BUTTONS.items():
            actions[name].triggered.connect(buttons.by_key[key].click)
        actions["actionResume"].triggered.connect(self._on_resume_triggered)
        buttons.changed.connect(self.follow)

    def follow(self) -> None:
        """Say what stands on the buttons, and enable what they can do."""
        for name, key in _BUTTONS.items():
            button = self._buttons.by_key[key]
            self._actions[name].setText(caption(button.accessibleName()))  # whole: there is room for a long name
            self._actions[name].setEnabled(button.isEnabled())
            self._actions[name].setToolTip(button.toolTip())
        now, resume = self._buttons.steering, self._buttons.by_key["resume_run"]
        fine_tuning = self._actions["actionTrainFrom"]
        fine_tuning.setEnabled(now.can_train_from)
        fine_tuning.setToolTip(
            tool_tip(
                self.tr("Begin a new run with these weights, where wanted with frozen layers; muted channels stay so")
                if now.can_train_from or now.state != "idle"
                else self.tr("This needs weights that have learned something, and a data set with such images")
            )
        )
        self._actions["actionResume"].setText(resume.text() if now.run else self.tr("Continue the newest run"))
        self._actions["actionResume"].setEnabled(resume.isEnabled() if now.run else now.state == "idle")

    def _on_resume_triggered(self) -> None:
        if self._buttons.steering.run:
            self._buttons.by_key["resume_run"].click()
        else:
            self.newest_requested.emit()
