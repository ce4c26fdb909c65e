"""The panel below the network: why the selected number is what it is."""

from __future__ import annotations

from PySide6.QtCore import Property, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.core.inspection.explain.backward_records import (
    Backward,
    EarlyWeights,
    StepSettings,
    WeightCell,
    strongest_weight,
)
from cnnviewer.core.inspection.explain.notation import said
from cnnviewer.core.inspection.explain.records import Explanation
from cnnviewer.core.inspection.records import Architecture, Cell, Inspection
from cnnviewer.core.wording import Words
from cnnviewer.ui.explore.explain.backward_pane import BackwardPane
from cnnviewer.ui.explore.explain.check_label import CheckLabel
from cnnviewer.ui.explore.explain.fact_rows import named
from cnnviewer.ui.explore.explain.learn import LearnPane
from cnnviewer.ui.explore.explain.numbers_page import NumbersPage
from cnnviewer.ui.explore.explain.place_bar import PlaceBar
from cnnviewer.ui.explore.explain.text_tab import TextTab
from cnnviewer.ui.widgets.folding_row import FoldingRow
from cnnviewer.ui.widgets.language import worded
from cnnviewer.ui.widgets.plain_text import ElidedLabel
from cnnviewer.ui.widgets.segmented import Segmented
from cnnviewer.ui.widgets.styled import GrowingSize
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.translated import Translated

TEXT_TABS = ("numbers", "formula", "code", "learn", "backward")
_SPACING = 8  # pixels
_TITLE, _VALUE = 130, 96  # pixels that the title has before the tabs fold, and at least


class _Head(FoldingRow):
    """Title, check and tabs in one line: the tabs fold, then the title gives way, before the check says less."""

    def __init__(self, parent: QWidget, title: ElidedLabel, check: CheckLabel, tabs: Segmented) -> None:
        super().__init__(tabs, lambda: self.least_width - tabs.minimumSizeHint().width(), parent)
        self._title, self._check, self._tabs = title, check, tabs
        self.row.setSpacing(_SPACING)
        self.row.addWidget(title)
        self.row.addWidget(check, 1)
        self.row.addWidget(tabs)

    @property
    def least_width(self) -> int:
        """Pixels in which title and check say what they have to."""
        return grown(_TITLE) + self._check.gist_width + 2 * _SPACING + self._tabs.minimumSizeHint().width()

    def share(self) -> None:
        """The title has what check and tabs leave."""
        super().share()
        room = self.width() - self._check.gist_width - 2 * _SPACING - self._tabs.maximumWidth()
        if room < self._title.sizeHint().width():  # the check is its mark before a number loses its layer
            room += max(0, self._check.gist_width - self._check.mark_width)
        self._title.setMaximumWidth(max(grown(_VALUE), room, self._title.ending_width))


