"""One line below a map: whether it changes when layers are randomised, and its deletion beside a random order."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cnnviewer.core.inspection.attribution.records import Attribution, Method
from cnnviewer.core.inspection.attribution.trust.records import Cascade, Curves
from cnnviewer.core.wording import Words
from cnnviewer.ui.explore.why.trust.texts import summary
from cnnviewer.ui.widgets.language import worded
from cnnviewer.ui.widgets.percent import whole_percent
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.popover_button import PopoverButton
from cnnviewer.ui.widgets.translated import Translated


class TrustLine(Translated, QWidget):
    """Says nothing until it is asked: the tests run a model hundreds of times.

    Attributes:
        test_action, page_action: test the map, and open the page Trust with its method; a popover has them.

    Signals:
        test_requested: the `Attribution` that shall be tested.
        test_abandoned: another map stands above: the test under way is not wanted any more.
        page_requested: the page Trust shall be opened, with this method.
    """

    test_requested = Signal(object)
    test_abandoned = Signal()
    page_requested = Signal(str)

    def __init__(self, popover: PopoverButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trustLine")
        self._map: Attribution | None = None
        self._tested: dict[Method, tuple[Cascade, Curves]] = {}  # what was found last, by method
        self._share: float | None = None
        self._problem: Words = ""
        self._name, self._words = PlainLabel(self), PlainLabel(self)
        self._name.setProperty("role", "title")
        self._words.setObjectName("trustLineWords")
        self._words.setWordWrap(True)
        self.test_action, self.page_action = popover.add_action("trustTest"), popover.add_action("trustDetails")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._name)
        row.addWidget(self._words, 1)
        self.test_action.triggered.connect(self._on_test)
        self.page_action.triggered.connect(self._on_more)
        self.retranslate()

    # values in

    def set_map(self, found: Attribution | None) -> None:
        """The map that stands above; what was said of another one is kept until that one is tested again."""
        if found is self._map:
            return
        self._map = found
        if self._share is not None:
            self.test_abandoned.emit()
        self._share, self._problem = None, ""
        self._show()

    def set_results(self, cascade: Cascade, curves: Curves) -> None:
        """What both tests found; ignored where another map stands above by now."""
        if cascade.attribution is self._map:
            self._tested[cascade.attribution.request.method] = cascade, curves
            self._share = None
            self._show()

    def set_progress(self, share: float | None) -> None:
        """How far the tests are; None: none is under way."""
        self._share = share
        self._show()

    def set_problem(self, sentence: Words) -> None:
        """Why there is no result."""
        self._problem, self._share = sentence, None
        self._show()

    @property
    def _results(self) -> tuple[Cascade, Curves] | None:
        """What was found for the map that stands above."""
        found = self._tested.get(self._map.request.method) if self._map is not None else None
        return found if found is not None and found[0].attribution is self._map else None

    @property
    def words(self) -> str:
        """What is said."""
        return self._words.text()

    def _show(self) -> None:
        results = self._results
        if self._share is not None:
            words = self.tr("testing the map: {percent}").format(percent=whole_percent(self._share))
        elif self._problem:
            words = worded(self._problem)
        elif results is not None:
            words = summary(*results)
        else:
            words = self.tr("the menu above tests this map")
        self._words.setText(words)
        waits = self._map is not None and self._share is None and results is None and not self._problem
        self.test_action.setEnabled(waits)
        self.page_action.setEnabled(self._map is not None)
        self.setAccessibleDescription(words)

    def _on_test(self) -> None:
        self._share = 0.0
        self._show()
        self.test_requested.emit(self._map)

    def _on_more(self) -> None:
        if self._map is not None:
            self.page_requested.emit(self._map.request.method)

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Trust"))
        self._name.setText(self.tr("Trust"))
        self.test_action.setText(self.tr("Test this map"))
        self.test_action.setToolTip(
            tool_tip(
                self.tr(
                    "Randomise the layers one after another (ten seeds), and remove the map's largest pixels first "
                    "(beside ten random orders)"
                )
            )
        )
        self.page_action.setText(self.tr("Open the test in Trust"))
        self._show()
