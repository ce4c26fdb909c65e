"""The page Errors: the confusion matrix of the weights shown, and the images behind its cells."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.core.data.image_id import ImageIds
from cnnviewer.core.errors import UserError, without_frames
from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.core.evaluation.difference import difference_of
from cnnviewer.core.models.recipe import Normalisation
from cnnviewer.ui.evaluate.comparison import Comparison
from cnnviewer.ui.evaluate.controls import MatrixControls
from cnnviewer.ui.evaluate.images_card import ImagesCard
from cnnviewer.ui.evaluate.legend import ShadeLegend
from cnnviewer.ui.evaluate.matrix import NOWHERE, ConfusionMatrix
from cnnviewer.ui.evaluate.numbers import difference_forms
from cnnviewer.ui.evaluate.texts import accuracy_text, facts_text, place_text, wrong_text
from cnnviewer.ui.widgets.image_wall import Pixels
from cnnviewer.ui.widgets.normalised import normalisation_short, normalisation_text
from cnnviewer.ui.widgets.percent import percent, whole_percent
from cnnviewer.ui.widgets.plain_text import ElidedLabel, PlainLabel, tool_tip
from cnnviewer.ui.widgets.translated import Translated

_MARGIN = 14  # pixels around the cards and between them
_LEAST_RIGHT = 280
_MOST_LEFT = 0.62  # of the stage
_IMAGES_ABOVE = 240  # pixels that the images have at first where something stands below them


class ErrorsPage(Translated, QWidget):
    """Shows a table; says in words what is pointed at; lists the images of the cell that is chosen.

    Signals:
        all_requested: every test image shall be predicted, however long that takes.
        cell_chosen: row and column of the cell that is chosen now; `(-1, -1)`: none is.
        image_chosen: index of the test image that shall be inspected.
        back_requested: what was inspected before shall be inspected again.
        cancel_requested: predicting every test image shall stop.
        reference_requested: with what the table shall be compared, see `CompareButton`.
        references_opened: what it can be compared with is about to be looked at.
        export_requested: `png` or `csv`: the images selected, or all listed, shall be saved.
        export_cancelled: but not any more.
    """

    all_requested = Signal()
    cell_chosen = Signal(int, int)
    image_chosen = Signal(int)
    back_requested = Signal()
    cancel_requested = Signal()
    reference_requested = Signal(str)
    references_opened = Signal()
    export_requested = Signal(str)
    export_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evaluateErrorsPage")
        self._table: Confusion | None = None
        self._fraction: float | None = None
        self._normalisation: Normalisation | None = None
        self._note = self._error = ""
        self._reference: Confusion | None = None
        self.comparison = Comparison()
        self.matrix = ConfusionMatrix()
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.matrix)
        self._scroll.setWidgetResizable(True)
        for part in (self.matrix, self._scroll.viewport()):
            part.setAutoFillBackground(False)  # they lie on a card
        self.accuracy, self.words, self.notice = PlainLabel(), PlainLabel(), PlainLabel()
        self.facts, self._direction, self.compared = ElidedLabel(), PlainLabel(), ElidedLabel()
        for label, name in (
            (self.accuracy, "Accuracy"),
            (self.facts, "Facts"),
            (self.words, "Words"),
            (self.compared, "Compared"),
        ):
            label.setObjectName(f"evaluation{name}")
            label.setProperty("role", "title" if label is self.accuracy else "caption")
        self.notice.setObjectName("evaluationNotice")
        self.notice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (self.notice, self._direction):
            label.setProperty("role", "caption")
        for label in (self.notice, self.words, self.accuracy):
            label.setWordWrap(True)
        self.compared.hide()
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.legend = ShadeLegend()
        self.progress = QProgressBar()
        self.progress.setObjectName("evaluationProgress")
        self.progress.setRange(0, 1000)
        self.progress.setFixedWidth(120)
        self.all_button = QPushButton()
        self.all_button.setObjectName("evaluateAllButton")
        self.cancel_button = QPushButton()
        self.cancel_button.setObjectName("evaluateCancelButton")
        self.controls = MatrixControls()
        self.images = ImagesCard()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        self._card = QFrame()
        self._card.setProperty("card", True)
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
        column = QVBoxLayout(self._card)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(facts)
        column.addWidget(self._scroll, 1)
        column.addLayout(foot)
        self._left, both = QWidget(), QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(_MARGIN)
        left.addWidget(self._card, 1)
        left.addWidget(self.controls)
        self._right = QSplitter(Qt.Orientation.Vertical)
        self._right.setObjectName("evaluateSplitter")
        self._right.setChildrenCollapsible(False)
        self._right.setHandleWidth(_MARGIN)
        self._right.addWidget(self.images)
        row = QHBoxLayout(both)
        row.setContentsMargins(_MARGIN, 0, _MARGIN, _MARGIN)
        row.setSpacing(_MARGIN)
        row.addWidget(self._left)
        row.addWidget(self._right, 1)
        self.progress.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.notice)
        self._pages.addWidget(both)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._pages)

    def _connect(self) -> None:
        self.matrix.pointed.connect(self._on_pointed)
        self.matrix.chosen.connect(self._on_cell_chosen)
        for bar in (self._scroll.horizontalScrollBar(), self._scroll.verticalScrollBar()):
            bar.valueChanged.connect(self.matrix.update)  # the names of the classes stay in sight
        self.controls.changed.connect(self._on_amounts)
        self.all_button.clicked.connect(self.all_requested)
        self.images.chosen.connect(self.image_chosen)
        self.images.back_requested.connect(self.back_requested)
        self.images.export_requested.connect(self.export_requested)
        self.images.export_cancelled.connect(self.export_cancelled)
        self.cancel_button.clicked.connect(self.cancel_requested)
        self.controls.compare.requested.connect(self.reference_requested)
        self.controls.compare.opened.connect(self.references_opened)

    # values in

    def set_below_images(self, widget: QWidget) -> None:
        """Put a widget below the images: what there is to know of the image chosen. It has most of the height."""
        self._right.addWidget(widget)
        whole = max(self.height(), 4 * _IMAGES_ABOVE // 2)
        self._right.setSizes([_IMAGES_ABOVE, whole - _IMAGES_ABOVE])
        self._right.setStretchFactor(0, 0)
        self._right.setStretchFactor(1, 1)

    def set_confusion(self, table: Confusion | None) -> None:
        """Show this table; None: there is none yet."""
        if table is None:
            self._show_notice("")
            return
        first, self._table, self._error = self._table is None, table, ""
        self._compare()
        self._pages.setCurrentIndex(1)
        self._show_facts()
        self._on_pointed(*(self.matrix.cell or NOWHERE))
        if first:
            self._fit()

    def set_reference(self, before: Confusion | None, words: str = "") -> None:
        """Compare with these predictions of the same images; None: with nothing.

        Args:
            before: what was predicted.
            words: with which weights, such as `step 12`.

        """
        self._reference = before
        self.comparison = Comparison(words if before is not None else "", fraction=self.comparison.fraction)
        self.controls.compare.set_current(self.comparison.words)
        if self._table is not None:
            self._compare()
            self._show_facts()
            self._on_pointed(*(self.matrix.cell or NOWHERE))

    def set_reference_choices(self, steps: tuple[tuple[str, int], ...], runs: tuple[tuple[str, str], ...]) -> None:
        """With what the table can be compared, see `CompareButton.set_choices`."""
        self.controls.compare.set_choices(steps, runs)

    def set_reference_progress(self, fraction: float | None) -> None:
        """How far predicting with the other weights is; None: it is done."""
        self.comparison = replace(self.comparison, fraction=fraction)
        self._say_compared()

    def _compare(self) -> None:
        """Show the table, or what differs from the reference: nothing is compared where the images are others."""
        table, before = self._table, self._reference
        difference = refused = None
        if table is not None and before is not None:
            try:
                difference = difference_of(table, before)
            except UserError as error:
                refused = without_frames(error)
        self.comparison = replace(self.comparison, difference=difference, refused=refused)
        self._say_compared()
        self.matrix.set_table(table, difference)
        self.images.show_cell(table, self.matrix.chosen_cell, difference)

    def _say_compared(self) -> None:
        sentence = self.comparison.text
        self.compared.show_text(sentence, f"{sentence}\n{self.facts.whole}".strip())
        self.compared.setVisible(bool(sentence))
        self.facts.setVisible(not sentence)  # one line for both: the matrix keeps its height

    def set_error(self, sentence: str) -> None:
        """Say why there is no table."""
        self._show_notice(sentence)

    def set_images(self, images: Pixels, ids: ImageIds | None = None) -> None:
        """The test images, uint8 `(N, C, H, W)`, and which they are."""
        self.images.set_images(images, ids)

    def set_export_progress(self, fraction: float | None) -> None:
        """How far saving images is; None: none are being saved."""
        self.images.set_export_progress(fraction)

    def set_inspected(self, index: int, before: str) -> None:
        """Which test image is inspected, -1 for none; where what was inspected before came from, to go back to it."""
        self.images.set_inspected(index, before)

    def clear_cell(self) -> None:
        """Let the chosen cell go: all wrong images are listed again."""
        self.matrix.choose(None)

    def show_cell(self, row: int, col: int) -> None:
        """Choose a cell, and bring it into sight."""
        self.matrix.choose((row, col))
        place = self.matrix.cell_centre(row, col).toPoint()
        self._scroll.ensureVisible(place.x(), place.y(), 120, 120)

    def show_wrong(self) -> None:
        """List every wrong prediction."""
        self.clear_cell()
        self.images.show_wrong()

    def set_normalisation(self, used: Normalisation, note: str = "") -> None:
        """Say how the images are normalised before the model predicts them, and what else holds for the table."""
        self._normalisation, self._note = used, note
        self._show_facts()

    def set_progress(self, fraction: float | None) -> None:
        """How far predicting every test image is; None: nothing is being predicted."""
        self._fraction = fraction
        if fraction is not None:
            self.progress.setValue(round(1000 * fraction))
        self._show_facts()

    def _show_notice(self, sentence: str) -> None:
        self._table, self._error = None, sentence
        self.matrix.set_table(None)
        self.images.show_cell(None, None)
        self.notice.setText(sentence or self.tr("The test images are being predicted…"))
        self._pages.setCurrentIndex(0)

    # words

    def _show_facts(self) -> None:
        table, used = self._table, self._normalisation
        if table is None:
            return
        self.accuracy.setText(accuracy_text(table))
        facts = facts_text(table, "" if used is None else normalisation_short(used), self._note)
        self.facts.show_text(facts, f"{facts}\n{normalisation_text(used)}" if used is not None else facts)
        self.controls.show_wrong(wrong_text(table))
        for widget in (self.progress, self.cancel_button):
            widget.setVisible(self._fraction is not None)
        self.all_button.setVisible(not table.complete and self._fraction is None)
        self._show_legend()

    def _show_legend(self) -> None:
        least, most = self.matrix.scale
        if not self.matrix.coloured:
            self.legend.set_ends("", "")
        elif self.comparison.difference is not None:
            counts = self.controls.amounts == "counts"
            falling, rising = (difference_forms(sign * most, counts)[0] for sign in (-1, 1))
            self.legend.set_ends(falling, rising, diverging=True)
        elif self.controls.amounts == "counts":
            self.legend.set_ends(f"{least:.0f}", f"{most:,.0f}")
        else:
            self.legend.set_ends(whole_percent(0), percent(most))

    def _on_pointed(self, row: int, col: int) -> None:
        self.words.setText(place_text(self._table, row, col, self.comparison.difference))
        self.matrix.setAccessibleDescription(self.words.text())
        if row >= 0 and col >= 0 and self.matrix.hasFocus():
            place = self.matrix.cell_centre(row, col).toPoint()
            self._scroll.ensureVisible(place.x(), place.y(), 120, 120)

    def _on_amounts(self) -> None:
        self.matrix.set_amounts(self.controls.amounts, self.controls.diagonal, self.controls.least)
        self._show_legend()

    def _on_cell_chosen(self, row: int, col: int) -> None:
        if self._table is not None:
            self.images.show_cell(self._table, self.matrix.chosen_cell, self.comparison.difference)
        self.cell_chosen.emit(row, col)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Errors"))
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
        self._say_compared()
        if self._table is None:
            self._show_notice(self._error)
        self._show_facts()
        self._on_pointed(*(self.matrix.cell or NOWHERE))

    # Qt

    def _fit(self) -> None:
        """Give the matrix the width that its square takes, and the images the rest."""
        self.words.setMinimumHeight(2 * self.words.fontMetrics().lineSpacing())  # nothing moves with what is pointed at
        whole = self.width() - 3 * _MARGIN
        chrome = self._card.sizeHint().height() - self._scroll.sizeHint().height()
        most = min(int(_MOST_LEFT * whole), whole - _LEAST_RIGHT)
        width = max(min(self.controls.least_width, most), min(whole // 2, most))
        high = self.height() - 2 * _MARGIN - self.controls.height_in(width) - chrome
        wanted = self.matrix.width_for(high) + 2 * 16 + 4
        self._left.setFixedWidth(max(min(self.controls.least_width, most), min(wanted, most)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The matrix grows with the stage."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc lets the chosen cell go from wherever the focus is."""
        if Qt.Key(event.key()) == Qt.Key.Key_Escape and self.matrix.chosen_cell is not None:
            self.clear_cell()
        else:
            super().keyPressEvent(event)
