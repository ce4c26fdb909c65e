"""Two parts beside one another, or one below the other where the text or what they hold is too wide for that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from cnnviewer.ui.widgets.styled import Styled
from cnnviewer.ui.widgets.text_size import grown

_LEAST_BESIDE: Final = 620  # pixels, at the usual text size
_LEAST_LIST: Final = 170  # pixels of height, likewise


def stand_below(width: int) -> bool:
    """Whether parts in so many pixels stand one below the other."""
    return width < grown(_LEAST_BESIDE)


class BesideOrBelow(Styled, QWidget):
    """Owner of the layout of its parts. One below the other they need more height: what holds them scrolls.

    Lists in the parts have some height then.
    """

    def __init__(
        self,
        margin: int = 0,
        gap: int | None = None,
        parent: QWidget | None = None,
        least: Callable[[], int] = lambda: 0,
    ) -> None:
        """Keep `margin` pixels around the parts except at the top, and `gap` between them, else as many.

        `least` gives the pixels that the parts need in all to stand beside one another, whatever the text size is.
        """
        super().__init__(parent)
        self._least = least
        self._lists: list[QWidget] = []
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(margin, 0, margin, margin)
        self._row.setSpacing(margin if gap is None else gap)

    def add(self, part: QWidget, stretch: int, *lists: QWidget) -> None:
        """Append a part, in which these `lists` scroll."""
        self._lists += lists
        self._row.addWidget(part, stretch)

    def set_share(self, place: int, stretch: int) -> None:
        """Give the part at this place another share."""
        self._row.setStretch(place, stretch)

    def on_look_changed(self) -> None:
        """Another size of text."""
        super().on_look_changed()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """A part needs another width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        below = stand_below(self.width()) or self.width() < self._least()
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if below else way.LeftToRight)
        for each in self._lists:
            each.setMinimumHeight(grown(_LEAST_LIST) if below else 0)
