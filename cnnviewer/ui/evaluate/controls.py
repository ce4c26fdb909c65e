"""What the cells of the confusion matrix show: counts or shares, colours, the least number, the comparison."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from cnnviewer.core.evaluation.metrics import Amounts
from cnnviewer.ui.evaluate.compare_button import CompareButton
from cnnviewer.ui.evaluate.matrix import Diagonal
from cnnviewer.ui.widgets.number_fields import WholeField
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.popover_button import PopoverButton
from cnnviewer.ui.widgets.segmented import Segmented
from cnnviewer.ui.widgets.styled import GrowingSize
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow

_AMOUNTS: Final[dict[str, Amounts]] = {"counts": "counts", "recall": "recall", "precision": "precision"}
_DIAGONALS: Final[dict[str, Diagonal]] = {"Errors": "quiet", "All": "coloured", "HideDiagonal": "hidden"}
_EDGE, _GAP = 12, 8  # pixels
_MOST_IMAGES = 1_000_000


class MatrixControls(Translated, QFrame):
    """A segmented control, the cells that have a colour or a number, and with what the table is compared.

    Attributes:
        compare: the button that asks with what.

    Signals:
        changed: `amounts`, `diagonal` or `least` is another one.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._amounts = Segmented(self)
        self._amounts.setObjectName("evaluationAmounts")
        for key in _AMOUNTS:
            self._amounts.add(key, name=f"evaluation{key.capitalize()}Segment")
        self._cells = PopoverButton("evaluationCellsButton", self)
        self._least_label, self._least = PlainLabel(), WholeField(grouped=True)
        self._least.setObjectName("evaluationLeastSpin")
        self._least.setKeyboardTracking(False)
        GrowingSize(self._least, fixed_width=78)
        self._cells.add_row(self._least_label, self._least)
        menu = self._cells.menu()
        menu.addSeparator()
        self._shown = QActionGroup(self)
        for name, diagonal in _DIAGONALS.items():
            action = menu.addAction("")
            action.setObjectName(f"evaluation{name}Action")
            action.setCheckable(True)
            action.setChecked(diagonal == "quiet")
            action.setData(diagonal)
            self._shown.addAction(action)
        self._known: dict[Amounts, int] = {"counts": 1, "recall": 0, "precision": 0}
        self._before: Amounts = "counts"
        self.compare = CompareButton("evaluationCompareButton", self)
        self.wrong = PlainLabel(self)
        self.wrong.setObjectName("evaluationWrong")
        self.wrong.setProperty("role", "caption")
        self.wrong.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = WrappingRow(self, _GAP)
        row.setContentsMargins(_EDGE, 10, _EDGE, 10)
        row.addWidget(self._amounts)
        row.addWidget(self._cells)
        row.addWidget(self.compare)
        row.addWidget(self.wrong)
        self._use_bounds()
        self._amounts.chosen.connect(self._on_amounts)
        self._shown.triggered.connect(self._on_chosen)
        self._least.valueChanged.connect(self._on_least)
        self.retranslate()

    @property
    def amounts(self) -> Amounts:
        """What stands in the cells."""
        return _AMOUNTS[self._amounts.current]

    @property
    def diagonal(self) -> Diagonal:
        """How the correct predictions are shown."""
        chosen: Diagonal = self._shown.checkedAction().data()
        return chosen

    @property
    def least(self) -> float:
        """The smallest number that is shown: images, or a share 0..1."""
        return self._least.value() if self.amounts == "counts" else self._least.value() / 100

    @property
    def least_width(self) -> int:
        """Pixels in which no control folds."""
        return self._one_line() + 2 * _EDGE + 2

    def _one_line(self) -> int:
        """Pixels of the controls beside one another."""
        parts = (self._amounts, self._cells, self.compare)
        return sum(part.sizeHint().width() for part in parts) + 2 * _GAP

    def show_wrong(self, words: str) -> None:
        """Say how many predictions are wrong, where there is room beside the controls."""
        self.wrong.setText(words)
        self._let_fit()

    def _let_fit(self) -> None:
        room = self.width() - 2 * _EDGE - self._one_line() - _GAP
        self.wrong.setVisible(self.wrong.sizeHint().width() <= room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The count of wrong images gives way, rather than taking a line of its own."""
        super().resizeEvent(event)
        self._let_fit()

    def height_in(self, width: int) -> int:
        """Pixels that it takes from the top in such a width."""
        layout = self.layout()
        return self.sizeHint().height() if layout is None else layout.heightForWidth(width)

    def _on_amounts(self, _key: str) -> None:
        self._use_bounds()
        self.changed.emit()

    def _on_chosen(self, _action: QAction) -> None:
        self.changed.emit()

    def _say_cells(self) -> None:
        """Say on the button from which number on cells are shown, where some are left out by it."""
        number = self._least.text()
        leaves_out = self._least.value() > self._least.minimum()
        text = self.tr("Cells from {number}").format(number=number) if leaves_out else self.tr("Cells")
        self._cells.show_words(text)
        self._let_fit()

    def _on_least(self, value: int) -> None:
        if self.amounts == self._before:
            self._known[self.amounts] = value
            self._say_cells()
            self.changed.emit()

    def _use_bounds(self) -> None:
        """Another kind of numbers has bounds of its own, and the least one that was chosen for it."""
        self._before, counts = self.amounts, self.amounts == "counts"
        known = self._known[self.amounts]
        self._least.blockSignals(True)
        self._least.setRange(1 if counts else 0, _MOST_IMAGES if counts else 100)
        self._least.setSuffix("" if counts else self.tr(" %"))
        self._least.setValue(known)
        self._least.blockSignals(False)
        self._say_cells()

    def sizeHint(self) -> QSize:
        """As high as one line."""
        return QSize(self.least_width, super().sizeHint().height())

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
        texts = (
            (self.tr("Errors only"), self.tr("Colour the errors by their size; correct ones stay grey")),
            (self.tr("All"), self.tr("Colour the correct ones too")),
            (self.tr("Hide diagonal"), self.tr("Leave the correct ones out")),
        )
        for action, (text, tip) in zip(self._shown.actions(), texts, strict=True):
            action.setText(text)
            action.setToolTip(tool_tip(tip))
        self._cells.setToolTip(tool_tip(self.tr("Which cells of the matrix have a colour, and which show a number")))
        self._least_label.setText(self.tr("Smallest number shown"))
        self._least.setAccessibleName(self.tr("Smallest number that a cell shows"))
        self._least.setToolTip(tool_tip(self.tr("Cells with a smaller number, of either sign, stay empty")))
        self._use_bounds()
