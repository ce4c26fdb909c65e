"""Backward: the gradients of the labelled image, and the next step of one weight."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cnnviewer.core.inspection.explain.backward_records import (
    Backward,
    BackwardRequest,
    EarlyWeights,
    StepSettings,
    WeightCell,
    weight_of,
)
from cnnviewer.core.inspection.explain.notation import said, written
from cnnviewer.core.inspection.mute_edits import Edits, in_force
from cnnviewer.core.inspection.records import Architecture, Cell, Prediction
from cnnviewer.core.wording import Words
from cnnviewer.ui.explore.explain.backward_fields import StepFields, WeightFields
from cnnviewer.ui.explore.explain.gradient_row import GradientRow
from cnnviewer.ui.explore.explain.steps_view import StepsView
from cnnviewer.ui.explore.explain.worksheet import Worksheet
from cnnviewer.ui.explore.explain.writing_backward import BackwardWriter
from cnnviewer.ui.widgets.calm import CalmCombo
from cnnviewer.ui.widgets.card import card
from cnnviewer.ui.widgets.class_words import class_word
from cnnviewer.ui.widgets.field_history import FieldHistory
from cnnviewer.ui.widgets.focus import enable
from cnnviewer.ui.widgets.language import worded
from cnnviewer.ui.widgets.palettes import Range
from cnnviewer.ui.widgets.plain_text import ElidedLabel, tool_tip
from cnnviewer.ui.widgets.styled import GrowingSize
from cnnviewer.ui.widgets.tall_content import TallContent
from cnnviewer.ui.widgets.text_size import grown
from cnnviewer.ui.widgets.translated import Translated
from cnnviewer.ui.widgets.wrapping_row import WrappingRow

_SMALL_LOSS = 0.01  # below it gradients are hard to tell from 0
_ARROW = 44  # pixels of a choice beside its text
_CHAIN, _TERMS = 150, 130  # pixels of height at the least
_BESIDE = 360  # pixels for the steps, with which the terms stand beside them, else below


class BackwardPane(Translated, QWidget):
    """Fields for label, batch, weight and rates; the gradients of all layers; the weight's arithmetic.

    Signals:
        request_changed: a `BackwardRequest`, whenever a field changes.
        layer_picked: layer and channel whose gradient was clicked.
        early_requested: weights with which there is more to learn shall be shown.
    """

    request_changed = Signal(object)
    layer_picked = Signal(str, int)
    early_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("backwardPane")
        self._architecture = Architecture("", ())
        self._classes: tuple[str, ...] = ()
        # whether a weight that learns nothing gives way once to one of its output, as the pinned number's does, or of
        # its layer
        self._gives_way: Literal["", "output", "layer"] = ""
        self._backward: Backward | None = None
        self._muted: set[tuple[str, int]] = set()
        self._sentence: Words = ""
        self._offered: EarlyWeights = ""
        self._of_run = False  # whether the weights offered last were of a run
        self._labelled = True  # whether the image has a label
        self._answer = ""  # the class predicted
        self._pinned: tuple[str, int] | None = None
        self._writer = BackwardWriter(self)
        self._label = CalmCombo(self)
        self._label.setObjectName("backwardLabelCombo")
        self._label.setSizeAdjustPolicy(CalmCombo.SizeAdjustPolicy.AdjustToContents)
        self._loss = ElidedLabel(self, widest=420)
        self._loss.setObjectName("backwardLoss")
        self._loss.setMinimumWidth(90)  # of its number
        self._fields, self._step = WeightFields(self), StepFields(self)
        self._hint, self._wrong, self._early = ElidedLabel(self, widest=1200), QPushButton(self), QPushButton(self)
        self._hint.setProperty("role", "caption")
        self._note = ElidedLabel(self)
        self._note.setObjectName("backwardNote")
        self._note.setProperty("role", "caption")
        self._early.setObjectName("backwardEarlyButton")
        self._wrong.setObjectName("backwardWrongLabelButton")
        self.gradient_row, self.steps, self.sheet = GradientRow(self), StepsView(self), Worksheet(self)
        self.steps.setObjectName("backwardSteps")
        self.sheet.setObjectName("backwardWorksheet")
        self._build()
        self._history = FieldHistory(self, "backward", self._get_request, self._go_to)
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        first = WrappingRow()
        for widget in (self._label, self._loss):
            first.addWidget(widget)
        first.add_stretch()
        first.addWidget(self._step)
        self.gradient_row.setMinimumWidth(140)
        self.sheet.setMinimumWidth(200)
        GrowingSize(self.gradient_row, minimum_height=_CHAIN)
        GrowingSize(self.sheet, minimum_height=_TERMS)
        weight = QWidget(self)
        below = QVBoxLayout(weight)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(4)
        below.addWidget(self._fields)
        self._sums = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sums.setSpacing(10)
        self._sums.addWidget(self.steps, 5)
        self._sums.addWidget(self.sheet, 4)
        below.addLayout(self._sums, 1)
        column = QVBoxLayout(TallContent(self).content)
        column.setContentsMargins(12, 4, 12, 12)
        column.setSpacing(6)
        advice = WrappingRow()
        advice.addWidget(self._wrong)
        advice.addWidget(self._early)
        advice.addWidget(self._hint)
        advice.addWidget(self._note)
        column.addLayout(first)
        column.addLayout(advice)
        column.addWidget(card(self.gradient_row), 2)
        column.addWidget(card(weight), 3)

    def _connect(self) -> None:
        self._label.activated.connect(self._on_edited)
        self._step.edited.connect(self._on_edited)
        self._fields.edited.connect(self._on_edited)
        self._wrong.clicked.connect(self._on_wrong_label)
        self._early.clicked.connect(self._on_early)
        self.gradient_row.picked.connect(self.layer_picked)

    # -- values in

    def set_architecture(self, architecture: Architecture) -> None:
        """Offer another model's weights; what the last one's gradients were goes."""
        self._architecture = architecture
        self._pinned, self._gives_way = None, ""
        self.set_backward(None)
        self.gradient_row.set_architecture(architecture)
        self._fields.set_architecture(architecture)
        self._history.forget()

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """The labels that an image can have."""
        self._classes = classes
        with QSignalBlocker(self._label):
            self._label.clear()
            self._label.addItem("", None)
            for index, name in enumerate(classes):
                self._label.addItem(class_word(name), index)
        self._history.forget()
        self.retranslate()

    def set_label_known(self, known: bool) -> None:
        """Whether the image has a label; without one the loss expects what was answered."""
        self._labelled = known
        self._name_own_label()

    def set_answer(self, prediction: Prediction | None) -> None:
        """What the model answers now."""
        self._answer = prediction.ranking[0][0] if prediction is not None and prediction.ranking else ""
        self._name_own_label()

    def set_rates(self, rates: StepSettings) -> None:
        """The training's learning rate, momentum and weight decay."""
        self._step.set_rates(rates)
        self._history.forget()

    def set_cell(self, cell: Cell | None, strongest: WeightCell | None = None) -> None:
        """Follow the pinned number: the `strongest` of its weights where it is known, else the first of its channel.

        Of a layer that learns nothing, such as a pooling, the weights of the layer that it reads are followed.
        """
        if cell is None or cell.channel is None:
            return
        self._pinned = (cell.layer, cell.channel)
        layer = self._fields.learning(cell.layer)
        if not layer:
            self._show_note()
            return
        own = self._architecture.layer(layer)
        if layer != cell.layer.partition("#")[0]:
            strongest = None
            cell = Cell(layer, cell.channel if cell.channel < own.weight_shape[0] else 0)
        weight = weight_of(own, replace(cell, layer=layer))
        if strongest is not None and strongest.output == weight.output:
            weight = replace(strongest, layer=layer)
        shown = self._fields.weight
        if shown is None or (shown.layer, shown.output) != (layer, weight.output):
            self._fields.take(weight)
            self._gives_way = "output"
            self._emit_request()
            self._history.forget()

    def set_weight(self, weight: WeightCell) -> None:
        """Ask about this weight, which was pointed at elsewhere."""
        if self._fields.has_layer(weight.layer):
            self._fields.take(weight)
            self._emit_request()
            self._history.note()

    def set_backward(self, backward: Backward | None) -> None:
        """Show a backward pass; one of another model, which comes late, is none."""
        known = {layer.name for layer in self._architecture.layers}
        if backward is not None and not backward.activations.keys() <= known:
            return
        self._backward, self._sentence = backward, ""
        self._show()
        step = backward.weight if backward is not None else None
        # the answer about another weight, asked for before, decides nothing
        if self._gives_way and step is not None and step.cell == self._fields.weight:
            livelier, within = step.livelier, self._gives_way
            self._gives_way = ""
            if livelier is not None and (within == "layer" or livelier.output == step.cell.output):
                self._fields.take(livelier)  # instead of a page of zeros
                self._emit_request()
                self._history.forget()

    def set_edits(self, edits: Edits) -> None:
        """The channels that the user has muted."""
        self._muted = {edit.place for edit in in_force(edits)}
        self._show_note()

    def set_early(self, early: EarlyWeights) -> None:
        """Which weights `early_requested` would show; empty: none."""
        if early != self._offered:
            self._offered, self._of_run = early, early == "step" if early else self._of_run
            self._name_early()

    def set_error(self, sentence: Words) -> None:
        """Say why there is none."""
        self._backward, self._sentence = None, sentence
        self._show()

    @property
    def request(self) -> BackwardRequest:
        """What the fields say."""
        return BackwardRequest(self._label.currentData(), self._fields.weight, self._step.rates, self._step.batch)

    # -- fields

    def _on_edited(self, *_: object) -> None:
        self._emit_request()
        self._history.note()

    def _get_request(self) -> BackwardRequest:
        return self.request

    def _go_to(self, request: BackwardRequest) -> None:
        """Put these in the fields again."""
        self._fields.take(request.weight)
        self._label.setCurrentIndex(self._label.findData(request.label))
        self._step.set_batch(request.batch)
        self._step.set_rates(request.rates)
        self._emit_request()

    def _on_wrong_label(self) -> None:
        if self._backward is not None and self._label.count() > 2:
            wrong = (self._backward.label + 1) % (self._label.count() - 1)
            self._label.setCurrentIndex(self._label.findData(wrong))
            self._on_edited()

    def _on_early(self) -> None:
        self._gives_way = "layer"
        self.early_requested.emit()

    def _emit_request(self) -> None:
        self.request_changed.emit(self.request)

    def _show(self) -> None:
        backward = self._backward
        self._name_own_label()
        small = backward is not None and backward.loss < _SMALL_LOSS
        self._hint.setVisible(small)
        self._wrong.setVisible(self._label.count() > 2)
        self.gradient_row.set_backward(backward, self._pinned)
        self._show_note()
        if backward is None:
            self._loss.show_text(worded(self._sentence))
            self.sheet.hide()
            self.steps.hide()
            return
        self._loss.show_text(self.tr("loss {loss}").format(loss=said(backward.loss)), self._about())
        self.sheet.setVisible(backward.weight is not None)
        self.steps.setVisible(backward.weight is not None)
        if backward.weight is not None:
            self.sheet.set_sheet(self._writer.write(backward.weight))
            self._arrange()
            self.steps.set_steps(self._writer.steps(backward.weight), lambda _: Range(-1.0, 1.0))

    def _show_note(self) -> None:
        """Say where the pinned layer's own weights cannot be followed, and where no gradient comes to them."""
        name = self._pinned[0].partition("#")[0] if self._pinned is not None else ""
        pinned = next((layer for layer in self._architecture.layers if layer.name == name), None)
        refused = pinned is not None and pinned.parameters > 0 and not self._fields.has_layer(name)
        step = self._backward.weight if self._backward is not None else None
        learns = self._backward is not None and self._backward.loss >= _SMALL_LOSS
        still = learns and step is not None and not step.deltas.any()
        self._note.setVisible(refused or still)
        if still and step is not None:
            way = [(each.layer.name, each.channel) for each in self.gradient_row.path]
            muted = next((Cell(*place) for place in reversed(way) if place in self._muted), None)
            words = self.tr(
                "No gradient comes to output {output} of {layer}, as behind a ReLU that gives 0: "
                "this image teaches its weights nothing."
            )
            if muted is not None:
                words = self.tr(
                    "You muted {channel}: no gradient comes to output {output} of {layer}, "
                    "and this image teaches its weights nothing."
                ).replace("{channel}", written(muted))
            self._note.show_text(words.format(output=step.cell.output, layer=step.cell.layer))
        elif refused and pinned is not None:
            words = self.tr(
                "{layer} ({operation}): its weights have no list of terms here; another layer's weight is shown."
            )
            self._note.show_text(words.format(layer=name, operation=pinned.operation))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room for both sums."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The terms stand beside the steps where no column is cut, else below."""
        terms = self.sheet.narrowest()
        steps = self._sums.geometry().width() - self._sums.spacing() - terms
        beside = steps >= grown(_BESIDE)
        for part, share in enumerate((steps, terms) if beside else (5, 4)):
            self._sums.setStretch(part, share)
        self._sums.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    # -- texts

    def _name_early(self) -> None:
        """Say before the click what comes."""
        enable(self, ((self._early, bool(self._offered)),), self._wrong)
        text, tip = (
            self.tr("Show the untrained network"),
            self.tr("New random weights: with them there is more to learn"),
        )
        if self._of_run:
            text = self.tr("Show an early step")
            tip = self.tr("Weights from early in the run: with them there is more to learn")
        if not self._offered:
            tip = self.tr("No earlier weights are there to be shown now")
        self._early.setText(text)
        self._early.setToolTip(tool_tip(tip))
        self._early.setAccessibleName(f"{text}. {tip}")

    def _name_own_label(self) -> None:
        """Say which class the loss expects where none is chosen: an answer that was taken stays with other weights."""
        if not self._label.count():
            return
        taken = self._backward.label if self._backward is not None and self._label.currentData() is None else None
        name = self._classes[taken] if taken is not None and taken < len(self._classes) else ""
        words = self.tr("its own label") if self._labelled else self.tr("the answer")
        if not self._labelled and name:
            words = self.tr("{name} (the answer)") if name == self._answer else self.tr("{name} (the first answer)")
        self._label.setItemText(0, words.replace("{name}", class_word(name)))

    def _about(self) -> str:
        return self.tr(
            "Here dropout is off and batch normalisation uses its running statistics; "
            "in a training step dropout is on, and a batch is normalised by its own"
        )

    def retranslate(self) -> None:
        """Set every text in the window's language."""
        if self._label.count():
            for index, name in enumerate(self._classes, 1):
                self._label.setItemText(index, class_word(name))
        widest = max(
            map(self._label.fontMetrics().horizontalAdvance, (self.tr("its own label"), self.tr("the answer")))
        )
        self._label.setMinimumWidth(widest + _ARROW)
        self._hint.show_text(self.tr("Predicted well: nothing is left to learn, all gradients are near 0."))
        self._wrong.setText(self.tr("Expect a wrong class"))
        for widget, text in (
            (
                self._label,
                self.tr(
                    "The class that the loss expects: the image's own, or, without one, the answer when Backward was "
                    "opened; it stays when the weights change"
                ),
            ),
            (self._wrong, self.tr("Take another class as the label: the gradients show what would change then")),
        ):
            widget.setToolTip(tool_tip(text))
            widget.setAccessibleName(text)
        self.sheet.setAccessibleName(self.tr("The weight's next step"))
        self._name_early()
        self._show()
