"""A row with a segmented control that folds before what stands beside it says less."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cnnviewer.ui.widgets.segmented import Segmented


class FoldingRow(QWidget):
    """Gives the control the width of all its words, or, where the rest would have too little, that of its one button.

    Qt's layouts would divide what is missing among all, and stretch the button over what the others lack.

    Attributes:
        row: the layout of everything in it.
    """

    def __init__(self, segmented: Segmented, rest: Callable[[], int], parent: QWidget | None = None) -> None:
        """`rest`: pixels that everything but the control needs, with the spaces."""
        super().__init__(parent)
        self._segmented, self._rest = segmented, rest
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)

    def share(self) -> None:
        """Divide the width anew: something in it is another one."""
        whole, folded = self._segmented.sizeHint().width(), self._segmented.minimumSizeHint().width()
        margins = self.row.contentsMargins()
        room = self.width() - self._rest() - margins.left() - margins.right()
        self._segmented.setFixedWidth(whole if whole <= room else folded)

    def event(self, event: QEvent) -> bool:
        """Other words, or another width."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.share()
        return super().event(event)
