"""What the cells of the confusion matrix show: counts or shares, with the diagonal coloured or quiet."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cnnviewer.ui.evaluate.matrix import Amounts
from cnnviewer.ui.widgets.plain_text import PlainLabel
from cnnviewer.ui.widgets.segmented import Segmented
from cnnviewer.ui.widgets.translated import Translated

_AMOUNTS: Final[dict[str, Amounts]] = {"counts": "counts", "recall": "recall", "precision": "precision"}

_EDGE, _GAP = 12, 8  # pixels


class MatrixControls(Translated, QFrame):
    """Two segmented controls and how many images are wrong.

    Signals:
        changed: `amounts` or `errors_only` is another one.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._amounts = Segmented(self)
        self._amounts.setObjectName("evaluationAmounts")
        for key in _AMOUNTS:
            self._amounts.add(key, name=f"evaluation{key.capitalize()}Segment")
        self._shown = Segmented(self)
        self._shown.setObjectName("evaluationShown")
        for key in ("errors", "all"):
            self._shown.add(key, name=f"evaluation{key.capitalize()}Segment")
        self.wrong = PlainLabel(self)
        self.wrong.setObjectName("evaluationWrong")
        self.wrong.setProperty("role", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE, 10, _EDGE, 10)
        row.setSpacing(_GAP)
        row.addWidget(self._amounts)
        row.addWidget(self._shown)
        row.addWidget(self.wrong)
        row.addStretch(1)
        self._amounts.chosen.connect(self._on_chosen)
        self._shown.chosen.connect(self._on_chosen)
        self.retranslate()

    @property
    def amounts(self) -> Amounts:
        """What stands in the cells."""
        return _AMOUNTS[self._amounts.current]

    @property
    def errors_only(self) -> bool:
        """Whether the errors alone have a colour."""
        return self._shown.current == "errors"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The count of wrong images gives way, rather than the words of a control."""
        super().resizeEvent(event)
        self.wrong.setVisible(self.least_width + self.wrong.sizeHint().width() + _GAP <= self.width())

    @property
    def least_width(self) -> int:
        """Pixels in which no control folds."""
        return self._amounts.sizeHint().width() + self._shown.sizeHint().width() + 2 * _GAP + 2 * _EDGE + 2

    def _on_chosen(self, _key: str) -> None:
        self.changed.emit()

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self._amounts.setAccessibleName(self.tr("Numbers in the cells"))
        self._amounts.set_texts(
            {
                "counts": (self.tr("Counts"), self.tr("How many images each cell has")),
                "recall": (
                    self.tr("Recall"),
                    self.tr("Percent of each row: of a true class, the share that is predicted as each class"),
                ),
                "precision": (
                    self.tr("Precision"),
                    self.tr("Percent of each column: of what is predicted as a class, the share of each true class"),
                ),
            }
        )
        self._shown.setAccessibleName(self.tr("Cells that have a colour"))
        self._shown.set_texts(
            {
                "errors": (self.tr("Errors only"), self.tr("Colour the errors by their size; correct ones stay grey")),
                "all": (self.tr("All"), self.tr("Colour the correct ones too")),
            }
        )
