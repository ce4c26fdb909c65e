"""The card beside the curves: what the model is learning, live."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from cnnviewer.core.inspection.learned_records import LearnedTiles
from cnnviewer.ui.train.learning.tiles import TileSheet
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.plain_text import PlainLabel, elided, tool_tip
from cnnviewer.ui.widgets.seen import TellsWhenSeen
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.translated import Translated

_FOLDED_WIDTH = 40
_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class LearningView(Translated, TellsWhenSeen, QFrame):
    """Kernels of a chosen convolution, and maps of the first and the last ReLU; folded, it is a strip with its name.

    Signals:
        seen_changed: whether somebody can see it.
        layer_selected: the convolution that the user chose.
        tile_chosen: layer and channel of the picture that was clicked.
    """

    seen_changed = Signal(bool)
    layer_selected = Signal(str)
    tile_chosen = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("learningView")
        self.setProperty("card", True)
        self._width, self._roomy = 300, True
        self._title, self._of = PlainLabel(), PlainLabel()
        self._title.setProperty("role", "title")
        self._of.setProperty("role", "caption")
        self._of.setObjectName("learningOf")
        self._layer = CalmCombo()
        self._layer.setObjectName("learningLayerCombo")
        self._layer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._of.setBuddy(self._layer)
        self._fold = QToolButton()
        self._fold.setObjectName("learningFoldButton")
        self._fold.setProperty("flat", True)
        self._fold.setProperty("small", True)
        self._fold.setCheckable(True)
        self._sheet = TileSheet()
        self._body = QWidget()
        choice = QHBoxLayout()
        choice.setSpacing(8)
        choice.addWidget(self._of)
        choice.addWidget(self._layer, 1)
        inside = QVBoxLayout(self._body)
        inside.setContentsMargins(0, 0, 5, 0)
        inside.setSpacing(10)
        inside.addLayout(choice)
        inside.addWidget(self._sheet, 1)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 9, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._body, 1)
        self._upright = _UprightText()
        column.addWidget(self._upright, 1)
        self._fold.toggled.connect(self._on_folded)
        self._layer.activated.connect(self._on_layer_activated)
        self._sheet.chosen.connect(self.tile_chosen)
        self.retranslate()
        self._on_folded(False)

    @property
    def seen(self) -> bool:
        """Whether somebody can see it: the workspace is in front, and the card is not folded."""
        return self.isVisible() and not self._fold.isChecked()

    @property
    def tiles(self) -> tuple[LearnedTiles, ...]:
        """What is shown."""
        return self._sheet.tiles

    def set_layers(self, layers: tuple[str, ...], current: str) -> None:
        """Offer these convolutions; emits nothing."""
        with QSignalBlocker(self._layer):
            self._layer.clear()
            self._layer.addItems(layers)
            self._layer.setCurrentIndex(layers.index(current) if current in layers else -1)
        self._layer.setEnabled(bool(layers))

    def set_tiles(self, tiles: tuple[LearnedTiles, ...]) -> None:
        """Show these pictures."""
        self._sheet.set_tiles(tiles)
        self._of.setText(self._of_text())

    def _of_text(self) -> str:
        return self.tr("Frozen kernels of") if any(shown.frozen for shown in self.tiles) else self.tr("Kernels of")

    def set_width(self, width: int, roomy: bool = True) -> None:
        """Take so many pixels while it is not folded; without room beside the curves it folds itself once."""
        self._width = width
        if roomy != self._roomy:
            self._roomy = roomy
            self._fold.setChecked(not roomy)
        self.setFixedWidth(grown(_FOLDED_WIDTH) if self._fold.isChecked() else width)

    def _on_layer_activated(self, index: int) -> None:
        self.layer_selected.emit(self._layer.itemData(index))

    def _on_folded(self, folded: bool) -> None:
        for widget in (self._title, self._body):
            widget.setVisible(not folded)
        self._upright.setVisible(folded)
        self.set_width(self._width, self._roomy)
        show_icon(self._fold, "chevron-left" if self._fold.isChecked() else "chevron-right", "muted")
        self.retranslate()
        if self.isVisible():
            self.on_seen_changed(True)

    def on_seen_changed(self, seen: bool) -> None:
        """Folded, it is not seen."""
        super().on_seen_changed(seen and not self._fold.isChecked())

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self._title.setText(self.tr("What it is learning"))
        self._upright.set_text(self._title.text())
        self._of.setText(self._of_text())
        self._layer.setAccessibleName(self.tr("Convolution whose kernels are shown"))
        text = self.tr("Show what it is learning") if self._fold.isChecked() else self.tr("Fold this card")
        self._fold.setToolTip(tool_tip(text))
        self._fold.setAccessibleName(text)


class _UprightText(Styled, QWidget):
    """A line of text that is read from above to below."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""

    def set_text(self, text: str) -> None:
        """Show this."""
        self._text = text
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it, turned by a quarter."""
        painter = QPainter(self)
        painter.setFont(self.paint_style.name_font)
        painter.setPen(self.paint_style.color("text"))
        painter.translate(self.width(), 0)
        painter.rotate(90)
        words = elided(painter.fontMetrics(), self._text, self.height())
        draw_text(painter, QRectF(0, 0, self.height(), self.width()), _START, words)
