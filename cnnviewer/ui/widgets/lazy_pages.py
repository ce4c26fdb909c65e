"""Pages of which one is shown; each is built when it is first opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from cnnviewer.ui.widgets.tall_content import least_height


class LazyPages(QStackedWidget):
    """Owner of pages by name.

    Signals:
        page_built: name and widget of a page that was opened for the first time.
        page_opened: name of the page that is shown now.
    """

    page_built = Signal(str, QWidget)
    page_opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self._builders: dict[str, Callable[[], QWidget]] = {}

    def add(self, name: str, widget: QWidget) -> None:
        """Add a page that is built already; the first one added is shown."""
        self._names.append(name)
        self.addWidget(widget)

    def offer(self, name: str, build: Callable[[], QWidget]) -> None:
        """Add a page that `build` makes when it is first opened."""
        self._builders[name] = build
        self.add(name, QWidget())

    def is_built(self, name: str) -> bool:
        """Whether a page was opened before, or was added as it is."""
        return name in self._names and name not in self._builders

    def open(self, name: str) -> None:
        """Show a page; ValueError for one that was not added."""
        index = self._names.index(name)
        if name in self._builders:
            page = self._builders.pop(name)()
            empty = self.widget(index)
            self.insertWidget(index, page)
            if empty is not None:
                self.removeWidget(empty)
                empty.deleteLater()
            self.page_built.emit(name, page)
        self.setCurrentIndex(index)
        self.updateGeometry()
        self.page_opened.emit(name)

    def replace(self, name: str, widget: QWidget) -> QWidget:
        """Put another widget in the place of a page that was opened; the page, which belongs to nobody then."""
        index = self._names.index(name)
        shown, page = self.currentIndex(), self.widget(index)
        assert page is not None
        self.removeWidget(page)
        self.insertWidget(index, widget)
        self.setCurrentIndex(shown)
        return page

    def minimumSizeHint(self) -> QSize:
        """Of the page shown, in the width that there is: what is behind claims no room."""
        shown = self.currentWidget()
        if shown is None:
            return QSize(0, 0)
        least, layout = shown.minimumSizeHint(), shown.layout()
        if layout is not None and layout.hasHeightForWidth():
            placed = self.testAttribute(Qt.WidgetAttribute.WA_Resized)  # maybe narrower than the page can be
            width = self.width() if placed else max(self.width(), least.width())
            least.setHeight(max(least.height(), least_height(layout, width)))
        return least

    def hasHeightForWidth(self) -> bool:
        """Qt would ask for the largest height that any page prefers."""
        return False

    def heightForWidth(self, width: int) -> int:
        """The height that the page shown prefers; -1 where it prefers the same at every width."""
        shown = self.currentWidget()
        return shown.heightForWidth(width) if shown is not None and shown.hasHeightForWidth() else -1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width asks for another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    @property
    def page(self) -> str:
        """Name of the page shown; empty where there is none."""
        return self._names[self.currentIndex()] if self._names else ""

    @property
    def names(self) -> tuple[str, ...]:
        """The pages in their order."""
        return tuple(self._names)
