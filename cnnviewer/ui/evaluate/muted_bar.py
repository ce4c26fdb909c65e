"""What the muted channels do to the predictions: a line above Evaluate's pages, and recall and precision by class."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cnnviewer.core.counting import counted
from cnnviewer.core.evaluation.effect import Effect
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.effect_texts import effect_text
from cnnviewer.ui.widgets.muted_sign import MutedSign
from cnnviewer.ui.widgets.percent import percent
from cnnviewer.ui.widgets.plain_text import ElidedLabel, PlainLabel, tool_tip
from cnnviewer.ui.widgets.text_button import TextButton
from cnnviewer.ui.widgets.translated import Translated

_MOST_HEIGHT = 460  # pixels of the table
"""A data set may have a thousand classes: those that changed most stand first, and the rest scrolls."""
_MOST_ROWS = 100


class MutedBar(Translated, QWidget):
    """Shown while channels are muted.

    Signals:
        difference_requested: the table shall be compared with that without the mutes.
    """

    difference_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evaluateMuted")
        self._effect: Effect | None = None
        self._muted = 0
        self.words = ElidedLabel(self)
        self.words.setObjectName("evaluateMutedWords")
        self._classes = TextButton("evaluateMutedClasses", self, is_link=True)
        self._difference = TextButton("evaluateMutedDifference", self, is_link=True)
        self._table: _ClassTable | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(MutedSign(self))
        row.addWidget(self.words, 1)
        row.addWidget(self._difference)
        row.addWidget(self._classes)
        self._difference.clicked.connect(self.difference_requested)
        self._classes.clicked.connect(self._open)
        self.retranslate()
        self.hide()

    def set_effect(self, effect: Effect | None, muted: int) -> None:
        """So many channels are muted, with this effect; None: it is not known yet."""
        self._effect, self._muted = effect, muted
        self.setVisible(muted > 0)
        self.retranslate()

    def _open(self) -> None:
        if self._effect is None:
            return
        if self._table is None:
            self._table = _ClassTable(self)
        self._table.show_effect(self._effect)
        self._table.open_below(self._classes)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        muted = counted(self.tr("{count:channel|channels} muted"), count=self._muted)
        parts = [muted] if self._effect is None else [muted, effect_text(self._effect)]
        self.words.show_text(" · ".join(parts))
        self._difference.setText(self.tr("Difference"))
        self._difference.setAccessibleName(self._difference.text())
        self._difference.setToolTip(
            tool_tip(self.tr("Compare with the same weights without the mutes: the table and the images that changed"))
        )
        self._classes.setText(self.tr("Recall and precision"))
        self._classes.setAccessibleName(self._classes.text())
        self._classes.setToolTip(tool_tip(self.tr("Of each class, without the mutes and with them")))
        self._classes.setEnabled(self._effect is not None)


class _ClassTable(Translated, QFrame):
    """Recall and precision of each class before and after, those that changed most first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("evaluateMutedTable")
        self.setProperty("card", True)
        self._effect: Effect | None = None
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)  # it lies on a card
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 10)
        self._column.addWidget(self._scroll)

    def show_effect(self, effect: Effect) -> None:
        """Show these numbers."""
        self._effect = effect
        self.retranslate()

    def open_below(self, button: QWidget) -> None:
        """Open below a button, its right edge at the button's."""
        inside = self._scroll.widget()
        hint = inside.sizeHint() if inside is not None else QSize()
        margins = self.contentsMargins() + self._column.contentsMargins()
        wide = hint.width() + margins.left() + margins.right() + self._scroll.verticalScrollBar().sizeHint().width() + 4
        self.resize(wide, min(_MOST_HEIGHT, hint.height() + margins.top() + margins.bottom() + 4))
        self.move(button.mapToGlobal(QPoint(button.width() - self.width(), button.height() + 4)))
        self.show()

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Recall and precision of each class, without the mutes and with them"))
        if self._effect is not None:
            inside = self._grid(self._effect)
            self._scroll.setWidget(inside)
            inside.setAutoFillBackground(False)  # which the area turns on

    def _grid(self, effect: Effect) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(3)
        heads = (
            self.tr("Class"),
            self.tr("Recall"),
            self.tr("with mutes"),
            self.tr("Precision"),
            self.tr("with mutes"),
        )
        for place, head in enumerate(heads):
            _put(grid, 0, place, head, "caption")
        changed = effect.classes_by_change
        rest = (index for index in range(len(effect.after.classes)) if index not in set(changed))
        for row, index in enumerate((*changed, *rest), start=1):
            if row > _MOST_ROWS:
                break
            _put(grid, row, 0, class_word(effect.after.classes[index]), "title")
            shares = (
                (effect.before.recall[index], effect.after.recall[index]),
                (effect.before.precision[index], effect.after.precision[index]),
            )
            for pair, (before, after) in enumerate(shares):
                _put(grid, row, 1 + 2 * pair, _share(before))
                sign = "" if not after - before else " ▲" if after > before else " ▼"
                _put(grid, row, 2 + 2 * pair, _share(after) + sign, "title" if sign else "")
        return inside


def _share(share: float) -> str:
    return percent(share) if share == share else "–"


def _put(grid: QGridLayout, row: int, column: int, text: str, role: str = "") -> None:
    label = PlainLabel(None, text)
    label.setProperty("role", role)
    label.setAlignment(Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft)
    grid.addWidget(label, row, column)
