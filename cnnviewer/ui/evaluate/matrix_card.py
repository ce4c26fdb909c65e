"""The card with the confusion matrix, and what is said around it: accuracy, facts, comparison, the cell pointed at."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout

from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.core.models.recipe import Normalisation
from cnnviewer.core.wording import Words
from cnnviewer.ui.evaluate.comparison import Comparison
from cnnviewer.ui.evaluate.controls import MatrixControls
from cnnviewer.ui.evaluate.legend import ShadeLegend
from cnnviewer.ui.evaluate.matrix import NOWHERE, ConfusionMatrix
from cnnviewer.ui.evaluate.numbers import difference_forms
from cnnviewer.ui.evaluate.shades import strength
from cnnviewer.ui.evaluate.texts import accuracy_text, facts_text, place_text
from cnnviewer.ui.widgets.language import worded
from cnnviewer.ui.widgets.normalised import normalisation_meaning, normalisation_short, normalisation_text
from cnnviewer.ui.widgets.percent import percent, whole_percent
from cnnviewer.ui.widgets.plain_text import ElidedLabel, PlainLabel, tool_tip
from cnnviewer.ui.widgets.translated import Translated

_SIDE = 16  # pixels between the matrix and the card's edge
_AROUND = 120  # pixels of the neighbourhood that is in sight with a cell


class MatrixCard(Translated, QFrame):
    """Shows a table, or what differs from another one, and says in words what is pointed at.

    Attributes:
        matrix: the cells.

    Signals:
        all_requested: every test image shall be predicted, however long that takes.
        cancel_requested: that shall stop.
    """

    all_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, controls: MatrixControls) -> None:
        """`controls`: which numbers the cells show; they stand outside the card."""
        super().__init__()
        self.setProperty("card", True)
        self._controls = controls
        self._table: Confusion | None = None
        self._all_known = False
        self._comparison = Comparison()
        self._fraction: float | None = None
        self._normalisation: Normalisation | None = None
        self._note: Words = ""
        self.matrix = ConfusionMatrix()
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.matrix)
        self._scroll.setWidgetResizable(True)
        for part in (self.matrix, self._scroll.viewport()):
            part.setAutoFillBackground(False)  # they lie on a card
        self.accuracy, self.words, self._direction = PlainLabel(), PlainLabel(), PlainLabel()
        self.facts, self.compared = ElidedLabel(), ElidedLabel()
        for label, name in (
            (self.accuracy, "Accuracy"),
            (self.facts, "Facts"),
            (self.words, "Words"),
            (self.compared, "Compared"),
        ):
            label.setObjectName(f"evaluation{name}")
            label.setProperty("role", "title" if label is self.accuracy else "caption")
        self._direction.setProperty("role", "caption")
        for label in (self.words, self.accuracy):
            label.setWordWrap(True)
        self.compared.hide()
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.legend = ShadeLegend()
        self.progress = QProgressBar()
        self.progress.setObjectName("evaluationProgress")
        self.progress.setRange(0, 1000)
        self.progress.setFixedWidth(120)
        self.progress.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.all_button, self.cancel_button = QPushButton(), QPushButton()
        self.all_button.setObjectName("evaluateAllButton")
        self.cancel_button.setObjectName("evaluateCancelButton")
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        head, facts, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.accuracy, 1)
        head.addWidget(self._direction)
        facts.addWidget(self.facts, 1)
        facts.addWidget(self.compared, 1)
        facts.addWidget(self.progress)
        facts.addWidget(self.cancel_button)
        facts.addWidget(self.all_button)
        facts.addStrut(self.all_button.sizeHint().height())  # nothing moves when the button comes or goes
        foot.addWidget(self.words, 1)
        foot.addWidget(self.legend, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 12, _SIDE, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(facts)
        column.addWidget(self._scroll, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.matrix.pointed.connect(self._on_pointed)
        for bar in (self._scroll.horizontalScrollBar(), self._scroll.verticalScrollBar()):
            bar.valueChanged.connect(self.matrix.update)  # the names of the classes stay in sight
        self._controls.changed.connect(self._on_amounts)
        self.all_button.clicked.connect(self.all_requested)
        self.cancel_button.clicked.connect(self.cancel_requested)

    # values in

    def set_table(self, table: Confusion | None, comparison: Comparison, all_known: bool = False) -> None:
        """Show this table, or what differs from what it is compared with.

        `all_known`: every test image is predicted, also where the comparison is over a sample of them.
        """
        self._table, self._all_known = table, all_known
        self.set_comparison(comparison)
        self.matrix.set_table(table, comparison.difference)
        self._show_facts()
        self._on_pointed(*(self.matrix.cell or NOWHERE))

    def set_comparison(self, comparison: Comparison) -> None:
        """Say what came of the comparison, or how far it is."""
        self._comparison = comparison
        self._say_compared()
        self._show_progress()

    def set_normalisation(self, used: Normalisation, note: Words = "") -> None:
        """Say how the images are normalised before the model predicts them, and what else holds for the table."""
        self._normalisation, self._note = used, note
        self._show_facts()

    def set_progress(self, fraction: float | None) -> None:
        """How far predicting every test image is; None: nothing is being predicted."""
        self._fraction = fraction
        if fraction is not None:
            self.progress.setValue(round(1000 * fraction))
        self._show_facts()

    def show_cell(self, row: int, col: int) -> None:
        """Choose a cell, and bring it into sight."""
        self.matrix.choose((row, col))
        self._scroll_to(row, col)

    # sizes

    def keep_words_high(self) -> None:
        """Keep two lines for the words: nothing moves with what is pointed at."""
        self.words.setMinimumHeight(2 * self.words.fontMetrics().lineSpacing())

    @property
    def height_around(self) -> int:
        """Pixels of the card's height that are not the matrix's."""
        return self.sizeHint().height() - self._scroll.sizeHint().height()

    def width_for(self, height: int) -> int:
        """Pixels of width that the card takes when its matrix is so many high."""
        return self.matrix.width_for(height) + 2 * _SIDE + 4

    # words

    def _say_compared(self) -> None:
        sentence = self._comparison.text
        self.compared.show_text(sentence, f"{sentence}\n{self.facts.whole}".strip())
        self.compared.setVisible(bool(sentence))
        self.facts.setVisible(not sentence)  # one line for both: the matrix keeps its height

    def _show_facts(self) -> None:
        table, used = self._table, self._normalisation
        if table is None:
            return
        self.accuracy.setText(accuracy_text(table))
        facts = facts_text(table, "" if used is None else normalisation_short(used), worded(self._note))
        self.facts.show_text(
            facts, facts if used is None else f"{facts}\n{normalisation_text(used)} {normalisation_meaning()}"
        )
        self._show_progress()
        self._show_legend()

    def _show_progress(self) -> None:
        """Offer what can be done about images that are not predicted, by the weights shown or those compared with."""
        busy = self._fraction is not None or self._comparison.fraction is not None
        self.progress.setVisible(self._fraction is not None)
        self.cancel_button.setVisible(busy)
        sample = not self._all_known or self._comparison.of_sample
        self.all_button.setVisible(self._table is not None and sample and not busy)

    def _show_legend(self) -> None:
        (least, _), most = self.matrix.scale, self.matrix.largest
        strongest = strength(most, *self.matrix.scale)
        if not most:
            self.legend.set_ends("", "")
        elif self._comparison.difference is not None:
            counts = self._controls.amounts == "counts"
            falling, rising = (difference_forms(sign * most, counts)[0] for sign in (-1, 1))
            self.legend.set_ends(falling, rising, strongest, diverging=True)
        elif self._controls.amounts == "counts":
            self.legend.set_ends(f"{least:.0f}" if most > least else "", f"{most:,.0f}", strongest)
        else:
            self.legend.set_ends(whole_percent(0), percent(most), strongest)

    def _on_pointed(self, row: int, col: int) -> None:
        self.words.setText(place_text(self._table, row, col, self._comparison.difference))
        self.matrix.setAccessibleDescription(self.words.text())
        if row >= 0 and col >= 0 and self.matrix.hasFocus():
            self._scroll_to(row, col)

    def keep_whole(self, whole: bool) -> None:
        """Let the matrix take the height of its smallest cells at least: what holds the card scrolls then."""
        needed = self.matrix.minimumHeight() + self._scroll.horizontalScrollBar().sizeHint().height()
        self._scroll.setMinimumHeight(needed if whole else 0)

    def _scroll_to(self, row: int, col: int) -> None:
        place = self.matrix.cell_centre(row, col).toPoint()
        self._scroll.ensureVisible(place.x(), place.y(), _AROUND, _AROUND)

    def _on_amounts(self) -> None:
        self.matrix.set_amounts(self._controls.amounts, self._controls.diagonal, self._controls.least)
        self._show_legend()

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.matrix.setAccessibleName(self.tr("Confusion matrix: rows are true classes, columns predicted classes"))
        self._direction.setText(self.tr("true ↓ predicted →"))
        self._direction.setToolTip(tool_tip(self.tr("Rows are true classes, columns predicted classes")))
        self.legend.setAccessibleName(self.tr("Colours of the cells"))
        self.legend.setToolTip(tool_tip(self.tr("The stronger the colour, the larger the number in the cell")))
        self.progress.setAccessibleName(self.tr("Progress of the predictions"))
        self.cancel_button.setText(self.tr("Cancel"))
        self.cancel_button.setAccessibleName(self.tr("Stop predicting all test images"))
        self.all_button.setText(self.tr("Evaluate all test images"))
        self.all_button.setAccessibleName(self.all_button.text())
        self.all_button.setToolTip(tool_tip(self.tr("Not only the sample")))
        self._show_facts()
        self._say_compared()  # its tool tip holds the facts
        self._on_pointed(*(self.matrix.cell or NOWHERE))
        self._on_pointed(*(self.matrix.cell or NOWHERE))
