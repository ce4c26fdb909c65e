"""The page Trust of Why: two tests of a map."""

from __future__ import annotations

from typing import Final, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cnnviewer.core.inspection.attribution.records import METHODS, Baseline, Method
from cnnviewer.core.inspection.attribution.trust.records import Cascade, Curves, Score
from cnnviewer.core.wording import Words
from cnnviewer.ui.explore.why.map_texts import method_name
from cnnviewer.ui.explore.why.trust.cascade_part import CascadePart
from cnnviewer.ui.explore.why.trust.curves_part import CurvesPart
from cnnviewer.ui.explore.why.trust.texts import summary
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.cancellable_progress import CancellableProgress
from cnnviewer.ui.widgets.language import worded
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.segmented import Segmented
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow

CASCADE: Final = "cascade"
CURVES: Final = "curves"


class TrustPage(Translated, QWidget):
    """Which map is tested, what was found in one line, and the cascade or the curves of deletion and insertion.

    Signals:
        method_chosen: another map shall be tested.
        curves_chosen: the curves shall have another fill or score.
        more_requested: `cascade` or `curves`: all ten measurements are wanted, however long they take.
        cancel_requested: what is under way is not wanted any more.
    """

    method_chosen = Signal()
    curves_chosen = Signal()
    more_requested = Signal(str)
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trustPage")
        self._under_way: dict[str, float] = {}
        self._problems: dict[str, Words] = {}
        self._label = PlainLabel(self)
        self._label.setProperty("role", "caption")
        self._method = CalmCombo(self)
        self._method.setObjectName("trustMethodCombo")
        for method in METHODS:
            self._method.addItem("", method)
        self._label.setBuddy(self._method)
        self._summary = PlainLabel(self)
        self._summary.setObjectName("trustSummary")
        self._summary.setWordWrap(True)
        self._problem = PlainLabel(self)
        self._problem.setObjectName("trustProblem")
        self._problem.setProperty("role", "error")
        self._problem.setWordWrap(True)
        self.progress = CancellableProgress("trust", self)
        self.cascade_part, self.curves_part = CascadePart(self), CurvesPart(self)
        self._parts: dict[str, QWidget] = {CASCADE: self.cascade_part, CURVES: self.curves_part}
        self._tests = Segmented(self)
        self._tests.setObjectName("trustTests")
        for key in self._parts:
            self._tests.add(key, name=f"trust{key.title()}Segment")
        self._lay_out()
        self._method.activated.connect(self.method_chosen)
        self._tests.chosen.connect(self.open_test)
        self.progress.cancelled.connect(self.cancel_requested)
        self.cascade_part.more_requested.connect(self._on_more_seeds)
        self.curves_part.choice_changed.connect(self.curves_chosen)
        self.curves_part.more_requested.connect(self._on_more_orders)
        self.retranslate()
        self.open_test(CASCADE)

    def _lay_out(self) -> None:
        asked = QWidget(self)
        asked.setProperty("grid", True)  # which map is tested, and by what: said by both together
        row = WrappingRow(asked)
        row.add_together(self._label, self._method)
        row.addWidget(self._tests)
        answer = QHBoxLayout()
        answer.addWidget(self._summary, 1)

        answer.addWidget(self.progress)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 4, 4)
        column.setSpacing(6)
        column.addWidget(asked)
        column.addLayout(answer)
        column.addWidget(self._problem)
        for part in self._parts.values():
            column.addWidget(part)
        column.addStretch(1)

    # what is wanted

    def test(self, method: str) -> None:
        """Test the map of this method, as a choice does."""
        place = self._method.findData(method)
        if place not in (-1, self._method.currentIndex()):
            self._method.setCurrentIndex(place)
            self.method_chosen.emit()

    def open_test(self, key: str) -> None:
        """Show what one of the two tests found: `cascade` or `curves`."""
        self._tests.set_current(key)
        for each, part in self._parts.items():
            part.setVisible(each == key)

    @property
    def method(self) -> Method:
        """Whose map is tested."""
        return cast(Method, self._method.currentData())

    @property
    def fill(self) -> Baseline:
        """What a removed pixel shows."""
        return self.curves_part.fill

    @property
    def score(self) -> Score:
        """What the curves follow."""
        return self.curves_part.score

    # values in

    def set_cascade(self, cascade: Cascade | None, is_final: bool) -> None:
        """What the cascade found, or a part of it."""
        self._problems.pop("cascade", None)
        self.cascade_part.set_cascade(cascade, is_final)
        self._show()

    def set_curves(self, curves: Curves | None, classes: tuple[str, ...], is_final: bool) -> None:
        """What deletion and insertion found, or a part of it, with the names of all classes."""
        self._problems.pop("curves", None)
        self.curves_part.set_curves(curves, classes, is_final)
        self._show()

    def set_problem(self, kind: str, sentence: Words) -> None:
        """Why there is no answer of `cascade` or `curves`."""
        self._problems[kind] = sentence
        if kind == "cascade":
            self.cascade_part.set_cascade(None)
        else:
            self.curves_part.set_curves(None)
        self._show()

    def set_progress(self, kind: str, share: float | None) -> None:
        """How far `cascade` or `curves` is; None: it is not under way."""
        if share is None:
            self._under_way.pop(kind, None)
        else:
            self._under_way[kind] = share
        self._show_progress()

    def clear(self) -> None:
        """There is nothing to show."""
        self._problems.clear()
        self.cascade_part.set_cascade(None)
        self.curves_part.set_curves(None)
        self._show()

    def _show(self) -> None:
        self._summary.setText(summary(self.cascade_part.cascade, self.curves_part.curves))
        problems = tuple(dict.fromkeys(map(worded, self._problems.values())))
        self._problem.setText("\n".join(problems))
        self._problem.setVisible(bool(problems))

    def _show_progress(self) -> None:
        words = {CASCADE: self.tr("Randomising layers"), CURVES: self.tr("Removing pixels")}
        kind = next((each for each in words if each in self._under_way), None)
        if kind is None:
            self.progress.set_progress(None)
        else:
            self.progress.set_progress(self._under_way[kind], words[kind])

    def _on_more_seeds(self) -> None:
        self.more_requested.emit("cascade")

    def _on_more_orders(self) -> None:
        self.more_requested.emit("curves")

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self._label.setText(self.tr("Map"))
        for place, method in enumerate(METHODS):
            self._method.setItemText(place, method_name(method))
        self._method.setAccessibleName(self.tr("Map that is tested"))
        self._method.setToolTip(tool_tip(self.tr("The two tests below are about the map of this method")))
        self._tests.set_texts(
            {
                CASCADE: (self.tr("Weights"), self.tr("Whether the map changes when the layers begin anew at random")),
                CURVES: (self.tr("Pixels"), self.tr("Whether the answer changes without the pixels that it names")),
            }
        )
        self._tests.setAccessibleName(self.tr("Test of the map"))
        self._summary.setToolTip(
            tool_tip(
                self.tr(
                    "Changes: less than 0.5 of the rank correlation is left in the mean when all layers are "
                    "randomised; hardly: 0.8 or more. Pixels at which the map is 0 are left out."
                )
            )
        )
        self._show()
        self._show_progress()
