"""The panel below the network: why the selected number is what it is."""

from __future__ import annotations

from PySide6.QtCore import Property, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.core.inspection.explain.records import Convolution, Explanation, Pooling
from cnnviewer.core.inspection.records import Architecture, Cell, Inspection
from cnnviewer.ui.explain.place_bar import PlaceBar
from cnnviewer.ui.explain.slide import Maps, SlidePane
from cnnviewer.ui.explain.worksheet import Worksheet
from cnnviewer.ui.explain.writing import REST, Writer, named
from cnnviewer.ui.icons import icon
from cnnviewer.ui.network.labels import number
from cnnviewer.ui.theme import theme


class ExplainView(QWidget):
    """Shows an explanation through three lenses: the numbers, the formula, the code.

    The Qt property `value` is the number computed from its terms in float64 (NaN without one), `terms` the list of
    numbers that add up to it.

    Signals:
        cell_requested: a Cell that shall be explained and pinned.
        preview_requested: a Cell to explain for as long as it is pointed at; None: the pinned one again.
        save_requested: the code and the numbers it reads shall be saved.
        closed: the panel was closed.
    """

    cell_requested = Signal(object)
    preview_requested = Signal(object)
    save_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explainView")
        self._architecture = Architecture("", ())
        self._inspection: Inspection | None = None
        self._explanation: Explanation | None = None
        self._sentence = ""
        self._channel: int | None = None  # of the source, whose map the window slides over
        self._everything = False
        self._writer = Writer(self)
        self._title, self._check = QLabel(self), QLabel(self)
        self._lenses = QTabBar(self)
        self._close = QToolButton(self)
        self.place = PlaceBar(self)
        self.slide = SlidePane(self)
        self.sheet = Worksheet(self)
        self._formula, self._code = QPlainTextEdit(self), QPlainTextEdit(self)
        self._copy_formula, self._copy, self._save = QPushButton(self), QPushButton(self), QPushButton(self)
        self._code_note = QLabel(self)
        self._pages = QStackedWidget(self)
        self._build()
        self._connect()
        self._dress()
        self.retranslate()

    def _build(self) -> None:
        self._title.setObjectName("explainTitle")
        self._title.setProperty("role", "heading")
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._check.setObjectName("explainCheck")
        self._check.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._lenses.setObjectName("explainLenses")
        self._lenses.setDrawBase(False)
        self._lenses.setExpanding(False)
        for _ in range(3):
            self._lenses.addTab("")
        self._close.setObjectName("explainCloseButton")
        self._close.setAutoRaise(True)
        top = QHBoxLayout()
        top.setContentsMargins(8, 4, 4, 0)
        top.setSpacing(8)
        top.addWidget(self._title)
        top.addWidget(self._check, 1)
        top.addWidget(self._lenses)
        top.addWidget(self._close)
        numbers = QWidget()
        row = QHBoxLayout(numbers)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.slide, 2)
        row.addWidget(self.sheet, 5)
        self._pages.addWidget(numbers)
        self._pages.addWidget(_text_page(self._formula, "explainFormula", self._copy_formula))
        self._pages.addWidget(_text_page(self._code, "explainCode", self._copy, self._save, self._code_note))
        for button, name in (
            (self._copy_formula, "explainCopyFormulaButton"),
            (self._copy, "explainCopyButton"),
            (self._save, "explainSaveButton"),
        ):
            button.setObjectName(name)
        self._code.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self.place)
        column.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self._lenses.currentChanged.connect(self._pages.setCurrentIndex)
        self._close.clicked.connect(self.closed)
        self._copy.clicked.connect(self._on_copy)
        self._copy_formula.clicked.connect(self._on_copy_formula)
        self._save.clicked.connect(self.save_requested)
        self.place.cell_requested.connect(self.cell_requested)
        self.place.loss_requested.connect(self._on_loss_requested)
        self.slide.pointed.connect(self._on_pointed)
        self.slide.picked.connect(self._on_picked)
        self.slide.source_picked.connect(self._on_source_picked)
        self.sheet.row_chosen.connect(self._on_row_chosen)
        theme().changed.connect(self._dress)

    # -- values in

    def set_architecture(self, architecture: Architecture) -> None:
        """Explain another model."""
        self._architecture = architecture
        self.place.set_architecture(architecture)
        self.set_explanation(None)

    def set_inspection(self, inspection: Inspection | None) -> None:
        """The maps that the window slides over."""
        self._inspection = inspection

    def set_explanation(self, explanation: Explanation | None, pinned: Cell | None = None) -> None:
        """Show how a number came about; `pinned` is the one that stays when nothing is pointed at."""
        old = self._explanation
        self._explanation, self._sentence = explanation, ""
        if explanation is None or old is None or old.cell.layer != explanation.cell.layer:
            self._channel, self._everything = None, False
        elif isinstance(explanation.work, Convolution) and self._channel not in explanation.work.channels:
            self._channel = None
        self.place.set_cell(pinned if pinned is not None else explanation.cell if explanation else None)
        self._show()

    def set_problem(self, sentence: str) -> None:
        """Say why there is nothing to explain."""
        self._explanation, self._sentence = None, sentence
        self._show()

    def set_loss_offered(self, offered: bool) -> None:
        """Whether the image has a label, and so a loss."""
        self.place.set_loss_offered(offered)

    def set_motion(self, enabled: bool) -> None:
        """Whether the window glides."""
        self.slide.set_motion(enabled)

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
        explanation = self._explanation
        self._show_check()
        if explanation is None:
            self._title.setText(self.tr("Explain"))
            self.sheet.hide()
            self.slide.hide()
            self._formula.setPlainText("")
            self._code.setPlainText("")
            return
        self._title.setText(f"{named(explanation.cell)} = {number(explanation.value, 6)}")
        maps = self._maps(explanation)
        self.slide.setVisible(maps is not None)
        self.slide.set_maps(maps)
        self.sheet.show()
        chosen = maps.channel if maps is not None and isinstance(explanation.work, Convolution) else -1
        self.sheet.set_sheet(self._writer.write(explanation, self._everything), chosen)
        formula = "\n".join(explanation.formula) or self.tr("The formula of this operation is not known here.")
        if self._formula.toPlainText() != formula:
            self._formula.setPlainText(formula)
        code = explanation.snippet or self.tr("# there is no short form of this operation")
        if self._code.toPlainText() != code:
            self._code.setPlainText(code)
        self._code_note.setVisible(bool(explanation.tensors))
        spoken = f"{self._title.text()}. {self._check.text()}"
        self.setAccessibleDescription(spoken)

    def _show_check(self) -> None:
        explanation = self._explanation
        role = "muted"
        if explanation is None:
            text = self._sentence or self.tr("Click on a number of the network, or type its place.")
        else:
            computed = number(explanation.torch_value, 6)
            if explanation.difference == 0:
                text = self.tr("✓ exactly what PyTorch computed")
            elif explanation.cancels:
                text = self.tr("✓ PyTorch: {value}; large terms cancel, so it differs by {difference}").format(
                    value=computed, difference=f"{explanation.difference:.0e}"
                )
            elif explanation.agrees:
                text = self.tr("✓ PyTorch: {value} (relative difference {relative})").format(
                    value=computed, relative=f"{explanation.relative_difference:.0e}"
                )
            else:
                role = "error"
                text = self.tr("✗ PyTorch computed {value}: a relative difference of {relative}").format(
                    value=computed, relative=f"{explanation.relative_difference:.1e}"
                )
        self._check.setText(text)
        self._check.setToolTip(text)
        self._check.setProperty("role", role if role == "error" else "caption")
        self._check.style().unpolish(self._check)
        self._check.style().polish(self._check)

    def _maps(self, explanation: Explanation) -> Maps | None:
        """What the window slides over, for an operation that has one."""
        work, cell = explanation.work, explanation.cell
        if not isinstance(work, (Convolution, Pooling)) or self._inspection is None or cell.row is None:
            return None
        layer, source = explanation.layer, self._architecture.layer(work.source)
        read = self._inspection.activations.get(source.name)
        written = self._inspection.activations.get(layer.name)
        if read is None or written is None or read.ndim != 3 or written.ndim != 3 or cell.channel is None:
            return None
        if isinstance(work, Convolution):
            strongest = int(work.channels[abs(work.sums).argmax()])
            channel = strongest if self._channel is None else self._channel
        else:
            channel = work.channel
        return Maps(source, read[channel], channel, layer, written[cell.channel], (cell.row, cell.col or 0))

    # -- what a person does

    def _on_pointed(self, place: tuple[int, int] | None) -> None:
        cell = self._explanation.cell if self._explanation else None
        if cell is not None:
            self.preview_requested.emit(None if place is None else Cell(cell.layer, cell.channel, *place))

    def _on_picked(self, row: int, col: int) -> None:
        if self._explanation is not None:
            cell = self._explanation.cell
            self.cell_requested.emit(Cell(cell.layer, cell.channel, row, col))

    def _on_source_picked(self, row: int, col: int) -> None:
        maps = self._maps(self._explanation) if self._explanation else None
        if maps is not None:
            self.cell_requested.emit(Cell(maps.source.name, maps.channel, row, col))

    def _on_row_chosen(self, key: int) -> None:
        if key == REST:
            self._everything = True
        elif self._explanation is not None and isinstance(self._explanation.work, Convolution):
            self._channel = key
        self._show()

    def _on_loss_requested(self) -> None:
        self.cell_requested.emit(Cell("loss"))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._code.toPlainText())

    def _on_copy_formula(self) -> None:
        QGuiApplication.clipboard().setText(self._formula.toPlainText())

    # -- looks and texts

    def _dress(self) -> None:
        self._close.setIcon(icon("close", "muted"))
        self._copy.setIcon(icon("copy", "text"))
        self._copy_formula.setIcon(icon("copy", "text"))
        self._save.setIcon(icon("save", "text"))

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        self.setAccessibleName(self.tr("Explain"))
        for index, (text, tip) in enumerate(
            (
                (self.tr("Numbers"), self.tr("Every operand of this number")),
                (self.tr("Formula"), self.tr("The formula with the numbers put in")),
                (self.tr("Code"), self.tr("PyTorch that prints the same number")),
            )
        ):
            self._lenses.setTabText(index, text)
            self._lenses.setTabToolTip(index, tip)
        self._lenses.setAccessibleName(self.tr("How it is explained"))
        self._close.setToolTip(self.tr("Close the explanation"))
        self._close.setAccessibleName(self.tr("Close the explanation"))
        self._formula.setAccessibleName(self.tr("Formula"))
        self._code.setAccessibleName(self.tr("Code"))
        self.sheet.setAccessibleName(self.tr("Operands"))
        for button, text, tip in (
            (self._copy_formula, self.tr("Copy"), self.tr("Copy the formula")),
            (self._copy, self.tr("Copy"), self.tr("Copy the code")),
            (self._save, self.tr("Save…"), self.tr("Save the code, and the numbers it reads beside it")),
        ):
            button.setText(text)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
        self._code_note.setText(self.tr("It reads its numbers from a file: Save writes both."))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _text_page(text: QPlainTextEdit, name: str, *below: QWidget) -> QWidget:
    page = QWidget()
    text.setObjectName(name)
    text.setReadOnly(True)
    text.setFrameShape(QPlainTextEdit.Shape.NoFrame)
    column = QVBoxLayout(page)
    column.setContentsMargins(8, 2, 8, 4)
    column.setSpacing(4)
    column.addWidget(text, 1)
    row = QHBoxLayout()
    for widget in below:
        row.addWidget(widget)
    row.addStretch(1)
    column.addLayout(row)
    return page
