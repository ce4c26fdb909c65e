"""What is drawn with on the image: a colour, a width, and the way back."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cnnviewer.ui.explore.why.flip.drawn_picture import DrawnPicture
from cnnviewer.ui.widgets.calm import CalmSlider
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.popover_button import PopoverButton
from cnnviewer.ui.widgets.segmented import Segmented
from cnnviewer.ui.widgets.text_button import TextButton
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow

_COLOURS: Final = {"white": QColor(255, 255, 255), "black": QColor(0, 0, 0)}
_WIDTHS: Final = 12  # stops of the slider
_WIDEST: Final = 0.25  # of the picture's width
_USUAL: Final = 0.08


class DrawingTools(Translated, QWidget):
    """Owner of none of the strokes: they are the canvas's.

    Signals:
        undo_requested, redo_requested, reset_requested: the buttons.
    """

    undo_requested = Signal()
    redo_requested = Signal()
    reset_requested = Signal()

    def __init__(self, canvas: DrawnPicture, popover: PopoverButton, parent: QWidget | None = None) -> None:
        """How wide strokes are stands in the `popover`."""
        super().__init__(parent)
        self._canvas = canvas
        self._colour = Segmented(self)
        self._colour.setObjectName("flipColour")
        for key in ("white", "black", "erase"):
            self._colour.add(key, name=f"flip{key.title()}Segment")
        self._label, self._brush = PlainLabel(), CalmSlider(Qt.Orientation.Horizontal)
        self._brush.setObjectName("flipBrushSlider")
        self._brush.setRange(1, _WIDTHS)
        self._brush.setValue(round(_USUAL / _WIDEST * _WIDTHS))
        self._brush.setMinimumSize(80, 22)
        self.width_row = popover.add_row(self._label, self._brush)
        self._undo, self._redo, self._reset = (
            TextButton(f"flip{name}Button", self) for name in ("Undo", "Redo", "Reset")
        )
        row = WrappingRow(self)
        row.addWidget(self._colour)
        back = QFrame(self)  # one group, as the colours are
        back.setProperty("segmented", True)
        together = QHBoxLayout(back)
        together.setContentsMargins(6, 0, 6, 0)
        together.setSpacing(2)
        for button in (self._undo, self._redo, self._reset):
            together.addWidget(button)
        row.addWidget(back)
        self._colour.chosen.connect(self._on_colour_chosen)
        self._brush.valueChanged.connect(self._on_width_chosen)
        self._undo.clicked.connect(self.undo_requested)
        self._redo.clicked.connect(self.redo_requested)
        self._reset.clicked.connect(self.reset_requested)
        self.retranslate()

    def follow_image(self) -> None:
        """The canvas has another image: one of the colours may be its background."""
        ground = self._canvas.background()
        self._offer_colours()
        if self._colour.current != "erase" and _COLOURS[self._colour.current] == ground:
            self._colour.set_current("white" if ground != _COLOURS["white"] else "black")
        self._on_colour_chosen()
        self._on_width_chosen()
        self.show_undo()

    def _offer_colours(self) -> None:
        why, ground = self.tr("The background has this colour already: choose Erase."), self._canvas.background()
        for key, colour in _COLOURS.items():
            self._colour.set_offered(key, colour != ground, why)

    def show_undo(self) -> None:
        """Whether there is a way back, and forth."""
        self._undo.setEnabled(self._canvas.can_undo)
        self._redo.setEnabled(self._canvas.can_redo)
        self._reset.setEnabled(self._canvas.is_changed)

    def _on_colour_chosen(self, _key: str = "") -> None:
        key = self._colour.current
        self._canvas.set_colour(_COLOURS[key] if key in _COLOURS else self._canvas.background())

    def _on_width_chosen(self, _width: int = 0) -> None:
        picture = self._canvas.picture
        columns = picture.shape[2] if picture is not None else 28
        self._canvas.set_brush_width(self._brush.value() / _WIDTHS * _WIDEST * columns)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self._colour.set_texts(
            {
                "white": (self.tr("White"), self.tr("Add a white stroke")),
                "black": (self.tr("Black"), self.tr("Add a black stroke")),
                "erase": (self.tr("Erase"), self.tr("Paint in the colour of the image's edge; the right button does")),
            }
        )
        self._offer_colours()
        self._colour.setAccessibleName(self.tr("What the left button does"))
        self._label.setText(self.tr("Width"))
        self._brush.setAccessibleName(self.tr("Width of a stroke"))
        for button, text, tip in (
            (self._undo, self.tr("Undo"), self.tr("Take the last stroke back")),
            (self._redo, self.tr("Redo"), self.tr("Draw again what was taken back")),
            (self._reset, self.tr("Reset"), self.tr("The image as it was")),
        ):
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(tool_tip(tip))
