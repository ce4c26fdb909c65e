"""The buttons of the timeline: their texts, their signs, and which of them give way where it is narrow."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton, QWidget

from cnnviewer.ui.widgets.plain_text import caption, tool_tip
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.window.timeline.menu import TimeMenu

GAP: Final = 4
"""Pixels between two buttons."""
_TOOLS = {
    "earlier": ("timeEarlierButton", "back", "text"),
    "play": ("timePlayButton", "play", "#ffffff"),
    "later": ("timeLaterButton", "step", "text"),
    "mark": ("timeMarkButton", "mark", "text"),
    "more": ("timeMoreButton", "more", "text"),
}
_GIVING_WAY = ("mark", "branch", "now")
"""The first to go where there is little room; the menu then has them."""


class TimeButtons(QObject):
    """Owner of the buttons.

    Attributes:
        by_key: `earlier`, `play`, `later`, `mark`, `more`, `now` and `branch`.
    """

    def __init__(self, menu: TimeMenu, parent: QWidget) -> None:
        super().__init__(parent)
        self._menu = menu
        self._branch_step: int | None = None
        self._branch_waits = False
        self._tips: tuple[bool, str] | None = None  # whether it plays, and how: what the tool tips say
        more = _tool("timeMoreButton")
        more.setMenu(menu)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.by_key: dict[str, QAbstractButton] = {key: _tool(name) for key, (name, _, _) in _TOOLS.items()}
        self.by_key |= {"more": more, "now": QPushButton(), "branch": QPushButton()}
        for key, (_, drawing, token) in _TOOLS.items():
            show_icon(self.by_key[key], drawing, token)
        play, branch = self.by_key["play"], self.by_key["branch"]
        play.setCheckable(True)
        play.setProperty("flat", False)
        play.setProperty("primary", True)
        self.by_key["now"].setObjectName("timeNowButton")
        branch.setObjectName("timeBranchButton")
        branch.setEnabled(False)
        menu.aboutToShow.connect(self._fill_menu)

    @property
    def playing(self) -> bool:
        """Whether Play is pressed."""
        return self.by_key["play"].isChecked()

    def set_branch(self, step: int | None, waits: bool = False) -> None:
        """Say from which step a new run would branch; None: from none, where it `waits` because of a training."""
        self._branch_step, self._branch_waits = step, waits
        button = self.by_key["branch"]
        button.setText(self._branch_text(step))
        button.setAccessibleName(button.text())
        if step is not None:
            tip = self.tr("Begin a new run with the weights of this step, and choose its settings")
        elif waits:
            tip = self.tr("A training is under way: stop it to begin a new run at this step")
        else:
            tip = self.tr("Go to an earlier step, then begin a new run there")
        button.setToolTip(tool_tip(tip))

    def _branch_text(self, step: int | None) -> str:
        if step is None:
            return self.tr("Branch here")
        return self.tr("Branch from step {step}").format(step=f"{step:,}")

    def show_tips(self) -> None:
        """Say in the tool tips what each does, and how a run is played."""
        tips = self.playing, self._menu.pace_text()
        if tips == self._tips:
            return
        self._tips = tips
        show_icon(self.by_key["play"], "pause" if self.playing else "play", "#ffffff")
        play = (
            (self.tr("Pause the playback"), self.tr("Stop here (Space)"))
            if self.playing
            else (self.tr("Play the run"), self.tr("Play the recorded steps (Space): {pace}"))
        )
        for key, name, tip in (
            ("earlier", self.tr("Previous snapshot"), self.tr("Previous snapshot, or previous epoch (Alt+Left)")),
            ("play", play[0], play[1].format(pace=tips[1])),
            ("later", self.tr("Next snapshot"), self.tr("Next snapshot, or next epoch (Alt+Right)")),
            ("now", self.tr("Latest"), self.tr("Go to the newest weights, and follow them (Alt+End)")),
            ("mark", self.tr("Bookmark"), self.tr("Bookmark this step (Ctrl+M)")),
            ("more", self.tr("More"), self.tr("How the run is played, best epoch, bookmarks, video")),
        ):
            self.by_key[key].setAccessibleName(name)
            self.by_key[key].setToolTip(tool_tip(tip))

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.by_key["now"].setText(self.tr("Latest"))
        self.set_branch(self._branch_step, self._branch_waits)
        self._tips = None
        self.show_tips()

    def reserve(self, last_step: int, home: QWidget) -> None:
        """Give Branch the width of its widest text in the letters of `home`, for a run with so many steps."""
        texts = (self._branch_text(None), self._branch_text(max(last_step, 1000)))
        self.by_key["branch"].setMinimumWidth(24 + max(map(home.fontMetrics().horizontalAdvance, texts)))

    def give_way(self, room: int) -> None:
        """Leave out the buttons that the menu has instead, until the others fit into `room` pixels."""
        wanted = sum(map(self._width, self.by_key))
        for key in _GIVING_WAY:
            fits = wanted <= room
            self.by_key[key].setVisible(fits)
            self._show_instead(key)
            wanted -= 0 if fits else self._width(key)

    def _width(self, key: str) -> int:
        return max(self.by_key[key].sizeHint().width(), self.by_key[key].minimumWidth()) + GAP

    def _show_instead(self, key: str) -> None:
        action, button = self._menu.instead[key], self.by_key[key]
        action.setVisible(button.isHidden())
        action.setEnabled(button.isEnabled())
        action.setText(caption(button.accessibleName()))

    def _fill_menu(self) -> None:
        for key in _GIVING_WAY:
            self._show_instead(key)


def _tool(name: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setProperty("flat", True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
