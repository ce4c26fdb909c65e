"""The sheet on the stage: the canvas of the rail, as large as fits, with all its tools."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from cnnviewer.ui.widgets.focus import enable
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.window.input.brush import brush_slider
from cnnviewer.ui.window.input.canvas import DrawCanvas
from cnnviewer.ui.window.input.square import Square

_ICONS = {"undo": "undo", "redo": "redo", "clear": "bin", "eraser": "clear", "open": "open", "save": "save"}


class LargeDrawing(Translated, QWidget):
    """Holds the canvas while it is on the stage.

    Signals:
        open_requested, save_requested: a drawing is to be opened or saved.
        done: the stage is to be given back.
    """

    open_requested = Signal()
    save_requested = Signal()
    done = Signal()

    def __init__(self, canvas: DrawCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("largeDrawing")
        self._canvas = canvas
        self._sheet = Square(self)
        self._buttons = {key: self._button(key) for key in _ICONS}
        self._buttons["eraser"].setCheckable(True)
        self._brush_label = PlainLabel(self)
        self._brush = brush_slider("largeBrushSlider", self)
        self._brush.setMaximumWidth(180)
        self.done_button = QPushButton(self)
        self.done_button.setObjectName("drawLargeDoneButton")
        self.done_button.setProperty("primary", True)
        tools = QHBoxLayout()
        tools.setSpacing(6)
        for key in ("undo", "redo", "clear", "eraser"):
            tools.addWidget(self._buttons[key])
        tools.addSpacing(10)
        tools.addWidget(self._brush_label)
        tools.addWidget(self._brush)
        tools.addStretch(1)
        tools.addWidget(self._buttons["open"])
        tools.addWidget(self._buttons["save"])
        tools.addSpacing(10)
        tools.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addLayout(tools)
        column.addWidget(self._sheet, 1)
        self._buttons["undo"].clicked.connect(canvas.undo)
        self._buttons["redo"].clicked.connect(canvas.redo)
        self._buttons["clear"].clicked.connect(canvas.clear)
        self._buttons["eraser"].toggled.connect(canvas.set_erasing)
        self._buttons["open"].clicked.connect(self.open_requested)
        self._buttons["save"].clicked.connect(self.save_requested)
        self._brush.valueChanged.connect(canvas.set_brush_width)
        self.done_button.clicked.connect(self.done)
        canvas.drawing_changed.connect(self._on_drawing_changed)
        self.retranslate()

    def _button(self, key: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"large{key.capitalize()}Button")
        show_icon(button, _ICONS[key], "muted", 18)
        return button

    def take_canvas(self) -> None:
        """Put the canvas on the large sheet."""
        self._sheet.take(self._canvas)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Drawing on the stage"))
        for key, name, tip in (
            ("undo", self.tr("Undo"), self.tr("Take back the last stroke (Ctrl+Z)")),
            ("redo", self.tr("Redo"), self.tr("Do again what was taken back (Ctrl+Shift+Z)")),
            ("clear", self.tr("Clear"), self.tr("Clear the sheet (Delete, while it has the focus)")),
            ("eraser", self.tr("Eraser"), self.tr("Erase instead of draw (or use the right mouse button)")),
            ("open", self.tr("Open drawing"), self.tr("Open a saved drawing…")),
            ("save", self.tr("Save drawing"), self.tr("Save the drawing as a picture…")),
        ):
            self._buttons[key].setAccessibleName(name)
            self._buttons[key].setToolTip(tool_tip(tip))
        self._brush_label.setText(self.tr("Brush width"))
        self._brush.setAccessibleName(self.tr("Brush width"))
        self.done_button.setText(self.tr("Done"))
        self.done_button.setAccessibleName(self.done_button.text())
        self.done_button.setToolTip(self.tr("Put the sheet back at the side (Esc)"))

    def _on_drawing_changed(self, _raster: object = None) -> None:
        if not self.isVisible():
            return
        canvas = self._canvas
        states = (
            (self._buttons["undo"], canvas.can_undo),
            (self._buttons["redo"], canvas.can_redo),
            (self._buttons["clear"], not canvas.is_empty()),
            (self._buttons["save"], not canvas.is_empty()),
        )
        enable(self, states, self._buttons["undo"] if canvas.can_undo else self._buttons["redo"])

    def showEvent(self, event: QShowEvent) -> None:
        """Show the state of the canvas."""
        super().showEvent(event)
        self._brush.setValue(int(self._canvas.brush_width))
        self._buttons["eraser"].setChecked(self._canvas.erasing)
        self._on_drawing_changed()
