"""The rail's parts below one another, each as high as the window allows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from cnnviewer.ui.widgets.segmented import Segmented
from cnnviewer.ui.window.input.draw_tab import DrawTab
from cnnviewer.ui.window.input.known_classes import KnownClasses
from cnnviewer.ui.window.input.lens import InputLens
from cnnviewer.ui.window.input.prediction import BEST, PredictionView
from cnnviewer.ui.window.input.rail_size import rail_growth

_SIDE, _TOP, _BOTTOM, _GAP = 12, 10, 8, 8
_LEAST_SHEET = 110
_LEAST_LENS, _LENS = 56, 84


class RailColumn(QWidget):
    """Where the image comes from, its sheet, what the model sees, what it says.

    The sheet is as wide as the rail. In a low window first the lens and then the sheet give way, so that five bars can
    always be seen.
    """

    def __init__(
        self,
        switch: Segmented,
        pages: QStackedWidget,
        known: KnownClasses,
        lens: InputLens,
        prediction: PredictionView,
    ) -> None:
        super().__init__()
        self._parts = (switch, pages, known, lens, prediction)
        self._switch, self._pages, self._known, self._lens, self._prediction = self._parts
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, _TOP, _SIDE, _BOTTOM)
        column.setSpacing(_GAP)
        for part in self._parts:
            column.addWidget(part)
        column.setStretchFactor(prediction, 1)

    def _arrange(self) -> None:
        """Set the heights of sheet and lens."""
        draw = self._pages.widget(0)
        tools = draw.tools_height if isinstance(draw, DrawTab) else 0
        least_lens, usual_lens = _LEAST_LENS, round(_LENS * rail_growth())
        fixed = _TOP + _BOTTOM + 3 * _GAP + self._switch.sizeHint().height() + tools
        if not self._known.isHidden():
            fixed += self._known.sizeHint().height() + _GAP
        fixed += self._lens.title_height + least_lens + self._prediction.height_for_rows(BEST)
        free = self.height() - fixed
        sheet = max(min(free, self.width() - 2 * _SIDE), _LEAST_SHEET)
        lens = least_lens + min(max(free - sheet, 0), usual_lens - least_lens)
        self._pages.setFixedHeight(sheet + tools)
        self._lens.setFixedHeight(self._lens.title_height + lens)

    def minimumSizeHint(self) -> QSize:
        """Low enough for any window: what has no room is cut at the lower edge."""
        return QSize(100, 200)

    def sizeHint(self) -> QSize:
        """As in the design."""
        return QSize(232, 780)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height for the sheet."""
        super().resizeEvent(event)
        self._known.set_rail_height(self.height())
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """A part needs another height, as with another text size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)
