"""The two lenses that are text: the formula with its numbers, and the code that prints the same."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from cnnviewer.ui.widgets.card import card
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.type_sizes import scaled

_LARGER = 1.2  # size of the text by that of the window


class TextTab(Translated, Styled, QWidget):
    """A text that can be copied, and, where it is code, saved.

    Signals:
        save_requested: the code shall be saved, with the numbers it reads.
    """

    save_requested = Signal()

    def __init__(self, name: str, code: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = code
        self.text = QPlainTextEdit(self)
        self.text.setObjectName(name)
        self.text.setReadOnly(True)
        self.on_look_changed()
        self._copy, self._save, self._note = QPushButton(self), QPushButton(self), PlainLabel(self)
        self._copy.setObjectName(f"{name}CopyButton")
        self._save.setObjectName(f"{name}SaveButton")
        self._save.setVisible(code)
        show_icon(self._copy, "copy")
        show_icon(self._save, "save")
        self._note.setProperty("role", "caption")
        self._note.setWordWrap(True)
        self._note.hide()
        side = QVBoxLayout()
        side.setSpacing(4)
        side.addWidget(self._copy)
        side.addWidget(self._save)
        side.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self.text, 1)
        column.addWidget(self._note)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(column, 1)
        row.addLayout(side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 4, 12, 12)
        whole.addWidget(card(inside))
        self._copy.clicked.connect(self._on_copy)
        self._save.clicked.connect(self.save_requested)
        self.retranslate()

    def set_text(self, text: str, reads_a_file: bool = False) -> None:
        """Show this text; the place stays while it is the same."""
        if text != self.text.toPlainText():
            self.text.setPlainText(text)
        self._note.setVisible(reads_a_file)

    def on_look_changed(self) -> None:
        """Write somewhat larger than elsewhere: this is what is read."""
        font = scaled(self.font(), _LARGER)
        if self._code:
            family = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
            font.setFamily(family)
        self.text.setFont(font)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        name = self.tr("Code") if self._code else self.tr("Formula")
        copy = self.tr("Copy the code") if self._code else self.tr("Copy the formula")
        save = self.tr("Save the code, and the numbers it reads beside it")
        self.text.setAccessibleName(name)
        for button, text, tip in ((self._copy, self.tr("Copy"), copy), (self._save, self.tr("Save…"), save)):
            button.setText(text)
            button.setToolTip(tool_tip(tip))
            button.setAccessibleName(tip)
        self._note.setText(self.tr("It reads its numbers from a file: Save writes both."))
