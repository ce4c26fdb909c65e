"""The middle of the window: pages, of which the first is the network with its explanation below; under all, time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from cnnviewer.ui.calm import CalmTabBar
from cnnviewer.ui.explain.view import ExplainView
from cnnviewer.ui.message_bar import MessageBar
from cnnviewer.ui.network.view import NetworkView

PAGES = ("network", "sandbox", "ladder", "builder", "compare", "sweep")
_EXPLAIN_SHARE = 0.42  # of the height, when it is opened first


class Centre(QWidget):
    """Owner of the pages. All but the network's are built when they are first opened.

    Signals:
        page_built: name and widget of a page that was opened for the first time.
        page_opened: name of the page that is shown now.
    """

    page_built = Signal(str, QWidget)
    page_opened = Signal(str)

    def __init__(self, network: NetworkView, explain: ExplainView, messages: MessageBar, time: QWidget) -> None:
        super().__init__()
        self._explain = explain
        self._builders: dict[str, Callable[[], QWidget]] = {}
        self._built: dict[str, QWidget] = {}
        self._tabs = CalmTabBar(self)
        self._tabs.setObjectName("pageTabs")
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._stack = QStackedWidget(self)
        self._splitter = QSplitter(Qt.Orientation.Vertical, self)
        self._splitter.setObjectName("networkSplitter")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(network)
        self._splitter.addWidget(explain)
        self._splitter.setStretchFactor(0, 1)
        self._explain_height = 0
        explain.hide()
        network.canvas.play_wished.connect(explain.place.toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._tabs)
        column.addWidget(messages)
        column.addWidget(self._stack, 1)
        column.addWidget(time)
        self._add("network", self._splitter)
        self._tabs.currentChanged.connect(self._on_tab_changed)
        self.retranslate()

    def offer(self, name: str, build: Callable[[], QWidget]) -> None:
        """Offer a page; `build` makes it when it is first opened."""
        self._builders[name] = build
        self._add(name, QWidget())
        self.retranslate()

    def open(self, name: str) -> None:
        """Show a page; ValueError for one that is not offered."""
        self._tabs.setCurrentIndex(self._names.index(name))

    @property
    def page(self) -> str:
        """Name of the page shown."""
        return str(self._tabs.tabData(self._tabs.currentIndex()))

    def show_explanation(self) -> None:
        """Make room for the explanation below the network."""
        if self._explain.isVisibleTo(self):
            return
        self._explain.show()
        height = max(1, self._splitter.height())
        share = self._explain_height or round(height * _EXPLAIN_SHARE)
        self._splitter.setSizes([height - share, share])

    def hide_explanation(self) -> None:
        """Give the network all the room again."""
        if self._explain.isVisibleTo(self):
            self._explain_height = self._explain.height()
            self._explain.hide()

    @property
    def _names(self) -> list[str]:
        return [self._tabs.tabData(index) for index in range(self._tabs.count())]

    def _add(self, name: str, widget: QWidget) -> None:
        self._stack.addWidget(widget)
        self._tabs.setTabData(self._tabs.addTab(""), name)

    def _on_tab_changed(self, index: int) -> None:
        name = self._tabs.tabData(index)
        if name in self._builders and name not in self._built:
            page = self._builders[name]()
            self._built[name] = page
            empty = self._stack.widget(index)
            self._stack.insertWidget(index, page)
            if empty is not None:
                self._stack.removeWidget(empty)
                empty.deleteLater()
            self.page_built.emit(name, page)
        self._stack.setCurrentIndex(index)
        self.page_opened.emit(name)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        texts = {
            "network": (self.tr("Network"), self.tr("The network, and why every number in it is what it is")),
            "sandbox": (self.tr("Sandbox"), self.tr("Try out kernels, strides, padding and pooling on a small input")),
            "ladder": (self.tr("Architectures"), self.tr("LeNet to VGG19 side by side")),
            "builder": (self.tr("Builder"), self.tr("Put a network of your own together")),
            "compare": (self.tr("Compare"), self.tr("Runs, or moments of a run, side by side")),
            "sweep": (self.tr("Sweep"), self.tr("Train with many settings, one after the other")),
        }
        for index, name in enumerate(self._names):
            text, tip = texts[name]
            self._tabs.setTabText(index, text)
            self._tabs.setTabToolTip(index, tip)
        self._tabs.setAccessibleName(self.tr("Pages"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
