"""The page Errors: the confusion matrix of the weights shown, and the images behind its cells."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from cnnviewer.core.data.image_id import ImageIds
from cnnviewer.core.errors import UserError, without_frames
from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.core.evaluation.difference import Difference, difference_of
from cnnviewer.core.models.recipe import Normalisation
from cnnviewer.core.wording import Words
from cnnviewer.ui.evaluate.comparison import Comparison
from cnnviewer.ui.evaluate.controls import MatrixControls
from cnnviewer.ui.evaluate.images_card import ImagesCard
from cnnviewer.ui.evaluate.matrix_card import MatrixCard
from cnnviewer.ui.evaluate.nothing import NothingYet
from cnnviewer.ui.evaluate.texts import wrong_text
from cnnviewer.ui.widgets.beside_or_below import BesideOrBelow, stand_below
from cnnviewer.ui.widgets.image_wall import Indices, Pixels
from cnnviewer.ui.widgets.language import worded
from cnnviewer.ui.widgets.lazy_pages import LazyPages
from cnnviewer.ui.widgets.panel_place import PanelPlace
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.tall_content import TallContent
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.translated import Translated

_MARGIN = 14  # pixels around the cards and between them
_LEAST_RIGHT = 280
_ANY = 16777215  # pixels: as Qt bounds any widget
_SPARE = 120  # pixels of what stands below the images beyond its least height, where the page scrolls
_MOST_WHOLE = 12  # classes whose matrix is whole where the page scrolls
_MOST_LEFT = 0.62  # of the stage
_IMAGES_ABOVE = 200  # pixels of the usual text size that the images have at first where something stands below them
_IMAGES_BESIDE = 280  # likewise, of width, where it stands beside them
_MOST_BESIDE = 0.28  # of the page's width
_LEAST_BELOW = 580  # likewise, of height: with less below the images the panel stands beside them


class ErrorsPage(Translated, Styled, QWidget):
    """Shows a table beside the images of the cell that is chosen; compares it with another one.

    Attributes:
        card: the matrix and what is said around it; `matrix` is its matrix.
        controls: which numbers the cells show.
        images: the images.
        comparison: with what the table is compared, and what came of it.
        table: the table shown; while it is compared, of the images alone that both tables cover: all that stands on
            the page, or on another page beside the comparison, is about the same images.

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
        choice_requested: other weights or another data set shall be chosen.
        matrix_requested: the matrix shall come back, which made room for the panel beside the images.
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
    choice_requested = Signal()
    matrix_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evaluateErrorsPage")
        self._whole: Confusion | None = None  # as it was given
        self.table: Confusion | None = None
        self._reference: Confusion | None = None
        self.comparison = Comparison()
        self._error: Words = ""
        self._below: PanelPlace | None = None
        self.nothing = NothingYet("evaluationNotice", self)
        self.controls = MatrixControls()
        self.card = MatrixCard(self.controls)
        self.matrix = self.card.matrix
        self.images = ImagesCard()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        self._left, both = QWidget(), BesideOrBelow(_MARGIN)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(_MARGIN)
        left.addWidget(self.card, 1)
        left.addWidget(self.controls)
        self._right = QSplitter(Qt.Orientation.Vertical)
        self._right.setObjectName("evaluateSplitter")
        self._right.setChildrenCollapsible(False)
        self._right.setHandleWidth(_MARGIN)
        self._right.addWidget(self.images)
        self._right.installEventFilter(self)
        self._divided = False
        self._right.splitterMoved.connect(self._on_divided)
        both.add(self._left, 0)
        both.add(self._right, 1, self.images.wall)
        self._pages = LazyPages(self)
        self._pages.add("notice", self.nothing)
        self._pages.add("table", both)
        around = QVBoxLayout(TallContent(self).content)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._pages)

    def _connect(self) -> None:
        self.nothing.accepted.connect(self.choice_requested)
        self.matrix.chosen.connect(self._on_cell_chosen)
        self.card.all_requested.connect(self.all_requested)
        self.card.cancel_requested.connect(self.cancel_requested)
        self.images.chosen.connect(self.image_chosen)
        self.images.back_requested.connect(self.back_requested)
        self.images.matrix_requested.connect(self.matrix_requested)
        self.images.export_requested.connect(self.export_requested)
        self.images.export_cancelled.connect(self.export_cancelled)
        self.controls.compare.requested.connect(self.reference_requested)
        self.controls.compare.opened.connect(self.references_opened)

    # values out

    @property
    def error(self) -> Words:
        """Why there is no table; empty where there is one, or one is on its way."""
        return self._error

    @property
    def exported(self) -> Indices:
        """Indices of the images that an export writes, in the order listed."""
        return self.images.exported

    @property
    def difference(self) -> Difference | None:
        """From what the table is compared with; None while it is not."""
        return self.images.difference

    # values in

    def set_below_images(self, widget: PanelPlace) -> None:
        """Put a widget below the images: what there is to know of the image chosen. It has most of the height.

        While the page is too low for both, it stands beside them, and the matrix makes room.
        """
        self._below = widget
        self._right.addWidget(widget)
        self._right.setStretchFactor(0, 0)
        self._right.setStretchFactor(1, 1)
        self._divide()

    def _divide(self) -> None:
        """Give the images a row with what stands below them, in letters of now, until the user divides otherwise."""
        if not self._divided:
            beside = self._right.orientation() == Qt.Orientation.Horizontal
            whole, first = self.height(), grown(_IMAGES_ABOVE)
            if beside:
                whole, first = self.width(), min(grown(_IMAGES_BESIDE), int(_MOST_BESIDE * self.width()))
            self._right.setSizes([first, max(whole - first, first)])

    def _on_divided(self) -> None:
        self._divided = True

    def set_confusion(self, table: Confusion | None) -> None:
        """Show this table; None: there is none yet."""
        if table is None:
            self._show_notice("")
            return
        first, self._whole, self._error = self._whole is None, table, ""
        self._compare()
        self._pages.open("table")
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
        if self._whole is not None:
            self._compare()
        self._fit()  # the button's words ask for another width

    def set_reference_choices(self, steps: tuple[tuple[str, int], ...], runs: tuple[tuple[str, str], ...]) -> None:
        """With what the table can be compared, see `CompareButton.set_choices`."""
        self.controls.compare.set_choices(steps, runs)

    def set_reference_progress(self, fraction: float | None) -> None:
        """How far predicting with the other weights is; None: it is done."""
        self.comparison = replace(self.comparison, fraction=fraction)
        self.card.set_comparison(self.comparison)

    def _compare(self) -> None:
        """Show the table, or what differs from the reference: nothing is compared where the images are others."""
        difference: Difference | None = None
        refused: UserError | None = None
        whole = table = self._whole
        assert whole is not None
        assert table is not None
        if self._reference is not None:
            try:
                difference = difference_of(table, self._reference)
                if difference.total < table.total:
                    table = table.of_rows(difference.rows)
                    difference = difference_of(table, self._reference)
            except UserError as error:
                refused = without_frames(error)
        self.table = table
        of_sample = difference is not None and not table.complete
        self.comparison = replace(self.comparison, difference=difference, refused=refused, of_sample=of_sample)
        self.card.set_table(table, self.comparison, whole.complete)
        self.images.show_cell(table, self.matrix.chosen_cell, difference)
        self.controls.show_wrong(wrong_text(table))

    def set_error(self, sentence: Words) -> None:
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
        self.card.show_cell(row, col)

    def show_wrong(self) -> None:
        """List every wrong prediction."""
        self.clear_cell()
        self.images.show_wrong()

    def set_normalisation(self, used: Normalisation, note: Words = "") -> None:
        """Say how the images are normalised before the model predicts them, and what else holds for the table."""
        self.card.set_normalisation(used, note)

    def set_progress(self, fraction: float | None) -> None:
        """How far predicting every test image is; None: nothing is being predicted."""
        self.card.set_progress(fraction)

    def _show_notice(self, sentence: Words) -> None:
        self._whole, self.table, self._error = None, None, sentence
        self.card.set_table(None, self.comparison)
        self.images.show_cell(None, None)
        self.nothing.set_sentence(worded(sentence) or self.tr("The test images are being predicted…"), bool(sentence))
        self._pages.open("notice")

    def _on_cell_chosen(self, row: int, col: int) -> None:
        if self.table is not None:
            self.images.show_cell(self.table, self.matrix.chosen_cell, self.comparison.difference)
        self.cell_chosen.emit(row, col)

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Errors"))
        if self.table is None:
            self._show_notice(self._error)
        else:
            self.controls.show_wrong(wrong_text(self.table))

    # Qt

    def _make_room(self) -> bool:
        """Put the panel beside the images, and the matrix away, where it would be too low below them: whether it is."""
        below, aside = self._below, False
        if below is not None and not below.isHidden():
            wide = self.images.minimumSizeHint().width() + below.minimumSizeHint().width() + 3 * _MARGIN
            aside = self.height() - grown(_IMAGES_ABOVE) < grown(_LEAST_BELOW) and wide <= self.width()
        way = Qt.Orientation.Horizontal if aside else Qt.Orientation.Vertical
        if way != self._right.orientation():
            self._right.setOrientation(way)
            self._left.setVisible(not aside)
            self.images.set_narrow(aside)
            self._divided = False
            self._divide()
        return aside

    def _fit(self) -> None:
        """Give the matrix the width that its square takes, and the images the rest, or all it needs above them."""
        if self._make_room():
            return
        self.card.keep_words_high()
        below, classes = stand_below(self.width()), len(self.table.classes) if self.table is not None else 0
        self.card.keep_whole(classes <= _MOST_WHOLE)
        if self._below is not None:
            self._below.set_spare(grown(_SPARE) if below else 0)
        if below:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(_ANY)
            return
        whole = self.width() - 3 * _MARGIN
        most = min(int(_MOST_LEFT * whole), whole - self._least_right)
        half = min(whole // 2, most)
        least = min(self.controls.least_width, half)  # a second line rather than more than a half
        high = self.height() - 2 * _MARGIN - self.controls.height_in(half) - self.card.height_around
        wanted = self.card.width_for(high)
        self._left.setFixedWidth(max(least, min(wanted, most)))

    @property
    def _least_right(self) -> int:
        """Pixels of width that the images, and what stands below them, need."""
        shown = [part for part in (self.images, self._below) if part is not None and not part.isHidden()]
        return max(_LEAST_RIGHT, *(part.minimumSizeHint().width() for part in shown))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What stands at the right needs another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The matrix grows with the stage."""
        super().resizeEvent(event)
        self._fit()

    def on_look_changed(self) -> None:
        """Another size of text asks for another share."""
        super().on_look_changed()
        self._fit()
        self._divide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc lets the chosen cell go from wherever the focus is."""
        if Qt.Key(event.key()) == Qt.Key.Key_Escape and self.matrix.chosen_cell is not None:
            self.clear_cell()
        else:
            super().keyPressEvent(event)
