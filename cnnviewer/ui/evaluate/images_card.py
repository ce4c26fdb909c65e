"""The card beside the confusion matrix: the images of a cell, their order, and the way back from one."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from cnnviewer.core.evaluation.confusion import Confusion
from cnnviewer.ui.evaluate.images import CellImages
from cnnviewer.ui.evaluate.texts import back_text, images_title, no_images_text
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.cell_grid import Cell
from cnnviewer.ui.widgets.icons import icon
from cnnviewer.ui.widgets.image_wall import Indices, Pixels
from cnnviewer.ui.widgets.plain_text import ElidedLabel, tool_tip
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated

_ORDERS = ("surest", "unsurest", "index")


class ImagesCard(Translated, QFrame):
    """The images of the chosen cell; while none is chosen, those whose prediction is wrong.

    Signals:
        chosen: index into the test set.
        back_requested: what was inspected before an image was chosen here shall be inspected again.
    """

    chosen = Signal(int)
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._table: Confusion | None = None
        self._cell: Cell | None = None
        self._before = ""
        self.title = ElidedLabel()
        self.title.setObjectName("evaluationImagesTitle")
        self.title.setProperty("role", "title")
        self.order = CalmCombo()
        self.order.setObjectName("evaluationOrderCombo")
        for key in _ORDERS:
            self.order.addItem("", key)
        self.wall = CellImages()
        self.back_button = QPushButton()
        self.back_button.setObjectName("evaluationBackButton")
        self.back_button.setIconSize(QSize(14, 14))
        foot = QHBoxLayout()
        foot.addWidget(self.order)
        foot.addStretch(1)
        foot.addWidget(self.back_button)
        foot.addStrut(self.back_button.sizeHint().height())  # nothing moves when the button comes or goes
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 8)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.wall, 1)
        column.addLayout(foot)
        self.back_button.hide()
        self.order.currentIndexChanged.connect(self._on_order)
        self.wall.chosen.connect(self.chosen)
        self.back_button.clicked.connect(self.back_requested)
        theme().changed.connect(self._dress)
        self._dress()
        self.retranslate()

    def set_images(self, images: Pixels) -> None:
        """The test images, uint8 `(N, C, H, W)`."""
        self.wall.set_images(images)

    def show_cell(self, table: Confusion | None, cell: Cell | None) -> None:
        """List the images of a cell, or the wrong ones where it is None."""
        self._table, self._cell = table, cell
        self._show()

    def set_inspected(self, index: int, before: str) -> None:
        """Frame the test image inspected; `before`: where the image to go back to came from, empty for no way back."""
        self.wall.set_inspected(index)
        if before != self._before:
            self._before = before
            self._show_back()

    def _show(self) -> None:
        table = self._table
        if table is None:
            self.wall.show_rows(None, np.zeros(0, np.int64), True, "")
            self.title.show_text("")
            return
        self.title.show_text(images_title(table, self._cell))
        rows = self._ordered(table, table.rows(self._cell))
        self.wall.show_rows(table, rows, self._cell is None, no_images_text(table, self._cell))

    def _ordered(self, table: Confusion, rows: Indices) -> Indices:
        order = self.order.currentData()
        if order == "index":
            return rows
        confidences = table.confidences[rows]
        return rows[np.argsort(-confidences if order == "surest" else confidences, kind="stable")]

    def _show_back(self) -> None:
        self.back_button.setVisible(bool(self._before))
        self.back_button.setText(back_text(self._before))
        self.back_button.setAccessibleName(self.back_button.text())
        self.back_button.setToolTip(tool_tip(self.tr("Inspect again what was inspected before")))

    def _on_order(self, _index: int) -> None:
        self._show()

    def _dress(self) -> None:
        self.back_button.setIcon(icon("back", "muted"))

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        texts = (self.tr("most confident first"), self.tr("least confident first"), self.tr("by index"))
        for place, text in enumerate(texts):
            self.order.setItemText(place, text)
        self.order.setAccessibleName(self.tr("Order of the images"))
        self.order.setToolTip(tool_tip(self.tr("Confidence is the probability of the predicted class")))
        self.wall.setAccessibleName(self.tr("Images of the cell"))
        self.wall.setToolTip(self.tr("A click makes an image the input"))
        self._show_back()
        self._show()
