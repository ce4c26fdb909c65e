"""Does a map name the pixels that matter? Deletion and insertion beside random orders."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cnnviewer.core.inspection.attribution.records import BASELINES, Baseline
from cnnviewer.core.inspection.attribution.trust.records import SCORES, SEEDS, Curves, Numbers, Score
from cnnviewer.ui.explore.why.trust.chart import Chart, Curve, CurveChart
from cnnviewer.ui.explore.why.trust.key_table import KeyRow, KeyTable
from cnnviewer.ui.explore.why.trust.texts import mean_and_span, score_words
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.plain_text import PlainLabel, tool_tip
from cnnviewer.ui.widgets.text_button import TextButton
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow


class CurvesPart(Translated, QWidget):
    """The curves, the areas under them, and what is removed and scored.

    Signals:
        choice_changed: another fill or another score is wanted.
        more_requested: the other random orders shall be measured too.
    """

    choice_changed = Signal()
    more_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.curves: Curves | None = None
        self._is_final = False
        self._classes: tuple[str, ...] = ()
        self._title = PlainLabel(self)
        self._title.setProperty("role", "title")
        self._title.setWordWrap(True)
        self._fill_label, self._score_label = PlainLabel(self), PlainLabel(self)
        self._fill, self._score = CalmCombo(self), CalmCombo(self)
        self._fill.setObjectName("trustFillCombo")
        self._score.setObjectName("trustScoreCombo")
        for combo, keys in ((self._fill, BASELINES), (self._score, SCORES)):
            for key in keys:
                combo.addItem("", key)
        self.chart = CurveChart("trustCurvesChart", self)
        self.table = KeyTable("trustCurvesTable", self)
        self._explanation = PlainLabel(self)
        self._explanation.setObjectName("trustCurvesLimits")
        self._explanation.setProperty("role", "caption")
        self._explanation.setWordWrap(True)
        self.more = TextButton("trustMoreOrdersButton", self, is_link=True)
        self._lay_out()
        self._fill.activated.connect(self.choice_changed)
        self._score.activated.connect(self.choice_changed)
        self.more.clicked.connect(self.more_requested)
        self.retranslate()

    def _lay_out(self) -> None:
        asked = QWidget(self)
        choices = WrappingRow(asked)
        for label, combo in ((self._fill_label, self._fill), (self._score_label, self._score)):
            label.setProperty("role", "caption")
            label.setBuddy(combo)
            choices.add_together(label, combo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(asked)
        column.addWidget(self.chart)
        column.addWidget(self.table)
        column.addWidget(self._explanation)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def fill(self) -> Baseline:
        """What a removed pixel shows."""
        chosen: Baseline = self._fill.currentData()
        return chosen

    @property
    def score(self) -> Score:
        """What is scored."""
        chosen: Score = self._score.currentData()
        return chosen

    # values in

    def set_curves(self, curves: Curves | None, classes: tuple[str, ...] = (), is_final: bool = True) -> None:
        """Show this answer, or a part of it; None: nothing."""
        self.curves, self._classes, self._is_final = curves, classes, is_final
        self._show()

    def _show(self) -> None:
        curves = self.curves
        self.more.setVisible(curves is not None and self._is_final and len(curves.request.orders) < len(SEEDS))
        if curves is None:
            self.chart.set_chart(None)
            self.table.set_rows((), ())
            return
        self.chart.set_chart(self._chart(curves))
        self._show_table(curves)

    def _chart(self, curves: Curves) -> Chart:
        made = [
            Curve(colour, found.mean(0), found.min(0), found.max(0), dashed=True)
            for colour, found in (("train", curves.random_deletion), ("validation", curves.random_insertion))
            if len(found)
        ]
        made += [Curve("train", curves.deletion), Curve("validation", curves.insertion)]
        return Chart(
            score_words(curves.request, self._classes),
            self.tr("of the pixels removed (deletion) or shown (insertion)"),
            curves.fractions,
            tuple(made),
            ((0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %")),
            _bounds(curves),
        )

    def _show_table(self, curves: Curves) -> None:
        def row(colour: str, name: str, found: Numbers, dashed: bool) -> KeyRow:
            areas = curves.area(found)
            return KeyRow(colour, name, (mean_and_span(areas.reshape(-1)),), dashed)

        rows = [
            row("train", self.tr("deletion"), curves.deletion, False),
            row("train", self.tr("deletion, random order"), curves.random_deletion, True),
            row("validation", self.tr("insertion"), curves.insertion, False),
            row("validation", self.tr("insertion, random order"), curves.random_insertion, True),
        ]
        count = len(curves.request.orders)
        title = self.tr("area, 1 order") if count == 1 else self.tr("area, {count} random orders").format(count=count)
        self.table.set_rows((title,), tuple(rows))
        self.chart.setAccessibleDescription(self.table.accessibleDescription())

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self._title.setText(self.tr("Does it name the pixels that matter?"))
        fills = {
            "black": self.tr("black pixels"),
            "mean": self.tr("mean of the data"),
            "blurred": self.tr("blurred image"),
        }
        scores = {"probability": self.tr("probability"), "logit": self.tr("logit")}
        for combo, texts in ((self._fill, fills), (self._score, scores)):
            for place in range(combo.count()):
                combo.setItemText(place, texts[combo.itemData(place)])
        self._fill_label.setText(self.tr("Removed pixels show"))
        self._score_label.setText(self.tr("score"))
        self._fill.setAccessibleName(self.tr("What removed pixels show"))
        self._fill.setToolTip(tool_tip(self.tr("A pixel that is removed shows this instead")))
        self._score.setAccessibleName(self.tr("Score of the curves"))
        self._score.setToolTip(tool_tip(self.tr("The curves follow the probability of the class, or its logit")))
        self._explanation.setText(
            self.tr(
                "Deletion removes the pixels with the largest values first, insertion shows them first: a good order "
                "falls and rises sooner than a random one. What is left are images that the model has never seen, "
                "so compare only with the random orders of the same image."
            )
        )
        self.chart.setAccessibleName(self.tr("Deletion and insertion curves"))
        self.table.setAccessibleName(self.tr("Areas under the curves"))
        self.more.setText(self.tr("Measure ten orders"))
        self._show()


def _bounds(curves: Curves) -> tuple[float, float]:
    if curves.request.score == "probability":
        return 0.0, 1.0
    found = [curves.deletion, curves.insertion, curves.random_deletion.ravel(), curves.random_insertion.ravel()]
    low, high = min(float(each.min(initial=0)) for each in found), max(float(each.max(initial=0)) for each in found)
    return low, high if high > low else low + 1.0