class ExplainView(Translated, QWidget):
    """Shows an explanation in numbers, as a formula, as code, as a lesson, and backward.

    The Qt property `value` is the number computed from its terms in float64 (NaN without one), `terms` the list of
    numbers that add up to it.

    Attributes:
        head: what is explained, and as what; a workspace may put it elsewhere.

    Signals:
        cell_requested: a Cell that shall be explained and pinned.
        preview_requested: a Cell to explain for as long as it is pointed at; None: the pinned one again.
        save_requested: the code and the numbers it reads shall be saved.
        backward_requested: a `BackwardRequest` while the gradients are looked at, None when they no longer are.
        early_requested: weights with which there is more to learn shall be shown.
        whole_stage_wanted: whether nothing else is needed on the stage, as with Backward.
    """

    cell_requested = Signal(object)
    preview_requested = Signal(object)
    save_requested = Signal()
    backward_requested = Signal(object)
    early_requested = Signal()
    whole_stage_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explainView")
        self._architecture = Architecture("", ())
        self._explanation: Explanation | None = None
        self._pinned: Cell | None = None
        self._sentence: Words = ""
        self._refusal: Words = ""
        self._title = ElidedLabel(self, Qt.TextElideMode.ElideMiddle, widest=320)
        self._check = CheckLabel(self)
        self._text_tabs = Segmented(self)
        self.head = _Head(self, self._title, self._check, self._text_tabs)
        self.place = PlaceBar(self)
        self.numbers = NumbersPage(self)
        self.slide, self.sheet = self.numbers.slide, self.numbers.sheet
        self._formula, self._code = TextTab("explainFormula", False, self), TextTab("explainCode", True, self)
        self.learn, self.backward = LearnPane(self), BackwardPane(self)
        self._pages = QStackedWidget(self)
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self._title.setObjectName("explainTitle")
        self._title.setProperty("role", "heading")
        GrowingSize(self._title, minimum_width=_VALUE)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text_tabs.setObjectName("explainTextTabs")
        for name in TEXT_TABS:
            self._text_tabs.add(name)
        self._pages.addWidget(self.numbers)
        for page in (self._formula, self._code, self.learn, self.backward):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.head)
        column.addWidget(self.place)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self._text_tabs.chosen.connect(self._on_text_tab_changed)
        self._code.save_requested.connect(self.save_requested)
        self.backward.request_changed.connect(self._request_backward)
        self.backward.layer_picked.connect(self._on_layer_picked)
        self.backward.early_requested.connect(self.early_requested)
        self.place.cell_requested.connect(self.cell_requested)
        self.place.loss_requested.connect(self._on_loss_requested)
        self.slide.play_requested.connect(self.place.toggle)
        self.numbers.cell_requested.connect(self.cell_requested)
        self.numbers.preview_requested.connect(self.preview_requested)

    # -- values in

    def set_architecture(self, architecture: Architecture) -> None:
        """Explain another model."""
        self._architecture = architecture
        self.numbers.set_architecture(architecture)
        self.place.set_architecture(architecture)
        self.backward.set_architecture(architecture)
        self.set_explanation(None)

    def set_inspection(self, inspection: Inspection | None) -> None:
        """The maps that the window slides over."""
        self.numbers.set_inspection(inspection)
        self.backward.set_answer(inspection.prediction if inspection is not None else None)

    def set_explanation(self, explanation: Explanation | None, pinned: Cell | None = None) -> None:
        """Show how a number came about; `pinned` is the one that stays when nothing is pointed at."""
        self._explanation, self._sentence, self._pinned = explanation, "", pinned
        strongest = strongest_weight(explanation) if explanation is not None else None
        self.backward.set_cell(explanation.cell if explanation is not None else None, strongest)
        self.place.set_cell(pinned if pinned is not None else explanation.cell if explanation else None)
        self._show()

    def set_error(self, sentence: Words) -> None:
        """Say why there is nothing to explain."""
        self._explanation, self._sentence = None, sentence
        self._show()

    def set_refusal(self, sentence: Words) -> None:
        """Say why there is no number of the image chosen; empty: there are some."""
        if sentence != self._refusal:
            self._refusal = sentence
            self._show()

    def set_label_known(self, known: bool) -> None:
        """Whether the image has a label, and so a loss of its own."""
        self.place.set_loss_offered(known)
        self.backward.set_label_known(known)

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """The classes that a loss can expect. The gradients are those of another model, or the chosen class is gone."""
        self.backward.set_classes(classes)
        self._request_backward()

    def set_rates(self, rates: StepSettings) -> None:
        """Of the training's next step."""
        self.backward.set_rates(rates)
        self._request_backward()

    def set_backward(self, backward: Backward | None) -> None:
        """Show the gradients."""
        self.backward.set_backward(backward)

    def set_early(self, early: EarlyWeights) -> None:
        """Which weights with more to learn there are."""
        self.backward.set_early(early)

    def set_backward_error(self, sentence: Words) -> None:
        """Say why there are no gradients."""
        self.backward.set_error(sentence)

    def show_weight(self, weight: WeightCell) -> None:
        """Show how this weight learns."""
        self.show_text_tab("backward")
        self.backward.set_weight(weight)

    def show_text_tab(self, name: str) -> None:
        """Show one of `TEXT_TABS`."""
        if name != self._text_tabs.current:
            self._text_tabs.set_current(name)
            self._on_text_tab_changed(name)

    def set_motion(self, enabled: bool) -> None:
        """Whether the window glides."""
        self.numbers.set_motion(enabled)

    # -- values out

    @property
    def explanation(self) -> Explanation | None:
        """What is shown."""
        return self._explanation

    def _get_value(self) -> float:
        return self._explanation.value if self._explanation else float("nan")

    def _get_terms(self) -> list[float]:
        return self._explanation.terms.tolist() if self._explanation else []

    value = Property(float, _get_value)
    terms = Property(list, _get_terms)

    def sizeHint(self) -> QSize:
        """Room for a few rows below both bars."""
        return QSize(560, 240)

    # -- showing

    def _show(self) -> None:
        explanation = None if self._refusal else self._explanation
        self._check.show_check(explanation, worded(self._refusal or self._sentence))
        if explanation is None:
            self._title.show_text(self.tr("Explain"))
            self.head.share()
            self.numbers.set_explanation(None, notice=self._check.sentence)
            self._formula.set_text(self._check.sentence)
            self._code.set_text(f"# {self._check.sentence}")
            self._teach()
            return
        cell = explanation.cell
        ending = f"{named(cell).removeprefix(cell.layer)} = {said(explanation.value)}"
        self._title.show_text(f"{cell.layer}{ending}", ending=ending)
        self.head.share()
        self.numbers.set_explanation(explanation, self._pinned)
        formula = "\n".join(explanation.formula)
        self._formula.set_text(formula or self.tr("The formula of this operation is not supported."))
        code = explanation.snippet or self.tr("# there is no short form of this operation")
        self._code.set_text(code, reads_a_file=bool(explanation.tensors))
        self._teach()
        spoken = f"{self._title.whole}. {self._check.toolTip()}"
        self.setAccessibleDescription(spoken)

    # -- what the user does

    def _on_loss_requested(self) -> None:
        self.cell_requested.emit(Cell("loss"))

    def _on_text_tab_changed(self, name: str) -> None:
        self._pages.setCurrentIndex(TEXT_TABS.index(name))
        self._teach()
        self.place.set_moving_shown(name == "numbers")
        self.place.setVisible(name != "backward")  # which has fields of its own
        self.whole_stage_wanted.emit(name == "backward")
        self._request_backward()

    def _teach(self) -> None:
        """Make up lesson and question while they are in front: they cost as much as the numbers."""
        if self._text_tabs.current == "learn":
            self.learn.set_subject(self._explanation, self._architecture)

    def _request_backward(self, _request: object = None) -> None:
        shown = self._text_tabs.current == "backward"
        self.backward_requested.emit(self.backward.request if shown else None)

    def _on_layer_picked(self, name: str, channel: int) -> None:
        layer = self._architecture.layer(name)
        places = (layer.shape[1] // 2, layer.shape[2] // 2) if len(layer.shape) == 3 else ()
        self.cell_requested.emit(Cell(name, channel, *places))

    # -- texts

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Explain"))
        self._text_tabs.set_texts(
            {
                "numbers": (self.tr("Numbers"), self.tr("Every operand of this number")),
                "formula": (self.tr("Formula"), self.tr("The formula with the numbers put in")),
                "code": (self.tr("Code"), self.tr("PyTorch that prints the same number")),
                "learn": (self.tr("Learn"), self.tr("What the operation does, and questions on these numbers")),
                "backward": (self.tr("Backward"), self.tr("Gradients, and the next step of one weight")),
            }
        )
        self._text_tabs.setAccessibleName(self.tr("How it is explained"))
        self.sheet.setAccessibleName(self.tr("Operands"))
        self._show()
