"""Messages that float over the stage, at its lower right where no control is: nothing moves aside for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Property, QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.window.free_place import controls_on, free_place
from cnnviewer.ui.window.message_card import MessageCard, widest

PASSING_MS = 6000
"""How long good news stay that take two lines or more; shorter ones go sooner, down to half of it."""
PASSING_WITH_ACTIONS_MS = 20_000
"""The same with buttons, which take longer to read and to reach."""
SHOWN: Final = 2
"""Messages that are shown at once; older ones are behind a button."""
_TWO_LINES: Final = 90  # letters
_MARGIN: Final = 16
_GAP: Final = 8
_MOST_KEPT: Final = 20
_NARROWER: Final = (0.85, 0.7, 0.55)
"""Of its usual width: a message is narrower where it hides less by that."""
_LOOK_MS: Final = 700
_FOLLOWED: Final = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)


class Messages(Translated, QWidget):
    """Owner of the messages, the newest lowest.

    Good news go by themselves, errors and action messages stay until dismissed. Good news with buttons, and offers
    whose action the window has elsewhere too, wait until another workspace is shown: whoever goes there has decided
    how to go on, and they would lie over what is there.

    The Qt property `text` is what was said last.

    Signals:
        action_triggered: number of a message, and which of its buttons was pressed, from 0.
        closed: number of a message that has gone by itself or was dismissed.
        language_changed: what stands is to be said again.
    """

    action_triggered = Signal(int, int)
    closed = Signal(int)
    language_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messages")
        self._cards: dict[int, MessageCard] = {}
        self._last = 0
        self._text = ""
        self._stage: QWidget | None = None
        self._below: QWidget | None = None
        self._expanded = False
        self._waits = True
        self._looking = QTimer(self, interval=_LOOK_MS)  # the stage may show other controls
        self._looking.timeout.connect(self._on_look)
        self._more = QPushButton()
        self._more.setObjectName("moreMessages")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._on_more_toggled)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_GAP)
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignRight)
        self.retranslate()
        self.hide()

    def stand_over(self, stage: QWidget) -> None:
        """Float over `stage` from now on, wherever that is; it must have a parent."""
        if self._stage is not None:
            self._stage.removeEventFilter(self)
        self._stage = stage
        stage.installEventFilter(self)
        self.setParent(stage.parentWidget())
        self._arrange()

    def leave_free(self, below: QWidget) -> None:
        """Stand above this widget while it is shown at the lower right of the stage."""
        self._below = below
        below.installEventFilter(self)

    # values in

    def show_message(
        self,
        sentence: str,
        kind: str,
        actions: Sequence[str] = (),
        passing: bool | None = None,
        elsewhere: bool = False,
    ) -> int:
        """Show a message; the same once more takes the place of the earlier one.

        Args:
            sentence: what to say.
            kind: `info`, `success` or `error`.
            actions: labels of its buttons.
            passing: whether it goes by itself; None: when it is good news without buttons.
            elsewhere: whether the window has its actions elsewhere too: it goes once another workspace is shown.

        Returns:
            The number by which it is known here.
        """
        for number in [key for key, card in self._cards.items() if (card.sentence, card.kind) == (sentence, kind)]:
            self._close(number)
        while len(self._cards) >= _MOST_KEPT:
            self._close(next(iter(self._cards)))
        self._last += 1
        card = MessageCard(self._last, sentence, kind, actions, self)
        card.elsewhere = elsewhere or kind == "success"
        card.lower()  # whoever looks for a button of a message by its name finds that of the newest
        self._cards[self._last] = card
        self._column.addWidget(card)
        card.action_triggered.connect(self._on_action_triggered)
        card.close_requested.connect(self._close)
        self._text = sentence
        passes = (kind != "error" and not actions) if passing is None else passing
        if passes or (kind == "success" and not self._waits):
            share = min(1.0, max(0.5, len(sentence) / _TWO_LINES))
            card.pass_after(PASSING_WITH_ACTIONS_MS if actions else round(share * PASSING_MS))
            if self.underMouse():
                card.pause()
        self._arrange()
        self._announce(f"{card.accessibleName()}: {sentence}", kind == "error")
        return self._last

    def set_sentence(self, number: int, sentence: str, actions: Sequence[str] = ()) -> None:
        """Say the message, and label its buttons, in other words: in another language."""
        card = self._cards.get(number)
        if card is not None:
            self._text = sentence if card.sentence == self._text else self._text
            card.set_sentence(sentence)
            card.set_actions(actions)
            self._arrange()

    def withdraw(self, number: int) -> None:
        """Take a message away, if it still stands there."""
        self._close(number)

    def on_workspace_shown(self, waits: bool) -> None:
        """Good news and offers that waited for a button go soon: the user went elsewhere without it.

        Args:
            waits: whether good news with buttons wait in this workspace; in the others they go after a while.

        """
        self._waits = waits
        for card in self._cards.values():
            if card.elsewhere and not card.passes:
                card.pass_after(PASSING_MS)

    def dismiss(self) -> None:
        """Take the newest message away."""
        if self._cards:
            self._close(next(reversed(self._cards)))

    @property
    def kind(self) -> str:
        """Of the newest message that stands there; empty without any."""
        return next(reversed(self._cards.values())).kind if self._cards else ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Of all messages that stand there, the newest last."""
        return tuple(card.sentence for card in self._cards.values())

    def _get_text(self) -> str:
        return self._text

    text = Property(str, _get_text)

    # what the user does

    def _on_action_triggered(self, number: int, index: int) -> None:
        if number in self._cards:  # not one that is being taken away
            self.action_triggered.emit(number, index)

    def _on_more_toggled(self, on: bool) -> None:
        self._expanded = on
        self._arrange()

    # how they stand

    def _close(self, number: int) -> None:
        card = self._cards.pop(number, None)
        if card is None:
            return
        focused = self.window().focusWidget()
        if focused is not None and card.isAncestorOf(focused):
            # Qt would give the focus to the next widget, which may be the canvas: the next key would change the drawing
            (self._stage or self.window()).setFocus(Qt.FocusReason.OtherFocusReason)
        self._column.removeWidget(card)
        card.hide()
        card.setParent(None)
        card.deleteLater()
        self.closed.emit(number)
        self._arrange()

    def _arrange(self, stays: bool = False) -> None:
        """Show the cards where they hide no control; with `stays` where they are, unless they hide one there."""
        cards = list(self._cards.values())
        shown = cards if self._expanded else cards[-SHOWN:]
        self._show_only(shown)
        stage = self._stage
        if stage is None:
            self.setVisible(bool(cards))
            return
        width = min(widest(), stage.width() - 2 * _MARGIN)
        below = self._below.height() + _GAP if self._below is not None and not self._below.isHidden() else 0
        room = stage.geometry().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN - below)
        while len(shown) > 1 and self._height(width) > room.height():
            shown = shown[1:]
            self._show_only(shown)
        taken, seen = controls_on(stage) if cards else ((), ())
        now = self.geometry() if stays else None
        widths = [width, *(round(share * width) for share in _NARROWER)]
        sizes = [QSize(each, self._fitted_height(shown, each)) for each in widths if each > 0]
        place = free_place(room, sizes, taken, now, seen) if sizes else QRect()
        self._fitted_height(shown, place.width())
        self.setGeometry(place)
        self.setVisible(bool(cards) and width > 0 and not stage.isHidden())
        self.raise_()
        if self.isVisible() and not self._looking.isActive():
            self._looking.start()

    def _on_look(self) -> None:
        """Go on where something can be used that lay elsewhere before; not from under the pointer."""
        if not self.isVisible():
            self._looking.stop()
        elif not self.underMouse() and not self.isAncestorOf(self.window().focusWidget() or self.window()):
            self._arrange(stays=True)

    def _show_only(self, shown: Sequence[MessageCard]) -> None:
        hidden = len(self._cards) - len(shown)
        for card in self._cards.values():
            card.setVisible(card in shown)
            card.fit(widest())
        self._more.setVisible(hidden > 0 or (self._expanded and len(self._cards) > SHOWN))
        if hidden > 0:
            self._more.setText(counted(self.tr("+{count:more message|more messages}"), count=hidden))
        else:
            self._more.setText(self.tr("Fewer messages"))
        if self._expanded and len(self._cards) <= SHOWN:
            self._more.setChecked(False)

    @property
    def _needs_room(self) -> bool:
        """Whether its height is another one than its cards take: arranging asks for a layout, which asks here again."""
        return self.isVisible() and self.height() != max(1, self._column.totalHeightForWidth(self.width()))

    def _fitted_height(self, shown: Sequence[MessageCard], width: int) -> int:
        """Pixels of height with the buttons as they fit into this width."""
        for card in shown:
            card.fit(width)
        return self._height(width)

    def _height(self, width: int) -> int:
        self._column.invalidate()
        return max(1, self._column.totalHeightForWidth(width))

    def _announce(self, sentence: str, urgent: bool) -> None:
        event = QAccessibleAnnouncementEvent(self, sentence)
        if urgent:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def retranslate(self) -> None:
        """Set every text in the window's language; whoever said the messages says them again."""
        self.setAccessibleName(self.tr("Messages"))
        self._more.setToolTip(self.tr("Show the older messages too, or the newest alone"))
        self._arrange()
        self.language_changed.emit()

    # Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the stage, and what stands below."""
        if watched in (self._stage, self._below) and event.type() in _FOLLOWED:
            self._arrange()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Take the room that larger letters need."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self._stage is not None and self._needs_room:
            self._arrange()
        return done

    def enterEvent(self, event: QEnterEvent) -> None:
        """Nothing goes while somebody reads."""
        super().enterEvent(event)
        for card in self._cards.values():
            card.pause()

    def leaveEvent(self, event: QEvent) -> None:
        """Good news go after a while again."""
        super().leaveEvent(event)
        for card in self._cards.values():
            card.resume()
