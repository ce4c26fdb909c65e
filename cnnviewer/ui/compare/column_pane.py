"""What every pane of a column has: its colour and name above, and below what is said of the place pointed at."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from cnnviewer.ui.compare.run_style import Swatch
from cnnviewer.ui.widgets.plain_text import ElidedLabel


class ColumnPane(QFrame):
    """Base of the panes of one column; a subclass fills the middle and sets both texts."""

    def __init__(self, kind: str, place: int, shown: QWidget, parent: QWidget | None = None) -> None:
        """`kind`: of the object names, such as `Kernel`; `shown` stands in the middle."""
        super().__init__(parent)
        self.setProperty("card", True)
        self.setObjectName(f"compare{kind}Pane_{place}")
        self._title = ElidedLabel(self)
        self._readout = ElidedLabel(self)
        self._readout.setObjectName(f"compare{kind}Readout_{place}")
        for label in (self._title, self._readout):
            label.setProperty("role", "caption")
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(Swatch(place, self))
        head.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 4)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(shown, 1)
        column.addWidget(self._readout)

    @property
    def readout(self) -> str:
        """What is said of the place pointed at."""
        return self._readout.whole
