"""The confusion matrix of the weights shown, in numbers, colours and words."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.core.inspection.confusion import Confusion
from cnnviewer.core.models.recipe import Normalisation
from cnnviewer.ui.calm import CalmCombo
from cnnviewer.ui.evaluation.legend import ShadeLegend
from cnnviewer.ui.evaluation.matrix import ConfusionMatrix
from cnnviewer.ui.input.normalised import normalisation_short, normalisation_text

_SIDE = 190  # pixels


class EvaluationView(QWidget):
    """Shows a table; says in words what is pointed at.

    Signals:
        seen_changed: whether a person can see it: nothing is worked out for nobody.
        all_wished: every test image shall be read, however long that takes.
        cell_chosen: row and column of a cell whose images a person wants to see.
    """

    seen_changed = Signal(bool)
    all_wished = Signal()
    cell_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evaluationView")
        self._table: Confusion | None = None
        self._fraction: float | None = None
        self._normalisation: Normalisation | None = None
        self.matrix = ConfusionMatrix()
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.matrix)
        self._scroll.setWidgetResizable(True)
        self.accuracy = QLabel()
        self.accuracy.setObjectName("evaluationAccuracy")
        self.accuracy.setProperty("role", "title")
        self.facts, self.words, self.notice = QLabel(), QLabel(), QLabel()
        for label, name in ((self.facts, "Facts"), (self.words, "Words"), (self.notice, "Notice")):
            label.setObjectName(f"evaluation{name}")
            label.setProperty("role", "caption")
            label.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.notice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.numbers = CalmCombo()
        self.numbers.setObjectName("evaluationNumbersCombo")
        for key in ("counts", "percent"):
            self.numbers.addItem("", key)
        self.legend = ShadeLegend()
        self.progress = QProgressBar()
        self.progress.setObjectName("evaluationProgress")
        self.progress.setRange(0, 1000)
        self.all_button = QPushButton()
        self.all_button.setObjectName("evaluateAllButton")
        self._lay_out()
        self.matrix.pointed.connect(self._on_pointed)
        self.matrix.chosen.connect(self.cell_chosen)
        self.numbers.currentIndexChanged.connect(self._on_numbers)
        self.all_button.clicked.connect(self.all_wished)
        self.retranslate()

    def _lay_out(self) -> None:
        side = QWidget()
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.accuracy, self.facts, self.progress, self.all_button, self.numbers, self.legend):
            column.addWidget(widget)
        column.addWidget(self.words, 1)
        self.progress.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._scroll, 1)
        row.addWidget(side)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.notice)
        self._pages.addWidget(both)
        around = QVBoxLayout(self)
        around.setContentsMargins(8, 4, 8, 4)
        around.addWidget(self._pages)

    # values in

    def set_confusion(self, table: Confusion) -> None:
        """Show this table."""
        self._table = table
        self.matrix.set_table(table)
        self._pages.setCurrentIndex(1)
        self._show_facts()
        self._on_pointed(*(self.matrix.cell or (-1, -1)))

    def set_problem(self, sentence: str) -> None:
        """Say why there is no table."""
        self._table = None
        self.matrix.set_table(None)
        self.notice.setText(sentence)
        self._pages.setCurrentIndex(0)

    def set_normalisation(self, used: Normalisation) -> None:
        """Say how the images are normalised before the model reads them."""
        self._normalisation = used
        self._show_facts()

    def set_progress(self, fraction: float | None) -> None:
        """How far reading every test image is; None: nothing is being read."""
        self._fraction = fraction
        if fraction is not None:
            self.progress.setValue(round(1000 * fraction))
        self._show_facts()

    # words

    def _show_facts(self) -> None:
        table = self._table
        if table is None:
            return
        accuracy = f"{100 * table.accuracy:.2f}" if math.isfinite(table.accuracy) else "–"
        self.accuracy.setText(self.tr("{percent} % read rightly").format(percent=accuracy))
        numbers = {"correct": f"{table.correct:,}", "total": f"{table.total:,}", "all": f"{table.available:,}"}
        if table.complete:
            facts = self.tr("{correct} of {total} test images, step {step}")
        else:
            facts = self.tr("{correct} of a sample of {total} of the {all} test images, step {step}")
        text, used = facts.format(step=f"{table.step:,}", **numbers), self._normalisation
        self.facts.setText(text if used is None else f"{text}, {normalisation_short(used)}")
        self.facts.setToolTip("" if used is None else normalisation_text(used))
        self.progress.setVisible(self._fraction is not None)
        self.all_button.setVisible(not table.complete and self._fraction is None)

    def _on_pointed(self, row: int, col: int) -> None:
        table = self._table
        if table is None or row < 0:
            self.words.setText(self.tr("Point at a cell to read what it says; click it to see its images."))
            return
        count, whole = int(table.counts[row, col]), int(table.counts[row].sum())
        share = f"{100 * count / whole:.1f}" if whole else "0"
        names = {"label": table.classes[row], "read": table.classes[col]}
        if row == col:
            text = self.tr("{count} of {whole} images of {label} are read rightly: {share} %.")
        else:
            text = self.tr("{count} of {whole} images of {label} are read as {read}: {share} %.")
        self.words.setText(text.format(count=f"{count:,}", whole=f"{whole:,}", share=share, **names))
        self.matrix.setAccessibleDescription(self.words.text())

    def _on_numbers(self, _index: int) -> None:
        self.matrix.set_numbers(self.numbers.currentData())

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Evaluation"))
        self.matrix.setAccessibleName(self.tr("Confusion matrix: rows are labels, columns what is read"))
        self.notice.setText(self.tr("What the model reads on the test images appears here."))
        for index, text in enumerate((self.tr("Numbers of images"), self.tr("Percent of each row"))):
            self.numbers.setItemText(index, text)
        self.numbers.setAccessibleName(self.tr("Numbers in the cells"))
        self.numbers.setToolTip(self.tr("What is written in the cells"))
        self.legend.setAccessibleName(self.tr("Colours: share of the row"))
        self.legend.setToolTip(self.tr("The colour tells which share of its row a cell has"))
        self.progress.setAccessibleName(self.tr("Progress of reading"))
        self.all_button.setText(self.tr("Read all test images"))
        self.all_button.setAccessibleName(self.all_button.text())
        self.all_button.setToolTip(self.tr("Not only the sample"))
        self._show_facts()
        self._on_pointed(*(self.matrix.cell or (-1, -1)))

    # Qt

    def set_seen(self, seen: bool) -> None:
        """Say whether the table is in front: behind another tab a dock counts as shown too."""
        self.seen_changed.emit(seen)

    def sizeHint(self) -> QSize:
        """The bottom dock's usual size."""
        return QSize(800, 230)

    def changeEvent(self, event: QEvent) -> None:
        """Another language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
