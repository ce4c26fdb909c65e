"""One channel of the list of muted ones: on or off, zero or mean, and off the list."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QToolButton, QWidget

from cnnviewer.core.inspection.mute_edits import MuteEdit
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.plain_text import caption, tool_tip
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.text_button import TextButton
from cnnviewer.ui.widgets.translated import Translated


class MuteChip(Translated, QFrame):
    """A checkbox, the channel's name, how it is muted, and a cross. It decides nothing.

    Signals:
        switched: the edit, and whether it shall be muted.
        how_chosen: the edit, and `zero` or `mean`.
        removed: this edit shall leave the list.
        opened: the name of this edit was clicked.
    """

    switched = Signal(object, bool)
    how_chosen = Signal(object, str)
    removed = Signal(object)
    opened = Signal(object)

    def __init__(self, edit: MuteEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = edit
        self._waiting = False
        place = f"{edit.layer}-{edit.channel}"
        self._on = QCheckBox(self)
        self._on.setObjectName(f"muteOn-{place}")
        self._name = TextButton(f"muteName-{place}", self)
        self._how = CalmCombo(self)
        self._how.setObjectName(f"muteHow-{place}")
        self._how.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for how in ("zero", "mean"):
            self._how.addItem("", how)
        self._remove = QToolButton(self)
        self._remove.setObjectName(f"muteRemove-{place}")
        self._remove.setProperty("flat", True)
        self._remove.setProperty("small", True)
        show_icon(self._remove, "close", "muted", 14)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 4, 2)
        row.setSpacing(4)
        for widget in (self._on, self._name, self._how, self._remove):
            row.addWidget(widget)
        row.insertStretch(2, 1)  # the fields of all channels stand below one another
        self._on.clicked.connect(self._on_switched)
        self._name.clicked.connect(self._on_opened)
        self._how.activated.connect(self._on_how)
        self._remove.clicked.connect(self._on_removed)
        self.set_edit(edit, False)

    def set_edit(self, edit: MuteEdit, waiting: bool) -> None:
        """Show how the channel is muted; `waiting`: its mean is being computed."""
        if (edit, waiting) == (self.edit, self._waiting) and self._name.text():
            return
        self.edit, self._waiting = edit, waiting
        with QSignalBlocker(self._on), QSignalBlocker(self._how):
            self._on.setChecked(edit.on)
            self._how.setCurrentIndex(self._how.findData(edit.how))
        self.retranslate()

    def take_focus(self) -> None:
        """The keyboard comes to the checkbox."""
        self._on.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_how(self, index: int) -> None:
        self.how_chosen.emit(self.edit, self._how.itemData(index))

    def _on_switched(self, on: bool) -> None:
        self.switched.emit(self.edit, on)

    def _on_opened(self) -> None:
        self.opened.emit(self.edit)

    def _on_removed(self) -> None:
        self.removed.emit(self.edit)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        name = f"{self.edit.layer}[{self.edit.channel}]"
        self._name.setText(caption(f"{name} …" if self._waiting else name))
        waiting = self.tr("Its mean over the data set is being computed.")
        self._name.setToolTip(tool_tip(waiting if self._waiting else self.tr("Show this channel in the network")))
        self._name.setAccessibleName(self.tr("Show {channel}").format(channel=name))
        self._on.setAccessibleName(self.tr("Mute {channel}").format(channel=name))
        self._on.setToolTip(tool_tip(self.tr("Whether the channel is muted now")))
        self._how.setItemText(0, self.tr("zero"))
        self._how.setItemText(1, self.tr("mean"))
        self._how.setAccessibleName(self.tr("How {channel} is muted").format(channel=name))
        self._how.setToolTip(
            tool_tip(self.tr("What stands in place of its values: 0, or the channel's mean over the data set"))
        )
        self._remove.setAccessibleName(self.tr("Remove {channel} from the list").format(channel=name))
        self._remove.setToolTip(tool_tip(self.tr("No longer mute this channel")))
