"""A labelled field with room for one sentence below it when its value cannot work; functions that make editors."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from cnnviewer.core.wording import Words
from cnnviewer.ui.widgets.language import worded
from cnnviewer.ui.widgets.number_fields import RealField, WholeField, mark
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip


class ChangedMark(PlainLabel):
    """Says that the program changed a value; gone with a click."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "changed")
        self.setWordWrap(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Taken note of."""
        self.hide()


class Field(QWidget):
    """A label above an editor, and below it, when there is one, an error, or a mark that the program changed it.

    Attributes:
        changed: the mark; it goes when the value is edited, or with a click.

    """

    def __init__(self, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._sentence: Words = ""
        self._label = PlainLabel()
        self._label.setProperty("role", "caption")
        self._label.setBuddy(editor)
        self._error = PlainLabel()
        self._error.setProperty("role", "error")
        self._error.setWordWrap(True)
        self._error.hide()
        self.changed = ChangedMark()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addWidget(self._label)
        layout.addWidget(editor)
        layout.addWidget(self._error)
        layout.addWidget(self.changed)
        layout.addStretch(1)  # a neighbour's error must not pull label and editor apart
        if isinstance(editor, RealField | WholeField):
            editor.has_room_to_tell = True
            editor.error_changed.connect(self._show)
            editor.valueChanged.connect(self.changed.hide)
        elif isinstance(editor, QComboBox):
            editor.currentIndexChanged.connect(self.changed.hide)

    def set_texts(self, label: str, explanation: str) -> None:
        """Name the field, and explain it in a sentence that a student understands."""
        self._label.setText(label)
        self._show()
        self._label.setToolTip(tool_tip(explanation))
        self.editor.setToolTip(tool_tip(explanation))
        self.editor.setAccessibleName(label)
        self.editor.setAccessibleDescription(explanation)

    def minimumSizeHint(self) -> QSize:
        """As high as the words need: the style sheet's least height of an editor does not grow with them."""
        hint, least = super().minimumSizeHint(), self.editor.minimumHeight()
        missing = max(0, self.editor.sizeHint().height() - least) if least > 0 else 0
        return QSize(hint.width(), hint.height() + missing)

    @property
    def value_text(self) -> str:
        """What stands in the editor."""
        editor = self.editor
        if isinstance(editor, QComboBox):
            return editor.currentText()
        return editor.text() if isinstance(editor, RealField | WholeField) else ""

    def mark_changed(self, sentence: str, before: str) -> None:
        """Say that the program changed the value, and what it was; an empty sentence takes the mark away."""
        self.changed.setText(sentence)
        self.changed.setToolTip(tool_tip(before))
        self.changed.setVisible(bool(sentence))

    @property
    def error(self) -> str:
        """Why the value cannot work; empty where it can."""
        return worded(self._sentence)

    def set_error(self, sentence: Words) -> None:
        """Say why the value cannot work; an empty sentence says that it can."""
        self._sentence = sentence
        self._show()

    def _show(self) -> None:
        """What was typed and is no number comes first: it is not the value that an error is about."""
        typed = self.editor.problem if isinstance(self.editor, RealField | WholeField) else ""
        sentence = typed or self.error
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        mark(self.editor, bool(sentence))


def whole_number(name: str, low: int, high: int) -> WholeField:
    """A field for a whole number; a value counts when it is finished, not digit by digit."""
    field = WholeField(grouped=True)
    field.setRange(low, high)
    _quiet(field, name)
    return field


def real_number(name: str, low: float, high: float, step: float | None = None, below: bool = False) -> RealField:
    """Likewise for a decimal number.

    Args:
        name: the object's.
        low: the least that it can be.
        high: the most that it can be; with `below` it has to stay below that.
        step: of the arrow keys; None goes through the digits of each decade, as suits a rate.
        below: see `high`.
    """
    field = RealField()
    field.set_bounds(low, high, below)
    field.set_step(step)
    _quiet(field, name)
    return field


def _quiet(field: RealField | WholeField, name: str) -> None:
    field.setObjectName(name)
    field.setKeyboardTracking(False)
    field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # not as wide as its largest number
    field.setMinimumWidth(70)
