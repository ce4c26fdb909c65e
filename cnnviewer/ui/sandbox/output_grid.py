"""The output: pointing at a cell moves the window; where nothing can come out, the reason stands here."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget

from cnnviewer.core.sandbox import Array, Pair
from cnnviewer.ui.sandbox.cells import Shading, exact, paint_ring, small_font
from cnnviewer.ui.sandbox.grid import EDGE, CellGrid
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.theme import theme
from cnnviewer.ui.widgets.translated import Translated


class OutputGrid(Translated, CellGrid):
    """The output's cells; the chosen one is framed, and those that read a touched input cell are marked."""

    accessible_role = QAccessible.Role.Graphic

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sandboxOutputGrid", False, parent)
        self._sentence = ""
        self._marked: tuple[Pair, ...] = ()
        self._done: int | None = None
        self.retranslate()

    def set_output(self, output: Array, shade: Shading) -> None:
        """Show `output`, `(H', W')`."""
        self._sentence = ""
        self._marked = ()
        self.set_values(output, shade)

    def set_sentence(self, sentence: str) -> None:
        """Say why there is no output."""
        self._sentence = sentence
        self._marked = ()
        self.setAccessibleDescription(sentence)
        self.refresh()

    def set_marked(self, cells: tuple[Pair, ...]) -> None:
        """Mark these cells: they read the touched cell of the input."""
        if cells != self._marked:
            self._marked = cells
            self.update()

    def set_done(self, cells: int | None) -> None:
        """So many cells, in reading order, are computed so far; None for all of them."""
        if cells != self._done:
            self._done = cells
            self.update()

    def say(self, cell: Pair) -> str:
        """A cell for a screen reader."""
        if self._sentence:
            return self._sentence
        return self.tr("output row {row}, column {col}: {value}").format(
            row=cell[0], col=cell[1], value=exact(self._values[cell])
        )

    def retranslate(self) -> None:
        """Set all texts in the current language."""
        self.setAccessibleName(self.tr("Output"))
        self.setToolTip(
            self.tr("Point at a cell, or use the arrow keys, to see which cells of the input it comes from.")
        )
        if not self._sentence:
            self.describe()
        self.refresh()

    # -- painting -----------------------------------------------------------------------------------------------

    def paint_base(self, painter: QPainter) -> None:
        """The cells, or the sentence in their place."""
        if not self._sentence:
            super().paint_base(painter)
            return
        box = QRectF(self.rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE)
        words = box.adjusted(10, 8, -10, -8)
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        roomy = QFontMetricsF(QApplication.font()).boundingRect(words, flags, self._sentence).height() <= words.height()
        painter.setFont(QApplication.font() if roomy else small_font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().color("error"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(theme().color("error_soft"))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(theme().color("error"))
        draw_text(painter, words, flags, self._sentence)

    def paint_over(self, painter: QPainter) -> None:
        """Cells not computed yet, marks, the chosen cell."""
        if self._sentence:
            return
        if self._done is not None:
            veil = theme().color("surface")
            veil.setAlpha(225)
            for place in range(self._done, self.rows * self.cols):
                painter.fillRect(self.cell_rect(*divmod(place, self.cols)), veil)
        for cell in self._marked:
            paint_ring(painter, self.cell_rect(*cell).adjusted(1, 1, -1, -1), "accent", 1.6)
        paint_ring(painter, self.cell_rect(*self.cursor_cell), "highlight", 2.6 if self.hasFocus() else 2.0)
