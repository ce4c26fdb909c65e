"""The page of a number's arithmetic: the maps, beside them the window's sum or the steps, and what is listed."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from cnnviewer.core.inspection.explain.group_records import (
    AttentionTerm,
    Divided,
    Extreme,
    ManyHeaded,
    Power,
    Standardised,
    Weighted,
)
from cnnviewer.core.inspection.explain.records import Convolution, Dense, Explanation, Exponentials, Loss, Pooling
from cnnviewer.core.inspection.explain.reduction_records import LogSum, Product, Spread
from cnnviewer.core.inspection.records import Architecture, Cell, FloatArray, Inspection, LayerInfo
from cnnviewer.ui.explore.explain.fact_rows import REST
from cnnviewer.ui.explore.explain.maps import Maps, maps_of
from cnnviewer.ui.explore.explain.slide import SlidePane
from cnnviewer.ui.explore.explain.step_writing import StepWriter
from cnnviewer.ui.explore.explain.steps_view import StepsView
from cnnviewer.ui.explore.explain.window_sum import WindowSum, map_bounds, window_sum
from cnnviewer.ui.explore.explain.window_sum_view import WindowSumView
from cnnviewer.ui.explore.explain.worksheet import Worksheet
from cnnviewer.ui.explore.explain.writing import WorksheetWriter
from cnnviewer.ui.widgets.card import card
from cnnviewer.ui.widgets.palettes import Range
from cnnviewer.ui.widgets.plain_text import PlainLabel
from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.tall_content import TallContent
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.type_sizes import NUMBER

_LISTED: Final = (
    *(Dense, Exponentials, Loss, Weighted, Standardised, Extreme, AttentionTerm, Power, Divided, ManyHeaded),
    *(Spread, LogSum, Product, Convolution),
)
_NO_BOUND: Final = 16_777_215  # Qt's own: no bound of a width or height
_GAP: Final = 10
_FRAME: Final = 20  # pixels of a card's edges
_BESIDE: Final = 0.45  # a list no wider than this part of the room stands beside the steps
_LARGE: Final = 20  # pixels of the digits
_SHARES: Final = {True: 0.21, False: 0.26}  # of the width for the maps: beside a window's sum and a list, else
_MOST_MAPS: Final = 0.42  # of the width for the maps in large letters
_WIDE_SHARE: Final = 0.43  # for three maps and more
_NARROW: Final = 620  # pixels that it can be made do with
_LEAST_SUM: Final = 280  # pixels beside a list that would be cut otherwise
_LEAST_MAPS: Final = 244  # pixels: 220 for a map
_SMALL_MAPS: Final = 130  # pixels, that they have at least
_EDGES: Final = 16  # pixels above and below the cards
_ROWS: Final = 3  # of a list below a window's sum, at least
_ALL: Final = 1 << 20  # rows: however many there are


class NumbersPage(Styled, QWidget):
    """Shows an explanation's operands.

    Attributes:
        slide: the maps.
        window_sum: the arithmetic of a window.
        steps: that of every other operation.
        sheet: the channels by their sums, or every term.

    Signals:
        cell_requested: a Cell that shall be explained and pinned.
        preview_requested: a Cell to explain for as long as it is pointed at; None: the pinned one again.
    """

    cell_requested = Signal(object)
    preview_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._architecture = Architecture("", ())
        self._inspection: Inspection | None = None
        self._explanation: Explanation | None = None
        self._maps: Maps | None = None
        self._bounds: dict[str, Range] = {}
        self._channel: int | None = None  # of the source, whose map the window slides over: chosen by the user,
        self._strongest: int | None = None  # or the strongest of the number that was pinned first
        self._pinned: Cell | None = None
        self._everything = False
        self._writer, self._step_writer = WorksheetWriter(self), StepWriter(self)
        self.slide, self.window_sum = SlidePane(self), WindowSumView(self)
        self.steps, self.sheet = StepsView(self), Worksheet(self)
        self._cards = {part: card(part) for part in (self.slide, self.window_sum, self.steps, self.sheet)}
        self._scroll = TallContent(self)
        row = QHBoxLayout(self._scroll.content)
        row.setContentsMargins(12, 4, 12, 12)
        row.setSpacing(_GAP)
        self._row = row
        row.addWidget(self._cards[self.slide])
        self._work = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._work.setSpacing(_GAP)
        for part in (self.window_sum, self.steps, self.sheet):
            self._work.addWidget(self._cards[part], 1)
        row.addLayout(self._work, 1)
        self._notice = PlainLabel(self)
        self._notice.setObjectName("explainNotice")
        self._notice.setProperty("role", "caption")
        self._notice.setWordWrap(True)
        self._notice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self._notice, 1)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._arrange)
        self.slide.pointed.connect(self._on_pointed)
        self.slide.picked.connect(self._on_picked)
        self.slide.source_picked.connect(self._on_source_picked)
        self.sheet.row_chosen.connect(self._on_row_chosen)

    # -- values in

    def set_architecture(self, architecture: Architecture) -> None:
        """Explain another model."""
        self._architecture = architecture
        self._step_writer.set_architecture(architecture)

    def set_inspection(self, inspection: Inspection | None) -> None:
        """The values of all maps."""
        self._inspection = inspection
        self._bounds.clear()

    def set_explanation(self, explanation: Explanation | None, pinned: Cell | None = None, notice: str = "") -> None:
        """Show how a number came about, `pinned` being the one that stays when nothing is pointed at.

        None: `notice` says why there is nothing.
        """
        self._notice.setText(notice)
        self._notice.setVisible(explanation is None)
        old, self._explanation = self._explanation, explanation
        if explanation is None or old is None or old.cell.layer != explanation.cell.layer:
            self._channel = self._strongest = None
            self._everything = False
        elif old.cell.channel != explanation.cell.channel:
            self._strongest = None  # else it stays: the window slides over one map, not over a flicker of many
            if isinstance(explanation.work, Convolution) and self._channel not in explanation.work.channels:
                self._channel = None
        if explanation is not None and pinned in (None, explanation.cell):
            if not _goes_on(self._pinned, explanation.cell):
                self._strongest = None
            self._pinned = explanation.cell
        self.refresh()

    def set_motion(self, enabled: bool) -> None:
        """Whether the window glides."""
        self.slide.set_motion(enabled)

    # -- showing

    def refresh(self) -> None:
        """Write everything again, in the window's language."""
        explanation = self._explanation
        if explanation is None:
            for part in self._cards.values():
                part.hide()
            return
        maps = self._maps = self._made_maps(explanation)
        self._cards[self.slide].setVisible(maps is not None)
        self.slide.set_maps(maps)
        shown = self._window_sum(explanation, maps)
        self._cards[self.window_sum].setVisible(shown is not None)
        self._cards[self.steps].setVisible(shown is None)
        work = explanation.work
        words = self._writer.pooled_words(work) if isinstance(work, Pooling) else ""
        self.window_sum.set_sum(explanation, shown, words)
        self.steps.set_steps(None if shown is not None else self._step_writer.write(explanation), self._bounds_of)
        channels = shown is not None and isinstance(work, Convolution) and shown.others > 0
        listed = channels or (shown is None and isinstance(work, _LISTED))
        self._cards[self.sheet].setVisible(listed)
        if channels and shown is not None and isinstance(work, Convolution):
            self.sheet.set_sheet(self._writer.channels(work), shown.channel)
        elif listed:
            sheet = self._writer.write(explanation, self._everything)
            self.sheet.set_sheet(replace(sheet, head=sheet.head[1:]))  # its first line are the steps
        self._arrange()

    def _window_sum(self, explanation: Explanation, maps: Maps | None) -> WindowSum | None:
        if maps is None or not maps.read:
            return None
        source, channel = maps.read[0].layer, maps.read[0].channel
        work = explanation.work
        if isinstance(work, Convolution) and work.way == "line":
            channel = self._chosen(work)
        return window_sum(explanation, channel or 0, source, self._bounds_of(source))

    def _chosen(self, work: Convolution) -> int:
        """The channel that is shown: the user's, else the strongest of the number from which the window slid here."""
        if self._strongest is None or self._strongest not in work.channels:
            self._strongest = int(work.channels[np.abs(work.sums).argmax()])
        return self._strongest if self._channel is None else self._channel

    def _made_maps(self, explanation: Explanation) -> Maps | None:
        if self._inspection is None:
            return None
        work = explanation.work
        chosen = self._chosen(work) if isinstance(work, Convolution) and work.kernel.size else None
        return maps_of(explanation, self._architecture, self._inspection, self._bounds_of, chosen)

    def _bounds_of(self, layer: LayerInfo) -> Range:
        """The colours of a whole layer, worked out once an image."""
        if layer.name not in self._bounds:
            inspection = self._inspection
            digest = inspection.digests.get(layer.name) if inspection is not None else None
            values: FloatArray | None = None
            if digest is not None:  # of a large layer the extremes are known
                values = np.concatenate([digest.lows, digest.highs])
            elif inspection is not None:
                values = inspection.activations.get(layer.name)
            self._bounds[layer.name] = Range(-1.0, 1.0) if values is None else map_bounds(layer, values)
        return self._bounds[layer.name]

    def _arrange(self) -> None:
        """Give the maps, the arithmetic and the list their parts of the room."""
        explanation, maps = self._explanation, self._maps
        if explanation is None:
            return
        whole, listed = self.width() - 24, not self._cards[self.sheet].isHidden()
        window = not self._cards[self.window_sum].isHidden()
        count = 0 if maps is None else len(maps.read) + (maps.written is not None)
        share = _WIDE_SHARE if count > 2 else _SHARES[window and listed]
        most = whole // 4 if window and listed else whole // 3
        maps_width = max(min(_LEAST_MAPS, most), int(whole * share)) if count else 0
        if not window and count:  # larger letters over the maps need more room
            maps_width = max(maps_width, min(grown(_LEAST_MAPS), int(whole * _MOST_MAPS)))
        for part in (self.sheet, self.steps, self.window_sum):
            self._cards[part].setMinimumSize(0, 0)
            self._cards[part].setMaximumSize(_NO_BOUND, _NO_BOUND)
        self._set_maps_height(None)
        if window:
            self._arrange_window(whole, maps_width, listed)
            return
        self._cards[self.slide].setFixedWidth(max(1, maps_width))
        if listed:
            self._arrange_steps(whole - maps_width - (_GAP if count else 0))

    def _arrange_steps(self, room: int) -> None:
        """The list beside the steps, where it is narrow and too long to be whole below them, else below."""
        narrowest = self.sheet.narrowest() + _FRAME
        steps = self.steps.needed_height(room - _FRAME) + _FRAME
        below = steps + _GAP + self.sheet.height_of(_ALL) + _FRAME <= self.height() - _EDGES
        beside = not below and self._fits_beside(narrowest, room)
        self._set_beside(beside)
        if beside:
            self._cards[self.sheet].setFixedWidth(min(narrowest, int(_BESIDE * room)))
        else:
            tall = max(min(steps, int(0.64 * self.height())), self.steps.least_height(room - _FRAME) + _FRAME)
            self._cards[self.steps].setFixedHeight(max(1, tall))

    def _arrange_window(self, whole: int, maps_width: int, listed: bool) -> None:
        """The list beside a window's sum where all digits are legible, else below it, on a page that may scroll."""
        small = min(maps_width, _SMALL_MAPS)
        gap = _GAP if maps_width else 0
        room, sheet, wide = whole - maps_width - gap, self._cards[self.sheet], 0
        if listed:
            narrowest = self.sheet.narrowest() + _FRAME
            most = max(whole // 4, room - _GAP - _LEAST_SUM)
            given = min(max(0, narrowest - most), maps_width - small)  # the maps give way to the list's numbers
            wide = min(narrowest, most + given)
            room += given - wide - _GAP
        tall = self.height() - _EDGES - _FRAME
        if self.window_sum.pixels_for(room - _FRAME, tall) < NUMBER and self._set_below(
            whole - gap, maps_width, listed
        ):
            return
        self._set_beside(True)
        self._cards[self.slide].setFixedWidth(max(1, whole - gap - room - (wide + _GAP if listed else 0)))
        if listed:
            sheet.setFixedWidth(wide)

    def _set_below(self, whole: int, maps_width: int, listed: bool) -> bool:
        """Put the list below the sum; the page is as high as the digits need. False where it is too narrow for that."""
        list_height = self.sheet.height_of(_ROWS) + _FRAME + _GAP if listed else 0
        room = self.height() - _EDGES - _FRAME - list_height
        # maps that have their size keep it: of a very large kernel a part is shown
        least_maps = maps_width if maps_width >= _LEAST_MAPS else min(maps_width, _SMALL_MAPS)
        for pixels in (max(NUMBER, min(_LARGE, grown(NUMBER))), NUMBER):
            for maps in sorted({maps_width, least_maps}, reverse=True):
                for bar in (0, self._scroll.verticalScrollBar().sizeHint().width()):
                    needed = self.window_sum.needed_height(whole - maps - bar - _FRAME, pixels)
                    if needed is not None and (bar or needed <= room):
                        self._set_beside(False)
                        self._cards[self.slide].setFixedWidth(max(1, maps))
                        self._set_maps_height(max(1, self.height() - _EDGES) if bar else None)
                        self._cards[self.window_sum].setMinimumHeight(needed + _FRAME)
                        if listed:
                            whole_list = self.sheet.height_of(_ALL) + _FRAME
                            # on a page that scrolls nothing else does
                            self._cards[self.sheet].setMinimumHeight(whole_list if bar else list_height - _GAP)
                            self._cards[self.sheet].setMaximumHeight(whole_list)
                        return True
        return False

    def _set_maps_height(self, pixels: int | None) -> None:
        """On a page that scrolls all maps stand in what is seen of it first; None: as high as the rest."""
        maps = self._cards[self.slide]
        maps.setMinimumHeight(pixels or 0)
        maps.setMaximumHeight(pixels or _NO_BOUND)
        self._row.setAlignment(maps, Qt.AlignmentFlag.AlignTop if pixels else Qt.AlignmentFlag(0))

    def _set_beside(self, beside: bool) -> None:
        self._work.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _fits_beside(self, narrowest: int, room: int) -> bool:
        """Whether a list beside the steps is narrow, and leaves their digits large."""
        left = room - narrowest - _GAP - _FRAME
        return narrowest <= _BESIDE * room and self.steps.pixels_for(left, self.height() - 2 * _FRAME) >= _LARGE

    def minimumSizeHint(self) -> QSize:
        """What its parts need at least, not what they are given now: it is narrow where Why stands beside it."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), _NARROW), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Parts of the room follow it."""
        self._arrange()

    def on_look_changed(self) -> None:
        """Other letters need other room, once all parts know of them."""
        self._later.start()

    # -- what the user does

    def _on_pointed(self, place: tuple[int, int] | None) -> None:
        if self._maps is not None and self._maps.written is not None:
            self.preview_requested.emit(None if place is None else self._maps.written.cell_at(*place))

    def _on_picked(self, row: int, col: int) -> None:
        written = self._maps.written if self._maps is not None else None
        cell = written.cell_at(row, col) if written is not None else None
        if cell is not None:
            self.cell_requested.emit(cell)

    def _on_source_picked(self, number: int, row: int, col: int) -> None:
        cell: Cell | None = self._maps.read[number].cell_at(row, col) if self._maps is not None else None
        if cell is not None:
            self.cell_requested.emit(cell)

    def _on_row_chosen(self, key: int) -> None:
        if key == REST:
            self._everything = True
        elif self._explanation is not None and isinstance(self._explanation.work, Convolution):
            self._channel = key
        self.refresh()
        place = self.sheet.place_of_chosen()
        if place is not None:  # where the page scrolls
            middle = self.sheet.mapTo(self._scroll.content, place.center())
            self._scroll.ensureVisible(middle.x(), middle.y(), 0, place.height())


def _goes_on(last: Cell | None, cell: Cell) -> bool:
    """Whether the window stays or slides on by one place, row by row as Play does, instead of being put elsewhere."""
    if last is None or (last.layer, last.channel) != (cell.layer, cell.channel):
        return False
    if last.row is None or last.col is None or cell.row is None or cell.col is None:
        return last == cell
    down, across = cell.row - last.row, cell.col - last.col
    return abs(down) + abs(across) <= 1 or (down == 1 and cell.col == 0)
