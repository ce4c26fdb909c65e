"""What the window slides over: the input's size, the brush, where an input comes from, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from cnnviewer.ui.sandbox.sandbox_state import LARGEST_INPUT, SMALLEST_INPUT
from cnnviewer.ui.widgets.fields import Field, real_number, whole_number
from cnnviewer.ui.widgets.focus import enable
from cnnviewer.ui.widgets.plain_text import tool_tip
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.translated import Translated

_ICONS = {"image": "image", "random": "random", "clear": "clear", "undo": "undo", "redo": "redo"}


class InputTools(Translated, QWidget):
    """Size, brush and two buttons, for a fold; `bar` has the buttons that are always in sight.

    Attributes:
        bar: the current image as input, undo and redo.

    Signals (all by the user):
        size_entered: rows and columns of the input.
        brush_entered: the value that is painted.
        image_requested: the input from the program's current image.
        random_requested: a random input.
        clear_requested: an input of zeros.
        undo_requested: take the last change back.
        redo_requested: make it again.
    """

    size_entered = Signal(int)
    brush_entered = Signal(float)
    image_requested = Signal()
    random_requested = Signal()
    clear_requested = Signal()
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.size_spin = whole_number("sandboxInputSizeSpin", SMALLEST_INPUT, LARGEST_INPUT)
        self.brush = real_number("sandboxBrushSpin", -99.0, 99.0, 1.0)
        self.brush.setValue(1.0)
        for spin in (self.size_spin, self.brush):
            spin.setKeyboardTracking(True)
        self._size_field, self._brush_field = Field(self.size_spin), Field(self.brush)
        self.buttons = {name: self._button(name) for name in _ICONS}
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.addWidget(self._size_field, 0, 0)
        grid.addWidget(self._brush_field, 0, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        row = QHBoxLayout()
        row.setSpacing(6)
        for name in ("random", "clear"):
            row.addWidget(self.buttons[name])
        row.addStretch(1)
        self.bar = QWidget()
        in_sight = QHBoxLayout(self.bar)
        in_sight.setContentsMargins(0, 0, 0, 0)
        in_sight.setSpacing(6)
        for name in ("image", "undo", "redo"):
            in_sight.addWidget(self.buttons[name])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(grid)
        column.addLayout(row)
        self.size_spin.valueChanged.connect(self.size_entered)
        self.brush.valueChanged.connect(self.brush_entered)
        self.buttons["image"].clicked.connect(self.image_requested)
        self.buttons["random"].clicked.connect(self.random_requested)
        self.buttons["clear"].clicked.connect(self.clear_requested)
        self.buttons["undo"].clicked.connect(self.undo_requested)
        self.buttons["redo"].clicked.connect(self.redo_requested)
        self.retranslate()

    def _button(self, name: str) -> QAbstractButton:
        button: QAbstractButton
        if name == "image":
            button = QPushButton()
        else:
            button = QToolButton()
            button.setToolButtonStyle(
                Qt.ToolButtonStyle.ToolButtonIconOnly
                if name in ("undo", "redo")
                else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            )
        button.setObjectName(f"sandbox{name.capitalize()}Button")
        show_icon(button, _ICONS[name])
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def show_input(self, size: int, has_image: bool, can_undo: bool, can_redo: bool) -> None:
        """Show the size, and what can be done; says nothing through the signals."""
        if self.size_spin.value() != size:
            self.size_spin.blockSignals(True)
            self.size_spin.setValue(size)
            self.size_spin.blockSignals(False)
        self.buttons["image"].setEnabled(has_image)
        enable(self.bar, ((self.buttons["undo"], can_undo), (self.buttons["redo"], can_redo)))

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self._size_field.set_texts(self.tr("Input size"), self.tr("Rows and columns of the input, 3 to 12."))
        self._brush_field.set_texts(
            self.tr("Brush"), self.tr("The value that the left mouse button paints; the right one paints 0.")
        )
        for name, text, tip in (
            (
                "image",
                self.tr("From the image"),
                self.tr("The program's current image, its channels averaged, shrunk to this size."),
            ),
            ("random", self.tr("Random"), self.tr("Fill the input with random whole numbers from −4 to 9.")),
            ("clear", self.tr("Clear"), self.tr("Fill the input with zeros.")),
            ("undo", self.tr("Undo"), self.tr("Take the last change back (Ctrl+Z).")),
            ("redo", self.tr("Redo"), self.tr("Make the change again (Ctrl+Shift+Z).")),
        ):
            self.buttons[name].setText(text)
            self.buttons[name].setToolTip(tool_tip(tip))
            self.buttons[name].setAccessibleName(text)
