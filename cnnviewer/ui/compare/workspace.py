"""The workspace Compare: the runs at the side; what sets them apart, and sweeps."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cnnviewer.ui.compare.runs.view import RunsView
from cnnviewer.ui.widgets.tabbed_pages import TabbedPages
from cnnviewer.ui.widgets.translated import Translated

_SIDE_WIDTH = 300


class CompareWorkspace(Translated, QWidget):
    """The list of runs beside what is compared; it widens to a table of all that is known of them.

    A sweep has the whole stage.

    Attributes:
        parts: the pages `compare` and `sweep`.
    """

    def __init__(self, runs: RunsView) -> None:
        super().__init__()
        self.setObjectName("compareWorkspace")
        self._runs = runs
        self.parts = TabbedPages(self)
        splitter = self.parts.set_beside(runs, _SIDE_WIDTH)
        splitter.setObjectName("compareSplitter")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.parts)
        runs.set_wide(False)
        runs.wide_changed.connect(self._arrange)
        self.parts.pages.page_opened.connect(self._arrange)
        self.retranslate()

    def _arrange(self, _changed: object = None) -> None:
        """Give the list its place beside the comparison, all of it as a table, none of it beside a sweep."""
        sweep = self.parts.pages.page == "sweep"
        self._runs.setVisible(not sweep)
        self.parts.pages.setVisible(sweep or not self._runs.wide)

    def show_comparison(self) -> None:
        """Show what is compared: the list of runs becomes narrow again."""
        self._runs.set_wide(False)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.parts.set_texts(
            {
                "compare": (self.tr("Compare"), self.tr("Runs, or steps of a run, side by side")),
                "sweep": (self.tr("Sweep"), self.tr("Train with many settings, one after the other")),
            }
        )
        self.parts.tabs.setAccessibleName(self.tr("Compare or sweep"))
