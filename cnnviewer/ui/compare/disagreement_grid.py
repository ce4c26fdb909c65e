"""A wall of images that are not read alike, with every column's prediction below each."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from cnnviewer.core.evaluation.records import ModelPredictions
from cnnviewer.ui.compare.run_style import SIGNS, colour, paint_symbol
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.image_wall import ImageWall, Indices
from cnnviewer.ui.widgets.painted_text import draw_text
from cnnviewer.ui.widgets.percent import percent, whole_percent
from cnnviewer.ui.widgets.pictures import planes_to_image
from cnnviewer.ui.widgets.plain_text import elided
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.theme import RADIUS, theme

_WIDTH: Final = 116.0  # pixels with text of the usual size
_PICTURE: Final = 64.0  # likewise
_WHEEL_STEP: Final = 40


class DisagreementGrid(ImageWall):
    """Cells of an image each; paints what is visible. Arrow keys walk, Enter or a click chooses.

    Signals:
        chosen: index into the test set.
    """

    GAP = 8.0
    EDGE = 6.0

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("disagreementGrid", parent)
        self._predictions: ModelPredictions | None = None
        self._places: tuple[int, ...] = ()
        self._current = -1

    def set_images(self, images: npt.NDArray[np.uint8]) -> None:
        """The test set's images, uint8 `(N, C, H, W)`."""
        self._images = images

    def set_test_predictions(self, predictions: ModelPredictions | None, places: tuple[int, ...]) -> None:
        """What was read; `places` are those of its columns, which give the marks."""
        self._predictions, self._places = predictions, places
        self.set_shown(np.zeros(0, np.int64))

    def set_shown(self, shown: Indices, notice: str = "") -> None:
        """Which images are shown; `notice` says why there are none."""
        self._shown, self._notice = shown, notice
        self._current = -1
        self.verticalScrollBar().setValue(0)
        self.update_range()
        self.viewport().update()

    # -- geometry -----------------------------------------------------------------------------------------------

    def columns(self) -> int:
        """Cells in a row."""
        return max(1, int((self.viewport().width() - self.EDGE) / (grown(_WIDTH) + self.GAP)))

    def _line(self) -> float:
        return QFontMetricsF(self.font()).height() + 1.0

    def _height(self) -> float:
        return grown(_PICTURE) + 2 * self.EDGE + self._line() * (1 + len(self._places)) + 2.0

    def cell_size(self) -> tuple[float, float]:
        """A picture, its label and a line a column."""
        return grown(_WIDTH), self._height()

    def place(self) -> int:
        """Where the image chosen last stands, or -1."""
        return self._current

    def place_at(self, position: QPoint) -> int:
        """Which of the shown images lies under `position`, or -1, also between two cells."""
        place = super().place_at(position)
        return place if place >= 0 and self.cell_rect(place).contains(position.toPointF()) else -1

    def update_range(self) -> None:
        """Let the scroll bar reach what is shown now; cells are high, the wheel moves by a part of one."""
        super().update_range()
        self.verticalScrollBar().setSingleStep(_WHEEL_STEP)

    # -- looks --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells that are visible, or the notice."""
        painter = QPainter(self.viewport())
        painter.setRenderHints(QPainter.RenderHint.Antialiasing)
        if not len(self._shown) or self._predictions is None:
            self.paint_notice(painter, 16)
            return
        for place in self.visible_places():
            self._paint_cell(painter, self.cell_rect(place), place, self._predictions)

    def _paint_cell(self, painter: QPainter, cell: QRectF, place: int, predictions: ModelPredictions) -> None:
        index = int(self._shown[place])
        current = place == self._current
        painter.setPen(QPen(theme().color("accent" if current else "border"), 2.0 if current else 1.0))
        painter.setBrush(theme().color("raised"))
        painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        side = grown(_PICTURE)
        square = QRectF(cell.center().x() - side / 2, cell.top() + self.EDGE, side, side)
        self.paint_picture(painter, planes_to_image(self._images[index]), square)
        line = self._line()
        metrics = QFontMetricsF(self.font())
        row = QRectF(cell.left() + 8, cell.top() + self.EDGE + side + 3, cell.width() - 16, line)
        label = int(predictions.labels[index])
        painter.setPen(theme().color("text"))
        name = class_word(predictions.classes[label])
        words = self.tr("true class {label}").format(label=name)
        words = words if metrics.horizontalAdvance(words) <= row.width() else name
        draw_text(painter, row, Qt.AlignmentFlag.AlignCenter, elided(metrics, words, row.width()))
        for line_number, mark in enumerate(self._places):
            row.translate(0, line)
            read = int(predictions.predicted[line_number, index])
            right = read == label
            paint_symbol(painter, mark, QRectF(row.left(), row.top(), 8, line).center(), 3.6)
            painter.setPen(colour(mark))
            draw_text(painter, row.adjusted(grown(14), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, "✓" if right else "✗")
            painter.setPen(theme().color("text" if right else "muted"))
            chance = whole_percent(float(predictions.chances[line_number, index]))
            before = grown(28)
            room = row.width() - before - metrics.horizontalAdvance(chance) - 4
            name = elided(metrics, class_word(predictions.classes[read]), room)
            draw_text(painter, row.adjusted(before, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)
            painter.setPen(theme().color("muted"))
            draw_text(painter, row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, chance)

    def describe(self, index: int) -> str:
        """Number, label and every column's prediction in words."""
        predictions = self._predictions
        if predictions is None:
            return ""
        parts = [
            self.tr("#{index}, true class {label}").format(
                index=index, label=class_word(predictions.classes[int(predictions.labels[index])])
            )
        ]
        for line, mark in enumerate(self._places):
            parts.append(
                self.tr("{run} predicts {name} ({percent})").format(
                    run=SIGNS[mark % len(SIGNS)],
                    name=class_word(predictions.classes[int(predictions.predicted[line, index])]),
                    percent=percent(float(predictions.chances[line, index])),
                )
            )
        return "; ".join(parts)

    # -- Qt -----------------------------------------------------------------------------------------------------

    def choose(self, place: int) -> None:
        """Make the `place`-th image shown current, and tell which it is."""
        self._current = place
        self.bring_into_view()
        index = int(self._shown[place])
        self.setAccessibleDescription(self.describe(index))
        self.viewport().update()
        self.chosen.emit(index)

    def minimumSizeHint(self) -> QSize:
        """A cell and a half."""
        return QSize(180, 120)
