"""The card beside the confusion matrix: which images are listed, their order, the search, the selection, the export."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from cnnviewer.core.data.image_id import ImageFiles, ImageIds
from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.core.evaluation.difference import Difference, Flip
from cnnviewer.core.evaluation.ranking import ORDERS, Order, matching, ordered
from cnnviewer.ui.evaluate.export_button import ExportImagesButton
from cnnviewer.ui.evaluate.images import CellImages
from cnnviewer.ui.evaluate.texts import back_text, images_title, list_text, no_images_text
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.cancellable_progress import CancellableProgress
from cnnviewer.ui.widgets.cell_grid import Cell
from cnnviewer.ui.widgets.image_wall import Indices, Pixels
from cnnviewer.ui.widgets.plain_text import ElidedLabel, PlainLabel, tool_tip
from cnnviewer.ui.widgets.popover_button import PopoverButton
from cnnviewer.ui.widgets.shown_icon import show_icon
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow

_LISTS: Final = ("wrong", "all")
_FLIPS: Final[dict[str, Flip]] = {"became-wrong": "wrong", "became-right": "right", "changed": "changed"}
_TYPING_MS = 150


class ImagesCard(Translated, QFrame):
    """The images of the chosen cell; while none is chosen, those of the list that is chosen.

    Attributes:
        wall: the images.
        export_button: saves what is selected, or everything listed.

    Signals:
        chosen: index into the test set.
        back_requested: what was inspected before an image was chosen here shall be inspected again.
        matrix_requested: the matrix shall stand beside it again.
        export_requested: `png` or `csv`.
        export_cancelled: the export under way is not wanted any more.
    """

    chosen = Signal(int)
    back_requested = Signal()
    matrix_requested = Signal()
    export_requested = Signal(str)
    export_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._table: Confusion | None = None
        self._difference: Difference | None = None
        self._cell: Cell | None = None
        self._files = ImageFiles()
        self._before = ""
        self.title = ElidedLabel()
        self.title.setObjectName("evaluationImagesTitle")
        self.title.setProperty("role", "title")
        self.list_combo, self.order = self._combo("evaluationListCombo"), self._combo("evaluationOrderCombo")
        self._list_label, self._order_label = PlainLabel(), PlainLabel()
        self.listing = PopoverButton("evaluationListingButton", self)
        self._list_row = self.listing.add_row(self._list_label, self.list_combo)
        self.listing.add_row(self._order_label, self.order)
        for key in ORDERS:
            self.order.addItem("", key)
        self.search = QLineEdit(self)
        self.search.setObjectName("evaluationSearch")
        self.search.setClearButtonEnabled(True)
        self.search.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.search.setMinimumWidth(100)
        self.export_button = ExportImagesButton(self)
        self.wall = CellImages()
        self.back_button = QPushButton()
        self.back_button.setObjectName("evaluationBackButton")
        self.matrix_button = QPushButton()
        self.matrix_button.setObjectName("evaluationMatrixButton")
        self.progress = CancellableProgress("imagesExport")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_MS)
        self._lay_out()
        self._connect()
        self._fill_lists()
        show_icon(self.back_button, "undo", "muted", 14)  # without it the button is as high as its words will be
        self.retranslate()

    def _combo(self, name: str) -> CalmCombo:
        made = CalmCombo()
        made.setObjectName(name)
        made.setSizeAdjustPolicy(CalmCombo.SizeAdjustPolicy.AdjustToContents)
        return made

    def _lay_out(self) -> None:
        self._head = head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.addWidget(self.matrix_button)
        head.addWidget(self.title, 1)
        head.addWidget(self.back_button)
        head.addStrut(self.back_button.sizeHint().height())  # nothing moves when the button comes or goes
        foot = WrappingRow(spacing=6)
        for widget in (self.listing, self.search, self.export_button):
            foot.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.wall, 1)
        column.addWidget(self.progress)
        column.addLayout(foot)
        self.back_button.hide()
        self.matrix_button.hide()
        self.progress.hide()

    def _connect(self) -> None:
        self.order.currentIndexChanged.connect(self._on_changed)
        self.list_combo.activated.connect(self._on_changed)
        self.search.textChanged.connect(self._on_typed)
        self._pause.timeout.connect(self._show)
        self.wall.chosen.connect(self.chosen)
        self.wall.selection_changed.connect(self._on_selected)
        self.back_button.clicked.connect(self.back_requested)
        self.matrix_button.clicked.connect(self.matrix_requested)
        self.export_button.requested.connect(self.export_requested)
        self.export_button.all_requested.connect(self._on_select_all)
        self.progress.cancelled.connect(self.export_cancelled)

    # values in

    def set_images(self, images: Pixels, ids: ImageIds | None = None) -> None:
        """The test images, uint8 `(N, C, H, W)`, and which they are."""
        self._files = ids.files if ids is not None else ImageFiles()
        self.wall.set_images(images)

    def show_cell(self, table: Confusion | None, cell: Cell | None, difference: Difference | None = None) -> None:
        """List the images of a cell, or those of the list chosen where it is None.

        Where the table is compared these are the images that came into the cell or left it.
        """
        if (difference is None) != (self._difference is None):
            self._difference = difference
            self._fill_lists()
        self._table, self._cell, self._difference = table, cell, difference
        self._show()

    def show_wrong(self) -> None:
        """List the wrong predictions again."""
        self.list_combo.setCurrentIndex(self.list_combo.findData("wrong"))
        self.search.clear()
        self._show()

    def set_inspected(self, index: int, before: str) -> None:
        """Frame the test image inspected; `before`: where the image to go back to came from, empty for no way back."""
        self.wall.set_inspected(index)
        if before != self._before:
            self._before = before
            self._show_back()

    def set_narrow(self, narrow: bool) -> None:
        """Stand where the matrix was: title and buttons one below the other, with a way back to the matrix."""
        way = QBoxLayout.Direction
        self._head.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self.matrix_button.setVisible(narrow)
        self.wall.bring_into_view()

    def set_export_progress(self, fraction: float | None) -> None:
        """How far the export under way is, 0..1; None: none is."""
        self.progress.setVisible(fraction is not None)
        self.progress.set_progress(fraction, self.tr("Saving images…") if fraction is not None else "")
        self.export_button.setEnabled(fraction is None and len(self.wall.shown) > 0)

    # values out

    @property
    def exported(self) -> Indices:
        """Indices of the images that an export writes: those selected, if more than one, else all listed."""
        selected = self.wall.selected
        return selected if len(selected) > 1 else self.wall.shown

    @property
    def difference(self) -> Difference | None:
        """From what the table is compared with."""
        return self._difference

    # what is listed

    def _on_changed(self, _place: int) -> None:
        self._show()

    def _on_typed(self, _text: str) -> None:
        self._pause.start()

    def _on_select_all(self) -> None:
        self.wall.select_all()
        self.wall.setFocus()

    def _on_selected(self, _count: int) -> None:
        self._count_export()

    def _show(self) -> None:
        self._pause.stop()
        table = self._table
        self._list_row.show_row(self._cell is None)
        self._say_listing()
        if table is None:
            self.wall.show_rows(None, np.zeros(0, np.int64), True, "")
            self.title.show_text("")
            self._count_export()
            return
        rows = self._listed(table)
        words = self.search.text().strip()
        if words:
            rows = matching(table, rows, self._files, words)
        order: Order = self.order.currentData()
        rows = ordered(table, rows, order)
        which = self.list_combo.currentData()
        self.title.show_text(images_title(table, self._cell, which, len(rows), self._difference))
        notice = self.tr("No image fits {words}.").format(words=words) if words else ""
        notice = notice or no_images_text(table, self._cell, which, self._difference is not None)
        named = self._cell is None or self._difference is not None
        self.wall.show_rows(table, rows, named, notice, order, self._difference)
        self._count_export()

    def _say_listing(self) -> None:
        """On the button: in which order; which images are listed says the title."""
        self.listing.show_words(self.order.currentText())

    def _listed(self, table: Confusion) -> Indices:
        difference, which = self._difference, self.list_combo.currentData()
        if self._cell is not None:
            if difference is None:
                return table.rows(self._cell)
            return np.sort(np.concatenate(difference.came_and_left(self._cell)))
        if which == "all":
            return np.arange(table.total)
        if difference is not None and which in _FLIPS:
            return difference.flipped(_FLIPS[which])
        return table.rows(None)

    def _fill_lists(self) -> None:
        """While the table is compared the images that changed can be listed, and are at first."""
        combo, compared = self.list_combo, self._difference is not None
        known = combo.currentData()
        combo.blockSignals(True)
        combo.clear()
        for key in (*(_FLIPS if compared else ()), *_LISTS):
            combo.addItem(list_text(key), key)
        first = next((key for key, flip in _FLIPS.items() if compared and self._has(flip)), combo.itemData(0))
        combo.setCurrentIndex(max(0, combo.findData(known if known in _FLIPS else first)))
        combo.blockSignals(False)

    def _has(self, flip: Flip) -> bool:
        return self._difference is not None and len(self._difference.flipped(flip)) > 0

    def _count_export(self) -> None:
        self.export_button.set_counts(len(self.wall.selected), len(self.wall.shown))

    def _show_back(self) -> None:
        self.back_button.setVisible(bool(self._before))
        self.back_button.setText(back_text(self._before))
        self.back_button.setAccessibleName(self.back_button.text())
        self.back_button.setToolTip(tool_tip(self.tr("Inspect again what was inspected before")))

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        texts = (
            self.tr("most confident first"),
            self.tr("least confident first"),
            self.tr("largest loss first"),
            self.tr("smallest margin first"),
            self.tr("by index"),
        )
        for place, text in enumerate(texts):
            self.order.setItemText(place, text)
        for place in range(self.list_combo.count()):
            self.list_combo.setItemText(place, list_text(self.list_combo.itemData(place)))
        self._list_label.setText(self.tr("Images"))
        self._order_label.setText(self.tr("Order"))
        self.listing.setToolTip(tool_tip(self.tr("Which images are listed, and in which order")))
        self._say_listing()
        self.list_combo.setAccessibleName(self.tr("Images listed"))
        self.list_combo.setToolTip(tool_tip(self.tr("Which images are listed while no cell is chosen")))
        self.order.setAccessibleName(self.tr("Order of the images"))
        self.order.setToolTip(
            tool_tip(
                self.tr(
                    "Confidence: the probability of the predicted class. Loss: the negative logarithm of the "
                    "probability of the true class. Margin: the logit of the true class minus the largest other logit."
                )
            )
        )
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search the images"))
        self.search.setToolTip(tool_tip(self.tr("An index such as #2447, the name of a class, part of a file's name")))
        self.wall.setAccessibleName(self.tr("Images of the cell"))
        self.wall.setToolTip(
            tool_tip(self.tr("A click makes an image the input; Ctrl or Shift and a click, or Ctrl+A, select several"))
        )
        self.wall.describe_inspected()
        self.matrix_button.setText(self.tr("‹ Confusion matrix"))
        self.matrix_button.setAccessibleName(self.tr("Back to the confusion matrix"))
        self.matrix_button.setToolTip(tool_tip(self.tr("Close Why and show the confusion matrix again")))
        self._show_back()
        self._show()
