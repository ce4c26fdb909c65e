"""One number of a layer: a small caption above a small editor."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from cnnviewer.core.models.design import CLASSES, LARGEST_P, RANGES, Number
from cnnviewer.ui.widgets.number_fields import RealField, WholeField
from cnnviewer.ui.widgets.plain_text import PlainLabel, caption, tool_tip
from cnnviewer.ui.widgets.styled import Styled

_DIGITS: dict[Number, float] = {"out": 6.0, "p": 4.5}
_FEW = 3.0
_ARROWS = 34  # pixels of the arrows and the edges of an editor


class NumberField(Styled, QWidget):
    """A labelled number; every digit counts as it is typed. Below it, where the layer does not fit, what would.

    Signals:
        edited: `(number, value)`, the number's name in a `LayerSpec` and what the user made it.
        fix_requested: the user wants the value that would fit.
    """

    edited = Signal(str, float)
    fix_requested = Signal(str)

    def __init__(self, number: Number, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number: Number = number
        self._features = False
        self._caption = PlainLabel(self)
        self._caption.setProperty("role", "caption")
        self.editor = RealField(self) if number == "p" else WholeField(self)
        self.editor.setObjectName(f"{number}Spin")
        if isinstance(self.editor, RealField):
            self.editor.set_bounds(0.0, LARGEST_P)
            self.editor.set_step(0.05)
        else:
            low, high = RANGES[number]
            self.editor.setRange(CLASSES if number == "out" else low, high)
            self.editor.setAccelerated(True)
        self._fix = QToolButton(self)
        self._fix.setObjectName(f"{number}FixButton")
        self._fix.hide()
        self._caption.setBuddy(self.editor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._caption)
        layout.addWidget(self.editor)
        layout.addWidget(self._fix)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.editor.valueChanged.connect(self._on_value_changed)
        self._fix.clicked.connect(self._on_fix)
        self.on_look_changed()
        self.retranslate()

    def on_look_changed(self) -> None:
        """Room for as many digits in another font."""
        self._give_room()
        digits = _DIGITS.get(self.number, _FEW) * _metrics().horizontalAdvance("0")
        self.editor.setFixedWidth(_ARROWS + round(digits))

    def _give_room(self) -> None:
        """A caption may be wider than its number."""
        self._caption.setMinimumWidth(_metrics().horizontalAdvance(self._caption.text()) + 2)

    def set_value(self, value: float) -> None:
        """Show the number; emits nothing, and leaves the cursor of one who is typing just this where it is."""
        if self.editor.value() == value:
            return
        self.editor.blockSignals(True)
        if isinstance(self.editor, RealField):
            self.editor.setValue(value)
        else:
            self.editor.setValue(int(value))
        self.editor.blockSignals(False)

    def set_fix(self, text: str) -> None:
        """Offer a value that would fit; empty: none."""
        self._fix.setText(caption(text))
        self._fix.setAccessibleName(text)
        self._fix.setToolTip(self.tr("Make the layer fit with this number."))
        self._fix.setVisible(bool(text))

    def set_feature_words(self, features: bool) -> None:
        """Call the outputs features, of a fully connected layer, rather than channels."""
        self._features = features
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        out = (
            (self.tr("features"), self.tr("How many values the layer gives; 0 gives one for each class."))
            if self._features
            else (self.tr("channels"), self.tr("How many feature maps the layer gives; 0 gives one for each class."))
        )
        title, explanation = {
            "out": out,
            "kernel": (self.tr("kernel"), self.tr("Height and width of the sliding window.")),
            "stride": (self.tr("stride"), self.tr("How far the window moves from output to output.")),
            "padding": (self.tr("padding"), self.tr("Cells added on every side of the maps before the window slides.")),
            "dilation": (self.tr("dilation"), self.tr("Distance of the cells that the window reads; 1: neighbours.")),
            "groups": (
                self.tr("groups"),
                self.tr("Into so many parts the channels are divided; each part is convolved by itself."),
            ),
            "p": (self.tr("probability"), self.tr("How likely a value is set to zero at a training step.")),
        }[self.number]
        self._caption.setText(title)
        self._give_room()
        self.setToolTip(tool_tip(explanation))
        self.editor.setToolTip(tool_tip(explanation))
        self.editor.setAccessibleName(title)
        self.editor.setAccessibleDescription(explanation)
        if isinstance(self.editor, WholeField) and self.number == "out":
            self.editor.set_word(self.tr("classes"))

    @property
    def title(self) -> str:
        """What the number is called."""
        return self._caption.text()

    def _on_fix(self) -> None:
        self.fix_requested.emit(self.number)

    def _on_value_changed(self, value: float) -> None:
        self.edited.emit(self.number, float(value))


def _metrics() -> QFontMetrics:
    """Of the program's font now; a widget hears of another one later."""
    return QFontMetrics(QApplication.font())
