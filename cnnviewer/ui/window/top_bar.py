"""The bar at the top: which workspace is shown, what is on the screen, how large the text is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from cnnviewer.ui.widgets.plain_text import tool_tip
from cnnviewer.ui.widgets.segmented import Segmented
from cnnviewer.ui.widgets.shown_icon import fit_icons
from cnnviewer.ui.widgets.steady_room import SteadyRoom
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.window.context_chip import ContextChip
from cnnviewer.ui.window.frame import WORKSPACES
from cnnviewer.ui.window.workspace_texts import workspace_texts

HEIGHT: Final = 48
"""Pixels; more where the text is large."""
_SIDE, _GAP = 14, 12


class TopBar(Translated, QWidget):
    """The switch between the workspaces, the context chip, the size of the text, and a menu.

    Where it is narrow the switch folds into one button: what is on the screen has room first. Of long names the end
    gives way before that.

    Attributes:
        chip: says what is on the screen.

    Signals:
        workspace_requested: name of a workspace.
        text_smaller_requested, text_larger_requested: another size of all texts.
    """

    workspace_requested = Signal(str)
    text_smaller_requested = Signal()
    text_larger_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._switch = Segmented(self)
        self._switch.setObjectName("workspaceSwitch")
        for name in WORKSPACES:
            self._switch.add(name, name=f"workspace-{name}")
        self.chip = ContextChip()
        chip = SteadyRoom(self.chip, self)  # before the buttons: Tab stops in this order
        self._smaller, self._larger, self._more = (self._button(name) for name in _BUTTONS)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(QMenu(self._more))
        fit_icons(self._more.menu())
        self._more.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(_SIDE, 5, _SIDE, 6)
        row.setSpacing(_GAP)
        row.addWidget(self._switch)
        row.addStretch(1)
        row.addWidget(chip)
        row.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        for button in (self._smaller, self._larger, self._more):
            buttons.addWidget(button)
        row.addLayout(buttons)
        self._buttons = buttons
        self._switch.chosen.connect(self.workspace_requested)
        self._smaller.clicked.connect(self.text_smaller_requested)
        self._larger.clicked.connect(self.text_larger_requested)
        self.retranslate()

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("flat", True)
        return button

    def set_workspace(self, name: str) -> None:
        """Mark this workspace as the one shown."""
        self._switch.set_current(name)

    def set_sizes(self, smaller: bool, larger: bool) -> None:
        """Whether text can be smaller, and larger, in a window of this height."""
        self._smaller.setEnabled(smaller)
        self._larger.setEnabled(larger)
        self._tell_sizes()

    def set_more_actions(self, actions: Sequence[QAction | None]) -> None:
        """Offer these in the menu at the right; None is a line between two groups."""
        menu = self._more.menu()
        menu.clear()
        for action in actions:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)
        self._more.setVisible(bool(actions))

    def sizeHint(self) -> QSize:
        """As high as the design has it, or as its parts need with large text."""
        return super().sizeHint().expandedTo(QSize(0, HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Likewise: no part is cut where the window is too low for everything."""
        return super().minimumSizeHint().expandedTo(QSize(0, self.sizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the switch where it has no room beside the chip."""
        super().resizeEvent(event)
        self._share_room()

    def event(self, event: QEvent) -> bool:
        """Likewise when something in the bar became wider, as with another text size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._share_room()
        return super().event(event)

    def _share_room(self) -> None:
        room = self.width() - 2 * _SIDE - 4 * _GAP - self._buttons.sizeHint().width()
        whole = self._switch.sizeHint().width()
        fits = whole + self.chip.wanted_width <= room
        least, most = (whole, whole) if fits else (0, self._switch.minimumSizeHint().width())
        if (self._switch.minimumWidth(), self._switch.maximumWidth()) != (least, most):
            self._switch.setMinimumWidth(least)
            self._switch.setMaximumWidth(most)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        texts = zip(WORKSPACES, workspace_texts(), strict=True)
        self._switch.set_texts(
            {name: (text, f"{tip} (Ctrl+{number})") for number, (name, (text, tip)) in enumerate(texts, 1)}
        )
        self._switch.setAccessibleName(self.tr("Workspace"))
        for button, text, name in (
            (self._smaller, "A−", self.tr("Smaller text")),
            (self._larger, "A+", self.tr("Larger text")),
            (self._more, "…", self.tr("More")),
        ):
            button.setText(text)
            button.setAccessibleName(name)
        self._more.setToolTip(tool_tip(self.tr("Preferences, help and more")))
        self._tell_sizes()

    def _tell_sizes(self) -> None:
        smaller, larger = self._smaller.isEnabled(), self._larger.isEnabled()
        self._smaller.setToolTip(
            tool_tip(
                self.tr("Make every text and number smaller (Ctrl+-)")
                if smaller
                else self.tr("Text is as small as can be read in a window of this height")
            )
        )
        self._larger.setToolTip(
            tool_tip(
                self.tr("Make every text and number larger (Ctrl++)")
                if larger
                else self.tr("Text is as large as it can be")
            )
        )


_BUTTONS: Final = ("textSmallerButton", "textLargerButton", "moreButton")
