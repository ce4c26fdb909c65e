"""The workspace Build: a network of the user's own, and the architectures side by side."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cnnviewer.ui.widgets.lazy_pages import LazyPages
from cnnviewer.ui.widgets.segmented import Segmented
from cnnviewer.ui.widgets.translated import Translated


class BuildWorkspace(Translated, QWidget):
    """The pages `builder` and `architectures`, each built when it is first opened.

    Attributes:
        parts: which of them is shown.
        pages: the pages.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("buildWorkspace")
        self.pages = LazyPages(self)
        self.parts = Segmented(self)
        self.parts.setObjectName("buildParts")
        self.parts.add("builder")
        self.parts.add("architectures")
        top = QHBoxLayout()
        top.addWidget(self.parts)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.pages, 1)
        self.parts.chosen.connect(self.pages.open)
        self.retranslate()

    def offer(self, name: str, build: Callable[[], QWidget]) -> None:
        """Add a page that `build` makes when it is first shown."""
        self.pages.offer(name, build)

    def open(self, name: str) -> None:
        """Show a page; ValueError for one that is not offered."""
        self.pages.open(name)
        self.parts.set_current(name)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.parts.set_texts(
            {
                "builder": (self.tr("Builder"), self.tr("Put a network of your own together")),
                "architectures": (self.tr("Architectures"), self.tr("LeNet to ResNet-18 side by side")),
            }
        )
        self.parts.setAccessibleName(self.tr("Builder or architectures"))
