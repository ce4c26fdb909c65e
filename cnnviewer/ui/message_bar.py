"""One sentence for the person, where they look: what happened and, where there is one, a button that helps."""

from __future__ import annotations

from PySide6.QtCore import Property, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from cnnviewer.ui.icons import icon
from cnnviewer.ui.theme import RADIUS, theme

FADE_MS = 6000
_ICONS = {"info": "info", "success": "success", "error": "error"}
_TOKENS = {"info": "accent", "success": "good", "error": "error"}


class MessageBar(QWidget):
    """Shows one message at a time; good news goes by itself after a while, errors stay until dismissed.

    A message with a button stays too, and comes back when a later one without a button has gone.

    Signals:
        action_triggered: the button that helps was pressed.
    """

    action_triggered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = "info"
        self._standing: tuple[str, str, str] | None = None
        self._picture = QLabel()
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._action = QPushButton()
        self._action.setObjectName("messageAction")
        self._close = QToolButton()
        self._close.setObjectName("messageClose")
        self._close.setProperty("flat", True)
        self._close.setIconSize(QSize(14, 14))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.setSpacing(10)
        layout.addWidget(self._picture)
        layout.addWidget(self._sentence, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        self._action.clicked.connect(self._on_action_clicked)
        self._close.clicked.connect(self.dismiss)
        theme().changed.connect(self._dress)
        self.setObjectName("messageBar")
        self.retranslate()
        self._dress()
        self.hide()

    def show_message(self, sentence: str, kind: str, action: str = "") -> None:
        """Show `sentence`; `kind` is `info`, `success` or `error`; `action` labels the button, none when empty."""
        if action:
            self._standing = (sentence, kind, action)
        self._kind = kind
        self._sentence.setText(sentence)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._dress()
        self.show()
        self._timer.stop()
        if kind != "error" and not action:
            self._timer.start(FADE_MS)
        self.setAccessibleDescription(sentence)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def dismiss(self) -> None:
        """Take the message away; one with a button that stood there before it comes back."""
        self._timer.stop()
        if self._standing is not None and self._action.isHidden():
            self.show_message(*self._standing)
            return
        self._standing = None
        self.hide()

    def withdraw_action(self) -> None:
        """Take the message with a button away, also one that would come back."""
        self._standing = None
        if not self._action.isHidden():
            self.dismiss()

    def _on_action_clicked(self) -> None:
        self._standing = None  # it has been taken
        self.action_triggered.emit()

    def _get_text(self) -> str:
        return self._sentence.text()

    text = Property(str, _get_text)

    @property
    def kind(self) -> str:
        """Of the message shown last."""
        return self._kind

    def _dress(self) -> None:
        token = _TOKENS.get(self._kind, "accent")
        self._picture.setPixmap(icon(_ICONS.get(self._kind, "info"), token).pixmap(18, 18))
        self._close.setIcon(icon("close", "muted"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a soft plate in the colour of the message's kind."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme()
        painter.setBrush(colours.color("error_soft" if self._kind == "error" else "accent_soft"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), RADIUS, RADIUS)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Message"))
        self._close.setToolTip(self.tr("Dismiss this message"))
        self._close.setAccessibleName(self.tr("Dismiss this message"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self._standing = None
            self.dismiss()  # its sentence was said in the other language
        super().changeEvent(event)
