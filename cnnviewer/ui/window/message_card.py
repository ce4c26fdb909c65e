"""One message: what happened, in a sentence, with buttons that go on from there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from cnnviewer.ui.widgets.icons import icon
from cnnviewer.ui.widgets.keeps_escape import KeepsEscape
from cnnviewer.ui.widgets.plain_text import PlainLabel, caption, tool_tip
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.theme import RADIUS, theme
from cnnviewer.ui.widgets.translated import Translated

_MOST_LETTERS = 600
_WIDEST = 420
_BESIDE_BUTTONS = 50  # pixels of a message that its buttons cannot take
_LOOKS = {"info": ("info", "accent"), "success": ("success", "good"), "error": ("warning", "error")}
"""Icon and colour of each kind: the shape says it too, for those who do not tell the colours apart."""


def widest() -> int:
    """How wide a message is at most, in pixels: 420, more where text is larger than usual."""
    return max(_WIDEST, grown(_WIDEST))


class MessageCard(KeepsEscape, Translated, Styled, QWidget):
    """A sentence that is too long for a few lines is shown without its middle, and whole in the tool tip.

    Signals:
        action_triggered: a button was pressed: number of the message, and of the button from 0.
        close_requested: it was read, or its time is over: number of the message; Esc asks for the same.

    Attributes:
        number: by which its owner knows the message.
        kind: `info`, `success` or `error`.
        sentence: the whole of it.
        elsewhere: whether its actions have another place in the window too.
    """

    action_triggered = Signal(int, int)
    close_requested = Signal(int)

    def __init__(
        self, number: int, sentence: str, kind: str, actions: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.number = number
        self.elsewhere = False
        self.setObjectName("messageCard")
        self.setProperty("floating", True)  # it may lie over anything: whoever measures the window knows it by this
        self.kind = kind
        self.sentence = ""
        self._picture = PlainLabel()
        self._label = PlainLabel()
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._close = QToolButton()
        self._close.setObjectName("messageClose")
        self._close.setProperty("flat", True)
        show_icon(self._close, "close", "muted", 14)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._group.idClicked.connect(self._on_button_clicked)
        self._buttons = [self._button(index, label) for index, label in enumerate(actions)]
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time_over)
        self._lay_out()
        self._close.clicked.connect(self._on_close_clicked)
        self.set_sentence(sentence)
        self.retranslate()
        self._dress()

    def _button(self, index: int, label: str) -> QPushButton:
        button = QPushButton(caption(label))
        button.setObjectName(f"messageAction{index or ''}")
        button.setAccessibleName(label)
        self._group.addButton(button, index)
        return button

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 10, 8, 10)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._picture, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._label, 0, 1)
        grid.addWidget(self._close, 0, 2, Qt.AlignmentFlag.AlignTop)
        if self._buttons:
            self._row = QHBoxLayout()
            self._row.setSpacing(6)
            for button in self._buttons:
                self._row.addWidget(button)
            self._row.addStretch(1)
            grid.addLayout(self._row, 1, 1, 1, 2)

    def fit(self, width: int) -> None:
        """Put the buttons beside one another, or below one another where `width` pixels have no room for that."""
        if not self._buttons:
            return
        wide = sum(button.sizeHint().width() + self._row.spacing() for button in self._buttons)
        down = wide > width - _BESIDE_BUTTONS
        wanted = QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight
        if wanted != self._row.direction():
            self._row.setDirection(wanted)

    def set_sentence(self, sentence: str) -> None:
        """Say this instead, for instance in another language."""
        self.sentence = sentence
        long = len(sentence) > _MOST_LETTERS
        self._label.setText(f"{sentence[:400]} … {sentence[-150:]}" if long else sentence)
        self._label.setToolTip("" if self._label.text() == sentence else tool_tip(sentence))
        self.setAccessibleDescription(sentence)

    def set_actions(self, labels: Sequence[str]) -> None:
        """Label the buttons in other words."""
        for button, label in zip(self._buttons, labels, strict=False):
            button.setText(caption(label))
            button.setAccessibleName(label)
        self.fit(widest())

    def pass_after(self, milliseconds: int) -> None:
        """Go by itself, after this time without the pointer or the keyboard's focus on it."""
        self._timer.setInterval(milliseconds)
        self._timer.start()

    @property
    def passes(self) -> bool:
        """Whether it goes by itself."""
        return self._timer.interval() > 0

    def pause(self) -> None:
        """Stay, for somebody is reading."""
        self._timer.stop()

    def resume(self) -> None:
        """Go by itself, if it does, after the whole time once more."""
        if self.passes:
            self._timer.start()

    def _on_time_over(self) -> None:
        focused = self.window().focusWidget()
        if focused is not None and self.isAncestorOf(focused) and self.isActiveWindow():
            self._timer.start()
        else:
            self.close_requested.emit(self.number)

    def _on_button_clicked(self, index: int) -> None:
        self.action_triggered.emit(self.number, index)

    def _on_close_clicked(self) -> None:
        self.close_requested.emit(self.number)

    def on_look_changed(self) -> None:
        """Another theme has other colours, larger letters larger signs."""
        self._dress()

    def _dress(self) -> None:
        picture, token = _LOOKS.get(self.kind, _LOOKS["info"])
        size = max(18, round(1.1 * self.fontMetrics().height()))
        self._picture.setPixmap(icon(picture, token, size).pixmap(size, size))
        self.update()

    def retranslate(self) -> None:
        """Set the texts that are not the message's own in the window's language."""
        names = {"success": self.tr("Done"), "error": self.tr("Error")}
        self.setAccessibleName(names.get(self.kind, self.tr("Message")))
        self._close.setToolTip(self.tr("Dismiss this message (Esc)"))
        self._close.setAccessibleName(self.tr("Dismiss this message"))

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_requested.emit(self.number)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a plate with an edge in the colour of the kind."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme()
        whole = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(colours.color("faint"), 1))
        painter.setBrush(colours.color("error_soft" if self.kind == "error" else "surface"))
        painter.drawRoundedRect(whole, RADIUS, RADIUS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.color(_LOOKS.get(self.kind, _LOOKS["info"])[1]))
        painter.drawRoundedRect(whole.adjusted(3, 4, 0, -4).adjusted(0, 0, 6 - whole.width(), 0), 1.5, 1.5)
