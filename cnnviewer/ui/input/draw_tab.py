"""The canvas with its tools."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from cnnviewer.ui.calm import CalmSlider
from cnnviewer.ui.input.canvas import DEFAULT_BRUSH, LARGEST_BRUSH, SMALLEST_BRUSH, DrawCanvas
from cnnviewer.ui.input.icons import icon
from cnnviewer.ui.theme import theme


class DrawTab(QWidget):
    """Canvas, undo, clear, eraser, brush width, save and open.

    Signals:
        save_requested: the drawing is to be saved.
        open_requested: a saved drawing is to be opened.
        show_requested: the drawing shall be looked at again, in place of another image.
    """

    save_requested = Signal()
    open_requested = Signal()
    show_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drawTab")
        self.canvas = DrawCanvas(self)
        self.undo_button = self._button("undoButton")
        self.clear_button = self._button("clearButton")
        self.eraser_button = self._button("eraserButton")
        self.eraser_button.setCheckable(True)
        self.save_button = self._button("saveDrawingButton")
        self.open_button = self._button("openDrawingButton")
        self.brush_slider = CalmSlider(Qt.Orientation.Horizontal, self)
        self.brush_slider.setObjectName("brushSlider")
        self.brush_slider.setRange(int(SMALLEST_BRUSH), int(LARGEST_BRUSH))
        self.brush_slider.setValue(int(DEFAULT_BRUSH))
        self.brush_slider.setMinimumWidth(36)
        self.note = QLabel(self)
        self.note.setObjectName("drawingNote")
        self.note.setProperty("role", "caption")
        self.note.setWordWrap(True)
        self.note.hide()
        self._shown = False
        self.show_button = QPushButton(self)
        self.show_button.setObjectName("showDrawingButton")
        tools = QHBoxLayout()
        tools.setSpacing(3)
        for widget in (self.undo_button, self.clear_button, self.eraser_button):
            tools.addWidget(widget)
        tools.addSpacing(3)
        tools.addWidget(self.brush_slider, 1)
        tools.addSpacing(3)
        tools.addWidget(self.save_button)
        tools.addWidget(self.open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 6)
        column.setSpacing(6)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.show_button)
        column.addWidget(self.note)
        column.addLayout(tools)
        self.undo_button.clicked.connect(self.canvas.undo)
        self.clear_button.clicked.connect(self.canvas.clear)
        self.eraser_button.toggled.connect(self.canvas.set_erasing)
        self.brush_slider.valueChanged.connect(self.canvas.set_brush_width)
        self.save_button.clicked.connect(self.save_requested)
        self.open_button.clicked.connect(self.open_requested)
        self.show_button.clicked.connect(self.show_requested)
        self.canvas.drawing_changed.connect(self._on_drawing_changed)
        theme().changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._on_drawing_changed()
        self.retranslate()

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setIconSize(QSize(18, 18))
        button.setProperty("flat", True)
        return button

    def set_shown(self, shown: bool) -> None:
        """Whether the drawing is the image looked at; another one can be replaced by it."""
        self._shown = shown
        self._offer_to_show()

    def _offer_to_show(self) -> None:
        self.show_button.setVisible(not self._shown and not self.canvas.is_empty())

    def set_note(self, sentence: str) -> None:
        """What a person should know before drawing for this model; empty hides it."""
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        for widget, name, tip in (
            (self.undo_button, self.tr("Undo"), self.tr("Take back the last stroke (Ctrl+Z)")),
            (self.clear_button, self.tr("Clear"), self.tr("Clear the sheet (Delete, while it has the focus)")),
            (self.eraser_button, self.tr("Eraser"), self.tr("Erase instead of draw (or use the right mouse button)")),
            (self.brush_slider, self.tr("Brush width"), self.tr("Brush width")),
            (self.save_button, self.tr("Save drawing"), self.tr("Save the drawing as a picture…")),
            (self.open_button, self.tr("Open drawing"), self.tr("Open a saved drawing…")),
            (
                self.show_button,
                self.tr("Show this drawing"),
                self.tr("The network shows another image: let it show this drawing"),
            ),
        ):
            widget.setAccessibleName(name)
            widget.setToolTip(tip)
        self.show_button.setText(self.show_button.accessibleName())

    def _on_drawing_changed(self, _raster: object = None) -> None:
        self.undo_button.setEnabled(self.canvas.can_undo)
        self.clear_button.setEnabled(not self.canvas.is_empty())
        self.save_button.setEnabled(not self.canvas.is_empty())
        self._offer_to_show()

    def _on_theme_changed(self) -> None:
        self.undo_button.setIcon(icon("undo"))
        self.clear_button.setIcon(icon("clear"))
        self.eraser_button.setIcon(icon("eraser"))
        self.save_button.setIcon(icon("save"))
        self.open_button.setIcon(icon("open"))

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
