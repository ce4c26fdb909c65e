"""The bar of muted channels, at the foot of Explore: what is muted, and what that does to the predictions."""

from __future__ import annotations

from PySide6.QtCore import Property, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.evaluation.effect import Effect
from cnnviewer.core.inspection.channels import channel_count
from cnnviewer.core.inspection.mute_edits import Edits, MuteEdit, in_force, number_of
from cnnviewer.core.inspection.records import Architecture
from cnnviewer.core.models.mutes import HOWS
from cnnviewer.ui.explore.mute_list import MuteList
from cnnviewer.ui.widgets.effect_texts import class_texts, effect_text
from cnnviewer.ui.widgets.muted_sign import MutedSign
from cnnviewer.ui.widgets.plain_text import ElidedLabel, tool_tip
from cnnviewer.ui.widgets.popover_button import WordsButton
from cnnviewer.ui.widgets.seen import TellsWhenSeen
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.text_button import TextButton
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.undoable import Undoable

_MOST_CLASSES = 8  # in the tool tip
_MOST_NAMES = 2  # of channels on the button
_AFTER_THE_ANSWER = 60  # milliseconds: a network laid out above the bar would be painted before the new prediction


class MutesView(Translated, TellsWhenSeen, QFrame):
    """Shown while there is anything in the list, or anything to undo. It decides nothing.

    Signals:
        mute_requested: layer, channel, and `zero` or `mean`.
        switch_requested: layer, channel, whether it shall be muted.
        remove_requested: layer and channel.
        clear_requested, undo_requested, redo_requested: of the whole list.
        cell_requested: the `Cell` of a channel that shall be shown in the network.
        tables_requested: the confusion matrix, recall and precision shall be shown.
        save_requested: the weights shall be saved with the mutes.
        train_requested: a new run shall begin with the weights and the mutes.
        seen_changed: whether the user can see it.
        edits_changed: the list is another one: these edits.
        architecture_changed: the layers of the model on the screen.
    """

    mute_requested = Signal(str, int, str)
    switch_requested = Signal(str, int, bool)
    remove_requested = Signal(str, int)
    clear_requested = Signal()
    undo_requested = Signal()
    redo_requested = Signal()
    cell_requested = Signal(object)
    tables_requested = Signal()
    save_requested = Signal()
    train_requested = Signal()
    seen_changed = Signal(bool)
    edits_changed = Signal(object)
    architecture_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surgeryView")
        self._architecture = Architecture("", ())
        self._edits: Edits = ()
        self._waiting: Edits = ()
        self._effect: Effect | None = None
        self._channels = WordsButton("surgeryChannelsButton", self)
        self._result = ElidedLabel(self)
        self._result.setObjectName("surgeryEffect")
        self._tables = TextButton("surgeryTablesButton", self, is_link=True)
        self._appearing = QTimer(self, singleShot=True, interval=_AFTER_THE_ANSWER)
        self._appearing.timeout.connect(self.show)
        self.undoable = Undoable(self, "mutes", everywhere=True)  # the chip says that channels are muted
        self._more = QToolButton(self)
        self._more.setObjectName("surgeryMoreButton")
        self._more.setProperty("flat", True)
        self._more.setProperty("more", True)
        show_icon(self._more, "more")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(QMenu(self._more))
        self._more.menu().setToolTipsVisible(True)
        menu = self._more.menu()
        self._undo, self._redo = menu.addAction(""), menu.addAction("")
        menu.addSeparator()
        self._clear, self._save, self._train = (menu.addAction("") for _ in range(3))
        names = {"Undo": self._undo, "Redo": self._redo}
        names |= {"Clear": self._clear, "Save": self._save, "Train": self._train}
        for name, action in names.items():
            action.setObjectName(f"surgery{name}")
        self._lay_out()
        self._connect()
        self.retranslate()
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 12, 5)
        row.setSpacing(8)
        row.addWidget(MutedSign(self))
        row.addWidget(self._channels)
        row.addWidget(self._result, 1)
        self._list = MuteList(self._channels, self._tables, self._more)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _connect(self) -> None:
        self._undo.triggered.connect(self.undo)
        self._redo.triggered.connect(self.redo)
        self.undoable.undo_requested.connect(self.undo_requested)
        self.undoable.redo_requested.connect(self.redo_requested)
        self._clear.triggered.connect(self.clear_requested)
        self._save.triggered.connect(self.save_requested)
        self._train.triggered.connect(self.train_requested)
        self._tables.clicked.connect(self._list.close)
        self._tables.clicked.connect(self.tables_requested)
        self._list.switched.connect(self._on_switched)
        self._list.how_chosen.connect(self._on_how_chosen)
        self._list.removed.connect(self._on_removed)
        self._list.opened.connect(self._on_opened)
        for action in (self._save, self._train):
            action.triggered.connect(self._list.close)  # before a dialog opens
        self._channels.clicked.connect(self._open_list)

    # -- the contract

    def mute(self, layer: str, channel: int, how: str = "zero") -> None:
        """Mute a channel of a layer.

        Args:
            layer: its name, as in `networkView.layers`.
            channel: index of the channel.
            how: `zero`: its values are 0; `mean`: all of them are its mean over the data set.

        Raises:
            KeyError: there is no such layer.
            UserError: its channels cannot be muted.
            ValueError: it has no such channel, or `how` is another word.

        """
        count = channel_count(self._architecture.layer(layer), self._architecture)
        if not 0 <= channel < count:
            raise ValueError(f"{layer} has {count} channels: 0 to {count - 1}")
        if how not in HOWS:
            raise ValueError(f"a channel is muted to {' or '.join(HOWS)}, not to {how}")
        self.mute_requested.emit(layer, channel, how)

    def undo(self) -> None:
        """Undo the last change of the list."""
        self.undo_requested.emit()

    def redo(self) -> None:
        """Redo what was undone."""
        self.redo_requested.emit()

    def clear(self) -> None:
        """Mute nothing; that can be undone."""
        self.clear_requested.emit()

    def _get_edits(self) -> list[tuple[str, int, str]]:
        return [(edit.layer, edit.channel, edit.how) for edit in in_force(self._edits)]

    edits = Property(object, _get_edits)

    # -- values in

    def set_architecture(self, architecture: Architecture) -> None:
        """The layers of the model on the screen."""
        self._architecture = architecture
        self.architecture_changed.emit(architecture)

    def set_edits(self, edits: Edits, waiting: Edits, undoable: int, redoable: int) -> None:
        """Show this list; the means of those in `waiting` are being computed; so many steps can be undone."""
        self.undoable.set_steps(undoable, redoable)
        can_undo, can_redo = bool(undoable), bool(redoable)
        self._edits, self._waiting = edits, waiting
        self._undo.setEnabled(can_undo)
        self._redo.setEnabled(can_redo)
        if self._list.isVisible():
            self._list.set_edits(edits, waiting)
        self.retranslate()
        if edits or can_undo or can_redo:
            self._appearing.start()
        else:
            self._appearing.stop()
            self.hide()
        self.edits_changed.emit(edits)

    def set_effect(self, effect: Effect | None) -> None:
        """Say what the mutes do to the predictions of the test images; None: that is not known yet."""
        self._effect = effect
        self._say_effect()

    # -- inside

    def _open_list(self) -> None:
        self._list.set_edits(self._edits, self._waiting)
        self._list.open_above()

    def _on_switched(self, edit: MuteEdit, on: bool) -> None:
        self.switch_requested.emit(*edit.place, on)

    def _on_how_chosen(self, edit: MuteEdit, how: str) -> None:
        self.mute_requested.emit(*edit.place, how)

    def _on_removed(self, edit: MuteEdit) -> None:
        self.remove_requested.emit(*edit.place)

    def _on_opened(self, edit: MuteEdit) -> None:
        self.cell_requested.emit(number_of(*edit.place, self._architecture))

    # -- texts

    def _say_effect(self) -> None:
        effect = self._effect
        muted = bool(in_force(self._edits))
        text = tip = ""
        if muted and effect is not None:
            text = effect_text(effect)
            tip = "\n".join((text, *class_texts(effect, _MOST_CLASSES)))
        elif not muted:
            text = self.tr("Nothing is muted now.")
        self._result.show_text(text, tip)
        self._tables.setVisible(muted)

    def _say_channels(self) -> None:
        """The channels by their names while they are few."""
        edits = in_force(self._edits)
        names = ", ".join(f"{edit.layer}[{edit.channel}]" for edit in edits)
        count = counted(self.tr("Muted: {count:channel|channels}"), count=len(edits))
        words = self.tr("Muted: {channels}").format(channels=names) if 0 < len(edits) <= _MOST_NAMES else count
        self._channels.show_words(words, count)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Muted channels"))
        self._say_channels()
        self._channels.setToolTip(tool_tip(self.tr("Switch each channel on or off, mute it to zero or to its mean")))
        self._tables.setText(self.tr("Recall and precision"))
        self._tables.setAccessibleName(self._tables.text())
        self._tables.setToolTip(tool_tip(self.tr("Show the confusion matrix with these channels muted, and without")))
        self._undo.setText(self.tr("Undo the last mute (Ctrl+Z)"))
        self._redo.setText(self.tr("Redo (Ctrl+Shift+Z)"))
        self._more.setAccessibleName(self.tr("More for muted channels"))
        self._more.setToolTip(self.tr("Clear the list, save the weights with the mutes, or train on with them"))
        self._clear.setText(self.tr("Mute nothing"))
        self._clear.setToolTip(self.tr("Empty the list; can be undone"))
        self._save.setText(self.tr("Save weights with the mutes…"))
        self._save.setToolTip(
            self.tr("The file notes which channels are muted: whoever opens it sees the same numbers")
        )
        self._train.setText(self.tr("Train on with the mutes…"))
        self._train.setToolTip(self.tr("Begin a new run with these weights, in which the channels stay muted"))
        self._clear.setEnabled(bool(self._edits))
        for action in (self._save, self._train):
            action.setEnabled(bool(in_force(self._edits)))
        self._say_effect()
